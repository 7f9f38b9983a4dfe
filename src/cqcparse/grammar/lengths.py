"""Read lengths of time that are counted: "6-week", "12-18 months", "a year and a half"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import regex

from cqcparse.grammar.numbers import DASH, FRACTIONS, NUMBER, SPACE, read_mixed, read_number

#: Days in each unit, by the rules of :class:`~cqcparse.model.mentions.Duration`.
UNIT_DAYS = {
    "hour": Fraction(1, 24),
    "day": Fraction(1),
    "week": Fraction(7),
    "fortnight": Fraction(14),
    "night": Fraction(1),
    "month": Fraction(365, 12),
    "quarter": Fraction(365, 4),
    "year": Fraction(365),
    "annu": Fraction(365),
    "decade": Fraction(3650),
}

_NUMBER = rf"(?:[0-9]{{1,4}}\.[0-9]{{1,2}}|[0-9]{{0,3}}[{''.join(FRACTIONS)}]|{NUMBER})"
_GAP = rf"(?:{SPACE}|{DASH})"
_HALF = rf"{_GAP}and{_GAP}a{_GAP}half"
_NOT_AN_AGE = (
    rf"(?!{SPACE}(?:ago|olds?|older|of{SPACE}age|earlier|later"
    rf"|and{SPACE}(?:over|above|older|under))\b|{DASH}old)"
)


def counted(units: str) -> str:
    """Return the pattern of a counted length in any of *units*, for patterns that ignore case.

    It captures ``low``, ``high``, ``half`` and ``unit`` for :func:`counted_days`.

    Args:
        units: The units to read, joined by bars, in the singular.
    """
    return (
        rf"(?<![\w.,/£$€]|[0-9]{DASH})(?P<between>between{SPACE})?(?P<low>{_NUMBER}"
        rf"|an?(?={SPACE}(?:{units}){_HALF}\b))"
        rf"(?:(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?(between)and|(?:to|or)){SPACE})(?P<high>{_NUMBER}))?"
        rf"(?P<half>{_HALF})?(?:{SPACE}|{DASH})(?:(?:working|calendar|consecutive|full|more|further|extra|additional){SPACE})?"
        rf"(?!day{SPACE}(?:centres|services|opportunities)\b)(?P<unit>{units})s?(?P<half>{_HALF}\b)?(?:['’](?!\w))?(?!\w)"
        rf"(?:{DASH}long\b)?{_NOT_AN_AGE}"
    )


def counted_days(match: regex.Match[str]) -> tuple[int, int | None]:
    """Return the shorter and, of a range, the longer end of a counted length in whole days."""
    low, high = counted_numbers(match)
    days = UNIT_DAYS[match["unit"].casefold()]
    return whole_days(low, days), None if high is None else whole_days(high, days)


def counted_numbers(match: regex.Match[str]) -> tuple[Decimal, Decimal | None]:
    """Return how many units the shorter and, of a range, the longer end of a length has."""
    half = Decimal("0.5") if match["half"] else Decimal(0)
    ends = sorted(_decimal(number) + half for number in (match["low"], match["high"]) if number)
    return ends[0], ends[-1] if ends[-1] != ends[0] else None


def unit_days(word: str) -> int:
    """Return the days of the unit that *word* is made from, such as ``yearly`` or ``per annum``."""
    return whole_days(Decimal(1), UNIT_DAYS[unit_of(word)])


def unit_of(word: str) -> str:
    """Return the unit that *word* is made from."""
    word = word.casefold()
    return next(unit for unit in UNIT_DAYS if unit in word)


def whole_days(number: Decimal, unit: Fraction) -> int:
    """Return a length in whole days: hours rounded up, all else to the nearest, halves up."""
    days = Fraction(number) * unit
    return ceil(days) if unit < 1 else floor(days + Fraction(1, 2))


def _decimal(number: str) -> Decimal:
    value = read_number(number)
    return read_mixed(number) if value is None else Decimal(value)

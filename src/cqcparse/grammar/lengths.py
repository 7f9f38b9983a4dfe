"""Read lengths of time that are counted: "6-week", "12-18 months", "two and a half years"."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

import regex

from cqcparse.grammar.numbers import DASH, NUMBER, SPACE, read_number

#: Days in each unit, by the rules of :class:`~cqcparse.model.mentions.Duration`.
UNIT_DAYS = {
    "hour": Decimal(1) / 24,
    "day": Decimal(1),
    "week": Decimal(7),
    "fortnight": Decimal(14),
    "night": Decimal(1),
    "month": Decimal(30),
    "quarter": Decimal(91),
    "year": Decimal(365),
    "annu": Decimal(365),
    "decade": Decimal(3650),
}

_NUMBER = rf"(?:[0-9]{{1,4}}\.[0-9]{{1,2}}|{NUMBER})"
_HALF = rf"{SPACE}and{SPACE}a{SPACE}half"
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
        rf"(?<![\w.,/£$€]|[0-9]{DASH})(?P<between>between{SPACE})?(?P<low>{_NUMBER})"
        rf"(?:(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?(between)and|(?:to|or)){SPACE})(?P<high>{_NUMBER}))?"
        rf"(?P<half>{_HALF})?(?:{SPACE}|{DASH})(?:(?:working|calendar|consecutive|full|more|further|extra|additional){SPACE})?"
        rf"(?!day{SPACE}(?:centres|services|opportunities)\b)(?P<unit>{units})s?(?:['’](?!\w))?(?!\w)"
        rf"(?:{DASH}long\b)?{_NOT_AN_AGE}"
    )


def counted_days(match: regex.Match[str]) -> tuple[int, int | None]:
    """Return the shorter and, of a range, the longer end of a counted length in whole days."""
    half = Decimal("0.5") if match["half"] else Decimal(0)
    unit = UNIT_DAYS[match["unit"].casefold()]
    ends = sorted(
        _whole((_decimal(number) + half) * unit)
        for number in (match["low"], match["high"])
        if number
    )
    return ends[0], ends[-1] if ends[-1] != ends[0] else None


def unit_days(word: str) -> int:
    """Return the days of the unit that *word* is made from, such as ``yearly`` or ``per annum``."""
    word = word.casefold()
    return next(_whole(days) for unit, days in UNIT_DAYS.items() if unit in word)


def _decimal(number: str) -> Decimal:
    value = read_number(number)
    return Decimal(number if value is None else value)


def _whole(days: Decimal) -> int:
    return int(days.to_integral_value(ROUND_CEILING))

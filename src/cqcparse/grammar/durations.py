"""Read lengths of time that are counted: "6-week", "12-18 months", "a year and a half"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import regex

from cqcparse.grammar.anchors import Anchors, Near
from cqcparse.grammar.lazy_pattern import LazyPattern
from cqcparse.grammar.numbers import DASH, FRACTIONS, NUMBER, SPACE, read_decimal
from cqcparse.model.mentions import Duration, Reading
from cqcparse.model.spans import Span

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

    It captures ``low``, ``high``, ``half`` and ``unit`` for :func:`counted_numbers`.

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


_UNITS = "hour|day|night|week|fortnight|month|year"
# "2 days a week" says how often, "24-hour care" and "365 days a year" when; none says how long.
_HOW_OFTEN = rf"{_GAP}(?:an?|per|each|every|of{SPACE}the){_GAP}(?:day|week|month)\b"
_ALWAYS = rf"(?:24|twenty.four){_GAP}hour\b|365{_GAP}days{_GAP}(?:an?|per|of{SPACE}the){_GAP}year\b"
_DURATION = LazyPattern(
    rf"(?<!\bevery{SPACE})(?!{_ALWAYS}){counted(_UNITS)}"
    rf"(?!{_HOW_OFTEN})"
    rf"|(?<=\b(?:within|for|lasting|lasted|under|over|than|nearly|almost|about|around|in|of){SPACE})"
    rf"(?:an?{SPACE}(?P<one>day|week|month|year)|half{SPACE}an?{SPACE}(?P<part>day))(?![\w'’-])"
    rf"(?!{SPACE}(?:ago|earlier|later|old|on)\b)"
    rf"|\ban?{SPACE}(?P<one>fortnight)(?![\w'’])"
)
_NEAR = Near(_DURATION, Anchors(words=_UNITS))


def find_durations(
    text: str, start: int = 0, end: int | None = None
) -> tuple[Reading[Duration], ...]:
    """Return the lengths of time in a range of *text*, in order, in days and as printed.

    "Up to six weeks" is read as six weeks, without the "up to". Not read are ages ("18 years
    old"), rates ("2 days a week"), opening hours ("24-hour care") and how long ago something was.

    Args:
        text: The whole text of the document.
        start: Offset to read from, in code points.
        end: Offset to stop at; the end of the text by default.
    """
    end = len(text) if end is None else end
    return tuple(_read(match) for match in _NEAR.finditer(text, start, end))


def counted_numbers(match: regex.Match[str]) -> tuple[Decimal, Decimal | None]:
    """Return how many units the shorter and, of a range, the longer end of a length has."""
    half = Decimal("0.5") if match["half"] else Decimal(0)
    ends = sorted(read_decimal(end) + half for end in (match["low"], match["high"]) if end)
    return ends[0], ends[-1] if ends[-1] != ends[0] else None


def whole_days(number: Decimal, word: str) -> int:
    """Return a length in whole days: hours rounded up, all else to the nearest, halves up.

    Args:
        number: How many.
        word: What is made from the name of the unit, such as ``yearly`` or ``per annum``.
    """
    unit = UNIT_DAYS[_unit_of(word)]
    days = Fraction(number) * unit
    return ceil(days) if unit < 1 else floor(days + Fraction(1, 2))


def _unit_of(word: str) -> str:
    return next(unit for unit in UNIT_DAYS if unit in word.casefold())


def _read(match: regex.Match[str]) -> Reading[Duration]:
    """Return the reading of *match*."""
    word = match["unit"] or match["one"] or match["part"]
    number, high = Decimal("0.5" if match["part"] else 1), None
    if match["low"]:
        number, high = counted_numbers(match)
    value = Duration(
        days=whole_days(number, word),
        days_high=None if high is None else whole_days(high, word),
        number=number,
        number_high=high,
        unit=_unit_of(word),
    )
    return Reading(match.group(), Span(*match.span()), value)

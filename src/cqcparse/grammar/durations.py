"""Read lengths of time that are counted: "6-week", "12-18 months", "a year and a half"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import regex

from cqcparse.grammar.numbers import read_decimal
from cqcparse.grammar.quantity_patterns import as_read, find_near
from cqcparse.model.mentions import Duration, Reading

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
    return tuple(_read(match) for match in find_near("duration", text, start, end))


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
    return as_read(match.string, *match.span(), value)

"""Read how long something lasts: "6-week", "six weeks", "12-18 months", "72 hours"."""

from __future__ import annotations

from decimal import Decimal

import regex

from cqcparse.grammar.anchors import Anchors, Near
from cqcparse.grammar.lazy_pattern import LazyPattern
from cqcparse.grammar.lengths import (
    counted,
    counted_days,
    counted_numbers,
    unit_days,
    unit_of,
)
from cqcparse.grammar.numbers import DASH, SPACE
from cqcparse.model.mentions import Duration, Reading
from cqcparse.model.spans import Span

_UNITS = "hour|day|night|week|fortnight|month|year"
_GAP = rf"(?:{SPACE}|{DASH})"
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


def _read(match: regex.Match[str]) -> Reading[Duration]:
    """Return the reading of *match*."""
    if match["low"]:
        days, days_high = counted_days(match)
        number, number_high = counted_numbers(match)
    else:
        days, days_high = unit_days(match["one"] or match["part"]), None
        number, number_high = Decimal("0.5" if match["part"] else 1), None
    value = Duration(
        days=days,
        days_high=days_high,
        number=number,
        number_high=number_high,
        unit=unit_of(match["unit"] or match["one"] or match["part"]),
    )
    return Reading(match.group(), Span(*match.span()), value)

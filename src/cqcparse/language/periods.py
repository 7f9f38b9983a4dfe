"""Read periods: financial years, dates and what is before or after them, and lengths of money."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

import regex

from cqcparse.language.calendar import (
    PARTIAL,
    POINT,
    YEAR_ANCHOR,
    Interval,
    read_partial,
    read_point,
)
from cqcparse.language.lengths import counted, counted_days, unit_days
from cqcparse.language.numbers import DASH, SPACE
from cqcparse.language.windows import Anchors, Near
from cqcparse.mentions import Period, Reading
from cqcparse.spans import Span

# "Since the 2021 census" dates nothing: the article must lead to a word such as "end".
_THE = rf"(?:the{SPACE}(?=[a-z]))?"
_CALENDAR = regex.compile(
    rf"\b(?P<between>between){SPACE}{_THE}(?P<first>{POINT}){SPACE}and{SPACE}{_THE}(?P<second>{POINT})"
    rf"|(?:\b(?P<word>since|from|until|till|up{SPACE}to|to|by|before|after|beyond|as{SPACE}(?:of|at)"
    rf"|in|during|throughout|within|through|over|for|on){SPACE}{_THE})?"
    rf"(?:(?P<partial>{PARTIAL})(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?:to|until|till|and){SPACE})(?P<second>{POINT})"
    rf"|(?P<first>{POINT})(?:(?:{SPACE}?{DASH}{SPACE}?|{SPACE}(?:to|until|till){SPACE}){_THE}(?P<second>{POINT}))?)",
    regex.IGNORECASE,
)
_ONE_DAY = dt.timedelta(days=1)
_AFTER: dict[str, Callable[[Interval], dt.date]] = {
    "since": lambda point: point.start,
    "from": lambda point: point.start,
    "after": lambda point: point.end + _ONE_DAY,
    "beyond": lambda point: point.end + _ONE_DAY,
}
_OPEN_START = frozenset({"until", "till", "up to", "to", "by"})

_FRAME = rf"(?:last|past|previous|next|first|coming|following|final){SPACE}"
_UNIT = "year|month|week|quarter|decade|fortnight"
_LENGTH = regex.compile(
    rf"(?:\b{_FRAME})?{counted(_UNIT)}"
    rf"|\b(?:an?|per|each|every){SPACE}(?P<rate>annum|{_UNIT})(?![\w'’])"
    rf"(?!{SPACE}(?:ago|earlier|later|before|old|on)\b)"
    rf"|(?<![\w-])(?P<rate>annual(?:ly)?|(?:{_UNIT})ly)(?:{SPACE}basis)?(?![\w-])"
    rf"|\b(?:{_FRAME}|(?:this|current){SPACE})(?P<rate>{_UNIT})(?![\w'’])"
    rf"|\b(?:(?:recent|last|past|previous|coming|future){SPACE}(?:{_UNIT})s"
    rf"|(?:this|last|next|current|previous){SPACE}financial{SPACE}year"
    rf"|(?:short|medium|long)(?:er)?(?:{DASH}|{SPACE})term|multi{DASH}?year|in{DASH}year)(?!\w)",
    regex.IGNORECASE,
)
_NEAR_YEARS = Near(pattern=_CALENDAR, anchors=Anchors(symbols=YEAR_ANCHOR))
_NEAR_UNITS = Near(
    pattern=_LENGTH, anchors=Anchors(words=re.compile(f"{_UNIT}|annu|term")), after=32
)


def find_periods(text: str, start: int = 0, end: int | None = None) -> tuple[Reading[Period], ...]:
    """Return the periods in a range of *text*, in order.

    A financial year or a range of years is read without the word in front ("2022/23", "2022-25"),
    a calendar year, month or day with it ("in 2017", "until March 2025", "by December 2023"). A
    bare year ("Vision 2023", "Care Act 2014") is not a period. Financial years and ranges of years
    run from 1 April to 31 March; "since" and "from" leave the end open, "until", "to" and "by" the
    start. A length ("4-year", "18 months", "annual basis", "a year") has days and no dates. What
    cannot be dated from the words alone ("recent years", "short-term") has no value.

    Args:
        text: The whole text of the document.
        start: Offset to read from, in code points.
        end: Offset to stop at; the end of the text by default.
    """
    end = len(text) if end is None else end
    dated = list(_read_calendar(text, start, end))
    lengths = (_read_length(match) for match in _NEAR_UNITS.finditer(text, start, end))
    return tuple(sorted((*dated, *_beside(lengths, dated)), key=lambda reading: reading.span))


def _beside(
    lengths: Iterable[Reading[Period]], dated: list[Reading[Period]]
) -> Iterator[Reading[Period]]:
    """Yield the *lengths* that share no character with the *dated* periods; both are in order."""
    following = iter((*dated, None))
    date = next(following)
    for length in lengths:
        while date is not None and date.span.end <= length.span.start:
            date = next(following)
        if date is None or not length.span.overlaps(date.span):
            yield length


def _read_length(match: regex.Match[str]) -> Reading[Period]:
    """Return the reading of a length of time, or of words too vague to have one."""
    value = None
    if match["low"]:
        value = Period(days=counted_days(match)[0])
    elif match["rate"]:
        value = Period(days=unit_days(match["rate"]))
    return Reading(match.group(), Span(*match.span()), value)


def _read_calendar(text: str, start: int, end: int) -> Iterator[Reading[Period]]:
    """Yield the periods that name a year."""
    for match in _NEAR_YEARS.finditer(text, start, end):
        first, second = (_point(match, name) for name in ("first", "second"))
        word = " ".join((match["word"] or "").lower().split())
        if match["second"]:
            yield _reading(match, _range(match, first, second), keep_word=not _is_years(first))
        elif first is None:
            yield _reading(match, None, keep_word=False)
        elif word or not first.bare:
            yield _single(match, first, word)


def _point(match: regex.Match[str], name: str) -> Interval | None:
    return read_point(match[name]) if match[name] else None


def _is_years(point: Interval | None) -> bool:
    """Return whether *point* is a financial year, which needs no word in front."""
    return point is not None and point.financial_years > 0


def _single(match: regex.Match[str], point: Interval, word: str) -> Reading[Period]:
    """Return the reading of one point, which the *word* in front may open at one end."""
    if point.financial_years <= 1 or word in _OPEN_START:
        if word in _AFTER:
            return _reading(match, Period(start=_AFTER[word](point)))
        if word in _OPEN_START:
            return _reading(match, Period(end=point.end))
        if word == "before":
            return _reading(match, Period(end=point.start - _ONE_DAY))
    return _reading(match, Period(start=point.start, end=point.end), keep_word=not _is_years(point))


def _range(
    match: regex.Match[str], first: Interval | None, second: Interval | None
) -> Period | None:
    """Return the period from one point to another; None if they are not in order."""
    if second is None:
        return None
    start = first.start if first else read_partial(match["partial"] or "", second.end)
    if start is None or start > second.end:
        return None
    return Period(start=start, end=second.end)


def _reading(
    match: regex.Match[str], value: Period | None, *, keep_word: bool = True
) -> Reading[Period]:
    """Return the reading of *match*, with or without the word in front."""
    start = match.start()
    if not keep_word and not match["between"]:
        start = match.start("partial") if match["partial"] else match.start("first")
    return Reading(match.string[start : match.end()], Span(start, match.end()), value)

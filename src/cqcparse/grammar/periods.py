"""Read periods: financial years, dates and what is before or after them, and lengths of money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

import regex

from cqcparse.grammar.calendar import Interval, read_partial, read_point
from cqcparse.grammar.durations import counted_numbers, whole_days
from cqcparse.grammar.quantity_patterns import as_read, find_near, is_change, pattern
from cqcparse.model.mentions import Period, Reading

_LOOK_BACK = 40
_ONE_DAY = dt.timedelta(days=1)
_AFTER = frozenset({"since", "from", "after", "beyond"})
#: What the words mean that leave one end of the period open.
_OPEN: dict[str, Callable[[Interval], Period]] = {
    "since": lambda point: Period(start=point.start),
    "from": lambda point: Period(start=point.start),
    "after": lambda point: Period(start=point.end + _ONE_DAY),
    "beyond": lambda point: Period(start=point.end + _ONE_DAY),
    "until": lambda point: Period(end=point.end),
    "till": lambda point: Period(end=point.end),
    "up to": lambda point: Period(end=point.end),
    "to": lambda point: Period(end=point.end),
    "by": lambda point: Period(end=point.end),
    "before": lambda point: Period(end=point.start - _ONE_DAY),
}


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
    taken = {place for reading in dated for place in range(reading.span.start, reading.span.end)}
    lengths = (
        _read_length(match)
        for match in find_near("length", text, start, end)
        if taken.isdisjoint(range(*match.span()))
    )
    found = sorted((*dated, *lengths), key=lambda reading: reading.span)
    return tuple(_joined(text, found))


def _joined(text: str, found: list[Reading[Period]]) -> Iterator[Reading[Period]]:
    """Yield periods, a length and the date behind it as one: "2 years from April 2025"."""
    last: Reading[Period] | None = None
    for one in found:
        lasts = last and last.value and last.value.days and last.text[0] not in "ape"
        dated = one.value and one.text.startswith(("from ", "to ", "until "))
        if last and lasts and dated and text[last.span.end : one.span.start].isspace():
            last = as_read(text, last.span.start, one.span.end, one.value)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _read_length(match: regex.Match[str]) -> Reading[Period]:
    """Return the reading of a length of time, or of words too vague to have one."""
    value = None
    if match["low"]:
        value = Period(days=whole_days(counted_numbers(match)[0], match["unit"]))
    elif match["rate"]:
        value = Period(days=whole_days(Decimal(1), match["rate"]))
    return as_read(match.string, *match.span(), value)


def _read_calendar(text: str, start: int, end: int) -> Iterator[Reading[Period]]:
    """Yield the periods that name a year."""
    for match in find_near("point", text, start, end):
        if match.start() < start:
            continue
        reading = _read_point(text, start, end, match)
        if reading is not None:
            start = reading.span.end
            yield reading


def _read_point(text: str, start: int, end: int, match: regex.Match[str]) -> Reading[Period] | None:
    """Return the period around a point: with the word in front, and the other end of a range."""
    lead = _lead(text, start, match)
    if lead and lead["join"]:
        return _partial_range(text, lead, match)
    word = _word(lead)
    if word == "from" and is_change(text, match.start()):
        lead, word = None, ""
    upper = _upper(text, match.end(), end, joined_by_and=word == "between")
    first = read_point(match)
    opening = lead.start() if lead and not _is_years(first) else match.start()
    if upper is not None:
        return _full_range(text, lead, match, upper)
    if first is None:
        return as_read(text, match.start(), match.end(), None)
    if word in _OPEN and not (word in _AFTER and first.financial_years > 1):
        return as_read(text, lead.start() if lead else opening, match.end(), _OPEN[word](first))
    if word in {"", "between"}:
        return None if first.bare else as_read(text, match.start(), match.end(), _whole(first))
    return as_read(text, opening, match.end(), _whole(first))


def _lead(text: str, start: int, match: regex.Match[str]) -> regex.Match[str] | None:
    """Return what stands in front of a point and belongs to it."""
    lead = pattern("lead").match(text, max(start, match.start() - _LOOK_BACK), match.start())
    if lead is None or not lead.group():
        return None
    if lead["join"]:
        # "In April and September 2024" is two months, "9 to March 2024" no range of days.
        joined = lead["and"] is None or _word(lead) == "between"
        return lead if joined and (lead["first_month"] or match["day"]) else None
    # "Since the 2021 census" dates nothing: the article must lead to a word such as "end".
    within = match["season"] and _word(lead) not in _OPEN  # "in the winter of 2023"
    return None if lead["the"] and (within or match.group()[0].isdigit()) else lead


def _upper(text: str, start: int, end: int, *, joined_by_and: bool) -> regex.Match[str] | None:
    """Return the other end of the range whose first end stands before *start*."""
    join = pattern("join").match(text, start, min(end, start + _LOOK_BACK))
    if join is None or (join["and"] and not joined_by_and):
        return None
    return pattern("point").match(text, join.end(), end)


def _full_range(
    text: str, lead: regex.Match[str] | None, match: regex.Match[str], upper: regex.Match[str]
) -> Reading[Period]:
    """Return the period from one point to another."""
    first, second = read_point(match), read_point(upper)
    opening = match.start()
    if lead and (_word(lead) == "between" or not _is_years(first)):
        opening = lead.start()
    value = None
    if first and second and first.start <= second.end:
        value = Period(start=first.start, end=second.end)
    return as_read(text, opening, upper.end(), value)


def _partial_range(text: str, lead: regex.Match[str], match: regex.Match[str]) -> Reading[Period]:
    """Return the period from a start without a year, in *lead*, to a point."""
    last = read_point(match)
    begins = read_partial(lead, last.end) if last else None
    value = Period(start=begins, end=last.end) if last and begins and begins <= last.end else None
    return as_read(text, lead.start(), match.end(), value)


def _word(lead: regex.Match[str] | None) -> str:
    """Return the word in front of a point in lower case, or nothing."""
    return " ".join(lead["word"].casefold().split()) if lead and lead["word"] else ""


def _is_years(point: Interval | None) -> bool:
    """Return whether *point* is a financial year, which needs no word in front."""
    return point is not None and point.financial_years > 0


def _whole(point: Interval) -> Period:
    """Return the whole of a point."""
    return Period(start=point.start, end=point.end)

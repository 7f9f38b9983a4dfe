"""Read points of the calendar: days, months, seasons, years, UK financial years and quarters."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import regex

from cqcparse.grammar.numbers import read_number

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Months of the year in front of each season; all last three months.
_SEASONS = {"spring": 2, "summer": 5, "autumn": 8, "winter": 11}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
#: Months of the year in front of the UK financial year.
_TO_APRIL = 3
#: No strategy, budget or contract runs longer; what would is not a range of years.
_LONGEST = 30
_CENTURY = 100
_ONE_DAY = dt.timedelta(days=1)


class Interval(NamedTuple):
    """First and last day of a point of the calendar."""

    start: dt.date
    end: dt.date
    #: True for ``2023``: a year without anything else, which may be part of a name.
    bare: bool = False
    #: Number of financial years named, 0 for anything else.
    financial_years: int = 0


def read_point(match: regex.Match[str]) -> Interval | None:
    """Return the days that a match of the pattern ``point`` stands for.

    Two years joined by a dash, a slash or "to" are financial years, 1 April to 31 March, however
    many digits the second has: that is how councils and government date budgets and strategies.
    "From 2020 to 2023" and "between 2020 and 2023" are calendar years. None if there is no such
    day, or if the years do not follow each other.
    """
    try:
        point = _day(match) or _months_of_years(match)
    except ValueError:  # the 31st of a short month
        return None
    if point and match["edge"] and match["edge"].casefold() == "end":
        point = Interval(point.end, point.end)
    return _until(match["length"].casefold(), point) if point and match["length"] else point


def read_partial(match: regex.Match[str], end: dt.date) -> dt.date | None:
    """Return the first day of a range whose start, a match of ``lead``, has no year.

    Args:
        match: The match.
        end: Last day of the range, which says the year, and the month if need be.
    """
    month = _month(match["first_month"]) if match["first_month"] else end.month
    year = end.year if month <= end.month else end.year - 1
    try:
        return dt.date(year, month, _number(match["first_day"] or "1"))
    except ValueError:
        return None


def _day(match: regex.Match[str]) -> Interval | None:
    """Return the day that a match names, if it names one."""
    if match["iso"]:
        day = dt.date.fromisoformat(match["iso"])
    elif match["slashed"]:
        number, month, year = regex.split(r"[/.-]", match["slashed"])
        day = dt.date(_full_year(year, 2000), int(month), int(number))
    elif match["day"] and match["year"]:
        day = dt.date(int(match["year"]), _month(match["month"]), _number(match["day"]))
    else:
        return None
    return Interval(day, day)


def _months_of_years(match: regex.Match[str]) -> Interval | None:
    """Return the year or years of a match, or the month, season, quarter or half of them."""
    first, last = _years(match)
    financial = last - first
    if not match["year"] and (match["month"] or not 0 < financial <= _LONGEST):
        return None
    begins = 12 * first + (_TO_APRIL if financial else 0)
    if match["month"]:
        return _months(begins + _month(match["month"]) - 1, 1)
    if match["season"]:
        until = _SEASONS[match["season"].casefold()]
        since = _SEASONS[match["since"].casefold()] if match["since"] else until
        since -= 12 if since > until else 0
        return _months(12 * (last if since < _TO_APRIL else first) + since, until - since + 3)
    if match["half"]:
        return _months(begins + 6 * (match["half"].casefold() in {"2", "second"}), 6)
    if match["quarter"]:
        until = _quarter(match["quarter"])
        since = _quarter(match["from"] or match["quarter"])
        if since > until:
            return None
        return _months(begins + 3 * (since - 1), 3 * (until - since + 1))
    bare = not (financial or match["part"] or match["edge"])
    whole = _months(begins, 12 * max(financial, 1))
    return whole._replace(bare=bare, financial_years=financial)


def _years(match: regex.Match[str]) -> tuple[int, int]:
    """Return the first and the last year that a match names; a calendar year is both."""
    if match["ending"]:
        last = _full_year(match["ending"], 2000)
        return last - 1, last
    written = regex.findall("[0-9]+", match["years"] or match["year"])
    first = _full_year(written[0], 2000)
    return first, _full_year(written[-1], first)


def _full_year(written: str, after: int) -> int:
    """Return a year of two or four digits, the short ones in the hundred years from *after*."""
    year = int(written)
    if year >= _CENTURY:
        return year
    return after - after % _CENTURY + year + (_CENTURY if year < after % _CENTURY else 0)


def _until(length: str, point: Interval) -> Interval:
    """Return the months that end with a point: the ``financial year``, ``six months``, to it."""
    end, count = point.end, 12
    if point.bare and not length.startswith("year"):
        return _months(12 * (end.year - 1) + _TO_APRIL, 12)._replace(financial_years=1)
    if not length.endswith("year"):
        count = 3 if length == "quarter" else read_number(regex.split(r"[\W_]", length)[0]) or 0
    before = 12 * end.year + end.month - 1 - count
    start = _first_of(before + 1)
    if (end + _ONE_DAY).day > 1:
        start = min(start, _first_of(before) + end.day * _ONE_DAY)
    return Interval(start, end, financial_years=1)


def _months(before: int, count: int) -> Interval:
    """Return *count* months behind the first *before* of all years."""
    return Interval(_first_of(before), _first_of(before + count) - _ONE_DAY)


def _first_of(before: int) -> dt.date:
    return dt.date(before // 12, before % 12 + 1, 1)


def _month(written: str) -> int:
    return _MONTHS.index(written[:3].casefold()) + 1


def _number(written: str) -> int:
    return int("".join(char for char in written if char.isdecimal()))


def _quarter(written: str) -> int:
    return int(written) if written.isdecimal() else _ORDINALS[written.casefold()]

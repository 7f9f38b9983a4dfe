"""Read points of the calendar: days, months, seasons, years, UK financial years and quarters."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import NamedTuple

import regex

from cqcparse.grammar.lazy_pattern import LazyPattern
from cqcparse.grammar.numbers import DASH, LINE_END, SPACE, read_number

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: First month of each season; all last three months.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
#: First month of the UK financial year.
_APRIL = 4
#: No strategy, budget or contract runs longer; what would is not a range of years.
_LONGEST = 30
_CENTURY = 100

_FULL_YEAR = r"(?:19|20)[0-9]{2}"
_NO_MORE = rf"(?![\w/]|[,.][0-9]|{DASH}[0-9])"


def _following(century: str, between: str, first: int) -> str:
    """Return the pattern of two years that follow each other, the second of two digits.

    It stands where what joins them may be the dash of other numbers. *first* is the first decade.
    """
    units = "|".join(rf"{unit}{between}(?P=decade){unit + 1}" for unit in range(9))
    decades = "|".join(rf"{ten}9{between}{ten + 1}0" for ten in range(first, 5))
    return rf"{century}(?:(?P<decade>[{first}-4])(?:{units})|{decades})"


_SHORT = _following("", rf"{DASH}['’]?", first=1)
_APART = _following("20", rf"{SPACE}{DASH}{SPACE}", first=0)
_COUNTED = (
    r"(?:%|per|of|or|to|hours?|days?|nights?|weeks?|months?|years|people|adults|cases"
    r"|staff|places|beds)"
)
_YEARS = (
    rf"(?P<years>(?<![\w/.,£-])(?:FY{SPACE}?)?"
    rf"(?:[0-9]{{2}}/['’]?[0-9]{{2}}|{_FULL_YEAR}(?:/|{DASH})(?:{LINE_END})?[0-9]{{2}}"
    rf"|{_FULL_YEAR}{SPACE}/{SPACE}?[0-9]{{2}}|(?:{_APART})(?!{SPACE}{_COUNTED}\b)"
    rf"|(?:(?<=['’])|(?<=\b(?:in|during|for|since|throughout|FY|years?|the){SPACE}))(?:{_SHORT})"
    rf"(?!{SPACE}?{_COUNTED}(?!\w))"
    rf"|{_FULL_YEAR}{SPACE}?(?:/|{DASH})(?:{SPACE}|{LINE_END})?{_FULL_YEAR}"
    rf"|(?<!\b(?:from|between){SPACE}){_FULL_YEAR}{SPACE}to{SPACE}{_FULL_YEAR}))"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_SEASON = "spring|summer|autumn|winter"
_QUARTER = (
    rf"(?:(?:Q(?P<from>[1-4])(?:{DASH}|/|{SPACE}to{SPACE}))?Q(?P<quarter>[1-4])|quarter{SPACE}(?P<quarter>[1-4])"
    rf"|(?P<quarter>[1-4]|first|second|third|fourth|final|last)(?:st|nd|rd|th)?{SPACE}quarter"
    rf"|H(?P<half>[12])|(?P<half>first|second){SPACE}half)"
    rf"{SPACE}(?:(?:of|in){SPACE}(?:the{SPACE})?)?(?:financial{SPACE}year{SPACE})?"
)

#: Words in front of a number with points that is no date.
_NUMBERED = r"(?:section|paragraph|para|clause|version|table|figure|item|line|page|no\.?)s?"
#: What ends with a point and begins so many months before: "the year ending 31 March 2024".
_LENGTH_TO = (
    rf"(?P<length>(?:financial{SPACE}|fiscal{SPACE})?year"
    rf"|(?:[0-9]{{1,2}}|three|six|nine|twelve|eighteen)(?:{SPACE}|-)months?(?:{SPACE}period)?|quarter){SPACE}"
    rf"(?:up{SPACE}to|to|(?:which{SPACE})?end(?:ing|ed|s)(?:{SPACE}(?:on|in))?)"
    rf"{SPACE}(?:the{SPACE})?"
)
#: One point of the calendar with its year.
POINT = LazyPattern(
    rf"(?:\b{_LENGTH_TO})?"
    rf"(?:\b(?P<part>early|mid|late){DASH}?{SPACE}?"
    rf"|\b(?P<edge>end|start|beginning|middle){SPACE}of{SPACE}(?:the{SPACE})?)?"
    rf"(?:\b(?P<iso>{_FULL_YEAR}-[0-9]{{2}}-[0-9]{{2}})"
    rf"|(?<![\w/.])(?P<slashed>[0-3]?[0-9](?P<mark>[/.-])[01]?[0-9](?P=mark){_FULL_YEAR}"
    rf"|(?<!\b{_NUMBERED}{SPACE})[0-3][0-9](?P<mark>[/.])[01][0-9](?P=mark)[1-4][0-9])"
    rf"|(?:\b(?:(?:(?P<day>{_DAY}){SPACE}(?:of{SPACE})?)?(?P<month>{_MONTH}),?{SPACE}|{_QUARTER}"
    rf"|(?:(?P<since>{_SEASON})(?:/|{DASH}))?(?P<season>{_SEASON}){SPACE}(?:of{SPACE})?))?"
    rf"(?:{_YEARS}|\bFY{SPACE}?(?P<ending>{_FULL_YEAR}|[0-9]{{2}})"
    rf"|(?<![\w/.,£])(?P<year>{_FULL_YEAR}))){_NO_MORE}"
)
#: The start of a range that leaves its month or year to the end of the range.
PARTIAL = (
    rf"\b(?:(?P<first_day>{_DAY})(?:{SPACE}(?P<first_month>{_MONTH}))?|(?P<first_month>{_MONTH}))"
)
#: Finds every place at which the digits of a point can stand, and little else.
YEAR_ANCHOR = LazyPattern(
    rf"[0-9]{{2}}(?:(?<=19|20)[0-9]{{2}}(?![0-9])|/['’]?[0-9]{{2}}(?![0-9/])|(?<=FY ?[0-9]{{2}})"
    rf"|{DASH}['’]?[0-9]{{2}}(?![0-9])|(?<=\.[01][0-9])\.[0-9]{{2}}(?![0-9]))",
    ignore_case=False,
)


class Interval(NamedTuple):
    """First and last day of a point of the calendar."""

    start: dt.date
    end: dt.date
    #: True for ``2023``: a year without anything else, which may be part of a name.
    bare: bool = False
    #: Number of financial years named, 0 for anything else.
    financial_years: int = 0


def read_point(match: regex.Match[str]) -> Interval | None:
    """Return the days that a match of :data:`POINT` stands for.

    Two years joined by a dash, a slash or "to" are financial years, 1 April to 31 March, however
    many digits the second has: that is how councils and government date budgets and strategies.
    "From 2020 to 2023" and "between 2020 and 2023" are calendar years. None if there is no such
    day, or if the years do not follow each other.
    """
    try:
        return _interval(match)
    except ValueError:  # the 31st of a short month, or the third quarter to the first
        return None


def read_partial(match: regex.Match[str], end: dt.date) -> dt.date | None:
    """Return the first day of a range whose start, a match of :data:`PARTIAL`, has no year.

    Args:
        match: The match.
        end: Last day of the range, which says the year, and the month if need be.
    """
    month = _month(match["first_month"]) if match["first_month"] else end.month
    year = end.year if month <= end.month else end.year - 1
    try:
        return dt.date(year, month, _day(match["first_day"]) if match["first_day"] else 1)
    except ValueError:
        return None


def _interval(match: regex.Match[str]) -> Interval | None:
    """Return the days of a matched point, or the months that end with it."""
    point = _point(match)
    if point is None or not match["length"]:
        return point
    if point.bare and not match["length"].casefold().startswith("year"):
        return _financial(point.end.year - 1, point.end.year)
    count, year, month = _months_of(match["length"]), point.end.year, point.end.month
    before = year * 12 + month - 1 - count
    day = min(point.end.day, monthrange(before // 12, before % 12 + 1)[1])
    if point.end.day == monthrange(year, month)[1]:
        start = _months(before // 12, before % 12 + 2, 1).start
    else:
        start = dt.date(before // 12, before % 12 + 1, day) + dt.timedelta(days=1)
    return Interval(start, point.end, financial_years=1)


def _months_of(length: str) -> int:
    """Return the months of such as ``financial year`` or ``six months``."""
    low = length.casefold()
    if low.endswith("year"):
        return 12
    return 3 if low == "quarter" else read_number(regex.split(r"[\W_]", low)[0]) or 0


def _point(match: regex.Match[str]) -> Interval | None:
    if written := match["iso"]:
        day = dt.date.fromisoformat(written)
        return Interval(day, day)
    if written := match["slashed"]:
        number, month, year = (int(n) for n in regex.split(r"[/.-]", written))
        day = dt.date(year if year >= _CENTURY else 2000 + year, month, number)
        return Interval(day, day)
    whole = _named_years(match) or _calendar_year(match)
    if whole is None:
        return None
    if match["edge"] and match["edge"].casefold() == "end" and not match["day"]:
        return Interval(whole.end, whole.end)
    return whole


def _named_years(match: regex.Match[str]) -> Interval | None:
    """Return the financial years of the match, or the quarter or season of one."""
    if match["ending"]:
        last = _full_year(match["ending"], 2000)
        first = last - 1
    elif match["years"]:
        first, last = _both_years(match["years"])
    else:
        return None
    if match["month"] or not 0 < last - first <= _LONGEST:
        return None
    if part := _part_of_year(match):
        return _months(first, _APRIL + part.months_before, part.months)
    if match["season"]:
        month, count = _months_of_season(match)
        return _months(first if month >= _APRIL else last, month, count)
    return _financial(first, last)


def _financial(first: int, last: int) -> Interval:
    """Return the financial years from the one that begins in *first* to the end in *last*."""
    return Interval(
        dt.date(first, _APRIL, 1), dt.date(last, _APRIL - 1, 31), financial_years=last - first
    )


def _both_years(written: str) -> tuple[int, int]:
    """Return first and last year of such as ``2022/23`` or ``FY 22/23``."""
    first, last = (int(n) for n in regex.findall(r"[0-9]+", written))
    first = first if first >= _CENTURY else 2000 + first
    return first, _full_year(str(last), first)


def _full_year(written: str, after: int) -> int:
    """Return a year of two or four digits, the short ones in the hundred years from *after*."""
    year = int(written)
    if year >= _CENTURY:
        return year
    return after - after % _CENTURY + year + (_CENTURY if year < after % _CENTURY else 0)


def _calendar_year(match: regex.Match[str]) -> Interval | None:
    """Return the day, month, quarter, season or whole of a calendar year."""
    year = int(match["year"]) if match["year"] else 0
    if not year:
        return None
    if match["month"]:
        month = _month(match["month"])
        if not match["day"]:
            return _months(year, month, 1)
        day = dt.date(year, month, _day(match["day"]))
        return Interval(day, day)
    if part := _part_of_year(match):
        return _months(year, 1 + part.months_before, part.months)
    if match["season"]:
        return _months(year, *_months_of_season(match))
    bare = match["part"] is None and match["edge"] is None
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), bare=bare)


def _months(year: int, month: int, count: int) -> Interval:
    """Return *count* months from the first of *month*, which may lie past December."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    return Interval(
        dt.date(year, month, 1), dt.date(last_year, last, monthrange(last_year, last)[1])
    )


def _month(written: str) -> int:
    return _MONTHS.index(written[:3].casefold()) + 1


def _day(written: str) -> int:
    return int("".join(char for char in written if char.isdecimal()))


class _Part(NamedTuple):
    """Months of a year, and how many are before them."""

    months_before: int
    months: int


def _part_of_year(match: regex.Match[str]) -> _Part | None:
    """Return the half, quarter or quarters of a year that a match names."""
    if half := match["half"]:
        return _Part(6 if half.casefold() in {"2", "second"} else 0, 6)
    if not match["quarter"]:
        return None
    last = _quarter(match["quarter"])
    first = _quarter(match["from"]) if match["from"] else last
    if first > last:
        msg = f"quarter {first} is behind quarter {last}"
        raise ValueError(msg)
    return _Part(3 * (first - 1), 3 * (last - first + 1))


def _months_of_season(match: regex.Match[str]) -> tuple[int, int]:
    """Return the first month and the number of months of a season, or of two with a slash."""
    last = _SEASONS[match["season"].casefold()]
    first = _SEASONS[match["since"].casefold()] if match["since"] else last
    first -= 12 if first > last else 0
    return first, last - first + 3


def _quarter(written: str) -> int:
    return int(written) if written.isdecimal() else _ORDINALS[written.casefold()]

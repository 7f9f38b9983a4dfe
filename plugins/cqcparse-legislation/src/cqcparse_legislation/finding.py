"""Where legislation is named: Acts by their names, sections by their numbers, the rest by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import attrs

from cqcparse_legislation.acts import Act, acts_by_short_name, others_by_name

_SPACE = r"[ \u00a0]"
_NUMBER = r"\d{1,3}[A-Z]{0,2}(?:\((?:\d{1,2}[A-Z]?|[a-z]{1,4})\)){0,4}(?![\w%£]|[.,]\d)"
_JOIN = rf"(?:,{_SPACE}?|{_SPACE}?(?:and|or|to|&|[-–]){_SPACE}?)"
#: One or more numbered sections, parts or schedules.
_SECTION = re.compile(
    rf"(?<![\w.])(?P<unit>[Ss]ections?|SECTIONS?|Parts?|Schedules?|[Ss]s?\.?){_SPACE}?"
    rf"(?P<numbers>{_NUMBER}(?:{_JOIN}(?:(?:[Ss]ections?|[Ss]s?\.?){_SPACE}?)?{_NUMBER}){{0,8}}|A1\b)"
)
_EACH = re.compile(r"A1|\d{1,3}[A-Z]{0,2}(?:\((?:\d{1,2}[A-Z]?|[a-z]{1,4})\))*")
#: What joins a section to the Act behind it.
_OF = re.compile(
    rf",?{_SPACE}(?:(?:of|in|under|to|from){_SPACE}the{_SPACE}|of{_SPACE}|\(?(?=[A-Z]))"
)
#: What joins an Act to the section behind it.
_BEHIND = re.compile(rf",?{_SPACE}\(?(?=[Ss](?:ection|\.?{_SPACE}?\d))")
_ACT = re.compile(r"\bActs?\b")
_YEAR = re.compile(rf"(?:,?{_SPACE}((?:19|20)\d\d)\b|{_SPACE}?\(((?:19|20)\d\d)\))(?![/-]\d)")
#: The name of an Act that is not in the table.
_UNKNOWN = re.compile(r"\b(?!The )(?:[A-Z][\w'&-]+,? (?:(?:and|of|for|the|in|etc\.) )*){1,8}Act$")
_SHORT = re.compile(r"\((?P<short>[A-Z][A-Za-z]{1,7})\)")
#: Section 3 of something that is no Act.
_OF_ELSE = re.compile(rf"{_SPACE}of{_SPACE}(?:the|its|our|their|this)\b")

_UNITS = {"p": "part", "sc": "schedule"}
#: Longest name of an Act, in code points.
_LONGEST = 70


@attrs.frozen(kw_only=True)
class Place:
    """An Act, or what stands on one, by name."""

    start: int
    end: int
    #: None for "the Act".
    act: Act | None
    #: Whether the words leave no doubt which Act it is.
    clear: bool = True


@attrs.frozen(kw_only=True)
class Numbered:
    """Sections, parts or schedules."""

    start: int
    end: int
    unit: str
    numbers: tuple[str, ...]


def find_acts(text: str, start: int, end: int) -> Iterator[Place]:
    """Yield the Acts named in ``text[start:end]``, with "the Act" for one named before."""
    for match in _ACT.finditer(text, start, end):
        place = _named_act(text, start, match.end(), end)
        if place:
            yield place
        elif text[max(match.start() - 4, start) : match.start()].lower() == "the ":
            yield Place(start=match.start(), end=match.end(), act=None)


def find_others(text: str, start: int, end: int) -> Iterator[Place]:
    """Yield what is no Act but stands on one or beside them, and Acts by their acronyms."""
    for match in _others_pattern().finditer(text, start, end):
        act = others_by_name()[match.group()]
        yield Place(start=match.start(), end=match.end(), act=act)


def find_numbered(text: str, start: int, end: int) -> Iterator[Numbered]:
    """Yield the numbered sections, parts and schedules in ``text[start:end]``."""
    for match in _SECTION.finditer(text, start, end):
        unit = match["unit"].lower()
        yield Numbered(
            start=match.start(),
            end=match.end(),
            unit=_UNITS.get(unit[0], _UNITS.get(unit[:2], "section")),
            numbers=tuple(_EACH.findall(match["numbers"])),
        )


def act_behind(text: str, numbered: Numbered, end: int) -> int | None:
    """Return where the Act must begin of which these sections are, right behind; else None."""
    match = _OF.match(text, numbered.end, end)
    return match.end() if match else None


def section_behind(text: str, place: Place, end: int) -> int | None:
    """Return where the section must begin that stands right behind its Act; else None."""
    match = _BEHIND.match(text, place.end, end)
    return match.end() if match else None


def belongs_elsewhere(text: str, numbered: Numbered, end: int) -> bool:
    """Return whether the section is one of a plan, a report or the like."""
    return _OF_ELSE.match(text, numbered.end, end) is not None


def defined_short(text: str, place: Place, end: int) -> str | None:
    """Return the acronym in brackets right behind an Act."""
    match = _SHORT.match(text, place.end + 1, end) if place.end < end else None
    return match["short"] if match else None


def _named_act(text: str, start: int, stop: int, end: int) -> Place | None:
    """Return the Act whose name ends at *stop*, with its year behind."""
    before = text[max(stop - _LONGEST, start) : stop].replace("’", "'").replace("\u00a0", " ")
    match = _YEAR.match(text, stop, end)
    year = match[1] or match[2] if match else None
    last = match.end() if match else stop
    for short, acts in acts_by_short_name().items():
        if before.endswith(short) and not before[: -len(short)][-1:].isalnum():
            act = acts[0] if year is None else _of_year(acts, short, year)
            clear = year is not None or len(acts) == 1
            return Place(start=stop - len(short), end=last, act=act, clear=clear)
    unknown = _UNKNOWN.search(before) if year else None
    if unknown is None:
        return None
    name = f"{unknown.group()} {year}"
    return Place(start=stop - len(unknown.group()), end=last, act=Act(name=name, act=name))


def _of_year(acts: tuple[Act, ...], short: str, year: str) -> Act:
    """Return the Act of that year; one that is not in the table has no identifier."""
    name = f"{short} {year}"
    return next((act for act in acts if act.year == year), Act(name=name, act=name))


@cache
def _others_pattern() -> re.Pattern[str]:
    names = sorted(others_by_name(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b(?! Act\b)")

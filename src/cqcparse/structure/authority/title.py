"""The title line of a document: whose name it prints, on one line or over several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cqcparse.model.spans import Span
from cqcparse.registry import AuthorityRecord, find_authority, find_other_authority

#: Every title has one of these in it, in "assessment" however it is spelt.
_HINTS = ("sses", "SSES", "sess", "SESS", "assem", "ASSEM")
#: Longest line that is taken for a title, in code points.
_LONGEST_TITLE = 130
#: Lines from the top in which a title may stand; further down are links to other reports.
_TOP_LINES = 100
#: Lines that a title may be wrapped over, beside the one that says that it is an assessment.
_WRAPPED = 2

_S = r"[ \t\u00a0]"
_DECORATION = r"[ \t\u00a0#*>•|_-]*"
_DATE = rf"(?:{_S}*(?:[:,(–—-]{_S}*)?(?:[A-Z][a-z]{{2,8}}{_S}+)?20\d\d\)?)?"
_SITE = (
    rf"(?:{_S}*\((?:pilot|draft|final)\))?{_DATE}"
    rf"(?:{_S}*[-–—|]{_S}*(?:CQC|Care Quality Commission))?[ \t\r\u00a0*_#.]*$"
)
#: What ends a breadcrumb in front of the name.
_CRUMB = rf"(?:[^\n>|»\u203a]*[>|»\u203a]{_S}*){{0,6}}?"
_NAME = r"(?P<name>[^\W\d_][^\n:>|»\u203a]{1,90}?)"
_KIND = (
    rf"(?:(?:CQC|Care Quality Commission|pilot){_S}+){{0,2}}local{_S}+authority{_S}+assessment"
    rf"(?:{_S}+report)?"
)
#: "Assessment" with a letter too few or too many, and the words that may stand around it.
_MISSPELT = r"as{1,3}es{0,3}e?m(?:e?n?t|net)s?"
_WORD = (
    r"(?:the|of|a|our|report|reports|on|summary|pilot|final|draft|independent|CQC(?:['’]s)?|asc|la|"
    r"care quality commission(?:['’]s)?|adult social care|local? ?auth\w{2,9}|council)"
)
_LOOSE_KIND = rf"(?:{_WORD}{_S}+){{0,6}}{_MISSPELT}(?:{_S}+{_WORD}){{0,4}}"
_BETWEEN = rf"(?:{_S}*[:|,]{_S}*|{_S}+[-–—]{_S}+)"
#: What stands between the kind and a name behind it.
_LEADS = rf"(?:{_BETWEEN}|{_S}+(?:of|for|in|on|at){_S}+)(?:the{_S}+)?"


class _Form(NamedTuple):
    """A form of title."""

    pattern: str
    #: Whether what it matches can be nothing but a title; else its name must be known or say that
    #: it is a council's.
    certain: bool = False
    #: Whether the Commission prints it; else the name is inferred.
    usual: bool = True


_FORMS = (
    _Form(rf"{_CRUMB}{_NAME}{_S}*(?::|{_S}[-–—]){_S}*{_KIND}", certain=True),
    _Form(rf"{_KIND}{_S}*(?::|[-–—]){_S}*{_NAME}", certain=True),
    _Form(rf"{_CRUMB}{_NAME}{_S}+{_KIND}"),
    _Form(rf"{_CRUMB}{_NAME}{_S}+assessment"),
    _Form(rf"{_CRUMB}{_NAME}(?:['’]s?)?(?:{_BETWEEN}|{_S}+){_LOOSE_KIND}", usual=False),
    _Form(rf"{_LOOSE_KIND}{_LEADS}{_NAME}", usual=False),
)
_COUNCIL = re.compile(
    r"\b(?:council|corporation|combined authority|borough of|city of|county of)\b", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:CQC|ASC|adult social care)$", re.IGNORECASE)
#: What stands behind a name on a title line and is no part of it.
_BESIDE = re.compile(
    r"(?:[\s,|*_]+(?:CQC|ASC|adult social care))*(?:['’]s?)?[\s,|*_]*$", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"(?:cqc|care quality commission|adult social care|home|our|your|a|this|each|every|how we"
    r"|about|read|see|summary of|findings of|overall)\b|.*\b(?:is|was|are|were|has|had|will)\b",
    re.IGNORECASE,
)
#: A line that may be the end or the beginning of a title.
_PART = rf"{_MISSPELT}(?:{_S}+{_WORD}){{0,4}}{_SITE}|{_LOOSE_KIND}\b"
#: A line that is nothing but the kind of report.
_BARE_KIND = rf"{_DECORATION}(?:{_KIND}|(?P<loose>{_LOOSE_KIND})){_SITE}"
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\n\v\f\x85\u2028\u2029", " "))


class Title(NamedTuple):
    """A name as the title prints it."""

    name: str
    span: Span
    record: AuthorityRecord | None
    #: Whether the Commission prints titles of this form.
    usual: bool


def find_title(text: str) -> Title | None:
    """Return the authority's name in the title line; None if the text has no such line."""
    for line in _title_lines(text):
        title = _read_title(text, line, known=True) or _read_wrapped(text, line)
        if title := title or _read_title(text, line):
            return title
    return None


def _title_lines(text: str) -> Iterator[Span]:
    """Yield the lines at the top that speak of an assessment and are short enough for a title."""
    top = 0
    for _ in range(_TOP_LINES):
        top = text.find("\n", top) + 1
        if top == 0:
            top = len(text)
            break
    places = sorted(place for word in _HINTS for place in _find_all(text, word, top))
    done = -1
    for place in places:
        if place > done and (line := _line_around(text, place)):
            yield line
            done = line.end


def _find_all(text: str, word: str, end: int) -> Iterator[int]:
    """Yield where *word* stands in the text before *end*."""
    place = text.find(word, 0, end)
    while place >= 0:
        yield place
        place = text.find(word, place + 1, end)


def _line_around(text: str, place: int) -> Span | None:
    """Return the line at *place*; None if it is too long for a title."""
    before = max(0, place - _LONGEST_TITLE)
    start = text.rfind("\n", before, place) + 1
    if start == 0 and before > 0:
        return None
    end = text.find("\n", place, place + _LONGEST_TITLE)
    if end < 0:
        end = len(text)
    return Span(start, end) if end - start <= _LONGEST_TITLE else None


def _read_title(text: str, line: Span, *, known: bool = False) -> Title | None:
    """Return the name on a title line; None if the line is not a title.

    Args:
        text: The text.
        line: The line, or several.
        known: Whether the name must be one that the register knows.
    """
    printed = text[line.start : line.end].translate(_LINE_ENDS)
    for form in _FORMS:
        match = _compiled(f"{_DECORATION}{form.pattern}{_SITE}").match(printed)
        if match is None or _NOT_A_NAME.match(match["name"]):
            continue
        printed_name = _BESIDE.sub("", match["name"])
        name, record = " ".join(printed_name.split()), find_authority(printed_name)
        if name and (record or (not known and _is_a_council(name, form))):
            start = line.start + match.start("name")
            span = Span(start, start + len(printed_name))
            usual = form.usual and not _ABOUT.search(match["name"])
            return Title(name=name, span=span, record=record, usual=usual)
    return None


def _is_a_council(name: str, form: _Form) -> bool:
    """Return whether a name that the register does not know is that of a council all the same."""
    if form.certain and not name.lower().startswith("the "):
        return True
    return bool(_COUNCIL.search(name) or find_other_authority(name))


def _read_wrapped(text: str, line: Span) -> Title | None:
    """Return the name in a title that is wrapped over the lines around *line*, if it is known."""
    if not _compiled(_PART).search(text, line.start, line.end):
        return None
    above = line
    for _ in range(_WRAPPED):
        if (before := _line_above(text, above)) is None:
            break
        above = before
        if title := _read_title(text, Span(above.start, line.end), known=True):
            return title
    below = _line_below(text, line)
    if below is None:
        return None
    return _read_title(text, Span(line.start, below.end), known=True) or _name_below(
        text, line, below
    )


def _name_below(text: str, line: Span, below: Span) -> Title | None:
    """Return the title whose first line is only the kind of report, and the second the name."""
    name = text[below.start : below.end].strip(" \t\r\u00a0*#_")
    usual = _compiled(_BARE_KIND).fullmatch(text, line.start, line.end)
    record = find_authority(name) if usual and name else None
    if usual is None or record is None:
        return None
    start = text.index(name, below.start)
    return Title(name, Span(start, start + len(name)), record, usual["loose"] is None)


def _line_above(text: str, line: Span) -> Span | None:
    """Return the line above that is not blank; None if it is too long, or there is none."""
    before = text[max(0, line.start - _LONGEST_TITLE) : line.start].rstrip()
    end = line.start - (min(line.start, _LONGEST_TITLE) - len(before))
    return _line_around(text, end - 1) if before else None


def _line_below(text: str, line: Span) -> Span | None:
    """Return the line below that is not blank; None if it is too long, or there is none."""
    after = text[line.end : line.end + _LONGEST_TITLE]
    left = after.lstrip()
    return _line_around(text, line.end + len(after) - len(left)) if left else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled when it is first tried: most titles are of the first form."""
    return re.compile(pattern, re.IGNORECASE)

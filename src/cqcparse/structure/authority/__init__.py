"""Who was assessed: the authority named by the title, the address or the body of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.sections import Section
from cqcparse.model.spans import Span
from cqcparse.model.statements import Authority, Basis
from cqcparse.registry import AuthorityRecord, find_authority, find_authority_by_address
from cqcparse.registry.names import short_name

#: Every title has this word; its first letter may be of either case.
_ASSESSMENT = ("ssessment", "SSESSMENT")
#: Longest line that is taken for a title, in code points.
_LONGEST_TITLE = 130
#: Lines from the top in which a title may stand; further down are links to other reports.
_TOP_LINES = 100
_DECORATION = r"[ \t\u00a0#*>•|_-]*"
_SITE = r"(?:[ \t]*[-–—|][ \t]*(?:CQC|Care Quality Commission))?[ \t\r\u00a0*_#]*$"
#: What ends a breadcrumb in front of the name.
_CRUMB = r"(?:[^\n>|»\u203a]*[>|»\u203a][ \t]*){0,6}"
_KIND = "local authority assessment(?: report)?"
_NAME = r"(?P<name>[^\W\d_][^\n:>|»\u203a]{1,90}?)"
#: Patterns of a title line, and whether what they match can be nothing but a title. The others
#: need a name that is known or says that it is a council's.
_TITLES = (
    (rf"{_CRUMB}{_NAME}[ \t]*(?::|[ \t][-–—])[ \t]*{_KIND}", True),
    (rf"{_KIND}[ \t]*(?::|[-–—])[ \t]*{_NAME}", True),
    (rf"{_CRUMB}{_NAME}[ \t]+{_KIND}", False),
    (rf"{_CRUMB}{_NAME}[ \t]+assessment", False),
)
_COUNCIL = re.compile(r"\b(?:council|corporation|borough of|city of|county of)\b", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"(?:cqc|care quality commission|adult social care|home|our|your|a|this|each|every|how we"
    r"|about|read|see|summary of|findings of|overall)\b|.*\b(?:is|was|are|were|has|had|will)\b",
    re.IGNORECASE,
)


class Title(NamedTuple):
    """A name as the title prints it."""

    name: str
    span: Span
    record: AuthorityRecord | None


def identify_authority(
    document: Document, sections: Sequence[Section] = (), *, given: str | None = None
) -> tuple[Authority | None, tuple[Diagnostic, ...]]:
    """Return the assessed authority, and what is doubtful about it.

    The title line decides; without one the address or name of the source, then the names in the
    body, weighed by how they are used. A title may name an authority the register does not know;
    its name is then as printed, without a code.

    Args:
        document: The document.
        sections: Its sections; names in footers do not count.
        given: The name the caller says it is, which settles it.
    """
    title = find_title(document.text)
    addresses = (find_authority_by_address(a) for a in (document.address, document.source) if a)
    addressed = next((record for record in addresses if record is not None), None)
    if given is not None:
        record = find_authority(given)
        return _authority(given, record, "given", title.span if title else None), ()
    if title is not None:
        authority = _authority(title.name, title.record, "title", title.span)
        return authority, tuple(_conflict(title, addressed))
    if addressed is not None:
        return _authority(addressed.name, addressed, "url", None), ()
    return _from_body(document.text, sections)


def find_title(text: str) -> Title | None:
    """Return the authority's name in the title line; None if the text has no such line."""
    for line in _title_lines(text):
        if title := _read_title(text, line):
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
    places = sorted(place for word in _ASSESSMENT for place in _find_all(text, word, top))
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


def _read_title(text: str, line: Span) -> Title | None:
    """Return the name on a title line; None if the line is not a title."""
    for pattern, says_enough in _titles():
        match = pattern.match(text, line.start, line.end)
        if match is None or _NOT_A_NAME.match(match["name"]):
            continue
        name, record = " ".join(match["name"].split()), find_authority(match["name"])
        certain = says_enough and not name.lower().startswith("the ")
        if record or certain or _COUNCIL.search(name):
            return Title(name=name, span=Span(*match.span("name")), record=record)
    return None


@cache
def _titles() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Return the patterns of a title line, compiled, and whether they say enough."""
    return tuple(
        (re.compile(f"{_DECORATION}{pattern}{_SITE}", re.IGNORECASE), says_enough)
        for pattern, says_enough in _TITLES
    )


def _authority(
    name: str, record: AuthorityRecord | None, basis: Basis, span: Span | None
) -> Authority:
    """Return the authority by its record, else by the name as printed."""
    return Authority(
        name=record.name if record else name,
        short_name=record.short_name if record else short_name(name),
        ons_code=record.ons_code if record else None,
        basis=basis,
        span=span,
    )


def _conflict(title: Title, addressed: AuthorityRecord | None) -> Iterator[Diagnostic]:
    """Yield a diagnostic if title and address name different authorities."""
    if addressed is None or (title.record and title.record.ons_code == addressed.ons_code):
        return
    message = (
        f"the title says {title.name!r}, the name of the source says {addressed.name!r}; "
        "the title was believed"
    )
    yield Diagnostic(code="authority-conflict", message=message, span=title.span)


def _from_body(
    text: str, sections: Sequence[Section]
) -> tuple[Authority | None, tuple[Diagnostic, ...]]:
    """Return the authority the body speaks of most, if it stands out, with a diagnostic."""
    from cqcparse.structure.authority.body import weigh  # noqa: PLC0415 - most documents have a title

    weighing = weigh(text, sections)
    best = weighing.best
    if best is None:
        message = (
            f"neither title, name of the source nor text says who was assessed; {weighing.why}"
        )
        return None, (Diagnostic(code="authority-unknown", message=message, severity="error"),)
    authority = _authority(best.name, best.record, "body", best.span)
    message = f"{authority.name!r} was inferred from the text, {weighing.why}"
    diagnostic = Diagnostic(
        code="authority-inferred",
        message=message,
        severity="info" if weighing.sure else "warning",
        span=best.span,
    )
    return authority, (diagnostic,)

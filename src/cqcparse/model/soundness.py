"""Whether what an assessment says of its document is so: places, quotes, sections and names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document, Omission, PrintedLine, PrintedTable
from cqcparse.model.facts import Fact
from cqcparse.model.identifiers import RULE, is_code, is_name
from cqcparse.model.mentions import Evidence, Mention, Partner
from cqcparse.model.references import Reference, dangling
from cqcparse.model.report import Report
from cqcparse.model.sections import Section
from cqcparse.model.spans import Span
from cqcparse.model.statements import Authority, StatementAssessment


def fault_of(result: Assessment | Report) -> str | None:
    """Return the first thing that is not so in *result*, as the end of a sentence; None if all is.

    What has no fault can be shown, written and asked: each span is a place of the document, each
    quote says what stands there, the sections tile the text, and a name is nothing but a name.
    """
    faults = _of_report(result) if isinstance(result, Report) else _of_page(result)
    return next(faults, None)


def misnamed(mention: Mention) -> str | None:
    """Return which name in *mention* is none, as the end of a sentence; None if all are."""
    for holder in (mention, mention.evidence):
        for problem in _misnamed(holder, _plan_of(holder)) if holder is not None else ():
            return problem
    return None


def _of_report(report: Report) -> Iterator[str]:
    if not report.pages:
        yield "has no pages"
        return
    for page in report.pages:
        yield from _of_page(page)
    longest = max((page.document.text for page in report.pages), key=len)
    yield from _places((attrs.evolve(report, pages=()),), longest)


def _of_page(page: Assessment) -> Iterator[str]:
    text = page.document.text
    yield from _places((page,), text)
    yield from _blocks(page.document)
    yield from chain.from_iterable(map(_table, page.document.tables))
    yield from _tiles(page.sections, text)
    tops = {section.span: section for section in page.sections}
    for statement in page.statements:
        for section in statement.sections:
            if tops.get(section.span) != section:
                yield f"has a section of the statement {statement.id!r} that is not one of its own"
    for (kind, span), missing in dangling(page.mentions).items():
        place = f"{span.start}-{span.end} refers to a {missing.kind}"
        yield f"has a {kind} that at {place} where none is: {missing.text!r:.60}"
    for mention in page.mentions:
        if not len(mention.span):
            yield f"has an empty mention at {mention.span.start}"


#: The fields that hold names, and those that hold codes.
_NAMES: dict[type, tuple[str, ...]] = {
    Assessment: ("framework",),
    Report: ("framework", "missing"),
    Section: ("id",),
    StatementAssessment: ("id", "theme"),
    Fact: ("id", "aspect"),
    Diagnostic: ("code", "extractor"),
    Omission: ("reason",),
    Mention: ("type", "extractor"),
    Evidence: ("rule",),
    Reference: ("kind",),
}
_CODES: dict[type, tuple[str, ...]] = {Authority: ("ons_code",), Partner: ("registry_id",)}

#: Highest level of a section; those of HTML end at 6.
_DEEPEST = 99

_LEAVES = frozenset((type(None), str, int, float, bool, Decimal, dt.date))


@attrs.frozen
class _Plan:
    """What is to be looked at in the objects of a class."""

    fields: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]
    #: Whether it is text with the place it was read from.
    quotes: bool


def _plan_of(value: object) -> _Plan:
    cls: Any = type(value)  # mypy takes a class with slots for unhashable
    return _plan(cls)


@lru_cache(maxsize=256)
def _plan(cls: Any) -> _Plan:  # noqa: ANN401 - mypy takes a class with slots for unhashable
    fields = tuple(field.name for field in attrs.fields(cls))
    return _Plan(
        fields=fields,
        names=_declared(cls, _NAMES),
        codes=_declared(cls, _CODES),
        quotes={"span", "text"} <= set(fields),
    )


def _declared(cls: type, table: dict[type, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(name for base in cls.__mro__ for name in table.get(base, ()))


def _places(values: Iterable[object], text: str) -> Iterator[str]:
    """Yield what is wrong in *values* and all they hold, at any depth."""
    waiting = list(values)
    while waiting:
        value: Any = waiting.pop()
        cls = type(value)
        if cls is Span:
            if value.end > len(text):
                yield f"has the span {value.start}-{value.end}, the text ends at {len(text)}"
        elif cls is tuple:
            waiting.extend(item for item in value if type(item) not in _LEAVES)
        elif attrs.has(cls):
            plan = _plan(cls)
            yield from _misnamed(value, plan)
            if plan.quotes and text[value.span.start : value.span.end] != value.text:
                place = f"at {value.span.start}-{value.span.end}"
                yield f"quotes {value.text!r:.60} {place}, but the document does not say so there"
            held = (getattr(value, name) for name in plan.fields)
            waiting.extend(item for item in held if type(item) not in _LEAVES)


def _misnamed(value: object, plan: _Plan) -> Iterator[str]:
    for name in plan.names:
        given = getattr(value, name)
        for one in given if isinstance(given, tuple) else (given,):
            if one and not is_name(one):
                yield f"has {one!r:.60} as {name!r}, which must be {RULE}"
    for name in plan.codes:
        given = getattr(value, name)
        if given is not None and not is_code(given):
            yield f"has {given!r:.60} as {name!r}, which must be letters and digits"


def _blocks(document: Document) -> Iterator[str]:
    """Yield what keeps the blocks from being found by their place, and places on pages."""
    behind = 0
    for block in document.blocks:
        if block.span.start < behind:
            yield f"has a block at {block.span.start} in the one that ends at {behind}"
        behind = block.span.end
        for line in block.origin.lines if block.origin else ():
            yield from _line(line)


def _line(line: PrintedLine) -> Iterator[str]:
    if len(line.edges) != len(line.span) + 1:
        yield f"has {len(line.edges)} edges for the {len(line.span)} characters of a line"


#: Most columns of a table: a cell is repeated in each that it goes over.
_WIDEST = 1000


def _table(table: PrintedTable) -> Iterator[str]:
    """Yield what keeps the cells of a table from being laid out in rows."""
    if not table.cells:
        yield "has a table without cells"
        return
    starts = {cell.row for cell in table.cells}
    rows, places = len(starts), set[tuple[int, int]]()
    if starts != set(range(rows)):
        yield f"has a table whose {rows} rows are not counted from 0"
        return
    for cell in table.cells:
        where = f"has a cell at {cell.span.start} that"
        if min(cell.rows, cell.columns) < 1 or cell.column < 0:
            yield f"{where} is in no row or column"
        elif cell.row + cell.rows > rows or cell.column + cell.columns > _WIDEST:
            yield f"{where} goes past the edge of its table"
        elif (cell.row, cell.column) in places:
            yield f"{where} stands where another one does"
        places.add((cell.row, cell.column))


def _tiles(sections: Sequence[Section], text: str) -> Iterator[str]:
    """Yield where the sections do not tile the text, or a section is not made of its parts."""
    behind = 0
    for top in sections:
        for section in top.walk():
            if section.own.start != behind:
                yield f"has a section at {section.own.start} where {behind} was to follow"
            behind = section.own.end
            yield from _parts(section)
    if behind != len(text):
        yield f"has no section for the characters {behind} to {len(text)}"


def _parts(section: Section) -> Iterator[str]:
    own, body = section.own, section.body
    title = section.title.span if section.title else Span(own.start, own.start)
    end = section.children[-1].span.end if section.children else own.end
    if (section.span.start, section.span.end) != (own.start, end):
        yield f"has a section at {own.start} whose span is not that of its parts"
    if not own.start <= title.start <= title.end <= body.start <= body.end <= own.end:
        yield f"has a section at {own.start} whose heading and body are not within it, in order"
    if not 0 <= section.level <= _DEEPEST:
        yield f"has a section at {own.start} whose level is not from 0 to {_DEEPEST}"
    yield from _in_order("paragraph", body, [part.span for part in section.paragraphs])
    for paragraph in section.paragraphs:
        spans = [sentence.span for sentence in paragraph.sentences]
        yield from _in_order("sentence", paragraph.span, spans)


def _in_order(what: str, whole: Span, parts: Iterable[Span]) -> Iterator[str]:
    behind = whole.start
    for part in parts:
        if part.start < behind or part.end > whole.end:
            yield f"has a {what} at {part.start}-{part.end} that is out of place"
        behind = part.end

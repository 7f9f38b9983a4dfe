"""Pages as programs that annotate text see them: the text, and stretches of it with labels."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import attribute_types
from cqcparse.model.mentions import Mention
from cqcparse.model.report import Report
from cqcparse.model.spans import Quote, Span
from cqcparse.output.keys import page_id
from cqcparse.output.tables import columns_of_kinds

#: What rows have in a cell.
Cell: TypeAlias = str | float | bool | dt.date | None

#: The program and its version, for formats that say what made them.
MADE_BY = f"cqcparse {importlib.metadata.version('cqcparse')}"

#: What is said of a page beside its text.
_KEYS = ("report_id", "authority", "ons_code", "published")
#: What is said of every mention beside its words.
_COMMON = ("type", "canonical", "entity_id")
_HALF = re.compile("[\ud800-\udfff]")


@attrs.frozen(kw_only=True)
class Value:
    """What was read of a mention, in the words of the report.

    Attributes:
        id: An id that nothing else has.
        name: Name of the attribute.
        span: Where it stands.
    """

    id: str
    name: str
    span: Span


@attrs.frozen(kw_only=True)
class Mark:
    """A mention.

    Attributes:
        id: The ``mention_id`` of the tables.
        label: Its kind.
        span: Where it stands.
        values: Its attributes that are quoted.
        said: What else is known of it, by the columns of the tables.
    """

    id: str
    label: str
    span: Span
    values: tuple[Value, ...]
    said: Mapping[str, str]


@attrs.frozen(kw_only=True)
class Page:
    """A page with its mentions.

    Attributes:
        id: The ``page_id`` of the tables.
        text: The text that spans are places in; what no encoding has is replaced, one for one.
        keys: Which report it is of, by the columns of the tables.
        source: Path, address or name; None if it has none.
        address: Its address on the web; None if it does not say.
        sentences: Where its sentences stand.
        marks: Its mentions, in order.
    """

    id: str
    text: str
    keys: Mapping[str, str]
    source: str | None
    address: str | None
    sentences: tuple[Span, ...]
    marks: tuple[Mark, ...]


def pages_of(reports: Iterable[Assessment | Report]) -> Iterator[Page]:
    """Yield the pages of all reports."""
    for report in reports:
        (about,) = report.rows("scores")
        rows = iter(report.rows("mentions"))
        keys = _said(about, _KEYS)
        pages = report.pages if isinstance(report, Report) else (report,)
        columns = columns_of_kinds(dict.fromkeys(type(m) for page in pages for m in page.mentions))
        for page in pages:
            yield Page(
                id=page_id(page),
                text=_HALF.sub("\ufffd", page.document.text),
                keys=keys,
                source=page.source,
                address=page.document.address,
                sentences=tuple(s.span for section in page.walk() for s in section.sentences),
                marks=tuple(_mark(m, next(rows), columns[m.kind]) for m in page.mentions),
            )


def _mark(mention: Mention, row: Mapping[str, Any], columns: Iterable[str]) -> Mark:
    quoted = [
        (name, quote.span)
        for name in attribute_types(type(mention))
        for quote in _each(getattr(mention, name))
        if isinstance(quote, Quote)
    ]
    id_ = str(row["mention_id"])
    names = {name for name, _ in quoted}
    said = [column for column in columns if column not in names]
    return Mark(
        id=id_,
        label=mention.kind,
        span=mention.span,
        values=tuple(
            Value(id=f"{id_}-{number}", name=name, span=span)
            for number, (name, span) in enumerate(quoted, 1)
        ),
        said=_said(row, dict.fromkeys((*_COMMON, *said))),
    )


def _each(value: object) -> Iterable[object]:
    return value if isinstance(value, tuple) else (value,)


def _said(row: Mapping[str, Any], columns: Iterable[str]) -> dict[str, str]:
    """Return the cells of a row that are filled, in words."""
    return {
        column: _HALF.sub("\ufffd", _in_words(row[column]))
        for column in columns
        if row.get(column) not in {None, ""}
    }


def _in_words(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)

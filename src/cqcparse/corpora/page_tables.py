"""The tables whose rows a page has by itself, and its rows, made where it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal, TypeAlias, cast, get_args
from weakref import WeakKeyDictionary

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.tables import Cell, Row, Table, TableName
from cqcparse.model.writable import writable
from cqcparse.output.keys import digest_of, keyed_pages
from cqcparse.output.part_tables import page_row, remark_rows
from cqcparse.output.rows import rows_of
from cqcparse.output.schemas import schema
from cqcparse.output.tables import mention_table, score_table
from cqcparse.parser import Parser

PageTable: TypeAlias = Literal[TableName, "pages", "diagnostics"]
PAGE_TABLES: tuple[PageTable, ...] = (*get_args(TableName), "pages", "diagnostics")

RowMaker: TypeAlias = Callable[[Assessment | Report], Iterable[Row]]


@attrs.frozen
class PageRows:
    """The rows of a page, for each table that was asked for."""

    rows: tuple[tuple[tuple[Cell, ...], ...], ...]


def rows_of_page(
    tables: Sequence[PageTable], digest: str | None, parser: Parser, page: Assessment
) -> PageRows:
    """Return the rows of a page, their cells in the order of the columns and fit to be written.

    Args:
        tables: Which rows.
        digest: SHA-256 of the file, if what was read is not the file that its source names.
        parser: What read the page.
        page: The page.
    """
    made = []
    for name in tables:
        table, make = _known_table(parser, name)
        rows = [*make(page)]
        if name == "pages":
            rows[0]["sha256"] = digest or digest_of(page)
        made.append(tuple(cells_of(row, table) for row in rows))
    return PageRows(tuple(made))


def page_table(parser: Parser, name: PageTable) -> Table:
    """Return a table with all columns that the plugins of a parser make.

    Raises:
        ValueError: If there is no table of that name.
    """
    return _known_table(parser, name)[0]


def cells_of(row: Row, table: Table) -> tuple[Cell, ...]:
    """Return the cells of a row in the order of the columns, without halves of characters."""
    cells = (row.get(column.name) for column in table.columns)
    return tuple(writable(cell) if isinstance(cell, str) else cell for cell in cells)


#: Tables and what makes their rows, by the parser whose plugins they are of.
_known: WeakKeyDictionary[Parser, dict[str, tuple[Table, RowMaker]]] = WeakKeyDictionary()


def _known_table(parser: Parser, name: PageTable) -> tuple[Table, RowMaker]:
    known = _known.setdefault(parser, {})
    if name not in known:
        known[name] = _table(parser, name)
    return known[name]


def _table(parser: Parser, name: PageTable) -> tuple[Table, RowMaker]:
    if name not in PAGE_TABLES:
        msg = f"there is no table {name!r}; the tables are {', '.join(PAGE_TABLES)}"
        raise ValueError(msg)
    if name == "mentions":
        produced = (kind for extractor in parser.extractors for kind in extractor.produces)
        return mention_table(dict.fromkeys((*parser.plugins.kinds, *produced)))
    if name == "scores":
        chosen = [parser.framework] if parser.framework else []
        own = chosen or [f for f in parser.frameworks if f.local_authority]
        wanted = [attrs.evolve(framework, local_authority=True) for framework in own]
        return score_table([], wanted)[0], lambda page: score_table([page], wanted)[1]
    makers = {"pages": _page_rows, "diagnostics": _remark_rows}
    return schema(name), makers.get(name) or partial(rows_of, table=cast("TableName", name))


def _page_rows(of: Assessment | Report) -> Iterator[Row]:
    for page, keys in keyed_pages(of):
        yield page_row(page.document, keys, len(page.document.text), "")


def _remark_rows(of: Assessment | Report) -> Iterator[Row]:
    for page, keys in keyed_pages(of):
        for number, row in enumerate(remark_rows(page.diagnostics, keys), 1):
            yield row | {"diagnostic_id": number}

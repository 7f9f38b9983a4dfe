"""The rows of one page or report, by the name of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cqcparse.framework import builtin_frameworks
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.tables import Row, TableName
from cqcparse.output.keys import keyed_pages
from cqcparse.output.part_tables import section_rows, sentence_rows, statement_rows
from cqcparse.output.tables import fact_table, mention_table, score_table


def rows_of(of: Assessment | Report, table: TableName) -> list[Row]:
    """Return the rows of a table for one page or report.

    Raises:
        ValueError: If there is no table of that name.
    """
    make = _MAKERS.get(table)
    if make is None:
        msg = f"there is no table {table!r}; the tables are {', '.join(_MAKERS)}"
        raise ValueError(msg)
    return [*make(of)]


def _mentions(of: Assessment | Report) -> Iterable[Row]:
    pages = of.pages if isinstance(of, Report) else (of,)
    _, rows = mention_table(dict.fromkeys(type(m) for page in pages for m in page.mentions))
    return rows(of)


def _scores(of: Assessment | Report) -> Iterable[Row]:
    _, rows = score_table([of], builtin_frameworks())
    return rows


def _facts(of: Assessment | Report) -> Iterable[Row]:
    _, rows = fact_table()
    return rows(of)


def _by_page(
    rows: Callable[[Assessment, Row], Iterator[Row]],
) -> Callable[[Assessment | Report], Iterator[Row]]:
    """Return what makes the rows of all pages, one after the other."""
    return lambda of: (row for page, keys in keyed_pages(of) for row in rows(page, keys))


_MAKERS: dict[TableName, Callable[[Assessment | Report], Iterable[Row]]] = {
    "mentions": _mentions,
    "scores": _scores,
    "facts": _facts,
    "statements": statement_rows,
    "sections": _by_page(section_rows),
    "sentences": _by_page(sentence_rows),
}

"""Rows of thousands of pages on disk, and the reports they turn out to be of."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.mentions import Mention
from cqcparse.model.tables import Cell, CorpusTableName, Row, Table
from cqcparse.model.writable import writable
from cqcparse.output.keys import page_id, page_keys
from cqcparse.output.part_tables import section_rows, sentence_rows
from cqcparse.output.schemas import key_columns, schema, types_of
from cqcparse.output.sql import SQLITE, declared, quoted
from cqcparse.output.tables import PageRowMaker, columns_of_kinds, mention_table_of_pages

#: Tables whose rows are too many to be kept in memory until the reports are known.
SpilledName: TypeAlias = Literal["sections", "sentences", "mentions"]
SPILLED: tuple[SpilledName, ...] = ("sections", "sentences", "mentions")

#: Columns that a page has once, or that only the report knows.
_OF_PAGE = frozenset({*key_columns(), "url", "page_id"})
_OF_REPORT = frozenset({"statement_id", "score"})
#: What ids in a page are made of: the id of the page goes in front.
_IDS = frozenset({"section_id", "sentence_id", "mention_id"})
_BATCH = 2_000


@attrs.frozen(kw_only=True)
class PageRows:
    """What is kept of a page: its id, and the rows that go to disk."""

    id: str
    keys: Row
    characters: int
    rows: Mapping[SpilledName, Sequence[tuple[Cell, ...]]]


class Store:
    """The tables of a corpus in a database of its own, which is gone with it.

    Args:
        kinds: The kinds of mention that may occur.
    """

    def __init__(self, kinds: Sequence[type[Mention]]) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="cqcparse-")) / "corpus.sqlite"
        self.connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, _remove, self.connection, self.path.parent)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            self.connection.execute(f"PRAGMA {setting}")
        mentions, self._mention_rows = mention_table_of_pages(kinds)
        self._columns_by_kind = {
            kind: frozenset((*types_of("mentions"), *columns))
            for kind, columns in columns_of_kinds(kinds).items()
        }
        #: The tables by their names; that of scores comes with its rows.
        self.schemas: dict[CorpusTableName, Table] = {"mentions": mentions}
        self._own = {name: self._own_columns(name) for name in SPILLED}
        self._ids: dict[str, int] = {}
        self._pages = 0
        self.connection.execute("BEGIN")
        for name in SPILLED:
            own = set(self._own[name])
            columns = declared((c for c in self.schema(name).columns if c.name in own), SQLITE)
            self.connection.execute(f"CREATE TABLE own_{name} (page INTEGER, {columns})")

    def schema(self, name: CorpusTableName) -> Table:
        """Return the columns of a table."""
        return self.schemas.get(name) or schema(name)

    def add_page(self, page: Assessment) -> PageRows:
        """Write the rows of a page to disk, and return what is to be kept of it."""
        made = rows_of_page(page, self._mention_rows, self._own)
        for name, rows in made.rows.items():
            marks = ", ".join("?" * (len(self._own[name]) + 1))
            self.connection.executemany(
                f"INSERT INTO own_{name} VALUES ({marks})",  # noqa: S608 - names of our own
                ((self._pages, *row) for row in rows),
            )
        self._pages += 1
        return attrs.evolve(made, id=self._unique(made.id), rows={})

    def add_table(self, table: Table, rows: Iterable[Row]) -> None:
        """Write a table whose rows are whole."""
        self.schemas[table.name] = table  # type: ignore[index] # of the tables of a corpus
        self.connection.execute(
            f"CREATE TABLE {quoted(table.name)} ({declared(table.columns, SQLITE)})"
        )
        self._fill(table.name, len(table.columns), (tuple(row.values()) for row in rows))

    def finish(self, places: Sequence[tuple[int, Row]]) -> None:
        """Make the tables of what is on disk, now that the report of each page is known.

        Args:
            places: Number and keys of each page, in the order of the rows.
        """
        columns = (*key_columns(), "url", "page_id")
        of_keys = ", ".join(f"{quoted(column)} TEXT" for column in columns)
        execute = self.connection.execute
        execute(f"CREATE TABLE page_keys (place INTEGER PRIMARY KEY, page INTEGER, {of_keys})")
        rows = ((place, n, *(keys[c] for c in columns)) for place, (n, keys) in enumerate(places))
        self._fill("page_keys", len(columns) + 2, rows)
        execute(
            "CREATE TABLE statement_scores AS SELECT report_id, statement, score FROM statements"
        )
        execute("CREATE INDEX by_statement ON statement_scores (report_id, statement)")
        for name in SPILLED:
            execute(f"CREATE INDEX by_page_{name} ON own_{name} (page)")
            cells = ", ".join(
                f"{_cell(c.name)} AS {quoted(c.name)}" for c in self.schema(name).columns
            )
            scores = (
                "LEFT JOIN statement_scores s"
                " ON s.report_id = p.report_id AND s.statement = o.statement"
                if name == "mentions"
                else ""
            )
            execute(
                f"CREATE VIEW {name} AS SELECT {cells} FROM page_keys p"  # noqa: S608 - quoted
                f" CROSS JOIN own_{name} o ON o.page = p.page {scores} ORDER BY p.place, o.rowid"
            )
        execute("COMMIT")

    def add_entities(self) -> None:
        """Make the table of what is named, of the mentions on disk."""
        columns = declared(schema("entities").columns, SQLITE)
        self.connection.execute(f"CREATE TABLE entities ({columns})")
        self.connection.execute(f"INSERT INTO entities {_ENTITIES}")

    def mention_columns(self, kind: str) -> frozenset[str]:
        """Return the columns that mentions of a kind fill, or may fill."""
        return self._columns_by_kind[kind]

    def batches(
        self, query: str, arguments: Sequence[Cell] = ()
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield the rows of a query, some thousand at a time."""
        cursor = self.connection.execute(query, arguments)
        while batch := cursor.fetchmany(_BATCH):
            yield batch

    def _own_columns(self, name: SpilledName) -> tuple[str, ...]:
        passed = _OF_PAGE | _OF_REPORT
        return tuple(c.name for c in self.schema(name).columns if c.name not in passed)

    def _unique(self, id_: str) -> str:
        """Return an id, with a number behind if a page with the same text has it."""
        self._ids[id_] = times = self._ids.get(id_, 0) + 1
        return id_ if times == 1 else f"{id_}-{times}"

    def _fill(self, name: str, width: int, rows: Iterable[tuple[Cell, ...]]) -> None:
        marks = ", ".join("?" * width)
        insert = f"INSERT INTO {quoted(name)} VALUES ({marks})"  # noqa: S608 - quoted
        plain = (tuple(map(_plain, row)) for row in rows)
        while batch := list(islice(plain, _BATCH)):
            self.connection.executemany(insert, batch)


#: The commonest name and type of each thing, the earlier in the alphabet of two that are as common.
_ENTITIES = """
WITH named AS (
  SELECT o.entity, o.kind, coalesce(o.entity_id, o.canonical) AS id,
         coalesce(o.canonical, o.text) AS name, o.type, p.report_id,
         coalesce(p.ons_code, p.authority) AS authority
  FROM own_mentions o JOIN page_keys p ON p.page = o.page WHERE o.entity IS NOT NULL
),
names AS (
  SELECT entity, name, row_number() OVER (PARTITION BY entity ORDER BY count(*) DESC, name) AS place
  FROM named GROUP BY entity, name
),
types AS (
  SELECT entity, type, row_number() OVER (PARTITION BY entity ORDER BY count(*) DESC, type) AS place
  FROM named GROUP BY entity, type
)
SELECT n.entity, n.kind, n.id, a.name, t.type, count(*), count(DISTINCT n.report_id),
       count(DISTINCT n.authority)
FROM named n
JOIN names a ON a.entity = n.entity AND a.place = 1
JOIN types t ON t.entity = n.entity AND t.place = 1
GROUP BY n.entity ORDER BY n.kind, count(*) DESC, n.entity
"""


def rows_of_page(
    page: Assessment,
    mention_rows: PageRowMaker,
    columns: Mapping[SpilledName, Sequence[str]],
) -> PageRows:
    """Return the rows of a page as they go to disk: without what only its report knows."""
    inside: Row = {"page_id": "", "report_id": ""}
    made: Mapping[SpilledName, Iterable[Row]] = {
        "sections": section_rows(page, inside),
        "sentences": sentence_rows(page, inside),
        "mentions": mention_rows(page, inside, {}),
    }
    return PageRows(
        id=page_id(page),
        keys=page_keys(page),
        characters=len(page.document.text),
        rows={
            name: [tuple(_plain(row[column]) for column in columns[name]) for row in rows]
            for name, rows in made.items()
        },
    )


def _remove(connection: sqlite3.Connection, folder: Path) -> None:
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)


def _plain(cell: Cell) -> Cell:
    """Return a cell as SQLite has it: dates as text, and no halves of characters."""
    if isinstance(cell, str):
        return writable(cell)
    if cell is None or isinstance(cell, (int, float)):
        return cell
    return cell.isoformat()


def _cell(column: str) -> str:
    """Return the SQL for a cell of a row that was on disk before its report was known."""
    name = quoted(column)
    if column in _OF_PAGE:
        return f"p.{name}"
    if column in _IDS:
        return f"p.page_id || o.{name}"
    if column == "statement_id":
        return "p.report_id || '/' || o.statement"
    return "s.score" if column == "score" else f"o.{name}"

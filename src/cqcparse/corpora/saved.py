"""The tables of a corpus that was written to a database: asked again, and not read again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import attrs

from cqcparse.errors import DataError, MissingPackageError
from cqcparse.model.tables import Cell, CellType, Column, CorpusTableName, Table
from cqcparse.output.provenance import Item, Provenance, What
from cqcparse.output.schemas import schema, types_of
from cqcparse.output.sql import DUCKDB, SQLITE, quoted
from cqcparse.reading.failures import ReadFailure

#: All tables, in an order in which each leads to earlier ones only.
TABLES: tuple[CorpusTableName, ...] = (
    *("authorities", "reports", "pages", "statements", "sections", "sentences", "entities"),
    *("mentions", "facts", "diagnostics", "scores", "provenance"),
)
_DUCKDB = ".duckdb"
_SUFFIXES = (".sqlite", _DUCKDB)
_BATCH = 2_000
#: Longest part of what a database says that is passed on.
_SAID = 200
#: What both databases have.
_TABLES_THERE = "SELECT name FROM sqlite_master WHERE type = 'table'"


def is_database(path: object) -> bool:
    """Return whether a path names a database and no report."""
    return isinstance(path, (str, os.PathLike)) and str(path).lower().endswith(_SUFFIXES)


def database_alone(paths: Sequence[object]) -> bool:
    """Return whether paths are one database.

    Raises:
        DataError: If they are a database and something else.
    """
    found = [path for path in paths if is_database(path)]
    if found and len(paths) > 1:
        problem = "is a database, which is asked by itself; give it alone, or give pages"
        raise DataError(os.fspath(cast("str", found[0])), problem)
    return bool(found)


def no_text(path: str | os.PathLike[str]) -> DataError:
    """Return what is raised where the text of reports is needed, and there is a database."""
    problem = "is a database with tables and no text; give the pages that it was made of"
    return DataError(os.fspath(path), problem)


@attrs.frozen(kw_only=True)
class _Database:
    """What differs from one sort of database to the other."""

    #: Returns a cursor with the answer to a query.
    execute: Callable[[str, Sequence[Cell]], Any]
    close: Callable[[], None]
    error: type[Exception]
    #: The types of cells by the names that the database has for them.
    types: Mapping[str, CellType]
    #: Asks what the columns hold, and the table that must be there for it.
    about: str
    needed: str | None


class Saved:
    """The tables of a database, which is only read.

    Args:
        path: The database.

    Raises:
        DataError: If it is not one that holds all tables of a corpus.
    """

    #: What could not be read is among the diagnostics.
    failures: tuple[ReadFailure, ...] = ()
    is_read = True

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise DataError(str(path), "there is no such file; check the path")
        self._database = _duckdb(path) if path.suffix.lower() == _DUCKDB else _sqlite(path)
        self.folder = Path(tempfile.mkdtemp(prefix="cqcparse-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        weakref.finalize(self, self._database.close)
        there = {name for batch in self.batches(_TABLES_THERE) for (name,) in batch}
        wanted = {*TABLES, self._database.needed or TABLES[0]}
        if missing := sorted(wanted - there):
            problem = f"is no database of a corpus: it has no table {missing[0]!r}"
            raise DataError(str(path), f"{problem}; 'cqcparse tables' writes one that has all")
        about = self.batches(self._database.about)
        self._about = {
            (table, name): str(said or "") for rows in about for table, name, said in rows
        }
        self._schemas = {name: self._declared(name) for name in TABLES}

    def schema(self, name: CorpusTableName) -> Table:
        """Return the columns of a table."""
        return self._schemas[name]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of mention that are there."""
        batches = self.batches("SELECT DISTINCT kind FROM mentions ORDER BY kind")
        return tuple(str(kind) for batch in batches for (kind,) in batch)

    def columns_of(self, kind: str) -> frozenset[str]:
        """Return the columns that mentions of a kind have."""
        common = types_of("mentions")
        own = [c.name for c in self.schema("mentions").columns if c.name not in common]
        counts = ", ".join(f"count({quoted(name)})" for name in own)
        query = f"SELECT {counts} FROM mentions WHERE kind = ?"  # noqa: S608 - quoted
        ((found,),) = self.batches(query, (kind,)) if own else (((),),)
        return frozenset((*common, *(name for name, n in zip(own, found, strict=True) if n)))

    @cached_property
    def provenance(self) -> Provenance:
        """What made the database, as it says itself."""
        columns = ", ".join(field.name for field in attrs.fields(Item))
        query = f"SELECT {columns} FROM provenance ORDER BY number"  # noqa: S608 - our own
        rows = (row for batch in self.batches(query) for row in batch)
        return Provenance(
            items=tuple(
                Item(what=cast("What", what), name=str(name), version=_text(version), **rest)
                for what, name, version, *others in rows
                for rest in [dict(zip(("sha256", "note"), map(_text, others), strict=True))]
            )
        )

    def batches(
        self, query: str, arguments: Sequence[Cell] = ()
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield the rows of a query, some thousand at a time.

        Raises:
            DataError: If the database is damaged.
        """
        try:
            cursor = self._database.execute(query, arguments)
            while batch := cursor.fetchmany(_BATCH):
                yield batch
        except self._database.error as error:
            raise _unreadable(self.path, error) from error

    def _declared(self, name: CorpusTableName) -> Table:
        """Return the columns that a table has, which must be those of a corpus, and may be more."""
        known = {column.name: column for column in schema(name).columns}
        batches = self.batches(f"PRAGMA table_info({quoted(name)})")
        types = self._database.types
        found = {str(row[1]): types.get(str(row[2])) for batch in batches for row in batch}
        for column in known.values():
            if found.get(column.name) != column.type:
                problem = f"its table {name!r} has no column {column.name!r} of {column.type}"
                remedy = "write it again with this version of 'cqcparse tables'"
                raise DataError(str(self.path), f"is no database of a corpus: {problem}; {remedy}")
        columns = (
            known.get(column)
            or Column(name=column, type=of or "text", about=self._about.get((name, column), ""))
            for column, of in found.items()
        )
        return attrs.evolve(schema(name), columns=tuple(columns))


def _sqlite(path: Path) -> _Database:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
    )
    return _Database(
        execute=connection.execute,
        close=connection.close,
        error=sqlite3.Error,
        types={name: of for of, name in SQLITE.items()},
        about="SELECT table_name, column_name, about FROM columns",
        needed="columns",
    )


def _duckdb(path: Path) -> _Database:
    try:
        import duckdb  # noqa: PLC0415 - optional
    except ImportError:
        what = f"reading {path}"
        raise MissingPackageError(what, "duckdb", "cqcparse[tables]") from None
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise _unreadable(path, error) from error
    connection.execute("SET enable_external_access = false")
    return _Database(
        execute=lambda query, arguments: connection.cursor().execute(query, list(arguments)),
        close=connection.close,
        error=duckdb.Error,
        types={name: of for of, name in DUCKDB.items()},
        about="SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal",
        needed=None,
    )


def _unreadable(path: Path, error: Exception) -> DataError:
    said = " ".join(str(error).split())[:_SAID]
    problem = f"cannot be read as a database ({said}); write it again with 'cqcparse tables'"
    return DataError(str(path), problem)


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)

"""DuckDB over the tables of a corpus: each is taken in when a query names it."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import attrs

from cqcparse.errors import DataError, MissingPackageError
from cqcparse.model.tables import Cell, CellType, Column, CorpusTableName, Table
from cqcparse.output.duckdb_file import fill
from cqcparse.output.everything import TableRows
from cqcparse.output.sql import DUCKDB, create, quoted
from cqcparse.output.views import views_of

#: The kinds of statement that only look; a PIVOT is of several.
_QUERIES = frozenset({"SELECT", "EXPLAIN", "MULTI"})
#: Longest part of what DuckDB says of a query that is passed on.
_SAID = 300


@attrs.frozen(kw_only=True)
class Answer:
    """What a query gives: its columns and its rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def needed() -> Any:  # noqa: ANN401 - a module that may be absent
    """Return DuckDB, which questions are asked with.

    Raises:
        MissingPackageError: If it or pyarrow is not installed.
    """
    try:
        import duckdb  # noqa: PLC0415 - optional
        import pyarrow as pa  # noqa: F401, PLC0415 - optional
    except ImportError as error:
        what = "asking questions"
        raise MissingPackageError(what, error.name or "", "cqcparse[tables]") from None
    return duckdb


class Engine:
    """A DuckDB database that takes in the tables that queries name, and can reach no file.

    Args:
        folder: Where its file may be.
        tables: Gives a table with its rows, by its name.
        schemas: The columns of all tables, by their names.

    Raises:
        MissingPackageError: If DuckDB or pyarrow is not installed.
    """

    def __init__(
        self,
        folder: Path,
        tables: Callable[[CorpusTableName], TableRows],
        schemas: Mapping[CorpusTableName, Table],
    ) -> None:
        duckdb = needed()
        self._error = duckdb.Error
        self._connection = duckdb.connect(str(folder / "questions.duckdb"))
        weakref.finalize(self, self._connection.close)
        for setting in ("enable_external_access", "python_enable_replacements"):
            self._connection.execute(f"SET {setting} = false")
        self._connection.execute("SET lock_configuration = true")
        self._tables = tables
        self._schemas = schemas
        self._views = {view.name: view for view in views_of(schemas.values())}
        self._taken: set[str] = set()

    def answer(self, query: str, values: Mapping[str, Cell], *, name: str) -> Answer:
        """Return the answer to a query.

        Args:
            query: The SQL.
            values: Values of its parameters, by their names; they are bound, never pasted.
            name: What it is called in a message.

        Raises:
            DataError: If DuckDB does not take it, or it is no single query: the tables stay as they
                are, for the next question.
        """
        if not isinstance(query, str):
            msg = f"a query is SQL as a str, not {type(query).__name__}"
            raise TypeError(msg)
        try:
            statements = self._connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type.name not in _QUERIES:
                raise DataError(name, "is not one query; give a single SELECT")
            self._take(query)
            found = self._connection.execute(statements[0], dict(values) or None)
            rows = found.fetchall() if found.description else []
        except self._error as error:
            said = " ".join(str(error).split())[:_SAID]
            raise DataError(name, f"cannot be answered ({said})") from error
        described = [(str(d[0]), str(d[1])) for d in found.description or ()]
        meanings = {c.name: c.about for table in self._schemas.values() for c in table.columns}
        columns = tuple(
            Column(name=n, type=_type(of), about=meanings.get(n, "")) for n, of in described
        )
        return Answer(
            columns=columns,
            rows=tuple(tuple(map(_cell, (c.type for c in columns), row)) for row in rows),
        )

    def _take(self, query: str) -> None:
        """Take in the tables and views whose names stand in a query."""
        words = set(re.findall(r"\w+", query.lower()))
        for name in sorted(words & self._views.keys() - self._taken):
            view = self._views[name]
            self._take(view.query)
            self._connection.execute(f"CREATE VIEW {quoted(name)} AS {view.query}")
            self._taken.add(name)
        for name in sorted(words & self._schemas.keys() - self._taken):
            known = cast("CorpusTableName", name)
            table = attrs.evolve(self._schemas[known], primary=None, foreign=())
            self._connection.execute(create(table, DUCKDB))
            fill(self._connection, self._tables(known))
            self._taken.add(name)


def _type(of: str) -> CellType:
    """Return the type of the cells of a column, as DuckDB names it."""
    if of == "BOOLEAN":
        return "boolean"
    if of == "DATE":
        return "date"
    if of.endswith("INT") or of == "INTEGER":
        return "integer"
    if of in {"DOUBLE", "FLOAT"} or of.startswith("DECIMAL"):
        return "number"
    return "text"


def _cell(cell_type: CellType, cell: Any) -> Cell:  # noqa: ANN401 - whatever DuckDB gives
    if isinstance(cell, Decimal):
        return float(cell)
    if cell is None or cell_type != "text":
        return cast("Cell", cell)
    return "; ".join(map(str, cell)) if isinstance(cell, (list, tuple)) else str(cell)

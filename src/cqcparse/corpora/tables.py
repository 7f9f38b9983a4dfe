"""A table of a corpus or of an answer: rows in Python, and taken by Arrow, pandas and Polars."""

from __future__ import annotations

import html
import importlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from cqcparse.errors import MissingPackageError
from cqcparse.model.tables import Cell, Row, Table
from cqcparse.output.arrow import arrow_schema, record_batches
from cqcparse.output.everything import TableRows
from cqcparse.output.provenance import Provenance
from cqcparse.output.writing import typed_cell, write_rows

#: Rows, some thousand at a time, each as the database has it.
Batches: TypeAlias = Callable[[], Iterator[Sequence[tuple[Cell, ...]]]]

#: Rows and characters of a cell that a notebook shows.
_SHOWN = 12
_CELL = 120


class CorpusTable:
    """A table whose rows are made when they are asked for, some at a time.

    It is what pandas, Polars, DuckDB and Arrow take as it is: ``polars.DataFrame(table)``,
    ``pyarrow.table(table)``.

    Examples:
        >>> import cqcparse
        >>> scores = cqcparse.corpus("seeds").scores()
        >>> len(scores), scores.columns[:3]
        (3, ('report_id', 'source', 'authority'))
        >>> [row["partnerships"] for row in scores]
        [3, 2, 3]
    """

    def __init__(
        self, schema: Table, batches: Batches, made_by: Callable[[], Provenance | None]
    ) -> None:
        self._schema = schema
        self._batches = batches
        self._made_by = made_by
        self._count: int | None = None

    @property
    def schema(self) -> Table:
        """Name, columns with types and meanings, and keys."""
        return self._schema

    @property
    def name(self) -> str:
        """Name of the table."""
        return self._schema.name

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self._schema.columns)

    def made_by(self) -> Provenance | None:
        """Return what made the rows, and of what."""
        return self._made_by()

    def rows(self) -> Iterator[Row]:
        """Yield the rows, each a dictionary with every column."""
        columns = [(column.name, column.type) for column in self._schema.columns]
        for batch in self._batches():
            for cells in batch:
                yield {
                    name: typed_cell(cell_type, cell)
                    for (name, cell_type), cell in zip(columns, cells, strict=True)
                }

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return self.rows()

    def __len__(self) -> int:
        """Return how many rows there are."""
        if self._count is None:
            self._count = sum(map(len, self._batches()))
        return self._count

    def __repr__(self) -> str:
        """Return one line."""
        return f"<{self.name}: {len(self):,} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        """Return the first rows for a notebook, without the columns that are empty in them."""
        first = [*islice(self.rows(), _SHOWN)]
        names = [name for name in self.columns if any(row[name] is not None for row in first)]
        names = names or [*self.columns]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            f"<tr>{''.join(f'<td>{_shown(row[name])}</td>' for name in names)}</tr>"
            for row in first
        )
        count = f"{html.escape(self.name)}: {len(self):,} rows, {len(self.columns)} columns"
        return (
            f"<div><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{count}</p></div>"
        )

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the rows to whatever speaks Arrow; needs the package pyarrow."""
        return self._reader().__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> Any:  # noqa: ANN401 - pyarrow has no types
        """Return a ``pyarrow.Table``; its metadata says what made it.

        Raises:
            MissingPackageError: If pyarrow is not installed.
        """
        return self._reader().read_all()

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas may be absent
        """Return a ``pandas.DataFrame``; an integer column with empty cells stays one.

        Raises:
            MissingPackageError: If pandas or pyarrow is not installed.
        """
        pandas = _package("pandas", "to_pandas", "pandas")
        types = {
            "int64": pandas.Int64Dtype(),
            "bool": pandas.BooleanDtype(),
        }
        return self.to_arrow().to_pandas(types_mapper=lambda of: types.get(str(of)))

    def to_polars(self) -> Any:  # noqa: ANN401 - Polars may be absent
        """Return a ``polars.DataFrame``.

        Raises:
            MissingPackageError: If Polars or pyarrow is not installed.
        """
        return _package("polars", "to_polars", "polars").DataFrame(self)

    def write(self, path: str | Path, *, raw: bool = False) -> None:
        """Write the rows to a file, whose suffix says in which form.

        Args:
            path: The file: ``.csv``, ``.jsonl``, ``.xlsx``, ``.parquet``, ``.sqlite``, ``.duckdb``.
            raw: Whether CSV is written for programs, not for spreadsheets.

        Raises:
            DataError: If the suffix is not known or the file cannot be written.
        """
        write_rows(path, self._schema, self.rows(), raw=raw, made_by=self._made_by)

    def with_rows(self) -> TableRows:
        """Return the table as what writes many at once takes it."""
        return TableRows(schema=self._schema, batches=self._batches)

    def _reader(self) -> Any:  # noqa: ANN401 - pyarrow has no types
        pyarrow = _package("pyarrow", f"taking {self.name!r} as Arrow", "cqcparse[tables]")
        schema = arrow_schema(self._schema, self._made_by())
        batches = record_batches(self._batches(), self._schema, schema)
        return pyarrow.RecordBatchReader.from_batches(schema, batches)


def table_of_rows(
    schema: Table, rows: Sequence[tuple[Cell, ...]], made_by: Callable[[], Provenance | None]
) -> CorpusTable:
    """Return a table of rows that are there."""
    return CorpusTable(schema, lambda: iter([rows] if rows else []), made_by)


def _package(name: str, what: str, install: str) -> Any:  # noqa: ANN401 - a module
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingPackageError(what, name, install) from None


def _shown(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return html.escape(text if len(text) <= _CELL else f"{text[: _CELL - 1]}…")

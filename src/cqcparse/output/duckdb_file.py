"""All tables -> one DuckDB database, with keys, views and comments on columns."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcparse.errors import DataError, MissingPackageError
from cqcparse.model.writable import writable
from cqcparse.output.arrow import arrow_schema, record_batches
from cqcparse.output.provenance import Provenance
from cqcparse.output.sql import DUCKDB, create, quoted
from cqcparse.output.views import views_of

if TYPE_CHECKING:
    from cqcparse.output.everything import TableRows


def write_duckdb(path: Path, part: Path, tables: Sequence[TableRows], made_by: Provenance) -> None:
    """Write a database; what made it is its table ``provenance``.

    Args:
        path: What the file will be.
        part: The file to write.
        tables: The tables, each after those that its foreign keys lead to.
        made_by: What made them.
    """
    del made_by
    try:
        import duckdb  # noqa: PLC0415 - optional
        import pyarrow as pa  # noqa: F401, PLC0415 - optional
    except ImportError as error:
        what = f"writing {path}"
        raise MissingPackageError(what, error.name or "", "cqcparse[tables]") from None
    if str(part) != writable(str(part)):
        raise DataError(str(path), "cannot be written: DuckDB takes names in UTF-8 only")
    try:
        with contextlib.closing(duckdb.connect(str(part))) as connection:
            names: list[str] = []
            for table in tables:
                names.append(table.schema.name)
                connection.execute(create(table.schema, DUCKDB, names))
                fill(connection, table)
                _comment(connection, table)
            for view in views_of([table.schema for table in tables]):
                connection.execute(f"CREATE VIEW {quoted(view.name)} AS {view.query}")
                connection.execute(f"COMMENT ON VIEW {quoted(view.name)} IS {_text(view.about)}")
    except duckdb.Error as error:
        raise DataError(str(path), f"cannot be written as a DuckDB database ({error})") from error


def fill(connection: Any, table: TableRows) -> None:  # noqa: ANN401 - duckdb may be absent
    """Add the rows of a table to the one of its name.

    Raises:
        DataError: If a cell is not of its column's type.
    """
    import pyarrow as pa  # noqa: PLC0415 - optional

    schema = arrow_schema(table.schema)
    caught: list[DataError] = []

    def batches() -> Iterator[Any]:
        try:
            yield from record_batches(table.batches(), table.schema, schema)
        except DataError as error:  # DuckDB would tell of it with the whole way it came
            caught.append(error)
            raise

    connection.register("rows_to_add", pa.RecordBatchReader.from_batches(schema, batches()))
    name = quoted(table.schema.name)
    try:
        connection.execute(f"INSERT INTO {name} SELECT * FROM rows_to_add")  # noqa: S608 - quoted
    except Exception:
        if caught:
            raise caught[0] from None
        raise
    finally:
        connection.unregister("rows_to_add")


def _comment(connection: Any, table: TableRows) -> None:  # noqa: ANN401 - duckdb may be absent
    name = quoted(table.schema.name)
    connection.execute(f"COMMENT ON TABLE {name} IS {_text(table.schema.about)}")
    for column in table.schema.columns:
        if column.about:
            place = f"{name}.{quoted(column.name)}"
            connection.execute(f"COMMENT ON COLUMN {place} IS {_text(column.about)}")


def _text(words: str) -> str:
    doubled = words.replace("'", "''")
    return f"'{doubled}'"

"""All tables -> one SQLite database, with keys, indexes, views and a search over sentences."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcparse.errors import DataError
from cqcparse.model.tables import Cell, CellType, Column, Table
from cqcparse.output.provenance import Provenance
from cqcparse.output.sql import SQLITE, create, insert, quoted
from cqcparse.output.views import views_of
from cqcparse.output.writing import write_text

if TYPE_CHECKING:
    from cqcparse.output.everything import TableRows

#: The columns of all tables, so that a database says by itself what it holds.
_COLUMNS = Table(
    name="columns",
    about="One row a column of the other tables and views, with what it holds.",
    columns=(
        Column(name="table_name", type="text"),
        Column(name="column_name", type="text"),
        Column(name="type", type="text"),
        Column(name="about", type="text"),
    ),
)
#: Columns, beside the foreign keys, by which rows are often chosen.
_CHOSEN_BY = {"ons_code", "region", "statement", "kind", "type", "canonical", "polarity", "code"}


def write_sqlite(path: Path, part: Path, tables: Sequence[TableRows], made_by: Provenance) -> None:
    """Write a database, and beside it ``NAME.metadata.json`` for Datasette.

    Args:
        path: What the file will be.
        part: The file to write.
        tables: The tables, each after those that its foreign keys lead to.
        made_by: What made them.

    Raises:
        DataError: If it cannot be written.
    """
    try:
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = OFF")  # it takes its place when complete
            connection.execute("BEGIN")
            _fill(connection, tables)
            connection.execute("COMMIT")
            connection.execute("ANALYZE")
    except sqlite3.Error as error:
        raise DataError(str(path), f"cannot be written as a SQLite database ({error})") from error
    if Path(f"{path}-wal").exists():  # it would be taken for that of the new database
        raise DataError(str(path), "cannot be written: another program has it open")
    write_text(path.with_suffix(".metadata.json"), _metadata(path.stem, tables, made_by))


def _fill(connection: sqlite3.Connection, tables: Sequence[TableRows]) -> None:
    names: list[str] = []
    for table in tables:
        schema = table.schema
        names.append(schema.name)
        connection.execute(create(schema, SQLITE, names))
        convert = _converter(schema.columns)
        for batch in table.batches():
            connection.executemany(insert(schema), map(convert, batch) if convert else batch)
        for column in _indexed(schema):
            index = quoted(f"{schema.name}_{column}")
            on = f"{quoted(schema.name)} ({quoted(column)})"
            connection.execute(f"CREATE INDEX {index} ON {on}")
    if "sentences" in names:
        connection.execute(
            # Written so that Datasette knows which table it searches.
            "CREATE VIRTUAL TABLE sentences_fts USING"
            """ FTS5 (text, content="sentences", tokenize='porter unicode61')"""
        )
        connection.execute("INSERT INTO sentences_fts (sentences_fts) VALUES ('rebuild')")
    schemas = [table.schema for table in tables]
    for view in views_of(schemas):
        connection.execute(f"CREATE VIEW {quoted(view.name)} AS {view.query}")
    connection.execute(create(_COLUMNS, SQLITE))
    connection.executemany(insert(_COLUMNS), _described(schemas))


def _indexed(table: Table) -> Iterator[str]:
    keys = {column for column, _ in table.foreign}
    for column in table.columns:
        if column.name != table.primary and column.name in keys | _CHOSEN_BY:
            yield column.name


def _converter(
    columns: Iterable[Column],
) -> Callable[[tuple[Cell, ...]], tuple[Any, ...]] | None:
    """Return what makes dates text; None where there are none."""
    if all(column.type != "date" for column in columns):
        return None
    return lambda row: tuple(c.isoformat() if isinstance(c, dt.date) else c for c in row)


def _described(tables: Iterable[Table]) -> Iterator[tuple[str, str, CellType, str]]:
    for table in tables:
        for column in table.columns:
            yield table.name, column.name, column.type, column.about


def _metadata(name: str, tables: Sequence[TableRows], made_by: Provenance) -> str:
    """Return what Datasette shows of a database: meanings, where it is from, what to choose by."""
    said = made_by.metadata()
    described: dict[str, Any] = {
        table.schema.name: {
            "description": table.schema.about,
            "columns": {c.name: c.about for c in table.schema.columns if c.about},
        }
        for table in tables
    }
    facets = {
        "reports": ["region", "authority_type", "overall"],
        "statements": ["statement", "score", "region"],
        "sentences": ["statement", "role"],
        "mentions": ["kind", "type", "statement"],
        "diagnostics": ["code", "severity"],
    }
    for table, columns in facets.items():
        if table in described:
            described[table]["facets"] = columns
    for view in views_of([table.schema for table in tables]):
        described[view.name] = {"description": view.about}
    database = {
        "description": "Care Quality Commission assessments of local authorities, read by "
        f"{said['made_by']}; {said['sources']} sources, SHA-256 {said['sources_sha256']}",
        "source": "Care Quality Commission",
        "license": "Open Government Licence v3.0",
        "license_url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "tables": described,
    }
    return json.dumps({"databases": {name: database}}, ensure_ascii=False, indent=1) + "\n"

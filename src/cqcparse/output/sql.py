"""Tables in SQL: names, types and keys as SQLite and DuckDB both take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cqcparse.model.tables import CellType, Column, Table

SQLITE: Mapping[CellType, str] = MappingProxyType(
    {
        "text": "TEXT",
        "integer": "INTEGER",
        "number": "REAL",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
)
DUCKDB: Mapping[CellType, str] = MappingProxyType(
    {
        "text": "VARCHAR",
        "integer": "BIGINT",
        "number": "DOUBLE",
        "boolean": "BOOLEAN",
        "date": "DATE",
    }
)


def quoted(name: str) -> str:
    """Return a name as SQL takes any."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def declared(columns: Iterable[Column], types: Mapping[CellType, str]) -> str:
    """Return columns as they are declared."""
    return ", ".join(f"{quoted(column.name)} {types[column.type]}" for column in columns)


def create(table: Table, types: Mapping[CellType, str], present: Iterable[str] = ()) -> str:
    """Return the statement that makes a table.

    Args:
        table: The table; its keys are declared.
        types: The types of the database.
        present: Names of the tables that its foreign keys may lead to.
    """
    there = set(present)
    parts = [declared(table.columns, types)]
    if table.primary:
        parts.append(f"PRIMARY KEY ({quoted(table.primary)})")
    parts += [
        f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(target)}"
        for column, target in table.foreign
        if target in there
    ]
    return f"CREATE TABLE {quoted(table.name)} ({', '.join(parts)})"


def insert(table: Table) -> str:
    """Return the statement that adds a row, with a mark for each cell."""
    marks = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {quoted(table.name)} VALUES ({marks})"  # noqa: S608 - quoted name

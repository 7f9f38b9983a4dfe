"""The tables as they are written down: columns with types and meanings, and keys."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast

from cqcparse.model.tables import CellType, Column, CorpusTableName, Table


@cache
def schema(name: CorpusTableName) -> Table:
    """Return the table of that name; of mentions and scores the columns that they always have."""
    written = _written()["tables"][name]
    keys = _written()["keys"] if written["keys"] else {}
    shared = _written()["tables"][written["like"]]["columns"] if "like" in written else {}
    columns = {**keys, **shared, **written["columns"]}
    return Table(
        name=name,
        columns=tuple(Column(name=n, type=t, about=a) for n, (t, a) in columns.items()),
        about=written["about"],
        primary=written["primary"],
        foreign=tuple(written.get("foreign", {}).items()),
    )


@cache
def failure_columns() -> tuple[Column, ...]:
    """Return the columns that say why a page could not be read."""
    written = _written()["failure"].items()
    return tuple(Column(name=name, type=type_, about=about) for name, (type_, about) in written)


@cache
def key_columns() -> tuple[str, ...]:
    """Return the names of the columns that say which report a row is from."""
    return tuple(_written()["keys"])


@cache
def types_of(name: CorpusTableName) -> Mapping[str, CellType]:
    """Return the types of the columns of a table, by their names, in order."""
    return MappingProxyType({column.name: column.type for column in schema(name).columns})


@cache
def meanings(kind: str) -> Mapping[str, str]:
    """Return what the columns of the attributes of a built-in kind hold, by their names."""
    attributes = _written()["tables"]["mentions"]["attributes"].get(kind, {})
    return MappingProxyType({name: about for name, (_, about) in attributes.items()})


def columns_of(name: str, kind: str = "") -> tuple[tuple[str, str, str], ...]:
    """Return name, type and meaning of the columns of a table, as the documentation lists them.

    Args:
        name: Of the table.
        kind: Of mentions, for the columns of the attributes of that kind alone.
    """
    if kind:
        written = _written()["tables"][name]["attributes"][kind]
        return tuple((column, type_, about) for column, (type_, about) in written.items())
    return tuple((c.name, c.type, c.about) for c in schema(cast("CorpusTableName", name)).columns)


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(files("cqcparse.output").joinpath("tables.toml").read_text("utf-8"))

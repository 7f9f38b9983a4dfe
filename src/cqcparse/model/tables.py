"""Tables as values: names and types of columns, and rows; what exporters are handed."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

#: What a cell may hold; dates become text where the format has none.
Cell: TypeAlias = str | int | float | dt.date | None
#: What the cells of a column hold, apart from None.
CellType: TypeAlias = Literal["text", "integer", "number", "boolean", "date"]
#: A row has every column of its table, in order.
Row: TypeAlias = dict[str, Cell]
#: The tables of a report.
TableName: TypeAlias = Literal["mentions", "scores", "facts", "statements", "sections", "sentences"]
#: Those, and what only many reports together have.
CorpusTableName: TypeAlias = Literal[
    TableName, "reports", "pages", "entities", "diagnostics", "authorities", "provenance"
]


@attrs.frozen(kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: Name of the column; no reserved word of SQL.
        type: What its cells hold apart from None.
        about: What it holds, in words; empty if nobody said.

    Examples:
        >>> from cqcparse.model import Column
        >>> Column(name="score", type="integer").type
        'integer'
    """

    name: str
    type: CellType
    about: str = ""


@attrs.frozen(kw_only=True)
class Table:
    """A table: its name in databases, and its columns in order.

    Attributes:
        name: Name of the table in databases.
        columns: In order.
        about: What a row of it is, in a sentence.
        primary: The column that tells its rows apart; None if there is none.
        foreign: Columns that hold the primary key of another table, each with its name.

    Examples:
        >>> from cqcparse.model import Column, Table
        >>> Table(name="scores", columns=(Column(name="score", type="integer"),)).columns[0].name
        'score'
    """

    name: str
    columns: tuple[Column, ...]
    about: str = ""
    primary: str | None = None
    foreign: tuple[tuple[str, str], ...] = ()

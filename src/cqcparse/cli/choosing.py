"""The options ``--columns``, ``--kind`` and ``--where``: what of a table is written."""

from __future__ import annotations

import difflib
import functools
import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator

import attrs
import click

from cqcparse.errors import DataError
from cqcparse.model.tables import Cell, Row, Table
from cqcparse.output.sql import SQLITE, declared, insert
from cqcparse.output.writing import writable_row

#: Rows that are held against the condition at a time.
_BATCH = 500
#: What a condition may do: look at the row.
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})


@attrs.frozen(kw_only=True)
class Choice:
    """Which columns and rows are wanted.

    Attributes:
        columns: Names of the columns, in the order in which they are wanted; empty for all.
        where: A condition of SQLite on the columns of a row; None for every row.
        kinds: The kinds of mention; empty for all.
    """

    columns: tuple[str, ...] = ()
    where: str | None = None
    kinds: tuple[str, ...] = ()

    def check(self, kinds: Iterable[str]) -> None:
        """Refuse kinds that are none of those that can be found.

        Raises:
            BadParameter: If one is not.
        """
        known = [*kinds]
        for kind in self.kinds:
            if kind not in known:
                near = difflib.get_close_matches(kind, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(known)}"
                msg = f"there is no kind {kind!r}; {hint}"
                raise click.BadParameter(msg, param_hint="--kind")

    def of(self, table: Table) -> tuple[Table, Callable[[Iterable[Row]], Iterator[Row]]]:
        """Return the table that is wanted, and what chooses its rows.

        Raises:
            BadParameter: If there is no such column, or the condition is none.
        """
        known = {column.name: column for column in table.columns}
        for name in self.columns:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(known)}"
                msg = f"there is no column {name!r}; {hint}"
                raise click.BadParameter(msg, param_hint="--columns")
        wanted = attrs.evolve(table, columns=tuple(known[name] for name in self.columns or known))
        condition = _Condition(self.where, table) if self.where else None

        def choose(rows: Iterable[Row]) -> Iterator[Row]:
            if self.kinds:
                rows = (row for row in rows if row["kind"] in self.kinds)
            for row in condition.kept(rows) if condition else rows:
                yield {column.name: row[column.name] for column in wanted.columns}

        return wanted, choose


def choice_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for columns and rows, as ``choice``."""

    @click.option(
        "--kind",
        "kinds",
        metavar="KIND",
        multiple=True,
        help="Only mentions of this kind, such as funding; can be given several times.",
    )
    @click.option(
        "--where",
        metavar="CONDITION",
        help="Only rows for which this holds, as SQLite takes it: \"kind = 'funding' AND "
        'amount_low > 1e6".',
    )
    @click.option(
        "--columns",
        metavar="NAME,NAME",
        default="",
        help="Only these columns, in this order.",
    )
    @functools.wraps(command)
    def run(columns: str, where: str | None, kinds: tuple[str, ...], **rest: object) -> None:
        names = tuple(name.strip() for name in columns.split(",") if name.strip())
        command(choice=Choice(columns=names, where=where, kinds=kinds), **rest)

    return run


class _Condition:
    """A condition that SQLite holds rows against, some at a time; it can do nothing else."""

    def __init__(self, where: str, table: Table) -> None:
        self._where = f"--where {where!r:.200}"
        self._table = attrs.evolve(table, name="found")
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.execute(f"CREATE TABLE found ({declared(table.columns, SQLITE)})")
        self._query = f"SELECT rowid FROM found WHERE ({where}\n) ORDER BY rowid"  # noqa: S608 - the user's own
        try:
            self._chosen()  # what is wrong is told before anything is read
        except (sqlite3.Error, sqlite3.Warning) as error:
            msg = f"{where!r:.200} is no condition on the columns of a row ({error})"
            raise click.BadParameter(msg, param_hint="--where") from error

    def kept(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows for which it holds."""
        rows = iter(rows)
        while batch := list(itertools.islice(rows, _BATCH)):
            self._connection.execute("DELETE FROM found")
            cells = (tuple(map(_cell, writable_row(row).values())) for row in batch)
            self._connection.executemany(insert(self._table), cells)
            try:
                chosen = self._chosen()
            except sqlite3.Error as error:
                problem = f"fails on a row ({error}); change it"
                raise DataError(self._where, problem) from error
            yield from (batch[number - 1] for number in chosen)

    def _chosen(self) -> list[int]:
        self._connection.set_authorizer(_authorise)
        try:
            return [number for (number,) in self._connection.execute(self._query)]
        finally:
            self._connection.set_authorizer(None)


def _authorise(action: int, _: object, name: object, *__: object) -> int:
    allowed = action in _ALLOWED and name != "load_extension"
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _cell(cell: Cell) -> Cell:
    return cell if cell is None or isinstance(cell, (str, int, float)) else cell.isoformat()

"""The ``-o`` option: rows to standard output as JSON Lines, or to a file by its suffix."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from cqcparse.cli.exits import say
from cqcparse.cli.streams import data_is_shown, put
from cqcparse.extraction.hookspecs import Exporter
from cqcparse.model.tables import Row, Table
from cqcparse.output.exporting import report_suffixes, suffix_of, unfit
from cqcparse.output.text_table import laid_out
from cqcparse.output.writing import FORMATS, MadeBy, to_line, writable_row, write_rows

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def output_option(command: CommandT) -> CommandT:
    """Give a command the options for the file to write, ``output`` and ``raw``."""
    raw = click.option(
        "--raw",
        is_flag=True,
        help="Write .csv for programs, not for spreadsheets: no apostrophe before a text that they "
        "would run as a formula, no mark of UTF-8 at the start.",
    )
    output = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help=f"Write to FILE ({', '.join(FORMATS)}) instead of JSON Lines to standard output.",
    )
    return output(raw(command))


def table_option(command: CommandT) -> CommandT:
    """Give a command the option for a table on standard output, ``as_table``."""
    return click.option(
        "--table/--json",
        "as_table",
        default=None,
        help="Print a table, or JSON Lines.  [default: a table on a terminal]",
    )(command)


def emit(  # noqa: PLR0913 - each is a choice of its own
    output: Path | None,
    table: Table,
    rows: Iterable[Row],
    exporters: Iterable[Exporter] = (),
    *,
    raw: bool = False,
    as_table: bool | None = False,
    shown: Sequence[str] = (),
    made_by: MadeBy = lambda: None,
) -> None:
    """Write rows where the user asked for them.

    Args:
        output: The file; None for standard output.
        table: What the rows are rows of.
        rows: The rows, taken one by one.
        exporters: What plugins bring to write further formats.
        raw: Whether CSV is written as it is; see :func:`~cqcparse.output.writing.write_rows`.
        as_table: Whether standard output gets a table for people; None if it is a terminal.
        shown: The columns of that table; empty for all.
        made_by: Says what made the rows, when they are through.

    Raises:
        DataError: If the file cannot be written.
    """
    if output is not None:
        write_rows(output, table, rows, exporters, raw=raw, made_by=made_by)
        return
    if data_is_shown() if as_table is None else as_table:
        width = shutil.get_terminal_size((120, 24)).columns
        columns = shown or [column.name for column in table.columns]
        lines, hidden = laid_out(columns, rows, width)
        for line in lines:
            put(line)
        if hidden:
            names = ", ".join(hidden)
            say(f"no room for {names}; -o FILE.csv and --json have them, as a wider terminal may")
        return
    for row in rows:
        put(to_line(writable_row(row)))


def check_output(
    output: Path | None, exporters: Iterable[Exporter], *, or_reports: bool = False
) -> None:
    """Refuse a file that cannot be written to, before anything is read.

    Args:
        output: The file.
        exporters: What plugins bring to write further formats.
        or_reports: Whether the command writes whole reports as well as rows.

    Raises:
        BadParameter: If it is one.
    """
    rows = [*FORMATS, *(e.suffix for e in exporters if e.write is not None)]
    reports = report_suffixes(exporters) if or_reports else ()
    _check(output, [*dict.fromkeys([*rows, *reports])], exporters)


def check_reports_output(output: Path | None, exporters: Iterable[Exporter]) -> None:
    """Refuse a file that no whole reports can be written to, before anything is read.

    Raises:
        BadParameter: If it is one.
    """
    _check(output, report_suffixes(exporters), exporters)


def holds_reports(output: Path | None, exporters: Iterable[Exporter]) -> bool:
    """Return whether a file is for whole reports, and for no rows."""
    rows = [*FORMATS, *(e.suffix for e in exporters if e.write is not None)]
    suffixes = [*rows, *report_suffixes(exporters)]
    return output is not None and suffix_of(output, suffixes) not in {None, *rows}


def _check(output: Path | None, suffixes: Sequence[str], exporters: Iterable[Exporter]) -> None:
    if output is not None and (problem := unfit(output, suffixes, exporters)):
        msg = f"{str(output)!r} {problem}"
        raise click.BadParameter(msg, param_hint="--output")

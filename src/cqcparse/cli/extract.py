"""``cqcparse extract``: one row for each mention."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import click

from cqcparse.cli.choices import parser_options
from cqcparse.cli.choosing import Choice, choice_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.cli.manifest import manifest_option, remembering
from cqcparse.cli.output import check_output, emit, holds_reports, output_option
from cqcparse.cli.progress import progress_option
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.model.assessment import Assessment
from cqcparse.model.tables import Cell, CellType, Row, Table
from cqcparse.output.exporting import write_reports
from cqcparse.output.tables import mention_table
from cqcparse.parser import Parser


@click.command(short_help="One row for each mention, as JSON Lines, CSV, Parquet or SQL.")
@paths_argument
@output_option
@choice_options
@manifest_option
@standard_options
@parser_options
@workers_option
@progress_option
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    paths: tuple[str, ...],
    output: Path | None,
    raw: bool,
    choice: Choice,
    manifest: Path | None,
    workers: int,
    progress: bool | None,
    parser: Parser,
    standard: Standard,
) -> None:
    """Write one row for each mention found in PATH: files, folders or -.

    A FILE of a program that annotates text (.jsonld, .label-studio.json, .spacy, .brat.zip) has the
    texts with the mentions in them.
    """
    if output is not None and holds_reports(output, parser.exporters):
        if raw or manifest or choice != Choice():
            msg = f"{output.name!r} has whole texts, not rows: only -o goes with it"
            raise click.UsageError(msg)
        whole = Reports(
            paths, parser, workers, progress=progress, standard=standard, written=[output]
        )
        with one_sentence():
            write_reports(output, whole, parser=parser)
        whole.exit()
    check_output(output, parser.exporters, or_reports=True)
    choice.check(cls.kind for cls in parser.kinds)
    table, rows_of = mention_table(parser.plugins.kinds)
    wanted, choose = choice.of(table)

    def make(assessment: Assessment) -> list[Row]:
        return [*_plain(rows_of(assessment))] if manifest else [*rows_of(assessment)]

    reports = Reports(
        paths, parser, workers, progress=progress, standard=standard, written=[output, manifest]
    )
    with (
        one_sentence(),
        remembering(
            manifest,
            lambda: f"extract {parser.fingerprint}",
            lambda output: are_plain(output, table),
        ) as kept,
    ):
        made = reports.made(make, kept)
        rows = (row for rows in made for row in (revived(rows, table) if kept else rows))
        chosen = choose(reports.named(rows))
        emit(output, wanted, chosen, parser.exporters, raw=raw, made_by=reports.made_by)
    reports.exit()


def _plain(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows as the manifest has them: dates as text, and no empty cells."""
    for row in rows:
        cells = ((name, cell) for name, cell in row.items() if cell is not None)
        yield {name: c.isoformat() if isinstance(c, dt.date) else c for name, c in cells}


_CELLS: Mapping[str, frozenset[type]] = MappingProxyType(
    {
        "text": frozenset({str}),
        "integer": frozenset({int}),
        "number": frozenset({int, float}),
        "boolean": frozenset({bool}),
        "date": frozenset({str}),
    }
)


def are_plain(rows: object, table: Table) -> bool:
    """Return whether something is rows of a table as the manifest has them."""
    columns = {column.name: column.type for column in table.columns}
    return isinstance(rows, list) and all(
        isinstance(row, dict)
        and row.keys() <= columns.keys()
        and all(_is_plain(cell, columns[name]) for name, cell in row.items())
        for row in rows
    )


def _is_plain(cell: object, column: CellType) -> bool:
    if type(cell) not in _CELLS[column]:
        return False
    if column == "date":
        with contextlib.suppress(ValueError):
            return bool(dt.date.fromisoformat(str(cell)))
        return False
    return True


def revived(rows: Iterable[Row], table: Table) -> Iterator[Row]:
    """Yield rows from the manifest as they were, with their dates and empty cells."""
    empty: Row = dict.fromkeys(column.name for column in table.columns)
    dates = [column.name for column in table.columns if column.type == "date"]
    for row in rows:
        whole = empty | row
        yield whole | {name: _date(whole[name]) for name in dates}


def _date(cell: Cell) -> Cell:
    return dt.date.fromisoformat(cell) if isinstance(cell, str) else cell

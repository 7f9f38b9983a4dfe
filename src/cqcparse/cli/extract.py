"""``cqcparse extract``: one row for each mention."""

from __future__ import annotations

from pathlib import Path

import click

from cqcparse.cli.choices import parser_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.cli.output import emit, output_option
from cqcparse.parser import Parser
from cqcparse.tables import mention_table
from cqcparse.writing import escaped


@click.command(short_help="One row for each mention, as JSON Lines, CSV, Parquet or SQL.")
@paths_argument
@output_option
@click.option(
    "--escape-formulas",
    is_flag=True,
    help="Put an apostrophe before text that a spreadsheet would run as a formula.",
)
@parser_options
@workers_option
def command(
    paths: tuple[str, ...],
    output: Path | None,
    escape_formulas: bool,
    workers: int,
    parser: Parser,
) -> None:
    """Write one row for each mention found in PATH: files, folders or -."""
    table, rows_of = mention_table(parser.plugins.kinds)
    reports = Reports(paths, parser, workers)
    rows = (row for assessment in reports for row in rows_of(assessment))
    with one_sentence():
        emit(output, table, escaped(rows) if escape_formulas else rows, parser.plugins.exporters)
    reports.exit()

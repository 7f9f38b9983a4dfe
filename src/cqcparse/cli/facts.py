"""``cqcparse facts``: one row for each date and figure that pages print about an authority."""

from __future__ import annotations

from pathlib import Path

import click

from cqcparse.cli.choices import plain_parser_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.cli.output import check_output, emit, output_option
from cqcparse.cli.progress import progress_option
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.output.tables import fact_table
from cqcparse.parser import Parser


@click.command(short_help="One row for each date and figure of the landing pages.")
@paths_argument
@output_option
@standard_options
@plain_parser_options
@workers_option
@progress_option
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    paths: tuple[str, ...],
    output: Path | None,
    raw: bool,
    workers: int,
    progress: bool | None,
    parser: Parser,
    standard: Standard,
) -> None:
    """Write one row for each date and figure that the pages in PATH print: files, folders or -."""
    check_output(output, parser.exporters)
    table, rows_of = fact_table()
    reports = Reports(
        paths, parser, workers, progress=progress, standard=standard, written=[output]
    )
    with one_sentence():
        rows = (row for assessment in reports for row in rows_of(assessment))
        emit(
            output,
            table,
            reports.named(rows),
            parser.exporters,
            raw=raw,
            made_by=reports.made_by,
        )
    reports.exit()

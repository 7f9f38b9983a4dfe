"""``cqcparse scores``: one row for each report, with its rating and scores."""

from __future__ import annotations

from pathlib import Path

import click

from cqcparse.cli.choices import plain_parser_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import Reports, combine_option, paths_argument, workers_option
from cqcparse.cli.output import check_output, emit, output_option, table_option
from cqcparse.cli.progress import progress_option
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.output.schemas import schema
from cqcparse.output.tables import score_table
from cqcparse.parser import Parser

#: What is said of scores and ratings though it stands in no column.
_ON_SCORES = (
    "percentage-invalid",
    "rating-mismatch",
    "score-conflict",
    "score-descriptor-mismatch",
)
#: What a table for people has before the scores.
_SHOWN = ("short_name", "published", "overall", "total")


@click.command(short_help="One row for each report: authority, rating and nine scores.")
@paths_argument
@output_option
@table_option
@combine_option
@standard_options
@plain_parser_options
@workers_option
@progress_option
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    paths: tuple[str, ...],
    output: Path | None,
    raw: bool,
    as_table: bool | None,
    combine: bool,
    workers: int,
    progress: bool | None,
    parser: Parser,
    standard: Standard,
) -> None:
    """Write one row for each report in PATH: files, folders or -.

    On a terminal they are a table, else JSON Lines.
    """
    check_output(output, parser.exporters)
    found = Reports(
        paths,
        parser,
        workers,
        progress=progress,
        standard=standard,
        told=_ON_SCORES,
        written=[output],
    )
    with one_sentence():
        whole = found.combined() if combine else found
        table, rows = score_table(whole, parser.frameworks)
        report_columns = {column.name for column in schema("scores").columns}
        emit(
            output,
            table,
            found.named(rows),
            parser.exporters,
            raw=raw,
            as_table=as_table,
            shown=[*_SHOWN, *(c.name for c in table.columns if c.name not in report_columns)],
            made_by=found.made_by,
        )
    found.exit()

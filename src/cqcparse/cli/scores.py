"""``cqcparse scores``: one row for each report, with its rating and scores."""

from __future__ import annotations

from pathlib import Path

import click

from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.cli.output import emit, output_option
from cqcparse.framework import builtin_frameworks
from cqcparse.parser import Parser
from cqcparse.tables import score_table


@click.command(short_help="One row for each report: authority, rating and nine scores.")
@paths_argument
@output_option
@workers_option
def command(paths: tuple[str, ...], output: Path | None, workers: int) -> None:
    """Write one row for each report in PATH: files, folders or -."""
    framework = next(f for f in builtin_frameworks() if f.local_authority)
    parser = Parser()
    reports = Reports(paths, parser, workers)
    with one_sentence():
        table, rows = score_table(reports, [s.id for s in framework.statements])
        emit(output, table, rows, parser.plugins.exporters)
    reports.exit()

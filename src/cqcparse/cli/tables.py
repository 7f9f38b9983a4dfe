"""``cqcparse tables``: all tables of many reports at once, with keys from one to another."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

import click

from cqcparse.cli.choices import parser_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.cli.progress import progress_option
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.output.everything import SUFFIXES
from cqcparse.parser import Parser


def _check_output(_: click.Context, __: click.Parameter, value: Path) -> Path:
    if value.suffix and value.suffix.lower() not in SUFFIXES and not value.is_dir():
        forms = ", ".join(SUFFIXES)
        msg = f"{str(value)!r} must end in one of {forms}, or be a folder"
        raise click.BadParameter(msg)
    return value


@click.command(short_help="All tables at once: SQLite, DuckDB, Excel, or a folder of files.")
@paths_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    callback=_check_output,
    metavar="FILE|DIR",
    help=f"Write to FILE ({', '.join(SUFFIXES)}), or to a folder, a file for each table.",
)
@click.option(
    "--form",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
    help="What the files of a folder are.",
)
@click.option(
    "--raw",
    is_flag=True,
    help="Write .csv for programs, not for spreadsheets: no apostrophe before a text that they "
    "would run as a formula, no mark of UTF-8 at the start.",
)
@standard_options
@parser_options
@workers_option
@progress_option
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    paths: tuple[str, ...],
    output: Path,
    form: str,
    raw: bool,
    workers: int,
    progress: bool | None,
    parser: Parser,
    standard: Standard,
) -> None:
    """Put the pages in PATH (files, folders or -) together and write all tables about them.

    Each table has a key, and columns that lead to the others. A SQLite database has indexes, views
    and a search over sentences, and beside it a file with the meaning of every column for
    Datasette.
    """
    reports = Reports(
        paths, parser, workers, progress=progress, standard=standard, written=[output]
    )
    with one_sentence():
        reports.corpus().write(output, form=cast("Literal['csv', 'parquet']", form), raw=raw)
    reports.exit()

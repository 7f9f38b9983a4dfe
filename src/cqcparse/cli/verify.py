"""``cqcparse verify``: whether every quotation of a table stands in its source."""

from __future__ import annotations

from pathlib import Path

import click

from cqcparse.cli.choices import limit_options, plugin_option, refuse_unloaded
from cqcparse.cli.exits import FAILED, one_sentence, say
from cqcparse.cli.inputs import workers_option
from cqcparse.cli.streams import put
from cqcparse.corpora.verifying import verify
from cqcparse.parser import Parser

#: Mismatches that are told one by one.
_MOST = 100


@click.command(short_help="Whether every quotation of a table stands in its source.")
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--sources",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder that the sources of the table are in.",
)
@limit_options
@plugin_option
@workers_option
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    table: Path,
    sources: Path,
    time_limit: float,
    memory_limit: float,
    plugin_files: tuple[str, ...],
    workers: int,
) -> None:
    """Look up every quotation of TABLE in the files it was read from.

    TABLE is .csv, .jsonl, .parquet, .sqlite, .duckdb or a folder of tables. Each text must stand
    in its source from its first to its last character, and where the table knows the digest of a
    file, it must be that of the file.
    """
    parser = Parser(
        extractors=[],
        plugin_files=plugin_files,
        time_limit=time_limit,
        memory_limit=memory_limit,
    )
    if plugin_files:
        refuse_unloaded(parser.plugins)
    with one_sentence():
        found = verify(table, sources, parser, workers=workers)
    for mismatch in found.mismatches[:_MOST]:
        say(str(mismatch))
    wrong = len(found.mismatches)
    if wrong > _MOST:
        say(f"and {wrong - _MOST:,} more")
    told = f"{found.quotations:,} quotations from {found.sources:,} sources"
    put(f"{told}: {f'{wrong:,} do not hold' if wrong else 'all are there'}")
    raise SystemExit(FAILED if wrong else 0)

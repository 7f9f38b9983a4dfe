"""``cqcparse view``: a report as a page for a browser, with its mentions marked."""

from __future__ import annotations

import os
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path

import click

from cqcparse.cli.choices import parser_options
from cqcparse.cli.exits import one_sentence, say
from cqcparse.cli.inputs import STANDARD_INPUT, Reports
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.errors import DataError
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.output.writing import write_text
from cqcparse.parser import Parser

#: Suffixes of the file that is written.
_SUFFIXES = (".html", ".htm")


def _check_output(_: click.Context, __: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and value.suffix.lower() not in _SUFFIXES:
        msg = f"{str(value)!r} must end in one of {', '.join(_SUFFIXES)}"
        raise click.BadParameter(msg)
    return value


@click.command(short_help="A page for a browser that shows a report with its mentions marked.")
@click.argument("path")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_check_output,
    metavar="FILE.html",
    help="The page to write.",
)
@click.option(
    "--open",
    "show",
    is_flag=True,
    help="Show the page in a browser; without -o it is written to a folder for temporary files.",
)
@standard_options
@parser_options
def command(path: str, output: Path | None, show: bool, parser: Parser, standard: Standard) -> None:
    """Write a page that shows the report in PATH with its mentions marked.

    PATH is a file, - for standard input, or a folder with the pages of one report. The page
    needs no other file and no network.
    """
    if output is None:
        if not show:
            msg = "name the page to write with -o FILE.html, or let a browser show it with --open"
            raise click.UsageError(msg)
        output = Path(tempfile.mkdtemp(prefix="cqcparse-"), "report.html")
    found = Reports([path], parser, diagnose=False, standard=standard, written=[output])
    with one_sentence():
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - may hold NUL
            results: list[Assessment | Report] = [*found.combined()]
        else:
            results = [*found]
        if len(results) > 1:
            raise DataError(path, _too_many(results))
        for result in results:
            write_text(output, result.to_html())
    if show and results:
        seen = webbrowser.open(output.absolute().as_uri())
        say(f"{output}: {'shown in a browser' if seen else 'no browser was found; open it'}")
    found.exit()


def _too_many(results: Sequence[Assessment | Report]) -> str:
    names = [result.authority.name if result.authority else "unknown" for result in results]
    shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")  # noqa: PLR2004 - enough
    return f"has {len(results)} reports ({shown}), and a page shows one; give a folder for each"

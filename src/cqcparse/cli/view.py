"""``cqcparse view``: a report as a page for a browser, with its mentions marked."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cqcparse.cli.choices import parser_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import STANDARD_INPUT
from cqcparse.parser import Parser
from cqcparse.writing import write_text

#: Suffixes of the file that is written.
_SUFFIXES = (".html", ".htm")


def _check_output(_: click.Context, __: click.Parameter, value: Path) -> Path:
    if value.suffix.lower() not in _SUFFIXES:
        msg = f"{str(value)!r} must end in one of {', '.join(_SUFFIXES)}"
        raise click.BadParameter(msg)
    return value


@click.command(short_help="A page for a browser that shows a report with its mentions marked.")
@click.argument("path")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    callback=_check_output,
    metavar="FILE.html",
    help="The page to write.",
)
@parser_options
def command(path: str, output: Path, parser: Parser) -> None:
    """Write a page that shows the report in PATH, a file or -, with its mentions marked.

    The page needs no other file and no network, and runs no script.
    """
    if path != STANDARD_INPUT and _same(Path(path), output):
        msg = f"{str(output)!r} is the report itself"
        raise click.BadParameter(msg, param_hint="--output")
    with one_sentence():
        assessment = parser.read(sys.stdin.buffer if path == STANDARD_INPUT else path)
        write_text(output, assessment.to_html())


def _same(path: Path, output: Path) -> bool:
    """Return whether two paths lead to one file."""
    try:
        return path.samefile(output)
    except (OSError, ValueError):
        return False

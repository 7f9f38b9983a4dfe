"""``cqcparse site``: reports as a folder of pages to look at."""

from __future__ import annotations

from pathlib import Path

import click

from cqcparse.cli.choices import parser_options
from cqcparse.cli.exits import WRONG_USE, one_sentence, say
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.cli.progress import progress_option
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.parser import Parser


@click.command(short_help="A site about many reports: league table, maps, a page for each council.")
@paths_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="The folder to write: new, empty, or a site written before.",
)
@standard_options
@parser_options
@workers_option
@progress_option
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    paths: tuple[str, ...],
    output: Path,
    workers: int,
    progress: bool | None,
    parser: Parser,
    standard: Standard,
) -> None:
    """Write a site about the reports in PATH: static pages for a browser.

    The pages of each assessment are put together. The site needs no network; open its
    index.html, or put the folder on a web server.
    """
    from cqcparse.corpora.saved import is_database, no_text
    from cqcparse.corpora.site import build
    from cqcparse.output.html.words import plural

    found = Reports(paths, parser, workers, progress=progress, standard=standard)
    with one_sentence(WRONG_USE):
        for path in filter(is_database, paths):
            raise no_text(path)
    with one_sentence():
        built = build(found.combined_or_failed(), output, parser.plugins)
    if built.left_out:
        say(f"{plural(len(built.left_out), 'document')} left out; about.html of the site says why")
    councils, pages = plural(built.councils, "council"), plural(built.pages, "page")
    say(f"{output / 'index.html'}: {councils} on {pages}")
    found.exit()

"""``cqcparse parse``: an outline of each report, or whole assessments as JSON Lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs
import click

from cqcparse.cli.choices import parser_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import Reports, combine_option, paths_argument, workers_option
from cqcparse.cli.manifest import manifest_option, remembering
from cqcparse.cli.output import check_reports_output
from cqcparse.cli.progress import progress_option
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.cli.streams import put
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.scores import Overall, Tally
from cqcparse.model.statements import Authority, StatementAssessment
from cqcparse.output.exporting import write_reports
from cqcparse.parser import Parser

_COLOURS = {"error": "red", "warning": "yellow"}


@click.command(short_help="An outline of each report, or whole assessments as JSON Lines.")
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="Print whole assessments, one a line.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write whole assessments to FILE: .jsonl, .jsonld (Web Annotations), .label-studio.json, "
    ".spacy, .brat.zip, or a suffix that a plugin writes.",
)
@combine_option
@manifest_option
@standard_options
@parser_options
@workers_option
@progress_option
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    paths: tuple[str, ...],
    as_json: bool,
    output: Path | None,
    combine: bool,
    manifest: Path | None,
    workers: int,
    progress: bool | None,
    parser: Parser,
    standard: Standard,
) -> None:
    """Print what is in PATH (files, folders or -): authority, statements, scores, counts."""
    if combine and manifest:
        msg = "--manifest keeps what is made of single files: it does not go with --combine"
        raise click.UsageError(msg)
    if output and (as_json or manifest):
        msg = "-o writes whole assessments to a file: it does not go with --json or --manifest"
        raise click.UsageError(msg)
    check_reports_output(output, parser.exporters if output else ())
    reports = Reports(
        paths,
        parser,
        workers,
        diagnose=as_json or output is not None,
        progress=progress,
        standard=standard,
        written=[manifest, output],
    )
    if output is not None:
        with one_sentence():
            whole = reports.combined() if combine else reports
            write_reports(output, whole, parser=parser)
        reports.exit()
    printed = _as_json if as_json else _as_text
    with (
        one_sentence(),
        remembering(
            manifest,
            lambda: f"parse {as_json} {parser.fingerprint}",
            lambda output: isinstance(output, str),
        ) as kept,
    ):
        texts = map(printed, reports.combined()) if combine else reports.made(printed, kept)
        for number, text in enumerate(texts):
            put("\n" * (number > 0 and not as_json) + text)
    reports.exit()


def _as_json(result: Assessment | Report) -> str:
    return result.to_json()


def _as_text(result: Assessment | Report) -> str:
    return "\n".join(_whole(result) if isinstance(result, Report) else outline(result))


def _whole(report: Report) -> Iterator[str]:
    """Yield the lines of the outline of a report made of pages."""
    yield click.style(report.source or "(no name)", bold=True)
    yield f"  authority    {_authority(report.authority)}"
    indicative = ", indicative scores" if report.indicative else ""
    yield f"  framework    {report.framework}{indicative}"
    yield f"  pages        {len(report.pages)}"
    if report.published is not None:
        yield f"  published    {report.published.isoformat()}"
    scored = (attrs.evolve(item.statement, score=item.score) for item in report.statements)
    yield from _body(report, scored)


def outline(assessment: Assessment) -> Iterator[str]:
    """Yield the lines of the outline of one report."""
    yield click.style(assessment.source or "(no name)", bold=True)
    yield f"  authority    {_authority(assessment.authority)}"
    indicative = ", indicative scores" if assessment.indicative else ""
    yield f"  framework    {assessment.framework}{indicative}"
    yield from _body(assessment, assessment.statements)


def _body(result: Assessment | Report, statements: Iterable[StatementAssessment]) -> Iterator[str]:
    """Yield the lines from the overall rating to the diagnostics."""
    if result.overall is not None:
        yield f"  overall      {_overall(result.overall)}"
    if result.tally is not None:
        yield f"  scores       {_tally(result.tally)}"
    for statement in statements:
        yield f"  statement    {_statement(statement)}"
    pages = result.pages if isinstance(result, Report) else (result,)
    counts = Counter(mention.kind for page in pages for mention in page.mentions)
    yield f"  mentions     {', '.join(f'{kind} {n}' for kind, n in counts.items()) or 'none'}"
    said = [(diagnostic, str(diagnostic)) for diagnostic in result.diagnostics]
    if isinstance(result, Report):
        said += [(on.item, f"{on.source}: {on.item}") for on in result.page_diagnostics]
    for diagnostic, message in said:
        severity = click.style(diagnostic.severity.ljust(11), fg=_COLOURS.get(diagnostic.severity))
        yield f"  {severity}  {message}"


def _authority(authority: Authority | None) -> str:
    if authority is None:
        return "unknown"
    code = authority.ons_code or "not in the register"
    return f"{authority.name} ({code}; from the {authority.basis})"


def _overall(overall: Overall) -> str:
    rating = overall.rating.text if overall.rating else "no rating"
    return rating if overall.percentage is None else f"{rating}, {overall.percentage}%"


def _tally(tally: Tally) -> str:
    summed = f"{tally.total} of {tally.maximum} points, {tally.percentage}%, {tally.rating}"
    if tally.next_rating is None:
        return summed
    return f"{summed}; {tally.points_to_next} short of {tally.next_rating}"


def _statement(statement: StatementAssessment) -> str:
    score = statement.score
    if score is None:
        return f"{statement.title.text}: no score"
    return f"{statement.title.text}: {score.value}" + (
        f", {score.descriptor}" if score.descriptor else ""
    )

"""``cqcparse parse``: an outline of each report, or whole assessments as JSON Lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from cqcparse.assessment import Assessment
from cqcparse.cli.choices import parser_options
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.parser import Parser
from cqcparse.statements import Authority, Overall, StatementAssessment
from cqcparse.tally import Tally

_COLOURS = {"error": "red", "warning": "yellow"}


@click.command(short_help="An outline of each report, or whole assessments as JSON Lines.")
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="Print whole assessments, one a line.")
@parser_options
@workers_option
def command(paths: tuple[str, ...], as_json: bool, workers: int, parser: Parser) -> None:
    """Print what is in PATH (files, folders or -): authority, statements, scores, counts."""
    reports = Reports(paths, parser, workers, diagnose=as_json)
    for number, assessment in enumerate(reports):
        if as_json:
            click.echo(assessment.to_json())
        else:
            click.echo("\n" * (number > 0) + "\n".join(outline(assessment)))
    reports.exit()


def outline(assessment: Assessment) -> Iterator[str]:
    """Yield the lines of the outline of one report."""
    yield click.style(assessment.source or "(no name)", bold=True)
    yield f"  authority    {_authority(assessment.authority)}"
    indicative = ", indicative scores" if assessment.indicative else ""
    yield f"  framework    {assessment.framework}{indicative}"
    if assessment.overall is not None:
        yield f"  overall      {_overall(assessment.overall)}"
    if assessment.tally is not None:
        yield f"  scores       {_tally(assessment.tally)}"
    for statement in assessment.statements:
        yield f"  statement    {_statement(statement)}"
    counts = Counter(mention.kind for mention in assessment.mentions)
    yield f"  mentions     {', '.join(f'{kind} {n}' for kind, n in counts.items()) or 'none'}"
    for diagnostic in assessment.diagnostics:
        severity = click.style(diagnostic.severity.ljust(11), fg=_COLOURS.get(diagnostic.severity))
        yield f"  {severity}  {diagnostic}"


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

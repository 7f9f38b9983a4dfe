"""``cqcparse evaluate``: precision, recall and F1 against gold files."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from cqcparse.cli.choices import any_document_parser_options
from cqcparse.cli.exits import FAILED, one_sentence, say
from cqcparse.cli.inputs import refuse_overwriting
from cqcparse.cli.streams import put
from cqcparse.errors import CqcParseError
from cqcparse.evaluation import Evaluation, Gold, evaluate, gold_files, load_gold, report_for
from cqcparse.evaluation.floors import dump_floors, load_floors, raised, shortfalls
from cqcparse.evaluation.text import LISTS, listing, report_table, rule_table, score_tables
from cqcparse.model.assessment import Assessment
from cqcparse.output.writing import write_text
from cqcparse.parser import Parser
from cqcparse.reading.failures import ReadFailure
from cqcparse.reading.folders import SUFFIXES


@click.command(short_help="Score the extractors against gold files.")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--reports",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the reports: <name>.jsonl goes with <name>.* here, else beside the gold.",
)
@click.option(
    "--show",
    default="",
    metavar="LISTS",
    help=f"Also list, with their sentences, any of {', '.join(LISTS)} (comma-separated), or all.",
)
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Score only this kind.")
@click.option("--by-report", is_flag=True, help="Also print the scores of each report.")
@click.option("--by-rule", is_flag=True, help="Also print how often each rule is right.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON instead.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write a page on which people can review misses and false finds.",
)
@click.option(
    "--floors",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fail if a score is below its floor in this file.",
)
@click.option("--raise-floors", is_flag=True, help="Raise the floors to the scores; never lowers.")
@any_document_parser_options
def command(  # noqa: PLR0913, PLR0917 - click hands over each option as an argument
    gold: tuple[Path, ...],
    reports: Path | None,
    show: str,
    kinds: tuple[str, ...],
    by_report: bool,
    by_rule: bool,
    as_json: bool,
    html: Path | None,
    floors: Path | None,
    raise_floors: bool,
    parser: Parser,
) -> None:
    """Score what the extractors find against GOLD, files or folders of <name>.jsonl."""
    lists = _lists(show)
    if raise_floors and floors is None:
        msg = "--raise-floors needs --floors FILE"
        raise click.UsageError(msg)
    with one_sentence():
        pairs = _Pairs(gold, reports, parser, [html, floors])
        evaluation = evaluate(pairs, kinds or None)
        if not evaluation.reports:
            raise SystemExit(FAILED)
        _write_html(evaluation, html)
        if as_json:
            _print_json(evaluation)
        else:
            _print_text(evaluation, lists, by_report=by_report, by_rule=by_rule)
        holds = floors is None or _floors_hold(
            evaluation, floors, raise_=raise_floors and not pairs.failed
        )
    raise SystemExit(0 if holds and not pairs.failed else FAILED)


def _lists(show: str) -> tuple[str, ...]:
    names = tuple(LISTS) if show == "all" else tuple(filter(None, show.split(",")))
    for name in names:
        if name not in LISTS:
            msg = f"{name!r} is not one of {', '.join(LISTS)}"
            raise click.BadParameter(msg, param_hint="--show")
    return names


class _Pairs:
    """Gold and assessment of each report; a file that is not right is named and left out."""

    def __init__(
        self,
        gold: Sequence[Path],
        reports: Path | None,
        parser: Parser,
        written: Iterable[Path | None],
    ) -> None:
        self._written = [path for path in written if path is not None]
        self._files = gold_files(gold)
        self._reports = reports
        self._parser = parser
        #: Whether a file was left out so far.
        self.failed = False

    def __iter__(self) -> Iterator[tuple[Gold, Assessment]]:
        begun: deque[Path] = deque()
        for result in self._parser.read_many(self._sources(begun)):
            path = begun.popleft()
            try:
                if isinstance(result, ReadFailure):
                    raise result.error
                yield load_gold(path, result.document.text), result
            except CqcParseError as error:
                self._leave_out(error)

    def _sources(self, begun: deque[Path]) -> Iterator[str]:
        """Yield the reports, and note the gold of each."""
        for path in self._files:
            try:
                report = report_for(path, self._reports or path.parent, SUFFIXES)
            except CqcParseError as error:
                self._leave_out(error)
            else:
                refuse_overwriting([str(path), str(report)], *self._written)
                begun.append(path)
                yield str(report)

    def _leave_out(self, error: CqcParseError) -> None:
        self.failed = True
        say(str(error))


def _print_text(
    evaluation: Evaluation, lists: Sequence[str], *, by_report: bool, by_rule: bool
) -> None:
    parts = [score_tables(evaluation)]
    if by_report:
        parts.append(report_table(evaluation))
    if by_rule:
        parts.append(rule_table(evaluation))
    parts += [listing(evaluation, name, _highlight) for name in lists]
    put("\n\n".join(parts))


def _highlight(text: str) -> str:
    """Set off a mention: in brackets, and in bold where the terminal can."""
    return click.style(f"[[{text}]]", bold=True)


def _print_json(evaluation: Evaluation) -> None:
    from cqcparse.evaluation.export import to_json

    put(to_json(evaluation))


def _write_html(evaluation: Evaluation, path: Path | None) -> None:
    if path is None:
        return
    from cqcparse.evaluation.page import to_html

    write_text(path, to_html(evaluation))


def _floors_hold(evaluation: Evaluation, path: Path, *, raise_: bool) -> bool:
    floors = load_floors(path) if path.exists() or not raise_ else ()
    if raise_:
        write_text(path, dump_floors(raised(evaluation, floors)))
        say(f"{path}: floors raised to the scores where these are higher")
    missed = shortfalls(evaluation, floors)
    for shortfall in missed:
        say(str(shortfall))
    return not missed

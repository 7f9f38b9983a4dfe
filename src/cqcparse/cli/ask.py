"""``cqcparse ask``: one of the questions people have, as a table on a terminal or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click

from cqcparse.cli.choices import parser_options, plugin_option, refuse_unloaded
from cqcparse.cli.exits import WRONG_USE, one_sentence, say
from cqcparse.cli.inputs import Reports, paths_argument, workers_option
from cqcparse.cli.lazily import LazyGroup
from cqcparse.cli.output import check_output, emit, output_option, table_option
from cqcparse.cli.progress import progress_option
from cqcparse.cli.standards import Standard, standard_options
from cqcparse.cli.streams import parted
from cqcparse.corpora.corpus import Corpus
from cqcparse.corpora.engine import needed
from cqcparse.corpora.questioning import Parameter, Question, questions_of
from cqcparse.extraction.plugins import load_plugins
from cqcparse.output.text_table import table
from cqcparse.parser import Parser


class _Questions(LazyGroup):
    """A command for each question, with its parameters as options."""

    noun = "question"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of a question, which a plugin may bring that is named behind it."""
        given: tuple[str, ...] = ctx.params["plugin_files"]
        ctx.meta[_FILES] = (*given, *_named(args))
        name, found, rest = super().resolve_command(ctx, args)
        return name, found, [*(part for file in given for part in ("--plugin", file)), *rest]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_questions(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        question = _questions(ctx).get(cmd_name.replace("_", "-"))
        return _command(question) if question else None


#: Where the files of plugins are kept whose questions are known.
_FILES = f"{__name__}.files"


def _named(args: Sequence[str]) -> Iterator[str]:
    """Yield the files that stand behind ``--plugin`` among arguments."""
    for option, value in zip_longest(args, args[1:]):
        name, equals, joined = option.partition("=")
        if name == "--plugin" and (equals or value):
            yield joined if equals else value


@click.command(cls=_Questions, invoke_without_command=True, no_args_is_help=False)
@plugin_option
@click.pass_context
def command(ctx: click.Context, plugin_files: tuple[str, ...]) -> None:
    """Answer one of the questions people have, about all reports in PATH: files, folders or -.

    Without a question the list of them is printed. Each has options of its own: see
    cqcparse ask QUESTION --help. On a terminal the answer is a table, else JSON Lines.
    """
    if ctx.invoked_subcommand is None:
        ctx.meta[_FILES] = plugin_files
        listed = [(question.name, question.title) for question in _questions(ctx).values()]
        click.echo(table(("question", "what it tells"), listed))


def _questions(ctx: click.Context) -> dict[str, Question]:
    """Return the questions by their names, and tell of files of plugins that are none."""
    known: dict[str, Question] | None = ctx.meta.get(__name__)
    if known is None:
        files = [Path(file).absolute() for file in ctx.meta.get(_FILES, ())]
        plugins = load_plugins(files=files)
        refuse_unloaded(plugins)
        questions, failures = questions_of(plugins)
        for failure in failures:
            say(f"a question of a plugin was left out: {failure}")
        known = ctx.meta[__name__] = {question.name: question for question in questions}
    return known


def _command(question: Question) -> click.Command:
    """Return the command of a question."""

    def run(  # noqa: PLR0913 - click hands over each option as an argument
        *,
        paths: tuple[str, ...],
        output: Path | None,
        raw: bool,
        as_table: bool | None,
        workers: int,
        progress: bool | None,
        parser: Parser,
        standard: Standard,
        **given: str | None,
    ) -> None:
        check_output(output, parser.exporters)
        values = {name.removeprefix(_OWN): value for name, value in given.items()}
        with one_sentence(WRONG_USE):
            question.bound(values)  # what is wrong is told before anything is read
        with one_sentence():
            needed()
        reports = Reports(
            paths, parser, workers, progress=progress, standard=standard, written=[output]
        )
        with one_sentence():
            corpus = reports.corpus()
            answer = corpus.ask(question.name, **values)
            emit(
                output,
                answer.schema,
                answer.rows(),
                parser.exporters,
                raw=raw,
                as_table=as_table,
                made_by=answer.made_by,
            )
            if not answer:
                why = _why(question, values, corpus)
                if why or not as_table:  # a table says so by itself
                    say(f"question {question.name!r}: the answer has no rows{why}")
        reports.exit()

    made: Any = run
    for add in (progress_option, workers_option, parser_options, standard_options):
        made = add(made)
    made = output_option(table_option(made))
    for parameter in reversed(question.parameters):
        made = _option(parameter)(made)
    made = paths_argument(made)
    named = click.command(question.name, help=question.about, short_help=question.title)
    return parted(named(made))


def _why(question: Question, values: Mapping[str, str | None], corpus: Corpus) -> str:
    """Return what was asked for that no report has, and what they have instead."""
    said = ""
    for parameter in question.parameters:
        value = values[parameter.name]
        if parameter.found and value is not None:
            there = sorted(
                {str(cell) for row in corpus.sql(parameter.found) for cell in row.values()}
            )
            shown = ", ".join(there[:_SHOWN]) + (", ..." if len(there) > _SHOWN else "")
            for part in value.split(",") if parameter.type == "list" else [value]:
                if part not in there:
                    said += f"; no {parameter.name} is {part!r:.60}, there are {shown or 'none'}"
    return said


#: Most values that are named.
_SHOWN = 40
#: Begins the name of the argument of a parameter, so that it is never that of another option.
_OWN = "parameter_"


def _option(parameter: Parameter) -> Any:  # noqa: ANN401 - click's decorator
    values = parameter.values if len(parameter.values) <= 10 else ()  # noqa: PLR2004 - a line
    among = f": {', '.join(values)}" if values and parameter.type != "choice" else ""
    kind = parameter.type
    if kind == "choice" and not parameter.or_authority:
        kind = "|".join(parameter.among)
    return click.option(
        f"--{parameter.name.replace('_', '-')}",
        f"{_OWN}{parameter.name}",
        metavar=kind.upper() if kind == parameter.type else f"[{kind}]",
        required=parameter.required,
        default=parameter.default,
        show_default=parameter.default is not None,
        help=f"{parameter.about[:1].upper()}{parameter.about[1:]}{among}.",
    )

"""The options that choose what a parser does: lexicons, options of extractors, limits."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterable

import click

from cqcparse.cli.exits import WRONG_USE, one_sentence
from cqcparse.extraction.running import DEFAULT_BUDGET
from cqcparse.parser import MEMORY_LIMIT, TIME_LIMIT, Parser


def limit_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for what a file may take, as ``time_limit, memory_limit``."""
    positive = click.FloatRange(min=0, min_open=True)
    time = click.option(
        "--time-limit",
        type=positive,
        default=TIME_LIMIT,
        show_default=True,
        metavar="SECONDS",
        help="Time a file may take in all before it is given up.",
    )
    memory = click.option(
        "--memory-limit",
        type=positive,
        default=MEMORY_LIMIT,
        show_default=True,
        metavar="MB",
        help="Memory a file may take before it is given up.",
    )
    return time(memory(command))


def parser_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose what a parser does, and the parser as ``parser``."""

    @click.option(
        "--lexicon",
        "lexicons",
        multiple=True,
        metavar="FILE",
        help="Also find the terms of this TOML lexicon; may be given again.",
    )
    @click.option(
        "--option",
        "settings",
        multiple=True,
        metavar="EXTRACTOR.NAME=VALUE",
        help="Set an option of an extractor; may be given again.",
    )
    @click.option(
        "--budget",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        default=DEFAULT_BUDGET,
        show_default="60",
        help="Time an extractor may take on a report before it is cut off.",
    )
    @limit_options
    @functools.wraps(command)
    def run(
        *,
        lexicons: tuple[str, ...],
        settings: tuple[str, ...],
        budget: float,
        time_limit: float,
        memory_limit: float,
        **rest: object,
    ) -> None:
        with one_sentence(WRONG_USE):
            parser = Parser(
                lexicons=lexicons,
                options=_options(settings),
                budget=budget,
                time_limit=time_limit,
                memory_limit=memory_limit,
            )
        command(parser=parser, **rest)

    return run


def _options(settings: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the values by the names of options, by the names of extractors."""
    options: dict[str, dict[str, object]] = {}
    for setting in settings:
        address, equals, value = setting.partition("=")
        extractor, dot, name = address.rpartition(".")
        if not (extractor and dot and name and equals):
            msg = f"{setting!r} is not of the form EXTRACTOR.NAME=VALUE"
            raise click.BadParameter(msg, param_hint="--option")
        options.setdefault(extractor, {})[name] = _value(value)
    return options


def _value(text: str) -> object:
    """Return a value as TOML reads it, a list as a tuple; what is no TOML is a string."""
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return tuple(value) if isinstance(value, list) else value

"""The options that choose what a parser does: lexicons, options, limits, documents."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from cqcparse.cli.exits import WRONG_USE, one_sentence, say
from cqcparse.cli.standards import Standard
from cqcparse.extraction.option_files import load_options, merged
from cqcparse.extraction.plugins import Plugins, load_plugins
from cqcparse.extraction.running import DEFAULT_BUDGET
from cqcparse.model.kinds import with_built_in
from cqcparse.model.mentions import Mention
from cqcparse.parser import MEMORY_LIMIT, TIME_LIMIT, Parser

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def limit_options(command: CommandT) -> CommandT:
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

    @_extractor_options
    @any_document_option
    @functools.wraps(command)
    def run(*, any_document: bool, **given: Any) -> None:  # noqa: ANN401 - any option
        parser = _parser(given, any_document=any_document)
        command(parser=parser, **given)

    return run


def plain_parser_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that bear on more than mentions, and the parser as ``parser``.

    For commands that write no mentions: none are looked for, unless the options for what counts as
    failed, which the command must have too, ask for what only extractors say.
    """

    @limit_options
    @any_document_option
    @framework_option
    @plugin_option
    @setting_options
    @functools.wraps(command)
    def run(  # noqa: PLR0913 - each is a choice of its own
        *,
        time_limit: float,
        memory_limit: float,
        any_document: bool,
        framework: str | None,
        plugin_files: tuple[str, ...],
        settings: tuple[str, ...],
        files: tuple[str, ...],
        standard: Standard,
        **given: Any,  # noqa: ANN401 - any option
    ) -> None:
        with one_sentence(WRONG_USE):
            parser = Parser(
                plugin_files=plugin_files,
                options=_set(files, settings),
                framework=framework,
                time_limit=time_limit,
                memory_limit=memory_limit,
                any_document=any_document,
                mentions=standard.is_about_extractors,
            )
        refuse_unloaded(parser.plugins)
        command(parser=parser, standard=standard, **given)

    return run


def any_document_parser_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the same, for which every document is as good as an assessment."""

    @_extractor_options
    @functools.wraps(command)
    def run(**given: Any) -> None:  # noqa: ANN401 - any option
        parser = _parser(given, any_document=True)
        command(parser=parser, **given)

    return run


def any_document_option(command: CommandT) -> CommandT:
    """Give a command the option for documents that are no assessments."""
    return click.option(
        "--any-document",
        is_flag=True,
        help="Also look in documents that are no assessment of a local authority, which else "
        "give nothing and count as failed.",
    )(command)


def setting_options(command: CommandT) -> CommandT:
    """Give a command the options that set options of plugins, as ``settings, files``."""
    one = click.option(
        "--option",
        "settings",
        multiple=True,
        metavar="NAME.OPTION=VALUE",
        help="Set an option of the extractor, reader or exporter of this name; may be given again.",
    )
    many = click.option(
        "--options",
        "files",
        multiple=True,
        metavar="FILE.toml",
        help="Set the options that stand in this file; may be given again. --option counts more.",
    )
    return one(many(command))


def plugin_option(command: CommandT) -> CommandT:
    """Give a command the option for plugins of one file, as ``plugin_files``."""
    return click.option(
        "--plugin",
        "plugin_files",
        multiple=True,
        metavar="FILE.py",
        help="Also load the plugin in this file; may be given again.",
    )(command)


def framework_option(command: CommandT) -> CommandT:
    """Give a command the option for the profile that is applied, as ``framework``."""
    return click.option(
        "--framework",
        metavar="ID",
        help="Apply this framework profile, of cqcparse or a plugin, instead of deciding by the "
        "text.",
    )(command)


def _extractor_options(command: CommandT) -> CommandT:
    for option in (
        click.option(
            "--budget",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            default=DEFAULT_BUDGET,
            show_default="60",
            help="Time an extractor may take on a report before it is cut off.",
        ),
        setting_options,
        plugin_option,
        click.option(
            "--lexicon",
            "lexicons",
            multiple=True,
            metavar="FILE",
            help="Also find the terms of this TOML lexicon, or the phrases of the rules in this "
            "folder; may be given again.",
        ),
        click.option(
            "--without-rule",
            "without_rules",
            multiple=True,
            metavar="NAME",
            help="Leave out the rule or frame of this name; may be given again.",
        ),
        framework_option,
        click.option(
            "--reader",
            metavar="NAME",
            help="Read files by this reader of a plugin, also in formats that cqcparse reads "
            "itself.",
        ),
        limit_options,
    ):
        command = option(command)
    return command


def _parser(given: dict[str, Any], *, any_document: bool) -> Parser:
    """Return the parser that the options of a command ask for, and take those out of *given*."""
    with one_sentence(WRONG_USE):
        parser = Parser(
            lexicons=given.pop("lexicons"),
            plugin_files=given.pop("plugin_files"),
            reader=given.pop("reader"),
            without_rules=given.pop("without_rules"),
            options=_set(given.pop("files"), given.pop("settings")),
            framework=given.pop("framework"),
            budget=given.pop("budget"),
            time_limit=given.pop("time_limit"),
            memory_limit=given.pop("memory_limit"),
            any_document=any_document,
        )
    refuse_unloaded(parser.plugins)
    return parser


def refuse_unloaded(plugins: Plugins) -> None:
    """End the command if a plugin whose file the user names could not be loaded.

    An installed one is left out and told: nobody asked for it in this command.
    """
    for info in plugins.infos:
        if info.of_file and info.error is not None:
            say(f"plugin {info.name!r} could not be loaded: {info.error}")
            raise SystemExit(WRONG_USE)


def kinds_of(files: Iterable[str]) -> tuple[type[Mention], ...] | None:
    """Return the kinds that there are with further plugins; None for those of the installed ones.

    Args:
        files: The files of the plugins.
    """
    paths = [Path(file).absolute() for file in files]
    if not paths:
        return None
    plugins = load_plugins(files=paths)
    refuse_unloaded(plugins)
    return with_built_in(plugins.kinds)


def _set(files: Iterable[str], settings: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the options of files and of the command line."""
    return merged(*map(load_options, files), _options(settings))


def _options(settings: Iterable[str]) -> dict[str, dict[str, object]]:
    """Return the values by the names of options, by the names of what they are for."""
    options: dict[str, dict[str, object]] = {}
    for setting in settings:
        address, equals, value = setting.partition("=")
        owner, dot, name = address.rpartition(".")
        if not (owner and dot and name and equals):
            msg = f"{setting!r} is not of the form NAME.OPTION=VALUE"
            raise click.BadParameter(msg, param_hint="--option")
        options.setdefault(owner, {})[name] = _value(value)
    return options


def _value(text: str) -> object:
    """Return a value as TOML reads it, a list as a tuple; what is no TOML is a string."""
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return tuple(value) if isinstance(value, list) else value

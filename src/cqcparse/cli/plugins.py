"""``cqcparse plugins``: every plugin, what it brings, why it failed, how it does on a report."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import attrs
import click

from cqcparse.cli.choices import plugin_option
from cqcparse.cli.exits import FAILED, one_sentence
from cqcparse.cli.streams import put
from cqcparse.extraction.plugin_info import PluginInfo
from cqcparse.extraction.running import TIMED
from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.framework.choice import can_be_told
from cqcparse.model.assessment import Assessment
from cqcparse.output.text_table import table
from cqcparse.parser import Parser
from cqcparse.reading import BUILT_IN_SUFFIXES

#: Codes of diagnostics that say that an extractor did something wrong.
_WRONG = frozenset({"mention-rejected", "plugin-failed"})


@click.command(short_help="Every plugin, what it brings, and why it failed if it did.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array instead of a table.")
@click.option(
    "--check",
    "report",
    metavar="REPORT",
    help="Also run the extractors on this report, and print what each found, what of it was "
    "refused, and how long it took.",
)
@plugin_option
@click.option(
    "--traceback", is_flag=True, help="Print the traceback of each failure on standard error."
)
def command(
    as_json: bool, report: str | None, plugin_files: tuple[str, ...], traceback: bool
) -> None:
    """List the plugins: built-in ones first, then those installed.

    The exit status is 1 if one of them failed or is missing, or an extractor failed or had a
    result refused.
    """
    with _tracebacks() if traceback else _nothing():
        parser = Parser(any_document=True, plugin_files=plugin_files)
        infos = parser.plugins.infos
        checks = () if report is None else _checked(parser, report)
    if as_json:
        items = [attrs.asdict(info) for info in infos]
        by_name = {check.extractor: attrs.asdict(check) for check in checks}
        for item in items if report is not None else ():
            item["checks"] = [by_name[name] for name in item["extractors"] if name in by_name]
        put(json.dumps(items, indent=2))
    else:
        put("\n".join((*_text(infos, checks), *_never_told(parser.plugins.frameworks))))
    bad = any(info.error for info in infos) or any(check.wrong for check in checks)
    raise SystemExit(FAILED if bad else 0)


@attrs.frozen(kw_only=True)
class _Check:
    """What one extractor did on a report."""

    extractor: str
    found: int
    refused: int
    #: None if it failed.
    milliseconds: float | None
    #: What it did wrong, the first of it; None if nothing.
    wrong: str | None


def _checked(parser: Parser, report: str) -> tuple[_Check, ...]:
    times: dict[str, float] = {}
    with one_sentence():
        parser.read(report)  # the second time nothing has to be loaded or compiled
        with _timed(times):
            assessment = parser.read(report)
    return tuple(_check(assessment, task.name, times.get(task.name)) for task in parser.tasks)


def _check(assessment: Assessment, name: str, milliseconds: float | None) -> _Check:
    found = Counter(mention.extractor for mention in assessment.mentions)
    wrong = [d for d in assessment.diagnostics if d.extractor == name and d.code in _WRONG]
    return _Check(
        extractor=name,
        found=found[name],
        refused=sum(item.code == "mention-rejected" for item in wrong),
        milliseconds=milliseconds,
        wrong=wrong[0].message if wrong else None,
    )


def _text(infos: Iterable[PluginInfo], checks: Iterable[_Check]) -> Iterator[str]:
    yield table(("plugin", "distribution", "version", "state", "brings"), map(_row, infos))
    for info in infos:
        if info.error is not None:
            yield f"\n{info.name}: {info.error}"
    checks = tuple(checks)
    if checks:
        yield "\n" + table(("extractor", "found", "refused", "ms"), map(_checked_row, checks))
    for check in checks:
        if check.wrong is not None:
            yield f"\n{check.extractor}: {check.wrong}"


def _never_told(frameworks: Iterable[Framework]) -> Iterator[str]:
    """Yield a sentence on each profile that no report is read by unless the user names it."""
    for profile in frameworks:
        if not can_be_told(profile, builtin_frameworks()):
            yield (
                f"\nframework {profile.id}: none of its headings is telling and its own, so that "
                f"only --framework {profile.id} applies it; mark one with 'telling = true'"
            )


def _row(info: PluginInfo) -> tuple[str, ...]:
    return (
        info.name,
        info.distribution or "-",
        info.version or "-",
        info.state,
        "; ".join(_brought(info)) or "-",
    )


def _checked_row(check: _Check) -> tuple[str, ...]:
    time = "failed" if check.milliseconds is None else f"{check.milliseconds:.1f}"
    return check.extractor, str(check.found), str(check.refused), time


def _brought(info: PluginInfo) -> Iterator[str]:
    if info.kinds:
        yield ", ".join(info.kinds)
    if info.correctors:
        yield f"corrects by {', '.join(info.correctors)}"
    if info.options:
        yield f"options {', '.join(option.partition(':')[0] for option in info.options)}"
    if info.frameworks:
        yield f"framework {', '.join(info.frameworks)}"
    own = [suffix for suffix in info.reads if suffix not in BUILT_IN_SUFFIXES]
    if own:
        yield f"reads {', '.join(own)}"
    if info.readers and len(own) < max(len(info.reads), 1):  # others are read by cqcparse itself
        yield f"reads by --reader {', '.join(info.readers)}"
    if info.writes:
        yield f"writes {', '.join(info.writes)}"
    if info.questions:
        yield f"asks {', '.join(info.questions)}"


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _tracebacks() -> Iterator[None]:
    """Print what is logged of failures, which has their tracebacks."""
    with _handler(logging.StreamHandler(sys.stderr), logging.WARNING):
        yield


@contextmanager
def _timed(times: dict[str, float]) -> Iterator[None]:
    """Write down how many milliseconds each extractor takes."""

    class Times(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            name = getattr(record, TIMED, None)
            if name is not None and isinstance(record.args, tuple):
                times[name] = float(str(record.args[-1]))

    with _handler(Times(), logging.DEBUG):
        yield


@contextmanager
def _handler(handler: logging.Handler, level: int) -> Iterator[None]:
    logger = logging.getLogger("cqcparse")
    before = logger.level
    handler.setLevel(level)
    logger.addHandler(handler)
    logger.setLevel(min(level, before or logging.WARNING))
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)

"""The inputs of a command: files, folders that are searched, and standard input."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from cqcparse.assessment import Assessment
from cqcparse.cli.exits import FAILED, say
from cqcparse.errors import CqcParseError
from cqcparse.parser import Parser, ReadFailure

#: Suffixes of the files that a folder is searched for, the plainest format first.
SUFFIXES = (".txt", ".md", ".html", ".htm", ".mhtml", ".mht", ".docx", ".pdf")

STANDARD_INPUT = "-"

#: Files that describe a folder rather than belong to it.
_PASSED_OVER = frozenset({"readme", "licence", "license", "changelog"})

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def paths_argument(command: CommandT) -> CommandT:
    """Give a command its PATH arguments."""
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True)(command)


def workers_option(command: CommandT) -> CommandT:
    """Give a command the option for the number of processes."""
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Processes to use; the output is the same at any number.",
    )(command)


class Reports:
    """The assessments of the given paths, in order; what fails is named on standard error.

    Args:
        paths: Files, folders or ``-``.
        parser: What parses them.
        workers: Processes to use.
        diagnose: Whether to print the diagnostics of severity ``error`` on standard error; for
            commands whose output does not hold them.
    """

    def __init__(
        self, paths: Sequence[str], parser: Parser, workers: int = 1, *, diagnose: bool = True
    ) -> None:
        self._paths = paths
        self._parser = parser
        self._workers = workers
        self._diagnose = diagnose
        self._said: set[str] = set()
        #: Whether some input failed so far.
        self.failed = False

    def __iter__(self) -> Iterator[Assessment]:
        files = tuple(self._files())
        progress = _Progress(len(files))
        for result in self._results(files):
            progress.clear()
            if isinstance(result, ReadFailure):
                self._fail(str(result.error))
            else:
                self._tell(result)
                yield result
            progress.step()
        progress.clear()

    def exit(self) -> None:
        """End the command with the status that says whether some input failed."""
        raise SystemExit(FAILED if self.failed else 0)

    def _fail(self, sentence: str) -> None:
        self.failed = True
        say(sentence)

    def _tell(self, assessment: Assessment) -> None:
        """Print what is wrong with a report; a plugin that fails on each is named once."""
        for diagnostic in assessment.diagnostics if self._diagnose else ():
            if diagnostic.severity != "error" or str(diagnostic) in self._said:
                continue
            if diagnostic.code == "plugin-failed":
                self._said.add(str(diagnostic))
            say(f"{assessment.source}: {diagnostic}")

    def _files(self) -> Iterator[str]:
        for path in self._paths:
            if path == STANDARD_INPUT or not os.path.isdir(path):  # noqa: PTH112 - may hold NUL
                yield path
                continue
            further = [s for reader in self._parser.plugins.readers for s in reader.suffixes]
            suffixes = (*SUFFIXES, *further)
            found = reports_in(Path(path), suffixes)
            if not found:
                wanted = ", ".join(suffixes)
                self._fail(f"{path}: the folder has no reports; looked for files named *{wanted}")
            yield from map(str, found)

    def _results(self, files: Iterable[str]) -> Iterator[Assessment | ReadFailure]:
        """Yield results in order; the files between standard inputs may share the work."""
        for piped, group in itertools.groupby(files, lambda path: path == STANDARD_INPUT):
            if piped:
                yield from (self._read_standard_input() for _ in group)
            else:
                yield from self._parser.read_many(group, workers=self._workers)

    def _read_standard_input(self) -> Assessment | ReadFailure:
        try:
            return self._parser.read(sys.stdin.buffer)
        except CqcParseError as error:
            return ReadFailure(source=STANDARD_INPUT, error=error)


def reports_in(folder: Path, suffixes: Sequence[str] = SUFFIXES) -> tuple[Path, ...]:
    """Return the files below *folder* that look like reports, in order of their paths.

    Hidden files and folders are passed over, and links to folders are not followed.

    Args:
        folder: Where to search.
        suffixes: In lower case with the dot.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += (Path(place, name) for name in names if _looks_like_a_report(Path(name), suffixes))
    return tuple(sorted(found))


def _looks_like_a_report(name: Path, suffixes: Sequence[str]) -> bool:
    return (
        name.suffix.lower() in suffixes
        and not name.name.startswith(".")
        and name.stem.lower() not in _PASSED_OVER
    )


class _Progress:
    """A line on standard error that counts the reports; only for a person who sees nothing else."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._shown = total > 1 and sys.stderr.isatty() and not sys.stdout.isatty()

    def step(self) -> None:
        self._done += 1
        if self._shown:
            click.echo(f"\r{self._done} of {self._total} reports", nl=False, err=True)

    def clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)

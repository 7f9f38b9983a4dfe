"""The inputs of a command: files, folders that are searched, and standard input."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, TypeVar, cast

import click

from cqcparse.cli.exits import FAILED, say
from cqcparse.cli.manifest import Done, Manifest, Remark, digest_of
from cqcparse.cli.progress import Progress
from cqcparse.cli.standards import Standard
from cqcparse.errors import DataError
from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic, Severity
from cqcparse.model.report import Report
from cqcparse.model.tables import Row
from cqcparse.model.writable import writable
from cqcparse.parser import Parser
from cqcparse.reading.failures import ReadFailure
from cqcparse.reading.folders import SUFFIXES, base_of, relative_to, reports_in

if TYPE_CHECKING:
    from cqcparse.corpora.corpus import Corpus
    from cqcparse.output.provenance import Provenance

STANDARD_INPUT = "-"

_WITHOUT_CODE = "authority-not-in-register"

CommandT = TypeVar("CommandT", bound=Callable[..., Any])
OutputT = TypeVar("OutputT")

#: Path and digest of an input, and what became of it.
_Result: TypeAlias = tuple[str, str | None, Assessment | ReadFailure | Done]


def paths_argument(command: CommandT) -> CommandT:
    """Give a command its PATH arguments."""
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True)(command)


def combine_option(command: CommandT) -> CommandT:
    """Give a command the option that makes whole reports of pages."""
    return click.option(
        "--combine",
        is_flag=True,
        help="Put the pages of one authority and one assessment together.",
    )(command)


def workers_option(command: CommandT) -> CommandT:
    """Give a command the option for the number of processes."""
    return click.option(
        "--workers",
        type=click.IntRange(min=0),
        default=1,
        show_default=True,
        metavar="N",
        help="Processes to use, 0 for one on each core; the output is the same at any number.",
    )(command)


class Reports:
    """The assessments of the given paths, in order; what fails is named on standard error.

    Args:
        paths: Files, folders or ``-``.
        parser: What parses them.
        workers: Processes to use; 0 for one on each core.
        diagnose: Whether to print the diagnostics of severity ``error``, and of a council that has
            no code to join by, on standard error; for commands whose output does not hold them.
        progress: Whether to tell how far it is; None to tell it on a terminal.
        standard: With which diagnostics an input counts as failed.
        told: Codes of diagnostics that are printed like those of severity ``error``.
        written: Files that the command writes; none of them may be an input.
    """

    def __init__(  # noqa: PLR0913 - each is a choice of its own
        self,
        paths: Sequence[str],
        parser: Parser,
        workers: int = 1,
        *,
        diagnose: bool = True,
        progress: bool | None = None,
        standard: Standard = Standard(),  # noqa: B008 - it is immutable
        told: Collection[str] = (),
        written: Iterable[Path | None] = (),
    ) -> None:
        self._paths = paths
        self._written = [path for path in written if path is not None]
        self._parser = parser
        self._workers = workers
        self._diagnose = diagnose
        self._progress = progress
        self._standard = standard
        self._wanted = frozenset(told)
        self._told: set[str] = set()
        self._left_out: dict[str, list[str]] = {}
        self._base = base_of(path for path in paths if path != STANDARD_INPUT)
        #: Path and digest of each source that was read, and why the others could not be.
        self._sources: list[tuple[str, str | None]] = []
        self._failures: list[tuple[str, str]] = []
        self._frameworks: set[str] = set()
        #: Whether some input failed so far.
        self.failed = False

    def __iter__(self) -> Iterator[Assessment]:
        return self.made(_itself)

    def made(
        self,
        make: Callable[[Assessment], OutputT],
        manifest: Manifest | None = None,
        failed: Callable[[ReadFailure], OutputT] | None = None,
    ) -> Iterator[OutputT]:
        """Yield what *make* makes of each assessment.

        Args:
            make: What the command makes of a report; with a manifest something that JSON has.
            manifest: What was made before, which is taken from there if the file is the same.
            failed: What it makes of a file that could not be read; None for nothing.
        """
        files = tuple(self._files())
        refuse_overwriting(files, *self._written)
        refuse_without_folder(self._written)
        progress = Progress(len(files), wanted=self._progress)
        for path, digest, result in self._results(files, manifest):
            progress.clear()
            self._note(path, digest, result)
            if isinstance(result, Done):
                self._say(result.said)
                yield result.output
            elif isinstance(result, ReadFailure):
                self._fail(str(result.error))
                if failed is not None:
                    yield failed(result)
            else:
                said = tuple(self._remarks(result.source, result.diagnostics))
                done = Done(output=make(result), said=said)
                if manifest is not None and digest is not None:
                    manifest.add(path, digest, done)
                self._say(done.said)
                yield done.output
            progress.step(
                failed=isinstance(result, ReadFailure), unchanged=isinstance(result, Done)
            )
        progress.clear()
        self._say_what_was_left_out()

    def combined(self) -> Iterator[Report]:
        """Yield the whole reports that the pages make."""
        return (found for found in self.combined_or_failed() if isinstance(found, Report))

    def combined_or_failed(self) -> Iterator[Report | ReadFailure]:
        """Yield what could not be read, then the whole reports."""
        from cqcparse.corpora.combining import combined_or_failed

        pages: Iterator[Assessment | ReadFailure] = self.made(_itself, failed=_itself)
        for found in combined_or_failed(pages, self._parser.plugins.frameworks):
            if isinstance(found, Report):
                self._say(self._remarks(found.source, found.diagnostics))
            yield found

    def corpus(self) -> Corpus:
        """Return the corpus that the pages make, read; what is said of its reports is printed.

        One database that was written before is a corpus as it is.
        """
        from cqcparse.corpora.corpus import Corpus
        from cqcparse.corpora.saved import database_alone

        if database_alone(self._paths):
            refuse_overwriting(self._paths, *self._written)
            return Corpus.saved(self._paths[0], parser=self._parser)
        pages: Iterator[Assessment | ReadFailure] = self.made(_itself, failed=_itself)
        found = Corpus(pages, self._parser, base=self._base)
        for row in found.diagnostics():
            if row["page_id"] is None and row["code"] != "not-read":
                remark = Diagnostic(
                    code=str(row["code"]),
                    message=str(row["message"]),
                    severity=cast("Severity", row["severity"]),
                )
                self._say(self._remarks(cast("str | None", row["source"]), [remark]))
        return found

    def named(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows whose sources are named in the folder that holds all that was asked for."""
        for row in rows:
            yield row | {
                column: relative_to(self._base, str(row[column]))
                for column in ("source", "score_source")
                if row.get(column)
            }

    def made_by(self) -> Provenance:
        """Return what made the rows of what was read so far."""
        from cqcparse.corpora.provenance import provenance_of

        return provenance_of(
            self._parser,
            frameworks=self._frameworks,
            sources=(
                (relative_to(self._base, path), digest or digest_of(path))
                for path, digest in self._sources
            ),
            failures=self._failures,
        )

    def exit(self) -> None:
        """End the command with the status that says whether some input failed."""
        raise SystemExit(FAILED if self.failed else 0)

    def _note(self, path: str, digest: str | None, result: Assessment | ReadFailure | Done) -> None:
        """Note what was read, for whoever asks what made the rows."""
        name = relative_to(self._base, path)
        if isinstance(result, ReadFailure):
            self._failures.append((name, str(result.error)))
            return
        if isinstance(result, Assessment):
            self._frameworks.add(result.framework)
            if path == STANDARD_INPUT:
                digest = _digest_of_page(result)
        self._sources.append((path, digest))

    def _fail(self, sentence: str) -> None:
        self.failed = True
        say(sentence)

    def _remarks(self, source: str | None, diagnostics: Iterable[Diagnostic]) -> Iterator[Remark]:
        """Yield what may be said of an input."""
        for diagnostic in diagnostics:
            message = str(diagnostic)
            if diagnostic.code != "plugin-failed":
                message = f"{source or STANDARD_INPUT}: {diagnostic}"
            about = diagnostic.extractor or ""
            yield Remark(diagnostic.code, diagnostic.severity, message, about)

    def _say(self, remarks: Iterable[Remark]) -> None:
        """Print what is wrong with an input; what is not about a single one is printed once."""
        for remark in remarks:
            fails = self._standard.fails(
                remark.code, remark.severity, any_document=self._parser.any_document
            )
            self.failed |= fails
            matters = remark.severity == "error" or remark.code in {*self._wanted, _WITHOUT_CODE}
            is_said = fails or (matters and self._diagnose)
            # A council without a code is said once, not of each of its pages.
            told = remark.message.rpartition(": ")[2] if remark.code == _WITHOUT_CODE else ""
            if is_said and (told or remark.message) not in self._told:
                self._told.add(told or remark.message)
                say(remark.message)
            elif remark.code == "mention-rejected" and self._diagnose:
                self._left_out.setdefault(remark.extractor, []).append(remark.message)

    def _say_what_was_left_out(self) -> None:
        """Print once for each extractor that mentions of it were left out, and the first of them.

        Its author, or whoever waits for what it finds, would not know why there is nothing.
        """
        for extractor, messages in self._left_out.items():
            number = f"{len(messages)} results were" if len(messages) > 1 else "a result was"
            say(f"extractor {extractor!r}: {number} left out; the first: {messages[0]}")
        self._left_out.clear()

    def _unsearched(self, error: OSError) -> None:
        why = error.strerror or str(error)
        self._fail(f"{error.filename}: the folder cannot be searched ({why}); check its rights")

    def _files(self) -> Iterator[str]:
        for path in self._paths:
            if path == STANDARD_INPUT or not os.path.isdir(path):  # noqa: PTH112 - may hold NUL
                yield path
                continue
            further = [s for reader in self._parser.plugins.readers for s in reader.suffixes]
            suffixes = (*SUFFIXES, *further)
            found = reports_in(Path(path), suffixes, self._unsearched)
            if not found:
                wanted = ", ".join(suffixes)
                self._fail(f"{path}: the folder has no reports; looked for files named *{wanted}")
            yield from map(str, found)

    def _results(self, files: Iterable[str], manifest: Manifest | None) -> Iterator[_Result]:
        """Yield path, digest and result in order; files that the manifest has are not parsed."""
        waiting: deque[tuple[str, str | None, bool]] = deque()

        def changed() -> Iterator[str | BinaryIO]:
            for path in files:
                piped = path == STANDARD_INPUT
                digest = digest_of(path) if manifest is not None and not piped else None
                new = manifest is None or not manifest.has(path, digest)
                waiting.append((path, digest, new))
                if new:
                    yield source_of(path)

        def unchanged() -> Iterator[_Result]:
            while manifest is not None and waiting and not waiting[0][2]:
                path, digest, _ = waiting.popleft()
                yield path, digest, manifest.get(path)

        for result in self._parser.read_many(changed(), workers=self._workers):
            yield from unchanged()
            path, digest, _ = waiting.popleft()
            yield path, digest, result
        yield from unchanged()


def source_of(path: str) -> str | BinaryIO:
    """Return what is read for a path: the path, or standard input for ``-``."""
    return sys.stdin.buffer if path == STANDARD_INPUT else path


def refuse_overwriting(sources: Iterable[str], *written: Path) -> None:
    """End the command if it would write over what it reads.

    Args:
        sources: Paths that are read, or ``-``.
        written: Paths that are written.

    Raises:
        UsageError: If two lead to one file.
    """
    targets = {_identity(path): path for path in written} | {None: None}
    for source in sources:
        target = targets.get(_identity(0 if source == STANDARD_INPUT else source))
        if target is not None:
            msg = f"{writable(str(target))!r} would be read and written; name another file"
            raise click.UsageError(msg)


def refuse_without_folder(written: Iterable[Path]) -> None:
    """End the command if a file cannot be written since its folder is not there.

    What is read may take minutes, and would be read for nothing.
    """
    for path in written:
        if path.suffix and not path.parent.is_dir():  # a folder of tables is made with its own
            say(
                str(
                    DataError.unwritten(
                        path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
                    )
                )
            )
            raise SystemExit(FAILED)


def _identity(path: str | Path | int) -> tuple[int, int] | None:
    """Return what tells a file from others; None if it does not exist yet, or is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - may be a descriptor
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _digest_of_page(page: Assessment) -> str:
    from cqcparse.output.keys import digest_of as of_page

    return of_page(page)


def read_one(parser: Parser, path: str) -> Assessment:
    """Return the assessment of one file, or of standard input, read within the limits.

    Raises:
        CqcParseError: If it cannot be read.
    """
    for result in parser.read_many([source_of(path)]):
        if isinstance(result, ReadFailure):
            raise result.error
        return result
    raise AssertionError  # one source has one result


def _itself(result: OutputT) -> OutputT:
    return result

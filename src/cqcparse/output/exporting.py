"""Exporters: which one a file is for, and writing whole reports with it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from cqcparse.errors import CqcParseError, DataError
from cqcparse.extraction.hookspecs import Exporter
from cqcparse.extraction.isolation import Home, account, same_folder
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.output.replacing import complete, one_error
from cqcparse.parser import Parser

#: The suffix of the files with whole reports that cqcparse itself writes, one a line.
LINES = ".jsonl"


def suffix_of(path: Path, suffixes: Iterable[str]) -> str | None:
    """Return the longest of *suffixes* that the name of a file ends with; None if it has none."""
    name = path.name.lower()
    return max(filter(name.endswith, suffixes), key=len, default=None)


def unfit(path: Path, suffixes: Collection[str], exporters: Iterable[Exporter]) -> str | None:
    """Return why what goes to files of *suffixes* cannot go to *path*; None if it can.

    A file for something else is none of them, though its name may end like one: the rows of
    ``scores.doccano.jsonl`` would be no file for doccano.
    """
    others = {e.suffix: e for e in exporters if e.suffix not in suffixes}
    suffix = suffix_of(path, [*suffixes, *others])
    if suffix in suffixes:
        return None
    known = f"must end in one of {', '.join(suffixes)}"
    if suffix is None:
        return known
    holds = (
        "rows, as 'extract' writes" if others[suffix].write else "whole reports, as 'parse' writes"
    )
    return f"{known}; the files of {suffix} hold {holds}"


def report_suffixes(exporters: Iterable[Exporter]) -> tuple[str, ...]:
    """Return the suffixes of files with whole reports."""
    return (LINES, *(e.suffix for e in exporters if e.write_reports is not None))


def write_reports(
    path: str | os.PathLike[str],
    reports: Iterable[Assessment | Report],
    *,
    parser: Parser | None = None,
) -> None:
    """Write whole reports, with their text and all that was found in it, to one file.

    The file appears when it is complete; until then, and if anything fails, what was there before
    stays.

    Args:
        path: The file. Its suffix decides: ``.jsonl`` (JSON, one a line), ``.jsonld`` (Web
            Annotations of the W3C), ``.label-studio.json``, ``.spacy`` (a ``DocBin``),
            ``.brat.zip`` (brat standoff), or one that a plugin writes.
        reports: Pages, or reports that pages make; taken one by one.
        parser: Whose plugins may write; by default all that are installed.

    Raises:
        DataError: If the suffix is not known, or the file cannot be written.
        MissingPackageError: If a package is missing; no report is taken then.
    """
    path = Path(path)
    exporters = (parser or Parser()).exporters
    writers = {e.suffix: e for e in exporters if e.write_reports is not None}
    suffixes = report_suffixes(exporters)
    if problem := unfit(path, suffixes, exporters):
        raise DataError(str(path), problem)
    suffix = suffix_of(path, suffixes)
    with one_error(path), complete(path) as part:
        if suffix == LINES:
            _write_lines(part, reports)
            return
        exporter = writers[suffix or ""]
        with guarded(exporter, path, part) as home:
            exporter.write_reports(part.absolute(), home.each(reports))  # type: ignore[misc]
            part.stat()  # there must be one


@contextlib.contextmanager
def guarded(exporter: Exporter, path: Path, part: Path) -> Iterator[Home]:
    """Turn whatever an exporter raises into one sentence, and come back from where it goes.

    Args:
        exporter: What writes.
        path: The file that the user named, which the sentence names too.
        part: The file that is written, and takes its place.
    """
    written = str(part.absolute())
    try:
        with same_folder() as home:
            yield home
    except DataError as error:
        source, problem = (s.replace(written, str(path)) for s in (error.source, error.problem))
        raise DataError(source, problem, error.line) from error
    except CqcParseError:
        raise
    except Exception as error:
        of = f" of plugin {exporter.plugin}" if exporter.plugin else ""
        said = account(error).replace(written, str(path))
        problem = f"the exporter {exporter.name!r}{of} failed: {said}; tell its author"
        raise DataError(str(path), problem) from error


def _write_lines(part: Path, reports: Iterable[Assessment | Report]) -> None:
    with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(f"{report.to_json()}\n" for report in reports)

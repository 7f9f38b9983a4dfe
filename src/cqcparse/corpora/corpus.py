"""Corpus: the reports that many pages make, as tables, and what can be asked of them."""

from __future__ import annotations

import difflib
import html
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from cqcparse.corpora.combining import combined_or_failed
from cqcparse.corpora.engine import Engine, needed
from cqcparse.corpora.gathering import Gathered
from cqcparse.corpora.questioning import Question, questions_of
from cqcparse.corpora.saved import TABLES, Saved, database_alone, no_text
from cqcparse.corpora.tables import CorpusTable, table_of_rows
from cqcparse.errors import QuestionError, ReadError
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.tables import Cell, CorpusTableName, Table
from cqcparse.output.everything import FolderForm, write_all
from cqcparse.output.exporting import report_suffixes, suffix_of, write_reports
from cqcparse.output.provenance import Provenance
from cqcparse.output.sql import quoted
from cqcparse.parser import Parser
from cqcparse.reading.failures import ReadFailure
from cqcparse.reading.folders import SUFFIXES, base_of, reports_in

if TYPE_CHECKING:
    from cqcparse.corpora.site import Built


class Corpus:
    """The reports that many pages make, and their tables.

    Nothing is read before something is asked for. Then each page is read once; its rows go to a
    file on disk, so that memory does not grow with the text.

    Args:
        pages: The pages, and the failures among them. For :meth:`combined`, and what is made of
            it, they are gone through again, which an iterator does not allow.
        parser: What reads them.
        base: The folder that sources are named in; None to leave them as they are.

    Examples:
        >>> import cqcparse
        >>> corpus = cqcparse.corpus("seeds")
        >>> [row["pages"] for row in corpus.reports()]
        [1, 1, 1]
        >>> corpus.mentions("funding").columns[-3:]
        ('purpose', 'negation', 'event_id')
    """

    def __init__(
        self,
        pages: Iterable[Assessment | ReadFailure],
        parser: Parser,
        *,
        base: str | None = None,
    ) -> None:
        self._parser = parser
        self._pages = pages
        self._tables: Gathered | Saved = Gathered(pages, parser, base)

    @classmethod
    def saved(cls, path: str | os.PathLike[str], *, parser: Parser | None = None) -> Corpus:
        """Return a corpus that was written to a database; nothing is read again.

        Args:
            path: What ``cqcparse tables`` or :meth:`write` wrote, ``.sqlite`` or ``.duckdb``.
            parser: Whose plugins bring further questions; by default one with all plugins.

        Raises:
            DataError: If it is not such a database.
        """
        made = cls((), parser or Parser())
        made._tables = Saved(Path(path))
        return made

    def __repr__(self) -> str:
        """Return one line; a corpus that nothing was asked of yet is not read for it."""
        if not self._tables.is_read:
            return "<Corpus, not read yet>"
        lost = f", {len(self.failures)} sources not read" if self.failures else ""
        return f"<Corpus of {len(self.reports())} reports from {len(self.pages())} pages{lost}>"

    def _repr_html_(self) -> str:
        """Return the tables for a notebook, with how many rows each has; it reads the corpus."""
        tables = [self.table(name) for name in TABLES]
        rows = "".join(
            f"<tr><td>{name}</td><td>{len(table):,}</td><td>{html.escape(table.schema.about)}</td></tr>"
            for name, table in zip(TABLES, tables, strict=True)
        )
        head = "<tr><th>table</th><th>rows</th><th>what a row is</th></tr>"
        return f"<div><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"

    def reports(self) -> CorpusTable:
        """One row a report: the authority, its rating, and what the nine scores add up to."""
        return self.table("reports")

    def pages(self) -> CorpusTable:
        """One row a page, with its content hash."""
        return self.table("pages")

    def statements(self) -> CorpusTable:
        """One row a quality statement of a report, with its score."""
        return self.table("statements")

    def scores(self) -> CorpusTable:
        """One row a report, with its nine scores side by side."""
        return self.table("scores")

    def sections(self) -> CorpusTable:
        """One row a heading with the text under it."""
        return self.table("sections")

    def sentences(self) -> CorpusTable:
        """One row a sentence."""
        return self.table("sentences")

    def mentions(self, kind: str | None = None) -> CorpusTable:
        """One row a mention.

        Args:
            kind: Only those of this kind, with the columns of its attributes and no others.
        """
        return self.table("mentions", kind)

    def entities(self, kind: str | None = None) -> CorpusTable:
        """One row a thing that is named, over all reports.

        Args:
            kind: Only those of this kind.
        """
        return self.table("entities", kind)

    def facts(self) -> CorpusTable:
        """One row a date or figure of a landing page."""
        return self.table("facts")

    def diagnostics(self) -> CorpusTable:
        """One row a remark: what is missing, doubtful or failed."""
        return self.table("diagnostics")

    def authorities(self) -> CorpusTable:
        """One row a council with duties for adult social care, whether or not it has a report."""
        return self.table("authorities")

    def table(self, name: CorpusTableName, kind: str | None = None) -> CorpusTable:
        """Return a table by its name.

        Args:
            name: The name.
            kind: Of mentions and entities, only those of this kind.

        Raises:
            ValueError: If there is no such table, or no such kind.
        """
        if name not in TABLES:
            msg = f"there is no table {name!r}; the tables are {', '.join(TABLES)}"
            raise ValueError(msg)
        tables = self._tables
        shape = tables.schema(name)
        where, arguments = "", tuple[Cell, ...]()
        if kind is not None:
            shape, where, arguments = self._of_kind(shape, kind), "WHERE kind = ?", (kind,)
        columns = ", ".join(quoted(column.name) for column in shape.columns)
        query = f"SELECT {columns} FROM {quoted(name)} {where}"  # noqa: S608 - quoted names
        return CorpusTable(shape, lambda: tables.batches(query, arguments), lambda: self.provenance)

    def ask(self, question: str, **given: object) -> CorpusTable:
        """Return the answer to one of the questions people have.

        Args:
            question: Its name, as ``questions`` has it.
            **given: Values of its parameters.

        Raises:
            QuestionError: If there is no such question, a value is none that it may be, or a kind
                of mention is missing that only a plugin finds.
            MissingPackageError: If DuckDB is not installed.
        """
        named = question.replace("_", "-")
        known = {item.name: item for item in self.questions}
        if named not in known:
            near = difflib.get_close_matches(named, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            raise QuestionError(question, "there is no such question", hint)
        asked = known[named]
        values = asked.bound(given)
        for kind in asked.needs:
            if kind not in self._tables.kinds:
                problem = f"it needs mentions of the kind {kind!r}, which no plugin here finds"
                raise QuestionError(named, problem, f"pip install cqcparse-{kind}s")
        for parameter in asked.parameters:
            if parameter.found and values[parameter.name] is not None:
                found = self._engine.answer(parameter.found, {}, name=f"question {named!r}")
                there = {str(cell) for row in found.rows for cell in row if cell is not None}
                parameter.check(values[parameter.name], there, named)
        answer = self._engine.answer(asked.query, values, name=f"question {named!r}")
        columns = tuple(
            attrs.evolve(column, about=asked.columns.get(column.name, column.about))
            for column in answer.columns
        )
        table = Table(name=named, columns=columns, about=asked.about)
        return table_of_rows(table, answer.rows, lambda: self.provenance)

    def sql(self, query: str) -> CorpusTable:
        """Return the answer to a query of SQL over the tables, as DuckDB takes it.

        Args:
            query: The query; it can reach the tables and the views ``league``, ``money`` and
                ``coverage``, and no file.

        Raises:
            DataError: If DuckDB does not take it.
            MissingPackageError: If DuckDB is not installed.
        """
        answer = self._engine.answer(query, {}, name="the query")
        table = Table(name="answer", columns=answer.columns)
        return table_of_rows(table, answer.rows, lambda: self.provenance)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that can be asked: the built-in ones, then those of plugins."""
        questions, _ = questions_of(self._parser.plugins)
        return questions

    @cached_property
    def _engine(self) -> Engine:
        needed()  # before all pages are read
        schemas = {name: self._tables.schema(name) for name in TABLES}
        return Engine(self._tables.folder, lambda name: self.table(name).with_rows(), schemas)

    def combined(self) -> Iterator[Report]:
        """Yield the reports themselves, each put together of its pages, with all their text.

        The pages are read for it, whether or not the tables were made before; what cannot be read
        is left out and among the :attr:`failures`.

        Raises:
            DataError: If the pages are not at hand: the corpus is one of :meth:`saved`.

        Examples:
            >>> import cqcparse
            >>> [len(report.mentions) > 50 for report in cqcparse.corpus("seeds").combined()]
            [True, True, True]
        """
        return (found for found in self._combined_or_failed() if isinstance(found, Report))

    def site(self, folder: str | os.PathLike[str]) -> Built:
        """Write pages about the reports for a browser, as ``cqcparse site`` does.

        Args:
            folder: Where the site goes: a new or empty folder, or one that holds an earlier site,
                which it replaces. Its first page is ``index.html``.

        Returns:
            How many ``councils`` and ``pages`` the site has, and what was ``left_out``, in a
            sentence each.

        Raises:
            DataError: If the folder holds other things or cannot be written, if no report is of
                a council, or if the pages are not at hand, as for :meth:`combined`.

        Examples:
            >>> import tempfile
            >>> import cqcparse
            >>> site = cqcparse.corpus("seeds").site(tempfile.mkdtemp())
            >>> site.councils, site.left_out
            (3, ())
        """
        from cqcparse.corpora.site import build  # noqa: PLC0415 - brings templates

        return build(self._combined_or_failed(), folder, self._parser.plugins)

    def write(self, path: str | Path, *, form: FolderForm = "csv", raw: bool = False) -> None:
        """Write all tables at once, or the reports themselves.

        Args:
            path: ``.sqlite`` (with indexes, views and a search over sentences), ``.duckdb`` or
                ``.xlsx``, which are replaced; or a folder, which gets a file for each table and
                ``datapackage.json``. Or a suffix of whole reports, which :meth:`combined` gives
                and :meth:`cqcparse.Assessment.write` names.
            form: What the files of a folder are: ``csv`` or ``parquet``.
            raw: Whether CSV is written for programs, not for spreadsheets.

        Raises:
            DataError: If the suffix is not known or the file cannot be written.
            MissingPackageError: If a package is missing.
        """
        path = Path(path)
        suffixes = report_suffixes(self._parser.exporters)
        if suffix_of(path, suffixes) and not path.is_dir():
            write_reports(path, self.combined(), parser=self._parser)
            return
        tables = [self.table(name).with_rows() for name in TABLES]
        write_all(path, tables, self.provenance, form=form, raw=raw, others=suffixes)

    @property
    def failures(self) -> tuple[ReadFailure, ...]:
        """The sources that could not be read."""
        return self._tables.failures

    @property
    def provenance(self) -> Provenance:
        """What made the tables, and of what."""
        return self._tables.provenance

    def _combined_or_failed(self) -> Iterator[Report | ReadFailure]:
        pages, frameworks = self._pages, self._parser.plugins.frameworks
        if isinstance(self._tables, Saved):
            raise no_text(self._tables.path)
        if iter(pages) is pages:
            msg = "the pages of this corpus are an iterator, which cannot be gone through twice"
            raise TypeError(msg)
        return combined_or_failed(pages, frameworks)

    def _of_kind(self, table: Table, kind: str) -> Table:
        """Return a table without the columns that only mentions of other kinds fill."""
        if kind not in self._tables.kinds:
            msg = f"there is no kind {kind!r}; the kinds are {', '.join(self._tables.kinds)}"
            raise ValueError(msg)
        if table.name != "mentions":
            return table
        columns = self._tables.columns_of(kind)
        return attrs.evolve(table, columns=tuple(c for c in table.columns if c.name in columns))


def corpus(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    workers: int = 1,
    parser: Parser | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Corpus:
    """Return the reports that pages make, and their tables; nothing is read until it is needed.

    Args:
        paths: A file or a folder, which is searched; or several. Or one ``.sqlite`` or
            ``.duckdb`` that ``cqcparse tables`` wrote, of which nothing is read again.
        workers: Processes to use, or 0 for one on each core; the tables are the same at any
            number.
        parser: What reads the pages; by default one with all plugins.
        progress: Called after each file with how many are read, and of how many: from it a notebook
            can show a bar with the rate and the time left.

    Raises:
        ReadError: If there is no such file or folder, or a folder has no reports. A file that
            cannot be read is among the ``failures``.
        DataError: If a database is none that ``cqcparse tables`` wrote.

    Examples:
        >>> import cqcparse
        >>> corpus = cqcparse.corpus("seeds")
        >>> [(row["short_name"], row["partnerships"]) for row in corpus.scores()]
        [('Ealing', 3), ('Hammersmith and Fulham', 2), ('Harrow', 3)]
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else [*paths]
    if database_alone(given):
        return Corpus.saved(given[0], parser=parser)
    chosen = parser or Parser()
    further = [suffix for reader in chosen.plugins.readers for suffix in reader.suffixes]
    files = [file for path in given for file in _files(path, (*SUFFIXES, *further))]
    pages = _ReadAnew(files, chosen, workers, progress)
    return Corpus(pages, chosen, base=base_of(given))


@attrs.frozen
class _ReadAnew:
    """Files that are read each time they are gone through."""

    files: Sequence[str | os.PathLike[str]]
    parser: Parser
    workers: int
    progress: Callable[[int, int], object] | None

    def __iter__(self) -> Iterator[Assessment | ReadFailure]:
        results = self.parser.read_many(self.files, workers=self.workers)
        for done, result in enumerate(results, 1):
            yield result
            if self.progress is not None:
                self.progress(done, len(self.files))


def _files(
    path: str | os.PathLike[str], suffixes: Sequence[str]
) -> Sequence[str | os.PathLike[str]]:
    """Return a file, or the files of a folder that look like reports."""
    if not os.path.lexists(path):
        raise ReadError(os.fspath(path), "there is no such file or folder", "check the path")
    if not os.path.isdir(path):  # noqa: PTH112 - may be bytes that are no text
        return [path]
    found = reports_in(Path(path), suffixes)
    if not found:
        wanted = ", ".join(suffixes)
        problem = f"the folder has no reports; looked for files named *{wanted}"
        raise ReadError(os.fspath(path), problem, "check the path")
    return found

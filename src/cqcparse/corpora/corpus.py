"""Corpus: the reports that many pages make, as tables, and what can be asked of them."""

from __future__ import annotations

import datetime as dt
import difflib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import attrs

from cqcparse.corpora.combining import combine
from cqcparse.corpora.engine import Engine
from cqcparse.corpora.provenance import provenance_of
from cqcparse.corpora.questioning import Question, questions_of
from cqcparse.corpora.store import PageRows, Store
from cqcparse.corpora.stubs import stub_of
from cqcparse.corpora.tables import CorpusTable, table_of_rows
from cqcparse.errors import QuestionError, ReadError
from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.report import Report
from cqcparse.model.tables import Cell, CorpusTableName, Row, Table
from cqcparse.output.everything import FolderForm, write_all
from cqcparse.output.keys import NO_REPORT, digest_of, keys_of, statement_id
from cqcparse.output.part_tables import page_row, remark_rows, statement_rows
from cqcparse.output.provenance import Provenance
from cqcparse.output.schemas import schema, types_of
from cqcparse.output.sql import quoted
from cqcparse.output.tables import fact_rows, report_cells, score_table
from cqcparse.parser import Parser, ReadFailure
from cqcparse.reading.folders import SUFFIXES, base_of, relative_to, reports_in
from cqcparse.registry import authorities, boards_for_authority

#: All tables, in an order in which each leads to earlier ones only.
TABLES: tuple[CorpusTableName, ...] = (
    *("authorities", "reports", "pages", "statements", "sections", "sentences", "entities"),
    *("mentions", "facts", "diagnostics", "scores", "provenance"),
)


@attrs.frozen(kw_only=True)
class _Page:
    """What is kept in memory of a page."""

    number: int
    stub: Assessment
    rows: PageRows
    sha256: str


class Corpus:
    """The reports that many pages make, and their tables.

    Nothing is read before something is asked for. Then each page is read once; its rows go to a
    file on disk, so that memory does not grow with the text.

    Args:
        pages: The pages, and the failures among them.
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
        self._results = pages
        self._parser = parser
        self._base = base
        self._failures: list[ReadFailure] = []

    def __repr__(self) -> str:
        """Return one line; a corpus that nothing was asked of yet is not read for it."""
        if "_store" not in vars(self):
            return "<Corpus, not read yet>"
        return f"<Corpus of {len(self.reports())} reports from {len(self.pages())} pages>"

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
        store = self._store
        shape = store.schema(name)
        where, arguments = "", tuple[Cell, ...]()
        if kind is not None:
            shape, where, arguments = self._of_kind(shape, kind), "WHERE kind = ?", (kind,)
        columns = ", ".join(quoted(column.name) for column in shape.columns)
        query = f"SELECT {columns} FROM {quoted(name)} {where}"  # noqa: S608 - quoted names
        return CorpusTable(shape, lambda: store.batches(query, arguments), lambda: self.provenance)

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
        found = {cls.kind for cls in self._parser.kinds}
        for kind in asked.needs:
            if kind not in found:
                problem = f"it needs mentions of the kind {kind!r}, which no plugin here finds"
                raise QuestionError(named, problem, f"pip install cqcparse-{kind}s")
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
        store = self._store
        schemas = {name: store.schema(name) for name in TABLES}
        return Engine(store.path.parent, lambda name: self.table(name).with_rows(), schemas)

    def write(self, path: str | Path, *, form: FolderForm = "csv", raw: bool = False) -> None:
        """Write all tables at once.

        Args:
            path: ``.sqlite`` (with indexes, views and a search over sentences), ``.duckdb`` or
                ``.xlsx``, which are replaced; or a folder, which gets a file for each table and
                ``datapackage.json``.
            form: What the files of a folder are: ``csv`` or ``parquet``.
            raw: Whether CSV is written for programs, not for spreadsheets.

        Raises:
            DataError: If the suffix is not known or the file cannot be written.
            MissingPackageError: If a package is missing.
        """
        tables = [self.table(name).with_rows() for name in TABLES]
        write_all(path, tables, self.provenance, form=form, raw=raw)

    @property
    def failures(self) -> tuple[ReadFailure, ...]:
        """The sources that could not be read."""
        self._read  # noqa: B018 - then they are known
        return tuple(self._failures)

    @cached_property
    def provenance(self) -> Provenance:
        """What made the tables, and of what."""
        return provenance_of(
            self._parser,
            frameworks=[page.stub.framework for page in self._read],
            sources=[(self._named(page.stub.source), page.sha256) for page in self._read],
            failures=[(self._named(f.source), self._account(f)) for f in self._failures],
        )

    @cached_property
    def _read(self) -> tuple[_Page, ...]:
        """The pages, whose rows are on disk."""
        read: list[_Page] = []
        for result in self._results:
            if isinstance(result, ReadFailure):
                self._failures.append(result)
                continue
            rows = self._new_store.add_page(result)
            digest = digest_of(result)
            read.append(_Page(number=len(read), stub=stub_of(result), rows=rows, sha256=digest))
        self._results = ()
        return tuple(read)

    @cached_property
    def _new_store(self) -> Store:
        return Store(self._parser.kinds)

    @cached_property
    def _store(self) -> Store:
        """All tables, on disk."""
        store, pages = self._new_store, self._read
        frameworks = (*builtin_frameworks(), *self._parser.plugins.frameworks)
        reports = combine([page.stub for page in pages], frameworks=self._parser.plugins.frameworks)
        by_stub = {id(page.stub): page for page in pages}
        keyed = [*_keyed(reports, by_stub)]
        occasions = _occasions(keyed)
        places: list[tuple[int, Row]] = []
        tables: dict[CorpusTableName, list[Row]] = {
            name: [] for name in ("reports", "pages", "statements", "facts", "diagnostics")
        }
        for report, keys in keyed:
            keys["source"] = self._named(str(keys["source"])) if keys["source"] else None
            of_report = report_cells(report) | keys
            tables["reports"].append(
                of_report
                | {"pages": len(report.pages), "missing": "; ".join(report.missing) or None}
                | occasions[id(report)]
            )
            tables["statements"] += self._statements(report, keys, by_stub)
            for page in (by_stub[id(stub)] for stub in report.pages):
                own = keys | page.rows.keys | {"page_id": page.rows.id}
                own["source"] = self._named(page.stub.source) if page.stub.source else None
                places.append((page.number, own))
                tables["pages"].append(
                    page_row(page.stub.document, own, page.rows.characters, page.sha256)
                )
                tables["facts"] += fact_rows(page.stub, own)
                tables["diagnostics"] += remark_rows(page.stub.diagnostics, own)
            tables["diagnostics"] += remark_rows(self._doubts(report), keys | {"page_id": None})
        tables["diagnostics"] += map(self._failed, self._failures)
        for number, row in enumerate(tables["diagnostics"], 1):
            row["diagnostic_id"] = number
        for name, rows in tables.items():
            columns = types_of(name)
            store.add_table(schema(name), ({c: row.get(c) for c in columns} for row in rows))
        self._add_scores(store, reports, tables["reports"], frameworks)
        store.finish(places)
        store.add_table(schema("authorities"), _authorities())
        store.add_entities()
        store.add_table(schema("provenance"), self.provenance.rows())
        return store

    def _statements(self, report: Report, keys: Row, by_stub: dict[int, _Page]) -> Iterator[Row]:
        """Yield the rows of the quality statements, with the ids that this corpus has."""
        for row, item in zip(statement_rows(report), report.statements, strict=True):
            own = by_stub[id(item.page)]
            named = {"source": self._named(own.stub.source) if own.stub.source else None}
            ids = {"page_id": own.rows.id, "statement_id": statement_id(keys, item.id)}
            made = row | keys | named | ids | {"url": own.rows.keys["url"]}
            if item.scored and item.scored.source:
                made["score_source"] = self._named(item.scored.source)
            yield made

    def _named(self, source: str | None) -> str:
        return relative_to(self._base, source or "")

    def _failed(self, failure: ReadFailure) -> Row:
        return {
            "source": self._named(failure.source),
            "code": "not-read",
            "severity": "error",
            "message": self._account(failure),
        }

    def _account(self, failure: ReadFailure) -> str:
        """Return why a source could not be read, with its name in the folder."""
        error = failure.error
        if isinstance(error, ReadError):
            error = attrs.evolve(error, source=self._named(error.source))
        return str(error)

    def _doubts(self, report: Report) -> Iterator[Diagnostic]:
        """Yield what is to be said of a report, with the names of its pages in the folder."""
        for doubt in report.diagnostics:
            message = doubt.message
            for source in filter(None, (page.source for page in report.pages)):
                message = message.replace(source, self._named(source))
            yield attrs.evolve(doubt, message=message)

    def _add_scores(
        self,
        store: Store,
        reports: Sequence[Report],
        cells: Sequence[Row],
        frameworks: Sequence[Framework],
    ) -> None:
        table, rows = score_table(reports, frameworks)
        own = schema("scores").columns
        named = (
            row | {column.name: cell[column.name] for column in own}
            for row, cell in zip(rows, cells, strict=True)
        )
        store.add_table(table, named)

    def _of_kind(self, table: Table, kind: str) -> Table:
        """Return a table without the columns that only mentions of other kinds fill."""
        known = [cls.kind for cls in self._parser.kinds]
        if kind not in known:
            msg = f"there is no kind {kind!r}; the kinds are {', '.join(known)}"
            raise ValueError(msg)
        if table.name != "mentions":
            return table
        columns = self._store.mention_columns(kind)
        return attrs.evolve(table, columns=tuple(c for c in table.columns if c.name in columns))


def corpus(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    workers: int = 1,
    parser: Parser | None = None,
) -> Corpus:
    """Return the reports that pages make, and their tables; nothing is read until it is needed.

    Args:
        paths: A file or a folder, which is searched; or several.
        workers: Processes to use, or 0 for one on each core; the tables are the same at any
            number.
        parser: What reads the pages; by default one with all plugins.

    Examples:
        >>> import cqcparse
        >>> corpus = cqcparse.corpus("seeds")
        >>> [(row["short_name"], row["partnerships"]) for row in corpus.scores()]
        [('Ealing', 3), ('Hammersmith and Fulham', 2), ('Harrow', 3)]
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else [*paths]
    chosen = parser or Parser()

    def pages() -> Iterator[Assessment | ReadFailure]:
        further = [suffix for reader in chosen.plugins.readers for suffix in reader.suffixes]
        files: list[str | os.PathLike[str]] = []
        for path in given:
            folder = os.path.isdir(path)  # noqa: PTH112 - may hold NUL
            files += reports_in(Path(path), (*SUFFIXES, *further)) if folder else [path]
        yield from chosen.read_many(files, workers=workers)

    return Corpus(pages(), chosen, base=base_of(given))


def _keyed(reports: Iterable[Report], by_stub: dict[int, _Page]) -> Iterator[tuple[Report, Row]]:
    """Yield each report with its keys; of two with the same id the second has a number behind."""
    times: dict[str, int] = {}
    for report in reports:
        keys = keys_of(report)
        id_ = str(keys["report_id"])
        if id_.startswith(NO_REPORT):  # which is made of the text, and a stub has none
            id_ = f"{NO_REPORT}{by_stub[id(report.pages[0])].rows.id}"
        times[id_] = times.get(id_, 0) + 1
        keys["report_id"] = id_ if times[id_] == 1 else f"{id_}-{times[id_]}"
        yield report, keys


def _occasions(keyed: Iterable[tuple[Report, Row]]) -> dict[int, Row]:
    """Return which assessment of its authority each report is, and whether it is the newest."""
    groups: dict[Cell, list[tuple[dt.date, int, Report]]] = {}
    for number, (report, keys) in enumerate(keyed):
        who = keys["ons_code"] or keys["authority"] or number
        day = report.month or report.published or dt.date.min
        groups.setdefault(who, []).append((day, number, report))
    return {
        id(report): {"occasion": place, "latest": place == len(group)}
        for group in groups.values()
        for place, (_, _, report) in enumerate(sorted(group, key=lambda found: found[:2]), 1)
    }


def _authorities() -> Iterator[Row]:
    for record in authorities():
        boards = boards_for_authority(record.ons_code)
        yield {
            "ons_code": record.ons_code,
            "authority": record.name,
            "short_name": record.short_name,
            "authority_type": record.type,
            "region": record.region,
            "icb_code": "; ".join(board.ods_code for board in boards) or None,
            "icb": "; ".join(board.name for board in boards) or None,
        }

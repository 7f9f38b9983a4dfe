"""Pages -> the tables of a corpus: rows on disk, and the reports that the pages turn out to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import attrs

from cqcparse.corpora.combining import combine
from cqcparse.corpora.provenance import provenance_of
from cqcparse.corpora.store import PageRows, Store
from cqcparse.corpora.stubs import stub_of
from cqcparse.errors import ReadError
from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.report import Report
from cqcparse.model.tables import Cell, CorpusTableName, Row, Table
from cqcparse.output.keys import NO_REPORT, digest_of, keys_of, statement_id
from cqcparse.output.part_tables import page_row, remark_rows, statement_rows
from cqcparse.output.provenance import Provenance
from cqcparse.output.schemas import schema, types_of
from cqcparse.output.tables import fact_rows, report_cells, score_table
from cqcparse.parser import Parser
from cqcparse.reading.failures import ReadFailure
from cqcparse.reading.folders import relative_to
from cqcparse.registry import authorities, boards_for_authority


@attrs.frozen(kw_only=True)
class _Page:
    """What is kept in memory of a page."""

    number: int
    stub: Assessment
    rows: PageRows
    sha256: str


class Gathered:
    """The tables of pages, which are read when the first table is asked for.

    Args:
        pages: The pages, and the failures among them.
        parser: What reads them.
        base: The folder that sources are named in; None to leave them as they are.
    """

    def __init__(
        self, pages: Iterable[Assessment | ReadFailure], parser: Parser, base: str | None
    ) -> None:
        self._results = pages
        self._parser = parser
        self._base = base
        self._failures: list[ReadFailure] = []

    @property
    def is_read(self) -> bool:
        """Whether the pages were read."""
        return "_store" in vars(self)

    @property
    def folder(self) -> Path:
        """Where files may be that are gone with the tables."""
        return self._store.path.parent

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of mention that are looked for."""
        return tuple(cls.kind for cls in self._parser.kinds)

    def schema(self, name: CorpusTableName) -> Table:
        """Return the columns of a table."""
        return self._store.schema(name)

    def columns_of(self, kind: str) -> frozenset[str]:
        """Return the columns of mentions that mentions of a kind may fill."""
        return self._store.mention_columns(kind)

    def batches(
        self, query: str, arguments: Sequence[Cell] = ()
    ) -> Iterator[list[tuple[Cell, ...]]]:
        """Yield the rows of a query, some thousand at a time."""
        return self._store.batches(query, arguments)

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
        seen: set[str] = set()
        for result in self._results:
            if isinstance(result, ReadFailure):
                self._failures.append(result)
                continue
            if result.source in seen:  # a folder, and once more a file in it
                continue
            seen |= {result.source} if result.source else set()
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

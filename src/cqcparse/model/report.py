"""Report: the pages of one assessment of one authority, put together."""

from __future__ import annotations

import datetime as dt
import os
import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import Generic, TypeVar, overload

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.facts import Fact
from cqcparse.model.mentions import Mention
from cqcparse.model.scores import Overall, Score, Tally
from cqcparse.model.sections import Section
from cqcparse.model.statements import Authority, StatementAssessment
from cqcparse.model.tables import Row, TableName

ItemT = TypeVar("ItemT")
MentionT = TypeVar("MentionT", bound=Mention)


@attrs.frozen(kw_only=True)
class OnPage(Generic[ItemT]):
    """Something with the page it was read from: its spans are places in that page's document.

    Attributes:
        page: The page.
        item: What was read from it.

    Examples:
        >>> import cqcparse
        >>> (report,) = cqcparse.combine([cqcparse.read("seeds/harrow.txt")])
        >>> found = report.mentions[0]
        >>> found.source, found.page.document.quote(found.item.span).text == found.item.text
        ('seeds/harrow.txt', True)
    """

    page: Assessment = attrs.field(repr=lambda page: repr(page.source))
    item: ItemT

    @property
    def source(self) -> str | None:
        """Path, address or name of the page."""
        return self.page.source


@attrs.frozen(kw_only=True, repr=False)
class ReportStatement:
    """A quality statement of a report, with the fullest page about it.

    Attributes:
        page: Where its sections are.
        statement: What that page says.
        scored: Its score with the page that prints it: its own, else another; None if none
            does.

    Examples:
        >>> import cqcparse
        >>> (report,) = cqcparse.combine([cqcparse.read("seeds/harrow.txt")])
        >>> report.statements[0].id, report.statements[0].score.value
        ('partnerships', 3)
    """

    page: Assessment = attrs.field(repr=lambda page: repr(page.source))
    statement: StatementAssessment
    scored: OnPage[Score] | None

    def __repr__(self) -> str:
        """Return one line."""
        return f"<{self.statement!r} on {self.page.source!r}>"

    def _repr_html_(self) -> str:
        """Return a card for a notebook."""
        from cqcparse.output.html.notebook import statement_card  # noqa: PLC0415 - notebooks only

        return statement_card(self)

    @property
    def id(self) -> str:
        """Id in the framework profile."""
        return self.statement.id

    @property
    def title(self) -> str:
        """The heading as printed."""
        return self.statement.title.text

    @property
    def theme(self) -> str:
        """Id of the theme."""
        return self.statement.theme

    @property
    def score(self) -> Score | None:
        """The score; its spans are places in the document of ``scored.page``."""
        return self.scored.item if self.scored else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions in the statement, in order."""
        span = self.statement.span
        return tuple(m for m in self.page.mentions if span.contains(m.span.start))


# Not slotted: what follows from the pages is computed once, on first use.
@attrs.frozen(kw_only=True, slots=False, repr=False)
class Report:
    """One assessment of one authority. Each page keeps its document, and its own diagnostics.

    Attributes:
        authority: As the page that says it best has it; the span is a place in that page.
        framework: Id of the framework profile.
        month: First day of the month in the addresses of the pages, which is near that of
            publication.
        pages: In the order of the framework: landing page, summary, then statement by
            statement.
        missing: Ids of the pages and quality statements that a whole report has and this
            one has not.
        tally: What the scores of all statements add up to, from whatever pages; None if one
            is missing.
        diagnostics: What is to be said of the pages together; each page has its own, see
            :attr:`page_diagnostics`
            besides.

    Examples:
        >>> import cqcparse
        >>> (report,) = cqcparse.combine([cqcparse.read("seeds/harrow.txt")])
        >>> report.statement("partnerships").score.value, len(report.missing)
        (3, 10)
    """

    authority: Authority | None
    framework: str
    month: dt.date | None
    pages: tuple[Assessment, ...]
    missing: tuple[str, ...]
    tally: Tally | None
    diagnostics: tuple[Diagnostic, ...]

    def __repr__(self) -> str:
        """Return one line: the whole of it, text included, is :meth:`to_json`."""
        name = self.authority.name if self.authority else "an unknown authority"
        line = (
            f"<Report on {name} from {self.source or 'texts'}: {len(self.pages)} pages, "
            f"{len(self.statements)} statements, {len(self.mentions)} mentions>"
        )
        return " ".join(line.split())  # a name of a file may hold a line end

    def _repr_html_(self) -> str:
        """Return a card for a notebook: authority, rating, nine scores in colour."""
        from cqcparse.output.html.notebook import report_card  # noqa: PLC0415 - notebooks only

        return report_card(self)

    @property
    def source(self) -> str | None:
        """The path of the only page, else the folder that all pages are in; None without one."""
        sources = {page.source for page in self.pages}
        if len(sources) == 1 or None in sources:
            return self.pages[0].source
        names = [(source or "").replace("\\", "/") for source in sorted(map(str, sources))]
        try:
            return posixpath.commonpath(names) or None
        except ValueError:  # absolute and relative paths
            return None

    @property
    def indicative(self) -> bool:
        """Whether scores or rating are said to be indicative, as in the pilots."""
        return any(page.indicative for page in self.pages)

    @property
    def is_local_authority_assessment(self) -> bool:
        """Whether the pages are those of such a report."""
        return any(page.is_local_authority_assessment for page in self.pages)

    @cached_property
    def rated(self) -> OnPage[Overall] | None:
        """The overall rating with the page that prints most of it; None if none does."""
        found = [OnPage(page=page, item=page.overall) for page in self.pages if page.overall]
        return max(found, key=lambda on: _fullness(on.item), default=None)

    @property
    def overall(self) -> Overall | None:
        """The overall rating; its spans are places in the document of ``rated.page``."""
        return self.rated.item if self.rated else None

    @cached_property
    def statements(self) -> tuple[ReportStatement, ...]:
        """The quality statements, each once, in the order of the framework."""
        found: dict[str, list[OnPage[StatementAssessment]]] = {}
        for page in self.pages:
            for statement in page.statements:
                found.setdefault(statement.id, []).append(OnPage(page=page, item=statement))
        return tuple(map(_fullest, found.values()))

    @property
    def mentions(self) -> tuple[OnPage[Mention], ...]:
        """The mentions of all pages, page by page."""
        return tuple(OnPage(page=page, item=m) for page in self.pages for m in page.mentions)

    @overload
    def of(self, kind: str) -> tuple[OnPage[Mention], ...]: ...
    @overload
    def of(self, kind: type[MentionT]) -> tuple[OnPage[MentionT], ...]: ...
    def of(
        self, kind: str | type[MentionT]
    ) -> tuple[OnPage[Mention], ...] | tuple[OnPage[MentionT], ...]:
        """Return the mentions of one kind, given by its name or its class, page by page."""
        return tuple(OnPage(page=page, item=m) for page in self.pages for m in page.of(kind))

    @property
    def page_diagnostics(self) -> tuple[OnPage[Diagnostic], ...]:
        """The warnings and errors of all pages, page by page."""
        return tuple(
            OnPage(page=page, item=diagnostic)
            for page in self.pages
            for diagnostic in page.diagnostics
            if diagnostic.severity != "info"
        )

    @property
    def facts(self) -> tuple[OnPage[Fact], ...]:
        """The dates and figures of all pages, page by page."""
        return tuple(OnPage(page=page, item=f) for page in self.pages for f in page.facts)

    def fact(self, id_: str, aspect: str | None = None) -> OnPage[Fact] | None:
        """Return the first fact of that id; see :meth:`cqcparse.Assessment.fact`."""
        found = (OnPage(page=page, item=page.fact(id_, aspect)) for page in self.pages)
        return next((OnPage(page=on.page, item=on.item) for on in found if on.item), None)

    @property
    def published(self) -> dt.date | None:
        """The day on which the first page that says so was published."""
        fact = self.fact("published")
        return fact.item.date if fact else None

    def statement(self, id_: str) -> ReportStatement | None:
        """Return the quality statement of that id; None if no page is about it."""
        return next((item for item in self.statements if item.id == id_), None)

    def sections_of(self, id_: str) -> tuple[OnPage[Section], ...]:
        """Return the sections under the heading or theme of that id, with text, page by page.

        Args:
            id_: Id in the framework profile, such as ``peoples-experiences``.
        """
        return tuple(on for on in self._walk() if on.item.id == id_ and on.item.paragraphs)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the report as JSON; :func:`cqcparse.report_from_json` gives it back unchanged."""
        from cqcparse.output.serialise import to_json  # noqa: PLC0415 - serialise reads this module

        return to_json(self, indent=indent)

    def to_html(self) -> str:
        """Return a page of HTML that shows all pages; see :meth:`cqcparse.Assessment.to_html`."""
        from cqcparse.output.html import to_html  # noqa: PLC0415 - the viewer reads this module

        return to_html(self)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write all pages to a file; see :meth:`cqcparse.Assessment.write`."""
        from cqcparse.output.exporting import write_reports  # noqa: PLC0415 - it reads this module

        write_reports(path, [self])

    def rows(self, table: TableName = "mentions") -> list[Row]:
        """Return the rows of a table for all pages; see :meth:`cqcparse.Assessment.rows`.

        A statement has one row, with its score and the page that prints it.
        """
        from cqcparse.output.rows import rows_of  # noqa: PLC0415 - the tables read this module

        return rows_of(self, table)

    def _walk(self) -> Iterator[OnPage[Section]]:
        for page in self.pages:
            for section in page.walk():
                yield OnPage(page=page, item=section)


def _fullness(overall: Overall) -> int:
    return (overall.rating is not None) + (overall.percentage is not None)


def _fullest(found: list[OnPage[StatementAssessment]]) -> ReportStatement:
    """Return a statement with the page that has most of it, and its score from there if it can."""
    best = max(found, key=lambda on: (len(on.item.sections), len(on.item.span)))
    scores = [OnPage(page=on.page, item=on.item.score) for on in (best, *found) if on.item.score]
    return ReportStatement(
        page=best.page, statement=best.item, scored=scores[0] if scores else None
    )

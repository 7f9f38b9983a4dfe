"""Assessments of single pages -> reports: pages of one authority and one assessment together."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterable, Iterator, Sequence

import attrs

from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.report import Report
from cqcparse.reading.failures import ReadFailure
from cqcparse.structure.ratings import check_overall
from cqcparse.structure.score_totals import tally

#: How much the ways to learn the authority are believed.
_BASES = ("given", "title", "url", "body")


def combine(
    assessments: Iterable[Assessment], *, frameworks: Sequence[Framework] = ()
) -> tuple[Report, ...]:
    """Put the pages of each report together.

    Pages belong together if they are of the same authority and the same assessment of it. Which
    one they are of is told by the month in their address, else by the day they were published;
    indicative scores are those of a pilot. Pages that say neither join the only assessment there
    is of their authority, or the one in their folder. What is no assessment, or of an unknown
    authority, is a report of its own.

    Args:
        assessments: The pages, in any order.
        frameworks: Profiles beside the built-in ones that may have been applied.

    Returns:
        The reports, in the order of their first pages.

    Examples:
        >>> import cqcparse
        >>> (report,) = cqcparse.combine([cqcparse.read("seeds/harrow.txt")])
        >>> report.authority.name, len(report.pages), len(report.statements)
        ('London Borough of Harrow', 1, 1)
    """
    profiles = {framework.id: framework for framework in (*builtin_frameworks(), *frameworks)}
    places: dict[int, int] = {}
    by_authority: dict[object, list[Assessment]] = {}
    for number, page in enumerate(assessments):
        places[id(page)] = number
        by_authority.setdefault(_authority_key(page, number), []).append(page)
    groups = [
        group
        for pages in by_authority.values()
        for group in _occasions([_Page.of(page, profiles.get(page.framework)) for page in pages])
    ]
    groups.sort(key=lambda group: min(places[id(page)] for page in group.pages))
    return tuple(_report(group, profiles.get(group.pages[0].framework)) for group in groups)


def combined_or_failed(
    results: Iterable[Assessment | ReadFailure], frameworks: Sequence[Framework]
) -> Iterator[Report | ReadFailure]:
    """Yield the failures among pages, and then the reports that the others make."""
    pages: list[Assessment] = []
    for result in results:
        if isinstance(result, ReadFailure):
            yield result
        else:
            pages.append(result)
    yield from combine(pages, frameworks=frameworks)


@attrs.frozen
class _Page:
    """A page, and what tells which assessment it is of."""

    page: Assessment
    month: dt.date | None
    published: dt.date | None
    pilot: bool

    @classmethod
    def of(cls, page: Assessment, framework: Framework | None) -> _Page:
        published = page.published
        years = framework.score.indicative_years if framework else ()
        pilot = page.indicative or (published is not None and published.year in years)
        return cls(page, _month(page), published, pilot)

    @property
    def folder(self) -> str | None:
        """Where its file is; None if that is not said."""
        source = (self.page.source or "").replace("\\", "/")
        return posixpath.dirname(source) or None


@attrs.define
class _Group:
    """The pages of one assessment."""

    pages: list[Assessment] = attrs.Factory(list)
    month: dt.date | None = None
    published: set[dt.date] = attrs.Factory(set)
    folders: set[str | None] = attrs.Factory(set)
    pilot: bool = False
    #: Whether its pages could belong to another assessment of the authority as well.
    doubtful: bool = False

    def add(self, page: _Page) -> None:
        self.pages.append(page.page)
        self.folders.add(page.folder)
        if page.published:
            self.published.add(page.published)

    def takes(self, published: dt.date) -> bool:
        """Return whether a page of that day is one of these."""
        return published in self.published or self.month == published.replace(day=1)


def _authority_key(page: Assessment, number: int) -> object:
    """Return what the pages of one authority share; pages without one share nothing."""
    authority = page.authority
    if authority is None or not page.is_local_authority_assessment:
        return number
    return page.framework, authority.ons_code or authority.name.lower()


def _month(page: Assessment) -> dt.date | None:
    """Return the month in the address of a page."""
    from cqcparse.registry.address_lookup import month_in_address  # noqa: PLC0415 - needed here only

    found = (month_in_address(place or "") for place in (page.document.address, page.source))
    return next(filter(None, found), None)


def _occasions(pages: Iterable[_Page]) -> list[_Group]:
    """Return the pages of one authority, assessment by assessment."""
    groups: list[_Group] = []
    rest: list[_Page] = []
    for page in pages:
        if page.month is not None:
            _group(groups, _Group(month=page.month)).add(page)
        elif page.pilot:
            _group(groups, _Group(pilot=True)).add(page)
        else:
            rest.append(page)
    for page in rest:
        if page.published is not None:
            published = page.published
            home = next((group for group in groups if group.takes(published)), None)
            (home or _new(groups, _Group())).add(page)
    undated = [page for page in rest if page.published is None]
    if not groups:
        return _by_folder(undated)
    homes = [_home(groups, page) for page in undated]
    stray = _Group(doubtful=True)
    for page, home in zip(undated, homes, strict=True):
        (home or stray).add(page)
    return [*groups, stray] if stray.pages else groups


def _by_folder(pages: Sequence[_Page]) -> list[_Group]:
    """Return pages without any date: all together, unless folders repeat each other."""
    folders: dict[str | None, _Group] = {}
    written: dict[str, set[str | None]] = {}
    for page in pages:
        folders.setdefault(page.folder, _Group(doubtful=True)).add(page)
        for statement in page.page.statements:
            if len(statement.sections) > 1:
                written.setdefault(statement.id, set()).add(page.folder)
    if any(len(places) > 1 for places in written.values()):
        return [*folders.values()]
    together = _Group()
    for page in pages:
        together.add(page)
    return [together]


def _group(groups: list[_Group], like: _Group) -> _Group:
    """Return the group with the month of *like*, or that of the pilot; *like* if it is new."""
    same = (group for group in groups if (group.month, group.pilot) == (like.month, like.pilot))
    return next(same, None) or _new(groups, like)


def _new(groups: list[_Group], group: _Group) -> _Group:
    groups.append(group)
    return group


def _home(groups: Sequence[_Group], page: _Page) -> _Group | None:
    """Return the group of a page without a date: the only one, or the one in its folder."""
    if len(groups) == 1:
        return groups[0]
    near = [group for group in groups if page.folder in group.folders]
    return near[0] if page.folder is not None and len(near) == 1 else None


def _report(group: _Group, framework: Framework | None) -> Report:
    """Return the report that the pages of a group make."""
    pages = tuple(sorted(group.pages, key=lambda page: _rank(page, framework)))
    named = [page.authority for page in pages if page.authority]
    whole = pages[0].is_local_authority_assessment and framework is not None
    report = Report(
        authority=min(named, key=lambda a: _BASES.index(a.basis), default=None),
        framework=pages[0].framework,
        month=group.month,
        pages=pages,
        missing=tuple(_missing(pages, framework)) if whole and framework else (),
        tally=None,
        diagnostics=(),
    )
    if framework is None:
        return report
    values = [item.score.value for item in report.statements if item.score]
    report = attrs.evolve(report, tally=tally(values, framework))
    return attrs.evolve(report, diagnostics=tuple(_doubts(report, group, values, framework)))


def _rank(page: Assessment, framework: Framework | None) -> tuple[float, str]:
    """Return the place of a page in the order of the framework."""
    if framework is None:
        return 0, page.source or ""
    ids = {section.id for section in page.sections}
    for number, kind in enumerate(framework.pages):
        if ids.intersection(kind.headings):
            return number, page.source or ""
    order = [statement.id for statement in framework.statements]
    places: list[float] = [order.index(s.id) for s in page.statements if s.id in order]
    if not places:
        themes = [theme.id for theme in framework.themes if theme.id in ids]
        places = [order.index(s.id) - 0.5 for s in framework.statements if s.theme in themes]
    return len(framework.pages) + min(places, default=len(order)), page.source or ""


def _missing(pages: Sequence[Assessment], framework: Framework) -> Iterator[str]:
    """Yield the ids of the pages and statements that are not there."""
    ids = {section.id for page in pages for section in page.sections}
    yield from (kind.id for kind in framework.pages if not ids.intersection(kind.headings))
    found = {s.id for page in pages for s in page.statements if len(s.sections) > 1}
    yield from (s.id for s in framework.statements if s.id not in found)


def _doubts(
    report: Report, group: _Group, values: Sequence[int], framework: Framework
) -> Iterator[Diagnostic]:
    name = report.authority.name if report.authority else report.source or "an unknown authority"
    if report.missing:
        message = f"of the report on {name!r}, pages are missing: {', '.join(report.missing)}"
        yield Diagnostic(code="report-incomplete", message=message)
    if group.doubtful:
        message = (
            f"{len(report.pages)} pages on {name!r} do not say which of its assessments they are "
            "of; they are kept as a report of their own"
        )
        yield Diagnostic(code="page-undated", message=message)
    yield from _conflicts(report)
    rated = report.rated
    if rated is not None and rated.page.tally is None:
        known = {doubt.message for doubt in rated.page.diagnostics}
        for doubt in check_overall(rated.item, rated.page.sections, values, framework):
            if doubt.message not in known:
                message = f"{rated.source}: {doubt.message}"
                yield attrs.evolve(doubt, message=message, span=None)


def _conflicts(report: Report) -> Iterator[Diagnostic]:
    """Yield where pages print different scores for one statement, or each print its findings."""
    for item in report.statements:
        others = [
            (page, statement)
            for page in report.pages
            for statement in page.statements
            if statement.id == item.id and page is not item.page
        ]
        for page, statement in others:
            if item.score and statement.score and statement.score.value != item.score.value:
                message = (
                    f"{item.title!r} has the score {item.score.value} on {item.page.source} and "
                    f"{statement.score.value} on {page.source}"
                )
                yield Diagnostic(code="score-conflict", message=message)
            if len(statement.sections) > 1:
                message = f"{item.title!r} is on {item.page.source} and again on {page.source}"
                yield Diagnostic(code="page-duplicate", message=message, severity="info")

"""Reports -> a folder of pages that link to each other; it takes its place when it is complete."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from cqcparse.corpora.site.pages import TITLE, About, Pages, text_page
from cqcparse.corpora.site.places import Places
from cqcparse.corpora.site.reading import Council, read_report
from cqcparse.corpora.site.search import Index
from cqcparse.corpora.site.standing import stand
from cqcparse.corpora.site.texts import Texts
from cqcparse.errors import DataError
from cqcparse.extraction.plugins import Plugins
from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.model.report import Report
from cqcparse.model.writable import writable
from cqcparse.output.html.environment import asset, day
from cqcparse.output.keys import report_id
from cqcparse.output.replacing import one_error
from cqcparse.reading.failures import ReadFailure
from cqcparse.reading.folders import SITE_MARKER
from cqcparse.workers import swept

_PACKAGE = "cqcparse.corpora.site"


@attrs.frozen(kw_only=True)
class Built:
    """What became of the reports.

    Attributes:
        councils: How many authorities have a page.
        pages: How many pages there are.
        left_out: What has no place in the site, in a sentence each.
    """

    councils: int
    pages: int
    left_out: tuple[str, ...]


def build(
    reports: Iterable[Report | ReadFailure],
    folder: str | os.PathLike[str],
    plugins: Plugins | None = None,
) -> Built:
    """Write the pages of a site.

    Args:
        reports: What the site is about, put together of pages. What is no assessment, what is of
            another profile than the first, and what could not be read, is left out, and said so.
        folder: Where the site goes: a new or empty folder, or one that holds an earlier site,
            which it replaces.
        plugins: The plugins that were at work, which are named, and whose profiles may have been
            applied.

    Raises:
        DataError: If the folder holds other things or cannot be written, or if no report is of
            a council.
    """
    target = Path(folder)
    _refuse_others(target)
    with one_error(target), _replaced(target) as new:
        further = plugins.frameworks if plugins else ()
        names = [
            f"{info.distribution} {info.version}"
            for info in (plugins.infos if plugins else ())
            if info.version and info.kinds
        ]
        return _Builder(new, (*builtin_frameworks(), *further)).build(reports, names, target)


class _Builder:
    """Writes text pages as reports come, and the others when all are there."""

    def __init__(self, folder: Path, frameworks: Sequence[Framework]) -> None:
        self._folder = folder
        self._frameworks = {framework.id: framework for framework in frameworks}
        self._framework: Framework | None = None
        self._places, self._names = Places(), Places()
        self._index = Index()
        self._councils: list[Council] = []
        #: Address of the page of an authority, by its code or name.
        self._hrefs: dict[str, str] = {}
        self._site = About(title=TITLE, version=importlib.metadata.version("cqcparse"))
        self._left_out: list[str] = []
        self._written = 0

    def build(
        self, reports: Iterable[Report | ReadFailure], plugins: Sequence[str], target: Path
    ) -> Built:
        """Write all pages of the site that will stand at *target*."""
        for report in reports:
            if isinstance(report, ReadFailure):
                self._left_out.append(writable(str(report.error)))
            else:
                self._take(report)
        if self._framework is None:
            raise DataError(
                str(target), "has nothing to show: no report of a council was read; check the paths"
            )
        standing = stand(self._councils, self._framework)
        pages = Pages(
            site=attrs.evolve(self._site, reports=len(self._councils), span=standing.span),
            standing=standing,
            hrefs={council.id: self._hrefs[council.key] for council in standing.newest},
            sentences=self._index.count,
            left_out=tuple(self._left_out),
            plugins=tuple(plugins),
        )
        for href, page in pages.all():
            self._page(href, page)
        self._search(self._index.finish())
        for name, content in _assets():
            self._write(name, content)
        return Built(
            councils=len(standing.newest), pages=self._written, left_out=tuple(self._left_out)
        )

    def _take(self, report: Report) -> None:
        """Write the text of a report, and keep what the other pages say of it."""
        framework = self._frameworks.get(report.framework)
        self._framework = self._framework or (framework if _assesses(report) else None)
        if not _assesses(report) or framework is not self._framework or framework is None:
            self._left_out.append(_why(report))
            return
        id_ = self._places.of_report(report_id(report))
        texts = Texts(report, f"text/{id_}", framework)
        council = read_report(report, id_, texts, framework)
        if council.key not in self._hrefs:
            self._hrefs[council.key] = f"authorities/{self._names.of_council(council)}.html"
        short, told = council.short_name or council.name, self._told(council)
        name, home, about = (
            ", ".join(filter(None, (short, told))),
            self._hrefs[council.key],
            texts.pages,
        )
        for page in about:
            made = text_page(page, council, self._site, name=name, home=home, about=about)
            self._page(page.href, made)
            self._search(self._index.add(page, short, told))
        self._councils.append(council)

    def _told(self, council: Council) -> str | None:
        """Return the day of a report, or what else tells it from another on the council."""
        if council.published:
            return day(council.published)
        again = any(other.key == council.key for other in self._councils)
        return council.id if again else None

    def _page(self, href: str, page: str) -> None:
        self._write(href, page)
        self._written += 1

    def _search(self, made: Iterable[tuple[str, str]]) -> None:
        for name, content in made:
            self._write(f"search/{name}", content)

    def _write(self, name: str, content: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")


def _assesses(report: Report) -> bool:
    return report.is_local_authority_assessment and report.authority is not None


def _why(report: Report) -> str:
    """Return why a report has no place in the site."""
    name = writable(report.source or "a text")
    if not report.is_local_authority_assessment:
        return f"{name}: no assessment of a local authority"
    if report.authority is None:
        return f"{name}: does not say which authority it is about"
    return f"{name}: of another profile, {report.framework}"


def _assets() -> Iterator[tuple[str, str]]:
    base, own = asset("cqcparse.output.html", "base.css"), asset(_PACKAGE, "site.css")
    yield "style.css", base + own
    yield "site.js", asset(_PACKAGE, "site.js")
    yield "search.js", asset(_PACKAGE, "search.js")
    yield SITE_MARKER, "A site that cqcparse wrote; it may be written anew.\n"


def _refuse_others(folder: Path) -> None:
    """Raise an error if a folder holds what is no site."""
    if folder.exists() and not folder.is_dir():
        raise DataError(str(folder), "is a file; name a folder for the site")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SITE_MARKER).is_file():
        raise DataError(str(folder), "has other files in it; name a new or empty folder")


@contextlib.contextmanager
def _replaced(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which takes the place of *folder* when all went well.

    Raises:
        OSError: If it cannot be written.
    """
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    with swept(target) as beside:
        new, old = beside / "new", beside / "old"
        new.mkdir()
        yield new
        if target.exists():
            target.replace(old)
        new.replace(target)

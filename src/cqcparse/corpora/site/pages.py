"""What each page of the site is given, and the pages it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

import attrs

from cqcparse.corpora.site.changes import Difference, difference
from cqcparse.corpora.site.drawing import hex_map, on_axis, on_scale
from cqcparse.corpora.site.reading import MOST_ROWS, MOST_TYPES, SAID, Council, Named, Said
from cqcparse.corpora.site.standing import STEPS, Standing
from cqcparse.corpora.site.texts import TextPage
from cqcparse.framework import Framework, Statement
from cqcparse.model.identifiers import as_name
from cqcparse.output.html.environment import environment

TITLE = "Adult social care in England"
#: What the pages load: their own style and script, and nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
)
MENU = (
    ("Overview", "index.html"),
    ("League table", "league.html"),
    ("Heat map", "heat.html"),
    ("Maps", "map.html"),
    ("Statements", "statements.html"),
    ("Councils", "authorities.html"),
    ("Search", "search.html"),
    ("About", "about.html"),
)
#: Sentences of one kind that the page of an authority quotes for a statement.
_QUOTED = 2
#: Councils that the page of a statement quotes for high scores, and for low ones.
_VOICES = 12
#: Headings, services and sentences of a change that are listed, of each.
_MOST_CHANGES = 60
#: Things of one type that are listed.
_MOST_OF_TYPE = 24
#: Pages of a report that are listed.
_MOST_PAGES = 40
#: Width and margin of the axis of a score, and width of the scale of ratings.
_AXIS, _MARGIN, _SCALE = 160.0, 8.0, 400.0


@attrs.frozen(kw_only=True)
class About:
    """What every page says of the site."""

    title: str
    version: str
    #: How many reports there are, and when they were published; not yet known to pages that are
    #: written while reports come in.
    reports: int = 0
    span: tuple[dt.date, dt.date] | None = None
    menu: tuple[tuple[str, str], ...] = MENU


@attrs.frozen(kw_only=True)
class Change:
    """An earlier report of an authority beside its newest."""

    council: Council
    difference: int | None
    #: Statement, score then, score now.
    rows: tuple[tuple[Statement, object, object], ...]
    #: What the text says otherwise; only beside the last report before the newest.
    text: Difference | None


def text_page(  # noqa: PLR0913 - each is a part of the page
    page: TextPage,
    council: Council,
    site: About,
    *,
    name: str,
    home: str,
    about: Sequence[TextPage],
) -> str:
    """Return a page with text of a report.

    Args:
        page: Its text.
        council: Its report.
        site: What every page says.
        name: What tells the report from all others.
        home: Address of the page of the authority.
        about: The pages of the report, in order.
    """
    place = about.index(page)
    part = f" (part {page.part} of {page.parts})" if page.parts > 1 else ""
    polarities = {piece.polarity for block in page.blocks for piece in block.pieces}
    return _render(
        "text",
        page.href,
        site,
        title=f"{page.title}{part}, {name}",
        page=page,
        council=council,
        home=home,
        first=about[place - page.part + 1].href,
        previous=about[place - 1].href if page.part > 1 else None,
        next=about[place + 1].href if page.part < page.parts else None,
        said=SAID,
        most_pages=_MOST_PAGES,
        polarities=[polarity for polarity in SAID if polarity in polarities],
    )


@attrs.frozen(kw_only=True, slots=False)
class Pages:
    """The pages that need to know all reports."""

    site: About
    standing: Standing
    #: Address of the page of each authority, by the id of the report.
    hrefs: Mapping[str, str]
    sentences: int
    left_out: tuple[str, ...]
    plugins: tuple[str, ...]

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield address and content of each page."""
        for name, title, more in (
            ("index", "Overview", {}),
            ("league", "League table", {"good_from": self._good_from}),
            ("heat", "Heat map", {}),
            ("map", "Maps", {}),
            ("statements", "Statements", {}),
            ("authorities", "Councils", {"by_region": self._by_region}),
            ("search", "Search", {"sentences": self.sentences}),
            ("about", "About", self._about()),
        ):
            yield f"{name}.html", self._page(name, f"{name}.html", title=title, **more)
        for statement in self._framework.statements:
            yield self._statement_hrefs[statement.id], self._statement(statement)
        for council in self.standing.newest:
            yield self.hrefs[council.id], self._authority(council)

    def _page(self, template: str, href: str, **more: object) -> str:
        return _render(
            template,
            href,
            self.site,
            standing=self.standing,
            framework=self._framework,
            map=hex_map(),
            hrefs=self.hrefs,
            statement_hrefs=self._statement_hrefs,
            types=self._types,
            overall_level=lambda council: self.standing.level(council.rating),
            words_of=self._words_of,
            x=partial(on_axis, width=_AXIS, margin=_MARGIN),
            **more,
        )

    @property
    def _framework(self) -> Framework:
        return self.standing.framework

    @cached_property
    def _statement_hrefs(self) -> Mapping[str, str]:
        return {s.id: f"statements/{as_name(s.id)}.html" for s in self._framework.statements}

    @cached_property
    def _types(self) -> Sequence[str]:
        return sorted({council.type for council in self.standing.newest if council.type})

    @cached_property
    def _by_region(self) -> Sequence[tuple[str, Sequence[Council]]]:
        regions = sorted({council.region or "" for council in self.standing.newest}, key=_last)
        named = self.standing.by_name
        return [(region, [c for c in named if (c.region or "") == region]) for region in regions]

    @property
    def _good_from(self) -> int | None:
        good = next((level.rating for level in self._framework.scores if level.value == 3), None)  # noqa: PLR2004 - the step above the middle
        return next((band.low for band in self._framework.bands if band.rating == good), None)

    def _words_of(self, council: Council, level: int | None) -> str:
        ratings = {step.value: step.rating for step in self._framework.scores}
        share = f", {council.share}%" if council.share is not None else ""
        return f"{ratings.get(level or 0, 'no rating')}{share}"

    def _about(self) -> dict[str, object]:
        step = 100 / (len(self._framework.statements) * len(STEPS) or 1)
        return {
            "left_out": self.left_out,
            "plugins": self.plugins,
            "reports": self.site.reports,
            "step_share": f"{step:.1f}",
        }

    def _statement(self, statement: Statement) -> str:
        spread = self.standing.distribution(statement.id)
        means = (
            (region, self.standing.mean(statement.id, region)) for region in self.standing.regions
        )
        themes = {theme.id: theme.title for theme in self._framework.themes}
        return self._page(
            "statement",
            self._statement_hrefs[statement.id],
            title=statement.title,
            statement=statement,
            theme=themes.get(statement.theme, ""),
            spread=spread,
            total=sum(map(len, spread.values())),
            most_councils=max(*map(len, spread.values()), 1),
            mean=self.standing.mean(statement.id),
            regions=[(region, mean) for region, mean in means if mean],
            level_of=lambda c: c.scores[statement.id].value if statement.id in c.scores else None,
            voices=list(self._voices(statement)),
        )

    def _voices(
        self, statement: Statement
    ) -> Iterator[tuple[str, str, Sequence[tuple[Council, Said]]]]:
        """Yield what reports with high scores praise, and what those with low ones lack."""
        spread = self.standing.distribution(statement.id)
        for title, polarity, steps in (
            ("Strengths where the score is high", "strength", (4, 3)),
            ("Shortfalls where the score is low", "shortfall", (1, 2)),
        ):
            councils = [council for step in steps for council in spread[step]]
            best = ((c, _best(c.findings, statement.id, polarity)) for c in councils)
            said = [(council, one) for council, one in best if one is not None]
            if said:
                yield title, polarity, _spaced(said, _VOICES)

    def _authority(self, council: Council) -> str:
        standing, share = self.standing, council.share
        mean = standing.mean_share
        return self._page(
            "authority",
            self.hrefs[council.id],
            title=council.short_name or council.name,
            council=council,
            level=standing.level(council.rating or council.computed_rating),
            rank=standing.rank(council),
            region_rank=standing.rank(council, council.region) if council.region else None,
            bands=list(self._bands()),
            share_at=on_scale(share, _SCALE) if share is not None else None,
            mean_at=on_scale(mean, _SCALE) if mean is not None else None,
            changes=[
                self._change(council, before, last=number == 0)
                for number, before in enumerate(standing.earlier[council.id])
            ],
            most_changes=_MOST_CHANGES,
            findings=list(self._findings(council)),
            text_of=self._text_of(council),
            most=MOST_ROWS,
            most_pages=_MOST_PAGES,
            named=[
                ("Services", "service", _by_type(council.services)),
                ("Partners", "partner", _by_type(council.partners)),
            ],
        )

    def _bands(self) -> Iterator[tuple[str, float, float, int | None]]:
        for band in self._framework.bands:
            left = on_scale(band.low, _SCALE)
            width = on_scale(band.high + 1, _SCALE) - left
            yield (
                band.rating,
                left,
                round(min(width, _SCALE - left) - 2, 1),
                self.standing.level(band.rating),
            )

    def _change(self, now: Council, before: Council, *, last: bool) -> Change:
        both = now.share is not None and before.share is not None
        return Change(
            council=before,
            difference=(now.share or 0) - (before.share or 0) if both else None,
            rows=tuple(
                (statement, before.scores[statement.id], now.scores[statement.id])
                for statement in self._framework.statements
                if statement.id in before.scores and statement.id in now.scores
            ),
            text=difference(now.told, before.told) if last else None,
        )

    def _findings(
        self, council: Council
    ) -> Iterator[tuple[Statement, Sequence[tuple[str, Sequence[Said], int]]]]:
        """Yield for each statement what is said of it, side by side."""
        for statement in self._framework.statements:
            of = [said for said in council.findings if said.statement == statement.id]
            sides = []
            for polarity in SAID:
                said = [one for one in of if one.polarity == polarity]
                if said and polarity in {"strength", "shortfall"}:
                    sides.append((polarity, _chosen(said, _QUOTED), len(said)))
            if sides:
                yield statement, sides

    def _text_of(self, council: Council) -> Mapping[str, str]:
        return {said.statement: said.href.partition("#")[0] for said in council.findings}


def _render(template: str, href: str, site: About, **given: object) -> str:
    """Return a page made of a template of the site."""
    root = "../" * href.count("/")
    section = href.partition("/")[0].removesuffix(".html")
    section = "authorities" if section == "text" else section
    made = environment(site="cqcparse.corpora.site").get_template(f"site/{template}.html")
    return made.render(policy=POLICY, root=root, here=href, section=section, site=site, **given)


def _last(region: str) -> tuple[bool, str]:
    return not region, region


def _chosen(said: Sequence[Said], most: int) -> Sequence[Said]:
    """Return those that stand alone best, in the order of the text; none twice."""
    once = {one.text: one for one in reversed(said)}
    best = sorted(once.values(), key=lambda one: one.order)[:most]
    return [one for one in said if one in best]


def _best(findings: Iterable[Said], statement: str, polarity: str) -> Said | None:
    of = (one for one in findings if (one.statement, one.polarity) == (statement, polarity))
    return min(of, key=lambda one: one.order, default=None)


def _spaced(said: Sequence[tuple[Council, Said]], most: int) -> Sequence[tuple[Council, Said]]:
    """Return at most so many, no sentence twice."""
    once: dict[str, tuple[Council, Said]] = {}
    for council, one in said:
        once.setdefault(one.text, (council, one))
    return list(once.values())[:most]


def _by_type(things: Sequence[Named]) -> Sequence[tuple[str, Sequence[Named], int]]:
    """Return the things by type, the most mentioned first."""
    groups: dict[str, list[Named]] = {}
    for thing in sorted(things, key=lambda thing: (-len(thing.hrefs), thing.name.casefold())):
        groups.setdefault(thing.type, []).append(thing)
    ordered = sorted(
        groups.items(), key=lambda group: (group[0] == "other", -len(group[1]), group[0])
    )
    return [(type_, of[:_MOST_OF_TYPE], len(of)) for type_, of in ordered[:MOST_TYPES]]

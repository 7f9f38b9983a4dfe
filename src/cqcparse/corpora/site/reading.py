"""Report -> what the site says of it: values and quotes, each with its place in the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from cqcparse.corpora.site.changes import Told, told_by
from cqcparse.corpora.site.texts import FINDING, Texts, shortened
from cqcparse.framework import Framework
from cqcparse.model.assessment import Assessment
from cqcparse.model.mentions import Funding, Mention, Partner, Service
from cqcparse.model.report import OnPage, Report
from cqcparse.model.spans import Quote
from cqcparse.output.keys import cut
from cqcparse.registry import find_authority_by_code

#: Most of each list that the page of an authority holds; all of it is in the tables.
MOST_ROWS = 80
#: Types of service or partner that are listed, and most characters of a name or a cell.
MOST_TYPES = 60
_LONGEST_CELL = 120
#: Characters of a sentence that reads well by itself.
_HANDY = range(50, 281)
#: What a finding can say of its matter that the site quotes.
SAID = ("strength", "shortfall", "mixed", "planned")


@attrs.frozen(kw_only=True)
class Read:
    """A value, and the address of the sentence it was read from."""

    value: int
    href: str


@attrs.frozen(kw_only=True)
class Said:
    """A sentence of the key findings that speaks well or ill of something."""

    text: str
    href: str
    #: Id of the quality statement.
    statement: str
    polarity: str
    #: Whose evidence it is; None if it is the assessors' own.
    voice: str | None
    #: How well it can stand alone; the lower the better.
    order: tuple[int, int]


@attrs.frozen(kw_only=True)
class Amount:
    """Money with a sum, counted once however often one act of giving is mentioned."""

    amount: str
    low: float
    href: str
    #: What or whom it is for.
    purpose: str | None
    #: The fund, grant or budget it comes out of.
    source: str | None
    giver: str | None
    period: str | None


@attrs.frozen(kw_only=True)
class Named:
    """A service or a partner with all its mentions."""

    name: str
    type: str
    #: Addresses of its mentions.
    hrefs: tuple[str, ...]
    status: str | None = None
    detail: str | None = None


@attrs.frozen(kw_only=True)
class Figure:
    """A date or figure that the report prints about the authority."""

    id: str
    aspect: str | None
    text: str
    href: str


@attrs.frozen(kw_only=True)
class Council:
    """A report, as far as the site speaks of it."""

    #: Id of the report.
    id: str
    name: str
    short_name: str
    ons_code: str | None
    type: str | None
    region: str | None
    published: dt.date | None
    month: dt.date | None
    url: str | None
    indicative: bool
    rating: str | None
    rating_href: str | None
    percentage: Read | None
    computed: int | None
    computed_rating: str | None
    total: int | None
    next_rating: str | None
    points_to_next: int | None
    #: By the id of the statement.
    scores: dict[str, Read]
    findings: tuple[Said, ...]
    has_findings: bool
    money: tuple[Amount, ...]
    services: tuple[Named, ...]
    partners: tuple[Named, ...]
    figures: tuple[Figure, ...]
    #: Title, address and number of sentences of each page of the report.
    texts: tuple[tuple[str, str, int], ...]
    missing: tuple[str, ...]
    #: What is held against another assessment of the authority.
    told: Told

    @property
    def key(self) -> str:
        """What all reports of an authority share."""
        return self.ons_code or self.name.casefold()

    @property
    def day(self) -> dt.date:
        """What its assessments are put in order by."""
        return self.published or self.month or dt.date.min

    @property
    def share(self) -> int | None:
        """Per cent of the highest scores, as computed, else as printed."""
        if self.computed is not None:
            return self.computed
        return self.percentage.value if self.percentage else None


def read_report(report: Report, id_: str, texts: Texts, framework: Framework) -> Council:
    """Return what the site says of a report.

    Args:
        report: The report.
        id_: Its id, which no other report has.
        texts: The pages of the site that hold its text.
        framework: Its profile.
    """
    authority, overall, tally = report.authority, report.overall, report.tally
    code = authority.ons_code if authority else None
    record = find_authority_by_code(code) if code else None
    findings = tuple(_findings(report, texts))
    return Council(
        id=id_,
        name=cut(authority.name) or "" if authority else "",
        short_name=cut(authority.short_name) or "" if authority else "",
        ons_code=code,
        type=record.type if record else None,
        region=record.region if record else None,
        published=report.published,
        month=report.month,
        url=next((page.document.address for page in report.pages if page.document.address), None),
        indicative=report.indicative,
        rating=cut(overall.rating.text) if overall and overall.rating else None,
        rating_href=(
            texts.href(report.rated.page, overall.rating.span.start)
            if report.rated and overall and overall.rating
            else None
        ),
        percentage=_percentage(report, texts),
        computed=tally.percentage if tally else None,
        computed_rating=tally.rating if tally else None,
        total=tally.total if tally else None,
        next_rating=tally.next_rating if tally else None,
        points_to_next=tally.points_to_next if tally else None,
        scores=dict(_scores(report, texts)),
        findings=findings,
        has_findings=any(m.item.kind == FINDING for m in report.mentions),
        money=tuple(_money(report, texts)),
        services=_named(report, texts, Service),
        partners=_named(report, texts, Partner),
        figures=tuple(_figures(report, texts)),
        texts=texts.contents(),
        missing=tuple(id_ for id_ in report.missing if framework.statement(id_)),
        told=told_by(report, texts),
    )


def _percentage(report: Report, texts: Texts) -> Read | None:
    overall, rated = report.overall, report.rated
    if rated is None or overall is None or overall.percentage is None:
        return None
    span = overall.percentage_span
    href = texts.href(rated.page, span.start if span else 0)
    return Read(value=overall.percentage, href=href)


def _scores(report: Report, texts: Texts) -> Iterator[tuple[str, Read]]:
    for statement in report.statements:
        scored = statement.scored
        if scored is not None and 1 <= scored.item.value <= 4:  # noqa: PLR2004 - steps of a score
            href = texts.href(scored.page, scored.item.span.start)
            yield statement.id, Read(value=scored.item.value, href=href)


def _findings(report: Report, texts: Texts) -> Iterator[Said]:
    """Yield the sentences that a plugin says speak well or ill of something."""
    for on in (on for on in report.mentions if on.item.kind == FINDING):
        polarity = getattr(on.item, "polarity", None)
        statement = on.page.statement_of(on.item)
        if polarity not in SAID or statement is None:
            continue
        text, cues = on.item.text, getattr(on.item, "cues", ())
        voice = getattr(on.item, "voice", None)
        yield Said(
            text=shortened(text),
            href=texts.href(on.page, on.item.span.start),
            statement=statement.id,
            polarity=polarity,
            voice=voice if voice != "assessor" else None,
            order=(len(text) not in _HANDY, -len(cues)),
        )


def _money(report: Report, texts: Texts) -> Iterator[Amount]:
    """Yield the sums, each once for an act of giving that several mentions speak of."""
    acts: dict[object, list[OnPage[Funding]]] = {}
    for on in report.of(Funding):
        if on.item.negation is None:
            act = on.item.event_id or on.item.span
            acts.setdefault((id(on.page), act), []).append(on)
    for of in acts.values():
        funds = [on.item for on in of]
        sums = {fund.amount.text: fund.amount for fund in funds if fund.amount}
        for amount in sums.values():
            if amount.value is None:
                continue
            yield Amount(
                amount=_text(amount) or "",
                low=float(amount.value.low),
                href=texts.href(of[0].page, amount.span.start),
                purpose=_first(fund.purpose or fund.recipient for fund in funds),
                source=_first(fund for fund in funds if fund.type != "event"),
                giver=_first(fund.funder for fund in funds),
                period=_first(fund.period for fund in funds),
            )


def _first(quotes: Iterable[Quote | Mention | None]) -> str | None:
    return _text(next((quote for quote in quotes if quote is not None), None))


def _text(quote: Quote | Mention | None) -> str | None:
    return None if quote is None else cut(" ".join(quote.text.split()), _LONGEST_CELL)


def _named(report: Report, texts: Texts, kind: type[Service | Partner]) -> tuple[Named, ...]:
    """Return the services or named partners of a report, each with its mentions together."""
    groups: dict[object, list[tuple[Assessment, Mention]]] = {}
    for on in report.of(kind):
        mention = on.item
        if isinstance(mention, Partner) and mention.specificity != "named":
            continue
        name = mention.entity_id or (mention.canonical or mention.text).casefold()
        groups.setdefault((mention.type, name), []).append((on.page, mention))
    return tuple(_group(group, texts) for group in groups.values())


def _group(found: list[tuple[Assessment, Mention]], texts: Texts) -> Named:
    mentions = [mention for _, mention in found]
    first = mentions[0]
    named = isinstance(first, Partner) and first.canonical
    statuses = (getattr(mention, "status", None) for mention in mentions)
    return Named(
        name=(cut(first.canonical, _LONGEST_CELL) or "") if named else (_text(first) or ""),
        type=first.type or "other",
        hrefs=tuple(dict.fromkeys(texts.href(page, m.span.start) for page, m in found)),
        status=next((s for s in statuses if s and s != "existing"), None),
        detail=_detail(mentions),
    )


def _detail(mentions: Iterable[Mention]) -> str | None:
    """Return how long or for how many the first of *mentions* that says so is."""
    for mention in mentions:
        for quote in (getattr(mention, "capacity", None), getattr(mention, "duration", None)):
            if isinstance(quote, Quote) and quote.text not in mention.text:
                return _text(quote)
    return None


def _figures(report: Report, texts: Texts) -> Iterator[Figure]:
    told = set()
    for on in report.facts:
        fact = on.item
        if fact.id is None or fact.date is not None or (fact.id, fact.aspect) in told:
            continue
        told.add((fact.id, fact.aspect))
        yield Figure(
            id=fact.id,
            aspect=fact.aspect,
            text=_figure_text(fact.text, fact.out_of),
            href=texts.href(on.page, fact.span.start),
        )


def _figure_text(text: str, out_of: int | None) -> str:
    shown = cut(" ".join(text.split()), _LONGEST_CELL) or ""
    return f"{shown} of {out_of}" if out_of is not None and str(out_of) not in shown else shown

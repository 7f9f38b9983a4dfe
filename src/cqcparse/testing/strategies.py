"""Hypothesis strategies: texts, spans, documents, mentions and whole assessments.

This is the only module of cqcparse that imports Hypothesis: ``pip install 'cqcparse[testing]'``.
"""

from __future__ import annotations

import datetime as dt
import itertools
import string
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar, get_args

from hypothesis import strategies as st

from cqcparse.framework import builtin_frameworks
from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic, Severity
from cqcparse.model.document import Document
from cqcparse.model.mentions import (
    Count,
    Duration,
    Evidence,
    Funding,
    Mention,
    Money,
    Partner,
    Period,
    Reading,
    Service,
    Specificity,
    Status,
)
from cqcparse.model.scores import Overall, Score
from cqcparse.model.sections import Paragraph, Role, Section
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span
from cqcparse.model.statements import Authority, Basis, StatementAssessment

T = TypeVar("T")

#: Lines as reports have them, and lines that are hard on readers and extractors.
_LINES = (
    *(statement.title for statement in builtin_frameworks()[0].statements),
    "Score: 3",
    "3 – Evidence shows a good standard",
    "Key findings for this quality statement",
    "The council had a £2.4m Better Care Fund (BCF) for 2022/23.",
    "A new 6-week reablement service supported 45 people; partners were positive.",
    "People told us the “out of hours” team was hard to reach…",
    "İstanbul ﬁnance \u200b naïve 👩\u200d⚕️ e\u0301",
    "\u00a0",
    "",
)

_NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
_WORDS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
#: Kinds, types and ids.
_IDS = st.lists(_WORDS, min_size=1, max_size=3).map("-".join)
_CODES = _WORDS.map(str.upper)


def texts(max_lines: int = 12) -> st.SearchStrategy[str]:
    """Return texts of any characters, mixed with lines as reports have them.

    Args:
        max_lines: Lines at most.
    """
    anything = st.text(st.characters(codec="utf-8"), max_size=60)
    lines = st.lists(st.sampled_from(_LINES) | anything, max_size=max_lines)
    return st.tuples(lines, st.sampled_from(("\n", "\n\n", "\r\n"))).map(
        lambda parts: parts[1].join(parts[0])
    )


def spans(text: str, min_size: int = 1) -> st.SearchStrategy[Span]:
    """Return spans inside *text*, which must have *min_size* code points or more."""
    return st.integers(0, len(text) - min_size).flatmap(
        lambda start: st.integers(start + min_size, len(text)).map(lambda end: Span(start, end))
    )


def quotes(text: str) -> st.SearchStrategy[Quote]:
    """Return quotes of *text*."""
    return spans(text).map(lambda span: Quote(text[span.start : span.end], span))


def documents() -> st.SearchStrategy[Document]:
    """Return plain-text documents with at least one character."""
    return st.builds(Document, text=texts().filter(bool), source=st.none() | _NAMES)


def mentions(text: str) -> st.SearchStrategy[Mention]:
    """Return mentions of the built-in kinds in *text*, with any of their attributes."""
    return st.one_of(_funding(text), _services(text), _partners(text))


@st.composite
def assessments(
    draw: st.DrawFn, extra: Callable[[str], st.SearchStrategy[Mention]] | None = None
) -> Assessment:
    """Return assessments whose parts agree with their document; not what a parser would make.

    Args:
        draw: Given by Hypothesis.
        extra: Returns a strategy for mentions of further kinds in a text.
    """
    document = draw(documents())
    text = document.text
    kinds = mentions(text) if extra is None else mentions(text) | extra(text)
    sections = draw(_sections(text))
    return Assessment(
        source=document.source,
        authority=draw(st.none() | _authorities(text)),
        framework=draw(_IDS),
        is_local_authority_assessment=draw(st.booleans()),
        indicative=draw(st.booleans()),
        overall=draw(st.none() | _overalls(text)),
        statements=draw(_statements(text, sections)),
        mentions=tuple(draw(st.lists(kinds, max_size=4))),
        diagnostics=tuple(draw(st.lists(_diagnostics(text), max_size=2))),
        sections=sections,
        document=document,
    )


_DATES = st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1))
_AMOUNTS = st.decimals(0, Decimal(10) ** 12, allow_nan=False, places=2)
_DAYS = st.integers(0, 10_000)
_BOUNDS = st.sampled_from((None, "up-to", "at-least", "about"))
_MONEY = st.builds(Money, low=_AMOUNTS, high=_AMOUNTS, currency=st.just("GBP"), bound=_BOUNDS)
_PERIODS = st.builds(
    Period, start=st.none() | _DATES, end=st.none() | _DATES, days=st.none() | _DAYS
)
_DURATIONS = st.builds(
    Duration,
    days=_DAYS,
    days_high=st.none() | _DAYS,
    number=st.none() | _AMOUNTS,
    unit=st.sampled_from(["hour", "day", "week", "month", "year"]),
)
_COUNTS = st.builds(Count, value=st.integers(0, 10**6), unit=_NAMES)


def _readings(text: str, values: st.SearchStrategy[T]) -> st.SearchStrategy[Reading[T] | None]:
    made = st.builds(
        lambda quote, value: Reading(quote.text, quote.span, value),
        quotes(text),
        st.none() | values,
    )
    return st.none() | made


def _at(
    text: str, cls: type[Mention], **fields: st.SearchStrategy[object]
) -> st.SearchStrategy[Mention]:
    """Return mentions of *cls* at any place, with the fields that all kinds have."""
    evidence = st.builds(
        Evidence,
        rule=_IDS,
        entry=st.none() | _NAMES,
        cues=st.lists(quotes(text), max_size=2).map(tuple),
        beat=st.lists(_NAMES, max_size=2).map(tuple),
    )

    def build(span: Span, **values: object) -> Mention:
        return cls(span=span, text=text[span.start : span.end], **values)  # type: ignore[arg-type]

    return st.builds(
        build,
        spans(text),
        type=st.none() | _IDS,
        canonical=st.none() | _NAMES,
        entity_id=st.none() | _NAMES,
        extractor=_IDS,
        evidence=st.none() | evidence,
        **fields,
    )


def _funding(text: str) -> st.SearchStrategy[Mention]:
    quote = st.none() | quotes(text)
    return _at(
        text,
        Funding,
        amount=_readings(text, _MONEY),
        period=_readings(text, _PERIODS),
        funder=quote,
        recipient=quote,
        purpose=quote,
        negation=quote,
    )


def _services(text: str) -> st.SearchStrategy[Mention]:
    return _at(
        text,
        Service,
        duration=_readings(text, _DURATIONS),
        capacity=_readings(text, _COUNTS),
        status=st.none() | st.sampled_from(get_args(Status)),
        status_cue=st.none() | quotes(text),
        provider=st.none() | quotes(text),
    )


def _partners(text: str) -> st.SearchStrategy[Mention]:
    return _at(
        text,
        Partner,
        specificity=st.sampled_from(get_args(Specificity)),
        registry_id=st.none() | _CODES,
    )


def _authorities(text: str) -> st.SearchStrategy[Authority]:
    return st.builds(
        Authority,
        name=_NAMES,
        short_name=_NAMES,
        ons_code=st.none() | _CODES,
        basis=st.sampled_from(get_args(Basis)),
        span=st.none() | spans(text),
    )


def _overalls(text: str) -> st.SearchStrategy[Overall]:
    return st.builds(
        Overall,
        rating=st.none() | quotes(text),
        percentage=st.none() | st.integers(25, 100),
        percentage_span=st.none() | spans(text),
    )


def _diagnostics(text: str) -> st.SearchStrategy[Diagnostic]:
    return st.builds(
        Diagnostic,
        code=_IDS,
        message=_NAMES,
        severity=st.sampled_from(get_args(Severity)),
        span=st.none() | spans(text),
    )


@st.composite
def _sections(draw: st.DrawFn, text: str) -> tuple[Section, ...]:
    """Return sections that tile *text*; each but the first has one line of it as its heading."""
    cuts = draw(st.sets(st.integers(1, len(text)), max_size=3))
    edges = sorted({0, *cuts, len(text)})
    return tuple(
        _section(text, Span(start, end), draw(st.sampled_from(get_args(Role))), first=start == 0)
        for start, end in itertools.pairwise(edges)
    )


def _section(text: str, span: Span, role: Role, *, first: bool) -> Section:
    """Return a section whose body is one paragraph of one sentence."""
    break_ = text.find("\n", span.start, span.end)
    heading = span.start if first or break_ < 0 else break_
    body = Span(heading, span.end)
    words = text[body.start : body.end]
    sentence = Sentence(span=body, text=words)
    return Section(
        role=role,
        title=None if first else Quote(text[span.start : heading], Span(span.start, heading)),
        level=0 if first else 1,
        span=span,
        own=span,
        body=body,
        paragraphs=(Paragraph(span=body, text=words, sentences=(sentence,)),) if words else (),
    )


@st.composite
def _statements(
    draw: st.DrawFn, text: str, sections: tuple[Section, ...]
) -> tuple[StatementAssessment, ...]:
    """Return statements made of one section each."""
    chosen = draw(st.lists(st.sampled_from(sections), max_size=2, unique_by=lambda s: s.span))
    result = []
    for section in sorted(chosen, key=lambda s: s.span):
        score = st.builds(
            Score,
            value=st.integers(1, 4),
            descriptor=st.none() | _NAMES,
            span=spans(text),
            value_span=spans(text),
            descriptor_span=st.none() | spans(text),
        )
        statement = StatementAssessment(
            id=draw(_IDS),
            title=draw(quotes(text)),
            theme=draw(_IDS),
            score=draw(st.none() | score),
            sections=(section,),
            span=section.span,
        )
        result.append(statement)
    return tuple(result)

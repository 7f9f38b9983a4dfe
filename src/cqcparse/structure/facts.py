"""Facts that pages print about themselves and the authority: dates, and figures with units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

import attrs

from cqcparse.framework import FigureWording, Framework, Measure
from cqcparse.model.facts import Fact
from cqcparse.model.mentions import Count, Money, Period, Reading
from cqcparse.model.sections import Paragraph, Section
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span

#: A share, a rank, and a number that is large enough to be one of people.
_NUMBER = re.compile(
    r"(?<![\w.,£/-])(?:"
    r"(?P<share>\d{1,3}(?:\.\d{1,4})?)\s?(?:%|per\s?cent\b)"
    r"|(?P<rank>\d{1,3})(?:st|nd|rd|th)?\s+(?:out\s+)?of\s+(?P<of>\d{1,3})(?![\w%,.]\w)"
    r"|(?P<count>\d{1,3}(?:,\d{3})+)(?![\w,]\d))"
)
#: The number at the start of a count.
_LEADING = re.compile(r"\d[\d,.]*(?:\s+(?:thousand|million))?")
_WORD = re.compile(r"\w")
#: Longest line that is looked at for dates, in code points.
_DATE_LINE = 200
#: Most characters between a label and its date.
_DATE_GAP = 4
#: Most characters behind a figure that say what it is.
_AFTER = 40


def read_facts(text: str, sections: Iterable[Section], framework: Framework) -> tuple[Fact, ...]:
    """Return the dates and figures of a page, in the order of the text.

    Dates are read where a label of the profile stands before them, figures under the headings
    that the profile names for them.

    Args:
        text: The text of the document.
        sections: The sections that tile it.
        framework: The profile with the wording.
    """
    walked = [section for top in sections for section in top.walk()]
    facts = [fact for section in walked for fact in _dates(text, section, framework)]
    known = {id_ for figure in framework.figures for id_ in figure.headings}
    for section in walked:
        if section.id in known:
            facts += _Figures(text, section, framework).read()
    return tuple(sorted(facts, key=lambda fact: fact.span))


def _dates(text: str, section: Section, framework: Framework) -> Iterator[Fact]:
    """Yield the dates behind labels, in the lines about a page."""
    if section.role not in ("preamble", "other", "footer"):
        return
    pattern, ids = _labels(framework)
    for paragraph in section.paragraphs if pattern else ():
        if pattern is None or len(paragraph.text) > _DATE_LINE:
            continue
        behind = 0
        for label in pattern.finditer(paragraph.text):
            # Labels open a line, or follow the date of another.
            if _WORD.search(paragraph.text, behind, label.start()):
                break
            fact = _date(text, paragraph, label.end(), ids[" ".join(label[1].lower().split())])
            if fact is not None:
                behind = fact.span.end - paragraph.span.start
                yield fact


@cache
def _labels(framework: Framework) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Return a pattern for the labels of dates, and the ids by the labels in lower case."""
    ids = {label.lower(): date.id for date in framework.dates for label in date.labels}
    longest_first = sorted(ids, key=len, reverse=True)
    choices = "|".join(r"\s+".join(map(re.escape, label.split())) for label in longest_first)
    pattern = re.compile(rf"(?<!\w)({choices})(?!\w)\s*:?\s*", re.IGNORECASE)
    return (pattern if ids else None), ids


def _date(text: str, paragraph: Paragraph, place: int, id_: str) -> Fact | None:
    """Return the date that begins at *place* of a line, if it is one day."""
    from cqcparse.grammar.quantities import find_periods  # noqa: PLC0415 - not for ``import cqcparse``

    start = paragraph.span.start + place
    for period in find_periods(text, start, paragraph.span.end):
        value = period.value
        if period.span.start > start + _DATE_GAP or value is None:
            return None
        if value.start is not None and value.start == value.end:
            line = _quote(text, paragraph.span.window(period.span))
            return Fact(id=id_, text=period.text, span=period.span, sentence=line, date=value.start)
        return None
    return None


@attrs.frozen
class _Figure:
    """A figure as printed."""

    quote: Quote
    measure: Measure
    amount: Money | None = None
    percentage: Decimal | None = None
    count: int | None = None
    out_of: int | None = None


class _Figures:
    """Reads the figures of a section; a sentence may go on about the subject of the one before."""

    def __init__(self, text: str, section: Section, framework: Framework) -> None:
        self._text = text
        self._section = section
        self._framework = framework
        self._wordings = [f for f in framework.figures if section.id in f.headings]

    def read(self) -> Iterator[Fact]:
        """Yield the figures of the section in order."""
        for paragraph in self._section.paragraphs:
            period: Reading[Period] | None = None
            subject: str | None = None
            for sentence in paragraph.sentences:
                periods = _dated(self._text, sentence)
                period = periods[0] if periods else period
                for fact in self._sentence(sentence, subject, period, periods):
                    subject = fact.id if fact.amount else subject
                    yield fact

    def _sentence(
        self,
        sentence: Sentence,
        subject: str | None,
        period: Reading[Period] | None,
        periods: Sequence[Reading[Period]],
    ) -> Iterator[Fact]:
        figures = tuple(_printed(self._text, sentence, periods))
        starts = [figure.quote.span.start for figure in figures[1:]]
        begins = sentence.span.start
        measures = Counter(figure.measure for figure in figures)
        for figure, ends in zip(figures, [*starts, sentence.span.end], strict=False):
            span = figure.quote.span
            before = self._text[begins : span.start].lower()
            after = self._text[span.end : ends].lower()
            begins = span.end
            # What the whole sentence is about, its only figure is about.
            whole = sentence.text.lower() if measures[figure.measure] == 1 else ""
            both = f"{before} {after}"
            nearest = (after, before) if figure.measure == "count" else (before, after, both)
            id_ = self._id(figure.measure, (*nearest, whole))
            if figure.measure == "money":
                subject = id_ = id_ or subject
            yield Fact(
                id=id_,
                aspect=self._aspect(before, after),
                text=figure.quote.text,
                span=span,
                sentence=_quote(self._text, sentence.span.window(span)),
                amount=figure.amount,
                percentage=figure.percentage,
                count=figure.count,
                out_of=figure.out_of,
                period=period,
            )

    def _id(self, measure: Measure, places: Iterable[str]) -> str | None:
        """Return what a figure is by the first of *places* that says so, in lower case."""
        for place in places:
            for wording in self._wordings:
                if wording.measure == measure and _has_all(place, wording):
                    return wording.id
        return None

    def _aspect(self, before: str, after: str) -> str | None:
        behind = " ".join(after[:_AFTER].split())
        for aspect in self._framework.aspects:
            if any(behind.startswith(phrase) for phrase in aspect.after):
                return aspect.id
        places = [
            (_last_place(before, phrase), aspect.id)
            for aspect in self._framework.aspects
            for phrase in aspect.before
        ]
        place, id_ = max(places, default=(-1, None))
        return id_ if place >= 0 else None


def _has_all(low: str, wording: FigureWording) -> bool:
    """Return whether a text in lower case has each phrase of a wording, or one of its choices."""
    return all(
        any(_last_place(low, choice) >= 0 for choice in phrase.split("|"))
        for phrase in wording.phrases
    )


def _last_place(low: str, phrase: str) -> int:
    """Return where the last *phrase* of whole words begins; -1 if there is none."""
    found = -1
    for match in _phrase(phrase).finditer(low):
        found = match.start()
    return found


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, phrase.split()))
    return re.compile(rf"(?<!\w){words}(?:s|ed|ing)?(?!\w)")


def _quote(text: str, span: Span) -> Quote:
    return Quote(text[span.start : span.end], span)


def _dated(text: str, sentence: Sentence) -> tuple[Reading[Period], ...]:
    """Return the periods of a sentence that have a start or an end."""
    from cqcparse.grammar.quantities import find_periods  # noqa: PLC0415 - not for ``import cqcparse``

    periods = find_periods(text, sentence.span.start, sentence.span.end)
    return tuple(p for p in periods if p.value and (p.value.start or p.value.end))


def _printed(
    text: str, sentence: Sentence, periods: Sequence[Reading[Period]]
) -> Iterator[_Figure]:
    """Yield the figures of a sentence in order; the numbers of a period are none."""
    from cqcparse.grammar.quantities import find_counts, find_money  # noqa: PLC0415 - as above

    start, end = sentence.span.start, sentence.span.end
    money = [quote for quote in find_money(text, start, end) if quote.value is not None]
    found = [_Figure(quote=quote, measure="money", amount=quote.value) for quote in money]
    found += (_number(match) for match in _NUMBER.finditer(text, start, end))
    found += (figure for count in find_counts(text, start, end) for figure in _counted(count))
    behind = start
    later = iter((*periods, None))
    period = next(later)
    for figure in sorted(found, key=lambda figure: figure.quote.span):
        span = figure.quote.span
        while period is not None and period.span.end <= span.start:
            period = next(later)
        if span.start >= behind and not (period and period.span.overlaps(span)):
            behind = span.end
            yield figure


def _number(match: re.Match[str]) -> _Figure:
    quote = Quote(match.group(), Span(*match.span()))
    if match["share"]:
        return _Figure(quote=quote, measure="percentage", percentage=Decimal(match["share"]))
    if match["rank"]:
        out_of = int(match["of"])
        return _Figure(quote=quote, measure="count", count=int(match["rank"]), out_of=out_of)
    return _Figure(quote=quote, measure="count", count=int(match["count"].replace(",", "")))


def _counted(count: Reading[Count]) -> Iterator[_Figure]:
    """Yield the number of a count, if it is written in digits."""
    number = _LEADING.match(count.text)
    if number is not None and count.value is not None:
        start = count.span.start
        quote = Quote(number.group(), Span(start, start + number.end()))
        yield _Figure(quote=quote, measure="count", count=count.value.value)

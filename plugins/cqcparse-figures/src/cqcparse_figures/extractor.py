"""The extractor: the figures of each sentence, set beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import cast

import attrs

from cqcparse import Evidence, Funding, Mention, Period, Quote, Reading, Sentence, Span, View
from cqcparse.grammar.quantities import find_periods
from cqcparse_figures.around import (
    find_directions,
    is_waiting,
    qualifier_of,
    role_in_front,
    role_of,
    subject_of,
)
from cqcparse_figures.mention import Direction, Figure, Role
from cqcparse_figures.periods import periods_of
from cqcparse_figures.reading import Number, find_bare, find_numbers, is_from, split_change

#: Two figures farther apart than this are not compared, in code points.
_APART = 110
#: A word of direction stands this near to a figure without another, in code points.
_NEAR = 45
#: A word of direction stands right behind a figure: "a 10% increase".
_NEXT = 2
_TO = re.compile(r"[^,.;]{0,30}\bto (?:just |about |around |over |under )*$")
#: "1,120 applications had been reduced to 640": the second is the value now.
_REACHED = re.compile(r" to (?:just |about |around |over |under )*")
#: "Fallen for 4 years" says how long, not how much.
_SPELL = re.compile(r" (?:for|in|over|during|within)\b")
_BREAK = re.compile(r"[;,]| and | but | while | whereas ")
_DIGIT = re.compile(r"\d")
#: Words for numbers, and for a length of time: "within a fortnight".
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen
    dozens hundred hundreds thousand million half quarter quarters third thirds fifth fifths tenth
    day week weeks fortnight month months year years""".split()
)


@attrs.define
class _Draft:
    """A figure on its way."""

    number: Number
    role: Role = "value"
    direction: Direction | None = None
    cue: Quote | None = None
    other: Number | None = None
    other_role: Role | None = None


class Figures:
    """Finds figures with unit, subject, direction, comparison and date."""

    name = "figures"
    produces: tuple[type[Mention], ...] = (Figure,)
    #: Funding is read for the acts of giving that sums are part of.
    requires = ("sentences", "funding")

    def extract(self, view: View) -> Iterator[Figure]:
        """Yield the figures of the findings."""
        acts = {
            fund.amount.span.start: fund.event_id
            for fund in cast("tuple[Funding, ...]", view.mentions("funding"))
            if fund.amount and fund.event_id
        }
        for paragraph in view.findings:
            for sentence in paragraph.sentences:
                if _may_have_figures(sentence.text):
                    yield from _Sentence(view.document.text, sentence, acts).figures()


class _Sentence:
    """One sentence.

    Args:
        text: The text of the document.
        sentence: The sentence.
        acts: The act of giving of each sum of the document, by where it starts.
    """

    def __init__(self, text: str, sentence: Sentence, acts: Mapping[int, str]) -> None:
        self._text, self._acts = text, acts
        self._start = sentence.span.start
        self._end = sentence.span.end

    def figures(self) -> Iterator[Figure]:
        """Yield the figures, in order."""
        text, start, end = self._text, self._start, self._end
        numbers = find_numbers(text, start, end)
        if not numbers:
            return
        directions = list(find_directions(text, start, end))
        if directions:
            numbers = tuple(part for number in numbers for part in split_change(text, number))
        periods = find_periods(text, start, end)
        apart = [n for n in numbers if not _in_period(n, periods)]
        apart += find_bare(text, start, end, numbers)
        drafts = [_Draft(number) for number in sorted(apart, key=lambda n: n.start)]
        self._pair(drafts, directions)
        dated = [p for p in periods if p.value and (p.value.start or p.value.end)]
        of = periods_of(text, start, end, [draft.number for draft in drafts], dated)
        before = 0
        for draft, period in zip(drafts, of, strict=True):
            if draft.other is None and draft.role == "value":
                self._alone(draft, before, directions)
            yield self._figure(draft, period)
            before = max(before, draft.number.end)

    def _pair(self, drafts: Sequence[_Draft], directions: Sequence[tuple[str, int, int]]) -> None:
        """Set figures of one unit beside each other where the words between compare them."""
        for first, second in pairwise(drafts):
            a, b = first.number, second.number
            if not _same_unit(a, b) or b.start - a.end > _APART or first.role != "value":
                continue
            gap = self._text[a.end : b.start]
            before = [d for d in directions if d[2] <= a.start]
            if before and is_from(self._text, a.start) and _TO.match(gap):
                self._moved(first, second, before[-1])
                continue
            between = [d for d in directions if a.end <= d[1] and d[2] <= b.start]
            if not between:
                continue
            if _REACHED.fullmatch(self._text, between[-1][2], b.start):
                self._moved(first, second, between[-1])
            else:
                self._compare(first, second, between[-1])

    def _moved(self, first: _Draft, second: _Draft, cue: tuple[str, int, int]) -> None:
        """Note that a value went from the first figure to the second."""
        first.role = "before"
        second.other, second.other_role = first.number, "before"
        self._direct(second, cue)

    def _compare(self, first: _Draft, second: _Draft, cue: tuple[str, int, int]) -> None:
        """Note that the second figure is what the first is compared with."""
        role = role_of(self._text, second.number, first.number.end, self._end)
        second.role = role or "before"
        first.other, first.other_role = second.number, second.role
        self._direct(first, cue)

    def _direct(self, draft: _Draft, cue: tuple[str, int, int] | None) -> None:
        """Give a figure its direction: by the words, else by the two numbers."""
        if cue and cue[0] != "compared":
            draft.direction = cast("Direction", cue[0])
            draft.cue = self._quote(cue[1], cue[2])
        elif draft.other:
            draft.direction = _by_numbers(draft.number.low, draft.other.low, draft.other_role)

    def _alone(
        self,
        draft: _Draft,
        before: int,
        directions: Sequence[tuple[str, int, int]],
    ) -> None:
        """Read role and direction of a figure that is compared with no other.

        Args:
            draft: The figure.
            before: Where the figure before it ends.
            directions: The words of direction.
        """
        number = draft.number
        floor = max(before, self._start)
        role = role_in_front(self._text, number, floor)
        if role and role != "before":
            draft.role = role
            return
        near = [
            d
            for d in directions
            if d[0] in {"rose", "fell", "above", "below"}
            and floor <= d[1]
            and (self._reaches(d, number) or 0 <= d[1] - number.end <= _NEXT)
        ]
        if near:
            self._direct(draft, near[-1])

    def _reaches(self, cue: tuple[str, int, int], number: Number) -> bool:
        """Return whether a word of direction in front of a figure is said of it."""
        end, start = cue[2], number.start
        if not 0 <= start - end <= _NEAR or _SPELL.match(self._text, end):
            return False
        return not _BREAK.search(self._text, end, start)

    def _figure(self, draft: _Draft, period: Reading[Period] | None) -> Figure:
        number = draft.number
        text, start, end = self._text, self._start, self._end
        kind = number.type
        if kind == "duration" and is_waiting(text, number, start, end):
            kind = "waiting-time"
        other = draft.other
        return Figure(
            span=Span(number.start, number.end),
            text=text[number.start : number.end],
            type=kind,
            low=number.low,
            high=number.high,
            unit=number.unit,
            subject=subject_of(text, number, start, end),
            qualifier=qualifier_of(text, number, start),
            direction=draft.direction,
            direction_cue=draft.cue,
            role=draft.role,
            comparison=self._quote(other.start, other.end) if other else None,
            compared_with=draft.other_role,
            period=period,
            event_id=self._acts.get(number.start),
            evidence=Evidence(rule=number.type),
        )

    def _quote(self, start: int, end: int) -> Quote:
        return Quote(self._text[start:end], Span(start, end))


def _may_have_figures(text: str) -> bool:
    """Return whether a sentence has a digit or a word for a number; most have neither."""
    if _DIGIT.search(text):
        return True
    words = text.lower().replace("-", " ").replace(".", " ").replace(",", " ").split()
    return not _NUMBER_WORDS.isdisjoint(words)


def _same_unit(first: Number, second: Number) -> bool:
    lengths = {"duration", "waiting-time"}
    return first.type == second.type and (first.unit == second.unit or first.type in lengths)


def _by_numbers(low: Decimal | None, other: Decimal | None, role: Role | None) -> Direction | None:
    """Return the direction that two numbers show."""
    if low is None or other is None:
        return None
    if low == other:
        return "equal"
    if role == "before":
        return "rose" if low > other else "fell"
    return "above" if low > other else "below"


def _in_period(number: Number, periods: Sequence[Reading[Period]]) -> bool:
    """Return whether a number is part of a date, or of words such as "last 3 years"."""
    return any(
        p.span.start <= number.start
        and number.end <= p.span.end
        and len(p.span) > number.end - number.start
        for p in periods
    )

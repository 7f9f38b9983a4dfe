"""Scope: one sentence with the money named in it and its quantities, looked up by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias, TypeVar

import cqcparse
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.grammar import Phrase, Tokens, find_money, find_periods

Amount: TypeAlias = cqcparse.Reading[cqcparse.Money]
Term: TypeAlias = cqcparse.Reading[cqcparse.Period]

ReadingT = TypeVar("ReadingT", bound=cqcparse.Quote)

#: Nothing that belongs to a word stands further away from it than this many words.
REACH = 60
#: A verb that may be said of anything is looked at only this near to money, in words.
_NEAR = 20
#: Words between money and its sum.
_PRICING = frozenset(("worth", "valued", "totalling"))
#: What every period contains.
_TERM = re.compile(
    r"\d\d[/–-]\d|(?:19|20)\d\d|year|month|week|quarter|annu|decade|fortnight|term|FY"
)


class Scope:
    """One sentence.

    Args:
        tokens: The tokens of its paragraph.
        first: Index of its first token.
        last: Index of its last token.
        nouns: The noun phrases for money in it, in order.
        verbs: Indices of the words in it that may be verbs of money, in order.
    """

    def __init__(
        self, tokens: Tokens, first: int, last: int, nouns: list[Draft], verbs: list[int]
    ) -> None:
        self.tokens = tokens
        self.first = first
        self.last = last
        self.nouns = nouns
        self.verbs = verbs
        self._starts = [draft.first for draft in nouns]

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of money in the sentence."""
        if "M" not in self.tokens.tags[self.first : self.last + 1]:
            return ()
        return find_money(self.tokens.text, *self._offsets)

    @cached_property
    def periods(self) -> tuple[Term, ...]:
        """The periods in the sentence."""
        if _TERM.search(self.tokens.text, *self._offsets) is None:
            return ()
        return find_periods(self.tokens.text, *self._offsets)

    def quote(self, phrase: Phrase | None) -> cqcparse.Quote | None:
        """Return the text of *phrase* with its place."""
        if phrase is None:
            return None
        span = self.tokens.span(*phrase)
        return cqcparse.Quote(self.tokens.text[span.start : span.end], span)

    def noun_at(self, index: int) -> Draft | None:
        """Return the noun draft that covers the token at *index*."""
        draft = self.noun_before(index + 1)
        return draft if draft is not None and draft.last >= index else None

    def noun_before(self, index: int) -> Draft | None:
        """Return the last noun draft that begins in front of the token at *index*."""
        place = bisect_left(self._starts, index) - 1
        return self.nouns[place] if place >= 0 else None

    def near(self, index: int) -> bool:
        """Return whether a noun draft stands near the token at *index*, on either side."""
        place = bisect_left(self._starts, index)
        if place and self.nouns[place - 1].last >= index - _NEAR:
            return True
        return place < len(self.nouns) and self.nouns[place].first <= index + _NEAR

    def noun_ending(self, phrase: Phrase) -> Draft | None:
        """Return the last draft that is the head of *phrase* or of one of its conjuncts."""
        place = bisect_right(self._starts, phrase.last) - 1
        while place >= 0 and (draft := self.nouns[place]).last >= phrase.first:
            behind = draft.last + 1
            if draft.last >= phrase.last or self.tokens.tags[behind] in ".C,P(":
                return draft
            if self.tokens.low[behind] in _PRICING:
                return draft
            place -= 1
        return None

    def noun_of_sum(self, phrase: Phrase) -> Draft | None:
        """Return the draft in front of *phrase* whose sum it is: "grants of up to £15,000"."""
        draft = self.noun_before(phrase.first)
        if draft is None or draft.amount is None or draft.last >= phrase.first:
            return None
        return draft if self.amount_in(phrase) is draft.amount else None

    def with_name(self, phrase: Phrase) -> Phrase:
        """Return *phrase* up to the end of the name of a fund that it ends inside."""
        draft = self.noun_before(phrase.last + 1)
        if draft is None or draft.last < phrase.first:
            return phrase
        # "The fund supported discharge" is a name and its verb, not one long name.
        behind = "".join(self.tokens.low[draft.last + 1 : draft.last + 2])
        verb = draft.named and behind.endswith("ed")
        return Phrase(phrase.first, draft.last) if draft.last >= phrase.last or verb else phrase

    def names_body(self, phrase: Phrase) -> bool:
        """Return whether *phrase* names somebody in particular: "the council", "NHS England"."""
        return self.tokens.tags[phrase.first] == "D" or self.tokens.capitalised(phrase.first)

    def amount_in(self, phrase: Phrase) -> Amount | None:
        """Return the first amount of money in *phrase*."""
        return _first_in(self.amounts, *self._span(phrase))

    def amount_before(self, index: int) -> Amount | None:
        """Return the last amount of money that ends in front of the token at *index*."""
        place = _place(self.amounts, self.tokens.starts[index]) - 1
        return self.amounts[place] if place >= 0 else None

    def amount_behind(self, index: int) -> Amount | None:
        """Return the first amount of money that begins behind the token at *index*."""
        place = _place(self.amounts, self.tokens.ends[index])
        return self.amounts[place] if place < len(self.amounts) else None

    def period_in(self, first: int, last: int) -> Term | None:
        """Return the first period that has a token from *first* to *last*."""
        return _first_in(self.periods, *self._span(Phrase(first, last))) if first <= last else None

    def index_at(self, offset: int) -> int:
        """Return the index of the token that covers, or begins last before, *offset*."""
        return bisect_right(self.tokens.starts, offset) - 1

    def ceiling(self, index: int) -> int:
        """Return the index of the last token in reach of the one at *index*."""
        return min(self.last, index + REACH)

    def _span(self, phrase: Phrase) -> tuple[int, int]:
        return self.tokens.starts[phrase.first], self.tokens.ends[phrase.last]

    @property
    def _offsets(self) -> tuple[int, int]:
        return self._span(Phrase(self.first, self.last))


def scopes(
    tokens: Tokens, paragraph: cqcparse.Paragraph, nouns: list[Draft], verbs: list[int]
) -> Iterator[Scope]:
    """Yield the sentences of a paragraph in which money may be named or moved, in order.

    Args:
        tokens: Its tokens.
        paragraph: The paragraph.
        nouns: The noun phrases for money in it, in order.
        verbs: Indices of the words in it that may be verbs of money, in order.
    """
    starts = [draft.first for draft in nouns]
    first = 0
    for sentence in paragraph.sentences:
        last = bisect_right(tokens.starts, sentence.span.end - 1) - 1
        inside = nouns[bisect_left(starts, first) : bisect_right(starts, last)]
        moving = verbs[bisect_left(verbs, first) : bisect_right(verbs, last)]
        if inside or moving:
            yield Scope(tokens, first, last, [n for n in inside if n.last <= last], moving)
        first = last + 1


def _place(readings: tuple[Amount, ...], offset: int) -> int:
    """Return how many *readings* begin in front of *offset*."""
    return bisect_left(readings, offset, key=_start)


def _first_in(readings: tuple[ReadingT, ...], start: int, end: int) -> ReadingT | None:
    """Return the first of *readings* that has a character from *start* up to *end*."""
    place = bisect_right(readings, start, key=_end)
    if place < len(readings) and readings[place].span.start < end:
        return readings[place]
    return None


def _start(reading: cqcparse.Quote) -> int:
    return reading.span.start


def _end(reading: cqcparse.Quote) -> int:
    return reading.span.end

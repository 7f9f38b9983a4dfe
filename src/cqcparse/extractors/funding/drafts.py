"""Mentions in the making: what rules pass to one another before a mention is built."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

import attrs

import cqcparse
from cqcparse.language import Phrase, Tokens, find_money, find_periods

#: Kinds of draft a verb can move, besides the individual ones in :data:`MOVABLE`.
MONEY_TYPES = frozenset(("fund", "grant", "stream", "contract"))
#: Mechanisms that are money in the hands of one person, so that they are given and received.
MOVABLE = frozenset(
    (
        "direct-payment",
        "personal-budget",
        "personal-health-budget",
        "individual-service-fund",
        "individual-budget",
        "integrated-personal-budget",
    )
)


@attrs.define(kw_only=True)
class Draft:
    """A mention of funding that is still being filled in; indices are those of tokens."""

    first: int
    last: int
    type: str
    rule: str
    entry: str | None = None
    canonical: str | None = None
    #: Whether it is a fund or grant known by name, which has no funder of its own.
    named: bool = False
    #: Index of the verb it is the object or subject of.
    verb: int | None = None
    amount: cqcparse.Reading[cqcparse.Money] | None = None
    period: cqcparse.Reading[cqcparse.Period] | None = None
    funder: Phrase | None = None
    recipient: Phrase | None = None
    purpose: Phrase | None = None
    negation: Phrase | None = None

    @property
    def movable(self) -> bool:
        """Whether it is money that can be given, spent or received."""
        return self.type in MONEY_TYPES or self.canonical in MOVABLE


class Scope:
    """One sentence: its tokens, the drafts found in it, and its quantities, read when asked for."""

    def __init__(self, tokens: Tokens, first: int, last: int) -> None:
        self.tokens = tokens
        #: Index of the first token of the sentence.
        self.first = first
        #: Index of the last token of the sentence.
        self.last = last
        #: Drafts of nouns, in order.
        self.nouns: list[Draft] = []
        #: Indices of the words that may be verbs of money, in order.
        self.verbs: list[int] = []

    @cached_property
    def amounts(self) -> tuple[cqcparse.Reading[cqcparse.Money], ...]:
        """The amounts of money in the sentence."""
        return find_money(self.tokens.text, *self._offsets)

    @cached_property
    def periods(self) -> tuple[cqcparse.Reading[cqcparse.Period], ...]:
        """The periods in the sentence."""
        return find_periods(self.tokens.text, *self._offsets)

    @cached_property
    def has_amounts(self) -> bool:
        """Whether there is a sum of money or percentage in the sentence, by its word classes."""
        return "M" in self.tokens.tags[self.first : self.last + 1]

    def quote(self, phrase: Phrase | None) -> cqcparse.Quote | None:
        """Return the text of *phrase* with its place."""
        if phrase is None:
            return None
        span = self.tokens.span(*phrase)
        return cqcparse.Quote(self.tokens.text[span.start : span.end], span)

    def noun_ending(self, phrase: Phrase) -> Draft | None:
        """Return the last draft that is the head of *phrase* or of one of its conjuncts."""
        tokens = self.tokens
        for draft in reversed(self.nouns):
            if draft.first <= phrase.last < draft.last:
                return draft
            if draft.last > phrase.last or draft.last < phrase.first:
                continue
            behind = tokens.tags[draft.last + 1] if draft.last < phrase.last else "."
            if behind in ".C,P(":
                return draft
        return None

    def noun_at(self, index: int) -> Draft | None:
        """Return the noun draft that covers the token at *index*."""
        return next((draft for draft in self.nouns if draft.first <= index <= draft.last), None)

    def amount_in(self, phrase: Phrase) -> cqcparse.Reading[cqcparse.Money] | None:
        """Return the first amount of money in *phrase*."""
        span = self.tokens.span(*phrase)
        return next((amount for amount in self.amounts if span.overlaps(amount.span)), None)

    def period_in(self, first: int, last: int) -> cqcparse.Reading[cqcparse.Period] | None:
        """Return the first period among the tokens from *first* to *last*."""
        if first > last:
            return None
        span = self.tokens.span(first, last)
        return next((period for period in self.periods if span.overlaps(period.span)), None)

    def index_at(self, offset: int) -> int:
        """Return the index of the token that covers, or begins last before, *offset*."""
        return bisect_right(self.tokens.starts, offset) - 1

    @property
    def _offsets(self) -> tuple[int, int]:
        return self.tokens.starts[self.first], self.tokens.ends[self.last]


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
    first = 0
    for sentence in paragraph.sentences:
        last = bisect_right(tokens.starts, sentence.span.end - 1) - 1
        scope = Scope(tokens, first, last)
        scope.nouns = [draft for draft in nouns if first <= draft.first and draft.last <= last]
        scope.verbs = verbs[bisect_left(verbs, first) : bisect_right(verbs, last)]
        if scope.nouns or scope.verbs:
            yield scope
        first = last + 1

"""Rules, the terms of lexicons, and the phrases that are found by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, compress
from typing import NamedTuple, TypeVar

import attrs

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.lexicon import Entry
from cqcparse.model.mentions import Evidence
from cqcparse.model.spans import Quote, Span

ValueT = TypeVar("ValueT")


@attrs.frozen(kw_only=True)
class Rule:
    """What a phrase is made of, and what it is taken for.

    ``[...]`` in the pattern is the mention, all of it if there are none, and ``<...>`` its head.
    """

    name: str
    pattern: str
    #: Type of what it finds; ``sentence`` if the sentence says, None if the words of it do, see
    #: :meth:`~cqcparse.grammar.RuleBook.type_of`.
    type: str | None = None
    #: What the extractor makes of it beside its type, in words of its own.
    tells: str = ""
    #: A pattern that may not stand right in front, one word, and one that may not follow.
    not_after: str = ""
    not_before: str = ""
    #: Sentences with what it finds as ``[words|type]``, and sentences in which it finds nothing.
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    @property
    def expressions(self) -> tuple[str, str, str]:
        """All that is matched: what it is, and what may not stand around it."""
        return self.pattern, self.not_after, self.not_before


class Term(NamedTuple):
    """A phrase of a lexicon where it stands; indices are of tokens, both ends included."""

    first: int
    last: int
    entry: Entry
    #: Name of the lexicon.
    lexicon: str
    #: Whether the user or a plugin gave it.
    given: bool = False


class Found(NamedTuple):
    """A phrase that a rule found; indices are of tokens, both ends included."""

    layers: Chunks
    rule: Rule
    first: int
    last: int
    head: int
    type: str | None
    #: The term that gave the type, if one did.
    term: Term | None
    #: Shorter phrases of other rules on the same words, as ``rule: text``.
    beat: tuple[str, ...]
    #: The phrase with its short forms spelt out, if it has any, or the id of a term that was given.
    canonical: str | None = None

    @property
    def span(self) -> Span:
        """The characters of the phrase, without the ending of a possessive."""
        span = self.layers.span(self.first, self.last)
        owner = self.last == self.head and self.layers.low[self.last].endswith("'s")
        return Span(span.start, span.end - len("'s")) if owner else span

    def evidence(self, cues: tuple[Quote, ...] = ()) -> Evidence:
        """Return why it was found, for the mention made of it."""
        entry = self.term.entry.id if self.term else None
        return Evidence(rule=self.rule.name, entry=entry, cues=cues, beat=self.beat)


def uses_of(
    layers: Chunks, names: Mapping[tuple[str, ...], ValueT]
) -> Iterator[tuple[int, int, ValueT]]:
    """Yield where words that begin with a capital are one of some names, a possessive ending aside.

    Of names that begin at one place the longer comes first.

    Args:
        layers: The document.
        names: What each name means, by its words in lower case.
    """
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(names, key=len, reverse=True):
        by_first.setdefault(unowned(words[0]), []).append(words)
    for first in compress(range(len(layers)), layers.caps if names else ()):
        for words in by_first.get(unowned(layers.low[first]), ()):
            *before, last = layers.low[first : first + len(words)]
            if (*before, unowned(last)) == words:
                yield first, first + len(words) - 1, names[words]


def unowned(word: str) -> str:
    """Return a word without a possessive ending."""
    return word.removesuffix("'s").removesuffix("’s")


def with_given(layers: Chunks, own: Iterable[Found], given: Iterable[Found]) -> list[Found]:
    """Return phrases of two rule books; where two overlap the longer stands, then what was given.

    Args:
        layers: The document.
        own: Those of the book itself.
        given: Those of one that a user or a plugin gave.
    """
    ordered = sorted(chain(given, own), key=lambda one: one.first - one.last)
    merged = []
    for place, losers in contest((one.first, one.last) for one in ordered).items():
        beaten = (ordered[loser] for loser in losers)
        lost = {f"{one.rule.name}: {layers.words(one.first, one.last)}" for one in beaten}
        one = ordered[place]
        merged.append(one._replace(beat=tuple(sorted(lost.union(one.beat)))))
    return sorted(merged, key=lambda one: one.first)


def contest(extents: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Return the places of the extents that stand where two overlap, each with those it beat.

    Args:
        extents: First and last token of each; one that comes first wins.
    """
    won: dict[int, list[int]] = {}
    owner: dict[int, int] = {}
    for place, (first, last) in enumerate(extents):
        tokens = range(first, last + 1)
        winner = next((owner[token] for token in tokens if token in owner), None)
        if winner is None:
            won[place] = []
            owner.update(dict.fromkeys(tokens, place))
        else:
            won[winner].append(place)
    return won

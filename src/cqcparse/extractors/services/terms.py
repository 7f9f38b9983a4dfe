"""Terms: where the words of the lexicon stand in a paragraph."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

import cqcparse
from cqcparse.extractors.services.vocabulary import lexicon, standing_ids
from cqcparse.grammar import Entry, Tokens

#: What may be left of a word behind a term: a possessive ending.
_ENDINGS = frozenset(("", "'", "’", "'s", "’s"))
#: What may be left behind a term that narrows a head: "dementia-friendly activities".
_HYPHENED = frozenset(("-friendly", "-based", "-led", "-focused", "-specific", "-related"))


@attrs.frozen(kw_only=True)
class Term:
    """A phrase of the lexicon; indices are of tokens, both ends included."""

    first: int
    last: int
    entry: Entry
    #: Whether it can be a mention without a head behind it.
    alone: bool


class Terms:
    """The terms of one paragraph, by the tokens that they cover."""

    def __init__(self, tokens: Tokens) -> None:
        self._by_token: dict[int, Term] = {}
        self._found: list[Term] = []
        for first, last, span, entry in lexicon().find(tokens):
            if term := _place(tokens, first, last, span, entry):
                self._found.append(term)
                for index in range(term.first, term.last + 1):
                    self._by_token.setdefault(index, term)

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms in order."""
        return iter(self._found)

    def at(self, index: int) -> Term | None:
        """Return the term that covers the token at *index*."""
        return self._by_token.get(index)

    def within(self, first: int, last: int) -> list[Term]:
        """Return the terms from token *first* to token *last*, both included, in order."""
        found = []
        index = first
        while index <= last:
            term = self._by_token.get(index)
            if term and term.last <= last:
                found.append(term)
            index = term.last + 1 if term else index + 1
        return found


def _place(tokens: Tokens, first: int, last: int, span: cqcparse.Span, entry: Entry) -> Term | None:
    """Return the term at *span*, between two tokens, or None if it is not made of whole words.

    A term may begin behind a slash ("adaptations/assistive technology"). One that goes on behind
    a hyphen narrows what follows ("dementia-friendly") and does not stand alone.
    """
    if tokens.starts[first] != span.start and tokens.text[span.start - 1] != "/":
        return None
    rest = tokens.text[span.end : tokens.ends[last]]
    whole = rest in _ENDINGS
    if not whole and rest not in _HYPHENED:
        return None
    return Term(first=first, last=last, entry=entry, alone=whole and entry.id in standing_ids())

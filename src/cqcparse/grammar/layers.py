"""Layers: what grammar says of a document, made once and shared by all that read it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from cqcparse.grammar import acronyms, bodies, found_phrases, phrase_ends, readings
from cqcparse.grammar import frames as frame_uses
from cqcparse.grammar.alphabet import BREAK
from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.clause import clause_at
from cqcparse.grammar.phrase_ends import Range
from cqcparse.model.spans import Span


class Layers(Chunks):
    """The words of the findings and all that grammar says of them. Read-only.

    Indices count tokens over all paragraphs; two paragraphs are parted by a token of their own,
    which no class holds. Chunks are the noun phrases, the verb groups and the words between, by
    their index in :attr:`chunks`. Each layer is made when it is first asked for, and kept.

    Examples:
        >>> from cqcparse.grammar import read_layers
        >>> layers = read_layers("The ICB funded a night sitting service in 2024/25.")
        >>> clause = layers.clause(layers.chunks.index("v"))
        >>> [layers.words(*clause.agent), layers.words(*clause.theme[0])]
        ['The ICB', 'a night sitting service']
        >>> layers.periods.within(0, len(layers) - 1).text
        '2024/25'
    """

    def tokens_of(self, span: Span) -> Range | None:
        """Return the first and the last token that stand in some characters, at least in part.

        So one gets from a match of a pattern, a sentence or a mention to the words.

        Args:
            span: The characters.

        Returns:
            The tokens; None if there are none, as outside of the findings.

        Examples:
            >>> from cqcparse import Span
            >>> from cqcparse.grammar import read_layers
            >>> layers = read_layers("The ICB funded a night sitting service.")
            >>> layers.tokens_of(Span(4, 14)), layers.words(1, 2)
            ((1, 2), 'ICB funded')
        """
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end) - 1
        while first <= last and self.low[first] == BREAK:
            first += 1
        while first <= last and self.low[last] == BREAK:
            last -= 1
        return (first, last) if first <= last else None

    fine_chunks = cached_property(phrase_ends.fine_chunks)
    stretches = cached_property(phrase_ends.stretches)
    clause = clause_at
    tails = phrase_ends.tails_at
    explained_by = phrase_ends.explained_by
    whole_phrase = phrase_ends.whole_phrase
    said_of = frame_uses.said_of
    uses_of = found_phrases.uses_of
    acronyms = cached_property(acronyms.find_acronyms)
    sums = cached_property(readings.sums)
    periods = cached_property(readings.periods)
    frames = cached_property(frame_uses.frames_of)
    bonds = cached_property(frame_uses.bonds)
    named_bodies = cached_property(bodies.named_bodies)
    body_names = cached_property(bodies.body_names)
    service_names = cached_property(bodies.service_names)

    def last_of(self, letters: str, chunk: int) -> int:
        """Return the last chunk in front of one that has one of some fine letters, or -1.

        It goes back no further than what may belong to one clause.
        """
        return phrase_ends.last_of(self.fine_chunks, letters, chunk)


def read_layers(text: str) -> Layers:
    """Return the layers of a stretch of text by itself, a paragraph a line."""
    place, paragraphs = 0, []
    for line in text.splitlines(keepends=True):
        paragraphs.append(Span(place, place + len(line.rstrip())))
        place += len(line)
    return Layers(text, paragraphs)

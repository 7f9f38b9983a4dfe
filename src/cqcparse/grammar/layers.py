"""Layers: what grammar says of a document, made once and shared by all that read it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from cqcparse.grammar.alphabet import BREAK
from cqcparse.grammar.bodies import BodyName, body_names, named_bodies
from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.clause import Clause, clause_at
from cqcparse.grammar.frames import Bond, Frames, Said, bonds, frames_of, said_of
from cqcparse.grammar.phrase_ends import (
    Range,
    explained_by,
    fine_chunks,
    last_of,
    tails_at,
    whole_phrase,
)
from cqcparse.grammar.readings import Readings, periods, sums
from cqcparse.grammar.tokens import Tokens
from cqcparse.model.mentions import Money, Period, Reading
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

    @property
    def fine_chunks(self) -> str:
        """The row of chunks in finer letters.

        ``l`` is "including"; ``I`` is "to fund", ``G`` "funding", ``E`` "funded" and ``B`` "fund"
        by themselves; ``d`` is a time or date.
        """
        return fine_chunks(self)

    def clause(self, chunk: int) -> Clause:
        """Return the clause around the verb group at *chunk*; there is one for each."""
        return clause_at(self, chunk)

    def last_of(self, letters: str, chunk: int) -> int:
        """Return the last chunk in front of one that has one of some fine letters, or -1.

        It goes back no further than what may belong to one clause.
        """
        return last_of(self.fine_chunks, letters, chunk)

    def tails(self, chunk: int, *, subject: bool = False) -> dict[str, Range]:
        """Return what stands behind prepositions from a chunk on, by that word.

        An infinitive stands under ``to do``, a participle in -ing under ``doing``.

        Args:
            chunk: The chunk behind the verb and its objects, or behind a noun phrase.
            subject: Whether that is the subject of a clause, so that a verb may follow.
        """
        return tails_at(self, chunk, subject=subject)

    def explained_by(self, chunk: int) -> int | None:
        """Return the chunk of what a noun phrase explains: "Dune House, a 16-bed unit"."""
        return explained_by(self, chunk)

    def whole_phrase(self, chunk: int, *, subject: bool = False) -> Range:
        """Return a noun or verb phrase with all that hangs on it and its list, to its end.

        Args:
            chunk: The chunk that it begins with.
            subject: Whether it hangs on the subject of a clause, so that a verb may follow.
        """
        return whole_phrase(self, chunk, subject=subject)

    @property
    def sums(self) -> Readings[Reading[Money]]:
        """The sums of money."""
        return sums(self)

    @property
    def periods(self) -> Readings[Reading[Period]]:
        """The periods of time."""
        return periods(self)

    @property
    def frames(self) -> Frames:
        """The frames: those that came with rule books that were given, then the shared ones."""
        return frames_of(self)

    @property
    def bonds(self) -> tuple[Bond, ...]:
        """Each use of one of the :attr:`frames`, in order."""
        return bonds(self)

    def said_of(self, phrases: Sequence[Range]) -> list[Said]:
        """Return what the :attr:`frames` say of each of some phrases.

        A frame speaks of a phrase that ends a noun phrase of its theme, not of one that narrows
        another noun: in "a new reablement strategy" it is the strategy that is new.

        Args:
            phrases: In the order of the text; they do not overlap.
        """
        return said_of(self, phrases)

    @property
    def named_bodies(self) -> tuple[BodyName, ...]:
        """Each use of a name that the document uses of a body, in order.

        Names with a head of their own ("Leeds Carers Board") need no evidence and are left to
        rules.

        Examples:
            >>> from cqcparse.grammar import read_layers
            >>> layers = read_layers("The club was run by Halcyon. People liked Halcyon.")
            >>> [(use.name, use.rule) for use in layers.named_bodies]
            [('Halcyon', 'name-made'), ('Halcyon', 'name-made')]
        """
        return named_bodies(self)

    @property
    def body_names(self) -> frozenset[str]:
        """The names that the document uses of a body, in lower case.

        Those of services are among them too, where who runs it has the same name.

        Examples:
            >>> from cqcparse.grammar import read_layers
            >>> sorted(read_layers("The club was run by Halcyon Hub.").body_names)
            ['halcyon hub']
        """
        return body_names(self)


def read_layers(text: str) -> Layers:
    """Return the layers of a stretch of text by itself, a paragraph a line."""
    place, paragraphs = 0, []
    for line in text.splitlines(keepends=True):
        paragraphs.append(Tokens(text, place, place + len(line.rstrip())))
        place += len(line)
    return Layers(text, paragraphs)

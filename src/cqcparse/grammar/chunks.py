"""Chunks: the words of a document, and its row of noun phrases and verb groups."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from itertools import pairwise, repeat
from typing import Any, Protocol, TypeVar

from cqcparse.grammar.alphabet import BREAK, Alphabet
from cqcparse.grammar.core import core
from cqcparse.grammar.tokens import Tokens
from cqcparse.model.spans import Quote, Span

ValueT = TypeVar("ValueT")

#: The ending of a possessive, the classes of words that what is owned begins with, and what closes
#: a quotation where nothing is owned.
_ENDING = re.compile("(?:['’]s|(?<=s)['’])$")
_OWNED = frozenset("JKNQWS#LMT")
_MARK = re.compile("(?<=s)['’]$")
#: Words in small letters within a name.
_WITHIN = frozenset(("and", "of", "the", "for", "&"))
#: No sentence is taken to go on further than this, in words; it keeps the work linear.
_FAR = 80


class Given(Protocol):
    """A lexicon or rule book of a kind, which the user or a plugin gave."""

    @property
    def kind(self) -> str | None:
        """The kind of mention that is made of what it finds."""
        ...


class Chunks:
    """The words, the noun phrases and the verb groups of a document, below all other layers.

    Args:
        text: The text of the document.
        paragraphs: The characters of its paragraphs, in order.
        without: Names of rules and frames that are not to be used on it.
        further: Lexicons and rule books that the user or a plugin gave, for the rule books of their
            kinds.
    """

    def __init__(
        self,
        text: str,
        paragraphs: Iterable[Span],
        without: Collection[str] = (),
        further: Iterable[Given] = (),
    ) -> None:
        self.text = text
        self.without = frozenset(without)
        self.further: tuple[Given, ...] = tuple(further)
        #: The words in lower case.
        self.low: list[str] = []
        #: The class, capital and word of each token in one string.
        self.keys: list[str] = []
        #: Whether each token starts with a capital.
        self.caps: list[bool] = []
        self.starts = array("i")
        self.ends = array("i")
        tags: list[str] = []
        for span in paragraphs:
            tokens = Tokens(text, span.start, span.end)
            self.low += tokens.low
            self.keys += tokens.keys
            self.caps += tokens.caps
            self.starts += tokens.starts
            self.ends += tokens.ends
            tags += tokens.tags
            if tokens.low:
                self.low.append(BREAK)
                self.keys.append(BREAK)
                self.caps.append(False)
                self.starts.append(tokens.ends[-1])
                self.ends.append(tokens.ends[-1])
                tags.append(BREAK)
        #: The document in the characters of the core grammar.
        self.core = self._decided(tags)
        #: The word class of each token, one letter each.
        self.tags = "".join(tags)
        #: The clauses that were read last; see clause.py.
        self.clauses: dict[tuple[int, int], Any] = {}
        self._memo: dict[object, object] = {}

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.low)

    def line(self, alphabet: Alphabet) -> str:
        """Return the document in the characters of *alphabet*, one for each token."""
        return "".join(map(alphabet.of.__getitem__, self.keys))

    def remembered(self, key: object, make: Callable[[Chunks], ValueT]) -> ValueT:
        """Return what *make* makes of the layers; it is made once for each key."""
        if key not in self._memo:
            self._memo[key] = make(self)
        return self._memo[key]  # type: ignore[return-value]  # made by the same function

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that stand in small letters somewhere."""
        return frozenset(low for low, cap in zip(self.low, self.caps, strict=True) if not cap)

    def span(self, first: int, last: int) -> Span:
        """Return the span from token *first* to token *last*, both included."""
        return Span(self.starts[first], self.ends[last])

    def quote(self, first: int, last: int) -> Quote:
        """Return what is printed from token *first* to token *last*, with its span."""
        span = self.span(first, last)
        return Quote(self.text[span.start : span.end], span)

    def unowned(self, first: int, last: int) -> Quote:
        """Return what is printed, without the ending of what owns: "the charity's flats"."""
        quote = self.quote(first, last)
        owns = self.tags[last + 1 : last + 2] in _OWNED
        bare = (_ENDING if owns else _MARK).sub("", quote.text)
        return Quote(bare, Span(quote.span.start, quote.span.start + len(bare)))

    def without_description(self, first: int, last: int) -> tuple[int, int]:
        """Return the name behind what says of whom it is: "the charity Halcyon"."""
        name = last
        while name > first and (
            self.caps[name - 1] or (self.low[name - 1] in _WITHIN and self.caps[name - 2])
        ):
            name -= 1
        told = name > first and self.low[name - 1] in core().words["describing"]
        return (name, last) if told and self.caps[name] else (first, last)

    def words(self, first: int, last: int) -> str:
        """Return what is printed from token *first* to token *last*, both included."""
        return self.text[self.starts[first] : self.ends[last]]

    def _decided(self, tags: list[str]) -> str:
        """Return the line of the core grammar, with words of two classes decided."""
        grammar = core()
        line = self.line(grammar.alphabet)
        chars = None
        for place, tag in grammar.rewritten(line):
            chars = chars or [*line]
            tags[place] = tag
            self.keys[place] = key = tag + self.keys[place][1:]
            chars[place] = grammar.alphabet.of[key]
        return "".join(chars) if chars else line

    @cached_property
    def _chunked(self) -> tuple[array[int], str]:
        grammar = core()
        firsts, kinds, done = array("i"), [], 0
        singles = self.core.translate(grammar.between)
        for match in grammar.chunks(self.core):
            first, behind = match.span()
            if done < first:
                kinds.append(singles[done:first])
                firsts.extend(range(done, first))
            kinds.append(match.lastgroup or "")
            firsts.append(first)
            done = behind
        kinds.append(singles[done:])
        firsts.extend(range(done, len(singles)))
        return firsts, "".join(kinds)

    @cached_property
    def chunks(self) -> str:
        """The document as a row of noun phrases, verb groups and words between, a letter each.

        ``n`` is a noun phrase, ``v`` a verb group and ``x`` a form of "be", "have" or a modal verb
        without one; the other letters stand in the table ``between`` of grammar.toml.
        """
        return self._chunked[1]

    @cached_property
    def reversed_chunks(self) -> str:
        """The chunks from the last to the first: what stands in front of one is matched there."""
        return self.chunks[::-1]

    @cached_property
    def chunk_starts(self) -> array[int]:
        """The first token of each chunk."""
        return self._chunked[0]

    @cached_property
    def _bounds(self) -> array[int]:
        """The first token of each chunk, and the end of the last one."""
        return self.chunk_starts + array("i", [len(self.low)])

    @cached_property
    def _chunk_of(self) -> array[int]:
        found = array("i")
        for chunk, (first, after) in enumerate(pairwise(self._bounds)):
            found.extend(repeat(chunk, after - first))
        return found

    def chunk_at(self, token: int) -> int:
        """Return the index of the chunk that holds a token."""
        return self._chunk_of[token]

    def extent(self, chunk: int) -> tuple[int, int]:
        """Return the first and the last token of a chunk."""
        return self._bounds[chunk], self._bounds[chunk + 1] - 1

    def sentence(self, first: int, last: int) -> tuple[int, int]:
        """Return the first and the last token of the sentence around a phrase, without its stop."""
        quoting = core().words["quoting"]
        floor, ceiling = max(first - _FAR, 0), last + _FAR
        while first > floor and not self._stops(first - 1, quoting):
            first -= 1
        while last < ceiling and not self._stops(last + 1, quoting):
            last += 1
        return first, last

    def _stops(self, index: int, quoting: frozenset[str]) -> bool:
        tag = self.tags[index]
        return tag == BREAK or (tag == "." and self.low[index] not in quoting)

    def trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """Return a noun phrase without the article, quantifier or measure at its front, or None."""
        match = core().trim.match(self.core, first, last + 1)
        first = match.end() if match else first
        return (first, last) if first <= last else None

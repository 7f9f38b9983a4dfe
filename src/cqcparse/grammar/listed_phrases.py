"""Listed phrases: the terms of lexicons as rows of tokens, found by their first word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from typing import Any

import attrs

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.lexicon import Entry, Lexicon, spellings


class Listed:
    """An entry of a lexicon, with the codes of what its words are, see the alphabet."""

    __slots__ = ("_codes", "entry", "given", "lexicon", "named")

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.lexicon: str = row["lexicon"]
        self.entry = Entry(
            id=row["id"],
            name=row["name"],
            type=row["type"],
            aliases=tuple(row["aliases"]),
            named=row["named"],
        )
        self.named = self.entry.named
        self._codes: str = row["codes"]
        #: Whether the user or a plugin gave it.
        self.given: bool = row.get("given", False)

    def code(self, *, first: bool, last: bool) -> str:
        """Return the code of a word that is the first or the last one of a phrase, or neither."""
        return self._codes[first + 2 * last]


#: The words of a phrase, whether it matches capitals only, what it names.
_Phrase = tuple[list[str], bool, Listed]


class Phrases:
    """The phrases of some lexicons by their first two words; spelt out when those are first met.

    Args:
        entries: The entries, each a table.
        openings: By the first word of a phrase and by the second, which is empty if there is none,
            the places of its entry and of it in that entry.
    """

    def __init__(
        self,
        entries: Sequence[Mapping[str, Any]],
        openings: Mapping[str, Mapping[str, Sequence[int]]],
    ) -> None:
        self._entries = entries
        self._openings = openings
        self._listed: dict[int, Listed] = {}
        #: By first and second word, the longest first.
        self._spelt: dict[tuple[str, str], list[_Phrase]] = {}

    @property
    def types(self) -> frozenset[str | None]:
        """The types of the entries."""
        return frozenset(entry["type"] for entry in self._entries)

    def find(self, layers: Chunks) -> Iterator[tuple[int, int, Listed]]:
        """Yield first and last token of the longest phrase at each place, and what it is."""
        low, caps, behind = layers.low, layers.caps, 0
        for place in compress(range(len(low)), map(self._openings.__contains__, low)):
            if place < behind:
                continue
            first, second = low[place : place + 2]
            for words, upper, listed in (*self._opened(first, second), *self._opened(first, "")):
                behind = place + len(words)
                if low[place:behind] != words or (listed.named and not caps[place]):
                    continue
                if not upper or layers.words(place, behind - 1).removesuffix("s").isupper():
                    yield place, behind - 1, listed
                    break
            else:
                behind = place

    def _opened(self, first: str, second: str) -> Sequence[_Phrase]:
        """Return the phrases that begin with a word which opens some, and another."""
        found = self._spelt.get((first, second), ())
        if not found and second in self._openings[first]:
            found = self._spelt[first, second] = [*self._spelt_out(first, second)]
            found.sort(key=lambda item: -len(item[0]))
        return found

    def _spelt_out(self, first: str, second: str) -> Iterator[_Phrase]:
        seen: set[tuple[str, ...]] = set()
        places = iter(self._openings[first][second])
        for number, which in zip(places, places, strict=True):
            listed = self._listed.get(number)
            if listed is None:
                listed = self._listed[number] = Listed(self._entries[number])
            phrase = (listed.entry.name, *listed.entry.aliases)[which]
            for words in spellings(phrase):
                if words not in seen and _opening(words) == (first, second):
                    seen.add(words)
                    yield [*words], phrase.isupper(), listed


def openings(entries: Iterable[Entry]) -> dict[str, dict[str, list[int]]]:
    """Return by its first two words the places of each phrase: of its entry, and in that entry."""
    found: dict[str, dict[str, dict[tuple[int, int], None]]] = {}
    for number, entry in enumerate(entries):
        for place, phrase in enumerate((entry.name, *entry.aliases)):
            for first, second in map(_opening, spellings(phrase)):
                found.setdefault(first, {}).setdefault(second, {})[number, place] = None
    return {
        first: {second: [*chain.from_iterable(places)] for second, places in sorted(rows.items())}
        for first, rows in sorted(found.items())
    }


def _opening(words: tuple[str, ...]) -> tuple[str, str]:
    """Return the first word of a phrase, and the second or nothing."""
    return words[0], "".join(words[1:2])


#: Lexicons that are kept in this form; more are made anew.
_MOST_LEXICONS = 64


class FurtherTerms:
    """Lexicons that were given beside those of a rule book, in the form that its rules read.

    A rule knows a term by its lexicon and its type. A term that is given is one like those of its
    type that the book has: what rules say of them they say of it.

    Args:
        entries: The entries of the book, each a table.
    """

    def __init__(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self._entries = entries
        self._made: dict[int, tuple[Lexicon, Phrases]] = {}

    def of(self, lexicon: Lexicon) -> Phrases:
        """Return the phrases of a lexicon; its terms of types that the book lacks are left out."""
        made = self._made.get(id(lexicon))
        if made is None or made[0] is not lexicon:
            if len(self._made) >= _MOST_LEXICONS:
                self._made.clear()
            made = self._made[id(lexicon)] = lexicon, self._phrases(lexicon)
        return made[1]

    def _phrases(self, lexicon: Lexicon) -> Phrases:
        liked = [(entry, self._like(entry.type)) for entry in lexicon.entries]
        known = [(entry, like) for entry, like in liked if like is not None]
        rows = [{**attrs.asdict(entry), **like} for entry, like in known]
        return Phrases(rows, openings(entry for entry, _ in known))

    def _like(self, type_: str | None) -> dict[str, Any] | None:
        """Return type, lexicon and codes of most entries of a type in the first lexicon with it."""
        same = [row for row in self._entries if row["type"] == type_ and type_ is not None]
        codes = Counter((row["lexicon"], row["codes"]) for row in same)
        if not codes:
            return None
        first = same[0]["lexicon"]
        (lexicon, code), _ = max(codes.items(), key=lambda item: (item[0][0] == first, item[1]))
        return {"type": type_, "lexicon": lexicon, "codes": code, "given": True}

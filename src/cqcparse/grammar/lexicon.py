"""Lexicon: a vocabulary of things with ids, types and names, kept as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

import attrs

from cqcparse.grammar.phrase_index import PhraseIndex
from cqcparse.grammar.tokens import Tokens
from cqcparse.grammar.vocabulary import Vocabulary
from cqcparse.model.spans import Span


@attrs.frozen(kw_only=True)
class Entry:
    """One thing of a lexicon.

    Attributes:
        id: Stable id, lower case with hyphens.
        name: Full name.
        type: Type of its mentions; None if the words around it decide.
        aliases: Other ways to write it. Those in capitals match capitals only; plurals need
            no alias.
        named: Whether a mention is a proper name ("Homes England") and not a common noun
            ("home care").
        patterns: Further ways to write it, as regular expressions that match whole words,
            case as given.
    """

    id: str
    name: str
    type: str | None = None
    aliases: tuple[str, ...] = ()
    named: bool = False
    patterns: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, slots=False)
class Lexicon:
    """Entries of one kind of mention, scanned for together.

    Attributes:
        kind: Kind of its mentions.
        entries: Its terms, in the order of the file.
    """

    kind: str
    entries: tuple[Entry, ...]

    def scan(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[Span, Entry]]:
        """Yield the entries found in ``text[start:end]``, the longest at each place, in order."""
        for span, (phrase, entry) in self._vocabulary.scan(text, start, end):
            if not phrase.isupper() or text[span.start : span.end].removesuffix("s").isupper():
                yield span, entry

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, Span, Entry]]:
        """Yield the entries found in a paragraph, with the tokens they begin and end in.

        The same as :meth:`scan`, and cheaper where the tokens are there already.

        Args:
            tokens: A paragraph.
        """
        text, ends, phrases = tokens.text, tokens.ends, self._phrases
        for first, start, found in self._index.find(tokens):
            end, last = start + len(found), first
            while ends[last] < end:
                last += 1
            phrase, entry = phrases[found]
            if not phrase.isupper() or text[start:end].removesuffix("s").isupper():
                yield first, last, Span(start, end), entry

    def get(self, phrase: str) -> Entry | None:
        """Return the entry that *phrase* names, or None."""
        found = self._vocabulary.get(phrase)
        return found[1] if found else None

    def at(self, tokens: Tokens, index: int) -> tuple[int, Entry] | None:
        """Return the longest entry that begins at one token, and the index of its last token.

        Cheaper than :meth:`scan` where the tokens are there already.

        Args:
            tokens: A paragraph.
            index: Index of the first word.
        """
        opening = self._openings.get(tokens.low[index])
        if opening is None:
            return None
        longest, seconds = opening
        if "" not in seconds and seconds.isdisjoint(tokens.low[index + 1 : index + 2]):
            return None
        phrases = self._phrases
        for last in range(min(index + longest, len(tokens)) - 1, index - 1, -1):
            found = phrases.get(" ".join(tokens.low[index : last + 1]).replace("-", " "))
            if found is None:
                continue
            phrase, entry = found
            span = tokens.span(index, last)
            if not phrase.isupper() or tokens.text[span.start : span.end].rstrip("s").isupper():
                return last, entry
        return None

    @property
    def first_words(self) -> AbstractSet[str]:
        """The words with which a phrase may begin, in lower case, as :meth:`at` compares them."""
        return self._openings.keys()

    @cached_property
    def _openings(self) -> Mapping[str, tuple[int, AbstractSet[str]]]:
        """Return by first word the length of the longest phrase and the words that may follow.

        Hyphens may join words, so they are joined here too; an empty word behind means that any
        word may follow.
        """
        lengths: dict[str, int] = {}
        seconds: dict[str, set[str]] = {}
        for phrase in self._phrases:
            words = phrase.split()
            for joined in range(1, min(len(words), 3) + 1):
                first, rest = "-".join(words[:joined]), words[joined:]
                lengths[first] = max(lengths.get(first, 0), len(words))
                seconds.setdefault(first, set()).update(
                    "-".join(rest[:more]) for more in range(1 if rest else 0, len(rest) + 1)
                )
        return {first: (lengths[first], seconds[first]) for first in lengths}

    @cached_property
    def _index(self) -> PhraseIndex:
        return PhraseIndex(self._phrases)

    @cached_property
    def _phrases(self) -> Mapping[str, tuple[str, Entry]]:
        """The phrases as tokens give them, with the way each stands in the lexicon."""
        return dict(self._vocabulary.items())

    @cached_property
    def _vocabulary(self) -> Vocabulary[tuple[str, Entry]]:
        phrases: dict[str, tuple[str, Entry]] = {}
        for entry in self.entries:
            for phrase in (entry.name, *entry.aliases):
                for form in (phrase, plural(phrase)):
                    phrases.setdefault(form, (phrase, entry))
        return Vocabulary(phrases)


def plural(phrase: str) -> str:
    """Return *phrase* with its last word in the regular plural."""
    if phrase.endswith("s"):
        return phrase
    if phrase.endswith(("x", "ch", "sh")):
        return phrase + "es"
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + "s"

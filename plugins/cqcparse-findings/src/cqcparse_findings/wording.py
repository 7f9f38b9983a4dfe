"""The bare wording of a document: what its words, their parts and pairs of them weigh.

Weights are added up once for the whole document, so that a sentence is the difference of two sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, repeat

from cqcparse_findings.mention import Voice

#: No more words are kept: a text of endless new words must not fill the memory.
MOST_KEPT = 50_000
#: A shorter word has no parts.
_SHORTEST = 4
#: How many letters the parts of a word have, from its beginning and from its end.
_STEM, _ENDINGS = 4, (3, 4)
#: What stands for a sum, a share and any other figure.
_SIGNS = dict.fromkeys("£$€", "£")
_FIGURE = frozenset("£$€0123456789")


class Wording:
    """What the wording of each sentence of a document weighs.

    Args:
        low: The words of the document in lower case.
        forms: The weights of each word with its parts, packed into one number.
        pairs: Those of pairs of words.
    """

    def __init__(
        self, low: Sequence[str], forms: Mapping[str, int], pairs: Mapping[tuple[str, str], int]
    ) -> None:
        alike = list(map(_ALIKE.__getitem__, low))
        self._forms = forms
        self._words = list(accumulate(map(forms.__getitem__, alike), initial=0))
        found = map(pairs.get, pairwise(alike), repeat(0))
        self._pairs = list(accumulate(found, initial=0))

    def weigh(self, first: int, last: int, voice: Voice | None = None) -> int:
        """Return what the words from *first* to *last* weigh together, packed into one number.

        Args:
            first: Index of the first word.
            last: Index of the last word.
            voice: Whose evidence they are, which weighs like a word; None if that is not known.
        """
        words = self._words[last + 1] - self._words[first]
        pairs = self._pairs[last] - self._pairs[first]
        return words + pairs + (self._forms[voice.upper()] if voice else 0)


class _Alike(dict[str, str]):
    """Each word as it is weighed: figures of one kind are alike."""

    def __missing__(self, word: str) -> str:
        alike = word
        if word[:1] in _FIGURE:
            alike = _SIGNS.get(word[0]) or ("%" if word.endswith("%") else "#")
        if len(self) < MOST_KEPT:
            self[word] = alike
        return alike


_ALIKE = _Alike()


def parts_of(word: str) -> Iterator[str]:
    """Yield a word as it is weighed, with its parts, which have a star in place of the rest."""
    yield word
    if len(word) >= _SHORTEST:
        yield f"{word[:_STEM]}*"
        yield from (f"*{word[-size:]}" for size in _ENDINGS)


def wording_of(low: Sequence[str], voice: Voice | None = None) -> Iterator[str]:
    """Yield all that is weighed of a sentence: its words, their parts, its pairs and its voice.

    Args:
        low: Its words in lower case.
        voice: Whose evidence it is, which is yielded in capitals, as no word is; None if that is
            not known.
    """
    words = list(map(_ALIKE.__getitem__, low))
    if voice:
        yield voice.upper()
    for word in words:
        yield from parts_of(word)
    yield from map(" ".join, pairwise(words))

"""Vocabulary: many phrases found in one pass, however many there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Generic, TypeVar

from cqcparse.model.spans import Span

PayloadT = TypeVar("PayloadT")

_APOSTROPHES = "'’‘ʼ"
_DASHES = "-‐‑‒–"
#: Characters that stand for one another in print, by the one used inside a vocabulary.
_FOLD = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_DASHES, " "), "\u00a0": " "}
)
_FOLD_IN_PLACE = _FOLD | dict.fromkeys((code for code in range(0x3001) if chr(code).isspace()), " ")
_FOLDED = tuple((chr(code), plain) for code, plain in _FOLD_IN_PLACE.items() if chr(code) != plain)
#: A capital that begins a word; the letter comes first, so that the search for it is fast.
_CAPITAL = re.compile(r"[A-Z](?<!\w\w)")


class _Trie(dict[str, "_Trie"]):
    """What goes on behind a beginning, by the next character; by none if a phrase ends there."""


class Vocabulary(Generic[PayloadT]):
    """Phrases with a payload each, scanned for in one pass of a prefix-factored pattern.

    Matching ignores case, takes hyphen, dash and any single white space as equal, and straight
    and curly apostrophes as equal. A phrase matches whole words; of several that start at the
    same place the longest wins. The time of a scan does not grow with the number of phrases.

    Args:
        phrases: Payload by phrase. Phrases that fold to the same characters are one phrase; the
            last wins.
    """

    def __init__(self, phrases: Mapping[str, PayloadT]) -> None:
        self._payloads = {fold(phrase): payload for phrase, payload in phrases.items()}
        self._payloads.pop("", None)

    def scan(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[Span, PayloadT]]:
        """Yield the phrases found in ``text[start:end]``, leftmost and longest first, with payload.

        Args:
            text: The text of a document.
            start: Offset to begin at, in code points.
            end: Offset to stop before; None for the end of the text.
        """
        if not self._payloads:
            return
        # One character more on either side keeps the word boundaries true.
        offset = max(start - 1, 0)
        stop = len(text) if end is None else end
        folded = fold_in_place(text[offset : stop + 1])
        for match in self._pattern.finditer(folded, start - offset, stop - offset):
            first, last = match.span()
            yield Span(first + offset, last + offset), self._payloads[match.group()]

    def scan_names(self, text: str) -> Iterator[tuple[Span, PayloadT]]:
        """Yield the phrases found in *text* that begin with a capital letter, A to Z.

        The same as :meth:`scan` for names, and several times faster: few words have a capital.

        Args:
            text: The text of a document.
        """
        folded = fold_in_place(text)
        end = 0
        for capital in _CAPITAL.finditer(text):
            start = capital.start()
            if start >= end and (behind := _end_of_longest(self._trie, folded, start)):
                end = behind
                yield Span(start, end), self._payloads[folded[start:end]]

    @cached_property
    def _trie(self) -> _Trie:
        return _trie_of(self._payloads)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_render(self._trie)})(?!\w)")


def fold(phrase: str) -> str:
    """Return *phrase* as the vocabulary compares it: lower case, plain apostrophes and spaces."""
    return " ".join(phrase.lower().translate(_FOLD).split())


def fold_in_place(text: str) -> str:
    """Return *text* folded like a phrase, with every code point in its place."""
    folded = lower(text)
    if folded.isascii():
        return folded.translate(_FOLD_IN_PLACE)
    # Beyond ASCII a translation looks every character up: ten times as long as this.
    for char, plain in _FOLDED:
        if char in folded:
            folded = folded.replace(char, plain)
    return folded


def lower(text: str) -> str:
    """Return *text* in lower case with every code point in its place.

    A few letters become two when lowered, which would shift all offsets behind them; they are
    left as they are.
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _trie_of(phrases: Iterable[str]) -> _Trie:
    """Return all *phrases*, with common prefixes written once."""
    trie = _Trie()
    for phrase in phrases:
        node = trie
        for char in phrase:
            node = node.setdefault(char, _Trie())
        node[""] = _Trie()
    return trie


def _end_of_longest(trie: _Trie, folded: str, start: int) -> int:
    """Return the end of the longest phrase at *start* that ends with a word, or 0."""
    found, node, place = 0, trie, start
    while node:
        char = folded[place : place + 1]
        if "" in node and not (char.isalnum() or char == "_"):
            found = place
        if not char or char not in node:
            break
        node, place = node[char], place + 1
    return found


def _render(node: _Trie) -> str:
    """Return the pattern below *node*; a phrase that ends here is tried last, so longest wins."""
    branches = [re.escape(char) + _render(node[char]) for char in sorted(node) if char]
    if "" in node:
        if not branches:
            return ""
        return f"(?:{'|'.join(branches)})?" if len(branches) > 1 else f"(?:{branches[0]})?"
    return f"(?:{'|'.join(branches)})" if len(branches) > 1 else branches[0]

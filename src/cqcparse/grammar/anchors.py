"""Match a costly pattern only near an anchor that is cheap to find, so that a scan stays linear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import regex

from cqcparse.grammar.lazy_pattern import LazyPattern
from cqcparse.grammar.vocabulary import lower

_WORD_START = re.compile(r"\b\w")


class Anchors:
    """Places in a text that are found fast: :mod:`regex` for digits, :mod:`re` for words.

    Args:
        symbols: Pattern of digits or symbols.
        words: Pattern of words, or parts of words, in lower case.
    """

    def __init__(self, *, symbols: LazyPattern | None = None, words: str | None = None) -> None:
        self._symbols = symbols
        self._words = words

    @cached_property
    def _words_pattern(self) -> re.Pattern[str]:
        return re.compile(self._words or "")

    def find(self, text: str, start: int, end: int) -> list[int]:
        """Return where they stand in a range of *text*, in order.

        Args:
            text: The whole text of the document.
            start: Offset to read from, in code points.
            end: Offset to stop at.
        """
        places = []
        if self._symbols:
            places += [match.start() for match in self._symbols.finditer(text, start, end)]
        if self._words:
            lowered = lower(text[start:end])
            places += [start + match.start() for match in self._words_pattern.finditer(lowered)]
        return sorted(places)


class Near:
    """A pattern that is looked for only around anchors, from the starts of words.

    The work for each anchor is bounded by the window, whatever the length of the text.

    Args:
        pattern: What is looked for.
        anchors: What every match contains.
        before: Code points in front of an anchor in which a match may begin.
        after: Code points behind the start of an anchor by which a match has ended.
    """

    def __init__(
        self, pattern: LazyPattern, anchors: Anchors, *, before: int = 40, after: int = 64
    ) -> None:
        self._pattern = pattern
        self._anchors = anchors
        self._before = before
        self._after = after

    def finditer(self, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
        """Yield the matches in a range of *text*, in order, without overlaps.

        Args:
            text: The whole text of the document.
            start: Offset to read from, in code points.
            end: Offset to stop at.
        """
        done = start
        for place in self._anchors.find(text, start, end):
            if place < done:
                continue
            match = self._match(text, max(done, place - self._before), place, end)
            done = place + 1
            if match is not None:
                done = match.end()
                yield match

    def _match(self, text: str, first: int, place: int, end: int) -> regex.Match[str] | None:
        """Return the match that contains the anchor at *place* and begins leftmost."""
        last = min(end, place + self._after)
        for word in _WORD_START.finditer(text, first, place + 1):
            match = self._pattern.match(text, word.start(), last)
            if match is not None and match.end() > place:
                return match
        return None

"""Match a costly pattern only near an anchor that is cheap to find, so that a scan stays linear."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
import regex

from cqcparse.language.vocabulary import lower


@attrs.frozen(kw_only=True)
class Anchors:
    """Places in a text that are found fast: :mod:`regex` for digits, :mod:`re` for words."""

    #: Digits or symbols.
    symbols: regex.Pattern[str] | None = None
    #: Words, or parts of words, in lower case.
    words: re.Pattern[str] | None = None

    def find(self, text: str, start: int, end: int) -> list[int]:
        """Return where they stand in a range of *text*, in order.

        Args:
            text: The whole text of the document.
            start: Offset to read from, in code points.
            end: Offset to stop at.
        """
        places = []
        if self.symbols:
            places += [match.start() for match in self.symbols.finditer(text, start, end)]
        if self.words:
            lowered = lower(text[start:end])
            places += [start + match.start() for match in self.words.finditer(lowered)]
        return sorted(places)


@attrs.frozen(kw_only=True)
class Near:
    """A pattern that is looked for only around anchors.

    The work for each anchor is bounded by the window, whatever the length of the text.
    """

    #: What is looked for.
    pattern: regex.Pattern[str]
    #: What every match contains.
    anchors: Anchors
    #: Code points in front of an anchor in which a match may begin.
    before: int = 40
    #: Code points behind the start of an anchor by which a match has ended.
    after: int = 64

    def finditer(self, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
        """Yield the matches in a range of *text*, in order, without overlaps.

        Args:
            text: The whole text of the document.
            start: Offset to read from, in code points.
            end: Offset to stop at.
        """
        done = start
        for place in self.anchors.find(text, start, end):
            if place < done:
                continue
            first, last = max(done, place - self.before), min(end, place + self.after)
            match = self.pattern.search(text, first, last)
            done = place + 1
            if match is not None:
                done = max(done, match.end())
                yield match

"""What stands between two lines of a PDF: a space, or nothing where a word or number is broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from cqcparse.reading.pdf_segments import Segment

_HYPHENS = "-\u00ad\u2010"
_LAST_PART = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
#: A line that ends in the middle of a number, such as a financial year, and what it goes on with.
_CUT_NUMBER = re.compile(r"(?:\d[-–/]|£|\d,)$")
_REST_OF_NUMBER = re.compile(r"\d")
#: Parts of words that have a hyphen beside them, where the report does not show how to write one.
_FIRST_PARTS = frozenset(
    [
        *("co", "cross", "follow", "high", "hospital", "joined", "long", "low", "multi", "non"),
        *("peer", "self", "semi", "short", "step", "strength", "trauma", "user", "well", "whole"),
    ]
)
_LAST_PARTS = frozenset(
    [
        *("based", "being", "centred", "day", "down", "free", "hour", "led", "making", "month"),
        *("needed", "quality", "ranging", "related", "risk", "term", "up", "week", "wide"),
        *("year",),
    ]
)
#: What a word may end in and is no word by itself, but for those that are.
_ENDING = re.compile(
    r"[^aeiou]{0,2}(?:[aiu]?tion|sion|ation|ment|ness|[ai]nc[ey]|enc[ey]|ity|bility|[aei]ble|ably|"
    r"ally|ously|ively|ised|ising|isation|tive|tial|ture|ties)s?"
)
_ENDINGS_THAT_ARE_WORDS = frozenset(
    [
        *("able", "ally", "bible", "cable", "chance", "city", "dance", "fable", "fancy", "fence"),
        *("glance", "hence", "lance", "mince", "nation", "nations", "pence", "pity", "prance"),
        *("prince", "rally", "ration", "rations", "sable", "sally", "since", "stable", "stance"),
        *("station", "stations", "table", "tables", "tally", "thence", "ties", "trance", "whence"),
    ]
)
_MANY_HYPHENS = 0.04  # share of lines that end in one, if words are broken at line ends


def is_cut(text: str, following: str) -> bool:
    """Return whether a line ends in the middle of a number or a sum that the next goes on with."""
    return bool(_CUT_NUMBER.search(text) and _REST_OF_NUMBER.match(following))


class LineEnds:
    """How words are broken at the ends of lines, learnt from all of them.

    Args:
        segments: The lines of the report in reading order.
    """

    def __init__(self, segments: Iterable[Segment]) -> None:
        texts = [segment.text for segment in segments]
        self._words = Counter(
            word.casefold() for text in texts for word in _WORD.findall(text[:-1])
        )
        self._breaks_words = (
            self._broken_words(texts) > 0 or _hyphens_at_ends(texts) > _MANY_HYPHENS
        )

    def _broken_words(self, texts: Iterable[str]) -> int:
        """Return how many words at line ends stand elsewhere without their hyphen."""
        count = 0
        for text, following in pairwise(texts):
            before, after = _LAST_PART.search(text), _FIRST_PART.match(following)
            if before and after:
                count += (before[1] + after[0]).casefold() in self._words
        return count

    def gap(self, text: str, following: str) -> tuple[str, int]:
        """Return what stands between two lines, and how much of the first is kept."""
        if is_cut(text, following):
            return "", len(text)
        if not text.endswith(tuple(_HYPHENS)) or not following[0].isalpha():
            return " ", len(text)
        last, first = _LAST_PART.search(text), _FIRST_PART.match(following)
        if not last or not first or first[0][0].isupper():
            return ("" if last or text[-2:-1].isdigit() else " "), len(text)
        return "", len(text) - (0 if self._keeps_hyphen(last[1], first[0]) else 1)

    def _keeps_hyphen(self, before: str, after: str) -> bool:
        """Return whether a word is written with the hyphen that is at its line's end."""
        before, after = before.casefold(), after.casefold()
        with_hyphen, without = self._words[f"{before}-{after}"], self._words[before + after]
        if with_hyphen != without:
            return with_hyphen > without
        if _ENDING.fullmatch(after) and after not in _ENDINGS_THAT_ARE_WORDS:
            return False
        return not self._breaks_words or before in _FIRST_PARTS or after in _LAST_PARTS


def _hyphens_at_ends(texts: list[str]) -> float:
    """Return the share of lines that end in a hyphen; few do if no words are broken."""
    hyphens = sum(1 for text in texts if text.endswith(tuple(_HYPHENS)))
    return hyphens / max(1, len(texts))

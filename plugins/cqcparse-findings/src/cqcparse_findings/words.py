"""Cues: phrases with what they mean, read from data files and found among words of a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

from cqcparse.grammar import forms, lower

#: A word, or a mark that no phrase goes across; a hyphen divides words as a space does.
_WORD = re.compile(r"\w+(?:'\w+)*|[^\w\s-]")
_PLAIN = str.maketrans("’‘ʼ‐‑–", "'''---")
#: Words still to come by the next one; under the empty word, what the phrase so far means.
_Node: TypeAlias = dict[str, Any]


class Hit(NamedTuple):
    """A cue at its place."""

    #: What it means, such as ``strength`` or ``negation``.
    cls: str
    #: How much it counts; 0 for words that only turn or bound others.
    weight: int
    #: Offset of its first code point.
    start: int
    #: Offset past its last code point.
    end: int


class Words:
    """The words of one stretch of text, in lower case.

    Args:
        text: The text of the document.
        start: Offset to begin at.
        end: Offset to stop before.
    """

    __slots__ = ("ends", "low", "starts")

    def __init__(self, text: str, start: int, end: int) -> None:
        folded = lower(text[start:end]).translate(_PLAIN)
        self.low: list[str] = _WORD.findall(folded)
        self.starts: list[int] = []
        self.ends: list[int] = []
        place = 0
        for word in self.low:
            place = folded.find(word, place)
            self.starts.append(start + place)
            place += len(word)
            self.ends.append(start + place)


def phrases(listed: str) -> Iterator[str]:
    """Yield the phrases of a list divided by commas; ``<verb>`` stands for its regular forms."""
    for phrase in re.split(r"\s*,\s*", " ".join(listed.split())):
        if phrase.startswith("<"):
            yield from forms(phrase.strip("<>"))
        elif phrase:
            yield phrase


@cache
def tables(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return a data file of the package.

    Args:
        name: Of the file, without its suffix.
    """
    loaded: dict[str, Any] = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    return loaded


class Cues:
    """The cues of one data file, found together.

    Args:
        classes: Lists of phrases with the class and the weight they have. A phrase in several
            lists has the class of the last.
    """

    def __init__(self, classes: Mapping[tuple[str, int], str]) -> None:
        self._first: _Node = {}
        for meaning, listed in classes.items():
            for phrase in phrases(listed):
                node = self._first
                for word in _WORD.findall(phrase):
                    node = node.setdefault(word, {})
                node[""] = meaning

    def find(self, words: Words) -> Iterator[Hit]:
        """Yield the cues among *words*, in order, without overlaps, the longest at each place."""
        low, count, done = words.low, len(words.low), 0
        first = self._first
        for index, word in enumerate(low):
            if word not in first or index < done:
                continue
            node, place, meaning, last = first[word], index, None, index
            while True:
                if "" in node:
                    meaning, last = node[""], place
                place += 1
                if place == count or low[place] not in node:
                    break
                node = node[low[place]]
            if meaning is not None:
                done = last + 1
                cls, weight = meaning
                yield Hit(cls, weight, words.starts[index], words.ends[last])

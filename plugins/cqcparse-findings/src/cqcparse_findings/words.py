"""Cues: words and short phrases with what they mean, found among the words of a document."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias

from cqcparse.grammar import forms

#: Words still to come by the next one; under the empty word, what the phrase so far means.
_Node: TypeAlias = dict[str, Any]


#: No word is still to come.
_NONE: _Node = {}


class Meaning(NamedTuple):
    """What a cue means."""

    #: Such as ``good``, ``bad`` or ``negation``.
    cls: str
    #: How much it counts; 0 for words that only turn others.
    weight: int = 0
    #: What makes it good or bad, such as ``delay``; empty for other classes.
    theme: str = ""


class Hit(NamedTuple):
    """A cue at its place."""

    cls: str
    weight: int
    theme: str
    #: Index of its first word.
    first: int
    #: Index of its last word.
    last: int


@cache
def tables(name: str) -> Mapping[str, Mapping[str, str]]:
    """Return a data file of the package.

    Args:
        name: Of the file, without its suffix.
    """
    loaded: dict[str, Any] = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    return loaded


def phrases(listed: str) -> Iterator[str]:
    """Yield the phrases of a list divided by commas; ``<verb>`` stands for its regular forms."""
    for phrase in re.split(r"\s*,\s*", " ".join(listed.split())):
        if phrase.startswith("<"):
            yield from forms(phrase.strip("<>"))
        elif phrase:
            yield phrase


@cache
def words(name: str, table: str, key: str) -> frozenset[str]:
    """Return a list of single words in a data file."""
    return frozenset(tables(name)[table][key].split())


@cache
def verbs(name: str, table: str, key: str) -> frozenset[str]:
    """Return all forms of the verbs of a list in a data file."""
    irregular = tables("polarity")["irregular"]
    return frozenset(
        form
        for base in words(name, table, key)
        for form in (*forms(base), *irregular.get(base, "").split())
    )


class Cues:
    """The cues of one data file, found together.

    Args:
        meanings: Each phrase with its meaning.
    """

    def __init__(self, meanings: Mapping[str, Meaning]) -> None:
        self._first: _Node = {}
        for phrase, meaning in meanings.items():
            node = self._first
            for word in phrase.split():
                node = node.setdefault(word, {})
            node[""] = meaning

    def opens(self, word: str) -> bool:
        """Return whether a cue may begin with a word."""
        return word in self._first

    def find(self, low: Sequence[str], places: Iterable[int], last: int) -> list[Hit]:
        """Return the cues up to word *last*, the longest at each place, in order.

        Args:
            low: The words of the document in lower case.
            places: The indices of the words that may open a cue.
            last: Index of the last word.
        """
        found: list[Hit] = []
        behind = -1
        for index in places:
            if index < behind:
                continue
            node, place, end = self._first.get(low[index], _NONE), index + 1, index
            meaning: Meaning | None = node.get("")
            while place <= last and (node := node.get(low[place], _NONE)):
                if "" in node:
                    meaning, end = node[""], place
                place += 1
            if meaning is not None:
                found.append(Hit(*meaning, index, end))
            behind = end + 1
        return found

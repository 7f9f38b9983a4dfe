"""Cues: phrases with what they mean, read from the data files, and found in a text in one pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from cqcparse.language import Vocabulary, forms


@attrs.frozen
class Hit:
    """A cue at its place."""

    #: What it means, such as ``strength`` or ``negation``.
    cls: str
    #: How much it counts; 0 for words that only turn or bound others.
    weight: int
    #: Offset of its first code point.
    start: int
    #: Offset past its last code point.
    end: int


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
        self._vocabulary = Vocabulary(
            {phrase: key for key, listed in classes.items() for phrase in phrases(listed)}
        )

    def find(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """Yield the cues in ``text[start:end]``, in order, without overlaps, the longest first."""
        for span, (cls, weight) in self._vocabulary.scan(text, start, end):
            yield Hit(cls, weight, span.start, span.end)

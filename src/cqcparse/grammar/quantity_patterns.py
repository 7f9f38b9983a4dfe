"""The patterns and words of ``quantities.toml``; each is compiled when it is first used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import regex

from cqcparse.grammar.vocabulary import lower
from cqcparse.grammar.wordlists import read_toml
from cqcparse.model.mentions import Reading
from cqcparse.model.spans import Span

ValueT = TypeVar("ValueT")

_PART = re.compile(r"\{([a-z][a-z\d-]*)\}")
#: How far in front of a quantity a verb may say that it changed, in code points.
_LOOK_BACK = 90
_WORD_START = re.compile(r"\b\w")


@cache
def pattern(name: str) -> regex.Pattern[str]:
    """Return a pattern; it may name a group more than once."""
    return regex.compile(_spelt_out(_data()["patterns"][name]))


@cache
def deciding_words(name: str) -> frozenset[str]:
    """Return a list of words."""
    return frozenset(_data()["words"][name].split())


def find_near(name: str, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """Yield the matches of a pattern in a range of *text*, in order, without overlaps.

    It is looked for only around what every match of it holds, from the starts of words: the work
    for each such place is bounded, whatever the length of the text.

    Args:
        name: The pattern; what it holds, and how far from there it may reach, stands in ``near``.
        text: The whole text of the document.
        start: Offset to read from, in code points.
        end: Offset to stop at.
    """
    anchors, before, behind = _window(name)
    done = start
    for anchor in anchors.finditer(lower(text[start:end])):
        place = start + anchor.start()
        if place < done:
            continue
        first, last = max(done, place - before), min(end, place + behind)
        done = place + 1
        for word in _WORD_START.finditer(text, first, place + 1):
            match = pattern(name).match(text, word.start(), last)
            if match is not None and match.end() > place:
                done = match.end()
                yield match
                break


def as_read(text: str, start: int, end: int, value: ValueT | None) -> Reading[ValueT]:
    """Return the reading of the characters from *start* to *end*."""
    return Reading(text[start:end], Span(start, end), value)


def is_change(text: str, place: int) -> bool:
    """Return whether a "from" or "by" right before *place* says that something changed.

    So a change ("rose from £2m to £3m", "down from 2022/23") is told from a range or a beginning.

    Args:
        text: The whole text of the document.
        place: Offset of the first amount or date, in code points.
    """
    return bool(pattern("change").search(text, max(0, place - _LOOK_BACK), place))


@cache
def _window(name: str) -> tuple[re.Pattern[str], int, int]:
    """Return what every match of a pattern holds, and how far it may reach to either side."""
    row = _data()["near"][name]
    return re.compile(_spelt_out(row["holds"])), row["before"], row["behind"]


def _spelt_out(text: str) -> str:
    """Return a pattern without its layout, and with its parts."""
    plain = "".join(line.strip() for line in text.splitlines())
    return _PART.sub(lambda part: _spelt_out(_data()["parts"][part[1]]), plain)


@cache
def _data() -> dict[str, Any]:
    return read_toml(Path(__file__).with_name("quantities.toml"))

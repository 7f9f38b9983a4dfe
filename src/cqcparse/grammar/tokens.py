"""Tokens: the words of a paragraph with their places and word classes."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from itertools import accumulate, chain, zip_longest
from operator import add
from typing import TypeAlias

from cqcparse.grammar.print_faults import FAULT, POINTED, mended
from cqcparse.grammar.tagging import class_between, raw_class
from cqcparse.grammar.vocabulary import lower

# Plain words stand first: they are nine tokens in ten, and the rest of the pattern is dear.
_TOKEN = re.compile(
    r"[a-z]+(?![\w'/&-])"
    r"|[,.()]"
    r"|[a-z]\w*(?:['/&-][^\W_]\w*)*(?:(?<=s)'(?=\s+\w))?"
    r"|[£$€]\d[\d,.]*(?<=\d)\w*[-–][£$€]?\d[\d,.]*(?<=\d)\w*"  # a range of sums
    r"|[£$€]?\d[\d,.]*(?<=\d)(?:[-–/]\d[\d,.]*(?<=\d))*(?:%|\w+)?(?:-\w+)*"
    r"|[^\W_]\w*(?:['/&-][^\W_]\w*)*(?:(?<=[A-Z])\+(?!\w))?"  # "LGBTQ+"
    r"|[^\s\w]|_+"
)
_PLAIN = str.maketrans("’‘‑", "''-")
_APOSTROPHES = "'’‘"


class Tokens:
    """The tokens of one stretch of text, as parallel lists.

    Args:
        text: The text of the document.
        start: First offset to read, in code points.
        end: Offset to stop before.
    """

    __slots__ = ("caps", "ends", "keys", "low", "starts", "tags")

    def __init__(self, text: str, start: int, end: int) -> None:
        piece = text[start:end]
        chunks = piece.split()
        groups = _read_all(chunks, owned=any(mark in piece for mark in _APOSTROPHES))
        words = list(chain.from_iterable(groups))
        # Columns are made by C loops: a paragraph is read several times faster than word by word.
        low, steps, sizes, caps, tags, keys = zip(*words, strict=True) if words else ((),) * 6
        #: The tokens in lower case, with plain apostrophes and hyphens.
        self.low: list[str] = list(low)
        # Offsets are kept in arrays: as lists they would take more room than all else together.
        #: Offset of the first code point of each token.
        self.starts: array[int]
        if sum(steps) == end - start + 1:  # one space between all chunks, and none around them
            self.starts = array("i", accumulate(steps[:-1], initial=start))
        else:
            places = _places(text, chunks, start)
            self.starts = array(
                "i",
                (
                    place + first
                    for place, group in zip(places, groups, strict=True)
                    for first in accumulate((step for _, step, *_ in group[:-1]), initial=0)
                ),
            )
        #: Offset past the last code point of each token.
        self.ends: array[int] = array("i", map(add, self.starts, sizes))
        #: Whether each token starts with a capital.
        self.caps: list[bool] = list(caps)
        #: The class of each token; see ``grammar/tagging.py``.
        self.tags: list[str] = list(tags)
        #: What a grammar looks up of each token: its class; 2 if it is all capitals, 1 if it begins
        #: with one, else 0; the word.
        self.keys: list[str] = list(keys)
        for index, tag in enumerate(tags):
            if tag in "aegbs":
                self.tags[index] = decided = class_between(self.low, self.caps, self.tags, index)
                self.keys[index] = decided + self.keys[index][1:]


#: One token: in lower case; code points from its start to the next one's, its length, whether it
#: starts with a capital, its class, which for some is still to be decided by the neighbours, and
#: class, capital and word in one string.
_Word: TypeAlias = tuple[str, int, int, bool, str, str]

#: Longer stretches without white space are no words, and not remembered.
_LONGEST = 40


def _read_all(chunks: list[str], *, owned: bool) -> list[tuple[_Word, ...]]:
    """Return the tokens of each of *chunks*, the stretches of a text between white space.

    Args:
        chunks: In order.
        owned: Whether there is an apostrophe in them.
    """
    if owned:
        # Whether an apostrophe behind an s is a possessive depends on a word behind it.
        chunks = [
            f"{chunk} w" if chunk[-1] in _APOSTROPHES and _opens_word(behind) else chunk
            for chunk, behind in zip_longest(chunks, chunks[1:], fillvalue=" ")
        ]
    if max(map(len, chunks), default=0) > _LONGEST:
        return [_known(chunk) if len(chunk) <= _LONGEST else _read(chunk) for chunk in chunks]
    return list(map(_known, chunks))


def _opens_word(chunk: str) -> bool:
    return chunk[0].isalnum() or chunk[0] == "_"


def _read(chunk: str) -> tuple[_Word, ...]:
    """Return the tokens of *chunk*; of what follows a space in it only the fact is read."""
    printed = chunk.partition(" ")[0]
    plain = printed.isascii() and printed.isalpha()
    if printed in POINTED or not (plain or FAULT.search(printed) is None):
        meant, places = mended(printed)
    else:
        meant, places = printed, [*range(len(printed) + 1)]
    found, starts = _found(meant + chunk[len(printed) :], meant)
    if not found:  # nothing in it can be seen
        return ((printed, len(printed) + 1, len(printed), False, ".", f".0{printed}"),)
    starts[0] = 0
    return tuple(
        (low, behind - place, end - place, capital, tag, f"{tag}{capital + upper:d}{low}")
        for low, first, behind in zip(
            found, starts, (*(places[start] for start in starts[1:]), len(printed) + 1), strict=True
        )
        for place, end in [(places[first], places[first + len(low)])]
        for capital in [meant[first].isupper()]
        for upper in [len(low) > 1 and meant[first : first + len(low)].isupper()]
        for tag in [raw_class(low, capital)]
    )


def _found(chunk: str, printed: str) -> tuple[list[str], list[int]]:
    """Return the tokens of the *printed* part of a chunk in lower case, and their places."""
    folded = lower(chunk).translate(_PLAIN)
    found = _TOKEN.findall(folded)
    if len(printed) < len(chunk):
        found.pop()
    return found, _places(folded, found, 0)


#: Words come again and again: in a report each one stands five times, and most in every report.
_known = lru_cache(maxsize=1 << 16)(_read)


def _places(text: str, parts: list[str], start: int) -> list[int]:
    """Return where each of *parts*, in order, stands in *text* from *start* on."""
    places: list[int] = []
    position = start
    for part in parts:
        position = text.index(part, position)
        places.append(position)
        position += len(part)
    return places

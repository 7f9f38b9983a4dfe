"""Character order: which character stands where, so that the sets in patterns are few ranges.

Beyond the first plane a set is compiled, and held against a word, range by range. Which words stand
next to each other is free; what patterns ask for most often decides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from cqcparse.grammar.pattern_nodes import ranges

_RANGE = re.compile(r"(.)-(.)|(.)")


def reordered(chars: Iterable[str], uses: Mapping[str, int]) -> dict[int, int]:
    """Return what ``str.translate`` gives characters their new places with.

    Args:
        chars: All of an alphabet; they are the places that there are.
        uses: How often each set, as it stands in a pattern, is in one.
    """
    signs = dict.fromkeys(sorted(chars), 0)
    for bit, one in enumerate(sorted(uses, key=uses.__getitem__)):
        for char in _members(one):
            signs[char] |= 1 << bit
    ordered = sorted(signs, key=lambda char: _place_in_gray_code(signs[char]))
    return {ord(char): ord(place) for char, place in zip(ordered, signs, strict=True)}


def moved(one: str, order: Mapping[int, int]) -> str:
    """Return a set, as it stands in a pattern, with its characters in their new places."""
    return f"[{ranges(frozenset(''.join(_members(one)).translate(order)))}]"


def in_order(row: str | None, order: Mapping[int, int]) -> str | None:
    """Return characters in their new places, sorted; None if there are none to move."""
    return None if row is None else "".join(sorted(row.translate(order)))


def alphabet_in_order(table: Mapping[str, Any], order: Mapping[int, int]) -> dict[str, Any]:
    """Return the table of an alphabet with its characters in their new places."""
    return {**table, "chars": table["chars"].translate(order)}


def _members(one: str) -> Iterable[str]:
    for first, last, alone in _RANGE.findall(one[1:-1]):
        yield from alone or map(chr, range(ord(first), ord(last) + 1))


def _place_in_gray_code(number: int) -> int:
    """Return where a number stands if each differs from the next in one bit.

    Those that have a bit stand in half as many rows then as when they are counted up.
    """
    shift = 1
    while shift < number.bit_length():
        number ^= number >> shift
        shift <<= 1
    return number

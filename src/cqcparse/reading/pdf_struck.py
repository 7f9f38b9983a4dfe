"""Lines drawn through the words of a PDF page: what is struck out does not hold any more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from cqcparse.reading.pdf_characters import Characters
from cqcparse.reading.pdf_rules import Box

#: Where a line goes through small letters, above the line they stand on, in multiples of the size.
_LOWEST, _HIGHEST = 0.15, 0.42
_REACH = 2.0  # points that the line may end short of the edge of a letter, or go beyond it
_THINNEST, _THICKEST = 0.2, 2.0  # points
_SAME = 0.5  # points that the ends of the two edges of a bar are apart at most
_COVERED = 0.6  # share of a bar that has letters, which do not count the spaces between words

#: How far up a bar is, where it starts and ends.
_Bar: TypeAlias = tuple[float, float, float]


class Strikes:
    """The bars of a page that may go through words: filled, thin, and as long as the words are.

    The edge of what is filled behind text goes through words too, and so does a line of a drawing.

    Args:
        rules: The level and upright lines drawn on the page.
        characters: All characters of the page.
    """

    def __init__(self, rules: Sequence[Box], characters: Characters) -> None:
        self._rules = rules
        self._characters = characters
        self._fitting: dict[_Bar, bool] = {}

    def letters(self, edges: Sequence[float], foot: float, size: float) -> list[int]:
        """Return the places of the letters of an upright word that are struck out.

        Args:
            edges: Left edge of each letter, then the right edge of the last.
            foot: How high the line is that it stands on.
            size: Size of its font.
        """
        if not self._bars:
            return []
        first = bisect_left(self._bars, (foot + _LOWEST * size,))
        behind = bisect_left(self._bars, (foot + _HIGHEST * size,), first)
        if first == behind:
            return []
        return [
            place
            for place in range(len(edges) - 1)
            if any(
                _goes_through(bar, edges[place], edges[place + 1]) and self._fits(bar)
                for bar in self._bars[first:behind]
            )
        ]

    @cached_property
    def _bars(self) -> list[_Bar]:
        return sorted(_bars_of(self._rules))

    def _fits(self, bar: _Bar) -> bool:
        """Return whether a bar begins and ends with the letters that it goes through."""
        if bar not in self._fitting:
            height, start, end = bar
            places = [
                (left, right)
                for left, bottom, right, top in zip(
                    *self._characters.edges(0, len(self._characters.text)), strict=True
                )
                if bottom < height < top and left > start - _REACH and right < end + _REACH
            ]
            covered = sum(right - left for left, right in places)
            self._fitting[bar] = (
                covered >= _COVERED * (end - start)
                and min(places)[0] < start + _REACH
                and max(right for _, right in places) > end - _REACH
            )
        return self._fitting[bar]


def _bars_of(rules: Iterable[Box]) -> Iterator[_Bar]:
    level = sorted((rule[0], rule[2], rule[1]) for rule in rules if rule[1] == rule[3])
    for (start, end, low), (other_start, other_end, high) in pairwise(level):
        is_one = abs(start - other_start) <= _SAME and abs(end - other_end) <= _SAME
        if is_one and _THINNEST <= high - low <= _THICKEST:
            yield (low + high) / 2, start, end


def _goes_through(bar: _Bar, left: float, right: float) -> bool:
    """Return whether a bar goes through a letter between two edges."""
    _, start, end = bar
    reach = min(_REACH, (right - left) / 2)
    return start <= left + reach and right - reach <= end

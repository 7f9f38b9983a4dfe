"""Readings: the sums and periods of a document, found once and looked up by the tokens around."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.quantities import find_money, find_periods
from cqcparse.model.mentions import Money, Period, Reading
from cqcparse.model.spans import Quote

ReadingT = TypeVar("ReadingT", bound=Quote)


class Readings(Generic[ReadingT]):
    """Readings of one sort, in order.

    Args:
        layers: The document.
        readings: In the order of the text.
    """

    def __init__(self, layers: Chunks, readings: Sequence[ReadingT]) -> None:
        self._layers = layers
        self._all = readings
        self._starts = [one.span.start for one in readings]
        self._ends = [one.span.end for one in readings]

    def within(self, first: int, last: int) -> ReadingT | None:
        """Return the first one that has a character from token *first* to token *last*."""
        if first > last:
            return None
        place = bisect_right(self._ends, self._layers.starts[first])
        found = place < len(self._all) and self._starts[place] < self._layers.ends[last]
        return self._all[place] if found else None

    def tokens(self, reading: ReadingT) -> tuple[int, int]:
        """Return the first and the last token of one of them."""
        starts = self._layers.starts
        return (
            bisect_right(starts, reading.span.start) - 1,
            bisect_left(starts, reading.span.end) - 1,
        )


def sums(layers: Chunks) -> Readings[Reading[Money]]:
    """Return the sums of money of a document."""
    return layers.remembered("sums", _read_sums)


def periods(layers: Chunks) -> Readings[Reading[Period]]:
    """Return the periods of a document."""
    return layers.remembered("periods", _read_periods)


def _read_sums(layers: Chunks) -> Readings[Reading[Money]]:
    return Readings(layers, [one for line in _lines(layers) for one in find_money(*line)])


def _read_periods(layers: Chunks) -> Readings[Reading[Period]]:
    return Readings(layers, [one for line in _lines(layers) for one in find_periods(*line)])


def _lines(layers: Chunks) -> Iterator[tuple[str, int, int]]:
    """Yield the text with where each of its sentences begins and ends."""
    first = 0
    for index, tag in enumerate(layers.tags):
        if tag in "\n." and layers.low[index] in "\n.;":
            if index > first:
                yield layers.text, layers.starts[first], layers.ends[index - 1]
            first = index + 1

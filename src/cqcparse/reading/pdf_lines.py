"""Segments of a PDF page -> its lines, and the cells that stand in each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs

from cqcparse.reading.pdf_segments import Segment, are_two_words

#: Segments beside each other.
Line = list[Segment]

#: Cells of a line; what is behind them is in the last.
MAX_COLUMNS = 60

#: What stands in front of an item or a paragraph, and is no cell.
_LABEL = re.compile(
    r"[•◦▪‣●○■–*o·\ue000-\uf8ff-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)
_BULLET = re.compile(r"[•◦▪‣●○■–*o·\ue000-\uf8ff-]")
_LABELLED = 20  # code points that stand behind a label other than a bullet
#: In multiples of the font size.
_GAP_OF_CELLS = 1.6
_GAP_OF_WORDS = 0.15
_EVEN = 0.1  # difference of the gaps in a line that is stretched to the width of its column
_NARROW = 0.35  # gap in front of a cell that begins where others do
_SAME_PLACE = 1.5  # points
_PAIR = 2


def lines_of(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Yield segments that are beside each other, from top to bottom; a table by itself."""
    waiting: list[Segment] = []
    for segment in sorted(segments, key=lambda s: (-(s.bottom + s.top), s.left)):
        if waiting and (segment.cells or waiting[0].cells or not waiting[0].is_beside(segment)):
            yield waiting
            waiting = []
        waiting.append(segment)
    if waiting:
        yield waiting


def cells_of(line: Sequence[Segment]) -> list[Segment]:
    """Return segments beside each other with those joined that are no wide gap apart."""
    ordered = sorted(line, key=lambda segment: segment.left)
    pairs = list(pairwise(ordered))
    distances = [(b.left - a.right) / max(a.size, b.size) for a, b in pairs]
    is_stretched = len(distances) > 1 and max(distances) - min(distances) < _EVEN
    cells = [[ordered[0]]]
    for (before, after), distance in zip(pairs, distances, strict=True):
        is_label = len(cells[-1]) == len(cells) == 1 and _is_label(before, after)
        is_near = distance <= _GAP_OF_CELLS or is_stretched
        if is_near or is_label or len(cells) == MAX_COLUMNS:
            cells[-1].append(after)
        else:
            cells.append([after])
    return [as_one(cell) for cell in cells]


def _is_label(before: Segment, after: Segment) -> bool:
    """Return whether a segment is a bullet or number in front of a line of text."""
    if _BULLET.fullmatch(before.text):
        return True
    return len(after.text) >= _LABELLED and _LABEL.fullmatch(before.text) is not None


def as_one(segments: Sequence[Segment], *, far: str = " ") -> Segment:
    """Return segments beside each other as one.

    Args:
        segments: From left to right.
        far: What stands between two that are apart.
    """
    if len(segments) == 1:
        return segments[0]
    text, edges = [segments[0].text], [*segments[0].edges]
    for before, after in pairwise(segments):
        distance = (after.left - before.right) / max(before.size, after.size)
        is_apart = distance > _GAP_OF_WORDS or are_two_words(before, after)
        gap = far if is_apart else ""
        if not gap:
            edges.pop()
        text += (gap, after.text)
        edges += after.edges
    return attrs.evolve(
        segments[0],
        text="".join(text),
        edges=tuple(edges),
        bottom=min(segment.bottom for segment in segments),
        top=max(segment.top for segment in segments),
        size=max(segments, key=lambda segment: len(segment.text)).size,
        is_bold=all(segment.is_bold for segment in segments),
    )


def common_starts(lines: Sequence[Line]) -> list[int]:
    """Return where a cell begins behind a wide gap and others behind any gap."""
    wide = Counter(round(segment.left) for line in lines for segment in line[1:])
    if not wide:
        return []
    narrow = Counter(
        round(segment.edges[place + 1])
        for line in lines
        for segment in line
        if not segment.cells
        for place in _wider_spaces(segment)
    )
    return sorted(left for left, count in wide.items() if count + narrow[left] >= _PAIR)


def _wider_spaces(segment: Segment) -> Iterator[int]:
    """Yield the places of the spaces that are wider than those between words mostly are."""
    text, edges = segment.text, segment.edges
    place = text.find(" ")
    while place >= 0:
        if edges[place + 1] - edges[place] >= _NARROW * segment.size:
            yield place
        place = text.find(" ", place + 1)


def cut_cells(segment: Segment, starts: Sequence[int]) -> Iterator[Segment]:
    """Yield the cells of a line, where one that begins where others do follows a narrow gap."""
    begin = 0
    for place in _wider_spaces(segment):
        left = segment.edges[place + 1]
        if is_one_of(left, starts):
            yield _slice(segment, begin, place)
            begin = place + 1
    yield _slice(segment, begin, len(segment.text)) if begin else segment


def is_one_of(place: float, starts: Sequence[int]) -> bool:
    """Return whether a place is one of those where cells begin, in order."""
    near = bisect_left(starts, place - _SAME_PLACE)
    return near < len(starts) and starts[near] <= place + _SAME_PLACE


def _slice(segment: Segment, start: int, end: int) -> Segment:
    edges = segment.edges[start : end + 1]
    return attrs.evolve(segment, text=segment.text[start:end], edges=edges)

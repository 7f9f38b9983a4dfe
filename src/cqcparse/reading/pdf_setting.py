"""How a PDF is set, learnt from its lines: style of the text, edges of columns, distances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from cqcparse.reading.pdf_order import Row, SheetRows
from cqcparse.reading.pdf_segments import Segment

_FEW = 0.1  # share of the text of one size that is not bold, if the text is bold
_FULL_LINES = 5  # in a column, and its right edge is known

#: Size in points, and whether it is bold.
Style: TypeAlias = tuple[float, bool]
#: Page, quarter turns and column.
Column: TypeAlias = tuple[int, int, tuple[int, ...]]


def body_style(rows: Iterable[Row]) -> Style:
    """Return the style of the text: of the commonest size, and bold if hardly any of it is not.

    Where a report is short, more of it may stand in headings than below them.
    """
    styles: Counter[Style] = Counter()
    sizes: Counter[float] = Counter()
    for row in rows:
        styles[style_of(row)] += len(row.segment.text)
        sizes[style_of(row)[0]] += len(row.segment.text)
    if not sizes:
        return 1.0, False
    (size, length), *_ = sizes.most_common(1)
    return size, styles[size, False] < _FEW * length


def column_of(row: Row) -> Column:
    """Return the column that a row stands in."""
    return row.segment.page, row.segment.turn, row.column


def style_of(row: Row) -> Style:
    """Return the style of a row, the size to half a point."""
    return round(2 * row.segment.size) / 2, row.segment.is_bold


def right_edges(
    sheets: Sequence[SheetRows], size: float
) -> tuple[dict[Column, float], frozenset[Column]]:
    """Return where the lines of each column end at most, and the columns that show it.

    A column with few full lines is taken to be as wide as others that begin at the same place; if
    it is the only one of its page, also to leave as much free on its right as on its left.

    Args:
        sheets: All lines.
        size: The size of the text; larger lines may go beyond its edge.
    """
    columns: dict[Column, list[Segment]] = {}
    single: dict[Column, float] = {}
    for sheet in sheets:
        text = [row for row in sheet.rows if not row.cells]
        for row in text:
            if row.segment.size <= size + 1:
                columns.setdefault(column_of(row), []).append(row.segment)
        if len({row.column for row in text}) == 1:
            margin = _leftmost(sheet.rows) - sheet.sheet.left
            single[column_of(text[0])] = sheet.sheet.right - margin
    widest: dict[int, float] = {}
    for segments in columns.values():
        left, right = _left(segments), max(segment.right for segment in segments)
        widest[left] = max(widest.get(left, 0.0), right)
    filled = {column: _filled_edge(segments, size) for column, segments in columns.items()}
    edges = {
        column: filled[column] or max(widest[_left(segments)], single.get(column, 0.0))
        for column, segments in columns.items()
    }
    edges |= _edges_of_cells(sheets)
    return edges, frozenset(column for column, edge in filled.items() if edge)


def left_edges(rows: Iterable[Row], columns: Container[Column]) -> dict[Column, float]:
    """Return where the lines of each of some columns begin at least."""
    edges: dict[Column, float] = {}
    for row in rows:
        column = column_of(row)
        if column in columns:
            edges[column] = min(edges.get(column, row.segment.left), row.segment.left)
    return edges


def beside_boxes(
    sheets: Sequence[SheetRows],
) -> dict[tuple[int, int], list[tuple[Segment, float]]]:
    """Return the boxes of each page and turn, with how far lines on their left go at most."""
    found: dict[tuple[int, int], list[tuple[Segment, float]]] = {}
    for sheet in sheets:
        for box in (row.segment for row in sheet.rows if row.is_box):
            rights = [
                row.segment.right
                for row in sheet.rows
                if row.segment.right <= box.left and row.segment.is_beside(box)
            ]
            place = sheet.sheet.page, sheet.sheet.turn
            found.setdefault(place, []).append((box, max(rights, default=box.left)))
    return found


def _edges_of_cells(sheets: Sequence[SheetRows]) -> dict[Column, float]:
    """Return where the lines of each cell of a table end at most: as much as they begin inside."""
    return {
        column_of(cell.rows[0]): cell.area.left + cell.area.right - _leftmost(cell.rows)
        for sheet in sheets
        for row in sheet.rows
        for cell in row.cells
    }


def _leftmost(rows: Iterable[Row]) -> float:
    return min(row.segment.left for row in rows)


def _left(segments: Sequence[Segment]) -> int:
    return round(min(segment.left for segment in segments) / 4)


def _filled_edge(segments: Sequence[Segment], size: float) -> float | None:
    """Return the right edge that several lines come close to, if they do."""
    right = max(segment.right for segment in segments)
    full = sum(1 for segment in segments if segment.right > right - 4 * size)
    return right if full >= _FULL_LINES else None


def usual_distances(rows: Iterable[Row]) -> dict[int, float]:
    """Return the most common distance from line to line for each font size, in points."""
    counts: dict[int, Counter[float]] = {}
    for row, following in pairwise(rows):
        one, other = row.segment, following.segment
        if column_of(row) != column_of(following) or one.size != other.size:
            continue
        distance = round(2 * (one.bottom - other.bottom)) / 2
        if 0 < distance < 3 * one.size:
            counts.setdefault(round(one.size), Counter())[distance] += 1
    return {
        size: found.most_common(1)[0][0]
        for size, found in counts.items()
        if found.total() >= _FULL_LINES
    }

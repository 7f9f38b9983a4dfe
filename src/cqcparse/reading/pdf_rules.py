"""Straight lines drawn on a PDF page -> the grids of tables that they make."""

from __future__ import annotations

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import attrs
import pypdfium2
import pypdfium2.raw as pdfium

_SAME = 3.0  # points that lines are apart at most where they are one, or meet
_SHORTEST = 6.0  # point; shorter ones are corners and parts of signs
_MAX_PARTS = 4_000  # of paths on a page; more are a drawing
_MAX_RULES = 600  # on a page, once those in a line are one
_MAX_CELLS = 3_000

Box = tuple[float, float, float, float]


@attrs.frozen
class Rule:
    """A straight line along an edge of the page; lengths are in points."""

    #: How far right it is if it is upright, else how far up.
    place: float
    start: float
    end: float


@attrs.frozen(kw_only=True)
class Area:
    """Where a cell is in a grid, and on the page."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    right: float


@attrs.frozen(kw_only=True)
class Grid:
    """The lines of a table: cells that have a border on each side."""

    #: Places of the upright lines from the left, of the level ones from the top.
    across: tuple[float, ...]
    down: tuple[float, ...]
    areas: tuple[Area, ...]
    #: The area that each place of the grid belongs to, by row and column.
    owners: tuple[tuple[int, ...], ...]

    def area_at(self, x: float, y: float) -> int | None:
        """Return the number of the area that a point is in."""
        column = bisect_right(self.across, x) - 1
        row = bisect_right(self.down, -y, key=lambda place: -place) - 1
        inside = 0 <= column < len(self.across) - 1 and 0 <= row < len(self.down) - 1
        return self.owners[row][column] if inside else None


def rules_of(page: pypdfium2.PdfPage) -> list[Box]:
    """Return the level and upright lines of a page as rectangles without width or height."""
    found: list[Box] = []
    parts = 0
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        item = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        parts += max(0, pdfium.FPDFPath_CountSegments(item))
        if parts > _MAX_PARTS:
            return []
        found += _straight(_points(item))
    return found


def _points(path: Any) -> Iterator[tuple[float, float, bool]]:  # noqa: ANN401 - a pointer of ctypes
    """Yield the points of a path on the page, and whether a line leads there."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix)):
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    first = 0.0, 0.0
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        part = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(part, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(part)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        yield *point, kind == pdfium.FPDF_SEGMENT_LINETO
        if pdfium.FPDFPathSegment_GetClose(part):
            yield *first, True


def _straight(points: Iterable[tuple[float, float, bool]]) -> Iterator[Box]:
    """Yield the lines between points that are level or upright."""
    last = 0.0, 0.0
    for x, y, is_line in points:
        left, right = sorted((last[0], x))
        bottom, top = sorted((last[1], y))
        if is_line and max(right - left, top - bottom) >= _SHORTEST:
            if right - left < 1:
                yield left, bottom, left, top
            elif top - bottom < 1:
                yield left, bottom, right, bottom
        last = x, y


def grids_of(lines: Sequence[Box]) -> list[Grid]:
    """Return the grids that lines make; one of a single area is a frame."""
    upright = _merged(Rule(x, low, high) for x, low, right, high in lines if x == right)
    level = _merged(Rule(y, left, right) for left, y, right, _ in lines if left != right)
    if not upright or not level or len(upright) + len(level) > _MAX_RULES:
        return []
    grids = (_grid(ups, levels) for ups, levels in _connected(upright, level))
    return [grid for grid in grids if grid is not None]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with those that lie in one line and touch made one."""
    merged: list[Rule] = []
    for rules_in_line in _in_lines(rules):
        current: Rule | None = None
        for rule in sorted(rules_in_line, key=lambda rule: rule.start):
            if current and rule.start <= current.end + _SAME:
                current = attrs.evolve(current, end=max(current.end, rule.end))
                continue
            if current:
                merged.append(current)
            current = rule
        if current:
            merged.append(current)
    return merged


def _in_lines(rules: Iterable[Rule]) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.place):
        if group and rule.place > group[0].place + _SAME:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _connected(
    upright: Sequence[Rule], level: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield upright and level rules that lead from one to another."""
    left_over = set(range(len(level)))
    waiting = set(range(len(upright)))
    while waiting:
        ups, levels = [waiting.pop()], []
        for up in ups:  # grows
            met = [n for n in left_over if _meet(upright[up], level[n])]
            left_over.difference_update(met)
            levels += met
            more = {other for other in waiting for n in met if _meet(upright[other], level[n])}
            waiting -= more
            ups += more
        yield [upright[n] for n in ups], [level[n] for n in levels]


def _meet(upright: Rule, level: Rule) -> bool:
    return (
        level.start - _SAME <= upright.place <= level.end + _SAME
        and upright.start - _SAME <= level.place <= upright.end + _SAME
    )


def _grid(upright: Sequence[Rule], level: Sequence[Rule]) -> Grid | None:
    """Return the grid of rules that belong together; None if there is no room in it."""
    if not level:
        return None
    across = _places(upright, level)
    down = _places(level, upright)[::-1]
    columns, rows = len(across) - 1, len(down) - 1
    if columns < 1 or rows < 1 or columns * rows > _MAX_CELLS:
        return None
    walls = [_covered(upright, x, down) for x in across]
    floors = [_covered(level, y, across) for y in down]
    areas: list[Area] = []
    owners = [[-1] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if owners[row][column] >= 0:
                continue
            right, low = column + 1, row + 1
            while right < columns and not walls[right][row] and owners[row][right] < 0:
                right += 1
            while low < rows and not any(floors[low][column:right]):
                low += 1
            for y in range(row, low):
                owners[y][column:right] = [len(areas)] * (right - column)
            areas.append(
                Area(
                    row=row,
                    column=column,
                    rows=low - row,
                    columns=right - column,
                    left=across[column],
                    right=across[right],
                )
            )
    return Grid(
        across=tuple(across), down=tuple(down), areas=tuple(areas), owners=tuple(map(tuple, owners))
    )


def _places(rules: Iterable[Rule], others: Iterable[Rule]) -> list[float]:
    """Return the places of rules in order, near ones as one, and where others go beyond them."""
    ends = [end for other in others for end in (other.start, other.end)]
    found: list[float] = []
    for place in sorted([*(rule.place for rule in rules), min(ends), max(ends)]):
        if not found or place > found[-1] + 2 * _SAME:
            found.append(place)
    return found


def _covered(rules: Iterable[Rule], place: float, ends: Sequence[float]) -> list[bool]:
    """Return for each stretch between two ends whether a rule at a place goes over its middle."""
    here = [rule for rule in rules if abs(rule.place - place) <= 2 * _SAME]
    middles = [(start + end) / 2 for start, end in pairwise(ends)]
    return [any(rule.start <= middle <= rule.end for rule in here) for middle in middles]

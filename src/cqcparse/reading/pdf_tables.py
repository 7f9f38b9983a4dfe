"""Tables without lines between their cells, found by what stands below each other on a PDF page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from cqcparse.reading.pdf_lines import (
    MAX_COLUMNS,
    Line,
    cells_of,
    common_starts,
    cut_cells,
    is_one_of,
    lines_of,
)
from cqcparse.reading.pdf_rules import Area
from cqcparse.reading.pdf_segments import Cell, Segment, table_of

#: In multiples of the font size.
_GAP_OF_COLUMNS = 0.9
_GAP_OF_ROWS = 2.5
_GAP_OF_LINES = 0.45  # in a cell, at most
_GAP_OF_BLOCKS = 0.6  # at least, and more than that of lines
_FURTHER = 1.5  # times
_SENTENCE_ENDS = (".", "!", "?", ":", ";")
_PAIR = 2
_SPACE = 0.3

#: Left and right edge.
_Stretch = tuple[float, float]


def with_tables(lines: Sequence[Line]) -> Iterator[Segment]:
    """Yield lines from top to bottom as one segment each, those of a table as one for all."""
    for run, table in tables_in(lines):
        if table:
            yield table
        else:
            for line in run:
                yield _with_all_rows(line[0]) if line[0].cells else cells_of(line)[0]


def tables_in(lines: Sequence[Line]) -> Iterator[tuple[Sequence[Line], Segment | None]]:
    """Yield lines from top to bottom, and the segment for the table that they make, if they do.

    Lines are those of a table as long as there is room between the same columns.
    """
    split = [line if line[0].cells else cells_of(line) for line in lines]
    starts = common_starts(split)
    if starts:
        split = [
            [part for cell in line for part in ([cell] if cell.cells else cut_cells(cell, starts))]
            for line in split
        ]
    start = 0
    while start < len(split):
        run, columns = _run(split, start, starts)
        yield lines[start : start + len(run)], _table(run, columns) if len(columns) > 1 else None
        start += len(run)


def _run(
    lines: Sequence[Line], start: int, starts: Sequence[int]
) -> tuple[list[Line], list[_Stretch]]:
    """Return the lines and columns of the table that begins at a place; lines of text have none."""
    first = lines[start]
    columns = [_stretch(segment) for segment in first]
    end = start + 1
    while end < len(lines) and not first[0].cells and not lines[end][0].cells:
        line = lines[end]
        size = max(segment.size for segment in line)
        gap = min(s.bottom for s in lines[end - 1]) - max(s.top for s in line)
        wider = _with(columns, line, _GAP_OF_COLUMNS * size, starts)
        if gap > _GAP_OF_ROWS * size or not wider or not _PAIR <= len(wider) <= MAX_COLUMNS:
            break
        columns = wider
        end += 1
    run = list(lines[start:end])
    while len(run) > 1 and _is_paragraph(run[-1], columns, run[-2]):
        run.pop()
    if _is_paragraph(first, columns, None):
        run = [first]
    is_table = any(len(line) > 1 for line in run)
    return run, columns if is_table else []


def _is_paragraph(line: Line, columns: Sequence[_Stretch], before: Line | None) -> bool:
    """Return whether a line at the edge of a table is one of the text beside it."""
    if len(line) > 1 or line[0].left > columns[0][1]:
        return False
    return before is None or not goes_on(before[0], line[0])


def goes_on(above: Segment, below: Segment) -> bool:
    """Return whether a sentence goes on from one line to the next."""
    return below.text[:1].islower() and not above.text.endswith(_SENTENCE_ENDS)


def _stretch(segment: Segment) -> _Stretch:
    return segment.left, segment.right


def _with(
    columns: Sequence[_Stretch], line: Line, gap: float, starts: Sequence[int]
) -> list[_Stretch] | None:
    """Return columns with a further line in them; None if it has a cell that is in two.

    Args:
        columns: From the left.
        line: The line.
        gap: What is free between two columns at least, but for those that begin at a start.
        starts: Where cells begin.
    """
    found = list(columns)
    for left, right in map(_stretch, line):
        before = 0.0 if is_one_of(left, starts) else gap
        met = [
            column
            for column in found
            if left < column[1] + before
            and column[0] < right + (0.0 if is_one_of(column[0], starts) else gap)
        ]
        if len(met) > 1:
            return None
        for other in met:
            found.remove(other)
        lefts, rights = zip((left, right), *met, strict=True)
        found.append((min(lefts), max(rights)))
    found.sort()
    return found


def _table(run: Sequence[Line], columns: Sequence[_Stretch]) -> Segment:
    """Return the lines of a table as the segment that stands for it."""
    cells: dict[tuple[int, int], list[Segment]] = {}
    for row, lines in enumerate(_rows(run, columns)):
        for line in lines:
            for segment in line:
                cells.setdefault((row, _column(segment, columns)), []).append(segment)
    return table_of(
        [
            Cell(
                area=Area(
                    row=row,
                    column=column,
                    rows=1,
                    columns=1,
                    left=columns[column][0],
                    right=columns[column][1],
                ),
                segments=tuple(segments),
            )
            for (row, column), segments in sorted(cells.items())
        ]
    )


def _column(segment: Segment, columns: Sequence[_Stretch]) -> int:
    middle = (segment.left + segment.right) / 2
    return min(
        range(len(columns)), key=lambda n: max(columns[n][0] - middle, middle - columns[n][1])
    )


def _rows(run: Sequence[Line], columns: Sequence[_Stretch]) -> Iterator[list[Line]]:
    """Yield the rows of a table, each with its lines.

    Where rows stand apart, each is what stands together. Else a row begins with each line that has
    something in the first column and does not go on in the middle of a sentence.
    """
    for block in _blocks(run):
        begins = _begins(block, columns)
        if _is_row(block, columns, begins):
            yield block
            continue
        starts = [place for place, is_first in enumerate(begins) if is_first]
        for start, end in pairwise([*starts, len(block)]):
            yield block[start:end]


def _is_row(block: Sequence[Line], columns: Sequence[_Stretch], begins: Sequence[bool]) -> bool:
    """Return whether lines that stand together are those of one row.

    They are if one of its cells has a single line and others have sentences beside it, or if few of
    the lines of its cells are level with each other.
    """
    if max(_gaps(block), default=0.0) > _GAP_OF_LINES * block[0][0].size:
        return False
    counts = Counter(
        column for line in block for column in {_column(segment, columns) for segment in line}
    )
    if min(counts.values()) == 1 and not all(begins):
        return True
    return 2 * sum(len(line) > 1 for line in block) < len(block)


def _begins(block: Sequence[Line], columns: Sequence[_Stretch]) -> list[bool]:
    """Return for each line whether a row begins with it."""
    begins: list[bool] = []
    above: dict[int, Segment] = {}
    for line in block:
        here = {_column(segment, columns): segment for segment in line}
        is_below = 0 in above and 0 not in here
        runs_on = any(n in above and goes_on(above[n], here[n]) for n in here)
        begins.append(not above or not (is_below or runs_on))
        above = here if begins[-1] else above | here
    return begins


def _blocks(run: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that stand together, where some stand further apart than others."""
    gaps = _gaps(run)
    usual = min(gaps, default=0.0)
    widest = max(_GAP_OF_BLOCKS * run[0][0].size, _FURTHER * usual)
    block = [run[0]]
    for line, gap in zip(run[1:], gaps, strict=True):
        if gap > widest:
            yield block
            block = []
        block.append(line)
    yield block


def _gaps(lines: Sequence[Line]) -> list[float]:
    """Return how much is free between each two lines; less than nothing if they overlap."""
    return [
        min(segment.bottom for segment in above) - max(segment.top for segment in below)
        for above, below in pairwise(lines)
    ]


def _with_all_rows(segment: Segment) -> Segment:
    """Return a table with lines drawn in it, where rows without lines between them are rows too."""
    rows: dict[int, list[Cell]] = {}
    for cell in segment.cells:
        rows.setdefault(cell.area.row, []).append(cell)
    parts = {row: _parts_of_row(cells) for row, cells in rows.items()}
    most = max(map(len, parts.values()))
    if most == 1:
        return segment
    return attrs.evolve(
        segment,
        cells=tuple(
            Cell(area=_part_of_area(cell.area, most, place), segments=segments)
            for row, cells in rows.items()
            for place, part in enumerate(parts[row])
            for cell in cells
            if (segments := tuple(s for s in cell.segments if id(s) in part))
        ),
    )


def _part_of_area(area: Area, most: int, place: int) -> Area:
    """Return a part of a cell, where rows are counted as if all had as many parts as any has."""
    return attrs.evolve(area, row=area.row * most + place, rows=max(1, area.rows * most - most + 1))


def _parts_of_row(cells: Sequence[Cell]) -> list[set[int]]:
    """Return the ids of the segments in each row of what lines drawn make one row.

    There are several if each has something in the first column and in most columns, and if
    no text runs from one into the next.
    """
    everything = [segment for cell in cells for segment in cell.segments]
    whole = [set(map(id, everything))]
    if len(cells) < _PAIR or any(cell.area.rows > 1 for cell in cells):
        return whole
    columns = [(cell.area.left, cell.area.right) for cell in cells]
    rows = list(_rows(list(lines_of(everything)), columns))
    for row in rows:
        filled = {_column(segment, columns) for line in row for segment in line}
        if 0 not in filled or 2 * len(filled) <= len(columns):
            return whole
    if not all(_are_apart(above, below, columns) for above, below in pairwise(rows)):
        return whole
    return [{id(segment) for line in row for segment in line} for row in rows]


def _are_apart(above: Sequence[Line], below: Sequence[Line], columns: Sequence[_Stretch]) -> bool:
    """Return whether there is a gap between two rows, or room at the end of a line in a column."""
    last, first = above[-1], below[0]
    if _gaps([last, first])[0] > _GAP_OF_BLOCKS * first[0].size:
        return True
    pairs = (
        (one, other, columns[_column(one, columns)])
        for one in last
        for other in first
        if _column(one, columns) == _column(other, columns)
    )
    return any(_has_room(one, other, column) for one, other, column in pairs)


def _has_room(above: Segment, below: Segment, column: _Stretch) -> bool:
    """Return whether the first word of a line would have fitted on the line above in its cell."""
    end = below.text.find(" ")
    width = below.edges[end if end > 0 else len(below.text)] - below.left
    padding = below.left - column[0]
    return above.right + width + _SPACE * above.size < column[1] - padding

"""Segments of a PDF page -> its lines in reading order, and its running headers and footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

import attrs

from cqcparse.reading.pdf_furniture import furniture_of
from cqcparse.reading.pdf_lines import as_one, cells_of, lines_of
from cqcparse.reading.pdf_rules import Area
from cqcparse.reading.pdf_segments import Segment, Sheet
from cqcparse.reading.pdf_tables import goes_on, tables_in, with_tables

_TABLE = -1  # stands in a column for the tables in it
_MAX_COLUMNS = 8  # within each other; what stands further inside is read line by line
_COLUMNS = 2  # that a gutter makes
_FULL = 0.85  # of the longest line, on average, in a column of text
_NARROW = 6.0  # width of a column of figures or single words, in multiples of the font size
_GOING_ON = 0.3  # of the lines
_MIN_COLUMN_LINES = 4
_MIN_LENGTH = 18  # code points that a line of a column has on average
_MIN_COLUMN = 12.0  # width of a column of text, in multiples of the font size
_MAX_SPANNING = 0.34  # share of the lines of a page that may go across its columns


@attrs.frozen(kw_only=True)
class CellRows:
    """The lines of a cell of a table."""

    area: Area
    rows: tuple[Row, ...]


@attrs.frozen(kw_only=True)
class Row:
    """A line of a column, segments beside each other joined; or a whole table."""

    segment: Segment
    #: Column it stands in: how many there are side by side, and which it is.
    column: tuple[int, ...]
    #: If it is a table: its cells from the first row to the last, each row from the left.
    cells: tuple[CellRows, ...] = ()

    @property
    def is_box(self) -> bool:
        """Whether it is a box beside the text."""
        return len(self.cells) == 1

    @property
    def lines(self) -> Iterator[Row]:
        """The row, or the rows in the cells of the table."""
        if not self.cells:
            yield self
        for cell in self.cells:
            yield from cell.rows


@attrs.frozen(kw_only=True)
class SheetRows:
    """The lines of a sheet in reading order, and its running headers and footers."""

    sheet: Sheet
    rows: tuple[Row, ...]
    furniture: tuple[Segment, ...]


def rows_of(sheets: Sequence[Sheet]) -> list[SheetRows]:
    """Return the lines of each sheet."""
    furniture = furniture_of(sheets)
    if all(len(n) == len(sheet.segments) for n, sheet in zip(furniture, sheets, strict=True)):
        furniture = [set() for _ in sheets]  # a report of one line a page is no furniture
    return [
        SheetRows(
            sheet=sheet,
            rows=tuple(_in_order([s for n, s in enumerate(sheet.segments) if n not in aside], ())),
            furniture=tuple(
                as_one(cells_of(line), far="\t")
                for line in lines_of(s for n, s in enumerate(sheet.segments) if n in aside)
            ),
        )
        for sheet, aside in zip(sheets, furniture, strict=True)
    ]


# --- columns ---


def _in_order(segments: list[Segment], column: tuple[int, ...]) -> Iterator[Row]:
    """Yield the lines of a page or column in reading order."""
    gutter = _gutter(segments) if len(column) < _MAX_COLUMNS else None
    if gutter is not None and not column:
        segments = list(_with_tables_of_cells(segments))
        gutter = _gutter(segments)
    if gutter is None:
        yield from _rows(segments, column or (0,))
        return
    for band in _bands(segments, gutter):
        yield from _rows((s for s in band if s.left < gutter < s.right), column or (0,))
        yield from _in_order([s for s in band if s.right <= gutter], (*column, 1))
        yield from _in_order([s for s in band if s.left >= gutter], (*column, 2))


def _with_tables_of_cells(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Yield segments with those of tables that cannot be columns of text as one."""
    for lines, table in tables_in(list(lines_of(segments))):
        if table and _is_no_text(table):
            yield table
        else:
            yield from chain.from_iterable(lines)


def _is_no_text(table: Segment) -> bool:
    """Return whether a table has three columns or more, one of them narrow, and none of text."""
    columns: dict[int, list[Segment]] = {}
    for cell in table.cells:
        columns.setdefault(cell.area.column, []).extend(cell.segments)
    widths = [max(s.right - s.left for s in column) for column in columns.values()]
    has_narrow = min(widths) < _NARROW * table.size and len(columns) > _COLUMNS
    return has_narrow and not any(_is_column(c) and _runs_on(c) for c in columns.values())


def _runs_on(column: Sequence[Segment]) -> bool:
    """Return whether lines are full, and sentences go on from many of them to the next."""
    widths = [segment.right - segment.left for segment in column]
    going_on = sum(goes_on(above, below) for above, below in pairwise(column))
    is_full = sum(widths) > _FULL * max(widths) * len(widths)
    return is_full and going_on > _GOING_ON * len(column)


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Return where the gap between two columns of text is, or None if there is one column."""
    if len(segments) < 2 * _MIN_COLUMN_LINES:
        return None
    best: tuple[int, float] | None = None
    for gutter in _gaps(segments):
        across = sum(1 for s in segments if s.left < gutter < s.right)
        left = [s for s in segments if s.right <= gutter]
        right = [s for s in segments if s.left >= gutter]
        if across > _MAX_SPANNING * len(segments) or not (_is_column(left) and _is_column(right)):
            continue
        if best is None or across < best[0]:
            best = (across, gutter)
    return best[1] if best else None


def _gaps(segments: Sequence[Segment]) -> list[float]:
    """Return where there may be gaps: left of where several lines begin."""
    lefts = Counter(round(segment.left) for segment in segments)
    common = [left for left, count in lefts.most_common(12) if count >= _MIN_COLUMN_LINES - 1]
    return sorted(left - 1.5 for left in common)


def _is_column(segments: Sequence[Segment]) -> bool:
    """Return whether these are lines of text below each other, and not cells of a table."""
    if len(segments) < _MIN_COLUMN_LINES:
        return False
    width = max(s.right for s in segments) - min(s.left for s in segments)
    size = sorted(s.size for s in segments)[len(segments) // 2]
    lines = len({round(s.bottom / size) for s in segments})
    length = sum(len(s.text) for s in segments)
    return width >= _MIN_COLUMN * size and length >= _MIN_LENGTH * lines >= _MIN_LENGTH * 3


def _bands(segments: Sequence[Segment], gutter: float) -> Iterator[list[Segment]]:
    """Yield the page in bands from top to bottom, each below a line that goes across the gutter."""
    band: list[Segment] = []
    ordered = sorted(segments, key=lambda s: -s.top)
    is_across = False
    for segment in ordered:
        crosses = segment.left < gutter < segment.right
        if band and crosses and not is_across:
            yield band
            band = []
        band.append(segment)
        is_across = crosses
    if band:
        yield band


# --- rows ---


def _rows(segments: Iterable[Segment], column: tuple[int, ...]) -> Iterator[Row]:
    """Yield segments as lines from top to bottom, those beside each other joined."""
    lines = list(lines_of(segments))
    for number, found in enumerate(with_tables(lines)):
        yield (
            _table(found, (*column, _TABLE, number))
            if found.cells
            else Row(segment=found, column=column)
        )


def _table(segment: Segment, column: tuple[int, ...]) -> Row:
    """Return a table; each cell is a column of its own."""
    cells = sorted(segment.cells, key=lambda cell: (cell.area.row, cell.area.column))
    return Row(
        segment=segment,
        column=column,
        cells=tuple(
            CellRows(
                area=cell.area,
                rows=tuple(
                    Row(segment=as_one(cells_of(line)), column=(*column, number))
                    for line in lines_of(cell.segments)
                ),
            )
            for number, cell in enumerate(cells)
        ),
    )

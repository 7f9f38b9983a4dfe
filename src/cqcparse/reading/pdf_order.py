"""Segments of a PDF page -> its lines in reading order, and its running headers and footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from cqcparse.reading.pdf_furniture import furniture_of
from cqcparse.reading.pdf_lines import as_one, cells_of, lines_of
from cqcparse.reading.pdf_rules import Area
from cqcparse.reading.pdf_segments import Segment, Sheet
from cqcparse.reading.pdf_tables import with_tables

_TABLE = -1  # stands in a column for the tables in it
_MAX_COLUMNS = 8  # within each other; what stands further inside is read line by line
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
    if gutter is None:
        yield from _rows(segments, column or (0,))
        return
    whole: list[Segment] = []
    for band in _bands(segments, gutter):
        left = [s for s in band if s.right <= gutter]
        right = [s for s in band if s.left >= gutter]
        are_columns = _is_column(left) and _is_column(right)
        if _has_cells(band, gutter) or (not are_columns and _is_crossed(band, gutter)):
            whole += band
            continue
        whole += [s for s in band if s.left < gutter < s.right]
        yield from _rows(whole, column or (0,))
        whole = []
        yield from _in_order(left, (*column, 1))
        yield from _in_order(right, (*column, 2))
    yield from _rows(whole, column or (0,))


def _has_cells(band: Sequence[Segment], gutter: float) -> bool:
    """Return whether lines have several cells on one side of a gutter, and something beyond it."""
    sides = [s for s in band if s.right <= gutter], [s for s in band if s.left >= gutter]
    both = 0
    several = [0, 0]
    for line in lines_of(band):
        parts = [s for s in line if s.right <= gutter], [s for s in line if s.left >= gutter]
        if all(parts) and not line[0].cells:
            both += 1
            for side, part in enumerate(parts):
                several[side] += len(cells_of(part)) > 1
    return any(
        2 * count > both and _gutter(side) is None
        for count, side in zip(several, sides, strict=True)
    )


def _is_crossed(band: Sequence[Segment], gutter: float) -> bool:
    """Return whether a cell with others beside it goes over a gutter."""
    return any(
        len(line) > 1 and any(s.left < gutter < s.right for s in line) for line in lines_of(band)
    )


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

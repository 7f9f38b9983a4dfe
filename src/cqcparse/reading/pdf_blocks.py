"""Lines of a PDF -> headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import count, groupby, pairwise

import attrs

from cqcparse.model.document import BlockKind, Origin, PrintedCell, PrintedLine
from cqcparse.model.spans import Span
from cqcparse.reading.pdf_line_ends import LineEnds, is_cut
from cqcparse.reading.pdf_order import CellRows, Row, SheetRows, rows_of
from cqcparse.reading.pdf_segments import Segment, Sheet
from cqcparse.reading.structure import Piece

#: The last are the letter "o" and signs of fonts of symbols, which Word makes bullets of.
_BULLET = re.compile(r"(?:[•◦▪‣●○■*·–-]|\(?\d{1,2}[.)]|\(?[a-z]\)|[o\ue000-\uf8ff])\s+\S")
#: In front of the first line of a paragraph that the others are indented behind.
_HANGING = re.compile(rf"{_BULLET.pattern}|\d{{1,2}}(?:\.\d{{1,2}})+\.?\s")
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ".”", ".’", ".)", '."', ".'")
_MAX_HEADING = 200  # code points
_LARGER = 1.12  # times the size of the text, and it is a heading
_WIDE_GAP = 1.2  # times the usual distance of lines, and a paragraph ends
_WIDE_GAP_IN_SENTENCE = 1.35  # the raised mark of a note may put lines apart
_WIDER_GAP = 2.2  # times, and it ends inside a sentence too
_MAX_STRETCH = 1.15  # of the distance of lines in other sizes than that of the text
_FEW = 0.1  # share of the text of one size that is not bold, if the text is bold
_FULL_LINES = 5  # in a column, and its right edge is known
_INDENT = 0.8  # of the first line of a paragraph, in multiples of the font size
_NESTED = 1.5  # that the items in an item are indented, likewise
_MAX_LEVEL = 6
_PARAGRAPH = "\n\n"  # between two in one cell

_Style = tuple[float, bool]
#: Page, quarter turns and column.
_Column = tuple[int, int, tuple[int, ...]]


def pieces_of(sheets: Sequence[Sheet]) -> Iterator[Piece]:
    """Yield the blocks of a PDF in reading order.

    Running headers, footers, page numbers and what is set sideways on a page come after the
    paragraph that goes on beyond them.
    """
    ordered = rows_of(sheets)
    setting = _Setting(ordered)
    waiting: list[Piece] = []
    paragraph: list[Row] = []
    for page in ordered:
        if page.sheet.is_main:
            for row in page.rows:
                if row.is_box:
                    waiting.extend(setting.pieces([row]))
                    continue
                if paragraph and not setting.goes_on(paragraph, row):
                    yield from setting.pieces(paragraph)
                    yield from waiting
                    paragraph, waiting = [], []
                paragraph.append(row)
        else:
            for rows in setting.paragraphs(page.rows):
                waiting.extend(setting.pieces(rows))
        waiting.extend(setting.furniture(segment) for segment in page.furniture)
    if paragraph:
        yield from setting.pieces(paragraph)
    yield from waiting


class _Setting:
    """How a PDF is set, learnt from all of its lines: size of the text, distances, words.

    Args:
        sheets: The lines of each sheet.
    """

    def __init__(self, sheets: Sequence[SheetRows]) -> None:
        rows = [line for sheet in sheets for row in sheet.rows for line in row.lines]
        self._tables = count()
        self._body = _body_style(rows)
        self._levels = self._heading_levels(rows)
        self._right_edges, self._full_columns = _right_edges(sheets, self._body[0])
        self._left_edges = _left_edges(rows, self._right_edges)
        self._beside = _beside_boxes(sheets)
        self._distances = _usual_distances(rows)
        size = self._body[0]
        #: Distance of lines in multiples of the font size, where a size has few lines.
        self._leading = self._distances.get(round(size), 1.2 * size) / size
        self._line_ends = LineEnds(row.segment for row in rows)

    def goes_on(self, paragraph: list[Row], row: Row) -> bool:
        """Return whether *row* belongs to the paragraph whose rows these are."""
        last = paragraph[-1]
        if row.cells or last.cells:
            return False
        if is_cut(last.segment.text, row.segment.text):
            return True
        if _BULLET.match(row.segment.text) or not self._is_set_alike(last, row):
            return False
        starts_small = row.segment.text[0].islower()
        ended = last.segment.text.endswith(_SENTENCE_ENDS)
        column = _column(last)
        if column == _column(row):
            return self._goes_on_below(paragraph, row, starts_small=starts_small, ended=ended)
        is_full = not self._has_room(last, row) and (not ended or column in self._full_columns)
        return (starts_small and not ended) or (is_full and not self._is_heading(last))

    def _is_set_alike(self, last: Row, row: Row) -> bool:
        """Return whether two rows are both of a heading, in one style, or both of the text."""
        is_heading = self._is_heading(last)
        if is_heading != self._is_heading(row) or (is_heading and _style(row) != _style(last)):
            return False
        return abs(row.segment.size - last.segment.size) <= 1

    def _goes_on_below(
        self, paragraph: list[Row], row: Row, *, starts_small: bool, ended: bool
    ) -> bool:
        """Return whether *row* goes on in the same column."""
        last = paragraph[-1]
        distance = last.segment.bottom - row.segment.bottom
        usual = self._usual_distance(row.segment.size)
        if distance > _WIDER_GAP * usual or self._is_indented_otherwise(paragraph, row):
            return False
        if starts_small and not ended:
            return True
        widest = _WIDE_GAP if ended else _WIDE_GAP_IN_SENTENCE
        if distance > widest * usual or self._has_room(last, row):
            return False
        is_list_item = _BULLET.match(paragraph[0].segment.text) is not None
        indent = row.segment.left - last.segment.left
        return is_list_item or not (ended and indent > _INDENT * row.segment.size)

    def _is_indented_otherwise(self, paragraph: Sequence[Row], row: Row) -> bool:
        """Return whether a row begins further right or left than those of a paragraph do.

        The first line of a paragraph may begin elsewhere, and those of a title in the middle.
        """
        last = paragraph[-1].segment
        indent = row.segment.left - last.left
        if abs(indent) <= _NESTED * row.segment.size:
            return False
        if self._is_centred(paragraph[-1]) and self._is_centred(row):
            return False
        if len(paragraph) == 1:
            return indent > 0 and not _HANGING.match(last.text)
        return indent > 0 or abs(paragraph[-2].segment.left - last.left) <= 1

    def _is_centred(self, row: Row) -> bool:
        """Return whether as much is free on the left of a row as on its right."""
        column, segment = _column(row), row.segment
        if column not in self._left_edges:
            return True
        free = segment.left - self._left_edges[column]
        return abs(free - (self._right_edges[column] - segment.right)) <= 2 * segment.size

    def _usual_distance(self, size: float) -> float:
        """Return how far the lines of a paragraph are apart, in points; headings vary more."""
        expected = self._leading * size
        return min(self._distances.get(round(size), expected), _MAX_STRETCH * expected)

    def _has_room(self, last: Row, row: Row) -> bool:
        """Return whether the first word of *row* would have fitted on the line before."""
        segment = row.segment
        end = segment.text.find(" ")
        width = segment.edges[end if end > 0 else len(segment.text)] - segment.left
        space = 0.3 * segment.size
        edge = self._right_edges.get(_column(last), 0.0)
        for box, widest in self._beside.get(_column(last)[:2], ()):
            if last.segment.is_beside(box) and last.segment.right <= box.left:
                edge = min(edge, widest)
        return last.segment.right + space + width < edge - 1

    def _is_heading(self, row: Row) -> bool:
        return _style(row) in self._levels and len(row.segment.text) <= _MAX_HEADING

    def _heading_levels(self, rows: Iterable[Row]) -> dict[_Style, int]:
        """Return the level of each style that headings are set in, larger ones first."""
        size, is_bold = self._body
        styles = {
            style
            for style in map(_style, rows)
            if style[0] >= _LARGER * size or (style[0] >= size and style[1] and not is_bold)
        }
        ordered = sorted(styles, reverse=True)
        return {style: min(n, _MAX_LEVEL) for n, style in enumerate(ordered, 1)}

    def paragraphs(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        """Yield the rows of each paragraph."""
        paragraph: list[Row] = []
        for row in rows:
            if paragraph and not self.goes_on(paragraph, row):
                yield paragraph
                paragraph = []
            paragraph.append(row)
        if paragraph:
            yield paragraph

    def pieces(self, rows: list[Row]) -> Iterator[Piece]:
        """Yield the block of a paragraph's rows, or the rows of a table."""
        if rows[0].is_box:
            for paragraph in self.paragraphs(rows[0].lines):
                yield from self.pieces(paragraph)
            return
        if rows[0].cells:
            number = next(self._tables)
            for _, cells in groupby(rows[0].cells, key=lambda cell: cell.area.row):
                yield self._table_row(cells, number)
            return
        text, lines = self._joined(rows)
        kind: BlockKind = "paragraph"
        level = None
        if _BULLET.match(text) and not self._is_heading(rows[0]):
            kind = "list-item"
        elif self._is_heading(rows[0]) and len(text) <= _MAX_HEADING:
            kind, level = "heading", self._levels[_style(rows[0])]
        yield Piece(text=text, kind=kind, level=level, origin=Origin(lines=lines))

    def _table_row(self, cells: Iterable[CellRows], number: int) -> Piece:
        """Return a row of a table: tabs between its cells, blank lines in them."""
        text = ""
        lines: list[PrintedLine] = []
        printed: list[PrintedCell] = []
        for cell in cells:
            text += "\t" if text else ""
            start = len(text)
            for paragraph in self.paragraphs(cell.rows):
                text += _PARAGRAPH if len(text) > start else ""
                content, found = self._joined(paragraph)
                lines += (attrs.evolve(line, span=_moved(line.span, len(text))) for line in found)
                text += content
            area = cell.area
            printed.append(
                PrintedCell(
                    span=Span(start, len(text)),
                    row=area.row,
                    column=area.column,
                    rows=area.rows,
                    columns=area.columns,
                )
            )
        return Piece(
            text=text,
            kind="table-row",
            origin=Origin(lines=tuple(lines)),
            table=number,
            cells=tuple(printed),
        )

    def furniture(self, segment: Segment) -> Piece:
        """Return the block of a running header or footer."""
        text, lines = self._joined([Row(segment=segment, column=())])
        return Piece(text=text, kind="furniture", origin=Origin(lines=lines))

    def _joined(self, rows: list[Row]) -> tuple[str, tuple[PrintedLine, ...]]:
        """Return the text of the rows, and where it is printed."""
        parts: list[str] = []
        lines: list[PrintedLine] = []
        length = 0
        for row, following in zip(rows, [*rows[1:], None], strict=True):
            segment = row.segment
            end = len(segment.text)
            gap = ""
            if following:
                gap, end = self._line_ends.gap(segment.text, following.segment.text)
            lines.append(_printed(segment, length, end))
            parts.append(segment.text[:end] + gap)
            length += len(parts[-1])
        return "".join(parts).replace("\u00ad", "-"), tuple(lines)


def _moved(span: Span, distance: int) -> Span:
    return Span(span.start + distance, span.end + distance)


def _body_style(rows: Iterable[Row]) -> _Style:
    """Return the style of the text: of the commonest size, and bold if hardly any of it is not.

    Where a report is short, more of it may stand in headings than below them.
    """
    styles: Counter[_Style] = Counter()
    sizes: Counter[float] = Counter()
    for row in rows:
        styles[_style(row)] += len(row.segment.text)
        sizes[_style(row)[0]] += len(row.segment.text)
    if not sizes:
        return 1.0, False
    (size, length), *_ = sizes.most_common(1)
    return size, styles[size, False] < _FEW * length


def _column(row: Row) -> _Column:
    return row.segment.page, row.segment.turn, row.column


def _style(row: Row) -> _Style:
    return round(2 * row.segment.size) / 2, row.segment.is_bold


def _right_edges(
    sheets: Sequence[SheetRows], size: float
) -> tuple[dict[_Column, float], frozenset[_Column]]:
    """Return where the lines of each column end at most, and the columns that show it.

    A column with few full lines is taken to be as wide as others that begin at the same place; if
    it is the only one of its page, also to leave as much free on its right as on its left.

    Args:
        sheets: All lines.
        size: The size of the text; larger lines may go beyond its edge.
    """
    columns: dict[_Column, list[Segment]] = {}
    single: dict[_Column, float] = {}
    for sheet in sheets:
        text = [row for row in sheet.rows if not row.cells]
        for row in text:
            if row.segment.size <= size + 1:
                columns.setdefault(_column(row), []).append(row.segment)
        if len({row.column for row in text}) == 1:
            margin = _leftmost(sheet.rows) - sheet.sheet.left
            single[_column(text[0])] = sheet.sheet.right - margin
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


def _left_edges(rows: Iterable[Row], columns: Container[_Column]) -> dict[_Column, float]:
    """Return where the lines of each of some columns begin at least."""
    edges: dict[_Column, float] = {}
    for row in rows:
        column = _column(row)
        if column in columns:
            edges[column] = min(edges.get(column, row.segment.left), row.segment.left)
    return edges


def _beside_boxes(
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


def _edges_of_cells(sheets: Sequence[SheetRows]) -> dict[_Column, float]:
    """Return where the lines of each cell of a table end at most: as much as they begin inside."""
    return {
        _column(cell.rows[0]): cell.area.left + cell.area.right - _leftmost(cell.rows)
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


def _usual_distances(rows: Iterable[Row]) -> dict[int, float]:
    """Return the most common distance from line to line for each font size, in points."""
    counts: dict[int, Counter[float]] = {}
    for row, following in pairwise(rows):
        one, other = row.segment, following.segment
        if _column(row) != _column(following) or one.size != other.size:
            continue
        distance = round(2 * (one.bottom - other.bottom)) / 2
        if 0 < distance < 3 * one.size:
            counts.setdefault(round(one.size), Counter())[distance] += 1
    return {
        size: found.most_common(1)[0][0]
        for size, found in counts.items()
        if found.total() >= _FULL_LINES
    }


def _printed(segment: Segment, start: int, length: int) -> PrintedLine:
    return PrintedLine(
        span=Span(start, start + length),
        page=segment.page,
        turn=90 * segment.turn,
        bottom=round(segment.bottom, 2),
        top=round(segment.top, 2),
        edges=tuple(round(edge, 2) for edge in segment.edges[: length + 1]),
    )

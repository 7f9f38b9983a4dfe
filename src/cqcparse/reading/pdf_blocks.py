"""Lines of a PDF -> headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby

import attrs

from cqcparse.model.document import BlockKind, Origin, PrintedCell, PrintedLine
from cqcparse.model.spans import Span
from cqcparse.reading.pdf_line_ends import LineEnds, is_cut
from cqcparse.reading.pdf_order import CellRows, Row, SheetRows, rows_of
from cqcparse.reading.pdf_segments import Segment, Sheet
from cqcparse.reading.pdf_setting import (
    Style,
    beside_boxes,
    body_style,
    column_of,
    left_edges,
    right_edges,
    style_of,
    usual_distances,
)
from cqcparse.reading.structure import Piece

#: The last are the letter "o" and signs of fonts of symbols, which Word makes bullets of.
_BULLET = re.compile(r"(?:[•◦▪‣●○■*·–-]|\(?\d{1,2}[.)]|\(?[a-z]\)|[o\ue000-\uf8ff])\s+\S")
#: In front of the first line of a paragraph that the others are indented behind.
_HANGING = re.compile(rf"{_BULLET.pattern}|\d{{1,2}}(?:\.\d{{1,2}})+\.?\s")
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ".”", ".’", ".)", '."', ".'")
_HYPHENS = ("-", "\u00ad", "\u2010")
_MAX_HEADING = 200  # code points
_LARGER = 1.12  # times the size of the text, and it is a heading
_WIDE_GAP = 1.2  # times the usual distance of lines, and a paragraph ends
_WIDE_GAP_IN_SENTENCE = 1.35  # the raised mark of a note may put lines apart
_WIDER_GAP = 2.2  # times, and it ends inside a sentence too
_MAX_STRETCH = 1.15  # of the distance of lines in other sizes than that of the text
_INDENT = 0.8  # of the first line of a paragraph, in multiples of the font size
_NESTED = 1.5  # that the items in an item are indented, likewise
_MUCH_ROOM = 0.4  # of the width, that a line leaves free which was ended on purpose
_MAX_LEVEL = 6
_PARAGRAPH = "\n\n"  # between two in one cell


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
        self._body = body_style(rows)
        self._levels = self._heading_levels(rows)
        self._right_edges, self._full_columns = right_edges(sheets, self._body[0])
        self._left_edges = left_edges(rows, self._right_edges)
        self._beside = beside_boxes(sheets)
        self._distances = usual_distances(rows)
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
        column = column_of(last)
        if column == column_of(row):
            return self._goes_on_below(paragraph, row, starts_small=starts_small, ended=ended)
        is_full = not self._has_room(last, row) and (not ended or column in self._full_columns)
        return (starts_small and not ended) or (is_full and not self._is_heading(last))

    def _is_set_alike(self, last: Row, row: Row) -> bool:
        """Return whether two rows are both of a heading, in one style, or both of the text."""
        is_heading = self._is_heading(last)
        if is_heading != self._is_heading(row) or (is_heading and style_of(row) != style_of(last)):
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
            return not self._has_much_room(last)
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
        column, segment = column_of(row), row.segment
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
        return last.segment.right + space + width < self._edge_at(last) - 1

    def _has_much_room(self, last: Row) -> bool:
        """Return whether a line of a column of full ones is so short that it was ended on purpose.

        So are the items of lists whose bullets are drawn and no letters, as browsers print them.
        """
        column = column_of(last)
        is_broken = last.segment.text.endswith(_HYPHENS)
        if column not in self._full_columns or self._is_heading(last) or is_broken:
            return False
        edge = self._edge_at(last)
        return edge - last.segment.right > _MUCH_ROOM * (edge - last.segment.left)

    def _edge_at(self, row: Row) -> float:
        """Return how far right a line may go: to the edge of its column, or a box beside it."""
        segment = row.segment
        edge = self._right_edges.get(column_of(row), 0.0)
        for box, widest in self._beside.get(column_of(row)[:2], ()):
            is_beside = segment.bottom < box.top and box.bottom < segment.top + segment.size
            if is_beside and segment.right <= box.left:
                edge = min(edge, widest)
        return edge

    def _is_heading(self, row: Row) -> bool:
        return style_of(row) in self._levels and len(row.segment.text) <= _MAX_HEADING

    def _heading_levels(self, rows: Iterable[Row]) -> dict[Style, int]:
        """Return the level of each style that headings are set in, larger ones first."""
        size, is_bold = self._body
        styles = {
            style
            for style in map(style_of, rows)
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
            kind, level = "heading", self._levels[style_of(rows[0])]
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


def _printed(segment: Segment, start: int, length: int) -> PrintedLine:
    return PrintedLine(
        span=Span(start, start + length),
        page=segment.page,
        turn=90 * segment.turn,
        bottom=round(segment.bottom, 2),
        top=round(segment.top, 2),
        edges=tuple(round(edge, 2) for edge in segment.edges[: length + 1]),
    )

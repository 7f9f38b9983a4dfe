"""Document and its blocks: the text everything points into, never rewritten after reading."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, TypeAlias

import attrs

from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.spans import Quote, Span

#: What a reader knows of a block; ``text`` means that the format does not say (plain text).
BlockKind: TypeAlias = Literal[
    "text", "heading", "paragraph", "list-item", "table-row", "furniture"
]


@attrs.frozen(kw_only=True)
class Box:
    """A rectangle on a page, in points from the lower left corner, before a viewer turns the page.

    Attributes:
        page: Page, counted from 1.
        left: Left edge, in points.
        bottom: Lower edge, in points.
        right: Right edge, in points.
        top: Upper edge, in points.

    Examples:
        >>> from cqcparse.model import Box
        >>> Box(page=1, left=72.0, bottom=700.0, right=200.0, top=712.0).page
        1
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float


@attrs.frozen(kw_only=True)
class PrintedLine:
    """A line of a page, and the part of the text that is printed on it.

    Attributes:
        span: The part of the text; a word that is hyphenated on the page goes on in the
            next line's.
        page: Page, counted from 1.
        turn: Degrees that the line is turned counterclockwise on the page: 0, 90, 180 or 270.
            Its edges are those on the page turned back by as much about its lower left corner.
        bottom: Lower and upper edge of the line, in points from the lower edge of the page.
        top: Upper edge, likewise.
        edges: Left edge of each code point of the span, then the right edge of the last, in
            points.

    Examples:
        >>> from cqcparse import Span
        >>> from cqcparse.model import PrintedLine
        >>> edges = (72.0, 78.0, 84.0)
        >>> line = PrintedLine(span=Span(0, 2), page=1, bottom=700.0, top=712.0, edges=edges)
        >>> line.box(Span(1, 2)).left
        78.0
    """

    span: Span
    page: int
    turn: int = 0
    bottom: float
    top: float
    edges: tuple[float, ...] = attrs.field(repr=False)

    def box(self, span: Span) -> Box:
        """Return the rectangle of the part of *span* that is on this line.

        Raises:
            ValueError: If no part of it is.
        """
        start, end = max(span.start, self.span.start), min(span.end, self.span.end)
        if start >= end:
            msg = f"the line at {self.span} has no part of {span}"
            raise ValueError(msg)
        left, right = self.edges[start - self.span.start], self.edges[end - self.span.start]
        left, bottom, right, top = _turned((left, self.bottom, right, self.top), self.turn)
        return Box(page=self.page, left=left, bottom=bottom, right=right, top=top)


def _turned(
    edges: tuple[float, float, float, float], degrees: int
) -> tuple[float, float, float, float]:
    """Return a rectangle turned counterclockwise about the lower left corner of its page."""
    left, bottom, right, top = edges
    match degrees:
        case 90:
            return -top, left, -bottom, right
        case 180:
            return -right, -top, -left, -bottom
        case 270:
            return bottom, -right, top, -left
        case _:
            return edges


@attrs.frozen(kw_only=True)
class Origin:
    """Where a block stands in the file it was read from.

    Attributes:
        offset: Offset of the block in the decoded source, in code points, where the format
            has one.
        path: XPath of the element, such as ``/html/body/main/section[2]/p[1]``.
        lines: The lines it is printed on, for paged formats.

    Examples:
        >>> from cqcparse.model import Origin
        >>> Origin(path="/html/body/main/p[1]").boxes
        ()
    """

    offset: int | None = None
    path: str | None = None
    lines: tuple[PrintedLine, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The rectangle of each line, for paged formats."""
        return tuple(line.box(line.span) for line in self.lines)


@attrs.frozen(kw_only=True)
class Block:
    """One heading, paragraph, list item or table row, without the line ends around it.

    In a row a tab stands between two cells, and a blank line between two paragraphs of a cell.

    Attributes:
        span: Its characters.
        kind: What the format says it is; ``text`` where the format has no such thing.
        level: Heading level from 1, where the format says it.
        origin: Where it stands in the file; None if the format does not say.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> page.document.block_at(0)
    """

    span: Span
    kind: BlockKind = "text"
    level: int | None = None
    origin: Origin | None = None


@attrs.frozen(kw_only=True)
class PrintedCell:
    """A cell of a table, and where it stands there; a cell without words is none.

    Attributes:
        span: Its characters.
        row: Row in which it begins, counted from 0; rows without words do not count.
        column: Column in which it begins, counted from 0.
        rows: How many rows it goes over.
        columns: How many columns it goes over.
        is_header: Whether the format says that it names a column or a row.

    Examples:
        >>> from cqcparse import Span
        >>> from cqcparse.model import PrintedCell
        >>> PrintedCell(span=Span(0, 5), row=0, column=1).column
        1
    """

    span: Span
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_header: bool = False


@attrs.frozen(kw_only=True)
class PrintedTable:
    r"""A table of the source.

    Attributes:
        cells: Its cells in the order of the text.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.parse("Statement\tScore\nSafeguarding\t3")
        >>> (table,) = page.document.tables
        >>> [page.document.quote(row[1].span).text for row in table.rows]
        ['Score', '3']
    """

    cells: tuple[PrintedCell, ...]

    @property
    def span(self) -> Span:
        """From its first cell to its last."""
        return Span(self.cells[0].span.start, self.cells[-1].span.end)

    @property
    def rows(self) -> tuple[tuple[PrintedCell | None, ...], ...]:
        """Its rows, with None for a cell without words.

        A cell that goes over several rows or columns stands in each of them.
        """
        rows: list[list[PrintedCell | None]] = [[] for _ in range(self._height)]
        for cell in self.cells:
            behind = cell.column + cell.columns
            for row in rows[cell.row : cell.row + cell.rows]:
                row.extend([None] * (behind - len(row)))
                row[cell.column : behind] = [cell] * cell.columns
        return tuple(map(tuple, rows))

    @property
    def _height(self) -> int:
        return 1 + max(cell.row for cell in self.cells)


@attrs.frozen(kw_only=True)
class Omission:
    """A part of the source that is not in the text, because it is not part of the report.

    Attributes:
        reason: What it was taken for, such as ``navigation`` or ``cookie-notice``.
        path: Path of the element in the source.
        length: How much text was left out, in code points, not counting white space around
            its parts.

    Examples:
        >>> from cqcparse.model import Omission
        >>> Omission(reason="navigation", path="/html/body/nav", length=120).reason
        'navigation'
    """

    reason: str
    path: str
    length: int


@attrs.frozen(kw_only=True)
class Document:
    """The text of one source, and what its format says about the parts of it.

    ``text`` is what the reader produced. Blocks are in order, do not overlap, and every
    character outside them is white space.

    Attributes:
        text: What the reader produced; offsets count its code points.
        source: Path, address or name of the source, for people; never opened again.
        title: Title that the source gives outside its text, such as ``<title>`` of a web
            page.
        address: Address that the source says it was saved from; never opened.
        media_type: Media type of the source, such as ``text/plain``.
        encoding: Character encoding the bytes were read with; None for text that came as a
            string.
        blocks: Its headings, paragraphs, list items and table rows, in order.
        tables: Its tables, in order; those that only arrange a page are left out.
        diagnostics: What the reader has to say, such as bytes that did not decode.
        omissions: Parts of the source that are not in the text.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> page.document.quote(page.partners[0].span).text == page.partners[0].text
        True
    """

    text: str = attrs.field(repr=lambda text: f"<{len(text)} code points>")
    source: str | None = None
    title: str | None = None
    address: str | None = None
    media_type: str = "text/plain"
    encoding: str | None = None
    blocks: tuple[Block, ...] = attrs.field(default=(), repr=False)
    tables: tuple[PrintedTable, ...] = attrs.field(default=(), repr=False)
    diagnostics: tuple[Diagnostic, ...] = attrs.field(default=(), repr=False)
    omissions: tuple[Omission, ...] = attrs.field(default=(), repr=False)

    def quote(self, span: Span) -> Quote:
        """Return the characters of *span* as a quote.

        Raises:
            ValueError: If the span reaches past the end of the text.
        """
        return Quote(self.text[span.start : span.end], span)

    def block_at(self, offset: int) -> Block | None:
        """Return the block with the code point at *offset*, or None between blocks."""
        place = bisect_right(self.blocks, offset, key=lambda block: block.span.start) - 1
        block = self.blocks[place] if place >= 0 else None
        return block if block is not None and offset < block.span.end else None

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Return where the characters of *span* are printed: a rectangle for each line.

        Empty for formats without pages.
        """
        place = bisect_right(self.blocks, span.start, key=lambda block: block.span.end)
        boxes: list[Box] = []
        while place < len(self.blocks) and self.blocks[place].span.start < span.end:
            origin = self.blocks[place].origin
            lines = origin.lines if origin else ()
            boxes.extend(line.box(span) for line in lines if line.span.overlaps(span))
            place += 1
        return tuple(boxes)

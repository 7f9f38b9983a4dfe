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
    """A rectangle on a page, in points from the lower left corner."""

    #: Page, counted from 1.
    page: int
    left: float
    bottom: float
    right: float
    top: float


@attrs.frozen(kw_only=True)
class PrintedLine:
    """A line of a page, and the part of the text that is printed on it."""

    #: The part of the text; a word that is hyphenated on the page goes on in the next line's.
    span: Span
    #: Page, counted from 1.
    page: int
    #: Lower and upper edge of the line, in points from the lower edge of the page.
    bottom: float
    top: float
    #: Left edge of each code point of the span, then the right edge of the last, in points.
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
        return Box(page=self.page, left=left, bottom=self.bottom, right=right, top=self.top)


@attrs.frozen(kw_only=True)
class Origin:
    """Where a block stands in the file it was read from."""

    #: Offset of the block in the decoded source, in code points, where the format has one.
    offset: int | None = None
    #: XPath of the element, such as ``/html/body/main/section[2]/p[1]``.
    path: str | None = None
    #: The lines it is printed on, for paged formats.
    lines: tuple[PrintedLine, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The rectangle of each line, for paged formats."""
        return tuple(line.box(line.span) for line in self.lines)


@attrs.frozen(kw_only=True)
class Block:
    """One heading, paragraph, list item or table row, without the line ends around it."""

    span: Span
    kind: BlockKind = "text"
    #: Heading level from 1, where the format says it.
    level: int | None = None
    origin: Origin | None = None


@attrs.frozen(kw_only=True)
class Omission:
    """A part of the source that is not in the text, because it is not part of the report."""

    #: What it was taken for, such as ``navigation`` or ``cookie-notice``.
    reason: str
    #: Path of the element in the source.
    path: str
    #: How much text was left out, in code points, not counting white space around its parts.
    length: int


@attrs.frozen(kw_only=True)
class Document:
    """The text of one source, and what its format says about the parts of it.

    ``text`` is what the reader produced. Blocks are in order, do not overlap, and every
    character outside them is white space.
    """

    text: str = attrs.field(repr=lambda text: f"<{len(text)} code points>")
    #: Path, address or name of the source, for people; never opened again.
    source: str | None = None
    #: Title that the source gives outside its text, such as ``<title>`` of a web page.
    title: str | None = None
    #: Address that the source says it was saved from; never opened.
    address: str | None = None
    #: Media type of the source, such as ``text/plain``.
    media_type: str = "text/plain"
    #: Character encoding the bytes were read with; None for text that came as a string.
    encoding: str | None = None
    blocks: tuple[Block, ...] = attrs.field(default=(), repr=False)
    #: What the reader has to say, such as bytes that did not decode.
    diagnostics: tuple[Diagnostic, ...] = attrs.field(default=(), repr=False)
    #: Parts of the source that are not in the text.
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

"""Pieces of text with what a format says of them -> text, blocks and tables of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs

from cqcparse.model.document import Block, BlockKind, Origin, PrintedCell, PrintedTable
from cqcparse.model.spans import Span

_GAP = "\n\n"
_MAX_HEADING = 120  # code points; the longest heading of the framework has 84
_ENDS_LIKE_TEXT = (".", ",", ";", "?", "!")
_WORD = re.compile(r"[^\W\d_]{2}")


@attrs.frozen(kw_only=True)
class Piece:
    """The text of one block-to-be, without white space around it.

    The spans of its lines and cells count from the start of the piece.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int | None = None
    origin: Origin | None = None
    #: Number of the table it stands in, and the cells that it holds or is part of.
    table: int | None = None
    cells: tuple[PrintedCell, ...] = ()


@attrs.frozen(kw_only=True)
class Parts:
    """The parts of a document that are made of pieces."""

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[PrintedTable, ...]


def assemble(pieces: Iterable[Piece]) -> Parts:
    """Put the pieces together as one text, a blank line between each two, a block for each."""
    texts: list[str] = []
    blocks: list[Block] = []
    tables: dict[int, _Cells] = {}
    end = -len(_GAP)
    for piece in pieces:
        start = end + len(_GAP)
        end = start + len(piece.text)
        texts.append(piece.text)
        origin = _moved(piece.origin, start)
        blocks.append(
            Block(span=Span(start, end), kind=piece.kind, level=piece.level, origin=origin)
        )
        if piece.table is not None:
            cells = tables.setdefault(piece.table, {})
            for cell in piece.cells:  # one of several pieces is one
                place, behind = (cell.row, cell.column), cell.span.end + start
                begin = cells[place][1] if place in cells else cell.span.start + start
                cells[place] = cell, begin, behind
    found = (_table(tables[number]) for number in sorted(tables))
    return Parts(
        text=_GAP.join(texts),
        blocks=tuple(blocks),
        tables=tuple(table for table in found if len(table.cells) > 1),
    )


#: The cells of a table, with start and end in the document, by row and column.
_Cells: TypeAlias = dict[tuple[int, int], tuple[PrintedCell, int, int]]


def _table(cells: _Cells) -> PrintedTable:
    """Return the cells as a table of the rows that have words."""
    numbers = {row: number for number, row in enumerate(sorted({row for row, _ in cells}))}
    return PrintedTable(
        cells=tuple(
            PrintedCell(
                span=Span(start, end),
                row=numbers[cell.row],
                column=cell.column,
                rows=_rows(cell, numbers) if cell.rows > 1 else 1,
                columns=cell.columns,
                is_header=cell.is_header,
            )
            for cell, start, end in cells.values()
        )
    )


def _rows(cell: PrintedCell, numbers: Mapping[int, int]) -> int:
    """Return over how many of the rows that have words a cell goes."""
    return sum(row in numbers for row in range(cell.row, cell.row + cell.rows))


def _moved(origin: Origin | None, distance: int) -> Origin | None:
    if origin is None or not origin.lines:
        return origin
    lines = (
        attrs.evolve(line, span=Span(line.span.start + distance, line.span.end + distance))
        for line in origin.lines
    )
    return attrs.evolve(origin, lines=tuple(lines))


def could_be_heading(text: str) -> bool:
    """Return whether *text*, which stands alone in bold, reads like a heading."""
    return (
        len(text) <= _MAX_HEADING
        and "\n" not in text
        and not text.endswith(_ENDS_LIKE_TEXT)
        and _WORD.search(text) is not None
    )

"""Pieces of text with what a format says of them -> the text and the blocks of a document."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from cqcparse.model.document import Block, BlockKind, Origin
from cqcparse.model.spans import Span

_GAP = "\n\n"
_MAX_HEADING = 120  # code points; the longest heading of the framework has 84
_ENDS_LIKE_TEXT = (".", ",", ";", "?", "!")
_WORD = re.compile(r"[^\W\d_]{2}")


@attrs.frozen(kw_only=True)
class Piece:
    """The text of one block-to-be, without white space around it.

    The spans of its lines count from the start of the piece.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int | None = None
    origin: Origin | None = None


def assemble(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Return the pieces as one text, a blank line between each two, and a block for each."""
    texts: list[str] = []
    blocks: list[Block] = []
    end = -len(_GAP)
    for piece in pieces:
        start = end + len(_GAP)
        end = start + len(piece.text)
        texts.append(piece.text)
        origin = _moved(piece.origin, start)
        blocks.append(
            Block(span=Span(start, end), kind=piece.kind, level=piece.level, origin=origin)
        )
    return _GAP.join(texts), tuple(blocks)


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

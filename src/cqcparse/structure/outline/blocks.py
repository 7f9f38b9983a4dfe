"""The blocks of plain text: its lines, or its paragraphs where it is wrapped at a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from cqcparse.model.document import Block, Document
from cqcparse.model.spans import Span
from cqcparse.reading.cells import BULLET, is_row

#: Columns between which text is taken to be wrapped.
_NARROWEST, _WIDEST = 50, 120
#: One line in this many may be wider, such as an address that cannot be broken.
_OUTLIERS = 50
#: A line that breaks off in mid sentence may be this much short of the full width.
_RAGGED = 0.8
_STOPS = ".!?:;"
#: A financial year or a sum of money that goes on in the next line, and how long its start may be.
_BROKEN = re.compile(
    r"(?:20[0-9]{2}[-/–]\s*\n\s*[0-9]{2}(?![0-9])"
    r"|£[ \t]?[0-9][0-9.,]{0,9}\s*\n\s*(?:(?:thousand|million|billion)\b"
    r"|(?:k|mn?|bn?)(?![\w)]|\.[ \t])))"
)
_START = 12


@attrs.frozen
class _Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    #: Columns from the left margin to the end of the line.
    width: int
    #: Whether a blank line, or the start of the text, is above it.
    gap: bool


def document_blocks(document: Document) -> tuple[Block, ...]:
    """Return the blocks of a document; every character that is not white space lies in one.

    Where the reader gave none, or left text between them out, that text is cut into blocks here.
    """
    if not document.blocks:
        return text_blocks(document.text)
    return tuple(_completed(document.text, document.blocks))


def text_blocks(text: str) -> tuple[Block, ...]:
    r"""Return the lines of *text* as blocks of kind ``text``, or its paragraphs if it is wrapped.

    Every line end counts: ``\n``, ``\r\n``, ``\r``, form feed, NEL (U+0085), U+2028 and U+2029.
    Lines are joined to a paragraph only where the whole text is clearly wrapped at a column, or
    where a financial year or a sum is broken at the end of one.
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    return tuple(Block(span=span) for span in _paragraphs(text, lines, width))


def _completed(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks in order, with blocks for the text that no reader accounted for."""
    position = 0
    for block in sorted(blocks, key=lambda block: block.span):
        start, end = max(block.span.start, position), min(block.span.end, len(text))
        content = text[start:end]
        if not content or content.isspace():
            continue
        yield from _gap_blocks(text, position, start)
        start, position = end - len(content.lstrip()), end
        span = Span(start, start + len(content.strip()))
        yield block if span == block.span else attrs.evolve(block, span=span)
    yield from _gap_blocks(text, position, len(text))


def _gap_blocks(text: str, start: int, end: int) -> Iterator[Block]:
    gap = text[start:end]
    if gap and not gap.isspace():
        for line in _lines(gap):
            yield Block(span=Span(start + line.start, start + line.end))


def _lines(text: str) -> Iterator[_Line]:
    offset = 0
    gap = True
    for line in text.splitlines(keepends=True):
        right = line.rstrip()
        if right:
            start = offset + len(right) - len(right.lstrip())
            yield _Line(start, offset + len(right), len(right), gap)
        gap = not right
        offset += len(line)


def _wrap_width(text: str, lines: Sequence[_Line]) -> int | None:
    """Return the column the text is wrapped at; None if it is not clearly wrapped.

    The proof is lines of nearly full width that break off in mid sentence, the next line going
    on in lower case.
    """
    widths = sorted(line.width for line in lines)
    if len(widths) < 2 or widths[-1 - len(widths) // _OUTLIERS] > _WIDEST:  # noqa: PLR2004
        return None
    width = next(width for width in reversed(widths) if width <= _WIDEST)
    if width < _NARROWEST:
        return None
    proofs = sum(
        1
        for line, following in pairwise(lines)
        if _breaks_off(text, line, following, width) and text[following.start].islower()
    )
    full = sum(1 for line in lines if line.width >= width * _RAGGED)
    return width if proofs * 4 >= full else None


def _breaks_off(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Return whether the sentence of *line* goes on in the line below it."""
    return (
        not following.gap
        and not _has_cells(text, line, following)
        and line.width >= width * _RAGGED
        and text[line.end - 1] not in _STOPS
        and not BULLET.match(text, following.start, following.end)
    )


def _has_cells(text: str, *lines: _Line) -> bool:
    """Return whether one of some lines is a row of a table, which is never wrapped."""
    return any(is_row(text, Span(line.start, line.end)) for line in lines)


def _paragraphs(text: str, lines: Sequence[_Line], width: int | None) -> Iterator[Span]:
    start = lines[0].start if lines else 0
    for line, following in pairwise(lines):
        if not _continues(text, line, following, width):
            yield Span(start, line.end)
            start = following.start
    if lines:
        yield Span(start, lines[-1].end)


def _continues(text: str, line: _Line, following: _Line, width: int | None) -> bool:
    """Return whether *following* was broken off *line*: its first word had no room there."""
    if following.gap or _has_cells(text, line, following):
        return False
    if _BROKEN.search(text, max(line.start, line.end - _START), following.end):
        return True
    if width is None or BULLET.match(text, following.start, following.end):
        return False
    word = text[following.start : min(following.end, following.start + width)].split(None, 1)[0]
    if line.width + 1 + len(word) > width:
        return True
    return text[following.start].islower() and _breaks_off(text, line, following, width)

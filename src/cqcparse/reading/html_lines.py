"""Runs of text in a block of a web page -> its lines, as a browser would break them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

from cqcparse.model.document import PrintedCell
from cqcparse.reading.html_tables import OpenCell

_SPACES = re.compile(r"[ \t\n\r\f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_ENDED = (".", "!", "?", ":", ";")
_LONG = 100  # code points of a line that somebody may have broken inside a sentence
#: Stands for a tab that is kept; no parser of HTML lets it through.
TAB = "\0"
_PARAGRAPH = "\n\n"  # between two in one cell


@attrs.define
class Line:
    """Text up to a line break or the end of the block."""

    #: The text, once the line is complete.
    text: str = ""
    #: Code points of visible text, and how many of them are bold or in links.
    length: int = 0
    bold: int = 0
    linked: int = 0
    #: The cell that it stands in, where that is one of a row.
    cell: OpenCell | None = None
    #: Whether a block of the cell begins with it.
    opens: bool = False
    _runs: list[str] = attrs.field(factory=list)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.bold == self.length

    @property
    def is_link(self) -> bool:
        """Whether all of it is in links."""
        return self.linked == self.length

    @property
    def end(self) -> str:
        """The last characters of what has been added."""
        return "".join(self._runs[-3:])[-20:]

    def add(self, text: str, *, bold: bool, linked: bool) -> None:
        """Add text at the end."""
        self._runs.append(text)
        length = len(text.strip())
        self.length += length
        self.bold += length if bold else 0
        self.linked += length if linked else 0

    def complete(self, *, verbatim: bool) -> Line:
        """Set the text; unless *verbatim*, white space is collapsed as browsers do."""
        text = "".join(self._runs)
        if not text.isascii():
            text = text.translate(_INVISIBLE)
        if not verbatim:
            cells = (_SPACES.sub(" ", cell).strip() for cell in text.split(TAB))
            text = "\t".join(cells).strip()
        self.text = text
        return self


def row_of(lines: Iterable[Line]) -> tuple[str, tuple[PrintedCell, ...]]:
    """Return the text of a row of a table, and its cells with their places in it."""
    contents = [
        (cell, _PARAGRAPH.join(_paragraphs(group)))
        for cell, group in groupby(lines, key=lambda line: line.cell)
    ]
    text = "\t".join(content for _, content in contents)
    place = len(text.rstrip()) - len(text.strip())
    cells: list[PrintedCell] = []
    start = -place
    for cell, content in contents:
        end = start + len(content)
        if cell is not None and content:
            cells.append(cell.at(start, end))
        start = end + 1
    return text.strip(), tuple(cells)


def _paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """Yield the paragraphs of a cell."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.opens and blocks[-1]:
            blocks.append([])
        if line.length:
            blocks[-1].append(line)
    for block in blocks:
        if len(block) == 1:
            yield block[0].complete(verbatim=False).text
        else:
            yield from (line.text for line in join_lines(block, verbatim=False))


def join_lines(lines: list[Line], *, verbatim: bool) -> Iterator[Line]:
    """Yield the lines that have text, those that go on in the next joined with it."""
    if verbatim:
        yield from _verbatim_lines(lines)
        return
    joined: list[Line] = []
    length = 0
    is_bold = True
    for line in lines:
        text = line.complete(verbatim=False).text if line.length else ""
        if joined and text and is_bold == line.is_bold and _goes_on(joined[-1].text, length, text):
            length += 1 + len(text)
        else:
            if joined:
                yield _as_one(joined)
            joined, length, is_bold = [], len(text), line.is_bold
        if text:
            joined.append(line)
    if joined:
        yield _as_one(joined)


def _goes_on(last: str, length: int, text: str) -> bool:
    """Return whether a line break stands inside a sentence.

    Args:
        last: The line before it.
        length: Length of all lines that are joined before it, in code points.
        text: The line behind it.
    """
    return not last.endswith(_ENDED) and (length >= _LONG or text[0].islower())


def _as_one(lines: list[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    return Line(
        text=" ".join(line.text for line in lines),
        length=sum(line.length for line in lines),
        bold=sum(line.bold for line in lines),
        linked=sum(line.linked for line in lines),
    )


def _verbatim_lines(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        for text in line.complete(verbatim=True).text.splitlines():
            if text.strip():
                yield Line(
                    text=text.strip(), length=line.length, bold=line.bold, linked=line.linked
                )

"""Runs of text in a block of a web page -> its lines, as a browser would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

_SPACES = re.compile(r"[ \t\n\r\f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_ENDED = (".", "!", "?", ":", ";")
_LONG = 100  # code points of a line that somebody may have broken inside a sentence
_NEXT_CELL = "\0"  # no parser of HTML lets it through


@attrs.define
class Line:
    """Text up to a line break or the end of the block."""

    #: The text, once the line is complete.
    text: str = ""
    #: Code points of visible text, and how many of them are bold or in links.
    length: int = 0
    bold: int = 0
    linked: int = 0
    _runs: list[str] = attrs.field(factory=list)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.bold == self.length

    @property
    def is_link(self) -> bool:
        """Whether all of it is in links."""
        return self.linked == self.length

    def add(self, text: str, *, bold: bool, linked: bool) -> None:
        """Add text at the end."""
        self._runs.append(text)
        length = len(text.strip())
        self.length += length
        self.bold += length if bold else 0
        self.linked += length if linked else 0

    def space(self) -> None:
        """Set what comes next apart from what came before."""
        self._runs.append(" ")

    def next_cell(self) -> None:
        """End a cell of a table."""
        self._runs.append(_NEXT_CELL)

    def complete(self, *, verbatim: bool) -> Line:
        """Set the text; unless *verbatim*, white space is collapsed as browsers do."""
        text = "".join(self._runs)
        if not text.isascii():
            text = text.translate(_INVISIBLE)
        if not verbatim:
            cells = (_SPACES.sub(" ", cell).strip() for cell in text.split(_NEXT_CELL))
            text = "\t".join(cells).strip()
        self.text = text
        return self


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

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

    def goes_on_in(self, other: Line) -> bool:
        """Return whether the line break before *other* stands inside a sentence."""
        if self.is_bold != other.is_bold or self.text.endswith(_ENDED):
            return False
        return len(self.text) >= _LONG or other.text[0].islower()

    def append(self, other: Line) -> None:
        """Take *other* up into this line."""
        self.text = f"{self.text} {other.text}"
        self.length += other.length
        self.bold += other.bold
        self.linked += other.linked


def join_lines(lines: list[Line], *, verbatim: bool) -> Iterator[Line]:
    """Yield the lines that have text, those that go on in the next joined with it."""
    if verbatim:
        yield from _verbatim_lines(lines)
        return
    current: Line | None = None
    for line in lines:
        text = line.complete(verbatim=False).text if line.length else ""
        if current and text and current.goes_on_in(line):
            current.append(line)
            continue
        if current:
            yield current
        current = line if text else None
    if current:
        yield current


def _verbatim_lines(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        for text in line.complete(verbatim=True).text.splitlines():
            if text.strip():
                yield Line(
                    text=text.strip(), length=line.length, bold=line.bold, linked=line.linked
                )

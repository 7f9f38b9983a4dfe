"""Characters of a PDF page -> segments: stretches of a line, with the edge of each character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

_LIGATURES: Mapping[str, str] = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\uf0b7": "•",  # the bullet of the font Symbol
    "\uf0a7": "▪",  # and of Wingdings
}
#: In multiples of the font size.
_SAME_LINE = 0.4
_GAP_OF_COLUMNS = 2.0
_GAP_OF_WORDS = 0.25


@attrs.frozen(kw_only=True)
class Segment:
    """Text of one line without a wide gap in it; lengths are in points."""

    page: int
    text: str
    #: Left edge of each character, then the right edge of the last.
    edges: tuple[float, ...] = attrs.field(repr=False)
    bottom: float
    top: float
    #: Size of the font most of it is set in.
    size: float
    is_bold: bool

    @property
    def left(self) -> float:
        """Left edge."""
        return self.edges[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.edges[-1]

    def is_beside(self, other: Segment) -> bool:
        """Return whether *other* stands on the same line of the page."""
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return overlap >= min(self.top - self.bottom, other.top - other.bottom) / 2


@attrs.define
class _Open:
    """A segment that is being read."""

    page: int
    text: list[str] = attrs.field(factory=list)
    lefts: list[float] = attrs.field(factory=list)
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    has_space: bool = False
    styles: Counter[tuple[float, bool]] = attrs.field(factory=Counter)

    def takes(self, left: float, bottom: float, size: float) -> bool:
        """Return whether a character at this place goes on in the segment."""
        return (
            abs(bottom - self.bottom) <= _SAME_LINE * size
            and -_SAME_LINE * size <= left - self.right <= _GAP_OF_COLUMNS * size
        )

    def add(self, character: str, box: tuple[float, float, float, float], size: float) -> None:
        """Add a character, and the space before it if there was one."""
        left, bottom, right, top = box
        if not self.text:
            self.bottom, self.top = bottom, top
        elif self.has_space or left - self.right > _GAP_OF_WORDS * size:
            self.text.append(" ")
            self.lefts.append(self.right)
        self.has_space = False
        for index, part in enumerate(_LIGATURES.get(character, character)):
            self.text.append(part)
            share = index / len(_LIGATURES.get(character, character))
            self.lefts.append(round(left + (right - left) * share, 2))
        self.right = right
        self.bottom, self.top = min(self.bottom, bottom), max(self.top, top)

    def close(self) -> Segment:
        """Return what has been read."""
        (size, is_bold), _ = self.styles.most_common(1)[0]
        return Segment(
            page=self.page,
            text="".join(self.text),
            edges=(*self.lefts, self.right),
            bottom=self.bottom,
            top=self.top,
            size=size,
            is_bold=is_bold and len(self.styles) == 1,
        )


def segments_of(page: Mapping[str, Any], number: int) -> list[Segment]:
    """Return the segments of a page in the order of the file; text set at an angle is left out.

    Args:
        page: What the child process read of it.
        number: Its number, from 1.
    """
    segments: list[Segment] = []
    current = _Open(page=number)
    for character, box, (size, is_bold, is_rotated) in _characters(page):
        if character.isspace():
            current.has_space = True
            continue
        if is_rotated:
            continue
        if current.text and not current.takes(box[0], box[1], size):
            segments.append(current.close())
            current = _Open(page=number)
        current.add(character, box, size)
        current.styles[size, is_bold] += 1
    if current.text:
        segments.append(current.close())
    return segments


def rotated_length(page: Mapping[str, Any]) -> int:
    """Return how many characters of a page are set at an angle, as stamps and watermarks are."""
    if not any(is_rotated for _, _, _, is_rotated in page["styles"]):
        return 0
    return sum(
        1
        for character, _, (_, _, is_rotated) in _characters(page)
        if is_rotated and not character.isspace()
    )


_Box = tuple[float, float, float, float]
_Style = tuple[float, bool, bool]


def _characters(page: Mapping[str, Any]) -> Iterator[tuple[str, _Box, _Style]]:
    """Yield each character with its box and its style."""
    boxes: list[float] = page["boxes"]
    starts = iter([*page["styles"], [len(page["text"]) + 1, 0.0, False, False]])
    style: _Style = (1.0, False, False)
    begin, *following = next(starts)
    for index, character in enumerate(page["text"]):
        while index >= begin:
            size, is_bold, is_rotated = following
            style = (max(size, 1.0), is_bold, is_rotated)
            begin, *following = next(starts)
        at = 4 * index
        yield character, (boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]), style

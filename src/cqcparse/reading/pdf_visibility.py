"""What of the text of a PDF page can be seen on it.

What may be seen is taken to be: only text that is surely not is found here.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

import attrs
import pypdfium2
import pypdfium2.raw as pdfium

_WHITE = 250  # of 255, in each colour
_TINY = 1.0  # point; what is smaller is no letter and no ground behind letters
_CELLS = 128  # that a page is divided in, each way
_MAX_DEPTH = 5  # of forms within each other
_FILLED = 0
_BOLD = 2  # filled and outlined
_UNPAINTED = 3
_GROUNDS = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING})

_Object: TypeAlias = Any  # a pointer of ctypes
_Box = tuple[float, float, float, float]


@attrs.frozen(kw_only=True)
class Paint:
    """How text is painted."""

    #: Whether it is seen only in front of something that is not white.
    needs_ground: bool = False
    is_clear: bool = False
    is_tiny: bool = False
    #: Whether its letters are made bold by an outline.
    is_outlined: bool = False


PLAIN = Paint()


def paint_of(text: _Object, size: float) -> Paint:
    """Return how a text object in a size, in points, is painted.

    Text that is not painted at all needs a ground too: the text of a recognised scan stands unseen
    in front of the picture of it.
    """
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    if mode == _UNPAINTED:
        return Paint(needs_ground=True, is_tiny=size < _TINY)
    if mode == _FILLED:
        colour = _colour(text)
        is_clear = colour is not None and colour[3] == 0
        is_white = _is_white(colour)
        return Paint(needs_ground=is_white, is_clear=is_clear, is_tiny=size < _TINY)
    return Paint(is_outlined=mode == _BOLD, is_tiny=size < _TINY)


class Backgrounds:
    """What is painted on a page behind its text.

    Args:
        page: The page.
        box: Left, lower, right and upper edge of the part of it that is shown.
    """

    def __init__(self, page: pypdfium2.PdfPage, box: _Box) -> None:
        self._page = page
        self._box = box

    def show(self, paint: Paint, word: _Box) -> bool:
        """Return whether a word painted so may be seen.

        Args:
            paint: How it is painted.
            word: Its left, lower, right and upper edge.
        """
        left, bottom, right, top = word
        x, y = (left + right) / 2, (bottom + top) / 2
        if paint.is_clear or (paint.is_tiny and top - bottom < _TINY):
            return False
        if not (self._box[0] <= x <= self._box[2] and self._box[1] <= y <= self._box[3]):
            return False
        if not paint.needs_ground:
            return True
        column, row = self._cell(x, y)
        return bool(self._rows[row] >> column & 1)

    @cached_property
    def _rows(self) -> list[int]:
        """The cells of the page, from its lower edge, that something is painted in: bits."""
        rows = [0] * _CELLS
        for left, bottom, right, top in self._grounds():
            first, lowest = self._cell(left, bottom)
            last, highest = self._cell(right, top)
            bits = (1 << (last + 1)) - (1 << first)
            for row in range(lowest, highest + 1):
                rows[row] |= bits
        return rows

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        left, bottom, right, top = self._box
        return _part(x - left, right - left), _part(y - bottom, top - bottom)

    def _grounds(self) -> Iterator[_Box]:
        """Yield the rectangles around all that is painted and not white."""
        page = self._page.raw
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            item = pdfium.FPDFPage_GetObject(page, index)
            if _is_ground(item, 0):
                edges = [ctypes.c_float() for _ in range(4)]
                if pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges)):
                    left, bottom, right, top = (edge.value for edge in edges)
                    yield left, bottom, right, top


def _part(distance: float, length: float) -> int:
    """Return in which of the parts of a length something is; the nearest, if in none."""
    if not (distance > 0 and length > 0):
        return 0
    return int(min(distance / length * _CELLS, _CELLS - 1))


def _is_ground(item: _Object, depth: int) -> bool:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        if depth == _MAX_DEPTH:
            return True
        count = pdfium.FPDFFormObj_CountObjects(item)
        parts = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(count))
        return any(_is_ground(part, depth + 1) for part in parts)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        fill, is_outlined = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(is_outlined))
        return bool(fill.value) and not _is_white(_colour(item))
    return kind in _GROUNDS


def _colour(item: _Object) -> tuple[int, ...] | None:
    """Return red, green, blue and opacity of what fills an object; None for patterns."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(item, *map(ctypes.byref, parts)):
        return None
    return tuple(part.value for part in parts)


def _is_white(colour: tuple[int, ...] | None) -> bool:
    return colour is not None and min(colour[:3]) >= _WHITE

"""The characters of a PDF page with their places, all at once."""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import repeat

import attrs
import pypdfium2
import pypdfium2.raw as pdfium

_LINE_ENDS = "\r\n"  # PDFium makes them up
_SPACES = "".join(chr(c) for c in range(0x3001) if c < ord(" ") or chr(c).isspace())
#: Not the white space, nor what PDFium puts where it knows no character or breaks a word.
_CONTROLS = re.compile(r"[\x01\x03-\x08\x0e-\x1f]")
_STRETCH = re.compile(f"[^{re.escape(_SPACES.translate({0: None, 2: None}))}]+")
_PARTS: Mapping[str, str] = {
    **dict.fromkeys("\x02\xad\ufffe", "\xad"),  # what PDFium puts where a word is broken
    **dict.fromkeys("\0\uffff", "\ufffd"),  # what it does not know
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\uf0b7": "•",  # the bullet of the font Symbol
    "\uf0a7": "▪",  # and of Wingdings
}
_HIGH, _LOW = "\ud800-\udbff", "\udc00-\udfff"
_UNUSUAL = re.compile(f"[{''.join(_PARTS)}{_HIGH}{_LOW}]")
_EDGES = 4
_SHORT = 2  # code points that may be those of a word that is spaced out
_LAST = 0x10FFFF

#: Called once for each character, without the checks of arguments that take longer than the call.
_CodeAt = ctypes.CFUNCTYPE(ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_ObjectAt = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_FlagAt = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_BoxAt = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)

#: Index, text, and left, lower, right and upper edge.
Character = tuple[int, str, float, float, float, float]


@attrs.define(kw_only=True)  # not frozen: a page has a thousand
class Stretch:
    """Where characters without a space between them begin and end."""

    start: int
    end: int
    follows_space: bool
    #: Whether that space is none of the file: PDFium makes it up where there is a gap.
    follows_gap: bool


@attrs.frozen(kw_only=True)
class Characters:
    """The characters of a page, in the order of the file."""

    #: One code point for each; half of one where PDFium hands out pairs.
    text: str
    #: Left, upper, right and lower edge of each, in points.
    _edges: array[float] = attrs.field(repr=False)
    _object_at: Callable[[int], int | None] = attrs.field(repr=False)
    #: Whether PDFium made a character up; asked only in front of short stretches, for it is slow.
    _is_made_up: Callable[[int], int] = attrs.field(repr=False)

    @property
    def controls(self) -> int:
        """Number of characters that print nothing, which glyphs of unknown meaning come as."""
        return len(_CONTROLS.findall(self.text))

    def object_at(self, index: int) -> int | None:
        """Return the address of the text object that a character is of; None if it is of none."""
        return self._object_at(index)

    def stretches(self) -> Iterator[Stretch]:
        """Yield what stands between spaces and line ends."""
        behind = 0
        for match in _STRETCH.finditer(self.text):
            start, end = match.span()
            follows_space = bool(self.text[behind:start].strip(_LINE_ENDS))
            is_short = end - start <= _SHORT and start - behind == 1
            follows_gap = follows_space and is_short and bool(self._is_made_up(behind))
            yield Stretch(
                start=start, end=end, follows_space=follows_space, follows_gap=follows_gap
            )
            behind = end

    def is_usual(self, stretch: Stretch) -> bool:
        """Return whether each character of a stretch stands for itself."""
        return _UNUSUAL.search(self.text, stretch.start, stretch.end) is None

    def edges(self, start: int, end: int) -> tuple[array[float], ...]:
        """Return the left, lower, right and upper edges of some characters."""
        first, behind = _EDGES * start, _EDGES * end
        left, top, right, bottom = (self._edges[first + n : behind : _EDGES] for n in range(_EDGES))
        return left, bottom, right, top

    def of(self, start: int, end: int) -> Iterator[Character]:
        """Yield some characters one by one, ligatures taken apart and pairs put together."""
        high = 0
        places = zip(*self.edges(start, end), strict=True)
        for index, (letter, place) in enumerate(
            zip(self.text[start:end], places, strict=True), start
        ):
            if "\ud800" <= letter <= "\udbff":
                high = ord(letter) - 0xD800
            elif "\udc00" <= letter <= "\udfff":
                yield index, chr(0x10000 + (high << 10) + ord(letter) - 0xDC00), *place
            else:
                yield index, _PARTS.get(letter, letter), *place


def characters_of(page: pypdfium2.PdfTextPage) -> Characters:
    """Return the characters of a page."""
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    count = page.count_chars()
    code_at = _CodeAt(_address(pdfium.FPDFText_GetUnicode))
    codes = array("I", map(code_at, repeat(handle, count), range(count)))
    box_at = _BoxAt(_address(pdfium.FPDFText_GetLooseCharBox))
    boxes = (pdfium.FS_RECTF * count)()
    start, size = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
    for index in range(count):
        box_at(handle, index, start + size * index)
    edges = array("f")
    edges.frombytes(memoryview(boxes).cast("B"))
    text = "".join(chr(code) if code <= _LAST else "\ufffd" for code in codes)
    object_at = partial(_ObjectAt(_address(pdfium.FPDFText_GetTextObject)), handle)
    is_made_up = partial(_FlagAt(_address(pdfium.FPDFText_IsGenerated)), handle)
    return Characters(text=text, edges=edges, object_at=object_at, is_made_up=is_made_up)


def _address(function: object) -> int:
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return address or 0

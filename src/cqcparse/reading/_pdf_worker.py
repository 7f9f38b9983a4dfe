"""The child process that opens a PDF: its bytes come in, its characters go out as JSON.

It runs as a script, apart from the library, so that a file made to crash, stall or fill the memory
harms nothing else. What it finds wrong is named in ``error``; what it makes of a page is::

    {"width": 595.3, "height": 841.9, "images": 0, "unmapped": 0,
     "text": "Score: 3",              # one code point a character, in the order of the file
     "boxes": [31.2, 789.9, ...],     # left, bottom, right, top of each, in points
     "styles": [[0, 18.0, true, false]]}  # from which character on: size, bold, rotated
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import re
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_MAX_CHARACTERS = 10_000_000
_MAX_PAGES = 5_000
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
_HYPHENS = frozenset({0x02, 0xAD, 0xFFFE})  # what PDFium puts where a word is broken
_LINE_ENDS = frozenset({10, 13})
_UNMAPPED = frozenset({0, 0xFFFF})
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_LOW_SURROGATES = range(0xDC00, 0xE000)
_MAX_TILT = math.radians(10)


def main(seconds: int, megabytes: int) -> None:
    """Read a PDF from standard input and write what is on its pages to standard output.

    Args:
        seconds: Processor time that may be used.
        megabytes: Memory that may be used.
    """
    _set_limits(seconds, megabytes)
    try:
        result = _read(sys.stdin.buffer.read())
    except MemoryError:
        result = {"error": "memory"}
    sys.stdout.write(json.dumps(result, separators=(",", ":")))


def _set_limits(seconds: int, megabytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:  # Windows; the parent process still watches the clock
        return
    size = megabytes * 1_000_000
    limits = (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_CORE, 0),
    )
    for limit, value in limits:
        with contextlib.suppress(OSError, ValueError):  # a lower one is set already
            resource.setrlimit(limit, (value, value))


def _read(data: bytes) -> dict[str, Any]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "encrypted" if "password" in str(error).lower() else "damaged"}
    if len(document) > _MAX_PAGES:
        return {"error": "large"}
    pages = []
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            return {"error": "damaged"}
        pages.append(_read_page(page))
        page.close()
        characters += len(pages[-1]["text"])
        if characters > _MAX_CHARACTERS:
            return {"error": "large"}
    title = document.get_metadata_value("Title") or ""
    return {"title": title, "pages": pages}


def _read_page(page: pypdfium2.PdfPage) -> dict[str, Any]:
    width, height = page.get_size()
    characters = _Characters(page.get_textpage())
    characters.read()
    return {
        "width": width,
        "height": height,
        "images": sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])),
        "unmapped": characters.unmapped,
        "text": "".join(characters.text),
        "boxes": [round(number, 2) for number in characters.boxes],
        "styles": characters.styles,
    }


class _Characters:
    """The characters of one page, as far as they have been read."""

    def __init__(self, textpage: pypdfium2.PdfTextPage) -> None:
        self.text: list[str] = []
        self.boxes: list[float] = []
        self.styles: list[tuple[int, float, bool, bool]] = []
        self.unmapped = 0
        self._page = textpage
        self._object: int | None = None
        self._high = 0

    def read(self) -> None:
        """Read them all, but for the line ends that PDFium makes up.

        The style is looked up where a word begins, for it is slow to look up.
        """
        rectangle = pdfium.FS_RECTF()
        box = ctypes.byref(rectangle)
        page, text, boxes = self._page.raw, self.text, self.boxes
        between_words = True
        for index in range(self._page.count_chars()):
            code = pdfium.FPDFText_GetUnicode(page, index)
            if code in _LINE_ENDS:
                between_words = True
                continue
            character = self._character(code)
            if not character:
                continue
            if between_words and character != " ":
                self._note_style(index)
            between_words = character == " "
            pdfium.FPDFText_GetLooseCharBox(page, index, box)
            text.append(character)
            boxes += (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def _character(self, code: int) -> str:
        if code in _HYPHENS:
            return "\u00ad"
        if code in _HIGH_SURROGATES:
            self._high = code - _HIGH_SURROGATES.start
            return ""
        if code in _LOW_SURROGATES:
            return chr(0x10000 + (self._high << 10) + code - _LOW_SURROGATES.start)
        if code in _UNMAPPED:
            self.unmapped += 1
            return "\ufffd"
        return " " if code < ord(" ") else chr(code)

    def _note_style(self, index: int) -> None:
        handle = pdfium.FPDFText_GetTextObject(self._page, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value
        if address == self._object:
            return
        self._object = address
        style = (self._size(index), self._is_bold(index), self._is_rotated(index))
        if not self.styles or self.styles[-1][1:] != style:
            self.styles.append((len(self.text), *style))

    def _size(self, index: int) -> float:
        size: float = pdfium.FPDFText_GetFontSize(self._page, index)
        matrix = pdfium.FS_MATRIX()
        if pdfium.FPDFText_GetMatrix(self._page, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
        return round(size, 1)

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(256)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._page, index, name, 256, ctypes.byref(flags))
        return bool(flags.value & _FORCE_BOLD) or _BOLD_NAME.search(name.value) is not None

    def _is_rotated(self, index: int) -> bool:
        angle = pdfium.FPDFText_GetCharAngle(self._page, index)
        return bool(_MAX_TILT < angle < 2 * math.pi - _MAX_TILT)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

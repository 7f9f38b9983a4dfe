"""The pages of a PDF: the characters on each, with their places and styles.

What is wrong with the file is named in ``error``; what is made of a page is::

    {"width": 595.3, "height": 841.9, "images": 0, "unmapped": 0,
     "text": "Score: 3",              # one code point a character, in the order of the file
     "boxes": [31.2, 789.9, ...],     # left, bottom, right, top of each, in points
     "styles": [(0, 18.0, True, False)]}  # from which character on: size, bold, rotated
"""

from __future__ import annotations

import ctypes
import math
import re
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


def read_pages(data: bytes) -> dict[str, Any]:
    """Return title and pages of a PDF, or what is wrong with it.

    PDFium reads it, which a file may be made to crash: it is for worker processes only.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "encrypted" if "password" in str(error).lower() else "damaged"}
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> dict[str, Any]:
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

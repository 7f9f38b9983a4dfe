"""The pages of a PDF: the words on each, with their places and styles.

PDFium reads it, which a file may be made to crash: it is for worker processes only.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from operator import sub

import attrs
import pypdfium2
import pypdfium2.raw as pdfium

from cqcparse.reading.pdf_characters import Character, Characters, Stretch, characters_of
from cqcparse.reading.pdf_rules import Box, rules_of
from cqcparse.reading.pdf_struck import Strikes
from cqcparse.reading.pdf_turns import turned
from cqcparse.reading.pdf_visibility import PLAIN, Backgrounds, Paint, paint_of

_MAX_CHARACTERS = 10_000_000
_MAX_PAGES = 5_000
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
_LEFTWARD = frozenset({"R", "AL", "NSM"})
_MAX_TILT = math.radians(10)
_QUARTER = math.pi / 2
#: In multiples of the font size: how far the letters of a word may be from their places.
_GAP = 0.25
_OVERLAP = 0.4
_SAME_HEIGHT = 0.1


class UnreadableError(Exception):
    """The file cannot be read; *cause* is a word for why."""

    def __init__(self, *, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


@attrs.define(kw_only=True)  # not frozen: a page has a thousand, and freezing takes longest
class Word:
    """Characters beside each other in one style; lengths are in points.

    The places are those on the page turned about its origin so that the word is upright.
    """

    text: str
    #: Left edge of each character, then the right edge of the last.
    edges: list[float]
    bottom: float
    top: float
    #: How high the line is that it stands on.
    foot: float
    size: float
    is_bold: bool
    follows_space: bool
    #: Whether that space is only a gap, and may be one between two letters.
    follows_gap: bool = False


@attrs.frozen(kw_only=True)
class Page:
    """What is on a page."""

    #: Left, lower, right and upper edge of the part that is shown.
    box: tuple[float, float, float, float]
    #: Its words by the quarter turns, counterclockwise, that they are set at.
    words: Mapping[int, list[Word]]
    #: The same as one text: what stands without a space in the file is one word.
    in_file_order: str = attrs.field(repr=False)
    #: The level and upright lines drawn on it, as rectangles without width or height.
    rules: list[Box]
    images: int
    #: Number of glyphs that do not say which characters they are.
    unmapped: int
    #: Number of characters left out, by reason: ``rotated``, ``invisible`` and ``struck-out``.
    left_out: Mapping[str, int]

    @property
    def is_blank(self) -> bool:
        """Whether no text is read on it."""
        return not self.words

    @property
    def is_mostly_turned(self) -> bool:
        """Whether more of its text is set sideways or upside down than upright."""
        lengths = {turn: sum(len(w.text) for w in words) for turn, words in self.words.items()}
        return 2 * lengths.get(0, 0) < sum(lengths.values())

    @property
    def is_mostly_askew(self) -> bool:
        """Whether more of its text is set at an angle, and left out, than is read."""
        read = sum(len(word.text) for words in self.words.values() for word in words)
        return self.left_out["rotated"] > read


@attrs.frozen(kw_only=True)
class Content:
    """What is in a PDF."""

    title: str
    pages: list[Page]


def read_pages(data: bytes) -> Content:
    """Return title and pages of a PDF.

    Raises:
        UnreadableError: If it is ``encrypted``, ``damaged`` or too ``large``.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_encrypted = "password" in str(error).lower()
        raise UnreadableError(cause="encrypted" if is_encrypted else "damaged") from None
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> Content:
    if len(document) > _MAX_PAGES:
        raise UnreadableError(cause="large")
    pages = []
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            raise UnreadableError(cause="damaged") from None
        text = page.get_textpage()
        characters += text.count_chars()
        if characters > _MAX_CHARACTERS:
            raise UnreadableError(cause="large")
        pages.append(_Reading(page, text).read())
        page.close()
    return Content(title=document.get_metadata_value("Title") or "", pages=pages)


@attrs.frozen(kw_only=True)
class _Style:
    """How the characters of a text object are set."""

    size: float
    is_bold: bool
    #: Quarter turns counterclockwise; None if it is set at another angle.
    turn: int | None
    #: How high the line is that they stand on, on the page turned so that they are upright.
    foot: float
    paint: Paint


class _Reading:
    """The words of one page, as far as they have been read.

    Args:
        page: The page.
        text: The same as a page of text.
    """

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._page = page
        self._box: tuple[float, float, float, float] = page.get_bbox()
        self._raw = text.raw
        self._characters = characters_of(text)
        self._words: dict[int, list[Word]] = {}
        self._backgrounds = Backgrounds(page, self._box)
        self._in_file_order: list[str] = []
        self._left_out = {"rotated": 0, "invisible": 0, "struck-out": 0}
        self._rules = rules_of(page)
        self._strikes = Strikes(self._rules, self._characters)
        self._unmapped = self._characters.controls
        self._object: int | None = None
        self._style = _Style(size=1.0, is_bold=False, turn=0, foot=0.0, paint=PLAIN)

    def read(self) -> Page:
        """Read them all."""
        for stretch in self._characters.stretches():
            self._add(stretch)
        images = self._page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        return Page(
            box=self._box,
            words=self._words,
            in_file_order=" ".join(self._in_file_order),
            rules=self._rules,
            images=sum(1 for _ in images),
            unmapped=self._unmapped,
            left_out=self._left_out,
        )

    def _add(self, stretch: Stretch) -> None:
        """Add the words that characters without a space between them make.

        The style is looked up where a word begins, for it is slow to look up.
        """
        characters = self._characters
        style = self._style_at(stretch.start)
        if not style.turn and characters.is_usual(stretch):
            word = _one_word(characters, stretch, style)
            if word:
                self._in_file_order.append(self._keep(word, style))
                return
        letters = list(characters.of(stretch.start, stretch.end))
        start, end = 0, len(letters)
        follows_space = stretch.follows_space
        kept = []
        while start < end:
            style = self._style_at(letters[start][0])
            start, word = _first_word(letters, start, style, follows_space=follows_space)
            follows_space = False
            kept.append(self._keep(word, style))
        self._in_file_order.append("".join(kept))

    def _keep(self, word: Word, style: _Style) -> str:
        """Keep a word, if it is text of the page that can be seen; return what is kept of it."""
        place = word.edges[0], word.bottom, word.edges[-1], word.top
        if style.turn:
            place = turned(place, -style.turn)
        if not self._backgrounds.show(style.paint, place):
            self._left_out["invisible"] += len(word.text)
        elif style.turn is None:
            self._left_out["rotated"] += len(word.text)
        else:
            words = self._words.setdefault(style.turn, [])
            struck, parts = [], [word]
            if not style.turn:
                struck = self._strikes.letters(word.edges, word.foot, word.size)
            if struck:
                parts = _parts_of(word, struck)
                self._left_out["struck-out"] += len(struck)
                if words and struck[0] == 0 and words[-1].foot == word.foot:
                    words[-1].edges[-1] = word.edges[struck[-1] + 1]
            words += parts
            self._unmapped += word.text.count("\ufffd")
            return "".join(part.text for part in parts)
        return ""

    def _style_at(self, index: int) -> _Style:
        address = self._characters.object_at(index)
        if address not in (self._object, None):
            self._object = address
            self._style = self._style_of(index)
        return self._style

    def _style_of(self, index: int) -> _Style:
        size: float = pdfium.FPDFText_GetFontSize(self._raw, index)
        matrix = pdfium.FS_MATRIX()
        turn: int | None = 0
        if pdfium.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
            angle = math.atan2(matrix.b, matrix.a)
            turn = round(angle / _QUARTER)
            turn = turn % 4 if abs(angle - turn * _QUARTER) <= _MAX_TILT else None
        _, foot, _, _ = turned((matrix.e, matrix.f, matrix.e, matrix.f), turn or 0)
        paint = paint_of(pdfium.FPDFText_GetTextObject(self._raw, index), size)
        return _Style(
            size=max(round(size, 1), 1.0),
            is_bold=paint.is_outlined or self._is_bold(index),
            turn=turn,
            foot=foot,
            paint=paint,
        )

    def _is_bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._raw, index) >= _BOLD_WEIGHT:
            return True
        name = ctypes.create_string_buffer(256)
        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._raw, index, name, 256, ctypes.byref(flags))
        return bool(flags.value & _FORCE_BOLD) or _BOLD_NAME.search(name.value) is not None


def _one_word(characters: Characters, stretch: Stretch, style: _Style) -> Word | None:
    """Return the word that a stretch is, if all of its characters follow each other on one line.

    This is what nearly all are; each step is one over all characters.
    """
    left, bottom, right, top = characters.edges(stretch.start, stretch.end)
    size, count = style.size, len(left)
    if bottom.count(bottom[0]) < count or top.count(top[0]) < count:
        return None
    following = left[1:]
    if following != right[:-1]:
        gaps = list(map(sub, following, right))
        if max(gaps) > _GAP * size or min(gaps) < -_OVERLAP * size:
            return None
    return Word(
        text=characters.text[stretch.start : stretch.end],
        edges=[*left, right[-1]],
        bottom=bottom[0],
        top=top[0],
        foot=style.foot,
        size=size,
        is_bold=style.is_bold,
        follows_space=stretch.follows_space,
        follows_gap=stretch.follows_gap,
    )


def _first_word(
    characters: Sequence[Character], start: int, style: _Style, *, follows_space: bool
) -> tuple[int, Word]:
    """Return the word that begins at a place, and where it ends.

    It ends before a character that is higher, lower, larger or further on than it leaves room for.
    Letters of scripts written from right to left go on to the left.
    """
    text: list[str] = []
    edges: list[float] = []
    low = high = right = 0.0
    gap, overlap, same = _GAP * style.size, -_OVERLAP * style.size, _SAME_HEIGHT * style.size
    place = start
    goes_left = False
    while place < len(characters):
        _, part, left, bottom, end, top = characters[place]
        if style.turn:
            left, bottom, end, top = turned((left, bottom, end, top), style.turn)
        if not text:
            low, high = bottom, top
        elif abs(bottom - low) > same or abs(top - high) > same:
            break
        elif not overlap <= left - right <= gap:
            if not (overlap <= edges[-1] - end <= gap and _goes_left(part)):
                break
            goes_left = True
        if len(part) == 1:
            text.append(part)
            edges.append(left)
        else:
            text += part
            edges += (left + (end - left) * n / len(part) for n in range(len(part)))
        right = end
        place += 1
    edges.append(right)
    if goes_left:  # where each letter stands is not told, only where the word does
        left, width = min(edges), max(edges) - min(edges)
        edges = [left + width * n / len(text) for n in range(len(text) + 1)]
    word = Word(
        text="".join(text),
        edges=edges,
        bottom=low,
        top=high,
        foot=style.foot,
        size=style.size,
        is_bold=style.is_bold,
        follows_space=follows_space,
    )
    return place, word


def _parts_of(word: Word, struck: Sequence[int]) -> list[Word]:
    """Return what is left of a word without the letters at some places, with no gap between."""
    parts: list[Word] = []
    start = 0
    for place in (*struck, len(word.text)):
        if start < place:
            edges = word.edges[start : place + 1]
            follows_space = word.follows_space and start == 0
            if parts:
                parts[-1].edges[-1] = edges[0]
            text = word.text[start:place]
            parts.append(attrs.evolve(word, text=text, edges=edges, follows_space=follows_space))
        start = place + 1
    return parts


def _goes_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _LEFTWARD

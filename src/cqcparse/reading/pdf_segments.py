"""Words of a PDF page -> segments: stretches of a line, with the edge of each character."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import attrs

from cqcparse.reading.note_marks import is_mark
from cqcparse.reading.pdf_pages import Page, Word
from cqcparse.reading.pdf_rules import Area, Box, Grid, grids_of
from cqcparse.reading.pdf_turns import turned

#: In multiples of the font size.
_SAME_LINE = 0.4
_GAP_OF_COLUMNS = 2.0
_GAP_OF_WORDS = 0.25
_GAP_OF_LETTERS = 1.0
_PAIR = 2  # letters that are set as one all the same
_LETTERS = 3  # in a row, and they are those of words that are spaced out
_LETTERS_WITH_GAPS = 6  # likewise, with gaps that may be those of words
_DIFFERENT = 4
_HIGHER = 0.15  # that the mark of a note stands at least
_NEAR = 0.5  # behind its word at most
_LEVEL = 0.2
_SMALLER = 0.87  # times the size of the word
_ALIKE = 0.85  # times the larger of two sizes
_END_OF_WORD = re.compile(r"(?:st|nd|rd|th|[23])\b")
#: Code points in a cell, and its share of the table, if it is a frame around the text of a page.
_LONGEST_CELL = 1_500
#: Lines in a box, words beside it at least, and boxes on a page at most.
_LINES_OF_BOX = 2
_WORDS_BESIDE = 3
_MAX_BOXES = 20
_MAX_SHARE = 0.6


@attrs.frozen(kw_only=True)
class Segment:
    """Text of one line without a wide gap in it; lengths are in points.

    Its place is that on the page turned about its origin so that the text is upright.
    """

    page: int
    #: Quarter turns counterclockwise that it is set at.
    turn: int
    text: str
    #: Left edge of each character, then the right edge of the last.
    edges: tuple[float, ...] = attrs.field(repr=False)
    bottom: float
    top: float
    #: How high the line is that it begins on.
    foot: float
    #: Size of the font most of it is set in.
    size: float
    is_bold: bool
    #: If it is a whole table: its cells; one cell is a box beside the text.
    cells: tuple[Cell, ...] = attrs.field(default=(), repr=False)

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


@attrs.frozen(kw_only=True)
class Cell:
    """A cell of a table."""

    area: Area
    segments: tuple[Segment, ...]


@attrs.frozen(kw_only=True)
class Sheet:
    """What is set in one direction on a page; lengths are in points.

    The places are those on the page turned about its origin so that the text is upright.
    """

    #: Page, counted from 1.
    page: int
    #: Quarter turns counterclockwise that the text is set at.
    turn: int
    #: Lower and upper edge of the page.
    floor: float
    ceiling: float
    #: Left and right edge of the page.
    left: float
    right: float
    segments: tuple[Segment, ...]
    #: Whether it is the direction that most of the page is set in.
    is_main: bool
    #: Length of the marks of notes that are left out, in code points.
    marks: int

    @property
    def height(self) -> float:
        """Height of the page."""
        return self.ceiling - self.floor


def sheets_of(page: Page, number: int) -> Iterator[Sheet]:
    """Yield what is set in each direction of a page, beginning with most of it.

    Args:
        page: What was read of it.
        number: Its number, from 1.
    """
    rules = page.rules
    lengths = {turn: sum(len(w.text) for w in words) for turn, words in page.words.items()}
    for place, turn in enumerate(sorted(lengths, key=lambda turn: (-lengths[turn], turn))):
        words, marks = _without_marks(page.words[turn])
        left, floor, right, ceiling = turned(page.box, turn)
        yield Sheet(
            page=number,
            turn=turn,
            floor=floor,
            ceiling=ceiling,
            left=left,
            right=right,
            segments=tuple(_with_tables(words, rules, number, turn)),
            is_main=place == 0,
            marks=marks,
        )


def _with_tables(
    words: Sequence[Word], rules: Sequence[Box], number: int, turn: int
) -> Iterator[Segment]:
    """Yield the segments that words make, those in the cells of a ruled table as one."""
    grids = grids_of([turned(rule, turn) for rule in rules]) if rules else []
    inside: dict[int, dict[int, list[Word]]] = {}
    outside: list[Word] = []
    for word in words:
        x, y = (word.edges[0] + word.edges[-1]) / 2, (word.bottom + word.top) / 2
        for place, grid in enumerate(grids):
            area = grid.area_at(x, y)
            if area is not None:
                inside.setdefault(place, {}).setdefault(area, []).append(word)
                break
        else:
            outside.append(word)
    for place, areas in sorted(inside.items()):
        cells = tuple(
            Cell(
                area=grids[place].areas[area],
                segments=tuple(_segments_of(areas[area], number, turn)),
            )
            for area in sorted(areas)
        )
        grid = grids[place]
        if is_table(cells):
            yield table_of(cells)
        elif place < _MAX_BOXES and _is_box(grid, cells, outside):
            yield attrs.evolve(table_of(cells), top=grid.down[0], bottom=grid.down[-1])
        else:
            outside = [*outside, *chain.from_iterable(areas.values())]
    yield from _segments_of(outside, number, turn)


def _is_box(grid: Grid, cells: Sequence[Cell], others: Sequence[Word]) -> bool:
    """Return whether a frame is a box beside the text, which goes on without what is in it."""
    if len(cells) > 1 or len(cells[0].segments) < _LINES_OF_BOX:
        return False
    top, bottom = grid.down[0], grid.down[-1]
    left, right = grid.across[0], grid.across[-1]
    beside = sum(
        bottom < (word.bottom + word.top) / 2 < top
        and not left < (word.edges[0] + word.edges[-1]) / 2 < right
        for word in others
    )
    return beside > _WORDS_BESIDE


def is_table(cells: Sequence[Cell]) -> bool:
    """Return whether cells with words are those of a table, and not of a frame around the text."""
    columns = {cell.area.column for cell in cells}
    lengths = [sum(len(segment.text) for segment in cell.segments) for cell in cells]
    is_frame = max(lengths) > max(_LONGEST_CELL, _MAX_SHARE * sum(lengths))
    return len(columns) > 1 and not is_frame


def table_of(cells: Sequence[Cell]) -> Segment:
    """Return cells as the segment that stands for their table."""
    segments = [segment for cell in cells for segment in cell.segments]
    sizes: Counter[tuple[float, bool]] = Counter()
    for segment in segments:
        sizes[segment.size, segment.is_bold] += len(segment.text)
    (size, is_bold), _ = sizes.most_common(1)[0]
    return attrs.evolve(
        segments[0],
        text=" ".join(segment.text for segment in segments),
        edges=(min(segment.left for segment in segments), max(s.right for s in segments)),
        bottom=min(segment.bottom for segment in segments),
        top=max(segment.top for segment in segments),
        size=size,
        is_bold=is_bold,
        cells=tuple(cells),
    )


def are_two_words(before: Word | Segment, after: Word | Segment) -> bool:
    """Return whether what touches is set in two sizes, one higher than the other.

    The first letter of a paragraph may be larger than its word, and the end of "21st" or "m2"
    smaller.
    """
    smaller, larger = sorted((before.size, after.size))
    if smaller > _ALIKE * larger:
        return False
    are_level = abs(before.foot - after.foot) < _LEVEL * smaller
    return not (are_level or len(before.text) == 1 or _END_OF_WORD.match(after.text))


def _segments_of(words: Iterable[Word], number: int, turn: int) -> Iterator[Segment]:
    """Yield the segments that the words make, in the order of the file."""
    current = _Open(page=number, turn=turn)
    for word in words:
        if current.words and not current.takes(word):
            yield current.close()
            current = _Open(page=number, turn=turn)
        current.add(word)
    if current.words:
        yield current.close()


def _without_marks(words: Sequence[Word]) -> tuple[list[Word], int]:
    """Return the words without the marks of notes, and the length of these.

    Such a mark is smaller than the word in front of it, and stands higher.
    """
    kept: list[Word] = []
    length = 0
    for word in words:
        if kept and word.size <= _SMALLER * kept[-1].size and _is_mark(word, kept[-1]):
            length += len(word.text)
            kept[-1].edges[-1] = word.edges[-1]  # what follows is no further from its word
        else:
            kept.append(word)
    return kept, length


def _gaps_of_letters(words: Sequence[Word]) -> dict[int, float]:
    """Return how wide the gap in front of each letter of words that are spaced out usually is."""
    if len(words) < _LETTERS or sum(len(word.text) == 1 for word in words) < _LETTERS:
        return {}
    rows: list[list[int]] = [[]]
    for place, word in enumerate(words):
        if len(word.text) > _PAIR or not word.text.isalpha():
            rows.append([])
        elif rows[-1] and word.follows_space and not word.follows_gap:
            rows.append([place])
        else:
            rows[-1].append(place)
    usual: dict[int, float] = {}
    for row in rows:
        if _are_of_words([words[place] for place in row]):
            gaps = sorted(words[n].edges[0] - words[n - 1].edges[-1] for n in row[1:])
            gap = max(0.0, min(gaps[len(gaps) // 2], _GAP_OF_LETTERS * words[row[0]].size))
            usual |= dict.fromkeys(row[1:], gap)
    return usual


def _are_of_words(letters: Sequence[Word]) -> bool:
    """Return whether letters in a row are those of words, and not the marks of a drawing.

    Where there are gaps between them that may be those of words, they must be many and different.
    """
    single = [word.text for word in letters if len(word.text) == 1]
    if len(single) < _LETTERS or len(single) <= len(letters) / 2:
        return False
    if not any(word.follows_gap for word in letters[1:]):
        return True
    return len(single) >= _LETTERS_WITH_GAPS and len(set(single)) >= _DIFFERENT


def _is_mark(word: Word, last: Word) -> bool:
    """Return whether a smaller word is the mark of a note; behind a letter it is an exponent."""
    return (
        _HIGHER * last.size <= word.foot - last.foot < last.size
        and abs(word.edges[0] - last.edges[-1]) <= _NEAR * last.size
        and len(last.text) > 1
        and is_mark(word.text.rstrip(","), last.text)
    )


@attrs.define
class _Open:
    """A segment that is being read."""

    page: int
    turn: int
    words: list[Word] = attrs.field(factory=list)
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0

    def takes(self, word: Word) -> bool:
        """Return whether a word at this place goes on in the segment."""
        return (
            abs(word.bottom - self.bottom) <= _SAME_LINE * word.size
            and -_SAME_LINE * word.size <= word.edges[0] - self.right <= _GAP_OF_COLUMNS * word.size
        )

    def add(self, word: Word) -> None:
        """Add a word."""
        if self.words:
            self.bottom, self.top = min(self.bottom, word.bottom), max(self.top, word.top)
        else:
            self.bottom, self.top = word.bottom, word.top
        self.words.append(word)
        self.right = word.edges[-1]

    def close(self) -> Segment:
        """Return what has been read."""
        text: list[str] = []
        edges: list[float] = []
        styles: Counter[tuple[float, bool]] = Counter()
        usual = _gaps_of_letters(self.words)
        for place, word in enumerate(self.words):
            if text:
                gap = word.edges[0] - edges[-1] - usual.get(place, 0.0)
                is_apart = gap > _GAP_OF_WORDS * word.size
                last = self.words[place - 1]
                is_other = word.size != last.size and are_two_words(last, word)
                has_space = word.follows_space and not (word.follows_gap and place in usual)
                if has_space or is_apart or is_other:
                    text.append(" ")
                else:
                    edges.pop()
            text.append(word.text)
            edges += word.edges
            styles[word.size, word.is_bold] += len(word.text)
        (size, is_bold), _ = styles.most_common(1)[0]
        return Segment(
            page=self.page,
            turn=self.turn,
            text="".join(text),
            edges=tuple(edges),
            bottom=self.bottom,
            top=self.top,
            foot=self.words[0].foot,
            size=size,
            is_bold=is_bold and len(styles) == 1,
        )

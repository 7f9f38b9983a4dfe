"""What a score line says: the number, the rating and the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

#: Longest line that is read as a score line, in code points.
MAX_LINE = 160
#: Longest wording beside a number.
_MAX_WORDS = 80

_NUMBER_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4}
#: Figures of marks of notes.
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_SEPARATORS = r":=|,;(\-‐‑‒–—−"
_NUMBER = re.compile(
    rf"\(?(\d{{1,3}}|{'|'.join(_NUMBER_WORDS)})(?![^\W{_RAISED}])(?:\.0{{1,2}}\b)?"
    rf"[{_RAISED}]{{0,3}}(?:\s*(?:out\s+of|/)\s*\d\b)?(?![%\d.,]\d|%)",
    re.IGNORECASE,
)
_GAP = re.compile(rf"\)?[\s*_]*(?P<mark>[{_SEPARATORS}]?)[\s*_]*")
#: What may stand between a label and its number in place of a separator.
_OF = re.compile(r"\s+(?:of|is|was)(?=\s)", re.IGNORECASE)
_START = re.compile(r"[\W_]*")
#: A number in brackets behind its words: "Good (3)".
_BRACKETED = re.compile(r"\(([1-9])(?=\)[\s.|*_]*\Z)")


@attrs.frozen(kw_only=True)
class ScoreLine:
    """A line that prints a score, or part of one; its offsets count from the start of the line."""

    #: First and last offset of what is printed.
    start: int
    end: int
    #: Whether a label such as ``Score`` stands in front.
    labelled: bool
    #: The number; None for a label or words without one.
    value: int | None
    value_at: tuple[int, int] | None
    #: The words beside the number, without the rating in front of them.
    words_at: tuple[int, int] | None
    #: The level that rating and words mean; None if they are not known.
    level: int | None


@attrs.frozen(eq=False, repr=False)
class ScoreReader:
    """Reads the score lines of one profile."""

    _label: re.Pattern[str]
    #: What is a label only in front of a number.
    _number_label: re.Pattern[str] | None
    _rating: re.Pattern[str]
    #: Where a score may begin behind other words on a line.
    _inner: re.Pattern[str]
    _levels: dict[str, int]
    #: Wording of each level, the longest first.
    _cues: tuple[tuple[str, int], ...]
    #: Whether the ratings themselves are the scores.
    _in_words: bool

    @classmethod
    def build(
        cls,
        *,
        labels: Iterable[str],
        ratings: Iterable[tuple[int, str]],
        cues: Iterable[tuple[int, str]],
        number_labels: Iterable[str] = (),
        in_words: bool = False,
    ) -> ScoreReader:
        """Return a reader for the labels, the ratings and the words of the levels.

        With *in_words* ratings are printed as scores, and numbers are none.
        """
        levels = {rating.lower(): value for value, rating in ratings}
        wording = sorted(((_fold(cue), value) for value, cue in cues), key=lambda cue: -len(cue[0]))
        labels, number_labels = tuple(labels), tuple(number_labels)
        return cls(
            _label_pattern(labels),
            _label_pattern(number_labels) if number_labels else None,
            _label_pattern(levels),
            _inner_pattern((*labels, *number_labels, *(levels if in_words else ()))),
            levels,
            tuple(wording),
            in_words,
        )

    def read(self, line: str) -> ScoreLine | None:
        """Return what *line* says about a score; None if it is no score line.

        It is one if it is a label with a number, a label alone, a number alone, or if the words
        in it are those of a level.
        """
        if len(line) > MAX_LINE:
            return None
        start = position = _skip(line)
        if label := self._label_at(line, position):
            position = _behind(line, label)
        number = None if self._in_words else _NUMBER.match(line, position)
        separated = not number
        if number:
            separated, position = _gap(line, number.end())
        behind = None if self._in_words or number else _BRACKETED.search(line, position)
        words = line[: behind.start()] if behind else line
        level, words_at = self._words(words, position, alone=not (label or number))
        if behind and level is not None:
            number = behind
        if words_at and level is None and not (label and separated and number):
            return None
        if not (label or number or words_at):
            return None
        pieces = [found.end() for found in (label, number) if found]
        end = max((*pieces, words_at[1] if words_at else 0))
        value, value_at = _value(number), number.span(1) if number else None
        if self._in_words and words_at:
            rating = self._rating.match(line, position)
            value, value_at = level, rating.span() if rating else words_at
            words_at = None if words_at[0] <= value_at[0] else words_at
        return ScoreLine(
            start=start,
            end=end,
            labelled=label is not None,
            value=value,
            value_at=value_at,
            words_at=words_at,
            level=level,
        )

    def begins(self, line: str) -> bool:
        """Return whether *line* begins with a label of a score, whatever stands behind it."""
        return len(line) <= MAX_LINE and self._label.match(line, _skip(line)) is not None

    def starts(self, line: str) -> Iterator[tuple[int, int]]:
        """Yield where a score may begin behind other words: the end of those, and its own start."""
        return (match.span() for match in self._inner.finditer(line))

    def ratings(self, line: str) -> Iterator[tuple[int, int]]:
        """Yield where ratings stand in *line*."""
        return (match.span() for match in self._rating.finditer(line))

    def level(self, text: str) -> int | None:
        """Return the level that *text*, a rating and nothing else, names."""
        return self._levels.get(_fold(text))

    def _label_at(self, line: str, position: int) -> re.Match[str] | None:
        """Return the label at *position*; of some words only if a number follows."""
        if label := self._label.match(line, position):
            return label
        label = self._number_label.match(line, position) if self._number_label else None
        return label if label and _NUMBER.match(line, _behind(line, label)) else None

    def _words(
        self, line: str, position: int, *, alone: bool
    ) -> tuple[int | None, tuple[int, int] | None]:
        """Return the level that the rest of the line means, and where its words stand.

        Words that stand *alone* must be the wording of a level from the start.
        """
        end = len(line.rstrip(" \t\r\n.)]|*_\xa0"))
        if position >= end:
            return None, None
        if end - position > _MAX_WORDS:
            return None, (position, end)
        rating = self._rating.match(line, position)
        separated, begin = _gap(line, rating.end()) if rating else (False, position)
        words = _fold(line[begin:end])
        said = str.startswith if alone and not rating else str.__contains__
        level = next((value for cue, value in self._cues if said(words, cue)), None)
        if level is not None:
            return level, (begin, end)
        if rating is None or (words and not separated):
            return None, (position, end)
        return self.level(rating.group()), (position, end)


def _label_pattern(labels: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(labels, key=len, reverse=True)
    choices = "|".join(r"\s+".join(map(re.escape, label.split())) for label in ordered)
    return re.compile(rf"(?<![^\W\d_])(?:{choices})(?![^\W\d_{_RAISED}])", re.IGNORECASE)


def _inner_pattern(labels: Iterable[str]) -> re.Pattern[str]:
    value = rf"(?:\d|{'|'.join(_NUMBER_WORDS)})\b"
    gap = rf"(?<![\s*_{_SEPARATORS}])[\s*_{_SEPARATORS}]++"
    return re.compile(rf"{gap}(?={_label_pattern(labels).pattern}|{value})", re.IGNORECASE)


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


def _skip(line: str) -> int:
    """Return the offset of the first letter or digit."""
    match = _START.match(line)
    return match.end() if match else 0


def _gap(line: str, position: int) -> tuple[bool, int]:
    """Return whether a separator stands at *position*, and where the text behind it begins."""
    match = _GAP.match(line, position)
    return (bool(match["mark"]), match.end()) if match else (False, position)


def _behind(line: str, label: re.Match[str]) -> int:
    """Return where the text behind a label begins."""
    of = _OF.match(line, label.end())
    return _gap(line, of.end() if of else label.end())[1]


def _value(number: re.Match[str] | None) -> int | None:
    if number is None:
        return None
    word = number[1].lower()
    return _NUMBER_WORDS[word] if word in _NUMBER_WORDS else int(word)

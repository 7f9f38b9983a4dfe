"""The search: sentences and the words in them, in files that a page loads as it needs them."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterator

import attrs

from cqcparse.corpora.site.texts import TextPage

#: Most bytes of a sentence that a result shows, as JSON.
_LONGEST = 1_200
#: Sentences in a file.
_BLOCK = 200
#: Characters of words and their sentences behind which the next file begins.
_FULL = 150_000
#: A word in more than this share of the sentences finds nothing that is worth reading.
_COMMON = 0.2
#: Fewest sentences for which a word can be too common.
_FEW = 500
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: Most characters of a word by which it is found.
_LONGEST_WORD = 40
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@attrs.define
class Index:
    """Takes in the pages with text, one after the other, and gives the files of the search."""

    _words: dict[str, array[int]] = attrs.Factory(dict)
    _block: list[list[object]] = attrs.Factory(list)
    #: Names of the councils, and pages, that sentences refer to by number.
    _places: list[list[object]] = attrs.Factory(list)
    count: int = 0

    def add(
        self, page: TextPage, council: str, report: str | None = None
    ) -> Iterator[tuple[str, str]]:
        """Take in a page; yield name and content of each file that is full.

        Args:
            page: The page.
            council: Name of the authority.
            report: What tells the report from others on it, such as its day.
        """
        title = f"{page.title}, {report}" if report else page.title
        names = [_cut(council), _cut(title)]
        self._places.append([*names, page.href, page.statement or "", page.score or 0])
        for block in page.blocks:
            if block.level:
                continue
            for piece in block.pieces:
                if piece.addressed and piece.findable:
                    self._take(piece.text, piece.start)
                    if len(self._block) == _BLOCK:
                        yield self._full()

    def finish(self) -> Iterator[tuple[str, str]]:
        """Yield name and content of the files that are left: sentences, words, and their list."""
        if self._block:
            yield self._full()
        firsts: list[str] = []
        for words in self._portions():
            yield f"words-{len(firsts)}.js", _call("words", [len(firsts), words])
            firsts.append(next(iter(words)))
        about = {
            "block": _BLOCK,
            "count": self.count,
            "firsts": firsts,
            "places": len(self._places),
        }
        yield "index.js", f"var search = {json.dumps(about)};\n"
        for number in range(0, len(self._places), _BLOCK):
            part = self._places[number : number + _BLOCK]
            yield f"places-{number // _BLOCK}.js", _call("places", [number // _BLOCK, part])

    def _take(self, text: str, start: int) -> None:
        number = self.count
        self.count += 1
        self._block.append([len(self._places) - 1, start, _cut(text)])
        for word in set(_WORD.findall(text.casefold())):
            self._words.setdefault(word[:_LONGEST_WORD], array("L")).append(number)

    def _full(self) -> tuple[str, str]:
        number = (self.count - 1) // _BLOCK
        made = f"sentences-{number}.js", _call("sentences", [number, self._block])
        self._block = []
        return made

    def _portions(self) -> Iterator[dict[str, str]]:
        """Yield the words in order with their sentences, as much as a file holds at a time."""
        most = max(self.count * _COMMON, _FEW)
        portion: dict[str, str] = {}
        size = 0
        for word in sorted(self._words):
            numbers = self._words[word]
            coded = "" if len(numbers) > most else _coded(numbers)
            if portion and size + len(word) + len(coded) > _FULL:
                yield portion
                portion, size = {}, 0
            portion[word] = coded
            size += len(word) + len(coded) + len('"":"",')
        if portion:
            yield portion


def _cut(text: str) -> str:
    """Return *text*, or its beginning where it would take more than its share of a file."""
    text = text[:_LONGEST]
    while len(json.dumps(text)) > _LONGEST:
        text = text[: len(text) * 3 // 4]
    return text


def _coded(numbers: array[int]) -> str:
    """Return rising numbers as their differences, in the digits of base 36."""
    before = 0
    found: list[str] = []
    for number in numbers:
        if not found or number != before:
            found.append(_in_digits(number - before))
        before = number
    return " ".join(found)


def _in_digits(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if not number:
            return digits


def _call(name: str, data: object) -> str:
    """Return a script that hands *data*, as JSON, to a function of the search."""
    return f"found.{name}({json.dumps(data, separators=(',', ':'))});\n"

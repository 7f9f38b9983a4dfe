"""Acronyms: what the short forms of one document stand for, by its own definitions."""

from __future__ import annotations

import re

import attrs

from cqcparse.grammar.chunks import Chunks
from cqcparse.model.spans import Quote, Span

_SMALL = frozenset(("of", "and", "the", "for", "in", "to", "on", "a", "&", "at", "with"))
_LONGEST = 12


@attrs.frozen(kw_only=True)
class Definition:
    """A full form with its short form behind it: "Better Care Fund (BCF)", "known as BCF".

    Attributes:
        short: The short form, without the brackets and a plural s.
        long: The full form, as printed.
        span: From the first character of the full form to the closing bracket, or to its last.
    """

    short: str
    long: Quote
    span: Span


@attrs.frozen(kw_only=True)
class Acronyms:
    """The definitions of one document.

    The first definition of a short form counts; a later one that says something else is a
    conflict.

    Attributes:
        definitions: The first definition of each short form, in order.
        conflicts: Later definitions that say something else.
    """

    definitions: tuple[Definition, ...]
    conflicts: tuple[Definition, ...] = ()
    _by_short: dict[str, Definition] = attrs.field(init=False, repr=False, eq=False)

    @_by_short.default
    def _index(self) -> dict[str, Definition]:
        return {definition.short: definition for definition in reversed(self.definitions)}

    def get(self, short: str) -> Definition | None:
        """Return the definition of *short*, given as printed; a plural s is ignored."""
        return self._by_short.get(short) or self._by_short.get(short.removesuffix("s"))


def find_acronyms(layers: Chunks) -> Acronyms:
    """Return the short forms that a document defines, in order."""
    first: dict[str, Definition] = {}
    conflicts = []
    for mark in re.finditer("[(,]", layers.tags):
        definition = _definition(layers, mark.start())
        if definition:
            known = first.setdefault(definition.short, definition)
            if _words(known.long.text) != _words(definition.long.text):
                conflicts.append(definition)
    return Acronyms(definitions=tuple(first.values()), conflicts=tuple(conflicts))


def is_acronym(word: str) -> bool:
    """Return whether *word* is written like a short form: mostly capitals, at least two."""
    letters = word.removesuffix("s")
    capitals = sum(char.isupper() for char in letters)
    return capitals >= 2 and capitals * 2 >= len(letters) and letters[:1].isalnum()


def _definition(layers: Chunks, mark: int) -> Definition | None:
    """Return the definition whose full form ends in front of the bracket or comma at *mark*."""
    place, last = mark + 1, mark + 2
    if layers.tags[mark] == ",":  # ", usually known as BCF"
        known = layers.low[mark + 1 : mark + 4]
        if "known" not in known or "as" not in known:
            return None
        place = last = mark + 2 + known.index("as")
    printed = layers.words(place, place) if mark and last < len(layers) else ""
    if not is_acronym(printed) or (place < last and layers.tags[last] != ")"):
        return None
    short = printed.removesuffix("s")
    letters = [char for char in _spoken(short) if char.isalnum()]
    first = _full_form(layers, mark - 1, letters)
    if first is None:
        return None
    long, whole = layers.quote(first, mark - 1), layers.span(first, last)
    return Definition(short=short, long=long, span=whole)


def _spoken(short: str) -> str:
    """Return *short* in lower case, with a figure inside it as the word it sounds like: "D2A"."""
    inner = short[1:-1].replace("2", "t").replace("4", "f")
    return (short[0] + inner + short[-1]).lower()


def _full_form(layers: Chunks, last: int, letters: list[str]) -> int | None:
    """Return the first word of the full form that ends at *last*, or None.

    The nearest words whose initials are the short form win; then those whose initials hold it in
    order, from the first word to the last; then those that hold its letters anywhere in order.
    """
    starts = [
        first
        for first in range(last, _phrase_floor(layers, last) - 1, -1)
        if layers.low[first] not in _SMALL and layers.low[first][0] == letters[0]
    ]
    for fits in (_initials, _some_initials, _letters_anywhere):
        for first in starts:
            if fits(layers.low[first : last + 1], letters):
                return first
    return None


def _phrase_floor(layers: Chunks, last: int) -> int:
    """Return the first word, within reach, that no punctuation parts from *last*."""
    floor = last + 1
    while floor > 0 and last - floor < _LONGEST - 1 and layers.tags[floor - 1] not in ".,()\n":
        floor -= 1
    return floor


def _some_initials(words: list[str], letters: list[str]) -> bool:
    """Return whether *letters* are, in order, among the initials of *words*, the last included."""
    initials = [word[0] for word in words if word not in _SMALL]
    rest = iter(initials)
    close = len(initials) <= len(letters) + 3
    return close and initials[-1] == letters[-1] and all(letter in rest for letter in letters)


def _letters_anywhere(words: list[str], letters: list[str]) -> bool:
    """Return whether few *words* hold *letters* in order, as "continuing healthcare" holds CHC."""
    rest = iter("".join(words))
    return len(words) <= len(letters) and all(letter in rest for letter in letters)


def _initials(words: list[str], letters: list[str]) -> bool:
    """Return whether *letters* are the initials of *words*, small words counted or not."""
    parts = [part for word in words for part in word.replace("/", "-").split("-") if part]
    ways = ([part[0] for part in parts], [part[0] for part in parts if part not in _SMALL])
    return letters in ways


def _words(text: str) -> list[str]:
    return text.lower().replace("-", " ").split()

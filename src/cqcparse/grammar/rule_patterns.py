"""Rule patterns: a line such as ``Inner* <Head> Gloss?`` made a regular expression over characters.

Every repetition is bounded, and possessive wherever what follows cannot begin with what repeats,
so that no pattern of a rule can take time that grows with more than the length of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, TypeAlias

from cqcparse.errors import DataError
from cqcparse.grammar.compiled_tables import PACKED
from cqcparse.grammar.word_classes import WordClasses

#: No repetition goes further than this many words.
REACH = 9
_LEXEME = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][\w-]*)|'(?P<word>[^']+)'"
    r"|(?P<times>[?*+]|\{\d{1,2}(?:,\d{1,2})?\})|(?P<sign>\(\?<?[=!]|[()|<>\[\]@]))"
)


class _Class(NamedTuple):
    chars: frozenset[str]


class _Row(NamedTuple):
    parts: tuple[_Node, ...]


class _Either(NamedTuple):
    ways: tuple[_Node, ...]


class _Repeat(NamedTuple):
    part: _Node
    low: int
    high: int


class _Group(NamedTuple):
    opening: str
    part: _Node


_Node: TypeAlias = "_Class | _Row | _Either | _Repeat | _Group"
_Set: TypeAlias = frozenset[str]


class Around(NamedTuple):
    """A pattern around its head, or another word that is looked for first, as text."""

    #: The characters of that word, or of the first if the head has several.
    heads: _Set
    #: What stands in front, over the reversed text.
    front: str
    #: The whole head, if it has several words.
    whole: str
    #: What follows.
    behind: str
    #: Whether the word is the head; else the last word is.
    is_head: bool
    #: The characters one of which stands right in front, and right behind; None if any may.
    before: _Set | None
    after: _Set | None


class PatternCompiler:
    """Makes regular expressions of patterns.

    A pattern is a row of class names, pattern names and ``'literal'`` words, with ``?``, ``*``,
    ``+``, ``{2,5}``, ``|``, brackets and the looks around ``(?=...)``, ``(?!...)``, ``(?<=...)``
    and ``(?<!...)``; ``[...]`` is the mention within it and ``<...>`` its head.

    Args:
        name: File that the patterns stand in, for messages.
        classes: The classes, with the characters that they hold.
        patterns: Named patterns, which may name each other.
    """

    def __init__(self, name: str, classes: WordClasses, patterns: Mapping[str, str]) -> None:
        self._name = name
        self._classes = classes
        self._patterns = patterns
        self._parsed: dict[str, _Node] = {}
        self._open: list[str] = []
        #: How many words and classes the patterns have, those within named patterns at each use.
        self._size = 0
        self._sizes: dict[str, int] = {}

    def around(self, pattern: str) -> Around | None:
        """Return *pattern* as its head, or anchor, and what stands around it; None without one.

        Heads are few, so they are looked for, and the rest is matched outwards from each.

        Raises:
            DataError: If it is not valid; the message says where.
        """
        node = self._parse(pattern)
        parts = node.parts if isinstance(node, _Row) else (node,)
        for place, part in enumerate(parts):
            if not isinstance(part, _Group) or part.opening not in (_HEAD, _ANCHOR):
                continue
            front = _reversed(_Row(parts[:place]))
            behind = _Row(parts[place + 1 :])
            if not (_is_sound(front) and _is_sound(behind)):
                problem = (
                    f"the pattern '{pattern:.200}' looks backwards over rows of several lengths"
                )
                raise DataError(self._name, problem)
            head = part.part
            single = _width(head) == 1
            return Around(
                heads=_first(head)[0],
                front=_emit(front, frozenset()),
                whole="" if single else _emit(head, frozenset()),
                behind=_emit(behind, frozenset()),
                is_head=part.opening == _HEAD,
                before=_next(front),
                after=_next(behind) if single else None,
            )
        return None

    def source(self, pattern: str) -> str:
        """Return the regular expression of *pattern* as text.

        Raises:
            DataError: If it is not valid; the message says where.
        """
        source = _emit(self._parse(pattern), frozenset())
        try:
            re.compile(source)
        except re.error as error:
            raise DataError(
                self._name, f"the pattern '{pattern:.200}' is not valid: {error!s:.200}"
            ) from None
        return source

    def guarded(self, pattern: str) -> str:
        """Return the same behind a look at the first word, which spares most tries."""
        node = self._parse(pattern)
        return f"(?=[{_ranges(_first(node)[0])}]){_emit(node, frozenset())}"

    def _parse(self, text: str) -> _Node:
        lexemes: list[re.Match[str]] = []
        place = 0
        while place < len(text.rstrip()):
            match = _LEXEME.match(text, place)
            if match is None:
                problem = f"the pattern '{text:.200}' cannot be read from '{text[place:]:.60}' on"
                raise DataError(self._name, problem)
            lexemes.append(match)
            place = match.end()
        node = self._ways(lexemes, text)
        if lexemes:
            raise DataError(self._name, f"the pattern '{text:.200}' closes what it did not open")
        return node

    def _ways(self, rest: list[re.Match[str]], text: str) -> _Node:
        ways = [self._row(rest, text)]
        while rest and rest[0]["sign"] == "|":
            rest.pop(0)
            ways.append(self._row(rest, text))
        return ways[0] if len(ways) == 1 else _Either(tuple(ways))

    def _row(self, rest: list[re.Match[str]], text: str) -> _Node:
        parts: list[_Node] = []
        while rest and rest[0]["sign"] not in ("|", ")", ">", "]"):
            part = self._part(rest, text)
            if rest and rest[0]["times"]:
                part = _Repeat(part, *_bounds(rest.pop(0)["times"]))
            parts.append(part)
        return parts[0] if len(parts) == 1 else _Row(tuple(parts))

    def _part(self, rest: list[re.Match[str]], text: str) -> _Node:
        lexeme = rest.pop(0)
        self._grow(1)
        if lexeme["word"]:
            return _Class(self._classes.literal(lexeme["word"]))
        if lexeme["name"]:
            return self._named(lexeme["name"])
        if lexeme["sign"] == "@" and rest:
            return _Group(_ANCHOR, self._part(rest, text))
        if lexeme["sign"] in _CLOSING:
            closing, opening = _CLOSING[lexeme["sign"]]
            part = self._ways(rest, text)
            if not rest or rest.pop(0)["sign"] != closing:
                raise DataError(self._name, f"the pattern '{text:.200}' does not close a bracket")
            return _Group(opening, part)
        raise DataError(
            self._name, f"the pattern '{text:.200}' has {lexeme[0]!r} in the wrong place"
        )

    def _grow(self, size: int) -> None:
        """Refuse patterns made of patterns that are small to write and huge to look for."""
        self._size += size
        if self._size > _MAX_SIZE:
            raise DataError(self._name, f"has patterns of more than {_MAX_SIZE:,} words in all")

    def _named(self, name: str) -> _Node:
        if name not in self._patterns:
            return _Class(self._classes.members(name))
        if name not in self._parsed:
            if name in self._open or len(self._open) > _MAX_CHAIN:
                problem = (
                    f"the pattern {name!r:.60} is made of itself, or of too long a row of others"
                )
                raise DataError(self._name, problem)
            self._open.append(name)
            before = self._size
            self._parsed[name] = _Group("(?:", self._parse(self._patterns[name]))
            self._sizes[name] = self._size - before
            self._open.pop()
        else:
            self._grow(self._sizes[name])
        return self._parsed[name]


#: Patterns that are made of each other, from the first to the last.
_MAX_CHAIN = 30
_MAX_SIZE = 100_000
_HEAD = "(?P<head>"
_ANCHOR = "(?P<anchor>"
_CLOSING = {
    "(": (")", "(?:"),
    "<": (">", _HEAD),
    "[": ("]", "(?P<mention>"),
    **{look: (")", look) for look in ("(?=", "(?!", "(?<=", "(?<!")},
}


def count_uses(texts: Iterable[str], patterns: Mapping[str, str]) -> Counter[str]:
    """Return how often each class and each word in quotes stands in *texts*.

    Args:
        texts: Patterns.
        patterns: The named patterns that they may be made of, which may name each other.
    """
    known: dict[str, Counter[str]] = {}
    found: Counter[str] = Counter()
    for text in texts:
        found.update(_uses_in(text, patterns, known, _MAX_CHAIN))
    return found


def _uses_in(
    text: str, patterns: Mapping[str, str], known: dict[str, Counter[str]], depth: int
) -> Counter[str]:
    if text not in known:
        known[text] = Counter()  # a pattern that is made of itself is refused elsewhere
        found = Counter(_QUOTED.findall(text))
        for name in _NAME.findall(_QUOTED.sub(" ", text)):
            if name not in patterns:
                found[name] += 1
            elif depth:
                found.update(_uses_in(patterns[name], patterns, known, depth - 1))
        known[text] = found
    return known[text]


_NAME = re.compile(r"[A-Za-z_][\w-]*")
_QUOTED = re.compile(r"'[^']+'")
_MIRRORED = {"(?=": "(?<=", "(?<=": "(?=", "(?!": "(?<!", "(?<!": "(?!"}


def _reversed(node: _Node) -> _Node:
    """Return what matches the reversed text where *node* matches the text."""
    if isinstance(node, _Row):
        return _Row(tuple(map(_reversed, reversed(node.parts))))
    if isinstance(node, _Either):
        return _Either(tuple(map(_reversed, node.ways)))
    if isinstance(node, _Repeat):
        return _Repeat(_reversed(node.part), node.low, node.high)
    if isinstance(node, _Group):
        return _Group(_MIRRORED.get(node.opening, node.opening), _reversed(node.part))
    return node


def _bounds(times: str) -> tuple[int, int]:
    if times in "?*+":
        return int(times == "+"), 1 if times == "?" else REACH
    low, _, high = times.strip("{}").partition(",")
    return int(low), int(high or low)


def _emit(node: _Node, behind: _Set) -> str:
    """Return the text of *node*, given the characters that what follows may begin with."""
    if isinstance(node, _Class):
        # A class that no word has matches nothing; "[]" would open a set.
        return f"[{_ranges(node.chars)}]" if node.chars else "(?!)"
    if isinstance(node, _Row):
        out = ""
        for part in reversed(node.parts):
            out = _emit(part, behind) + out
            first, empty = _first(part)
            behind = first | behind if empty else first
        return out
    if isinstance(node, _Either):
        return "|".join(_emit(way, behind) for way in node.ways)
    if isinstance(node, _Group) and node.opening in ("(?<=", "(?<!"):
        # Each way by itself: together they would have to be of one length.
        ways = [f"{node.opening}{_emit(way, frozenset())})" for way in _ways_of(node.part)]
        return "".join(ways) if node.opening == "(?<!" else f"(?:{'|'.join(ways)})"
    if isinstance(node, _Group):
        return f"{node.opening}{_emit(node.part, behind)})"
    inside, empty = _first(node.part)
    again = inside if node.high > 1 else frozenset()
    text = _emit(node.part, behind | again)
    if not isinstance(node.part, _Class | _Group):
        text = f"(?:{text})"
    greedy = isinstance(node.part, _Class) and inside.isdisjoint(behind) and not empty
    return f"{text}{{{node.low},{node.high}}}{'+' if greedy else ''}"


def set_of(chars: _Set) -> str:
    """Return the regular expression of one word with one of *chars*."""
    return _emit(_Class(chars), frozenset())


@cache
def _ranges(chars: _Set) -> str:
    """Return *chars* as the inside of a set, neighbours as ranges."""
    codes = sorted(map(ord, chars))
    starts = [code for code in codes if chr(code - 1) not in chars]
    ends = [code for code in codes if chr(code + 1) not in chars]
    return "".join(
        chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True)
    )


def _ways_of(node: _Node) -> tuple[_Node, ...]:
    while isinstance(node, _Group) and node.opening == "(?:":
        node = node.part
    return node.ways if isinstance(node, _Either) else (node,)


def _width(node: _Node) -> int:
    """Return how many words *node* has at most."""
    if isinstance(node, _Class):
        return 1
    if isinstance(node, _Row):
        return sum(map(_width, node.parts))
    if isinstance(node, _Either):
        return max(map(_width, node.ways))
    if isinstance(node, _Group):
        return 0 if node.opening.startswith(("(?=", "(?!", "(?<")) else _width(node.part)
    return node.high * _width(node.part)


def _is_sound(node: _Node) -> bool:
    """Return whether all looks backwards are over rows of one length each, as `re` asks."""
    if isinstance(node, _Group) and node.opening in ("(?<=", "(?<!"):
        return all(_width(way) == _least(way) for way in _ways_of(node.part))
    if isinstance(node, _Row):
        return all(map(_is_sound, node.parts))
    if isinstance(node, _Either):
        return all(map(_is_sound, node.ways))
    return isinstance(node, _Class) or _is_sound(node.part)


def _least(node: _Node) -> int:
    """Return how many words *node* has at least."""
    if isinstance(node, _Class):
        return 1
    if isinstance(node, _Row):
        return sum(map(_least, node.parts))
    if isinstance(node, _Either):
        return min(map(_least, node.ways))
    if isinstance(node, _Group):
        return 0 if node.opening.startswith(("(?=", "(?!", "(?<")) else _least(node.part)
    return node.low * _least(node.part)


def _first(node: _Node) -> tuple[_Set, bool]:
    """Return the characters that *node* may begin with, and whether it may be empty."""
    if isinstance(node, _Class):
        return node.chars, False
    if isinstance(node, _Row):
        found: _Set = frozenset()
        for part in node.parts:
            first, empty = _first(part)
            found |= first
            if not empty:
                return found, False
        return found, True
    if isinstance(node, _Either):
        ways = [*map(_first, node.ways)]
        return frozenset().union(*(first for first, _ in ways)), any(e for _, e in ways)
    if isinstance(node, _Group):
        first, empty = _first(node.part)
        return first, empty or node.opening.startswith(("(?=", "(?!", "(?<"))
    first, empty = _first(node.part)
    return first, empty or node.low == 0


def _next(node: _Node) -> _Set | None:
    """Return the characters one of which comes next where *node* matches; None if any may."""
    must: _Set | None = None
    may: _Set = frozenset()
    for part in node.parts if isinstance(node, _Row) else (node,):
        if isinstance(part, _Group) and part.opening.startswith(("(?=", "(?!", "(?<")):
            ahead = _next(part.part) if part.opening == "(?=" and not may else None
            must = ahead if must is None else must & ahead if ahead is not None else must
            continue
        first, empty = _first(part)
        may |= first
        if not empty:
            return may if must is None else may & must
    return must


_SETS = re.compile(r"\[[^\]]*\]")


class Packing:
    """Patterns with each set of characters as one character: they share most of them."""

    def __init__(self) -> None:
        #: The sets, in the order of the characters that stand for them.
        self.sets: dict[str, str] = {}

    def pack(self, source: str) -> str:
        """Return a regular expression in its short form; see ``unpacking``."""
        return _SETS.sub(
            lambda found: self.sets.setdefault(found[0], chr(PACKED + len(self.sets))), source
        )

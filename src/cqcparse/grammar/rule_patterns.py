"""Rule patterns: a line such as ``Inner* <Head> Gloss?`` made a regular expression over characters.

Every repetition is bounded; what is made of a line, and that it takes no long time, is the business
of :mod:`~cqcparse.grammar.pattern_nodes`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cqcparse.errors import DataError
from cqcparse.grammar.compiled_tables import PACKED
from cqcparse.grammar.pattern_nodes import (
    CharSet,
    Class,
    Group,
    Node,
    Repeat,
    Row,
    either,
    emitted,
    first_of,
    mirrored,
    next_of,
    ranges,
)
from cqcparse.grammar.word_classes import WordClasses

#: No repetition goes further than this many words.
REACH = 9
_LEXEME = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][\w-]*)|'(?P<word>[^']+)'"
    r"|(?P<times>[?*+]|\{\d{1,2}(?:,\d{1,2})?\})|(?P<sign>\(\?<?[=!]|[()|<>\[\]@]))"
)


class Around(NamedTuple):
    """A pattern around its head, or another word that is looked for first, as text."""

    #: The characters of that word, or of the first if the head has several.
    heads: CharSet
    #: What stands in front, over the reversed text.
    front: str
    #: The whole head, if it has several words.
    whole: str
    #: What follows.
    behind: str
    #: Whether the word is the head; else the last word is.
    is_head: bool
    #: The characters one of which stands right in front, and right behind; None if any may.
    before: CharSet | None
    after: CharSet | None
    #: Whether no word was named to be looked for first, so that ``whole`` is the pattern.
    is_free: bool = False


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

    def __init__(
        self, name: str, classes: WordClasses | _Uses, patterns: Mapping[str, str]
    ) -> None:
        self._name = name
        self._classes = classes
        self._patterns = patterns
        self._parsed: dict[str, Node] = {}
        self._open: list[str] = []
        #: How many words and classes the patterns have, those within named patterns at each use.
        self._size = 0
        self._sizes: dict[str, int] = {}

    def around(self, pattern: str) -> Around:
        """Return *pattern* as its head, or anchor, and what stands around it.

        Heads are few, so they are looked for, and the rest is matched outwards from each. A pattern
        that names none is matched from each word that it may begin with, which is slower.

        Raises:
            DataError: If it is not valid; the message says where.
        """
        node = self.parse(pattern)
        parts = node.parts if isinstance(node, Row) else (node,)
        for place, part in enumerate(parts):
            if not isinstance(part, Group) or part.opening not in (_HEAD, _ANCHOR):
                continue
            front, head = mirrored(Row(parts[:place])), part.part
            behind = Row(parts[place + 1 :])
            single = isinstance(head, Class)
            return Around(
                heads=first_of(head)[0],
                front=self._checked(front, pattern),
                whole="" if single else self._checked(head, pattern),
                behind=self._checked(behind, pattern),
                is_head=part.opening == _HEAD,
                before=next_of(front),
                after=next_of(behind) if single else None,
            )
        return Around(
            heads=first_of(node)[0],
            front="",
            whole=self._checked(node, pattern),
            behind="",
            is_head=False,
            before=None,
            after=None,
            is_free=True,
        )

    def source(self, pattern: str) -> str:
        """Return the regular expression of *pattern* as text.

        Raises:
            DataError: If it is not valid; the message says where.
        """
        return self._checked(self.parse(pattern), pattern)

    def _checked(self, node: Node, pattern: str) -> str:
        """Return the regular expression of a part of *pattern*, if it is one."""
        source = emitted(node, frozenset())
        try:
            re.compile(source)
        except re.error as error:
            problem = f"is not valid: {error!s:.200}"
            if "look-behind" in str(error):
                problem = "looks backwards over rows of several lengths"
            raise DataError(self._name, f"the pattern '{pattern:.200}' {problem}") from None
        return source

    def guarded(self, pattern: str) -> str:
        """Return the same behind a look at the first word, which spares most tries."""
        node = self.parse(pattern)
        return f"(?=[{ranges(first_of(node)[0])}]){emitted(node, frozenset())}"

    def parse(self, text: str) -> Node:
        """Return what *text* is made of.

        Raises:
            DataError: If it is not valid; the message says where.
        """
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

    def _ways(self, rest: list[re.Match[str]], text: str) -> Node:
        ways = [self._row(rest, text)]
        while rest and rest[0]["sign"] == "|":
            rest.pop(0)
            ways.append(self._row(rest, text))
        return either(ways)

    def _row(self, rest: list[re.Match[str]], text: str) -> Node:
        parts: list[Node] = []
        while rest and rest[0]["sign"] not in ("|", ")", ">", "]"):
            part = self._part(rest, text)
            if rest and rest[0]["times"]:
                part = Repeat(part, *_bounds(rest.pop(0)["times"]))
            parts.append(part)
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def _part(self, rest: list[re.Match[str]], text: str) -> Node:
        lexeme = rest.pop(0)
        self._grow(1)
        if lexeme["word"]:
            return Class(self._classes.literal(lexeme["word"]))
        if lexeme["name"]:
            return self._named(lexeme["name"])
        if lexeme["sign"] == "@" and rest:
            return Group(_ANCHOR, self._part(rest, text))
        if lexeme["sign"] in _CLOSING:
            closing, opening = _CLOSING[lexeme["sign"]]
            part = self._ways(rest, text)
            if not rest or rest.pop(0)["sign"] != closing:
                raise DataError(self._name, f"the pattern '{text:.200}' does not close a bracket")
            return _grouped(opening, part)
        raise DataError(
            self._name, f"the pattern '{text:.200}' has {lexeme[0]!r} in the wrong place"
        )

    def _grow(self, size: int) -> None:
        """Refuse patterns made of patterns that are small to write and huge to look for."""
        self._size += size
        if self._size > _MAX_SIZE:
            raise DataError(self._name, f"has patterns of more than {_MAX_SIZE:,} words in all")

    def _named(self, name: str) -> Node:
        if name not in self._patterns:
            return Class(self._classes.members(name))
        if name not in self._parsed:
            if name in self._open or len(self._open) > _MAX_CHAIN:
                problem = (
                    f"the pattern {name!r:.60} is made of itself, or of too long a row of others"
                )
                raise DataError(self._name, problem)
            self._open.append(name)
            before = self._size
            node = self.parse(self._patterns[name])
            self._parsed[name] = _grouped("(?:", node)
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


def _grouped(opening: str, part: Node) -> Node:
    return part if isinstance(part, Class) and opening == "(?:" else Group(opening, part)


class _Uses(Counter[str]):
    """Counts the classes and words that patterns name, where a compiler has their characters."""

    def members(self, name: str) -> CharSet:
        self[name] += 1
        return frozenset()

    def literal(self, word: str) -> CharSet:
        self[f"'{word}'"] += 1
        return frozenset()


def count_uses(name: str, texts: Iterable[str], patterns: Mapping[str, str]) -> Counter[str]:
    """Return how often each class and each word in quotes stands in *texts*.

    Args:
        name: File that the patterns stand in, for messages.
        texts: Patterns.
        patterns: The named patterns that they may be made of; each is counted once.

    Raises:
        DataError: If one is not valid; the message says where.
    """
    uses = _Uses()
    compiler = PatternCompiler(name, uses, patterns)
    for text in texts:
        compiler.parse(text)
    return uses


def _bounds(times: str) -> tuple[int, int]:
    if times in "?*+":
        return int(times == "+"), 1 if times == "?" else REACH
    low, _, high = times.strip("{}").partition(",")
    return int(low), int(high or low)


_SETS = re.compile(r"\[[^\]]*\]")


class Packing:
    """Patterns with each set of characters as one character: they share most of them."""

    def __init__(self) -> None:
        #: The sets, in the order of the characters that stand for them.
        self.sets: dict[str, str] = {}
        #: How often each is used.
        self.uses: Counter[str] = Counter()

    def pack(self, source: str) -> str:
        """Return a regular expression in its short form; see ``unpacking``."""
        self.uses.update(_SETS.findall(source))
        return _SETS.sub(
            lambda found: self.sets.setdefault(found[0], chr(PACKED + len(self.sets))), source
        )

"""Nodes: what a pattern is made of, what it may match, and its regular expression.

Every repetition is possessive wherever what follows cannot begin with what repeats, so that no
pattern of a rule can take time that grows with more than the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, TypeAlias

CharSet: TypeAlias = frozenset[str]


class Class(NamedTuple):
    """One word of a class, which are the characters that stand for it."""

    chars: CharSet


class Row(NamedTuple):
    """One part after the other."""

    parts: tuple[Node, ...]


class Either(NamedTuple):
    """One of several ways."""

    ways: tuple[Node, ...]


class Repeat(NamedTuple):
    """A part, from *low* to *high* times."""

    part: Node
    low: int
    high: int


class Group(NamedTuple):
    """A part in brackets, or a look around, as its *opening* says in a regular expression."""

    opening: str
    part: Node

    @property
    def looks(self) -> bool:
        """Whether it looks around, and so has no words itself."""
        return self.opening in _MIRRORED

    @property
    def looks_back(self) -> bool:
        """Whether it looks backwards."""
        return self.opening in ("(?<=", "(?<!")


Node: TypeAlias = "Class | Row | Either | Repeat | Group"


#: Looks around, and what each is in a text that is read backwards.
_MIRRORED = {"(?=": "(?<=", "(?<=": "(?=", "(?!": "(?<!", "(?<!": "(?!"}


def either(ways: Iterable[Node]) -> Node:
    """Return one of several *ways*, words of one class and of another as words of one class.

    A word that is of both would otherwise match in two ways, and ten of them in a thousand.
    """
    merged: list[Node] = []
    for way in ways:
        before = merged[-1] if merged else None
        if isinstance(way, Class) and isinstance(before, Class):
            merged[-1] = Class(before.chars | way.chars)
        else:
            merged.append(way)
    return merged[0] if len(merged) == 1 else Either(tuple(merged))


def mirrored(node: Node) -> Node:
    """Return what matches the reversed text where *node* matches the text."""
    if isinstance(node, Row):
        return Row(tuple(map(mirrored, reversed(node.parts))))
    if isinstance(node, Either):
        return Either(tuple(map(mirrored, node.ways)))
    if isinstance(node, Repeat):
        return Repeat(mirrored(node.part), node.low, node.high)
    if isinstance(node, Group):
        return Group(_MIRRORED.get(node.opening, node.opening), mirrored(node.part))
    return node


def emitted(node: Node, behind: CharSet) -> str:
    """Return the text of *node*, given the characters that what follows may begin with."""
    if isinstance(node, Class):
        # A class that no word has matches nothing; "[]" would open a set.
        return f"[{ranges(node.chars)}]" if node.chars else "(?!)"
    if isinstance(node, Row):
        out = ""
        for part in reversed(node.parts):
            out = emitted(part, behind) + out
            first, empty = first_of(part, looked_at=True)
            behind = first | behind if empty else first
        return out
    if isinstance(node, Either):
        return "|".join(emitted(way, behind) for way in node.ways)
    if isinstance(node, Group) and node.looks_back:
        # Each way by itself: together they would have to be of one length.
        ways = [f"{node.opening}{emitted(way, frozenset())})" for way in _ways_of(node.part)]
        return "".join(ways) if node.opening == "(?<!" else f"(?:{'|'.join(ways)})"
    if isinstance(node, Group):
        return f"{node.opening}{emitted(node.part, behind)})"
    inside, empty = first_of(node.part, looked_at=True)
    again = inside if node.high > 1 else frozenset()
    text = emitted(node.part, behind | again)
    if not isinstance(node.part, Class | Group):
        text = f"(?:{text})"
    greedy = isinstance(node.part, Class) and inside.isdisjoint(behind) and not empty
    return f"{text}{{{node.low},{node.high}}}{'+' if greedy else ''}"


@cache
def ranges(chars: CharSet) -> str:
    """Return *chars* as the inside of a set, neighbours as ranges."""
    codes = sorted(map(ord, chars))
    starts = [code for code in codes if chr(code - 1) not in chars]
    ends = [code for code in codes if chr(code + 1) not in chars]
    return "".join(
        chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True)
    )


def _ways_of(node: Node) -> tuple[Node, ...]:
    while isinstance(node, Group) and node.opening == "(?:":
        node = node.part
    return node.ways if isinstance(node, Either) else (node,)


def first_of(node: Node, *, looked_at: bool = False) -> tuple[CharSet, bool]:
    """Return the characters that *node* may begin with, and whether it may be empty.

    Args:
        node: The part.
        looked_at: Whether what a look around asks for counts too, though it takes no word.
    """
    if isinstance(node, Class):
        return node.chars, False
    if isinstance(node, Group) and node.looks:
        return (first_of(node.part)[0] if looked_at else frozenset()), True
    if isinstance(node, Row):
        found: CharSet = frozenset()
        for part in node.parts:
            first, empty = first_of(part, looked_at=looked_at)
            found |= first
            if not empty:
                return found, False
        return found, True
    if isinstance(node, Either):
        ways = [first_of(way, looked_at=looked_at) for way in node.ways]
        return frozenset().union(*(first for first, _ in ways)), any(e for _, e in ways)
    first, empty = first_of(node.part, looked_at=looked_at)
    return first, empty or (isinstance(node, Repeat) and node.low == 0)


def next_of(node: Node) -> CharSet | None:
    """Return the characters one of which comes next where *node* matches; None if any may."""
    must: CharSet | None = None
    may: CharSet = frozenset()
    for part in node.parts if isinstance(node, Row) else (node,):
        if isinstance(part, Group) and part.looks:
            ahead = next_of(part.part) if part.opening == "(?=" and not may else None
            must = ahead if must is None else must & ahead if ahead is not None else must
            continue
        first, empty = first_of(part)
        may |= first
        if not empty:
            return may if must is None else may & must
    return must

"""Which patterns are refused: those with an empty alternative, and those of catastrophic time."""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import regex

#: A parse tree of :mod:`re`: pairs of an operator and its arguments.
_Tree: TypeAlias = Sequence[tuple[Any, Any]]

#: Repetitions from which a bounded repeat is looked at as if it had no bound.
_MANY = 10
#: Places that may lie on loops; the check takes the square of it.
_MAX_PLACES = 150
#: Free ways that are followed from one place.
_MAX_WAYS = 5_000

#: One character for each class of :mod:`re`, and some that people type.
_SAMPLES = "aZ09_ \t\n-–'’£&.,;:()/é²\u00a0"
_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_OPENING = re.compile(r"\((?:\?(?:P?<[A-Za-z_]\w*>|<?[=!]|[:>]|[aimsux-]+:))?")


def find_flaw(pattern: str, flags: int = 0) -> str | None:
    r"""Return why *pattern* is not to be run over reports, or None.

    A pattern is refused if it is not valid in :mod:`re`, has an empty alternative, matches the
    empty text, refers back to a group, or can match some text in so many ways that its time
    doubles with each further character.

    Args:
        pattern: The pattern.
        flags: Flags of :mod:`re`.

    Examples:
        >>> find_flaw(r"[A-Z]\w+(?: [A-Z]\w+)* Fund")
        >>> find_flaw(r"(\w+\s?)+Fund")
        'can take catastrophic time: a repeated part can match the same text in several ways'
        >>> find_flaw("grant||fund")
        'has an empty alternative at position 6'
    """
    with warnings.catch_warnings():
        # A set that a later Python may read otherwise is judged as this one reads it.
        warnings.simplefilter("ignore", FutureWarning)
        return _flaw(pattern, flags)


def _flaw(pattern: str, flags: int) -> str | None:
    try:
        regex.compile(pattern, flags | regex.V0)
        tree: _Tree = importlib.import_module("re._parser").parse(pattern, flags)
    except (regex.error, re.error, OverflowError, RecursionError) as error:
        return f"is not a valid pattern: {error}"
    position = _empty_alternative(pattern)
    if position is not None:
        return f"has an empty alternative at position {position}"
    if re.compile(pattern, flags).match("") is not None:
        return "matches the empty text"
    return _ambiguity(tree)


def _empty_alternative(pattern: str) -> int | None:
    """Return where an alternative has nothing in it, or None."""
    index, empty = 0, True
    bar = False  # whether the group has a bar before this place
    bars: list[bool] = []
    while index < len(pattern):
        char = pattern[index]
        opening = _OPENING.match(pattern, index) if char == "(" else None
        if opening:
            bars.append(bar)
            index, empty, bar = opening.end(), True, False
            continue
        if char == "|" and empty:
            return index
        if char == ")" and bars:
            if empty and bar:
                return index
            bar, empty = bars.pop(), False
        elif char == "|":
            empty = bar = True
        else:
            empty = False
        index = _behind(pattern, index)
    return index if empty and bar else None


def _behind(pattern: str, index: int) -> int:
    """Return the index behind the character, escape or class that begins at *index*."""
    if pattern[index] == "\\":
        return index + 2
    if pattern[index] != "[":
        return index + 1
    index += 2 if pattern[index + 1 : index + 2] == "^" else 1
    index += pattern[index : index + 1] == "]"
    while index < len(pattern) and pattern[index] != "]":
        index += 2 if pattern[index] == "\\" else 1
    return index + 1


def _ambiguity(tree: _Tree) -> str | None:
    machine = _Machine(tree)
    for part in _lookarounds(tree):
        flaw = _ambiguity(part)
        if flaw is not None:
            return flaw
    if machine.refers_back:
        return "refers back to a group, which is not offered"
    return machine.flaw()


def _lookarounds(tree: _Tree) -> Iterator[_Tree]:
    """Yield the patterns inside lookarounds, each of which runs on its own."""
    for operator, argument in tree:
        name = str(operator)
        if name in {"ASSERT", "ASSERT_NOT"}:
            yield argument[1]
        for part in _parts(name, argument):
            yield from _lookarounds(part)


def _parts(name: str, argument: Any) -> Sequence[_Tree]:  # noqa: ANN401 - by operator
    """Return the patterns that stand inside a node."""
    if name == "BRANCH":
        branches: Sequence[_Tree] = argument[1]
        return branches
    if name == "SUBPATTERN":
        return [argument[3]]
    if name.endswith("_REPEAT"):
        return [argument[2]]
    return [argument] if name == "ATOMIC_GROUP" else []


class _Machine:
    """The steps by which a pattern can match: places that take a character, and free ways.

    Args:
        tree: The pattern, parsed.
    """

    def __init__(self, tree: _Tree) -> None:
        self.refers_back = False
        #: Whether there are too many free ways to count.
        self.entangled = False
        self._samples = frozenset(_SAMPLES).union(*_edges(tree))
        self._free: list[list[int]] = []
        self._takes: dict[int, tuple[frozenset[str], int]] = {}
        self._sequence(tree, self._place())

    def flaw(self) -> str | None:
        """Return what is wrong, or None."""
        steps = {place: self._next(end) for place, (_, end) in self._takes.items()}
        loops = _looping(steps)
        if self.entangled or len(loops) > _MAX_PLACES:
            return "is too long to be checked: write it with fewer repeated parts"
        if self._twofold(steps, loops):
            return (
                "can take catastrophic time: a repeated part can match the same text in several "
                "ways"
            )
        return None

    def _place(self) -> int:
        self._free.append([])
        return len(self._free) - 1

    def _sequence(self, tree: _Tree, start: int) -> int:
        """Add the nodes of *tree* one behind the other; return the place where they end."""
        for operator, argument in tree:
            start = self._node(str(operator), argument, start)
        return start

    def _node(self, name: str, argument: Any, start: int) -> int:  # noqa: ANN401 - by operator
        if name in {"LITERAL", "NOT_LITERAL", "ANY", "IN"}:
            end = self._place()
            self._takes[start] = (self._characters(name, argument), end)
            return end
        if name in {"GROUPREF", "GROUPREF_EXISTS"}:
            self.refers_back = True
        if name.endswith("_REPEAT"):
            low, high, body = argument
            return self._repeat(low, high, body, start)
        parts = _parts(name, argument)
        if not parts:
            return start
        end = self._place()
        for part in parts:
            self._free[self._sequence(part, self._way(start))].append(end)
        return self._way(end)

    def _way(self, start: int) -> int:
        """Return a new place that is reached from *start* for free."""
        place = self._place()
        self._free[start].append(place)
        return place

    def _repeat(self, low: int, high: int, body: _Tree, start: int) -> int:
        for _ in range(min(int(low), 2)):
            start = self._sequence(body, self._way(start))
        if int(high) == int(low):
            return self._way(start)
        end = self._place()
        self._free[start].append(end)
        inner = self._way(start)
        last = self._sequence(body, inner)
        self._free[last].append(end)
        if int(high) > max(_MANY, int(low)):
            self._free[last].append(inner)
        return self._way(end)

    def _characters(self, name: str, argument: Any) -> frozenset[str]:  # noqa: ANN401
        """Return the samples that a node takes."""
        if name == "ANY":
            return self._samples - {"\n"}
        if name != "IN":
            found = self._samples & {chr(argument)}
            return found if name == "LITERAL" else self._samples - found
        items = [(str(operator), value) for operator, value in argument]
        found = frozenset(char for char in self._samples if _any_takes(items, char))
        return self._samples - found if ("NEGATE", None) in items else found

    def _next(self, place: int) -> dict[int, int]:
        """Return the places that take a character next, and by how many free ways (at most 2)."""
        ways: dict[int, int] = {}
        stack = [(place, frozenset({place}))]
        for _ in range(_MAX_WAYS):
            if not stack:
                return ways
            here, path = stack.pop()
            if here in self._takes:
                ways[here] = min(ways.get(here, 0) + 1, 2)
            stack += [(there, path | {there}) for there in self._free[here] if there not in path]
        self.entangled = True
        return ways

    def _twofold(self, steps: dict[int, dict[int, int]], loops: frozenset[int]) -> bool:
        """Return whether some place can be reached from itself in two ways by the same text."""
        if any(
            count > 1 and there in loops and here in _reached(steps, there)
            for here in loops
            for there, count in steps[here].items()
        ):
            return True
        pairs = self._pairs(steps, loops)
        split = {pair for pair in pairs if pair[0] != pair[1]}
        return any(
            pair[0] == pair[1] and any(pair in _reached(pairs, other) for other in met & split)
            for pair in pairs
            if pair[0] == pair[1]
            for met in [_reached(pairs, pair)]
        )

    def _pairs(
        self, steps: dict[int, dict[int, int]], loops: frozenset[int]
    ) -> dict[tuple[int, int], set[tuple[int, int]]]:
        """Return where two readers of the same text can go, pair by pair of their places."""
        together = {
            (a, b)
            for a in loops
            for b in loops
            if a <= b and not self._takes[a][0].isdisjoint(self._takes[b][0])
        }
        return {
            (a, b): {(min(c, d), max(c, d)) for c in steps[a] for d in steps[b]} & together
            for a, b in together
        }


def _any_takes(items: Iterable[tuple[str, Any]], char: str) -> bool:
    return any(
        (name == "LITERAL" and ord(char) == value)
        or (name == "RANGE" and value[0] <= ord(char) <= value[1])
        or (name == "CATEGORY" and re.match(_CATEGORIES[str(value)], char) is not None)
        for name, value in items
    )


def _edges(tree: _Tree) -> Iterator[set[str]]:
    """Yield the characters at which the classes of a pattern begin and end."""
    for operator, argument in tree:
        name = str(operator)
        if name in {"LITERAL", "NOT_LITERAL"}:
            yield {chr(argument)}
        elif name == "IN":
            yield from _edges([item for item in argument if str(item[0]) == "LITERAL"])
            yield {chr(end) for kind, ends in argument if str(kind) == "RANGE" for end in ends}
        for part in _parts(name, argument):
            yield from _edges(part)


def _looping(steps: dict[int, dict[int, int]]) -> frozenset[int]:
    """Return the places that can be reached from themselves."""
    return frozenset(place for place in steps if place in _reached(steps, place))


def _reached(graph: Any, start: Any) -> set[Any]:  # noqa: ANN401 - places or pairs of them
    """Return what can be reached from *start* in one step or more."""
    found: set[Any] = set()
    stack = [start]
    while stack:
        for there in graph[stack.pop()]:
            if there not in found:
                found.add(there)
                stack.append(there)
    return found

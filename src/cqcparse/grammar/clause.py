"""Clauses: who does what to whom around a verb, read from the row of noun phrases and verb groups.

The row has a letter for each chunk, see :attr:`cqcparse.grammar.layers.Layers.chunks`, so that a
clause is found by a few bounded patterns: forwards for what follows the verb, and over the
reversed row for what stands in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from cqcparse.grammar.layers import Layers, core

Voice: TypeAlias = Literal["active", "passive", "participle"]
#: The first and the last token of something.
Range: TypeAlias = tuple[int, int]

ValueT = TypeVar("ValueT")

#: A noun phrase with its "of" phrase, and a list of them that no other verb has for a subject.
_PHRASE = "(?:n(?:on)?|q)"
_LIST = f"{_PHRASE}(?:(?:y{_PHRASE}){{0,9}}y?c{_PHRASE}(?!a?[vx]|yr))?"
_OBJECTS = re.compile(f"a{{0,2}}(?P<one>{_LIST})?(?P<two>{_LIST})?")
_TAIL = re.compile(f"(?:a|y(?=[bwfmthi]n))?(?P<by>[bwfmthi])(?P<what>{_LIST})")
#: Reversed: the words in front of a verb, nearest first. A noun phrase may have others hang on it,
#: which stand nearer; a list must not begin with what is another verb's object.
_CHAIN = "n(?:[owfmthi]n){0,3}"
_SUBJECT = re.compile(
    "a{0,2}(?:"
    f"(?P<relative>r)y?(?P<described>{_CHAIN})"
    f"|y[^ysk]{{1,12}}?ry(?P<aside>{_CHAIN})"  # "Halcyon, which opened in May, ran"
    f"|y(?:no)?ny(?P<explained>{_CHAIN})(?=[sykc]|$)"  # "Halcyon, a local charity, ran"
    f"|y{_CHAIN}[bwfmthi]y(?P<apart>{_CHAIN})"  # "Halcyon, with council money, ran"
    f"|{_CHAIN}bv(?P<reduced>{_CHAIN})"  # "a club run by Halcyon had closed"
    f"|(?P<listed>(?:no)?ncy?(?:no)?n(?:y(?:no)?n){{0,9}})(?![vyobwfmthi])"
    f"|(?P<plain>{_CHAIN})(?:ry?(?P<object>{_CHAIN}))?"
    "|(?P<joined>[cyk]))"
)
#: Reversed: who is to do what an infinitive says, and the verb or preposition in front.
_CONTROL = re.compile("(?P<who>n(?:on)?)[vtf]")
#: Reversed: what a participle hangs on.
_HANGS = re.compile(
    f"a{{0,2}}y?(?:(?P<listed>(?:no)?ncy?(?:no)?n(?:y(?:no)?n){{0,9}})(?![vybwfmthi])"
    f"|(?P<chain>{_CHAIN}))"
)
_DEPTH = 4
#: No other verb is looked for further away than this, in chunks; it keeps the work linear.
_FAR = 40
#: How far in front of an infinitive its intention stands, in words: "plans jointly to".
_NEAR = 3


class _Once(Generic[ValueT]):
    """A property that is read once; without the lock that makes `cached_property` slow."""

    def __init__(self, read: Callable[[Any], ValueT]) -> None:
        self._read = read
        self.__doc__ = read.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, clause: Any, owner: type) -> ValueT:  # noqa: ANN401 - any class
        value = clause.__dict__[self._name] = self._read(clause)
        return value


class Clause:
    """A verb with its arguments, each the range of its tokens. What is not asked is not read.

    Args:
        layers: The document.
        chunk: Index of the chunk that is its verb group.
        depth: How many verbs in front may be asked for their subject.
    """

    def __init__(self, layers: Layers, chunk: int, depth: int) -> None:
        self._layers = layers
        self._chunk = chunk
        self._depth = depth
        self._first, verb = layers.extent(chunk)
        #: Index of the verb.
        self.verb = verb
        self._low = layers.low[verb]
        self._row = layers.chunks
        #: The auxiliaries and adverbs in front of the verb.
        self._front = layers.low[self._first : verb]
        #: Whether one of them is an auxiliary, or "to".
        self._is_finite = "X" in layers.tags[self._first : verb] or self._front[:1] == ["to"]

    @_Once
    def voice(self) -> Voice:
        """A participle is a passive without auxiliary: "a club run by Halcyon"."""
        if self._low.endswith("ing"):
            return "active"
        if self._has("be"):
            return "passive"
        if self._is_finite or self._low in core().words["finite"] or not _is_past(self._low):
            return "active"
        before = self._before
        if self._objects["one"] or (before is not None and before["relative"]):
            return "active"
        by = self._row.startswith("b", self._chunk + 1)
        if before is not None and before["object"] and not by:
            return "active"  # "a service that a hospice provided"
        return "participle" if by or self._has_finite() else "active"

    @property
    def negated(self) -> bool:
        """Whether "not" or the like denies it."""
        return self._has("negation")

    @property
    def recent(self) -> bool:
        """Whether it was done "recently"."""
        return self._has("lately")

    @property
    def over(self) -> bool:
        """Whether it is done "no longer"."""
        return "longer" in self._front and "no" in self._front

    @property
    def ongoing(self) -> bool:
        """Whether it is under way: "is being built", "was procuring"."""
        return "being" in self._front or (self._low.endswith("ing") and self._has("be"))

    @_Once
    def future(self) -> bool:
        """Whether it is yet to come, or only possible: "will", "plans to", "is due to"."""
        return self._has("modal") or self.group[0] < self._first

    @_Once
    def group(self) -> Range:
        """The verb group, with the word that makes an infinitive an intention."""
        if self._front[:1] == ["to"]:
            intending, low = core().words["intending"], self._layers.low
            for place in range(max(self._first - _NEAR, 0), self._first):
                if low[place] in intending:
                    return place, self.verb
        return self._first, self.verb

    @_Once
    def tails(self) -> Mapping[str, Range]:
        """What stands behind a preposition, by that word."""
        found: dict[str, Range] = {}
        place = self._objects.end()
        while (tail := _TAIL.match(self._row, place)) and len(found) <= _DEPTH:
            word = self._layers.low[self._layers.chunk_starts[tail.start("by")]]
            found.setdefault(word, self._named_behind(self._range(tail, "what"), tail.end()))
            place = tail.end()
        return found

    @property
    def goal(self) -> Range | None:
        """Who gets it: the first of two objects."""
        twice = self.voice == "active" and self._objects["two"]
        return self._range(self._objects, "one") if twice else None

    @_Once
    def agent(self) -> Range | None:
        """Who does it: the subject, or what stands behind "by" in a passive."""
        return self._subject() if self.voice == "active" else self.tails.get("by")

    @_Once
    def theme(self) -> tuple[Range, ...]:
        """What it is done to: the object, the subject of a passive, what a relative hangs on.

        Of several, each hangs on the one in front of it: "a hub for carers run by ...".
        """
        if self.voice == "active":
            hung = self._chain(self._before, "object")
            objects = self._objects
            if not objects["one"]:
                return hung
            one = self._range(objects, "two" if objects["two"] else "one")
            # "the café that Halcyon hosted each week"
            return hung if hung and self._layers.low[one[1]] in core().words["times"] else (one,)
        return self._undergone()

    def _has(self, words: str) -> bool:
        return bool(self._front) and not core().words[words].isdisjoint(self._front)

    @_Once
    def _before(self) -> re.Match[str] | None:
        return _SUBJECT.match(self._layers.reversed_chunks, len(self._row) - self._chunk)

    @_Once
    def _objects(self) -> re.Match[str]:
        match = _OBJECTS.match(self._row, self._chunk + 1)
        assert match is not None  # noqa: S101 - the pattern may be empty
        return match

    def _has_finite(self) -> bool:
        """Return whether another verb of the sentence is its finite one."""
        row, layers = self._row, self._layers
        floor, ceiling = max(self._chunk - _FAR, 0), min(self._chunk + _FAR, len(row))
        start = max(
            row.rfind("s", floor, self._chunk), row.rfind("k", floor, self._chunk), floor - 1
        )
        ends = [place for x in "sk" if (place := row.find(x, self._chunk, ceiling)) >= 0]
        for place in range(start + 1, min(ends, default=ceiling)):
            if place == self._chunk or row[place] not in "vx":
                continue
            if row[place - 1] == "c" and place > self._chunk:
                continue  # "stepped in and ran": both are
            first, verb = layers.extent(place)
            low = layers.low[verb]
            done = row[place] == "x" or first < verb or not _is_past(low)
            if done and layers.low[first] != "to" and not low.endswith("ing"):
                return True
        return False

    def _subject(self) -> Range | None:
        before = self._before
        if self._front[:1] == ["to"]:
            return self._controller()
        ing = self._low.endswith("ing") and not self._front
        if before is None or before["joined"]:
            return None if before and ing else self._earlier()
        name = before.lastgroup if before.lastgroup != "object" else "plain"
        chain = self._chain(before, name or "")
        if name == "described":
            return self._named(chain[-1])
        if name == "explained":
            return self._better_named(chain[0])
        return chain[0] if chain else None

    def _undergone(self) -> tuple[Range, ...]:
        """Return the theme of a passive."""
        if self.voice == "participle":
            reverse = self._layers.reversed_chunks
            hangs = _HANGS.match(reverse, len(self._row) - self._chunk)
            if hangs:
                return self._chain(hangs, "listed" if hangs["listed"] else "chain")
        before = self._before
        if before is None or before["joined"] or self._front[:1] == ["to"]:
            earlier = self._earlier()
            return (earlier,) if earlier else ()
        name = before.lastgroup if before.lastgroup != "object" else "plain"
        return self._chain(before, name or "")

    def _named_behind(self, phrase: Range, chunk: int) -> Range:
        """Return the name that follows what it explains: "from one provider, Total Voice"."""
        caps = self._layers.caps
        if caps[phrase[0]] or not self._row.startswith("yn", chunk):
            return phrase
        first, last = self._layers.extent(chunk + 1)
        apart = self._row[chunk + 2 : chunk + 3] in ("y", "s")
        return (first, last) if apart and caps[first] and caps[last] else phrase

    def _better_named(self, phrase: Range) -> Range:
        """Return the name of the two in "Halcyon, a local charity," or the other way round."""
        near = self._layers.extent(self._layers.chunk_at(phrase[1]) + 2)
        caps = self._layers.caps
        return near if caps[near[1]] and caps[near[0]] and not caps[phrase[1]] else phrase

    def _named(self, phrase: Range) -> Range:
        """Return the name that *phrase* explains: "Halcyon, a local charity, which ran"."""
        chunk = self._layers.chunk_at(phrase[0])
        indefinite = self._layers.low[phrase[0]] in ("a", "an")
        explains = indefinite and self._row[chunk - 2 : chunk] == "ny"
        return self._layers.extent(chunk - 2) if explains else phrase

    def _controller(self) -> Range | None:
        """Return who is to do what an infinitive says.

        That is the object of a verb such as "fund" or "ask", or what stands behind "for" or "to" in
        front of it; else the subject of the verb before.
        """
        match = _CONTROL.match(self._layers.reversed_chunks, len(self._row) - self._chunk)
        if match:
            governor = len(self._row) - match.end()
            low = self._layers.low[self._layers.extent(governor)[1]]
            who = self._chain(match, "who")[0]
            named = self._layers.caps[who[0]] and low in ("use", "used", "uses", "using")
            if self._row[governor] != "v" or named or low in core().words["causative"]:
                return who
        return self._earlier()

    def _earlier(self) -> Range | None:
        """Return the subject of the nearest verb in front."""
        if not self._depth:
            return None
        floor = max(self._chunk - _FAR, 0)
        start = max(self._row.rfind("s", floor, self._chunk), floor - 1)
        place = max(self._row.rfind(x, start + 1, self._chunk) for x in "vx")
        if place < 0:
            return None
        clause = clause_at(self._layers, place, self._depth - 1)
        if clause.voice == "active":
            return clause.agent
        return clause.theme[0] if clause.theme else None

    def _chain(self, match: re.Match[str] | None, name: str) -> tuple[Range, ...]:
        """Return the noun phrases of a reversed chain, first one first; a list is one."""
        if match is None or not match[name]:
            return ()
        size = len(self._row)
        first, last = size - match.end(name), size - match.start(name) - 1
        if name == "listed":
            return (self._between(first, last),)
        ranges = []
        while first <= last:
            wide = first + 2 if self._row.startswith("non", first) and first + 2 <= last else first
            ranges.append(self._between(first, wide))
            first = wide + 2
        return tuple(ranges)

    def _range(self, match: re.Match[str], name: str) -> Range:
        return self._between(match.start(name), match.end(name) - 1)

    def _between(self, first: int, last: int) -> Range:
        return self._layers.extent(first)[0], self._layers.extent(last)[1]


def clause_at(layers: Layers, chunk: int, depth: int = _DEPTH) -> Clause:
    """Return the clause around a verb; there is one for each.

    Args:
        layers: A document.
        chunk: Index of the chunk that is its verb group.
        depth: How many verbs in front may be asked for their subject.
    """
    found = layers.clauses.get(chunk)
    if found is None:
        found = layers.clauses[chunk] = Clause(layers, chunk, depth)
    return found


def _is_past(low: str) -> bool:
    return low.endswith("ed") or low in core().words["participle_forms"]

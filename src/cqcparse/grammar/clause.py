"""Clauses: who does what to whom around a verb, read from the row of noun phrases and verb groups.

The row has a letter for each chunk, see :attr:`cqcparse.grammar.layers.Layers.chunks`, so that a
clause is found by a few bounded patterns: forwards for what follows the verb, and over the
reversed row for what stands in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from cqcparse.grammar.layers import Layers, core

Voice: TypeAlias = Literal["active", "passive", "participle"]
#: The first and the last token of something.
Range: TypeAlias = tuple[int, int]

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
    f"|{_CHAIN}bv(?P<reduced>{_CHAIN})"  # "a club run by Halcyon had closed"
    f"|(?P<listed>(?:no)?ncy?(?:no)?n(?:y(?:no)?n){{0,9}})(?![vyobwfmthi])"
    f"|(?P<plain>{_CHAIN})(?:ry?(?P<object>{_CHAIN}))?"
    "|(?P<joined>[cyk]))"
)
#: Reversed: who is to do what an infinitive says, and the verb or preposition in front.
_CONTROL = re.compile("(?P<who>n(?:on)?)[vtf]")
#: Reversed: what a participle hangs on.
_HANGS = re.compile(f"y?(?P<chain>{_CHAIN})")
_DEPTH = 4
#: How far in front of an infinitive its intention stands, in words: "plans jointly to".
_NEAR = 3


class Clause(NamedTuple):
    """A verb with its arguments; each is the range of its tokens."""

    #: Index of the verb.
    verb: int
    #: Its verb group, with the word that makes an infinitive an intention: "planned to open".
    group: Range
    voice: Voice
    #: Whether "not" or the like denies it.
    negated: bool
    #: Whether it is yet to come: "will", "plans to", "is due to".
    future: bool
    #: Whether it is done "no longer".
    over: bool
    #: Whether it is under way: "is being built", "was procuring".
    ongoing: bool
    #: Who does it: the subject, or what stands behind "by" in a passive.
    agent: Range | None
    #: What it is done to: the object, the subject of a passive, what a relative clause hangs on.
    #: Of several, each hangs on the one in front of it: "a hub for carers run by ...".
    theme: tuple[Range, ...]
    #: Who gets it: the first of two objects.
    goal: Range | None
    #: What stands behind a preposition, by that word.
    tails: Mapping[str, Range]
    #: Whether an active verb has no object.
    intransitive: bool


def clause_at(layers: Layers, chunk: int, depth: int = _DEPTH) -> Clause:
    """Return the clause around a verb; it is read once.

    Args:
        layers: A document.
        chunk: Index of the chunk that is its verb group.
        depth: How many verbs in front may be asked for their subject.
    """
    found = layers.clauses.get(chunk)
    if found is None:
        found = layers.clauses[chunk] = _Reader(layers, chunk, depth).clause()
    return found


class _Reader:
    """Reads one clause."""

    def __init__(self, layers: Layers, chunk: int, depth: int) -> None:
        self._layers = layers
        self._chunk = chunk
        self._depth = depth
        self._first, self._verb = layers.extent(chunk)
        self._row = layers.chunks
        self._front = layers.low[self._first : self._verb]

    def clause(self) -> Clause:
        """Return it."""
        words = core().words
        one, two, tails = self._behind()
        before = self._before()
        voice = self._voice(one is not None, before)
        negated = not words["negation"].isdisjoint(self._front)
        agent: Range | None = None
        goal: Range | None = None
        theme: tuple[Range, ...] = ()
        if voice == "active":
            agent = self._agent(before)
            theme = (
                self._chain(before, "object") if one is None else ((one,) if not two else (two,))
            )
            goal = one if two else None
        else:
            theme = self._theme(before, voice)
            agent = tails.get("by")
        return Clause(
            verb=self._verb,
            group=(self._intention(), self._verb),
            voice=voice,
            negated=negated,
            future=self._is_future(),
            over=self._is_over(),
            ongoing=self._is_ongoing(),
            agent=agent,
            theme=theme,
            goal=goal,
            tails=tails,
            intransitive=voice == "active" and not theme,
        )

    def _voice(self, has_object: bool, before: re.Match[str] | None) -> Voice:  # noqa: FBT001
        words, low = core().words, self._layers.low[self._verb]
        if low.endswith("ing"):
            return "active"
        if not words["be"].isdisjoint(self._front):
            return "passive"
        if self._front or low in words["finite"] or not _is_past(low):
            return "active"
        if before is not None and before["relative"]:
            return "active"
        if has_object:
            return "active"
        by = self._row.startswith("b", self._chunk + 1)
        return "participle" if by or self._has_finite() else "active"

    def _has_finite(self) -> bool:
        """Return whether another verb of the sentence is its finite one."""
        start = max(self._row.rfind("s", 0, self._chunk), self._row.rfind("k", 0, self._chunk))
        ends = [place for place in (self._row.find(x, self._chunk) for x in "sk") if place >= 0]
        segment = range(start + 1, min(ends, default=len(self._row)))
        for place in segment:
            if place == self._chunk or self._row[place] not in "vx":
                continue
            if self._row[place - 1] == "c" and place > self._chunk:
                continue  # "stepped in and ran": both are
            first, verb = self._layers.extent(place)
            low = self._layers.low[verb]
            done = self._row[place] == "x" or first < verb or not _is_past(low)
            if done and self._layers.low[first] != "to" and not low.endswith("ing"):
                return True
        return False

    def _before(self) -> re.Match[str] | None:
        return _SUBJECT.match(self._layers.reversed_chunks, len(self._row) - self._chunk)

    def _behind(self) -> tuple[Range | None, Range | None, dict[str, Range]]:
        """Return the objects, and what stands behind prepositions."""
        match = _OBJECTS.match(self._row, self._chunk + 1)
        assert match is not None  # noqa: S101 - the pattern may be empty
        tails: dict[str, Range] = {}
        place = match.end()
        while (tail := _TAIL.match(self._row, place)) and len(tails) < _DEPTH + 2:
            word = self._layers.low[self._layers.chunk_starts[tail.start("by")]]
            tails.setdefault(word, self._range(tail, "what"))
            place = tail.end()
        one = self._range(match, "one") if match["one"] else None
        two = self._range(match, "two") if match["two"] else None
        return one, two, tails

    def _agent(self, before: re.Match[str] | None) -> Range | None:
        if self._front[:1] == ["to"] or self._front[:2] == ["used", "to"]:
            return self._controller()
        ing = self._layers.low[self._verb].endswith("ing") and not self._front
        if before is None or (before["joined"] and not ing):
            return self._earlier()
        for name in ("described", "aside", "explained", "reduced", "listed", "plain"):
            if before[name]:
                chain = self._chain(before, name)
                return self._named(chain[-1]) if name == "described" else chain[0]
        return None

    def _named(self, phrase: Range) -> Range:
        """Return the name that *phrase* explains: "Halcyon, a local charity, which ran"."""
        chunk = self._layers.chunk_at(phrase[0])
        explains = (
            self._layers.low[phrase[0]] in ("a", "an") and self._row[chunk - 2 : chunk] == "ny"
        )
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
            if self._row[governor] != "v" or low in core().words["causative"]:
                return self._chain(match, "who")[0]
        return self._earlier()

    def _theme(self, before: re.Match[str] | None, voice: Voice) -> tuple[Range, ...]:
        if voice == "participle":
            hangs = _HANGS.match(self._layers.reversed_chunks, len(self._row) - self._chunk)
            if hangs:
                return self._chain(hangs, "chain")
        if before is None or before["joined"] or self._front[:1] == ["to"]:
            earlier = self._earlier()
            return (earlier,) if earlier else ()
        for name in ("described", "aside", "explained", "reduced", "listed", "plain"):
            if before[name]:
                return self._chain(before, name)
        return ()

    def _earlier(self) -> Range | None:
        """Return the subject of the nearest verb in front."""
        if not self._depth:
            return None
        start = self._row.rfind("s", 0, self._chunk)
        place = max(self._row.rfind(x, start + 1, self._chunk) for x in "vx")
        if place < 0:
            return None
        clause = clause_at(self._layers, place, self._depth - 1)
        if clause.voice == "active" or clause.intransitive:
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

    def _is_over(self) -> bool:
        return "longer" in self._front and "no" in self._front

    def _is_ongoing(self) -> bool:
        ing = self._layers.low[self._verb].endswith("ing")
        be = core().words["be"]
        return "being" in self._front or (ing and not be.isdisjoint(self._front))

    def _is_future(self) -> bool:
        modal = not core().words["modal"].isdisjoint(self._front)
        return modal or self._intention() < self._first

    def _intention(self) -> int:
        """Return the word in front of an infinitive that makes it an intention, or its first."""
        if self._front[:1] == ["to"]:
            intending, low = core().words["intending"], self._layers.low
            for place in range(max(self._first - _NEAR, 0), self._first):
                if low[place] in intending:
                    return place
        return self._first


def _is_past(low: str) -> bool:
    return low.endswith("ed") or low in core().words["participle_forms"]

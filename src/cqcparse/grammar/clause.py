"""Clauses: who does what to whom around a verb, read from the row of noun phrases and verb groups.

The row has a letter for each chunk, see :attr:`cqcparse.grammar.layers.Chunks.chunks`, so that a
clause is found by a few bounded patterns: forwards for what follows the verb, and over the
reversed row for what stands in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, TypeAlias

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.core import core
from cqcparse.grammar.phrase_ends import (
    LASTS,
    OBJECTS,
    REACH,
    explained_by,
    fine_chunks,
    is_past,
    last_of,
    tails_at,
)

Voice: TypeAlias = Literal["active", "passive", "participle"]
#: The first and the last token of something.
Range: TypeAlias = tuple[int, int]

#: Reversed: the words in front of a verb, nearest first. A noun phrase may have others hang on it,
#: which stand nearer; a list must not begin with what is another verb's object.
_CHAIN = "(?:nc(?=n[owfmthi])|q[owfmthi])?n(?:[owfmthi]n){0,3}"
_SUBJECT = re.compile(
    "(?:ana(?=n))?a{0,2}(?:"  # "breaks (£75,000 a year) were"
    f"(?P<relative>r)(?:o[nqa])?y?a?(?P<described>{_CHAIN})"
    "|(?P<asked>r)(?=[^ny])"  # "about who should pay"
    # "Halcyon, which opened in May, ran", "a pathway, designed with Mind, had"
    f"|y[^ysk]{{1,12}}?(?:r[bwfmthi]?|ka?|v(?=y{_CHAIN}(?:[sykcr]|$)))y"
    f"(?:(?P<those>(?:no)?nc(?:no)?n(?:y(?:no)?n){{0,4}}(?=[sk]|$))|(?P<aside>{_CHAIN}))"
    f"|y(?:n[owfmthic]){{0,4}}ny(?P<explained>{_CHAIN})(?=[sykc]|$)"  # "Mind, a charity, ran"
    # "Halcyon, with council money, ran", "telecare, such as sensors and alarms, was"
    f"|y(?:n[owfmthic]){{0,4}}n[obwfmthi]{{1,2}}a?y(?P<apart>{_CHAIN})"
    # "a man who cares for Ann had", "a club that Mind ran on Mondays had"
    f"|y?n?(?:{_CHAIN}[bwfmthik]?)?a{{0,2}}[vx](?:{_CHAIN})?r(?P<owner>{_CHAIN})"
    f"|(?:{_CHAIN}b|n(?:[owfmthi]n){{0,3}}[wfmthi])v(?P<reduced>{_CHAIN})"  # "run by Mind had"
    f"|[bwfmthi]?vq(?P<relied>{_CHAIN})"  # "the club they relied on had"
    f"|q(?P<contact>{_CHAIN})"  # "the grant it received"
    f"|(?:(?:ni(?=nc))?(?P<listed>n(?:c(?:no)?n(?:[yc](?:no)?n){{0,9}}|cy(?:no)?n(?:y(?:no)?n){{1,9}})(?:in(?=[sk]|$))?)"
    "(?![vxobwfmthi]|y(?!n(?:on)?[bwfmthi](?:[sk]|$)|[^sk]{1,12}k(?:[sy]|$)))"
    f"|(?P<plain>{_CHAIN}))(?:ry?(?P<object>{_CHAIN}))?"
    "|(?P<joined>[cyk]))"
)
#: Reversed: who is to do what an infinitive says, and the verb or preposition in front.
_CONTROL = re.compile("(?:n[wi]|n(?=nv))?(?P<who>n(?:on)?|q)[vtf]")
#: Reversed: what a participle hangs on.
_HANGS = re.compile(
    f"a{{0,2}}(?:y(?P<listed>(?:no)?ncy?(?:no)?n(?:y(?:no)?n){{0,9}})(?![vybwfmthi])"
    f"|y?a?(?P<chain>{_CHAIN}))"
)
#: Reversed: a preposition and its relative in front of the subject: "a body to which it paid".
_FRONTED = re.compile(f"[vx]?[^vxskryEB]{{1,9}}r(?P<by>[bwfmthi])a?y?a{{0,2}}(?P<what>{_CHAIN})")
#: What a sentence opens with and its first verb takes: "Through Halcyon, they ran a helpline".
_OPENED_BY = re.compile("(?P<by>[hw])(?P<what>n(?:[om]n)?)y[^vxs]*")
#: What a participle that opens a sentence is said of: "Funded by the ICB, the hub had beds".
_OPENS = re.compile("(?<![^s])v[^ysk]*y(?P<what>n)a?[vx]")
#: Reversed: in front of who does it, the verb: "run jointly with".
_AGENT_OF = re.compile("[bw][ia]?v")
_DEPTH = 5
#: Clauses of a document that are kept: they are asked for one behind the other, several times.
_MOST = 1024
#: How far in front of an infinitive its intention stands, in words: "plans jointly to".
_NEAR = 3


class Clause:
    """A verb with its arguments, each the range of its tokens. What is not asked is not read.

    Args:
        layers: The document.
        chunk: Index of the chunk that is its verb group.
        depth: How many verbs in front may be asked for their subject.
    """

    def __init__(self, layers: Chunks, chunk: int, depth: int) -> None:
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

    @cached_property
    def voice(self) -> Voice:
        """A participle is a passive without auxiliary: "a club run by Halcyon"."""
        if self._low.endswith("ing"):
            return "active"
        if self._has("be"):
            return "passive"
        if self._is_finite or self._low in core().words["finite"] or not is_past(self._low):
            return "active"
        before, row, chunk = self._before, self._row, self._chunk
        relative = before is not None and (before["relative"] or before["asked"])
        if self._objects["one"] or relative or row.startswith("q", chunk - 1):
            return "active"
        finite = fine_chunks(self._layers)[chunk] == "v"  # "a grant, given by the ICB, paid for"
        told = finite and before is not None and before["aside"]
        if row[chunk - 2 : chunk] == "ny" and row[max(chunk - 4, 0) : chunk] != "nyny" and not told:
            # "a post, funded from the grant, was", but "Halcyon, a charity, helped"
            return "participle"
        by = self.tails.get("by")
        if by and fine_chunks(self._layers)[self._layers.chunk_at(by[1])] != "d":
            return "participle"
        if row[chunk - 1] == "c" and self._goes_on():  # "which had 35 places and lasted 10 days"
            return "active"
        acts = before is not None and before["object"]  # "a grant that the ICB awarded to Mind"
        return "participle" if not acts and self._has_finite() else "active"

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
        return "longer" in self._front

    @property
    def still(self) -> bool:
        """Whether it goes on: "still runs", "was well established", "continued to run"."""
        low, staying = self._layers.low, core().words["staying"]
        continues = self._front[:1] == ["to"] and low[self._first - 1] in staying
        return not {"still", "well"}.isdisjoint(self._front) or self._low in staying or continues

    @property
    def pending(self) -> bool:
        """Whether it is yet to be: "had not yet opened"."""
        return self.negated and "yet" in self._front

    @property
    def possible(self) -> bool:
        """Whether it only can or might be: "could open"."""
        return self._has("possible")

    @property
    def ongoing(self) -> bool:
        """Whether it is under way: "is being built", "was procuring"."""
        return "being" in self._front[1:] or (self._low.endswith("ing") and self._has("be"))

    @cached_property
    def future(self) -> bool:
        """Whether it is yet to come: "will", "plans to", "is due to", or "to" behind what will."""
        if self._has("coming") or self.group[0] < self._first:
            return True
        front = {"about", "yet", *core().words["be"]}
        if self.aimed and self._layers.low[self._first - 1] in front:
            return True  # "was to open in May", "was about to open", "had yet to open"
        governor = self._governor if self.aimed else None
        return governor is not None and governor.future

    @property
    def aimed(self) -> bool:
        """Whether it is an infinitive that says what something is for; not "had to close"."""
        return self._front[:1] == ["to"] and self._layers.low[self._first - 1] != "had"

    @property
    def realised(self) -> bool:
        """Whether it is an infinitive of what was done: "helped it to open", "is able to run"."""
        governor = self._governor.verb if self._governor else self._first - 1
        front = {self._layers.low[self._first - 1], self._layers.low[governor]}
        return not core().words["realising"].isdisjoint(front)

    @property
    def phasing(self) -> bool:
        """Whether it says less: "had begun to offer", "at risk of closing", "since it opened"."""
        opens = self._layers.chunk_starts[max(last_of(self._row, "skr", self._chunk), 0)]
        since = self._layers.low[opens : opens + 2]
        if since[0] == "since" and since[-1] != "then" and self._layers.low[opens - 1] != ",":
            return True
        doing = self._low.endswith("ing") and self._row[self._chunk - 1] in "ofmti"
        active = self.voice == "active"
        return doing or (active and fine_chunks(self._layers)[self._chunk + 1] in "IG")

    @cached_property
    def _governor(self) -> Clause | None:
        """The verb in front in its clause."""
        place = last_of(self._row, "vxskr", self._chunk)
        return clause_at(self._layers, place) if self._row[place] in "vx" else None

    @cached_property
    def group(self) -> Range:
        """The verb group, with the word that makes an infinitive an intention."""
        if self._front[:1] == ["to"]:
            intending, low = core().words["intending"], self._layers.low
            for place in range(max(self._first - _NEAR, 0), self._first):
                if low[place] in intending:
                    return place, self.verb
        return self._first, self.verb

    @cached_property
    def tails(self) -> Mapping[str, Range]:
        """What stands behind a preposition, by that word; see ``Layers.tails``."""
        objects = self._objects
        place = max(objects.end("one"), objects.end("two"), self._chunk + 1)
        found = {
            word: self._named_behind(found, self._layers.chunk_at(found[1]) + 1)
            for word, found in tails_at(self._layers, place).items()
        }
        fronted = self._fronted
        if fronted:
            by = len(self._row) - fronted.end("by")
            word = self._layers.low[self._layers.extent(by)[0]]
            near = self._layers.extent(len(self._row) - fronted.start("what") - 1)
            # "a fund of £2m, through which": what is in front of the sum
            sized = self._layers.tags[near[1]] == "M"
            found.setdefault(word, self._chain(fronted, "what")[-1] if sized else near)
        start = last_of(self._row, "s", self._chunk) + 1
        if self._row[start] in "hw" and (
            opens := _OPENED_BY.fullmatch(self._row, start, self._chunk)
        ):
            opening = self._layers.low[self._layers.extent(start)[0]]
            found[f"opening {opening}"] = self._range(opens, "what")
        return found

    @cached_property
    def _fronted(self) -> re.Match[str] | None:
        return _FRONTED.match(self._layers.reversed_chunks, len(self._row) - self._chunk)

    @property
    def goal(self) -> Range | None:
        """Who gets it: the first of two objects; with a passive its subject."""
        if self.voice == "active":
            given = self._objects["two"] and self._gap is None
            one = self._range(self._objects, "one")
            return self._named_behind(one, self._objects.end("one")) if given else None
        if self._before is not None and self._before["contact"]:
            return self._earlier()  # "a man said the £150 he was given"
        undergone = self._undergone() if self._objects["one"] else ()
        return undergone[0] if undergone else None

    @cached_property
    def agent(self) -> Range | None:
        """Who does it: the subject, or what stands behind "by" in a passive."""
        return self._subject() if self.voice == "active" else self.tails.get("by")

    @cached_property
    def theme(self) -> tuple[Range, ...]:
        """What it is done to: the object, the subject of a passive, what a relative hangs on.

        Of several, each hangs on the one in front of it: "a hub for carers run by ...".
        """
        objects = self._objects
        is_said = self._low in core().words["stative"]  # "the helplines were new services"
        if self.voice != "active" and (is_said or not objects["one"]):
            return self._undergone()
        if objects["one"]:
            if self._gap is not None:
                return (self._between(objects.start("one"), self._gap - 1),)
            return (self._range(objects, "two" if objects["two"] else "one"),)
        before = self._before
        front = "contact" if before and before["contact"] else "object"
        hung = self._chain(before, front)
        lasts = LASTS.match(fine_chunks(self._layers), self._chunk + 1)
        return hung or ((self._range(lasts, "one"),) if lasts else ())

    @cached_property
    def apart(self) -> tuple[Range, ...]:
        """What else it may be done to: what explains the theme, or the subject before a comma.

        "Wye Court, a small unit, was run by"; "a club opened with £9,000 of grants, run by Mind".
        """
        row, found = self._row, []
        if self.theme and (name := self._named(self.theme[0])) != self.theme[0]:
            found.append(name)
        hangs = self.voice == "participle" or (self.voice == "passive" and self.aimed)
        if hangs and row[self._chunk - 1] == "y" and (far := self._earlier()):
            found.append(far)
        return tuple(found)

    @property
    def hangs(self) -> bool:
        """Whether it hangs on a noun: "who were paid", "hosted by Mind"."""
        return self.voice == "participle" or bool(self._before and self._before["relative"])

    @property
    def beyond(self) -> tuple[Range, ...]:
        """What a relative may hang on if not on what is right in front of it.

        "a home owned by the Wye Group, which had closed"; "our reablement team, Steps, which ran".
        """
        layers, row = self._layers, self._row
        fine = fine_chunks(layers)
        told = last_of(fine, "skr", self._chunk)
        near = told - 1 - (row[told - 1] == "y")
        if (
            near < 0
            or fine[told] != "r"
            or row[near] != "n"
            or not layers.caps[layers.extent(near)[1]]
        ):
            return ()
        if row[near - 2 : near] == "ny":
            return (layers.extent(near - 2),)
        hung = _AGENT_OF.match(layers.reversed_chunks, len(row) - near)
        if hung is None or not self._depth:
            return ()
        clause = clause_at(layers, len(row) - hung.end(), self._depth - 1)
        return (*clause.theme, *clause.apart)

    @property
    def place(self) -> Range | None:
        """What "where" or "through which" in front of its subject hangs on.

        As "a hub where Mind saw 12 people", "a scheme through which Mind saw 12".
        """
        fronted = self._fronted
        if fronted and fronted["by"] in "hi":
            return self._named(self._chain(fronted, "what")[-1])
        fine = fine_chunks(self._layers)
        where = last_of(fine, "skry", self._chunk)
        told = self._layers.low[self._layers.extent(max(where, 0))[0]] == "where"
        hung = where - 1 - (fine[where - 1] == "y")
        return self._named(self._layers.extent(hung)) if told and fine[hung] == "n" else None

    def role(self, name: str) -> Range | None:
        """Return what fills a role: ``agent``, ``goal``, ``theme`` or a preposition."""
        if name == "agent":
            return self.agent
        if name == "goal":
            return self.goal
        if name == "theme":
            return self.theme[0] if self.theme else None
        if name == "beside":  # "worked with Halcyon to provide"
            governor = self._governor if self.aimed else None
            return governor.tails.get("with") if governor else None
        if name == "it":  # "but it had been spent"
            meant = self.voice == "passive" and self._layers.low[self._first - 1] == "it"
            return (self._first - 1, self._first - 1) if meant else None
        return self.tails.get(name)

    def _has(self, words: str) -> bool:
        return bool(self._front) and not core().words[words].isdisjoint(self._front)

    @cached_property
    def _before(self) -> re.Match[str] | None:
        return _SUBJECT.match(self._layers.reversed_chunks, len(self._row) - self._chunk)

    @cached_property
    def _objects(self) -> re.Match[str]:
        match = OBJECTS.match(fine_chunks(self._layers), self._chunk + 1)
        assert match is not None  # noqa: S101 - the pattern may be empty
        return match

    @cached_property
    def _gap(self) -> int | None:
        """Where a clause goes on without its verb: "gave half and the ICB the rest"."""
        objects, layers = self._objects, self._layers
        rest = objects["two"] and layers.extent(objects.end("two") - 1)[1]
        if not rest or not (layers.tags[rest] == "M" or layers.low[rest] in core().words["rest"]):
            return None
        cut = self._row.rfind("c", objects.start("one"), objects.end("one"))
        return cut if cut >= 0 else None

    def _goes_on(self) -> bool:
        """Return whether the verb in front in its clause is finite, and active."""
        fine = fine_chunks(self._layers)
        place = last_of(fine, "skrvx", self._chunk)
        if place < 0 or fine[place] not in "vx" or not self._depth:
            return False
        return clause_at(self._layers, place, self._depth - 1).voice == "active"

    def _has_finite(self) -> bool:
        """Return whether another verb of the sentence is its finite one."""
        row, layers = self._row, self._layers
        start = last_of(row, "skry", self._chunk)
        reach = min(self._chunk + REACH, len(row))
        # "although the ICB paid for it, the charity ran"
        stops = "sky" if start >= 0 and row[start] == "k" else "sk"
        ends = [end for end in (row.find(x, self._chunk, reach) for x in stops) if end >= 0]
        for place in range(start + 1, min(ends, default=reach)):
            if place == self._chunk or row[place] not in "vx":
                continue
            if row[place - 1] == "c" and place > self._chunk:
                continue  # "stepped in and ran": both are
            if fine_chunks(layers)[place - 2 : place + 1] in ("InB", "GnB"):
                continue  # "to help people leave hospital"
            first, verb = layers.extent(place)
            low = layers.low[verb]
            told = fine_chunks(layers)[place] == "v" and "c" not in row[self._chunk : place]
            done = row[place] == "x" or told or first < verb or not is_past(low)
            if done and layers.low[first] != "to" and not low.endswith("ing"):
                return True
        return False

    def _subject(self) -> Range | None:
        before, front = self._before, self._first - 1
        if self._front[:1] == ["to"]:
            return self._controller()
        if self._layers.low[front] in ("nobody", "anyone", "someone"):
            return front, front
        ing = self._low.endswith("ing") and not self._front
        if before is None or before["contact"] or before["joined"]:
            return None if before and before["joined"] and ing else self._earlier()
        name = self._kind_of(before)
        chain = self._chain(before, name)
        if name in ("described", "owner"):
            return self._named(chain[0 if name == "owner" else -1])
        return chain[0] if chain else None

    def _undergone(self) -> tuple[Range, ...]:
        """Return the theme of a passive."""
        if self.voice == "participle" or self._front[:1] == ["to"]:
            reverse = self._layers.reversed_chunks
            hangs = _HANGS.match(reverse, len(self._row) - self._chunk)
            if hangs and fine_chunks(self._layers)[self._chunk - 1] != "d":
                return self._chain(hangs, "listed" if hangs["listed"] else "chain")
            if opens := _OPENS.match(self._row, self._chunk):
                return (self._range(opens, "what"),)
        before = self._before
        if before is None or before["joined"] or self._front[:1] == ["to"]:
            if earlier := self._earlier():
                return (earlier,)
            chunk = self._chunk - 1
            return (self._layers.extent(chunk),) if self._row[chunk : chunk + 1] == "q" else ()
        kind = self._kind_of(before)
        chain = self._chain(before, kind)
        if kind == "described":  # "22 homes on a mark, which was funded": the one that agrees
            chain = tuple(sorted(chain, key=self._disagrees_in_number))
        return (self._named(chain[0]),) if kind == "owner" else chain

    def _kind_of(self, before: re.Match[str]) -> str:
        kind = before.lastgroup or ""
        return kind if kind != "object" else "listed" if before["listed"] else "plain"

    def _named_behind(self, phrase: Range, chunk: int) -> Range:
        """Return the name that follows what it explains: "from one provider, Total Voice".

        Behind a name it is the rest of a list: "by the Wye Centre, Mind and Age UK".
        """
        caps = self._layers.caps
        if not self._row.startswith("yn", chunk):
            return phrase
        first, last = self._layers.extent(chunk + 1)
        apart = self._row[chunk + 2 : chunk + 3] in ("y", "s")
        if not (apart and caps[first] and caps[last]):
            return phrase
        if caps[phrase[0]] or caps[phrase[1]]:
            return (phrase[0], last) if "and" in self._layers.low[first:last] else phrase
        return first, last

    def _named(self, phrase: Range) -> Range:
        """Return the name that *phrase* explains: "Halcyon, a local charity, which ran"."""
        named = explained_by(self._layers, self._layers.chunk_at(phrase[0]))
        return phrase if named is None else self._layers.extent(named)

    def _controller(self) -> Range | None:
        """Return who is to do what an infinitive says.

        That is the object of a verb such as "fund" or "ask", or what stands behind "for" or "to" in
        front of it; else the subject of the verb before.
        """
        reverse, place = self._layers.reversed_chunks, len(self._row) - self._chunk
        if self._layers.low[self._first - 1] == "due" and (
            hung := _HANGS.match(reverse, place + 1)
        ):
            return self._chain(hung, "listed" if hung["listed"] else "chain")[-1]
        match = _CONTROL.match(reverse, place)
        if match:
            governor = len(self._row) - match.end()
            low = self._layers.low[self._layers.extent(governor)[1]]
            who = self._chain(match, "who")[0]
            clause = clause_at(self._layers, governor, self._depth - 1)
            handed = self._row[governor] == "v" and clause.voice == "passive"
            if handed or "M" in self._layers.tags[who[0] : who[1] + 1]:
                return clause.goal or clause.agent  # "gave Mind £5,000 to run it"
            named = self._layers.caps[who[0]] and low in ("use", "used", "uses", "using")
            if self._row[governor] != "v" or named or low in core().words["causative"]:
                return who
        # "said that decisions to fund": nobody says whose.
        start = last_of(self._row, "skr", self._chunk)
        if start >= 0 and self._layers.low[self._layers.extent(start)[0]] == "yet":
            start -= 2  # "had yet to open"
        return self._earlier() if re.search("[vx]", self._row[start + 1 : self._chunk]) else None

    def _earlier(self) -> Range | None:
        """Return the subject of the nearest verb in front, of those that a pronoun may mean."""
        if not self._depth:
            return None
        start = last_of(self._row, "s", self._chunk)
        # A verb with a subject of its own does not take that of a participle within its clause.
        fine = fine_chunks(self._layers)
        kinds = "vxEB" if fine[self._chunk] in "vE" else "vxEBIG"
        # "trained checkers, who were paid, and received": the comma ends what hangs on the checkers
        closed = self._row[self._chunk - 2 : self._chunk] == "yc"
        place, tries = self._chunk, _DEPTH
        while tries and (place := max(fine.rfind(x, start + 1, place) for x in kinds)) >= 0:
            clause = clause_at(self._layers, place, self._depth - 1)
            if closed and clause.hangs:
                continue
            theme = clause.theme[0] if clause.voice != "active" and clause.theme else None
            found = clause.agent if clause.voice == "active" else clause.goal or theme
            if found is None or not self._disagrees(found):
                return found
            tries -= 1
        return None

    def _disagrees_in_number(self, phrase: Range) -> bool:
        """Return whether the verb is of one thing and the phrase of many, or the reverse."""
        last = self._layers.low[phrase[1]]
        plural = last.endswith("s") and not last.endswith("ss")
        words = ("was", "is", "has") if plural else ("were", "are", "have")
        return not set(words).isdisjoint(self._front)

    def _disagrees(self, phrase: Range) -> bool:
        """Return whether "it" or "they" in front of the verb cannot stand for *phrase*."""
        pronoun, last = self._layers.low[self._first - 1], self._layers.low[phrase[1]]
        if pronoun not in ("it", "they"):
            return False
        listed = "and" in self._layers.low[phrase[0] : phrase[1]]
        # A body may be both, "the council said they", and so may a name, "Mind said they".
        if pronoun == "they" and last in core().words["speakers"]:
            return True  # who leaders speak for is not said: "leaders told us they received £2m"
        named = phrase[0] < phrase[1] and self._layers.caps[phrase[1]]
        plural = last.endswith("s") and not last.endswith("ss")
        many = listed or (plural and not named) or last in core().words["many"]
        single = (
            not many and not self._layers.caps[phrase[1]] and last not in core().words["actors"]
        )
        return many if pronoun == "it" else single

    def _chain(self, match: re.Match[str] | None, name: str) -> tuple[Range, ...]:
        """Return the noun phrases of a reversed chain, first one first; a list is one."""
        if match is None or not match[name]:
            return ()
        size = len(self._row)
        first, last = size - match.end(name), size - match.start(name) - 1
        if name in ("listed", "those"):
            return (self._between(first, last),)
        ranges: list[Range] = []
        while first <= last:
            wide = first + 2 if self._row.startswith("non", first) and first + 2 <= last else first
            place = self._between(first, wide)
            opens = self._layers.low[place[0]] if self._row[first - 1] == "c" else ""
            beside = self._row[first - 3] == "w"  # "a pilot with two towns and the club run by"
            if ranges and (opens in ("a", "an") or (opens == "the" and beside)):
                ranges.clear()  # "lunch clubs and a helpline run by"
            ranges.append(place)
            first = wide + 2
        return tuple(ranges)

    def _range(self, match: re.Match[str], name: str) -> Range:
        return self._between(match.start(name), match.end(name) - 1)

    def _between(self, first: int, last: int) -> Range:
        return self._layers.extent(first)[0], self._layers.extent(last)[1]


def clause_at(layers: Chunks, chunk: int, depth: int = _DEPTH) -> Clause:
    """Return the clause around a verb; there is one for each.

    Args:
        layers: A document.
        chunk: Index of the chunk that is its verb group.
        depth: How many verbs in front may be asked for their subject.
    """
    found: Clause | None = layers.clauses.get((chunk, depth))
    if found is None:
        if len(layers.clauses) >= _MOST:
            layers.clauses.clear()
        found = layers.clauses[chunk, depth] = Clause(layers, chunk, depth)
    return found

"""Who stands in a noun phrase or a subject, as a voice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from cqcparse.grammar import Layers
from cqcparse_findings.mention import Voice
from cqcparse_findings.reading import MAIN, UNDER, Reading
from cqcparse_findings.words import tables, words

#: A pronoun, or somebody whom only the sentence before names.
CARRIED = "carried"

_PRONOUNS = frozenset(("they", "he", "she", "it"))
#: Between a subject and its verb these are passed over.
_ASIDE = frozenset(("nevertheless", "however", "themselves", "generally", "also", "both", "all"))
_ANYBODY = frozenset("a an one another those".split())
_NOBODY = frozenset(("we", "who", "you", "i"))
_BREAKS = frozenset("but that whereas ; because while although though when if".split())
#: Those who are named behind "of" these.
_PARTS = frozenset(
    """
all both several members member one some most number majority half quarter third quarters thirds
fifths tenths group groups many couple
""".split()
)
#: Members of these are whoever the sentence before told of.
_GATHERED = frozenset(("group", "forum"))
_MEMBERS = frozenset(("member", "members"))
#: Members with one of these are those whom a council is led by.
_ELECTED = frozenset(
    """
elected cabinet council councillor committee scrutiny lead leadership opposition executive
""".split()
)
#: Their managers are counted among them.
_OF_A_TEAM = frozenset(("team", "practice", "middle", "frontline", "locality"))
#: With one of these an officer leads.
_CHIEF = frozenset(("principal", "chief", "151", "monitoring"))
#: A name that ends like several persons is that of a body where its verb is of one.
_ONE = frozenset(("was", "is", "has"))
#: How far from the beginning of a sentence "we" stands in "those we spoke with", in words.
_MET = 7
_MEETING = frozenset("met spoke talked heard interviewed".split())
#: Measures of time, which open a sentence in front of its subject.
_TIMES = frozenset("year years month months week weeks time times day days instances cases".split())
#: Whoever does these speaks, whatever it is.
_SURELY = frozenset(("told", "said", "felt", "described"))
#: How words for those who work at something end.
_TRADES = ("ers", "ors", "ists", "ians")
_SOCIAL = frozenset(("worker", "workers"))
_WARDS = frozenset(("ward", "charge", "nursing"))
_ORGANISED = frozenset(("partners", "voluntary", "providers"))
_OTHER_AGENCIES = frozenset(("partner", "other", "statutory", "relevant"))


@cache
def _voices() -> Mapping[str, tuple[int, Voice]]:
    rows = enumerate(tables("voice")["voices"].items())
    return {
        word: (rank, cast("Voice", voice)) for rank, (voice, row) in rows for word in row.split()
    }


def names_provider(word: str) -> bool:
    """Return whether a word, in lower case, is one for a provider."""
    return _voices().get(word, (0, None))[1] == "providers"


class Speakers:
    """The voices of the noun phrases of a document.

    Args:
        layers: The document.
        partners: The voice of each word that is part of a partner, by its index.
    """

    def __init__(self, layers: Layers, partners: Mapping[int, Voice]) -> None:
        self._layers, self._partners = layers, partners
        self._low, self._tags = layers.low, layers.tags

    def holder(self, reading: Reading, end: int) -> tuple[int, str] | None:
        """Return where the subject in front of the verb at *end* begins, and its voice."""
        end = self._past_asides(reading, end)
        before = self._low[end - 1]
        if before in _NOBODY:
            return None
        if before == "and":  # "staff understood it and told us": of the first verb
            found = self.subject(reading.first, self._first_verb(reading, end) - 1)
            return (reading.first, found) if found and found != "data" else None
        start = self._start(reading, end)
        if self._points_back(reading, start, end):
            return (end - 1 if before in _PRONOUNS else start), CARRIED
        found = self.subject(start, end - 1) or self._listed(start, end)
        if found == "people" and self._layers.caps[end - 1] and self._low[end] in _ONE:
            found = "voluntary"  # "Wexcombe Carers was keen"
        return (start, found) if found else None

    def _past_asides(self, reading: Reading, end: int) -> int:
        """Return where the subject ends in front of a verb: "charities, though, said"."""
        low, first = self._low, reading.first
        while end > first + 1:
            if low[end - 1] in _ASIDE:
                end -= 1
            elif low[end - 1] == "," and end > first + 3 and low[end - 3] == ",":
                end -= 3
            else:
                break
        return end

    def _points_back(self, reading: Reading, start: int, end: int) -> bool:
        """Return whether the subject in front of *end* is one that a sentence before named."""
        low, tags, before = self._low, self._tags, self._low[end - 1]
        opens = end - 2 < reading.first or tags[end - 2] in ",.CKP" or low[end - 2] == "that"
        listed = opens and before in words("voice", "words", "pronouns")
        parted = start == end - 3 and low[end - 2] == "of"  # "half of them"
        return before in _PRONOUNS or listed or (parted and before in ("them", "these", "those"))

    def met(self, reading: Reading) -> tuple[int, str] | None:
        """Return where the name of those "we spoke with" begins in the subject, and their voice."""
        low, first = self._low, reading.first
        for place in range(first + 1, min(first + _MET, reading.last)):
            if low[place] == "we" and low[place + 1] in _MEETING:
                return first, self.subject(first, place - 1) or CARRIED
            if self._tags[place] in "XV":
                return None
        return None

    def _listed(self, start: int, end: int) -> str | None:
        """Return the voice of a subject that is no noun phrase of a known voice."""
        low, before = self._low, self._low[end - 1]
        if before[0].isdigit():
            return "people"  # "94% said"
        known = _voices().get(before)  # "the chair told us": a noun that may be a verb
        parted = self._tags.find("P", start, end - 1)
        if low[start + 1 : start + 3] == ["chair", "of"]:
            known = known or (0, "partners")
        if known and (parted < 0 or low[start + 1] in ("chair", "out")):
            return known[1]
        if low[end] not in _SURELY and low[end + 1] != "us":
            return None
        if low[start] in _ANYBODY:
            return CARRIED if low[start] == "those" else "people"
        if self._layers.caps[end - 1] and not before.endswith("s"):
            return "voluntary"  # a name: most bodies without a known kind are small
        return "staff" if before.endswith(_TRADES) else None

    def _first_verb(self, reading: Reading, end: int) -> int:
        """Return the index of the first verb of the main clause."""
        places = range(reading.first + 1, end)
        main = (i for i in places if self._tags[i] in "XV" and reading.clause(i) == MAIN)
        return next(main, end)

    def _start(self, reading: Reading, end: int) -> int:
        """Return where the clause of the verb at *end* begins."""
        low, tags = self._low, self._tags
        for j in range(end - 2, reading.first, -1):
            if low[j] in _BREAKS and not self._is_within(reading, j, end):
                return j + 1
            # "and" joins clauses, not parts of a subject, where a verb stands in front of it.
            if low[j] == "and" and any(
                tags[k] in "XV" and not low[k].endswith("ing") and reading.clause(k) == MAIN
                for k in range(reading.first, j)
            ):
                return j + 1
        return reading.first

    def _is_within(self, reading: Reading, j: int, end: int) -> bool:
        """Return whether a clause that opens at *j* is of a subject: "a home that had shut"."""
        relative = self._low[j] == "that" and reading.clause(j) == UNDER
        return relative and reading.clause(end) == MAIN

    def subject(self, start: int, end: int) -> str | None:
        """Return the voice of the subject from *start* to *end*: of its first noun phrase."""
        layers, row = self._layers, self._layers.chunks
        chunk = layers.chunk_at(start)
        while chunk < len(row) and layers.extent(chunk)[0] <= end:
            first, last = layers.extent(chunk)
            first, last = max(first, start), min(last, end)
            governed = first > start and row[chunk - 1] in "bwfmthio"
            if row[chunk] == "n" and not governed:
                voice = self._with_those_behind(chunk, first, last, end)
                listed = row.startswith("cn", chunk + 1)
                if voice or (self._low[last] not in _TIMES and not listed):
                    return voice
            chunk += 1
        return None

    def _with_those_behind(self, chunk: int, first: int, last: int, end: int) -> str | None:
        """Return the voice of a noun phrase, or of those behind it: "members of the team"."""
        low, row = self._low, self._layers.chunks
        voice = self.named(first, last)
        if row[chunk + 1 : chunk + 3] not in ("on", "in", "mn"):
            return voice
        behind = self._layers.extent(chunk + 2)
        if behind[1] > end:
            return voice
        other, joint = self.named(*behind), low[behind[0] - 1]
        if low[last] in _MEMBERS and joint == "of":
            return self._member_of(behind, other)
        if joint == "of" and (low[last] in _PARTS or low[last][0].isdigit()):
            return other
        if voice in ("staff", "leaders") and joint in ("at", "from") and other in _ORGANISED:
            return other
        return other if joint == "of" and other == "providers" and voice == "leaders" else voice

    def _member_of(self, body: tuple[int, int], voice: str | None) -> str | None:
        """Return the voice of the members of a body."""
        if not _ELECTED.isdisjoint(self._low[body[0] : body[1] + 1]):
            return "leaders"
        if self._low[body[1]] in _GATHERED:
            whose = (_voices().get(word.strip("'")) for word in self._low[body[0] : body[1]])
            return "people" if any(of and of[1] == "people" for of in whose) else CARRIED
        if voice is None:  # of a body with a name of its own
            return "people" if self._layers.caps[body[1]] else CARRIED
        return voice

    def named(self, first: int, last: int) -> str | None:
        """Return the voice of a noun phrase: that of its head, or of those whose they are."""
        low, head = self._low, last
        while head > first and self._tags[head] not in "NWVS":
            head -= 1
        for mark in ("(", "of", "for"):
            if mark in low[first + 1 : head]:
                whole = low.index(mark, first) - 1
                head = head if mark == "of" and low[whole] in _PARTS else whole
        while head > first and low[head].endswith("ing") and low[head - 1] in _voices():
            head -= 1  # "people living there"
        known = _voices().get(low[head])
        if low[head] in _MEMBERS or (low[head] == "committee" and "scrutiny" in low[first:head]):
            return self._members(first, head)
        if known is None or known[1] == "data":
            return self._partners.get(head) or (known and known[1])
        if known[1] == "staff" and not _CHIEF.isdisjoint(low[first:head]):
            return "leaders"
        if known[1] == "people":
            return "people" if _WARDS.isdisjoint(low[first:head]) else "partners"
        if low[head].startswith("agenc"):
            others = not _OTHER_AGENCIES.isdisjoint(low[first:head])
            return "partners" if others else "providers"
        return self._whose(known, first, head)

    def _members(self, first: int, head: int) -> str:
        """Return the voice of members, who are those of a body that is named before."""
        front = self._low[max(first - 1, 0) : head]  # "elected" may be read as a verb
        if not _ELECTED.isdisjoint(front):
            return "leaders"
        found = [_voices()[word] for word in front if word in _voices()]
        return min(found)[1] if found else CARRIED

    def _whose(self, known: tuple[int, Voice], first: int, head: int) -> Voice:
        """Return the voice of staff, managers or a body by the words in front of the head."""
        low = self._low
        if low[head] in _SOCIAL and low[head - 1] == "social":
            first = head - 1  # "hospital social workers" are the authority's
        public = known[1] == "leaders" and "public" in low[first:head]
        if not public:
            named = [self._partners[k] for k in range(first, head + 1) if k in self._partners]
            if "partners" in named or (named and known[1] in ("staff", "leaders")):
                return named[0]
            if named and "advocacy" not in low[first:head]:
                whole = low[head].startswith("organisation")  # "a disabled people's organisation"
                return "voluntary" if whole and named[0] == "people" else named[0]
        if not _OF_A_TEAM.isdisjoint(low[first:head]) and low[head].startswith("manager"):
            return "staff"
        found = [
            other
            for word in low[first : head + 1]
            for part in (word, word.split("-")[0])
            if (other := _voices().get(part.removesuffix("'s").removesuffix("'")))
            and other[1] not in ("data", "people")
            and not (word == "health" and (public or "mental" in low[first:head]))
        ]
        return min([known, *found])[1]

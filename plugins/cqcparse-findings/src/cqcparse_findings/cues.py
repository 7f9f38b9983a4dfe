"""Cues of polarity, and which of those in a sentence are what they seem."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

from cqcparse_findings.families import family
from cqcparse_findings.reading import Reading
from cqcparse_findings.words import Cues, Hit, Meaning, phrases, tables, verbs

#: What a cue counts that judges by itself; others count half of it.
STRONG = 2
#: What stands so far behind the beginning of a clause, in words, is not what it opens with.
LEADING = 8
#: The classes of cues that judge; others turn them, or say that nothing is judged.
JUDGING = frozenset(("good", "bad", "matter"))
#: Themes that count only where nothing stronger does.
_LIGHT = frozenset("help achieve improve together know act cost hints matters".split())
_BE = frozenset(("was", "were", "is", "are", "been", "be"))
#: Words that say by their form that something is not so, or too much or too little.
_LACKING = re.compile(
    r"(?:un(?!ivers|i[toq]|it)|mis|ill-)\w+(?:ed|ing|able|ful|ive|al|ant|ent|y)$"
    r"|(?:over|under)-?\w+(?:ed|spent)$"
)
#: What these open is seldom praise.
_OTHERWISE = frozenset(("however", "some", "others"))
_SAID = frozenset(("told", "said", "felt", "described"))
_NOT_LACKING = frozenset(
    """
unpaid unhurried united unusual unusually undertaking understanding underpinned underlying mission
missing unified unaffected unanimous unchanged underpinning uniting uncovered unwavering unavoidable
undergoing unfailing unfailingly undoubtedly unreservedly
""".split()
)


@cache
def polarity_cues() -> Cues:
    """Return the cues of polarity."""
    data = tables("polarity")
    meanings: dict[str, Meaning] = {}
    for cls, sign in (("good", 1), ("bad", -1)):
        for theme, listed in data[cls].items():
            if theme == "verbs":
                continue
            weight = 1 if theme in _LIGHT else STRONG
            meaning = Meaning("matter" if theme == "matters" else cls, sign * weight, theme)
            meanings |= dict.fromkeys(phrases(listed), meaning)
    for name in ("turn", "less", "fewer", "negation"):
        for phrase in phrases(data["turning"][name]):
            known = meanings.get(phrase) if name in ("turn", "fewer") else None
            meanings[phrase] = Meaning(name, known.weight, known.theme) if known else Meaning(name)
    for name in ("mixed", "plan", "idle", "describing"):
        meanings |= dict.fromkeys(phrases(data[name]["phrases"]), Meaning(name))
    for hint in phrases(data["plan"]["hints"]):
        meanings.setdefault(hint, Meaning("intent"))
    return Cues(meanings)


def find_cues(reading: Reading) -> list[Hit]:
    """Return the cues of a sentence, in order."""
    places = [m.start() for m in _OPENS.finditer(reading.letters, reading.first, reading.last + 1)]
    return polarity_cues().find(reading.low, places, reading.last)


_first = attrgetter("first")
_OPENS = family(lambda word: polarity_cues().opens(word))


def judging_hits(reading: Reading, found: Sequence[Hit], first: int, last: int) -> Iterator[Hit]:
    """Yield the cues that judge or turn here, in order, with the verbs that are good to do."""
    low, place = reading.low, first
    formed = [m.start() for m in _FORMED.finditer(reading.letters, first, last + 1)]
    formed.reverse()
    end = Hit("idle", 0, "", last + 1, last + 1)
    begin, behind = (bisect_left(found, place, key=_first) for place in (first, last + 1))
    for hit in (*found[begin:behind], end):
        while formed and formed[-1] < hit.first:
            i = formed.pop()
            if i < place:
                continue
            if low[i] not in _OTHERWISE:
                yield from _by_form(reading, i)
            elif _tells_otherwise(reading, i):
                yield Hit("bad", -1, "hints", i, i)
        place = hit.last + 1
        if _counts(reading, hit, first, last):
            purpose = (
                hit.cls == "good"
                and hit.first > first
                and reading.tags[hit.first] == "V"
                and reading.low[hit.first - 1] == "to"
            )
            yield hit._replace(weight=1) if purpose else hit


def _tells_otherwise(reading: Reading, i: int) -> bool:
    """Return whether "However" opens the sentence, or "some" are those who speak."""
    if reading.low[i] == "however":
        return i == reading.first
    said = not _SAID.isdisjoint(reading.low[i + 1 : i + LEADING])
    return said and (i == reading.first or reading.low[i - 1] in (",", "and"))


def _is_formed(word: str) -> bool:
    """Return whether a word that is no cue may judge: by its form, as a verb, or by its place."""
    lacks = _LACKING.match(word) is not None and word not in _NOT_LACKING
    return lacks or word in _OTHERWISE or word in verbs("polarity", "good", "verbs")


_FORMED = family(_is_formed)


def _by_form(reading: Reading, i: int) -> Iterator[Hit]:
    word = reading.low[i]
    if reading.layers.caps[i]:
        return
    passive = not _BE.isdisjoint(reading.low[max(reading.first, i - 2) : i])
    if reading.tags[i] == "V" and not passive and word in verbs("polarity", "good", "verbs"):
        yield Hit("good", 1, "act", i, i)
    elif _LACKING.match(word) and word not in _NOT_LACKING:
        yield Hit("bad", -STRONG, "form", i, i)


def _counts(reading: Reading, hit: Hit, first: int, last: int) -> bool:
    """Return whether a cue is what it seems: no name, no noun for a verb, no "how well"."""
    low, tags, at = reading.low, reading.tags, hit.first
    if hit.cls == "turn":
        return at < hit.last or tags[at] in "VJ"
    if low[at] in ("too", "few") and hit.first == hit.last:  # "they were few", "she came too"
        return hit.last < last and (tags[at + 1] in "JKQNV" or low[at + 1] == "of")
    if hit.cls not in JUDGING:
        return hit.cls != "idle"
    caps = reading.layers.caps
    named = caps[at] and (at > reading.first or (caps[at + 1] and tags[at + 1] == "N"))
    if named or (at > first and low[at - 1] == "how"):
        return False
    modifies = hit.last < last and tags[hit.last + 1] == "N"
    return not modifies or (hit.cls != "matter" and tags[hit.last] != "N") or hit.cls == "bad"

"""What the form of a sentence says: that something is so, was done, or is still to come."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, cast

from cqcparse_findings.families import family
from cqcparse_findings.mention import Polarity
from cqcparse_findings.reading import MAIN, Reading
from cqcparse_findings.words import verbs, words

_Form: TypeAlias = Literal["neutral", "strength", "done", "unclear"]

_AUXILIARY, _VERBAL = re.compile("X"), re.compile("[XV]")
_BE = frozenset(("was", "were", "is", "are"))
_HAVE = frozenset(("had", "has", "have"))
_SAYING = frozenset(("told", "said", "felt", "described"))
#: Behind "would" these wish or suppose, and plan nothing.
_WISHING = frozenset("like welcome have not prefer value otherwise".split())


def is_planned(reading: Reading, first: int, last: int) -> bool:
    """Return whether the main clause says what is intended or under way."""
    places = [match.start() for match in _AUXILIARY.finditer(reading.tags, first, last - 1)]
    places += [match.start() for match in _INTENDS.finditer(reading.letters, first, last - 1)]
    return any(reading.clause(i) == MAIN and _plans_at(reading, i, last) for i in places)


_INTENDS = family(lambda word: word in words("polarity", "plan", "intending"))


def _plans_at(reading: Reading, i: int, last: int) -> bool:
    low, word = reading.low, reading.low[i]
    if low[i + 1] == "to" and word in ("begun", "started", "beginning", "starting"):
        return low[i + 2] in verbs("polarity", "plan", "change")
    if word in ("would", "will"):
        return low[i + 1] not in _WISHING and "have" not in low[i + 2 : i + 4]
    if word in _BE:
        return _is_under_way(reading, i, last)
    return word in words("polarity", "plan", "intending") and _intends(reading, i)


def _is_under_way(reading: Reading, i: int, last: int) -> bool:
    """Return whether a form of "be" is that of a change: "was being reviewed", "was to open"."""
    low, tags = reading.low, reading.tags
    change, j = verbs("polarity", "plan", "change"), reading.past_adverbs(i + 1)
    if low[j] == "being":
        passive = verbs("polarity", "form", "passive")
        return low[j + 1] in change or (tags[j + 1] == "V" and low[j + 1] not in passive)
    if low[j] == "to" and j == i + 1:
        return tags[j + 1] in "VX"
    return low[j].endswith("ing") and low[j] in change and j < last


def _intends(reading: Reading, i: int) -> bool:
    low, tags, word = reading.low, reading.tags, reading.low[i]
    if low[i + 1] == "that":
        return word in ("hoped", "hope", "hopeful", "hoping")
    if word == "expected" and low[i - 1] in _BE:
        return False  # "demand was expected to rise"
    # "the life they wanted to lead"
    wished = word in ("wanted", "want", "hoped") and tags[i - 1] == "R" and tags[i - 2] == "N"
    return low[i + 1] == "to" and tags[i + 2] in "VXNJ" and not wished


def form_of(reading: Reading, first: int, last: int) -> Polarity | None:
    """Return what the form of the main clauses says where no word judges; None if nothing.

    What "had been" done was done for the better; who does a thing, what it is and what happens
    by habit is neutral.
    """
    forms = [
        form
        for match in _VERBAL.finditer(reading.tags, first, last + 1)
        if (form := _form_at(reading, match.start(), last))
    ]
    if "done" in forms:
        return "strength"
    if not forms or forms[0] == "unclear":
        return None
    # That something is so is for the form to say, but not what somebody makes of it.
    said = forms[0] == "neutral" and any(
        reading.low[i] in _SAYING and reading.clause(i) == MAIN for i in range(first, last)
    )
    return None if said else cast("Polarity", forms[0])


def _form_at(reading: Reading, i: int, last: int) -> _Form | None:
    """Return the form of the main verb at *i*; None if there is none."""
    low, tags = reading.low, reading.tags
    if not _is_main_verb(reading, i):
        return None
    if low[i] in _BE:
        return _being(reading, reading.past_adverbs(i + 1))
    if low[i] in _HAVE:
        return _having(reading, i, last)
    if tags[i] == "V" and tags[i - 1] != "C":
        return "neutral" if low[i] in verbs("polarity", "form", "active") else "strength"
    return "strength" if low[i] in ("could", "can") else None


def _being(reading: Reading, j: int) -> _Form:
    if reading.tags[j] == "V":
        by = reading.low[j + 1] == "by"
        described = by or reading.low[j] in verbs("polarity", "form", "passive")
        return "neutral" if described else "strength"
    return "neutral" if reading.tags[j] in "DN#QM" else "unclear"


def _having(reading: Reading, i: int, last: int) -> _Form:
    low, tags, j = reading.low, reading.tags, i + 1
    while j < last and (tags[j] == "K" or low[j] == "been"):
        j += 1
    if tags[j] == "V":
        return "neutral" if low[j] in verbs("polarity", "form", "event") else "done"
    return "strength" if tags[i + 1] == "D" else "neutral"


def _is_main_verb(reading: Reading, i: int) -> bool:
    low, tags = reading.low, reading.tags
    if reading.clause(i) != MAIN or tags[i] not in "XV" or low[i].endswith("ing"):
        return False
    if i > reading.first:
        behind = tags[i - 1] == "X" or (tags[i - 1] == "K" and tags[i - 2] == "X")
        if behind or low[i - 1] == "to":
            return False
    return low[i] not in verbs("polarity", "form", "say") and not _hangs(reading, i)


def _hangs(reading: Reading, i: int) -> bool:
    """Return whether the verb is a participle that hangs on a noun: "a pilot run by"."""
    if reading.tags[i] != "V":
        return False
    layers = reading.layers
    chunk = layers.chunk_at(i)
    return layers.chunks[chunk] == "v" and layers.clause(chunk).voice == "participle"

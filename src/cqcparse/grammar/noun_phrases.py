"""Whole noun phrases around a verb or preposition, with articles and what is coordinated."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cqcparse.grammar.acronyms import is_acronym
from cqcparse.grammar.phrases import right_edge
from cqcparse.grammar.tokens import Tokens, word_list

#: Classes of the words of a noun phrase; the last must be one of _HEADS.
_WORDS = frozenset("DQJNWSL#MT")
_HEADS = frozenset("NWSL#MTQ")
_LIMIT = 14
#: Nouns that only measure: what is meant stands behind their "of".
_PARTITIVES = word_list("clause", "partitive")
_APPROXIMATE = frozenset(
    "up to|more than|at least|less than|close to|just over|just under|about|around|nearly|over"
    "|under|approximately|almost".split("|")
)
_LINKS = word_list("clause", "link")
#: Words of measure that say how much of a thing is meant.
_SHARES = frozenset(("half", "third", "quarter", "rest", "remainder"))
_SIZING = frozenset(("extra", "additional", "further", "newly"))
_FOCUS = frozenset(("also", "only", "just", "even"))
_RELATIVES = frozenset(("who", "which"))
#: Heads of what a sum may be made of: "£95,000 in grant funding".
_MONEY = frozenset(
    "funding grant grants money investment savings fees payments total reserves income debt".split()
)
_POINTING = frozenset(("this", "these", "it", "them"))
_UNITS = frozenset(["year", "month", "week", "day", "annum", "quarter"])
_KEPT = frozenset(["own", "each", "every", "half", "further", "less", "more"])


class Phrase(NamedTuple):
    """A run of tokens, both ends included."""

    #: Index of the first token.
    first: int
    #: Index of the last token.
    last: int


def noun_phrase(tokens: Tokens, index: int, last: int) -> Phrase | None:
    """Return the noun phrase that begins at *index*, articles included, or None.

    A bracketed acronym behind it and, behind a word of measure, the phrase after "of" belong to
    it: "a share of the Better Care Fund (BCF)".

    Args:
        tokens: A paragraph.
        index: Index of its first word.
        last: Index of the last word it may have.
    """
    tags = tokens.tags
    end = _approximate(tokens, index, last)
    stop = min(last + 1, index + _LIMIT)
    while end < stop and (tags[end] in _WORDS or _modifier(tokens, end, stop)):
        if end > index and _breaks_off(tags[end], tags[end - 1]):
            break
        end += 1
    end -= 1
    while end >= index and not _may_end(tokens, index, end):
        end -= 1
    if end < index:
        return None
    end = with_acronym(tokens, _name_end(tokens, index, end))
    if end + 2 <= last and _measured(tokens, end):
        whole = noun_phrase(tokens, end + 2, last)
        end = whole.last if whole else end
    return Phrase(index, end)


def _breaks_off(tag: str, before: str) -> bool:
    """Return whether a word begins another phrase: an article, or "open" in "kept a team open"."""
    return (tag == "D" and before in "NWM#") or (tag == "J" and before == "N")


def _may_end(tokens: Tokens, first: int, index: int) -> bool:
    """Return whether the word at *index* may be the head of a phrase that begins at *first*."""
    if tokens.low[index] in _participles():
        return False
    if tokens.tags[index] == "V":
        return index > first and tokens.low[index - 1] in ("a", "an", "the")
    return tokens.tags[index] in _HEADS


def _approximate(tokens: Tokens, index: int, last: int) -> int:
    """Return the index behind "up to", "more than" or the like in front of a number."""
    for behind in (index + 2, index + 1):
        if behind > last or tokens.tags[behind] not in "#M":
            continue
        words = " ".join(tokens.low[index:behind])
        if words in _APPROXIMATE or (words == "between" and tokens.tags[behind] == "M"):
            return behind
    return index


def _name_end(tokens: Tokens, first: int, last: int) -> int:
    """Return the end of a name that goes on behind one of its words: "Institute for Health"."""
    for index in range(first, last + 1):
        end = right_edge(tokens, index)
        if end > last:
            return end
    if last + 2 < len(tokens) and _in_name(tokens, last + 1, first):
        following = noun_phrase(tokens, last + 2, len(tokens) - 1)
        return following.last if following else last
    return last


def coordinated(tokens: Tokens, phrase: Phrase, last: int) -> Phrase:
    """Return *phrase* with the noun phrases that "and", "or" or a list join to it.

    A conjunct that is the subject of another verb is not joined.

    Args:
        tokens: A paragraph.
        phrase: The first conjunct.
        last: Index of the last word it may have.
    """
    ends = [phrase.last]
    for conjunct, final in _conjuncts(tokens, phrase.last, last):
        ends.append(conjunct.last)
        if final:
            return Phrase(phrase.first, ends[-1])
    return phrase


def phrase_before(tokens: Tokens, end: int, floor: int, *, nearest: bool = False) -> Phrase | None:
    """Return the noun phrase whose words, or whose last "of" or "in" phrase, end at *end*.

    Args:
        tokens: A paragraph.
        end: Index of the last word.
        floor: Index it may not begin in front of.
        nearest: Whether phrases joined by a preposition are left out, as in front of "which".
    """
    if _is_rate(tokens, end, floor):
        end -= 2
    first = _start(tokens, end, floor)
    if first is None and tokens.low[end] in _POINTING and end > floor:
        first = end
    if first is None:
        return None
    phrase, alone = Phrase(first, end), None
    while phrase.first > floor:
        joined = tokens.tags[phrase.first - 1] in "C,"
        longer = _step_back(tokens, phrase, floor, nearest=nearest, joined=alone is not None)
        if longer is None:
            break
        alone = alone or (phrase if joined else None)
        phrase = longer
    if alone is not None and phrase.first > floor and tokens.tags[phrase.first - 1] in "XV":
        return alone
    return phrase


def _step_back(
    tokens: Tokens, phrase: Phrase, floor: int, *, nearest: bool, joined: bool
) -> Phrase | None:
    """Return *phrase* with what is joined to its front, or what it only describes, or None."""
    index = phrase.first - 1
    low = tokens.low[index]
    if tokens.tags[index] in "C,":
        start = _conjunct_before(tokens, index, floor, joined=joined)
        return None if start is None else Phrase(start, phrase.last)
    describes = low in _RELATIVES and not nearest
    linked = tokens.tags[index] == "P" and low in _LINKS and (low == "of" or not nearest)
    rated = linked and _is_rate(tokens, index - 1, floor)
    end = index - 3 if rated else index - 1
    if linked and low != "of" and tokens.low[end].removesuffix("s") in _UNITS:
        return None
    start = _start(tokens, end, floor) if describes or linked else None
    if start is None:
        return None
    measured = linked and (_measures(tokens, end) or right_edge(tokens, end) > end)
    return Phrase(start, phrase.last if measured else index - 1)


def trim(tokens: Tokens, phrase: Phrase) -> Phrase | None:
    """Return *phrase* without leading article, vague quantifier or pronoun, or None."""
    first, last = phrase
    while first <= last:
        if tokens.low[first] in _KEPT and first < last:
            break
        if (
            (tokens.tags[first] in "DQR" and not _owns(tokens, first))
            or tokens.low[first] in _FOCUS
            or _vague_measure(tokens, first, last)
            or (tokens.low[first] == "of" and first > phrase.first)
        ):
            first += 1
        else:
            break
    return Phrase(first, last) if first <= last else None


def with_acronym(tokens: Tokens, last: int) -> int:
    """Return *last*, or the index of the bracket that closes behind an acronym right after it."""
    if last + 3 < len(tokens) and tokens.tags[last + 1] == "(" and tokens.tags[last + 3] == ")":
        return last + 3 if is_acronym(tokens.word(last + 2)) else last
    return last


def time_adverbial(tokens: Tokens, index: int, last: int) -> int | None:
    """Return the index behind "a year", "each month" or the like at *index*, or None."""
    low = tokens.low
    if index >= last or low[index] not in ("a", "an", "each", "every", "per", "this", "last"):
        return None
    return index + 2 if low[index + 1] in _UNITS else None


def _conjuncts(tokens: Tokens, end: int, last: int) -> Iterator[tuple[Phrase, bool]]:
    """Yield the noun phrases joined behind *end*, and whether "and" or "or" joins them."""
    tags = tokens.tags
    listed = False
    while end < last:
        index = end + 1
        final = False
        if tags[index] == ",":
            index += 1
        if index <= last and tags[index] == "C":
            final = True
            index += 1
        if index == end + 1 or index > last:
            return
        conjunct = noun_phrase(tokens, index, last)
        # "A, B and C had closed" is one subject, "A and B, and C had closed" two clauses.
        one = listed and final and tags[index - 2] != ","
        if conjunct is None or (not one and _has_verb(tokens, conjunct.last + 1, last)):
            return
        listed = True
        yield conjunct, final
        end = conjunct.last


def _has_verb(tokens: Tokens, index: int, last: int) -> bool:
    """Return whether a finite verb stands at *index*."""
    while index <= last and tokens.tags[index] == "K":
        index += 1
    if index > last:
        return False
    low = tokens.low[index]
    if tokens.tags[index] == "X":
        return True
    if tokens.tags[index] != "V" or low.endswith("ing"):
        return False
    return not low.endswith("ed") or tokens.tags[index + 1 : index + 2] == ["D"]


def _is_rate(tokens: Tokens, end: int, floor: int) -> bool:
    """Return whether "a year" or the like behind a sum ends at *end*."""
    return end - 2 >= floor and tokens.low[end] in _UNITS and tokens.tags[end - 2] in "M#"


def _conjunct_before(tokens: Tokens, index: int, floor: int, *, joined: bool) -> int | None:
    """Return where the conjunct in front of a conjunction or comma at *index* begins, or None.

    What is the object of a verb, or stands in an adverbial phrase that opens the sentence, is no
    conjunct of what follows.
    """
    comma = tokens.tags[index] == ","
    if comma and not joined:
        return None
    listed = not comma and index > floor and tokens.tags[index - 1] == ","
    end = index - 2 if listed else index - 1
    start = _start(tokens, end, floor)
    if start is None or start == floor:
        return start
    before = start - 1
    counted = tokens.tags[start] == "#" and tokens.tags[before] == "N"
    if counted or tokens.tags[before] in "XV" or (comma and tokens.tags[before] in "PK"):
        return None
    return None if listed and tokens.tags[before] != "," else start


def _modifier(tokens: Tokens, index: int, stop: int) -> bool:
    """Return whether a participle at *index* modifies the noun behind it: "a newly opened hub"."""
    tags = tokens.tags
    if index + 1 >= stop or index == 0:
        return False
    if tags[index] == "K":
        return tags[index - 1] in "DQ" and tokens.low[index].endswith("ly")
    if tags[index] != "V":
        return False
    if tokens.low[index - 1] in ("a", "an", "the"):
        return tags[index + 1] in "NW" or not tokens.low[index].endswith(("ing", "ed"))
    sized = tags[index - 1] in "DQKJ" or tokens.low[index - 1] in _SIZING
    return sized and tags[index + 1] in "NW"


@cache
def _participles() -> frozenset[str]:
    """Return the participles that may modify a noun and never end a phrase."""
    words = word_list("participle", "adjective")
    return frozenset(word for word in words if word.endswith("ed") or word == "paid")


def _start(tokens: Tokens, end: int, floor: int) -> int | None:
    """Return where the simple noun phrase that ends at *end* begins, or None."""
    tags = tokens.tags
    if end < floor:
        return None
    if tags[end] == ")":
        end = _opening(tokens, end, floor) - 1
    if end < floor or tags[end] not in _HEADS:
        return None
    first = end
    while first > floor and end - first < _LIMIT:
        if tags[first] == "D" and not _owns(tokens, first):
            break
        if tags[first - 1] not in _WORDS and not _in_name(tokens, first - 1, floor):
            break
        if tags[first] == "#" and tokens.low[first - 1].endswith("s"):
            break
        if tags[first] == "M" and tags[first - 1] == "W":
            break
        if _relates(tokens, first - 1):
            break
        first -= 1
    return first


def _owns(tokens: Tokens, index: int) -> bool:
    """Return whether a possessive noun stands at *index*: "person's", "providers'"."""
    return tokens.low[index].endswith(("'s", "s'"))


def _relates(tokens: Tokens, index: int) -> bool:
    """Return whether "which" or "that" at *index* opens a relative clause."""
    if tokens.low[index] in ("which", "what"):
        return True
    return tokens.low[index] == "that" and index > 0 and tokens.tags[index - 1] in "NWVR"


def _in_name(tokens: Tokens, index: int, floor: int) -> bool:
    """Return whether a verb or "of" at *index* stands inside a name: "NHS Health Checks"."""
    if tokens.tags[index] in "VK":
        return index > floor and tokens.capitalised(index) and tokens.tags[index - 1] in "WN"
    return (
        index > floor
        and tokens.low[index] in ("of", "&")
        and tokens.capitalised(index - 1)
        and tokens.capitalised(index + 1)
    )


def _opening(tokens: Tokens, index: int, floor: int) -> int:
    while index > floor and tokens.tags[index] != "(":
        index -= 1
    return index


def _measured(tokens: Tokens, index: int) -> bool:
    """Return whether what the word at *index* measures follows: "half of", "£2m in funding"."""
    low, tags = tokens.low, tokens.tags
    if low[index + 1] == "of":
        return _measures(tokens, index)
    if low[index + 1] != "in" or tags[index] != "M":
        return False
    behind = slice(index + 2, index + 5)
    return "," not in tags[behind] and not _MONEY.isdisjoint(low[behind])


def _measures(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* only measures what stands behind its "of"."""
    return tokens.low[index] in _PARTITIVES or tokens.tags[index] in "Q#M"


def _vague_measure(tokens: Tokens, index: int, last: int) -> bool:
    """Return whether "range of" or the like stands at *index*, or a word that only sizes it."""
    following = [tokens.low[i] for i in range(index + 1, min(index + 3, last + 1))]
    if tokens.low[index].endswith("%"):
        return following[:1] == ["of"]
    if tokens.low[index] in ("rest", "remainder") and not following:
        return True
    if tokens.low[index] in _PARTITIVES:
        return following[:1] == ["of"] and tokens.low[index] not in _SHARES
    return (
        tokens.tags[index] == "J"
        and len(following) == 2
        and (following[0] in _PARTITIVES and following[1] == "of")
    )

"""Noun phrases: from a head noun leftwards over the words that say which one is meant."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cache

from cqcparse.grammar.tokens import Tokens, word_list

#: Classes that may stand in front of a head.
_INSIDE = frozenset("NWSL")
#: No phrase has more words than this in front of its head; keeps the work linear.
_LIMIT = 9
#: Nouns that begin a name when "of", "for" or "and" follows: "University of", "Institute for".
_OPEN_HEADS = frozenset(
    "university institute department ministry association office centre college society federation"
    " council church friends house institution academy faculty school borough".split()
)


def left_edge(tokens: Tokens, head: int, *, stop: Container[str] = (), money: bool = False) -> int:
    """Return the index of the first word of the phrase that ends in *head*.

    Words that narrow, names, numbers and lengths belong to the phrase; articles, possessives,
    quantifiers, words of status or judgement, verbs and prepositions do not.

    Args:
        tokens: A paragraph.
        head: Index of the head noun.
        stop: Further words, in lower case, that do not belong to the phrase.
        money: Whether a sum of money may stand at its front, as in "£4.5m capital grant".
    """
    tags, low, caps, breaks = tokens.tags, tokens.low, tokens.caps, _breaks()
    first = head
    floor = max(head - _LIMIT, 0)
    while first > floor:
        index = first - 1
        tag, word = tags[index], low[index]
        inside_name = caps[head] and caps[first] and first < head and not caps[index]
        if inside_name and tag not in "CP" and word not in _COMPASS:
            break
        if word in stop or (word in breaks and not _stays(tokens, index, head)):
            break
        if tag in _INSIDE:
            first = index
        elif tag == "#" or (tag == "M" and money):
            return index
        elif (tag == "C" and _inside_name(tokens, index)) or (
            tag == "P" and _of_name(tokens, index)
        ):
            first = index - 1
        elif tag in "JVRKQ" and _name_word(tokens, index):
            first = index
        else:
            break
    return first


def join_left(tokens: Tokens, first: int, shares: Callable[[int, int], bool]) -> int:
    """Return the first word of the phrase with the conjuncts in front that share its head.

    "health, voluntary and community partners" is one phrase: "health" and "voluntary" have no
    head of their own. A comma joins only in a list that "and" or "or" has opened.

    Args:
        tokens: A paragraph.
        first: Index of the first word of the last conjunct.
        shares: Says of the words from one index to another, both included, whether they have no
            head of their own.
    """
    tags = tokens.tags
    joined = False
    while first > 1:
        end = first - 1
        if tags[end] == "C" and not joined:
            end -= 1
            if end > 0 and tags[end] == ",":
                end -= 1
        elif tags[end] == "," and joined:
            end -= 1
        else:
            break
        start = left_edge(tokens, end)
        if tags[end] not in _INSIDE or not shares(start, end):
            break
        first, joined = start, True
    return first


def right_edge(tokens: Tokens, head: int) -> int:
    """Return the last word of a name that goes on behind *head*, as in "University of Leeds"."""
    if tokens.low[head] not in _OPEN_HEADS or not tokens.caps[head]:
        return head
    if tokens.low[head] in _COMPLETE and head and tokens.caps[head - 1]:
        return head
    last, index = head, head + 1
    while index < len(tokens) and index - head < _LIMIT:
        if tokens.tags[index] not in "PC" or tokens.low[index] not in _NAME_LINKS:
            break
        if tokens.tags[index] == "C" and tokens.low[head] in _SINGLE:
            break
        index += 1
        if index < len(tokens) and tokens.low[index] == "the":
            index += 1
        run = _capitalised_run(tokens, index)
        if run == index:
            break
        last, index = run - 1, run
    return last


def proper(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the words from *first* to *last* are written as a proper name.

    The first word of a sentence has a capital for another reason and does not count, unless
    another word behind it has one too.
    """
    capitals = [i for i in range(first, last + 1) if tokens.caps[i]]
    if not capitals or not tokens.caps[last]:
        return False
    return first > 0 and not sentence_start(tokens, first) if len(capitals) == 1 else True


def sentence_start(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* opens a sentence or a quotation."""
    return index == 0 or tokens.tags[index - 1] == "."


def _capitalised_run(tokens: Tokens, index: int) -> int:
    while index < len(tokens) and tokens.caps[index] and tokens.tags[index] != ".":
        index += 1
    return index


def _inside_name(tokens: Tokens, index: int) -> bool:
    """Return whether "and" at *index* joins two words of one name."""
    if not 0 < index < len(tokens) - 1:
        return False
    if tokens.low[index] == "or" or not tokens.caps[index + 1]:
        return False
    before = index - 1
    return (
        tokens.caps[before]
        and tokens.low[before] not in _name_ends()
        and (before == 0 or tokens.low[before - 1] not in _NAME_STARTS)
        and not tokens.word(before).isupper()
        and not sentence_start(tokens, before)
    )


def _of_name(tokens: Tokens, index: int) -> bool:
    """Return whether "of" at *index* joins two words of one name, as in "Heart of England"."""
    return (
        tokens.low[index] == "of"
        and index > 0
        and tokens.caps[index - 1]
        and tokens.caps[index + 1]
        and not sentence_start(tokens, index - 1)
        and tokens.low[index - 1] not in _breaks() | _OPEN_HEADS
        and tokens.low[index - 1].removesuffix("s") not in _POSTS
    )


def _name_word(tokens: Tokens, index: int) -> bool:
    """Return whether a word that is otherwise outside is here part of a name, by its capital."""
    return tokens.caps[index] and not sentence_start(tokens, index) and tokens.caps[index + 1]


def _stays(tokens: Tokens, index: int, head: int) -> bool:
    """Return whether a noun that usually ends a phrase belongs to it: "Fair Start Fund"."""
    named = tokens.caps[index] and tokens.caps[index + 1]
    return _adjacent_noun(tokens, index, head) or (named and not sentence_start(tokens, index))


def _adjacent_noun(tokens: Tokens, index: int, head: int) -> bool:
    return index == head - 1 and tokens.tags[index] == "N" and tokens.low[index] in _ADJACENT


_ADJACENT = frozenset(("people", "staff", "year", "time", "leaders", "professionals", "managers"))
#: Lower-case words that a capitalised name may begin with.
_COMPASS = frozenset(
    "north south east west mid north-west north-east south-west south-east central greater".split()
)
#: Words of posts: "Director of Public Health" is a person.
_POSTS = frozenset(
    "director head lead member manager officer chief leader chair secretary assistant cabinet"
    " portfolio".split()
)
#: How far a post may stand in front of the name of what it is responsible for, in words.
#: First words of bodies that go on with a place: "and" behind the place opens another name.
_NAME_STARTS = frozenset("healthwatch advice uk".split())
#: Open heads that end a name which began before them: "Nottingham Trent University".
_COMPLETE = frozenset("university college school church".split())
#: Open heads whose name holds no "and": what follows one is another body.
_SINGLE = frozenset("borough university college council church friends house school".split())
_NAME_LINKS = frozenset(("of", "for", "and", "in", "&"))


@cache
def _breaks() -> frozenset[str]:
    return word_list("noun", "breaks")


@cache
def _name_ends() -> frozenset[str]:
    return word_list("noun", "organisations")

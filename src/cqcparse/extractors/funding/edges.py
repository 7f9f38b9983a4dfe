"""Where a phrase for money begins: the words in front of its head that belong to it."""

from __future__ import annotations

from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.verbs import MOVING
from cqcparse.grammar import Tokens, left_edge, right_edge

_GIVE = frozenset(("give", "gives", "gave", "given", "giving", "paid", "awarded", "offered"))


def first_word(tokens: Tokens, head: int) -> int:
    """Return the first word of the phrase that ends in *head*, with a name or sum in front.

    Args:
        tokens: A paragraph.
        head: Index of the head noun.
    """
    first = _with_sum(tokens, left_edge(tokens, head, stop=heads.LOOSE, money=True))
    if first > 1 and tokens.low[first - 1] in heads.SEASONS:
        first = left_edge(tokens, first - 1, stop=heads.LOOSE, money=True)
    while first > 0 and narrows(tokens, first - 1):
        first -= 1
    if first > 0 and tokens.low[first - 1][0] == "£" and tokens.tags[first - 1] == "M":
        return first - 1
    if _given_to(tokens, first, head):
        return head
    return _without_owner(tokens, _with_name(tokens, first, head), head)


def narrows(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* narrows what follows, and is not its verb.

    Args:
        tokens: A paragraph.
        index: Index of the word in front of a phrase.
    """
    if tokens.low[index] not in heads.NARROWING:
        return tokens.low[index] in heads.OWNERS
    if tokens.tags[index] != "V" or index == 0:
        return True
    return tokens.tags[index - 1] not in "NWR" and tokens.low[index - 1] not in ("which", "that")


def _with_sum(tokens: Tokens, first: int) -> int:
    """Return *first*, or the start of a sum that it stands inside: "£1 million fund"."""
    while first > 0 and tokens.tags[first - 1] in "M#":
        if not heads.SCALES.intersection(tokens.low[first - 1 : first + 1]):
            break
        first -= 1
    return first


def _without_owner(tokens: Tokens, first: int, head: int) -> int:
    """Return *first*, or the word behind an owner or verb that is no part of the phrase."""
    owners = [i for i in range(first, head) if tokens.tags[i] == "S"]
    if owners and (not tokens.capitalised(head) or first < owners[-1] < head - 1):
        first = owners[-1] + 1
    if tokens.tags[first] == "#" and first and tokens.low[first - 1] in (":", "/"):
        first += 1
    if tokens.low[first] == "limited" and tokens.low[first - 1] in ("which", "that"):
        first += 1
    while first < head and tokens.low[first] in MOVING and tokens.tags[first - 1] != "D":
        first += 1
    return first


def _given_to(tokens: Tokens, first: int, head: int) -> bool:
    """Return whether those who are given money stand in front of it: "gave 12 groups grants"."""
    if first in (head, 0) or tokens.low[first - 1] not in _GIVE:
        return False
    taker = tokens.low[head - 1]
    return tokens.tags[head - 1] == "N" and taker.endswith("s") and not taker.endswith("ss")


def _with_name(tokens: Tokens, first: int, head: int) -> int:
    """Return *first*, or the start of a name that it ends: "Institute of Health funding"."""
    if first == head or not tokens.capitalised(first):
        return first
    first = left_edge(tokens, first)
    if first > 1 and right_edge(tokens, first - 2) >= first:
        return left_edge(tokens, first - 2)
    return first

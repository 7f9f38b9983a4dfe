"""Verb groups: a verb with its auxiliaries and adverbs, its voice and what denies it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from cqcparse.grammar.extents import CLAUSE_WORDS, is_gerund, is_past
from cqcparse.grammar.tokens import Tokens

Voice: TypeAlias = Literal["active", "passive", "participle", "infinitive", "gerund"]

_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
_NEGATIONS = frozenset(["not", "never", "cannot"])
#: Words in front of a past form that make it a predicate.
_SUBJECTS = frozenset(("who", "which", "that", "they", "it", "he", "she", "we", "and"))
#: Quantifiers that may stand between subject and verb: "they each paid half".
_FLOATING = frozenset(("each", "both", "all"))


@attrs.frozen(kw_only=True)
class VerbGroup:
    """A verb with the auxiliaries and adverbs in front of it."""

    #: Index of the first word.
    first: int
    #: Index of the verb itself.
    verb: int
    #: "participle" is a passive without auxiliary, as in "funds spent on care".
    voice: Voice
    #: Whether "to" stands in front, of a passive too ("to be funded").
    infinitive: bool = False
    #: Index of the word that denies it.
    negation: int | None = None


def verb_group(tokens: Tokens, verb: int, floor: int) -> VerbGroup:
    """Return the group of the verb at index *verb*.

    Args:
        tokens: A paragraph.
        verb: Index of the verb.
        floor: Index that its first word may not stand in front of.
    """
    tags, low = tokens.tags, tokens.low
    negation = auxiliary = None
    first = verb
    while first > floor and (tags[first - 1] == "X" or is_adverb(tokens, first - 1)):
        first -= 1
        if low[first] in _NEGATIONS or low[first].endswith("n't"):
            negation = first
        if tags[first] == "X" and auxiliary is None:
            auxiliary = low[first]
    if low[first - 2 : first] == ["no", "longer"] and first - 2 >= floor:
        first = negation = first - 2
    infinitive = first > floor and low[first - 1] == "to"
    if first - 1 > floor and low[first - 2 : first] == ["to", "both"]:
        first, infinitive = first - 1, True
    voice = _voice(tokens, verb, first, auxiliary, infinitive=infinitive)
    return VerbGroup(first=first, verb=verb, voice=voice, infinitive=infinitive, negation=negation)


def is_adverb(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* may stand between a subject, its verb and its object."""
    if tokens.low[index] in ("jointly", "fully", "partly"):
        return True
    if tokens.low[index] in _FLOATING:
        return index > 0 and tokens.tags[index - 1] in "NWR)"
    if tokens.low[index] == "then":
        return index > 0 and tokens.tags[index - 1] in "NWR)"
    if tokens.tags[index] == "K":
        return tokens.low[index] not in CLAUSE_WORDS
    return tokens.low[index] in ("grant", "part", "match") and tokens.low[
        index + 1 : index + 2
    ] == ["funded"]


def _voice(
    tokens: Tokens, verb: int, first: int, auxiliary: str | None, *, infinitive: bool
) -> Voice:
    if is_gerund(tokens, verb) or tokens.low[verb].endswith("ing"):
        return "active" if auxiliary in _BE else "gerund"
    if auxiliary is not None:
        return "passive" if auxiliary in _BE else "active"
    if infinitive:
        return "infinitive"
    if not is_past(tokens.low[verb]):
        return "active"
    if tokens.low[verb] in ("given", "forgone", "written", "taken"):
        return "participle"
    before = tokens.low[first - 1] if first else ""
    behind = verb + 1
    agent = tokens.low[behind : behind + 1] == ["by"]
    if before in _SUBJECTS and not (before == "and" and agent):
        return "active"
    if behind < len(tokens) and tokens.tags[behind] in "PV,.C":
        return "participle"
    return "active"

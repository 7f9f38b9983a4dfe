"""Tails: the prepositional phrases, infinitives and gerunds behind a verb or noun."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

import attrs

from cqcparse.grammar.extents import is_base_verb, is_gerund
from cqcparse.grammar.noun_phrases import Phrase, coordinated, noun_phrase, time_adverbial
from cqcparse.grammar.tokens import Tokens, word_list
from cqcparse.grammar.verb_groups import is_adverb

TailKind: TypeAlias = Literal["noun", "gerund", "infinitive"]

#: Words that belong to the verb in front of them.
PARTICLES = frozenset(("up", "out", "down", "on", "off", "back"))
#: Words behind a preposition whose noun stands in front of the verb: "paid for by".
_AGENTS = tuple([word] for word in ("by", "from", "out", "through", "until", "since", "in", "at"))
#: Adjectives and nouns that are verbs behind "to".
_ALSO_VERBS = frozenset(("act", "open", "clear", "free", "slow", "narrow", "complete", "better"))


@attrs.frozen(kw_only=True)
class Tail:
    """What follows a verb or noun: a prepositional phrase, an infinitive or a gerund."""

    #: The preposition, in lower case; empty for a bare gerund.
    preposition: str
    kind: TailKind
    #: The noun phrase with what is coordinated to it; of a verb, the verb alone.
    phrase: Phrase


def find_tails(tokens: Tokens, index: int, last: int) -> Iterator[Tail]:
    """Yield the phrases that hang on what ends before *index*, in order.

    An infinitive or gerund is the last: what follows belongs to it.

    Args:
        tokens: A paragraph.
        index: Index of the first word behind the verb, its objects, or the noun.
        last: Index of the last word of the sentence.
    """
    tags, low = tokens.tags, tokens.low
    while index <= last:
        skipped = time_adverbial(tokens, index, last)
        if low[index] == "each" and index < last and tags[index + 1] == "P":
            skipped = index + 1
        if skipped is not None or is_adverb(tokens, index):
            index = index + 1 if skipped is None else skipped
            continue
        if tags[index] != "P" and low[index] != "using":
            if is_gerund(tokens, index):
                yield Tail(preposition="", kind="gerund", phrase=Phrase(index, index))
            return
        preposition, index = _preposition(tokens, index, last)
        behind = index + 1
        while behind < last and is_adverb(tokens, behind):
            behind += 1
        verb = _tail_verb(tokens, preposition, behind, last)
        if verb is not None:
            yield Tail(preposition=preposition, kind=verb, phrase=Phrase(behind, behind))
            return
        phrase = noun_phrase(tokens, index + 1, last)
        if phrase is None:
            return
        phrase = coordinated(tokens, phrase, last)
        yield Tail(preposition=preposition, kind="noun", phrase=phrase)
        index = phrase.last + 1


def _preposition(tokens: Tokens, index: int, last: int) -> tuple[str, int]:
    """Return the preposition at *index* and the index of its last word.

    A particle of the verb in front of it is left out ("passed on to"), and so is a preposition
    whose noun stands in front of the verb ("paid for by").
    """
    low = tokens.low
    stranded = low[index] == "for" and low[index + 1 : index + 2] in _AGENTS
    led = index < last and tokens.tags[index + 1] == "P"
    if led and low[index : index + 2] != ["out", "of"] and (stranded or low[index] in PARTICLES):
        index += 1
    if low[index : index + 2] == ["out", "of"]:
        return "out of", index + 1
    return low[index], index


def _tail_verb(
    tokens: Tokens, preposition: str, index: int, last: int
) -> Literal["gerund", "infinitive"] | None:
    if index > last:
        return None
    if preposition == "to" and (is_base_verb(tokens, index) or _acts(tokens, index, last)):
        return "infinitive"
    return "gerund" if is_gerund(tokens, index) else None


def _acts(tokens: Tokens, index: int, last: int) -> bool:
    """Return whether a word behind "to" that may be a noun is a verb: "money to act on it"."""
    low = tokens.low[index]
    if index == last or not (low in _ALSO_VERBS or low in ambiguous_verbs()):
        return False
    return tokens.tags[index + 1] in "DPRJQ#N"


@cache
def ambiguous_verbs() -> frozenset[str]:
    """Return the verbs that are as often nouns."""
    return word_list("verb", "noun")

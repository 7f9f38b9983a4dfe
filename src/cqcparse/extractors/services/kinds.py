"""Types of services: read from the words of the name, else from the sentence."""

from __future__ import annotations

from collections.abc import Iterable

from cqcparse.extractors.services.terms import Term, Terms
from cqcparse.extractors.services.vocabulary import words
from cqcparse.grammar import Tokens

#: What a service does outranks whom it is for, which outranks how it is organised.
_RANKS = {
    **dict.fromkeys(
        (
            "reablement",
            "bridging",
            "step-down",
            "crisis",
            "advocacy",
            "emergency-duty",
            "hospital-discharge",
            "admission-avoidance",
            "intermediate-care",
            "occupational-therapy",
            "equipment-and-adaptations",
            "social-prescribing",
            "homelessness",
            "substance-misuse",
            "end-of-life",
            "safeguarding",
            "information-and-advice",
            "transitions",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "carers",
            "dementia",
            "learning-disability",
            "autism",
            "mental-health",
            "care-home",
            "home-care",
            "housing-support",
            "public-health",
            "prevention",
        ),
        1,
    ),
    "integrated-team": 2,
    "community": 3,
    "other": 4,
}


#: "Access" and "advice" say how people come to a service, which another word may name.
_WAYS_IN = "kind-contact"
#: "Out of hours" says when a service works, and what it does only where no other word does.
_HOURS = "kind-out-of-hours"


def type_of(terms: Iterable[Term], default: str | None = None) -> str | None:
    """Return the type that the terms of a name say, the first of the highest rank.

    Args:
        terms: In the order of the text.
        default: The type where they say none.
    """
    best = min(terms, key=_rank, default=None)
    return best.entry.type if best else default


def _rank(term: Term) -> int:
    if term.entry.id == _WAYS_IN:
        return _RANKS["carers"]
    if term.entry.id == _HOURS:
        return _RANKS["integrated-team"]
    return _RANKS[term.entry.type or "other"]


def is_silent(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether no word of the name says of what type it is."""
    return all(tokens.low[index] in words("silent") for index in range(first, last + 1))


def from_sentence(tokens: Tokens, terms: Terms, first: int, last: int) -> str | None:
    """Return the type that the sentence gives to a silent name: what follows it comes first.

    Args:
        tokens: The paragraph.
        terms: Its terms.
        first: First token of the name.
        last: Last token of the name.
    """
    for index in (*_forward(tokens, last + 1), *_backward(tokens, first - 1)):
        term = terms.at(index)
        if term and term.entry.type in words("from_sentence"):
            return term.entry.type
    return None


_REACH = 40


def _forward(tokens: Tokens, index: int) -> Iterable[int]:
    stop = min(index + _REACH, len(tokens))
    while index < stop and tokens.tags[index] != ".":
        yield index
        index += 1


def _backward(tokens: Tokens, index: int) -> Iterable[int]:
    stop = max(index - _REACH, -1)
    while index > stop and tokens.tags[index] != ".":
        yield index
        index -= 1

"""Attributes of services: how long they last, for how many they are, and who delivers them."""

from __future__ import annotations

import attrs

import cqcparse
from cqcparse.extractors.services.finding import Candidate
from cqcparse.extractors.services.providers import ProviderReader
from cqcparse.extractors.services.vocabulary import words
from cqcparse.grammar import Tokens, find_counts, find_durations, fold, sentence_start

#: How far behind a phrase its attributes may stand, in words; keeps the work linear.
_REACH = 12
#: Words between a preposition and the number of a length or size.
_NEAR = 6


@attrs.frozen(kw_only=True)
class Attributes:
    """What a sentence says of a service."""

    duration: cqcparse.Reading[cqcparse.Duration] | None = None
    capacity: cqcparse.Reading[cqcparse.Count] | None = None
    provider: cqcparse.Quote | None = None


def read_attributes(view: cqcparse.View, candidates: list[Candidate]) -> list[Attributes]:
    """Return what the sentences say of the *candidates* of one paragraph, in their order."""
    own = frozenset(fold(name) for name in view.authority_names)
    providers = ProviderReader(own, candidates).read()
    return [
        Attributes(duration=_duration(candidate), capacity=_capacity(candidate), provider=provider)
        for candidate, provider in zip(candidates, providers, strict=True)
    ]


def _duration(candidate: Candidate) -> cqcparse.Reading[cqcparse.Duration] | None:
    """Return the length in the name, or behind it after "for"."""
    tokens, span = candidate.tokens, candidate.span
    if "L" in tokens.tags[candidate.first : candidate.last]:
        return _length(tokens, span)
    after = candidate.last + 1
    provided = _provided(tokens, after)
    if provided is not None:
        return _length(tokens, tokens.span(provided, provided + 1))
    after = _past_supporting(tokens, after)
    if after < len(tokens) and tokens.low[after] in words("leads") and _is_given(candidate):
        end = tokens.ends[min(after + _NEAR, len(tokens) - 1)]
        for reading in find_durations(tokens.text, tokens.starts[after], end):
            if _follows(tokens, after, reading.span.start):
                return _without_limit(reading)
    return None


def _past_supporting(tokens: Tokens, index: int) -> int:
    """Return the word behind "supported people" at *index*, or *index*."""
    if tokens.low[index : index + 1] not in _SUPPORTING:
        return index
    after = index + 1
    while after < len(tokens) and after <= index + 2 and tokens.low[after] in words("sizes"):
        after += 1
    return after


_SUPPORTING = (["supported"], ["supports"], ["helped"], ["helps"], ["lasted"], ["lasts"])


def _is_given(candidate: Candidate) -> bool:
    """Return whether the service is not the object of a verb such as "interrupt" or "suspend"."""
    tokens, before = candidate.tokens, candidate.first - 1
    if before < 0 or tokens.tags[before] != "V":
        return True
    return tokens.low[before] in words("giving")


def _length(tokens: Tokens, span: cqcparse.Span) -> cqcparse.Reading[cqcparse.Duration] | None:
    """Return the first length in *span* but hours, which say how fast a service comes."""
    for reading in find_durations(tokens.text, span.start, span.end):
        if "hour" not in reading.text:
            return reading
    return None


def _provided(tokens: Tokens, index: int) -> int | None:
    """Return the length in "provided a 5-day service" behind a subject that ends at *index*."""
    stop = min(index + 2 * _REACH, len(tokens) - 2)
    while index < stop and tokens.tags[index] not in ".R":
        if tokens.low[index] in words("runs") and tokens.tags[index + 1] == "D":
            return index + 2 if tokens.tags[index + 2] == "L" else None
        index += 1
    return None


def _follows(tokens: Tokens, index: int, start: int) -> bool:
    """Return whether only words that lead to a quantity stand between *index* and *start*."""
    while index < len(tokens) and tokens.starts[index] < start:
        if tokens.low[index] not in words("leads") and tokens.tags[index] not in "DQJ":
            return False
        index += 1
    return True


def _without_limit(
    reading: cqcparse.Reading[cqcparse.Duration],
) -> cqcparse.Reading[cqcparse.Duration]:
    """Return the reading without "up to" in its words."""
    for limit in ("up to ", "Up to "):
        if reading.text.startswith(limit):
            span = cqcparse.Span(reading.span.start + len(limit), reading.span.end)
            return cqcparse.Reading(reading.text[len(limit) :], span, reading.value)
    return reading


def _capacity(candidate: Candidate) -> cqcparse.Reading[cqcparse.Count] | None:
    """Return how many people or places the service is for.

    That is said in its name ("14-bed unit"), behind it ("with 6 beds", "could take 12 people"),
    or by how many live there ("Thirty people lived with families through Shared Lives").
    """
    tokens, span = candidate.tokens, candidate.span
    sized = any(low[0].isdigit() for low in tokens.low[candidate.first : candidate.last])
    for reading in find_counts(tokens.text, span.start, span.end) if sized else ():
        if " " not in reading.text and reading.value and _ends_in_size(reading.value.unit):
            return reading
    start = _capacity_lead(candidate)
    if start is None:
        start = _residents(tokens, candidate.first)
    return None if start is None else _size_at(tokens, start)


def _size_at(tokens: Tokens, start: int) -> cqcparse.Reading[cqcparse.Count] | None:
    """Return the number of people or places at token *start*, if there is one."""
    if start >= len(tokens) or tokens.tags[start] not in "#NW":
        return None
    end = tokens.ends[min(start + 3, len(tokens) - 1)]
    for reading in find_counts(tokens.text, tokens.starts[start], end):
        unit = reading.value.unit if reading.value else ""
        if reading.span.start == tokens.starts[start] and _ends_in_size(unit):
            return reading
    return None


def _ends_in_size(unit: str) -> bool:
    return any(word in words("sizes") for word in unit.lower().split())


def _capacity_lead(candidate: Candidate) -> int | None:
    """Return the word behind "with", "for", "which had" or "could take": a number may follow."""
    tokens, index = candidate.tokens, candidate.last + 1
    if index >= len(tokens):
        return None
    if tokens.low[index] in ("with", "for", "supporting"):
        # Care is given "for 60 people" once; a place or a club is there for them.
        care = candidate.rule == "term" or tokens.low[index - 1] in ("care", "support")
        return None if tokens.low[index] == "for" and care else index + 1
    relative = index + (tokens.tags[index] == ",")
    pair = tokens.low[relative : relative + 2]
    if pair[:1] in (["which"], ["that"]) and pair[-1] in words("holding"):
        return relative + 2
    for place in range(index, min(index + _NEAR, len(tokens) - 2)):
        if tokens.tags[place] in ".,C":
            return None
        if tokens.low[place] in ("could", "can") and tokens.low[place + 1] in words("taking"):
            return place + 2
    return None


def _residents(tokens: Tokens, first: int) -> int | None:
    """Return the number that opens a sentence about who lives in the service."""
    if first < 1 or tokens.low[first - 1] not in ("through", "in"):
        return None
    start = first - 1
    while start > max(first - _REACH, 0) and not sentence_start(tokens, start):
        start -= 1
    lived = tokens.low[start + 2 : start + 3] == ["lived"]
    return start if lived and sentence_start(tokens, start) else None

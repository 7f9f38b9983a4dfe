"""Attributes of services: how long they last, for how many they are, and who delivers them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

import cqcparse
from cqcparse.extractors.services.finding import Candidate
from cqcparse.extractors.services.vocabulary import words
from cqcparse.language import Tokens, find_counts, find_durations, fold, left_edge

#: How far behind a phrase its attributes may stand, in words; keeps the work linear.
_REACH = 12
#: Words between a preposition and the number of a length or size.
_NEAR = 6
#: Classes of words between two objects of one verb.
_LISTING = frozenset("DCPNJQ#,")


@attrs.frozen(kw_only=True)
class Attributes:
    """What a sentence says of a service."""

    duration: cqcparse.Reading[cqcparse.Duration] | None = None
    capacity: cqcparse.Reading[cqcparse.Count] | None = None
    provider: cqcparse.Quote | None = None


def read_attributes(view: cqcparse.View, candidates: list[Candidate]) -> list[Attributes]:
    """Return what the sentences say of the *candidates* of one paragraph, in their order.

    What follows in a list has the provider of what it follows: "ran a lunch club and a helpline".
    """
    own = frozenset(fold(name) for name in view.authority_names)
    services = [candidate.span for candidate in candidates]
    read: list[Attributes] = []
    for place, candidate in enumerate(candidates):
        provider = _provider(candidate, own, services)
        if provider is None and place and _continues(candidates[place - 1], candidate):
            provider = read[-1].provider
        read.append(
            Attributes(
                duration=_duration(candidate), capacity=_capacity(candidate), provider=provider
            )
        )
    return read


def _continues(before: Candidate, candidate: Candidate) -> bool:
    """Return whether *candidate* is the next object of the verb that governs *before*."""
    tokens, between = candidate.tokens, range(before.last + 1, candidate.first)
    tags = [tokens.tags[index] for index in between]
    if len(tags) > _REACH or "C" not in tags or not set(tags) <= _LISTING:
        return False
    return next(_subjects(tokens, before.first), None) is not None


def _duration(candidate: Candidate) -> cqcparse.Reading[cqcparse.Duration] | None:
    """Return the length in the name, or behind it after "for"."""
    tokens, span = candidate.tokens, candidate.span
    if "L" in tokens.tags[candidate.first : candidate.last]:
        return _length(tokens, span)
    after = candidate.last + 1
    provided = _provided(tokens, after)
    if provided is not None:
        return _length(tokens, tokens.span(provided, provided + 1))
    if after < len(tokens) and tokens.low[after] in words("leads") and _is_given(candidate):
        end = tokens.ends[min(after + _NEAR, len(tokens) - 1)]
        for reading in find_durations(tokens.text, tokens.starts[after], end):
            if _follows(tokens, after, reading.span.start):
                return _without_limit(reading)
    return None


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
    """Return how many people or places the service is for: "with 6 beds", "for 12 people"."""
    tokens, after = candidate.tokens, candidate.last + 1
    if after >= len(tokens):
        return None
    start = _capacity_lead(tokens, after)
    if start is None or start >= len(tokens) or tokens.tags[start] not in "#N":
        return None
    end = tokens.ends[min(start + 3, len(tokens) - 1)]
    for reading in find_counts(tokens.text, tokens.starts[start], end):
        unit = reading.value.unit if reading.value else ""
        if reading.span.start == tokens.starts[start] and _ends_in_size(unit):
            return reading
    return None


def _ends_in_size(unit: str) -> bool:
    return any(word in words("sizes") for word in unit.lower().split())


def _capacity_lead(tokens: Tokens, index: int) -> int | None:
    """Return the word behind "with", "for" or "which had", where a number may stand."""
    if tokens.low[index] in ("with", "for", "supporting"):
        return index + 1
    relative = index + (tokens.tags[index] == ",")
    pair = tokens.low[relative : relative + 2]
    has = pair[:1] in (["which"], ["that"]) and pair[-1] in ("had", "has", "supported", "supports")
    return relative + 2 if has else None


def _provider(
    candidate: Candidate, own: frozenset[str], services: list[cqcparse.Span]
) -> cqcparse.Quote | None:
    """Return who delivers the service, unless that is the authority or one of its services."""
    tokens = candidate.tokens
    for first, last in (*_agents(tokens, candidate.last), *_subjects(tokens, candidate.first)):
        span = tokens.span(first, last)
        text = tokens.text[span.start : span.end]
        service = any(span.start < other.end and other.start < span.end for other in services)
        if not service and not _is_authority(tokens, first, last, fold(text), own):
            return cqcparse.Quote(text, span)
    return None


def _is_authority(tokens: Tokens, first: int, last: int, folded: str, own: frozenset[str]) -> bool:
    return (
        tokens.low[last] in words("nobody")
        or folded in own
        or tokens.low[first] == "in-house"
        or tokens.tags[last] not in "NWS#"
    )


def _agents(tokens: Tokens, last: int) -> Iterator[tuple[int, int]]:
    """Yield the phrases behind "by" in a passive of delivery whose subject ends at *last*."""
    stop = min(last + _REACH, len(tokens) - 1)
    delivering = False
    for index in range(last + 1, stop):
        tag, low = tokens.tags[index], tokens.low[index]
        if tag == "." or (tag == "R" and low != "which"):
            return
        delivering = delivering or low in words("delivery")
        if low == "by" and delivering:
            yield from _objects(tokens, index, stop + _REACH)
            return


def _objects(tokens: Tokens, by: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the phrase behind "by", then those behind "and by" in the same clause."""
    index = by
    while index < min(stop, len(tokens) - 1):
        if tokens.low[index] == "by":
            phrase = _phrase_from(tokens, index + 1)
            if phrase:
                yield phrase
        elif tokens.tags[index] in ".RX":
            return
        index += 1


def _phrase_from(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at *index*, behind its article."""
    while index < len(tokens) and tokens.tags[index] in "DQJ" and not tokens.capitalised(index):
        index += 1
    first = index
    while index < len(tokens) and (
        tokens.tags[index] in "NWS#L"
        or (tokens.capitalised(index) and tokens.tags[index] not in ".,()R")
        or _links(tokens, index)
    ):
        index += 1
    return (first, index - 1) if index > first else None


def _links(tokens: Tokens, index: int) -> bool:
    """Return whether a small word joins two capitalised words of one name."""
    return (
        tokens.low[index] in ("and", "&", "of", "for", "the")
        and 0 < index < len(tokens) - 1
        and tokens.capitalised(index - 1)
        and tokens.capitalised(index + 1)
    )


def _antecedent(tokens: Tokens, index: int) -> tuple[int, bool]:
    """Return the last word before "which", and whether that is the subject of a verb behind.

    Without a relative pronoun in the sentence it is *index* itself.
    """
    stop = max(index - 2 * _REACH, 0)
    for place in range(index, stop, -1):
        if tokens.low[place] in ("which", "who"):
            return (place - 2 if tokens.tags[place - 1] == "," else place - 1), True
        if tokens.tags[place] == ".":
            break
    return index, False


def _subjects(tokens: Tokens, first: int) -> Iterator[tuple[int, int]]:
    """Yield the subject of a verb of delivery whose object begins at *first*."""
    index = first - 1
    while index >= 0 and tokens.tags[index] in "DJQ#":
        index -= 1
    if index < 1 or tokens.low[index] not in words("runs") or tokens.tags[index] not in "VN":
        return
    index, relative = _antecedent(tokens, index - 1)
    if tokens.low[index] == "to":
        index -= 1
    while index > 0 and (tokens.tags[index] in "XK" or tokens.low[index] == "and"):
        index -= 1
    if tokens.tags[index] in "NW" and tokens.low[index] not in words("nobody"):
        edge = left_edge(tokens, index)
        if relative or not _hangs_on_place(tokens, edge):
            yield edge, index


def _hangs_on_place(tokens: Tokens, first: int) -> bool:
    """Return whether the phrase from *first* says where its subject is: "the hub at Elm Street"."""
    before = first - 1
    if before >= 0 and tokens.tags[before] == "D":
        before -= 1
    place = before > 0 and tokens.low[before] in ("at", "in", "on", "near", "of", "across")
    return place and tokens.tags[before - 1] != "Q"

"""Providers: who delivers a service, read from the verbs of delivery around it."""

from __future__ import annotations

from collections.abc import Iterator

import cqcparse
from cqcparse.extractors.services.finding import Candidate
from cqcparse.extractors.services.vocabulary import words
from cqcparse.grammar import Tokens, fold, left_edge, sentence_start

#: How far behind a phrase its provider may stand, in words; keeps the work linear.
_REACH = 20
#: How far apart the subject of a sentence and the last of its verbs may stand, in words.
_FAR = 45
#: No name has more words than this.
_LONGEST = 12
#: What stands in front of a body that delivers, besides "by".
_SOURCES = frozenset(("from", "through", "with"))
#: Classes of words between two objects of one verb.
_LISTING = frozenset("DCPNJQ#,")


class ProviderReader:
    """Reads who delivers the services of one paragraph.

    Args:
        own: Folded names of the authority, which is no provider.
        candidates: The services of the paragraph, in order.
    """

    def __init__(self, own: frozenset[str], candidates: list[Candidate]) -> None:
        self._own = own
        self._candidates = candidates
        self._covered: set[int] = set()
        for one in candidates:
            self._covered.update(range(one.first, one.last + 1))
        #: By service, the place behind the last of the list that it opens: "A, B and C were ...".
        self._list_ends = list(range(1, len(candidates) + 1))
        for place in range(len(candidates) - 2, -1, -1):
            if _listed(candidates[place], candidates[place + 1]):
                self._list_ends[place] = self._list_ends[place + 1]

    def read(self) -> list[cqcparse.Quote | None]:
        """Return the provider of each service.

        What follows in a list has the provider of what it follows: "ran a lunch club and a
        helpline".
        """
        found: list[cqcparse.Quote | None] = []
        governed = False
        for place in range(len(self._candidates)):
            behind = self._first(self._behind(place))
            provider = behind or self._first(_subjects(self._at(place), self._at(place).first))
            listed = governed and self._continues(place)
            governed = listed if provider is None else behind is None
            found.append(found[-1] if provider is None and listed else provider)
        return found

    def _at(self, place: int) -> Candidate:
        return self._candidates[place]

    def _behind(self, place: int) -> Iterator[tuple[Tokens, int, int]]:
        candidate = self._at(place)
        tokens = candidate.tokens
        yield from _relative(candidate)
        yield from _sold(candidate)
        start, stop = self._list_ends[place], len(tokens)
        if start < len(self._candidates):
            stop = self._at(start).first
        for first, last in _agents(tokens, self._at(start - 1).last, stop):
            yield tokens, first, last
        if _opens_sentence(tokens, candidate.first):
            for first, last in _later_agents(tokens, candidate.last):
                yield tokens, first, last

    def _continues(self, place: int) -> bool:
        """Return whether the service is the next object of the verb over the one before it."""
        before, after = self._at(place - 1), self._at(place)
        between = after.tokens.tags[before.last + 1 : after.first]
        listed = "C" in between or ("," in between and self._list_ends[place] > place + 1)
        return len(between) <= _REACH and listed and set(between) <= _LISTING

    def _first(self, phrases: Iterator[tuple[Tokens, int, int]]) -> cqcparse.Quote | None:
        """Return the first phrase that is neither the authority nor one of the services."""
        for tokens, first, last in phrases:
            span = tokens.span(first, last)
            text = tokens.text[span.start : span.end]
            if self._covered.isdisjoint(range(first, last + 1)) and not self._is_authority(
                tokens, first, last, text
            ):
                return cqcparse.Quote(text, span)
        return None

    def _is_authority(self, tokens: Tokens, first: int, last: int, text: str) -> bool:
        if fold(text) in self._own or tokens.low[first] == "in-house":
            return True
        if first < last and tokens.capitalised(first) and tokens.capitalised(last):
            return False
        return tokens.low[last] in words("nobody") or not _is_nominal(tokens, last)


def _listed(before: Candidate, after: Candidate) -> bool:
    """Return whether *after* follows *before* in one list."""
    between = before.tokens.tags[before.last + 1 : after.first]
    return not {"C", ","}.isdisjoint(between) and set(between) <= _LISTING - {"P"}


def _is_nominal(tokens: Tokens, index: int) -> bool:
    return tokens.tags[index] in "NWS#" or tokens.capitalised(index)


def _opens_sentence(tokens: Tokens, first: int) -> bool:
    """Return whether only an article or a judgement stands in front of *first*."""
    while first > 0 and tokens.tags[first - 1] in "DJQ":
        first -= 1
    return sentence_start(tokens, first)


def _agents(tokens: Tokens, last: int, limit: int) -> Iterator[tuple[int, int]]:
    """Yield who delivers what ends at *last*: "run by", "bought from", "delivered with".

    Args:
        tokens: The paragraph.
        last: The last word of the service, or of the list that it opens.
        limit: Where the next service begins.
    """
    delivering = False
    acted = False
    for index in range(last + 1, min(last + _REACH, limit, len(tokens) - 1)):
        tag, low = tokens.tags[index], tokens.low[index]
        if (
            tag == "."
            or (tag == "R" and low != "which")
            or _opens_clause(tokens, index, acted=acted)
        ):
            return
        acted = acted or tag in "XV"
        delivering = delivering or low in words("delivery")
        if low == "by" and delivering:
            yield from _objects(tokens, index, index + _REACH)
            return
        if low in _SOURCES and (phrase := _source(tokens, index, delivering=delivering)):
            yield phrase
            return


def _opens_clause(tokens: Tokens, index: int, *, acted: bool) -> bool:
    """Return whether another clause begins at *index*: ", and it", "and were run by"."""
    if tokens.tags[index] != "C":
        return False
    return tokens.tags[index + 1] in "XV" or (acted and tokens.tags[index - 1] == ",")


def _source(tokens: Tokens, index: int, *, delivering: bool) -> tuple[int, int] | None:
    """Return the body behind "from", "through" or "with" at *index*, which delivers."""
    low, before = tokens.low[index], index - 1
    if low == "with":
        before -= tokens.low[before] in ("jointly", "together", "partnership")
        phrase = (
            _phrase_from(tokens, index + 1) if tokens.low[before] in words("delivery") else None
        )
        return phrase if phrase and _is_name(tokens, *phrase) else None
    if low == "from" and tokens.low[before] not in words("sourcing"):
        return None
    sourced = not words("sourcing").isdisjoint(tokens.low[max(index - 6, 0) : index])
    if not (delivering or sourced):
        return None
    phrase = _phrase_from(tokens, index + 1)
    return phrase if phrase and _is_body(tokens, *phrase) else None


def _is_name(tokens: Tokens, first: int, last: int) -> bool:
    return tokens.capitalised(first) and tokens.capitalised(last)


def _is_body(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the phrase names an organisation, or several."""
    return tokens.low[last] in words("bodies_that_deliver") or (
        first < last and _is_name(tokens, first, last)
    )


def _later_agents(tokens: Tokens, last: int) -> Iterator[tuple[int, int]]:
    """Yield the phrase in a later "and were run by" with the same subject."""
    for index in range(last + 1, min(last + _FAR, len(tokens) - 4)):
        if tokens.tags[index] == ".":
            return
        if tokens.tags[index] == "C" and tokens.tags[index + 1] == "X":
            behind = index + 2
            if tokens.low[behind] in words("delivery") and tokens.low[behind + 1] == "by":
                yield from _objects(tokens, behind + 1, behind + _REACH)
                return


def _objects(tokens: Tokens, by: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the phrase behind "by", then those behind "and by" in the same clause."""
    index = by
    while index < min(stop, len(tokens) - 1):
        if tokens.low[index] == "by" and (index == by or tokens.tags[index - 1] == "C"):
            if phrase := _phrase_from(tokens, index + 1):
                yield phrase
        elif tokens.tags[index] in ".RX":
            return
        index += 1


def _phrase_from(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at *index*, behind its article."""
    while index < len(tokens) and tokens.tags[index] in "DQJ" and not tokens.capitalised(index):
        index += 1
    first = index
    while index < min(first + _LONGEST, len(tokens)) and (
        tokens.tags[index] in "NWS#L"
        or (tokens.capitalised(index) and tokens.tags[index] not in ".,()R")
        or _links(tokens, index)
    ):
        index += 1
    return (first, index - 1) if index > first else None


def _links(tokens: Tokens, index: int) -> bool:
    """Return whether a small word joins two capitalised words of one name: "Mind in Salford"."""
    if not 0 < index < len(tokens) - 1:
        return False
    named = tokens.capitalised(index - 1) and tokens.capitalised(index + 1)
    branch = tokens.low[index] == "in" and tokens.low[index - 1] in words("branches")
    return named and (branch or tokens.low[index] in ("and", "&", "of", "for", "the"))


def _relative(candidate: Candidate) -> Iterator[tuple[Tokens, int, int]]:
    """Yield the subject in "a service, which the charity used to run"."""
    tokens, index = candidate.tokens, candidate.last + 1
    index += index < len(tokens) and tokens.tags[index] == ","
    if index + 2 >= len(tokens) or tokens.low[index] not in ("which", "that"):
        return
    phrase = _phrase_from(tokens, index + 1)
    if phrase is None:
        return
    verb = phrase[1] + 1
    while verb < len(tokens) - 1 and (tokens.tags[verb] in "XK" or tokens.low[verb] in _ONCE):
        verb += 1
    if verb < len(tokens) and tokens.low[verb] in words("runs"):
        yield tokens, *phrase


def _sold(candidate: Candidate) -> Iterator[tuple[Tokens, int, int]]:
    """Yield the name behind "from" in "commissioned advocacy from VoiceAbility"."""
    tokens, before, link = candidate.tokens, candidate.first - 1, candidate.last + 1
    while before >= 0 and tokens.tags[before] in "DJQ":
        before -= 1
    bought = before >= 0 and tokens.low[before] in words("sourcing")
    if bought and tokens.low[link : link + 1] == ["from"]:
        phrase = _phrase_from(tokens, link + 1)
        if phrase and _is_name(tokens, *phrase):
            yield tokens, *phrase


_ONCE = frozenset(("used", "to"))


def _subjects(candidate: Candidate, first: int) -> Iterator[tuple[Tokens, int, int]]:
    """Yield the subject of a verb of delivery whose object begins at *first*."""
    tokens, index = candidate.tokens, first - 1
    while index >= 0 and tokens.tags[index] in "DJQ#":
        index -= 1
    if index < 1 or tokens.low[index] not in words("runs") or tokens.tags[index] not in "VN":
        return
    if tokens.low[index - 1] == "and" and (far := _far_subject(tokens, index - 1)):
        yield tokens, *far
        return
    index, relative = _antecedent(tokens, index - 1)
    if tokens.low[index] == "to":
        index -= 1
    while index > 0 and (tokens.tags[index] in "XK" or tokens.low[index] == "and"):
        if tokens.capitalised(index):
            break
        index -= 1
    if _is_nominal(tokens, index) and (
        tokens.capitalised(index) or tokens.low[index] not in words("nobody")
    ):
        edge = _name_start(tokens, left_edge(tokens, index))
        before = edge - 1 - (tokens.tags[edge - 1] == "D")
        if tokens.low[before] != "by" and (relative or not _hangs_on_place(tokens, edge)):
            yield tokens, *_apposed(tokens, edge, index)


def _name_start(tokens: Tokens, edge: int) -> int:
    """Return *edge*, or the first word of a name that goes on in front: "Mind in Salford"."""
    return left_edge(tokens, edge - 2) if edge > 1 and _branch(tokens, edge - 1) else edge


def _branch(tokens: Tokens, index: int) -> bool:
    return tokens.low[index] == "in" and _links(tokens, index)


def _far_subject(tokens: Tokens, link: int) -> tuple[int, int] | None:
    """Return the name that opens the sentence and is the subject of the verb behind "and"."""
    first = link
    while first > max(link - _FAR, 0) and not sentence_start(tokens, first):
        first -= 1
    if not sentence_start(tokens, first):
        return None
    phrase = _phrase_from(tokens, first)
    if phrase is None or not _is_name(tokens, *phrase) or phrase[0] == phrase[1]:
        return None
    return phrase if tokens.tags[phrase[1] + 1] in ",VX" else None


def _apposed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Return the name in front of what explains it: "Home Start, a local charity, which ran"."""
    name = first - 3
    explains = first > 2 and tokens.tags[first - 1] == "D" and tokens.tags[first - 2] == ","
    if explains and tokens.capitalised(name) and not tokens.capitalised(last):
        return left_edge(tokens, name), name
    return first, last


def _antecedent(tokens: Tokens, index: int) -> tuple[int, bool]:
    """Return the last word before "which", and whether that is the subject of a verb behind.

    Without a relative pronoun in the sentence it is *index* itself.
    """
    stop = max(index - _REACH, 0)
    for place in range(index, stop, -1):
        if tokens.low[place] in ("which", "who"):
            return (place - 2 if tokens.tags[place - 1] == "," else place - 1), True
        if tokens.tags[place] == ".":
            break
    return index, False


def _hangs_on_place(tokens: Tokens, first: int) -> bool:
    """Return whether the phrase from *first* says where its subject is: "the hub at Elm Street"."""
    before = first - 1
    if before >= 0 and tokens.tags[before] == "D":
        before -= 1
    place = before > 0 and tokens.low[before] in ("at", "in", "on", "near", "of", "across")
    return place and tokens.tags[before - 1] != "Q"

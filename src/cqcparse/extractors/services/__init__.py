"""The built-in extractor of services: what is delivered to people, and teams by their function."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

import cqcparse
from cqcparse.grammar import Found, Layers, RuleBook, Said, fold
from cqcparse.grammar.quantities import find_counts, find_durations, read_number
from cqcparse.registry import find_body

Status = Literal["new", "planned", "existing", "reduced", "ended"]


#: How far a name and what explains it stand apart, in words.
_NEAR = 5
#: How far in front in a list "its" may stand, in noun phrases and the words between.
_LIST = 18
#: A noun phrase with what hangs on it.
_PHRASE = re.compile("[nq](?:[owfmthi]n)*")


class ServiceExtractor:
    """Finds services by the rules of ``rules.toml``; the shared frames say more of them."""

    name = "services"
    produces = (cqcparse.Service,)

    @property
    def rules(self) -> RuleBook:
        """Its phrase rules."""
        return rules()

    def extract(self, view: cqcparse.View) -> Iterable[cqcparse.Service]:
        """Yield the services of the key findings."""
        layers, bodies = view.layers, view.layers.body_names
        found = rules().find(layers, view.acronyms)
        found = [one for one in found if not _is_body(layers, one, bodies)]
        for place in [place for pair in _told(layers, found) for place in (pair, pair[::-1])]:
            name, thing = (found[index] for index in place)
            if name.rule.type == "sentence" and thing.rule.type != "sentence":
                found[place[0]] = name._replace(type=thing.type)
        found = sorted(_everywhere(layers, found), key=lambda one: one.first)
        own = frozenset(map(fold, view.authority_names))
        said = layers.said_of([(one.first, one.last) for one in found])
        for first, second in _told(layers, found):
            for these, those in ((said[second], said[first]), (said[first], said[second])):
                these.roles.update(those.roles | these.roles)
                these.gives.update(those.gives | these.gives)
        lasts = frozenset(one.last for one in found)
        for one, what in zip(found, said, strict=True):
            if not ("say" in what.acts and "speaker" in one.rule.tells):
                yield _mention(layers, one, what, _provider(layers, one, what, own, lasts))


@cache
def rules() -> RuleBook:
    """Return the rules for services."""
    return RuleBook(Path(__file__).parent, kind="service")


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractor of services."""
    return [ServiceExtractor()]


def _mention(
    layers: Layers, found: Found, said: Said, provider: cqcparse.Quote | None
) -> cqcparse.Service:
    span = found.span
    status, place = said.gives.get("status", (None, (0, 0)))
    # What one person is given begins and ends without a change to the service.
    cue = None if status is None or _is_case(layers, found) else layers.quote(*place)
    return cqcparse.Service(
        span=span,
        text=layers.text[span.start : span.end],
        type=found.type,
        canonical=found.canonical,
        duration=_duration(layers, found, said),
        capacity=_capacity(layers, found, said),
        provider=provider,
        status=cast("Status", status) if cue else None,
        status_cue=cue,
        extractor="services",
        evidence=found.evidence((cue,) if cue else ()),
    )


def _is_body(layers: Layers, found: Found, bodies: frozenset[str]) -> bool:
    """Return whether the name is one of a body, by the register or since the document uses it so.

    A team is the authority's own, and a name that begins with a kind of care is a service.
    """
    first, head = found.first, found.head
    if layers.caps[first] and find_body(layers.words(first, head)):
        return True
    if found.rule.name == "short-form" or layers.low[head] in rules().words["unbodied"]:
        return False
    if found.term and found.term.first == first and layers.caps[first]:
        return False
    return " ".join(layers.low[first : head + 1]) in bodies


def _told(layers: Layers, found: list[Found]) -> list[tuple[int, int]]:
    """Return the places of a name and of what explains it, which stand side by side."""
    return [
        (place, place + 1)
        for place, (one, other) in enumerate(pairwise(found))
        if other.first - one.last <= _NEAR
        and (
            "name" in one.rule.tells + other.rule.tells
            or layers.explained_by(layers.chunk_at(other.last)) == layers.chunk_at(one.last)
        )
        and other.last <= layers.sentence(one.first, one.last)[1]
    ]


def _everywhere(layers: Layers, found: list[Found]) -> Iterable[Found]:
    """Yield what was found, and all uses of names that a sentence has told, of one type each."""
    told: dict[tuple[str, ...], Found] = {}
    taken: set[int] = set()
    for one in found:
        words = (*layers.low[one.first : one.last + 1],)
        if "name" not in one.rule.tells:
            taken.update(range(one.first, one.last + 1))
            yield one
        elif words not in told or told[words].type == "other":
            told[words] = one
    for first, last, one in layers.uses_of(told):
        if taken.isdisjoint(range(first, last + 1)):
            taken.update(range(first, last + 1))
            yield one._replace(first=first, last=last, head=last)


def _is_case(layers: Layers, found: Found) -> bool:
    return not rules().words["cases"].isdisjoint(layers.low[found.first : found.last + 1])


def _provider(
    layers: Layers, found: Found, said: Said, own: frozenset[str], services: frozenset[int]
) -> cqcparse.Quote | None:
    """Return who delivers, unless that is the authority or nobody in particular."""
    near: list[tuple[int, int] | None] = []
    if role := said.roles.get("provider"):
        behind = layers.chunk_at(role[1]) + 1
        staff = layers.chunks.startswith("mn", behind)  # "volunteers from Mind ran"
        near = [role, layers.extent(behind + 1) if staff else None]
    # "delivered with Rutland Council", "a helpline from Silver Line", "a course at Leeds College"
    tails = layers.tails(layers.chunk_at(found.last) + 1)
    at = tails.get("at")
    with_ = said.roles.get("partner") or tails.get("from")
    if not with_ and at and layers.low[at[1]] in rules().words["housed"]:
        with_ = at
    if with_ and layers.caps[with_[0]] and layers.tags[with_[1]] != "T":
        near.append(with_)
    if not role:
        near.append(_owner(layers, found))
    for place in filter(None, near):
        bodies = [*_bodies(layers, place, own, services)]
        if bodies:
            return layers.unowned(bodies[0][0], bodies[-1][1])
    return None


def _bodies(
    layers: Layers, role: tuple[int, int], own: frozenset[str], services: frozenset[int]
) -> Iterable[tuple[int, int]]:
    """Yield the noun phrases of a list that are bodies, without the authority."""
    words, low = rules().words, layers.low
    row, chunk, end = layers.chunks, layers.chunk_at(role[0]), layers.chunk_at(role[1]) + 1
    listed = {"y", "c"} & {*row[chunk:end]}
    for phrase in _PHRASE.finditer(row, chunk, end):
        head = min(layers.extent(phrase.start())[1], role[1])
        first = max(layers.extent(phrase.start())[0], role[0])
        last = min(layers.extent(phrase.end() - 1)[1], role[1])
        first, last = layers.trimmed(first, last) or (last, last)
        named = first < last and layers.caps[last]
        authority = listed and low[last] in ("authority", "council") and not named
        if authority or fold(layers.unowned(first, last).text) in own:
            continue  # "the authority and the trust"
        if last in services or (first == last and low[last] in words["nobody_alone"]):
            return  # "the home team offered reablement"
        if (
            low[last] in words["no_body"]
            or layers.tags[last] in "T#"
            or (not named and {low[head], low[last]} & words["nobody"])
        ):
            return
        yield layers.without_description(first, last)


def _owner(layers: Layers, found: Found) -> tuple[int, int] | None:
    """Return the name in front of "its": "praised Halcyon, and its helpline and lunch club"."""
    chunk, row = layers.chunk_at(found.first), layers.chunks
    first = layers.extent(chunk)[0]
    for token in range(first, found.first):
        if layers.low[token].endswith(("'s", "s'")):
            if layers.caps[token]:
                return first, token  # "Age UK's helpline"
            return (first, token) if layers.low[token][:-2] in rules().words["owners"] else None
    if layers.low[layers.chunk_starts[chunk - 1]] == "whose":  # "Halcyon, whose helpline"
        return layers.extent(chunk - 2 - (row[chunk - 2] == "y"))
    floor = chunk - _LIST
    while chunk > floor and row[chunk - 2 : chunk] in ("ny", "nc"):
        chunk -= 2
    first = layers.extent(chunk)[0]
    if layers.low[first] != "its":
        return None
    start = layers.last_of("s", chunk)
    for place in range(chunk - 1, start, -1):
        body = layers.extent(place)
        opens = place == start + 1 and body[0] == body[1]  # "Carers spoke of"
        if row[place] == "n" and row[place - 1] not in "bim" and layers.caps[body[1]] and not opens:
            return body
    return None


def _duration(
    layers: Layers, found: Found, said: Said
) -> cqcparse.Reading[cqcparse.Duration] | None:
    """Return how long it lasts, by its name, by what follows it, or by a frame."""
    for first, last in _places(layers, found, said, ("for", "of", "with")):
        span = layers.span(first, last)
        for reading in find_durations(layers.text, span.start, span.end):
            value, told = reading.value, (first, last) in said.roles.values()
            unit = value.unit if value else ""
            rate = unit in ("day", "night") and layers.low[last + 1] in ("a", "per", "each")
            if told and ("-" in reading.text or rate or unit in ("year", "decade")):
                continue  # "offered 16-week classes", "cut to 2 days a week", "ran for six years"
            long = value is not None and value.days > 1  # no "2-hour response"
            if long or "hour" not in reading.text or first > found.last:
                return reading
    return None


def _capacity(layers: Layers, found: Found, said: Said) -> cqcparse.Reading[cqcparse.Count] | None:
    """Return how many people or places it is for, likewise; "12 step-down beds" says it itself."""
    read = _places(layers, found, said, ("with", "for", "of"))
    places = [_held(layers, place) for place in read]
    if layers.tags[found.first] == "#" and layers.low[found.head] in rules().words["places"]:
        return _count(layers, found.first, found.head, found.head)
    for first, last in places:
        span = layers.span(first, min(last, layers.extent(layers.chunk_at(first))[1]))
        if first == last and layers.tags[first] == "#":  # "with places for 12"
            held = layers.extent(layers.chunk_at(first) - 2)[1]
            if layers.low[held] in rules().words["holding"]:
                return _count(layers, first, last, held)
        for reading in find_counts(layers.text, span.start, span.end):
            unit = reading.value.unit.lower().split() if reading.value else ()
            if not rules().words["sizes"].isdisjoint(unit):
                return reading
    return None


def _held(layers: Layers, place: tuple[int, int]) -> tuple[int, int]:
    """Return what stands behind the "for" of places: "with places for 12"."""
    behind = layers.chunk_at(place[1]) + 1
    holds = layers.low[place[1]] in rules().words["holding"]
    holds = holds and layers.chunks.startswith("fn", behind)
    return layers.extent(behind + 1) if holds else place


def _count(
    layers: Layers, first: int, last: int, unit: int
) -> cqcparse.Reading[cqcparse.Count] | None:
    """Return the number at *first*, printed up to *last*, of what the word at *unit* says."""
    printed, number = layers.quote(first, last), read_number(layers.words(first, first))
    if number is None:
        return None
    value = cqcparse.Count(value=number, unit=layers.words(unit, unit))
    return cqcparse.Reading(printed.text, printed.span, value)


def _places(
    layers: Layers, found: Found, said: Said, signs: Iterable[str]
) -> Iterable[tuple[int, int]]:
    """Yield where a quantity of a service may stand: in it, right behind it, or as a frame says.

    What explains it counts as itself: "Dune House, a 16-bed unit".
    """
    row, named = layers.chunks, [(found.first, found.last)]
    chunk = layers.chunk_at(found.last)
    if row[chunk + 1] in "yx" and layers.explained_by(chunk + 2) == chunk:
        first, last = layers.extent(chunk + 2)
        named.append((first + 1, last))
    for first, last in named:
        if "-" in layers.keys[first]:  # "14-bed", "six-week"
            yield first, last
        if first > found.last and row[chunk + 1] == "x":
            continue  # "Home adaptations were a worry, with 147 people waiting"
        behind = layers.chunk_at(last) + 1
        behind += row.startswith("xf", behind)  # "the club was for 20 people"
        if "of" in signs and row.startswith("on", behind):
            yield layers.extent(behind + 1)
            behind += 2
        if row.startswith("yny", behind) and layers.caps[layers.extent(behind + 1)[1]]:
            behind += 3  # "one crisis house, Lantern, with 5 rooms"
        tails = layers.tails(behind)
        yield from (tails[sign] for sign in signs if sign in tails)
    if row.startswith("no", chunk - 2):  # "six weeks of reablement"
        yield layers.extent(chunk - 2)
    for name in ("for", "size", "further size", "partner"):
        if name in said.roles:
            yield said.roles[name]

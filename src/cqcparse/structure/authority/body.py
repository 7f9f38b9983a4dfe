"""Weigh the councils a text names by how it names them, to infer which one it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import attrs

from cqcparse.grammar.vocabulary import Vocabulary
from cqcparse.model.sections import Section
from cqcparse.model.spans import Span
from cqcparse.registry import AuthorityRecord, authorities
from cqcparse.registry.names import council_parts, key, short_name

#: What each way of naming a council says about its being the assessed one.
_ITS_AUTHORITY = 4.0
_ITS_COUNCIL = 3.0
_INSIDE = 2.0
_PLAIN = 1.0
_PART_OF_A_NAME = 0.5
_ELSEWHERE = 0.2
#: Less than this is not enough to infer anything.
_LEAST = 1.5
#: How many times the weight of the next one makes it likely, and sure.
_LIKELY, _SURE = 1.5, 3.0
#: From this weight, with a lead of ``_SURE``, it is sure.
_PLENTY = 4.0

_BEFORE, _AFTER = 40, 80
_S = r"[ \u00a0]"
_THE = rf"{_S}(?:the{_S})?\Z"
_STYLE = rf"(?:(?:Metropolitan|London|Royal|County|City|Borough|District|Unitary){_S}){{0,3}}"
_COUNCIL_AFTER = re.compile(rf"{_S}{_STYLE}(?:Council|council|COUNCIL|Corporation)(?:['’]s)?\b")
_AUTHORITY_AFTER = re.compile(rf"(?:['’]s?)?{_S}(?:local{_S})?authority\b", re.IGNORECASE)
#: The sentence that prints the overall rating, in its two wordings.
_RATED_AFTER = re.compile(
    rf"{_S}{_STYLE}(?:Council{_S})?scored{_S}[0-9]{{2,3}}{_S}out{_S}of{_S}100\b"
)
_RATED_BEFORE = re.compile(rf"\boverall{_S}rating{_S}for{_THE}", re.IGNORECASE)
#: A body of the NHS, a force or a school may be called after a place it reaches far beyond.
_WIDER_AFTER = re.compile(
    rf"(?:{_S}(?:(?:and|&){_S})?[A-Z][\w'’-]*){{0,6}}?{_S}"
    r"(?:NHS|Trust|University|Universities|Hospitals?|Healthcare|Integrated Care|ICB|ICS|Police"
    r"|Constabulary|Fire|Ambulance|College|Road|Street|Station|Airport|Act|Standards?)\b"
)
_WIDER_BEFORE = re.compile(
    rf"\b(?:University|College|Diocese|Bishop|Archdiocese|Hospitals?|NHS){_S}(?:of{_S})?\Z"
)
_INSIDE_BEFORE = re.compile(
    rf"\b(?:in|across|within|throughout|around|Healthwatch|Age UK|Mind in){_THE}", re.IGNORECASE
)
_ITS_BODY_AFTER = re.compile(
    rf"{_S}(?:Safeguarding|Health (?:and|&) Wellbeing|Carers|Borough|Place|Adult|Joint|residents"
    r"|people|community)\b"
)
_NEIGHBOUR_BEFORE = re.compile(
    r"\b(?:neighbouring|nearby|adjoining|bordering|border with|such as|including|outside|unlike"
    r"|from|other (?:councils|authorities|boroughs|local authorities)[^.\n]{0,20})"
    rf"{_THE}",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:North|South|East|West|Mid|Central|Greater|Great|New|Upper|Lower|Inner|Outer)"
    rf"(?:{_S}|-)\Z"
)
#: Another place altogether, such as New York.
_NEW_BEFORE = re.compile(rf"\bNew{_S}\Z")
_CAPITAL_AFTER = re.compile(rf"{_S}[A-Z][a-z]|-[A-Za-z]")
_LIST_GAP = re.compile(
    rf"(?:['’]s?)?(?:,|;|{_S}(?:and|or|&|to|/)){_S}*(?:(?:and|or){_S})?(?:the{_S})?"
)
#: Also common words: at the start of a sentence the place only if the text calls it a council.
_COMMON_WORDS = frozenset({"reading", "bury"})
#: A council the register does not know: capitalised words in front of "Council".
_PLACE = (
    r"[A-Z][a-z'’]+(?:(?:[ \u00a0-](?:and|upon|on|in|the|with|under)){0,2}"
    r"[ \u00a0-][A-Z][a-z'’]+){0,4}"
)
_UNKNOWN = re.compile(
    rf"\b((?:(?:London|Royal|Metropolitan){_S})?(?:Borough|City|County){_S}of{_S}{_PLACE}"
    rf"|{_PLACE}{_S}Council)\b(?!{_S}(?:of|for)\b)"
)
#: What every such name has in it; few lines do, and to look for the name is dear.
_UNKNOWN_HINT = re.compile(rf"Council\b|(?:Borough|City|County){_S}of\b")
_NOT_A_COUNCIL = re.compile(
    r"\b(?:Parish|Town|District|Community|Youth|Student|Health|Social|Research|Medical|Nursing|"
    r"Housing|Partnership|Advisory|Arts|Sports|British|National|Faith|Muslim|Care|The|A|Our)\b"
)


@attrs.frozen(kw_only=True)
class Naming:
    """One place at which the text names a council."""

    #: The name as printed.
    name: str
    span: Span
    #: None if the register does not know it.
    record: AuthorityRecord | None
    #: What the way of naming says about its being the assessed one.
    weight: float

    @property
    def who(self) -> str:
        """What tells councils apart: the code, or the name where there is none."""
        return self.record.ons_code if self.record else key(short_name(self.name))


@attrs.frozen(kw_only=True)
class Weighing:
    """Which council the text is about, and how sure that is."""

    #: The weightiest naming of the council; None if no council stands out.
    best: Naming | None
    sure: bool
    #: The reason, as the end of a sentence.
    why: str


def weigh(text: str, sections: Sequence[Section] = ()) -> Weighing:
    """Return which council *text* is about, by all the places that name one.

    Args:
        text: The text of a document.
        sections: Its sections; footers are left out, since they may link to other reports.
    """
    footers = [
        section.span for top in sections for section in top.walk() if section.role == "footer"
    ]
    by_council: dict[str, list[Naming]] = {}
    for naming in _namings(text):
        if not any(footer.overlaps(naming.span) for footer in footers):
            by_council.setdefault(naming.who, []).append(naming)
    ranked = sorted(by_council.values(), key=_total, reverse=True)
    return _decide(ranked)


def _total(namings: list[Naming]) -> float:
    """Return the weight of all the places that name one council."""
    return sum(naming.weight for naming in namings)


def _decide(ranked: list[list[Naming]]) -> Weighing:
    """Return the first of *ranked*, the councils by weight, if it stands out from the second."""
    if not ranked or _total(ranked[0]) < _LEAST:
        return Weighing(best=None, sure=False, why="no council is named as the one assessed")
    first = _total(ranked[0])
    second = _total(ranked[1]) if len(ranked) > 1 else 0.0
    best = max(ranked[0], key=lambda naming: naming.weight)
    if first < _LIKELY * second:
        why = f"it speaks of {best.name!r} about as much as of {ranked[1][0].name!r}"
        return Weighing(best=None, sure=False, why=why)
    sure = first >= max(_PLENTY, _SURE * second)
    times = len(ranked[0])
    why = f"which names it {times} time{'s' * (times > 1)} ({'fairly sure' if sure else 'not sure'}"
    rival = f": it also names {ranked[1][0].name!r})" if second else ": it names no other council)"
    return Weighing(best=best, sure=sure, why=why + rival)


def _namings(text: str) -> Iterator[Naming]:
    """Yield the places that name a council of the register, then those that name another."""
    hits = [
        (span, record)
        for span, (record, names) in _vocabulary().scan_names(text)
        if _is_printed_so(text, span, names)
    ]
    known = []
    for index, (span, record) in enumerate(hits):
        beside = [
            hit for hit, _ in (*hits[max(0, index - 1) : index], *hits[index + 1 : index + 2])
        ]
        weight = _weight(text, span, beside)
        known.append(span)
        if weight:
            yield Naming(name=text[span.start : span.end], span=span, record=record, weight=weight)
    yield from _unknown(text, known)


def _is_printed_so(text: str, span: Span, acronyms: frozenset[str]) -> bool:
    """Return whether the text prints the name as a name: with a capital, an acronym exactly so."""
    printed = text[span.start : span.end]
    if acronyms:
        return printed in acronyms
    after = text[span.end : span.end + 2]
    return printed[0].isupper() and not (
        after[:1] == "-" and after[1:].isalpha() and after[1:].islower()
    )


def _weight(text: str, span: Span, beside: list[Span]) -> float:
    """Return what one naming says about its council's being the assessed one."""
    before = text[max(0, span.start - _BEFORE) : span.start]
    after = text[span.end : span.end + _AFTER]
    printed = text[span.start : span.end]
    weight = _own_weight(printed, before, after)
    if _NEW_BEFORE.search(before):
        return 0.0
    if key(printed) in _COMMON_WORDS and weight < _ITS_COUNCIL and _opens_sentence(before):
        return 0.0
    if _NEIGHBOUR_BEFORE.search(before) or any(_is_list(text, span, other) for other in beside):
        return _ELSEWHERE * weight
    return weight


def _opens_sentence(before: str) -> bool:
    """Return whether a sentence begins behind the text *before*."""
    before = before.rstrip(" \u00a0")
    return not before or before[-1] in ".!?:\n\r"


def _own_weight(printed: str, before: str, after: str) -> float:
    """Return the weight by the words right around the name."""
    if _AUTHORITY_AFTER.match(after) or _RATED_AFTER.match(after) or _RATED_BEFORE.search(before):
        return _ITS_AUTHORITY
    if council_parts(printed)[1] or _COUNCIL_AFTER.match(after):
        return _ITS_COUNCIL
    if _PART_BEFORE.search(before) or _WIDER_BEFORE.search(before) or _WIDER_AFTER.match(after):
        return _ELSEWHERE
    if _INSIDE_BEFORE.search(before) or _ITS_BODY_AFTER.match(after):
        return _INSIDE
    return _PART_OF_A_NAME if _CAPITAL_AFTER.match(after) else _PLAIN


def _is_list(text: str, span: Span, other: Span) -> bool:
    """Return whether two names are neighbours in a list of places."""
    first, second = sorted((span, other))
    if second.start - first.end > _AFTER or second.start < first.end:
        return False
    gap = text[first.end : second.start]
    return bool(_LIST_GAP.fullmatch(_COUNCIL_AFTER.sub("", gap)))


def _unknown(text: str, known: list[Span]) -> Iterator[Naming]:
    """Yield the places that name a council the register does not know."""
    starts = {span.start for span in known} | {span.end for span in known}
    for match in _unknown_in(text):
        span = Span(*match.span())
        if any(place in starts for place in range(span.start, span.end + 1)):
            continue
        printed = match.group()
        if _NOT_A_COUNCIL.search(printed):
            continue
        weight = _PLAIN if council_parts(printed)[1] == "council" else _ITS_COUNCIL
        yield Naming(name=printed, span=span, record=None, weight=weight)


def _unknown_in(text: str) -> Iterator[re.Match[str]]:
    """Yield what is written like the name of a council; it never goes on behind a line end."""
    done = 0
    for hint in _UNKNOWN_HINT.finditer(text):
        if hint.start() < done:
            continue
        line_end = text.find("\n", hint.end())
        end = len(text) if line_end < 0 else line_end
        yield from _UNKNOWN.finditer(text, text.rfind("\n", 0, hint.start()) + 1, end)
        done = end


@cache
def _vocabulary() -> Vocabulary[tuple[AuthorityRecord, frozenset[str]]]:
    """Return every name in the register, with its record and the acronyms to match exactly."""
    phrases: dict[str, tuple[AuthorityRecord, frozenset[str]]] = {}
    for record in authorities():
        for name in (record.name, record.short_name, *record.aliases):
            acronyms = frozenset({name}) if _is_acronym(name) else frozenset[str]()
            for written in {name, name.replace("&", "and"), name.replace(" and ", " & ")}:
                phrases[written] = (record, acronyms)
                phrases[short_name(written)] = (record, acronyms)
    return Vocabulary(phrases)


def _is_acronym(name: str) -> bool:
    return " " not in name and any(char.isupper() for char in name[1:])

"""Who is who: canonical names for named partners, short forms and bare heads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

import cqcparse
from cqcparse.extractors.partners.candidates import Candidate, tables
from cqcparse.grammar import fold
from cqcparse.registry import find_authority, find_board

_EXPANSIONS = {
    "icb": "integrated care board",
    "ics": "integrated care system",
    "icp": "integrated care partnership",
    "hwb": "health and wellbeing board",
    "hwbb": "health and wellbeing board",
    "pcn": "primary care network",
}


#: Heads that refer back to a name ending in them; "the charity" to the last charity named.
_REFERRING = frozenset("board partnership alliance forum trust network association charity".split())


def resolve_names(found: list[Candidate]) -> Iterator[cqcparse.Partner]:
    """Yield the mentions for *found*, each named one with the fullest form of its name.

    Args:
        found: The candidates of the document, in order.
    """
    names = _Names(found)
    for candidate in found:
        yield _mention(candidate, names)


class _Names:
    """The proper names of one document."""

    def __init__(self, found: list[Candidate]) -> None:
        #: Printed name by its key, the one with most capitals; and its type.
        self._printed: dict[str, str] = {}
        self._types: dict[str, str] = {}
        self._by_entry: dict[str, str] = {}
        #: Where the longer names stand, by each of their ends and beginnings.
        self._ends: dict[str, list[tuple[int, str]]] = {}
        self._beginnings: dict[str, list[tuple[int, str]]] = {}
        #: Where the names of bodies stand that a bare head may refer back to, by that head.
        self._by_head: dict[str, list[tuple[int, str]]] = {}
        for candidate in found:
            if candidate.named:
                self._add(candidate)

    def _add(self, candidate: Candidate) -> None:
        printed = candidate.canonical or candidate.name or candidate.text
        key = _key(printed)
        place = (candidate.tokens.starts[candidate.first], key)
        self._types.setdefault(key, candidate.type)
        if _capitals(printed) > _capitals(self._printed.get(key, "")):
            self._printed[key] = printed
        words = key.split()
        for cut in range(1, len(words)):
            self._ends.setdefault(" ".join(words[cut:]), []).append(place)
            if cut > 1:
                self._beginnings.setdefault(" ".join(words[:cut]), []).append(place)
        if candidate.entry and len(printed) > len(self._by_entry.get(candidate.entry, "")):
            self._by_entry[candidate.entry] = printed
        if candidate.type not in ("icb", "ics", "local-authority"):
            self._by_head.setdefault(words[-1], []).append(place)
        if candidate.type in ("vcse", "advocacy"):
            self._by_head.setdefault("charity", []).append(place)

    def of_entry(self, entry: str | None) -> str | None:
        """Return the longest name that the document gives the lexicon entry."""
        return self._by_entry.get(entry) if entry else None

    def knows(self, name: str, kind: str) -> bool:
        """Return whether the document has *name*, or a longer name of its board or system."""
        key = _key(name)
        return key in self._printed or (kind in ("icb", "ics") and key in self._ends)

    def fullest(self, name: str, start: int) -> tuple[str, str | None]:
        """Return the fullest form of *name*, and the type of a name that it begins.

        Of several longer names the one nearest before *start* is meant, else the first behind.
        """
        key = _key(name)
        kind = None
        if key not in self._ends and (longer := _nearest(self._beginnings.get(key), start)):
            key, kind = longer, self._types[longer]
        while longer := _nearest(self._ends.get(key), start):
            key = longer
        return self._printed.get(key, name), kind

    def referred(self, head: str, start: int) -> str | None:
        """Return the full name that a bare *head* at *start* refers back to, or None."""
        key = _nearest(self._by_head.get(head), start)
        return self.fullest(key, start)[0] if key else None


def _nearest(places: list[tuple[int, str]] | None, start: int) -> str | None:
    if not places:
        return None
    return places[max(bisect_left(places, (start, "")) - 1, 0)][1]


def _mention(candidate: Candidate, names: _Names) -> cqcparse.Partner:
    tokens = candidate.tokens
    span = candidate.span
    name = candidate.canonical or candidate.name or candidate.text
    named = candidate.named or (
        candidate.last > candidate.first and names.knows(name, candidate.type)
    )
    kind, canonical = candidate.type, None
    if named:
        if kind not in ("icb", "ics"):
            name = names.of_entry(candidate.entry) or name
        canonical, begun = names.fullest(name, span.start)
        kind = begun or kind
    elif candidate.rule.startswith("bare-"):
        canonical = _referred(candidate, names)
    return cqcparse.Partner(
        span=span,
        text=tokens.text[span.start : span.end],
        type=kind,
        canonical=canonical,
        specificity="named" if named else "generic",
        registry_id=_registry_id(kind, canonical) if named else None,
        extractor="partners",
        evidence=cqcparse.Evidence(rule=candidate.rule, entry=candidate.entry),
    )


def _referred(candidate: Candidate, names: _Names) -> str | None:
    """Return the full name that a bare head stands for, where it refers back to one."""
    tokens, first = candidate.tokens, candidate.first
    head = tables().singular.get(tokens.low[candidate.last])
    definite = first > 0 and tokens.low[first - 1] == "the"
    if head not in _REFERRING or not (definite or head == "board"):
        return None
    return names.referred(head, tokens.starts[first])


def _registry_id(kind: str, canonical: str | None) -> str | None:
    """Return the code of a board or council that the register knows, or None."""
    if canonical is None:
        return None
    if kind == "icb":
        board = find_board(canonical)
        return board.ods_code if board else None
    if kind == "local-authority":
        authority = find_authority(canonical)
        return authority.ons_code if authority else None
    return None


#: The names of one body come again and again in a report.
@lru_cache(maxsize=1 << 12)
def _key(name: str) -> str:
    words = fold(name).split()
    words = [part for word in words for part in _EXPANSIONS.get(word, word).split()]
    return " ".join(words)


def _capitals(name: str) -> int:
    return sum(char.isupper() for char in name)

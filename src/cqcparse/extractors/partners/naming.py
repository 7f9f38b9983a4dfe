"""Who is who: canonical names for named partners, short forms and bare heads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import cqcparse
from cqcparse.extractors.partners.candidates import Candidate, tables
from cqcparse.language import fold
from cqcparse.registry import find_authority, find_board

_EXPANSIONS = {
    "icb": "integrated care board",
    "ics": "integrated care system",
    "icp": "integrated care partnership",
    "hwb": "health and wellbeing board",
    "hwbb": "health and wellbeing board",
    "pcn": "primary care network",
}


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
        #: Printed name by its key, the first with most capitals.
        self._printed: dict[str, str] = {}
        self._by_head: dict[str, list[tuple[int, str]]] = {}
        self._by_entry: dict[str, str] = {}
        #: The longest name by each of its ends.
        self._longest: dict[str, str] = {}
        for candidate in found:
            if candidate.named:
                self._add(candidate)

    def _add(self, candidate: Candidate) -> None:
        printed = candidate.canonical or candidate.name or candidate.text
        key = _key(printed)
        known = self._printed.get(key)
        if known is None or _capitals(printed) > _capitals(known):
            self._printed[key] = printed
        words = key.split()
        for first in range(1, len(words)):
            end = " ".join(words[first:])
            if len(key) > len(self._longest.get(end, "")):
                self._longest[end] = key
        if candidate.entry and len(printed) > len(self._by_entry.get(candidate.entry, "")):
            self._by_entry[candidate.entry] = printed
        if candidate.type in ("icb", "ics", "local-authority"):
            return
        head = words[-1]
        start = candidate.tokens.starts[candidate.first]
        self._by_head.setdefault(head, []).append((start, key))

    def of_entry(self, entry: str | None) -> str | None:
        """Return the longest name that the document gives the lexicon entry."""
        return self._by_entry.get(entry) if entry else None

    def fullest(self, name: str) -> str:
        """Return the longest name that ends in *name*, or *name* as it is best printed."""
        key = _key(name)
        return self._printed.get(self._longest.get(key, key), name)

    def knows(self, name: str) -> bool:
        """Return whether the document has *name* as a proper name."""
        return _key(name) in self._printed

    def nearest(self, head: str, start: int) -> str | None:
        """Return the name in *head* that stands nearest before *start*, else the first behind."""
        places = self._by_head.get(head)
        if not places:
            return None
        nearest = max(bisect_left(places, (start, "")) - 1, 0)
        return self.fullest(places[nearest][1])


def _mention(candidate: Candidate, names: _Names) -> cqcparse.Partner:
    tokens = candidate.tokens
    span = tokens.span(candidate.first, candidate.last)
    name = candidate.canonical or candidate.name or candidate.text
    named = candidate.named or (candidate.last > candidate.first and names.knows(name))
    if named and candidate.type not in ("icb", "ics"):
        name = names.of_entry(candidate.entry) or name
    canonical = names.fullest(name) if named else _bare_name(candidate, names)
    return cqcparse.Partner(
        span=span,
        text=tokens.text[span.start : span.end],
        type=candidate.type,
        canonical=canonical,
        specificity="named" if named else "generic",
        registry_id=_registry_id(candidate.type, canonical) if named else None,
        evidence=cqcparse.Evidence(rule=candidate.rule, entry=candidate.entry),
    )


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


def _bare_name(candidate: Candidate, names: _Names) -> str | None:
    if not candidate.rule.startswith("bare-"):
        return None
    head = tables().singular.get(candidate.tokens.low[candidate.last])
    if head not in ("board", "partnership", "alliance", "forum", "trust", "network"):
        return None
    return names.nearest(head, candidate.tokens.starts[candidate.first])


def _key(name: str) -> str:
    words = fold(name).split()
    words = [part for word in words for part in _EXPANSIONS.get(word, word).split()]
    return " ".join(words)


def _capitals(name: str) -> int:
    return sum(char.isupper() for char in name)

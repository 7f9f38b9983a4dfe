"""What a name may mean that the register does not know, or that several councils share."""

from __future__ import annotations

import difflib
from functools import cache

from cqcparse.registry.authority_lookup import (
    authorities,
    find_authority,
    find_authority_by_code,
    find_other_authority,
)
from cqcparse.registry.names import council_parts, key, word_set, written_out
from cqcparse.registry.records import AuthorityRecord

#: How like a name must be, from 0 to 1.
_LIKE = 0.75
#: Words of names that many share, and that by themselves suggest nobody.
_COMMON = frozenset({"north", "south", "east", "west", "central", "st", "isle", "isles", "city"})
#: How an acronym of a council ends, by its type.
_ENDINGS = {
    "county": ("cc", "c"),
    "unitary": ("c", "bc", "cc", ""),
    "metropolitan": ("c", "mbc", "cc", "bc"),
    "london-borough": ("c", ""),
}


def suggest_authorities(name: str, limit: int = 10) -> tuple[AuthorityRecord, ...]:
    """Return the authorities that *name* may mean, the likeliest first.

    Where :func:`find_authority` finds one it is the only one. Else they are those that took over
    from an abolished council or have the duties in a district; for other names those with the
    acronym, those spelt nearly alike, and those that share a telling word: ``LCC`` may mean
    several, and ``Lincolnshre`` is near to Lincolnshire. None of them is certain.

    Args:
        name: The name as printed, misspelt, shortened or out of date.
        limit: How many to return at most.

    Examples:
        >>> from cqcparse import registry
        >>> [record.short_name for record in registry.suggest_authorities("Hammersmith")]
        ['Hammersmith and Fulham']
    """
    if record := find_authority(name):
        return (record,)
    found = _successors(name) or (*_acronyms().get(name.strip(), ()), *_alike(name))
    return tuple(dict.fromkeys(found))[: max(limit, 0)]


def _successors(name: str) -> tuple[AuthorityRecord, ...]:
    other = find_other_authority(name)
    codes = () if other is None else (*other.successors, other.county or "")
    return tuple(record for code in codes if (record := find_authority_by_code(code)))


def _alike(name: str) -> list[AuthorityRecord]:
    """Return the authorities whose areas share a telling word with *name* or are spelt like it."""
    area = council_parts(written_out(name))[0]
    if not area:
        return []
    near = difflib.get_close_matches(area, _by_area(), n=len(authorities()), cutoff=_LIKE)
    words = set(word_set(area).split()) - _COMMON
    sharing = [known for known in _by_area() if words & set(word_set(known).split())]
    ranked = sorted(sharing, key=lambda known: -difflib.SequenceMatcher(None, area, known).ratio())
    return [_by_area()[known] for known in (*near, *ranked)]


@cache
def _by_area() -> dict[str, AuthorityRecord]:
    """Return the authorities by the keys of their areas."""
    return {key(record.short_name): record for record in authorities()}


@cache
def _acronyms() -> dict[str, tuple[AuthorityRecord, ...]]:
    """Return the authorities by the first letters of their names, in capitals."""
    table: dict[str, tuple[AuthorityRecord, ...]] = {}
    for record in authorities():
        letters = "".join(word[0] for word in _telling_words(record.short_name))
        written = {(letters + ending).upper() for ending in _ENDINGS[record.type]}
        if record.type == "london-borough":
            written |= {f"LB{letters}".upper(), f"RB{letters}".upper()}
        for acronym in sorted(written):
            if len(acronym) > 1:
                table[acronym] = (*table.get(acronym, ()), record)
    return table


def _telling_words(name: str) -> list[str]:
    """Return the words of a name without the small ones, in its own order."""
    kept = set(word_set(key(name)).split())
    return [word for word in key(name).split() if word in kept]

"""Look bodies up by printed name: police forces, trusts, national bodies, boards and councils."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cqcparse.registry.authority_lookup import find_authority, find_other_authority
from cqcparse.registry.board_lookup import match_board
from cqcparse.registry.data import load_bodies
from cqcparse.registry.names import key
from cqcparse.registry.records import BodyRecord

_COUNCIL = re.compile(r"\b(?:council|borough|corporation)\b")
_BOARD = re.compile(r"(?:integrated care (?:board|system)|\b(?:icb|ics))$|^nhs ")


@cache
def bodies() -> tuple[BodyRecord, ...]:
    """Return the bodies that are neither councils nor boards, in the order of their ids.

    Raises:
        DataError: If the data file is not valid.

    Examples:
        >>> from cqcparse.registry import bodies
        >>> len([body for body in bodies() if body.type == "police"]) > 40
        True
    """
    return load_bodies()


@lru_cache(maxsize=1 << 12)
def find_body(name: str) -> BodyRecord | None:
    """Return the body that a printed name means; None if the register has none.

    Councils are found by names that say "council", "borough" or "corporation", boards by those that
    say what they are; an area alone is a place. Their ids are the official codes.

    Args:
        name: In any spelling; capitals do not matter.

    Examples:
        >>> from cqcparse.registry import find_body
        >>> find_body("Kent Constabulary").id
        'police:kent-police'
        >>> find_body("Camden Council").id
        'E09000007'
    """
    folded = key(name)
    if folded in _by_name():
        return _by_name()[folded]
    if _COUNCIL.search(folded):
        return _council(name)
    match = match_board(name) if _BOARD.search(folded) else None
    if match is None:
        return None
    board = match.board
    if match.form != "system":
        return BodyRecord(id=board.ods_code, name=board.name, type="icb")
    area = board.name.removeprefix("NHS ").removesuffix(" Board")
    return BodyRecord(id=f"{board.ods_code}:system", name=f"{area} System", type="ics")


def slug(name: str) -> str:
    """Return *name* as a part of an id: small letters and figures, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", key(name)).strip("-")


def _council(name: str) -> BodyRecord | None:
    council = find_authority(name)
    if council is not None:
        return BodyRecord(id=council.ons_code, name=council.name, type="local-authority")
    other = find_other_authority(name)
    if other is None:
        return None
    return BodyRecord(
        id=f"local-authority:{slug(other.name)}", name=other.name, type="local-authority"
    )


@cache
def _by_name() -> dict[str, BodyRecord]:
    """Return the bodies by the keys of their names."""
    return {key(name): body for body in bodies() for name in (body.name, *body.aliases)}

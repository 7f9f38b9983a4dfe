"""Inflection: the regular forms of English verbs."""

from __future__ import annotations

import re
from collections.abc import Iterator


def forms(base: str) -> Iterator[str]:
    """Yield the regular forms of the verb *base*: itself, -s, -ed and -ing."""
    yield from (base, third_person(base), past(base), gerund(base))


def third_person(base: str) -> str:
    """Return the regular -s form of *base*."""
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def past(base: str) -> str:
    """Return the regular -ed form of *base*."""
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def gerund(base: str) -> str:
    """Return the regular -ing form of *base*."""
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def _doubled(base: str) -> str:
    """Return *base* with its last consonant doubled where English does so."""
    doubles = re.fullmatch(
        r"(?:[^aeiou]+[aeiou][bdgklmnprtv]|.*(?:mit|fer|cur|rol|lan|gin|pen))", base
    )
    if base.endswith(
        ("open", "offer", "suffer", "differ", "happen", "deepen", "loan", "visit", "limit")
    ):
        return base
    return base + base[-1] if doubles and base[-1] not in "wxy" else base

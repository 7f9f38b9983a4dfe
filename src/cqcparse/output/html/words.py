"""Kinds, types and other ids -> the words that people use for them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def name_of(id_: str | None, kind: str = "") -> str:
    """Return an id in words, such as ``NHS body`` for ``nhs-other``.

    Args:
        id_: A kind, a type, a rating, a voice, ...; what the list does not have is its own words
            with spaces, such as an id of a plugin.
        kind: Kind whose type it is, as ``other`` is another thing in each.
    """
    if not id_:
        return ""
    known = _names()
    found = known.get(f"{kind}.{id_}") or known.get(id_)
    if found is not None:
        return found
    words = id_.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def plural(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 report``, ``1,683 reports``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@cache
def _names() -> Mapping[str, str]:
    text = (files("cqcparse.output.html") / "words.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return {
        name if group == "any" else f"{group}.{name}": words
        for group, names in tables.items()
        for name, words in names.items()
    }

"""The word lists of the partners' rules, as sets."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Return the list *name* of ``words.toml``."""
    lists: dict[str, str] = tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
    return frozenset(lists[name].split())

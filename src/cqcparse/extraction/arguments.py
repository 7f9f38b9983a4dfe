"""The arguments of a parser: one value where several may stand, and numbers that can be limits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from cqcparse.grammar.lexicon import Lexicon
from cqcparse.grammar.rulebook import RuleBook

#: What holds terms or rules.
Terms: TypeAlias = Lexicon | RuleBook | str | os.PathLike[str]


def several(name: str, given: object) -> tuple[Any, ...]:
    """Return what is given for an argument that takes several: one name or file is one of them.

    Args:
        name: The argument.
        given: Its value.

    Raises:
        TypeError: If it is neither.
    """
    if isinstance(given, (str, os.PathLike, Lexicon, RuleBook)):
        return (given,)
    if not isinstance(given, Iterable):
        msg = f"{name} takes one or several names or files, not {given!r:.60}"
        raise TypeError(msg)
    return tuple(given)


def limit(name: str, given: float | None, unit: str) -> float | None:
    """Return a number that is a limit, or None for no limit.

    Args:
        name: The argument.
        given: Its value.
        unit: What it counts.

    Raises:
        TypeError: If it is no number.
        ValueError: If it is not above 0.
    """
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        msg = f"{name} is a number of {unit} or None for no limit, not {given!r:.60}"
        raise TypeError(msg)
    if not given > 0:
        msg = f"{name} is a number of {unit} above 0 or None for no limit, not {given!r:.60}"
        raise ValueError(msg)
    return given


def settings(given: object) -> dict[str, dict[str, object]]:
    """Return options by the names of what they are for, as a copy.

    Raises:
        TypeError: If they are not of that form.
    """
    found = {} if given is None else given
    if not isinstance(found, Mapping) or not all(isinstance(v, Mapping) for v in found.values()):
        msg = f"options are of the form {{'extractor': {{'option': value}}}}, not {given!r:.60}"
        raise TypeError(msg)
    return {name: dict(values) for name, values in found.items()}

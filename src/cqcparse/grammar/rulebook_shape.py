"""The shape of ``rules.toml``: what each key holds is told before anything is made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, TypeAlias

from cqcparse.errors import DataError
from cqcparse.model.identifiers import LONGEST

#: ``str`` is text; a list holds items of its first item's shape; under ``""`` stands the shape of
#: all keys that are not named.
Shape: TypeAlias = "type[str] | list[Shape] | Mapping[str, Shape]"

_TABLE: Mapping[str, Shape] = MappingProxyType({"": str})
_RULE: Mapping[str, Shape] = MappingProxyType({"yes": [str], "no": [str], "": str})
_TYPES: Mapping[str, Shape] = MappingProxyType(
    {"ranks": [str], "like": _TABLE, "heads": _TABLE, "": str}
)
_BOOK: Mapping[str, Shape] = MappingProxyType(
    {
        "kind": str,
        "lexicons": _TABLE,
        "types": _TYPES,
        "words": _TABLE,
        "nouns": _TABLE,
        "classes": _TABLE,
        "patterns": _TABLE,
        "rule": [_RULE],
    }
)
_EXPRESSIONS = ("pattern", "not_after", "not_before")
_MAX_EXPRESSION = 5_000  # characters; the longest of the package has 600
_MAX_DEPTH = 20  # brackets within each other
#: Signs that stand in front of what they are about, in a row that has no meaning.
_PREFIXES = re.compile(r"(?:[!@]\s*){3}")
_BRACKETS = re.compile(r"\(\?<?[=!]|[(<\[]|[)>\]]")


def check_book(data: Mapping[str, Any], name: str) -> None:
    """Refuse a rule book in which a value does not belong where it stands.

    Args:
        data: What the file says.
        name: Its name, for messages.

    Raises:
        DataError: If a value is of another type, an expression is too long or nested too deep, or
            a lexicon is not a file of the same folder.
    """
    for key, shape in _BOOK.items():
        if key in data:
            _check(data[key], shape, name, repr(key))
    for file in data.get("lexicons", {}).values():
        if PurePath(file).name != file or "\0" in file:
            raise DataError(name, f"has the lexicon {file!r:.60}, which is no file of its folder")
    for table in ("classes", "patterns"):
        for key, text in data.get(table, {}).items():
            _check_expression(text, name, f"{key!r} in [{table}]")
    for rule in data.get("rule", ()):
        for key in _EXPRESSIONS:
            _check_expression(rule.get(key, ""), name, f"{key!r} of a rule")


def _check(value: object, shape: Shape, name: str, where: str) -> None:
    if isinstance(shape, list):
        if not isinstance(value, list):
            raise DataError(name, f"has {value!r:.60} as {where}, which must be a list")
        for item in value:
            _check(item, shape[0], name, f"an item of {where}")
    elif isinstance(shape, Mapping):
        if not isinstance(value, dict):
            raise DataError(name, f"has {value!r:.60} as {where}, which must be a table")
        for key, item in value.items():
            if len(key) > LONGEST:
                raise DataError(name, f"has a name of more than {LONGEST} characters in {where}")
            _check(item, shape.get(key, shape[""]), name, f"{key!r} of {where}")
    elif not isinstance(value, str):
        raise DataError(name, f"has {value!r:.60} as {where}, which must be text")


def _check_expression(text: str, name: str, where: str) -> None:
    if len(text) > _MAX_EXPRESSION:
        raise DataError(name, f"has more than {_MAX_EXPRESSION:,} characters as {where}")
    if _PREFIXES.search(text):
        raise DataError(name, f"has three signs in a row, '!' or '@', as {where}")
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += -1 if bracket in ")>]" else 1
        if depth > _MAX_DEPTH:
            raise DataError(name, f"has brackets nested more than {_MAX_DEPTH} deep as {where}")

"""Tables of data files made objects: each value is checked against the type of its field."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import attrs

from cqcparse.errors import DataError
from cqcparse.model.identifiers import LONGEST

_AttrsT = TypeVar("_AttrsT")
_NAMES: Mapping[object, str] = types.MappingProxyType(
    {str: "a string", int: "a whole number", bool: "true or false"}
)


@attrs.frozen(str=False)
class MisfitError(DataError):
    """What a table says does not fit the class.

    Attributes:
        key: Where in the table; empty if not at one key.
    """

    key: str = ""


def built(
    cls: type[_AttrsT], table: object, source: str, where: str, *, words: bool = False
) -> _AttrsT:
    """Return an instance of an attrs class from a table of a data file.

    Args:
        cls: The class; its fields are strings, numbers, booleans, one of some strings, tuples and
            mappings of these, other such classes, and any of these or None.
        table: What the file has there.
        source: The file, for messages.
        where: What the table is, for messages.
        words: Whether a tuple of strings may be written as one string of words.

    Raises:
        MisfitError: If it is no table, has a key that there is not, lacks one that is needed, or a
            value is of another type.
    """
    if not isinstance(table, dict):
        raise MisfitError(source, f"{where} must be a table")
    fields = {field.name: field for field in attrs.fields(typing.cast("Any", cls))}
    if unknown := sorted(table.keys() - fields.keys()):
        raise MisfitError(source, f"{where} has the unknown key {unknown[0]!r:.60}", key=unknown[0])
    required = (name for name, field in fields.items() if field.default is attrs.NOTHING)
    if missing := [name for name in required if name not in table]:
        raise MisfitError(source, f"{where} lacks the key {missing[0]!r:.60}")
    named = (table[key] for key in ("id", "name") if isinstance(table.get(key), str))
    label = next((f"{where} {name!r:.60}" for name in named), where)
    hints = _hints(typing.cast("type", cls))
    values = {}
    for name, item in table.items():
        values[name] = _Field(source, name, words=words).convert(
            hints[name], item, f"{name!r:.60} of {label}"
        )
    return cls(**values)


@cache
def _hints(cls: type) -> dict[str, Any]:
    """Return the types of the fields of a class."""
    return typing.get_type_hints(cls)


@attrs.frozen
class _Field:
    """A field that is filled, with what messages say of where that stands."""

    source: str
    name: str
    words: bool = attrs.field(kw_only=True)

    def convert(self, hint: Any, value: object, where: str) -> Any:  # noqa: ANN401 - any field
        """Return a value as the type of its field."""
        origin, of = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            return self.convert(of[0], value, where)
        if origin is tuple:
            return self._items(of[0], value, where)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._mapping(of[1], value, where)
        if origin is typing.Literal:
            if value not in of:
                choices = ", ".join(map(repr, of))
                self._refuse(f"{where} is {value!r:.60}, and must be one of {choices}")
            return value
        if attrs.has(hint):
            return built(hint, value, self.source, where, words=self.words)
        if type(value) is not hint:
            self._refuse(f"{where} must be {_NAMES[hint]}, not {value!r:.60}")
        return value

    def _items(self, hint: Any, value: object, where: str) -> tuple[Any, ...]:  # noqa: ANN401
        if self.words and isinstance(value, str):
            return tuple(value.split())
        if not isinstance(value, list):
            self._refuse(f"{where} must be a list{' or a string of words' * self.words}")
        return tuple(self.convert(hint, item, f"an entry in {where}") for item in value)

    def _mapping(self, hint: Any, value: object, where: str) -> dict[str, Any]:  # noqa: ANN401
        if not isinstance(value, dict):
            self._refuse(f"{where} must be a table")
        for key in value:
            if len(key) > LONGEST:
                self._refuse(f"{where} has a name of more than {LONGEST} characters")
        return {
            key: self.convert(hint, item, f"{key!r:.60} of {where}") for key, item in value.items()
        }

    def _refuse(self, problem: str) -> typing.NoReturn:
        raise MisfitError(self.source, problem, key=self.name)

"""The JSON Schema of what :mod:`cqcparse.output.serialise` writes, made by walking the classes."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias, get_args

import attrs

from cqcparse.extraction.plugins import installed_kinds
from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import (
    PlainMention,
    TypeForm,
    alternatives,
    class_of,
    field_types,
    is_optional,
)
from cqcparse.model.mentions import Mention
from cqcparse.model.report import Report
from cqcparse.output.serialise import SCHEMA_VERSION

Schema: TypeAlias = dict[str, Any]

_PLAIN: dict[TypeForm, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?([Ee][+-]?\d+)?$"},
    Any: {},
}


def json_schema(
    kinds: Iterable[type[Mention]] | None = None,
    *,
    of: type[Assessment | Report] = Assessment,
) -> Schema:
    """Return the JSON Schema (draft 2020-12) of an assessment, or of a report, as JSON.

    Args:
        kinds: The kinds of mention that may occur; by default the built-in ones and those of the
            installed plugins.
        of: :class:`~cqcparse.Assessment` or :class:`~cqcparse.Report`.

    Examples:
        >>> import cqcparse
        >>> cqcparse.json_schema()["title"]
        'cqcparse assessment'
    """
    walk = _Walk(installed_kinds() if kinds is None else tuple(kinds))
    walk.object(of)
    schema = walk.definitions.pop(of.__name__)
    properties = {"schema_version": {"const": SCHEMA_VERSION}, **schema["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"cqcparse {of.__name__.lower()}",
        **schema,
        "properties": properties,
        "required": list(properties),
        "$defs": dict(sorted(walk.definitions.items())),
    }


class _Walk:
    """Collects a definition for each class that is reached."""

    def __init__(self, kinds: tuple[type[Mention], ...]) -> None:
        self.definitions: dict[str, Schema] = {}
        self._kinds = kinds

    def object(self, form: TypeForm) -> Schema:
        """Return a reference to the definition of an attrs class, which is made if it is new."""
        name = _name(form)
        if name not in self.definitions:
            self.definitions[name] = {}  # a class may hold others of its own
            self.definitions[name] = self._definition(form)
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, form: TypeForm) -> Schema:
        cls = class_of(form)
        properties = {name: self._value(of) for name, of in field_types(form).items()}
        if issubclass(cls, Mention):
            properties = {"kind": {"const": cls.kind}, **properties}
        return {
            "description": (cls.__doc__ or "").strip().partition("\n")[0],
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def _value(self, form: TypeForm) -> Schema:
        schemas = [self._one(member) for member in alternatives(form)]
        if is_optional(form):
            schemas.append({"type": "null"})
        return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}

    def _one(self, form: TypeForm) -> Schema:
        """Return the schema of a form that is not a union."""
        if form in _PLAIN:
            return dict(_PLAIN[form])
        if form is Mention:
            return {"oneOf": [self.object(cls) for cls in self._kinds]}
        special = _SPECIAL.get(class_of(form))
        if special is not None:
            return special(self._value, form)
        if isinstance(form, type) and issubclass(form, enum.Enum):
            return {"enum": [member.value for member in form]}
        if attrs.has(class_of(form)):
            return self.object(form)
        msg = f"a field of type {form!r} has no JSON form that cqcparse knows"
        raise TypeError(msg)


def _literal(_: Callable[[TypeForm], Schema], form: TypeForm) -> Schema:
    return {"enum": list(get_args(form))}


def _tuple(value: Callable[[TypeForm], Schema], form: TypeForm) -> Schema:
    members = get_args(form)
    if members[1:] == (...,):
        return {"type": "array", "items": value(members[0])}
    length = len(members)
    items = [value(member) for member in members]
    return {"type": "array", "prefixItems": items, "minItems": length, "maxItems": length}


_SPECIAL: dict[TypeForm, Callable[[Callable[[TypeForm], Schema], TypeForm], Schema]] = {
    Literal: _literal,
    tuple: _tuple,
}


def _name(form: TypeForm) -> str:
    """Return ``Reading_Money`` for ``Reading[Money]``, ``PlainMention_town`` for a plain kind."""
    cls = class_of(form)
    if issubclass(cls, PlainMention):
        return f"{cls.__name__}_{cls.kind}"
    names = [part.__name__ for part in (cls, *get_args(form))]
    return "_".join(names)

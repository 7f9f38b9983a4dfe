"""The kinds of mention at hand and the types of their fields, for JSON and tables."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from cqcparse.mentions import Funding, Mention, Partner, Service

#: A class, or a form such as ``Quote | None`` or ``Reading[Money]``.
TypeForm: TypeAlias = Any

_UNIONS: tuple[TypeForm, ...] = (Union, types.UnionType)

BUILT_IN: tuple[type[Mention], ...] = (Funding, Service, Partner)


@cache
def installed_kinds() -> tuple[type[Mention], ...]:
    """Return the built-in kinds, then those that the installed plugins bring, in order of name."""
    from cqcparse.plugins import load_plugins  # noqa: PLC0415 - only when a kind is not built in

    made = [cls for extractor in load_plugins().extractors for cls in extractor.produces]
    return with_built_in(made)


def with_built_in(kinds: Iterable[type[Mention]]) -> tuple[type[Mention], ...]:
    """Return the built-in kinds, then the others of *kinds* in order of name, each name once."""
    names = {cls.kind: cls for cls in reversed(tuple(kinds))}
    others = sorted(names.keys() - {cls.kind for cls in BUILT_IN})
    return (*BUILT_IN, *(names[name] for name in others))


def field_types(form: TypeForm) -> dict[str, TypeForm]:
    """Return the fields of an attrs class with their types, in order.

    Args:
        form: The class; of a generic one also the alias, such as ``Reading[Money]``.
    """
    cls = class_of(form)
    hints = _hints(cls)
    given = dict(zip(getattr(cls, "__parameters__", ()), get_args(form), strict=False))
    return {field.name: _filled(hints[field.name], given) for field in attrs.fields(cls)}


def attribute_types(cls: type[Mention]) -> dict[str, TypeForm]:
    """Return the fields that the kind *cls* adds to those of every mention."""
    common = {field.name for field in attrs.fields(Mention)}
    return {name: form for name, form in field_types(cls).items() if name not in common}


def class_of(form: TypeForm) -> Any:  # noqa: ANN401 - a class, or a special form such as Union
    """Return what stands before the brackets of a form, such as ``Reading`` or ``tuple``."""
    origin: Any = get_origin(form)
    return form if origin is None else origin


def alternatives(form: TypeForm) -> tuple[TypeForm, ...]:
    """Return the members of a union other than None; any other form is its only member."""
    if class_of(form) in _UNIONS:
        return tuple(member for member in get_args(form) if member is not types.NoneType)
    return (form,)


def is_optional(form: TypeForm) -> bool:
    """Return whether None is a value of *form*."""
    return form is types.NoneType or types.NoneType in get_args(form)


@cache
def _hints(cls: type) -> Mapping[str, TypeForm]:
    return get_type_hints(cls)


def _filled(form: TypeForm, given: Mapping[TypeVar, TypeForm]) -> TypeForm:
    """Return *form* with the arguments of a generic class in the places of its variables."""
    if isinstance(form, TypeVar):
        return given.get(form, Any)
    parameters = getattr(form, "__parameters__", ())
    if not parameters:
        return form
    return form[tuple(given.get(parameter, Any) for parameter in parameters)]

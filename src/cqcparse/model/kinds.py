"""The kinds of mention at hand and the types of their fields, for JSON and tables."""

from __future__ import annotations

import datetime as dt
import enum
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from threading import Lock
from typing import (
    Any,
    Literal,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from weakref import WeakValueDictionary

import attrs

from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.mentions import Funding, Mention, Partner, Service

#: A class, or a form such as ``Quote | None`` or ``Reading[Money]``.
TypeForm: TypeAlias = Any

#: The types of single values that JSON and tables can hold.
PLAIN_TYPES: frozenset[type] = frozenset({str, int, float, bool, dt.date, Decimal})

_UNIONS: tuple[TypeForm, ...] = (Union, types.UnionType)

BUILT_IN: tuple[type[Mention], ...] = (Funding, Service, Partner)


def with_built_in(kinds: Iterable[type[Mention]]) -> tuple[type[Mention], ...]:
    """Return the built-in kinds, then the others of *kinds* in order of name, each name once."""
    names = {cls.kind: cls for cls in reversed(tuple(kinds))}
    others = sorted(names.keys() - {cls.kind for cls in BUILT_IN})
    return (*BUILT_IN, *(names[name] for name in others))


@attrs.frozen(kw_only=True)
class PlainMention(Mention):
    """A mention of a kind that adds no fields; :func:`plain_kind` makes a class of it for each."""

    def __reduce__(self) -> tuple[Callable[..., Mention], tuple[object, ...]]:
        """Let another process make the class of the kind again."""
        return _plain_mention, (self.kind, attrs.asdict(self, recurse=False))


#: The classes that are in use, by kind; those of kinds that only a file had do not stay.
_PLAIN: WeakValueDictionary[str, type[PlainMention]] = WeakValueDictionary()
_MAKING = Lock()


def plain_kind(name: str) -> type[Mention]:
    """Return the class of the mentions of a kind that adds no fields, such as a lexicon brings.

    The name of the class is fixed, and no code is compiled for it: the name of the kind is data.

    Args:
        name: Name of the kind.

    Raises:
        ValueError: If it is no name.
    """
    if not is_name(name):
        msg = f"{name!r:.60} is no name of a kind: one is made of {RULE}"
        raise ValueError(msg)
    with _MAKING:
        made = _PLAIN.get(name)
        if made is None:
            made = type("PlainMention", (PlainMention,), {"kind": name, "__slots__": ()})
            _PLAIN[name] = made
    return made


def _plain_mention(kind: str, fields: Mapping[str, Any]) -> Mention:
    """Return a mention of a plain kind; how one comes back from another process."""
    return plain_kind(kind)(**fields)


def declaring(cls: type) -> type:
    """Return the attrs class that declares the fields of *cls*: itself, but for a plain kind."""
    return PlainMention if issubclass(cls, PlainMention) else cls


def field_types(form: TypeForm) -> dict[str, TypeForm]:
    """Return the fields of an attrs class with their types, in order.

    Args:
        form: The class; of a generic one also the alias, such as ``Reading[Money]``.
    """
    cls = class_of(form)
    hints = _hints(declaring(cls))
    given = dict(zip(getattr(cls, "__parameters__", ()), get_args(form), strict=False))
    return {field.name: _filled(hints[field.name], given) for field in attrs.fields(cls)}


def attribute_types(cls: type[Mention]) -> dict[str, TypeForm]:
    """Return the fields that the kind *cls* adds to those of every mention."""
    common = {field.name for field in attrs.fields(Mention)}
    return {name: form for name, form in field_types(cls).items() if name not in common}


def misfit(mention: object) -> str | None:
    """Return which field of *mention* (any attrs object) has a value not of its declared type.

    Python does not check this, but JSON and tables are made by the declared types.

    Returns:
        The end of a sentence that begins with the mention; None if all is well.
    """
    cls: Any = type(mention)  # mypy takes a class with slots for unhashable
    for name, form, fits in _checks(declaring(cls)):
        value = getattr(mention, name)
        if not fits(value):
            return f"has {value!r:.60} as {name!r}, which is declared as {_shown(form)}"
    return None


def unwritable(cls: type[Mention]) -> str | None:
    """Return which field of a kind has a type that JSON and tables cannot hold.

    Returns:
        The end of a sentence that begins with the class; None if all is well.
    """
    return _unwritable_field(cls, ())


def _unwritable_field(form: TypeForm, within: tuple[TypeForm, ...]) -> str | None:
    for name, of in field_types(form).items():
        problem = _unwritable_form(of, (*within, form))
        if problem is not None:
            return f"has a field {name!r} {problem}" if not within else problem
    return None


def _unwritable_form(form: TypeForm, within: tuple[TypeForm, ...]) -> str | None:
    cls = class_of(form)
    if form in PLAIN_TYPES or form is types.NoneType or cls is Literal:
        return None
    if cls is tuple or cls in _UNIONS:
        members = (member for member in get_args(form) if member is not ...)
        problems = (_unwritable_form(member, within) for member in members)
        return next(filter(None, problems), None)
    if isinstance(form, type) and issubclass(form, enum.Enum):
        return None
    if not attrs.has(cls):
        return f"of the type {_shown(form)}, which has no form in JSON"
    if form in within:
        return f"of the type {_shown(form)}, which holds itself"
    return _unwritable_field(form, within)


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


_Check: TypeAlias = Callable[[object], bool]


@cache
def _checks(cls: type) -> tuple[tuple[str, TypeForm, _Check], ...]:
    """Return name, type and check of each field of an attrs class."""
    return tuple((name, form, _check(form)) for name, form in field_types(cls).items())


def _check(form: TypeForm) -> _Check:
    """Return what tells whether a value is of exactly the type *form*."""
    if form is Any:
        return lambda _: True
    members = alternatives(form)
    if len(members) != 1 or members[0] is not form:
        return _union_check([_check(member) for member in members])
    cls = class_of(form)
    if cls is Literal:
        return lambda value: value in get_args(form)
    if cls is tuple:
        return _tuple_check(get_args(form))
    if attrs.has(cls):
        return _class_check(cls, form)
    allowed = {float, int} if cls is float else {cls}
    return lambda value: type(value) in allowed


def _union_check(checks: Sequence[_Check]) -> _Check:
    """Return the check of a union with None; most are of one type, as ``Quote | None``."""
    if len(checks) == 1:
        (only,) = checks
        return lambda value: value is None or only(value)
    return lambda value: value is None or any(check(value) for check in checks)


def _tuple_check(members: tuple[TypeForm, ...]) -> _Check:
    if members[1:] == (...,):
        of_all = _check(members[0])
        return lambda value: type(value) is tuple and all(map(of_all, value))
    checks = [_check(member) for member in members]
    return lambda value: (
        type(value) is tuple
        and len(value) == len(checks)
        and all(check(item) for check, item in zip(checks, value, strict=True))
    )


def _class_check(cls: type, form: TypeForm) -> _Check:
    """Return the check of an attrs class, which looks at its fields too."""
    checks: list[tuple[str, _Check]] = []

    def check(value: object) -> bool:
        if type(value) is not cls:
            return False
        if not checks:  # made on first use: a class may hold others of its own
            checks.extend((name, _check(of)) for name, of in field_types(form).items())
        return all(fits(getattr(value, name)) for name, fits in checks)

    return check


def _shown(form: TypeForm) -> str:
    return form.__name__ if isinstance(form, type) else str(form)

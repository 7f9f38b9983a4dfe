"""The kinds of mention at hand and the types of their fields, for JSON and tables."""

from __future__ import annotations

import datetime as dt
import enum
import math
import re
import sys
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

from cqcparse.model.fields import reader_of
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.mentions import Funding, Mention, Partner, Service
from cqcparse.model.writable import is_writable

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

    Python does not check this, but JSON and tables are made by the declared types. Nor is a value
    of its type if JSON and tables have no form for it, such as a float that is no number.

    Returns:
        The end of a sentence that begins with the mention; None if all is well.
    """
    cls: Any = type(mention)  # mypy takes a class with slots for unhashable
    fields = _checks(declaring(cls))
    place = fields.wrong(mention)
    if place is None:
        return None
    value, (name, form, _) = fields.value(mention, place), fields.checks[place]
    known = _unwritable_value(value)
    problem = f"which {known}" if known else f"which is declared as {_shown(form)}"
    return f"has {_said(value)} as {name!r}, {problem}"


def _said(value: object) -> str:
    """Return a value for a message, the same in each run and of bounded length."""
    try:
        return re.sub(r" at 0x[0-9a-f]+", "", f"{value!r:.60}", flags=re.IGNORECASE)
    except Exception:  # noqa: BLE001 - a stranger's, or an integer with too many digits
        return f"a value of type {type(value).__name__}"


def unwritable(cls: type[Mention]) -> str | None:
    """Return which field of a kind has a type that JSON and tables cannot hold, or tell apart.

    Returns:
        The end of a sentence that begins with the class; None if all is well.
    """
    return _unwritable_field(cls, ())


def unfindable(cls: type[Mention]) -> str | None:
    """Return why no other process could find a class, which worker processes need.

    Returns:
        The end of a sentence that begins with the class; None if all is well.
    """
    found: object = sys.modules.get(cls.__module__)
    for name in cls.__qualname__.split("."):
        found = getattr(found, name, None)
    if found is cls or issubclass(cls, PlainMention):
        return None
    return f"cannot be found as {cls.__qualname__!r} in the module {cls.__module__!r}"


def _unwritable_field(form: TypeForm, within: tuple[TypeForm, ...]) -> str | None:
    for name, of in field_types(form).items():
        problem = _unwritable_form(of, (*within, form))
        if problem is not None:
            return f"has a field {name!r} {problem}" if not within else problem
    return None


def _unwritable_form(form: TypeForm, within: tuple[TypeForm, ...]) -> str | None:
    cls = class_of(form)
    if form in PLAIN_TYPES or form is types.NoneType:
        return None
    if cls is tuple or cls in _UNIONS:
        return _unwritable_members(form, within)
    if cls is Literal or (isinstance(form, type) and issubclass(form, enum.Enum)):
        return _unwritable_choice(form)
    if attrs.has(cls) and form not in within:
        return _unwritable_field(form, within)
    why = "holds itself" if form in within else "has no form in JSON"
    return f"of the type {_shown(form)}, which {why}"


def _unwritable_members(form: TypeForm, within: tuple[TypeForm, ...]) -> str | None:
    if len(alternatives(form)) > 1:
        return f"of the type {_shown(form)}, whose members JSON does not tell apart"
    members = (member for member in get_args(form) if member is not ...)
    problems = (_unwritable_form(member, within) for member in members)
    return next(filter(None, problems), None)


def _unwritable_choice(form: TypeForm) -> str | None:
    values = get_args(form) or [member.value for member in form]
    for value in values:
        if type(value) not in {str, int, bool} or _unwritable_value(value):
            return f"of the type {_shown(form)}, with a value ({type(value).__name__}) of no form"
    return None


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


#: Combinations of types that are remembered of a class; most have one or two.
_MOST_COMBINATIONS = 1_000


class _Fields:
    """The fields of an attrs class, with what tells whether their values fit.

    Args:
        form: The class; of a generic one also the alias.
    """

    def __init__(self, form: TypeForm) -> None:
        #: Name, type and check of each.
        self.checks = [(name, of, _check(of)) for name, of in field_types(form).items()]
        self._read = reader_of(class_of(form)) or _nothing
        self._decided: dict[tuple[type, ...], tuple[tuple[int, _Check], ...]] = {}

    def wrong(self, value: object) -> int | None:
        """Return the place of the first field of an object whose value does not fit, or None.

        Only those are asked whose type leaves a doubt; most are right whatever the value is.
        """
        values = self._read(value)
        kinds = (*map(type, values),)
        doubts = self._decided.get(kinds)
        if doubts is None:
            if len(self._decided) >= _MOST_COMBINATIONS:
                self._decided.clear()
            pairs = zip(self.checks, kinds, strict=True)
            doubts = self._decided[kinds] = tuple(
                (place, fits)
                for place, ((_, of, fits), kind) in enumerate(pairs)
                if not _fits(of, kind)
            )
        for place, fits in doubts:
            if not fits(values[place]):
                return place
        return None

    def value(self, value: object, place: int) -> object:
        """Return what a field of an object holds."""
        return self._read(value)[place]


def _nothing(_: object) -> tuple[()]:
    """Read a class without fields."""
    return ()


_checks = cache(_Fields)


def _fits(form: TypeForm, kind: type) -> bool:
    """Return whether every value of exactly the type *kind* is one of *form*."""
    if form is Any:
        return True
    if kind is types.NoneType:
        return is_optional(form)
    return kind in _WHOLLY_WRITABLE and kind in alternatives(form)


def _check(form: TypeForm) -> _Check:
    """Return what tells whether a value is of exactly the type *form*."""
    if form is Any:
        return lambda _: True
    members = alternatives(form)
    if len(members) != 1 or members[0] is not form:
        return _union_check([_check(member) for member in members])
    cls = class_of(form)
    if cls is Literal:
        choices = {(type(choice), choice) for choice in get_args(form)}
        kinds = {type(choice) for choice in get_args(form)}
        return lambda value: type(value) in kinds and (type(value), value) in choices
    if cls is tuple:
        return _tuple_check(get_args(form))
    if attrs.has(cls):
        return _class_check(cls, form)
    return _LEAVES.get(cls) or (lambda value: type(value) is cls)


def _is_text(value: object) -> bool:
    return type(value) is str and (value.isascii() or is_writable(value))


def _is_integer(value: object) -> bool:
    return type(value) is int and value.bit_length() <= _BITS


def _is_number(value: object) -> bool:
    if type(value) is int:
        return value.bit_length() < sys.float_info.max_exp
    return type(value) is float and math.isfinite(value)


def _is_decimal(value: object) -> bool:
    return type(value) is Decimal and value.is_finite()


#: The plain types all of whose values can be written.
_WHOLLY_WRITABLE = PLAIN_TYPES - {str, int, float, Decimal}
#: Bits of the largest integer: Python and JSON want no more digits than 4,300.
_BITS = 10_000
#: What tells whether a value of a type is one that can be written.
_LEAVES: Mapping[type, _Check] = {
    str: _is_text,
    int: _is_integer,
    float: _is_number,
    Decimal: _is_decimal,
}


def _unwritable_value(value: object) -> str | None:
    """Return why a value of a plain type cannot be written, as the end of a sentence, or None."""
    if isinstance(value, str):
        return None if is_writable(value) else "has half of a surrogate pair"
    if type(value) in {int, float, Decimal} and not any(f(value) for f in _LEAVES.values()):
        return "is no number that JSON has"
    return None


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
    fields: list[_Fields] = []

    def check(value: object) -> bool:
        if type(value) is not cls:
            return False
        if not fields:  # made on first use: a class may hold others of its own
            fields.append(_checks(form))
        return fields[0].wrong(value) is None

    return check


def _shown(form: TypeForm) -> str:
    return form.__name__ if isinstance(form, type) else str(form)

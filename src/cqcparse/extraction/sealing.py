"""Sealing: whether an extractor changed what it was handed is noticed, and undone."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, get_args

import attrs

from cqcparse.model.fields import names_of, reader_of
from cqcparse.model.kinds import (
    PLAIN_TYPES,
    TypeForm,
    alternatives,
    class_of,
    declaring,
    field_types,
)


class Seal:
    """What frozen values hold, down to the last of them.

    Attrs refuses to set a field of a frozen object, ``object.__setattr__`` does not. All extractors
    read the same values, since copies for each would cost more than most of them take. Objects are
    looked at by class, all of one class in one go.

    Args:
        values: Tuples and attrs objects that nothing may change.
    """

    def __init__(self, values: Iterable[object]) -> None:
        self._held: list[tuple[list[Any], _Getter, list[tuple[object, ...]]]] = []
        self._seen: set[int] = set()
        self._rows: list[tuple[object, str, Any, Any]] = []
        self.add(values)

    def add(self, values: Iterable[object]) -> None:
        """Seal further values."""
        waiting: dict[Any, list[Any]] = {}  # mypy takes a class with slots for unhashable
        _sort(values, waiting)
        seen = self._seen
        while waiting:
            cls, objects = waiting.popitem()
            getter = reader_of(cls)
            if getter is None:
                continue
            new = [value for value in objects if id(value) not in seen]
            if len(set(map(id, new))) < len(new):
                new = [*{id(value): value for value in new}.values()]
            if not new:
                continue
            seen.update(map(id, new))
            fields = [*map(getter, new)]
            self._held.append((new, getter, fields))
            for place, of, many in _inner(cls):
                column = map(itemgetter(place), fields)
                held = chain.from_iterable(column) if many else column
                if of is None:
                    _sort(held, waiting)
                else:
                    waiting.setdefault(of, []).extend(held)

    def watch(self, holder: object) -> None:
        """Seal the lists that an object has as attributes: they may be changed in place."""
        if id(holder) in self._seen:
            return
        self._seen.add(id(holder))
        names = getattr(type(holder), "__slots__", None) or tuple(vars(holder))
        for name in names:
            row = getattr(holder, name, None)
            if isinstance(row, (list, array)):
                self._rows.append((holder, name, row, row[:]))

    @property
    def is_broken(self) -> bool:
        """Whether a field of a value is no longer what it was, or a list has changed."""
        for holder, name, row, then in self._rows:
            if getattr(holder, name, None) is not row or row != then:
                return True
        # Fields that are the same objects are not compared any further.
        return any([*map(getter, values)] != fields for values, getter, fields in self._held)

    def restore(self) -> None:
        """Give every field the object that it had, and every list what was in it."""
        for holder, name, row, then in self._rows:
            row[:] = then
            setattr(holder, name, row)
        for values, _, rows in self._held:
            for value, fields in zip(values, rows, strict=True):
                cls: Any = type(value)
                for name, field in zip(names_of(cls), fields, strict=True):
                    object.__setattr__(value, name, field)


_Getter = Callable[[Any], tuple[object, ...]]


def _sort(values: Iterable[object], into: dict[Any, list[Any]]) -> None:
    """Put values in lists by their classes, those in tuples too."""
    left = [*values]
    while left:
        value = left.pop()
        if isinstance(value, tuple):
            left += value
        elif type(value) not in PLAIN_TYPES:
            into.setdefault(type(value), []).append(value)


@cache
def _inner(cls: Any) -> tuple[tuple[int, type | None, bool], ...]:  # noqa: ANN401 - as for field_types
    """Return the fields that hold more than plain values, by their places.

    Returns:
        Place, the only class there can be (None if there may be several, or none at all), and
        whether it is a tuple of them.
    """
    forms = field_types(declaring(cls)).values()
    found = ((place, *_held(form)) for place, form in enumerate(forms) if not _is_plain(form))
    return tuple(found)


def _held(form: TypeForm) -> tuple[type | None, bool]:
    members = get_args(form)
    if class_of(form) is tuple and members[1:] == (...,) and not _is_plain(members[0]):
        return _only(members[0]), True
    return _only(form), False


def _only(form: TypeForm) -> type | None:
    """Return the class that every value of a type has; None if there is no such class."""
    return (
        form if isinstance(form, type) and attrs.has(form) and not form.__subclasses__() else None
    )


def _is_plain(form: TypeForm) -> bool:
    return all(isinstance(one, type) and one in PLAIN_TYPES for one in alternatives(form))

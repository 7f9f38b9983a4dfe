"""Sealing: whether an extractor changed what it was handed is noticed, and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cqcparse.model.fields import names_of, reader_of


class Seal:
    """What frozen values hold, down to the last of them.

    Attrs refuses to set a field of a frozen object, ``object.__setattr__`` does not. All extractors
    read the same values, since copies for each would cost more than most of them take.

    Args:
        values: Tuples and attrs objects that nothing may change.
    """

    def __init__(self, values: Iterable[object]) -> None:
        self._held: list[tuple[object, Callable[[Any], tuple[object, ...]], tuple[object, ...]]]
        self._held = []
        self._seen: set[int] = set()
        self.add(values)

    def add(self, values: Iterable[object]) -> None:
        """Seal further values."""
        waiting = [*values]
        held, seen = self._held, self._seen
        while waiting:
            value = waiting.pop()
            if isinstance(value, tuple):
                waiting += value
                continue
            cls: Any = type(value)  # mypy takes a class with slots for unhashable
            getter = reader_of(cls)
            if getter is not None and id(value) not in seen:
                seen.add(id(value))
                fields = getter(value)
                held.append((value, getter, fields))
                waiting += fields

    @property
    def is_broken(self) -> bool:
        """Whether a field of a value is no longer the object that it was."""
        for value, getter, fields in self._held:
            for now, then in zip(getter(value), fields, strict=True):
                if now is not then:
                    return True
        return False

    def restore(self) -> None:
        """Give every field the object that it had."""
        for value, _, fields in self._held:
            cls: Any = type(value)
            for name, field in zip(names_of(cls), fields, strict=True):
                object.__setattr__(value, name, field)

"""Fields: all values of an attrs object at once, for what looks at every mention."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import Any

import attrs


@lru_cache(maxsize=1024)  # the classes of kinds that only a file has come and go
def names_of(cls: type) -> tuple[str, ...]:
    """Return the names of the fields of an attrs class; of any other class there are none."""
    return tuple(field.name for field in attrs.fields(cls)) if attrs.has(cls) else ()


@lru_cache(maxsize=1024)
def reader_of(cls: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return what takes all fields of an object of *cls*, in order; None if it has none."""
    names = names_of(cls)
    if not names:
        return None
    if len(names) == 1:
        one = attrgetter(*names)
        return lambda value: (one(value),)
    return attrgetter(*names)

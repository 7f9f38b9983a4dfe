"""Public names that are imported when they are asked for: a package costs little by itself."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def found_lazily(
    package: str, homes: Mapping[str, tuple[str, ...]], *, rooms: tuple[str, ...] = ()
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """Return ``__all__``, ``__getattr__`` and ``__dir__`` of a package.

    Args:
        package: Its full name.
        homes: The public names by the module, below the package, that each is defined in.
        rooms: Public packages below it, which are found in the same way.
    """
    addresses = {name: f"{package}.{module}" for module, names in homes.items() for name in names}

    def find(name: str) -> object:
        if name in rooms:
            return import_module(f"{package}.{name}")
        if name not in addresses:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        value: object = getattr(import_module(addresses[name]), name)
        setattr(sys.modules[package], name, value)  # asked for once
        return value

    public = sorted(addresses)
    return public, find, lambda: [*public, *rooms]

"""A digest of all that results depend on apart from the input: code, data, plugins and settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from cqcparse.extraction.plugins import Plugins

#: Suffixes of the files that results depend on.
_SUFFIXES = (".py", ".toml", ".csv", ".json")


def fingerprint(plugins: Plugins, settings: Iterable[object]) -> str:
    """Return a digest that changes when the same input might be read in another way.

    The files of cqcparse and of each plugin are looked at, not only their versions, so that it
    holds while they are being worked on.

    Args:
        plugins: The plugins at hand; what became of each counts as well.
        settings: Whatever else was chosen; by the ``repr`` of each.
    """
    digest = hashlib.sha256(own_digest().encode())
    for info in plugins.infos:
        digest.update(repr(info).encode())
    for name, plugin in sorted(plugins.manager.list_name_plugin()):
        digest.update(repr(name).encode())
        place = getattr(plugin, "__file__", None)
        if place is not None:
            _add(digest, _code_of(Path(place)))
    for setting in settings:
        digest.update(repr(setting).encode())
    return digest.hexdigest()


def plugin_digest(plugins: Plugins, name: str) -> str | None:
    """Return a digest of the code and the data of a plugin; None if it has no files."""
    place = getattr(plugins.manager.get_plugin(name), "__file__", None)
    if place is None:
        return None
    digest = hashlib.sha256()
    _add(digest, _code_of(Path(place)))
    return digest.hexdigest()


@cache
def own_digest() -> str:
    """Return a digest of the code and the data of cqcparse itself."""
    digest = hashlib.sha256()
    _add(digest, _below(files("cqcparse")))
    return digest.hexdigest()


def _add(digest: hashlib._Hash, found: Iterable[Traversable]) -> None:
    for file in found:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)} ".encode())
        digest.update(content)


def _code_of(module: Path) -> Iterator[Traversable]:
    """Yield the file of a module, or those of the package it is."""
    return _below(module.parent) if module.name == "__init__.py" else iter((module,))


def _below(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _below(item)
        elif item.name.endswith(_SUFFIXES):
            yield item

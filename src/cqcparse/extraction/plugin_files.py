"""Plugins from one file: a module that no distribution brings, found by its path."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from cqcparse.errors import PluginError
from cqcparse.model.identifiers import as_name


def name_of(path: Path) -> str:
    """Return the name of the plugin in a file: that of it or its package, as names are written."""
    own = path.parent.name if path.stem == "__init__" else path.stem
    return as_name(own) or "plugin"


def module_of(path: Path) -> ModuleType:
    """Return the module in a file; the same one for as long as the file is the same.

    Its name tells which file it is and what is in it, so that a worker process finds the classes of
    a mention by the same name, and two files by one name do not get in each other's way.

    Args:
        path: An absolute path.

    Raises:
        PluginError: If it is no file of Python that can be read.
        Exception: Whatever the module raises.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = f"{path} cannot be read ({error.strerror or error})"
        raise PluginError(name_of(path), problem, "check the path") from None
    digest = hashlib.sha256(bytes(path) + b"\0" + content).hexdigest()[:16]
    name = f"cqcparse_plugin_{name_of(path).replace('-', '_')}_{digest}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PluginError(name_of(path), f"{path} is no file of Python", "name it with '.py'")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module

"""Tables: what the files of a grammar come to, made once and kept beside them as ``compiled.json``.

To read the rules, work out the classes and spell out the phrases takes longer than a report. A
table says which files it was made of: once one of them changes, it is not used, and the files are
read again. ``make tables`` makes those of the package anew, and a test compares them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: Name of the file, beside those that it was made of.
COMPILED = "compiled.json"
#: The first character that stands for a set of them in a packed pattern; no alphabet goes so far.
PACKED = 0xF0000
#: Changes with what a table holds.
_FORM = b"4"


def ready_table(source: Path | Traversable) -> dict[str, Any] | None:
    """Return the table of a folder; None if there is none, or it was made of other files."""
    try:
        table: dict[str, Any] = json.loads((source / COMPILED).read_bytes())
    except (OSError, ValueError):
        return None
    return table if table["made_of"] == made_of(source) else None


def made_of(source: Path | Traversable) -> str:
    """Return a digest of the TOML files of a folder, and of those that all grammars share."""
    digest = hashlib.sha256(_FORM)
    for folder in (Path(__file__).parent, source):
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".toml"):
                content = file.read_bytes()
                digest.update(f"{file.name} {len(content)} ".encode())
                digest.update(content)
    return digest.hexdigest()


def unpacking(sets: Iterable[str]) -> dict[int, str]:
    """Return what ``str.translate`` makes packed patterns long with.

    Args:
        sets: Those of the :class:`~cqcparse.grammar.rule_patterns.Packing`.
    """
    return dict(enumerate(sets, PACKED))

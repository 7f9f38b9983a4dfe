"""Word lists from TOML: tables of words, by name, with every mistake told when they are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcparse.errors import DataError
from cqcparse.reading.data_files import read_data_file, toml_table

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def read_toml(source: Path | Traversable) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises:
        DataError: If it cannot be read, or is not TOML.
    """
    return toml_table(read_data_file(source, "the file"), str(source))


def word_sets(name: str, table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return the lists of one table, each a string of words, as sets.

    Args:
        name: The file, for messages.
        table: What it has under the name of the table.

    Raises:
        DataError: If a word is torn at a hyphen.
    """
    for key, words in table.items():
        torn = next((word for word in words.split() if word.strip("-") != word), None)
        if torn is not None:
            raise DataError(name, f"has the torn word {torn!r} in the list {key!r}: join its parts")
    return {key: frozenset(words.split()) for key, words in table.items()}

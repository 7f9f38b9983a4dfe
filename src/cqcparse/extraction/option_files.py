"""Option files: what a user sets for extractors, in TOML, by file or by environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cqcparse.errors import DataError
from cqcparse.reading.data_files import read_data_file, toml_table

#: Environment variable that names a file of options.
OPTIONS_VARIABLE = "CQCPARSE_OPTIONS"


def load_options(path: str | os.PathLike[str]) -> dict[str, dict[str, object]]:
    """Return the options of a file: a table for each extractor, values by the names of options.

    A list becomes a tuple. A table ``{ env = "NAME" }`` is the value of that environment variable:
    a secret need not stand in the file.

    Raises:
        DataError: If the file cannot be read, is none of this form, or a variable is not set.
    """
    data = toml_table(read_data_file(Path(path), "the file of options"), str(path))
    for name, table in data.items():
        if not isinstance(table, dict):
            raise DataError(str(path), f"{name!r:.60} is no table of options of an extractor")
    return {
        name: {option: _value(str(path), option, value) for option, value in table.items()}
        for name, table in data.items()
    }


def environment_options() -> dict[str, dict[str, object]]:
    """Return the options of the file that the environment variable names; none if it names none.

    Raises:
        DataError: As :func:`load_options` does.
    """
    path = os.environ.get(OPTIONS_VARIABLE)
    return load_options(path) if path else {}


def merged(*layers: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """Return several sets of options as one; what stands later counts."""
    result: dict[str, dict[str, object]] = {}
    for layer in layers:
        for name, values in layer.items():
            result[name] = {**result.get(name, {}), **values}
    return result


def _value(source: str, option: str, value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, dict):
        return value
    variable = value.get("env")
    if set(value) != {"env"} or not isinstance(variable, str):
        problem = f"the value of {option!r:.60} is a table other than {{ env = 'NAME' }}"
        raise DataError(source, problem)
    if variable not in os.environ:
        problem = f"{option!r:.60} takes its value from the variable {variable!r:.60}"
        raise DataError(source, f"{problem}, which is not set")
    return os.environ[variable]

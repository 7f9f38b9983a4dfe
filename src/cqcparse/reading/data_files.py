"""Data files that others write (lexicons, profiles, gold): read within limits, or refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcparse.errors import DataError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: Size of the largest data file that is read, in bytes; the largest of the package has 41,000.
MAX_BYTES = 5_000_000

_MAX_DEPTH = 30  # brackets within each other
_MAX_PARTS = 30  # of a key with dots
_MAX_WORD = 1_000  # characters of a number, or of a name without quotes
_TEXT = (
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
)
_COMMENT = r"\#[^\n]*+"
_TOKEN = re.compile(
    rf"(?P<text>{_TEXT})|(?P<comment>{_COMMENT})|(?P<open>[\[{{])|(?P<close>[\]}}])"
    r"|(?P<dot>\.)|(?P<end>[=,\n])|(?P<word>[^\s\"'#\[\]{}.=,]++)",
    re.DOTALL,
)
_NO_MARKUP = re.compile(f"{_TEXT}|{_COMMENT}", re.DOTALL)


def read_data_file(source: Path | Traversable, what: str) -> str:
    """Return the text of a data file.

    Args:
        source: The file.
        what: What it is, for messages, such as ``the lexicon``.

    Raises:
        DataError: If it cannot be read, is too large, or is not UTF-8 text.
    """
    name = str(source)
    try:
        with source.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DataError.unread(name, error, what) from None
    if len(data) > MAX_BYTES:
        raise DataError(name, f"{what} has more than {MAX_BYTES // 1_000_000} MB; divide it")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise DataError(name, f"{what} is not UTF-8 text; save it as UTF-8") from None


def toml_table(text: str, name: str) -> dict[str, Any]:
    """Return what a TOML file says.

    Args:
        text: All of it.
        name: Its path or name, for messages.

    Raises:
        DataError: If it is not TOML, or is nested too deep; it says the line.
    """
    for problem, place in _excesses(text):
        raise DataError(name, problem, text.count("\n", 0, place) + 1)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else max(len(text.splitlines()), 1)
        raise DataError(name, f"is not valid TOML: {error!s:.200}", line) from None


def lines_of_tables(text: str, key: str) -> list[int]:
    """Return the lines of a TOML file with the header ``[[key]]``, counted from 1."""
    blank = _NO_MARKUP.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    header = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
    return [number for number, line in enumerate(blank.split("\n"), 1) if header.match(line)]


def _excesses(text: str) -> Iterator[tuple[str, int]]:
    """Yield what would take the parser of TOML more than linear time, or too deep, and where."""
    depth = parts = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "open":
            depth, parts = depth + 1, 0
        elif kind == "close":
            depth, parts = max(0, depth - 1), 0
        elif kind == "end":
            parts = 0
        elif kind == "dot":
            parts += 1
        elif kind == "word" and len(token[0]) > _MAX_WORD:
            yield f"has a number or name of more than {_MAX_WORD:,} characters", token.start()
        if depth > _MAX_DEPTH:
            yield f"has lists or tables nested more than {_MAX_DEPTH} deep", token.start()
        if parts > _MAX_PARTS:
            yield f"has a key of more than {_MAX_PARTS} parts", token.start()

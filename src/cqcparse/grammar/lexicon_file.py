"""Lexicons from TOML: read, checked, and refused with file, line and reason."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cqcparse.errors import DataError
from cqcparse.grammar.lexicon import Entry, Lexicon
from cqcparse.grammar.pattern_limits import find_flaw
from cqcparse.grammar.vocabulary import fold
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.reading.data_files import lines_of_tables, read_data_file, toml_table
from cqcparse.reading.typed_tables import MisfitError, built

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_MAX_PHRASE = 300  # characters; the longest name of a body has about 100
_MAX_PATTERNS = 1_000


def load_lexicon(source: Path | Traversable) -> Lexicon:
    """Read a lexicon from a TOML file.

    The file names its ``kind`` and lists ``[[entry]]`` tables with ``id``, ``name`` and,
    optionally, ``type``, ``aliases``, ``patterns`` and ``named``.

    Raises:
        DataError: If the file cannot be read, is not TOML, or breaks a rule: an entry that is
            incomplete or stands twice, an empty or very long phrase, a pattern that is not valid,
            too large, or could take catastrophic time. It says the line where it can.
    """
    name = str(source)
    text = read_data_file(source, "the lexicon")
    return _File(name, text, toml_table(text, name)).lexicon()


class _File:
    """A lexicon file whose TOML is valid.

    Args:
        name: Path or name of it.
        text: All of it.
        data: What it says.
    """

    def __init__(self, name: str, text: str, data: Mapping[str, Any]) -> None:
        self._name = name
        self._text = text
        self._data = data
        self._patterns = 0

    def lexicon(self) -> Lexicon:
        """Return the lexicon.

        Raises:
            DataError: If a rule is broken.
        """
        kind = self._data.get("kind")
        if not is_name(kind):
            problem = "names no 'kind'" if kind is None else f"has {kind!r:.60} as its 'kind'"
            self._refuse(f"{problem}: one is made of {RULE}", needle="kind")
        for key in self._data:
            if key not in {"kind", "entry"}:
                self._refuse(f"has the unknown key {key!r:.60}", needle=key)
        items = self._data.get("entry", [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self._refuse("'entry' is no list of [[entry]] tables", needle="entry")
        entries = tuple(self._entry(number, item) for number, item in enumerate(items))
        first: dict[str, int] = {}
        for number, entry in enumerate(entries):
            if first.setdefault(entry.id, number) != number:
                line = self._line(first[entry.id], entry.id)
                self._refuse(
                    f"the id {entry.id!r} stands twice, first in line {line}", number, entry.id
                )
        return Lexicon(kind=kind, entries=entries)

    def _entry(self, number: int, item: Mapping[str, Any]) -> Entry:
        try:
            entry = built(Entry, item, self._name, "the entry")
        except MisfitError as error:
            self._refuse(error.problem, number, error.key)
        for key, value in (("id", entry.id), ("type", entry.type)):
            if value is not None and not is_name(value):
                self._refuse(f"{key!r} of {entry.id!r:.60} must be {RULE}", number, key)
        self._check_phrases(number, entry)
        self._patterns += len(entry.patterns)
        if self._patterns > _MAX_PATTERNS:
            self._refuse(f"has more than {_MAX_PATTERNS:,} patterns", number, "patterns")
        for pattern in entry.patterns:
            flaw = find_flaw(pattern)
            if flaw is not None:
                self._refuse(f"the pattern '{pattern:.60}' of {entry.id!r} {flaw}", number, pattern)
        return entry

    def _check_phrases(self, number: int, entry: Entry) -> None:
        for key, phrases in (("name", (entry.name,)), ("aliases", entry.aliases)):
            for phrase in phrases:
                if not fold(phrase):
                    self._refuse(f"a phrase of {entry.id!r} is empty: {phrase!r:.60}", number, key)
                if len(phrase) > _MAX_PHRASE:
                    problem = f"a phrase of {entry.id!r} has more than {_MAX_PHRASE} characters"
                    self._refuse(problem, number, key)

    def _refuse(self, problem: str, number: int | None = None, needle: str = "") -> NoReturn:
        """Raise the error for what stands in entry *number*, near *needle*."""
        line = self._line(number, needle) if number is not None or needle else None
        raise DataError(self._name, problem, line)

    def _line(self, number: int | None, needle: str) -> int:
        """Return the line of *needle* in an entry, else of the entry, counted from 1."""
        lines = self._text.split("\n")
        start, end = (0, len(lines)) if number is None else self._extent(number, len(lines))
        escaped = needle.replace("\\", "\\\\")
        begins = [i for i in range(start, end) if lines[i].lstrip().startswith(needle)]
        holds = [i for i in range(start, end) if needle in lines[i] or escaped in lines[i]]
        return next(iter([*begins, *holds]), start) + 1

    def _extent(self, number: int, length: int) -> tuple[int, int]:
        """Return the lines of an entry, from its header to the next; all, if it has no header."""
        headers = [line - 1 for line in lines_of_tables(self._text, "entry")]
        if number >= len(headers):
            return 0, length
        return headers[number], [*headers, length][number + 1]

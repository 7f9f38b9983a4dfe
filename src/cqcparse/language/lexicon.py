"""Lexicon: a vocabulary of things with ids, types and names, kept as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs

from cqcparse.errors import DataError
from cqcparse.language.tokens import Tokens
from cqcparse.language.vocabulary import Vocabulary
from cqcparse.spans import Span


@attrs.frozen(kw_only=True)
class Entry:
    """One thing of a lexicon."""

    #: Stable id, lower case with hyphens.
    id: str
    #: Full name.
    name: str
    type: str | None = None
    #: Other ways to write it. Those in capitals match capitals only; plurals need no alias.
    aliases: tuple[str, ...] = ()
    #: Whether a mention is a proper name ("Homes England") and not a common noun ("home care").
    named: bool = False


@attrs.frozen(kw_only=True, slots=False)
class Lexicon:
    """Entries of one kind of mention, scanned for together."""

    kind: str
    entries: tuple[Entry, ...]

    def scan(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[Span, Entry]]:
        """Yield the entries found in ``text[start:end]``, the longest at each place, in order."""
        for span, (phrase, entry) in self._vocabulary.scan(text, start, end):
            if not phrase.isupper() or text[span.start : span.end].removesuffix("s").isupper():
                yield span, entry

    def get(self, phrase: str) -> Entry | None:
        """Return the entry that *phrase* names, or None."""
        found = self._vocabulary.get(phrase)
        return found[1] if found else None

    def at(self, tokens: Tokens, index: int) -> tuple[int, Entry] | None:
        """Return the longest entry that begins at one token, and the index of its last token.

        Cheaper than :meth:`scan` where the tokens are there already.

        Args:
            tokens: A paragraph.
            index: Index of the first word.
        """
        longest = self._lengths.get(tokens.low[index].partition("-")[0])
        if longest is None:
            return None
        for last in range(min(index + longest, len(tokens)) - 1, index - 1, -1):
            found = self._vocabulary.get(" ".join(tokens.low[index : last + 1]))
            if found is None:
                continue
            phrase, entry = found
            span = tokens.span(index, last)
            if not phrase.isupper() or tokens.text[span.start : span.end].rstrip("s").isupper():
                return last, entry
        return None

    @cached_property
    def _lengths(self) -> dict[str, int]:
        """Return by first word the number of words of the longest phrase that has it."""
        lengths: dict[str, int] = {}
        for phrase in self._vocabulary:
            first, *rest = phrase.split()
            lengths[first] = max(lengths.get(first, 0), 1 + len(rest))
        return lengths

    @cached_property
    def _vocabulary(self) -> Vocabulary[tuple[str, Entry]]:
        phrases: dict[str, tuple[str, Entry]] = {}
        for entry in self.entries:
            for phrase in (entry.name, *entry.aliases):
                for form in (phrase, plural(phrase)):
                    phrases.setdefault(form, (phrase, entry))
        return Vocabulary(phrases)


def load_lexicon(source: Path | Traversable) -> Lexicon:
    """Read a lexicon from a TOML file.

    The file names its ``kind`` and lists ``[[entry]]`` tables with ``id``, ``name`` and,
    optionally, ``type``, ``aliases`` and ``named``.

    Raises:
        DataError: If the file is not TOML, or an entry is incomplete or stands twice.
    """
    name = source.name
    try:
        data = tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(name, f"is not valid TOML: {error}") from error
    kind = data.get("kind")
    if not isinstance(kind, str):
        raise DataError(name, "names no 'kind'")
    entries = tuple(_entry(name, item) for item in data.get("entry", ()))
    _check_unique(name, entries)
    return Lexicon(kind=kind, entries=entries)


def plural(phrase: str) -> str:
    """Return *phrase* with its last word in the regular plural."""
    if phrase.endswith(("s", "x", "ch", "sh")):
        return phrase
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + "s"


def _entry(source: str, item: dict[str, object]) -> Entry:
    unknown = set(item) - {"id", "name", "type", "aliases", "named"}
    if unknown:
        raise DataError(source, f"an entry has the unknown key {sorted(unknown)[0]!r}")
    for key in ("id", "name"):
        if not isinstance(item.get(key), str) or not str(item[key]).strip():
            raise DataError(source, f"the entry {item!r} has no {key!r}")
    aliases = item.get("aliases", ())
    if not isinstance(aliases, list | tuple) or not all(
        isinstance(alias, str) and alias.strip() for alias in aliases
    ):
        raise DataError(source, f"the aliases of {item['id']!r} are not a list of phrases")
    kind = item.get("type")
    return Entry(
        id=str(item["id"]),
        name=str(item["name"]),
        type=None if kind is None else str(kind),
        aliases=tuple(aliases),
        named=bool(item.get("named", False)),
    )


def _check_unique(source: str, entries: Iterable[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise DataError(source, f"the id {entry.id!r} stands twice")
        seen.add(entry.id)

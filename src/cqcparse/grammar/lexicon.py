"""Lexicon: a vocabulary of things with ids, types and names, kept as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import attrs

from cqcparse.grammar.tokens import Tokens
from cqcparse.grammar.vocabulary import Vocabulary
from cqcparse.model.spans import Span


@attrs.frozen(kw_only=True)
class Entry:
    """One thing of a lexicon.

    Attributes:
        id: Stable id, lower case with hyphens.
        name: Full name.
        type: Type of its mentions; None if the words around it decide.
        aliases: Other ways to write it. Those in capitals match capitals only; plurals need
            no alias.
        named: Whether a mention is a proper name ("Homes England") and not a common noun
            ("home care").
        patterns: Further ways to write it, as regular expressions that match whole words,
            case as given.
    """

    id: str
    name: str
    type: str | None = None
    aliases: tuple[str, ...] = ()
    named: bool = False
    patterns: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, slots=False)
class Lexicon:
    """Entries of one kind of mention, scanned for together.

    Attributes:
        kind: Kind of its mentions.
        entries: Its terms, in the order of the file.
    """

    kind: str
    entries: tuple[Entry, ...]

    def scan(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[Span, Entry]]:
        """Yield the entries found in ``text[start:end]``, the longest at each place, in order."""
        for span, (phrase, entry) in self._vocabulary.scan(text, start, end):
            if not phrase.isupper() or text[span.start : span.end].removesuffix("s").isupper():
                yield span, entry

    @cached_property
    def _vocabulary(self) -> Vocabulary[tuple[str, Entry]]:
        phrases: dict[str, tuple[str, Entry]] = {}
        for entry in self.entries:
            for phrase in (entry.name, *entry.aliases):
                for form in (phrase, plural(phrase)):
                    phrases.setdefault(form, (phrase, entry))
        return Vocabulary(phrases)


def plural(phrase: str) -> str:
    """Return *phrase* with its last word in the regular plural."""
    if phrase.endswith("s"):
        return phrase
    if phrase.endswith(("x", "ch", "sh")):
        return phrase + "es"
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + "s"


def spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of tokens in which a phrase may stand: plurals, hyphens, possessives."""
    for form in dict.fromkeys((phrase, plural(phrase))):
        for spelt in dict.fromkeys((form, form.replace("-", " "), form.replace(" ", "-"))):
            words = _tokens(spelt)
            yield words
            if words[-1].isalpha():
                yield (*words[:-1], f"{words[-1]}'s")
                if words[-1][-1] == "s":
                    yield (*words[:-1], f"{words[-1]}'")


#: Phrases that fall into tokens at their spaces.
_PLAIN = re.compile(r"[A-Za-z]+(?:[-'][A-Za-z]+)*(?: [A-Za-z]+(?:[-'][A-Za-z]+)*)*")


def _tokens(phrase: str) -> tuple[str, ...]:
    """Return the words of *phrase* as those of a document are cut."""
    if _PLAIN.fullmatch(phrase):
        return tuple(phrase.lower().split())
    return tuple(Tokens(phrase, 0, len(phrase)).low)

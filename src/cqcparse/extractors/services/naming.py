"""Naming: short forms of services, and the full names that they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from cqcparse.extractors.services.finding import Candidate
from cqcparse.extractors.services.vocabulary import lexicon
from cqcparse.grammar import Acronyms, Definition, Entry, Tokens, is_acronym

_SMALL = frozenset(["of", "and", "the", "for", "to"])
#: How many words a name has of which a mention may leave some, and how many it may leave.
_LONG = 3
_DEEP = 6


class Names:
    """The short forms of services in one document."""

    def __init__(self, acronyms: Acronyms, found: list[Candidate]) -> None:
        self._acronyms = acronyms
        ends = {candidate.span.end: candidate.type for candidate in found}
        #: Types of the services that a short form of the document stands for.
        self._types = {
            definition.short: ends[definition.span.end]
            for definition in acronyms.definitions
            if definition.span.end in ends
        }
        #: Names with capitals by the words that a short mention of them may leave.
        self._fuller: dict[str, Candidate | None] = {}
        for candidate in found:
            for key in _shorter(candidate):
                first = self._fuller.setdefault(key, candidate)
                if first and _folded(first) != _folded(candidate):
                    self._fuller[key] = None

    def short_forms(self, tokens: Tokens) -> Iterator[tuple[int, str]]:
        """Yield the index and the type of each short form in *tokens* that names a service."""
        if not self._types:
            return
        for index, tag in enumerate(tokens.tags):
            if tag in "WNV" and tokens.capitalised(index):
                definition = self._acronyms.get(tokens.word(index))
                if definition and definition.short in self._types:
                    yield index, self._types[definition.short]

    def is_other(self, word: str) -> bool:
        """Return whether the document defines *word* as something that is no service."""
        definition = self._definition(word)
        return definition is not None and definition.short not in self._types

    def full(self, candidate: Candidate) -> str | None:
        """Return the full name behind a phrase that is, or holds, a short form; else None.

        "The access team" is short for an "Adult Access Team" named before it.
        """
        tokens = candidate.tokens
        if (
            tokens.tags[candidate.last] == ")"
            or "(" in tokens.tags[candidate.first : candidate.last]
        ):
            return None
        words = [tokens.word(index) for index in range(candidate.first, candidate.last + 1)]
        spelt = [self._spelt(word) for word in words]
        return self._named_before(candidate) if spelt == words else " ".join(spelt)

    def _named_before(self, candidate: Candidate) -> str | None:
        tokens, first = candidate.tokens, candidate.first
        if not first or tokens.low[first - 1] != "the" or any(tokens.caps[first : candidate.last]):
            return None
        fuller = self._fuller.get(" ".join(tokens.low[first : candidate.last + 1]))
        if (
            fuller is None
            or fuller.type != candidate.type
            or fuller.span.start > candidate.span.start
        ):
            return None
        return fuller.text.partition(" (")[0]

    def _definition(self, word: str) -> Definition | None:
        return self._acronyms.get(word) if is_acronym(word) else None

    def _spelt(self, word: str) -> str:
        if word.islower() or not is_acronym(word) or not word.isalnum():
            return word
        definition = self._acronyms.get(word)
        if definition:
            return definition.long.text
        entry = lexicon().get(word)
        return (entry and spelt_by(entry, word)) or word


def _folded(candidate: Candidate) -> str:
    return candidate.text.partition(" (")[0].lower()


def _shorter(candidate: Candidate) -> Iterator[str]:
    """Yield the shorter forms of a name with capitals: its last words, its first and its last."""
    words = candidate.text.partition(" (")[0].split()
    if len(words) < _LONG or not all(word[0].isupper() or word in _SMALL for word in words):
        return
    low = [word.lower() for word in words]
    yield f"{low[0]} {low[-1]}"
    for start in range(1, len(low) - 1):
        if low[start] not in _SMALL and low[start - 1] not in _SMALL and start < _DEEP:
            yield " ".join(low[start:])


def spelt_by(entry: Entry, short: str) -> str | None:
    """Return the name of *entry* whose initials are *short*; small words may be left out."""
    letters = short.removesuffix("s").lower()
    for name in (entry.name, *entry.aliases):
        words = name.lower().replace("-", " ").split()
        large = [word for word in words if word not in _SMALL]
        if len(large) > 1 and letters in (_initials(words), _initials(large)):
            return name
    return None


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)

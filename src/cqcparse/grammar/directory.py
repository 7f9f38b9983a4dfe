"""Directory: which names of one document mean the same body, and who that is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from cqcparse.grammar.print_faults import as_meant
from cqcparse.grammar.vocabulary import fold
from cqcparse.grammar.wordlists import read_toml
from cqcparse.registry import board_for_authority, find_authority, find_body
from cqcparse.registry.body_lookup import slug

#: Where a name stands, and its words.
_Place = tuple[int, str]


class Directory:
    """The proper names of one document.

    A name is a short form of a longer one that ends in it ("the Community Safety Board") or
    begins with it ("Roding and Lea"). Two names with proper words of their own are never one:
    "Lincolnshire Police" is not "Nottinghamshire Police".

    Args:
        names: Where each name stands and how it is printed, in the order of the text.
        acronyms: What the short forms of the document stand for.
        common: Words that do not say who it is: "board" and "health", not "Lincolnshire".
        authority: Name of the authority that the document is about, if it is known.

    Examples:
        >>> from cqcparse.grammar import Directory
        >>> names = [(0, "Upton Community Safety Board"), (60, "Community Safety Board")]
        >>> common = frozenset(["community", "safety", "board"])
        >>> Directory(names, {}, common).fullest("Community Safety Board", 60)
        'Upton Community Safety Board'
    """

    def __init__(
        self,
        names: Iterable[tuple[int, str]],
        acronyms: Mapping[str, str],
        common: frozenset[str],
        authority: str | None = None,
    ) -> None:
        self._spelt = {fold(short): fold(full) for short, full in acronyms.items()}
        self._common = common
        self._authority = find_authority(authority) if authority else None
        self._printed: dict[str, str] = {}
        self._longer: dict[str, list[_Place]] = defaultdict(list)
        for start, name in names:
            self._add(start, name)

    def _add(self, start: int, name: str) -> None:
        key = self.key(name)
        known = self._printed.get(key)
        if known is not None:
            if known != name and _capitals(name) > _capitals(known):
                self._printed[key] = name
        else:
            self._printed[key] = name
        words = key.split()
        for cut in range(1, len(words)):
            front, tail = words[:cut], words[cut:]
            if not (self._is_proper(tail) and self._is_proper(front)):
                self._longer[" ".join(tail)].append((start, key))
            if front != ["nhs"]:
                self._longer[" ".join(front)].append((start, key))

    def key(self, name: str) -> str:
        """Return the words of *name* that every spelling of it has, short forms spelt out."""
        words = fold(name).replace("-", " ").split()
        if len(words) == 1:
            words = self._spelt.get(words[0], words[0]).replace("-", " ").split()
        return " ".join(part for word in words for part in _short_forms().get(word, word).split())

    def knows(self, name: str) -> bool:
        """Return whether the document has *name*, in capitals or not."""
        return self.key(name) in self._printed

    def is_proper(self, word: str) -> bool:
        """Return whether a word says who it is, as a place does and "board" does not."""
        return word.lower() not in self._common

    def fullest(self, name: str, start: int) -> str:
        """Return the fullest form of *name* that the document has.

        Of several longer names the nearest in front of *start* is meant, else the first behind.
        """
        key, seen = self.key(name), set[str]()
        while key not in seen and (longer := _nearest(self._longer.get(key), start)):
            seen.add(key)
            key = longer
        return self._printed.get(key, name)

    def identify(self, name: str, kind: str) -> tuple[str, str | None]:
        """Return the name and the id by which every document knows a body.

        Args:
            name: The fullest form of its name.
            kind: Its type.
        """
        name = as_meant(name)
        body = find_body(name)
        if body is not None:
            return body.name, body.id
        if self._is_proper(self.key(name).split()):
            return name, f"{kind}:{slug(name)}"
        if self._authority is None:
            return name, None
        if kind == "icb":
            board = board_for_authority(self._authority.ons_code)
            return name, board.ods_code if board else None
        return name, f"{kind}:{slug(name)}@{self._authority.ons_code}"

    def _is_proper(self, words: list[str]) -> bool:
        return not self._common.issuperset(words)


def _nearest(places: list[_Place] | None, start: int) -> str | None:
    return places[max(bisect_left(places, (start, "")) - 1, 0)][1] if places else None


def _capitals(name: str) -> int:
    return sum(char.isupper() for char in name)


@cache
def _short_forms() -> dict[str, str]:
    """Return the short forms that every reader knows, with the words they stand for."""
    source = Path(__file__).with_name("proper") / "short_forms.toml"
    table: dict[str, str] = read_toml(source)["short_forms"]
    return table

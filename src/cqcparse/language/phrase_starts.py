"""Where the phrases of a vocabulary may begin: two words looked up before a pattern is tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from cqcparse.language.tokens import Tokens

_RUN = re.compile(r"\w+")
#: Tokens whose openings are remembered; the words of a language come again and again.
_REMEMBERED = 1 << 16

#: A place in a token where a phrase may begin: its offset, the letters behind it in the same
#: token, and what letters may come second; None if a phrase may end with the first.
_Opening = tuple[int, str, frozenset[str] | None]


class PhraseStarts:
    """Finds the places in tokens where a phrase may begin.

    Args:
        phrases: The phrases, as a vocabulary compares them.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        #: The runs of letters that may come second, by the first.
        self._seconds: dict[str, set[str]] = {}
        self._alone: set[str] = set()
        #: Signs with which a phrase begins, and all signs that stand in phrases.
        self._leading: set[str] = set()
        self._signs: set[str] = set()
        for phrase in phrases:
            runs = _RUN.findall(phrase)
            self._signs.update(char for char in phrase if not char.isalnum())
            if not runs or not phrase.startswith(runs[0]):
                self._leading.add(phrase[0])
            elif len(runs) == 1:
                self._alone.add(runs[0])
            else:
                self._seconds.setdefault(runs[0], set()).add(runs[1])
        self._openings = _Openings(self)

    def find(self, tokens: Tokens) -> list[tuple[int, int]]:
        """Return the tokens in which a phrase may begin, each with the offset in the text.

        Few of the places that are left out and many of those that are not begin a phrase: what
        is looked at is its first word, and its second.
        """
        low, starts, openings = tokens.low, tokens.starts, self._openings
        found = []
        for index in [index for index, word in enumerate(low) if openings[word]]:
            for offset, rest, seconds in openings[low[index]]:
                if seconds is None or self._may_follow(low, index, rest, seconds):
                    found.append((index, starts[index] + offset))
        return found

    def _may_follow(self, low: list[str], index: int, rest: str, seconds: frozenset[str]) -> bool:
        """Return whether one of *seconds* comes next in the token at *index*, or behind it."""
        if rest:
            return rest in seconds
        behind = low[index + 1] if index + 1 < len(low) else ""
        return (_first_run(behind) or behind) in seconds or behind[:1] in self._signs

    def openings(self, word: str) -> tuple[_Opening, ...]:
        """Return the places in *word* where a phrase may begin."""
        runs = [*_RUN.finditer(word), None]
        found: list[_Opening] = [(0, "", None)] if word[0] in self._leading else []
        for run, behind in pairwise(runs):
            if run is not None and (run[0] in self._alone or run[0] in self._seconds):
                alone = run[0] in self._alone
                seconds = None if alone else frozenset(self._seconds[run[0]])
                found.append((run.start(), behind[0] if behind else "", seconds))
        return tuple(found)


class _Openings(dict[str, tuple[_Opening, ...]]):
    """The openings of each word, found out when it is first asked for."""

    def __init__(self, starts: PhraseStarts) -> None:
        super().__init__()
        self._starts = starts

    def __missing__(self, word: str) -> tuple[_Opening, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = self._starts.openings(word)
        return found


@lru_cache(maxsize=_REMEMBERED)
def _first_run(word: str) -> str:
    """Return the letters and digits with which *word* begins."""
    match = _RUN.match(word)
    return match[0] if match else ""

"""Phrases by their first two words, so that tokens are looked up and no pattern is tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from cqcparse.grammar.tokens import Tokens
from cqcparse.grammar.vocabulary import fold_in_place

_RUN = re.compile(r"\w+")
#: Tokens whose openings are remembered; the words of a language come again and again.
_REMEMBERED = 1 << 16

#: Phrases with one first run of letters, by their second run; the longest first, and behind them
#: those of one run, which stand alone under an empty string.
_Group = Mapping[str, tuple[str, ...]]
#: A place in a token where a phrase may begin: its offset, the phrases, and the run of letters
#: that follows in the same token.
_Opening = tuple[int, _Group, str]


class PhraseIndex:
    """Finds phrases in tokens as a vocabulary finds them in the text, without its pattern.

    Args:
        phrases: The phrases, as a vocabulary compares them.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._groups: dict[str, _Group] = {}
        #: Phrases that begin with a sign, by that sign.
        self._by_sign: dict[str, _Group] = {}
        phrases = sorted(phrases, key=len, reverse=True)
        #: Signs that stand in phrases.
        self._signs = {char for char in set[str]().union(*phrases) if not char.isalnum()}
        seconds: dict[str, dict[str, list[str]]] = {}
        signed: dict[str, list[str]] = {}
        for phrase in phrases:
            first, second = [*_RUN.findall(phrase), "", ""][:2]
            if first and phrase.startswith(first):
                seconds.setdefault(first, {}).setdefault(second, []).append(phrase)
            else:
                signed.setdefault(phrase[0], []).append(phrase)
        for first, group in seconds.items():
            alone = tuple(group.pop("", ()))
            self._groups[first] = {"": alone} | {
                second: (*longer, *alone) for second, longer in group.items()
            }
        for sign, all_of_it in signed.items():
            self._by_sign[sign] = {"": tuple(all_of_it)}
        self._openings = _Openings(self)

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, str]]:
        """Yield the phrases, leftmost and longest first: token, offset in the text, phrase."""
        low, starts, openings = tokens.low, tokens.starts, self._openings
        places = [(index, found) for index, word in enumerate(low) if (found := openings[word])]
        if not places:
            return
        # A character in front and one behind keep the word boundaries true.
        base = max(starts[places[0][0]] - 1, 0)
        folded = fold_in_place(tokens.text[base : tokens.ends[-1] + 1])
        done = 0
        for index, found in places:
            for offset, group, rest in found:
                start = starts[index] + offset
                phrases = group.get(rest or self._second(low, index)) or group[""]
                if phrases and start >= done:
                    phrase = _longest(folded, start - base, phrases)
                    if phrase:
                        done = start + len(phrase)
                        yield index, start, phrase

    def _second(self, low: list[str], index: int) -> str:
        """Return the run of letters that comes next behind a token, over signs in phrases."""
        behind = low[index + 1] if index + 1 < len(low) else ""
        if behind.isalnum():
            return behind  # nearly always
        for word in low[index + 1 : index + 4]:
            if run := _first_run(word):
                return run
            if word[0] not in self._signs:
                break
        return ""

    def openings(self, word: str) -> tuple[_Opening, ...]:
        """Return the places in *word* where a phrase may begin."""
        found: list[_Opening] = []
        if word[0] in self._by_sign:
            found.append((0, self._by_sign[word[0]], ""))
        for run, behind in pairwise([*_RUN.finditer(word), None]):
            if run and run[0] in self._groups:
                found.append((run.start(), self._groups[run[0]], behind[0] if behind else ""))
        return tuple(found)


class _Openings(dict[str, tuple[_Opening, ...]]):
    """The openings of each word, found out when it is first asked for."""

    def __init__(self, index: PhraseIndex) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, word: str) -> tuple[_Opening, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = self._index.openings(word)
        return found


def _longest(folded: str, start: int, phrases: Iterable[str]) -> str | None:
    """Return the first of *phrases* that stands at *start* as whole words, or None."""
    for phrase in phrases:
        if folded.startswith(phrase, start):
            end = start + len(phrase)
            around = folded[max(start - 1, 0) : start], folded[end : end + 1]
            if not any(map(_is_letter, around)):
                return phrase
    return None


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


@lru_cache(maxsize=_REMEMBERED)
def _first_run(word: str) -> str:
    """Return the first letters and digits of *word*, behind any sign: the 5 of "£5"."""
    match = _RUN.search(word)
    return match[0] if match else ""

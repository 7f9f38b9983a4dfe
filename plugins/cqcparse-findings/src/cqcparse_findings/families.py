"""Families of words that are looked for: a letter for each word of a document says which it is of.

A pattern then passes over all others. That is quicker than to look each word up in each family.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cqcparse_findings.wording import MOST_KEPT

#: A letter has so many bits, one for each family.
_MOST = 7
_TESTS: list[Callable[[str], bool]] = []


def family(test: Callable[[str], bool]) -> re.Pattern[str]:
    """Return a pattern that finds the words of a family in the letters of a document.

    Args:
        test: Whether a word, in lower case, is of the family. It is asked once for each word.

    Raises:
        OverflowError: There are as many families as a letter has bits.
    """
    bit = len(_TESTS)
    if bit == _MOST:
        msg = "a letter has no bit for one more family"
        raise OverflowError(msg)
    _TESTS.append(test)
    letters = (chr(letter) for letter in range(1 << _MOST) if letter >> bit & 1)
    return re.compile(f"[{''.join(map(re.escape, letters))}]")


def letters_of(low: Sequence[str]) -> str:
    """Return a letter for each word.

    Args:
        low: The words in lower case.
    """
    return "".join(map(_LETTERS.__getitem__, low))


class _Letters(dict[str, str]):
    """The letter of each word that was met."""

    def __missing__(self, word: str) -> str:
        letter = chr(sum(1 << bit for bit, test in enumerate(_TESTS) if test(word)))
        if len(self) < MOST_KEPT:
            self[word] = letter
        return letter


_LETTERS = _Letters()

"""Alphabet: one character for each set of classes a word can have, closed when it is built.

A document becomes one string, a character a token, and a rule a regular expression over it: what a
word *is* is decided here, once for each form, and never asked again while a report is read. Which
classes there are and what they hold is worked out in :mod:`cqcparse.grammar.word_classes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

#: Stands between two paragraphs; no class holds it, so no rule reaches over it.
BREAK = "\n"
#: What a word is beside its class and capitals if no list, no ending and no term says anything.
NOTHING = "0"


class Alphabet:
    """The characters of one grammar.

    Args:
        table: What :meth:`cqcparse.grammar.word_classes.WordClasses.table` returns: plain data.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._lists = {word: code for code, row in table["lists"].items() for word in row.split()}
        self._endings: Sequence[str] = table["endings"]
        self._hyphen: bool = table["hyphen"]
        keys: str = table["keys"]
        self._chars: dict[str, str] = {
            keys[place : place + KEY]: char
            for place, char in zip(range(0, len(keys), KEY), table["chars"], strict=True)
        }
        #: Character of a token by its key, see :attr:`cqcparse.grammar.tokens.Tokens.keys`.
        self.of = _Characters(self)

    def char(self, low: str, tag: str, *, cap: int, term: str = NOTHING) -> str:
        """Return the character of a word.

        Args:
            low: The word in lower case.
            tag: Its class, one letter.
            cap: 1 if it begins with a capital, 2 if it is all capitals, else 0.
            term: The code of what it is besides, in a phrase of a lexicon.
        """
        known = self._lists.get(low, NOTHING)
        if known + term != NOTHING * 2:
            cap = min(cap, 1)  # whether it is all capitals is asked of unknown words only
        form = form_code(low, self._endings, hyphen=self._hyphen)
        char = self._chars.get(f"{tag}{cap}{known}{form}{term}")
        return char or self._chars[f"{tag}{cap}{NOTHING * 3}"]

    def nearest(self, low: str, tag: str, *, cap: int, term: str) -> str:
        """Return the character of a word in a term that no table was made for.

        Of what a word is, that it is in the term counts most: its lists and its form are left out
        where nothing has all of them, then its class.
        """
        known = self._lists.get(low, NOTHING)
        form = form_code(low, self._endings, hyphen=self._hyphen)
        for kind in (f"{tag}{cap}", f"W{cap}", f"N{cap}"):
            for rest in (f"{known}{form}", f"{NOTHING}{form}", NOTHING * 2):
                char = self._chars.get(f"{kind}{rest}{term}")
                if char is not None:
                    return char
        return self._of_term.get(term) or self.char(low, tag, cap=cap, term=term)

    @cached_property
    def _of_term(self) -> dict[str, str]:
        """A character of each term code."""
        return {key[-1]: char for key, char in self._chars.items()}


#: Characters of a key: class, capitals, and the codes of its lists, its form and its term.
KEY = 5


def form_code(low: str, endings: Sequence[str], *, hyphen: bool) -> str:
    """Return what the letters of a word say of it, as one character.

    Args:
        low: The word in lower case.
        endings: Those that are asked for, the shortest first.
        hyphen: Whether a hyphen in it is asked for.
    """
    found = max((place for place, end in enumerate(endings, 1) if low.endswith(end)), default=0)
    return chr(ord(NOTHING) + 2 * found + (hyphen and "-" in low))


class _Characters(dict[str, str]):
    """The characters of keys, found when first met; there are as many as word forms."""

    def __init__(self, alphabet: Alphabet) -> None:
        super().__init__({BREAK: BREAK})
        self._alphabet = alphabet

    def __missing__(self, key: str) -> str:
        if len(self) >= 1 << 16:
            self.clear()
            self[BREAK] = BREAK
        char = self[key] = self._alphabet.char(key[2:], key[0], cap=int(key[1]))
        return char

"""One sentence as a row of words, each with the kind of clause it stands in."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from cqcparse.grammar import Layers
from cqcparse_findings.families import family
from cqcparse_findings.words import verbs

#: The kind of clause that a word stands in; plain numbers, for they are compared word by word.
Clause: TypeAlias = Literal[0, 1, 2, 3]
MAIN: Final = 0
#: A relative clause, a question, a time or a condition.
UNDER: Final = 1
#: "Although ...": what is conceded.
CONCEDED: Final = 2
#: "Because ...": why it is so.
REASON: Final = 3

_RELATIVE = frozenset(("who", "whose", "whom", "which"))
_UNDER = frozenset("what how whether why when where if unless while whilst".split())
_REASON = frozenset(("because", "as", "since"))
_CONCEDING = frozenset(("despite", "although", "though", "notwithstanding", "whatever"))
#: Prepositions that open a clause where a verb follows.
_EITHER = frozenset(("after", "before", "since", "until", "as", "than"))
_OPENING = _RELATIVE | _UNDER | _REASON | _CONCEDING | _EITHER | {"that"}
_OPENS = family(_OPENING.__contains__)
_OPPOSING = frozenset((",", ";", "but", "whereas", "yet", "however"))
#: What somebody says is the main clause, also behind "people who used it".
_SAYING = frozenset(("told", "said", "felt", "described"))
#: How far behind a preposition the verb of its clause may stand, and how far in front of "that"
#: the verb of saying, in words.
_REACH = 8
_NEAR = 4


class Reading:
    """A sentence of a document, read once for polarity and voice.

    Args:
        layers: The document.
        first: Index of its first word.
        last: Index of its last word.
        letters: A letter for each word of the document, by ``letters_of``.
    """

    def __init__(self, layers: Layers, first: int, last: int, letters: str) -> None:
        self.layers, self.letters = layers, letters
        self.first, self.last = first, last
        #: The words of the document in lower case, and their classes, a letter each.
        self.low, self.tags = layers.low, layers.tags
        self._clauses = self._read()

    def clause(self, index: int) -> Clause:
        """Return the kind of clause that the word at *index* stands in."""
        return self._clauses[index - self.first]

    @property
    def text(self) -> str:
        """The sentence as it is printed."""
        return self.layers.words(self.first, self.last)

    def past_adverbs(self, index: int) -> int:
        """Return the index of the first word from *index* on that is no adverb."""
        while index < self.last and self.tags[index] == "K":
            index += 1
        return index

    def _read(self) -> list[Clause]:
        low = self.low
        opening = _OPENS.search(self.letters, self.first, self.last + 1)
        if opening is None:
            return [MAIN] * (self.last + 1 - self.first)
        read: list[Clause] = [MAIN] * (opening.start() - self.first)
        state: Clause = MAIN
        relative, begun = False, False
        for i in range(opening.start(), self.last + 1):
            word = low[i]
            opened = self._opened(i, state) if word in _OPENING else None
            if opened is not None:
                state, relative, begun = opened, self._is_relative(i), False
            elif word in _OPPOSING or (word in _SAYING and low[i - 1] == "and"):
                state = MAIN
            elif relative and state == UNDER and self._is_verb(i):
                state, begun = (MAIN if begun else state), True
            read.append(state)
        return read

    def _opened(self, i: int, state: Clause) -> Clause | None:
        """Return the clause that the word at *i* opens; None if it opens none."""
        word = self.low[i]
        if word in _CONCEDING:
            return CONCEDED
        if word in _EITHER and (state != MAIN or not self._verb_follows(i)):
            return None
        if word in _REASON:
            return REASON if state != CONCEDED else state
        if word in _UNDER or word in _EITHER or self._is_relative(i):
            return state or UNDER
        return None

    def _is_relative(self, i: int) -> bool:
        word = self.low[i]
        if word == "that" and i > self.first and self.tags[i - 1] == "N":
            saying = verbs("polarity", "form", "say")
            return saying.isdisjoint(self.low[max(self.first, i - _NEAR) : i])
        return word in _RELATIVE

    def _is_verb(self, i: int) -> bool:
        """Return whether a finite verb of its own begins at *i*."""
        low, tags = self.low, self.tags
        if low[i] in _SAYING:
            return True
        if tags[i] not in "XV" or tags[i - 1] in "XV" or low[i - 1] in ("to", "and", "or"):
            return False
        return not (tags[i - 1] == "K" and tags[i - 2] == "X")

    def _verb_follows(self, i: int) -> bool:
        for j in range(i + 1, min(i + _REACH, self.last + 1)):
            if self.tags[j] in ",.C":
                return False
            if j > i + 1 and self.tags[j] in "XV" and not self.low[j].endswith("ing"):
                return True
        return False

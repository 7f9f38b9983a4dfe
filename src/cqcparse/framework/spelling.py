"""Find what a heading was meant to be: words that are nearly words of titles, the likest title."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

#: How like a word of a title another must be, from 0 to 1: one among others, and one by itself.
_LIKE, _LIKE_ALONE = 0.8, 0.85
#: Fewest letters of a word that may be misspelt: one among others, and one by itself.
_LETTERS, _LETTERS_ALONE = 5, 8
#: How like a whole title a line must be, and how much more than the next.
_LIKE_WHOLE, _LEAD = 0.8, 0.1


def corrected(words: list[str], vocabulary: AbstractSet[str]) -> list[str] | None:
    """Return *words* with those that *vocabulary* lacks replaced by the nearest that it has.

    Args:
        words: The words of a line.
        vocabulary: The words of all titles.

    Returns:
        None if there is nothing to correct, or too much: about half of the words must be known,
        and a short word is more likely another word than a misspelt one.
    """
    odd = [word for word in words if word not in vocabulary]
    if not odd or len(odd) > (len(words) + 1) // 2:
        return None
    like, letters = (_LIKE_ALONE, _LETTERS_ALONE) if len(words) == 1 else (_LIKE, _LETTERS)
    replaced = {}
    for word in odd:
        near = difflib.get_close_matches(word, vocabulary, n=1, cutoff=like)
        if len(word) < letters or not near:
            return None
        replaced[word] = near[0]
    return [replaced.get(word, word) for word in words]


def likest(line: str, titles: Mapping[str, str]) -> list[str]:
    """Return the names of the *titles* most like *line*, and of those that are nearly as like it.

    Args:
        line: A line in lower case without punctuation.
        titles: The titles, written likewise, by their names.

    Returns:
        None of them if none is like it.
    """
    matcher = difflib.SequenceMatcher(b=line, autojunk=False)
    likeness: dict[str, float] = {}
    for name, title in titles.items():
        matcher.set_seq1(title)
        if matcher.quick_ratio() >= _LIKE_WHOLE - _LEAD:
            likeness[name] = matcher.ratio()
    best = max(likeness.values(), default=0)
    if best < _LIKE_WHOLE:
        return []
    ranked = sorted(likeness, key=lambda name: -likeness[name])
    return [name for name in ranked if likeness[name] > best - _LEAD]

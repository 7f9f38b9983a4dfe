"""The wording of a sentence: its words and pairs of words, with figures of one kind made alike."""

from __future__ import annotations

from itertools import pairwise

from cqcparse_findings.mention import Voice
from cqcparse_findings.reading import Reading


def wording_of(reading: Reading, voice: Voice) -> frozenset[str]:
    """Return the words of a sentence and what each stands next to, the voice in front of all.

    Args:
        reading: The sentence.
        voice: Whose evidence it is.
    """
    low = reading.low[reading.first : reading.last + 1]
    words = [voice.upper(), *(_SIGNS.get(w[0]) or _alike(w) if w[0] in _FIRST else w for w in low)]
    return frozenset((*words, *map(" ".join, pairwise(words))))


#: What stands for a sum, a share and any other figure.
_SIGNS = dict.fromkeys("£$€", "£")
_FIRST = frozenset("£$€0123456789")


def _alike(word: str) -> str:
    return "%" if word.endswith("%") else "#"

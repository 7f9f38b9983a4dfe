"""Weights: what features and wording say for each polarity, learned from labelled sentences.

Two judges are heard alike: one weighs what the sentence says by its cues and clauses, and one its
bare wording. They err in different sentences. The weights of all polarities are packed into one
whole number, each into some bits of it, so that one sum adds them all. The wording says beside that
whether a sentence in which nobody speaks rests on a figure or a document.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import attrs

from cqcparse_findings.mention import Polarity
from cqcparse_findings.wording import MOST_KEPT, parts_of

#: The weights of a feature or a word in hundredths, in the order of ``LANES``.
Weights: TypeAlias = Sequence[int]

#: The polarities between which weights decide.
POLARITIES: tuple[Polarity, ...] = ("mixed", "neutral", "planned", "shortfall", "strength")
#: What is weighed: each polarity, then whether it rests on data.
LANES = (*POLARITIES, "data")
#: The bits of one of them: enough for a sentence of a thousand million words.
_BITS = 40
_HALF, _MASK = 1 << (_BITS - 1), (1 << _BITS) - 1
_PLACES = tuple(_BITS * lane for lane in range(len(LANES)))
#: With this added no lane is below nothing, and none borrows from the next.
_LIFT = sum(_HALF << place for place in _PLACES)
#: Amounts of features are counted in tenths, and weights in hundredths.
_TENTHS, _HUNDREDTHS = 10, 100
#: So many parts of a tenth are told apart where words are counted.
_FINE = 100
#: Fewer words say less than their share.
_FEW = 40
#: What every sentence has; no word is spelt so.
BIAS = "(bias)"


def pack(weights: Weights) -> int:
    """Return weights as one whole number; sums of such numbers are sums of the weights."""
    return sum(weight << (_BITS * place) for place, weight in enumerate(weights))


def unpack(packed: int) -> list[int]:
    """Return the weights in a whole number, in the order of ``LANES``."""
    lifted = packed + _LIFT
    return [((lifted >> place) & _MASK) - _HALF for place in _PLACES]


def _data_of(packed: int) -> int:
    """Return the last weight in a whole number: whether it rests on data."""
    return ((packed + _LIFT) >> _PLACES[-1]) - _HALF


class Forms(dict[str, int]):
    """The packed weights of words with those of their parts; words not met before too.

    Args:
        listed: The packed weights of words and of parts.
    """

    def __init__(self, listed: Mapping[str, int]) -> None:
        super().__init__()
        self._listed = listed

    def __missing__(self, word: str) -> int:
        weight = sum(self._listed.get(part, 0) for part in parts_of(word))
        if len(self) < MOST_KEPT:
            self[word] = weight
        return weight


@attrs.frozen
class Learned:
    """The weights of both judges, packed."""

    #: By the name of the feature.
    features: Mapping[str, int]
    #: By word, with its parts.
    forms: Forms
    #: By pair of words.
    pairs: Mapping[tuple[str, str], int]
    #: What every sentence has.
    bias: int


def learned_of(features: Mapping[str, Weights], wording: Mapping[str, Weights]) -> Learned:
    """Return weights as they are used.

    Args:
        features: By the name of the feature.
        wording: By word, part of a word and pair of words.
    """
    single = {name: pack(row) for name, row in wording.items() if " " not in name}
    return Learned(
        features={name: pack(row) for name, row in features.items()},
        forms=Forms(single),
        pairs={
            (first, second): pack(row)
            for name, row in wording.items()
            for first, space, second in [name.partition(" ")]
            if space
        },
        bias=pack(features[BIAS]) + single[BIAS],
    )


@cache
def learned_weights() -> Learned:
    """Return the weights of the package; ``tools/learn.py`` writes them."""
    return learned_of(**json.loads((files(__package__) / "weights.json").read_text("utf-8")))


def chances(
    features: Mapping[str, int], wording: int, length: int, learned: Learned
) -> list[float]:
    """Return how likely each polarity is, in the order of ``POLARITIES``; they add up to 1.

    Args:
        features: How much each feature of the sentence counts, in tenths.
        wording: What its wording weighs, packed.
        length: How many words it has.
        learned: The weights.
    """
    known = learned.features
    said = _TENTHS * learned.bias
    for name, amount in features.items():
        if name in known:
            said += amount * known[name]
    # A word counts its share of what a feature does, and half of both judges is heard.
    said = _FINE * said + round(_FINE * _TENTHS * share_of_each(length)) * wording
    lanes = unpack(said)[: len(POLARITIES)]
    scores = [score / (2 * _FINE * _TENTHS * _HUNDREDTHS) for score in lanes]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def rests_on_data(wording: int, length: int, learned: Learned) -> bool:
    """Return whether a sentence in which nobody speaks rests on a figure or a document.

    Args:
        wording: What its wording weighs, packed.
        length: How many words it has.
        learned: The weights.
    """
    return _data_of(learned.bias) + share_of_each(length) * _data_of(wording) > 0


def share_of_each(length: int) -> float:
    """Return what each word of so many counts: the less the more there are."""
    return 1 / math.sqrt(max(length, _FEW))

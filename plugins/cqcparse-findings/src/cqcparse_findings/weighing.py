"""Weights: what features and wording say for each polarity, learned from labelled sentences.

Two judges are heard alike: one weighs what the sentence says by its cues, clauses and forms, and
one its bare wording. They err in different sentences.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import attrs

from cqcparse_findings.mention import Polarity

#: The weights of a feature, in the order of ``POLARITIES``.
Weights: TypeAlias = tuple[float, ...]

#: The polarities between which weights decide.
POLARITIES: tuple[Polarity, ...] = ("mixed", "neutral", "planned", "shortfall", "strength")
#: So few words and pairs say less than their share.
_FEW = 40
#: What every sentence has; no word is spelt so.
BIAS = "(bias)"


@attrs.frozen
class Learned:
    """The weights of both judges."""

    #: By the name of the feature.
    features: Mapping[str, Weights]
    #: By word or pair of words.
    wording: Mapping[str, Weights]


@cache
def learned_weights() -> Learned:
    """Return the weights of the package; ``tools/learn.py`` writes them."""
    loaded = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return Learned(
        **{
            judge: {name: tuple(row) for name, row in rows.items()}
            for judge, rows in loaded.items()
        }
    )


def chances(
    features: Mapping[str, float], wording: Collection[str], learned: Learned
) -> list[float]:
    """Return how likely each polarity is, in the order of ``POLARITIES``; they add up to 1.

    Args:
        features: How much each feature of the sentence counts.
        wording: Its words and pairs of words.
        learned: The weights.
    """
    known = [row for row in map(learned.wording.get, wording) if row is not None]
    # Rows that count alike are added up before they are multiplied, which is quicker.
    alike: dict[float, list[Weights]] = {share_of_each(len(known)): known} if known else {}
    alike.setdefault(1.0, []).extend((learned.features[BIAS], learned.wording[BIAS]))
    for name, amount in features.items():
        row = learned.features.get(name)
        if row is not None:
            alike.setdefault(amount, []).append(row)
    said = [0.0] * len(POLARITIES)
    for amount, rows in alike.items():
        said = [a + amount * sum(b) for a, b in zip(said, zip(*rows, strict=True), strict=True)]
    highest = max(said)
    powers = [math.exp((score - highest) / 2) for score in said]
    total = sum(powers)
    return [power / total for power in powers]


def share_of_each(known: int) -> float:
    """Return what each of so many known words and pairs counts: the less the more there are."""
    return 1 / math.sqrt(max(known, _FEW))

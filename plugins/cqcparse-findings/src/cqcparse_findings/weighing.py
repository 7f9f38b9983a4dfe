"""Weights: what features and wording say for each polarity, learned from labelled sentences.

Two judges are heard alike: one weighs what the sentence says by its cues, clauses and forms, and
one its bare wording. They err in different sentences.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
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
    named = learned.features
    rows = [named[BIAS], learned.wording[BIAS]]
    for name, amount in features.items():
        row = named.get(name)
        if row is not None:
            rows.append(row if amount == 1 else tuple([amount * weight for weight in row]))
    known = [row for row in map(learned.wording.get, wording) if row is not None]
    said = _added(rows)
    if known:
        share = share_of_each(len(known))
        said = [a + share * b for a, b in zip(said, _added(known), strict=True)]
    highest = max(said)
    powers = [math.exp((score - highest) / 2) for score in said]
    total = sum(powers)
    return [power / total for power in powers]


def share_of_each(known: int) -> float:
    """Return what each of so many known words and pairs counts: the less the more there are."""
    return 1 / math.sqrt(max(known, _FEW))


def _added(rows: Iterable[Weights]) -> list[float]:
    return list(map(sum, zip(*rows, strict=True)))

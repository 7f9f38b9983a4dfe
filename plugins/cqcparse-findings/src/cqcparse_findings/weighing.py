"""Weights: what each feature says for each polarity, learned from labelled sentences."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from cqcparse_findings.mention import Polarity

#: The weights of a feature, in the order of ``POLARITIES``.
Weights: TypeAlias = tuple[float, ...]

#: The polarities between which weights decide.
POLARITIES: tuple[Polarity, ...] = ("mixed", "neutral", "planned", "shortfall", "strength")
#: The feature that every sentence has.
BIAS = "always"


@cache
def learned_weights() -> Mapping[str, Weights]:
    """Return the weights of the package; ``tools/learn.py`` writes them."""
    loaded = json.loads((files(__package__) / "weights.json").read_text("utf-8"))
    return {name: tuple(row) for name, row in loaded.items()}


def chances(features: Mapping[str, float], weights: Mapping[str, Weights]) -> list[float]:
    """Return how likely each polarity is, in the order of ``POLARITIES``; they add up to 1."""
    rows = [weights[BIAS]]
    for name, amount in features.items():
        row = weights.get(name)
        if row is not None:
            rows.append(row if amount == 1 else tuple([amount * weight for weight in row]))
    totals = list(map(sum, zip(*rows, strict=True)))
    highest = max(totals)
    powers = [math.exp(score - highest) for score in totals]
    total = sum(powers)
    return [power / total for power in powers]

"""What the scores of all quality statements add up to: percentage, rating, distance to the next."""

from __future__ import annotations

from collections.abc import Sequence

from cqcparse.framework import Framework
from cqcparse.model.scores import Tally


def tally(values: Sequence[int], framework: Framework) -> Tally | None:
    """Return what the scores of a whole assessment add up to.

    Args:
        values: The score of each statement.
        framework: The profile with the statements, the scale and the bands.

    Returns:
        None if not every statement has a score, or the profile has no band for the result.
    """
    if not values or len(values) != len(framework.statements):
        return None
    total, maximum = sum(values), len(values) * framework.scores[-1].value
    percentage = _percentage(total, maximum)
    place = next((i for i, b in enumerate(framework.bands) if b.low <= percentage <= b.high), None)
    if place is None:
        return None
    band = framework.bands[place]
    higher = framework.bands[place + 1] if place + 1 < len(framework.bands) else None
    return Tally(
        total=total,
        maximum=maximum,
        percentage=percentage,
        rating=band.rating,
        next_rating=higher.rating if higher else None,
        points_to_next=_least(higher.low, maximum) - total if higher else None,
        points_to_spare=total - _least(band.low, maximum) if place else None,
    )


def _percentage(total: int, maximum: int) -> int:
    """Return a share in whole per cent, halves rounded up."""
    return (200 * total + maximum) // (2 * maximum)


def _least(percentage: int, maximum: int) -> int:
    """Return the lowest sum that makes a percentage."""
    return next(total for total in range(maximum + 1) if _percentage(total, maximum) >= percentage)

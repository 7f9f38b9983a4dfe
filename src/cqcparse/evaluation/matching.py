"""Pair what was found with what should have been found, by the characters they share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cqcparse.model.spans import Span


def match(wanted: Sequence[Span], found: Sequence[Span]) -> tuple[tuple[int, int], ...]:
    """Return pairs of indices of spans that share characters, each span in one pair at most.

    The pair that shares the most characters is taken first; of equal ones that with the fewest
    characters outside, then the first in the text. So a span found exactly is always paired with
    its like, and the result does not depend on the order of either argument's equals.

    Args:
        wanted: Spans of one kind from the gold file or the earlier run.
        found: Spans of the same kind from the run that is judged.
    """
    pairs: list[tuple[int, int]] = []
    taken_wanted: set[int] = set()
    taken_found: set[int] = set()
    for *_, i, j in sorted(_candidates(wanted, found)):
        if i not in taken_wanted and j not in taken_found:
            taken_wanted.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return tuple(sorted(pairs))


def _candidates(
    wanted: Sequence[Span], found: Sequence[Span]
) -> list[tuple[int, int, int, int, int, int]]:
    """Return ``(-shared, outside, start, start, i, j)`` for each two spans that overlap."""
    order = sorted(range(len(found)), key=lambda j: found[j])
    starts = [found[j].start for j in order]
    longest = max(map(len, found), default=0)
    result = []
    for i, want in enumerate(wanted):
        for j in order[bisect_left(starts, want.start - longest) : bisect_left(starts, want.end)]:
            have = found[j]
            shared = min(want.end, have.end) - max(want.start, have.start)
            if shared > 0:
                outside = len(want) + len(have) - 2 * shared
                result.append((-shared, outside, want.start, have.start, i, j))
    return result

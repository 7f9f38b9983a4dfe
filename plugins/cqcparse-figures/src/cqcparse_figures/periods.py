"""Which period of a sentence a figure is of: "£1m in 2022/23, £2m in 2023/24 and £3m last year"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cqcparse import Period, Reading
from cqcparse_figures.reading import Number

#: What parts a list.
_PARTING = re.compile(r"[,;](?!\d)| (?:and|but|while|whereas|then) ")


def periods_of(
    text: str, start: int, end: int, numbers: Sequence[Number], periods: Sequence[Reading[Period]]
) -> list[Reading[Period] | None]:
    """Return the period of each figure of a sentence; None where it has none.

    It is that of its own part of a list, else one that it shares with a part behind or in front:
    "£1m and £2m in 2023/24", "in 2023/24 £1m and £2m".

    Args:
        text: The text of the document.
        start: Offset of the sentence.
        end: Offset past it.
        numbers: The figures, in order.
        periods: The periods, in order.
    """
    if not periods:
        return [None] * len(numbers)
    if len(periods) == len(numbers) and " respectively" in text[start:end]:
        return list(periods)
    taken = [(p.span.start, p.span.end) for p in periods] + [(n.start, n.end) for n in numbers]
    cuts = [
        match.start()
        for match in _PARTING.finditer(text, start, end)
        if not any(first <= match.start() < last for first, last in taken)
    ]
    own = [
        _nearest(number, [p for p in periods if first <= p.span.start < last])
        for number in numbers
        for first, last in [_part(number, [start, *cuts, end])]
    ]
    opens = periods[0].span.start < numbers[0].start if numbers else False
    return [
        period or _shared(number, periods, opens=opens)
        for number, period in zip(numbers, own, strict=True)
    ]


def _part(number: Number, cuts: Sequence[int]) -> tuple[int, int]:
    """Return where the part of the sentence begins and ends in which a figure stands."""
    return next((a, b) for a, b in pairwise(cuts) if a <= number.start < b)


def _shared(
    number: Number, periods: Sequence[Reading[Period]], *, opens: bool
) -> Reading[Period] | None:
    """Return the period that a part without one shares with its neighbours.

    Args:
        number: The figure.
        periods: The periods, in order.
        opens: Whether a period stands in front of all figures, as those behind it then do too.
    """
    front = next((p for p in reversed(periods) if p.span.end <= number.start), None)
    behind = next((p for p in periods if p.span.start >= number.end), None)
    return (front if opens else behind) or behind or front


def _nearest(number: Number, dated: Sequence[Reading[Period]]) -> Reading[Period] | None:
    """Return the date or period nearest to a figure; behind it, if as near."""

    def distance(period: Reading[Period]) -> int:
        if period.span.start >= number.end:
            return period.span.start - number.end
        return number.start - period.span.end + 1

    return min(dated, key=distance, default=None)

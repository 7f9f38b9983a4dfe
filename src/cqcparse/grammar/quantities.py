"""Readers of quantities for extractors: money, periods, durations and counts, with exact spans.

Each reader takes the text of a document and a range of it, and returns what it read, in order, as
:class:`~cqcparse.Reading`: the characters, where they stand and what they mean. Readings
of one reader never overlap; those of different readers may ("4-year" is a period of money and the
duration of a service). None of them knows the date of today.
"""

from __future__ import annotations

from cqcparse.grammar.counts import find_counts
from cqcparse.grammar.durations import find_durations
from cqcparse.grammar.money import find_money
from cqcparse.grammar.numbers import read_number, read_sign
from cqcparse.grammar.periods import find_periods

__all__ = [
    "find_counts",
    "find_durations",
    "find_money",
    "find_periods",
    "read_number",
    "read_sign",
]

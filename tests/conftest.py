"""What all tests share: how hard property tests look, and how the growth of work is measured."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest
from hypothesis import settings

# No deadlines: the machines that run the tests are shared, and no test asserts a time.
settings.register_profile("dev", deadline=None, max_examples=60)
settings.register_profile("ci", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("fast", deadline=None, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

#: Size of the smaller text of a growth test, in repetitions; large enough to time.
_SIZE = 2_000


@pytest.fixture
def growth() -> Callable[[Callable[[str], object], Callable[[int], str]], float]:
    """How many times longer a text of four times the size takes: 4 if the work is linear.

    The best of several runs is taken, so that a busy machine does not count; a test compares the
    figure with a generous bound, never a time.
    """

    def measure(work: Callable[[str], object], text_of_size: Callable[[int], str]) -> float:
        small, large = text_of_size(_SIZE), text_of_size(4 * _SIZE)
        return _best_time(work, large) / _best_time(work, small)

    return measure


def _best_time(work: Callable[[str], object], text: str) -> float:
    """Return the shortest of several runs of *work*, in seconds of this process."""
    times = []
    for _ in range(3):
        start = time.process_time_ns()
        work(text)
        times.append(time.process_time_ns() - start)
    return max(min(times), 1)

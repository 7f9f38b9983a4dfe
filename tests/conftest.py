"""What all tests share: how hard property tests look, and how the growth of work is measured."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.warm_commands import WarmCommands, warm_commands

# What is tested here is the core, whatever plugins are installed: a test that wants some says so.
os.environ["CQCPARSE_PLUGINS"] = ""

# Nothing that looks at the clock: the machines that run the tests are shared.
settings.register_profile(
    "dev", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=30
)
_DEV = settings.get_profile("dev")
settings.register_profile("ci", _DEV, max_examples=50, derandomize=True)
settings.register_profile("fast", _DEV, max_examples=10)
settings.register_profile("deep", _DEV, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

#: Size of the smaller text of a growth test, in repetitions; large enough to time.
_SIZE = 2_000
_RUNS = 7
#: A growth that needs no second look: work in proportion makes 4, quadratic work 16.
_CLEAR = 6


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have no coverage measured while growth is: noting each line would be what is timed."""
    for item in items:
        if "growth" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def growth() -> Callable[[Callable[[str], object], Callable[[int], str]], float]:
    """How many times longer a text of four times the size takes: 4 if the work is linear.

    Processor time is measured and the best of several runs is taken, so that a busy machine does
    not count; one run is enough where it shows that the work is far from quadratic. The garbage
    collector rests meanwhile: it looks at all objects there are, those of other tests too. A test
    compares the figure with a generous bound, never a time.
    """

    def measure(work: Callable[[str], object], text_of_size: Callable[[int], str]) -> float:
        texts = text_of_size(_SIZE), text_of_size(4 * _SIZE)
        small, large = (_time(work, text) for text in texts)
        for _ in range(_RUNS - 1):
            if large / small < _CLEAR:
                break
            small, large = (
                min(best, _time(work, text))
                for best, text in zip((small, large), texts, strict=True)
            )
        return large / small

    return measure


@pytest.fixture
def within() -> Callable[[float], contextlib.AbstractContextManager[None]]:
    """A limit of processor time, in seconds, so that what never ends fails instead of hanging.

    It is for work that takes milliseconds or for ever; no test tells fast from slow by it.
    """
    return _within


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmCommands]:
    """Commands that start warm, for tests of what they do once they run."""
    with warm_commands(tmp_path_factory.mktemp("warm")) as commands:
        yield commands


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    def give_up(_number: int, _frame: object) -> None:
        pytest.fail(f"it took more than {seconds} s of processor time")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _time(work: Callable[[str], object], text: str) -> float:
    """Return how long *work* takes, in seconds of this process."""
    gc.freeze()  # or what all tests have left behind would be looked through each time
    gc.collect()
    gc.disable()
    try:
        start = time.process_time_ns()
        work(text)
        return max(time.process_time_ns() - start, 1) / 1e9
    finally:
        gc.enable()
        gc.unfreeze()

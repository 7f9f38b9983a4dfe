"""Work on many items in several processes: in order, a few at a time, and whatever happens."""

from __future__ import annotations

import itertools
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

#: Items that are under way or done but not yet handed out, for each process.
_AHEAD = 4


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # pragma: no cover - not on Linux


def in_order(
    work: Callable[[ItemT], ResultT],
    items: Iterable[ItemT],
    *,
    workers: int,
    lost: Callable[[ItemT], ResultT],
) -> Iterator[ResultT]:
    """Return ``work(item)`` for each item, in the order of *items*, done in several processes.

    Items are taken as they are needed and results are handed out as soon as their turn has come,
    so that memory does not grow with the number of items. Each process is given *work* once. If
    one dies, what was under way is done again item by item, and the item that kills its process
    is lost alone.

    Args:
        work: What to do; it must be picklable.
        items: What to do it with; picklable too.
        workers: Number of processes, at least 1.
        lost: What to yield for an item that killed its process.

    Returns:
        An iterator; it raises what *work* raises.

    Raises:
        Exception: If *work* cannot be pickled.
    """
    packed = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
    return _in_order(packed, iter(items), workers, lost)


def _in_order(
    packed: bytes, items: Iterator[ItemT], workers: int, lost: Callable[[ItemT], ResultT]
) -> Iterator[ResultT]:
    ahead = workers * _AHEAD
    more = True
    while more:
        with _pool(packed, workers) as pool:
            broken: deque[ItemT] = deque()
            more = yield from _until_broken(pool, items, ahead, broken)
        for item in broken:
            yield _alone(packed, item, lost)


def _until_broken(
    pool: ProcessPoolExecutor, items: Iterator[Any], ahead: int, broken: deque[Any]
) -> Any:  # noqa: ANN401 - a generator that returns a value, of any results
    """Yield results until the items or the pool are at an end.

    Args:
        pool: Where the work is done.
        items: What is still to be done.
        ahead: Items to take in before the first result is waited for.
        broken: Is given the items, in order, whose results went down with the pool.

    Returns:
        Whether there may be more items.
    """
    waiting: deque[tuple[Any, Future[Any] | None]] = deque()
    try:
        while True:
            for item in itertools.islice(items, ahead - len(waiting)):
                waiting.append((item, _submitted(pool, item)))
            if not waiting:
                return False
            future = waiting[0][1]
            if future is None:
                break
            try:
                result = future.result()
            except BrokenExecutor:
                break
            waiting.popleft()
            yield result
    finally:
        pool.shutdown(cancel_futures=True)
    broken.extend(item for item, _ in waiting)
    return True


def _submitted(pool: ProcessPoolExecutor, item: Any) -> Future[Any] | None:  # noqa: ANN401 - any
    """Return the future of an item; None if the pool is broken."""
    try:
        return pool.submit(_call, item)
    except BrokenExecutor:
        return None


def _alone(packed: bytes, item: ItemT, lost: Callable[[ItemT], ResultT]) -> ResultT:
    """Return the result of one item, done in a process of its own."""
    with _pool(packed, 1) as pool:
        try:
            result: ResultT = pool.submit(_call, item).result()
        except BrokenExecutor:
            return lost(item)
    return result


def _pool(packed: bytes, workers: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - few need processes

    return ProcessPoolExecutor(workers, initializer=_initialise, initargs=(packed,))


#: In a worker process: the pickled work.
_packed = b""


def _initialise(packed: bytes) -> None:
    """Take in the work of this process; an interrupt is the business of the parent."""
    global _packed  # noqa: PLW0603 - how an initializer hands something to the calls
    _packed = packed
    _work.cache_clear()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _call(item: Any) -> Any:  # noqa: ANN401 - whatever the work takes and gives
    return _work()(item)


@cache
def _work() -> Callable[[Any], Any]:
    """Return the work of this process; unpickled at its first item, where an error is reported."""
    work: Callable[[Any], Any] = pickle.loads(_packed)  # noqa: S301 - packed by the parent
    return work

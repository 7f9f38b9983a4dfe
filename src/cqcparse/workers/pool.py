"""Work on many items in worker processes: in order, a few at a time, and whatever happens."""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import sys
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar, cast

import attrs

from cqcparse.workers import starting
from cqcparse.workers.handle import UNLIMITED, Batch, Limits, Loss, Worker, current_folder
from cqcparse.workers.unpacking import unpacked
from cqcparse.workers.worker import Done, Raised, Setup, Unloadable, Unsendable

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

#: Items that are under way or done but not yet handed out, for each process.
_AHEAD = 4
#: Times that starting a process is tried.
_STARTS = 2


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # pragma: no cover - not on Linux


def in_order(  # noqa: PLR0913 - each is a choice of its own
    work: Callable[[ItemT], ResultT],
    items: Iterable[ItemT],
    *,
    workers: int,
    lost: Callable[[ItemT, Loss], ResultT],
    limits: Limits = UNLIMITED,
    prepare: Callable[[], object] | None = None,
) -> Iterator[ResultT]:
    """Yield ``work(item)`` for each item, in the order of *items*, done in worker processes.

    Items are taken as they are needed and results are handed out as soon as their turn has come,
    so that memory does not grow with the number of items. Each process is given *work* once, and
    serves for many items; one that goes past a limit, or dies, costs the item it was doing and no
    other. An item that ends a process which had done others before is done again in a new one, so
    that what becomes of it does not depend on those. An item may be a :class:`Batch`.

    Work that no other process can load, such as a function within a function, is done in copies
    of this one; if its result cannot be handed over either, it is made again here, without limits.

    Args:
        work: What to do.
        items: What to do it with; picklable.
        workers: Number of processes, at least 1.
        lost: What to yield for an item without a result.
        limits: What each item may take.
        prepare: What a process does before its first item, outside the limits.

    Returns:
        An iterator; it raises what *work* raises.
    """
    items = iter(items)
    ahead = workers * _AHEAD
    waiting: deque[Future[ResultT]] = deque()
    crew = Crew(work, prepare, limits, lost)
    foreman = _Foreman(crew.do, workers)
    try:
        while True:
            for item in itertools.islice(items, ahead - len(waiting)):
                waiting.append(foreman.submit(item, current_folder()))
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        if not sys.is_finalizing():  # then the workers are gone, and no thread goes on
            crew.close()
            foreman.close()


def call(work: Callable[[ItemT], ResultT], item: ItemT, *, limits: Limits) -> ResultT | Loss:
    """Return ``work(item)``, done in a worker process that is kept for the next call.

    Args:
        work: A function of a module.
        item: What to do it with; picklable.
        limits: What it may take.

    Raises:
        Exception: Whatever *work* raises.
    """
    key = (work.__module__, work.__qualname__, limits)
    crew = _kept.get(key)
    if crew is None:
        crew = _kept.setdefault(key, Crew(work, None, limits, lambda _, loss: loss))
    answer: ResultT | Loss = crew.do(item)
    return answer


#: Crews of :func:`call`, by what they do.
_kept: dict[tuple[str, str, Limits], Crew[Any, Any]] = {}
#: All that there are.
_crews: weakref.WeakSet[Crew[Any, Any]] = weakref.WeakSet()


class _Foreman(Generic[ItemT, ResultT]):
    """Threads that wait for workers, one for each; a program can end while they wait.

    That is what an executor of :mod:`concurrent.futures` does not allow.
    """

    def __init__(self, do: Callable[[ItemT, str], ResultT], threads: int) -> None:
        self._do = do
        self._items: SimpleQueue[tuple[Future[ResultT], ItemT, str] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name="cqcparse-worker", daemon=True)
            for _ in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, item: ItemT, folder: str) -> Future[ResultT]:
        """Return what the result of an item, whose files are named from *folder*, will be in."""
        future: Future[ResultT] = Future()
        self._items.put((future, item, folder))
        return future

    def close(self) -> None:
        """Wait until nothing is under way; what has not been begun is dropped."""
        with contextlib.suppress(Empty):
            while True:
                self._items.get_nowait()
        for _ in self._threads:
            self._items.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (given := self._items.get()) is not None:
            future, item, folder = given
            try:
                future.set_result(self._do(item, folder))
            except BaseException as error:  # noqa: BLE001 - it is raised where the result is wanted
                future.set_exception(error)


class Crew(Generic[ItemT, ResultT]):
    """Workers that do the same work, as many as threads ask for it; each is kept for the next item.

    A copy of this process, as an engine may make, begins with none and leaves these alone.

    Args:
        work: What to do.
        prepare: What a worker does before its first item, outside the limits.
        limits: What each item may take.
        lost: What to return for an item without a result.
    """

    def __init__(
        self,
        work: Callable[[ItemT], ResultT],
        prepare: Callable[[], object] | None,
        limits: Limits,
        lost: Callable[[ItemT, Loss], ResultT],
    ) -> None:
        self._work = work
        self._limits = limits
        self._lost = lost
        self._setup = _setup(work, prepare, limits)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed = False
        _crews.add(self)
        weakref.finalize(self, _let_go, self._idle)

    def forget(self) -> None:
        """Leave all workers to the process that this is a copy of."""
        self._lock = threading.Lock()
        self._busy.clear()
        _let_go(self._idle)

    def do(self, item: ItemT, folder: str | None = None) -> ResultT:
        """Return the result of an item, or raise what the work raises.

        Args:
            item: What to do it with.
            folder: Where the names of its files lead from; None for the current folder.
        """
        folder = current_folder() if folder is None else folder
        while True:
            if self._setup.work is None and not starting.CAN_FORK:
                return self._here(item)
            try:
                worker = self._worker()
            except OSError as error:
                detail = error.strerror or str(error)
                return self._without(item, Loss(cause="start", detail=detail), folder)
            used = worker.used
            answer: object = Loss(cause="crash")
            try:
                answer = worker.do(item, folder)
            finally:
                keep = isinstance(answer, Done) and not answer.worn
                self._give_back(worker, keep=keep or isinstance(answer, Raised))
            match answer:
                case Done():
                    return self._result(item, answer, folder)
                case Raised():
                    raise answer.error
                case Unloadable():
                    self._setup = attrs.evolve(self._setup, work=None)
                case Unsendable():
                    return self._unsent(item, "its result cannot be handed over", folder)
                case Loss():
                    final = self._closed or not used or answer.cause == "time"
                    if final or _is_several(item):
                        return self._without(item, answer, folder)

    def close(self) -> None:
        """End all workers, whatever they do."""
        with self._lock:
            self._closed = True
            idle, busy = [*self._idle], [*self._busy]
            self._idle.clear()
        for worker in busy:  # whoever waits for it closes it
            worker.end()
        for worker in idle:
            worker.close()

    def _result(self, item: ItemT, done: Done, folder: str) -> ResultT:
        try:
            result: ResultT = unpacked(done.result)
        except pickle.UnpicklingError as error:
            return self._unsent(item, str(error), folder)
        return result

    def _unsent(self, item: ItemT, why: str, folder: str) -> ResultT:
        """Return what becomes of an item whose result did not get here.

        It is made here if the work could not be had elsewhere in the first place: a kind of mention
        that only this process knows. Otherwise it must not be, for the item may want just that.
        """
        if self._setup.work is None:
            return self._here(item)
        return self._without(item, Loss(cause="crash", detail=why), folder)

    def _without(self, item: ItemT, loss: Loss, folder: str) -> ResultT:
        """Return what becomes of an item without a result; the items of a batch are done apart."""
        if self._closed or not _is_several(item):
            return self._lost(item, loss)
        batch, do = cast("Batch", item), cast("Callable[[Batch, str], list[Any]]", self.do)
        return cast("ResultT", [result for one in batch.apart for result in do(one, folder)])

    def _here(self, item: ItemT) -> ResultT:
        """Return the result of an item, made in this process; one at a time."""
        with self._lock:
            return self._work(item)

    def _worker(self) -> Worker:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is None:
            worker = self._started()
        with self._lock:
            self._busy.add(worker)
            closed = self._closed
        if closed:  # while it was started
            worker.end()
        return worker

    def _started(self) -> Worker:
        for further in reversed(range(_STARTS)):
            try:
                return Worker(self._setup, self._work, self._limits)
            except OSError:
                if not further:
                    raise
        raise AssertionError  # pragma: no cover - the last start returns or raises

    def _give_back(self, worker: Worker, *, keep: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            keep = keep and not self._closed
            if keep:
                self._idle.append(worker)
        if not keep:
            worker.close()


def _is_several(item: object) -> bool:
    return isinstance(item, Batch) and len(item.items) > 1


def _let_go(idle: list[Worker]) -> None:
    """Let workers end by themselves, as they do when nobody can have work for them."""
    while idle:
        idle.pop().let_go()


def _setup(work: object, prepare: object, limits: Limits) -> Setup:
    try:
        packed = pickle.dumps((work, prepare), pickle.HIGHEST_PROTOCOL)
    except Exception:  # noqa: BLE001 - a stranger's object may raise anything
        packed = None
    return Setup(
        work=packed,
        path=starting.search_path(),
        environment=starting.environment(),
        megabytes=limits.megabytes,
    )


def _forget_all() -> None:
    """Leave all workers to the process that started them."""
    _kept.clear()
    for crew in _crews:
        crew.forget()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_all)

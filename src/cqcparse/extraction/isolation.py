"""Isolation: a stranger's code runs within a time limit, and what it raises becomes a sentence."""

from __future__ import annotations

import contextlib
import contextvars
import decimal
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from typing import Any, Generic, Self, TypeVar

from cqcparse.model.writable import writable

ResultT = TypeVar("ResultT")

#: Times that code past its limit is interrupted before it is abandoned, and the pause between
#: them in seconds: code that catches everything is given up after a second.
_ATTEMPTS = 20
_PAUSE = 0.05

#: Longest account of an error, in code points.
_LONGEST = 300


class CutOffError(Exception):
    """Some code did not come to an ordinary end; the message says how it ended."""


class TimeLimitError(CutOffError):
    """Some code took longer than its limit and was cut off."""


class _Interrupt(BaseException):
    """Raised inside code that is past its limit; no ``except Exception`` catches it."""


class Fence:
    """A thread in which one piece of work after the other runs, each cut off at its limit.

    Work past its limit has an exception raised in it between two steps of Python, again and again.
    Work that catches even that, or waits outside Python (``time.sleep``, a socket), is left behind
    in its thread, which ends with the program, and the next one has a new thread. Only work that
    holds the interpreter and never lets go, such as a catastrophic pattern of :mod:`re`, cannot be
    cut off from inside.
    """

    def __init__(self) -> None:
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        """Return the fence."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the thread end."""
        if self._worker is not None:
            self._worker.give(None)

    def run(self, seconds: float | None, work: Callable[[], ResultT]) -> ResultT:
        """Return what *work* returns.

        Args:
            seconds: The limit, by the clock on the wall; None for no limit.
            work: What to run. It sees the context variables of the caller, and its changes to them
                end with it.

        Raises:
            TimeLimitError: If it took longer.
            CutOffError: If it raised what is meant to end a program, such as ``SystemExit``.
            Exception: Any other that it raised.
        """
        context = contextvars.copy_context()
        # The one context variable whose value is changed in place rather than set anew.
        context.run(lambda: decimal.setcontext(decimal.getcontext().copy()))
        if self._worker is None:
            self._worker = _Worker()
            self._worker.start()
        worker, job = self._worker, _Job(context, work)
        worker.give(job)
        try:
            job.finished.wait(seconds)
        except BaseException:
            self._worker = None
            worker.interrupt(job)
            raise
        if not job.finished.is_set():
            self._worker = None
            for _ in range(_ATTEMPTS):
                worker.interrupt(job)
                if job.finished.wait(_PAUSE):
                    break
            msg = f"took longer than its budget of {seconds:g} seconds"
            raise TimeLimitError(msg)
        return job.result()


def within(seconds: float | None, work: Callable[[], ResultT]) -> ResultT:
    """Return what *work*, of a stranger, returns; it runs behind a :class:`Fence` of its own."""
    with Fence() as fence, same_folder():
        return fence.run(seconds, work)


@contextlib.contextmanager
def same_folder() -> Iterator[Home]:
    """Put the working directory back if what runs meanwhile changes it: names of files hang on it.

    It is one for the whole process; another thread that changes it at the same time gains nothing
    by that either way.
    """
    home = Home()
    try:
        yield home
    finally:
        home.enter()


class Home:
    """The working directory as it was before a stranger's code ran."""

    def __init__(self) -> None:
        self._folder = _folder()

    def enter(self) -> str | None:
        """Go there; return where one was, or None if one was there already."""
        there = _folder()
        if self._folder is None or there == self._folder:
            return None
        _go(self._folder)
        return there

    def each(self, items: Iterable[ResultT]) -> Iterator[ResultT]:
        """Yield *items*, each made here, whatever folder who takes them goes to."""
        iterator = iter(items)
        while True:
            there = self.enter()
            try:
                item = next(iterator)
            except StopIteration:
                return
            finally:
                if there is not None:
                    _go(there)
            yield item


def _folder() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 - dear to import
    except OSError:  # it is gone
        return None


def _go(folder: str) -> None:
    with contextlib.suppress(OSError):
        os.chdir(folder)


def account(error: BaseException) -> str:
    """Return an error as one line of bounded length, whatever its ``__str__`` does."""
    if isinstance(error, CutOffError):
        return writable(str(error))
    try:
        words = writable(" ".join(str(error).split()))
    except BaseException:  # noqa: BLE001 - a stranger's code
        words = "(its message cannot be printed)"
    if len(words) > _LONGEST:
        words = words[:_LONGEST] + "…"
    name = type(error).__name__
    return f"{name}: {words}" if words else name


class _Job(Generic[ResultT]):
    """One piece of work; it can be interrupted until it is done, and not a moment later."""

    def __init__(self, context: contextvars.Context, work: Callable[[], ResultT]) -> None:
        self.finished = threading.Event()
        self.interrupted = False
        self._context = context
        self._work = work
        self._open = threading.Lock()
        self._done = False
        self._value: list[ResultT] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._value.append(self._context.run(self._work))
        except BaseException as error:  # noqa: BLE001 - a stranger's code may raise anything
            self._error = error
        self.close()

    def close(self) -> None:
        with self._open:
            self._done = True
        self.finished.set()

    def interrupt(self, thread: int) -> None:
        """Raise an exception in the thread of that id, if the work is not done."""
        import ctypes  # noqa: PLC0415 - slow to import, and seldom needed

        with self._open:
            if not self._done:
                self.interrupted = True
                exception = ctypes.py_object(_Interrupt)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), exception)

    def result(self) -> ResultT:
        """Return what the work returned, or raise what it raised."""
        if self._error is not None and not isinstance(self._error, Exception):
            msg = f"raised {account(self._error)}"
            raise CutOffError(msg) from self._error
        if self._error is not None:
            raise self._error
        return self._value[0]


class _Worker(threading.Thread):
    """Does jobs until it is given none, or one was interrupted."""

    def __init__(self) -> None:
        super().__init__(name="cqcparse-plugin", daemon=True)
        self._given: SimpleQueue[_Job[Any] | None] = SimpleQueue()

    def give(self, job: _Job[Any] | None) -> None:
        self._given.put(job)

    def interrupt(self, job: _Job[Any]) -> None:
        if self.ident is not None:
            job.interrupt(self.ident)

    def run(self) -> None:
        while (job := self._given.get()) is not None:
            try:
                job.run()
                self._settle()
            except _Interrupt:
                # It came after the work had ended, and before the door behind it was closed.
                job.close()
            if job.interrupted:
                return

    def _settle(self) -> None:
        """Let an interrupt that is under way arrive: a call is where Python looks for one."""

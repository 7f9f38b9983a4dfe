"""Isolation: a stranger's code runs within a time limit, and what it raises becomes a sentence."""

from __future__ import annotations

import contextvars
import decimal
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

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


def within(seconds: float | None, work: Callable[[], ResultT]) -> ResultT:
    """Return what *work* returns, in a thread of its own that is cut off after *seconds*.

    Code past its limit has an exception raised in it between two steps of Python, again and again.
    Code that catches even that, or waits outside Python (``time.sleep``, a socket), is left behind
    in its thread, which ends with the program. Only code that holds the interpreter and never
    lets go, such as a catastrophic pattern of :mod:`re`, cannot be cut off from inside.

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
    worker = _Worker(context, work)
    worker.start()
    try:
        worker.finished.wait(seconds)
    except BaseException:
        worker.interrupt()
        raise
    if not worker.finished.is_set():
        for _ in range(_ATTEMPTS):
            worker.interrupt()
            if worker.finished.wait(_PAUSE):
                break
        msg = f"took longer than its budget of {seconds:g} seconds"
        raise TimeLimitError(msg)
    return worker.result()


def account(error: BaseException) -> str:
    """Return an error as one line of bounded length, whatever its ``__str__`` does."""
    if isinstance(error, CutOffError):
        return str(error)
    try:
        words = " ".join(str(error).split())
    except BaseException:  # noqa: BLE001 - a stranger's code
        words = "(its message cannot be printed)"
    if len(words) > _LONGEST:
        words = words[:_LONGEST] + "…"
    name = type(error).__name__
    return f"{name}: {words}" if words else name


class _Worker(threading.Thread, Generic[ResultT]):
    """Runs one piece of work; it can be interrupted until it is done, and not a moment later."""

    def __init__(self, context: contextvars.Context, work: Callable[[], ResultT]) -> None:
        super().__init__(name="cqcparse-plugin", daemon=True)
        self.finished = threading.Event()
        self._context = context
        self._work = work
        self._open = threading.Lock()
        self._done = False
        self._value: list[ResultT] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._run()
            self._settle()
        except _Interrupt:
            # It came after the work had ended, and before the door behind it was closed.
            self._close()

    def _run(self) -> None:
        try:
            self._value.append(self._context.run(self._work))
        except BaseException as error:  # noqa: BLE001 - a stranger's code may raise anything
            self._error = error
        self._close()

    def _close(self) -> None:
        with self._open:
            self._done = True
        self.finished.set()

    def _settle(self) -> None:
        """Let an interrupt that is under way arrive: a call is where Python looks for one."""

    def interrupt(self) -> None:
        """Raise an exception in the thread, if the work is not done."""
        import ctypes  # noqa: PLC0415 - slow to import, and seldom needed

        with self._open:
            if not self._done and self.ident is not None:
                thread = ctypes.c_ulong(self.ident)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_Interrupt))

    def result(self) -> ResultT:
        """Return what the work returned, or raise what it raised."""
        if self._error is not None and not isinstance(self._error, Exception):
            msg = f"raised {type(self._error).__name__}"
            raise CutOffError(msg) from self._error
        if self._error is not None:
            raise self._error
        return self._value[0]

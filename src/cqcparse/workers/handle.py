"""A worker as it is used: an item goes in, an answer comes out, or why there is none."""

from __future__ import annotations

import logging
import os
import pickle
import signal
import threading
from collections.abc import Callable
from typing import Any, Literal

import attrs

from cqcparse.workers import starting
from cqcparse.workers.unpacking import unpacked
from cqcparse.workers.wire import Patience, receive, send
from cqcparse.workers.worker import Logged, Note, OutOfMemory, Ready, Setup

#: Seconds that loading the work may take, over what an item may.
_LOADING = 60.0


@attrs.frozen(kw_only=True)
class Limits:
    """What one item may take."""

    #: By the clock on the wall; None for no limit.
    seconds: float | None = None
    #: Over what the process has before its first item; None for no limit.
    megabytes: float | None = None


UNLIMITED = Limits()


@attrs.frozen
class Batch:
    """Items that the work takes at once, as one item; what it returns has a result for each.

    Each adds its time to the limit. If they are lost, each is done by itself: one costs no other.
    """

    items: tuple[Any, ...]

    @property
    def apart(self) -> tuple[Batch, ...]:
        """The same items, each by itself."""
        return tuple(Batch((item,)) for item in self.items)


@attrs.frozen(kw_only=True)
class Loss:
    """Why there is no result for an item."""

    #: ``start``: no process could be started.
    cause: Literal["time", "memory", "crash", "start"]
    #: Where the worker was; goes on from "it crashed".
    stage: str = ""
    #: How the process ended, or why it could not be started.
    detail: str = ""


class Worker:
    """A worker process, as it is used: an item in, an answer out."""

    def __init__(self, setup: Setup, work: Callable[[Any], Any], limits: Limits) -> None:
        self.used = False
        self._limits = limits
        self._ready = False
        self._status: int | None = None
        self._ending = threading.Lock()
        self._process = starting.start() if setup.work is not None else starting.fork(work)
        send(self._process.peer, pickle.dumps(setup))

    def do(self, item: object, folder: str) -> object:
        """Return what becomes of an item: done, raised, a loss, or that it cannot be handed on.

        Args:
            item: What to do the work with.
            folder: Where the names of files in it are looked up.
        """
        stage = ""
        try:
            if not self._ready:
                loading = None if self._limits.seconds is None else _LOADING + self._limits.seconds
                stage = "while starting"
                answer = self._answer(loading, stage)
                if not isinstance(answer, Ready):
                    return answer
                self._ready = True
            stage = ""
            send(self._process.peer, pickle.dumps((folder, item), pickle.HIGHEST_PROTOCOL))
            answer = self._answer(self._seconds(item), stage)
        except _Lost as lost:
            return lost.loss
        except OSError:
            return Loss(cause="crash", stage=stage, detail=_how(self.end()))
        self.used = True
        return answer

    def _seconds(self, item: object) -> float | None:
        size = len(item.items) if isinstance(item, Batch) else 1
        return None if self._limits.seconds is None else self._limits.seconds * size

    def end(self) -> int:
        """End the process; return how it ended."""
        with self._ending:
            if self._status is None:
                self._status = self._process.end()
        return self._status

    def close(self) -> None:
        """End the process, and let go of the way to it."""
        self.end()
        self._process.peer.close()

    def let_go(self) -> None:
        """Let go of the way to it, without waiting for the process to end as it then does."""
        self._process.peer.close()

    def _answer(self, seconds: float | None, stage: str) -> object:
        """Return the next message that is neither a note nor a record."""
        patience = Patience(seconds)
        try:
            while True:
                message = unpacked(receive(self._process.peer, patience))
                match message:
                    case Note():
                        stage = message.stage
                    case Logged():
                        logging.getLogger(message.record["name"]).handle(
                            logging.makeLogRecord(message.record)
                        )
                    case OutOfMemory():
                        raise _Lost(Loss(cause="memory", stage=stage))
                    case _:
                        return message
        except EOFError:
            raise _Lost(Loss(cause="crash", stage=stage, detail=_how(self.end()))) from None
        except pickle.UnpicklingError as error:
            raise _Lost(Loss(cause="crash", stage=stage, detail=str(error))) from None
        except TimeoutError:
            self.end()
            raise _Lost(Loss(cause="time", stage=stage)) from None


class _Lost(Exception):  # noqa: N818 - not an error, but the end of an item
    def __init__(self, loss: Loss) -> None:
        super().__init__(loss)
        self.loss = loss


def current_folder() -> str:
    """Return the current folder, where the names of files are looked up; empty if it is gone."""
    try:
        return os.getcwd()  # noqa: PTH109 - dear to import
    except OSError:
        return ""


def _how(status: int) -> str:
    """Return how a process ended."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"

"""The worker: takes items one by one, does its work with them, and says where it is."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import pickle
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

import attrs

from cqcparse.workers.wire import receive, send

#: A worker that has grown by this part of its limit is not given another item, so that each item
#: has most of the limit for itself.
_SWOLLEN = 4
#: Seconds that a thread may take to end.
_WAY_OUT = 0.2


@attrs.frozen(kw_only=True)
class Setup:
    """What a worker is told before its first item."""

    #: What to do with an item, and what to do before the first, pickled; None if it has them.
    work: bytes | None
    #: Where modules are found, and what the project's own environment variables say.
    path: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    #: Memory an item may take, in megabytes; None for no limit.
    megabytes: float | None


@attrs.frozen
class Note:
    """Where a worker is; what it does next."""

    stage: str


@attrs.frozen
class Ready:
    """A worker has its work and waits for items."""


@attrs.frozen
class Unloadable:
    """The work cannot be had in another process; why."""

    reason: str


@attrs.frozen
class Done:
    """The result of an item, pickled."""

    result: bytes
    #: Whether the worker should not be given another item.
    worn: bool


@attrs.frozen
class Raised:
    """What the work raised."""

    error: Exception


@attrs.frozen
class OutOfMemory:
    """The item took more memory than there is."""


@attrs.frozen
class Unsendable:
    """The result cannot be handed to another process."""


@attrs.frozen
class Logged:
    """A record for the logs of the parent."""

    record: dict[str, Any]


#: How a worker reaches its parent; empty in any other process.
_parent: list[socket.socket] = []
_sending = threading.Lock()
#: What was noted last.
_stage: list[str] = []


def is_worker() -> bool:
    """Return whether this process is a worker, so that what it does is contained already."""
    return bool(_parent)


def note(stage: str) -> None:
    """Tell the parent what is done next, for the case that it does not end well.

    Args:
        stage: Goes on from "it crashed", such as ``while reading it``.
    """
    for parent in _parent:
        _stage[:] = [stage]
        _tell(parent, Note(stage))


def current_stage() -> str:
    """Return what this worker noted last about its item; empty in any other process."""
    return "".join(_stage)


def work_for(parent: socket.socket, work: Callable[[Any], Any] | None = None) -> NoReturn:
    """Be a worker until the parent is gone, then end this process.

    Args:
        parent: Where items come from and results go.
        work: What to do with them, if it is not in the setup.
    """
    try:
        with contextlib.suppress(EOFError, ConnectionError):
            _work_for(parent, work)
    finally:
        os._exit(0)


def _work_for(parent: socket.socket, work: Callable[[Any], Any] | None) -> None:
    _settle()
    setup: Setup = pickle.loads(receive(parent))  # noqa: S301 - packed by the parent
    _parent.append(parent)
    try:
        chosen = work or _loaded(setup)
    except Exception as error:  # noqa: BLE001 - whatever a module does when it is imported
        _tell(parent, Unloadable(f"{type(error).__name__}: {error}"))
        return
    _forward_logs(parent)
    size = _address_space()
    limit = None if setup.megabytes is None else int(setup.megabytes * 1_000_000)
    _limit_memory(size, limit)
    _tell(parent, Ready())
    while True:
        packed = receive(parent)
        answer = _answer(chosen, packed)
        if isinstance(answer, Done):
            swollen = limit is not None and _address_space() - size > limit // _SWOLLEN
            answer = attrs.evolve(answer, worn=swollen or _has_others())
        _tell(parent, answer)


def _has_others() -> bool:
    """Return whether a thread was left behind that goes on."""
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    for thread in others:  # one that is done may still be on its way out
        thread.join(_WAY_OUT)
    return any(thread.is_alive() for thread in others)


def _settle() -> None:
    """Leave interrupts to the parent, end with it, and leave no image of the memory behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _loaded(setup: Setup) -> Callable[[Any], Any]:
    """Return the work, in surroundings like those of the parent."""
    os.environ.update(setup.environment)
    if sys.path != list(setup.path):
        sys.path[:] = setup.path
    importlib.invalidate_caches()
    note("while loading the plugins")
    work, prepare = pickle.loads(setup.work or b"")  # noqa: S301 - packed by the parent
    if prepare is not None:
        prepare()
    loaded: Callable[[Any], Any] = work
    return loaded


def _answer(work: Callable[[Any], Any], packed: bytes) -> object:
    try:
        _stage.clear()
        place, item = pickle.loads(packed)  # noqa: S301 - packed by the parent
        with contextlib.suppress(OSError):  # a folder that is gone: names in it lead nowhere
            os.chdir(place)
        result = work(item)
        note("while handing over the result")
    except MemoryError:
        return OutOfMemory()
    except Exception as error:  # noqa: BLE001 - it is raised where the result is wanted
        return Raised(error)
    try:
        return Done(pickle.dumps(result, pickle.HIGHEST_PROTOCOL), worn=False)
    except MemoryError:
        return OutOfMemory()
    except Exception:  # noqa: BLE001 - a class that only this process knows
        return Unsendable()


def _tell(parent: socket.socket, message: object) -> None:
    try:
        packed = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - a stranger's error or record may hold anything
        packed = pickle.dumps(Raised(RuntimeError(str(error))))
    with _sending:
        send(parent, packed)


class _Forwarding(logging.Handler):
    """Hands the records of this process to the parent, which has the handlers for them."""

    def __init__(self, parent: socket.socket) -> None:
        super().__init__()
        self._parent = parent

    def emit(self, record: logging.LogRecord) -> None:
        fields = {
            name: value for name, value in vars(record).items() if name not in {"args", "exc_info"}
        }
        fields["msg"] = self.format(record)
        fields["exc_text"] = None
        with contextlib.suppress(Exception):
            packed = pickle.dumps(Logged(fields), pickle.HIGHEST_PROTOCOL)
            with _sending:
                send(self._parent, packed)


def _forward_logs(parent: socket.socket) -> None:
    root = logging.getLogger()
    root.handlers = [_Forwarding(parent)]


def _address_space() -> int:
    """Return the size of the address space of this process in bytes; 0 where it is not told."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - dear to import
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):  # pragma: no cover - not on Linux
        return 0


def _limit_memory(size: int, limit: int | None) -> None:
    """Let this process grow by *limit* bytes; where a system has no such limit, nothing is done."""
    if limit is None:
        return
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (size + limit, size + limit))

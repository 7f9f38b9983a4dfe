"""The nursery: a process that has imported the library, and forks a worker when asked.

It runs as a program of its own and has one thread, so that forking is safe and cheap. It ends the
workers when its parent is gone, and sweeps up what the parent was in the middle of writing.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Collection
from typing import Any, NoReturn

from cqcparse.workers.worker import work_for

#: Seconds between two looks whether the parent is still there. Its end of the socket tells at
#: once, unless another process that it forked holds that too.
_WATCH = 2.0
_LONGEST = 1 << 16
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Be the nursery of the process at the other end of standard input, until it is gone."""
    parent = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=os.dup(0)) as control:
        _shut_standard_input()
        _Nursery(control, parent).run()


def settle(stdin: int, kept: Collection[str]) -> None:
    """Have a copy of a process be as an interpreter that was started to be a nursery.

    Args:
        stdin: The descriptor that is to be standard input.
        kept: Names of what stays of the environment.
    """
    nothing = os.open(os.devnull, os.O_WRONLY)
    for number, file in enumerate((stdin, nothing, nothing)):
        os.dup2(file, number)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    for name in os.environ.keys() - kept:
        del os.environ[name]
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    gc.freeze()  # what the parent imported stays, and is not looked through again


def be_a_worker() -> NoReturn:
    """Be a worker of the process that handed on a socket by standard input."""
    if sys.platform == "win32":  # pragma: no cover - Windows, where a socket is no file
        peer = socket.fromshare(sys.stdin.buffer.read())
    else:
        peer = socket.socket(fileno=os.dup(0))
        _shut_standard_input()
    work_for(peer)


def _shut_standard_input() -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


class _Nursery:
    """Does what the parent asks for."""

    def __init__(self, control: socket.socket, parent: int) -> None:
        self._control = control
        self._parent = parent
        #: Process of each worker, by its number: that of a process comes again for another.
        self._workers: dict[int, int] = {}
        #: How those ended that were let go of before anybody asked; for most nobody does.
        self._ended: dict[int, int] = {}
        self._count = 0
        self._unfinished: set[str] = set()
        #: Modules that are imported, by whether they are warmed up.
        self._warm: dict[str, bool] = {}

    def run(self) -> None:
        try:
            while (asked := self._asked()) is not None:
                self._answer(*asked)
        finally:
            for pid in self._workers.values():
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            for path in self._unfinished:
                _sweep_up(path)

    def _asked(self) -> tuple[dict[str, Any], list[int]] | None:
        """Return the next request with its descriptors; None if the parent is gone."""
        self._control.settimeout(_WATCH)
        while True:
            try:
                data, files, *_ = socket.recv_fds(self._control, _LONGEST, 1)
            except TimeoutError:
                if os.getppid() != self._parent:
                    return None
                continue
            except ConnectionError:
                return None
            return (json.loads(data), files) if data else None

    def _answer(self, request: dict[str, Any], files: list[int]) -> None:
        match request:
            case {"warm": str(module)}:
                self._import(module)
            case {"start": _}:
                self._reply(self._start(files[0]))
            case {"end": int(number)}:
                self._reply({"status": self._end(number)})
            case {"unfinished": str(path)}:
                self._unfinished.add(path)
            case {"finished": str(path)}:
                self._unfinished.discard(path)

    def _reply(self, answer: dict[str, Any]) -> None:
        self._control.settimeout(None)
        self._control.sendall(json.dumps(answer).encode())

    def _import(self, module: str) -> None:
        """Have what the first worker needs in any case."""
        if module not in self._warm:
            self._warm[module] = False
            importlib.import_module(module)

    def _warm_up(self) -> None:
        """Have what all further workers need, once for all, before they are forked."""
        cold = [module for module, is_warm in self._warm.items() if not is_warm]
        for module in cold:
            self._warm[module] = True
            importlib.import_module(module).warm_up()
        if cold:
            gc.collect()
            gc.freeze()  # so that a worker does not copy pages only to count what is on them

    def _start(self, file: int) -> dict[str, Any]:
        nursery = os.getpid()
        self._reap()
        if self._count:
            self._warm_up()
        try:
            pid = os.fork()
        except OSError as error:
            os.close(file)
            return {"errno": error.errno, "error": error.strerror}
        if pid == 0:
            _die_with(nursery)
            self._control.close()
            work_for(socket.socket(fileno=file))
        os.close(file)
        self._count += 1
        self._workers[self._count] = pid
        return {"worker": self._count}

    def _reap(self) -> None:
        """Let go of the workers that ended by themselves, since nobody has work for them."""
        for number, pid in [*self._workers.items()]:
            gone, status = os.waitpid(pid, os.WNOHANG)
            if gone:
                del self._workers[number]
                self._ended[number] = os.waitstatus_to_exitcode(status)

    def _end(self, number: int) -> int:
        """End a worker, if it has not ended by itself, and return how it ended."""
        if number in self._ended:
            return self._ended.pop(number)
        pid = self._workers.pop(number)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _sweep_up(path: str) -> None:
    import shutil  # noqa: PLC0415 - seldom needed

    shutil.rmtree(path, ignore_errors=True)


def _die_with(nursery: int) -> None:
    """Have this process ended when the nursery is."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != nursery:
        os._exit(0)

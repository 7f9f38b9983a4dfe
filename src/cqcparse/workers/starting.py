"""Starting and ending workers: by the nursery, as programs of their own, or as forks."""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from cqcparse.workers.worker import work_for

#: What else than the settings of the project a worker sees of the environment: without these,
#: names of files and programs would not mean the same.
_KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT")
_OWN = "CQCPARSE_"
_LONGEST = 1 << 16

#: Whether this process can be copied.
CAN_FORK = hasattr(os, "fork")


class Process(Protocol):
    """A worker as its parent sees it."""

    #: Where items go to and results come from.
    peer: socket.socket

    def end(self) -> int:
        """End it, if it has not ended by itself; return its exit code, or minus its signal."""


def start() -> Process:
    """Return a new worker, which waits for its setup.

    Raises:
        OSError: If no process can be started.
    """
    if sys.platform == "linux":
        return _nursery().start()
    return _Program()  # pragma: no cover - not on Linux


def prepare(module: str, *, copy: bool = False) -> None:
    """Have workers started warm, without waiting for anything.

    Args:
        module: It is imported before the first worker is started, and its ``warm_up`` is called
            before the second: a single one loads no more than its own items need.
        copy: Whether the nursery, if there is none yet, is to be a copy of this process instead of
            an interpreter that imports all anew. The process must have one thread, and have loaded
            nothing that a worker is not to see.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError):  # it is tried again, and told, when there is work
            _nursery(_copied if copy else _launched).tell({"warm": module})


def fork(work: Callable[[Any], Any]) -> Process:
    """Return a worker that is a copy of this process, with *work* that no other can load.

    Raises:
        OSError: If no process can be started.
    """
    return _Fork(work)


def unfinished(path: str) -> Callable[[], None]:
    """Have the folder *path* removed if this process is ended; return what calls that off."""
    return _sweeper.add(path)


def environment() -> tuple[tuple[str, str], ...]:
    """Return the settings of the project in the environment."""
    return tuple((name, value) for name, value in os.environ.items() if name.startswith(_OWN))


def search_path() -> tuple[str, ...]:
    """Return where modules are found."""
    return tuple(sys.path)


def _launched(stdin: int) -> subprocess.Popen[bytes]:
    return _launch("main()", stdin)


def _copied(stdin: int) -> _Copy:
    """Be twice; the copy is the nursery, and keeps nothing of this process but its memory."""
    pid = os.fork()
    if pid:
        return _Copy(pid)
    try:
        from cqcparse.workers.nursery import main, settle  # noqa: PLC0415 - for the copy only

        settle(stdin, _KEPT)
        main()
    finally:
        os._exit(0)


def _launch(call: str, stdin: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - as subprocess has
    """Start an interpreter apart from this one, which calls a function of the nursery."""
    code = (
        f"import sys; sys.path[:] = {list(search_path())!r}; "
        f"from cqcparse.workers import nursery; nursery.{call}"
    )
    flags = ["-I", "-X", f"utf8={sys.flags.utf8_mode}"]
    if sys.dont_write_bytecode:
        flags.append("-B")
    return subprocess.Popen(  # noqa: S603 - this interpreter and a line of this module
        [sys.executable, *flags, "-c", code],
        stdin=stdin,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    )


class _Nursery:
    """The nursery of this process; see :mod:`cqcparse.workers.nursery`."""

    def __init__(self, launch: Callable[[int], subprocess.Popen[bytes] | _Copy]) -> None:
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        with theirs:
            try:
                self._process = launch(theirs.fileno())
            except BaseException:
                ours.close()
                raise

    def start(self) -> Process:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                answer = self._ask({"start": 1}, [theirs.fileno()])
            except BaseException:
                ours.close()
                raise
        return _Nursling(self, ours, answer["worker"])

    def end(self, number: int) -> int:
        try:
            status: int = self._ask({"end": number})["status"]
        except OSError:  # the nursery is gone, and all its workers with it
            return -signal.SIGKILL
        return status

    def tell(self, request: dict[str, Any]) -> None:
        with self._lock, contextlib.suppress(OSError):
            self._control.sendall(json.dumps(request).encode())

    def close(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _ask(self, request: dict[str, Any], files: Iterable[int] = ()) -> dict[str, Any]:
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], list(files))
                data = self._control.recv(_LONGEST)
            except OSError:
                data = b""
        if not data:
            _forget(self)
            msg = "the process that starts the others is gone"
            raise ConnectionResetError(msg)
        answer: dict[str, Any] = json.loads(data)
        if "error" in answer:
            raise OSError(answer["errno"], answer["error"])
        return answer


class _Nursling:
    """A worker that the nursery has forked."""

    def __init__(self, nursery: _Nursery, peer: socket.socket, number: int) -> None:
        self.peer = peer
        self._nursery = nursery
        self._number = number

    def end(self) -> int:
        return self._nursery.end(self._number)


class _Copy:
    """A process that was forked, as :class:`subprocess.Popen` has one that was started."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class _Program:
    """A worker that is an interpreter of its own, where processes are not copied."""

    def __init__(self) -> None:
        self.peer, theirs = socket.socketpair()
        with theirs:
            if sys.platform == "win32":  # pragma: no cover - Windows
                self._process = _launch("be_a_worker()", subprocess.PIPE)
                if self._process.stdin is not None:
                    with self._process.stdin as stdin:
                        stdin.write(theirs.share(self._process.pid))
            else:
                self._process = _launch("be_a_worker()", theirs.fileno())

    def end(self) -> int:
        self._process.kill()
        return self._process.wait()


class _Fork:
    """A worker that is a copy of this process."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self.peer, theirs = socket.socketpair()
        with warnings.catch_warnings():
            # The other threads are not needed in a worker, and their locks are not taken there.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._pid = os.fork()
        if self._pid == 0:
            kept = theirs.fileno()
            os.closerange(3, kept)
            os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
            work_for(theirs, work)
        theirs.close()

    def end(self) -> int:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        except ChildProcessError:  # somebody else has waited for it
            return -signal.SIGKILL


class _Sweeper:
    """Knows which folders are to be removed if this process is ended."""

    def __init__(self) -> None:
        self.paths: set[str] = set()

    def add(self, path: str) -> Callable[[], None]:
        self.paths.add(path)
        self._tell({"unfinished": path})

        def done() -> None:
            self.paths.discard(path)
            self._tell({"finished": path})

        return done

    def _tell(self, request: dict[str, Any]) -> None:
        for nursery in _running:
            nursery.tell(request)


_sweeper = _Sweeper()
_running: list[_Nursery] = []
_starting = threading.Lock()


def _nursery(launch: Callable[[int], subprocess.Popen[bytes] | _Copy] = _launched) -> _Nursery:
    """Return the nursery of this process, started at its first use."""
    with _starting:
        if not _running:
            nursery = _Nursery(launch)
            for path in _sweeper.paths:
                nursery.tell({"unfinished": path})
            _running.append(nursery)
            atexit.register(functools.partial(_forget, nursery))
        return _running[0]


def _forget(nursery: _Nursery) -> None:
    """Let go of a nursery that is gone or no longer wanted."""
    if nursery in _running:
        _running.remove(nursery)
        nursery.close()


def _forget_all() -> None:
    """Leave the nursery to the process that started it."""
    global _starting  # noqa: PLW0603 - another thread may have held it when this one was forked
    _starting = threading.Lock()
    _running.clear()
    _sweeper.paths.clear()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_all)

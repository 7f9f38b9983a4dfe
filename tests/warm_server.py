"""Run as a script: start commands of cqcparse as copies of this process, which has loaded it all."""

from __future__ import annotations

import contextlib
import gc
import importlib
import marshal
import os
import resource
import select
import socket
import sys
from typing import TextIO

from cqcparse import cli, parser

#: Words, folder, environment, which streams there are, and the most a file may grow to.
_Call = tuple[list[str], str, dict[str, str], list[int], tuple[int, int]]


def main() -> None:
    """Serve until standard input is closed, as it is when whoever started this is done or gone."""
    _load()
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        while sys.stdin not in select.select([sys.stdin, listener], [], [])[0]:
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _be_called(connection)
                return
            connection.close()
            _reap(os.WNOHANG)
    _reap(0)


def _load() -> None:
    """Import what commands need, and have it used once."""
    for name in cli.COMMANDS:
        importlib.import_module(f"cqcparse.cli.{name.replace('-', '_')}")
    parser.warm_up()
    gc.collect()
    gc.freeze()


def _reap(how: int) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, how)[0]:
            pass


def _be_called(connection: socket.socket) -> None:
    """Take a call, have a copy of this process be the command, and tell its end.

    Only the copy returns.
    """
    size, files, *_ = socket.recv_fds(connection, 4, 3)
    with connection.makefile("rb") as said:
        call: _Call = marshal.loads(said.read(int.from_bytes(size, "big")))  # noqa: S302 - of our client
    pid = os.fork()
    if pid == 0:
        connection.close()
        _be(call, files)
        return
    for file in files:
        os.close(file)
    _, status = os.waitpid(pid, 0)
    connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
    os._exit(0)


def _be(call: _Call, files: list[int]) -> None:
    """Be the command that was called."""
    words, folder, environment, given, limit = call
    for number in range(3):
        os.close(number)
    for number, file in zip(given, files, strict=True):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    sys.path[:0] = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))
    sys.argv[1:] = words
    sys.stdin, sys.stdout, sys.stderr = (
        _stream(number, before) if number in given else None
        for number, before in enumerate((sys.stdin, sys.stdout, sys.stderr))
    )
    cli.main()


def _stream(number: int, before: TextIO) -> TextIO:
    """Return a standard stream as an interpreter makes it at its start."""
    return open(
        number,
        "w" if number else "r",
        encoding=before.encoding,
        errors=before.errors,
        closefd=False,
    )


if __name__ == "__main__":
    main()

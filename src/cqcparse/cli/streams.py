"""The standard streams: whole whatever the shell made of them, and in UTF-8."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import TextIO, cast

import click


def mend_streams() -> None:
    """Put something where a standard stream is closed, and have the others written in UTF-8.

    Otherwise the next file that is opened would be standard output, and be written into. What is
    put there cannot be read or written, so that using it fails; only messages are dropped.
    """
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # takes the lowest number that is free
    sys.stdin = sys.stdin or _opened(0, "r", "<stdin>")
    sys.stdout = sys.stdout or _opened(1, "w", "<stdout>")
    sys.stderr = sys.stderr or _opened(2, "w", "<stderr>")
    # The same bytes on any machine, whatever its locale; and no text that cannot be printed.
    output = cast("io.TextIOWrapper", sys.stdout)
    if output.isatty():
        output.reconfigure(errors="backslashreplace")
    else:
        output.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def part_streams() -> None:
    """Keep standard output for data: whatever else this process starts or loads writes beside it.

    The stream goes on in a descriptor of its own; number 1, which subprocesses and compiled code
    write to, is from now on that of the messages.
    """
    sys.stdout.flush()
    before = cast("io.TextIOWrapper", sys.stdout)
    raw = io.FileIO(os.dup(1), "w")
    raw.name = before.name
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=before.encoding,
        errors=before.errors,
        newline="\n" if not raw.isatty() else None,
        line_buffering=raw.isatty(),
    )
    os.dup2(2, 1)


@contextlib.contextmanager
def data_apart() -> Iterator[None]:
    """Keep data apart from what plugins print: in the meantime ``sys.stdout`` is for messages."""
    kept = sys.stdout
    _data.append(kept)
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        sys.stdout = kept
        _data.pop()


def parted(command: click.Command) -> click.Command:
    """Return a command that runs with standard output for its data alone.

    By the time it runs, click has no more to print.
    """
    run = type(command).invoke  # not that of the instance: a command may be asked for twice

    def invoke(ctx: click.Context) -> object:
        with data_apart():
            return run(command, ctx)

    command.invoke = invoke  # type: ignore[method-assign]
    return command


def data_is_shown() -> bool:
    """Return whether data goes to a terminal."""
    return (_data[-1] if _data else sys.stdout).isatty()


def put(text: str) -> None:
    """Print data, and a line end, on standard output."""
    click.echo(text, file=_data[-1] if _data else None)


#: The streams for data, that of the command that runs last.
_data: list[TextIO] = []


def drop_output() -> None:
    """Forget what standard output still holds: writing it at the end would fail again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _opened(number: int, mode: str, name: str) -> io.TextIOWrapper:
    raw = io.FileIO(number, mode, closefd=False)
    raw.name = name
    buffered = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
    return io.TextIOWrapper(buffered, encoding="utf-8")

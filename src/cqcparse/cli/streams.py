"""The standard streams: whole whatever the shell made of them, and in UTF-8."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import cast


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


def drop_output() -> None:
    """Forget what standard output still holds: writing it at the end would fail again."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _opened(number: int, mode: str, name: str) -> io.TextIOWrapper:
    raw = io.FileIO(number, mode, closefd=False)
    raw.name = name
    buffered = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
    return io.TextIOWrapper(buffered, encoding="utf-8")

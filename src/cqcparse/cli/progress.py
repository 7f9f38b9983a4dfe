"""How far a command has come, how fast, and how long it will take, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from cqcparse.cli.streams import data_is_shown

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

#: Lines that are printed in all where no line can be written over.
_LINES = 20
#: Reports after which a rate says something.
_TELLING = 5


def progress_option(command: CommandT) -> CommandT:
    """Give a command the option that says whether it tells how far it is."""
    return click.option(
        "--progress/--no-progress",
        default=None,
        help="Tell on standard error how far it is.  [default: if that is a terminal]",
    )(command)


class Progress:
    """Counts inputs: one line that is written over on a terminal, else a line now and then.

    Args:
        total: Number of inputs.
        wanted: Whether to show it; None to show it on a terminal that shows nothing else.
    """

    def __init__(self, total: int, *, wanted: bool | None = None) -> None:
        self._total = total
        self._done = self._failed = self._unchanged = 0
        self._begun = time.monotonic()
        self._terminal = sys.stderr.isatty()
        quiet = self._terminal and not data_is_shown()
        self._shown = total > 1 and (quiet if wanted is None else wanted)

    def step(self, *, failed: bool = False, unchanged: bool = False) -> None:
        """Count one input."""
        self._done += 1
        self._failed += failed
        self._unchanged += unchanged
        if self._shown and self._terminal:
            click.echo(f"\r\x1b[K{self._line()}", nl=False, err=True)
        elif self._shown and self._is_landmark():
            click.echo(f"cqcparse: {self._line()}", err=True)

    def clear(self) -> None:
        """Make room for a message."""
        if self._shown and self._terminal:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _is_landmark(self) -> bool:
        """Return whether one more of the lines is due."""
        lines = min(_LINES, self._total)
        return self._done * lines // self._total > (self._done - 1) * lines // self._total

    def _line(self) -> str:
        parts = [f"{self._done} of {self._total} reports"]
        if self._unchanged:
            parts.append(f"{self._unchanged} unchanged")
        if self._failed:
            parts.append(f"{self._failed} failed")
        return ", ".join([*parts, *self._pace()])

    def _pace(self) -> Iterator[str]:
        """Yield the rate and the time left, once there is something to go by."""
        read = self._done - self._unchanged
        passed = time.monotonic() - self._begun
        if read < _TELLING or passed < 1:
            return
        yield f"{read / passed:.1f} a second"
        left = round((self._total - self._done) * passed / read)
        if left:
            yield f"{left // 60} min {left % 60} s left" if left >= 60 else f"{left} s left"  # noqa: PLR2004 - seconds of a minute

"""How a command ends: messages on standard error, and exit statuses by the contract."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cqcparse.cli.streams import drop_output
from cqcparse.errors import CqcParseError

#: Some input failed; the rest is done.
FAILED = 1
#: Longest account of an error that nobody foresaw, in code points.
_LONGEST = 300


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """End without a word when whoever reads standard output has gone, as with ``| head``."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        raise SystemExit(0) from None


#: The command was not used as its help says.
WRONG_USE = 2


@contextmanager
def one_sentence(status: int = FAILED) -> Iterator[None]:
    """Turn an error that cqcparse raises on purpose into its sentence and an exit status."""
    try:
        yield
    except CqcParseError as error:
        say(str(error))
        raise SystemExit(status) from None


@contextmanager
def never_a_traceback() -> Iterator[None]:
    """Turn whatever else is raised into one sentence; with ``python -X dev`` it is left alone."""
    try:
        yield
    except OSError as error:
        drop_output()
        what = error.filename or "standard output"
        say(f"{what}: cannot be used ({error.strerror or error}); check its place and its space")
        raise SystemExit(FAILED) from None
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        how = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
        say(f"cqcparse itself failed ({how}); report what `python -X dev -m cqcparse ...` prints")
        raise SystemExit(FAILED) from None


def end_on_signals() -> None:
    """Have a signal to end, or a terminal that is closed, undo what is half done before the end."""

    def end(number: int, _: object) -> None:
        for caught in signals:
            signal.signal(caught, signal.SIG_IGN)
        raise SystemExit(128 + number)

    names = ("SIGTERM", "SIGHUP")
    signals = [getattr(signal, name) for name in names if hasattr(signal, name)]
    for number in signals:
        if signal.getsignal(number) == signal.SIG_DFL:  # `nohup` has one ignored
            signal.signal(number, end)


def say(message: str) -> None:
    """Print a message for a person on standard error, on one line.

    A name of a file may hold characters that move the cursor or that cannot be printed: they are
    shown as escapes.
    """
    harmless = "".join(char if char.isprintable() else _escape(char) for char in message)
    click.echo(f"cqcparse: {harmless}", err=True)


def _escape(char: str) -> str:
    return " " if char.isspace() else char.encode("unicode_escape").decode("ascii")

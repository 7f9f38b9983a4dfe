"""How a command ends: messages on standard error, and exit statuses by the contract."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cqcparse.errors import CqcParseError

#: Some input failed; the rest is done.
FAILED = 1


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """End without a word when whoever reads standard output has gone, as with ``| head``."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would raise again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
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


def say(message: str) -> None:
    """Print a message for a person on standard error, on one line.

    A name of a file may hold characters that move the cursor or that cannot be printed: they are
    shown as escapes.
    """
    harmless = "".join(char if char.isprintable() else _escape(char) for char in message)
    click.echo(f"cqcparse: {harmless}", err=True)


def _escape(char: str) -> str:
    return " " if char.isspace() else char.encode("unicode_escape").decode("ascii")

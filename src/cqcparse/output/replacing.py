"""Files that take the place of others when they are complete, and not before."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from cqcparse.errors import DataError
from cqcparse.extraction.isolation import account
from cqcparse.workers import swept


@contextlib.contextmanager
def complete(path: Path) -> Iterator[Path]:
    """Give a file to write, which takes the place of *path* when all went well.

    It is in a folder of its own, so that what belongs to it, such as the journal of a database,
    is gone with it. If anything fails, *path* is as it was and nothing is left beside it, even if
    this process is killed.

    Raises:
        OSError: If it cannot be written.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    with swept(target) as folder:
        part = folder / target.name
        yield part
        _to_disk(part)
        part.replace(target)


@contextlib.contextmanager
def one_error(path: str | Path) -> Iterator[None]:
    """Turn what the system says when a file cannot be written into one sentence."""
    try:
        yield
    except OSError as error:
        raise DataError(str(path), f"cannot be written ({error.strerror or error})") from error
    except (UnicodeEncodeError, OverflowError) as error:  # of names and numbers, in some formats
        raise DataError(str(path), f"cannot be written ({account(error)})") from error


def _to_disk(path: Path) -> None:
    """Have the system write what it holds of a file, before a name leads to it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())

"""Files that take the place of others when they are complete, and not before."""

from __future__ import annotations

import contextlib
import os
import shutil
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

    What is written beside it under the name of :func:`header_beside` takes its place with it.

    Raises:
        OSError: If it cannot be written.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    with swept(target) as folder:
        part = folder / target.name
        yield part
        _to_disk(part)
        header = header_beside(part)
        if not header.exists():
            part.replace(target)
            return
        _to_disk(header)
        with _undone(header_beside(target), folder / "before"):
            header.replace(header_beside(target))
            part.replace(target)


def header_beside(path: Path) -> Path:
    """Return the file that says of a table what the table has no room for."""
    return path.with_name(f"{path.name}-metadata.json")


@contextlib.contextmanager
def _undone(path: Path, copy: Path) -> Iterator[None]:
    """Make *path* what it was if something fails."""
    existed = path.exists()
    if existed:
        shutil.copyfile(path, copy)
    try:
        yield
    except BaseException:
        if existed:
            copy.replace(path)
        else:
            path.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def one_error(path: str | Path) -> Iterator[None]:
    """Turn what the system says when a file cannot be written into one sentence."""
    try:
        yield
    except OSError as error:
        raise DataError.unwritten(path, error) from error
    except (UnicodeEncodeError, OverflowError) as error:  # of names and numbers, in some formats
        raise DataError(
            str(path), f"cannot be written ({account(error)}); choose another format or name"
        ) from error


def _to_disk(path: Path) -> None:
    """Have the system write what it holds of a file, before a name leads to it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())

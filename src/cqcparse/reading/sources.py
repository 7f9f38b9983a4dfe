"""Sources: the bytes of a path or of an open file, what it is called, and how it is sent."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, TypeAlias

import attrs

from cqcparse.errors import ReadError
from cqcparse.model.writable import writable

#: Size of the largest source that is read, in bytes; a report with its pictures has a few million.
MAX_BYTES = 200_000_000


Source: TypeAlias = str | os.PathLike[str] | BinaryIO


@attrs.frozen(kw_only=True)
class Parcel:
    """A source as it is handed to a worker process."""

    #: Its path, or the name of the open file.
    source: str | None
    #: What is in it, if it is not a file that the worker can open.
    data: bytes | None = None
    #: Why it could not be read here.
    error: ReadError | None = None

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return writable(self.source or "<bytes>")


def each_of(sources: object) -> Iterable[Source]:
    """Return the sources that were given, of which one path is one.

    Raises:
        TypeError: If they are no sources.
    """
    if isinstance(sources, (str, os.PathLike)):
        return (sources,)
    if isinstance(sources, Iterable) and not isinstance(sources, (bytes, bytearray)):
        return sources
    msg = f"read_many takes paths or open binary files, not {called(sources)}"
    raise TypeError(msg)


def called(value: object) -> str:
    """Return what a value is, for messages."""
    return "None" if value is None else type(value).__name__


def parcel_of(source: Source) -> Parcel:
    """Return a source as another process can read it; what cannot be read here says so."""
    if isinstance(source, (str, os.PathLike)):
        return Parcel(source=os.fspath(source))
    given = getattr(source, "name", None)
    name = given if isinstance(given, str) else None
    try:
        return Parcel(source=name, data=bytes_of_file(source, name))
    except ReadError as error:
        return Parcel(source=name, error=error)


def bytes_of_path(path: str) -> bytes:
    """Return what is in a file.

    Raises:
        ReadError: If it is no file, cannot be read or is too large.
    """
    name = writable(path)
    try:
        with open(path, "rb", opener=_open) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                problem = "this is a pipe or a device, which may never end"
                remedy = "give its content on standard input"
                raise ReadError(name, problem, remedy)
            return bytes_of_file(file, name)
    except FileNotFoundError:
        raise ReadError(name, "there is no such file", "check the path") from None
    except IsADirectoryError:
        raise _is_a_folder(name) from None
    except (OSError, ValueError) as error:
        if Path(path).is_dir():  # Windows says "permission denied" for a folder
            raise _is_a_folder(name) from None
        problem = getattr(error, "strerror", None) or str(error)
        remedy = "check the path and whether you may read it"
        raise ReadError(name, f"the file cannot be opened ({problem})", remedy) from None


def bytes_of_file(file: BinaryIO, name: str | None = None) -> bytes:
    """Return what is left to read in an open file.

    Args:
        file: Opened in binary mode.
        name: Names it for people.

    Raises:
        ReadError: If it cannot be read, or is too large.
        TypeError: If it is no file, or not in binary mode.
    """
    name = name or "<bytes>"
    if not hasattr(file, "read"):
        remedy = "cqcparse.parse takes text, and io.BytesIO(data) is an open binary file"
        msg = f"a source is a path or an open binary file, not {called(file)}: {remedy}"
        raise TypeError(msg)
    try:
        data = file.read(MAX_BYTES + 1)
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error})"
        raise ReadError(name, problem, "check where it comes from") from None
    if not isinstance(data, bytes):
        msg = "the file must be opened in binary mode"
        raise TypeError(msg)
    if len(data) > MAX_BYTES:
        raise too_large(name)
    return data


def too_large(name: str) -> ReadError:
    """Return the error for a source of more bytes than are read."""
    limit = f"{MAX_BYTES // 1_000_000} MB"
    return ReadError(name, f"the file is larger than {limit}", "give single reports")


def _open(path: str, flags: int) -> int:
    """Open a file without waiting, as for somebody to write into a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _is_a_folder(name: str) -> ReadError:
    return ReadError(name, "this is a folder", "give the files in it, one by one")

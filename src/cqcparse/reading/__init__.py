"""Stage 1: a path, a binary file, bytes or a string -> Document; a module a format."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.reading.formats import Reader, choose_reader
from cqcparse.reading.text import document_from_text

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "Reader",
    "document_from_bytes",
    "document_from_text",
    "read_document",
]

#: Size of the largest source that is read, in bytes; a report with its pictures has a few million.
MAX_BYTES = 200_000_000
#: Length of the longest text that is read from a file, in code points; a long report has 500,000.
MAX_CHARACTERS = 10_000_000


def read_document(
    file: str | os.PathLike[str] | BinaryIO, *, readers: Sequence[Reader] = ()
) -> Document:
    """Read a file in any of the supported formats.

    The format is decided by the content first, then by the suffix of the name.

    Args:
        file: A path, or a file opened in binary mode.
        readers: Further readers, asked before the built-in ones.

    Returns:
        The document; its ``source`` is the path as it was given, or the name of the open file.

    Raises:
        ReadError: If there is no report text to be had from the file.
    """
    if isinstance(file, (str, os.PathLike)):
        path = os.fspath(file)
        return document_from_bytes(_bytes_of_path(path), path, readers=readers)
    name = getattr(file, "name", None)
    source = name if isinstance(name, str) else None
    return document_from_bytes(_bytes_of_file(file, source), source, readers=readers)


def document_from_bytes(
    data: bytes, source: str | None = None, *, readers: Sequence[Reader] = ()
) -> Document:
    """Read the content of a file in any of the supported formats.

    Args:
        data: The whole content.
        source: Path or name of it, for people and for its suffix; never opened.
        readers: Further readers, asked before the built-in ones.

    Raises:
        ReadError: If there is no report text to be had from the bytes.
    """
    name = source or "<bytes>"
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    document = choose_reader(data, name, readers).read(data, source)
    if len(document.text) > MAX_CHARACTERS:
        problem = f"the file has more than {MAX_CHARACTERS:,} characters of text"
        raise ReadError(name, problem, "give single reports")
    return document


def _bytes_of_path(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return _bytes_of_file(file, path)
    except FileNotFoundError:
        raise ReadError(path, "there is no such file", "check the path") from None
    except IsADirectoryError:
        raise _is_a_folder(path) from None
    except (OSError, ValueError) as error:
        if Path(path).is_dir():  # Windows says "permission denied" for a folder
            raise _is_a_folder(path) from None
        problem = getattr(error, "strerror", None) or str(error)
        remedy = "check the path and whether you may read it"
        raise ReadError(path, f"the file cannot be opened ({problem})", remedy) from None


def _bytes_of_file(file: BinaryIO, source: str | None) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if not isinstance(data, bytes):
        msg = "the file must be opened in binary mode"
        raise TypeError(msg)
    if len(data) > MAX_BYTES:
        raise _too_large(source or "<bytes>")
    return data


def _is_a_folder(path: str) -> ReadError:
    return ReadError(path, "this is a folder", "give the files in it, one by one")


def _too_large(source: str) -> ReadError:
    limit = f"{MAX_BYTES // 1_000_000} MB"
    return ReadError(source, f"the file is larger than {limit}", "give single reports")

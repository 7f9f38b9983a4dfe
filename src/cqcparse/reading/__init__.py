"""Stage 1: a path, a binary file, bytes or a string -> Document; a module a format."""

from __future__ import annotations

import os
from collections.abc import Sequence

from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.model.writable import writable
from cqcparse.reading.formats import BUILT_IN_SUFFIXES, Reader, choose_reader
from cqcparse.reading.sources import MAX_BYTES, Source, bytes_of_file, bytes_of_path, too_large
from cqcparse.reading.text import document_from_text

__all__ = [
    "BUILT_IN_SUFFIXES",
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "Reader",
    "bytes_of_file",
    "document_from_bytes",
    "document_from_text",
    "read_document",
]

#: Length of the longest text that is read from a file, in code points; a long report has 500,000.
MAX_CHARACTERS = 10_000_000


def read_document(file: Source, *, readers: Sequence[Reader] = ()) -> Document:
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
        return document_from_bytes(bytes_of_path(path), path, readers=readers)
    name = getattr(file, "name", None)
    source = name if isinstance(name, str) else None
    return document_from_bytes(bytes_of_file(file, source), source, readers=readers)


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
    source = None if source is None else writable(source)
    name = source or "<bytes>"
    if len(data) > MAX_BYTES:
        raise too_large(name)
    document = choose_reader(data, name, readers).read(data, source)
    if len(document.text) > MAX_CHARACTERS:
        problem = f"the file has more than {MAX_CHARACTERS:,} characters of text"
        raise ReadError(name, problem, "give single reports")
    return document

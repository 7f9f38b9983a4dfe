"""Which format some bytes are in: by their content first, then by the suffix of their name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

import attrs

from cqcparse.document import Document
from cqcparse.errors import ReadError
from cqcparse.reading.docx import is_word, read_word
from cqcparse.reading.html import is_html, read_html
from cqcparse.reading.markdown import is_markdown, read_markdown
from cqcparse.reading.mhtml import is_mhtml, read_mhtml
from cqcparse.reading.pdf import is_pdf, read_pdf
from cqcparse.reading.text import read_text


@attrs.frozen(kw_only=True)
class Reader:
    """What reads one format."""

    #: Name of the format, such as ``html``.
    name: str
    #: Returns whether the bytes, with this suffix (lower case, with the dot), are in the format.
    accepts: Callable[[bytes, str], bool] = attrs.field(
        default=lambda _data, _suffix: True, kw_only=True
    )
    #: Turns the bytes of a file and its source into a document; raises ``ReadError`` if it cannot.
    read: Callable[[bytes, str | None], Document]
    #: Suffixes of the files that a plugin's reader is asked about, in lower case with the dot.
    suffixes: tuple[str, ...] = ()


def choose_reader(data: bytes, source: str, readers: Sequence[Reader] = ()) -> Reader:
    """Return the first of *readers*, then of the built-in ones, that accepts *data*.

    Raises:
        ReadError: If the bytes are in a format that no reader accepts.
    """
    suffix = PurePath(source).suffix.lower()
    for reader in (*readers, *_BUILT_IN):
        if reader.accepts(data, suffix):
            return reader
    for start, problem, remedy in _FOREIGN:
        if data.startswith(start):
            raise ReadError(source, problem, remedy)
    return _TEXT


_TEXT = Reader(name="text", accepts=lambda _data, _suffix: True, read=read_text)
_BUILT_IN = (
    Reader(name="pdf", accepts=is_pdf, read=read_pdf),
    Reader(name="word", accepts=is_word, read=read_word),
    Reader(name="mhtml", accepts=is_mhtml, read=read_mhtml),
    Reader(name="html", accepts=is_html, read=read_html),
    Reader(name="markdown", accepts=is_markdown, read=read_markdown),
)

_OTHER_FORMAT = "give the report as text, HTML, PDF or DOCX"
_IMAGE = "give a PDF or web page with its text in it; text in pictures is not read"
#: Beginnings of files that people mistake for reports: bytes, problem, remedy.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "this is a PNG image", _IMAGE),
    (b"\xff\xd8\xff", "this is a JPEG image", _IMAGE),
    (b"GIF8", "this is a GIF image", _IMAGE),
    (b"II*\0", "this is a TIFF image", _IMAGE),
    (b"MM\0*", "this is a TIFF image", _IMAGE),
    (b"\x1f\x8b", "this is a gzip archive", "unpack it and give the files in it"),
    (b"Rar!", "this is a RAR archive", "unpack it and give the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "this is a 7z archive", "unpack it and give the files in it"),
    (b"{\\rtf", "this is a rich text (RTF) file", "save it as .docx or .txt"),
    (b"\x7fELF", "this is a program", _OTHER_FORMAT),
)

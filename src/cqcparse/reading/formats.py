"""Which format some bytes are in: by their content first, then by the suffix of their name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath

import attrs

from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.reading.text import read_text


def _accept(_data: bytes, _suffix: str) -> bool:
    """Accept whatever has a suffix of the reader."""
    return True


@attrs.frozen(kw_only=True)
class Reader:
    """What reads one format.

    Attributes:
        name: Name of the format, such as ``html``.
        read: Turns the bytes of a file and its source into a document; raises ``ReadError``
            if it cannot.
        suffixes: Suffixes of the files that a plugin's reader is asked about, in lower case
            with the dot.
        accepts: Returns whether the bytes, with this suffix, are in the format; by default
            all are.
        options: The attrs class of what a user may set, all with defaults; ``read`` is called with
            such an object as ``options`` then.

    Examples:
        >>> import cqcparse
        >>> def read(data, source):
        ...     return cqcparse.Document(text=data.decode("utf-8"), source=source)
        >>> reader = cqcparse.Reader(name="report", read=read, suffixes=(".report",))
    """

    name: str
    read: Callable[[bytes, str | None], Document]
    suffixes: tuple[str, ...] = ()
    accepts: Callable[[bytes, str], bool] = _accept
    options: type | None = None


def choose_reader(data: bytes, source: str, readers: Sequence[Reader] = ()) -> Reader:
    """Return the first of *readers*, then of the built-in ones, that accepts *data*.

    Raises:
        ReadError: If the bytes are in a format that no reader accepts.
    """
    suffix = PurePath(source).suffix.lower()
    for reader in (*readers, *_BUILT_IN):
        if reader.accepts(data, suffix):
            return reader
    for pattern, problem, remedy in _FOREIGN:
        if re.match(pattern, data[:_HEAD]):
            raise ReadError(source, problem, remedy)
    return _TEXT


# --- telling formats apart ---

_HEAD = 8192  # bytes in which a format shows itself
_PDF_HEAD = 1024  # bytes in which the mark of a PDF may stand
_ZIP_OR_OLE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_MARK = b"\xef\xbb\xbf"
_PROLOGUE = ((b"<?", b">"), (b"<!--", b"-->"))  # what may stand before the first tag of a page
_FIRST_TAG = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|main|article|section|div|h[1-6]|p)[\s>])",
    re.IGNORECASE,
)
_TAG = re.compile(rb"<(?:!doctype|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_HEADER = re.compile(
    rb"\s*(?:from|subject|date|mime-version|content-[a-z-]+|snapshot-content-location|x-[a-z-]+):",
    re.IGNORECASE,
)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})
_MAIL_SUFFIXES = frozenset({".eml", ".mht", ".mhtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})


def _is_pdf(data: bytes, _suffix: str) -> bool:
    return b"%PDF-" in data[:_PDF_HEAD]


def _is_word(data: bytes, _suffix: str) -> bool:
    """Return whether *data* is a ZIP archive or an old Office file, one of which is Word."""
    return data.startswith(_ZIP_OR_OLE)


def _is_mail(data: bytes, suffix: str) -> bool:
    """Return whether *data* begins with the headers of a saved page or a mail."""
    if not _HEADER.match(data[:_HEAD]):
        return False
    if suffix in _MAIL_SUFFIXES:
        return True
    head = data[:_HEAD].lower()
    return b"mime-version:" in head and b"content-type:" in head


def _is_html(data: bytes, suffix: str) -> bool:
    """Return whether *data* begins like a web page, or has tags in it and the suffix of one."""
    head = data[:_HEAD].replace(b"\0", b"")  # UTF-16, as far as ASCII goes
    head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _FIRST_TAG.match(head, _behind_prologue(head)):
        return True
    return suffix in _HTML_SUFFIXES and _TAG.search(head) is not None


def _behind_prologue(head: bytes) -> int:
    """Return where the white space, comments and XML declaration end with which *head* begins."""
    place = len(_MARK) if head.startswith(_MARK) else 0
    while True:
        while head[place : place + 1].isspace():
            place += 1
        end = next((mark for start, mark in _PROLOGUE if head.startswith(start, place)), None)
        behind = -1 if end is None else head.find(end, place)
        if end is None or behind < 0:
            return place
        place = behind + len(end)


def _is_markdown(_data: bytes, suffix: str) -> bool:
    return suffix in _MARKDOWN_SUFFIXES


# --- readers, imported when they are needed ---


def _read_pdf(data: bytes, source: str | None) -> Document:
    from cqcparse.reading.pdf import read_pdf  # noqa: PLC0415 - slow to import

    return read_pdf(data, source)


def _read_word(data: bytes, source: str | None) -> Document:
    from cqcparse.reading.docx import read_word  # noqa: PLC0415 - slow to import

    return read_word(data, source)


def _read_mail(data: bytes, source: str | None) -> Document:
    from cqcparse.reading.mail import read_mail  # noqa: PLC0415 - slow to import

    return read_mail(data, source)


def _read_html(data: bytes, source: str | None) -> Document:
    from cqcparse.reading.html import read_html  # noqa: PLC0415 - slow to import

    return read_html(data, source)


def _read_markdown(data: bytes, source: str | None) -> Document:
    from cqcparse.reading.markdown import read_markdown  # noqa: PLC0415 - slow to import

    return read_markdown(data, source)


#: Suffixes of the files that the built-in readers read.
BUILT_IN_SUFFIXES = frozenset(
    {".txt", ".text", ".docx", ".pdf"} | _MARKDOWN_SUFFIXES | _HTML_SUFFIXES | _MAIL_SUFFIXES
)

_BUILT_IN = (
    Reader(name="pdf", accepts=_is_pdf, read=_read_pdf),
    Reader(name="word", accepts=_is_word, read=_read_word),
    Reader(name="mail", accepts=_is_mail, read=_read_mail),
    Reader(name="html", accepts=_is_html, read=_read_html),
    Reader(name="markdown", accepts=_is_markdown, read=_read_markdown),
)
_TEXT = Reader(name="text", accepts=lambda _data, _suffix: True, read=read_text)

_IMAGE = "give a PDF or web page with its text in it; text in pictures is not read"
_UNPACK = "unpack it and give the files in it"
_TAKE_TEXT = "take the text of the report out of it, and give that"
#: How an object of JSON begins, by itself or in a list.
_OBJECT = rb'(?:\xef\xbb\xbf)?[\s\[]*\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:'
#: How a string of JSON begins that has a line end or another escape in it, likewise.
_STRING = rb'(?:\xef\xbb\xbf)?[\s\[]*"[^"\\\n]{0,4000}\\(?:n|r|t|"|u[0-9a-fA-F]{4})'
#: Beginnings of files that people mistake for reports: pattern, problem, remedy.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (rb"\x89PNG\r\n\x1a\n", "this is a PNG image", _IMAGE),
    (rb"\xff\xd8\xff", "this is a JPEG image", _IMAGE),
    (rb"GIF8", "this is a GIF image", _IMAGE),
    (rb"II\*\0|MM\0\*", "this is a TIFF image", _IMAGE),
    (rb"\x1f\x8b", "this is a gzip archive", _UNPACK),
    (rb"BZh\d1AY", "this is a bzip2 archive", _UNPACK),
    (rb"\xfd7zXZ", "this is an XZ archive", _UNPACK),
    (rb"Rar!", "this is a RAR archive", _UNPACK),
    (rb"7z\xbc\xaf\x27\x1c", "this is a 7z archive", _UNPACK),
    (rb"(?s:.{257})ustar", "this is a tar archive", _UNPACK),
    (rb"WARC/\d", "this is an archive of web pages (WARC)", _UNPACK),
    (rb"bplist00", "this is a web archive of Safari", "save the page as its source (HTML)"),
    (rb"SQLite format 3\0", "this is a SQLite database", _TAKE_TEXT),
    (rb"PAR1", "this is a Parquet table", _TAKE_TEXT),
    (rb"\{\\rtf", "this is a rich text (RTF) file", "save it as .docx or .txt"),
    (
        rb'\s*\{\s*"schema_version"\s*:',
        "this is a saved assessment or report, not a page",
        "read it with cqcparse.from_json or cqcparse.report_from_json",
    ),
    (_OBJECT, "this is JSON, not a report", _TAKE_TEXT),
    (_STRING, "this is JSON, not a report", _TAKE_TEXT),
)

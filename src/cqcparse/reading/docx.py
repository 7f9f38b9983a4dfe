"""Word: a DOCX file, turned into a page by mammoth, -> Document."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from collections.abc import Iterable
from html import escape

import attrs

from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.reading.html import Markup, document_from_markup
from cqcparse.reading.word_markup import NotWordError, read_markup

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAX_UNPACKED = 400_000_000  # bytes of all parts together
_MAX_MARKUP = 20_000_000  # bytes of those that are not pictures; a long report has a few million
_MARKUP = (".xml", ".rels")
_RELATIONSHIPS = "_rels/.rels"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
#: What mammoth puts behind a note.
_WAY_BACK = re.compile(r' ?<a href="#[^"]*(?:foot|end)note-ref-[^"]*">↑</a>')
#: Names of parts by which other kinds of ZIP file are known: part, what it is.
_OTHER_KINDS = (
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
)


def read_word(data: bytes, source: str | None) -> Document:
    """Read a DOCX file.

    Raises:
        ReadError: If it is another kind of archive or Office file, damaged, encrypted, too large
            or without text, or ``mammoth`` is not installed.
    """
    name = source or "<bytes>"
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError(name, "this Office file is encrypted", "save it without a password")
        raise ReadError(name, "this is an old Office file", "save it as .docx or PDF")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name)
        markup = read_markup(data)
        html = _to_html(markup.data, name)
    except ReadError:
        raise
    except NotWordError:
        raise _no_word_file(name) from None
    except Exception as error:  # zipfile, expat and mammoth let pass whatever their parts raise
        problem, remedy = "this Word file is damaged", "download or save it again"
        raise ReadError(name, problem, remedy) from error
    headers, footers = (_running(lines) for lines in (markup.headers, markup.footers))
    document = document_from_markup(
        Markup(
            html=f"<main>{headers if html else ''}{html}{footers if html else ''}</main>",
            source=source,
            media_type=MEDIA_TYPE,
            if_empty=("this Word file has no text", "give a report with text in it"),
            keeps_tabs=True,
        )
    )
    omissions = (*document.omissions, *markup.omissions)
    return attrs.evolve(document, title=markup.title, omissions=omissions)


def _running(lines: Iterable[str]) -> str:
    """Return the lines of running headers or footers as a part of a page that is furniture."""
    content = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<footer>{content}</footer>" if content else ""


def _check(archive: zipfile.ZipFile, name: str) -> None:
    """Make sure that an archive is a Word file of a size that can be read."""
    parts = set(archive.namelist())
    kind = next((kind for part, kind in _OTHER_KINDS if part in parts), None)
    if kind is not None:
        raise ReadError(name, f"this is {kind}", "save it as .docx or PDF")
    if _RELATIONSHIPS not in parts:
        raise _no_word_file(name)
    infos = archive.infolist()
    if any(info.flag_bits & 1 for info in infos):
        raise ReadError(name, "this Word file is encrypted", "save it without a password")
    if sum(info.file_size for info in infos) > _MAX_UNPACKED:
        size = f"{_MAX_UNPACKED // 1_000_000} MB"
        problem = f"this Word file has more than {size} in it"
        raise ReadError(name, problem, "give single reports, without pictures")
    if sum(info.file_size for info in infos if info.filename.endswith(_MARKUP)) > _MAX_MARKUP:
        size = f"{_MAX_MARKUP // 1_000_000} MB"
        problem = f"this Word file has more than {size} of text and markup in it"
        raise ReadError(name, problem, "give single reports")


def _no_word_file(name: str) -> ReadError:
    remedy = "unpack it and give the files in it"
    return ReadError(name, "this is a ZIP archive, not a report", remedy)


def _to_html(data: bytes, name: str) -> str:
    if importlib.util.find_spec("mammoth") is None:
        raise ReadError(
            name, "reading Word files needs mammoth", "run: pip install 'cqcparse[docx]'"
        )
    import mammoth  # noqa: PLC0415 - an extra, and slow to import

    no_picture = mammoth.images.img_element(lambda _image: {})
    result = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=no_picture)
    return _WAY_BACK.sub("", str(result.value))

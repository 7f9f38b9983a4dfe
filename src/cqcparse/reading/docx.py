"""Word: a DOCX file, turned into a page by mammoth, -> Document."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import attrs

from cqcparse.errors import ReadError
from cqcparse.model.document import Document, Omission
from cqcparse.reading.html import Markup, document_from_markup

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN_PART = "word/document.xml"
_MAX_UNPACKED = 400_000_000  # bytes of all parts together
_MAX_MARKUP = 20_000_000  # bytes of those that are not pictures; a long report has a few million
_MARKUP = (".xml", ".rels")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_CORE = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
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
            omissions = tuple(_omissions(archive))
            title = _title(archive)
        html = _to_html(data, name)
    except ReadError:
        raise
    except Exception as error:  # zipfile, expat and mammoth let pass whatever their parts raise
        problem, remedy = "this Word file is damaged", "download or save it again"
        raise ReadError(name, problem, remedy) from error
    markup = Markup(
        html=f"<main>{html}</main>",
        source=source,
        media_type=MEDIA_TYPE,
        if_empty=("this Word file has no text", "give a report with text in it"),
    )
    document = document_from_markup(markup)
    return attrs.evolve(document, title=title, omissions=(*document.omissions, *omissions))


def _check(archive: zipfile.ZipFile, name: str) -> None:
    """Make sure that an archive is a Word file of a size that can be read."""
    parts = set(archive.namelist())
    if _MAIN_PART not in parts:
        kind = next((kind for part, kind in _OTHER_KINDS if part in parts), None)
        if kind is None:
            remedy = "unpack it and give the files in it"
            raise ReadError(name, "this is a ZIP archive, not a report", remedy)
        raise ReadError(name, f"this is {kind}", "save it as .docx or PDF")
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


def _to_html(data: bytes, name: str) -> str:
    if importlib.util.find_spec("mammoth") is None:
        raise ReadError(
            name, "reading Word files needs mammoth", "run: pip install 'cqcparse[docx]'"
        )
    import mammoth  # noqa: PLC0415 - an extra, and slow to import

    no_picture = mammoth.images.img_element(lambda _image: {})
    result = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=no_picture)
    return str(result.value)


def _omissions(archive: zipfile.ZipFile) -> Iterator[Omission]:
    """Yield an omission for each running header and footer, which mammoth leaves out."""
    for part in sorted(archive.namelist()):
        for kind in ("header", "footer"):
            if part.startswith(f"word/{kind}") and part.endswith(".xml"):
                texts = (node.text or "" for node in _parsed(archive, part).iter(_TEXT))
                length = sum(len(text.strip()) for text in texts)
                if length:
                    yield Omission(reason=f"page-{kind}", path=part, length=length)


def _title(archive: zipfile.ZipFile) -> str | None:
    if _CORE not in archive.namelist():
        return None
    return " ".join((_parsed(archive, _CORE).findtext(_TITLE) or "").split()) or None


def _parsed(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(part))  # noqa: S314 - expat fetches nothing and has limits

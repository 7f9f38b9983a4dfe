"""Mail, and pages that a browser saved as one file (MHTML): the page or the text in it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import attrs

from cqcparse.errors import ReadError
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document, Omission
from cqcparse.reading.cells import tables_of
from cqcparse.reading.encodings import Decoded, decode
from cqcparse.reading.html import Markup, document_from_markup

SAVED_PAGE, MAIL = "multipart/related", "message/rfc822"

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_GAP = "\n\n"


def read_mail(data: bytes, source: str | None) -> Document:
    """Read the page in a file of parts, else their plain text; pictures and frames are left alone.

    Raises:
        ReadError: If there is neither in the file, or no article on the page.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = [part for part in message.walk() if not part.is_multipart()]
        page = next((part for part in parts if part.get_content_type() in _PAGES), None)
        if page is None and message.get_content_type() != SAVED_PAGE:
            return _plain(message, parts, source)
    except (ValueError, LookupError, RecursionError):
        page = None
    if page is None:
        problem, remedy = "this saved page (MHTML) has no page in it", "save the page again"
        raise ReadError(source or "<bytes>", problem, remedy)
    decoded = _decoded(page, source)
    document = document_from_markup(
        Markup(
            html=decoded.text,
            source=source,
            media_type=SAVED_PAGE,
            encoding=decoded.encoding,
            address=_header(message, "Snapshot-Content-Location")
            or _header(page, "Content-Location"),
            diagnostics=decoded.diagnostics,
        )
    )
    return attrs.evolve(document, omissions=(*document.omissions, *_attachments(parts)))


def _plain(message: EmailMessage, parts: list[EmailMessage], source: str | None) -> Document:
    """Return the plain text of a mail, its parts in order."""
    shown = [
        _decoded(part, source)
        for part in parts
        if part.get_content_type() == "text/plain" and not part.is_attachment()
        if (part.get_payload(decode=True) or b"").strip()  # type: ignore[union-attr]
    ]
    if not shown:
        remedy = "give what is attached to it, or the page it leads to"
        raise ReadError(source or "<bytes>", "this mail has no text in it", remedy)
    text = _GAP.join(decoded.text for decoded in shown)
    return Document(
        text=text,
        source=source,
        title=_header(message, "Subject"),
        media_type=MAIL,
        encoding=shown[0].encoding,
        tables=tables_of(text),
        diagnostics=tuple(_diagnostics(shown)),
        omissions=tuple(_attachments(parts)),
    )


def _diagnostics(parts: list[Decoded]) -> Iterator[Diagnostic]:
    """Yield what was said of the parts; only in the first are its places those of the text."""
    for number, part in enumerate(parts):
        for said in part.diagnostics:
            yield attrs.evolve(said, span=None) if number else said


def _attachments(parts: list[EmailMessage]) -> Iterator[Omission]:
    """Yield an omission for each file that came with a mail, of unknown length."""
    for part in parts:
        if part.is_attachment():
            yield Omission(reason="attachment", path=part.get_filename() or "", length=0)


def _decoded(part: EmailMessage, source: str | None) -> Decoded:
    content = part.get_payload(decode=True)
    charset = part.get_content_charset()
    return decode(content if isinstance(content, bytes) else b"", source, charset)


def _header(part: EmailMessage, name: str) -> str | None:
    return str(part.get(name, "")).strip() or None

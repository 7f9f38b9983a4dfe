"""MHTML: the page that a browser saved together with its pictures in one file -> Document."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.reading.encodings import decode
from cqcparse.reading.html import Markup, document_from_markup

MEDIA_TYPE = "multipart/related"


def read_mhtml(data: bytes, source: str | None) -> Document:
    """Read the page of a saved page; its pictures and frames are left alone.

    Raises:
        ReadError: If there is no page in the file, or no article on the page.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        page = _page(message)
    except (ValueError, LookupError, RecursionError):
        page = None
    if page is None:
        problem, remedy = "this saved page (MHTML) has no page in it", "save the page again"
        raise ReadError(source or "<bytes>", problem, remedy)
    content = page.get_payload(decode=True)
    decoded = decode(content if isinstance(content, bytes) else b"", source, _charset(page))
    return document_from_markup(
        Markup(
            html=decoded.text,
            source=source,
            media_type=MEDIA_TYPE,
            encoding=decoded.encoding,
            address=_header(message, "Snapshot-Content-Location")
            or _header(page, "Content-Location"),
            diagnostics=decoded.diagnostics,
        )
    )


def _page(message: EmailMessage) -> EmailMessage | None:
    """Return the first part that is a page, which is the one that was saved."""
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            return part
    return None


def _charset(page: EmailMessage) -> str | None:
    return page.get_content_charset()


def _header(part: EmailMessage, name: str) -> str | None:
    return str(part.get(name, "")).strip() or None

"""Plain text: decoded, and otherwise left exactly as it is."""

from __future__ import annotations

from cqcparse.model.document import Document
from cqcparse.model.writable import writable
from cqcparse.reading.cells import tables_of
from cqcparse.reading.encodings import decode

MEDIA_TYPE = "text/plain"


def read_text(data: bytes, source: str | None) -> Document:
    """Decode *data* and wrap it.

    Raises:
        ReadError: If the bytes are not text.
    """
    decoded = decode(data, source)
    return Document(
        text=decoded.text,
        source=source,
        media_type=MEDIA_TYPE,
        encoding=decoded.encoding,
        tables=tables_of(decoded.text),
        diagnostics=decoded.diagnostics,
    )


def document_from_text(text: str, source: str | None = None) -> Document:
    """Wrap a string as a document of plain text; nothing in it is changed.

    Args:
        text: The text of one report or page.
        source: Path, address or name of where it comes from.
    """
    source = None if source is None else writable(source)
    return Document(text=text, source=source, media_type=MEDIA_TYPE, tables=tables_of(text))

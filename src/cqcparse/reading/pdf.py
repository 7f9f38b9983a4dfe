"""PDF: the characters of a file, read in a worker process with limits, -> Document."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping
from typing import Any

from cqcparse.errors import ReadError
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document, Omission
from cqcparse.reading.pdf_blocks import pieces_of
from cqcparse.reading.pdf_segments import Segment, rotated_length, segments_of
from cqcparse.reading.structure import assemble
from cqcparse.workers import Limits, Loss, call, is_worker

MEDIA_TYPE = "application/pdf"

_LIMITS = Limits(seconds=120.0, megabytes=2_000.0)
_TAIL = 4096  # bytes in which the mark of the end may stand
_PROBLEMS: Mapping[str, tuple[str, str]] = {
    "encrypted": ("this PDF is encrypted", "save it without a password"),
    "damaged": ("this PDF is damaged", "download or save it again"),
    "large": ("this PDF has too many pages or too much text", "give single reports"),
    "memory": (
        f"this PDF takes more than {_LIMITS.megabytes:g} MB of memory",
        "save it again, or as text",
    ),
    "time": (f"this PDF takes more than {_LIMITS.seconds:g} seconds", "save it again, or as text"),
    "crash": ("this PDF crashes the program that reads it", "save it again, or as text"),
    "start": ("no process can be started to read this PDF in", "end other programs, try again"),
    "cut": ("this PDF is cut off, its end is missing", "download or save it again"),
    "pictures": (
        "this PDF has pictures of pages and no text",
        "run text recognition (OCR) on it, or give the web pages of the report",
    ),
    "blank": ("this PDF has no text", "give a report with text in it"),
    "library": ("reading PDF needs pypdfium2", "run: pip install 'cqcparse[pdf]'"),
}


def read_pdf(data: bytes, source: str | None) -> Document:
    """Read a PDF in a worker process; in this one if it is such a process already.

    Raises:
        ReadError: If it is cut off, damaged, encrypted or without text, or takes too much time or
            memory, or ``pypdfium2`` is not installed.
    """
    name = source or "<bytes>"
    if importlib.util.find_spec("pypdfium2") is None:
        raise _error(name, "library")
    if b"%%EOF" not in data[-_TAIL:]:
        raise _error(name, "cut")
    if is_worker():
        return _read((data, source))
    answer = call(_read, (data, source), limits=_LIMITS)
    if isinstance(answer, Loss):
        problem, remedy = _PROBLEMS[answer.cause]
        detail = f" ({answer.detail})" if answer.detail else ""
        raise ReadError(name, problem + detail, remedy)
    return answer


def _read(parcel: tuple[bytes, str | None]) -> Document:
    """Read a PDF in this process."""
    from cqcparse.reading.pdf_pages import read_pages  # noqa: PLC0415 - optional

    data, source = parcel
    name = source or "<bytes>"
    content = read_pages(data)
    if "error" in content:
        raise _error(name, content["error"])
    pages = content["pages"]
    segments = [segments_of(page, number) for number, page in enumerate(pages, 1)]
    if not any(segments):
        raise _error(name, "pictures" if any(page["images"] for page in pages) else "blank")
    heights = [page["height"] for page in pages]
    parts = assemble(pieces_of(segments, heights))
    return Document(
        text=parts.text,
        source=source,
        title=" ".join(content["title"].split()) or None,
        media_type=MEDIA_TYPE,
        blocks=parts.blocks,
        tables=parts.tables,
        diagnostics=(*_pictures(pages, segments), *_unmapped(pages)),
        omissions=tuple(_rotated(pages)),
    )


def _error(name: str, cause: str) -> ReadError:
    return ReadError(name, *_PROBLEMS[cause])


def _pictures(pages: list[dict[str, Any]], segments: list[list[Segment]]) -> list[Diagnostic]:
    """Return a diagnostic if some pages have pictures and no text."""
    numbers = [
        str(number)
        for number, (page, found) in enumerate(zip(pages, segments, strict=True), 1)
        if page["images"] and not found
    ]
    if not numbers:
        return []
    which = "page " + numbers[0] if len(numbers) == 1 else "pages " + ", ".join(numbers)
    message = f"{which} of the PDF: only pictures and no text, so nothing was read there"
    return [Diagnostic(code="page-without-text", message=message)]


def _rotated(pages: list[dict[str, Any]]) -> Iterator[Omission]:
    """Yield an omission for each page with stamps or watermarks."""
    for number, page in enumerate(pages, 1):
        length = rotated_length(page)
        if length:
            yield Omission(reason="rotated", path=f"page {number}", length=length)


def _unmapped(pages: list[dict[str, Any]]) -> list[Diagnostic]:
    """Return a diagnostic if some glyphs do not say which characters they are."""
    count = sum(page["unmapped"] for page in pages)
    if not count:
        return []
    message = f"{count} glyphs of the PDF do not say what they are and were read as U+FFFD"
    return [Diagnostic(code="text-replaced", message=message)]

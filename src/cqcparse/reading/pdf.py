"""PDF: the characters of a file, read in a worker process with limits, -> Document."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cqcparse.errors import ReadError
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document, Omission
from cqcparse.reading.structure import assemble
from cqcparse.workers import Limits, Loss, call, is_worker

if TYPE_CHECKING:
    from cqcparse.reading.pdf_pages import Page
    from cqcparse.reading.pdf_segments import Sheet

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
    "hidden": (
        "this PDF has only text that is invisible or set at an angle",
        "print it to a PDF again, or give the web pages of the report",
    ),
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
    from cqcparse.reading import pdf_pages  # noqa: PLC0415 - optional
    from cqcparse.reading.pdf_blocks import pieces_of  # noqa: PLC0415 - needs it
    from cqcparse.reading.pdf_segments import sheets_of  # noqa: PLC0415
    from cqcparse.reading.pdf_word_check import doubtful_pages  # noqa: PLC0415

    data, source = parcel
    name = source or "<bytes>"
    try:
        content = pdf_pages.read_pages(data)
    except pdf_pages.UnreadableError as error:
        raise _error(name, error.cause) from None
    pages = content.pages
    sheets = [sheet for number, page in enumerate(pages, 1) for sheet in sheets_of(page, number)]
    if not sheets:
        raise _error(name, _cause_of_nothing(pages))
    parts = assemble(pieces_of(sheets))
    doubtful = [*doubtful_pages(pages, parts.text, parts.blocks)]
    return Document(
        text=parts.text,
        source=source,
        title=" ".join(content.title.split()) or None,
        media_type=MEDIA_TYPE,
        blocks=parts.blocks,
        tables=parts.tables,
        diagnostics=(
            *_pictures(pages),
            *_left_out(pages),
            *_unmapped(pages),
            *_uncertain(doubtful),
        ),
        omissions=tuple(_omissions(pages, sheets)),
    )


def _error(name: str, cause: str) -> ReadError:
    return ReadError(name, *_PROBLEMS[cause])


def _cause_of_nothing(pages: Sequence[Page]) -> str:
    """Return why there is no text."""
    if any(any(page.left_out.values()) for page in pages):
        return "hidden"
    return "pictures" if any(page.images for page in pages) else "blank"


def _pictures(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """Yield a diagnostic if some pages have pictures and no text."""
    numbers = [
        number
        for number, page in enumerate(pages, 1)
        if page.images and page.is_blank and not any(page.left_out.values())
    ]
    if numbers:
        message = (
            f"{_named(numbers)} of the PDF: only pictures and no text, so nothing was read there"
        )
        yield Diagnostic(code="page-without-text", message=message)


def _left_out(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for text that cannot be seen, and for pages set at an angle.

    A watermark on a page of text is only an omission.
    """
    unseen = [number for number, page in enumerate(pages, 1) if page.left_out["invisible"]]
    if unseen:
        count = sum(page.left_out["invisible"] for page in pages)
        message = (
            f"{_named(unseen)} of the PDF: {count} characters of text cannot be seen there (not "
            "painted, white on white, tiny, or beside the page), and were left out"
        )
        yield Diagnostic(code="text-omitted", message=message)
    askew = [number for number, page in enumerate(pages, 1) if page.is_mostly_askew]
    if askew:
        message = (
            f"{_named(askew)} of the PDF: most of the text is set at an angle like a stamp, and "
            "was left out"
        )
        yield Diagnostic(code="text-omitted", message=message)


def _named(numbers: Sequence[int]) -> str:
    return ("page " if len(numbers) == 1 else "pages ") + ", ".join(map(str, numbers))


def _omissions(pages: Sequence[Page], sheets: Sequence[Sheet]) -> Iterator[Omission]:
    """Yield an omission for each page with stamps, text that is not seen, or marks of notes."""
    marks = Counter[int]()
    for sheet in sheets:
        marks[sheet.page] += sheet.marks
    for number, page in enumerate(pages, 1):
        for reason, length in (*page.left_out.items(), ("note-mark", marks[number])):
            if length:
                yield Omission(reason=reason, path=f"page {number}", length=length)


def _uncertain(numbers: Sequence[int]) -> Iterator[Diagnostic]:
    """Yield a diagnostic if the words of some pages may not be those that are printed."""
    if numbers:
        message = (
            f"{_named(numbers)} of the PDF: words come out otherwise by their places than in the "
            "order of the file, as in drawings, formulas and script from right to left; they may "
            "be cut, joined or in another order than is printed"
        )
        yield Diagnostic(code="words-uncertain", message=message)


def _unmapped(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """Yield a diagnostic if some glyphs do not say which characters they are."""
    count = sum(page.unmapped for page in pages)
    if count:
        message = (
            f"{count} glyphs of the PDF do not say which characters they are, and were read as "
            "U+FFFD or as spaces"
        )
        yield Diagnostic(code="text-replaced", message=message)

"""Bytes -> text: which character encoding it is, and what did not decode."""

from __future__ import annotations

import codecs
import re

import attrs

from cqcparse.errors import ReadError
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.spans import Span

#: Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 8192
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_MAX_CONTROLS = 0.02  # share of a text; compressed and compiled files have about 0.1
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


@attrs.frozen(kw_only=True)
class Decoded:
    """The text of some bytes, without a byte order mark."""

    text: str
    #: Name of the encoding, in lower case, such as ``utf-8`` or ``windows-1252``.
    encoding: str
    #: ``text-replaced``, if there were bytes that are no characters in it.
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, source: str | None = None, declared: str | None = None) -> Decoded:
    """Decode *data* by its byte order mark, else by what it looks like.

    UTF-8 and UTF-16 are recognised; what is neither is read with the encoding that an HTML or XML
    declaration names, else as Windows-1252. Bytes that are no characters become U+FFFD.

    Args:
        data: The whole content of a file.
        source: Path or name of it, for the message.
        declared: Name of the encoding, if what the bytes came in says it.

    Raises:
        ReadError: If the bytes are not text in any of these.
    """
    if not data or data.isspace():
        raise _empty(source)
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _readable(_lossy(data[len(mark) :], encoding), source)
    if b"\0" in data:
        return _readable(_without_mark(data, source), source)
    if _share_of_controls(data) > _MAX_CONTROLS:
        raise binary(source)
    return _eight_bit(data, declared)


def binary(source: str | None) -> ReadError:
    """Return the error for a file that is not text."""
    remedy = "give a report as text, HTML, PDF or DOCX"
    return ReadError(source or "<bytes>", "this is a binary file, not text", remedy)


def _empty(source: str | None) -> ReadError:
    return ReadError(source or "<bytes>", "the file is empty", "give a report with text in it")


def _without_mark(data: bytes, source: str | None) -> Decoded:
    """Decode bytes with NULs among them, which only UTF-16 text has, every second one."""
    pairs = len(data[:_SAMPLE]) // 2
    sample = data[: 2 * pairs]
    zeros_first, zeros_second = sample[0::2].count(0), sample[1::2].count(0)
    if zeros_second > pairs / 2 and zeros_first <= pairs / 50:
        return _lossy(data, "utf-16-le")
    if zeros_first > pairs / 2 and zeros_second <= pairs / 50:
        return _lossy(data, "utf-16-be")
    raise binary(source)


def _readable(decoded: Decoded, source: str | None) -> Decoded:
    """Return *decoded* unless its characters show that the bytes were something else."""
    text = decoded.text
    strange = text.count("\0") + text.count(_REPLACEMENT)
    if strange > len(text) * _MAX_CONTROLS:
        raise binary(source)
    if not text or text.isspace():
        raise _empty(source)
    return decoded


def _eight_bit(data: bytes, declared: str | None) -> Decoded:
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError:
        pass
    lossy = _lossy(data, "utf-8")
    lost = lossy.text.count(_REPLACEMENT)
    kept = len(lossy.text) - len(lossy.text.encode("ascii", "ignore")) - lost
    if kept > lost:
        return lossy
    return _lossy(data, _single_byte(declared or _declared_in(data)) or "windows-1252")


def _declared_in(data: bytes) -> str | None:
    """Return the encoding that the head of a page names."""
    match = _DECLARED.search(data[:_SAMPLE])
    return match[1].decode("ascii") if match else None


def _single_byte(declared: str | None) -> str | None:
    """Return the name of a codec for bytes that are not UTF-8, if the declared one can be right."""
    try:
        name = codecs.lookup(declared or "utf-8").name
        "".encode(name)
    except (LookupError, UnicodeError, TypeError):
        return None
    # Browsers take Latin-1 and ASCII for Windows-1252.
    return None if name.startswith("utf") or name in {"iso8859-1", "ascii"} else name


def _lossy(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode(encoding))
    text = data.decode(encoding, "replace")
    lost = text.count(_REPLACEMENT) - _replacements_in(data, encoding)
    return Decoded(text=text, encoding=encoding, diagnostics=(_replaced(lost, encoding, start),))


def _replacements_in(data: bytes, encoding: str) -> int:
    """Return how many U+FFFD the source itself has."""
    try:
        return data.count(_REPLACEMENT.encode(encoding))
    except UnicodeEncodeError:
        return 0


def _replaced(count: int, encoding: str, start: int) -> Diagnostic:
    places = "1 place" if count == 1 else f"{count} places"
    return Diagnostic(
        code="text-replaced",
        message=f"bytes at {places} are not {encoding} and were read as U+FFFD; this is the first",
        span=Span(start, start + 1),
    )


def _share_of_controls(data: bytes) -> float:
    sample = data[: 8 * _SAMPLE]
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / len(sample)

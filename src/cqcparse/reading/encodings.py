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
    rb"""<(?:meta|\?xml)\b[^<>]*?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
#: Encodings other than UTF that a page may declare, by the names of Python: those that browsers
#: know, and none in which a declaration in ASCII would be something else.
_DECLARABLE = re.compile(
    r"iso8859-\d+|cp(?:125\d|866|874|932|949|950)|koi8-[ru]|mac-(?:roman|cyrillic)|tis-620"
    r"|gbk|gb18030|gb2312|big5|big5hkscs|shift_jis|euc_jp|euc_kr"
)
_WINDOWS = "windows-1252"
#: Characters whose bytes in UTF-8 are nothing that anyone writes in a single-byte encoding, such
#: as those of "£" ("Â£") and of a dash. Those of the others may be: "É’" ends a word in capitals.
_SURELY_UTF_8 = re.compile(r"[^\x00-\x7f\u0100-\u07ff]")


@attrs.frozen(kw_only=True)
class Decoded:
    """The text of some bytes, without a byte order mark."""

    text: str
    #: Name of the encoding, in lower case, such as ``utf-8`` or ``windows-1252``.
    encoding: str
    #: ``encoding-assumed``, if the bytes are not UTF-8 and no byte order mark says what they are,
    #: and ``text-replaced``, if some of them are no characters in the encoding.
    diagnostics: tuple[Diagnostic, ...] = ()


def decode(data: bytes, source: str | None = None, declared: str | None = None) -> Decoded:
    """Decode *data* by its byte order mark, else by what it looks like.

    UTF-8 and UTF-16 are recognised, UTF-8 also if some of it is damaged; what is neither is read
    with the encoding that an HTML or XML declaration names, else as Windows-1252, and that is
    said. Bytes that are no characters become U+FFFD.

    Args:
        data: The whole content of a file.
        source: Path or name of it, for the message.
        declared: Name of the encoding, if what the bytes came in says it.

    Raises:
        ReadError: If the bytes are not text in any of these.
    """
    if not data or data.isspace():
        raise _empty(source)
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _readable(_lossy(data[len(mark) :], marked), source)
    encoding = _utf_16_without_mark(data)
    if encoding is not None:
        return _readable(_lossy(data, encoding), source)
    if _share_of_controls(data) > _MAX_CONTROLS:
        raise binary(source)
    return _printed(_eight_bit(data, declared), source)


def binary(source: str | None) -> ReadError:
    """Return the error for a file that is not text."""
    remedy = "give a report as text, HTML, PDF or DOCX"
    return ReadError(source or "<bytes>", "this is a binary file, not text", remedy)


def _empty(source: str | None) -> ReadError:
    return ReadError(source or "<bytes>", "the file is empty", "give a report with text in it")


def _utf_16_without_mark(data: bytes) -> str | None:
    """Return which UTF-16 it is if every second byte is NUL, as in English text."""
    pairs = len(data[:_SAMPLE]) // 2
    sample = data[: 2 * pairs]
    zeros_first, zeros_second = sample[0::2].count(0), sample[1::2].count(0)
    if zeros_second > pairs / 2 and zeros_first <= pairs / 50:
        return "utf-16-le"
    if zeros_first > pairs / 2 and zeros_second <= pairs / 50:
        return "utf-16-be"
    return None


def _readable(decoded: Decoded, source: str | None) -> Decoded:
    """Return *decoded* unless its characters show that the bytes were something else."""
    text = decoded.text
    strange = text.count("\0") + text.count(_REPLACEMENT)
    if strange > len(text) * _MAX_CONTROLS:
        raise binary(source)
    return _printed(decoded, source)


def _printed(decoded: Decoded, source: str | None) -> Decoded:
    """Return *decoded* unless there is nothing but white space in it, of whatever kind."""
    if not decoded.text or decoded.text.isspace():
        raise _empty(source)
    return decoded


def _eight_bit(data: bytes, declared: str | None) -> Decoded:
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    stated = _stated(declared or _declared_in(data))
    if stated in {None, _WINDOWS} and _is_damaged_utf_8(data):
        return _lossy(data, "utf-8")
    decoded = _lossy(data, stated or _WINDOWS)
    start = len(data[:place].decode(decoded.encoding, "replace"))
    assumed = _assumed(decoded.encoding, start, is_stated=stated is not None)
    return attrs.evolve(decoded, diagnostics=(assumed, *decoded.diagnostics))


def _is_damaged_utf_8(data: bytes) -> bool:
    """Return whether whole characters show that bytes which are not all UTF-8 once were."""
    whole = data.decode("utf-8", "ignore")
    if _SURELY_UTF_8.search(whole):
        return True
    in_whole = 2 * (len(whole) - len(whole.encode("ascii", "ignore")))
    not_ascii = len(data) - len(data.decode("ascii", "ignore"))
    return in_whole > not_ascii / 2


def _declared_in(data: bytes) -> str | None:
    """Return the encoding that the head of a page names."""
    match = _DECLARED.search(data[:_SAMPLE])
    return match[1].decode("ascii") if match else None


def _stated(declared: str | None) -> str | None:
    """Return the name of the declared encoding if bytes that are not UTF-8 can be in it."""
    try:
        name = codecs.lookup(declared or "utf-8").name
    except (LookupError, ValueError):
        return None
    if name in {"ascii", "iso8859-1", "cp1252"}:  # all the same to browsers
        return _WINDOWS
    return name if _DECLARABLE.fullmatch(name) else None


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
        message=f"bytes at {places} are not {encoding} and were read as U+FFFD",
        span=Span(start, start + 1),
    )


def _assumed(encoding: str, start: int, *, is_stated: bool) -> Diagnostic:
    why = ", which the file declares" if is_stated else ", which is a guess"
    return Diagnostic(
        code="encoding-assumed",
        message=f"the bytes are not UTF-8 and were read as {encoding}{why}",
        severity="info" if is_stated else "warning",
        span=Span(start, start + 1),
    )


def _share_of_controls(data: bytes) -> float:
    sample = data[: 8 * _SAMPLE]
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / len(sample)

"""Text that can be written anywhere."""

from __future__ import annotations


def writable(text: str) -> str:
    r"""Return *text* with escapes for what no encoding has: halves of surrogate pairs.

    The bytes of a file name that are not UTF-8 come from the system as such halves; they become
    ``\xff``. Others, as JSON can hold them, become ``\ud800``.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            raw = text.encode(errors="surrogateescape")
        except UnicodeEncodeError:
            raw = text.encode(errors="backslashreplace")
        return raw.decode(errors="backslashreplace")
    return text

"""Text that can be written anywhere."""

from __future__ import annotations


def is_writable(text: str) -> bool:
    """Return whether every encoding of Unicode has *text*: it holds no half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def writable(text: str) -> str:
    r"""Return *text* with escapes for what no encoding has: halves of surrogate pairs.

    The bytes of a file name that are not UTF-8 come from the system as such halves; they become
    ``\xff``. Others, as JSON can hold them, become ``\ud800``.
    """
    if is_writable(text):
        return text
    try:
        raw = text.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        raw = text.encode(errors="backslashreplace")
    return raw.decode(errors="backslashreplace")

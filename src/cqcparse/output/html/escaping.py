"""Text of a report -> characters that are safe in HTML, and that a browser shows as they are."""

from __future__ import annotations

import re
from html import escape

#: What HTML has no characters for: NUL, and halves of surrogate pairs.
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")


def shown(text: str) -> str:
    """Return *text* escaped, for the content of an element or a quoted attribute.

    A browser gives back the same characters; only NUL and lone surrogates, which cannot stand
    in HTML, become U+FFFD, one for one.
    """
    # A browser takes a bare carriage return for a line feed.
    return escape(_IMPOSSIBLE.sub("\ufffd", text)).replace("\r", "&#13;")


def cut(text: str, most: int) -> str:
    """Return *text*, or its beginning where it is longer than *most* characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"

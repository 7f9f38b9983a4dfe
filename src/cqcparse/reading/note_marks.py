"""Marks of notes: raised figures and signs behind a word, which are no part of it."""

from __future__ import annotations

import re

_ONE = r"(?:\d{1,3}|[ivx]{1,4}|[a-z]|[*†‡§¶#]{1,3})"
_ONE_BARE = r"(?:\d{1,3}|[*†‡§¶#]{1,3})"
#: The mark of a note; a letter by itself is one only in brackets.
_MARK = re.compile(
    rf"\s*(?:\[{_ONE}\]|\({_ONE}\)|{_ONE_BARE}(?:\s*[,;–-]\s*{_ONE_BARE})*)\s*", re.IGNORECASE
)
#: A measure in front of a raised figure, which makes an area or a volume of it.
_MEASURE = re.compile(r"(?:^|[\s\d])[kcm]?m\Z")
_POWERS = frozenset("23")
_LONGEST_MARK = 30  # code points


def is_mark(raised: str, before: str) -> bool:
    """Return whether raised text is the mark of a note, and not the end of a word or a measure.

    Args:
        raised: The text.
        before: What stands on the line in front of it.
    """
    if len(raised) > _LONGEST_MARK or not _MARK.fullmatch(raised):
        return False
    return not (raised.strip() in _POWERS and "£" not in before[-8:] and _MEASURE.search(before))

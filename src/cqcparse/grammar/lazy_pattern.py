"""Patterns that are compiled when they are first used, so that importing the package stays fast."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import regex


class LazyPattern:
    """A pattern of :mod:`regex`, compiled on first use; it may name a group more than once.

    Args:
        pattern: The pattern.
        ignore_case: Whether capitals and small letters are equal. A pattern that is tried at every
            place of a text is several times faster if they are not.
    """

    def __init__(self, pattern: str, *, ignore_case: bool = True) -> None:
        self.pattern = pattern
        self.ignore_case = ignore_case

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return regex.compile(self.pattern, regex.IGNORECASE if self.ignore_case else 0)

    def match(self, text: str, start: int, end: int) -> regex.Match[str] | None:
        """Return the match that begins at *start* and ends by *end*, offsets in code points."""
        return self._compiled.match(text, start, end)

    def search(self, text: str, start: int, end: int) -> regex.Match[str] | None:
        """Return the first match between *start* and *end*."""
        return self._compiled.search(text, start, end)

    def finditer(self, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
        """Return the matches between *start* and *end*, in order."""
        return self._compiled.finditer(text, start, end)

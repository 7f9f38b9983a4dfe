"""What comes after a line: the next one that is not about the page, and key findings or not."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from cqcparse.structure.outline.lines import Line

#: Roles of the headings that only stand under the name of a statement.
_PARTS = frozenset({"expectations", "commitment", "key-findings", "topic"})


@attrs.frozen
class Ahead:
    """The lines of a document, seen from each of them."""

    _lines: Sequence[Line]
    _following: Sequence[int]
    #: The same, headings of a page's top left out too.
    _beyond: Sequence[int]
    #: For each line, whether a heading of key findings comes before the next statement.
    findings: Sequence[bool]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Ahead:
        """Look at the lines from the last to the first."""
        following = [len(lines)] * len(lines)
        beyond = following[:]
        findings = [False] * len(lines)
        next_index, next_beyond, ahead = len(lines), len(lines), False
        for index in range(len(lines) - 1, -1, -1):
            following[index], beyond[index] = next_index, next_beyond
            findings[index] = ahead
            if lines[index].furniture:
                continue
            after = lines[next_index] if next_index < len(lines) else None
            ahead = _findings_ahead(lines[index], after, ahead=ahead)
            next_index = index
            if not _is_top(lines[index]):
                next_beyond = index
        return cls(lines, following, beyond, findings)

    def line(self, index: int) -> Line | None:
        """Return the next line that is not about the page; None after the last."""
        return self._at(self._following[index])

    def beyond(self, index: int) -> Line | None:
        """Return the next line that is neither about the page nor a heading of a page's top."""
        return self._at(self._beyond[index])

    def _at(self, index: int) -> Line | None:
        return self._lines[index] if index < len(self._lines) else None


def opens_statement(line: Line, after: Line | None) -> bool:
    """Return whether a statement's name is followed by what only follows a heading."""
    if line.known is None or line.known.kind != "statement":
        return False
    if line.score is not None or (after is not None and (after.scored or _pairs(line, after))):
        return True
    return (line.numbered or not line.item) and after is not None and _is_part(after)


def _pairs(line: Line, after: Line) -> bool:
    """Return whether two items of a list are a name and its number, as in a list of values."""
    valued = after.score is not None and after.score.value is not None
    return line.item and after.item and valued and after.name_at is None


def _is_top(line: Line) -> bool:
    return line.known is not None and line.known.role == "preamble"


def _is_part(line: Line) -> bool:
    return line.known is not None and line.known.role in _PARTS and not line.item


def _findings_ahead(line: Line, after: Line | None, *, ahead: bool) -> bool:
    if line.known is None or line.item:
        return ahead
    if line.known.role == "key-findings":
        return True
    return ahead and line.known.kind != "theme" and not opens_statement(line, after)

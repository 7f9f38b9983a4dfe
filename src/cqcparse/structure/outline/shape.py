"""Which lines are headings by nothing but their shape and their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cqcparse.structure.outline.lines import Line

#: Longest run of short lines in which each is a heading; more are a list.
_MAX_RUN = 2


def headings_by_shape(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of lines that are headings, though neither profile nor format says so.

    Such a line is short, opens in upper case, has no stop at its end, and is followed by a
    paragraph or a list. It is none in a run of short lines, or behind a colon: that is a list.
    """
    content = [index for index, line in enumerate(lines) if not line.furniture]
    found: set[int] = set()
    for start, end in _runs(lines, content):
        run = content[start:end]
        before = lines[content[start - 1]] if start else None
        after = lines[content[end]] if end < len(content) else None
        if len(run) <= _MAX_RUN and _introduces(lines[run[-1]], after) and not _leads(before):
            found.update(index for index in run if lines[index].heading_shape)
    return frozenset(found)


def _runs(lines: Sequence[Line], content: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where each run of bare lines begins and ends, as positions in *content*."""
    start = None
    for position, index in enumerate(content):
        if lines[index].bare:
            start = position if start is None else start
        elif start is not None:
            yield start, position
            start = None
    if start is not None:
        yield start, len(content)


def _introduces(line: Line, after: Line | None) -> bool:
    if after is None:
        return False
    return after.prose or (after.item and not line.text.endswith(":"))


def _leads(before: Line | None) -> bool:
    """Return whether a line leads into a list."""
    return before is not None and before.known is None and before.text.endswith(":")

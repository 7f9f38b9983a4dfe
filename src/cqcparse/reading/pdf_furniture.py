"""What runs along the edges of the pages of a PDF: headers, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cqcparse.reading.pdf_segments import Segment, Sheet

_EDGE = 0.11  # share of the page's height in which running headers and footers stand
_SAME_PLACE = 6.0  # points
_MAX_LENGTH = 120  # code points of a header or footer
_PAGE_NUMBER = re.compile(r"(?:page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_DENSE = 0.4  # share of the pages; headers of left and right pages may differ
_ENOUGH = 3  # pages that something is on, if there are as many

#: Text of a line without its numbers, and how high it stands.
_Place = tuple[str, int]


def furniture_of(sheets: Sequence[Sheet]) -> list[set[int]]:
    """Return for each sheet which of its segments run along the upper or lower edge of its page.

    These are page numbers with what stands beside them, and lines that stand at the same place on
    several pages, from the edge of the page up to the first line that is something else.
    """
    edges = [_at_edges(sheet) for sheet in sheets]
    repeated = _repeated(sheets, edges)
    numbers = _counting_numbers(sheets, edges)
    found: list[set[int]] = []
    for number, (sheet, near) in enumerate(zip(sheets, edges, strict=True)):
        segments = sheet.segments
        counting = [segments[index] for index in near if (number, index) in numbers]
        running = {
            index
            for index in near
            if _PAGE_NUMBER.fullmatch(segments[index].text)
            or not repeated.isdisjoint(_places(segments[index], sheet))
            or _accompanies(segments[index], counting)
        }
        found.append(_outermost(sheet, running))
    return found


def _at_edges(sheet: Sheet) -> list[int]:
    edge = _EDGE * sheet.height
    return [
        index
        for index, segment in enumerate(sheet.segments)
        if not segment.cells
        and (segment.bottom >= sheet.ceiling - edge or segment.top <= sheet.floor + edge)
    ]


def _repeated(sheets: Sequence[Sheet], edges: Sequence[Sequence[int]]) -> set[_Place]:
    """Return what stands at the same place on many pages."""
    found_on: dict[_Place, set[int]] = {}
    for sheet, near in zip(sheets, edges, strict=True):
        for index in near:
            for place in _places(sheet.segments[index], sheet):
                found_on.setdefault(place, set()).add(sheet.page)
    pages = len({sheet.page for sheet in sheets})
    return {place for place, on in found_on.items() if _is_running(on, pages)}


def _places(segment: Segment, sheet: Sheet) -> tuple[_Place, _Place]:
    """Return the text without its numbers, with the two places on a grid that it is near to."""
    text = _NUMBER.sub("#", segment.text.casefold())
    place = int((segment.bottom - sheet.floor) / _SAME_PLACE)
    return (text, place), (text, place + 1)


def _is_running(on: set[int], pages: int) -> bool:
    """Return whether what is on these pages is on most pages from the first to the last."""
    enough = min(_ENOUGH, max(2, pages))
    return len(on) >= enough and len(on) >= _DENSE * (max(on) - min(on) + 1)


def _counting_numbers(
    sheets: Sequence[Sheet], edges: Sequence[Sequence[int]]
) -> set[tuple[int, int]]:
    """Return sheet and index of the numbers that go up by one from page to page."""
    starts: dict[tuple[int, int], int] = {}
    for number, (sheet, near) in enumerate(zip(sheets, edges, strict=True)):
        for index in near:
            match = _PAGE_NUMBER.fullmatch(sheet.segments[index].text)
            if match:
                starts[number, index] = int(match[1]) - sheet.page
    common = {start for start, count in Counter(starts.values()).items() if count >= _ENOUGH}
    return {place for place, start in starts.items() if start in common}


def _accompanies(segment: Segment, numbers: Sequence[Segment]) -> bool:
    """Return whether a segment stands beside a page number, as the title of a chapter does."""
    return len(segment.text) <= _MAX_LENGTH and any(map(segment.is_beside, numbers))


def _outermost(sheet: Sheet, running: set[int]) -> set[int]:
    """Return those of *running* that have nothing else between them and their edge of the page."""
    segments = sheet.segments
    others = [segment for index, segment in enumerate(segments) if index not in running]
    highest = max((segment.top for segment in others), default=sheet.floor)
    lowest = min((segment.bottom for segment in others), default=sheet.ceiling)
    middle = (sheet.floor + sheet.ceiling) / 2
    return {
        index
        for index in running
        if (
            segments[index].bottom >= highest - _SAME_PLACE
            if segments[index].bottom >= middle
            else segments[index].top <= lowest + _SAME_PLACE
        )
    }

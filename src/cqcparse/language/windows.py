"""Match a costly pattern only near an anchor that is cheap to find, so that a scan stays linear."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex


def match_around(
    anchor: re.Pattern[str] | regex.Pattern[str],
    pattern: regex.Pattern[str],
    text: str,
    start: int,
    end: int,
    *,
    before: int = 48,
    after: int = 64,
) -> Iterator[regex.Match[str]]:
    """Yield the matches of *pattern* near each match of *anchor*, in order, without overlaps.

    The work for each anchor is bounded by the window, whatever the length of the text.

    Args:
        anchor: What every match of *pattern* contains, such as a year.
        pattern: What is looked for.
        text: The whole text of the document.
        start: Offset to read from, in code points.
        end: Offset to stop at.
        before: Code points in front of the anchor in which a match may begin.
        after: Code points behind the start of the anchor at which a match must have ended.
    """
    done = start
    for place in anchor.finditer(text, start, end):
        if place.start() < done:
            continue
        window = max(done, place.start() - before), min(end, place.start() + after)
        match = pattern.search(text, *window)
        done = place.end()
        if match is not None:
            done = max(done, match.end())
            yield match

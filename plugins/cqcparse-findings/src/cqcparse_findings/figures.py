"""Whether a sentence rests on a figure: a share, an average, or how many wait or were counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from cqcparse_findings.reading import Reading
from cqcparse_findings.words import tables, words


def rests_on_figure(reading: Reading) -> bool:
    """Return whether a sentence rests on a figure."""
    text, low = reading.text, reading.low[reading.first : reading.last + 1]
    seen = frozenset(low)
    if words("voice", "words", "counting").isdisjoint(seen) and not _DIGIT.search(text):
        return False
    # A pattern is dear to search and a word cheap to look up.
    return any(
        ("%" in text if not named else not named.isdisjoint(seen)) and pattern.search(text)
        for named, pattern in _patterns()
    )


_DIGIT = re.compile(r"\d")


@cache
def _patterns() -> Sequence[tuple[frozenset[str], re.Pattern[str]]]:
    """Return each pattern with the words of which its text has one; none for a per cent sign."""
    listed = cast("dict[str, dict[str, str]]", tables("voice")["figures"])
    return [
        (frozenset(row["words"].split()), re.compile(row["pattern"])) for row in listed.values()
    ]

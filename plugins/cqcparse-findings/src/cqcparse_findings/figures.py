"""Whether a sentence rests on a figure: a share, an average, or how many wait or were counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from cqcparse_findings.families import family
from cqcparse_findings.reading import Reading
from cqcparse_findings.words import tables, words


def rests_on_figure(reading: Reading) -> bool:
    """Return whether a sentence rests on a figure."""
    counting = [
        m.start() for m in _COUNTS.finditer(reading.letters, reading.first, reading.last + 1)
    ]
    seen = {reading.low[place] for place in counting}
    if words("voice", "words", "counting").isdisjoint(seen) and not _DIGIT.search(reading.text):
        return False
    text, patterns = reading.text, _patterns()
    # A pattern is dear to search and a word cheap to look up.
    tried = {pattern: None for word in seen for pattern in patterns.get(word, ())}
    if "£" in text:  # "with a third of it from the trust" is a share of a sum, and counts nobody
        return any(pattern.search(text) for pattern in tried if pattern not in _shares())
    if "%" in text:
        tried |= dict.fromkeys(patterns[""])
    return any(pattern.search(text) for pattern in tried)


_DIGIT = re.compile(r"\d")


@cache
def _patterns() -> Mapping[str, Sequence[re.Pattern[str]]]:
    """Return the patterns by each word of which their text has one; "" is a per cent sign."""
    found: dict[str, list[re.Pattern[str]]] = {"": []}
    for row in cast("dict[str, dict[str, str]]", tables("voice")["figures"]).values():
        for word in row["words"].split() or [""]:
            found.setdefault(word, []).append(re.compile(row["pattern"]))
    return found


@cache
def _shares() -> frozenset[re.Pattern[str]]:
    """Return the patterns of shares in words, which may be shares of money."""
    return frozenset(_patterns().get("third", ()))


_COUNTS = family(lambda word: word in _patterns() or word in words("voice", "words", "counting"))

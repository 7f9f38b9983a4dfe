"""What a figure says that no word judges: better or worse than another, alike, or how many."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from cqcparse_findings.families import family
from cqcparse_findings.reading import Reading
from cqcparse_findings.words import words

#: What figures say of the matter: good, bad, like another, or only how many there were.
Compared: TypeAlias = Literal["strength", "shortfall", "alike", "counted"]

#: Shares that differ by no more than this, in points, are alike.
_ALIKE = 2
_DIGIT = re.compile(r"\d")
#: A sentence without one of these compares nothing: to search is dear.
_COMPARING = frozenset("against from only england there which".split())
_OTHERS = ("average", "target", "national")
_COMPARES = family(lambda word: word in _COMPARING or word.startswith(_OTHERS))
_SHARE = r"(\d+(?:\.\d+)?)%"
_AVERAGE = re.compile(
    rf"{_SHARE}.*?(?:against|compared (?:with|to)|average of|average \() ?(?:an? |the )?"
    rf"(?:England |national |regional )?(?:average )?(?:of |\()?{_SHARE}"
)
_DIRECTION = re.compile(r"\b(?:above|below|over|under|worse|better|higher|lower)\b")
_ALIKE_SAID = re.compile(
    r"\b(?:(?:similar|close|comparable|equal) to|in line with|the same as"
    r"|(?:not|no) (?:statistically |significantly )?differen\w+)\b.*\b(?:average|England|national)"
)
_COUNTED = re.compile(
    r"(?:(?:In|Since|During) [^,]{4,30},? )?There (?:were|had been|was) [\d,]+ |.*, of which \d"
)
_WAITING = re.compile(
    r"\d people (?:still )?waiting|\bbacklog\b|\bon (?:its|the|a) (?:waiting )?list\b"
)
_THAN = r" the (?:England |national |regional |London )?(?:average|target)"
_JUDGED: dict[Compared, re.Pattern[str]] = {
    "strength": re.compile(rf"\bbetter than{_THAN}"),
    "shortfall": re.compile(
        rf"\b(?:worse than|short of){_THAN}|\bagainst a target of"
        r"|\d%.{0,30}against \d+% (?:for|in|across)|[Oo]nly \d"
    ),
}
#: Whether more or less of something is better, its name says.
_MORE = re.compile(rf"\b(?:above|over|higher than|more than){_THAN}|\bup from \d")
_LESS = re.compile(
    rf"\b(?:below|under|lower than|less than){_THAN}|\bdown from \d"
    r"|\b(?:fallen|reduced|dropped|gone|shortened|come down|fell) (?:\w+ )?from .{1,30}? to "
)
_WORD = re.compile(r"[a-z-]+")


def compared(reading: Reading) -> Compared | None:
    """Return what the figures of a sentence say of the matter; None if they say nothing."""
    if not _COMPARES.search(reading.letters, reading.first, reading.last + 1):
        return None
    text = reading.text
    others = "England" in text or any(word in text for word in _OTHERS)
    if not ((others and "average" in text) or _DIGIT.search(text)):
        return None
    shares = text.count("%") > 1
    if others or shares:
        alike = _ALIKE_SAID.search(text)
        average = _AVERAGE.search(text) if shares and not alike else None
        if average and not _DIRECTION.search(text):
            ours, theirs = float(average[1]), float(average[2])
            if abs(ours - theirs) > _ALIKE:
                return "strength" if ours > theirs else "shortfall"
        if alike:
            return "alike"
    if _COUNTED.match(text):
        return "shortfall" if _WAITING.search(text) else "counted"
    judged = (said for said, pattern in _JUDGED.items() if pattern.search(text))
    return next(judged, None) or _by_amount(text)


def _by_amount(text: str) -> Compared | None:
    """Return what it says that there is more or less of something than there was or elsewhere."""
    more, less = _MORE.search(text), _LESS.search(text)
    moved = more or less
    if not moved:
        return None
    named = _WORD.findall(text.lower())
    burden = not words("polarity", "figures", "less").isdisjoint(named)
    use = not words("polarity", "figures", "more").isdisjoint(named)
    if burden == use:  # it fell, and so somebody counted it: mostly a list of those who wait
        compares = "average" in moved[0] or "target" in moved[0]
        return "shortfall" if compares and not more else "strength"
    return "strength" if burden != bool(more) else "shortfall"

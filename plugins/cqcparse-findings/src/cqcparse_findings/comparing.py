"""What a figure says that no word judges: better or worse than another, or only how many."""

from __future__ import annotations

import re

from cqcparse_findings.mention import Polarity

#: Shares that differ by no more than this, in points, are alike.
_ALIKE = 2
_DIGIT = re.compile(r"\d")
#: A text without one of these compares nothing, and so for each pattern below: to search is dear.
_COMPARING = re.compile(r"average|target|against| from |nly \d|England|national|There | of which ")
_SHARE = r"(\d+(?:\.\d+)?)%"
_AVERAGE = re.compile(
    rf"{_SHARE}.*?(?:against|compared (?:with|to)|average of|average \() ?(?:an? |the )?"
    rf"(?:England |national |regional )?(?:average )?(?:of |\()?{_SHARE}"
)
_DIRECTION = re.compile(r"\b(?:above|below|worse|better|higher|lower)\b")
_ALIKE_SAID = re.compile(
    r"\b(?:(?:similar|close|comparable|equal) to|in line with|the same as"
    r"|(?:not|no) (?:statistically |significantly )?differen\w+)\b.*\b(?:average|England|national)"
)
_COUNTED = re.compile(
    r"(?:(?:In|Since|During) [^,]{4,30},? )?There (?:were|had been|was) [\d,]+ |.*, of which \d"
)
_WAITING = re.compile(r"\d people (?:still )?waiting")
_THAN = r" the (?:England |national |regional |London )?(?:average|target)"
_BETTER = re.compile(
    rf"\d.*\b(?:above|higher than|better than|more than){_THAN}|\b(?:up|down) from \d"
    r"|\b(?:fallen|reduced|dropped|gone|shortened|come down|fell) (?:\w+ )?from .{1,30}? to "
)
_WORSE = re.compile(
    rf"\d.*\b(?:below|lower than|worse than|less than|short of){_THAN}|\bagainst a target of"
    r"|\d%.{0,30}against \d+% (?:for|in|across)|[Oo]nly \d"
)


def compared(text: str) -> Polarity | None:
    """Return what the figures of a sentence say of the matter; None if they say nothing."""
    if not _COMPARING.search(text) or not (_DIGIT.search(text) or "average" in text):
        return None
    average = _AVERAGE.search(text) if text.count("%") > 1 else None
    if average and not _DIRECTION.search(text):
        ours, theirs = float(average[1]), float(average[2])
        if abs(ours - theirs) > _ALIKE and not _ALIKE_SAID.search(text):
            return "strength" if ours > theirs else "shortfall"
    if _ALIKE_SAID.search(text):
        return "neutral"
    if _COUNTED.match(text):
        return "shortfall" if _WAITING.search(text) else "neutral"
    if _BETTER.search(text):
        return "strength"
    return "shortfall" if _WORSE.search(text) else None

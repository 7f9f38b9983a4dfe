"""Words as they were meant, where the print of them has faults: soft hyphens, ligatures, "â€™"."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

#: Controls, which no text is printed with.
CONTROLS = "\x00-\x08\x0e-\x1b\x7f"
#: Characters that stand for others that were lost, and controls that are none.
LOST = rf"\ufffd{CONTROLS}"
#: Characters that are not seen within a word.
_UNSEEN = rf"\u00ad\u200b\u2060\ufeff{CONTROLS}"
#: Raised figures, which behind a word are the mark of a note.
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_LIGATURES = "".join(map(chr, range(0xFB00, 0xFB07)))
#: What was meant by the characters that UTF-8 becomes when it is read as Windows-1252.
MISREAD = {
    misread: char
    for char in "‘’“”–—…•£é½¼°\u00a0\u2011"
    for encoded in [char.encode()]
    for misread in [
        encoded.decode("cp1252", "ignore")
        if encoded[-1] != 0x9D
        else "".join(map(chr, encoded)).replace("\xe2\x80", "â€")
    ]
    if len(misread) == len(encoded)
}
_MISREAD = "|".join(map(re.escape, MISREAD))
#: A character that stands for one that was lost: within a word, or in front of a sum.
_LOST = r"(?<=[^\W\d_])\ufffd(?=[^\W\d_])|(?<=[a-z])\?(?=[a-z])|\ufffd(?=£)"
FAULT = re.compile(
    rf"[{_UNSEEN}{_LIGATURES}]|(?<=[^\W\d_]{{3}})[{_RAISED}]+|(?<=[a-z]{{5}})[0-9]{{1,2}}(?![\w-])|Â\Z|(?<=[a-z])[\u2010\u2013](?=[a-z])|{_LOST}|{_MISREAD}"
)
#: Titles and parts of names that are printed with a point.
POINTED = frozenset(("St.", "Dr.", "Mr.", "Mrs.", "Ms.", "Prof.", "Rev."))
#: Ends of words that an apostrophe stands in front of.
_CONTRACTED = re.compile(r"(?:s|t|re|ve|ll|d|m)(?![^\W\d_])")


def as_meant(text: str) -> str:
    """Return a name as it was meant: what is not seen in it makes no other name."""
    if FAULT.search(text) is None:
        return text
    return " ".join(word if word in POINTED else mended(word)[0] for word in text.split(" "))


def mended(word: str) -> tuple[str, list[int]]:
    """Return a word as it was meant, and for each of its characters where that is printed.

    The last place is the end of the word; what is not seen belongs to what stands in front of it.

    Args:
        word: A stretch of text without white space.
    """
    if word in POINTED:
        return word[:-1], [*range(len(word) - 1), len(word)]
    chars: list[str] = []
    places: list[list[int]] = []
    done = 0
    for fault in FAULT.finditer(word):
        start, end = fault.span()
        meant = _meant(fault[0], word, end)
        chars += (word[done:start], meant)
        places += ([*range(done, start)], [start] * len(meant))
        done = end
    chars.append(word[done:])
    places.append([*range(done, len(word) + 1)])
    return "".join(chars), [0, *[*chain.from_iterable(places)][1:]]


def _meant(fault: str, word: str, end: int) -> str:
    if fault in MISREAD:
        return MISREAD[fault]
    if fault in "?\ufffd" and not word.startswith("£", end):
        return "'" if _CONTRACTED.match(word, end) else "-"
    if fault in "\u2010\u2013":
        return "-"
    return unicodedata.normalize("NFKC", fault) if fault in _LIGATURES else ""

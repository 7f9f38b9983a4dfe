"""Read numbers of things with the words for what is counted: "45 refugees", "six extra beds"."""

from __future__ import annotations

import re

import regex

from cqcparse.language.numbers import DASH, DIGITS, SPACE, WORDS, read_number
from cqcparse.mentions import Count, Reading
from cqcparse.spans import Span

_WORD = r"[^\W\d_]+(?:['’\-\u2010\u2011][^\W\d_]+)*['’]?"
_COUNT = regex.compile(
    rf"(?<![\w.,/£$€%]|\w{DASH})(?P<number>{DIGITS}|{WORDS})"
    rf"(?:{DASH}(?P<part>bed|bedded|bedroom|bedroomed|place|person|unit|flat|room|seat|space)(?!\w)"
    rf"|(?P<phrase>(?:{SPACE}{_WORD}){{1,6}}))",
    regex.IGNORECASE,
)
_TOKEN = re.compile(_WORD)
#: In front of a number, these make it a name, a share or the end of a range.
_NAME = re.compile(
    r"(?:\b(?:sections?|s|act|page|theme|tier|phase|level|step|stage|band|grade|number|nos?|standard"
    r"|regulations?|articles?|parts?|schedule|chapter|paragraphs?|clause|scored?|aged?|version|zone"
    r"|covid|type|class|table|figure|appendix|item|question|domain|quarter|world\s+war"
    r"|[0-9]{1,3}\s+(?:in|out\s+of|to|of|or|and))[\s.]*|#)\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 24
#: Words that end the phrase for what is counted.
_STOPS = frozenset(
    "a after also an and any are as at be been before but by can could did do does during each "
    "for from had has have he if in into is it its later less more most much no not now of off "
    "on one onto or our out over per plus she should since so some such than that the their them "
    "then there these they this those through to under until up was we were when where which "
    "while who whose will with within would".split()
)
#: Lengths, dates and shares, which other readers read.
_MEASURES = frozenset(
    "hour hours day days night nights week weeks weekly month months monthly year years yearly "
    "fortnight fortnights decade decades minute minutes percent percentage pound pounds pence "
    "times miles thirds quarters halves per cent hundred thousand million billion k m bn am pm "
    "january february march april may june july august september october november december".split()
)
_DAY_SERVICES = frozenset("centre centres service services opportunities care".split())
_PLURALS = frozenset("people children men women staff police personnel".split())
_NOT_PLURAL = frozenset("nhs previous always perhaps sometimes towards besides plus".split())
_SINGULAR_ENDINGS = ("ss", "us", "is", "'s", "’s")
_YEARS = range(1900, 2100)


def find_counts(text: str, start: int = 0, end: int | None = None) -> tuple[Reading[Count], ...]:
    """Return the counted things in a range of *text*, in order.

    The unit is the noun phrase behind the number, up to its first plural noun. Not read are the
    number one, years, shares ("1 in 4 people"), lengths of time, money, and numbers that belong
    to a name ("section 75 agreements").

    Args:
        text: The whole text of the document.
        start: Offset to read from, in code points.
        end: Offset to stop at; the end of the text by default.
    """
    end = len(text) if end is None else end
    readings = []
    while match := _COUNT.search(text, start, end):
        reading = _read(text, match)
        start = reading.span.end if reading else match.end("number")
        if reading:
            readings.append(reading)
    return tuple(readings)


def _read(text: str, match: regex.Match[str]) -> Reading[Count] | None:
    """Return the reading of *match*; None if its number counts nothing."""
    number = match["number"]
    value = read_number(number)
    if value is None or value == 1 or (value in _YEARS and number.isdecimal()):
        return None
    if _NAME.search(text, max(0, match.start() - _LOOK_BACK), match.start()):
        return None
    end = match.end("part") if match["part"] else _unit_end(text, match)
    if end is None:
        return None
    unit = text[match.end("number") + 1 : end]
    return Reading(
        text[match.start() : end], Span(match.start(), end), Count(value=value, unit=unit)
    )


def _unit_end(text: str, match: regex.Match[str]) -> int | None:
    """Return where the noun phrase for what is counted ends; None if there is no plural in it."""
    shouted = match["phrase"].isupper()
    end = None
    words = list(_TOKEN.finditer(text, *match.span("phrase")))
    for word, following in zip(words, [*words[1:], None], strict=True):
        lowered = word.group().lower()
        if lowered in _STOPS or (
            lowered in _MEASURES and not _names_day_service(lowered, following)
        ):
            return end
        if _is_plural(lowered, word.group(), shouted=shouted):
            end = word.end()
        elif end is not None:
            return end
    return end


def _names_day_service(word: str, following: re.Match[str] | None) -> bool:
    """Return whether *word* is the day of a day centre."""
    return word == "day" and following is not None and following.group().lower() in _DAY_SERVICES


def _is_plural(lowered: str, printed: str, *, shouted: bool) -> bool:
    """Return whether a word is, by its ending, a plural noun."""
    if lowered in _PLURALS:
        return True
    ends_in_s = lowered[-1] == "s" if shouted else printed[-1] == "s"
    return (
        (
            ends_in_s
            and len(lowered) > 3  # noqa: PLR2004 - "its", "bus", "gas"; "GPs" below
            and lowered not in _NOT_PLURAL
            and not lowered.endswith(_SINGULAR_ENDINGS)
        )
        or (printed[-1] == "s" and printed[:-1].isupper() and len(printed) > 2)
    )  # noqa: PLR2004

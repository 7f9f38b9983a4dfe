"""Read numbers of things with the words for what is counted: "45 refugees", "six extra beds"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import regex

from cqcparse.grammar.anchors import Anchors
from cqcparse.grammar.lazy_pattern import LazyPattern
from cqcparse.grammar.numbers import DASH, DIGITS, SPACE, WORDS, read_number
from cqcparse.grammar.tagging import word_list
from cqcparse.model.mentions import Count, Reading
from cqcparse.model.spans import Span

_NUMBER = rf"(?:{DIGITS}|{WORDS})"
_WORD = r"[^\W\d_]+(?:['’\-\u2010\u2011][^\W\d_]+)*['’]?"
_COUNT = LazyPattern(
    rf"(?<![\w.,/£$€%]|\w{DASH})(?P<between>between{SPACE})?(?P<number>{_NUMBER})"
    rf"(?:(?:{DASH}|{SPACE}(?(between)and|(?:to|or)){SPACE})(?P<high>{_NUMBER})"
    rf"|(?P<decimals>\.[0-9]{{1,3}})?{SPACE}(?P<scale>thousand|million)(?!\w))?"
    rf"(?=(?:{SPACE}|{DASH})[^\W\d_])"
)
# Matched backwards: what stands right in front of a number.
#: What may belong to it.
_OPENING = LazyPattern(rf"(?r)\b(?:between{SPACE}|a{SPACE}|one{SPACE})")
_ANCHORS = Anchors(
    symbols=LazyPattern("[0-9]+", ignore_case=False),
    words=(
        "t(?:wo|hree|en|welve|hirteen|wenty|hirty)|f(?:our|ive|orty|ifty)|s(?:ix|even)|eight|nine"
        "|eleven|dozen|hundred"
    ),
)
_PHRASE = LazyPattern(rf"(?:{SPACE}{_WORD}){{1,6}}")
_PART = LazyPattern(
    rf"{DASH}(?:bed|bedded|bedroom|bedroomed|place|person|unit|flat|room|seat|space)(?!\w)"
)
_TOKEN = LazyPattern(_WORD)
#: Another number: a share, or the end of something.
_SHARE = LazyPattern(
    r"(?r)(?:\b(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"[ \u00a0]+(?:in|out of|to|of|or)[ \u00a0]+|#)"
)
_LAST_WORD = LazyPattern(r"(?r)\b(?:(?P<word>s|nos?)\.|(?P<word>[^\W\d_]+))[ \u00a0]?")
_LOOK_BACK = 24
_SCALES = {"thousand": 1_000, "million": 1_000_000}
#: Words of these classes end the phrase for what is counted.
_CLOSED = (
    "determiner",
    "quantifier",
    "preposition",
    "conjunction",
    "clause",
    "pronoun",
    "auxiliary",
    "number",
)
_SINGULAR_ENDINGS = ("ss", "us", "is", "'s", "’s")
_YEARS = range(1900, 2100)
#: The shortest plural in small letters ("beds"); "its", "bus" and "gas" are none.
_SHORTEST = 4


def find_counts(text: str, start: int = 0, end: int | None = None) -> tuple[Reading[Count], ...]:
    """Return the counted things in a range of *text*, in order.

    The unit is the noun phrase behind the number, up to its first plural noun. A range ("10 to 12
    beds") has no value. Not read are the number one, years, shares ("1 in 4 people"), lengths of
    time, money, and numbers that belong to a name ("section 75 agreements").

    Args:
        text: The whole text of the document.
        start: Offset to read from, in code points.
        end: Offset to stop at; the end of the text by default.
    """
    end = len(text) if end is None else end
    readings = (_read(text, match, end) for match in _numbers(text, start, end))
    return tuple(reading for reading in readings if reading)


def _numbers(text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """Yield the numbers and ranges that have a word behind them, in order."""
    for place in _ANCHORS.find(text, start, end):
        if place < start:
            continue
        opening = _OPENING.match(text, max(start, place - _LOOK_BACK), place)
        match = opening and _COUNT.match(text, opening.start(), end)
        match = match or _COUNT.match(text, place, end)
        if match:
            start = match.end()
            yield match


def _read(text: str, match: regex.Match[str], end: int) -> Reading[Count] | None:
    """Return the reading of *match*; None if its number counts nothing."""
    low, high = (read_number(match[name] or "") for name in ("number", "high"))
    if low is None or _is_no_count(text, match, low, high):
        return None
    part = _PART.match(text, match.end(), end)
    unit_end = part.end() if part else _unit_end(text, match.end(), end)
    if unit_end is None:
        return None
    span = Span(match.start(), unit_end)
    unit = text[match.end() + 1 : unit_end]
    value = None if match["high"] else Count(value=_scaled(match, low), unit=unit)
    return Reading(text[span.start : span.end], span, value)


def _scaled(match: regex.Match[str], number: int) -> int:
    """Return the number with its decimals and scale, such as ``1.2 million``."""
    if match["scale"] is None:
        return number
    return int(Decimal(f"{number}{match['decimals'] or ''}") * _SCALES[match["scale"].casefold()])


def _is_no_count(text: str, match: regex.Match[str], low: int, high: int | None) -> bool:
    """Return whether the number is one, a year, a share, out of order, or part of a name."""
    if match["high"] and (high is None or low >= high):
        return True
    if match["scale"] is None and (low == 1 or (low in _YEARS and match["number"].isdecimal())):
        return True
    before = max(0, match.start() - _LOOK_BACK)
    if _SHARE.match(text, before, match.start()):
        return True
    word = _LAST_WORD.match(text, before, match.start())
    return word is not None and word["word"].casefold() in _words("names")


def _unit_end(text: str, start: int, stop: int) -> int | None:
    """Return where the noun phrase at *start* ends; None if there is no plural in it."""
    phrase = _PHRASE.match(text, start, stop)
    if phrase is None:
        return None
    shouted = phrase.group().isupper()
    end = None
    words = list(_TOKEN.finditer(text, *phrase.span()))
    for word, following in zip(words, [*words[1:], None], strict=True):
        lowered = word.group().casefold()
        if lowered in _stops() or _is_measure(lowered, following):
            return end
        if _is_plural(lowered, word.group(), shouted=shouted):
            end = word.end()
        elif end is not None:
            return end
    return end


def _is_measure(word: str, following: regex.Match[str] | None) -> bool:
    """Return whether *word* is a unit of time or a share, and not the day of a day centre."""
    if word == "day" and following is not None:
        return following.group().casefold() not in _words("day_services")
    return word in _words("measures")


def _is_plural(lowered: str, printed: str, *, shouted: bool) -> bool:
    """Return whether a word is, by its ending, a plural noun; *shouted* if all is in capitals."""
    if lowered in _words("plurals"):
        return True
    if printed[-1] == "s" and printed[:-1].isupper():
        return True
    if printed[-1] != "s" and not (shouted and lowered[-1] == "s"):
        return False
    plural = len(lowered) >= _SHORTEST and lowered not in _words("not_plural")
    return plural and not lowered.endswith(_SINGULAR_ENDINGS)


@cache
def _stops() -> frozenset[str]:
    """Return the words that end the phrase for what is counted."""
    return frozenset().union(*(word_list("closed", name) for name in _CLOSED))


@cache
def _words(name: str) -> frozenset[str]:
    """Return a list of the data file."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((Path(__file__).with_name("quantities.toml")).read_text("utf-8"))

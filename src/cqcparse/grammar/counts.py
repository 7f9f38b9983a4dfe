"""Read numbers of things with the words for what is counted: "45 refugees", "six extra beds"."""

from __future__ import annotations

from decimal import Decimal

import regex

from cqcparse.grammar.numbers import read_number, scaled
from cqcparse.grammar.quantity_patterns import as_read, deciding_words, find_near, pattern
from cqcparse.grammar.tagging import listed_class, word_list
from cqcparse.model.mentions import Count, Reading

_LOOK_BACK = 24
#: Words of these closed classes end the phrase for what is counted.
_CLOSING = frozenset("DQPCKRX#")
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
    readings = (_read(text, match, end) for match in find_near("count", text, start, end))
    return tuple(reading for reading in readings if reading)


def _read(text: str, match: regex.Match[str], end: int) -> Reading[Count] | None:
    """Return the reading of *match*; None if its number counts nothing."""
    low, high = (read_number(match[name] or "") for name in ("number", "high"))
    if low is None or _is_no_count(text, match, low, high):
        return None
    part = pattern("counted-part").match(text, match.end(), end)
    unit_end = part.end() if part else _unit_end(text, match.end(), end)
    if unit_end is None:
        return None
    unit = text[match.end() + 1 : unit_end]
    value = None if match["high"] else Count(value=_scaled(match, low), unit=unit)
    return as_read(text, match.start(), unit_end, value)


def _scaled(match: regex.Match[str], number: int) -> int:
    """Return the number with its decimals and scale, such as ``1.2 million``."""
    return int(scaled(Decimal(f"{number}{match['decimals'] or ''}"), match["scale"]))


def _is_no_count(text: str, match: regex.Match[str], low: int, high: int | None) -> bool:
    """Return whether the number is one, a year, a share, out of order, or part of a name."""
    if match["high"] and (high is None or low >= high):
        return True
    if match["scale"] is None and (low == 1 or (low in _YEARS and match["number"].isdecimal())):
        return True
    before = max(0, match.start() - _LOOK_BACK)
    if pattern("share").match(text, before, match.start()):
        return True
    word = pattern("last-word").match(text, before, match.start())
    return word is not None and word["word"].casefold() in deciding_words("names")


def _unit_end(text: str, start: int, stop: int) -> int | None:
    """Return where the noun phrase at *start* ends; None if there is no plural in it."""
    phrase = pattern("counted-words").match(text, start, stop)
    if phrase is None:
        return None
    shouted = phrase.group().isupper()
    end = None
    words = list(pattern("counted-word").finditer(text, *phrase.span()))
    for word, following in zip(words, [*words[1:], None], strict=True):
        lowered = word.group().casefold()
        if listed_class(lowered) in _CLOSING or _is_measure(lowered, following):
            return end
        if _is_plural(lowered, word.group(), shouted=shouted):
            end = word.end()
        elif end is not None:
            return end
    return end


def _is_measure(word: str, following: regex.Match[str] | None) -> bool:
    """Return whether *word* is a unit of time or a share, and not the day of a day centre."""
    if word == "day" and following is not None:
        return following.group().casefold() not in deciding_words("day_services")
    return word in deciding_words("measures")


def _is_plural(lowered: str, printed: str, *, shouted: bool) -> bool:
    """Return whether a word is, by its ending, a plural noun; *shouted* if all is in capitals."""
    if lowered in word_list("noun", "many"):
        return True
    if printed[-1] == "s" and printed[:-1].isupper():
        return True
    if printed[-1] != "s" and not (shouted and lowered[-1] == "s"):
        return False
    plural = len(lowered) >= _SHORTEST and lowered not in deciding_words("not_plural")
    return plural and not lowered.endswith(_SINGULAR_ENDINGS)

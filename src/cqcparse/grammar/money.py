"""Read UK money: pounds with k, m, bn or words, pence, and ranges of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import attrs
import regex

from cqcparse.grammar.comparison import is_change
from cqcparse.grammar.lazy_pattern import LazyPattern
from cqcparse.grammar.numbers import (
    DASH,
    FRACTIONS,
    LINE_END,
    LOST,
    SIGN,
    SPACE,
    THIN,
    WORDS,
    read_decimal,
    read_sign,
)
from cqcparse.model.mentions import Bound, Money, Reading
from cqcparse.model.spans import Span

_SCALES = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_FRACTION = f"[{''.join(FRACTIONS)}]"
#: A number that goes on otherwise than in England is none: "£1.200.000", "£12'000", "£12 300".
_NUMBER = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}}|[0-9]{{1,3}}(?:[{THIN}][0-9]{{3}}){{1,4}}"
    rf"|[0-9]{{1,3}}(?: [0-9]{{3}}){{2,4}}|[0-9]{{1,3}} 000|[0-9]{{0,3}}{_FRACTION}|[0-9]{{1,15}})"
    rf"(?:\.[0-9]{{1,4}})?"
    rf"(?![0-9]|[.,'’][0-9]|[ {THIN}][0-9]{{3}}(?!\w|[.,:%/][0-9%]))"
)
#: Figures that are raised, as the mark of a note behind a sum.
_RAISED = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_SCALE = (
    rf"(?i:(?:(?:{SPACE}|-|{LINE_END})?(?P<scale>thousand|million|billion)"
    rf"|(?:{SPACE}|{LINE_END}(?-i:(?=[kmb])))?(?P<scale>k|mn?|bn?))(?![^\W{_RAISED}]))"
)
#: A number that runs into letters or figures is none, but for a rate: "£4m4", "£300pw".
_WHOLE = (
    rf"(?!(?!p(?:a|h|m|w|cm|pw)\b)[^\W_{_RAISED}]|{_FRACTION}"
    rf"|(?i:(?:{SPACE}|-|{LINE_END})?(?:thousand|million|billion))|[{LOST}]\w)"
)
_AMOUNT = rf"(?P<number>{_NUMBER})(?:[{_RAISED}]{{0,3}}{_SCALE})?{_WHOLE}"
_POUND = rf"(?:£|GBP){SPACE}?"
#: A sum that is all of a cell, or of what was said, is less than nothing in brackets; else it only
#: stands beside something: "the fund (£3m)".
_LOSS = LazyPattern(
    rf"(?<=^|[\t\n])\([^()\n]*\)(?=[\t\r\n]|\Z)|(?<=\b(?:is|was|were|of|by){SPACE})\(",
    ignore_case=False,
)

# Led by one symbol and without case, for these are tried at every place of a text.
_SIGNED = LazyPattern(rf"{_POUND}(?P<minus>{SIGN})?{_AMOUNT}", ignore_case=False)
_PENCE = LazyPattern(
    rf"(?P<pence>[0-9]{{1,6}}(?:\.[0-9])?)(?:p|{SPACE}?pence)(?!\w)", ignore_case=False
)
_UPPER = LazyPattern(
    rf"(?:(?P<tight>{DASH})|{SPACE}?{DASH}{SPACE}?|{SPACE}to{SPACE}|(?P<and>{SPACE}and{SPACE}))"
    rf"(?P<sign>{_POUND})?{_AMOUNT}"
)
_GAP = rf"(?:{SPACE}|{DASH})"
_WORDED = LazyPattern(
    rf"(?<![\w.,£])(?:(?:(?P<digits>{_NUMBER})|(?P<words>{WORDS}))"
    rf"(?P<more>{_GAP}and{_GAP}(?:a|three){_GAP}(?:half|quarters?))?"
    rf"|(?:(?P<share>half|(?:(?:a|three){SPACE})?quarters?{SPACE}of){SPACE})?an?)"
    rf"{SPACE}?(?P<scale>thousand|million|billion|(?<=[0-9]{SPACE}?)(?:k|mn?|bn))?"
    rf"{SPACE}pounds(?!\w)"
)
#: Words in front of a sum that say how far it may be off, matched backwards from it.
_BOUND = LazyPattern(
    rf"(?r)\b(?:(?P<about>about|around|approximately|roughly|nearly|almost|some|circa"
    rf"|just{SPACE}(?:over|under))"
    rf"|(?P<most>up{SPACE}to|as{SPACE}much{SPACE}as|(?:at{SPACE})?most|(?:a{SPACE})?maximum{SPACE}of"
    rf"|no{SPACE}more{SPACE}than|less{SPACE}than|under|below)"
    rf"|(?P<least>at{SPACE}least|more{SPACE}than|over|above|(?:a{SPACE})?minimum{SPACE}of"
    rf"|no{SPACE}less{SPACE}than|in{SPACE}excess{SPACE}of|upwards{SPACE}of))"
    rf"{SPACE}(?:a{SPACE})?"
)
_BOUND_LENGTH = 24
_INSIDE_NUMBER = LazyPattern(r"(?r)[\w.,£]")
_BETWEEN = LazyPattern(rf"(?r)\bbetween{SPACE}")


def find_money(text: str, start: int = 0, end: int | None = None) -> tuple[Reading[Money], ...]:
    """Return the amounts of money in a range of *text*, in order; never a percentage.

    ``£2.3 to £3 million`` is one range, and so is ``between £2 and £3 million``, with its
    ``between``. An amount that changed ("rose from £2m to £3m") is two amounts.

    Args:
        text: The whole text of the document.
        start: Offset to read from, in code points.
        end: Offset to stop at; the end of the text by default.
    """
    end = len(text) if end is None else end
    found = [*_read_signed(text, start, end), *_read_pence(text, start, end)]
    if text.find("pounds", start, end) >= 0:
        found.extend(_read_worded(text, start, end))
    return tuple(_apart(sorted(found, key=lambda reading: reading.span)))


def _apart(readings: Iterable[Reading[Money]]) -> Iterator[Reading[Money]]:
    """Yield the readings that begin behind the one before: "£24 pounds" is one amount."""
    end = -1
    for reading in readings:
        if reading.span.start >= end:
            end = reading.span.end
            yield reading


def _read_signed(text: str, start: int, end: int) -> Iterator[Reading[Money]]:
    """Yield the amounts with a pound sign."""
    begins = start
    for match in _SIGNED.finditer(text, start, end):
        if match.start() < start:
            continue
        start = match.end()
        first = _opening(text, match.start())
        upper = _UPPER.match(text, start, end)
        if upper is None or not _is_range(text, match, upper, first):
            amount = _pounds(read_decimal(match["number"]), match["scale"])
            reading = _reading(text, match.start(), start, amount)
            yield _signed(text, begins, reading, match["minus"])
            continue
        start = upper.end()
        yield _signed(text, begins, _reading(text, first, start, *_ends(match, upper)))


def _read_pence(text: str, start: int, end: int) -> Iterator[Reading[Money]]:
    """Yield the amounts in pence."""
    for match in _PENCE.finditer(text, start, end):
        if not _INSIDE_NUMBER.match(text, max(0, match.start() - 1), match.start()):
            amount = _plain(Decimal(match["pence"]) / 100)
            yield _signed(text, start, _reading(text, *match.span(), amount))


def _signed(
    text: str, begins: int, reading: Reading[Money], inner: str | None = None
) -> Reading[Money]:
    """Return a reading with the sign in front of it, and without a value if that may be a dash.

    Args:
        text: The text of the document.
        begins: Where what is read begins.
        reading: The sum or range without its sign.
        inner: A sign that stands behind the "£".
    """
    start, end, value = reading.span.start, reading.span.end, reading.value
    before, sign = read_sign(text, start)
    if inner:
        sign = "minus"
    elif before >= begins and sign:
        start = before
    elif text.startswith(")", end) and _LOSS.match(text, max(0, start - 1), len(text)):
        start, end, sign = start - 1, end + 1, "minus"
    if sign is None or value is None or start < begins:
        return reading
    sure = sign == "minus" and value.low == value.high
    less = attrs.evolve(value, low=-value.low, high=-value.high) if sure else None
    return Reading(text[start:end], Span(start, end), less)


def _opening(text: str, start: int) -> int:
    """Return where a "between" right before *start* begins, or *start* itself."""
    between = _BETWEEN.match(text, max(0, start - 9), start)
    return between.start() if between else start


def _is_range(text: str, lower: regex.Match[str], upper: regex.Match[str], first: int) -> bool:
    """Return whether *upper* is the other end of a range that begins at *first*."""
    if upper["and"]:
        return first < lower.start()
    # "£5,000 to 3 charities" is no range: a bare number needs a scale or a dash without spaces.
    if not (upper["sign"] or upper["scale"] or upper["tight"]):
        return False
    return not is_change(text, lower.start())


def _ends(lower: regex.Match[str], upper: regex.Match[str]) -> tuple[Decimal, Decimal]:
    """Return both ends; an end without a scale shares the other's where that keeps the order."""
    first, second = read_decimal(lower["number"]), read_decimal(upper["number"])
    low, high = _pounds(first, lower["scale"]), _pounds(second, upper["scale"])
    if not lower["scale"] and (shared := _pounds(first, upper["scale"])) <= high:
        low = shared
    elif not upper["scale"] and high < low:
        high = _pounds(second, lower["scale"])
    return min(low, high), max(low, high)


def _read_worded(text: str, start: int, end: int) -> Iterator[Reading[Money]]:
    """Yield the amounts that end in the word pounds."""
    for match in _WORDED.finditer(text, start, end):
        number = read_decimal(match["digits"] or match["words"] or "a")
        if part := match["share"] or match["more"]:
            number = _part(part) + (number if match["more"] else 0)
        amount = _pounds(number, match["scale"])
        yield _reading(text, match.start(), match.end(), amount)


def _pounds(number: Decimal, scale: str | None) -> Decimal:
    """Return a number with its scale as pounds."""
    return _plain(number * (_SCALES[scale.casefold()] if scale else 1))


def _part(words: str) -> Decimal:
    """Return what such as ``half a`` or ``and three quarters`` is of one."""
    low = words.casefold()
    if "half" in low:
        return Decimal("0.5")
    return Decimal("0.75") if "three" in low else Decimal("0.25")


def _plain(amount: Decimal) -> Decimal:
    """Return *amount* without trailing zeros and without an exponent."""
    whole = amount.to_integral_value()
    return whole.quantize(Decimal(1)) if whole == amount else amount.normalize()


def _reading(
    text: str, start: int, end: int, low: Decimal, high: Decimal | None = None
) -> Reading[Money]:
    """Return the reading of the characters from *start* to *end*."""
    bound = _bound(text, start) or ("at-least" if text.startswith("+", end) else None)
    value = Money(low=low, high=low if high is None else high, bound=bound)
    return Reading(text[start:end], Span(start, end), value)


def _bound(text: str, start: int) -> Bound | None:
    """Return what the words in front of a sum make of it."""
    words = _BOUND.match(text, max(0, start - _BOUND_LENGTH), start)
    if words is None:
        return None
    return "up-to" if words["most"] else "at-least" if words["least"] else "about"

"""Read UK money: pounds with k, m, bn or words, pence, and ranges of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import cast

import attrs
import regex

from cqcparse.grammar.numbers import read_decimal, read_sign, scaled
from cqcparse.grammar.quantity_patterns import as_read, is_change, pattern
from cqcparse.model.mentions import Bound, Money, Reading

#: How far in front of a sum the words may stand that bound it, in code points.
_BOUND_LENGTH = 24


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
    for match in pattern("sum").finditer(text, start, end):
        if match.start() < start:
            continue
        start = match.end()
        first = _opening(text, match.start())
        upper = pattern("sum-upper").match(text, start, end)
        if upper is None or not _is_range(text, match, upper, first):
            amount = _pounds(read_decimal(match["number"]), match["scale"])
            reading = _reading(text, match.start(), start, amount)
            yield _signed(text, begins, reading, match["minus"])
            continue
        start = upper.end()
        yield _signed(text, begins, _reading(text, first, start, *_ends(match, upper)))


def _read_pence(text: str, start: int, end: int) -> Iterator[Reading[Money]]:
    """Yield the amounts in pence."""
    for match in pattern("pence").finditer(text, start, end):
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
    elif text.startswith(")", end) and pattern("loss").match(text, max(0, start - 1), len(text)):
        start, end, sign = start - 1, end + 1, "minus"
    if sign is None or value is None or start < begins:
        return reading
    sure = sign == "minus" and value.low == value.high
    less = attrs.evolve(value, low=-value.low, high=-value.high) if sure else None
    return as_read(text, start, end, less)


def _opening(text: str, start: int) -> int:
    """Return where a "between" right before *start* begins, or *start* itself."""
    between = pattern("between").match(text, max(0, start - 9), start)
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
    for match in pattern("sum-in-words").finditer(text, start, end):
        number = read_decimal(match["digits"] or match["words"] or "a")
        if part := match["share"] or match["more"]:
            number = _part(part) + (number if match["more"] else 0)
        amount = _pounds(number, match["scale"])
        yield _reading(text, match.start(), match.end(), amount)


def _pounds(number: Decimal, scale: str | None) -> Decimal:
    """Return a number with its scale as pounds."""
    return _plain(scaled(number, scale))


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
    return as_read(text, start, end, value)


def _bound(text: str, start: int) -> Bound | None:
    """Return what the words in front of a sum make of it."""
    words = pattern("bound").match(text, max(0, start - _BOUND_LENGTH), start)
    return cast("Bound", (words.lastgroup or "").replace("_", "-")) if words else None

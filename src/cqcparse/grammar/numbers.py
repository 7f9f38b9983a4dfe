"""Read whole numbers as English reports print them: digits with commas, and words up to 999."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Literal, TypeAlias

from cqcparse.grammar.quantity_patterns import pattern

_BELOW_20 = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {
    **{word: value for value, word in enumerate(_BELOW_20.split(), 1)},
    **{word: 10 * value for value, word in enumerate(_TENS.split(), 2)},
    "a": 1,
    "an": 1,
}
#: What a scale multiplies a number by, by its first letter.
_SCALES = {"k": 1_000, "t": 1_000, "m": 1_000_000, "b": 1_000_000_000}

#: What a sign in front of a number makes of it; one that may as well be a dash is unclear.
Sign: TypeAlias = Literal["minus", "unclear"]
_SIGN_LENGTH = 12
#: What stands between thousands.
_SEPARATORS = re.compile("[, \u00a0\u2009\u202f]")


def read_number(written: str) -> int | None:
    """Return the value of a whole number in digits or words; None if it is not one.

    Args:
        written: Such as ``1,940``, ``twenty-five``, ``two hundred and six`` or ``a dozen``.
    """
    digits = written.strip().replace(",", "")
    if digits.isdecimal():
        return int(digits) if len(digits) <= 12 else None
    return _read_words(written)


def read_decimal(written: str) -> Decimal:
    """Return the value of a number that need not be whole, such as ``1½``, ``2.5`` or ``two``.

    Args:
        written: What a pattern here matches; its thousands may be parted by commas or spaces.

    Raises:
        decimal.InvalidOperation: If it is no number.
    """
    whole = read_number(written)
    if whole is not None:
        return Decimal(whole)
    part = Decimal(unicodedata.numeric(written[-1]) if written[-1:] in ("¼", "½", "¾") else 0)
    digits = _SEPARATORS.sub("", written[:-1] if part else written)
    return Decimal(digits or 0 if part else digits) + part


def scaled(number: Decimal, scale: str | None) -> Decimal:
    """Return a number times its scale: ``k``, ``thousand``, ``m``, ``million``, ``bn`` or none."""
    return number * _SCALES[scale[0].lower()] if scale else number


def read_sign(text: str, start: int) -> tuple[int, Sign | None]:
    """Return where the sign in front of a number begins, and what it makes of it.

    Args:
        text: The text of the document.
        start: Offset of the number, with its currency.

    Returns:
        ``start`` and None if there is no sign: a dash between two things is none.
    """
    begins = max(0, start - _SIGN_LENGTH)
    found = pattern("signed").search(text[begins:start]) if text[begins:start].strip() else None
    if found is None:
        return start, None
    at = found.start("word" if found["word"] else "sign")
    return begins + at, "minus" if found["word"] or found["sure"] is not None else "unclear"


def _read_words(written: str) -> int | None:
    """Return the value of a number in words."""
    total = current = 0
    words = "".join(c if c.isalpha() else " " for c in written.casefold()).split()
    for word in words:
        if word == "hundred":
            total, current = total + 100 * max(current, 1), 0
        elif word == "dozen":
            total, current = total + 12 * max(current, 1), 0
        elif word in _VALUES:
            current += _VALUES[word]
        elif word != "and":
            return None
    return total + current or None

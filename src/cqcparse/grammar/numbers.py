"""Read whole numbers as English reports print them: digits with commas, and words up to 999."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, TypeAlias

from cqcparse.grammar.print_faults import CONTROLS

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = tuple(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS, 1)},
    **{word: value for value, word in enumerate(_TEENS, 10)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    "a": 1,
    "an": 1,
}

#: One space of the kinds that stand inside a number or a phrase; never a line end.
SPACE = r"[ \t\u00a0\u2009\u202f]"
#: A line end where text is wrapped, within what is one number or sum all the same.
LINE_END = r"[ \t]*\r?\n[ \t]*"
#: A hyphen or dash of any length.
DASH = r"[-\u2010-\u2015\u2212]"

#: Characters that stand for others that were lost, and controls that are none.
LOST = rf"\ufffd{CONTROLS}"

#: Digits, with commas between the thousands or without; at most 12 of them.
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?![0-9]|,[0-9]{3})"

#: What a sign in front of a number makes of it; one that may as well be a dash is unclear.
Sign: TypeAlias = Literal["minus", "unclear"]
SIGN = r"[-\u2010\u2011\u2013\u2212]"
#: A sign that is no dash: a word, the minus itself, or one behind what leads to a number.
_SIGN = re.compile(
    rf"(?:\b(?P<word>minus|negative){SPACE}|(?:(?P<sure>[\t(=:]|\b(?:is|was|were|are|been|of|by|to|from"
    rf"|at|and){SPACE}|(?=\u2212)){SPACE}?|(?<![\w)%]))(?P<sign>{SIGN}))\Z",
    re.IGNORECASE,
)
_SIGN_LENGTH = 12

#: Spaces that stand between thousands; the usual one only where no other number can be meant.
THIN = "\u00a0\u2009\u202f"
_SEPARATORS = re.compile(f"[, {THIN}]")

#: One character for a part of a whole, and what it is of one.
FRACTIONS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}

_UNIT = f"(?:{'|'.join(_UNITS)})"
_BELOW_100 = (
    rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:(?:{SPACE}|{DASH}){_UNIT})?"
    rf"|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|eleven|twelve|{_UNIT})"
)

#: A number in words, from one to 999, or dozens; for patterns that ignore case.
WORDS = (
    rf"(?:(?:(?:a|{_UNIT}){SPACE})?(?:hundred(?:{SPACE}and{SPACE}{_BELOW_100})?|dozen)"
    rf"|{_BELOW_100})(?![A-Za-z])"
)

#: A number in digits or in words.
NUMBER = rf"(?:{DIGITS}|{WORDS})"


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
    part = FRACTIONS.get(written[-1:], Decimal(0))
    digits = _SEPARATORS.sub("", written[:-1] if part else written)
    return Decimal(digits or 0 if part else digits) + part


def read_sign(text: str, start: int) -> tuple[int, Sign | None]:
    """Return where the sign in front of a number begins, and what it makes of it.

    Args:
        text: The text of the document.
        start: Offset of the number, with its currency.

    Returns:
        ``start`` and None if there is no sign: a dash between two things is none.
    """
    begins = max(0, start - _SIGN_LENGTH)
    found = _SIGN.search(text[begins:start]) if text[begins:start].strip() else None
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

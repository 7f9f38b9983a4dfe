"""Names that come from data (kinds, types, ids, codes): one rule, asked wherever they come in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeGuard

#: Most characters of a name.
LONGEST = 100
#: The rule, for messages.
RULE = "lower-case words joined by hyphens"

_WORD = re.compile(r"[a-z0-9]+")
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def is_name(value: object) -> TypeGuard[str]:
    """Return whether *value* may be a kind, a type, an id, or the name of a rule or an option.

    Such a name is shown and compared, and some become part of the name of a column. Whatever it
    is used for, it says nothing there but itself.
    """
    return isinstance(value, str) and len(value) <= LONGEST and _is_name(value)


@lru_cache(maxsize=1024)  # a report says few of them, many times
def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def is_code(value: object) -> TypeGuard[str]:
    """Return whether *value* may be a code of a register or a standard: a name, in any case."""
    return isinstance(value, str) and value.isascii() and is_name(value.lower())


def as_name(text: str) -> str:
    """Return the name that is nearest to *text*, such as ``my-plugin`` for ``My.Plugin``.

    Empty if *text* has no letter or digit of ASCII.
    """
    return "-".join(_WORD.findall(text.lower()))[: LONGEST // 2].rstrip("-")

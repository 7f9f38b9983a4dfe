"""What comes back from a worker is data: only values are made of it, and nothing is called."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import fractions
import io
import pickle
import sys
import uuid
from functools import reduce
from typing import Any

import attrs

_VALUES = frozenset(
    {dt.date, dt.datetime, dt.time, dt.timedelta, decimal.Decimal, fractions.Fraction, uuid.UUID}
)

#: The one function that makes a value: a mention of a kind whose class is not in any module. It
#: checks the name of the kind.
_MAKERS = frozenset({("cqcparse.model.kinds", "_plain_mention")})


def unpacked(message: bytes) -> Any:  # noqa: ANN401 - whatever the work makes
    """Return what a worker has packed.

    A worker whose reader of a format was taken over by a file could send anything. Only classes
    that this process has already imported, and that do no more than hold values, are made.

    Raises:
        UnpicklingError: If there is anything else in it.
    """
    return _Unpickler(io.BytesIO(message)).load()


class _Unpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> object:
        """Return a class of values; nothing is imported."""
        found: object = sys.modules.get(module_name)
        found = reduce(lambda at, name: getattr(at, name, None), global_name.split("."), found)
        if (module_name, global_name) in _MAKERS:
            return found
        if isinstance(found, type) and (
            found in _VALUES or attrs.has(found) or issubclass(found, (Exception, enum.Enum))
        ):
            return found
        msg = f"a worker sent {module_name}.{global_name}, which is no value"
        raise pickle.UnpicklingError(msg)

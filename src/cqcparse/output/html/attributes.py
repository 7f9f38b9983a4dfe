"""What is said of a mention beside its words: its attributes and why it was found, in words."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import attribute_types
from cqcparse.model.mentions import Mention, Reading
from cqcparse.model.spans import Quote
from cqcparse.output.keys import cut

#: Most digits of a number that are written out.
_DIGITS = 30
#: Attributes that are shown otherwise, or tell a reader nothing.
_LEFT_OUT = frozenset({"specificity", "event_id", "polarity"})


def attributes_of(mention: Mention) -> Iterator[tuple[str, str]]:
    """Yield name and value of what was read of a mention."""
    for name in attribute_types(type(mention)):
        value = getattr(mention, name)
        if value is not None and value != () and name not in _LEFT_OUT:
            yield name.replace("_", " "), cut(_value(value)) or ""
    if mention.entity_id is not None:
        yield "id", mention.entity_id


def place_of(mention: Mention, page: Assessment) -> Iterator[tuple[str, str]]:
    """Yield where the words of a mention stand in the file, and what found them."""
    boxes = page.document.boxes(mention.span)
    if pages := dict.fromkeys(box.page for box in boxes):
        yield "printed on page", ", ".join(map(str, pages))
    if mention.evidence is not None:
        yield "rule", cut(mention.evidence.rule) or ""
    elif mention.extractor:
        yield "found by", cut(mention.extractor) or ""


def _value(value: Any) -> str:  # noqa: ANN401 - a value of any field
    """Return the value of an attribute in words: a quote, and what it means."""
    if isinstance(value, Quote):
        meaning = value.value if isinstance(value, Reading) else None
        quoted = f"“{' '.join(value.text.split())}”"
        return quoted if meaning is None else f"{quoted} ({_value(meaning)})"
    if isinstance(value, tuple):
        return ", ".join(map(_value, value))
    if isinstance(value, enum.Enum):
        return _value(value.value)
    if attrs.has(type(value)):
        fields = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
        stated = (f"{name.replace('_', ' ')} {_value(of)}" for name, of in fields if of is not None)
        return ", ".join(stated)
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or (isinstance(value, Decimal) and abs(value.adjusted()) < _DIGITS):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, dt.date) else str(value)

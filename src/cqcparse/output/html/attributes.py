"""What is said of a mention beside its words: its attributes and why it was found, in words."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatch
from typing import Any

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import attribute_types
from cqcparse.model.mentions import Count, Duration, Mention, Money, Period, Reading
from cqcparse.model.references import Reference
from cqcparse.model.spans import Quote
from cqcparse.output.html.environment import day
from cqcparse.output.html.words import plural
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


@singledispatch
def _value(value: Any) -> str:  # noqa: ANN401 - a value of any field
    """Return the value of an attribute in words; of a class of a plugin, its fields."""
    if not attrs.has(type(value)):
        return str(value)
    fields = ((field.name, getattr(value, field.name)) for field in attrs.fields(type(value)))
    stated = (f"{name.replace('_', ' ')} {_value(of)}" for name, of in fields if of is not None)
    return ", ".join(stated)


@_value.register
def _(quote: Quote) -> str:
    meaning = quote.value if isinstance(quote, Reading) else None
    quoted = f"“{' '.join(quote.text.split())}”"
    if isinstance(quote, Reference):
        return f"{quoted} ({quote.kind})"
    return quoted if meaning is None else f"{quoted} ({_value(meaning)})"


@_value.register
def _(values: tuple) -> str:  # type: ignore[type-arg]
    return ", ".join(map(_value, values))


@_value.register
def _(money: Money) -> str:
    sign = "£" if money.currency == "GBP" else f"{money.currency} "
    bound = f"{money.bound.replace('-', ' ')} " if money.bound else ""
    return bound + _range(money.low, money.high, sign)


@_value.register
def _(period: Period) -> str:
    if period.start and period.end:
        return f"{day(period.start)} to {day(period.end)}"
    for word, one in (("from", period.start), ("until", period.end)):
        if one:
            return f"{word} {day(one)}"
    return plural(period.days, "day") if period.days is not None else "open"


@_value.register
def _(duration: Duration) -> str:
    return f"{_range(duration.days, duration.days_high)} days"


@_value.register
def _(count: Count) -> str:
    return f"{_value(count.value)} {count.unit}"


@_value.register
def _(date: dt.date) -> str:
    return day(date)


@_value.register(int)
@_value.register(Decimal)
def _(number: int | Decimal) -> str:
    if isinstance(number, bool):
        return "yes" if number else "no"
    plain = isinstance(number, int) or abs(number.adjusted()) < _DIGITS
    return f"{number:,}" if plain else str(number)


@_value.register
def _(member: enum.Enum) -> str:
    return _value(member.value)


def _range(low: Decimal | int, high: Decimal | int | None, sign: str = "") -> str:
    """Return one number, or two with "to" between."""
    ends = [low] if high is None or high == low else [low, high]
    return " to ".join(f"{sign}{_value(end)}" for end in ends)

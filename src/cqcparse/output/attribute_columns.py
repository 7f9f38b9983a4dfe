"""The fields of a kind of mention -> columns of a table, and what makes the cell of each."""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from cqcparse.model.kinds import (
    TypeForm,
    alternatives,
    attribute_types,
    class_of,
    field_types,
    with_built_in,
)
from cqcparse.model.mentions import Mention, Reading
from cqcparse.model.references import Reference
from cqcparse.model.spans import Quote
from cqcparse.model.tables import Cell, CellType
from cqcparse.output.schemas import types_of

#: Makes one cell of the value of an attribute.
Maker: TypeAlias = Callable[[Any], Cell]

#: Bits of an integer in a file, with its sign.
_BITS = 64
#: Bits of the whole numbers that a number in a file holds exactly.
_EXACT = 53


def placed_columns(
    kinds: Iterable[type[Mention]],
) -> tuple[dict[str, CellType], dict[str, list[tuple[str, str, Maker]]]]:
    """Return all columns of mentions, and attribute, column and maker of each cell, by kind."""
    columns: dict[str, CellType] = dict(types_of("mentions"))
    return columns, {cls.kind: _place(cls, columns) for cls in with_built_in(kinds)}


def cells_of(name: str, form: TypeForm) -> Iterator[tuple[str, CellType, Maker]]:
    """Yield column, type and maker for each cell of a value of the type *form*."""
    members = alternatives(form)
    one = members[0] if len(members) == 1 else None
    cls = class_of(one)
    if not isinstance(cls, type) or cls is tuple:
        yield name, "text", _as_text
    elif issubclass(cls, Quote):
        yield name, "text", str
        if issubclass(cls, Reference):
            yield f"{name}_id", "text", target
        if issubclass(cls, Reading):
            yield from _value_cells(name, field_types(one)["value"])
    elif attrs.has(cls):
        yield from _field_cells(name, one, _itself)
    else:
        yield name, *_plain(cls)


def target(reference: Any) -> Cell:  # noqa: ANN401 - a value of any field
    """Stand for the id of the mention that is meant, which only the page knows."""
    return str(reference.kind)


def as_integer(value: int | None) -> int | None:
    """Return *value*, or None if no file format has room for it; its quote stands beside it."""
    return None if value is None or value.bit_length() >= _BITS else value


def as_number(value: float | Decimal) -> int | float | None:
    """Return a number as tables have it: a whole one as an integer; None for what is no number."""
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**_EXACT else number


def _place(cls: type[Mention], columns: dict[str, CellType]) -> list[tuple[str, str, Maker]]:
    """Add the columns of the kind *cls* to *columns*.

    Returns:
        Attribute, column and what makes the cell, for each new or shared column.
    """
    placed = []
    for attribute, form in attribute_types(cls).items():
        cells = list(cells_of(attribute, form))
        free = all(
            name not in types_of("mentions") and columns.get(name, cell_type) == cell_type
            for name, cell_type, _ in cells
        )
        prefix = "" if free else f"{cls.kind}_"
        for name, cell_type, maker in cells:
            columns[prefix + name] = cell_type
            placed.append((attribute, prefix + name, maker))
    return placed


def _value_cells(name: str, form: TypeForm) -> Iterator[tuple[str, CellType, Maker]]:
    """Yield the cells of what a reading means."""
    members = alternatives(form)
    if len(members) == 1 and attrs.has(class_of(members[0])):
        yield from _field_cells(name, members[0], _meaning)
        return
    for column, cell_type, maker in cells_of(f"{name}_value", form):
        yield column, cell_type, _after(_meaning, maker)


def _field_cells(
    name: str, form: TypeForm, step: Callable[[Any], Any]
) -> Iterator[tuple[str, CellType, Maker]]:
    """Yield the cells of the fields of an attrs class, which *step* leads to."""
    for field, of in field_types(form).items():
        for column, cell_type, maker in cells_of(f"{name}_{field}", of):
            yield column, cell_type, _after(step, _after(_getter(field), maker))


def _after(step: Callable[[Any], Any], maker: Maker) -> Maker:
    """Return *maker* applied to what *step* leads to; None where that is None."""

    def make(value: Any) -> Cell:  # noqa: ANN401 - a value of any field
        reached = step(value)
        return None if reached is None else maker(reached)

    return make


def _getter(field: str) -> Callable[[Any], Any]:
    return lambda value: getattr(value, field)


def _itself(value: Any) -> Any:  # noqa: ANN401 - a value of any field
    return value


def _meaning(quote: Quote) -> Any:  # noqa: ANN401 - a reading of anything
    """Return what a reading means; an extractor may have left it at the quote."""
    return getattr(quote, "value", None)


def _plain(cls: type) -> tuple[CellType, Maker]:
    if issubclass(cls, bool):
        return "boolean", bool
    if issubclass(cls, int):
        return "integer", as_integer
    if issubclass(cls, (float, Decimal)):
        return "number", as_number
    if issubclass(cls, dt.date):
        return "date", _itself
    return "text", _as_text


def _as_text(value: object) -> str:
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, tuple):
        return "; ".join(map(_as_text, value))
    return str(value)

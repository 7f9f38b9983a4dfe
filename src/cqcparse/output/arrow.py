"""Tables as Arrow: schemas that say what the columns hold and what made them, and batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cqcparse.errors import DataError
from cqcparse.model.tables import Cell, CellType, Table
from cqcparse.output.provenance import Provenance


def arrow_schema(table: Table, made_by: Provenance | None = None) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the schema of a table, with the meaning of each column and what made it."""
    import pyarrow as pa  # noqa: PLC0415 - optional

    said = {"description": table.about} | (made_by.metadata() if made_by else {})
    return pa.schema(
        [
            pa.field(c.name, _type(c.type), metadata={"description": c.about} if c.about else None)
            for c in table.columns
        ],
        metadata={key: value for key, value in said.items() if value} or None,
    )


def record_batches(
    batches: Iterable[Sequence[tuple[Cell, ...]]],
    table: Table,
    schema: Any,  # noqa: ANN401 - pyarrow has no types
) -> Iterator[Any]:
    """Yield batches of Arrow made of rows; dates may be text, and booleans numbers.

    Raises:
        DataError: If a cell is not of its column's type.
    """
    import pyarrow as pa  # noqa: PLC0415 - optional

    types = [(column.type, _type(column.type)) for column in table.columns]
    for batch in batches:
        try:
            arrays = [
                _array(pa, cells, cell_type, arrow_type)
                for cells, (cell_type, arrow_type) in zip(
                    zip(*batch, strict=True), types, strict=True
                )
            ]
        except (ValueError, TypeError) as error:  # of a database that others have written into
            where, what = f"table {table.name!r}", "has a cell that is not of its column's type"
            raise DataError(where, f"{what} ({error})") from error
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(pa: Any, cells: Sequence[Any], cell_type: CellType, arrow_type: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    first = next((cell for cell in cells if cell is not None), None)
    if cell_type == "date" and isinstance(first, str):
        return pa.array(cells, pa.string()).cast(arrow_type)
    if cell_type == "boolean" and not isinstance(first, bool):
        return pa.array(cells, pa.int64()).cast(arrow_type)
    return pa.array(cells, arrow_type)


def _type(cell_type: CellType) -> Any:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415 - optional

    return {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }[cell_type]

"""Tables -> an Excel workbook, a sheet each, with a first sheet that says what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from cqcparse.errors import DataError, MissingPackageError
from cqcparse.model.tables import Cell, CellType, Table
from cqcparse.output.provenance import Provenance

#: What a sheet and a cell have room for.
_MOST_ROWS = 1_048_576 - 1
_MOST_CHARACTERS = 32_767
#: Every workbook is made on this day, so that the same tables give the same bytes.
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zones
_WIDE, _USUAL = 60, 16
_WORDY = {"text", "sentence", "message", "purpose", "about", "missing"}


def write_workbook(
    path: Path,
    part: Path,
    tables: Iterable[tuple[Table, Iterable[Sequence[Cell]]]],
    made_by: Callable[[], Provenance | None],
) -> None:
    """Write a workbook.

    Every text is written as a text, so that none is run as a formula; one that is longer than a
    cell has room for is cut, and ends in ….

    Args:
        path: What the file will be.
        part: The file to write.
        tables: The tables with their rows.
        made_by: Says what made them, when all are written.

    Raises:
        MissingPackageError: If XlsxWriter is not installed.
        DataError: If a table has more rows than a sheet.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - optional
    except ImportError:
        what = f"writing {path}"
        raise MissingPackageError(what, "XlsxWriter", "cqcparse[tables]") from None
    book = xlsxwriter.Workbook(
        str(part), {"constant_memory": True, "tmpdir": str(part.parent), "in_memory": False}
    )
    book.set_properties({"created": _MADE, "comments": "Made by cqcparse"})
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    about = book.add_worksheet("about")
    described: list[Table] = []
    try:
        for table, rows in tables:
            described.append(table)
            sheet = book.add_worksheet(table.name[:31])
            _head(sheet, [column.name for column in table.columns], bold)
            count = _fill(sheet, table, rows, date, path)
            sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)
        _about(about, described, made_by(), bold)
    finally:
        book.close()


def _head(sheet: Any, names: Sequence[str], bold: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
    for number, name in enumerate(names):
        sheet.set_column(number, number, _WIDE if name in _WORDY else _USUAL)
        sheet.write_string(0, number, name, bold)
    sheet.freeze_panes(1, 0)


def _fill(sheet: Any, table: Table, rows: Iterable[Sequence[Cell]], date: Any, path: Path) -> int:  # noqa: ANN401 - XlsxWriter has no types
    types = [column.type for column in table.columns]
    count = 0
    for count, row in enumerate(islice(rows, _MOST_ROWS + 1), 1):
        if count > _MOST_ROWS:
            problem = f"a sheet has no room for more than {_MOST_ROWS:,} rows of {table.name!r}"
            raise DataError(str(path), f"{problem}; write .sqlite or a folder")
        for number, (cell_type, cell) in enumerate(zip(types, row, strict=True)):
            if cell is not None:
                _write(sheet, count, number, cell_type, cell, date)
    return count


def _write(sheet: Any, row: int, column: int, cell_type: CellType, cell: Any, date: Any) -> None:  # noqa: ANN401, PLR0913, PLR0917 - XlsxWriter has no types
    if cell_type == "boolean":
        sheet.write_boolean(row, column, bool(cell))
    elif cell_type in {"integer", "number"}:
        sheet.write_number(row, column, cell)
    elif cell_type == "date":
        day = cell if isinstance(cell, dt.date) else dt.date.fromisoformat(str(cell))
        sheet.write_datetime(row, column, dt.datetime.combine(day, dt.time()), date)
    else:
        text = str(cell)
        if len(text) > _MOST_CHARACTERS:
            text = f"{text[: _MOST_CHARACTERS - 1]}…"
        sheet.write_string(row, column, text)


def _about(sheet: Any, tables: Iterable[Table], made_by: Provenance | None, bold: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
    lines: list[tuple[tuple[str, ...], Any]] = [(("table", "column", "type", "holds"), bold)]
    for table in tables:
        lines.append(((table.name, "", "", table.about), bold))
        lines += [((table.name, c.name, c.type, c.about), None) for c in table.columns]
    for name, said in (made_by.metadata() if made_by else {}).items():
        lines += [((name, "", "", line), None) for line in said.splitlines()]
    sheet.set_column(0, 2, _USUAL)
    sheet.set_column(3, 3, 2 * _WIDE)
    for row, (cells, form) in enumerate(lines):
        for column, text in enumerate(cells):
            if text:
                sheet.write_string(row, column, text, form)

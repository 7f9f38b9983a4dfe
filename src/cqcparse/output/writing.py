"""Rows -> a file; the suffix decides between JSON Lines, CSV, Parquet, SQLite and DuckDB."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO, TypeAlias

import attrs

from cqcparse.errors import DataError
from cqcparse.extraction.hookspecs import Exporter
from cqcparse.model.tables import Cell, CellType, Column, Row, Table
from cqcparse.model.writable import writable
from cqcparse.output.arrow import arrow_schema, record_batches
from cqcparse.output.attribute_columns import as_number
from cqcparse.output.exporting import guarded, suffix_of, unfit
from cqcparse.output.provenance import Provenance
from cqcparse.output.replacing import complete, header_beside, one_error
from cqcparse.output.schemas import schema
from cqcparse.output.sql import DUCKDB, SQLITE, declared, insert, quoted

#: Says what made rows; asked when they are through, as only then all sources are known.
MadeBy: TypeAlias = Callable[[], Provenance | None]
#: Writes rows for a path into a file that will take its place, and what made them if it can.
Writer: TypeAlias = Callable[[Path, Path, Table, Iterable[Row], MadeBy], None]

#: Rows that are held in memory at a time by the formats that write in blocks.
_BATCH = 5_000


def write_rows(  # noqa: PLR0913 - each is a choice of its own
    path: str | Path,
    table: Table,
    rows: Iterable[Row],
    exporters: Iterable[Exporter] = (),
    *,
    raw: bool = False,
    made_by: MadeBy = lambda: None,
) -> None:
    """Write *rows* of *table* to a file.

    A file appears only when it is complete; until then, and if anything fails, what was there
    before stays. In a database the table is replaced, and other tables stay. CSV is written for
    spreadsheets: with the mark by which they know UTF-8, and with an apostrophe before each text
    that they would run as a formula, which then no longer equals the characters of the report.

    Args:
        path: The file; its suffix is one of :data:`FORMATS`, or that of an exporter.
        table: What the rows are rows of.
        rows: The rows, taken one by one.
        exporters: What plugins bring to write further formats.
        raw: Whether CSV is written without the mark, and every text as it is.
        made_by: Says what made the rows, when they are through. It is said in the file where its
            form has room for it, else in a header beside it: ``NAME.csv-metadata.json``.

    Raises:
        DataError: If the suffix is not known, a package is missing or the file cannot be written.
    """
    path, exporters = Path(path), tuple(exporters)
    own = {e.suffix: _writer_of(e) for e in exporters if e.write is not None}
    formats = {**own, **FORMATS}
    if raw:
        formats[".csv"] = _write_raw_csv
    if problem := unfit(path, formats, exporters):
        raise DataError(str(path), problem)
    suffix = suffix_of(path, formats) or ""
    with one_error(path), complete(path) as part:
        formats[suffix](path, part, table, map(writable_row, rows), made_by)
        if suffix in _WITH_HEADER and (made := made_by()) is not None:
            from cqcparse.output.header import header_of  # noqa: PLC0415 - needed here only

            said = header_of(path.name, table, made)
            _write_as_utf8(header_beside(part), said)


def write_text(path: str | Path, text: str) -> None:
    """Write *text* to a file in UTF-8; the file appears only when it is complete.

    Raises:
        DataError: If the file cannot be written.
    """
    with one_error(path), complete(Path(path)) as part:
        _write_as_utf8(part, text)


def _write_as_utf8(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def writable_row(row: Row) -> Row:
    """Return a row whose texts can be written in any format."""
    return {name: writable(cell) if isinstance(cell, str) else cell for name, cell in row.items()}


def to_line(row: Row) -> str:
    """Return a row as one line of JSON, without the line end."""
    return json.dumps(row, ensure_ascii=False, default=dt.date.isoformat)


def _writer_of(exporter: Exporter) -> Writer:
    """Return what writes rows with *exporter*; whatever that raises becomes one sentence."""

    def write(path: Path, part: Path, table: Table, rows: Iterable[Row], _: object) -> None:
        with guarded(exporter, path, part) as home:
            exporter.write(part.absolute(), table, home.each(rows))  # type: ignore[misc]
            part.stat()  # there must be one

    return write


def _write_jsonl(_: Path, part: Path, __: Table, rows: Iterable[Row], ___: object) -> None:
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{to_line(row)}\n" for row in rows)


def _write_csv(_: Path, part: Path, table: Table, rows: Iterable[Row], __: object) -> None:
    harmless = (
        {name: _harmless(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
        for row in rows
    )
    with part.open("w", encoding="utf-8-sig", newline="") as file:
        _fill_csv(file, table.columns, harmless)


def _write_raw_csv(_: Path, part: Path, table: Table, rows: Iterable[Row], __: object) -> None:
    with part.open("w", encoding="utf-8", newline="") as file:
        _fill_csv(file, table.columns, rows)


def _fill_csv(file: TextIO, columns: Iterable[Column], rows: Iterable[Row]) -> None:
    plain = csv.writer(file, lineterminator="\n")
    # Before Python 3.13 a carriage return is not quoted for itself, and would end the row.
    quoting = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
    plain.writerow(column.name for column in columns)
    for row in rows:
        cells = tuple(row.values())
        returns = any(isinstance(cell, str) and "\r" in cell for cell in cells)
        (quoting if returns else plain).writerow(cells)


#: What a spreadsheet takes for the beginning of a formula; it may look behind the white space.
_FORMULA = re.compile(r"[\s\0]*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n]")


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _write_parquet(
    path: Path, part: Path, table: Table, rows: Iterable[Row], made_by: MadeBy
) -> None:
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - optional
    except ImportError:
        raise _missing(path, "pyarrow") from None
    columns = arrow_schema(table)
    batches = _batches(tuple(row.values()) for row in rows)
    with part.open("wb") as file, pq.ParquetWriter(file, columns) as writer:
        for batch in record_batches(batches, table, columns):
            writer.write_batch(batch)
        if (made := made_by()) is not None:
            writer.add_key_value_metadata(made.metadata())


def _write_workbook(
    path: Path, part: Path, table: Table, rows: Iterable[Row], made_by: MadeBy
) -> None:
    from cqcparse.output.workbook import write_workbook  # noqa: PLC0415 - needed here only

    write_workbook(path, part, [(table, (tuple(row.values()) for row in rows))], made_by)


def _write_graph(path: Path, part: Path, table: Table, rows: Iterable[Row], _: object) -> None:
    from cqcparse.output.network import write_graph  # noqa: PLC0415 - needed here only

    write_graph(path, part, table, rows)


def _write_sqlite(
    path: Path, part: Path, table: Table, rows: Iterable[Row], made_by: MadeBy
) -> None:
    import sqlite3  # noqa: PLC0415 - heavy

    plain = (
        tuple(cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row.values())
        for row in rows
    )
    try:
        with contextlib.ExitStack() as stack:
            connection = sqlite3.connect(part, isolation_level=None)
            stack.enter_context(contextlib.closing(connection))
            if path.exists():
                lock, before = (sqlite3.connect(path, isolation_level=None) for _ in "12")
                stack.enter_context(contextlib.closing(lock))
                stack.enter_context(contextlib.closing(before))
                lock.execute("BEGIN IMMEDIATE")  # nobody else writes to it in the meantime
                before.backup(connection)
            connection.execute("BEGIN")
            _fill(connection, table, SQLITE, plain)
            _say_what_made_it(connection, table, SQLITE, made_by)
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise DataError(str(path), f"cannot be written as a SQLite database ({error})") from error
    if Path(f"{path}-wal").exists():
        raise DataError(str(path), "cannot be written: another program has it open")


def _write_duckdb(
    path: Path, part: Path, table: Table, rows: Iterable[Row], made_by: MadeBy
) -> None:
    try:
        import duckdb  # noqa: PLC0415 - optional
    except ImportError:
        raise _missing(path, "duckdb") from None
    if str(part) != writable(str(part)):
        raise DataError(str(path), "cannot be written: DuckDB takes names in UTF-8 only")
    try:
        with contextlib.ExitStack() as stack:
            if path.exists():
                before = duckdb.connect(str(path))  # nobody else writes to it in the meantime
                stack.enter_context(contextlib.closing(before))
                before.execute("CHECKPOINT")
                shutil.copyfile(path, part)
            connection = duckdb.connect(str(part))
            stack.enter_context(contextlib.closing(connection))
            connection.begin()
            _fill(connection, table, DUCKDB, (tuple(row.values()) for row in rows))
            _say_what_made_it(connection, table, DUCKDB, made_by)
            connection.commit()
    except duckdb.Error as error:
        raise DataError(str(path), f"cannot be written as a DuckDB database ({error})") from error


def _fill(
    connection: Any,  # noqa: ANN401 - either database's
    table: Table,
    types: Mapping[CellType, str],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Replace the table of this name in an open transaction."""
    connection.execute(f"DROP TABLE IF EXISTS {quoted(table.name)}")
    connection.execute(f"CREATE TABLE {quoted(table.name)} ({declared(table.columns, types)})")
    for batch in _batches(rows):
        connection.executemany(insert(table), batch)


def _say_what_made_it(
    connection: Any,  # noqa: ANN401 - either database's
    table: Table,
    types: Mapping[CellType, str],
    made_by: MadeBy,
) -> None:
    """Put what made a table beside it, as ``NAME_provenance``."""
    made = made_by()
    if made is not None:
        beside = attrs.evolve(schema("provenance"), name=f"{table.name}_provenance")
        _fill(connection, beside, types, (tuple(row.values()) for row in made.rows()))


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(itertools.islice(rows, _BATCH)):
        yield batch


def typed_cell(cell_type: CellType, cell: Cell) -> Cell:
    """Return a cell of a database as rows have it: dates as dates, whole numbers without a point.

    Raises:
        DataError: If it is no date where there must be one.
    """
    if cell is None:
        return None
    if cell_type == "date" and not isinstance(cell, dt.date):
        try:
            return dt.date.fromisoformat(str(cell))
        except ValueError:
            what = f"{cell!r:.40}"
            raise DataError(what, "is no date") from None
    if cell_type == "number" and isinstance(cell, float):
        return as_number(cell)
    return bool(cell) if cell_type == "boolean" else cell


def _missing(path: Path, package: str) -> DataError:
    problem = f"writing it needs the package {package}: pip install 'cqcparse[tables]'"
    return DataError(str(path), problem)


#: Forms that have no room to say what made them.
_WITH_HEADER = frozenset({".csv", ".jsonl"})
#: What writes the files of each suffix.
FORMATS: Mapping[str, Writer] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".xlsx": _write_workbook,
    ".sqlite": _write_sqlite,
    ".duckdb": _write_duckdb,
    ".graphml": _write_graph,
}

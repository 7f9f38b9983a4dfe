"""Tables held against their sources: whether every quotation stands where it is said to stand."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

from cqcparse.errors import DataError, MissingPackageError
from cqcparse.extraction.isolation import account
from cqcparse.model.writable import writable
from cqcparse.output.sql import quoted
from cqcparse.parser import Parser
from cqcparse.reading.failures import ReadFailure

#: A row of a table in a file, as whatever form it has gives it.
_Row: TypeAlias = Mapping[str, Any]
#: Columns with a quotation, and those with its place.
_PLACES = (
    ("text", "char_start", "char_end"),
    ("sentence", "sentence_start", "sentence_end"),
)
#: What reading a broken file raises, by its form.
_BROKEN = (
    *(ValueError, TypeError, LookupError, OverflowError, RecursionError),
    *(NotImplementedError, sqlite3.Error, csv.Error),
)
_AGAIN = "write it again, or give another table"
#: What is not to be held against a source: tables of other things.
_PASSED_OVER = frozenset({"columns", "provenance", "authorities", "entities"})


@attrs.frozen(kw_only=True)
class Mismatch:
    """Something in a table that is not so in the sources.

    Attributes:
        table: Name of the table.
        row: Number of the row, from 1; None if it is about a whole source.
        source: The source, as the table names it.
        problem: What is wrong.
    """

    table: str
    row: int | None
    source: str
    problem: str

    def __str__(self) -> str:
        """Return one sentence."""
        where = f"row {self.row} of {self.table}" if self.row else self.table
        return f"{where}: {self.source}: {self.problem}"


@attrs.frozen(kw_only=True)
class Verification:
    """What holding a table against its sources gave.

    Attributes:
        quotations: How many were looked up.
        sources: In how many sources.
        mismatches: What is not so.
    """

    quotations: int
    sources: int
    mismatches: tuple[Mismatch, ...]


@attrs.frozen(kw_only=True)
class _Quotation:
    table: str
    row: int
    text: str
    start: int
    end: int


def verify(path: Path, sources: Path, parser: Parser, *, workers: int = 1) -> Verification:
    """Look up every quotation of a table, and the digest of every page that it names.

    Args:
        path: What was written: ``.csv``, ``.jsonl``, ``.parquet``, ``.sqlite``, ``.duckdb``, or a
            folder of tables.
        sources: The folder that the sources are in.
        parser: What reads them; it need not find anything.
        workers: Processes to use; 0 for one on each core.

    Raises:
        DataError: If it cannot be read as a table, or none of its sources is in the folder.
        MissingPackageError: If a package for that is missing.
    """
    quotations, digests = claims_of(path)
    found: list[Mismatch] = []
    named = sorted(quotations.keys() | digests.keys())
    names = [name for name in named if _is_inside(name, sources)]
    for name in sorted(set(named) - set(names)):
        problem = "leads out of the folder with the sources, and is not read"
        found.append(Mismatch(table=path.name, row=None, source=name, problem=problem))
    if len(names) > 1 and not any(map(os.path.exists, (sources / name for name in names))):
        problem = f"none of its {len(names):,} sources is in {str(sources)!r}"
        raise DataError(str(path), f"{problem}; name the folder that was read")
    for name in names:
        found += _other_content(sources / name, name, digests.get(name))
    results = parser.read_many([sources / name for name in names], workers=workers)
    for name, result in zip(names, results, strict=True):
        wanted = quotations.get(name, [])
        if isinstance(result, ReadFailure):
            found.append(
                Mismatch(table=path.name, row=None, source=name, problem=str(result.error))
            )
        else:
            found += _misquoted(name, writable(result.document.text), wanted)
    count = sum(map(len, quotations.values()))
    return Verification(quotations=count, sources=len(names), mismatches=tuple(found))


def claims_of(path: Path) -> tuple[dict[str, list[_Quotation]], dict[str, str]]:
    """Return the quotations and the digests that a table states, by source.

    Raises:
        DataError: If it cannot be read as a table, or states none.
        MissingPackageError: If a package for that is missing.
    """
    try:
        quotations, digests = _claims(path)
    except OSError as error:
        raise DataError.unread(path, error) from error
    except _BROKEN as error:
        raise DataError(
            str(path), f"cannot be read as a table ({account(error)}); {_AGAIN}"
        ) from error
    if not quotations and not digests:
        problem = "has no quotations: no rows with source, text and place"
        raise DataError(str(path), f"{problem}; give what 'cqcparse extract' or 'tables' wrote")
    return quotations, digests


def _is_inside(name: str, folder: Path) -> bool:
    """Return whether a name from a table leads to something in a folder."""
    whole = os.path.normpath(os.path.join(folder.absolute(), name))  # noqa: PTH118 - any text
    return Path(whole).is_relative_to(os.path.normpath(folder.absolute()))


def _claims(path: Path) -> tuple[dict[str, list[_Quotation]], dict[str, str]]:
    """Return the quotations and the digests, or raise what reading the file does."""
    quotations: dict[str, list[_Quotation]] = {}
    digests: dict[str, str] = {}
    for table, rows in _tables(path):
        for number, row in enumerate(rows, 1):
            source = row.get("source")
            if source and table == "pages" and row.get("sha256"):
                digests[str(source)] = str(row["sha256"])
            elif source:
                quotations.setdefault(str(source), []).extend(_quoted(table, number, row))
    return {source: found for source, found in quotations.items() if found}, digests


def _quoted(table: str, number: int, row: _Row) -> Iterator[_Quotation]:
    """Yield the quotations of a row that have a place."""
    for text, start, end in _PLACES:
        if row.get(text) is not None and row.get(start) not in {None, ""}:
            place = {"start": int(row[start]), "end": int(row[end])}
            yield _Quotation(table=table, row=number, text=str(row[text]), **place)


def _other_content(path: Path, name: str, digest: str | None) -> Iterator[Mismatch]:
    if digest is None:
        return
    with contextlib.suppress(OSError, ValueError):  # reading it says what is wrong
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            problem = "the file is not the one that the table was made of (its SHA-256 differs)"
            yield Mismatch(table="pages", row=None, source=name, problem=problem)


def _misquoted(name: str, text: str, quotations: Iterable[_Quotation]) -> Iterator[Mismatch]:
    for wanted in quotations:
        there = text[max(wanted.start, 0) : max(wanted.end, 0)]
        # In CSV for spreadsheets an apostrophe stands before what they would run as a formula.
        if wanted.text not in {there, f"'{there}"}:
            problem = (
                f"at {wanted.start} to {wanted.end} stands {there!r:.80}, not {wanted.text!r:.80}"
            )
            yield Mismatch(table=wanted.table, row=wanted.row, source=name, problem=problem)


def _tables(path: Path) -> Iterator[tuple[str, Iterable[_Row]]]:
    """Yield the tables of a file or folder, each with its rows."""
    if path.is_dir():
        files = sorted(
            file for file in path.iterdir() if file.suffix in {".csv", ".parquet", ".jsonl"}
        )
        if not files:
            raise DataError(
                str(path), "the folder has no tables; give one with .csv, .parquet or .jsonl files"
            )
        for file in files:
            if file.stem not in _PASSED_OVER:
                yield from _tables(file)
        return
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise DataError(
            str(path), f"is no table; give one of {', '.join(_READERS)}, or a folder of them"
        )
    if not path.exists():
        raise DataError(str(path), "there is no such file; check the path")
    yield from read(path)


def _csv(path: Path) -> Iterator[tuple[str, Iterable[_Row]]]:
    csv.field_size_limit(2**31 - 1)  # a section may be long
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield path.stem, csv.DictReader(file)


def _jsonl(path: Path) -> Iterator[tuple[str, Iterable[_Row]]]:
    with path.open(encoding="utf-8") as file:
        yield path.stem, (row for row in map(json.loads, file) if isinstance(row, dict))


def _parquet(path: Path) -> Iterator[tuple[str, Iterable[_Row]]]:
    try:
        import pyarrow.parquet as pq  # noqa: PLC0415 - optional
    except ImportError:
        what = f"reading {path}"
        raise MissingPackageError(what, "pyarrow", "cqcparse[tables]") from None
    with pq.ParquetFile(path) as file:
        yield path.stem, (row for batch in file.iter_batches() for row in batch.to_pylist())


def _sqlite(path: Path) -> Iterator[tuple[str, Iterable[_Row]]]:
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            if name not in _PASSED_OVER and not re.search("_fts|^sqlite_", name):
                yield name, _selected(db, name)


def _duckdb(path: Path) -> Iterator[tuple[str, Iterable[_Row]]]:
    try:
        import duckdb  # noqa: PLC0415 - optional
    except ImportError:
        what = f"reading {path}"
        raise MissingPackageError(what, "duckdb", "cqcparse[tables]") from None
    try:
        with contextlib.closing(duckdb.connect(str(path), read_only=True)) as db:
            names = db.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            for (name,) in names:
                if name not in _PASSED_OVER:
                    yield name, _selected(db, name)
    except duckdb.Error as error:
        raise DataError(str(path), f"cannot be read as a table ({error}); {_AGAIN}") from error


def _selected(connection: Any, name: str) -> Iterator[_Row]:  # noqa: ANN401 - either database's
    cursor = connection.execute(f"SELECT * FROM {quoted(name)}")  # noqa: S608 - quoted
    names = [column[0] for column in cursor.description]
    while rows := cursor.fetchmany(2_000):
        yield from (dict(zip(names, row, strict=True)) for row in rows)


_READERS: Mapping[str, Callable[[Path], Iterator[tuple[str, Iterable[_Row]]]]] = MappingProxyType(
    {
        ".csv": _csv,
        ".jsonl": _jsonl,
        ".parquet": _parquet,
        ".sqlite": _sqlite,
        ".duckdb": _duckdb,
    }
)

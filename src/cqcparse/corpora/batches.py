"""Pages in a batch of Arrow to rows in another: what engines call as :mod:`cqcparse.arrow`.

The functions can be pickled, and hold no more than a batch. They need pyarrow, which is imported
when they are called.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any, TypeVar

import attrs

from cqcparse.corpora.page_tables import PageRows, PageTable, cells_of, page_table, rows_of_page
from cqcparse.corpora.provenance import provenance_of
from cqcparse.errors import MissingPackageError, ReadError
from cqcparse.model.assessment import Assessment
from cqcparse.model.tables import Cell, Table
from cqcparse.output.arrow import arrow_schema, record_batches
from cqcparse.output.keys import cut
from cqcparse.output.schemas import failure_columns
from cqcparse.parser import Parser
from cqcparse.reading.failures import ReadFailure
from cqcparse.reading.sources import Parcel, parcel_of

BatchT = TypeVar("BatchT")
ItemT = TypeVar("ItemT")

#: Rows that are held as Python values at a time.
_ROWS = 2_000
_NO_FAILURE = (None,) * len(failure_columns())


def extract(
    batch: BatchT, *, table: PageTable = "mentions", parser: Parser | None = None
) -> BatchT:
    """Read the pages of a batch, and return the rows of a table.

    The rows are those that each page has by itself, in the order of the pages. A page that could
    not be read is one row, with its ``source``, ``error_stage`` and ``error``. Pages are read as
    :func:`cqcparse.read_many` reads files: apart from this process, and within the limits of the
    parser.

    Args:
        batch: A ``pyarrow.RecordBatch`` or ``pyarrow.Table`` with the column ``path``, of files
            that are read here; or ``content``, files as bytes or text, each called what stands in
            ``source`` or else in ``path``. No other column is looked at.
        table: ``mentions``, ``scores``, ``facts``, ``statements``, ``sections``, ``sentences``,
            ``pages`` or ``diagnostics``.
        parser: What reads the pages; by default one with all plugins.

    Returns:
        A batch of the same type, whose schema is ``schema(table)``.

    Raises:
        MissingPackageError: If pyarrow is not installed.
        TypeError: If *batch* or a column is of another type.
        ValueError: If it has no such columns, or there is no such table.

    Examples:
        >>> import pyarrow
        >>> import cqcparse.arrow
        >>> batch = pyarrow.table({"path": ["seeds/harrow.txt", "nowhere.txt"]})
        >>> rows = cqcparse.arrow.extract(batch, table="statements").to_pylist()
        >>> [(row["authority"], row["score"]) for row in rows]
        [('London Borough of Harrow', 3), (None, None)]
        >>> rows[1]["error"]
        'nowhere.txt: there is no such file; check the path'
    """
    chosen = parser or _default_parser()
    form = schema(table, parser=chosen)
    shape = _with_failures(page_table(chosen, table))

    def rows() -> Iterator[tuple[Cell, ...]]:
        for read in _read(batch, (table,), chosen):
            if isinstance(read, ReadFailure):
                yield _failed(read, shape)
            else:
                yield from ((*cells, *_NO_FAILURE) for cells in read.rows[0])

    return _like(batch, form, record_batches(_in_parts(rows()), shape, form))


def extract_pages(
    batch: BatchT,
    *,
    tables: Sequence[PageTable] = ("mentions",),
    parser: Parser | None = None,
) -> BatchT:
    """Read the pages of a batch, and return a row for each, with the rows of tables as lists.

    So several tables are made in one reading, every page that went in comes out, and engines whose
    functions return a value for each row can call it. Unnesting a column gives what
    :func:`extract` gives.

    Args:
        batch: As for :func:`extract`.
        tables: Which rows.
        parser: What reads the pages; by default one with all plugins.

    Returns:
        A batch of the same type, whose schema is ``page_schema(tables)``.

    Raises:
        MissingPackageError: If pyarrow is not installed.
        TypeError: If *batch* or a column is of another type.
        ValueError: If it has no such columns, or there is no such table.

    Examples:
        >>> import pyarrow
        >>> import cqcparse.arrow
        >>> batch = pyarrow.table({"content": ["Score: 3", ""], "source": ["a.txt", "b.txt"]})
        >>> pages = cqcparse.arrow.extract_pages(batch, tables=["mentions", "diagnostics"])
        >>> [(page["source"], page["diagnostics"][0]["code"]) for page in pages.to_pylist()[:1]]
        [('a.txt', 'not-an-assessment')]
        >>> pages["error"].to_pylist()
        [None, 'b.txt: the file is empty; give a report with text in it']
    """
    pa = _pyarrow("extract_pages")
    chosen = parser or _default_parser()
    form = page_schema(tables, parser=chosen)
    shape = _with_failures(page_table(chosen, "pages"))
    of_lists = [page_table(chosen, name) for name in tables]

    def batches() -> Iterator[Any]:
        for part in _in_parts(_read(batch, ("pages", *tables), chosen), _size):
            pages = [
                _failed(read, shape)
                if isinstance(read, ReadFailure)
                else (*read.rows[0][0], *_NO_FAILURE)
                for read in part
            ]
            (outer,) = record_batches([pages], shape, arrow_schema(shape))
            lists = [_lists(pa, part, place, of) for place, of in enumerate(of_lists, 1)]
            yield pa.RecordBatch.from_arrays([*outer.columns, *lists], schema=form)

    return _like(batch, form, batches())


def schema(table: PageTable = "mentions", *, parser: Parser | None = None) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the ``pyarrow.Schema`` of what :func:`extract` returns.

    The columns are those of the table in the data dictionary, then ``error_stage`` and ``error``.
    Each says what it holds, and the schema what made it. Plugins may add columns to ``mentions``
    and ``scores``, so they have to be the same on all machines.

    Args:
        table: Which rows.
        parser: What reads the pages; by default one with all plugins.

    Raises:
        MissingPackageError: If pyarrow is not installed.
        ValueError: If there is no such table.

    Examples:
        >>> import cqcparse.arrow
        >>> cqcparse.arrow.schema("mentions").names[-2:]
        ['error_stage', 'error']
    """
    _pyarrow("schema")
    chosen = parser or _default_parser()
    form = arrow_schema(_with_failures(page_table(chosen, table)))
    made_by = provenance_of(chosen).metadata()["made_by"]  # of what, is not known yet
    return form.with_metadata({**form.metadata, "made_by": made_by})


def page_schema(
    tables: Sequence[PageTable] = ("mentions",), *, parser: Parser | None = None
) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the ``pyarrow.Schema`` of what :func:`extract_pages` returns.

    The columns are those of the table ``pages``, then ``error_stage`` and ``error``, then a list of
    rows for each of the other tables, empty if the page could not be read.

    Args:
        tables: Which rows.
        parser: What reads the pages; by default one with all plugins.

    Raises:
        MissingPackageError: If pyarrow is not installed.
        ValueError: If there is no such table.

    Examples:
        >>> import cqcparse.arrow
        >>> cqcparse.arrow.page_schema(["mentions", "facts"]).names[-4:]
        ['error_stage', 'error', 'mentions', 'facts']
    """
    pa = _pyarrow("page_schema")
    chosen = parser or _default_parser()
    form = schema("pages", parser=chosen)
    for name in tables:
        table = page_table(chosen, name)
        about = {"description": table.about}
        form = form.append(pa.field(name, _list_type(pa, table), metadata=about))
    return form


def _read(
    batch: object, tables: Sequence[PageTable], parser: Parser
) -> Iterator[PageRows | ReadFailure]:
    """Return what becomes of each page of a batch, in order."""

    def orders() -> Iterator[tuple[Parcel, Callable[[Parser, Assessment], PageRows]]]:
        for parcel in _parcels(batch):
            digest = None if parcel.data is None else hashlib.sha256(parcel.data).hexdigest()
            yield parcel, partial(rows_of_page, tables, digest)

    return parser.read_apart(orders())


class _Content(io.BytesIO):
    """A file in memory that has a name."""

    def __init__(self, content: bytes, name: str | None) -> None:
        super().__init__(content)
        self.name = name


def _parcels(batch: Any) -> Iterator[Parcel]:  # noqa: ANN401 - pyarrow has no types
    """Yield the file of each row."""
    pa = _pyarrow("extract")
    if not isinstance(batch, (pa.RecordBatch, pa.Table)):
        msg = f"the batch is a {type(batch).__name__}: give a pyarrow RecordBatch or Table"
        raise TypeError(msg)
    names = batch.schema.names
    if not {"path", "content"} & {*names}:
        msg = f"the batch has the columns {names}: give 'path', or 'content' with 'source'"
        raise ValueError(msg)
    for part in batch.to_batches() if isinstance(batch, pa.Table) else [batch]:
        columns = {name: part.column(name) for name in _GIVEN if name in names}
        for row in range(part.num_rows):
            given = {name: column[row].as_py() for name, column in columns.items()}
            path, source = (_text(given, name) for name in ("path", "source"))
            content = given.get("content")
            if isinstance(content, str):
                content = content.encode("utf-8")
            if isinstance(content, bytes):
                yield parcel_of(_Content(content, source or path))
            elif content is not None:
                raise _of_wrong_type(content, "'content' is to be bytes or text")
            elif path is not None:
                yield parcel_of(path)
            else:
                nothing, remedy = "<nothing>", "leave it out"
                error = ReadError(nothing, "the row has neither content nor path", remedy)
                yield Parcel(source=nothing, error=error)


_GIVEN = ("path", "source", "content")


def _text(given: dict[str, object], name: str) -> str | None:
    value = given.get(name)
    if value is None or isinstance(value, str):
        return value
    raise _of_wrong_type(value, f"{name!r} is to be text")


def _of_wrong_type(value: object, wanted: str) -> TypeError:
    return TypeError(f"a cell of the batch is a {type(value).__name__}: {wanted}")


def _with_failures(table: Table) -> Table:
    return attrs.evolve(table, columns=(*table.columns, *failure_columns()))


def _failed(failure: ReadFailure, table: Table) -> tuple[Cell, ...]:
    """Return the row of a page that could not be read."""
    stage, error = (column.name for column in failure_columns())
    said = {stage: failure.stage or None, error: str(failure.error)}
    return cells_of({"source": cut(failure.source), **said}, table)


def _size(read: PageRows | ReadFailure) -> int:
    return 1 if isinstance(read, ReadFailure) else sum(map(len, read.rows))


def _in_parts(
    items: Iterable[ItemT], size: Callable[[ItemT], int] = lambda _: 1
) -> Iterator[list[ItemT]]:
    """Yield lists of items that have about so many rows as are held at a time."""
    part: list[ItemT] = []
    held = 0
    for item in items:
        part.append(item)
        held += size(item)
        if held >= _ROWS:
            yield part
            part, held = [], 0
    if part:
        yield part


def _lists(pa: Any, part: Sequence[PageRows | ReadFailure], place: int, table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return an array with the rows that each page has of a table, or null for what failed."""
    offsets: list[int | None] = []
    rows: list[tuple[Cell, ...]] = []
    for read in part:
        if isinstance(read, ReadFailure):
            offsets.append(None)
        else:
            offsets.append(len(rows))
            rows += read.rows[place]
    offsets.append(len(rows))
    form = arrow_schema(table)
    batches = record_batches([rows] if rows else [], table, form)
    values = next(batches, pa.RecordBatch.from_pylist([], form)).to_struct_array()
    of = _list_type(pa, table)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values, type=of)


def _list_type(pa: Any, table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    return pa.list_(pa.struct([*arrow_schema(table)]))


def _like(batch: BatchT, form: Any, batches: Iterable[Any]) -> BatchT:  # noqa: ANN401 - pyarrow has no types
    """Return batches as what was given: a batch or a table."""
    pa = _pyarrow("extract")
    made = [*batches]
    if isinstance(batch, pa.Table):
        table: BatchT = pa.Table.from_batches(made, form)
        return table
    one: BatchT = pa.concat_batches(made) if made else pa.RecordBatch.from_pylist([], form)
    return one


def _pyarrow(what: str) -> Any:  # noqa: ANN401 - pyarrow has no types
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional
    except ImportError:
        name = f"cqcparse.arrow.{what}"
        raise MissingPackageError(name, "pyarrow", "cqcparse[tables]") from None
    return pa


@cache
def _default_parser() -> Parser:
    return Parser()

"""All tables of a corpus -> one file or folder, by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from cqcparse.errors import DataError
from cqcparse.model.tables import Cell, Table
from cqcparse.output.provenance import Provenance
from cqcparse.output.replacing import complete, one_error

#: What the files of a folder are.
FolderForm: TypeAlias = Literal["csv", "parquet"]


@attrs.frozen(kw_only=True)
class TableRows:
    """A table with its rows.

    Attributes:
        schema: Name, columns and keys.
        batches: Gives the rows anew each time, some thousand at a time; dates may be text, and
            booleans numbers.
    """

    schema: Table
    batches: Callable[[], Iterator[Sequence[tuple[Cell, ...]]]]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows one by one."""
        for batch in self.batches():
            yield from batch


#: Writes all tables into a file that will take the place of the one of that path.
_Writer: TypeAlias = Callable[[Path, Path, Sequence[TableRows], Provenance], None]


def write_all(  # noqa: PLR0913 - each is a choice of its own
    path: str | Path,
    tables: Sequence[TableRows],
    made_by: Provenance,
    *,
    form: FolderForm = "csv",
    raw: bool = False,
    others: Iterable[str] = (),
) -> None:
    """Write all tables at once.

    A database or a workbook takes the place of a file that was there. In a folder each table is a
    file, and other files stay.

    Args:
        path: ``.sqlite``, ``.duckdb`` or ``.xlsx``, or a folder.
        tables: The tables, each after those that its foreign keys lead to.
        made_by: What made them.
        form: What the files of a folder are.
        raw: Whether CSV is written for programs, not for spreadsheets.
        others: Suffixes of what the caller writes in another way; a refusal names them too.

    Raises:
        DataError: If the suffix is not known, a package is missing or the file cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if path.is_dir() or not suffix:
        from cqcparse.output.data_package import write_folder  # noqa: PLC0415 - needed here only

        with one_error(path):
            path.mkdir(parents=True, exist_ok=True)
            write_folder(path, tables, made_by, form=form, raw=raw)
        return
    if suffix not in _WRITERS:
        forms = ", ".join([*_WRITERS, *others])
        raise DataError(str(path), f"the suffix must be one of {forms}, or none for a folder")
    with one_error(path), complete(path) as part:
        _WRITERS[suffix](path, part, tables, made_by)


def _sqlite(path: Path, part: Path, tables: Sequence[TableRows], made_by: Provenance) -> None:
    from cqcparse.output.sqlite_file import write_sqlite  # noqa: PLC0415 - needed here only

    write_sqlite(path, part, tables, made_by)


def _duckdb(path: Path, part: Path, tables: Sequence[TableRows], made_by: Provenance) -> None:
    from cqcparse.output.duckdb_file import write_duckdb  # noqa: PLC0415 - needed here only

    write_duckdb(path, part, tables, made_by)


def _workbook(path: Path, part: Path, tables: Sequence[TableRows], made_by: Provenance) -> None:
    from cqcparse.output.workbook import write_workbook  # noqa: PLC0415 - needed here only

    write_workbook(path, part, [(t.schema, t.rows()) for t in tables], lambda: made_by)


_WRITERS: Mapping[str, _Writer] = {".sqlite": _sqlite, ".duckdb": _duckdb, ".xlsx": _workbook}
#: Suffixes of the files that hold all tables.
SUFFIXES = tuple(_WRITERS)

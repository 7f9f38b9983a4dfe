"""All tables -> a folder with a file each, and ``datapackage.json``, which says what they hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcparse.model.tables import CellType, Row, Table
from cqcparse.output.provenance import Provenance
from cqcparse.output.writing import typed_cell, write_rows, write_text

if TYPE_CHECKING:
    from cqcparse.output.everything import FolderForm, TableRows

#: The name that Frictionless Data has for a type.
_TYPES: dict[CellType, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
}


def write_folder(
    folder: Path,
    tables: Sequence[TableRows],
    made_by: Provenance,
    *,
    form: FolderForm,
    raw: bool,
) -> None:
    """Write the files of a data package as Frictionless Data describes it.

    Args:
        folder: Where they go.
        tables: The tables.
        made_by: What made them.
        form: What the files are.
        raw: Whether CSV is written for programs, not for spreadsheets.
    """
    resources = []
    made = (lambda: made_by) if form == "parquet" else _nobody  # the package says it for CSV
    for table in tables:
        schema, path = table.schema, folder / f"{table.schema.name}.{form}"
        names = [(column.name, column.type) for column in schema.columns]
        rows = (
            {n: typed_cell(of, cell) for (n, of), cell in zip(names, row, strict=True)}
            for row in table.rows()
        )
        count = _Counted(rows)
        write_rows(path, schema, count, raw=raw, made_by=made)
        resources.append(_resource(schema, path, count.rows))
    said = {
        "name": "cqcparse",
        "description": "Care Quality Commission assessments of local authorities",
        "licenses": [
            {
                "name": "OGL-UK-3.0",
                "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            }
        ],
        "resources": resources,
        **json.loads(made_by.to_json()),
        "sources_sha256": made_by.sources_digest,
    }
    write_text(folder / "datapackage.json", json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def _nobody() -> None:
    """Say nothing of what made a table."""


class _Counted:
    """Rows that are counted as they are taken."""

    def __init__(self, rows: Any) -> None:  # noqa: ANN401 - an iterator of rows
        self._made = rows
        self.rows = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Row:
        row: Row = next(self._made)
        self.rows += 1
        return row


def _resource(table: Table, path: Path, rows: int) -> dict[str, Any]:
    fields = [
        {"name": c.name, "type": _TYPES[c.type], "description": c.about} for c in table.columns
    ]
    keys = [
        {"fields": column, "reference": {"resource": target, "fields": column}}
        for column, target in table.foreign
    ]
    content = path.read_bytes()
    return {
        "name": table.name,
        "path": path.name,
        "description": table.about,
        "rows": rows,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "primaryKey": table.primary, "foreignKeys": keys},
    }

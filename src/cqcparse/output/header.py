"""What a table of a form without room for it says of itself: a header beside the file."""

from __future__ import annotations

import json

import attrs

from cqcparse.model.tables import CellType, Table
from cqcparse.output.provenance import Provenance

#: The name that the W3C's CSV on the Web has for a type.
_TYPES: dict[CellType, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
}


def header_of(name: str, table: Table, made_by: Provenance) -> str:
    """Return the metadata of a file as CSV on the Web has it, with what made it.

    Args:
        name: Name of the file.
        table: What its rows are.
        made_by: What made it.
    """
    columns = [
        {"name": c.name, "datatype": _TYPES[c.type]}
        | ({"dc:description": c.about} if c.about else {})
        for c in table.columns
    ]
    items = [
        {key: cell for key, cell in attrs.asdict(item).items() if cell is not None}
        for item in made_by.items
    ]
    said = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:description": table.about,
        "dc:license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "tableSchema": {"columns": columns},
        "made_by": items,
        "sources_sha256": made_by.sources_digest,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

"""A table of edges -> GraphML, for programs that draw networks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from cqcparse.errors import DataError
from cqcparse.model.tables import CellType, Row, Table

#: Columns that an edge needs; others that begin with ``from_`` or ``to_`` are said of its ends.
_NEEDED = ("from_id", "to_id")
_TYPES: dict[CellType, str] = {
    "text": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "date": "string",
}
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def write_graph(path: Path, part: Path, table: Table, rows: Iterable[Row]) -> None:
    """Write edges and the nodes they join.

    Args:
        path: What the file will be.
        part: The file to write.
        table: A table with ``from_id`` and ``to_id``.
        rows: The edges.

    Raises:
        DataError: If the table has no edges.
    """
    types = {column.name: column.type for column in table.columns}
    if not types.keys() >= set(_NEEDED):
        problem = f"{table.name!r} is no table of edges: it needs {' and '.join(_NEEDED)}"
        raise DataError(str(path), problem)
    edges = [*rows]
    nodes: dict[str, Row] = {}
    for edge, end in itertools.product(edges, ("from_", "to_")):
        said = {name.removeprefix(end): cell for name, cell in edge.items() if name.startswith(end)}
        nodes.setdefault(str(said.pop("id")), said)
    of_nodes = sorted({name for said in nodes.values() for name in said})
    of_edges = [name for name in types if not name.startswith(("from_", "to_"))]
    with part.open("w", encoding="utf-8", newline="\n") as file:
        xml = XMLGenerator(file, encoding="utf-8")
        xml.startDocument()
        _begin(xml, "graphml", xmlns=_NAMESPACE)
        for what, names in (("node", of_nodes), ("edge", of_edges)):
            for name in names:
                kind = _TYPES[types[name]] if what == "edge" else "string"
                named = {"for": what, "attr.name": name, "attr.type": kind}
                _leaf(xml, "key", id=f"{what}-{name}", **named)
        _begin(xml, "graph", edgedefault="directed")
        for id_, about in nodes.items():
            _begin(xml, "node", id=id_)
            _data(xml, "node", about)
            xml.endElement("node")
        for edge in edges:
            _begin(xml, "edge", source=str(edge["from_id"]), target=str(edge["to_id"]))
            _data(xml, "edge", {name: edge[name] for name in of_edges})
            xml.endElement("edge")
        xml.endElement("graph")
        xml.endElement("graphml")
        xml.endDocument()


def _data(xml: XMLGenerator, what: str, cells: Row) -> None:
    for name, cell in cells.items():
        if cell is not None:
            _leaf(xml, "data", str(cell), key=f"{what}-{name}")


def _begin(xml: XMLGenerator, element: str, /, **attributes: str) -> None:
    xml.startElement(element, AttributesImpl(attributes))


def _leaf(xml: XMLGenerator, element: str, text: str = "", /, **attributes: str) -> None:
    _begin(xml, element, **attributes)
    xml.characters("".join(c for c in text if c.isprintable() or c.isspace()))
    xml.endElement(element)

"""Places on pictures: the hexagons of England, the axis of a score, the scale of a rating."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import attrs

from cqcparse.registry import authorities

#: Distance from the middle of a hexagon to a corner.
_RADIUS = 10.0
_WIDTH = math.sqrt(3) * _RADIUS
_MARGIN = 2.0


@attrs.frozen(kw_only=True)
class Hexagon:
    """The place of an authority on the map."""

    ons_code: str
    name: str
    region: str
    #: Middle, in the units of the picture.
    x: float
    y: float


@attrs.frozen(kw_only=True)
class HexMap:
    """England as hexagons."""

    width: float
    height: float
    #: Outline of a hexagon around the origin.
    outline: str
    hexagons: tuple[Hexagon, ...]


@cache
def hex_map() -> HexMap:
    """Return the map of all authorities, the most northern rows on top."""
    known = {record.ons_code: record for record in authorities()}
    rows = [*_rows()]
    top = max(r for _, _, r in rows)
    hexagons = tuple(
        Hexagon(
            ons_code=code,
            name=known[code].short_name,
            region=known[code].region,
            x=round(_MARGIN + _WIDTH * (q + 0.5 + 0.5 * (r % 2)), 1),
            y=round(_MARGIN + _RADIUS * (1 + 1.5 * (top - r)), 1),
        )
        for code, q, r in rows
        if code in known
    )
    return HexMap(
        width=math.ceil(max(h.x for h in hexagons) + _WIDTH / 2 + _MARGIN),
        height=math.ceil(max(h.y for h in hexagons) + _RADIUS + _MARGIN),
        outline=_outline(_RADIUS - 0.7),
        hexagons=tuple(sorted(hexagons, key=lambda h: (h.y, h.x))),
    )


def _rows() -> Iterator[tuple[str, int, int]]:
    text = (files("cqcparse.corpora.site") / "authority_hexes.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield row["ons_code"], int(row["q"]), int(row["r"])


def _outline(radius: float) -> str:
    corners = (math.radians(60 * n - 90) for n in range(6))
    points = (f"{radius * math.cos(a):.1f} {radius * math.sin(a):.1f}" for a in corners)
    return f"M{'L'.join(points)}Z"


def on_axis(value: float, width: float, margin: float) -> float:
    """Return where a score from 1 to 4 stands on an axis, in the units of the picture."""
    return round(margin + (value - 1) / 3 * (width - 2 * margin), 1)


def on_scale(percentage: float, width: float, low: int = 25) -> float:
    """Return where a percentage stands on a scale that begins at the lowest there can be."""
    return round(max(percentage - low, 0) / (100 - low) * width, 1)

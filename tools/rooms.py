"""Draw the rooms of the source, one floor on the other: writes ``docs/explanation/rooms.svg``.

A test compares the picture with the source; a new room is given its place here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "rooms.svg"


class Room(NamedTuple):
    """A package or module of the source."""

    name: str
    what: str
    #: Share of its floor.
    share: int = 1


#: From the top down. A room imports from the floors below its own, or of its own.
FLOORS = (
    (Room("cli", "cqcparse parse, extract, view …"),),
    (
        Room("extractors", "funding, services, partners: words and rules", 26),
        Room("testing", "what authors check with", 15),
        Room("plugins", "yours, outside", 10),
    ),
    (
        Room("parser", "strings stages together", 15),
        Room("output", "JSON, rows, pages", 12),
        Room("corpora", "tables of many", 10),
        Room("evaluation", "against gold", 10),
    ),
    (Room("extraction", "loads, runs, fences and checks extractors; the hooks and the view"),),
    (Room("structure", "Document → sections, sentences, scores, council, facts"),),
    (
        Room("reading", "bytes → Document", 12),
        Room("framework", "what is assessed", 12),
        Room("registry", "who is assessed", 12),
        Room("grammar", "words, phrases, clauses, rules", 17),
    ),
    (
        Room("model", "all types of a result, no stage", 20),
        Room("errors", "one clear sentence", 14),
        Room("workers", "processes with limits", 15),
    ),
)
#: Rooms a report climbs through.
WAY = ("reading", "structure", "extraction", "parser")
#: Above this floor, counted from the top, everything is made of the public names.
PUBLIC_FLOOR = 2

LEFT, TOP, WIDTH, HEIGHT, GAP = 96, 24, 764, 66, 20

STYLE = """
    .ground { fill: #ffffff }
    .room { fill: #eef2f7; stroke: #51606f }
    .outside { stroke-dasharray: 5 4; fill: none }
    text { font-family: system-ui, sans-serif; fill: #16202a }
    .name { font-size: 17px; font-weight: 600 }
    .what { font-size: 13px }
    .face { stroke: #51606f; stroke-dasharray: 2 4 }
    .way { fill: none; stroke: #0b62a8; stroke-width: 2.5; marker-end: url(#arrow) }
    .tip { fill: #0b62a8 }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #14181d }
      .room { fill: #232b35; stroke: #93a4b5 }
      .outside { fill: none }
      text { fill: #e8edf2 }
      .face { stroke: #93a4b5 }
      .way { stroke: #6db7f2 }
      .tip { fill: #6db7f2 }
    }
"""
TITLE = (
    "The rooms of cqcparse, one floor on the other. A report climbs from reading over structure "
    "and extraction to the parser; imports point down."
)


def picture() -> str:
    """Return the picture as SVG."""
    lines = [*floors(), *way()]
    width, height = LEFT + WIDTH + TOP, top_of(len(FLOORS)) - GAP + TOP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' aria-labelledby="title">\n  <title id="title">{TITLE}</title>\n'
        f"  <style>{STYLE}  </style>\n"
        '  <defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="5"'
        ' markerHeight="5" orient="auto"><path class="tip" d="M 0 0 L 10 5 L 0 10 z"/></marker>'
        f'</defs>\n  <rect class="ground" width="{width}" height="{height}" rx="8"/>\n'
        + "".join(f"  {line}\n" for line in lines)
        + "</svg>\n"
    )


def top_of(floor: int) -> int:
    """Return where a floor begins; the public names have a line of their own."""
    return TOP + floor * (HEIGHT + GAP) + (GAP if floor >= PUBLIC_FLOOR else 0)


def floors() -> Iterator[str]:
    """Yield the rooms, and the line of the public names."""
    for number, rooms in enumerate(FLOORS):
        y = top_of(number)
        for room, x, width in places(rooms):
            kind = "room outside" if room.name == "plugins" else "room"
            yield f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{HEIGHT}" rx="6"/>'
            yield f'<text class="name" x="{x + 14}" y="{y + 27}">{room.name}</text>'
            yield f'<text class="what" x="{x + 14}" y="{y + 48}">{room.what}</text>'
    y, right = top_of(PUBLIC_FLOOR) - GAP, LEFT + WIDTH
    yield f'<line class="face" x1="{LEFT}" y1="{y}" x2="{right}" y2="{y}"/>'
    yield (
        f'<text class="what" x="{right}" y="{y - 6}" text-anchor="end">'
        "import cqcparse: the public names</text>"
    )


def places(rooms: Sequence[Room]) -> Iterator[tuple[Room, int, int]]:
    """Yield each room of a floor with its left edge and its width."""
    free, shares = WIDTH - GAP * (len(rooms) - 1), sum(room.share for room in rooms)
    x = LEFT
    for room in rooms:
        width = free * room.share // shares
        yield room, x, width
        x += width + GAP


def way() -> Iterator[str]:
    """Yield the way of a report, up the left side."""
    middle = {
        room.name: top_of(number) + HEIGHT // 2
        for number, rooms in enumerate(FLOORS)
        for room in rooms
    }
    first, *_, last = WAY
    yield f'<text class="what" x="8" y="{middle[first] + 28}">a report</text>'
    yield f'<path class="way" d="M 40 {middle[first]} H {LEFT - 4}"/>'
    for below, above in itertools.pairwise(WAY):
        yield f'<path class="way" d="M 60 {middle[below] - 12} V {middle[above]} H {LEFT - 4}"/>'
    yield f'<text class="what" x="8" y="{middle[last] - 18}">Assessment</text>'


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")

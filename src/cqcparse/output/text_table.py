"""How figures and words are laid out as a table of plain text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cqcparse.model.tables import Cell

#: Spaces between two columns, and the fewest characters that a column is cut to.
_GAP, _NARROW = 2, 16
#: Likewise of a column of numbers, whose name can be cut.
_NARROWEST = 7
#: Rows by which the widths of the columns are chosen.
_LOOKED_AT = 500


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return aligned columns: words to the left, figures to the right."""
    lines = [tuple(header), *map(tuple, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    figures = [_are_figures(line[i] for line in lines[1:]) for i in range(len(header))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if figure else cell.ljust(width)
            for cell, width, figure in zip(line, widths, figures, strict=True)
        ).rstrip()
        for line in lines
    )


def _are_figures(cells: Iterable[str]) -> bool:
    cells = [cell for cell in cells if cell]
    return bool(cells) and all(cell.replace(".", "").isdigit() for cell in cells)


def laid_out(
    names: Sequence[str], rows: Iterable[Mapping[str, Cell]], width: int
) -> tuple[Iterator[str], tuple[str, ...]]:
    """Return the lines of a table that fits a terminal, and the columns that have no room in it.

    Columns without a value are left out; the widest give way first, and what does not fit is left
    out from the right.

    Args:
        names: The columns.
        rows: The rows, taken some at a time.
        width: Characters of a line.
    """
    rows = iter(rows)
    first = [*itertools.islice(rows, _LOOKED_AT)]
    if not first:
        return iter(["no rows"]), ()
    used = [name for name in names if any(row[name] is not None for row in first)]
    cells = {name: max(len(_shown(row[name])) for row in first) for name in used}
    right = {name for name in used if all(_is_number(row[name]) for row in first)}
    least = {n: max(cells[n], _NARROWEST) if n in right else _NARROW for n in used}
    widths = _fitted({name: max(len(name), cells[name]) for name in used}, least, width)
    head = _line(widths, right, {name: name for name in widths})
    lines = (
        _line(widths, right, {name: _shown(row[name]) for name in widths})
        for row in itertools.chain(first, rows)
    )
    # Further rows may have a value where the first have none.
    told = used if len(first) < _LOOKED_AT else names
    return itertools.chain([head], lines), tuple(name for name in told if name not in widths)


def _fitted(widths: Mapping[str, int], least: Mapping[str, int], width: int) -> dict[str, int]:
    """Return widths that fit into a line; names of numbers give way last, before columns go."""
    room = dict(widths)
    while sum(room.values()) + _GAP * (len(room) - 1) > width:
        wide = [name for name in room if room[name] > _NARROW]
        giving = wide or [name for name in room if room[name] > least[name]]
        if giving:
            room[max(giving, key=lambda name: room[name])] -= 1
        elif len(room) > 1:
            room.popitem()
        else:
            break
    return room


def _line(widths: Mapping[str, int], right: set[str], cells: Mapping[str, str]) -> str:
    parts = []
    for name, room in widths.items():
        cell = cells[name]
        cell = cell if len(cell) <= room else f"{cell[: room - 1]}…"
        parts.append(cell.rjust(room) if name in right else cell.ljust(room))
    return (" " * _GAP).join(parts).rstrip()


def _shown(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    text = "" if cell is None else " ".join(str(cell).split())
    return "".join(char if char.isprintable() else "?" for char in text)


def _is_number(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool))

"""How figures and words are laid out as a table of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


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

"""Pages of a PDF turned about their origin, so that what is set sideways on them is upright."""

from __future__ import annotations

_Box = tuple[float, float, float, float]


def turned(box: _Box, turn: int) -> _Box:
    """Return where a rectangle is when what is set at some quarter turns is made upright.

    Args:
        box: Left, lower, right and upper edge.
        turn: Quarter turns counterclockwise that the text is set at; negative to turn it back.
    """
    left, bottom, right, top = box
    match turn % 4:
        case 1:
            return bottom, -right, top, -left
        case 2:
            return -right, -top, -left, -bottom
        case 3:
            return -top, left, -bottom, right
    return box

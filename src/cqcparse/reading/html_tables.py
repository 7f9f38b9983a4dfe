"""Tables of a web page: where each cell stands among rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import attrs

from cqcparse.model.document import PrintedCell
from cqcparse.model.spans import Span

Attributes = Mapping[str, str | None]


#: More columns than any table has; what is said to stand behind them is all in the last.
_WIDEST = 1000
#: Rows and columns that one cell may go over.
_MAX_SPANNED = 100


class OpenCell(NamedTuple):
    """A cell of which it is not known yet where in the text it stands."""

    row: int
    column: int
    rows: int
    columns: int
    is_header: bool

    def at(self, start: int, end: int) -> PrintedCell:
        """Return the cell with its place."""
        return PrintedCell(
            span=Span(start, end),
            row=self.row,
            column=self.column,
            rows=self.rows,
            columns=self.columns,
            is_header=self.is_header,
        )


@attrs.define
class Grid:
    """The rows and columns of a table that is being read."""

    #: Number of the table on the page.
    number: int
    _row: int = -1
    _column: int = 0
    #: For the columns of cells that go on downwards, the row behind them.
    _taken: dict[int, int] = attrs.field(factory=dict)
    #: The cell that is open.
    cell: OpenCell | None = None

    def enter_row(self) -> None:
        """Begin a row."""
        self._row += 1
        self._column = 0

    def enter_cell(self, tag: str, attributes: Attributes) -> None:
        """Begin a cell of the row."""
        while self._taken.get(self._column, 0) > self._row:
            self._column += 1
        rows = _number(attributes.get("rowspan"))
        column = min(self._column, _WIDEST - 1)
        columns = min(_number(attributes.get("colspan")), _WIDEST - column)
        if rows > 1:
            self._taken |= dict.fromkeys(range(column, column + columns), self._row + rows)
        self._column = column + columns
        self.cell = OpenCell(max(self._row, 0), column, rows, columns, tag == "th")


def _number(said: str | None) -> int:
    """Return over how many rows or columns a cell goes."""
    known = said is not None and said.isascii() and said.isdigit() and len(said) < 9  # noqa: PLR2004
    return min(max(int(said or 1), 1), _MAX_SPANNED) if known else 1

"""Rows of a table that print the score of a statement, by their cells and the head of the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import attrs

from cqcparse.framework import Framework, ScoreLine
from cqcparse.framework.matching import MAX_LINE
from cqcparse.model.document import Document, PrintedTable
from cqcparse.model.spans import Span
from cqcparse.reading.cells import parts_of


@attrs.frozen
class ScoreRow:
    """A row with the name of a statement, its score, and what else stands behind the name."""

    name: Span
    score: ScoreLine
    behind: tuple[Span, ...]


def heads_of(document: Document) -> dict[int, str]:
    """Return the text at the head of its column for each cell, by the offset of the cell."""
    return {
        cell.span.start: heads[cell.column]
        for table in document.tables
        for heads in [dict(_heads(document.text, table))]
        for cell in table.cells
        if cell.row and cell.column in heads
    }


def score_cells(heads: Mapping[int, str], framework: Framework) -> frozenset[int]:
    """Return where the cells begin that stand below a label of scores, such as "Score"."""
    labels = {head for head in set(heads.values()) if _is_score_label(head, framework)}
    return frozenset(start for start, head in heads.items() if head in labels)


def read_row(
    text: str, span: Span, framework: Framework, columns: AbstractSet[int]
) -> ScoreRow | None:
    """Return the name and the score of a statement in a row; None if it does not print both.

    A number is a score behind the name of a statement in a short row, and in a column of scores
    behind any name.

    Args:
        text: The text of the document.
        span: A block of it.
        framework: The profile with the statements.
        columns: Where the cells of columns of scores begin.
    """
    parts = [*parts_of(text, span)]
    if len(parts) == 1:
        return None
    name: Span | None = None
    for number, part in enumerate(parts):
        content = text[part.start : part.end] if len(part) <= MAX_LINE else ""
        known = framework.matcher.find(content) if name is None else None
        if known is not None and known.kind == "statement":
            name = part
            continue
        listed = part.start in columns
        score = framework.score_reader.read(content) if listed or name else None
        if score is None or score.value is None or not (listed or len(span) <= MAX_LINE):
            continue
        first = number if name is None else parts.index(name) + 1
        name = name or (parts[number - 1] if number else None)
        return ScoreRow(name, score, tuple(parts[first:])) if name else None
    return None


def _heads(text: str, table: PrintedTable) -> Iterator[tuple[int, str]]:
    """Yield the columns of a table and what stands at the head of each."""
    for cell in table.cells:
        if cell.row == 0 and len(cell.span) <= MAX_LINE:
            for column in range(cell.column, cell.column + cell.columns):
                yield column, text[cell.span.start : cell.span.end]


def _is_score_label(head: str, framework: Framework) -> bool:
    line = framework.score_reader.read(head)
    return line is not None and line.labelled and line.value is None

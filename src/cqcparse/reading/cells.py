"""Lines that are rows of a table: where their cells and the paragraphs of a cell stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cqcparse.model.document import PrintedCell, PrintedTable
from cqcparse.model.spans import Span

#: What opens a list item; white space behind it parts nothing.
BULLET = re.compile(
    r"\s*(?:[-*+•◦‣▪▫●○■□·–—\uf0b7]\s+|[•◦‣▪●○■\uf0b7]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+)"
)

#: A tab ends a cell, and so do spaces that set columns apart; a blank line a paragraph in it.
_BORDER = re.compile(r"\t|\n[^\S\n]*\n|(?<=\S)[ \xa0]{4,}(?=\S)")
_SIGNS = ("\t", "\n", "    ", "\xa0\xa0")
#: What ends a cell in a row as Markdown has it.
_PIPE = re.compile(r"(?<!\\)\|")
#: Fewest bars in such a row: two cells, and its ends.
_MIN_PIPES = 3
#: What stands between the head of a table and its body, in Markdown.
_RULE = re.compile(r"[\s|:+=-]*")


def parts_of(text: str, span: Span) -> Iterator[Span]:
    r"""Yield the paragraphs of the cells of a block; most blocks are one by themselves.

    Cells end with ``\t`` or four spaces, or with ``|`` in a line that begins and ends with it,
    the paragraphs of a cell with a blank line. Behind the mark of a list item a tab is only white
    space.

    Args:
        text: The whole text of a document.
        span: One block of it.
    """
    for start, end, _ in _cells(text, span):
        yield Span(start, end)


def is_row(text: str, span: Span) -> bool:
    """Return whether a line has several cells.

    Args:
        text: The whole text of a document.
        span: One line of it.
    """
    return len([*_cells(text, span)]) > 1


def tables_of(text: str) -> tuple[PrintedTable, ...]:
    """Return the tables in plain text: rows that follow each other, blank lines or not."""
    if "\t" not in text and "|" not in text:
        return ()
    tables: list[PrintedTable] = []
    rows: list[list[PrintedCell]] = []
    place = 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        start = place + line.index(content)
        place += len(line)
        cells = [*_cells(text, Span(start, start + len(content)))]
        if len(cells) > 1:
            rows.append(
                [
                    PrintedCell(span=Span(begin, end), row=len(rows), column=column)
                    for begin, end, column in cells
                ]
            )
        elif rows and content and not _RULE.fullmatch(content):
            tables.append(_table(rows))
            rows = []
    return (*tables, _table(rows)) if rows else tuple(tables)


def _table(rows: list[list[PrintedCell]]) -> PrintedTable:
    return PrintedTable(cells=tuple(cell for row in rows for cell in row))


def _cells(text: str, span: Span) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and column of each part of a block that is not empty."""
    start, end = span.start, span.end
    if any(text.find(sign, start, end) >= 0 for sign in _SIGNS):
        bullet = BULLET.match(text, start, end)
        borders = _BORDER.finditer(text, bullet.end() if bullet else start, end)
    elif _is_piped(text, start, end):
        if _RULE.fullmatch(text, start, end):
            return
        start, end = start + 1, end - 1
        borders = _PIPE.finditer(text, start, end)
    else:
        yield start, end, 0
        return
    column = 0
    for match in borders:
        yield from _trimmed(text, start, match.start(), column)
        column += match[0][0] != "\n"
        start = match.end()
    yield from _trimmed(text, start, end, column)


def _is_piped(text: str, start: int, end: int) -> bool:
    """Return whether a line begins and ends with a bar, and has one between."""
    if start == end or not text[start] == text[end - 1] == "|":
        return False
    return text.count("|", start, end) >= _MIN_PIPES


def _trimmed(text: str, start: int, end: int, column: int) -> Iterator[tuple[int, int, int]]:
    """Yield a part without the white space around it, if there is more of it."""
    part = text[start:end].lstrip()
    if part:
        start = end - len(part)
        yield start, start + len(part.rstrip()), column

"""The blocks of a web page in reading order, each with the path of its element."""

from __future__ import annotations

from collections import Counter

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cqcparse.model.document import BlockKind, Omission, Origin
from cqcparse.reading.html_elements import Element, describe, is_toggle, says_level
from cqcparse.reading.html_inline import (
    is_picture,
    is_raised,
    said_of_picture,
    stands_for_value,
)
from cqcparse.reading.html_lines import TAB, Line, join_lines, row_of
from cqcparse.reading.html_page import Page, is_control, shown_length
from cqcparse.reading.html_tables import Attributes, Grid
from cqcparse.reading.link_lists import Found, without_link_lists
from cqcparse.reading.note_marks import is_mark
from cqcparse.reading.structure import Piece, could_be_heading

_MAX_HEADING = 300  # code points; a longer "heading" is an element somebody forgot to close
_MAX_DEPTH = 100  # of a path that is written out
_BUTTONS = frozenset({"a", "button", "span"})
_CELLS = frozenset({"td", "th"})
_PARTS_OF_TABLE = frozenset({"tr", *_CELLS})


def read_blocks(
    tree: LexborHTMLParser, *, keeps_tabs: bool = False
) -> tuple[tuple[Piece, ...], tuple[Omission, ...]]:
    """Return what is read of a page, in order, and what is left out of it.

    Args:
        tree: The page.
        keeps_tabs: Whether a tab in the text ends a cell.
    """
    if tree.root is None:
        return (), ()
    walker = _Walker(Page(tree), keeps_tabs=keeps_tabs)
    walker.walk(tree.root)
    pieces, omissions = without_link_lists(walker.found, anywhere=not walker.page.has_article)
    return pieces, (*walker.omissions, *omissions)


class _Walker:
    """Goes through a page once, without recursion, however deep it is nested."""

    def __init__(self, page: Page, *, keeps_tabs: bool = False) -> None:
        self.page = page
        self._keeps_tabs = keeps_tabs
        self.found: list[Found] = []
        self.omissions: list[Omission] = []
        self._ordinals: Counter[str] = Counter()
        self._level = 1
        self._tables = 0
        self._lines = [Line()]
        self._open = [Element(tag="", step="", ordinal=0)]

    def walk(self, root: LexborNode) -> None:
        """Read everything in *root*."""
        place: tuple[int, LexborNode] | None = (1, root)
        while place is not None:
            depth, node = place
            child = node.first_child if self._enter(node) else None
            place = self._next_place(depth, node) if child is None else (depth + 1, child)

    def _next_place(self, depth: int, start: LexborNode) -> tuple[int, LexborNode] | None:
        """Leave elements up to one that has a next sibling; return that and its depth."""
        node: LexborNode | None = start
        while node is not None:
            if len(self._open) > depth:
                self._leave()
            if depth == 1:
                return None
            following = node.next
            if following is not None:
                return depth, following
            node, depth = node.parent, depth - 1
        return None

    def _enter(self, node: LexborNode) -> bool:
        """Read a node and return whether what is in it is to be read too."""
        tag = node.tag or ""
        if tag == "-text":
            self._add_text(node.text_content or "")
        elif tag == "br":
            self._next_line()
        elif node.is_element_node:
            return self._enter_element(node, tag)
        return False

    def _enter_element(self, node: LexborNode, tag: str) -> bool:
        parent = self._open[-1]
        attributes: Attributes = node.attributes
        self._ordinals[tag] += 1
        element = Element(tag, parent.step_to(tag), self._ordinals[tag])
        element.is_read = parent.is_read or self._is_root(node, tag)
        describe(element, parent, attributes, self._level)
        if element.is_read and is_picture(tag, attributes):
            self._read_picture(node, element, attributes)
            return False
        if tag == "table":
            self._enter_table(node, element, attributes)
        reason = self._reason_to_omit(node, element, attributes, parent)
        if reason is not None:
            self._omit(node, element, reason, shown_length(node))
            return False
        if element.is_block:
            self._end_block(parent)
        if element.heading and says_level(tag, attributes):
            self._level = element.heading.level
        self._open.append(element)
        if tag in _PARTS_OF_TABLE and element.grid:
            self._enter_part(element.grid, element, attributes)
        return True

    def _read_picture(self, node: LexborNode, element: Element, attributes: Attributes) -> None:
        """Read the text that stands for a picture, if it may be a value; else leave it out."""
        said, shown = said_of_picture(node, element.tag, attributes), shown_length(node)
        reason = self.page.reason_to_omit(node, "img", attributes, sectioned=element.is_sectioned)
        if said and reason is None and stands_for_value(said, node, self.page):
            self._add_text(f" {said} ")
            self._omit(node, element, "media", max(shown - len(said), 0))
        else:
            self._omit(node, element, reason or "media", max(shown, len(said)))

    def _enter_table(self, node: LexborNode, element: Element, attributes: Attributes) -> None:
        for_looks = attributes.get("role") in {"presentation", "none"}
        element.in_layout = for_looks or self.page.is_layout(node)
        nesting = element.in_layout and node.css_first("table table") is not None
        if for_looks or nesting:
            element.grid = None
        else:
            self._tables += 1
            element.grid = Grid(number=self._tables)

    def _enter_part(self, grid: Grid, element: Element, attributes: Attributes) -> None:
        """Go on in a table that a row or a cell of has been entered."""
        if element.tag == "tr":
            grid.enter_row()
        else:
            grid.enter_cell(element.tag, attributes)
            self._lines[-1].cell = grid.cell

    def _leave(self) -> None:
        element = self._open[-1]
        if element.is_block:
            self._end_block(self._open[-2])
        if element.grid and element.tag in _CELLS:
            element.grid.cell = None
        self._open.pop()

    def _is_root(self, node: LexborNode, tag: str) -> bool:
        roots = self.page.roots
        return tag in {"body", "frameset"} if roots is None else node.mem_id in roots

    def _reason_to_omit(
        self, node: LexborNode, element: Element, attributes: Attributes, parent: Element
    ) -> str | None:
        tag = element.tag
        if not element.is_read and (tag in {"html", "head"} or self.page.leads_to_article(node)):
            return None
        reason = self.page.reason_to_omit(
            node, tag, attributes, sectioned=element.is_sectioned or element.in_row
        )
        if reason is None and not element.is_read:
            return "outside-article"
        if reason is None and is_raised(tag, attributes):
            before = self._lines[-1].end
            reason = "note-mark" if is_mark(node.text(), before) else None
        return reason or self._control(node, element, attributes, parent)

    def _control(
        self, node: LexborNode, element: Element, attributes: Attributes, parent: Element
    ) -> str | None:
        """Return ``control`` for a button that is not the heading of a part it opens."""
        is_button = element.tag == "button" or attributes.get("role") == "button"
        if not is_button and not (parent.heading and element.tag in _BUTTONS and attributes):
            return None
        if is_control(self.page.text_of(node).head.rstrip()):
            return "control" if is_button or "toggle" in (attributes.get("class") or "") else None
        opens = not is_button or parent.heading or is_toggle(element.tag, attributes)
        return None if opens else "control"

    def _omit(self, node: LexborNode, element: Element, reason: str, length: int) -> None:
        for inner in node.traverse():
            self._ordinals[inner.tag or ""] += 1
        self._ordinals[element.tag] -= 1  # counted when it was entered
        is_text = self._open[-1].tag != "head" or reason in {"script", "style"}
        if length and is_text:
            self._open.append(element)
            path = self._path(len(self._open) - 1)
            self._open.pop()
            self.omissions.append(Omission(reason=reason, path=path, length=length))

    def _add_text(self, text: str) -> None:
        element = self._open[-1]
        if element.is_read:
            if self._keeps_tabs and "\t" in text and not element.is_verbatim:
                text = text.replace("\t", TAB)
            self._lines[-1].add(text, bold=element.is_bold, linked=element.is_link)
        elif text.strip():
            path = self._path(len(self._open) - 1)
            length = len(text.strip())
            self.omissions.append(Omission(reason="outside-article", path=path, length=length))

    def _end_block(self, around: Element) -> None:
        if around.in_row:
            self._next_line(opens=True)
        else:
            self._flush()

    def _next_line(self, *, opens: bool = False) -> None:
        self._lines.append(Line(cell=self._lines[-1].cell, opens=opens))

    def _flush(self) -> None:
        """Turn the lines read so far into pieces of the innermost block."""
        lines, self._lines = self._lines, [Line()]
        if not any(line.length for line in lines):
            return
        place = len(self._open) - 1
        while not self._open[place].is_block:
            place -= 1
        block = self._open[place]
        origin = Origin(path=self._path(place))
        if block.in_row:
            text, cells = row_of(lines)
            table = block.grid.number if block.grid else None
            piece = Piece(text=text, kind=block.kind, origin=origin, table=table, cells=cells)
            is_link = all(line.is_link for line in lines)
            self.found.append(Found(piece=piece, is_link=is_link))
            return
        for line in join_lines(lines, verbatim=block.is_verbatim):
            self.found.append(Found(piece=self._piece(line, block, origin), is_link=line.is_link))

    def _piece(self, line: Line, block: Element, origin: Origin) -> Piece:
        kind, level = self._kind(line, block)
        piece = Piece(text=line.text, kind=kind, level=level, origin=origin)
        cell = block.grid.cell if block.grid else None
        if cell is None or block.grid is None:
            return piece
        cells = (cell.at(0, len(line.text)),)
        return attrs.evolve(piece, table=block.grid.number, cells=cells)

    def _kind(self, line: Line, block: Element) -> tuple[BlockKind, int | None]:
        """Return what a line of a block is, and the level of a heading."""
        heading = block.heading
        if heading and heading.is_open and len(line.text) <= _MAX_HEADING:
            heading.is_open = False
            return "heading", heading.level
        if block.is_verbatim:
            return "text", None
        if block.kind == "paragraph" and line.is_bold and could_be_heading(line.text):
            return "heading", self._level + 1
        return block.kind, None

    def _path(self, place: int) -> str:
        """Return the XPath of an open element: step by step, or by its number if it is deep."""
        if place > _MAX_DEPTH:
            element = self._open[place]
            return f"/descendant::{element.tag}[{element.ordinal}]"
        return "/".join(element.step for element in self._open[: place + 1])

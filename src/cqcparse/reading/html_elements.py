"""What the elements around a place in a web page say of the text that stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from cqcparse.model.document import BlockKind
from cqcparse.reading.html_tables import Attributes, Grid

_BLOCKS = frozenset(
    [
        *("address", "article", "blockquote", "body", "center", "details", "div", "fieldset"),
        *("figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend"),
        *("main", "p", "pre", "section", "summary"),
        *("dd", "dir", "dl", "dt", "li", "ol", "ul"),
        *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    ]
)
_ITEMS = frozenset({"li", "dt", "dd"})
_SECTIONS = frozenset({"article", "section", "main"})
_HEADINGS: Mapping[str, int] = {f"h{level}": level for level in range(1, 7)}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_TOGGLES = frozenset({"aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle"})


class Heading:
    """A heading element: the first text in it is the heading.

    Args:
        level: Its level, from 1.
    """

    def __init__(self, level: int) -> None:
        self.level = level
        #: Whether its text has not been seen yet.
        self.is_open = True


@attrs.define
class Element:
    """An element that has been entered and not left yet."""

    tag: str
    #: Its step in an XPath, such as ``p[2]``.
    step: str
    #: Number of elements with this tag up to here, from the start of the page.
    ordinal: int
    #: Whether its text belongs to the article.
    is_read: bool = False
    is_block: bool = False
    kind: BlockKind = "paragraph"
    heading: Heading | None = None
    #: Whether it lies in a table that only arranges parts of the page.
    in_layout: bool = False
    #: Whether it is a row of any other table, or lies in one.
    in_row: bool = False
    #: The innermost table that it lies in, where that has rows and columns.
    grid: Grid | None = None
    is_bold: bool = False
    is_link: bool = False
    #: Whether line ends count, as in ``pre``.
    is_verbatim: bool = False
    #: Whether it lies in a section, whose header or footer it may be.
    is_sectioned: bool = False
    counts: dict[str, int] = attrs.field(factory=dict)

    def step_to(self, tag: str) -> str:
        """Count a child with this *tag* and return its step."""
        number = self.counts[tag] = self.counts.get(tag, 0) + 1
        return tag if tag in {"html", "head", "body", "main"} else f"{tag}[{number}]"


def describe(element: Element, parent: Element, attributes: Attributes, level: int) -> None:
    """Fill in what *element* is, from its tag, its attributes and the element around it.

    Args:
        element: The element, entered just now.
        parent: The element around it.
        attributes: Its attributes.
        level: Level of the heading before, for a heading that does not say its own.
    """
    tag = element.tag
    element.is_block = tag in _BLOCKS
    element.kind = parent.kind
    element.heading = parent.heading
    element.in_row = parent.in_row
    element.in_layout = parent.in_layout
    element.grid = parent.grid
    element.is_bold = parent.is_bold or tag in {"b", "strong"} or _is_bold(attributes)
    element.is_link = parent.is_link or tag == "a"
    element.is_verbatim = parent.is_verbatim or tag in {"pre", "listing", "xmp", "plaintext"}
    element.is_sectioned = parent.is_sectioned or parent.tag in _SECTIONS
    if parent.kind != "furniture":
        _describe_kind(element)
    own_level = _heading_level(tag, attributes, level, in_heading=parent.heading is not None)
    if own_level:
        element.is_block = True
        element.heading = Heading(own_level)


def says_level(tag: str, attributes: Attributes) -> bool:
    """Return whether an element is a heading by its tag or role, and not by what it does."""
    return tag in _HEADINGS or attributes.get("role") == "heading"


def is_toggle(tag: str, attributes: Attributes) -> bool:
    """Return whether the element is a button that opens the part of the page below it."""
    is_button = tag == "button" or attributes.get("role") == "button"
    return is_button and not _TOGGLES.isdisjoint(attributes)


def _describe_kind(element: Element) -> None:
    if element.tag in _ITEMS:
        element.kind = "list-item"
    elif element.tag == "tr" and not element.in_layout:
        element.kind = "table-row"
        element.in_row = True
    elif element.tag == "footer":
        element.kind = "furniture"


def _heading_level(tag: str, attributes: Attributes, level: int, *, in_heading: bool) -> int | None:
    if tag in _HEADINGS:
        return _HEADINGS[tag]
    if not attributes and tag != "summary":
        return None
    if attributes.get("role") == "heading":
        stated = attributes.get("aria-level") or ""
        return int(stated) if stated in set("123456") else level + 1
    if not in_heading and (tag == "summary" or is_toggle(tag, attributes)):
        return level + 1
    return None


def _is_bold(attributes: Attributes) -> bool:
    return "style" in attributes and bool(_BOLD_STYLE.search(attributes["style"] or ""))

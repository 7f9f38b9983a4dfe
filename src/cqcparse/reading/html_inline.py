"""What stands within the lines of a web page and is no word of them: raised text, pictures."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from cqcparse.reading.html_page import Page
from cqcparse.reading.html_tables import Attributes

_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)

#: Longest text that stands for a picture and is read, in code points, and longest label beside it.
_LONGEST_TEXT, _LONGEST_LABEL = 80, 60
_SCORE = re.compile(r"\b(?:score|rating)\W+(?:is\s+|of\s+)?\w", re.IGNORECASE)
_FOR_LOOKS = frozenset({"presentation", "none"})
_INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "picture"})


def is_raised(tag: str, attributes: Attributes) -> bool:
    """Return whether what an element holds stands above the line."""
    return tag == "sup" or (
        "style" in attributes and bool(_RAISED.search(attributes["style"] or ""))
    )


def is_picture(tag: str, attributes: Attributes) -> bool:
    """Return whether an element is a picture, for which a text may stand."""
    return tag in {"img", "svg"} or (attributes.get("role") == "img" and "aria-label" in attributes)


def said_of_picture(node: LexborNode, tag: str, attributes: Attributes) -> str:
    """Return the text that stands for a picture where it is not shown; it may be empty."""
    if attributes.get("aria-hidden") == "true" or attributes.get("role") in _FOR_LOOKS:
        return ""
    title = node.css_first("title") if tag == "svg" else None
    said = attributes.get("aria-label") or attributes.get("alt") or (title.text() if title else "")
    return " ".join(said.split())


def stands_for_value(said: str, node: LexborNode, page: Page) -> bool:
    """Return whether the text of a picture may be a score or a rating, or what a label speaks of.

    Args:
        said: The text.
        node: The picture.
        page: The page it is on.
    """
    if len(said) > _LONGEST_TEXT:
        return False
    if _SCORE.search(said):
        return True
    block = node.parent or node
    while block.tag in _INLINE and block.parent is not None:
        block = block.parent
    return page.text_of(block).length <= _LONGEST_LABEL

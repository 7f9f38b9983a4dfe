"""How much text stands in each element of a web page, and how it begins."""

from __future__ import annotations

import attrs
from selectolax.lexbor import LexborNode

_LINKS = frozenset({"a", "button"})
_HEAD = 200  # code points of the beginning that are kept


@attrs.define
class Text:
    """The text in one element."""

    #: Code points, without the white space around its parts.
    length: int = 0
    #: How many of them stand in links or buttons, the element itself among these.
    linked: int = 0
    #: The first 200 code points of the text as it stands, or all if it is shorter.
    head: str = ""
    speaks_of_cookies: bool = False

    def add(self, inner: Text) -> None:
        """Add the text of a part."""
        self.length += inner.length
        self.linked += inner.linked
        self.speaks_of_cookies = self.speaks_of_cookies or inner.speaks_of_cookies
        if len(self.head) < _HEAD:
            self.head = (self.head + inner.head).lstrip()[:_HEAD]


def texts_in(root: LexborNode, *, without: frozenset[str]) -> dict[int, Text]:
    """Return the text of all elements in *root*, by ``mem_id``, from one walk without recursion.

    Args:
        root: The element to look into.
        without: Elements that are not looked into.
    """
    found: dict[int, Text] = {}
    outer: list[tuple[LexborNode, Text]] = []
    element, text = root, Text()
    node = root.first_child
    while True:
        if node is None:
            if element.tag in _LINKS:
                text.linked = text.length
            found[element.mem_id] = text
            if not outer:
                return found
            node, inner = element.next, text
            element, text = outer.pop()
            text.add(inner)
        elif node.is_text_node:
            text.add(_words(node.text_content or ""))
            node = node.next
        elif node.is_element_node and node.tag not in without:
            outer.append((element, text))
            element, text = node, Text()
            node = element.first_child
        else:
            node = node.next


def _words(content: str) -> Text:
    return Text(
        length=len(content.strip()),
        head=content[:_HEAD],
        speaks_of_cookies="cookie" in content.lower(),
    )

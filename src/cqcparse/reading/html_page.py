"""Which elements of a web page are the report, and for what the others are taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cqcparse.reading.html_tables import Attributes
from cqcparse.reading.html_texts import Text, texts_in

#: Elements whose text a browser does not show as text of the page.
NEVER_SHOWN: Mapping[str, str] = {
    **dict.fromkeys(("script", "noscript", "template"), "script"),
    "style": "style",
    **dict.fromkeys(
        ("audio", "canvas", "embed", "iframe", "math", "object", "svg", "video"), "media"
    ),
    **dict.fromkeys(("datalist", "input", "option", "select", "textarea"), "control"),
}
_BY_TAG: Mapping[str, str] = {
    "nav": "navigation",
    "menu": "navigation",
    "aside": "aside",
    "dialog": "dialog",
    **dict.fromkeys(("del", "s", "strike"), "struck-out"),
}
_BY_ROLE: Mapping[str, str] = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "banner": "page-header",
    "contentinfo": "page-footer",
    "complementary": "aside",
    "search": "control",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
#: Words of a class or id, and for what the element is taken if what is in it bears that out.
_BY_WORD: Mapping[str, str] = {
    **dict.fromkeys(
        ("consent", "cookie", "cookies", "cookiebot", "gdpr", "onetrust"), "cookie-notice"
    ),
    **dict.fromkeys(
        ("nav", "navbar", "navigation", "breadcrumb", "breadcrumbs", "menu", "pager", "pagination"),
        "navigation",
    ),
    **dict.fromkeys(("skip", "skiplink", "toc"), "navigation"),
    **dict.fromkeys(("related", "recommended", "newsletter", "share", "sharing"), "related-links"),
    **dict.fromkeys(("feedback", "survey"), "form"),
}
#: Words that begin the name of a state or a layout, not of a part: ``has-cookie-banner``.
_NOT_A_PART = frozenset({"has", "is", "js", "layout", "no", "not", "with", "without"})
_UNSEEN = frozenset(
    {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "u-hidden"}
)
_PANEL_WORDS = re.compile(r"accordion|collaps|disclosure|expand|panel|tab|toggle", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z][a-z]*|[A-Z]+")
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK_OUT = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_CONTROL = re.compile(
    r"(?:show|hide|view|open|close|expand|collapse|read|see)"
    r"(?: (?:all|more|less|menu|this|the|sections?|panel|details|search|navigation)\b.{0,30})?"
    r"|(?:print|download|copy|share this|accept|reject)\b.{0,30}|share|search|menu|back to top",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MIN_ARTICLE = 200  # code points
_MIN_HEADING = 3  # code points; less is a sign such as "+"
_MAX_ASIDE = 6000  # code points; what is longer is no menu or notice, whatever its class says
_MAX_MARKS = 200
_MAX_FORM = 600  # code points; what is longer and has paragraphs is a page in a form


class Page:
    """The structure of one page, as far as it decides what is read.

    Args:
        tree: The page as browsers see it.
    """

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        marks = tree.css("h1, main, [role=main], article")[:_MAX_MARKS]
        self._root = self._article(marks)
        #: Whether the page says where its article is.
        self.has_article = self._root is not None
        self._title = _title_outside(marks, self._root) if self._root else None
        kept = [node for node in (self._root, self._title) if node]
        #: Elements to be read, by ``mem_id``; None for the whole body.
        self.roots = {node.mem_id for node in kept} if kept else None
        self._around_roots = _ancestors(kept)
        self._protected = self._around_roots | _ancestors(
            [node for node in marks if node.tag == "h1"], themselves=True
        )
        self._layout_tables = _ancestors(
            tree.css("table table, td h1, td h2, td h3, td ul, td p+p+p")
        )
        self._controlled = {
            name
            for node in tree.css("[aria-controls]")
            for name in (node.attributes.get("aria-controls") or "").split()
        }

    def leads_to_article(self, node: LexborNode) -> bool:
        """Return whether the article, or its title, is inside *node*."""
        return node.mem_id in self._around_roots

    def is_layout(self, table: LexborNode) -> bool:
        """Return whether *table* only arranges parts of the page."""
        return table.mem_id in self._layout_tables

    def reason_to_omit(
        self, node: LexborNode, tag: str, attributes: Attributes, *, sectioned: bool
    ) -> str | None:
        """Return for what an element of the article is taken, or None if it is read.

        Args:
            node: The element.
            tag: Its name.
            attributes: Its attributes.
            sectioned: Whether it lies in an article or section, whose header and footer it may be.
        """
        if tag in NEVER_SHOWN:
            return NEVER_SHOWN[tag]
        if not attributes and tag not in _BY_TAG and tag not in {"header", "footer", "form"}:
            return None
        if node.mem_id in self._protected:
            return None
        role = attributes.get("role") or ""
        reason = _BY_TAG.get(tag) or _BY_ROLE.get(role)
        if reason is None and tag in {"header", "footer"} and not sectioned:
            reason = f"page-{tag}"
        if reason == "aside" and self.has_article and not self._bears_out(node, reason):
            reason = None
        if reason is None and tag == "form" and self._bears_out(node, "form"):
            reason = "form"
        if reason is None and _STRUCK_OUT.search(attributes.get("style") or ""):
            reason = "struck-out"
        return reason or self._hidden(tag, attributes) or self._by_class(node, attributes)

    def _hidden(self, tag: str, attributes: Attributes) -> str | None:
        classes = (attributes.get("class") or "").split()
        if tag not in _HEADINGS and any(
            name.rpartition("govuk-")[2] in _UNSEEN for name in classes
        ):
            return "hidden"
        if "hidden" not in attributes and not _NOT_DISPLAYED.search(attributes.get("style") or ""):
            return None
        opens = (
            attributes.get("hidden") == "until-found"
            or attributes.get("id") in self._controlled
            or attributes.get("role") in {"tabpanel", "region"}
            or _PANEL_WORDS.search(attributes.get("class") or "") is not None
        )
        return None if opens else "hidden"

    def _by_class(self, node: LexborNode, attributes: Attributes) -> str | None:
        for name in f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split():
            words = [word.lower() for word in _WORDS.findall(name)]
            if not words or words[0] in _NOT_A_PART:
                continue
            for word in words:
                reason = _BY_WORD.get(word)
                if reason and self._bears_out(node, reason):
                    return reason
        return None

    def _bears_out(self, node: LexborNode, reason: str) -> bool:
        """Return whether *node* is small and has in it what such a part has.

        An id is often made from a heading, such as "Learning from feedback", and proves nothing.
        """
        text = self.text_of(node)
        if text.length > _MAX_ASIDE:
            return False
        if reason == "cookie-notice":
            return text.speaks_of_cookies
        if reason == "form":
            is_form = node.css_first("input, select, textarea, button") is not None
            return is_form and (text.length <= _MAX_FORM or node.css_first("p") is None)
        return text.linked * 2 >= text.length

    def text_of(self, node: LexborNode) -> Text:
        """Return how much text that may be shown stands in an element, and how it begins."""
        return self._texts.get(node.mem_id) or Text()

    @cached_property
    def _texts(self) -> Mapping[int, Text]:
        root = self._tree.root
        return texts_in(root, without=frozenset(NEVER_SHOWN)) if root else {}

    def _article(self, marks: list[LexborNode]) -> LexborNode | None:
        """Return the element that holds the article, if the page says so."""
        for node in marks:
            if node.tag not in {"h1", "article"} and self._has_article_text(node):
                return node
        articles = [node for node in marks if node.tag == "article"]
        outer = [node for node in articles if not _has_ancestor(node, "article")]
        return outer[0] if len(outer) == 1 and self._has_article_text(outer[0]) else None

    def _has_article_text(self, node: LexborNode) -> bool:
        if node.css_first("h1, h2, h3, p"):
            return True
        return self.text_of(node).length >= _MIN_ARTICLE


def is_control(text: str) -> bool:
    """Return whether the text of a button says what it does, so that it is no heading."""
    return len(text) < _MIN_HEADING or _CONTROL.fullmatch(text) is not None


def shown_length(node: LexborNode) -> int:
    """Return the length of the text in *node*, in code points, without the white space around."""
    return sum(
        len((inner.text_content or "").strip())
        for inner in node.traverse(include_text=True)
        if inner.is_text_node
    )


def _title_outside(marks: list[LexborNode], root: LexborNode) -> LexborNode | None:
    """Return the last ``h1`` before the article, if there is none in it."""
    if root.tag == "h1" or root.css_first("h1"):
        return None
    title = None
    for node in marks:
        if node.mem_id == root.mem_id:
            break
        if node.tag == "h1" and not _has_ancestor(node, "nav"):
            title = node
    return title


def _ancestors(nodes: list[LexborNode], *, themselves: bool = False) -> frozenset[int]:
    """Return the ``mem_id`` of all elements around *nodes*."""
    found: set[int] = set()
    for start in nodes:
        node: LexborNode | None = start if themselves else start.parent
        while node is not None and node.mem_id not in found:
            found.add(node.mem_id)
            node = node.parent
    return frozenset(found)


def _has_ancestor(start: LexborNode, tag: str) -> bool:
    node = start.parent
    while node is not None and node.tag != tag:
        node = node.parent
    return node is not None

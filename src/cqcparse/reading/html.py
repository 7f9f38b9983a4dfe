"""Web pages: the report in them as blocks, and what else is on the page as omissions."""

from __future__ import annotations

import re

import attrs
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cqcparse.errors import ReadError
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.reading.encodings import decode
from cqcparse.reading.html_blocks import read_blocks
from cqcparse.reading.html_limits import excess
from cqcparse.reading.structure import assemble

MEDIA_TYPE = "text/html"

_SAVED_FROM = re.compile(r"\s*saved from url=\(\d+\)(\S+)")
_SPACES = re.compile(r"[ \t\n\r\f]+")


@attrs.frozen(kw_only=True)
class Markup:
    """A page and what is known of it from outside; other formats become one to be read."""

    html: str
    source: str | None
    media_type: str = MEDIA_TYPE
    encoding: str | None = None
    address: str | None = None
    #: Whether a tab in the text is one that somebody set, and not white space between words.
    keeps_tabs: bool = False
    #: What was said when it was decoded; their spans are no places of the text that is read.
    diagnostics: tuple[Diagnostic, ...] = ()
    #: Problem and remedy if there is nothing to be read on the page.
    if_empty: tuple[str, str] = (
        "this page has no article text",
        "save the whole page from a browser, once it is shown in full",
    )


def read_html(data: bytes, source: str | None) -> Document:
    """Read a web page.

    Raises:
        ReadError: If the bytes are not text, or the page has no article in it.
    """
    decoded = decode(data, source)
    return document_from_markup(
        Markup(
            html=decoded.text,
            source=source,
            encoding=decoded.encoding,
            diagnostics=decoded.diagnostics,
        )
    )


def document_from_markup(markup: Markup) -> Document:
    """Read a page as browsers do, without running or fetching anything.

    Raises:
        ReadError: If the page has no article in it, or would take too long to parse.
    """
    problem = excess(markup.html)
    if problem is not None:
        remedy = "give the page as a browser saves it"
        raise ReadError(markup.source or "<bytes>", problem, remedy)
    tree = LexborHTMLParser(markup.html)
    pieces, omissions = read_blocks(tree, keeps_tabs=markup.keeps_tabs)
    if not pieces:
        raise ReadError(markup.source or "<bytes>", *markup.if_empty)
    parts = assemble(pieces)
    return Document(
        text=parts.text,
        source=markup.source,
        title=_title(tree),
        address=markup.address or _address(tree),
        media_type=markup.media_type,
        encoding=markup.encoding,
        blocks=parts.blocks,
        tables=parts.tables,
        diagnostics=tuple(attrs.evolve(said, span=None) for said in markup.diagnostics),
        omissions=omissions,
    )


def _title(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("head > title")
    return _SPACES.sub(" ", node.text()).strip() or None if node else None


def _address(tree: LexborHTMLParser) -> str | None:
    """Return where a browser says it saved the page from, else what the page calls itself."""
    return (
        _saved_from(tree.root)
        or _attribute(tree, "head > link[rel=canonical]", "href")
        or _attribute(tree, "head > meta[property='og:url']", "content")
    )


def _saved_from(root: LexborNode | None) -> str | None:
    node = root.prev if root else None
    while node is not None:
        match = _SAVED_FROM.match(node.comment_content or "") if node.is_comment_node else None
        if match:
            return match[1]
        node = node.prev
    return None


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "").strip() or None if node else None

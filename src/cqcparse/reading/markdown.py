"""Markdown, turned into a page by markdown-it, -> Document."""

from __future__ import annotations

import importlib.util
import re

import attrs

from cqcparse.errors import ReadError
from cqcparse.model.document import Document, Omission
from cqcparse.reading.encodings import decode
from cqcparse.reading.html import Markup, document_from_markup

MEDIA_TYPE = "text/markdown"

_MAX_NESTING = 100  # of which a list takes two; what is deeper would be lost without a word
_NESTING = frozenset({"blockquote_open", "list_item_open"})
#: The mark of a note, which CommonMark has not.
_NOTE_MARK = re.compile(r"\[\^([\w-]{1,20})\](?!:)")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.{0,1000}\r?\n){0,200}?---[ \t]*(?:\r?\n|\Z)")


def read_markdown(data: bytes, source: str | None) -> Document:
    """Read a Markdown file; HTML in it is read as part of it.

    Raises:
        ReadError: If the bytes are no text, there is nothing in it to be read, or
            ``markdown-it-py`` is not installed.
    """
    decoded = decode(data, source)
    front_matter = _FRONT_MATTER.match(decoded.text)
    start = front_matter.end() if front_matter else 0
    document = document_from_markup(
        Markup(
            html=f"<main>{_to_html(decoded.text[start:], source or '<bytes>')}</main>",
            source=source,
            media_type=MEDIA_TYPE,
            encoding=decoded.encoding,
            diagnostics=decoded.diagnostics,
            keeps_tabs=True,
            if_empty=("this Markdown file has no text", "give a report with text in it"),
        )
    )
    if not front_matter:
        return document
    omission = Omission(reason="front-matter", path="", length=len(front_matter[0].strip()))
    return attrs.evolve(document, omissions=(omission, *document.omissions))


def _to_html(text: str, name: str) -> str:
    if importlib.util.find_spec("markdown_it") is None:
        remedy = "run: pip install 'cqcparse[markdown]'"
        raise ReadError(name, "reading Markdown needs markdown-it-py", remedy)
    from markdown_it import MarkdownIt  # noqa: PLC0415 - an extra

    reader = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    reader.enable(["table", "strikethrough"])
    tokens = reader.parse(text)
    if any(token.type in _NESTING and token.level >= _MAX_NESTING - 1 for token in tokens):
        problem = f"lists and quotes are nested in more than {_MAX_NESTING} levels"
        raise ReadError(name, problem, "write it flatter, or give it as text")
    html = str(reader.renderer.render(tokens, reader.options, {}))
    return _NOTE_MARK.sub(r"<sup>[\1]</sup>", html)

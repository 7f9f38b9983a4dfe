"""Section and Paragraph: the tree that tiles a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import attrs

from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span

#: What a section holds.
Role: TypeAlias = Literal[
    "preamble", "score", "expectations", "commitment", "key-findings", "topic", "other", "footer"
]


@attrs.frozen(kw_only=True)
class Paragraph:
    """One paragraph or list item of a section's body, with its sentences.

    Attributes:
        span: Its characters.
        text: The characters of the span.
        sentences: In order; they hold all of the text but white space.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> findings = page.statements[0].sections[-1]
        >>> findings.children[0].paragraphs[0].sentences[0].text[:38]
        'The local authority had strong relatio'
    """

    span: Span
    text: str
    sentences: tuple[Sentence, ...]


@attrs.frozen(kw_only=True)
class Section:
    """A heading and what stands under it.

    ``span`` covers the section with its children; ``own`` covers the heading and the text before
    the first child. The ``own`` spans of all sections, in order, tile the document: they are its
    leaves, and every character lies in exactly one of them.

    Attributes:
        role: What kind of section it is, by its heading.
        title: The heading as printed; None for text under no heading (the preamble).
        level: Depth of the heading, from 1; 0 for a section without one.
        span: The section with its children.
        own: Its heading and the text before its first child.
        body: The part of ``own`` after the heading.
        id: Id of the statement, topic or heading in the framework profile; None for an
            unknown heading.
        children: The sections below it, in order.
        paragraphs: The text of ``body``, in order.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> [section.role for section in page.statements[0].sections]
        ['score', 'expectations', 'commitment', 'key-findings']
        >>> page.statements[0].sections[-1].children[0].title.text
        'Partnership working to deliver shared local and national objectives'
    """

    role: Role
    title: Quote | None
    level: int
    span: Span
    own: Span
    body: Span
    id: str | None = None
    children: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = attrs.field(default=(), repr=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the body, in order; those of the children are theirs."""
        return tuple(s for paragraph in self.paragraphs for s in paragraph.sentences)

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

"""The plugin contract on one screen: what a plugin may provide, and what it is handed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

import attrs
import pluggy

from cqcparse.document import Document
from cqcparse.framework import Framework
from cqcparse.language.acronyms import Acronyms
from cqcparse.language.tokens import Tokens
from cqcparse.mentions import Mention
from cqcparse.sections import Paragraph, Section
from cqcparse.sentences import Sentence
from cqcparse.spans import Span
from cqcparse.statements import StatementAssessment

PROJECT = "cqcparse"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@attrs.frozen(kw_only=True, eq=False)
class View:
    """What an extractor reads: the parsed document, and the mentions it asked for. Read-only."""

    document: Document
    framework: Framework
    #: The sections that tile the document, in order; their children are below them.
    sections: tuple[Section, ...]
    statements: tuple[StatementAssessment, ...]
    #: The body of the key findings by paragraph, without headings and footers.
    findings: tuple[Paragraph, ...]
    #: Name the authority under assessment goes by, in full and short; empty if it is not known.
    authority_names: tuple[str, ...] = ()
    #: The short forms that the findings define.
    acronyms: Acronyms = attrs.field(default=Acronyms(definitions=()), repr=False)
    _mentions: tuple[Mention, ...] = attrs.field(default=(), repr=False)
    _tokens: dict[Span, Tokens] = attrs.field(factory=dict, repr=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the findings, in order."""
        return tuple(s for paragraph in self.findings for s in paragraph.sentences)

    def tokens(self, paragraph: Paragraph) -> Tokens:
        """Return the tokens of *paragraph*; they are made once and shared by all extractors."""
        found = self._tokens.get(paragraph.span)
        if found is None:
            span = paragraph.span
            found = Tokens(self.document.text, span.start, span.end)
            self._tokens[span] = found
        return found

    def mentions(self, kind: str) -> tuple[Mention, ...]:
        """Return the mentions of *kind* found before; only kinds the extractor ``requires`` are there."""
        return tuple(mention for mention in self._mentions if mention.kind == kind)


@runtime_checkable
class Extractor(Protocol):
    """**Protocol:** something that finds mentions of one or more kinds.

    May also have ``requires``, the names of the kinds it reads from the view; default none.
    """

    #: Unique among all loaded plugins, and stable: it is stored with every mention.
    name: str
    #: The kinds of mention it makes.
    produces: tuple[type[Mention], ...]

    def extract(self, view: View) -> Iterable[Mention]:
        """Yield mentions in any order; the core checks, sorts and resolves them."""
        ...


@hookspec
def cqcparse_extractors() -> Iterable[Extractor]:  # type: ignore[empty-body]
    """Return the extractors of this plugin; called once for each parser."""

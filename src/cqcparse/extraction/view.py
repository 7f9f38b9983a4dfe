"""View: what an extractor is handed, the parsed document and the mentions it asked for."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TypeVar, get_args

import attrs

from cqcparse.framework import Framework
from cqcparse.grammar.acronyms import Acronyms
from cqcparse.grammar.layers import Layers
from cqcparse.model.diagnostics import Diagnostic, Severity
from cqcparse.model.document import Document
from cqcparse.model.mentions import Mention
from cqcparse.model.sections import Paragraph, Section
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Span
from cqcparse.model.statements import StatementAssessment
from cqcparse.model.writable import writable

#: Remarks of an extractor on a document, and the longest of them, in code points.
MOST_REMARKS = 20
_LONGEST_REMARK = 500

OptionsT = TypeVar("OptionsT")

#: The parts of a view that are always there. An extractor may name them in ``requires``, beside
#: the kinds of mention it reads, to say what it is made from.
LAYERS = frozenset(
    {
        "acronyms",
        "authority_names",
        "document",
        "findings",
        "framework",
        "layers",
        "sections",
        "sentences",
        "statements",
        "without_rules",
    }
)


@attrs.frozen(kw_only=True, eq=False)
class View:
    """What an extractor reads: the parsed document, and the mentions it asked for. Read-only.

    The extractor of a plugin is handed a view of its own: what it does to it reaches nobody else.

    Attributes:
        document: The text and its blocks.
        framework: The profile that was applied.
        sections: The sections that tile the document, in order; their children are below
            them.
        statements: The quality statements found, in the order of the text.
        findings: The body of the key findings by paragraph, without headings and footers; on the
            summary of a report that of people's experiences, strengths and next steps.
        authority_names: Name the authority under assessment goes by, in full and short;
            empty if it is not known.
        without_rules: Names of rules and frames that the user left out; see :attr:`layers`.

    Examples:
        >>> import cqcparse
        >>> class Capitals:
        ...     name = "capitals"
        ...     produces = (cqcparse.Partner,)
        ...     def extract(self, view):
        ...         for sentence in view.sentences:
        ...             if sentence.text.isupper():
        ...                 yield cqcparse.Partner(span=sentence.span, text=sentence.text)
        >>> [m.text for m in cqcparse.Parser([Capitals()]).parse("AGE UK").mentions]
        ['AGE UK']
    """

    document: Document
    framework: Framework
    sections: tuple[Section, ...]
    statements: tuple[StatementAssessment, ...]
    findings: tuple[Paragraph, ...]
    authority_names: tuple[str, ...] = ()
    without_rules: frozenset[str] = frozenset()
    #: Makes the grammar when it is first asked for.
    _grammar: Callable[[], Layers] = attrs.field(repr=False)
    _mentions: tuple[Mention, ...] = attrs.field(default=(), repr=False)
    #: The kinds whose mentions are there; None for all.
    _readable: frozenset[str] | None = attrs.field(default=None, repr=False)
    _options: object = attrs.field(default=None, repr=False)
    _said: list[Diagnostic] = attrs.field(factory=list, repr=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the findings, in order."""
        return tuple(s for paragraph in self.findings for s in paragraph.sentences)

    @property
    def layers(self) -> Layers:
        """The grammar of the findings; made once and shared by all extractors."""
        return self._grammar()

    @property
    def acronyms(self) -> Acronyms:
        """The short forms that the findings define."""
        return self._grammar().acronyms

    def mentions(self, kind: str) -> tuple[Mention, ...]:
        """Return the mentions of *kind* found before, if the extractor ``requires`` that kind.

        A kind that it does not require has none, and a remark says so once.
        """
        if self._readable is not None and kind not in self._readable:
            self._said_unread(kind)
        return tuple(mention for mention in self._mentions if mention.kind == kind)

    def _said_unread(self, kind: str) -> None:
        message = f"asks for mentions of kind {kind!r:.60}, which it does not require"
        if all(said.message != message for said in self._said):
            self.diagnose(message, severity="info")

    def diagnose(
        self, message: str, *, severity: Severity = "warning", span: Span | None = None
    ) -> None:
        """Add a diagnostic to the result: something that whoever reads it should know.

        It has the code ``extractor-remark`` and the name of the extractor. The first twenty of an
        extractor are kept.

        Args:
            message: One sentence for a person.
            severity: ``info``, ``warning`` or ``error``.
            span: The characters it is about.

        Raises:
            ValueError: If there is no such severity, or the span reaches past the end of the text.
        """
        if severity not in get_args(Severity):
            msg = f"{severity!r:.60} is no severity; they are {', '.join(get_args(Severity))}"
            raise ValueError(msg)
        if span is not None and span.end > len(self.document.text):
            msg = f"{span} reaches past the end of the text at {len(self.document.text)}"
            raise ValueError(msg)
        if len(self._said) < MOST_REMARKS:
            text = writable(textwrap.shorten(message, _LONGEST_REMARK, placeholder=" ..."))
            self._said.append(
                Diagnostic(code="extractor-remark", message=text, severity=severity, span=span)
            )

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What the extractor has said by :meth:`diagnose`."""
        return tuple(self._said)

    def options(self, cls: type[OptionsT]) -> OptionsT:
        """Return the options of this extractor: what the user set, else the defaults of *cls*.

        Args:
            cls: The attrs class that the extractor names as its ``options``.
        """
        return self._options if isinstance(self._options, cls) else cls()


@attrs.frozen(kw_only=True, eq=False)
class WatchedView(View):
    """The view of an extractor of a plugin: whoever asks for words has them watched.

    They are kept in lists, which all extractors share.
    """

    _watch: Callable[[object], None] = attrs.field(repr=False)

    @property
    def layers(self) -> Layers:
        """The grammar of the findings."""
        found = self._grammar()
        self._watch(found)
        return found

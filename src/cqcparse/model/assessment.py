"""Stage 5: Assessment, what a parse returns, and the questions it answers."""

from __future__ import annotations

import datetime as dt
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast, overload

import attrs

from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.facts import Fact
from cqcparse.model.mentions import Funding, Mention, Partner, Service
from cqcparse.model.scores import Overall, Score, Tally
from cqcparse.model.sections import Paragraph, Section
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Quote, Span
from cqcparse.model.statements import Authority, StatementAssessment
from cqcparse.model.tables import Row, TableName

if TYPE_CHECKING:
    from typing import TypeAlias

    from cqcparse.model.references import Reference

    Located: TypeAlias = (
        Span | Quote | Mention | Sentence | Section | Score | StatementAssessment | int
    )

MentionT = TypeVar("MentionT", bound=Mention)
PartT = TypeVar("PartT", Paragraph, Sentence)


@attrs.frozen(kw_only=True)
class Piece:
    """One leaf of the section tree: a section's own characters.

    Attributes:
        span: The section's own characters.
        section: The section.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> page.coverage()[0].span.start, page.coverage()[-1].span.end == len(page.document.text)
        (0, True)
    """

    span: Span
    section: Section


@attrs.frozen(kw_only=True)
class Entity:
    """One thing, and every mention of it in the document, in order.

    Attributes:
        kind: Kind of its mentions.
        canonical: The canonical id or name the mentions share.
        mentions: In the order of the text; at least one.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> [entity.canonical for entity in page.entities("funding")][:2]
        ['continuing-healthcare', 'section-117']
    """

    kind: str
    canonical: str
    mentions: tuple[Mention, ...]


# Not slotted: the indices behind the queries are computed once, on first use.
@attrs.frozen(kw_only=True, slots=False, repr=False)
class Assessment:
    """One document, read: its authority, statements, scores and mentions, each with its place.

    Attributes:
        source: Path, address or name the document came from.
        authority: Who was assessed; None if the document does not say.
        framework: Id of the framework profile that was applied.
        is_local_authority_assessment: Whether the document is such a report; what is not
            has an error ``not-an-assessment``.
        indicative: True for the pilot reports of 2023, whose scores and ratings are
            indicative.
        overall: Rating and percentage of the whole authority; None where the document
            prints neither.
        statements: The quality statements found, in the order of the text.
        mentions: Sorted by start, then the longer first, then kind and extractor.
        diagnostics: What is missing, doubtful or failed; empty if all is well.
        tally: What the scores of all statements add up to; None if one of them is not in
            the document.
        facts: The dates and figures that the page prints about itself and the authority, in
            order.
        sections: The sections that tile the document, in order.
        document: The text that all spans point into.

    Raises:
        ValueError: If something is said to stand outside the text.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> page.authority.short_name, page.statements[0].score.value
        ('Harrow', 3)
        >>> fund = page.funding[0]
        >>> page.document.text[fund.span.start : fund.span.end] == fund.text
        True
    """

    source: str | None
    authority: Authority | None
    framework: str
    is_local_authority_assessment: bool
    indicative: bool
    overall: Overall | None
    statements: tuple[StatementAssessment, ...]
    mentions: tuple[Mention, ...]
    diagnostics: tuple[Diagnostic, ...]
    tally: Tally | None = None
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...]
    document: Document

    def __repr__(self) -> str:
        """Return one line: the whole of it, text included, is :meth:`to_json`."""
        name = self.authority.name if self.authority else "an unknown authority"
        line = (
            f"<Assessment of {name} from {self.source or 'a text'}: "
            f"{len(self.statements)} statements, {len(self.mentions)} mentions, "
            f"{len(self.diagnostics)} diagnostics>"
        )
        return " ".join(line.split())  # a name of a file may hold a line end

    def _repr_html_(self) -> str:
        """Return a card for a notebook: authority, rating, scores in colour."""
        from cqcparse.output.html.notebook import report_card  # noqa: PLC0415 - notebooks only

        return report_card(self)

    def __attrs_post_init__(self) -> None:
        length = len(self.document.text)
        for part in (
            *(self.diagnostics, self.document.diagnostics),
            *(self.mentions, self.facts, self.statements, self.sections),
        ):
            for item in part:
                if item.span is not None and item.span.end > length:
                    msg = f"a {type(item).__name__} at {item.span} is outside the text of {length}"
                    raise ValueError(msg)

    @property
    def funding(self) -> tuple[Funding, ...]:
        """The mentions of money, its sources and mechanisms."""
        return self.of(Funding)

    @property
    def services(self) -> tuple[Service, ...]:
        """The mentions of services."""
        return self.of(Service)

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The mentions of partners."""
        return self.of(Partner)

    @overload
    def of(self, kind: str) -> tuple[Mention, ...]: ...
    @overload
    def of(self, kind: type[MentionT]) -> tuple[MentionT, ...]: ...
    def of(self, kind: str | type[Mention]) -> tuple[Mention, ...]:
        """Return the mentions of one kind, given by its name or its class, in order.

        Raises:
            TypeError: If it is neither.
            ValueError: If the name is none of a kind, and nearly that of one.
        """
        if not isinstance(kind, str) and not hasattr(kind, "kind"):
            msg = f"of takes the name or the class of a kind, not {kind!r:.60}"
            raise TypeError(msg)
        name = kind if isinstance(kind, str) else kind.kind
        found = tuple(mention for mention in self.mentions if mention.kind == name)
        if not found and isinstance(kind, str):
            self._refuse_misspelt(name)
        return found

    def _refuse_misspelt(self, name: str) -> None:
        """Raise an error for what is nearly the name of a kind at hand, and none."""
        import difflib  # noqa: PLC0415 - for a mistake only

        known = {cls.kind for cls in (Funding, Service, Partner)}
        known |= {mention.kind for mention in self.mentions}
        # "finding" is a kind that a plugin may bring, and as near to "funding" as one gets.
        near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.87)
        if name not in known and near:
            msg = f"{name!r} is no kind of mention; did you mean {near[0]!r}?"
            raise ValueError(msg)

    def referred(self, reference: Reference) -> Mention | None:
        """Return the mention that a reference means; None if it is of another document."""
        place = reference.kind, reference.span
        found = (mention for mention in self.mentions if (mention.kind, mention.span) == place)
        return next(found, None)

    def entities(self, kind: str | type[Mention]) -> tuple[Entity, ...]:
        """Return the things of one kind that are named, each with all mentions of it.

        Mentions without a canonical name stand for nothing in particular and are left out.
        """
        groups: dict[str, list[Mention]] = {}
        for mention in self.of(kind):
            if mention.canonical:
                groups.setdefault(mention.canonical, []).append(mention)
        name = kind if isinstance(kind, str) else kind.kind
        return tuple(
            Entity(kind=name, canonical=canonical, mentions=tuple(mentions))
            for canonical, mentions in groups.items()
        )

    def fact(self, id_: str, aspect: str | None = None) -> Fact | None:
        """Return the first fact of that id, such as ``published`` or ``total-budget``.

        Args:
            id_: What the fact is.
            aspect: What is said of it, such as ``actual``; None for any.
        """
        found = (fact for fact in self.facts if fact.id == id_)
        return next((fact for fact in found if aspect in {None, fact.aspect}), None)

    @property
    def published(self) -> dt.date | None:
        """The day on which the page says that the report was published; None if it does not."""
        fact = self.fact("published")
        return fact.date if fact else None

    def section_of(self, where: Located) -> Section:
        """Return the section whose own characters hold the start of *where*.

        Args:
            where: An offset, a span, or anything with a span.

        Raises:
            ValueError: If *where* lies outside the document.
        """
        return self._leaf(_offset(where)).section

    def sentence_of(self, where: Located) -> Sentence | None:
        """Return the sentence that holds the start of *where*; None between sentences."""
        offset = _offset(where)
        paragraph = _holding(self.section_of(offset).paragraphs, offset)
        return None if paragraph is None else _holding(paragraph.sentences, offset)

    def statement_of(self, where: Located) -> StatementAssessment | None:
        """Return the quality statement that holds the start of *where*; None outside of all."""
        offset = _offset(where)
        for statement in self.statements:
            if statement.span.contains(offset):
                return statement
        return None

    def coverage(self) -> tuple[Piece, ...]:
        """Return the leaves of the section tree, in order: they tile the document.

        Raises:
            ValueError: If a character lies in no leaf, or in two; this is a defect of cqcparse.
        """
        position = 0
        for piece in self._pieces:
            if piece.span.start != position:
                msg = f"characters {position} to {piece.span.start} are not in exactly one section"
                raise ValueError(msg)
            position = piece.span.end
        if position != len(self.document.text):
            msg = f"characters {position} to {len(self.document.text)} are in no section"
            raise ValueError(msg)
        return self._pieces

    def walk(self) -> Iterator[Section]:
        """Yield every section, in the order of the text."""
        for section in self.sections:
            yield from section.walk()

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the assessment as JSON; :func:`cqcparse.from_json` gives it back unchanged."""
        from cqcparse.output.serialise import to_json  # noqa: PLC0415 - serialise reads this module

        return to_json(self, indent=indent)

    def to_html(self) -> str:
        """Return a page of HTML that shows the text with its mentions marked.

        It needs no other file and loads nothing, runs no script but its own, and all it shows is
        escaped.
        """
        from cqcparse.output.html import to_html  # noqa: PLC0415 - the viewer reads this module

        return to_html(self)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the page with all that was found in it to a file of the form its suffix says.

        Args:
            path: The file. Its suffix decides: ``.jsonl`` (JSON in one line), ``.jsonld`` (Web
                Annotations of the W3C), ``.label-studio.json``, ``.spacy`` (a ``DocBin``),
                ``.brat.zip`` (brat standoff), or one that a plugin writes.

        Raises:
            DataError: If the suffix is not known, or the file cannot be written.
            MissingPackageError: If a package is missing.

        Examples:
            >>> import tempfile
            >>> from pathlib import Path
            >>> import cqcparse
            >>> path = Path(tempfile.mkdtemp()) / "harrow.label-studio.json"
            >>> cqcparse.read("seeds/harrow.txt").write(path)
            >>> path.stat().st_size > 10_000
            True
        """
        from cqcparse.output.exporting import write_reports  # noqa: PLC0415 - it reads this module

        write_reports(path, [self])

    def rows(self, table: TableName = "mentions") -> list[Row]:
        """Return the rows of a table, each a dictionary.

        The columns are those of the data dictionary, all of them in every row; of mentions they
        are those of the built-in kinds and of the kinds that are there.

        Args:
            table: ``mentions``, ``scores`` (one row), ``facts``, ``statements``, ``sections`` or
                ``sentences``.

        Raises:
            ValueError: If there is no table of that name.
        """
        from cqcparse.output.rows import rows_of  # noqa: PLC0415 - the tables read this module

        return rows_of(self, table)

    @cached_property
    def _pieces(self) -> tuple[Piece, ...]:
        return tuple(Piece(span=section.own, section=section) for section in self.walk())

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.span.start for piece in self._pieces]

    def _leaf(self, offset: int) -> Piece:
        if not 0 <= offset <= len(self.document.text) or not self._pieces:
            msg = (
                f"offset {offset} is outside the document of {len(self.document.text)} code points"
            )
            raise ValueError(msg)
        return self._pieces[max(bisect_right(self._starts, offset) - 1, 0)]


def _holding(parts: Sequence[PartT], offset: int) -> PartT | None:
    """Return which of *parts*, in the order of the text, holds *offset*; None if none does."""
    place = bisect_right(parts, offset, key=lambda part: part.span.start) - 1
    return parts[place] if place >= 0 and parts[place].span.contains(offset) else None


def _offset(where: Located) -> int:
    if isinstance(where, int):
        return where
    if isinstance(where, Span):
        return where.start
    return cast("Quote", where).span.start

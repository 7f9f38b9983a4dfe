"""StatementAssessment and Authority: what was assessed, and who."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from cqcparse.model.scores import Score
from cqcparse.model.sections import Section
from cqcparse.model.spans import Quote, Span

Basis: TypeAlias = Literal["title", "url", "body", "given"]


@attrs.frozen(kw_only=True, repr=False)
class StatementAssessment:
    """What a document says about one quality statement.

    Attributes:
        id: Id in the framework profile, such as ``partnerships``.
        title: The statement's heading as printed.
        theme: Id of the theme the statement belongs to.
        score: Its printed score; None if none is printed.
        sections: The statement's sections, in order; topics are children of the key
            findings.
        span: All of its sections.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> (statement,) = page.statements
        >>> statement.id, statement.theme, statement.score.value
        ('partnerships', 'providing-support', 3)
    """

    id: str
    title: Quote
    theme: str
    score: Score | None
    sections: tuple[Section, ...] = attrs.field(repr=False)
    span: Span

    def __repr__(self) -> str:
        """Return one line."""
        score = self.score.value if self.score else "none"
        return f"<StatementAssessment {self.id}: score {score}, {len(self.sections)} sections>"

    def _repr_html_(self) -> str:
        """Return a card for a notebook."""
        from cqcparse.output.html.notebook import statement_card  # noqa: PLC0415 - notebooks only

        return statement_card(self)


@attrs.frozen(kw_only=True)
class Authority:
    """The local authority that was assessed.

    Attributes:
        name: The register's name where it knows the authority, else as printed.
        short_name: The name without words such as "Council": ``Lincolnshire``.
        ons_code: Code of the Office for National Statistics; None if the register does not
            know the name.
        basis: Where it was read: the ``title``, the ``url`` or name of the source, the
            ``body``, or ``given`` by the caller.
        span: The characters it was read from; None if they are not in the text.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> page.authority.name, page.authority.ons_code
        ('London Borough of Harrow', 'E09000015')
    """

    name: str
    short_name: str
    ons_code: str | None
    basis: Basis
    span: Span | None = None

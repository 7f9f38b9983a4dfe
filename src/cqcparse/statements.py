"""What is read from the sections: statements with their scores, the overall rating, the authority."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from cqcparse.sections import Section
from cqcparse.spans import Quote, Span

Basis: TypeAlias = Literal["title", "url", "body", "given"]


@attrs.frozen(kw_only=True)
class Score:
    """The score of one quality statement."""

    #: From 1 to 4.
    value: int
    #: The words printed beside it, such as ``Evidence shows a good standard``; None if there are none.
    descriptor: str | None
    #: The printed score, from its first to its last character, descriptor included.
    span: Span
    #: The number itself.
    value_span: Span
    #: The words; None if there are none.
    descriptor_span: Span | None = None


@attrs.frozen(kw_only=True)
class StatementAssessment:
    """What a document says about one quality statement."""

    #: Id in the framework profile, such as ``partnerships``.
    id: str
    #: The statement's heading as printed.
    title: Quote
    #: Id of the theme the statement belongs to.
    theme: str
    score: Score | None
    #: The statement's sections, in order; topics are children of the key findings.
    sections: tuple[Section, ...] = attrs.field(repr=False)
    span: Span


@attrs.frozen(kw_only=True)
class Overall:
    """The rating of the whole authority, where the document prints it."""

    #: As printed: ``Good``, ``Requires improvement``, ``Inadequate``, ``Outstanding``.
    rating: Quote | None
    #: Printed percentage, from 25 to 100.
    percentage: int | None
    #: Where the percentage stands.
    percentage_span: Span | None = None


@attrs.frozen(kw_only=True)
class Authority:
    """The local authority that was assessed."""

    #: The register's name where it knows the authority, else as printed.
    name: str
    short_name: str
    #: Code of the Office for National Statistics; None if the register does not know the name.
    ons_code: str | None
    #: Where it was read: the ``title``, the ``url`` or name of the source, the ``body``, or ``given`` by the caller.
    basis: Basis
    #: The characters it was read from; None if they are not in the text.
    span: Span | None = None

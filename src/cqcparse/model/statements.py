"""StatementAssessment and Authority: what was assessed, and who."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from cqcparse.model.scores import Score
from cqcparse.model.sections import Section
from cqcparse.model.spans import Quote, Span

Basis: TypeAlias = Literal["title", "url", "body", "given"]


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
class Authority:
    """The local authority that was assessed."""

    #: The register's name where it knows the authority, else as printed.
    name: str
    short_name: str
    #: Code of the Office for National Statistics; None if the register does not know the name.
    ons_code: str | None
    #: Where it was read: the ``title``, the ``url`` or name of the source, the ``body``, or
    #: ``given`` by the caller.
    basis: Basis
    #: The characters it was read from; None if they are not in the text.
    span: Span | None = None

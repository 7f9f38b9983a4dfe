"""Legislation: an Act, a section of one, or what stands on one, as a report names it."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

import attrs

import cqcparse

Basis: TypeAlias = Literal["stated", "document", "inferred"]


@attrs.frozen(kw_only=True)
class Legislation(cqcparse.Mention):
    """An Act, a section of one, regulations, safeguards, guidance or a national agreement.

    ``type`` is ``act``, ``section``, ``regulations``, ``safeguards``, ``duty``, ``guidance`` or
    ``agreement``; ``canonical`` is the first of the identifiers, else the name.
    """

    kind: ClassVar[str] = "legislation"

    #: Full name of the Act with its year, such as ``Care Act 2014``; None where it is not known.
    act: str | None = None
    #: The sections, parts or schedules, as printed: ``42``, ``42(2)``, ``A1``.
    sections: tuple[str, ...] = ()
    #: Places below ``https://www.legislation.gov.uk/``, such as ``ukpga/2014/23/section/42``.
    identifiers: tuple[str, ...] = ()
    #: ``stated`` if the words name the Act, ``document`` if it is named elsewhere in the document,
    #: ``inferred`` if it follows from what such a section means in adult social care.
    basis: Basis = "stated"

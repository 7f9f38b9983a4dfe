"""A page without its text: all that tells which report it is of, and what that report prints."""

from __future__ import annotations

from functools import cache

import attrs

from cqcparse.model.assessment import Assessment
from cqcparse.model.document import Document
from cqcparse.model.sections import Section
from cqcparse.model.spans import Span


def stub_of(page: Assessment) -> Assessment:
    """Return a page without text, sentences and mentions, for which ``combine`` does the same.

    Thousands of pages have to be known before it is known which report each is of; of each so
    little is kept. A page that prints a rating keeps its sentences, which are held against it.
    """
    sections = page.sections if page.overall else tuple(map(_bare, page.sections))
    whole = {(section.id, section.span): section for section in sections}
    statements = (
        attrs.evolve(statement, sections=tuple(_known(s, whole) for s in statement.sections))
        for statement in page.statements
    )
    document = page.document
    return attrs.evolve(
        page,
        statements=tuple(statements),
        mentions=(),
        sections=sections,
        document=Document(
            text=_blank(len(document.text).bit_length()),
            source=document.source,
            title=document.title,
            address=document.address,
            media_type=document.media_type,
        ),
    )


def _known(section: Section, known: dict[tuple[str | None, Span], Section]) -> Section:
    return known.get((section.id, section.span)) or _bare(section)


def _bare(section: Section) -> Section:
    return attrs.evolve(section, children=(), paragraphs=())


@cache
def _blank(bits: int) -> str:
    """Return a text that all places of a page are within, shared by all pages of about its size."""
    return " " * (1 << bits)

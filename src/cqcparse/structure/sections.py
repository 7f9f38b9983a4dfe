"""Stage 2: Document -> Section tree, by the headings of a framework profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from cqcparse.framework import Framework
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.sections import Paragraph, Role, Section
from cqcparse.model.spans import Quote, Span
from cqcparse.reading.cells import parts_of
from cqcparse.structure.sentences import split_sentences

if TYPE_CHECKING:
    from cqcparse.structure.outline import Opening

#: Depth of a section by its role, the title of the page being 1; 0 is kept for no heading.
_LEVELS: dict[Role, int] = {
    "preamble": 1,
    "other": 2,
    "footer": 2,
    "score": 2,
    "expectations": 3,
    "commitment": 3,
    "key-findings": 3,
    "topic": 4,
}


def parse_sections(
    document: Document, framework: Framework
) -> tuple[tuple[Section, ...], tuple[Diagnostic, ...]]:
    """Return the sections that tile *document*, and what was doubtful about them.

    A heading that the profile does not know opens a section of its own. Lines about the page,
    such as a page number in the middle of the findings, are sections of role ``footer``; the text
    behind one goes on in a section without a heading that has the role and id of the one before.
    """
    from cqcparse.structure.outline import find_openings  # noqa: PLC0415 - not for ``import cqcparse``

    openings = find_openings(document, framework)
    sections = _sections(document.text, openings)
    return _tree(openings, sections), tuple(_doubts(openings))


def findings(sections: Iterable[Section], framework: Framework) -> tuple[Paragraph, ...]:
    """Return what is searched for mentions, in order: key findings, topics, and like sections."""
    searched = framework.searched_headings
    return tuple(
        paragraph
        for top in sections
        for section in top.walk()
        if section.role in ("key-findings", "topic") or section.id in searched
        for paragraph in section.paragraphs
    )


def _sections(text: str, openings: Sequence[Opening]) -> list[Section]:
    """Return a section for each opening; each ends where the next one begins."""
    if not openings:
        return []
    starts = [0, *(opening.start for opening in openings[1:])]
    ends = [*starts[1:], len(text)]
    return [
        _section(text, opening, Span(start, end))
        for opening, start, end in zip(openings, starts, ends, strict=True)
    ]


def _section(text: str, opening: Opening, own: Span) -> Section:
    title = opening.title
    return Section(
        role=opening.role,
        title=None if title is None else Quote(text[title.start : title.end], title),
        level=0 if title is None else _LEVELS[opening.role],
        span=own,
        own=own,
        body=own if title is None else Span(title.end, own.end),
        id=opening.id,
        paragraphs=tuple(
            _paragraph(text, part) for span in opening.paragraphs for part in parts_of(text, span)
        ),
    )


def _paragraph(text: str, span: Span) -> Paragraph:
    sentences = split_sentences(text, span)
    return Paragraph(span=span, text=text[span.start : span.end], sentences=sentences)


def _tree(openings: Sequence[Opening], sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the top sections with the nested ones as children of the one before them."""
    tops: list[tuple[Section, list[Section]]] = []
    for opening, section in zip(openings, sections, strict=True):
        if opening.nested and tops:
            tops[-1][1].append(section)
        else:
            tops.append((section, []))
    return tuple(_with_children(section, children) for section, children in tops)


def _with_children(section: Section, children: Sequence[Section]) -> Section:
    if not children:
        return section
    span = Span(section.own.start, children[-1].own.end)
    return attrs.evolve(section, span=span, children=tuple(children))


def _doubts(openings: Iterable[Opening]) -> Iterator[Diagnostic]:
    for opening in openings:
        place = opening.title or (opening.paragraphs[0] if opening.paragraphs else None)
        for doubt in opening.doubts:
            yield Diagnostic(
                code=doubt.code,
                message=doubt.message,
                severity="error" if doubt.code == "statement-unknown" else "warning",
                span=doubt.span or place,
            )

"""Assessment -> rows for itself and its parts: statements, sections, sentences, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cqcparse.model.assessment import Assessment
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.report import OnPage, Report
from cqcparse.model.scores import Score
from cqcparse.model.sections import Section
from cqcparse.model.statements import StatementAssessment
from cqcparse.model.tables import Row
from cqcparse.output.attribute_columns import as_integer
from cqcparse.output.keys import cut, keyed_pages, statement_id


def statement_rows(of: Assessment | Report) -> Iterator[Row]:
    """Yield a row for each quality statement of a page; for each of a report once."""
    keys = {id(page): cells for page, cells in keyed_pages(of)}
    for page, statement, scored in _statements(of):
        score = scored.item if scored else None
        own = dict(keys[id(page)])
        page_id = own.pop("page_id")
        yield {
            **own,
            "statement": statement.id,
            "title": cut(statement.title.text),
            "theme": statement.theme,
            "score": as_integer(score.value) if score else None,
            "descriptor": cut(score.descriptor) if score else None,
            "score_source": keys[id(scored.page)]["source"] if scored else None,
            "score_start": score.span.start if score else None,
            "score_end": score.span.end if score else None,
            "char_start": statement.span.start,
            "char_end": statement.span.end,
            "page_id": page_id,
            "statement_id": statement_id(own, statement.id),
        }


def section_rows(page: Assessment, keys: Row) -> Iterator[Row]:
    """Yield a row for each section of a page, with the text that is its own."""
    page_id, keys = keys["page_id"], {k: cell for k, cell in keys.items() if k != "page_id"}
    for number, parent, section in _numbered(page):
        statement = page.statement_of(section)
        yield {
            **keys,
            "statement": statement.id if statement else None,
            "theme": statement.theme if statement else None,
            "section_number": number,
            "parent_number": parent,
            "section_level": as_integer(section.level),
            "role": section.role,
            "heading_id": section.id,
            "title": cut(section.title.text) if section.title else None,
            "text": page.document.text[section.own.start : section.own.end],
            "char_start": section.own.start,
            "char_end": section.own.end,
            "page_id": page_id,
            "statement_id": statement_id(keys, statement.id if statement else None),
            "section_id": f"{page_id}-s{number}",
        }


def sentence_rows(page: Assessment, keys: Row) -> Iterator[Row]:
    """Yield a row for each sentence of a page."""
    page_id, keys = keys["page_id"], {k: cell for k, cell in keys.items() if k != "page_id"}
    for number, _, section in _numbered(page):
        statement = page.statement_of(section)
        around: Row = {
            **keys,
            "statement": statement.id if statement else None,
            "theme": statement.theme if statement else None,
            "section_number": number,
            "section": cut(section.title.text) if section.title else None,
            "role": section.role,
        }
        for sentence in section.sentences:
            yield {
                **around,
                "text": sentence.text,
                "char_start": sentence.span.start,
                "char_end": sentence.span.end,
                "page_id": page_id,
                "section_id": f"{page_id}-s{number}",
                "sentence_id": f"{page_id}-{sentence.span.start}",
            }


def page_row(document: Document, keys: Row, characters: int, sha256: str) -> Row:
    """Return the row of a page.

    Args:
        document: What was read; of its text nothing is taken.
        keys: Of the page.
        characters: How many its text has.
        sha256: Digest of its file.
    """
    return keys | {
        "title": document.title,
        "media_type": document.media_type,
        "characters": characters,
        "sha256": sha256,
    }


def remark_rows(diagnostics: Iterable[Diagnostic], keys: Row) -> Iterator[Row]:
    """Yield a row for each remark; their numbers are for who has all of them."""
    for remark in diagnostics:
        yield keys | {
            "code": remark.code,
            "severity": remark.severity,
            "message": remark.message,
            "char_start": remark.span.start if remark.span else None,
            "char_end": remark.span.end if remark.span else None,
        }


def _statements(
    of: Assessment | Report,
) -> Iterator[tuple[Assessment, StatementAssessment, OnPage[Score] | None]]:
    """Yield each statement with its page, and its score with the page that prints it."""
    if isinstance(of, Report):
        yield from ((item.page, item.statement, item.scored) for item in of.statements)
        return
    for statement in of.statements:
        score = statement.score
        yield of, statement, OnPage(page=of, item=score) if score else None


def _numbered(page: Assessment) -> Iterator[tuple[int, int | None, Section]]:
    """Yield the sections in the order of the text, each with its number and its parent's."""
    #: Number and end of each section that the next may be in.
    around: list[tuple[int, int]] = []
    for number, section in enumerate(page.walk(), 1):
        while around and around[-1][1] <= section.span.start:
            around.pop()
        yield number, around[-1][0] if around else None, section
        around.append((number, section.span.end))

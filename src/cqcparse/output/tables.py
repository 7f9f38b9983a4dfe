"""Assessment -> rows: one for each mention, and one for each report with its scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

import attrs

from cqcparse.framework import Framework
from cqcparse.model.assessment import Assessment
from cqcparse.model.facts import Fact
from cqcparse.model.kinds import field_types, with_built_in
from cqcparse.model.mentions import Mention
from cqcparse.model.references import Reference
from cqcparse.model.report import Report
from cqcparse.model.spans import Span
from cqcparse.model.tables import Cell, CellType, Column, CorpusTableName, Row, Table
from cqcparse.output.attribute_columns import Maker, as_integer, cells_of, placed_columns, target
from cqcparse.output.keys import cut, keyed_pages, keys_of
from cqcparse.output.schemas import meanings, schema, types_of

#: Returns the rows of one page, or of all pages of a report, in order.
RowMaker: TypeAlias = Callable[[Assessment | Report], Iterator[Row]]
#: Returns the rows of one page, with the keys and the scores of the report it is of.
PageRowMaker: TypeAlias = Callable[[Assessment, Row, Mapping[str, int | None]], Iterator[Row]]


def mention_table(kinds: Iterable[type[Mention]]) -> tuple[Table, RowMaker]:
    """Return the table with one row for each mention, and what makes its rows.

    After the columns that every mention has come those of the attributes. A quote is its text,
    under the name of the attribute; what it means stands in columns named
    ``<attribute>_<field>``, such as ``amount_low``. The columns are made from the fields of the
    classes, so a new kind brings its own. Two kinds may share a column if it holds the same type;
    else the name of the later one begins with its kind.

    Args:
        kinds: The kinds that may occur; the built-in ones come first even if they are left out.
    """
    table, page_rows = mention_table_of_pages(kinds)

    def rows(of: Assessment | Report) -> Iterator[Row]:
        scores = scores_of(of)
        for page, keys in keyed_pages(of):
            yield from page_rows(page, keys, scores)

    return table, rows


def mention_table_of_pages(kinds: Iterable[type[Mention]]) -> tuple[Table, PageRowMaker]:
    """Return the same, with what makes the rows of one page of a report that is known elsewhere."""
    columns, cells = placed_columns(kinds)
    about = {column.name: column.about for column in schema("mentions").columns}
    for cls in with_built_in(kinds):
        said = meanings(cls.kind) or _meanings_in_docstring(cls)
        for attribute, column, _ in cells[cls.kind]:
            about.setdefault(column, said.get(column) or said.get(attribute, ""))
    names = tuple(columns)

    def rows(page: Assessment, keys: Row, scores: Mapping[str, int | None]) -> Iterator[Row]:
        sections = {id(section): number for number, section in enumerate(page.walk(), 1)}
        ids = _ids(page, keys["page_id"])
        for number, mention in enumerate(page.mentions, 1):
            row: Row = dict.fromkeys(names)
            row.update(keys)
            row.update(_common_cells(page, mention, keys["page_id"], sections))
            row["score"] = scores.get(str(row["statement"]))
            row["mention_id"] = f"{keys['page_id']}-m{number}"
            row["entity"] = _entity(mention)
            for attribute, column, cell in cells.get(mention.kind, ()):
                value = getattr(mention, attribute)
                if value is not None:
                    row[column] = cell(value) if cell is not target else ids(value)
            yield row

    return _table("mentions", columns, about), rows


def _ids(page: Assessment, page_id: Cell) -> Callable[[Reference], str | None]:
    """Return what gives the id of the mention that a reference means."""
    numbers: dict[tuple[str, Span], int] = {}

    def id_of(reference: Reference) -> str | None:
        if not numbers:
            for number, mention in enumerate(page.mentions, 1):
                numbers[mention.kind, mention.span] = number
        place = numbers.get((reference.kind, reference.span))
        return None if place is None else f"{page_id}-m{place}"

    return id_of


def columns_of_kinds(kinds: Iterable[type[Mention]]) -> dict[str, tuple[str, ...]]:
    """Return the columns that the attributes of each kind have in the table of mentions."""
    _, cells = placed_columns(kinds)
    return {kind: tuple(column for _, column, _ in placed) for kind, placed in cells.items()}


def scores_of(of: Assessment | Report) -> dict[str, int | None]:
    """Return the score of each quality statement that has one, by its id."""
    scores: dict[str, int | None] = {}
    for statement in of.statements:
        if statement.score:
            scores.setdefault(statement.id, as_integer(statement.score.value))
    return scores


def _entity(mention: Mention) -> str | None:
    """Return the id of the thing that is meant, whatever its kind."""
    named = mention.entity_id or mention.canonical
    return f"{mention.kind}/{named}" if named else None


def _meanings_in_docstring(cls: type[Mention]) -> dict[str, str]:
    """Return what the docstring of a class says of its attributes."""
    _, _, said = (cls.__doc__ or "").partition("Attributes:")
    found = re.findall(r"^\s+(\w+): (.+(?:\n {8,}\S.*)*)", said, flags=re.MULTILINE)
    return {name: " ".join(words.split()) for name, words in found}


def score_table(
    assessments: Iterable[Assessment | Report], frameworks: Iterable[Framework]
) -> tuple[Table, tuple[Row, ...]]:
    """Return the table with one row for each report, and its rows.

    Args:
        assessments: The reports, each read as one or put together of pages.
        frameworks: The profiles at hand. The statements of those that occur have a column in any
            case, in order; where none of them occurs, those for local authorities.

    Returns:
        Authority, overall rating and the score of each statement: a step of the scale of its
        profile, from 1 to 4 in all that are built in.
    """
    frameworks = tuple(frameworks)
    found: list[Row] = []
    used: set[str] = set()
    scored: dict[str, CellType] = {}
    for assessment in assessments:
        used.add(assessment.framework)
        values = ((s.id, s.score.value) for s in assessment.statements if s.score)
        scores = {_score_column(id_): as_integer(value) for id_, value in values}
        scored |= dict.fromkeys(scores, _INTEGER)
        found.append({**report_cells(assessment), **scores})
    wanted = [f for f in frameworks if f.id in used] or [f for f in frameworks if f.local_authority]
    statements = (statement.id for framework in wanted for statement in framework.statements)
    columns = {
        **types_of("scores"),
        **dict.fromkeys(map(_score_column, statements), _INTEGER),
        **scored,
    }
    rows = tuple({name: row.get(name) for name in columns} for row in found)
    return _table("scores", columns), rows


def fact_table() -> tuple[Table, RowMaker]:
    """Return the table with one row for each date or figure of a page, and what makes its rows."""

    def rows(of: Assessment | Report) -> Iterator[Row]:
        for page, keys in keyed_pages(of):
            yield from fact_rows(page, keys)

    return schema("facts"), rows


def fact_rows(page: Assessment, keys: Row) -> Iterator[Row]:
    """Yield a row for each date or figure of a page.

    The cells are made from the fields of :class:`~cqcparse.model.Fact`, as those of mentions are.
    """
    for number, fact in enumerate(page.facts, 1):
        row: Row = dict.fromkeys(types_of("facts"))
        row |= keys | {"char_start": fact.span.start, "char_end": fact.span.end}
        row["fact_id"] = f"{keys['page_id']}-f{number}"
        for name, (column, _, cell) in _fact_cells():
            value = getattr(fact, name)
            row[column] = None if value is None else cell(value)
        yield row


@cache
def _fact_cells() -> tuple[tuple[str, tuple[str, CellType, Maker]], ...]:
    forms = {name: form for name, form in field_types(Fact).items() if name != "span"}
    return tuple((name, cell) for name, form in forms.items() for cell in cells_of(name, form))


def _score_column(id_: str) -> str:
    """Return the column of a statement: its id, if nothing else has that name."""
    return f"{id_}-score" if id_ in types_of("reports") else id_


_INTEGER: CellType = "integer"


def _common_cells(
    page: Assessment, mention: Mention, page_id: Cell, numbers: Mapping[int, int]
) -> Row:
    """Return the cells that every mention has; *numbers* are those of the sections, by identity."""
    statement = page.statement_of(mention)
    section = page.section_of(mention)
    whole = page.sentence_of(mention)
    sentence = page.document.quote(whole.span.window(mention.span)) if whole else None
    return {
        "statement": statement.id if statement else None,
        "theme": statement.theme if statement else None,
        "section": cut(section.title.text) if section.title else None,
        "kind": mention.kind,
        "type": mention.type,
        "text": mention.text,
        "char_start": mention.span.start,
        "char_end": mention.span.end,
        "canonical": mention.canonical,
        "entity_id": mention.entity_id,
        "extractor": mention.extractor,
        "rule": mention.evidence.rule if mention.evidence else None,
        "sentence": sentence.text if sentence else None,
        "sentence_start": sentence.span.start if sentence else None,
        "sentence_end": sentence.span.end if sentence else None,
        "is_local_authority_assessment": page.is_local_authority_assessment,
        "section_id": f"{page_id}-s{numbers[id(section)]}",
        "sentence_id": f"{page_id}-{whole.span.start}" if whole else None,
    }


def report_cells(assessment: Assessment | Report) -> Row:
    """Return the cells of one report, but for the scores of its statements."""
    authority, overall, tally = assessment.authority, assessment.overall, assessment.tally
    rating = overall.rating.text if overall and overall.rating else None
    return {
        **keys_of(assessment),
        "short_name": authority.short_name if authority else None,
        "framework": assessment.framework,
        "is_local_authority_assessment": assessment.is_local_authority_assessment,
        "indicative": assessment.indicative,
        "overall": rating,
        "percentage": as_integer(overall.percentage) if overall else None,
        "total": as_integer(tally.total) if tally else None,
        "computed_percentage": as_integer(tally.percentage) if tally else None,
        "computed_rating": tally.rating if tally else None,
        "points_to_next": as_integer(tally.points_to_next) if tally else None,
        "points_to_spare": as_integer(tally.points_to_spare) if tally else None,
        "rating_agrees": _agrees(rating, tally.rating) if rating and tally else None,
    }


def _agrees(printed: str, computed: str) -> bool:
    """Return whether two ratings are the same, however they are printed."""
    return printed.casefold().split() == computed.casefold().split()


def _table(
    name: CorpusTableName, types: Mapping[str, CellType], about: Mapping[str, str] | None = None
) -> Table:
    """Return a table that has more columns than are written down."""
    known = {column.name: column.about for column in schema(name).columns} | dict(about or {})
    columns = (Column(name=n, type=of, about=known.get(n, "")) for n, of in types.items())
    return attrs.evolve(schema(name), columns=tuple(columns))

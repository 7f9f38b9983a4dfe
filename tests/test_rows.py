"""Rows from Python: every table of a page or of a whole report, as dictionaries."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given

import cqcparse
from cqcparse import Assessment
from cqcparse.framework import builtin_frameworks
from cqcparse.model.tables import CorpusTableName, TableName
from cqcparse.output.schemas import columns_of
from cqcparse.testing.strategies import assessments

ROOT = Path(__file__).resolve().parent.parent
TABLES: tuple[TableName, ...] = get_args(TableName)
COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)
PAGE = """Rutland County Council: local authority assessment

Safeguarding

Score: 3

3 - Evidence shows a good standard

Key findings for this quality statement

Working with partners

The council worked with NHS England. It received a grant of £250,000 in 2023/24.
"""
LANDING = """Rutland County Council: local authority assessment

Financial facts

Its total budget would be £92,519,000 in 2022/23.
"""
SUMMARY = """Rutland County Council: local authority assessment

Overall summary

Quality statement scores

Safeguarding

Score: 3
"""


def test_mentions_are_the_rows_without_a_name() -> None:
    """What is asked for without a name is one row for each mention."""
    page = cqcparse.parse(PAGE)
    assert page.rows() == page.rows("mentions")
    grant = next(row for row in page.rows() if row["amount"])
    assert (grant["kind"], grant["amount"], grant["amount_low"], grant["statement"]) == (
        "funding",
        "£250,000",
        250_000,
        "safeguarding",
    )


def test_scores_are_one_row_with_a_column_for_each_statement() -> None:
    """A statement without a score has its column all the same."""
    (row,) = cqcparse.parse(PAGE).rows("scores")
    assert (row["safeguarding"], row["equity"]) == (3, None)


def test_a_statement_says_its_score_and_its_words_and_where_they_stand() -> None:
    """The place of the score is that of its characters."""
    page = cqcparse.parse(PAGE, source="a.txt")
    (row,) = page.rows("statements")
    assert (row["statement"], row["score"], row["descriptor"], row["score_source"]) == (
        "safeguarding",
        3,
        "Evidence shows a good standard",
        "a.txt",
    )
    start, end = row["score_start"], row["score_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert PAGE[start:end] == "Score: 3\n\n3 - Evidence shows a good standard"


def test_sections_say_what_they_stand_in() -> None:
    """Each has a number, by which those below it name it."""
    rows = cqcparse.parse(PAGE).rows("sections")
    by_number = {row["section_number"]: row for row in rows}
    topic = next(row for row in rows if row["title"] == "Working with partners")
    assert by_number[topic["parent_number"]]["role"] == "key-findings"


def test_a_sentence_names_the_section_it_stands_in() -> None:
    """Its number is that of the table of sections."""
    page = cqcparse.parse(PAGE)
    by_number = {row["section_number"]: row for row in page.rows("sections")}
    found = page.rows("sentences")
    assert "The council worked with NHS England." in [row["text"] for row in found]
    for row in found:
        section = by_number[row["section_number"]]
        assert row["section"] == section["title"]
        assert str(row["text"]) in str(section["text"])


def test_a_statement_on_two_pages_of_a_report_is_one_row() -> None:
    """It is that of the fullest page; sections and sentences are those of all pages."""
    pages = [cqcparse.parse(SUMMARY, source="a.txt"), cqcparse.parse(PAGE, source="b.txt")]
    (report,) = cqcparse.combine(pages)
    (row,) = report.rows("statements")
    assert (row["source"], row["score_source"]) == ("b.txt", "b.txt")
    for name in ("mentions", "facts", "sections", "sentences"):
        whole = [(row["source"], row["char_start"]) for row in report.rows(name)]
        assert whole == [
            (row["source"], row["char_start"]) for page in report.pages for row in page.rows(name)
        ]


def test_a_table_that_does_not_exist_is_named() -> None:
    """The sentence lists those there are."""
    with pytest.raises(ValueError, match="no table 'score'; the tables are mentions, scores"):
        cqcparse.parse(PAGE).rows("score")  # type: ignore[arg-type]


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name: TableName) -> None:
    """Whoever looks at a table can look up what it holds, in the order of its columns."""
    kinds = ("", "/funding", "/service", "/partner") if name == "mentions" else ("",)
    listed = [column for kind in kinds for column in columns_of(name, kind[1:])]
    assert all(about for _, _, about in listed)
    (row, *_) = cqcparse.parse(LANDING if name == "facts" else PAGE).rows(name)
    statements = [s.id for s in COUNCILS.statements] if name == "scores" else []
    assert list(row) == [column for column, _, _ in listed] + statements


@pytest.mark.parametrize("name", get_args(CorpusTableName))
def test_every_table_stands_in_the_data_dictionary(name: str) -> None:
    """The page lists the columns of each, made from the same file as the tables."""
    page = (ROOT / "docs" / "reference" / "data-dictionary.md").read_text(encoding="utf-8")
    assert f"```{{columns}} {name}\n" in page


@pytest.mark.parametrize("name", TABLES)
def test_arrow_takes_the_rows_as_they_are(name: TableName) -> None:
    """Dates, numbers and texts of a column are of one type."""
    pyarrow = pytest.importorskip("pyarrow")
    page = cqcparse.parse(PAGE, source="a.txt")
    rows = page.rows(name)
    assert pyarrow.Table.from_pylist(rows).to_pylist() == rows


@given(assessments())
def test_whatever_has_a_text_has_it_at_its_place(made: Assessment) -> None:
    """A text is exactly the characters at its offsets, in every table."""
    for name in TABLES:
        for row in made.rows(name):
            start, end = row.get("char_start"), row.get("char_end")
            if "text" in row:
                assert isinstance(start, int)
                assert isinstance(end, int)
                assert made.document.text[start:end] == row["text"]


@given(assessments())
def test_sections_tile_the_text(made: Assessment) -> None:
    """Their texts, one after the other, are the document."""
    rows = made.rows("sections")
    assert "".join(str(row["text"]) for row in rows) == made.document.text
    assert all(row["parent_number"] in {None, *range(1, i)} for i, row in enumerate(rows, 1))


@given(assessments())
def test_all_rows_of_a_table_have_the_same_columns(made: Assessment) -> None:
    """So every row can be the first of a frame."""
    for name in TABLES:
        assert len({tuple(row) for row in made.rows(name)}) <= 1

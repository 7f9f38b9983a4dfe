"""Tables of a source: their cells in rows and columns, and what never crosses a border."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse import Document
from cqcparse.model import PrintedTable
from cqcparse.reading import document_from_bytes

HEAD = "Ashmere: local authority assessment\n\nSafeguarding\n\nScore: 3\n\nKey findings\n\n"


def page(table: str) -> Document:
    """Return a web page with a table in it."""
    return document_from_bytes(f"<main><h1>A</h1>{table}</main>".encode(), "a.html")


def rows(document: Document, table: PrintedTable) -> list[list[str | None]]:
    """Return the text of the cells, row by row."""
    return [
        [document.quote(cell.span).text if cell else None for cell in row] for row in table.rows
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "<table><tr><th>A<th colspan=2>B<tr><td rowspan=2>c<td>d<td>e<tr><td><td>f</table>",
            [["A", "B", "B"], ["c", "d", "e"], ["c", None, "f"]],
            id="spans",
        ),
        pytest.param(
            "<table><tr><td><p>one</p><p>two</p><td>x<br>Y<tr><td>b<td>c</table>",
            [["one\n\ntwo", "x\n\nY"], ["b", "c"]],
            id="paragraphs",
        ),
        pytest.param(
            "<table><tr><td><ul><li>a<li>b</ul><td>c</table>", [["a\n\nb", "c"]], id="list"
        ),
        pytest.param("<table><tr><td>a<td rowspan=9>b<tr><td>", [["a", "b"]], id="empty-row"),
        pytest.param("<table><tr><td>a<td colspan=x>b<td rowspan=0>c", [["a", "b", "c"]], id="odd"),
    ],
)
def test_a_table_of_a_page_has_rows_and_columns(
    table: str, expected: list[list[str | None]]
) -> None:
    """A cell stands in each row and column it goes over; cells and rows without words do not."""
    document = page(table)

    assert [rows(document, found) for found in document.tables] == [expected]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("<table role=presentation><tr><td>a<td>b</table>", id="for-looks"),
        pytest.param("<table><tr><td>a</table>", id="one-cell"),
        pytest.param("<table></table>", id="empty"),
    ],
)
def test_what_only_arranges_a_page_is_no_table(table: str) -> None:
    """One cell, or a role that says so, makes no table of the document."""
    assert page(table).tables == ()


def test_a_table_in_a_table_stands_alone() -> None:
    """The outer one arranges the page."""
    document = page("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>")

    assert [rows(document, table) for table in document.tables] == [[["b", "c"]]]


def test_lines_with_tabs_or_bars_are_a_table() -> None:
    """Rows of plain text that follow each other are one table; the mark of an item has no tab."""
    text = "1.\tAn item\n\nA\tB\n\nC\t\tD\nEnd.\n| x | y |\n|---|---|\n| 1 | 2 |\n"
    document = cqcparse.parse(text).document

    assert [rows(document, table) for table in document.tables] == [
        [["A", "B"], ["C", None, "D"]],
        [["x", "y"], ["1", "2"]],
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("Age UK\tLincolnshire Police\tFire and Rescue", id="tabs"),
        pytest.param("| Age UK | Lincolnshire Police | Fire and Rescue |", id="bars"),
        pytest.param("Age UK      Lincolnshire Police    Fire and Rescue", id="columns"),
    ],
)
def test_no_phrase_goes_over_the_border_of_a_cell(row: str) -> None:
    """Names in three cells are three partners, each with a paragraph and a sentence of its own."""
    assessment = cqcparse.parse(HEAD + row + "\n")

    names = ["Age UK", "Lincolnshire Police", "Fire and Rescue"]
    assert [partner.text for partner in assessment.partners] == names
    assert [assessment.sentence_of(partner).text for partner in assessment.partners] == names  # type: ignore[union-attr]


@given(
    st.lists(
        st.lists(
            st.sampled_from(["the ICB", "Age UK", "a reablement service", "", "£2m"]), min_size=2
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["text", "html"]),
)
def test_cells_hold_all_mentions(table: list[list[str]], form: str) -> None:
    """Whatever stands in a table, each mention lies in one cell, and JSON gives the tables back."""
    if form == "text":
        assessment = cqcparse.parse(HEAD + "\n".join("\t".join(row) for row in table))
    else:
        cells = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in table)
        head = "".join(f"<h2>{line}</h2>" for line in HEAD.split("\n\n"))
        document = document_from_bytes(
            f"<main>{head}<table>{cells}</table></main>".encode(), "a.html"
        )
        assessment = cqcparse.Parser().parse_document(document)

    text = assessment.document.text
    assert not any("\t" in mention.text or "\n" in mention.text for mention in assessment.mentions)
    for found in assessment.document.tables:
        for cell in found.cells:
            content = text[cell.span.start : cell.span.end]
            assert content == content.strip() != ""
    assert cqcparse.from_json(assessment.to_json()) == assessment


def test_rows_as_wide_as_wrapped_text_are_rows() -> None:
    """The end of a row ends phrases and names, also where its lines might be those of a paragraph."""
    rows = [
        ["the ICB", "the ICB", "the ICB", "a reablement service", "the ICB"],
        ["Age UK", "the ICB", "the ICB", "a reablement service"],
        ["the ICB", "the ICB"],
    ]

    assessment = cqcparse.parse(HEAD + "\n".join("\t".join(row) for row in rows))

    assert {mention.text for mention in assessment.partners} == {"ICB", "Age UK"}


TOP = "Ashmere: local authority assessment\n\n"
EXPECTED = "We maximise the effectiveness of people's care and treatment by assessing them. " * 4


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("Assessing needs\t3\nSafeguarding\t2", id="without-head"),
        pytest.param(
            "Theme\tQuality statement\tScore\nA\tAssessing needs\t3\nB\tSafeguarding\t2", id="theme"
        ),
        pytest.param(
            "Quality statement\tRating\tScore\nAssessing needs\tGood\t3\n"
            "Safeguarding\tRequires improvement\t2",
            id="rating-before",
        ),
        pytest.param(
            f"Quality statement\tWe expect\tScore\nAssessing needs\t{EXPECTED}\t3\n"
            f"Safeguarding\t{EXPECTED}\t2",
            id="long-rows",
        ),
        pytest.param(
            "| Theme | Statement | Score |\n|---|---|---|\n| A | Assessing needs | 3 |\n"
            "| | Safeguarding | 2 |",
            id="bars",
        ),
    ],
)
def test_a_table_of_scores_is_read(table: str) -> None:
    """The row says whose score it is, the head of the table in which column it stands."""
    statements = cqcparse.parse(TOP + table).statements

    scores = {statement.id: statement.score for statement in statements}
    assert {id_: score and score.value for id_, score in scores.items()} == {
        "assessing-needs": 3,
        "safeguarding": 2,
    }


@pytest.mark.parametrize(
    "summary",
    [
        pytest.param("Overall rating\nGood\n68%", id="lines"),
        pytest.param("Overall rating\tGood\t68%", id="row"),
        pytest.param("Overall rating\tGood\nPercentage\t68%", id="labels"),
        pytest.param("Overall rating\tPercentage\nGood\t68%", id="heads"),
        pytest.param("Local authority rating\tGood\nScore\t68%", id="heading-as-label"),
    ],
)
def test_a_rating_in_a_table_is_read(summary: str) -> None:
    """Its label stands beside it or above it, and so does that of the percentage."""
    overall = cqcparse.parse(f"{TOP}{summary}\n\nAssessing needs\tScore\t3\n").overall

    assert overall is not None
    assert overall.rating is not None
    assert (overall.rating.text, overall.percentage) == ("Good", 68)


def test_a_summary_list_is_read() -> None:
    """A list of labels and values on a page prints the rating, and one of names the scores."""
    page = (
        f"<main><h1>{TOP.strip()}</h1><dl><div><dt>Overall rating<dd>Good</div><div><dt>Percentage"
        "<dd>68%</div></dl><dl><dt>Assessing needs<dd>2<dt>Safeguarding<dd>3</dl></main>"
    )
    assessment = cqcparse.read(io.BytesIO(page.encode()))

    assert assessment.overall is not None
    assert assessment.overall.rating is not None
    assert (assessment.overall.rating.text, assessment.overall.percentage) == ("Good", 68)
    scores = {item.id: item.score and item.score.value for item in assessment.statements}
    assert scores == {"assessing-needs": 2, "safeguarding": 3}


def test_scores_that_no_statement_can_be_told_of_are_said() -> None:
    """In a number of a row that is no score nothing is seen, in one with a label something is."""
    plan = f"{HEAD}Action\tLead\tMonth\nGovernance\tThe council\t3\n"
    turned = f"{TOP}Quality statement\tAssessing needs\tSafeguarding\nScore\t3\t2\n"

    assert [statement.id for statement in cqcparse.parse(plan).statements] == ["safeguarding"]
    assert "statement-unknown" in [item.code for item in cqcparse.parse(turned).diagnostics]

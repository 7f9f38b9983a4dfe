"""PDF: what was laid out on pages comes back as the text it was, with the place of every word."""

from __future__ import annotations

import importlib.util
import io
import re
from pathlib import Path
from typing import Any

import attrs
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

import cqcparse
from cqcparse.errors import ReadError
from cqcparse.model.document import Document
from cqcparse.model.spans import Span
from cqcparse.reading import document_from_bytes, document_from_text, pdf
from cqcparse.workers import Limits

SEEDS = sorted(Path(__file__).parents[1].joinpath("seeds").glob("*.txt"))
SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@attrs.frozen(kw_only=True)
class Layout:
    """How a report is set."""

    columns: int = 1
    align: str = "L"
    hyphenated: bool = False
    running: bool = False


LAYOUTS = {
    "plain": Layout(),
    "running": Layout(running=True),
    "justified": Layout(align="J", hyphenated=True),
    "columns": Layout(columns=2),
    "three-columns": Layout(columns=3),
    "columns-running": Layout(columns=2, align="J", hyphenated=True, running=True),
}


class Report(FPDF):
    """A PDF with a running header and page numbers, if asked for."""

    running = False

    def header(self) -> None:
        """Print the running header."""
        if self.running:
            self.set_font("helvetica", size=8)
            self.cell(0, 5, "Assessment report 2025", align="R", new_x="LMARGIN", new_y="NEXT")
            self.ln(4)

    def footer(self) -> None:
        """Print the page number."""
        if self.running:
            self.set_y(-15)
            self.set_font("helvetica", size=8)
            self.cell(0, 10, f"Page {self.page_no()} of 9", align="C")


def latin(text: str) -> str:
    """Return *text* in the characters that the fonts built into PDF have."""
    table = {"–": "-", "’": "'", "‘": "'", "“": '"', "”": '"'}
    return text.translate({ord(one): other for one, other in table.items()})


def paragraphs_of(path: Path) -> list[str]:
    """Return the paragraphs of a seed."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [latin(line.strip()) for line in lines if line.strip()]


def is_heading(paragraph: str) -> bool:
    """Return whether a paragraph of a seed is short enough to be a heading."""
    return len(paragraph) < 90 and not paragraph.endswith(".")


def breakable(text: str) -> str:
    """Return *text* with places to break its longer words at."""
    return re.sub(r"\b([a-z]{3,6})([a-z]{4,})\b", rf"\1{SOFT_HYPHEN}\2", text)


def lay_out(paragraphs: list[str], layout: Layout) -> bytes:
    """Return a PDF of the paragraphs."""
    report = Report()
    report.running = layout.running
    report.set_title("A report")
    report.add_page()
    report.set_font("helvetica", size=10)
    with report.text_columns(ncols=layout.columns, gutter=8, text_align=layout.align) as columns:
        for paragraph in paragraphs:
            heading = is_heading(paragraph)
            report.set_font("helvetica", "B" if heading else "", 13 if heading else 10)
            with columns.paragraph(bottom_margin=3) as part:
                part.write(breakable(paragraph) if layout.hyphenated else paragraph)
    return bytes(report.output())


def texts(document: Document, *kinds: str) -> list[str]:
    """Return the text of the blocks of some kinds."""
    return [document.quote(block.span).text for block in document.blocks if block.kind in kinds]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_report_comes_back_as_it_was(path: Path, layout: str) -> None:
    """Every word is read once and in order, words broken at line ends are whole again."""
    paragraphs = paragraphs_of(path)

    document = document_from_bytes(lay_out(paragraphs, LAYOUTS[layout]), "report.pdf")

    body = " ".join(texts(document, "heading", "paragraph", "list-item"))
    assert body.split() == " ".join(paragraphs).split()
    assert document.diagnostics == ()
    assert texts(document, "heading") == [text for text in paragraphs if is_heading(text)]
    assert document.media_type == "application/pdf"
    assert document.title == "A report"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_mentions_are_those_of_the_text(path: Path) -> None:
    """Columns, hyphens and running headers make no difference to what is found."""
    expected = cqcparse.parse("\n\n".join(paragraphs_of(path)))

    found = cqcparse.read(io.BytesIO(lay_out(paragraphs_of(path), LAYOUTS["columns-running"])))

    assert [(m.kind, m.text) for m in found.mentions] == [
        (m.kind, m.text) for m in expected.mentions
    ]


@pytest.mark.parametrize("layout", ["plain", "justified"])
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_paragraphs_are_joined_from_their_lines(path: Path, layout: str) -> None:
    """A paragraph is one block again, across pages too."""
    paragraphs = paragraphs_of(path)

    document = document_from_bytes(lay_out(paragraphs, LAYOUTS[layout]))

    assert texts(document, "heading", "paragraph") == paragraphs


def test_running_headers_and_page_numbers_are_furniture() -> None:
    """They are kept, apart from the text, and do not cut paragraphs in two."""
    paragraphs = [f"{name} was good in many ways. " * 300 + "The end." for name in ("Care", "It")]

    document = document_from_bytes(lay_out(paragraphs, Layout(running=True)))

    pages = max(box.page for box in document.boxes(Span(0, len(document.text))))
    assert pages >= 2
    assert texts(document, "paragraph") == paragraphs
    expected = [
        text for n in range(1, pages + 1) for text in ("Assessment report 2025", f"Page {n} of 9")
    ]
    assert sorted(texts(document, "furniture")) == sorted(expected)


def test_the_title_of_a_chapter_beside_the_page_number_is_furniture() -> None:
    """A running title may change from page to page; the number beside it counts on."""
    report = FPDF(unit="pt")
    for page, title in enumerate(["Needs", "Support", "Safety", "Leadership"]):
        report.add_page()
        report.set_font("helvetica", size=10)
        report.text(50, 40, f"Theme: {title}")
        report.text(500, 40, str(page + 3))
        report.text(50, 100, f"{title} was good.")

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "paragraph") == [
        "Needs was good.",
        "Support was good.",
        "Safety was good.",
        "Leadership was good.",
    ]
    assert texts(document, "furniture")[0] == "Theme: Needs\t3"


def test_a_line_that_begins_several_pages_is_no_running_header() -> None:
    """Pages far apart that begin with the same heading do not make it furniture."""
    report = FPDF(unit="pt")
    for page in range(12):
        report.add_page()
        report.set_font("helvetica", size=10)
        report.text(50, 60, "Safeguarding" if page % 5 == 0 else f"Theme {'abcdefghijkl'[page]}")
        report.text(50, 90, "Care was good.")

    document = document_from_bytes(bytes(report.output()))

    assert document.text.count("Safeguarding") == 3
    assert not texts(document, "furniture")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_boxes_lead_back_to_the_words(layout: str) -> None:
    """PDFium finds each word in the rectangles that are given for its span."""
    data = lay_out(paragraphs_of(SEEDS[0]), LAYOUTS[layout])
    document = document_from_bytes(data)
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(data)]

    for match in list(re.finditer(r"\S+", document.text))[::7]:
        boxes = document.boxes(Span(*match.span()))
        found = "".join(
            pages[box.page - 1].get_text_bounded(
                box.left + 0.1, box.bottom + 4, box.right - 0.1, box.top - 4
            )
            for box in boxes
        )
        plain = re.sub(r"[^a-z]", "", match[0].lower())
        assert plain in re.sub(r"[^a-z]", "", found.lower())
        assert len(boxes) <= 2


def test_a_hyphenated_word_has_a_box_on_each_line() -> None:
    """The hyphen is not in the text, and both parts of the word can be shown."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    for line, text in enumerate(
        ["The council commis-", "sioned care; commissioned again, well-", "being."]
    ):
        report.text(50, 100 + 14 * line, text)

    document = document_from_bytes(bytes(report.output()))

    assert document.text == "The council commissioned care; commissioned again, well-being."
    start = document.text.index("commissioned")
    upper, lower = document.boxes(Span(start, start + len("commissioned")))
    assert upper.bottom > lower.top - 2
    assert lower.left == pytest.approx(50, abs=1)


def test_a_hyphen_of_the_word_is_kept() -> None:
    """Words that have a hyphen elsewhere in the report, and known first parts, keep theirs."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    lines = [
        "A care-led plan and one that is care-",
        "led, made in co-",
        "production over a 5-",
        "day week.",
    ]
    for line, text in enumerate(lines):
        report.text(50, 100 + 14 * line, text)

    document = document_from_bytes(bytes(report.output()))

    assert (
        document.text
        == "A care-led plan and one that is care-led, made in co-production over a 5-day week."
    )


def test_where_no_words_are_broken_hyphens_are_their_own() -> None:
    """In a report that is set without hyphenation, a hyphen at the end of a line was written."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    lines = ["The council saw to the care of many people and"] * 40
    for line, text in enumerate([*lines, "paid for nurse-", "staffed beds."]):
        report.text(50, 100 + 14 * line, text)

    document = document_from_bytes(bytes(report.output()))

    assert document.text.endswith("paid for nurse-staffed beds.")


def lines_pdf(*pages: list[tuple[float, float, str, str]]) -> bytes:
    """Return a PDF of lines on pages: how far right and down, in which style (B is bold), what."""
    report = FPDF(unit="pt")
    for lines in pages:
        report.add_page()
        for left, down, style, text in lines:
            report.set_font("helvetica", style, 11)
            report.text(left, down, text)
    return bytes(report.output())


def test_bold_headings_of_the_size_of_the_text() -> None:
    """A change of weight begins a block, and two headings one below the other are two."""
    titles = ["Harrow: local authority assessment", "Safeguarding", "Score: 3", "Key findings"]
    body = ["Working with people", "The council paid for care.", "Money", "Staff met weekly."]
    lines = [*titles, *body]
    plain = {2, 5, 7}
    data = lines_pdf(
        [(60, 100 + 15 * n, "" if n in plain else "B", text) for n, text in enumerate(lines)]
    )

    document = document_from_bytes(data)

    assert [document.quote(block.span).text for block in document.blocks] == lines
    assert texts(document, "paragraph") == [lines[n] for n in sorted(plain)]


FULL = "Staff told us that people had good support from them in the town and at home"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("for a place in the reable-", "ment service in 2024.", "the reablement service"),
        ("of many different organi-", "sations in the town.", "different organisations in"),
        ("and partners met on well-", "being and on work.", "on well-being and"),
        ("and staff paid for nurse-", "staffed beds in town.", "for nurse-staffed beds"),
        ("of the budget for 2023-", "24. The council paid.", "for 2023-24. The"),
        ("of the budget for 2023/", "24 and the next year.", "for 2023/24 and"),
        ("of the sum, which was £", "12. The council paid.", "was £12. The"),
    ],
)
@pytest.mark.parametrize("over_page", [False, True], ids=["line", "page"])
def test_words_and_numbers_over_lines_and_pages(
    before: str, after: str, expected: str, *, over_page: bool
) -> None:
    """What is cut at the end of a line or page is whole again."""
    page = [(60.0, 100.0 + 14 * n, "", FULL) for n in range(30)]
    page.append((60, 100 + 14 * 30, "", f"{FULL[:52]}{before}"))
    last = (60, 100.0 if over_page else 100 + 14 * 31, "", after)
    data = lines_pdf(page, [last]) if over_page else lines_pdf([*page, last])

    document = document_from_bytes(data)

    assert expected in document.text
    assert len(document.blocks) == 1


@pytest.mark.parametrize("bullet", ["o", "·", "-", "*"])
def test_bullets_begin_items(bullet: str) -> None:
    """An item ends where the next begins, also behind the letter that Word takes for a bullet."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    items = ["The ICB", "police met", "Age UK"]
    for line, item in enumerate(items):
        report.text(60, 100 + 12 * line, bullet)
        report.text(78, 100 + 12 * line, item)

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "list-item") == [f"{bullet} {item}" for item in items]


@pytest.mark.parametrize(
    ("parts", "expected", "omitted"),
    [
        (["The council paid £3", "^1", " million."], "The council paid £3 million.", 1),
        (["There were beds", "^12", " and homes."], "There were beds and homes.", 2),
        (["They met at home.", "^*", " It was good."], "They met at home. It was good.", 1),
        (["It was the 21", "^st", " of May."], "It was the 21st of May.", 0),
        (["A room has 90 m", "^2", " at most."], "A room has 90 m2 at most.", 0),
    ],
)
def test_marks_of_notes_are_no_part_of_words(parts: list[str], expected: str, omitted: int) -> None:
    """A small raised figure behind a word or sum is left out; the end of a word is not."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=11)
    for part in parts:
        report.char_vpos = "SUP" if part.startswith("^") else "LINE"
        report.write(14, part.removeprefix("^"))

    document = document_from_bytes(bytes(report.output()))

    assert document.text == expected
    assert sum(o.length for o in document.omissions if o.reason == "note-mark") == omitted


def test_words_of_two_sizes_that_touch_are_two() -> None:
    """Large text over the end of small text is not one word with it."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.text(60, 100, "Small text")
    report.set_font("helvetica", size=24)
    report.text(60 + report.get_string_width("Small text") * 10 / 24, 106, "Big")

    document = document_from_bytes(bytes(report.output()))

    assert document.text.split() == ["Small", "text", "Big"]


def test_words_that_are_spaced_out_are_words() -> None:
    """Letters far from each other are still of one word, if no space is set between them."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.set_char_spacing(4)
    report.text(60, 100, "Safeguarding people")

    assert document_from_bytes(bytes(report.output())).text == "Safeguarding people"


@pytest.mark.parametrize("gap", [0, 1, 4])
def test_letters_that_are_set_one_by_one_are_words(gap: int) -> None:
    """Where the gaps between letters are all alike, a wider one is that between two words."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    left = 60.0
    for letter in "Sparsity level":
        if letter != " ":
            report.text(left, 100, letter)
        left += report.get_string_width(letter) + gap

    document = document_from_bytes(bytes(report.output()))

    assert document.text == "Sparsity level"


def test_digits_that_are_spaced_out_are_no_number() -> None:
    """Figures side by side, such as the scores of a row, are never one number."""
    document = document_from_bytes(
        lines_pdf([(60 + 12 * n, 100, "", figure) for n, figure in enumerate("3232")])
    )

    assert "".join(document.text.split()) == "3232"
    assert max(map(len, document.text.split())) == 1


def test_words_that_come_out_otherwise_than_in_the_file_are_told() -> None:
    """A page whose words have their parts in another order in the file, as in a drawing, is named."""
    report = FPDF(unit="pt")
    for is_drawing in (False, True):
        report.add_page()
        report.set_font("helvetica", size=10)
        width = report.get_string_width("Care ser")
        parts = [(60.0, "Care ser"), (60.0 + width, "vices")]
        places = [(part, line) for line in range(4) for part in parts]
        if is_drawing:
            places.sort(reverse=True)
        for (left, part), line in places:
            report.text(left, 100 + 14 * line, part)

    document = document_from_bytes(bytes(report.output()))

    (told,) = document.diagnostics
    assert (told.code, told.severity) == ("words-uncertain", "warning")
    assert told.message.startswith("page 2 of the PDF: ")
    assert document.text.split() == ["Care", "services"] * 8


def test_tables_and_lists_have_blocks_of_their_own() -> None:
    """A row of a table is a block with tabs, and each bullet begins another."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    rows = [("Statement", "Score"), ("Equity", "2"), ("Safeguarding", "3")]
    for line, (name, score) in enumerate(rows):
        report.text(50, 100 + 14 * line, name)
        report.text(250, 100 + 14 * line, score)
    for line, item in enumerate(["- one thing", "- another"]):
        report.text(50, 200 + 14 * line, item)

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "table-row") == ["Statement\tScore", "Equity\t2", "Safeguarding\t3"]
    assert texts(document, "list-item") == ["- one thing", "- another"]


TABLE = [
    ["Theme", "What was found", "Money"],
    [
        "Equity in experience",
        "The ICB funded a reablement service that helped people to leave hospital and gave respite.",
        "£2m",
    ],
    ["Safeguarding", "Staff met with the police each week and they saw to it.", "£30,000"],
    ["Money", "None", "n/a"],
]


def table_pdf(**how: Any) -> bytes:  # noqa: ANN401 - of the library
    """Return a PDF of a table between two paragraphs."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.write(14, "Staff met in the town and saw to people.\n\n")
    with report.table(TABLE, col_widths=(20, 50, 15), line_height=14, **how):
        pass
    report.write(14, "\n\nThe end of the page is this line.")
    return bytes(report.output())


@pytest.mark.parametrize("aligned", ["TOP", "MIDDLE"])
@pytest.mark.parametrize(
    "borders",
    [
        *("ALL", "INTERNAL", "MINIMAL", "NO_HORIZONTAL_LINES"),
        *("HORIZONTAL_LINES", "SINGLE_TOP_LINE", "NONE"),
    ],
)
def test_cells_of_several_lines(borders: str, aligned: str) -> None:
    """A row is a row and a cell is whole, whatever lines are drawn and where its text stands."""
    data = table_pdf(borders_layout=borders, v_align=aligned, padding=2)

    document = document_from_bytes(data)

    assert texts(document, "table-row") == ["\t".join(row) for row in TABLE]
    (table,) = document.tables
    cells = [[cell and document.quote(cell.span).text for cell in row] for row in table.rows]
    assert cells == TABLE
    assert len(texts(document, "paragraph")) == 2
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    for word in ("Equity", "reablement", "respite", "30,000"):
        start = document.text.index(word)
        (box,) = document.boxes(Span(start, start + len(word)))
        assert word in page.get_text_bounded(box.left, box.bottom, box.right, box.top)


def test_cells_over_columns_and_rows() -> None:
    """A cell over several columns or rows stands once in the text, and in all of their places."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    with report.table() as table:
        row = table.row()
        row.cell("Themes of the report", colspan=2)
        row.cell("Money")
        row = table.row()
        row.cell("Equity", rowspan=2)
        row.cell("Staff")
        row.cell("£2m")
        row = table.row()
        row.cell("Places")
        row.cell("£3m")

    document = document_from_bytes(bytes(report.output()))

    (found,) = document.tables
    cells = [[cell and document.quote(cell.span).text for cell in row] for row in found.rows]
    assert cells == [
        ["Themes of the report", "Themes of the report", "Money"],
        ["Equity", "Staff", "£2m"],
        ["Equity", "Places", "£3m"],
    ]
    assert document.text.count("Equity") == 1


def test_rows_without_lines_between_them() -> None:
    """Where lines are drawn around several rows, each is still a row."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    for left, right in ((60, 200), (200, 300)):
        report.rect(left, 100, right - left, 20)
        report.rect(left, 120, right - left, 60)
    rows = [("Statement", "Score"), ("Equity", "2"), ("Safeguarding", "3"), ("Learning", "1")]
    for line, (name, score) in enumerate(rows):
        report.text(65, 114 + 19 * line, name)
        report.text(205, 114 + 19 * line, score)

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "table-row") == ["\t".join(row) for row in rows]


def test_what_stands_in_two_cells_is_never_one_name() -> None:
    """The border between two cells ends sentences and names, also where it is near to the words."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    lines = [*("Harrow: local authority assessment", "Safeguarding", "Score: 3", "Key findings")]
    for line, text in enumerate(lines):
        report.text(60, 60 + 20 * line, text)
    for left, text in ((60, "The ICB"), (100, "Board minutes"), (170, "Age UK")):
        report.rect(left, 150, 70 if left > 60 else 40, 20)
        report.text(left + 2, 164, text)

    assessment = cqcparse.read(io.BytesIO(bytes(report.output())))

    assert texts(assessment.document, "table-row") == ["The ICB\tBoard minutes\tAge UK"]
    assert {m.text for m in assessment.partners} == {"ICB", "Age UK"}


def test_a_box_beside_the_text_does_not_cut_it() -> None:
    """What stands in a frame beside the lines of a paragraph comes after it."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.set_fill_color(220)
    report.rect(380, 90, 150, 50, style="F")
    for line, text in enumerate(["Carers told us that", "they felt seen."]):
        report.text(390, 106 + 14 * line, text)
    lines = [
        *("The council met with people who had asked for help at home and with the", "ICB,"),
        "which paid for a part of what was needed.",
    ]
    for line, text in enumerate([lines[0], " ".join(lines[1:])]):
        report.text(50, 100 + 14 * line, text)

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "paragraph") == [
        " ".join(lines),
        "Carers told us that they felt seen.",
    ]


def test_items_without_bullets_are_told_by_where_they_begin() -> None:
    """Bullets may be drawn, and not written: an item that is set further in is one of its own."""
    lines = [
        (60.0, 100.0, "", "The council gave money to a hospice"),
        (
            90,
            114,
            "",
            "which opened in March and has ten beds for people who need care at the end of",
        ),
        (90, 128, "", "their lives"),
        (60, 142, "", "and ran a day centre"),
    ]

    document = document_from_bytes(lines_pdf(lines))

    assert texts(document, "paragraph") == [
        "The council gave money to a hospice",
        f"{lines[1][3]} their lives",
        "and ran a day centre",
    ]


def test_short_items_without_bullets_are_told_by_the_room_they_leave() -> None:
    """Browsers draw the bullets of a list: a line far shorter than the others ends an item."""
    full = "The council met with people who had asked for help at home and with their carers"
    items = ["funded a hospice with £2m", "worked with the police", "closed a day centre"]
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    for line, text in enumerate([*[full] * 6, "who agreed", "", *items, "", *[full] * 6]):
        report.text(60, 100 + 14 * line, text)

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "paragraph") == [
        f"{' '.join([full] * 6)} who agreed",
        *items,
        " ".join([full] * 6),
    ]


def test_a_line_just_below_a_box_may_be_as_short_as_those_beside_it() -> None:
    """A box has room around it, which lines go around too."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.rect(300, 80, 230, 50)
    for line, text in enumerate(["Carers told us that they had been", "seen."]):
        report.text(310, 96 + 14 * line, text)
    narrow = ["The council worked with all of its"] * 3 + ["neighbours and partners, and with the"]
    wide = "Integrated Care Board, which paid for all that was needed there and elsewhere in the county."
    for line, text in enumerate([*narrow, wide]):
        report.text(50, 92 + 14 * line, text)

    document = document_from_bytes(bytes(report.output()))

    assert " ".join([*narrow, wide]) in document.text


def test_a_table_whose_cells_stand_on_both_sides_of_a_gutter() -> None:
    """Short lines of a table are not taken for two columns of text."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    rows = [
        ("Assessing needs of people", "2", "Evidence shows some shortfalls in it"),
        ("Supporting people to live well", "3", "Evidence shows a good standard of it"),
        ("Equity in experience of people", "2", "Evidence shows some shortfalls in it"),
        ("Care provision and continuity", "3", "Evidence shows a good standard of it"),
        ("Partnerships and communities", "1", "Evidence shows significant shortfalls"),
    ]
    for line, row in enumerate(rows):
        for left, text in zip((60, 230, 300), row, strict=True):
            report.text(left, 100 + 16 * line, text)

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "table-row") == ["\t".join(row) for row in rows]


def test_numbered_paragraphs_are_no_table() -> None:
    """A number in front of a paragraph with a hanging indent belongs to it."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    for line in range(3):
        report.text(60, 100 + 40 * line, f"1.{line + 1}")
        report.text(100, 100 + 40 * line, "The council met with the police in the town and")
        report.text(100, 112 + 40 * line, "saw to it.")

    document = document_from_bytes(bytes(report.output()))

    whole = "The council met with the police in the town and saw to it."
    assert texts(document, "paragraph", "list-item") == [f"1.{n} {whole}" for n in (1, 2, 3)]
    assert not document.tables


def test_a_watermark_is_left_out_and_accounted_for() -> None:
    """Text at an angle is not part of the report."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.text(50, 100, "Care was good.")
    with report.rotation(45, 200, 400):
        report.text(200, 400, "DRAFT COPY")

    document = document_from_bytes(bytes(report.output()))

    assert document.text == "Care was good."
    assert [(o.reason, o.path, o.length) for o in document.omissions] == [("rotated", "page 1", 9)]


LINES = (
    "The council gave a grant to a hospice in 2024 for",
    "respite, and the police met each month.",
)


def turned_page(text_turn: int, page_turn: int) -> bytes:
    """Return a PDF of a page that is turned, with lines that are set turned on it; in degrees."""
    report = FPDF(unit="pt")
    report.add_page(format=(600, 600))
    report.set_font("helvetica", size=10)
    with report.rotation(text_turn, 300, 300):
        for line, text in enumerate(LINES):
            report.text(60, 80 + 12 * line, text)
    document = pypdfium2.PdfDocument(bytes(report.output()))
    document[0].set_rotation(page_turn)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("page_turn", [0, 90, 180, 270])
@pytest.mark.parametrize("text_turn", [0, 90, 180, 270])
def test_turned_and_sideways_pages_are_read(text_turn: int, page_turn: int) -> None:
    """However page and text are turned, the lines are read, and their boxes lead back to them."""
    data = turned_page(text_turn, page_turn)

    document = document_from_bytes(data)

    assert texts(document, "paragraph") == [" ".join(LINES)]
    assert not document.diagnostics
    assert not document.omissions
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    for match in re.finditer(r"\w{6,}", document.text):
        (box,) = document.boxes(Span(*match.span()))
        found = page.get_text_bounded(box.left, box.bottom, box.right, box.top)
        assert match[0] in found


def test_what_is_set_sideways_beside_the_text_comes_after_it() -> None:
    """It is read, and does not cut a sentence that goes on over the page."""
    report = FPDF(unit="pt")
    report.set_font("helvetica", size=10)
    for page, text in enumerate(["The council paid for", "care at home."]):
        report.add_page()
        report.text(60, 200, text)
        with report.rotation(90, 300, 400):
            report.text(300, 400, ["Needs", "Support"][page])

    document = document_from_bytes(bytes(report.output()))

    assert texts(document, "paragraph") == [
        "The council paid for care at home.",
        "Needs",
        "Support",
    ]


def page_with(**how: Any) -> bytes:  # noqa: ANN401 - of the library
    """Return a PDF of one line, and below it another that is set in some way."""
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.text(50, 100, "Care was good.")
    behind = how.pop("behind", None)
    if behind is not None:
        report.set_fill_color(behind)
        report.rect(40, 180, 200, 40, style="F")
    if how.pop("picture", False):
        report.image(picture(), 40, 180, 200, 40)
    report.set_font("helvetica", size=how.pop("size", 10))
    report.set_text_color(how.pop("colour", 0))
    left = how.pop("left", 50)
    with report.local_context(**how):
        report.text(left, 200, "Staff said so.")
    return bytes(report.output())


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"text_mode": "INVISIBLE"}, id="not-painted"),
        pytest.param({"colour": 255}, id="white-on-white"),
        pytest.param({"colour": 255, "behind": 255}, id="white-on-a-white-ground"),
        pytest.param({"size": 0.4}, id="tiny"),
        pytest.param({"left": -300}, id="beside-the-page"),
        pytest.param({"fill_opacity": 0}, id="clear"),
    ],
)
def test_text_that_cannot_be_seen_is_no_text(how: dict[str, Any]) -> None:
    """It is left out, an omission accounts for it, and a diagnostic says so."""
    document = document_from_bytes(page_with(**how))

    assert document.text == "Care was good."
    assert [(o.reason, o.path, o.length) for o in document.omissions] == [
        ("invisible", "page 1", len("Staffsaidso."))
    ]
    (diagnostic,) = document.diagnostics
    assert diagnostic.code == "text-omitted"
    assert "page 1 of the PDF: 12 characters" in diagnostic.message


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"text_mode": "INVISIBLE", "picture": True}, id="recognised-scan"),
        pytest.param({"colour": 255, "behind": 40}, id="white-on-dark"),
        pytest.param({"colour": 255, "picture": True}, id="white-on-a-picture"),
        pytest.param({"colour": 200}, id="grey"),
        pytest.param({"text_mode": "STROKE"}, id="outlined"),
    ],
)
def test_text_that_may_be_seen_is_read(how: dict[str, Any]) -> None:
    """The text of a recognised scan, and white text on something, are text."""
    document = document_from_bytes(page_with(**how))

    assert document.text == "Care was good.\n\nStaff said so."
    assert not document.omissions
    assert not document.diagnostics


@pytest.mark.parametrize(
    ("bar", "text", "omitted"),
    [
        pytest.param(("It spent ", "£2m ", 96.6, 0.7), "It spent £3m on beds.", 3, id="word"),
        pytest.param(("", "It spent £2m", 96.6, 0.7), "£3m on beds.", 10, id="words"),
        pytest.param(("It spent £", "2m", 96.6, 0.7), "It spent £ £3m on beds.", 2, id="part"),
        pytest.param(("It spent ", "£2m", 101.5, 0.7), None, 0, id="underlined"),
        pytest.param(("It spent ", "£2m £3m on beds. And on", 96.6, 0.7), None, 0, id="drawing"),
        pytest.param(("It spent ", "£2m", 86.6, 10), None, 0, id="background"),
    ],
)
def test_struck_out_words_are_left_out(
    bar: tuple[str, str, float, float], text: str | None, omitted: int
) -> None:
    """A thin bar through words, from the first letter to the last, says that they do not hold."""
    line = "It spent £2m £3m on beds."
    before, struck, down, height = bar
    report = FPDF(unit="pt")
    report.add_page()
    report.set_font("helvetica", size=10)
    report.set_fill_color(200)
    left = 60 + report.get_string_width(before)
    report.rect(left, down, report.get_string_width(struck.strip()), height, style="F")
    report.text(60, 100, line)

    document = document_from_bytes(bytes(report.output()))

    assert document.text == (text or line)
    assert [(o.reason, o.path, o.length) for o in document.omissions] == (
        [("struck-out", "page 1", omitted)] if omitted else []
    )
    assert document.diagnostics == ()


def test_a_page_that_is_mostly_set_at_an_angle_is_said() -> None:
    """A stamp on a page of text is only an omission; a page of nothing else needs a look."""
    report = FPDF(unit="pt")
    report.set_font("helvetica", size=10)
    report.add_page()
    report.text(50, 100, "Care was good.")
    report.add_page()
    with report.rotation(30, 100, 400):
        report.text(100, 400, "Staff said so, and people agreed.")

    document = document_from_bytes(bytes(report.output()))

    (diagnostic,) = document.diagnostics
    assert diagnostic.code == "text-omitted"
    assert "page 2 of the PDF: most of the text is set at an angle" in diagnostic.message


def unseen_pdf() -> bytes:
    """Return a PDF of white text on white."""
    report = FPDF()
    report.add_page()
    report.set_font("helvetica", size=10)
    report.set_text_color(255)
    report.text(20, 20, "Care was good.")
    return bytes(report.output())


def picture() -> Image.Image:
    """Return a picture of no text."""
    return Image.new("L", (80, 80), 128)


def test_pages_of_pictures_among_others_are_named() -> None:
    """What could not be read is said, and the rest is read."""
    report = FPDF()
    report.add_page()
    report.set_font("helvetica", size=10)
    report.text(50, 100, "Care was good.")
    report.add_page()
    report.image(picture())

    document = document_from_bytes(bytes(report.output()))

    (diagnostic,) = document.diagnostics
    assert diagnostic.code == "page-without-text"
    assert "page 2 of the PDF" in diagnostic.message


def test_a_hundred_pages_of_one_word() -> None:
    """A line that is all there is on each page is the text, and not furniture."""
    report = FPDF()
    report.set_font("helvetica", size=10)
    for _ in range(100):
        report.add_page()
        report.text(20, 20, "Care")

    document = document_from_bytes(bytes(report.output()))

    assert document.text.split() == ["Care"] * 100
    assert not texts(document, "furniture")


def blank_pdf() -> bytes:
    """Return a PDF of one empty page."""
    report = FPDF()
    report.add_page()
    return bytes(report.output())


def picture_pdf() -> bytes:
    """Return a PDF of one picture."""
    report = FPDF()
    report.add_page()
    report.image(picture())
    return bytes(report.output())


def encrypted_pdf() -> bytes:
    """Return a PDF with a password."""
    report = FPDF()
    report.set_encryption(owner_password="owner", user_password="user")  # noqa: S106
    report.add_page()
    report.set_font("helvetica", size=10)
    report.text(20, 20, "Care")
    return bytes(report.output())


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        pytest.param(blank_pdf()[:500], "cut off", id="half"),
        pytest.param(b"%PDF-1.7\n%%EOF", "damaged", id="damaged"),
        pytest.param(b"%PDF-1.7\n" + b"\0\1\2" * 500 + b"\n%%EOF", "damaged", id="noise"),
        pytest.param(blank_pdf(), "has no text", id="blank"),
        pytest.param(picture_pdf(), "pictures of pages and no text", id="pictures"),
        pytest.param(unseen_pdf(), "only text that is invisible", id="unseen"),
        pytest.param(encrypted_pdf(), "encrypted", id="encrypted"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(data: bytes, problem: str) -> None:
    """Each says what is wrong and what to do, whatever the file is called."""
    with pytest.raises(ReadError, match=problem) as error:
        document_from_bytes(data, "report.html")

    assert str(error.value).startswith("report.html: this PDF ")


def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pypdfium2 the sentence says what to install."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(ReadError, match=r"pip install 'cqcparse\[pdf\]'"):
        document_from_bytes(blank_pdf())


@pytest.mark.parametrize(
    ("name", "script", "problem"),
    [
        ("crashing", "os.abort()", r"crashes the program that reads it \(SIGABRT\)"),
        ("greedy", "bytearray(10**10)", "MB of memory"),
        ("slow", "time.sleep(60)", "takes more than"),
        ("large", "raise pdf_pages.UnreadableError(cause='large')", "too many pages"),
    ],
    ids=["crash", "memory", "time", "large"],
)
def test_what_goes_wrong_in_the_worker_is_named(
    name: str, script: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash, a lack of memory and a lack of time end the worker process only."""
    (tmp_path / f"{name}_pdfium.py").write_text(
        "import os, time\nfrom cqcparse.reading import pdf, pdf_pages\n"
        f"def read_pages(_):\n    {script}\n"
        "def read(parcel):\n    pdf_pages.read_pages = read_pages\n"
        "    return pdf._read(parcel)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    reader = importlib.import_module(f"{name}_pdfium").read
    monkeypatch.setattr(pdf, "_read", reader)
    seconds = 1.0 if name == "slow" else 100.0  # the others end by themselves
    monkeypatch.setattr(pdf, "_LIMITS", Limits(seconds=seconds, megabytes=500.0))

    with pytest.raises(ReadError, match=problem):
        document_from_bytes(blank_pdf())


def test_text_without_pages_has_no_boxes() -> None:
    """Asking for boxes in another format is answered with none."""
    assert document_from_text("Care").boxes(Span(0, 4)) == ()

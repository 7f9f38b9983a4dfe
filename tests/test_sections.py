"""Sections: the tree a report is told apart into, and that nothing of it is lost."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cqcparse.framework import builtin_frameworks
from cqcparse.model.document import Block, BlockKind, Document
from cqcparse.model.sections import Section
from cqcparse.model.spans import Span
from cqcparse.structure.sections import findings, parse_sections

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "quality" / "gold"
# The pages of money are practice: they have no part but the findings.
REPORTS = sorted(
    {*(ROOT / "seeds").glob("*.txt"), *GOLD.glob("*/*.txt")} - {*GOLD.glob("money-*/*.txt")}
)
COUNCILS, PROVIDERS = builtin_frameworks()

#: The start of a page, up to the heading of the key findings.
FRONT = """\
Brackenshire County Council: local authority assessment

Partnerships and communities

Score: 3

3 - Evidence shows a good standard

What people expect

I have care and support that is coordinated, and everyone works well together and with me.

The local authority commitment

We understand our duty to collaborate and work in partnership, so our services work seamlessly \
for people. We share information and learning with partners and collaborate for improvement.

Key findings for this quality statement

"""

#: Lines of reports, and lines that look like them.
LINES = (
    *(statement.title for statement in COUNCILS.statements),
    *(topic.titles[0] for statement in COUNCILS.statements for topic in statement.topics[:1]),
    *(statement.commitment for statement in COUNCILS.statements[:3]),
    "Brackenshire: local authority assessment",
    "Theme 1: How Brackenshire works with people",
    "Downloads",
    "Score: 3",
    "Indicative score:",
    "3 – Evidence shows a good standard",
    "Safeguarding: 2",
    "What people expect",
    "The local authority commitment:",
    "Key findings for this quality statement",
    "Key findings",
    "Overall summary",
    "Local authority rating and score",
    "Good",
    "Working with faith groups",
    "- Safeguarding",
    "It included:",
    "Page 3 of 12",
    "12",
    "(c) Care Quality Commission",
    "The local authority worked well with its partners. They met each month, e.g. in May.",
)
PAGES = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\n \n"]).map(lambda end: end.join(lines))
)


def parse(text: str) -> tuple[Section, ...]:
    """Return the sections of a text, by the profile of local authorities."""
    return parse_sections(Document(text=text), COUNCILS)[0]


def codes(text: str) -> list[str]:
    """Return the codes of the diagnostics."""
    return [item.code for item in parse_sections(Document(text=text), COUNCILS)[1]]


def outline(sections: Sequence[Section]) -> list[str]:
    """Return a line for each section, those below another indented: role, title, paragraphs."""
    return [
        f"{indent}{section.role} {section.title.text if section.title else '-'} "
        f"{len(section.paragraphs)}"
        for top in sections
        for indent, section in [("", top), *(("  ", child) for child in top.children)]
    ]


def below(text: str) -> list[str]:
    """Return the outline of what *text* is under the heading of the key findings."""
    lines = outline(parse(FRONT + text))
    return lines[5:]


def check_tree(document: Document, sections: Sequence[Section]) -> None:
    """Check that sections tile the text, and that every part lies where it says."""
    text, position = document.text, 0
    for top in sections:
        assert top.span == Span(top.own.start, [*top.walk()][-1].own.end)
        for section in top.walk():
            assert section.own.start == position
            position = section.own.end
            assert section.own.end == section.body.end
            if section.title is None:
                assert (section.level, section.body) == (0, section.own)
            else:
                span = section.title.span
                assert text[span.start : span.end] == section.title.text
                assert text[section.own.start : span.start].strip() == ""
                assert span.end == section.body.start
                assert section.level > 0
            check_body(text, section)
    assert position == len(text)


def check_body(text: str, section: Section) -> None:
    """Check that the paragraphs hold every character of a section's body."""
    position = section.body.start
    for paragraph in section.paragraphs:
        assert re.sub(r"[\W_]", "", text[position : paragraph.span.start]) == ""
        assert text[paragraph.span.start : paragraph.span.end] == paragraph.text
        assert all(paragraph.span.contains(sentence.span) for sentence in paragraph.sentences)
        position = paragraph.span.end
    assert re.sub(r"[\W_]", "", text[position : section.body.end]) == ""


class TestNothingIsLost:
    """Sections tile any text, and parsing never raises."""

    @given(st.one_of(PAGES, st.text()))
    @example("Overall summary\n[0]()\nA\nWe maximise the effectiveness of people's care.")
    def test_sections_tile_any_text(self, text: str) -> None:
        """Each character lies in exactly one section, in all profiles."""
        document = Document(text=text)
        for framework in (COUNCILS, PROVIDERS):
            check_tree(document, parse_sections(document, framework)[0])

    @given(
        PAGES,
        st.lists(
            st.tuples(
                st.integers(0, 400),
                st.integers(0, 120),
                st.sampled_from(["heading", "paragraph", "list-item", "table-row", "furniture"]),
                st.one_of(st.none(), st.integers(1, 6)),
            ),
            max_size=12,
        ),
    )
    def test_sections_tile_any_blocks(
        self, text: str, pieces: list[tuple[int, int, BlockKind, int | None]]
    ) -> None:
        """Whatever blocks a reader makes, no character is lost or counted twice."""
        blocks = tuple(
            Block(span=Span(start, start + length), kind=kind, level=level)
            for start, length, kind, level in pieces
        )
        document = Document(text=text, blocks=blocks)

        check_tree(document, parse_sections(document, COUNCILS)[0])

    @pytest.mark.parametrize("report", REPORTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_reports_are_told_apart_without_a_doubt(self, report: Path) -> None:
        """Every report of the sample has its parts, and its text lies in one section each."""
        with report.open(encoding="utf-8", newline="") as file:
            document = Document(text=file.read())

        sections, doubts = parse_sections(document, COUNCILS)

        check_tree(document, sections)
        # A writer of an invented page made up a sub-heading; that is told, and nothing else.
        assert {doubt.code for doubt in doubts} <= {"heading-unknown"}
        roles = [section.role for section in sections]
        assert roles[-2:] == ["commitment", "key-findings"]
        assert "score" in roles

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\x00", "x", "- ", "Score:"])
    def test_scraps(self, text: str) -> None:
        """Next to nothing is told apart as well; only the empty text has no section."""
        document = Document(text=text)
        sections = parse_sections(document, COUNCILS)[0]

        check_tree(document, sections)
        assert len(sections) == (1 if text else 0)

    @given(PAGES)
    def test_the_same_text_gives_the_same_sections(self, text: str) -> None:
        """Nothing but the text decides."""
        assert parse(text) == parse(text)


class TestKnownHeadings:
    """Headings of the profile, however the text is laid out."""

    EXPECTED = (
        "preamble Brackenshire County Council: local authority assessment 0",
        "score Partnerships and communities 2",
        "expectations What people expect 1",
        "commitment The local authority commitment 1",
        "key-findings Key findings for this quality statement 0",
        "  topic Impact of partnership working 1",
        "  topic Working with voluntary and charity sector groups 2",
    )
    TEXT = FRONT + (
        "Impact of partnership working\n\nThe work was reviewed.\n\n"
        "Working with voluntary and charity sector groups\n\nGroups felt heard. Some did not.\n\n"
        "They met each month.\n"
    )

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            pytest.param("", "", id="blank-lines"),
            pytest.param("\n\n", "\n", id="compact"),
            pytest.param("\n\n", "\r\n\r\n", id="windows"),
            pytest.param("\n\n", "\r", id="mac"),
            pytest.param("\n\n", "\u2028", id="line-separators"),
            pytest.param("\n\n", "\n \t\n\xa0\n", id="white-space-lines"),
            pytest.param("\n\n", "\n\n   ", id="indented"),
        ],
    )
    def test_layouts(self, old: str, new: str) -> None:
        """Blank lines or none, and any line end, give the same tree."""
        text = self.TEXT.replace(old, new) if old else self.TEXT

        assert outline(parse(text)) == list(self.EXPECTED)
        assert codes(text) == []

    @pytest.mark.parametrize(
        ("printed", "variant"),
        [
            ("What people expect", "What people expect:"),
            ("What people expect", "WHAT PEOPLE EXPECT"),
            ("The local authority commitment", "The local authority’s commitment:"),
            ("Partnerships and communities", "Partnership & communities"),
            ("Partnerships and communities", "Partnerships\xa0and\xa0communities"),
            ("Key findings for this quality statement", "Key findings"),
            ("Key findings for this quality statement", "## Key findings for this quality statement"),
            ("Impact of partnership working", "Impact of partnership working:"),
            ("Impact of partnership working", "**Impact of partnership working**"),
        ],
    )  # fmt: skip
    def test_variants(self, printed: str, variant: str) -> None:
        """A heading printed otherwise opens the same section, and its title is what is printed."""
        sections = parse(self.TEXT.replace(f"{printed}\n", f"{variant}\n", 1))

        roles = [line.split()[0] for line in self.EXPECTED]
        assert [line.split()[0] for line in outline(sections)] == roles
        titles = [s.title.text for top in sections for s in top.walk() if s.title]
        assert variant in titles

    def test_ids_are_those_of_the_profile(self) -> None:
        """Statement, parts and topics can be asked for by id."""
        ids = [section.id for top in parse(self.TEXT) for section in top.walk()]

        assert ids == [
            "title",
            "partnerships",
            "expectations",
            "commitment",
            "key-findings",
            "partnership-impact",
            "voluntary-sector",
        ]

    def test_levels_follow_the_depth(self) -> None:
        """The title of the page is 1, statements 2, their parts 3, topics 4."""
        levels = [section.level for top in parse(self.TEXT) for section in top.walk()]

        assert levels == [1, 2, 3, 3, 3, 4, 4]

    def test_findings_are_the_body_of_findings_and_topics(self) -> None:
        """No heading, no boilerplate, in the order of the text."""
        found = [paragraph.text for paragraph in findings(parse(self.TEXT), COUNCILS)]

        assert found == [
            "The work was reviewed.",
            "Groups felt heard. Some did not.",
            "They met each month.",
        ]

    def test_a_name_in_a_sentence_opens_nothing(self) -> None:
        """A heading is a whole line."""
        assert below("Safeguarding was strong.\n\nPartnerships and communities were too.\n") == []

    def test_wrapped_text_keeps_its_headings(self) -> None:
        """A heading that stands right above a wrapped paragraph is not joined to it."""
        prose = (
            "The local authority worked with its partners on a plan for the whole of the county, "
            "and the plan had been agreed by each of the boards that were part of the work."
        )
        heading = "Partnership working to deliver shared local and national objectives"
        lines = [*FRONT.splitlines(), heading, prose, "Impact of partnership working", prose]
        text = "\n".join(textwrap.fill(line, len(heading)) for line in lines if line)

        assert outline(parse(text))[-2:] == [
            "  topic Partnership working to deliver shared local and national objectives 1",
            "  topic Impact of partnership working 1",
        ]


class TestUnknownHeadings:
    """Headings that no profile has are sections of their own."""

    def test_a_short_line_above_a_paragraph_is_a_topic(self) -> None:
        """Within key findings it is a topic without an id, and a diagnostic says so."""
        text = FRONT + "It began well.\n\nWorking with faith groups\n\nFaith groups were valued.\n"

        sections, doubts = parse_sections(Document(text=text), COUNCILS)

        assert outline(sections)[-2:] == [
            "key-findings Key findings for this quality statement 1",
            "  topic Working with faith groups 1",
        ]
        assert sections[-1].children[0].id is None
        assert [(item.code, item.span) for item in doubts] == [
            ("heading-unknown", sections[-1].children[0].title.span)  # type: ignore[union-attr]
        ]

    def test_outside_the_findings_it_is_other(self) -> None:
        """On a summary page it stands beside the sections that are known."""
        text = "Overall summary\n\nWhat we did\n\nWe visited the county in May.\n"

        assert outline(parse(text)) == ["other Overall summary 0", "other What we did 1"]

    def test_a_colon_does_not_matter_unless_it_leads_into_the_text(self) -> None:
        """'Faith groups:' is a heading, 'One carer told us:' is not."""
        assert below("Faith groups:\n\nThey were valued.\n") == ["  topic Faith groups: 1"]
        assert below("One carer told us:\n\nThey were valued.\n") == []

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("They had begun to work.\n", id="full-stop"),
            pytest.param("and then there was\n\nA paragraph follows.\n", id="lower-case"),
            pytest.param("- Faith groups\n\nA paragraph follows.\n", id="bullet"),
            pytest.param("• Faith groups\n\nA paragraph follows.\n", id="bullet-character"),
            pytest.param("1. Faith groups\n\nA paragraph follows.\n", id="number"),
            pytest.param("Faith groups\n", id="nothing-follows"),
            pytest.param("Hubs\nLunch clubs\nLibraries\nThey were all valued.\n", id="list"),
            pytest.param("There were:\nHubs\nLibraries\nThey were valued.\n", id="list-of-two"),
            pytest.param("“We are heard”\n\nA paragraph follows.\n", id="quotation"),
            pytest.param(f"{'Long ' * 30}\n\nA paragraph follows.\n", id="long"),
            pytest.param("Published: 3 May 2024\n\nA paragraph follows.\n", id="notice"),
            pytest.param("It ended. Leaders told us that the\n\nA paragraph follows.\n", id="cut"),
        ],
    )
    def test_other_short_lines_are_paragraphs(self, text: str) -> None:
        """List items, quotations, sentences and cut lines open nothing."""
        assert below(text) == []
        assert codes(FRONT + text) == []

    def test_two_headings_in_a_row_are_both_kept(self) -> None:
        """A heading above a heading is not part of the section above."""
        text = "It began well.\n\nPartners\n\nFaith groups\n\nThey were valued.\n"

        assert below(text) == ["  topic Partners 0", "  topic Faith groups 1"]

    def test_a_name_of_another_statement_may_be_a_topic(self) -> None:
        """Without a score or parts of its own it does not end the statement it stands in."""
        text = "It began well.\n\nSafeguarding\n\nConcerns were raised with the team.\n"

        assert below(text) == ["  topic Safeguarding 1"]


class TestPagesAndFooters:
    """Lines about the page are no findings."""

    @pytest.mark.parametrize(
        "line",
        [
            "(c) Care Quality Commission",
            "© Care Quality Commission",
            "Page 3 of 12",
            "www.cqc.org.uk",
            "https://www.cqc.org.uk/care-services/report",
            "[Back to the list](https://www.cqc.org.uk)",
        ],
    )
    def test_the_last_lines_are_a_footer(self, line: str) -> None:
        """Copyright, page numbers and links close the page."""
        sections = parse(FRONT + f"The work was reviewed.\n\n{line}\n")

        assert sections[-1].role == "footer"
        assert [paragraph.text for paragraph in findings(sections, COUNCILS)] == [
            "The work was reviewed."
        ]

    def test_findings_go_on_behind_the_end_of_a_page(self) -> None:
        """What a page number breaks off goes on in a section of the same role and id."""
        text = (
            "Impact of partnership working\n\nThe work was reviewed.\n\nPage 3 of 12\n\n"
            "Brackenshire County Council: local authority assessment\n\nIt went on.\n\n13\n\nEnd.\n"
        )
        sections = parse(FRONT + text)
        children = sections[-1].children

        assert [(child.role, child.id) for child in children] == [
            ("topic", "partnership-impact"),
            ("footer", None),
            ("topic", "partnership-impact"),
            ("footer", None),
            ("topic", "partnership-impact"),
        ]
        assert [paragraph.text for paragraph in findings(sections, COUNCILS)] == [
            "The work was reviewed.",
            "It went on.",
            "End.",
        ]

    def test_downloads_are_the_top_or_the_foot_of_a_page(self) -> None:
        """What stands under that heading is never a finding."""
        text = "Downloads\n\n" + FRONT + "The work was reviewed.\n\nDownloads\n\nThe report (PDF)\n"
        sections = parse(text)

        assert (sections[0].role, sections[-1].role) == ("preamble", "footer")
        assert len(findings(sections, COUNCILS)) == 1

    def test_a_page_behind_a_page_begins_with_its_title(self) -> None:
        """The title of the next page is not the foot of the one before."""
        sections = parse(FRONT + "It was reviewed.\n\n" + FRONT.replace("Score: 3", "Score: 2"))

        assert [section.role for section in sections].count("preamble") == 2


class TestMissingHeadings:
    """Texts that lack a heading, or are cut."""

    def test_without_a_heading_the_wording_of_the_profile_tells(self) -> None:
        """I and we statements are recognised with small differences, the rest is findings."""
        text = (
            "Partnerships and communities\nScore: 3\n"
            "I have care and support that is co-ordinated and everyone works well together with me."
            "\nWe understand our duty to collaborate and to work in partnership, so that our "
            "services work seamlessly for people.\n"
            "The local authority worked well with the police.\n"
            "Impact of partnership working\nIt was reviewed each year.\n"
        )

        assert outline(parse(text)) == [
            "score Partnerships and communities 1",
            "expectations - 1",
            "commitment - 1",
            "key-findings - 1",
            "  topic Impact of partnership working 1",
        ]
        assert codes(text) == ["heading-missing"]

    def test_findings_behind_a_commitment_without_their_heading(self) -> None:
        """The first paragraph under a known heading stays there, whatever it says."""
        text = FRONT.removesuffix("Key findings for this quality statement\n\n")
        text += "The local authority worked well with the police. Staff said so.\n"

        assert outline(parse(text))[-2:] == [
            "commitment The local authority commitment 1",
            "key-findings - 1",
        ]

    def test_with_a_heading_ahead_nothing_is_moved(self) -> None:
        """Prose above the key findings stays where it is printed."""
        text = FRONT.replace("Key findings", "An added paragraph of text.\n\nKey findings")

        assert outline(parse(text))[-2:] == [
            "commitment The local authority commitment 2",
            "key-findings Key findings for this quality statement 0",
        ]

    def test_a_page_cut_at_its_top_keeps_its_findings(self) -> None:
        """Text in front of the first topic is the end of the topic before."""
        text = "and so more was needed. Leaders knew.\n\nImpact of partnership working\n\nIt was "

        sections = parse(text)

        assert [section.role for section in sections] == ["key-findings"]
        assert len(findings(sections, COUNCILS)) == 2

    @pytest.mark.parametrize("share", [0.02, 0.1, 0.2, 0.35, 0.5, 0.75, 0.99])
    @pytest.mark.parametrize(
        "report", REPORTS[:4], ids=lambda path: f"{path.parent.name}-{path.stem}"
    )
    def test_a_report_cut_anywhere_is_told_apart(self, report: Path, share: float) -> None:
        """Both halves of a report tile, and their findings are those of the whole."""
        text = report.read_text(encoding="utf-8")
        cut = int(len(text) * share)
        whole = {paragraph.text for paragraph in findings(parse(text), COUNCILS)}

        for half in (text[:cut], text[cut:]):
            sections = parse(half)
            check_tree(Document(text=half), sections)
            inner = [paragraph.text for paragraph in findings(sections, COUNCILS)][1:-1]
            assert whole.issuperset(inner)


class TestFormats:
    """Documents whose reader knows headings, lists and tables."""

    @staticmethod
    def document(*pieces: tuple[BlockKind, int | None, str]) -> Document:
        """Return a document of blocks."""
        text = "\n".join(content for _, _, content in pieces)
        blocks, start = [], 0
        for kind, level, content in pieces:
            blocks.append(Block(span=Span(start, start + len(content)), kind=kind, level=level))
            start += len(content) + 1
        return Document(text=text, blocks=tuple(blocks))

    def outline_of(self, *pieces: tuple[BlockKind, int | None, str]) -> list[str]:
        """Return the outline of a document of blocks."""
        return outline(parse_sections(self.document(*pieces), COUNCILS)[0])

    def test_headings_of_the_format_are_believed(self) -> None:
        """A heading is one even with a stop at its end; a short paragraph is none."""
        assert self.outline_of(
            ("heading", 2, "Key findings"),
            ("paragraph", None, "Short line"),
            ("paragraph", None, "The local authority worked with partners."),
            ("heading", 3, "Is it working?"),
            ("paragraph", None, "It was."),
        ) == ["key-findings Key findings 2", "  topic Is it working? 1"]

    def test_a_heading_above_the_findings_ends_them(self) -> None:
        """The levels of the format say what belongs to what."""
        assert self.outline_of(
            ("heading", 2, "Key findings"),
            ("paragraph", None, "It works."),
            ("heading", 3, "Safeguarding"),
            ("paragraph", None, "It is safe."),
            ("heading", 1, "More on this site"),
            ("paragraph", None, "Read on."),
        ) == [
            "key-findings Key findings 1",
            "  topic Safeguarding 1",
            "other More on this site 1",
        ]

    def test_lists_name_statements_without_opening_them(self) -> None:
        """A theme page lists what it covers; a summary lists names with scores."""
        assert self.outline_of(
            ("heading", 1, "Theme 2: How Brackenshire provides support"),
            ("list-item", None, "Care provision, integration and continuity"),
            ("list-item", None, "Partnerships and communities"),
            ("table-row", None, "Safeguarding\tScore: 3"),
            ("list-item", None, "Key findings"),
        ) == [
            "other Theme 2: How Brackenshire provides support 2",
            "score Safeguarding 2",
        ]

    def test_furniture_is_a_footer(self) -> None:
        """What the reader knows to be about the page is no finding."""
        assert self.outline_of(
            ("heading", 2, "Key findings"),
            ("paragraph", None, "It works well for"),
            ("furniture", None, "Brackenshire 4"),
            ("paragraph", None, "most people."),
            ("furniture", None, "Brackenshire 5"),
        ) == [
            "key-findings Key findings 1",
            "  footer - 1",
            "  key-findings - 1",
            "footer - 1",
        ]


@pytest.mark.parametrize(
    "piece",
    [
        "Heading of it\n\n",
        "Heading of it\nThis is a sentence of prose.\n",
        "Key findings\nThis is it.\nPage 3 of 4\n",
        "Page 3 of 4\n",
        "Safeguarding\n",
        "Safeguarding\nScore: 3\n",
        "including:\nApples\nPears\n",
        "The local authority commitment\nWe work with people to be safe.\n",
        "x" + " " * 150 + "y\n",
        "Score: " + "- " * 90 + "\n",
        "x",
    ],
)
def test_work_grows_with_the_length(
    piece: str, growth: Callable[[Callable[[str], object], Callable[[int], str]], float]
) -> None:
    """No line is looked for again for each of the others."""
    assert growth(parse, lambda size: piece * (size // 4)) < 10

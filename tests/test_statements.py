"""Statements: which are there, their scores, the overall rating, and what kind of document it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cqcparse.framework import Statement, builtin_frameworks
from cqcparse.model.document import Block, Document
from cqcparse.model.spans import Span
from cqcparse.model.statements import StatementAssessment
from cqcparse.structure.statements import Structure, read_structure

ROOT = Path(__file__).resolve().parent.parent
REPORTS = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests").glob("quality/gold/*/*.txt")])
COUNCILS, PROVIDERS = builtin_frameworks()
WORDS = {level.value: level.descriptor for level in COUNCILS.scores}


def read(text: str) -> Structure:
    """Tell a text apart."""
    return read_structure(Document(text=text))


def codes(structure: Structure) -> list[str]:
    """Return the codes of the diagnostics."""
    return [item.code for item in structure.diagnostics]


def score_of(text: str) -> tuple[int | None, str | None, str]:
    """Return value, descriptor and printed characters of the only score of a page."""
    (statement,) = read(text).statements
    if statement.score is None:
        return None, None, ""
    span = statement.score.span
    return statement.score.value, statement.score.descriptor, text[span.start : span.end]


def page(index: int, score: int, end: str = "\n\n") -> str:
    """Return the page of a statement, in the order and wording of the profile."""
    statement = COUNCILS.statements[index]
    lines = ["Eastmarch County Council: local authority assessment", "Downloads", statement.title]
    lines += [f"Score: {score}", f"{score} - {WORDS[score]}"]
    if statement.expectations:
        lines += ["What people expect", *statement.expectations]
    lines += ["The local authority commitment", statement.commitment]
    lines += ["Key findings for this quality statement"]
    for topic in statement.topics:
        lines += [topic.titles[0], "The work was in place. Staff said it had helped people."]
    return end.join([*lines, "(c) Care Quality Commission", ""])


def theme_page(number: int, end: str = "\n\n") -> str:
    """Return the page of a theme, which lists the statements it covers."""
    theme = COUNCILS.themes[number]
    covered = [item.title for item in COUNCILS.statements if item.theme == theme.id]
    title = theme.title.replace("the local authority", "Eastmarch")
    lines = [f"Theme {number + 1}: {title}", "This theme includes these quality statements:"]
    return end.join([*lines, *covered, "We may look at other things as well.", ""])


def summary(scores: list[int], rating: str, percentage: int, end: str = "\n\n") -> str:
    """Return landing page and summary of a report."""
    lines = [
        "Eastmarch County Council: local authority assessment",
        "How we assess local authorities",
        "Assessment published: 30 May 2025",
        "About Eastmarch County Council",
        "Demographics",
        "Eastmarch has 700,000 residents. Some 24% of them were over 65, and 75% owned a home.",
        "Overall summary",
        "Local authority rating and score",
        "- Eastmarch County Council",
        rating,
        f"Eastmarch County Council scored {percentage} out of 100 overall, which is a standard.",
        "Quality statement scores",
    ]
    for statement, score in zip(COUNCILS.statements, scores, strict=True):
        lines += [statement.title, f"    Score: {score}"]
    lines += ["Summary of people's experiences", "Around 61% of people said care was good."]
    return end.join([*lines, "© Care Quality Commission", ""])


class TestStatements:
    """Which statements a document has."""

    @pytest.mark.parametrize("index", range(9), ids=lambda index: COUNCILS.statements[index].id)
    def test_each_statement_is_recognised(self, index: int) -> None:
        """A page of any statement has that statement, its theme, its score and its parts."""
        (statement,) = read(page(index, 2)).statements

        expected = COUNCILS.statements[index]
        assert (statement.id, statement.theme) == (expected.id, expected.theme)
        assert statement.title.text == expected.title
        assert statement.score is not None
        assert (statement.score.value, statement.score.descriptor) == (2, WORDS[2])
        assert len(statement.sections[-1].children) == len(expected.topics)

    @pytest.mark.parametrize("report", REPORTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
    def test_reports_have_one_scored_statement(self, report: Path) -> None:
        """Every report of the sample is an assessment with one statement and no doubts."""
        structure = read(report.read_text(encoding="utf-8"))

        (statement,) = structure.statements
        assert statement.score is not None
        assert statement.score.descriptor == WORDS[statement.score.value]
        assert structure.is_local_authority_assessment
        # A writer of an invented page made up a sub-heading; that is told, and nothing else.
        assert {doubt.code for doubt in structure.diagnostics} <= {"heading-unknown"}
        assert structure.findings

    @pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"], ids=ascii)
    def test_a_whole_report_in_one_text(self, end: str) -> None:
        """Summary, themes and nine pages: each statement once, with its page's sections."""
        scores = [2, 2, 2, 3, 2, 2, 2, 3, 3]
        text = summary(scores, "Requires improvement", 58, end)
        for index, statement in enumerate(COUNCILS.statements):
            number = [theme.id for theme in COUNCILS.themes].index(statement.theme)
            text += theme_page(number, end) + page(index, scores[index], end)

        structure = read(text)

        assert codes(structure) == []
        assert [item.id for item in structure.statements] == [s.id for s in COUNCILS.statements]
        assert [item.score.value for item in structure.statements if item.score] == scores
        for item, known in zip(structure.statements, COUNCILS.statements, strict=True):
            roles = [section.role for section in item.sections]
            parts = ["expectations"] if known.expectations else []
            assert roles == ["score", *parts, "commitment", "key-findings"]
        topics = sum(len(statement.topics) for statement in COUNCILS.statements)
        assert len(structure.findings) == topics + 1  # that of people's experiences
        assert structure.overall is not None
        assert structure.overall.percentage == 58

    def test_a_summary_has_scores_without_key_findings(self) -> None:
        """Names with scores in a list are statements; only people's experiences are searched."""
        structure = read(summary([3] * 9, "Good", 75))

        assert [item.score.value for item in structure.statements if item.score] == [3] * 9
        assert {len(item.sections) for item in structure.statements} == {1}
        (experiences,) = structure.findings
        assert experiences.text == "Around 61% of people said care was good."
        assert structure.is_local_authority_assessment

    def test_a_theme_page_only_names_statements(self) -> None:
        """A list of names is no statement, and the page is still one of an assessment."""
        structure = read(theme_page(1))

        assert structure.statements == ()
        assert structure.is_local_authority_assessment

    def test_the_page_counts_more_than_the_summary(self) -> None:
        """Where they differ, the statement has its page's score, and a diagnostic says so."""
        text = summary([3] * 9, "Good", 75) + page(4, 2)

        structure = read(text)
        partnerships = structure.statements[-1]

        assert partnerships.id == COUNCILS.statements[4].id
        assert partnerships.score is not None
        assert partnerships.score.value == 2
        assert "score-conflict" in codes(structure)

    def test_the_summary_fills_in_a_score_the_page_lacks(self) -> None:
        """One of the two is enough."""
        text = summary([3] * 9, "Good", 75) + page(4, 2).replace("Score: 2", "").replace(
            "2 - Evidence shows some shortfalls", ""
        )

        structure = read(text)

        assert codes(structure) == []
        assert [item.score.value for item in structure.statements if item.score] == [3] * 9
        assert len(structure.statements[-1].sections) > 1

    def test_a_statement_spans_its_heading_and_sections(self) -> None:
        """The footer behind it is not part of it."""
        text = page(6, 1)
        (statement,) = read(text).statements

        covered = text[statement.span.start : statement.span.end]
        assert covered.startswith(statement.title.text)
        assert covered.rstrip().endswith("Staff said it had helped people.")

    def test_an_unknown_statement_is_named(self) -> None:
        """A heading with a score that is no statement of the profile is diagnosed."""
        structure = read("Being kind\nScore: 3\nKey findings\nStaff were kind to people.\n")

        assert structure.statements == ()
        assert codes(structure) == ["not-an-assessment", "statement-unknown"]
        assert len(structure.findings) == 1

    @pytest.mark.parametrize(
        "line",
        [
            "5 Partnerships and communities",
            "(e) partnerships and communities",
            "Partnerships and\ncommunities",
            "5.\nPartnerships\nand communities",
            "**Partnerships & communities**",
        ],
    )
    @pytest.mark.parametrize("end", ["\n", "\n\n"])
    def test_numbered_and_wrapped_names(self, line: str, end: str) -> None:
        """A number, a letter or a line end does not hide a statement and its score."""
        parts = [line.replace("\n", end), "Score: 3", "Key findings", "Partners met often."]
        structure = read(end.join(parts))

        assert [(s.id, s.score and s.score.value) for s in structure.statements] == [
            ("partnerships", 3)
        ]
        assert codes(structure) == []

    @given(st.sampled_from(COUNCILS.statements), st.data())
    def test_wrapped_anywhere(self, statement: Statement, data: st.DataObject) -> None:
        """The name of a statement is found wherever it is broken into two lines."""
        words = statement.title.split()
        assume(len(words) > 1)
        cut = data.draw(st.integers(1, len(words) - 1))
        name = " ".join(words[:cut]) + "\n" + " ".join(words[cut:])
        structure = read(f"{name}\nScore: 2\nKey findings\nStaff said that people waited.\n")

        (found,) = structure.statements
        assert (found.id, found.score and found.score.value) == (statement.id, 2)
        assert found.title.text == name

    @pytest.mark.parametrize(
        "text",
        [
            "## Safeguarding\n\n**Score:** 3",
            "**Safeguarding**\n\n__Score__: 3",
            "- **Safeguarding:** Score 3",
            "| Safeguarding | 3 |",
        ],
    )
    def test_markdown_in_plain_text(self, text: str) -> None:
        """The marks of Markdown hide neither name nor score."""
        (statement,) = read(text).statements
        assert (statement.id, statement.score and statement.score.value) == ("safeguarding", 3)

    @pytest.mark.parametrize(
        "line", ["Partnerships and communites", "Partnerships", "5: Partnershps & communities"]
    )
    @pytest.mark.parametrize("score", ["\nScore: 3", ": Score 3"])
    def test_nearly_a_name(self, line: str, score: str) -> None:
        """A misspelt or shortened name in front of a score is taken for the statement, and told."""
        structure = read(f"{line}{score}\nKey findings\nPartners met often.\n")

        assert [(s.id, s.score and s.score.value) for s in structure.statements] == [
            ("partnerships", 3)
        ]
        assert codes(structure) == ["heading-inferred"]
        assert structure.diagnostics[0].span == structure.statements[0].title.span

    @pytest.mark.parametrize(
        "text",
        [
            "5 Being kind\nScore: 2",
            "e) being kind\nScore: 2",
            "Being kind: Score 2",
            "Leadership\nScore: 2",
            "Leadership: Score 2",
            "Theme 4: Leadership\n\nScore: 2\n\n2 - Evidence shows some shortfalls",
            "Score: 2",
        ],
    )
    @pytest.mark.parametrize("before", ["", "Safeguarding\nScore: 3\nKey findings\nIt was so.\n"])
    def test_no_score_is_lost_silently(self, text: str, before: str) -> None:
        """Whatever is printed as a score and belongs to no statement is told, once."""
        title = "Rutland County Council: local authority assessment\n"
        structure = read(f"{title}{before}{text}\nKey findings\nStaff were kind.\n")

        assert codes(structure).count("statement-unknown") == 1
        known = [("safeguarding", 3)] if before else []
        assert [(s.id, s.score and s.score.value) for s in structure.statements] == known

    def test_a_score_without_a_statement_is_named(self) -> None:
        """A page cut below its heading keeps its findings."""
        text = page(4, 3)
        structure = read(text[text.index("Score: 3") :])

        assert structure.statements == ()
        assert codes(structure) == ["statement-unknown"]
        assert structure.is_local_authority_assessment
        assert len(structure.findings) == len(COUNCILS.statements[4].topics)


class TestScores:
    """The score of a statement, as printed."""

    @pytest.mark.parametrize(
        ("printed", "value", "descriptor"),
        [
            ("Score: 3", 3, None),
            ("Score 3", 3, None),
            ("Score: 3.0", 3, None),
            ("Score of 3", 3, None),
            ("The score is 3", 3, None),
            ("Our score: 3", 3, None),
            ("Score: 3¹", 3, None),
            ("[Score: 3]", 3, None),
            ("Good (3)", 3, "Good"),
            ("Evidence shows a good standard (3)", 3, "Evidence shows a good standard"),
            ("Rating: 3", 3, None),
            ("Scored 3", 3, None),
            ("Score:3\n\n3 - Evidence shows a good standard", 3, WORDS[3]),
            ("Score: 2\n2 – Evidence shows some shortfalls", 2, WORDS[2]),
            ("Score: 4\nScore: 4 - Evidence shows an exceptional standard", 4, WORDS[4]),
            ("Indicative score:\n\n3 - Good: Evidence shows a good standard", 3, WORDS[3]),
            ("Indicative score:\n2 -Requires improvement: Evidence shows some shortfalls", 2,
             WORDS[2]),
            ("Indicative score: two", 2, None),
            ("Score:\n3\nEvidence shows a good standard", 3, WORDS[3]),
            ("3 - Evidence shows a good standard", 3, WORDS[3]),
            ("Score: 3 (Good)", 3, "Good"),
            ("Score: 1 - Evidence shows very little", 1, "Evidence shows very little"),
        ],
    )  # fmt: skip
    def test_score_and_words_are_read_together(
        self, printed: str, value: int, descriptor: str | None
    ) -> None:
        """Whatever the layout, the number, the words and all that is printed of them."""
        text = f"Safeguarding\n\n{printed}\n\nKey findings\n\nConcerns were raised with staff.\n"

        score = read(text).statements[0].score

        assert score_of(text) == (value, descriptor, printed.strip("[])"))
        assert score is not None
        assert text[score.value_span.start : score.value_span.end] in {str(value), "two"}
        if score.descriptor_span is not None:
            span = score.descriptor_span
            assert text[span.start : span.end] == descriptor

    @pytest.mark.parametrize(
        ("line", "value"),
        [
            ("Safeguarding: 3", 3),
            ("Safeguarding – Score: 3 - Evidence shows a good standard", 3),
            ("- Safeguarding (Score 2)", 2),
            ("Safeguarding\tScore: 4", 4),
            ("Safeguarding | 1", 1),
            ("Theme 3: Safeguarding, score three", 3),
        ],
    )
    def test_name_and_score_on_one_line(self, line: str, value: int) -> None:
        """Rows of a table and items of a list; the title is the name alone."""
        (statement,) = read(f"Quality statement scores\n\n{line}\n").statements

        assert statement.score is not None
        assert (statement.id, statement.score.value) == ("safeguarding", value)
        assert statement.title.text.endswith("Safeguarding")

    def test_a_missing_score_is_said(self) -> None:
        """The statement is there, without a score, and the diagnostic points at its heading."""
        text = "Safeguarding\n\nKey findings for this quality statement\n\nIt was safe for all.\n"
        structure = read(text)

        assert structure.statements[0].score is None
        (missing,) = structure.diagnostics
        assert (missing.code, missing.span) == ("score-missing", Span(0, 12))

    @pytest.mark.parametrize(
        "printed",
        [
            "Score: 3\n2 - Evidence shows some shortfalls",
            "Score: 3\nEvidence shows significant shortfalls",
            "Score: 3 - Evidence shows an exceptional standard",
            "Indicative score:\n3 - Outstanding",
        ],
    )
    def test_words_that_contradict_the_number_are_said(self, printed: str) -> None:
        """The first number printed is kept; nothing is corrected."""
        structure = read(f"Safeguarding\n{printed}\nKey findings for this quality statement\n")

        assert structure.statements[0].score is not None
        assert structure.statements[0].score.value == 3
        assert codes(structure) == ["score-descriptor-mismatch"]

    @pytest.mark.parametrize("value", [0, 5, 17])
    def test_a_number_off_the_scale_is_no_score(self, value: int) -> None:
        """It is left out, and said."""
        structure = read(f"Safeguarding\nScore: {value}\nWhat people expect\n")

        assert structure.statements[0].score is None
        assert codes(structure) == ["score-invalid"]

    def test_a_number_in_the_findings_is_no_score(self) -> None:
        """Only what stands between the heading and the other parts is read."""
        text = "Safeguarding\nWhat people expect\nScore: 3\nKey findings\nScore: 2\n"

        assert score_of(text) == (None, None, "")


class TestOverall:
    """The rating of the whole authority."""

    @pytest.mark.parametrize(
        ("lines", "rating", "percentage"),
        [
            ("- Eastmarch County Council\nGood\nIt scored 78 out of 100 overall.", "Good", 78),
            ("Eastmarch\nOutstanding\nOverall rating for Eastmarch: 89%", "Outstanding", 89),
            ("Eastmarch: Requires improvement\nIt scored 50%.", "Requires improvement", 50),
            ("Eastmarch\tInadequate", "Inadequate", None),
            ("Good: Evidence shows a good standard", "Good", None),
            ("Overall rating: Good (75%)", "Good", 75),
            ("Eastmarch scored 78 out of 100 overall, which shows a good standard.", None, 78),
        ],
    )
    def test_rating_and_percentage(
        self, lines: str, rating: str | None, percentage: int | None
    ) -> None:
        """A line of its own, behind the name, with its words, or a sentence with the number."""
        text = f"Local authority rating and score\n{lines}\n"
        overall = read(text).overall

        assert overall is not None
        assert (overall.rating.text if overall.rating else None) == rating
        assert overall.percentage == percentage
        if overall.rating:
            span = overall.rating.span
            assert text[span.start : span.end] == rating
        if overall.percentage_span:
            span = overall.percentage_span
            assert text[span.start : span.end] == str(percentage)

    @pytest.mark.parametrize(
        "text",
        [
            "Overall summary\n\nAround 72% of care homes were rated good by us.\n",
            "Demographics\n\nGood\n\nSome 75% of people own a home.\n",
            "Local authority rating and score\n\nStaff were good. Requires improvement is a word.\n",
            "Key findings\n\nOverall rating: Good\n\nOverall score of 75%.\n",
        ],
    )
    def test_prose_and_findings_set_no_rating(self, text: str) -> None:
        """What is said of homes, people or providers is not the authority's rating."""
        assert read(text).overall is None

    @pytest.mark.parametrize(
        ("text", "rating", "percentage"),
        [
            ("Overall\n\nGood", "Good", None),
            ("Overall rating\n\nGood\n\n68%", "Good", 68),
            ("Overall rating\nRequires improvement (47%)", "Requires improvement", 47),
            ("Our overall rating: Good", "Good", None),
            ("The overall rating is good.", "good", None),
            ("Overall rating for Rutland County Council: Good", "Good", None),
            ("The overall rating for Rutland County Council was outstanding.", "outstanding", None),
            ("The overall rating of care homes rose: good for them", None, None),
            ("The overall rating matters. It was good", None, None),
        ],
    )
    def test_label_and_rating_apart(
        self, text: str, rating: str | None, percentage: int | None
    ) -> None:
        """A label may stand on the line above, and "is" or a name between it and the rating."""
        title = "Rutland County Council: local authority assessment\n\n"
        overall = read(f"{title}{text}\n\nSafeguarding\n\nScore: 3\n").overall
        assert (overall.rating.text if overall and overall.rating else None) == rating
        assert (overall.percentage if overall else None) == percentage

    @pytest.mark.parametrize(
        ("text", "missing"),
        [
            ("Assessing needs\nScore: 3\nSafeguarding\nScore: 2\n", True),
            ("Local authority rating and score\n\nRutland County Council\n", True),
            ("Overall rating\n\nSafeguarding\nScore: 3\n", True),
            ("Summary of people's experiences\n\nPeople were content with it.\n", True),
            ("Overall\nGood\nAssessing needs\nScore: 3\nSafeguarding\nScore: 2\n", False),
            ("Safeguarding\nScore: 3\nKey findings\nStaff were kind to people.\n", False),
        ],
    )
    def test_a_summary_without_a_rating(self, text: str, *, missing: bool) -> None:
        """A page where the rating is printed, and is not, says so."""
        title = "Rutland County Council: local authority assessment\n\n"
        assert ("rating-missing" in codes(read(title + text))) is missing

    @pytest.mark.parametrize(
        ("printed", "told"),
        [
            ("Overall rating\nGood\n68%", None),
            ("Overall rating\nGood\n168%", "168"),
            ("Overall rating\nGood\n68.5%", "68.5"),
            ("Overall rating\nGood\n7%", "7"),
            ("Overall score: 68,5 per cent", "68,5"),
            ("Overall score: 68.5% (68%)", None),
            ("Overall rating\nGood\n\nSome 12.5% of residents are over 65.", None),
        ],
    )
    def test_a_percentage_that_no_rating_has(self, printed: str, told: str | None) -> None:
        """It is left out and told, with its place, unless another one is printed."""
        text = f"Rutland County Council: local authority assessment\n\n{printed}\n\nSafeguarding\n"

        structure = read(text)

        found = [item for item in structure.diagnostics if item.code == "percentage-invalid"]
        places = [text[item.span.start : item.span.end] for item in found if item.span]
        assert places == ([told] if told else [])
        if told and structure.overall:
            assert structure.overall.percentage is None

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("Overall rating: Good\nOverall score: 50%\n", 1, id="band"),
            pytest.param("Overall rating: Good\nOverall score: 75%\n", 0, id="agree"),
            pytest.param("Overall score: 10%\n", 0, id="off-the-scale"),
        ],
    )
    def test_rating_and_percentage_are_compared(self, text: str, expected: int) -> None:
        """A rating outside the band of its percentage is said."""
        assert codes(read(f"Overall summary\n{text}")).count("rating-mismatch") == expected

    @pytest.mark.parametrize(
        ("scores", "rating", "percentage", "expected"),
        [
            ([3] * 9, "Good", 75, 0),
            ([3] * 9, "Good", 78, 1),
            ([2] * 9, "Good", 50, 1),
            ([2] * 9, "Good", 75, 1),
            ([4, 4, 4, 4, 4, 4, 3, 3, 2], "Outstanding", 89, 0),
        ],
    )
    def test_the_scores_are_added_up(
        self, scores: list[int], rating: str, percentage: int, expected: int
    ) -> None:
        """Nine scores make a percentage; it is compared with the printed one, never put for it."""
        structure = read(summary(scores, rating, percentage))

        assert structure.overall is not None
        assert structure.overall.percentage == percentage
        assert codes(structure).count("rating-mismatch") == expected

    def test_a_rating_without_a_percentage_is_compared_with_the_scores(self) -> None:
        """The pilots printed no number."""
        text = summary([2] * 9, "Good", 75)
        text = "\n".join(line for line in text.splitlines() if "out of 100" not in line)

        assert "rating-mismatch" in codes(read(text))

    @pytest.mark.parametrize(
        ("text", "indicative"),
        [
            ("Safeguarding\nIndicative score:\n3 - Good: Evidence shows a good standard\n", True),
            ("Local authority indicative rating\nGood: Evidence shows a good standard\n", True),
            ("Safeguarding\nScore: 3\nKey findings\nAn indicative score was given.\n", False),
            ("Safeguarding\nScore: 3\n", False),
        ],
    )
    def test_pilots_are_indicative(self, text: str, indicative: bool) -> None:  # noqa: FBT001
        """The flag is read from headings and score lines, not from findings."""
        assert read(text).indicative is indicative


class TestKindOfDocument:
    """Whether a document is an assessment of a local authority, and if not, why."""

    PROVIDER = (
        "Brook House\n\nReport from 3 March 2025 assessment\n\nContents\n\nSafe\n\nGood\n\n"
        "This service scored 75 (out of 100) for this area.\n\nLearning culture\n\nScore: 3\n\n"
        "The service had a proactive culture of safety. Staff spoke up.\n\nSafeguarding\n\n"
        "Score: 2\n\nPeople were kept safe from harm by staff.\n"
    )
    PRESS = (
        "CQC rates Eastmarch County Council as good\n\nThe Care Quality Commission (CQC) has rated "
        "Eastmarch County Council as good.\n\nCQC scored the local authority:\n\n"
        "Assessing needs: three\n\nSafeguarding: two\n\nNotes to editors\n\nFor media enquiries, "
        "call us.\n"
    )

    def test_a_provider_report_has_its_own_profile(self) -> None:
        """It is read by that profile, and said not to be an assessment of a council."""
        structure = read(self.PROVIDER)

        assert structure.framework is PROVIDERS
        assert not structure.is_local_authority_assessment
        assert codes(structure)[0] == "not-an-assessment"
        assert "'this service scored'" in structure.diagnostics[0].message
        assert [(s.id, s.theme, s.score and s.score.value) for s in structure.statements] == [
            ("learning-culture", "safe", 3),
            ("safeguarding", "safe", 2),
        ]
        assert structure.findings == ()
        assert len(read_structure(Document(text=self.PROVIDER), any_document=True).findings) == 2

    @pytest.mark.parametrize("any_document", [False, True])
    def test_a_press_release_is_none(self, *, any_document: bool) -> None:
        """It lists scores that are not its own, and is told by the phrases around them."""
        structure = read_structure(Document(text=self.PRESS), any_document=any_document)

        assert (structure.statements, structure.overall) == ((), None)
        assert structure.wanted is any_document

        assert not structure.is_local_authority_assessment
        assert structure.framework is COUNCILS
        assert "'notes to editors'" in structure.diagnostics[0].message

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("The ICB funded 24 beds.", True),
            ("The ICB funded 24 beds.\n\nPartners met.\n\nStaff said so.", True),
            ("Working with housing\n\nThe ICB funded 24 beds.\n", True),
            ("Direct payments\n\nThe ICB funded 24 beds.\n", True),
            ("Housing\n\nThe ICB funded 24 beds.\n\nMoney\n\nThe ICB met the police.\n", False),
            ("The ICB funded 24 beds.\n\nNotes to editors\n", False),
            ("The ICB funded 24 beds for people. " * 40, False),
            ("The ICB and the local authority funded 24 beds. " * 40, True),
            ("The service met the ICB. This service scored 75 (out of 100) for this area.", False),
        ],
    )
    def test_a_piece(self, text: str, *, wanted: bool) -> None:
        """A string may be a piece of an assessment, unless it shows another kind of document."""
        assert read(text).wanted is wanted
        assert bool(read(text).findings) is wanted
        whole = read_structure(Document(text=text), piece=False)
        assert (whole.wanted, whole.findings) == (False, ())
        assert codes(whole) == ["not-an-assessment"] or whole.framework is PROVIDERS
        assert not read(text).is_local_authority_assessment

    @pytest.mark.parametrize("text", ["", " \n", "\x0c\u2028"])
    def test_nothing_is_none(self, text: str) -> None:
        """An empty text says so."""
        (doubt,) = read(text).diagnostics

        assert doubt.code == "not-an-assessment"
        assert "there is no text" in doubt.message

    @pytest.mark.parametrize(
        "text",
        [
            "Minutes of the meeting\n\nThe chair opened the meeting. Apologies were received.\n",
            "Direct payments\n\nYou can ask us for a direct payment. Call us.\n",
            "About Eastmarch County Council\n\nWe are a council.\n\nLeadership\n\nWe lead.\n",
            "def f(x):\n    return x\n",
            "Key findings\n\nOur survey of shops found much. Sales were good.\n",
        ],
    )
    def test_unrelated_texts_are_none(self, text: str) -> None:
        """A heading that other texts have as well is no proof."""
        structure = read(text)

        assert not structure.is_local_authority_assessment
        assert "not-an-assessment" in codes(structure)

    @pytest.mark.parametrize(
        "text",
        [
            "Eastmarch County Council: local authority assessment\n\nDownloads\n",
            "Local authority rating and score\n\nGood\n",
            "Safeguarding\nScore: 3\n",
            "What people expect\n\nI feel safe.\n",
            "It was so.\n\nImpact of partnership working\n\nIt was reviewed by partners.\n",
            "How we assess local authorities\n\nFinancial facts\n\n- It spent £1,200,000.\n",
        ],
    )
    def test_any_page_of_a_report_is_one(self, text: str) -> None:
        """Landing pages, summaries, and pages cut at either end."""
        assert read(text).is_local_authority_assessment

    def test_a_bare_fragment_is_all_findings(self) -> None:
        """A few paragraphs without any heading are what extractors read."""
        text = "The Better Care Fund paid for beds. It was new.\n\nStaff welcomed it.\n"
        structure = read(text)

        assert [paragraph.text for paragraph in structure.findings] == text.strip().split("\n\n")
        assert not structure.is_local_authority_assessment

    def test_a_page_that_lost_its_line_ends_is_still_one(self) -> None:
        """Phrases of the profile make up for the headings; the one paragraph is read."""
        structure = read(page(4, 3, end=" "))

        assert structure.is_local_authority_assessment
        assert structure.statements == ()
        assert len(structure.findings) == 1

    def test_another_kind_of_document_has_no_findings_by_default(self) -> None:
        """Prose with phrases of a press release is not taken for findings."""
        text = "CQC has rated the council good.\n\nNotes to editors\n\nCall the press office.\n"

        assert read(text).findings == ()

    def test_a_given_profile_is_applied(self) -> None:
        """The caller knows better."""
        structure = read_structure(Document(text=page(6, 3)), PROVIDERS)

        assert structure.framework is PROVIDERS
        assert not structure.is_local_authority_assessment


class TestFormats:
    """Documents whose reader knows rows and items."""

    def test_rows_of_a_table_of_scores(self) -> None:
        """A summary as a table has the nine scores."""
        rows = [f"{item.title}\tScore: 3" for item in COUNCILS.statements]
        text = "\n".join(rows)
        starts = [sum(len(row) + 1 for row in rows[:index]) for index in range(len(rows))]
        blocks = tuple(
            Block(span=Span(start, start + len(row)), kind="table-row")
            for start, row in zip(starts, rows, strict=True)
        )

        structure = read_structure(Document(text=text, blocks=blocks))

        assert [item.score.value for item in structure.statements if item.score] == [3] * 9


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """Reading never raises, and says the same twice."""
    assert read(text) == read(text)


@given(
    st.integers(0, 8), st.integers(1, 4), st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028"])
)
def test_what_is_read_stands_where_it_says(index: int, value: int, end: str) -> None:
    """Title, score and words are the characters of their spans."""
    text = page(index, value, end)
    (statement,) = read(text).statements

    check_statement(text, statement)
    assert statement.score is not None
    assert statement.score.value == value


def check_statement(text: str, statement: StatementAssessment) -> None:
    """Check that every part of a statement is what its span covers."""
    title, score = statement.title, statement.score
    assert text[title.span.start : title.span.end] == title.text
    assert score is not None
    assert score.descriptor_span is not None
    assert text[score.value_span.start : score.value_span.end] == str(score.value)
    assert text[score.descriptor_span.start : score.descriptor_span.end] == score.descriptor
    assert score.span.contains(score.value_span)
    assert score.span.contains(score.descriptor_span)
    assert statement.span.contains(score.span)


@pytest.mark.parametrize(
    "piece",
    [
        "Safeguarding\nScore: 3\n",
        "Local authority rating and score\nGood\nIt scored 75% overall.\n",
        "Overall summary\nGood requires improvement 75% outstanding\n",
        "Score: 3\n",
    ],
)
def test_work_grows_with_the_length(
    piece: str, growth: Callable[[Callable[[str], object], Callable[[int], str]], float]
) -> None:
    """No score or rating is looked for again for each of the others."""
    assert growth(read, lambda size: piece * (size // 4)) < 10

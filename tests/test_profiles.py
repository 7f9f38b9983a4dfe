"""Profiles of plugins: when one is applied, and what it may say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import Parser
from cqcparse.cli import group
from cqcparse.errors import PluginError
from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.framework.choice import choose_framework
from tests.made_plugins import Site, made_site

SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"
TEXT = SEED.read_text(encoding="utf-8")
SCHOOLS = Path(__file__).parent / "plugins" / "schools" / "cqcparse_schools_of_tests"
BRINGS = """
from pathlib import Path

@hookimpl
def cqcparse_frameworks():
    return [Path(__file__).with_name("{file}")]
"""
REPORT = """\
School inspection report
Overall effectiveness: Good
The quality of education: Good
Behaviour and attitudes: Outstanding
Personal development
Grade: Good
Leadership and management
Requires improvement
What does the school do well?
Pupils at the school learn well. The school worked with Age UK. Good progress was made.
"""
TABLE = """\
School inspection report
Overall effectiveness\tGood
The quality of education\tGood
Behaviour and attitudes\tOutstanding
Personal development\tGood
Leadership and management\tRequires improvement

What does the school do well?
Pupils at the school learn well.
"""
SCORES = {
    "quality-of-education": 3,
    "behaviour-and-attitudes": 4,
    "personal-development": 3,
    "leadership-and-management": 2,
}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions."""
    yield from made_site(tmp_path / "site", monkeypatch)


def draft(change: Callable[[str], str] = str) -> str:
    """Return a copy of the built-in profile, as somebody drafts the one of a next year."""
    profiles = resources.files("cqcparse.framework") / "profiles"
    text = (profiles / "local-authority-2023.toml").read_text(encoding="utf-8")
    text = text.replace('id = "local-authority-2023"', 'id = "draft"', 1)
    return change(text.replace("markers = [", 'markers = [\n  "people", "carers", "support",', 1))


class TestChoice:
    """The ninth of nine ways: a profile that takes reports from another."""

    def test_a_draft_with_common_words_takes_nothing(self, site: Site) -> None:
        """With every marker of the built-in one and three common words more, no report moves."""
        before = Parser(plugins=False).parse(TEXT, source="harrow")
        site.add("drafts", BRINGS.format(file="draft.toml"))
        (site.folder / "draft.toml").write_text(draft(), encoding="utf-8")
        site.choose("drafts")
        after = Parser().parse(TEXT, source="harrow")
        assert after == before
        assert after.framework == "local-authority-2023"
        assert after.statements[0].score is not None
        assert [f.id for f in Parser().frameworks][-1] == "draft"
        listed = CliRunner().invoke(group, ["plugins"])
        assert "framework draft: none of its headings is telling and its own" in listed.stdout
        assert listed.exit_code == 0

    @given(st.lists(st.sampled_from(TEXT.split()), max_size=30), st.booleans())
    def test_no_words_move_a_report(self, words: list[str], known: bool) -> None:  # noqa: FBT001
        """Whatever phrases of a report a profile names, without a heading of its own it is passed over."""
        (own, *_) = builtin_frameworks()
        markers = (*own.markers, *words)
        headings = own.headings if known else ()
        other = attrs.evolve(own, id="other", markers=markers, headings=headings)
        assert choose_framework(TEXT, builtin_frameworks(), [other]).framework is own

    def test_a_next_year_with_a_heading_of_its_own(self, site: Site) -> None:
        """Reports that print it are read by the new profile, which is said; no others are."""

        def renamed(text: str) -> str:
            heading = '[[headings]]\nid = "next"\nrole = "other"\ntitles = ["How we assessed in 2031"]\ntelling = true\n\n'
            return text.replace("[[headings]]", heading + "[[headings]]", 1)

        site.add("drafts", BRINGS.format(file="draft.toml"))
        (site.folder / "draft.toml").write_text(draft(renamed), encoding="utf-8")
        site.choose("drafts")
        report = Parser().parse(f"How we assessed in 2031\nWe asked.\n{TEXT}")
        assert report.framework == "draft"
        (said,) = [d for d in report.diagnostics if d.code == "framework-chosen"]
        assert "'draft' of plugin 'drafts' (cqcparse-drafts 1.0) was applied" in said.message
        assert "has the heading 'How we assessed in 2031'" in said.message
        assert Parser().parse(TEXT).framework == "local-authority-2023"


class TestWords:
    """A scale of words, as other regulators have it."""

    @pytest.fixture
    def schools(self, site: Site) -> Framework:
        """The profile of the plugin of tests, installed."""
        shutil.copytree(SCHOOLS, site.folder / "made_schools_data")
        site.add(
            "schools",
            BRINGS.format(file="made_schools_data/schools.toml").replace(
                "with_name(", "parent.joinpath("
            ),
        )
        site.choose("schools")
        return Parser().frameworks[-1]

    @pytest.mark.parametrize("text", [REPORT, TABLE], ids=["lines", "table"])
    def test_judgements_are_read(self, text: str, schools: Framework) -> None:
        """Behind a name, behind a label, on a line below and in a table; the quote is the word."""
        report = Parser().parse(text)
        assert report.framework == schools.id
        assert {s.id: s.score and s.score.value for s in report.statements} == SCORES
        for statement in report.statements:
            assert statement.score is not None
            place = statement.score.value_span
            word = schools.scores[statement.score.value - 1].rating
            assert text[place.start : place.end] == word
        assert report.overall is not None
        assert str(report.overall.rating) == "Good"
        assert not [d for d in report.diagnostics if d.code.startswith("score-")]

    @pytest.mark.usefixtures("schools")
    def test_prose_is_no_judgement(self) -> None:
        """A sentence that begins with a rating is none."""
        text = REPORT.replace("Requires improvement\n", "Good work goes on here.\n")
        report = Parser().parse(text)
        scores = {s.id: s.score and s.score.value for s in report.statements}
        assert scores == SCORES | {"leadership-and-management": None}

    @pytest.mark.usefixtures("schools")
    def test_scores_have_its_columns(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """`scores` has a column for each of its judgements, and none of another profile."""
        (tmp_path / "school.txt").write_text(
            REPORT.replace("Personal development\nGrade: Good\n", ""), encoding="utf-8"
        )
        with pytest.raises(SystemExit, match="0"):
            group(["scores", str(tmp_path / "school.txt")])
        row = json.loads(capsys.readouterr().out)
        assert row["framework"] == "schools"
        assert {name: row[name] for name in SCORES} == SCORES | {"personal-development": None}
        assert "safeguarding" not in row

    @pytest.mark.usefixtures("schools")
    def test_it_can_be_asked_for(self, tmp_path: Path) -> None:
        """`--framework` and the argument take its id; another is refused with the ids there are."""
        text = "Behaviour and attitudes: Good\nPupils were polite.\n"
        assert Parser().parse(text).framework != "schools"
        report = Parser(framework="schools").parse(text)
        assert [(s.id, s.score and s.score.value) for s in report.statements] == [
            ("behaviour-and-attitudes", 3)
        ]
        with pytest.raises(PluginError, match="'local-authority-2023', 'provider-saf', 'schools'"):
            Parser(framework="school")
        path = tmp_path / "page.txt"
        path.write_text(text, encoding="utf-8")
        done = CliRunner().invoke(group, ["parse", str(path), "--framework", "schools"])
        assert done.exit_code == 0, done.output
        assert "Behaviour and attitudes: 3" in done.stdout
        wrong = CliRunner().invoke(group, ["scores", str(path), "--framework", "school"])
        assert wrong.exit_code == 2
        assert "cqcparse: framework profile 'school' is unknown" in wrong.stderr

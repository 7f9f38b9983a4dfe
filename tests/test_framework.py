"""Framework profiles: the built-in ones, the loader, and the lines they recognise."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import cqcparse
from cqcparse.errors import DataError
from cqcparse.framework import Framework, Statement, builtin_frameworks, load_framework
from cqcparse.framework.choice import choose_framework

COUNCILS, PROVIDERS = builtin_frameworks()

#: A profile with no more in it than it must have.
SMALL = """
id = "bakeries-2031"
title = "Bakeries"
local_authority = false
markers = ["this bakery was tasted"]

[matching]
ignore = ["and", "the"]
same = [["bread", "loaf"]]
labels = ["Part"]

[score]
labels = ["Mark"]

[[themes]]
id = "craft"
title = "Craft"

[[statements]]
id = "crust"
theme = "craft"
title = "Bread and its crust"
expectations = ["I can hear the crust when I break it."]

[[headings]]
id = "tasting"
role = "key-findings"
titles = ["Tasting notes", "{baker} tasted"]

[[scores]]
value = 1
rating = "Stale"
descriptor = "Crumbs point to neglect"

[[scores]]
value = 2
rating = "Fresh"
descriptor = "Crumbs point to care"
cues = ["care"]

[[bands]]
rating = "Stale"
low = 50
high = 74

[[bands]]
rating = "Fresh"
low = 75
high = 100
"""


def load(tmp_path: Path, text: str) -> Framework:
    """Load a profile from a file with *text*."""
    file = tmp_path / "profile.toml"
    file.write_text(text, encoding="utf-8")
    return load_framework(file)


class TestBuiltIn:
    """The profiles that come with the package."""

    def test_the_local_authority_profile_is_preferred(self) -> None:
        """It is the first, and the only one for local authorities."""
        kinds = [(profile.id, profile.local_authority) for profile in builtin_frameworks()]

        assert kinds == [("local-authority-2023", True), ("provider-saf", False)]

    def test_statements_keep_their_ids_and_order(self) -> None:
        """The nine ids are part of the contract."""
        assert [statement.id for statement in COUNCILS.statements] == [
            "assessing-needs",
            "healthier-lives",
            "equity",
            "care-provision",
            "partnerships",
            "safe-systems",
            "safeguarding",
            "governance",
            "learning",
        ]

    def test_providers_have_five_questions_with_34_statements(self) -> None:
        """8, 6, 5, 7 and 8 statements, in the order of the questions."""
        counts = [
            sum(1 for statement in PROVIDERS.statements if statement.theme == theme.id)
            for theme in PROVIDERS.themes
        ]

        assert counts == [8, 6, 5, 7, 8]

    @pytest.mark.parametrize("profile", builtin_frameworks(), ids=lambda profile: profile.id)
    def test_every_title_is_recognised_as_its_own(self, profile: Framework) -> None:
        """Each wording of each statement and topic leads to that statement or topic."""
        for statement in profile.statements:
            for title in (statement.title, *statement.variants):
                found = profile.matcher.find(title)
                assert found is not None
                assert (found.kind, found.id) == ("statement", statement.id)
            for topic in statement.topics:
                for title in topic.titles:
                    found = profile.matcher.find(title)
                    assert found is not None
                    assert (found.id, found.statement) == (topic.id, statement.id)

    @pytest.mark.parametrize("profile", builtin_frameworks(), ids=lambda profile: profile.id)
    def test_bands_cover_every_reachable_percentage(self, profile: Framework) -> None:
        """From the lowest score everywhere to the highest, each percentage has one band."""
        bands = [profile.band(percentage) for percentage in range(25, 101)]

        assert None not in bands
        assert profile.band(24) is None
        assert profile.band(101) is None

    def test_no_code_knows_a_statement(self) -> None:
        """Titles of statements stand in the profiles and nowhere in the code."""
        titles = [
            title.lower()
            for statement in COUNCILS.statements
            for title in (statement.title, *statement.variants)
            if " " in title
        ]
        for file in Path(cqcparse.__file__).parent.rglob("*.py"):
            if file.name == "samples.py":
                continue  # a report to try extractors on prints its heading
            code = file.read_text(encoding="utf-8").lower()
            assert not [title for title in titles if title in code], file

    def test_a_profile_can_be_hashed_compared_and_pickled(self) -> None:
        """It goes to worker processes and into caches; what it has derived stays behind."""
        COUNCILS.matcher.find("Downloads")
        copy = pickle.loads(pickle.dumps(COUNCILS))  # noqa: S301 - its own bytes

        assert copy == COUNCILS
        assert hash(copy) == hash(COUNCILS)
        assert copy.matcher.find("Downloads") == COUNCILS.matcher.find("Downloads")


class TestMatching:
    """Printed headings and the titles they stand for."""

    @pytest.mark.parametrize(
        ("printed", "id_"),
        [
            ("PARTNERSHIPS AND COMMUNITIES", "partnerships"),
            ("Partnership & communities", "partnerships"),
            ("Partnerships\xa0and communities:", "partnerships"),
            ("5. Partnerships and communities", "partnerships"),
            ("5 Partnerships and communities", "partnerships"),
            ("5.0 Partnerships and communities", "partnerships"),
            ("5.1.2. Partnerships and communities", "partnerships"),
            ("5Partnerships and communities", "partnerships"),
            ("e) Partnerships and communities", "partnerships"),
            ("(E) Partnerships and communities", "partnerships"),
            ("iv. Partnerships and communities", "partnerships"),
            ("QS5: Partnerships and communities", "partnerships"),
            ("Section 5 – Partnerships and communities", "partnerships"),
            ("Statement 5 of 9: Partnerships and communities", "partnerships"),
            ("Quality statement 5: Partnerships and communities", "partnerships"),
            ("## Partnerships and communities", "partnerships"),
            ("Assessing people’s needs", "assessing-needs"),
            ("Assessing people's needs", "assessing-needs"),
            ("Supporting people to lead healthier lives", "healthier-lives"),
            ("Supporting people to live healthier lives", "healthier-lives"),
            ("Equity in experiences and outcomes", "equity"),
            ("Care provision, integration, and continuity", "care-provision"),
            ("Care provision – integration – continuity", "care-provision"),
            ("Care provision, integration and continuity of care", "care-provision"),
            ("Safe pathways, systems and transitions", "safe-systems"),
            ("Safe systems, pathways and transitions", "safe-systems"),
            ("safeguarding", "safeguarding"),
            ("Governance, management, and sustainability", "governance"),
            ("Learning, improvement and innovation", "learning"),
            ("Theme 1: How Brackenshire works with people", "working-with-people"),
            ("How Brackenshire County Council provides support", "providing-support"),
            ("How the local authority ensures safety in the system", "ensuring-safety"),
            ("Theme 4: Leadership", "leadership"),
            ("Royal Borough of Hartsmere: local authority assessment", "title"),
            ("Stoke-on-Trent – local authority assessment", "title"),
            ("What people expect:", "expectations"),
            ("The local authority’s commitment", "commitment"),
            ("Key findings for this quality statement.", "key-findings"),
            ("Assessment and care planning for unpaid carers, child’s carers and child carers",
             "unpaid-carers"),
            ("Page 3 of 12", "furniture"),
            ("(c) Care Quality Commission", "furniture"),
            ("© Care Quality Commission 2025. All rights reserved", "furniture"),
            ("Published: 3 May 2024 Page last updated: 4 May 2024", "notice"),
        ],
    )  # fmt: skip
    def test_variants_are_recognised(self, printed: str, id_: str) -> None:
        """Case, commas, dashes, "&", plurals, apostrophes and word order make no difference."""
        found = COUNCILS.matcher.find(printed)

        assert found is not None
        assert found.id == id_

    @pytest.mark.parametrize(
        "printed",
        [
            "",
            "—",
            "Partnerships",
            "Communities and partners",
            "Safeguarding was strong",
            "How many people works with people",
            "Key findings showed that people waited",
            "About 40 people had waited for an assessment",
            "Care Quality Commission assessors came in May",
            "Page turners of the library",
            "Partnerships and communities " * 10,
        ],
    )
    def test_other_lines_are_not(self, printed: str) -> None:
        """A line that only shares words with a title is none of the profile's."""
        assert COUNCILS.matcher.find(printed) is None

    def test_the_slot_of_a_title_is_found(self) -> None:
        """Where the name stands in a title is known to the character."""
        title = "Royal Borough of Hartsmere: local authority assessment"

        slot = COUNCILS.matcher.slot(title)

        assert slot is not None
        assert title[slice(*slot)] == "Royal Borough of Hartsmere"
        assert COUNCILS.matcher.slot("Safeguarding") is None

    @given(st.text(max_size=250))
    def test_any_line_may_be_asked_for(self, line: str) -> None:
        """No line makes the comparison fail, and the answer is always the same."""
        assert COUNCILS.matcher.find(line) == COUNCILS.matcher.find(line)


class TestNearTitles:
    """Lines that are nearly a title."""

    @given(st.sampled_from(COUNCILS.statements), st.data())
    def test_a_letter_is_missing(self, statement: Statement, data: st.DataObject) -> None:
        """A title of several words is still recognised when a long one lacks a letter."""
        words = statement.title.split()
        long = [n for n, word in enumerate(words) if len(word) > 7 and len(words) > 1]
        assume(long)
        place = data.draw(st.sampled_from(long))
        cut = data.draw(st.integers(1, len(words[place]) - 2))
        words[place] = words[place][:cut] + words[place][cut + 1 :]
        line = " ".join(words)
        found, near = COUNCILS.matcher.find(line), COUNCILS.matcher.find_near(line)
        known = found or (near.known if near else None)
        assert known is not None
        assert known.id == statement.id

    @pytest.mark.parametrize(
        ("line", "title"),
        [
            ("5. Partnershps and communites", "Partnerships and communities"),
            ("Safegaurding", "Safeguarding"),
            ("Key findings for this quality statment", "Key findings for this quality statement"),
            ("Direct paymnts", "Direct payments"),
        ],
    )
    def test_misspelt(self, line: str, title: str) -> None:
        """About half of the words may be misspelt."""
        near = COUNCILS.matcher.find_near(line)
        assert near is not None
        assert near.title == title

    @pytest.mark.parametrize(
        "line",
        ["", "Partnerships and communities", "Safeguards", "Save systems", "Housing and transport"],
    )
    def test_far(self, line: str) -> None:
        """A title is not near to itself, and another word is not a misspelt one."""
        assert COUNCILS.matcher.find_near(line) is None

    @pytest.mark.parametrize(
        ("line", "id_"),
        [
            ("Governance", "governance"),
            ("4 Care provision", "care-provision"),
            ("Supporting people", "healthier-lives"),
            ("Supporting people to live healthy lives", "healthier-lives"),
            ("Partnerships with communities", "partnerships"),
            ("Saftey systems, pathways and transitions", "safe-systems"),
            ("Assess needs", "assessing-needs"),
            ("Market shaping", None),
            ("Safe and effective staffing", None),
            ("Safe", None),
            ("Integration", None),
            ("", None),
        ],
    )
    def test_statements(self, line: str, id_: str | None) -> None:
        """Above a score, the first words of one title and a name much like one stand for it."""
        near = COUNCILS.matcher.find_statement(line)
        assert (near.known.id if near else None) == id_


class TestScoreLines:
    """What a score line says."""

    @pytest.mark.parametrize(
        ("line", "value", "level", "words"),
        [
            ("Score: 3", 3, None, None),
            ("Score 3", 3, None, None),
            ("Score:3", 3, None, None),
            ("  Score\xa0:\xa03 ", 3, None, None),
            ("**Score: 3**", 3, None, None),
            ("SCORE – 3", 3, None, None),
            ("Score: 3 out of 4", 3, None, None),
            ("Score: 3/4", 3, None, None),
            ("Indicative score:", None, None, None),
            ("Indicative score: two", 2, None, None),
            ("Quality statement score: 4", 4, None, None),
            ("3", 3, None, None),
            ("3 - Evidence shows a good standard", 3, 3, "Evidence shows a good standard"),
            ("3 – Evidence shows a good standard.", 3, 3, "Evidence shows a good standard"),
            ("3 — evidence shows a GOOD  standard", 3, 3, "evidence shows a GOOD  standard"),
            ("2 - Good: Evidence shows some shortfalls", 2, 2, "Evidence shows some shortfalls"),
            ("1 -Inadequate: Evidence shows significant shortfalls", 1, 1,
             "Evidence shows significant shortfalls"),
            ("Score: 4 - Evidence shows an exceptional standard", 4, 4,
             "Evidence shows an exceptional standard"),
            ("Score: 2 (requires improvement)", 2, 2, "requires improvement"),
            ("Score: 3 - Evidence shows much work", 3, None, "Evidence shows much work"),
            ("Evidence shows some shortfalls", None, 2, "Evidence shows some shortfalls"),
            ("Outstanding", None, 4, "Outstanding"),
            ("Score: 17", 17, None, None),
        ],
    )  # fmt: skip
    def test_printed_forms(
        self, line: str, value: int | None, level: int | None, words: str | None
    ) -> None:
        """Any colon, any dash, the rating in between, number words, the number alone."""
        read = COUNCILS.score_reader.read(line)

        assert read is not None
        assert (read.value, read.level) == (value, level)
        assert (line[slice(*read.words_at)] if read.words_at else None) == words
        assert line[read.start : read.end] == line[read.start : read.end].strip(" .*\xa0")

    @pytest.mark.parametrize(
        "line",
        [
            "",
            "-",
            "Score: 3%",
            "Score: 3.5",
            "Score 3 people were waiting",
            "Scores were good in the survey",
            "3 people were waiting for care",
            "2 - day service for older people",
            "Good things were said of staff",
            "The evidence shows some shortfalls in the service",
            "Staff said evidence shows a good standard",
            "Three providers had handed back work",
            "3 " + "long " * 40,
        ],
    )
    def test_other_lines_are_no_scores(self, line: str) -> None:
        """A number or a rating in a sentence is not a score."""
        assert COUNCILS.score_reader.read(line) is None


class TestLoading:
    """Profiles from files."""

    def test_a_profile_is_read_with_its_defaults(self, tmp_path: Path) -> None:
        """What a profile leaves out is empty, and everything else is as written."""
        profile = load(tmp_path, SMALL)

        assert (profile.id, profile.local_authority) == ("bakeries-2031", False)
        assert profile.statements[0].expectations == ("I can hear the crust when I break it.",)
        assert profile.furniture == ()
        assert profile.statement("crust") is profile.statements[0]
        assert profile.statement("crumb") is None

    def test_a_profile_of_another_trade_works_as_well(self, tmp_path: Path) -> None:
        """Nothing about councils is left in the code that applies a profile."""
        profile = load(tmp_path, SMALL)
        mark = profile.score_reader.read("Mark: 2 - Crumbs point to care")

        assert profile.matcher.find("Part 1: The crust and its loaf") is not None
        assert profile.matcher.find("Miss Pugh tasted") is not None
        assert mark is not None
        assert (mark.value, mark.level) == (2, 2)

    @pytest.mark.parametrize(
        ("before", "after", "problem"),
        [
            ('id = "bakeries-2031"\n', "", "the profile lacks the key 'id'"),
            ("local_authority = false", 'local_authority = "no"',
             "'local_authority' of the profile 'bakeries-2031' must be true or false, not 'no'"),
            ("value = 2", "value = 2.5", "must be a whole number, not 2.5"),
            ("value = 2", "value = true", "must be a whole number, not True"),
            ("value = 2", "value = 3", "consecutive values in rising order, not [1, 3]"),
            ('role = "key-findings"', 'role = "findings"', "must be one of 'preamble'"),
            ('theme = "craft"', 'theme = "art"', "names the unknown theme 'art'"),
            ('id = "crust"', 'id = "The Crust"', "lower-case words joined by hyphens"),
            ('titles = ["Tasting notes", "{baker} tasted"]', "titles = []", "has no titles with words"),
            ('titles = ["Tasting notes", "{baker} tasted"]', "titles = 3", "must be a list"),
            ('title = "Craft"', 'titel = "Craft"', "has the unknown key 'titel'"),
            ('title = "Bread and its crust"', 'title = "and"', "a title without words: 'and'"),
            ("low = 75", "low = 80", "do not follow each other"),
            ("high = 74", "high = 49", "runs backwards, from 50 to 49"),
            ('rating = "Fresh"\nlow', 'rating = "Crisp"\nlow', "the rating 'Crisp' of no score"),
            ('ignore = ["and", "the"]', "ignore = [3]",
             "an entry in 'ignore' of 'matching' of the profile 'bakeries-2031' must be a string"),
            ('labels = ["Mark"]', "labels = []", "'labels' of 'score' must be words"),
            ('labels = ["Mark"]', 'labels = ["Mark", ":"]', "'labels' of 'score' must be words"),
            ("markers = [", "matching = 3\nmarkers = [", "not valid TOML"),
            ("[[bands]]", "[[scores]]\n[[bands]]", "lacks the key 'value'"),
            ("[[themes]]",
             '[[statements]]\nid = "crust"\ntheme = "craft"\ntitle = "Rye"\n[[themes]]',
             "the statement id 'crust' occurs 2 times"),
            ("[[themes]]",
             '[[statements]]\nid = "rye"\ntheme = "craft"\ntitle = "Its crust: loaf"\n[[themes]]',
             "cannot be told from one of statement"),
            ("[[themes]]", '[overall]\nheadings = ["x"]\n[[themes]]', "unknown heading 'x'"),
        ],
    )  # fmt: skip
    def test_a_wrong_profile_is_refused(
        self, tmp_path: Path, before: str, after: str, problem: str
    ) -> None:
        """One sentence names the file and what is wrong in it."""
        assert before in SMALL
        with pytest.raises(DataError) as error:
            load(tmp_path, SMALL.replace(before, after, 1))

        assert problem in str(error.value)
        assert str(error.value).startswith(str(tmp_path / "profile.toml"))

    def test_broken_toml_is_refused_with_its_line(self, tmp_path: Path) -> None:
        """The line is that of the mistake."""
        with pytest.raises(DataError) as error:
            load(tmp_path, 'id = "a"\ntitle = \n')

        assert error.value.line == 2
        assert "not valid TOML" in error.value.problem

    def test_a_file_that_cannot_be_read_is_refused(self, tmp_path: Path) -> None:
        """No such file, and bytes that are no text."""
        (tmp_path / "latin.toml").write_bytes(b'id = "caf\xe9"')

        with pytest.raises(DataError, match="cannot be read"):
            load_framework(tmp_path / "none.toml")
        with pytest.raises(DataError, match="not UTF-8"):
            load_framework(tmp_path / "latin.toml")


class TestChoice:
    """Which profile a text belongs to."""

    def test_phrases_decide(self) -> None:
        """A phrase that only providers' reports print makes it one of theirs."""
        choice = choose_framework(
            "Report from 3 March 2025 assessment\nSafe\n"
            "This service scored 75 (out of 100) for this area.\n",
            builtin_frameworks(),
        )

        assert choice.framework is PROVIDERS
        assert "this service scored" in choice.reason

    def test_without_phrases_the_first_is_taken(self) -> None:
        """Of profiles that fit equally well the preferred one applies."""
        choice = choose_framework("Safeguarding\nStaff were proud.", builtin_frameworks())

        assert choice.framework is COUNCILS
        assert choice.markers == ()
        assert "nothing in the text" in choice.reason

    def test_phrases_in_long_paragraphs_count_when_no_heading_has_any(self) -> None:
        """A page without line ends is still told apart."""
        text = "x " * 200 + "This service scored 75 (out of 100) for this area. " + "y " * 200

        assert choose_framework(text, builtin_frameworks()).framework is PROVIDERS

    def test_counter_markers_are_reported(self) -> None:
        """What speaks against a profile is kept beside it."""
        choice = choose_framework("Notes to editors\nCall us.", builtin_frameworks())

        assert choice.framework is COUNCILS
        assert choice.counter_markers == ("notes to editors",)

    def test_a_further_profile_takes_part(self, tmp_path: Path) -> None:
        """A profile that a plugin brings is chosen by its own phrases."""
        bakeries = load(tmp_path, SMALL)

        chosen = choose_framework("This bakery was tasted.", (*builtin_frameworks(), bakeries))

        assert chosen.framework is bakeries


def test_work_grows_with_the_length(
    growth: Callable[[Callable[[str], object], Callable[[int], str]], float],
) -> None:
    """Choosing a profile reads a text a fixed number of times."""
    ratio = growth(
        lambda text: choose_framework(text, builtin_frameworks()),
        lambda size: "report from the one and only place " * size,
    )

    assert ratio < 10


def test_profiles_say_nothing_of_one_report() -> None:
    """Slots stand where names of places would."""
    for profile in builtin_frameworks():
        text = repr(attrs.asdict(profile))
        assert not re.search(r"\b(?:council|borough|county) of [A-Z]|[A-Z]\w+ Council\b", text)

"""Fifteen questions about 153 councils, each one call, held against what was planted."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import statistics
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cqcparse
from cqcparse import Corpus
from cqcparse.cli import group
from cqcparse.corpora.questioning import builtin_questions, questions_in
from cqcparse.errors import DataError, MissingPackageError, QuestionError
from cqcparse.framework import builtin_frameworks
from cqcparse.model.tables import Row
from cqcparse.registry import authorities, boards_for_authority
from cqcparse.testing.made_corpus import (
    INCOMPLETE,
    MISPRINTED,
    PILOT,
    MadeCorpus,
    MadeReport,
    make_corpus,
)
from tests.test_site import MOST, built, text

pytest.importorskip("duckdb", reason="questions are asked with DuckDB")

COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)
STATEMENTS = [statement.id for statement in COUNCILS.statements]
KENT = "E10000016"
#: The modules of the plugins that four of the questions need.
PLUGINS = ("cqcparse_findings", "cqcparse_figures")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MadeCorpus]:
    """The pages of 153 reports on all councils but three, and what stands in them."""
    folder = tmp_path_factory.mktemp("made") / "reports"
    return folder, make_corpus(folder, prose=2)


@pytest.fixture(scope="module")
def made(known: tuple[Path, MadeCorpus]) -> MadeCorpus:
    """What stands in the pages."""
    return known[1]


@pytest.fixture(scope="module")
def parser() -> cqcparse.Parser:
    """The built-in extractors, and those of the two plugins if they are installed."""
    extractors = [*cqcparse.Parser(plugins=False).extractors]
    for name in PLUGINS:
        if importlib.util.find_spec(name):
            extractors += importlib.import_module(name).cqcparse_extractors()
    return cqcparse.Parser(extractors=extractors)


@pytest.fixture(scope="module")
def pages(known: tuple[Path, MadeCorpus], parser: cqcparse.Parser) -> list[cqcparse.Assessment]:
    """All pages, read once for all that is asked of them here."""
    read = parser.read_many(sorted(known[0].rglob("*.txt")), workers=2)
    return [page for page in read if isinstance(page, cqcparse.Assessment)]


@pytest.fixture(scope="module")
def corpus(pages: list[cqcparse.Assessment], parser: cqcparse.Parser) -> Corpus:
    """The corpus of these pages."""
    return Corpus(pages, parser)


@pytest.fixture(scope="module")
def newest(made: MadeCorpus) -> dict[str, MadeReport]:
    """The newest report on each council, by its code."""
    return {report.ons_code: report for report in made.reports}


def ask(corpus: Corpus, question: str, **given: object) -> list[Row]:
    """Return the rows of an answer."""
    return [*corpus.ask(question, **given)]


def by_name(newest: dict[str, MadeReport]) -> dict[str, MadeReport]:
    """Return the newest reports by the names of their councils."""
    return {report.name: report for report in newest.values()}


class TestTheFifteen:
    """Each question people have is one call, and its answer is right."""

    def test_1_league_table(self, corpus: Corpus, newest: dict[str, MadeReport]) -> None:
        """Every council with its nine scores, sum, date, type and region, the best first."""
        found = ask(corpus, "league")
        assert {row["ons_code"]: [row[id_] for id_ in STATEMENTS] for row in found} == {
            code: [report.scores[id_] for id_ in STATEMENTS] for code, report in newest.items()
        }
        for row in found:
            report = newest[str(row["ons_code"])]
            assert (row["total"], row["published"], row["region"], row["overall"]) == (
                report.total,
                report.published,
                report.region,
                report.rating,
            )
            better = sum(other.total > report.total for other in newest.values())
            assert row["place"] == better + 1
        assert [row["place"] for row in found] == sorted(row["place"] for row in found)  # type: ignore[type-var]
        south_west = ask(corpus, "league", region="south west")
        assert {row["region"] for row in south_west} == {"South West"}

    @pytest.mark.parametrize("against", ["england", "region", "type", "Surrey"])
    def test_2_my_council_against_others(
        self, corpus: Corpus, newest: dict[str, MadeReport], against: str
    ) -> None:
        """The gap to the mean of the others, and the place among them."""
        records = {record.ons_code: record for record in authorities()}
        mine = records[KENT]
        others = [
            newest[code].scores
            for code in newest
            if code != KENT
            and {
                "england": True,
                "region": records[code].region == mine.region,
                "type": records[code].type == mine.type,
                "Surrey": records[code].short_name == "Surrey",
            }[against]
        ]
        found = {
            row["statement"]: row
            for row in ask(corpus, "compare", authority="Kent", against=against)
        }
        assert list(found) != []
        for id_ in STATEMENTS:
            row, score = found[id_], newest[KENT].scores[id_]
            mean = statistics.mean(other[id_] for other in others)
            assert row["mean"] == pytest.approx(mean, abs=0.006)
            assert row["gap"] == pytest.approx(score - mean, abs=0.006)
            assert row["place"] == 1 + sum(other[id_] > score for other in others)
            assert row["of"] == len(others) + 1

    def test_3_how_near_the_next_rating(
        self, corpus: Corpus, made: MadeCorpus, newest: dict[str, MadeReport]
    ) -> None:
        """The points that are missing, and the one rating that is not that of its scores."""
        found = {row["authority"]: row for row in ask(corpus, "bands")}
        odd = [name for name, row in found.items() if row["rating_agrees"] is False]
        assert odd == [made.reports[MISPRINTED].name]
        lows = sorted(band.low for band in COUNCILS.bands)
        for report in newest.values():
            points = found[report.name]["points_to_next"]
            reached = {round(100 * (report.total + n) / 36): n for n in range(28)}
            wanted = [
                n for share, n in reached.items() if share in lows or share > report.percentage
            ]
            next_low = next((low for low in lows if low > report.percentage), None)
            if next_low is None:
                assert points is None
            else:
                assert points == min(n for share, n in reached.items() if share >= next_low)
            assert wanted

    @pytest.mark.parametrize("by", ["statement", "theme", "quarter"])
    def test_4_weakest_and_strongest(
        self, corpus: Corpus, newest: dict[str, MadeReport], by: str
    ) -> None:
        """Mean and number of each score, by statement, theme or quarter."""
        themes = {statement.id: statement.theme for statement in COUNCILS.statements}
        groups: dict[str, list[int]] = {}
        for report in newest.values():
            day = report.published
            quarter = f"{day.year} Q{(day.month + 2) // 3}"
            for id_, score in report.scores.items():
                key = {"statement": id_, "theme": themes[id_], "quarter": quarter}[by]
                groups.setdefault(key, []).append(score)
        found = {str(row["group"]): row for row in ask(corpus, "statements", by=by)}
        assert found.keys() == groups.keys()
        for key, scores in groups.items():
            assert found[key]["mean"] == pytest.approx(statistics.mean(scores), abs=0.006)
            counts = Counter(scores)
            assert [found[key][f"score_{n}"] for n in (1, 2, 3, 4)] == [
                counts[n] for n in (1, 2, 3, 4)
            ]
        if by == "statement":
            means = [row["mean"] for row in found.values()]
            assert means == sorted(means)  # type: ignore[type-var]

    def test_6_the_same_heading_side_by_side(
        self, corpus: Corpus, newest: dict[str, MadeReport]
    ) -> None:
        """What each report says under it."""
        found = ask(corpus, "side-by-side", heading="Eligibility decisions")
        expected = {
            report.name: f"The panel had looked at {report.eligible} decisions on eligibility."
            for report in newest.values()
        }
        assert {row["authority"]: row["text"] for row in found} == expected
        only_new = ask(corpus, "side_by_side", heading="use of technology")
        assert {row["authority"] for row in only_new if row["text"]} == {
            report.name for report in newest.values() if report.published.year > 2026
        }
        assert len(only_new) == len(newest)

    def test_7_money(self, corpus: Corpus, made: MadeCorpus) -> None:
        """Each sum once, with who, to whom, when and what for, though several mentions state it."""
        found = ask(corpus, "money")
        planted = Counter((r.name, r.published, r.fund) for r in made.reports)
        planted.update((r.name, r.published, r.grant) for r in made.reports if r.grant)
        assert (
            Counter((row["authority"], row["published"], row["amount_low"]) for row in found)
            == planted
        )
        fund = ask(corpus, "money", fund="better-care-fund", authority="Kent")
        assert [(row["amount_low"], row["period"], row["purpose"]) for row in fund] == [
            (report.fund, "2023/24", "expand its reablement team") for report in made.of(KENT)
        ]
        grants = [row for row in found if row["recipient"] == "Age UK"]
        assert len(grants) == sum(report.grant is not None for report in made.reports)
        assert {row["period_end"] for row in grants} == {dt.date(2025, 3, 31)}

    def test_8_services(self, corpus: Corpus, made: MadeCorpus) -> None:
        """Who has what, whether it is new or gone, and how long it lasts."""
        planted = Counter(
            (report.name, report.published, type_, status)
            for report in made.reports
            for type_, status in report.services
        )
        found = ask(corpus, "services", type="bridging,step-down")
        assert (
            Counter((r["authority"], r["published"], r["type"], r["status"]) for r in found)
            == planted
        )
        ended = ask(corpus, "services", type=["step-down"], status="ended")
        assert len(ended) == sum(count for key, count in planted.items() if key[3] == "ended")
        lengths = Counter(
            (row["authority"], row["published"], row["duration_days"])
            for row in ask(corpus, "services", type="reablement")
            if row["duration_days"]
        )
        assert lengths == Counter((r.name, r.published, r.reablement_days) for r in made.reports)

    def test_9_partners(self, corpus: Corpus, made: MadeCorpus, tmp_path: Path) -> None:
        """Which body spans which councils, and the same as a network."""
        found = {row["name"]: row for row in ask(corpus, "partners")}
        grants = {report.ons_code for report in made.reports if report.grant}
        assert found["Age UK"]["councils"] == len(grants)
        boards: dict[str, set[str]] = {}
        for report in made.reports:
            if report.board:
                boards.setdefault(report.board, set()).add(report.ons_code)
        of_type = {row["name"]: row["councils"] for row in ask(corpus, "partners", type="icb")}
        assert of_type == {name: len(codes) for name, codes in boards.items()}
        edges = corpus.ask("edges", type="icb")
        assert {(row["from_id"], row["to_name"]) for row in edges} == {
            (report.ons_code, report.board) for report in made.reports if report.board
        }
        edges.write(tmp_path / "partners.graphml")
        root = ET.parse(tmp_path / "partners.graphml").getroot()  # noqa: S314 - our own file
        space = "{http://graphml.graphdrawing.org/xmlns}"
        assert len([*root.iter(f"{space}edge")]) == len(edges)
        nodes = {node.get("id") for node in root.iter(f"{space}node")}
        assert nodes == {row["from_id"] for row in edges} | {row["to_id"] for row in edges}

    def test_10_one_topic_everywhere(self, corpus: Corpus, newest: dict[str, MadeReport]) -> None:
        """How much is said on each council, and whose reports are silent."""
        found = {
            str(row["authority"]): row for row in ask(corpus, "topic", words="autis, asperger")
        }
        assert found.keys() == by_name(newest).keys()
        for name, report in by_name(newest).items():
            assert found[name]["silent"] is not report.autism
            assert found[name]["sentences"] == int(report.autism)
        quoted = next(row["quotation"] for row in found.values() if not row["silent"])
        assert quoted == "Autistic people told us they had waited a long time for support."

    def test_13_join_to_outside_data(self, corpus: Corpus, made: MadeCorpus) -> None:
        """Each score with code, board and date."""
        found = ask(corpus, "tidy")
        expected = Counter(
            (report.ons_code, report.published, id_, score)
            for report in made.reports
            for id_, score in report.scores.items()
        )
        keys = ("ons_code", "published", "statement", "score")
        assert Counter(tuple(row[key] for key in keys) for row in found) == expected
        for row in found:
            boards = boards_for_authority(str(row["ons_code"]))
            assert row["icb_code"] == ("; ".join(b.ods_code for b in boards) or None)

    def test_14_what_changed(self, corpus: Corpus, made: MadeCorpus) -> None:
        """Scores, headings, services and sentences of the councils that were assessed twice."""
        twice = {code: made.of(code) for code in newest_codes(made) if len(made.of(code)) > 1}
        found = ask(corpus, "changes")
        assert {row["authority"] for row in found} == {after.name for _, after in twice.values()}
        for before, after in twice.values():
            own = [row for row in found if row["authority"] == after.name]
            scores = {row["statement"]: row for row in own if row["what"] == "score"}
            changed = [id_ for id_ in STATEMENTS if before.scores[id_] != after.scores[id_]]
            assert scores.keys() == set(changed)
            for id_ in changed:
                row = scores[id_]
                assert (row["before"], row["after"]) == (
                    str(before.scores[id_]),
                    str(after.scores[id_]),
                )
                assert row["change"] == ("up" if after.scores[id_] > before.scores[id_] else "down")
            headings = [(row["change"], row["heading"]) for row in own if row["what"] == "heading"]
            assert headings == [("added", "Use of technology")]
            services = {
                (row["change"], row["statement"]) for row in own if row["what"] == "service"
            }
            gone = set(after.services) - set(before.services)
            assert services == ({("ended", "care-provision")} if gone else set())
            told = [
                row
                for row in own
                if row["what"] == "sentence" and row["statement"] == "assessing-needs"
            ]
            numbers = {(row["change"], row["after"] or row["before"]) for row in told}
            assert (
                "removed",
                f"The panel had looked at {before.eligible} decisions on eligibility.",
            ) in numbers
            assert (
                "added",
                f"The panel had looked at {after.eligible} decisions on eligibility.",
            ) in numbers

    def test_15_coverage_and_trust(
        self, corpus: Corpus, made: MadeCorpus, newest: dict[str, MadeReport]
    ) -> None:
        """Which of the 153 are here, missing, pilots, incomplete or doubtful."""
        found = {row["ons_code"]: row for row in ask(corpus, "coverage")}
        assert len(found) == 153
        odd = {
            made.reports[MISPRINTED].ons_code: "doubtful",
            made.reports[INCOMPLETE].ons_code: "incomplete",
            made.reports[PILOT].ons_code: "pilot",
        }
        for code, row in found.items():
            expected = odd.get(str(code), "complete") if code in newest else "missing"
            assert row["status"] == expected, row
        assert found[made.reports[INCOMPLETE].ons_code]["missing"] == "learning"
        remarks = {row["code"] for row in ask(corpus, "trust")}
        assert {"rating-mismatch", "report-incomplete"} <= remarks


def newest_codes(made: MadeCorpus) -> set[str]:
    """Return the codes of all councils with a report."""
    return {report.ons_code for report in made.reports}


@pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in PLUGINS),
    reason="the plugins are not installed",
)
class TestWithPlugins:
    """Questions about findings and figures need the plugins that find them."""

    def test_5_what_good_looks_like(self, corpus: Corpus, newest: dict[str, MadeReport]) -> None:
        """Strengths where the score is high, each with its sentence and place."""
        found = ask(corpus, "good", statement="assessing-needs")
        reports = by_name(newest)
        assert {row["statement"] for row in found} == {"assessing-needs"}
        assert {row["score"] for row in found} == {3, 4}
        for row in found:
            assert row["score"] == reports[str(row["authority"])].scores["assessing-needs"]
        happy = "People told us that they were happy with the support they received."
        praised = [row["authority"] for row in found if row["sentence"] == happy]
        assert sorted(map(str, praised)) == sorted(
            name for name, report in reports.items() if report.scores["assessing-needs"] >= 3
        )

    def test_10_a_topic_with_what_is_said(
        self, corpus: Corpus, newest: dict[str, MadeReport]
    ) -> None:
        """Strengths and shortfalls by council, with the silent ones."""
        reports = by_name(newest)
        found = {str(row["authority"]): row for row in ask(corpus, "topic-findings", words="autis")}
        assert found.keys() == reports.keys()
        for name, row in found.items():
            autism = reports[name].autism
            assert row["silent"] is not autism
            assert (row["strengths"], row["shortfalls"]) == (0, int(autism))

    def test_11_figures(self, corpus: Corpus, made: MadeCorpus) -> None:
        """Every wait with its number, unit and what it is of."""
        found = ask(corpus, "figures", type="waiting-time", statement="assessing-needs")
        waits = Counter(
            (row["authority"], row["published"], row["low"])
            for row in found
            if "median wait" in str(row["subject"])
        )
        assert waits == Counter((r.name, r.published, float(r.waiting)) for r in made.reports)
        assert {row["unit"] for row in found} == {"days"}

    def test_12_whose_evidence(
        self, corpus: Corpus, made: MadeCorpus, newest: dict[str, MadeReport]
    ) -> None:
        """How many sentences people, staff and leaders have, of each council and of all."""
        told = Counter[tuple[str, dt.date, str]]()
        voices = Counter[str]()
        for row in corpus.mentions("finding"):
            if row["statement"] == "assessing-needs":
                if row["published"] == newest[str(row["ons_code"])].published:
                    voices[str(row["voice"])] += 1
                if str(row["sentence"]).startswith(f"{str(row['voice']).capitalize()} told us"):
                    told[row["ons_code"], row["published"], row["voice"]] += 1  # type: ignore[index]
        assert told == Counter(
            {
                (report.ons_code, report.published, voice): count
                for report in made.reports
                for voice, count in report.voices.items()
            }
        )
        answer = ask(corpus, "voices", statement="assessing-needs")
        assert {row["voice"]: row["sentences"] for row in answer} == voices
        (report,) = made.of("E06000008")
        own = ask(corpus, "voices", statement="assessing-needs", authority="E06000008")
        found = {row["voice"]: int(str(row["sentences"])) for row in own}
        assert all(found[voice] >= count for voice, count in report.voices.items())


@pytest.mark.no_cover
def test_the_site_says_what_the_answers_say(
    pages: list[cqcparse.Assessment], corpus: Corpus, tmp_path: Path
) -> None:
    """Places, means and distributions are those of the questions, and pages stay small."""
    site = built(cqcparse.combine(pages), tmp_path)
    shown = {}
    for line in site.page("league.html").css("tbody tr"):
        cells = [text(cell) for cell in line.css("th, td")]
        shown[cells[1]] = cells[0], cells[2], cells[6]
    names = {record.name: record.short_name for record in authorities()}
    assert shown == {
        names[str(row["authority"])]: (str(row["place"] or "–"), row["overall"], row["region"])
        for row in corpus.ask("league")
    }
    for row in corpus.ask("statements"):
        page = site.page(f"statements/{row['group']}.html")
        counts = [text(line.css("td")[2]) for line in page.css(".columns tbody tr")]
        assert counts == [str(row[f"score_{step}"]) for step in (4, 3, 2, 1)]
        assert f"Scores of {row['scores']} councils, mean {row['mean']:.2f}" in page.text()
    sizes = [path.stat().st_size for path in site.folder.rglob("*") if path.is_file()]
    assert max(sizes) < MOST


class TestAsking:
    """Values are checked and bound; what is wrong is one sentence."""

    @pytest.mark.parametrize(
        ("question", "given", "said"),
        [
            ("leage", {}, "no such question; did you mean 'league'"),
            ("compare", {}, "authority is missing; it is the council"),
            ("compare", {"authority": "Kemt"}, "cannot be 'Kemt'; did you mean Kent"),
            ("compare", {"authority": "Kent", "agianst": "region"}, "did you mean 'against'"),
            (
                "compare",
                {"authority": "Kent", "against": "regoin"},
                "it may also be england, region",
            ),
            ("league", {"region": "South Wets"}, "did you mean 'South West'"),
            ("statements", {"by": "moon"}, "it may be statement, theme, quarter, region, type"),
            ("topic", {"words": " , "}, "words cannot be ','; it is beginnings of words"),
            ("side-by-side", {"heading": " "}, "heading cannot be ''; it is words of the heading"),
            ("figures", {}, "no plugin here finds; pip install cqcparse-figures"),
        ],
    )
    def test_what_is_wrong_is_told(self, question: str, given: dict[str, Any], said: str) -> None:
        """The sentence names the question, the problem and the remedy; nothing is read for it."""
        empty = Corpus([], cqcparse.Parser(plugins=False))
        with pytest.raises(QuestionError) as caught:
            empty.ask(question, **given)
        assert said in str(caught.value)

    @pytest.mark.parametrize(
        ("question", "given", "meant"),
        [
            ("services", {"type": "bridging,reablemnt"}, "reablement"),
            ("money", {"fund": "better care fund"}, "better-care-fund"),
            ("partners", {"type": "icbs"}, "icb"),
            ("budgets", {"fact": "total budget"}, "total-budget"),
        ],
    )
    def test_what_is_nearly_there_is_misspelt(
        self, question: str, given: dict[str, Any], meant: str, corpus: Corpus
    ) -> None:
        """It would have an empty answer; what is like nothing that is there has one."""
        with pytest.raises(QuestionError, match=f"did you mean {meant!r}"):
            corpus.ask(question, **given)
        (name,) = given
        assert ask(corpus, question, **{name: meant})
        assert not ask(corpus, question, **{name: "of quite another sort"})

    def test_values_are_bound_and_never_pasted(self, corpus: Corpus) -> None:
        """What looks like SQL is a word that no text has."""
        harm = "x'); DROP TABLE reports; --"
        found = ask(corpus, "topic", words=harm)
        assert all(row["silent"] for row in found)
        assert ask(corpus, "league")

    @pytest.mark.parametrize("question", [q.name for q in builtin_questions()])
    def test_every_question_has_an_answer_without_reports(self, question: str) -> None:
        """An empty corpus gives an empty answer with its columns."""
        empty = Corpus([], cqcparse.Parser(plugins=False))
        asked = next(q for q in builtin_questions() if q.name == question)
        needed = {"authority": "Kent", "heading": "Eligibility", "words": "carer"}
        given = {p.name: needed[p.name] for p in asked.parameters if p.required}
        if asked.needs:
            with pytest.raises(QuestionError, match="no plugin here finds"):
                empty.ask(question, **given)
            return
        answer = empty.ask(question, **given)
        assert answer.columns
        assert len(answer) == (153 if question == "coverage" else 0)
        assert answer.schema.about == asked.about

    @pytest.mark.parametrize(
        "query",
        [
            "UPDATE statements SET score = 4",
            "DROP TABLE mentions",
            "SELECT 1; SELECT 2",
            "",
            "-- x",
        ],
    )
    def test_sql_only_looks(self, corpus: Corpus, query: str) -> None:
        """What would change the tables, and with them later answers, is no query."""
        with pytest.raises(DataError, match="give a single SELECT"):
            corpus.sql(query)

    def test_sql_reaches_the_tables_and_no_file(self, corpus: Corpus, tmp_path: Path) -> None:
        """Any query goes, but none that reads or writes a file."""
        answer = corpus.sql("SELECT region, count(*) AS n FROM league GROUP BY region ORDER BY n")
        assert sum(row["n"] for row in answer) == 150  # type: ignore[misc]
        secret = tmp_path / "secret.csv"
        secret.write_text("a\n1\n", encoding="utf-8")
        for query in (
            f"FROM read_csv('{secret}')",
            f"FROM '{secret}'",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            "SET enable_external_access = true",
            "SET threads = 1",
            f"ATTACH '{tmp_path / 'other.duckdb'}'",
            "INSTALL httpfs",
            "SELECT * FROM nowhere",
        ):
            with pytest.raises(
                DataError, match=r"the query: (cannot be answered|is not one query)"
            ):
                corpus.sql(query)
        assert not (tmp_path / "out.csv").exists()

    def test_without_duckdb_one_sentence_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It names the package and how to get it, before anything is read."""

        def pages() -> Iterator[cqcparse.Assessment]:
            pytest.fail("it was read")
            yield cqcparse.parse("")

        monkeypatch.setitem(sys.modules, "duckdb", None)
        with pytest.raises(MissingPackageError, match=r"needs the package duckdb: pip install"):
            Corpus(pages(), cqcparse.Parser(plugins=False)).ask("league")
        result = CliRunner().invoke(group, ["ask", "league", "seeds"])
        assert result.exit_code == 1
        assert result.stderr.count("needs the package duckdb") == 1


class TestFiles:
    """A question is a file, and a file that is none is refused."""

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("SELECT 1", "has no '-- title: ...'"),
            ("-- title: A\n-- about: B\n", "has no SQL"),
            ("-- title: A\n-- about: B\nSELECT $x", "the parameter 'x' has no '-- param' line"),
            (
                "-- title: A\n-- about: B\n-- param x: text -- it\nSELECT 1",
                "does not stand in the SQL",
            ),
            (
                "-- title: A\n-- about: B\n-- param x: word -- it\nSELECT $x",
                "the types are authority",
            ),
            (
                "-- title: A\n-- about: B\n-- param x: integer -- it\nSELECT $x",
                "from where to where: integer(1, 4)",
            ),
            (
                "-- title: A\n-- about: B\n-- param x: choice() -- it\nSELECT $x",
                "must say among what: choice(a, b)",
            ),
            ("-- A\nSELECT 1", "line 1: a comment at the start must be '-- KEY: VALUE'"),
            ("-- colour: red\nSELECT 1", "line 1: there is no 'colour' to say of a question"),
        ],
    )
    def test_what_is_no_question_is_refused(self, tmp_path: Path, text: str, said: str) -> None:
        """The sentence names the file, the line and what is wrong."""
        (tmp_path / "odd.sql").write_text(text, encoding="utf-8")
        with pytest.raises(DataError) as caught:
            list(questions_in([tmp_path]))
        assert said in str(caught.value)
        assert str(caught.value).startswith("odd.sql")

    def test_built_in_questions_say_what_they_are(self) -> None:
        """Each has a title, a sentence, and words for each parameter."""
        for question in builtin_questions():
            assert question.about.endswith(".")
            assert question.title
            assert all(parameter.about for parameter in question.parameters)


class TestCommand:
    """``cqcparse ask`` does what the call does."""

    @pytest.fixture
    def folders(self, known: tuple[Path, MadeCorpus]) -> list[str]:
        """The folders of three reports."""
        folder, made = known
        return [str(folder / report.folder) for report in made.reports[:3]]

    def test_the_list_of_questions(self) -> None:
        """Without a name, each question with its title."""
        result = CliRunner().invoke(group, ["ask"])
        assert result.exit_code == 0
        listed = [line.split()[0] for line in result.stdout.splitlines()[1:]]
        assert listed == [question.name for question in builtin_questions()]

    def test_an_empty_answer_is_told(self, folders: list[str]) -> None:
        """With what the reports have where they have not what was asked for; it is no failure."""
        done = CliRunner().invoke(group, ["ask", "services", "--type", "zzz,reablement", *folders])
        assert done.stderr == ""  # there is one of the two

        done = CliRunner().invoke(group, ["ask", "services", "--type", "zzz", *folders])

        assert (done.exit_code, done.stdout) == (0, "")
        said = "question 'services': the answer has no rows; no type is 'zzz', there are "
        assert said in done.stderr
        assert "reablement" in done.stderr
        assert done.stderr.count("\n") == 1

    @pytest.mark.parametrize(("width", "hidden"), [(60, True), (2_000, False)])
    def test_a_table_names_the_columns_it_has_no_room_for(
        self, folders: list[str], width: int, *, hidden: bool
    ) -> None:
        """No column goes without a word: the rows have it, and the message says where."""
        rows = CliRunner().invoke(group, ["ask", "league", "--json", *folders])
        filled = {
            k
            for line in rows.stdout.splitlines()
            for k, v in json.loads(line).items()
            if v is not None
        }

        done = CliRunner().invoke(
            group, ["ask", "league", "--table", *folders], env={"COLUMNS": str(width)}
        )

        head, said = done.stdout.splitlines()[0], done.stderr.partition("no room for ")[2]
        named = set(said.partition(";")[0].split(", ")) - {""}
        assert bool(named) is hidden
        assert named < filled
        assert set(head.split()) & named == set()
        assert len(set(head.split()) | named) >= len(filled)
        assert ("-o FILE.csv and --json have them" in said) is hidden

    def test_rows_for_programs_and_a_table_for_people(self, folders: list[str]) -> None:
        """JSON Lines where standard output is no terminal; a table where it is asked for."""
        result = CliRunner().invoke(group, ["ask", "league", *folders])
        assert result.exit_code == 0, result.output
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert [row["place"] for row in lines] == sorted(row["place"] for row in lines)
        shown = CliRunner().invoke(
            group, ["ask", "league", "--table", *folders], env={"COLUMNS": "90"}
        )
        head, *body = shown.stdout.splitlines()
        assert head.split()[0] == "place"
        assert len(body) == 3
        assert all(len(line) <= 90 for line in (head, *body))

    def test_an_answer_is_a_file_of_any_form(self, folders: list[str], tmp_path: Path) -> None:
        """The suffix decides."""
        path = tmp_path / "bands.csv"
        result = CliRunner().invoke(group, ["ask", "bands", *folders, "-o", str(path)])
        assert result.exit_code == 0, result.output
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.DictReader(file))) == 3

    def test_parameters_are_options(self, folders: list[str]) -> None:
        """They are checked before anything is read."""
        result = CliRunner().invoke(group, ["ask", "topic", *folders, "--words", "autis"])
        assert result.exit_code == 0, result.output
        assert {"silent", "sentences"} <= json.loads(result.stdout.splitlines()[0]).keys()
        wrong = CliRunner().invoke(group, ["ask", "compare", *folders, "--authority", "Kemt"])
        assert wrong.exit_code == 2
        assert "did you mean Kent?" in wrong.stderr
        missing = CliRunner().invoke(group, ["ask", "lague", *folders])
        assert missing.exit_code == 2
        assert "did you mean 'league'?" in missing.stderr


#: What the questions need that have no answer without it.
GIVEN = {"topic": {"words": "carer"}, "side-by-side": {"heading": "findings"}}


@pytest.mark.parametrize(
    "name", [q.name for q in builtin_questions() if not q.needs and q.name != "compare"]
)
def test_two_reports_of_one_council_are_told_apart(corpus: Corpus, name: str) -> None:
    """Rows that are of one report say which: the council may be the same, and the day unknown."""
    answer = corpus.ask(name, **GIVEN.get(name, {}))
    if {"published", "url"} & set(answer.columns):
        known = {row["report_id"] for row in corpus.reports()}
        assert {row["report_id"] for row in answer} - {None} <= known


@pytest.mark.parametrize("place", ["behind", "joined", "in front"])
@pytest.mark.parametrize("of", ["pages", "database"])
def test_a_question_of_a_plugin_of_one_file(place: str, of: str, tmp_path: Path) -> None:
    """`--plugin` brings it wherever it stands, for pages and for a database that was written."""
    (tmp_path / "mine.sql").write_text(
        "-- title: Mine\n-- about: The councils.\nSELECT authority FROM reports ORDER BY 1\n",
        encoding="utf-8",
    )
    plugin = tmp_path / "mine.py"
    plugin.write_text(
        "import pathlib, cqcparse\n"
        "@cqcparse.hookimpl\n"
        "def cqcparse_questions(): return [pathlib.Path(__file__).parent / 'mine.sql']\n",
        encoding="utf-8",
    )
    asked = "seeds"
    if of == "database":
        asked = str(tmp_path / "c.sqlite")
        cqcparse.corpus("seeds").write(asked)
    arguments = {
        "behind": ["ask", "mine", asked, "--plugin", str(plugin)],
        "joined": ["ask", "mine", f"--plugin={plugin}", asked],
        "in front": ["ask", "--plugin", str(plugin), "mine", asked],
    }[place]

    done = CliRunner().invoke(group, arguments)

    assert done.exit_code == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    listed = CliRunner().invoke(group, ["ask", "--plugin", str(plugin)])
    assert "mine" in listed.stdout
    missing = CliRunner().invoke(group, ["ask", "mine", asked, "--plugin", "no.py"])
    assert missing.exit_code == 2
    assert missing.stderr.startswith("cqcparse: plugin 'no' could not be loaded: ")

"""Whole reports: pages of one authority and one assessment together, and others apart."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse import Assessment, Report, combine
from cqcparse.errors import DataError
from cqcparse.framework import builtin_frameworks
from cqcparse.output.serialise import report_from_json

COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)
IDS = [statement.id for statement in COUNCILS.statements]
SITE = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports"


def statement_page(
    id_: str, name: str = "Rutland County Council", *, score: int = 3, label: str = "Score"
) -> str:
    """Return the page of a quality statement, with a partner in its findings."""
    statement = COUNCILS.statement(id_)
    assert statement is not None
    return (
        f"{name}: local authority assessment\n\n{statement.title}\n\n{label}: {score}\n\n"
        "Key findings for this quality statement\n\n"
        "The council worked with NHS England and the police.\n"
    )


def landing_page(name: str = "Rutland County Council", published: str = "30 May 2025") -> str:
    """Return the landing page of a report."""
    return (
        f"{name}: local authority assessment\n\nHow we assess local authorities\n\n"
        f"Assessment published: {published}\n\nAbout {name}\n\nFinancial facts\n\n"
        "Its total budget would be £92,519,000 in 2022/23.\n"
    )


def summary_page(
    name: str = "Rutland County Council",
    *,
    scores: Iterable[int] = (3,) * 9,
    rating: str = "Good",
    percentage: int = 75,
) -> str:
    """Return the overall summary of a report."""
    lines = [
        f"{name}: local authority assessment",
        "Overall summary",
        "Local authority rating and score",
        name,
        rating,
        f"Overall rating for {name}: {percentage}%",
        "Quality statement scores",
    ]
    for statement, score in zip(COUNCILS.statements, scores, strict=True):
        lines += [statement.title, f"Score: {score}"]
    lines += [
        "Summary of people's experiences",
        "People told us that staff were kind.",
        "Summary of strengths, areas for development and next steps",
        "Carers waited too long.",
    ]
    return "\n\n".join(lines)


def whole(folder: str = "rutland", **scores: int) -> list[Assessment]:
    """Return all pages of a report, read from files in a folder."""
    texts = {"landing": landing_page(), "summary": summary_page()}
    texts |= {id_: statement_page(id_, score=scores.get(id_, 3)) for id_ in IDS}
    return [cqcparse.parse(text, source=f"{folder}/{id_}.txt") for id_, text in texts.items()]


def sources(reports: Iterable[Report]) -> list[list[str | None]]:
    """Return the sources of the pages of each report."""
    return [[page.source for page in report.pages] for report in reports]


def codes(report: Report) -> list[str]:
    """Return the codes of what is said of a report."""
    return [diagnostic.code for diagnostic in report.diagnostics]


class TestReport:
    """A report answers for all its pages, and says on which page things are."""

    def test_a_whole_report(self) -> None:
        """Nothing is missing, and the nine scores add up."""
        (report,) = combine(whole())
        assert report.authority is not None
        assert report.authority.ons_code == "E06000017"
        assert (report.missing, report.diagnostics) == ((), ())
        assert [statement.id for statement in report.statements] == IDS
        assert [s.score.value for s in report.statements if s.score] == [3] * 9
        assert report.tally is not None
        assert (report.tally.percentage, report.tally.rating) == (75, "Good")
        assert report.overall is not None
        assert report.overall.percentage == 75
        assert report.published == dt.date(2025, 5, 30)
        assert report.source == "rutland"
        assert report.is_local_authority_assessment
        assert not report.indicative

    def test_pages_stand_in_the_order_of_the_framework(self) -> None:
        """However they came, the landing page is first, then the summary and the statements."""
        (report,) = combine(reversed(whole()))
        assert [page.source for page in report.pages] == [
            f"rutland/{name}.txt" for name in ("landing", "summary", *IDS)
        ]

    def test_the_order_of_the_input_makes_no_difference(self) -> None:
        """The same pages make the same report."""
        pages = whole()
        assert combine(pages) == combine(pages[::-1]) == combine(pages[5:] + pages[:5])

    def test_each_page_keeps_its_document(self) -> None:
        """A mention's source is its page, and its span a place in that page's text."""
        (report,) = combine(whole())
        assert len(report.mentions) == sum(len(page.mentions) for page in report.pages) > 9
        for on in report.mentions:
            span = on.item.span
            assert on.page.document.text[span.start : span.end] == on.item.text
            assert on.source == on.page.source
        assert len(report.of("partner")) == len(report.of(cqcparse.Partner)) >= 18

    def test_a_statement_has_its_page_and_score(self) -> None:
        """The page with the findings, not the list of the summary."""
        (report,) = combine(whole())
        statement = report.statement("safeguarding")
        assert statement is not None
        assert statement.page.source == "rutland/safeguarding.txt"
        assert statement.title == "Safeguarding"
        assert statement.theme == "ensuring-safety"
        assert {mention.kind for mention in statement.mentions} >= {"partner"}
        assert report.statement("nothing") is None

    def test_a_score_comes_from_the_summary_where_the_page_has_none(self) -> None:
        """And it says where it was read."""
        page = statement_page("equity").replace("Score: 3\n\n", "")
        pages = [
            cqcparse.parse(text, source=f"{n}.txt") for n, text in enumerate((page, summary_page()))
        ]
        (report,) = combine(pages)
        statement = report.statement("equity")
        assert statement is not None
        assert statement.page.source == "0.txt"
        assert statement.scored is not None
        assert (statement.scored.source, statement.scored.item.value) == ("1.txt", 3)

    def test_sections_and_facts_are_found_on_their_pages(self) -> None:
        """The summary's sections by their headings, the landing page's figures by their ids."""
        (report,) = combine(whole())
        (experiences,) = report.sections_of("peoples-experiences")
        assert experiences.source == "rutland/summary.txt"
        assert [s.text for s in experiences.item.sentences] == [
            "People told us that staff were kind."
        ]
        (steps,) = report.sections_of("strengths-and-next-steps")
        assert steps.item.sentences[0].text == "Carers waited too long."
        budget = report.fact("total-budget", "estimated")
        assert budget is not None
        assert budget.source == "rutland/landing.txt"
        assert report.fact("total-budget", "actual") is None
        assert len(report.facts) == 2

    def test_what_is_missing_is_said(self) -> None:
        """Pages that are not about a statement too; a mere score in the summary is no page."""
        pages = [page for page in whole() if "safeguarding" not in str(page.source)][1:]
        (report,) = combine(pages)
        assert report.missing == ("landing", "safeguarding")
        assert codes(report) == ["report-incomplete"]
        assert "landing, safeguarding" in report.diagnostics[0].message

    def test_a_whole_report_on_one_page(self) -> None:
        """A PDF or a copy of the whole is a report too."""
        text = landing_page() + "".join(
            page.partition("\n\n")[2]
            for page in (summary_page() + "\n\n", *map(statement_page, IDS))
        )
        (report,) = combine([cqcparse.parse(text, source="whole.txt")])
        assert report.missing == ()
        assert report.source == "whole.txt"


class TestContradictions:
    """What pages say against each other is told, and nothing is corrected."""

    def test_scores(self) -> None:
        """The page about the statement is believed."""
        (report,) = combine(whole(equity=2))
        statement = report.statement("equity")
        assert statement is not None
        assert statement.score is not None
        assert statement.score.value == 2
        assert "score-conflict" in codes(report)
        assert "equity.txt" in next(
            d.message for d in report.diagnostics if d.code == "score-conflict"
        )

    def test_the_rating_against_scores_on_other_pages(self) -> None:
        """A summary without scores is compared with those of the pages."""
        summary = summary_page().partition("Quality statement scores")[0]
        pages = [cqcparse.parse(statement_page(id_, score=2), source=f"{id_}.txt") for id_ in IDS]
        (report,) = combine([*pages, cqcparse.parse(summary, source="summary.txt")])
        assert report.tally is not None
        assert report.tally.rating == "Requires improvement"
        assert report.overall is not None
        assert report.overall.rating is not None
        assert report.overall.rating.text == "Good"
        (message,) = [d.message for d in report.diagnostics if d.code == "rating-mismatch"]
        assert message.startswith("summary.txt: the percentage is 75")

    def test_a_page_twice(self) -> None:
        """Both are kept, one is the statement's, and it is said."""
        pages = whole()
        (report,) = combine([*pages, attrs.evolve(pages[-1], source="rutland/copy.html")])
        assert len(report.pages) == len(pages) + 1
        assert codes(report) == ["page-duplicate"]
        assert len(report.statements) == 9


class TestGrouping:
    """Which pages belong together."""

    def test_authorities_are_kept_apart(self) -> None:
        """Each has its report, in the order of the input."""
        pages = [
            cqcparse.parse(statement_page(id_, name), source=f"{number}.txt")
            for number, (id_, name) in enumerate(
                itertools.product(IDS[:2], ("Rutland County Council", "London Borough of Camden"))
            )
        ]
        assert sources(combine(pages)) == [["0.txt", "2.txt"], ["1.txt", "3.txt"]]

    def test_spellings_of_one_authority_are_one(self) -> None:
        """The register knows the council by several names."""
        names = ("London Borough of Camden", "Camden Council", "Camden")
        pages = [
            cqcparse.parse(statement_page(id_, name), source=f"{id_}.txt")
            for id_, name in zip(IDS, names, strict=False)
        ]
        (report,) = combine(pages)
        assert len(report.pages) == 3

    def test_an_authority_outside_the_register(self) -> None:
        """Pages with the same printed name belong together."""
        pages = [
            cqcparse.parse(statement_page(id_, "Hartsmere Council"), source=id_) for id_ in IDS
        ]
        (report,) = combine(pages)
        assert report.authority is not None
        assert report.authority.ons_code is None

    @pytest.mark.parametrize("layout", ["{slug}-theme1-{tail}", "{slug}/theme1/{tail}"])
    def test_assessments_are_told_apart_by_their_addresses(self, layout: str) -> None:
        """A second assessment of the same authority is a report of its own."""
        pages = [
            cqcparse.parse(
                statement_page(id_, "London Borough of Camden", score=score),
                source=f"{SITE}/{layout.format(slug=slug, tail=id_)}",
            )
            for slug, score in (("camden-0225", 2), ("camden-0328", 3))
            for id_ in IDS[:2]
        ]
        first, second = combine(pages)
        assert (first.month, second.month) == (dt.date(2025, 2, 1), dt.date(2028, 3, 1))
        assert [len(first.pages), len(second.pages)] == [2, 2]
        assert {s.score.value for s in second.statements if s.score} == {3}
        assert "score-conflict" not in codes(first) + codes(second)

    def test_assessments_are_told_apart_by_their_dates(self) -> None:
        """Without addresses the day of publication tells; a landing page joins its month."""
        pages = [
            cqcparse.parse(landing_page(published="30 May 2025"), source="a.txt"),
            cqcparse.parse(landing_page(published="2 June 2028"), source="b.txt"),
            cqcparse.parse(statement_page("equity"), source=f"{SITE}/rutland-0528/theme1/equity"),
            cqcparse.parse(landing_page(published="9 May 2028"), source="c.txt"),
        ]
        months = [(report.month, len(report.pages)) for report in combine(pages)]
        assert months == [(None, 1), (None, 1), (dt.date(2028, 5, 1), 2)]

    def test_pages_without_a_date_join_their_folder(self) -> None:
        """Where there are two assessments, the files beside a page tell."""
        pages = [
            cqcparse.parse(landing_page(published="30 May 2025"), source="old/landing.txt"),
            cqcparse.parse(landing_page(published="2 June 2028"), source="new/landing.txt"),
            cqcparse.parse(statement_page("equity"), source="new/equity.txt"),
        ]
        assert sources(combine(pages)) == [
            ["old/landing.txt"],
            ["new/landing.txt", "new/equity.txt"],
        ]

    def test_pages_that_fit_two_assessments_are_kept_apart(self) -> None:
        """Nothing is guessed: they are a report of their own, and it is said."""
        pages = [
            cqcparse.parse(landing_page(published="30 May 2025"), source="landing-1.txt"),
            cqcparse.parse(landing_page(published="2 June 2028"), source="landing-2.txt"),
            cqcparse.parse(statement_page("equity"), source="equity.txt"),
        ]
        stray = combine(pages)[2]
        assert [page.source for page in stray.pages] == ["equity.txt"]
        assert "page-undated" in codes(stray)

    def test_a_pilot_is_kept_apart(self) -> None:
        """Indicative scores are of another assessment than formal ones."""
        pages = [
            cqcparse.parse(statement_page(id_, label=label), source=f"{label} {id_}.txt")
            for label in ("Indicative score", "Score")
            for id_ in IDS[:2]
        ]
        formal = cqcparse.parse(landing_page(published="30 May 2025"), source="landing.txt")
        pilot, later, *_ = combine([*pages, formal])
        assert (pilot.indicative, later.indicative) == (True, False)
        assert len(pilot.pages) == 2

    def test_a_landing_page_of_a_pilot_joins_it(self) -> None:
        """It prints no scores; it was published in the year of the pilots."""
        pages = [
            cqcparse.parse(landing_page(published="17 November 2023"), source="landing.txt"),
            cqcparse.parse(statement_page("equity", label="Indicative score"), source="equity.txt"),
            cqcparse.parse(landing_page(published="2 June 2026"), source="later.txt"),
        ]
        pilot, later = combine(pages)
        assert [page.source for page in pilot.pages] == ["landing.txt", "equity.txt"]
        assert [page.source for page in later.pages] == ["later.txt"]

    def test_folders_that_repeat_each_other_are_kept_apart(self) -> None:
        """Two sets of the same pages without a date are two assessments, and doubtful."""
        pages = [
            cqcparse.parse(statement_page(id_, score=score), source=f"{folder}/{id_}.txt")
            for folder, score in (("first", 2), ("second", 3))
            for id_ in IDS[:2]
        ]
        first, second = combine(pages)
        assert (first.source, second.source) == ("first", "second")
        assert "page-undated" in codes(first)
        assert "score-conflict" not in codes(first) + codes(second)

    def test_folders_that_complete_each_other_are_one(self) -> None:
        """Pages may be sorted by theme."""
        pages = [
            cqcparse.parse(statement_page(id_), source=f"theme{number}/{id_}.txt")
            for number, id_ in enumerate(IDS)
        ]
        (report,) = combine(pages)
        assert len(report.statements) == 9
        assert codes(report) == ["report-incomplete"]

    def test_what_is_no_assessment_stands_alone(self) -> None:
        """A press release or a page of an unknown authority joins nothing, and lacks nothing."""
        texts = ["A recipe.", "Another recipe.", statement_page("equity").partition("\n\n")[2]]
        reports = combine(cqcparse.parse(text) for text in texts)
        assert [len(report.pages) for report in reports] == [1, 1, 1]
        assert [report.authority for report in reports] == [None, None, None]
        assert codes(reports[0]) == []

    def test_nothing_makes_nothing(self) -> None:
        """No pages, no reports."""
        assert combine([]) == ()

    @given(st.permutations(range(6)))
    def test_every_page_is_in_one_report(self, order: list[int]) -> None:
        """In whatever order they come, none is lost and none is doubled."""
        pages = [
            *whole()[:4],
            cqcparse.parse("x"),
            cqcparse.parse(statement_page("equity", "Hartsmere Council")),
        ]
        found = [id(page) for report in combine(pages[n] for n in order) for page in report.pages]
        assert sorted(found) == sorted(map(id, pages))


class TestJson:
    """A report goes through JSON unchanged."""

    def test_round_trip(self) -> None:
        """Pages, mentions and what is said of it come back."""
        (report,) = combine(whole(equity=2))
        assert report_from_json(report.to_json()) == report
        assert report_from_json(report.to_json(indent=2)).statements == report.statements

    def test_it_keeps_its_schema(self) -> None:
        """The JSON Schema of a report describes it, and refuses what it is not."""
        (report,) = combine(whole(equity=2))
        schema = cqcparse.json_schema(of=Report)
        data = json.loads(report.to_json())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(data, schema)
        del data["pages"][0]["mentions"]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, schema)

    @pytest.mark.parametrize(
        "text", ["[]", "{}", '{"schema_version": 1}', '{"schema_version": 1, "pages": 3}']
    )
    def test_what_is_no_report_is_refused(self, text: str) -> None:
        """One sentence that names the source."""
        with pytest.raises(DataError, match=r"^saved\.json: "):
            report_from_json(text, source="saved.json")

    def test_a_quote_that_its_page_does_not_say_is_refused(self) -> None:
        """The check of each page holds in a report too."""
        (report,) = combine(whole()[:3])
        text = report.to_json().replace(
            "worked with NHS England and", "worked with the council and"
        )
        with pytest.raises(DataError, match="does not say so"):
            report_from_json(text)


class TestSavedPages:
    """Web pages as a browser saves them, in one folder."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """The pages of two assessments of one authority, named by their titles only."""
        for slug, score in (("camden-0225", 2), ("camden-0328", 3)):
            for number, (name, text) in enumerate(self.texts(score).items()):
                page = web_page(f"{SITE}/{slug}/{name}", text)
                (tmp_path / f"page {number} ({score}).html").write_text(page, encoding="utf-8")
        return tmp_path

    @staticmethod
    def texts(score: int) -> dict[str, str]:
        """Return the pages of a report by the ends of their addresses."""
        name = "London Borough of Camden"
        summary = summary_page(name, scores=[score] * 9, rating="Good", percentage=75)
        texts = {"": landing_page(name), "summary": summary}
        return texts | {id_: statement_page(id_, name, score=score) for id_ in IDS}

    @pytest.mark.parametrize("workers", [1, 2])
    def test_a_folder_gives_its_reports(self, folder: Path, workers: int) -> None:
        """Navigation and notices are left out; the addresses in the pages tell the assessments."""
        results = cqcparse.read_many(sorted(folder.iterdir()), workers=workers)
        reports = combine(page for page in results if isinstance(page, Assessment))
        assert [report.month for report in reports] == [dt.date(2025, 2, 1), dt.date(2028, 3, 1)]
        for report, total in zip(reports, (18, 27), strict=True):
            assert report.missing == ()
            assert len(report.pages) == 11
            assert report.tally is not None
            assert report.tally.total == total
            assert all("cookies" not in page.document.text for page in report.pages)
            assert {on.item.text for on in report.of("partner")} == {"NHS England", "police"}
        first, second = reports
        assert [d.code for d in second.diagnostics] == []
        assert "rating-mismatch" in {d.code for page in first.pages for d in page.diagnostics}


def web_page(address: str, text: str) -> str:
    """Return a page of a site with *text* as its article."""
    title, *blocks = text.split("\n\n")
    article = "\n".join(
        f"<p>{block}</p>" if block[-1] in ".:%" or block[:5] == "Score" else f"<h2>{block}</h2>"
        for block in map(str.strip, blocks)
    )
    return (
        f"<!doctype html><html><head><title>{title} - CQC</title>"
        f'<link rel="canonical" href="{address}"></head><body>'
        '<div class="cookie-banner"><p>We use cookies.</p></div>'
        '<nav><ul><li><a href="/">Home</a></li></ul></nav>'
        f"<main><h1>{title}</h1>{article}</main><footer>Crown copyright</footer></body></html>"
    )


def test_work_grows_with_the_number_of_pages(
    growth: Callable[[Callable[[str], object], Callable[[int], str]], float],
) -> None:
    """Four times the pages take about four times the work."""
    page = cqcparse.parse(statement_page("equity"), source="a.txt")
    copies = {
        size: [attrs.evolve(page, source=f"{number}/a.txt") for number in range(size // 10)]
        for size in (2_000, 8_000)
    }
    ratio = growth(lambda text: combine(copies[len(text)]), lambda size: "x" * size)
    assert ratio < 12

"""The keys of tables: one report has one id in all of them, and two reports have two."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable

import pytest
from hypothesis import given

import cqcparse
from cqcparse import Assessment, Report
from cqcparse.framework import builtin_frameworks
from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.tables import Row
from cqcparse.output.tables import fact_table, mention_table, score_table
from cqcparse.testing.strategies import assessments

COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)
RUTLAND = "Rutland County Council"


def page(*paragraphs: str, name: str = RUTLAND, source: str | None = None) -> Assessment:
    """Return a page of a report on the authority, from a file of that name."""
    first = f"{name}: local authority assessment"
    return cqcparse.parse("\n\n".join((first, *paragraphs)), source=source)


def landing(published: str, source: str | None = None) -> Assessment:
    """Return a landing page with a figure."""
    figure = "Its total budget would be £92,519,000 in 2022/23."
    about = ("How we assess local authorities", f"Assessment published: {published}")
    return page(*about, f"About {RUTLAND}", "Financial facts", figure, source=source)


def safeguarding(
    name: str = RUTLAND, source: str | None = None, label: str = "Score"
) -> Assessment:
    """Return the page of a statement with a mention."""
    findings = ("Key findings for this quality statement", "The council worked with NHS England.")
    return page("Safeguarding", f"{label}: 3", *findings, name=name, source=source)


def summary(rating: str, scores: Iterable[int]) -> Assessment:
    """Return a summary with a rating and nine scores."""
    lines = ["Overall summary", "Local authority rating and score", RUTLAND, rating]
    lines.append("Quality statement scores")
    for statement, score in zip(COUNCILS.statements, scores, strict=True):
        lines += [statement.title, f"Score: {score}"]
    return page(*lines)


def rows(of: Assessment | Report) -> dict[str, list[Row]]:
    """Return the rows of every table, by its name."""
    _, mentions = mention_table(BUILT_IN)
    _, facts = fact_table()
    _, scores = score_table([of], builtin_frameworks())
    return {"mentions": [*mentions(of)], "facts": [*facts(of)], "scores": [*scores]}


def id_of(made: Assessment) -> object:
    """Return the id of the report that a page is from."""
    (row,) = rows(made)["scores"]
    return row["report_id"]


@pytest.mark.parametrize("source", ["site/rutland-0528-theme3-safe.html", "rutland-0528/safe.txt"])
def test_the_month_of_the_address_is_in_the_id(source: str) -> None:
    """All pages of one report have its id, and those of the next assessment another."""
    assert id_of(safeguarding(source=source)) == "E06000017-2028-05"
    assert id_of(safeguarding(source=source.replace("0528", "0130"))) == "E06000017-2030-01"


def test_the_date_of_publication_stands_in_for_the_address() -> None:
    """A page under another name says when it was published, or it is undated."""
    assert id_of(landing("30 May 2028", "a.txt")) == "E06000017-2028-05"
    assert id_of(safeguarding(source="a.txt")) == "E06000017-undated"


def test_a_pilot_has_an_id_of_its_own() -> None:
    """Indicative scores are those of the pilot, which has no month in its addresses."""
    assert id_of(safeguarding(label="Indicative score")) == "E06000017-pilot"


def test_an_authority_that_the_register_does_not_know_goes_by_its_name() -> None:
    """The name in print stands for the code; type and region are empty."""
    (row,) = rows(safeguarding("Hartsmere Council"))["scores"]
    assert row["report_id"] == "hartsmere-council-undated"
    assert (row["ons_code"], row["authority_type"], row["region"]) == (None, None, None)


def test_a_page_of_nobody_goes_by_its_text() -> None:
    """What names no authority has an id that only the same text has."""
    one, same, other = map(cqcparse.parse, ("The NHS paid.", "The NHS paid.", "The NHS helped."))
    assert id_of(one) == id_of(same) != id_of(other)


def test_every_table_says_which_report_authority_and_region() -> None:
    """The register tells type and region; each row has its page's source and address."""
    for name, found in rows(landing("30 May 2028", "a.txt")).items():
        for row in found:
            assert (row["source"], row["ons_code"]) == ("a.txt", "E06000017"), name
            assert (row["authority_type"], row["region"]) == ("unitary", "East Midlands")
            assert row["published"] == dt.date(2028, 5, 30)


def test_a_page_that_was_saved_says_from_where() -> None:
    """The address in a page of HTML is the url of its rows."""
    address = "https://www.cqc.org.uk/reports/rutland-0528/theme3/safe"
    html = (
        f'<html><head><link rel="canonical" href="{address}"></head><body><main>'
        f"<h1>{RUTLAND}: local authority assessment</h1><h2>Safeguarding</h2><p>Score: 3</p>"
        "<h3>Key findings for this quality statement</h3><p>The council paid the NHS.</p>"
        "</main></body></html>"
    )
    found = rows(cqcparse.read(io.BytesIO(html.encode())))
    assert {row["url"] for row in (*found["mentions"], *found["scores"])} == {address}
    assert {row["report_id"] for row in found["mentions"]} == {"E06000017-2028-05"}


def test_pages_put_together_have_the_id_and_the_date_of_the_report() -> None:
    """What one page alone knows, the date of publication, is said of all; sources stay."""
    pages = [landing("30 May 2028", "new/landing.txt"), safeguarding(source="new/safe.txt")]
    (report,) = cqcparse.combine(pages)
    found = rows(report)
    assert {row["source"] for row in found["mentions"]} == {"new/safe.txt"}
    assert {row["source"] for row in found["facts"]} == {"new/landing.txt"}
    for row in (*found["mentions"], *found["facts"], *found["scores"]):
        assert row["report_id"] == "E06000017-2028-05"
        assert row["published"] == dt.date(2028, 5, 30)


def test_a_mention_has_the_theme_of_its_statement_and_the_rule_that_made_it() -> None:
    """The theme is the framework's; the rule is that of the evidence."""
    made = safeguarding()
    for mention, row in zip(made.mentions, rows(made)["mentions"], strict=True):
        assert (row["statement"], row["theme"]) == ("safeguarding", "ensuring-safety")
        assert mention.evidence
        assert row["rule"] == mention.evidence.rule


@pytest.mark.parametrize(
    ("rating", "scores", "spare", "agrees"),
    [
        ("Good", (3,) * 9, 4, True),
        ("Requires improvement", (3,) * 9, 4, False),
        ("Inadequate", (1,) * 9, None, True),
    ],
)
def test_scores_say_what_can_be_lost_and_whether_the_rating_is_theirs(
    rating: str, scores: tuple[int, ...], spare: int | None, *, agrees: bool
) -> None:
    """The distance to the band below, and whether the printed rating is the computed one."""
    (row,) = rows(summary(rating, scores))["scores"]
    assert (row["points_to_spare"], row["rating_agrees"]) == (spare, agrees)


def test_a_missing_rating_agrees_with_nothing() -> None:
    """Where there is no rating or not every score, the cell is empty."""
    (row,) = rows(safeguarding())["scores"]
    assert row["rating_agrees"] is None


@given(assessments())
def test_rows_of_any_page_have_one_report(made: Assessment) -> None:
    """All rows of all tables of a page have the same id, alone and as a report."""
    (report,) = cqcparse.combine([made])
    alone, whole = (
        {row["report_id"] for found in rows(of).values() for row in found} for of in (made, report)
    )
    assert len(alone) == len(whole) == 1
    assert all(alone)

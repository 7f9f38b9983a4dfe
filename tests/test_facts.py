"""Dates and figures of the landing page, each with its place."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse import Document, Money, from_json
from cqcparse.cli import group
from cqcparse.errors import DataError
from cqcparse.framework import builtin_frameworks
from cqcparse.model import Fact
from cqcparse.output.tables import fact_table
from cqcparse.structure.facts import read_facts
from cqcparse.structure.sections import parse_sections

LANDING = """\
Rutland County Council: local authority assessment

How we assess local authorities

Assessment published: 30 May 2025
Assessment start date: 3 February 2025
Page last updated: 2 June 2025

About Rutland County Council

Demographics

Rutland has a population of 41,049 people. In terms of age, 24.8% are 65 and over, and 18-64 year
olds make up 55.1 per cent. The county ranks 148 out of 153 for deprivation.

Financial facts

The financial facts for Rutland County Council are:
"""


def facts(*lines: str, heading: str = "Financial facts") -> tuple[Fact, ...]:
    """Return what is read from lines under a heading of the landing page."""
    text = f"Rutland County Council: local authority assessment\n\n{heading}\n\n"
    return cqcparse.parse(text + "\n\n".join(lines)).facts


def told(*lines: str, heading: str = "Financial facts") -> list[tuple[object, ...]]:
    """Return id, aspect, printed text and year of each fact."""
    return [
        (f.id, f.aspect, f.text, f.period.text if f.period else None)
        for f in facts(*lines, heading=heading)
    ]


def test_dates_of_the_page() -> None:
    """Each label has its date, with the place it stands at."""
    assessment = cqcparse.parse(LANDING)
    published = assessment.fact("published")
    assert published is not None
    assert published.date == dt.date(2025, 5, 30)
    assert LANDING[published.span.start : published.span.end] == "30 May 2025"
    dates = {fact.id: fact.date for fact in assessment.facts if fact.date}
    assert dates == {
        "published": dt.date(2025, 5, 30),
        "assessment-start": dt.date(2025, 2, 3),
        "last-updated": dt.date(2025, 6, 2),
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: 17 May 2024 Page last updated: 20 May 2024", ["published", "last-updated"]),
        ("Report published 17th May 2024", ["published"]),
        ("Date of assessment: 3 to 7 March 2025", []),
        ("Published: soon", []),
        ("Published: 31 February 2025", []),
        ("The plan was published on 17 May 2024 by the board.", []),
    ],
)
def test_labels_of_dates(line: str, expected: list[str]) -> None:
    """Several may share a line; what is not one day is no date."""
    assessment = cqcparse.parse(f"Rutland County Council: local authority assessment\n\n{line}\n")
    assert [fact.id for fact in assessment.facts] == expected


def test_demographics() -> None:
    """The profile names the figures it knows; the others are kept with their sentence."""
    assessment = cqcparse.parse(LANDING)
    population, rank = assessment.fact("population"), assessment.fact("deprivation-rank")
    assert population is not None
    assert population.count == 41_049
    assert rank is not None
    assert (rank.count, rank.out_of) == (148, 153)
    shares = [fact for fact in assessment.facts if fact.percentage]
    assert [(s.id, s.percentage) for s in shares] == [
        (None, Decimal("24.8")),
        (None, Decimal("55.1")),
    ]
    assert shares[0].sentence.text.startswith("In terms of age, 24.8%")


def test_budget_and_spend() -> None:
    """Full pounds, what was estimated and what was spent, and by how much they differ."""
    line = (
        "The local authority estimated that in 2022/23, its total budget would be £92,519,000. "
        "Its actual spend for that year was £97,741,000, which was £5,222,000 more than estimated."
    )
    assert told(line) == [
        ("total-budget", "estimated", "£92,519,000", "2022/23"),
        ("total-budget", "actual", "£97,741,000", "2022/23"),
        ("total-budget", "over", "£5,222,000", "2022/23"),
    ]
    amount = facts(line)[0].amount
    assert amount == Money(low=Decimal(92_519_000), high=Decimal(92_519_000))


def test_adult_social_care() -> None:
    """A budget within the total budget is told from it."""
    assert told(
        "It estimated it would spend £15,148,000 of its total budget on adult social care in "
        "2023/24. Its actual spend was £14,100,000, which is £1,048,000 less than estimated.",
        "In 2023/24, 14.43% of the budget was spent on adult social care.",
    ) == [
        ("adult-social-care-budget", "estimated", "£15,148,000", "2023/24"),
        ("adult-social-care-budget", "actual", "£14,100,000", "2023/24"),
        ("adult-social-care-budget", "under", "£1,048,000", "2023/24"),
        ("adult-social-care-share", None, "14.43%", "2023/24"),
    ]


def test_words_on_both_sides_tell_a_figure() -> None:
    """What a budget is for may stand behind it, and that it is one in front."""
    assert told(
        "It had a total budget of £95m in 2023/24 and estimated it would spend £46,123,000 on "
        "adult social care."
    ) == [
        ("total-budget", None, "£95m", "2023/24"),
        ("adult-social-care-budget", "estimated", "£46,123,000", "2023/24"),
    ]


def test_precept_and_people() -> None:
    """The precept is a share, and people are counted, small numbers too."""
    found = facts(
        "The authority has raised the full adult social care precept for 2023/24, with a value "
        "of 2%.",
        "Approximately 790 people were accessing long-term adult social care support, and "
        "approximately 1,345 people were accessing short-term adult social care support in 2022/23.",
    )
    assert [(f.id, f.percentage, f.count) for f in found] == [
        ("precept", Decimal(2), None),
        ("long-term-support", None, 790),
        ("short-term-support", None, 1_345),
    ]


def test_a_figure_nobody_knows_is_kept() -> None:
    """It has no id; its sentence says what it is."""
    (fact,) = facts("Parking brought in £1,200.")
    assert (fact.id, fact.aspect, fact.text) == (None, None, "£1,200")
    assert fact.sentence.text == "Parking brought in £1,200."


def test_a_subject_ends_with_its_paragraph() -> None:
    """What was said of one budget is not said of the next line's."""
    found = told("Its total budget was £5,000,000.", "The actual figure was £6,000,000.")
    assert [id_ for id_, *_ in found] == ["total-budget", None]


def test_findings_have_no_facts() -> None:
    """Figures in the findings are for extractors."""
    text = (
        "Safeguarding\n\nScore: 3\n\nKey findings for this quality statement\n\nIt cost £5,000.\n"
    )
    assert cqcparse.parse(text).facts == ()


def test_facts_are_in_the_json() -> None:
    """They come back unchanged, and a place that says something else is refused."""
    assessment = cqcparse.parse(LANDING)
    assert assessment.facts
    assert from_json(assessment.to_json()) == assessment
    wrong = attrs.evolve(assessment.facts[0], text="31 May 2025")
    with pytest.raises(DataError, match="31 May 2025"):
        from_json(attrs.evolve(assessment, facts=(wrong,)).to_json())


@given(st.text(alphabet="£0123456789,.%-/ of population budget\n", max_size=80))
def test_facts_quote_the_text(body: str) -> None:
    """Whatever is under the heading, each fact is a part of its sentence."""
    text = f"Rutland County Council: local authority assessment\n\nFinancial facts\n\n{body}"
    assessment = cqcparse.parse(text)
    assert from_json(assessment.to_json()) == assessment
    for fact in assessment.facts:
        assert text[fact.span.start : fact.span.end] == fact.text
        assert fact.sentence.span.contains(fact.span)


def test_the_table_of_facts() -> None:
    """One row each, the columns made from the fields of the class."""
    table, rows_of = fact_table()
    assessment = cqcparse.parse(LANDING, source="landing.txt")
    rows = list(rows_of(assessment))
    assert len(rows) == len(assessment.facts)
    assert all(list(row) == [column.name for column in table.columns] for row in rows)
    population = next(row for row in rows if row["id"] == "population")
    assert (population["source"], population["ons_code"]) == ("landing.txt", "E06000017")
    assert (population["count"], population["text"], population["amount_low"]) == (
        41_049,
        "41,049",
        None,
    )
    start, end = population["char_start"], population["char_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert LANDING[start:end] == "41,049"


def test_the_command_writes_the_table(tmp_path: Path) -> None:
    """Pages in, rows out; what has no facts gives none."""
    for name, text in (("landing", LANDING), ("other", "Safeguarding\n\nScore: 3\n")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(group, ["facts", str(tmp_path)])
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["source"] for row in rows} == {"landing.txt"}
    assert rows[0]["date"] == "2025-05-30"


@pytest.mark.parametrize(
    "piece",
    [
        "£5,000 in 2022/23 ",
        "£5,000. ",
        "5% 6% ",
        "Published: 3 May 2025 ",
        "total budget adult social care £1 ",
        "1,000,",
        "1 of 2 ",
    ],
)
def test_work_grows_with_the_length(
    piece: str, growth: Callable[[Callable[[str], object], Callable[[int], str]], float]
) -> None:
    """No run of figures, in one sentence or many, costs more than its length."""
    head = "Rutland County Council: local authority assessment\n\nFinancial facts\n\n"
    framework = next(f for f in builtin_frameworks() if f.local_authority)

    def read(text: str) -> object:
        sections, _ = parse_sections(Document(text=text), framework)
        return read_facts(text, sections, framework)

    assert growth(read, lambda size: head + piece * (size // 4)) < 12

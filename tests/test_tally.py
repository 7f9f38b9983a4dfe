"""The arithmetic of ratings: sums, percentages, bands and distances, as a check."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse.framework import RatingBand, builtin_frameworks
from cqcparse.model import Tally
from cqcparse.structure.score_totals import tally

COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)
SCORES = st.lists(st.integers(1, 4), min_size=9, max_size=9)


def made(total: int) -> Tally:
    """Return the tally of nine scores with that sum."""
    scores = [1] * 9
    for place in itertools.islice(itertools.cycle(range(9)), total - 9):
        scores[place] += 1
    found = tally(scores, COUNCILS)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("total", "percentage", "rating", "to_next", "to_spare"),
    [
        (9, 25, "Inadequate", 5, None),
        (13, 36, "Inadequate", 1, None),
        (14, 39, "Requires improvement", 9, 0),
        (22, 61, "Requires improvement", 1, 8),
        (23, 64, "Good", 9, 0),
        (27, 75, "Good", 5, 4),
        (28, 78, "Good", 4, 5),
        (31, 86, "Good", 1, 8),
        (32, 89, "Outstanding", None, 0),
        (36, 100, "Outstanding", None, 4),
    ],
)
def test_bands(
    total: int, percentage: int, rating: str, to_next: int | None, to_spare: int
) -> None:
    """The edges of each band, and what is missing for the next."""
    found = made(total)
    assert (found.total, found.maximum, found.percentage) == (total, 36, percentage)
    assert (found.rating, found.points_to_next, found.points_to_spare) == (
        rating,
        to_next,
        to_spare,
    )


@given(SCORES)
def test_distances_lead_to_the_edges(scores: list[int]) -> None:
    """The points to the next rating reach it and one less does not; likewise downwards."""
    found = tally(scores, COUNCILS)
    assert found is not None
    if found.points_to_next is not None:
        assert made(found.total + found.points_to_next).rating == found.next_rating
        assert made(found.total + found.points_to_next - 1).rating == found.rating
    if found.points_to_spare is not None:
        assert made(found.total - found.points_to_spare).rating == found.rating
        assert made(found.total - found.points_to_spare - 1).rating != found.rating


@pytest.mark.parametrize("scores", [[], [3] * 8, [3] * 10])
def test_a_missing_score_makes_no_sum(scores: Sequence[int]) -> None:
    """Nothing is put in its place."""
    assert tally(scores, COUNCILS) is None


def test_halves_are_rounded_up() -> None:
    """With other numbers of statements a share can lie half-way."""
    framework = attrs.evolve(
        COUNCILS,
        statements=COUNCILS.statements[:2],
        bands=(
            RatingBand(rating="Inadequate", low=0, high=62),
            RatingBand(rating="Good", low=63, high=100),
        ),
    )
    found = tally([2, 3], framework)
    assert found is not None
    assert (found.percentage, found.rating) == (63, "Good")


def test_no_band_no_rating() -> None:
    """A profile without bands has no ratings to tell."""
    assert tally([3] * 9, attrs.evolve(COUNCILS, bands=())) is None


def page(scores: Sequence[int], *overall: str) -> cqcparse.Assessment:
    """Return the assessment of a summary page."""
    lines = [
        "Rutland County Council: local authority assessment",
        "Overall summary",
        "Local authority rating and score",
        "Rutland County Council",
        *overall,
        "Quality statement scores",
    ]
    for statement, score in zip(COUNCILS.statements, scores, strict=True):
        lines += [statement.title, f"Score: {score}"]
    return cqcparse.parse("\n\n".join(lines))


def mismatches(assessment: cqcparse.Assessment) -> list[str]:
    """Return what is told of ratings that do not agree."""
    return [d.message for d in assessment.diagnostics if d.code == "rating-mismatch"]


def test_a_page_with_all_scores_has_a_tally() -> None:
    """It stands beside what is printed, and never in its place."""
    assessment = page([3] * 9, "Good", "Overall rating for Rutland County Council: 78%")
    assert assessment.tally == made(27)
    assert assessment.overall is not None
    assert assessment.overall.percentage == 78
    assert mismatches(assessment) == [
        "the percentage is 78, but the scores of the statements make 75"
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("scored 78 out of 100 overall, indicating a good standard", 0),
        ("scored 78 out of 100 overall, indicating an exceptional standard", 1),
        ("scored 78 out of 100 overall, with some shortfalls", 1),
    ],
)
def test_words_beside_the_percentage_are_compared(words: str, told: int) -> None:
    """Words that mean another rating than the percentage are a contradiction."""
    assessment = page([3] * 8 + [4], "Good", f"Rutland County Council {words}.")
    assert len(mismatches(assessment)) == told


def test_a_statement_page_has_no_tally() -> None:
    """One score of nine adds up to nothing."""
    assert cqcparse.parse("Safeguarding\n\nScore: 3\n").tally is None

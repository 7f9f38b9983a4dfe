"""Extents: what stands behind a verb or noun, and how far it goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse.grammar import read_layers
from cqcparse.grammar.phrase_ends import fine_chunks, tails_at, whole_phrase

#: What stands behind the first verb, by its preposition.
TAILS = [
    ("They paid for training with grants", {"for": "training", "with": "grants"}),
    ("They paid by cheque for 2 years", {"by": "cheque", "for": "2 years"}),
    (
        "It went to carers, parents and staff in Leeds",
        {"to": "carers, parents and staff", "in": "Leeds"},
    ),
    ("It went to the hub to train staff", {"to": "the hub", "to do": "to train"}),
    ("It went on supporting carers", {"on": "supporting"}),
]
WHOLE = [
    (
        "to buy beds, train carers and run a club in Leeds. It",
        "to buy beds, train carers and run a club in Leeds",
    ),
    ("weeks in which nobody came, so", "weeks in which nobody came"),
    ("a club run by Mind for carers, which met", "a club run by Mind for carers"),
    ("attendance on fixed days and people could not come", "attendance on fixed days"),
    (
        "supporting people who have themselves been homeless.",
        "supporting people who have themselves been homeless",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TAILS)
def test_what_stands_behind_prepositions(text: str, expected: dict[str, str]) -> None:
    """Each phrase stands by its preposition, lists whole, times where nothing else does."""
    layers = read_layers(text)
    behind = next(i for i, letter in enumerate(fine_chunks(layers)) if letter in "vE") + 1
    found = {by: layers.words(*place) for by, place in tails_at(layers, behind).items()}
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_a_whole_phrase_has_its_list_and_what_hangs_on_it(text: str, expected: str) -> None:
    """It ends where another clause begins, or what only explains."""
    layers = read_layers(text)
    assert layers.words(*whole_phrase(layers, 0)) == expected


WORDS = (
    "the fund to buy beds and , who which paid for in Leeds it had 2023 weeks supporting run by ("
)


@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40))
def test_phrase_ends_stay_in_the_text(words: list[str]) -> None:
    """Whatever the words, a phrase begins where it was asked for and ends in the text."""
    layers = read_layers(" ".join(words))
    for chunk in range(len(layers.chunks) - 1):
        first, last = whole_phrase(layers, chunk)
        assert (first, True) == (layers.extent(chunk)[0], first <= last < len(layers))
        assert all(a <= b for a, b in tails_at(layers, chunk).values())

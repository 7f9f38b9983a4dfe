"""From characters to the words of the layers, and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cqcparse import Span
from cqcparse.grammar import read_layers

TEXT = "The ICB's club (£2m) opened.\n\n  It met in 2024/25 , twice.\nEnd"


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_tokens_of_characters(one: int, other: int) -> None:
    """They are the tokens that share a character with the span, from the first to the last."""
    layers = read_layers(TEXT)
    span = Span(min(one, other), max(one, other))
    places = [layers.span(token, token) for token in range(len(layers))]
    shared = [t for t, place in enumerate(places) if len(place) and place.overlaps(span)]
    assert layers.tokens_of(span) == ((shared[0], shared[-1]) if shared else None)


def test_there_and_back() -> None:
    """The tokens of the characters of some tokens are these, across paragraphs too."""
    layers = read_layers(TEXT)
    words = [token for token in range(len(layers)) if layers.words(token, token)]
    for first in words:
        for last in words:
            if first <= last:
                assert layers.tokens_of(layers.span(first, last)) == (first, last)


def test_outside_of_the_findings() -> None:
    """Where there are no words there are no tokens."""
    assert read_layers("").tokens_of(Span(0, 4)) is None
    assert read_layers("A club.").tokens_of(Span(90, 94)) is None

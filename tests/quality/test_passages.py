"""Extraction on generated passages: names and sentences that no report of the gold has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cqcparse
from cqcparse.testing.passages import KnownPassage, passage

pytestmark = pytest.mark.no_cover

PARSER = cqcparse.Parser(plugins=False)
#: Passages that are scored together, and the share of mentions that must be exact.
PASSAGES, FLOOR = 120, 0.98


def places(known: KnownPassage) -> set[tuple[str, int, int]]:
    """Return kind and place of the mentions that a passage holds."""
    return {(mark.kind, mark.span.start, mark.span.end) for mark in known.mentions}


def found(text: str) -> set[tuple[str, int, int]]:
    """Return kind and place of the mentions that are found in *text*."""
    mentions = PARSER.parse(text).mentions
    return {(mention.kind, mention.span.start, mention.span.end) for mention in mentions}


def test_generated_passages_are_read_as_they_were_made() -> None:
    """Over many passages the exact F1 of each kind stays above its floor."""
    both: dict[str, int] = {}
    either: dict[str, int] = {}
    for seed in range(PASSAGES):
        known = passage(seed)
        wanted, got = places(known), found(known.text)
        for kind in ("funding", "service", "partner"):
            ours = {place for place in got if place[0] == kind}
            theirs = {place for place in wanted if place[0] == kind}
            both[kind] = both.get(kind, 0) + 2 * len(ours & theirs)
            either[kind] = either.get(kind, 0) + len(ours) + len(theirs)
    scores = {kind: both[kind] / either[kind] for kind in both}
    assert min(scores.values()) >= FLOOR, scores


@settings(max_examples=25)
@given(st.integers(0, 10**9), st.integers(1, 8))
def test_a_passage_says_where_its_mentions_are(seed: int, sentences: int) -> None:
    """The same seed gives the same passage, and each mention quotes its own characters."""
    known = passage(seed, sentences)
    assert known == passage(seed, sentences)
    assert known.mentions
    for mark in known.mentions:
        assert known.text[mark.span.start : mark.span.end] == mark.text

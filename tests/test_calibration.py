"""How sure a rule is, read off what it did on gold reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse.errors import DataError
from cqcparse.grammar import Calibration, RuleCount, load_calibration

COUNTS = st.integers(0, 500).flatmap(
    lambda made: st.builds(RuleCount, right=st.integers(0, made), made=st.just(made))
)


@given(st.dictionaries(st.text(max_size=5), COUNTS, max_size=5), st.text(max_size=5))
def test_confidence_is_a_share(counts: dict[str, RuleCount], rule: str) -> None:
    """Whatever the counts, every rule, known or not, has a confidence from 0 to 1."""
    assert 0 <= Calibration(counts).confidence(rule) <= 1


def test_a_rule_that_is_right_more_often_is_surer() -> None:
    """The confidence follows the counts, and a rule never seen gets the share of all."""
    calibration = Calibration(
        {"good": RuleCount(right=95, made=100), "poor": RuleCount(right=40, made=100)}
    )
    assert calibration.confidence("good") > calibration.confidence("unseen")
    assert calibration.confidence("unseen") > calibration.confidence("poor")


@pytest.mark.parametrize(
    "content", ["", "rules = 3", "[rules]\na = { right = 2, made = 1 }", "[rules]\na = 1", "[["]
)
def test_a_file_that_is_no_calibration_is_refused(tmp_path: Path, content: str) -> None:
    """A broken file is named in one sentence."""
    path = tmp_path / "calibration.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"calibration\.toml: is not a calibration"):
        load_calibration(path)

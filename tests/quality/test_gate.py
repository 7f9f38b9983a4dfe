"""The gate: extraction may not get worse on the gold than its pinned floors."""

from __future__ import annotations

from pathlib import Path

import pytest

import cqcparse
from cqcparse.evaluation import Evaluation, evaluate, gold_files, load_gold, report_for
from cqcparse.evaluation.floors import load_floors, shortfalls

pytestmark = pytest.mark.no_cover

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Every gold file of the project, judged."""
    pairs = []
    for path in gold_files([HERE / "gold"]):
        assessment = cqcparse.read(report_for(path, SEEDS, [".txt"]))
        pairs.append((load_gold(path, assessment.document.text), assessment))
    return evaluate(pairs)


def test_no_score_is_below_its_floor(evaluation: Evaluation) -> None:
    """To raise the floors, run ``cqcparse evaluate ... --floors FILE --raise-floors``."""
    missed = shortfalls(evaluation, load_floors(HERE / "floors.json"))
    assert not missed, "\n" + "\n".join(map(str, missed))


def test_each_kind_of_each_folder_of_gold_has_floors(evaluation: Evaluation) -> None:
    """A score without a floor could be lost without a word."""
    pinned = {(f.group, f.kind, f.measure) for f in load_floors(HERE / "floors.json")}
    for group in evaluation.groups:
        for score in evaluation.only(group=group).kinds:
            for measure in ("exact_f1", "overlap_f1", "type_accuracy"):
                assert (group, score.kind, measure) in pinned

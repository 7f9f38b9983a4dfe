"""Texts that people have, of the kinds met in public reports of faults, each with its right values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cqcparse

FOLDER = Path(__file__).resolve().parent / "cases"
CASES = [
    json.loads(line) for line in (FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_case(case: dict[str, Any]) -> None:
    """Authority, statements with their scores, rating and codes of diagnostics are the right ones."""
    right = case["right"]
    if "file" in case:
        assessment = cqcparse.read(FOLDER / "files" / case["file"])
    else:
        assessment = cqcparse.parse(case["text"])
    authority, overall = assessment.authority, assessment.overall
    values = {
        "authority": authority.ons_code if authority else None,
        "statements": {s.id: s.score.value if s.score else None for s in assessment.statements},
        "rating": overall.rating.text if overall and overall.rating else None,
        "codes": [diagnostic.code for diagnostic in assessment.diagnostics],
    }
    assert {name: values[name] for name in right} == right

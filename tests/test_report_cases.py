"""Texts and files that people have, of the kinds met in public reports of faults, with right values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cqcparse
from cqcparse import Assessment, Mention
from cqcparse.errors import ReadError

FOLDER = Path(__file__).resolve().parent / "cases"
CASES = [
    json.loads(line) for line in (FOLDER / "reports.jsonl").read_text(encoding="utf-8").splitlines()
]
#: What reading a file needs beyond the core, by its suffix.
NEEDED = {".pdf": "pypdfium2", ".docx": "mammoth"}
#: What a value means, by the name in the cases: the attribute of the mention, and that of its value.
MEANT = {
    "low": ("amount", "low"),
    "high": ("amount", "high"),
    "bound": ("amount", "bound"),
    "start": ("period", "start"),
    "end": ("period", "end"),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_case(case: dict[str, Any]) -> None:
    """What the case says of authority, scores, mentions, omissions and diagnostics is so."""
    right = case["right"]
    if "error" in right:
        with pytest.raises(ReadError, match=right["error"]):
            assessment_of(case)
        return
    assessment = assessment_of(case)
    authority, overall = assessment.authority, assessment.overall
    values = {
        "authority": authority.ons_code if authority else None,
        "statements": {s.id: s.score.value if s.score else None for s in assessment.statements},
        "rating": overall.rating.text if overall and overall.rating else None,
        "codes": [diagnostic.code for diagnostic in assessment.diagnostics],
        "omissions": [[item.reason, item.length] for item in assessment.document.omissions],
    }
    assert {name: values[name] for name in right if name in values} == {
        name: value for name, value in right.items() if name in values
    }
    for kind, text, said in right.get("mentions", ()):
        assert said in [dict(facts(m, said)) for m in assessment.of(kind) if m.text == text]
    assert not any(border in m.text for m in assessment.mentions for border in "\t\n")


def assessment_of(case: dict[str, Any]) -> Assessment:
    """Return what is made of the text or the file of a case."""
    if "text" in case:
        return cqcparse.parse(case["text"])
    path = FOLDER / "files" / case["file"]
    if path.suffix in NEEDED:
        pytest.importorskip(NEEDED[path.suffix])
    return cqcparse.read(path)


def facts(mention: Mention, said: dict[str, object]) -> Iterator[tuple[str, object]]:
    """Yield what a mention says of the things that a case speaks of."""
    for name in said:
        if name == "days":
            holder = getattr(mention, "duration", None) or getattr(mention, "period", None)
            yield name, holder and holder.value.days
        elif name in MEANT:
            attribute, part = MEANT[name]
            reading = getattr(mention, attribute)
            value = reading and getattr(reading.value, part)
            yield name, int(value) if name in {"low", "high"} else value and str(value)
        else:
            value = getattr(mention, name)
            yield name, getattr(value, "text", value)

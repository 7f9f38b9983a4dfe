"""Write how often each rule of the built-in extractors is right on the project's gold."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import cqcparse
from cqcparse.evaluation import RuleScore, evaluate, gold_files, load_gold, report_for

ROOT = Path(__file__).parent.parent
EXTRACTORS = {"funding": "funding", "service": "services", "partner": "partners"}
#: The folder of gold that nothing is fitted to.
BLIND = "blind"
HEADER = """\
# How many of the mentions that each rule makes on the gold reports have exactly the characters of
# the gold. Written by tools/calibrate.py; the confidence of a mention is read off it.

[rules]
"""


def main() -> int:
    """Calibrate each built-in extractor."""
    parser = cqcparse.Parser(plugins=False)
    pairs = []
    for path in gold_files([ROOT / "tests" / "quality" / "gold"]):
        if path.parent.name == BLIND:
            continue
        assessment = parser.read(report_for(path, ROOT / "seeds", [".txt"]))
        pairs.append((load_gold(path, assessment.document.text), assessment))
    rules = evaluate(pairs).rules
    for kind, name in EXTRACTORS.items():
        target = ROOT / "src" / "cqcparse" / "extractors" / name / "calibration.toml"
        target.write_text(HEADER + table(rules, kind), encoding="utf-8")
        print(f"wrote {target.relative_to(ROOT)}")
    return 0


def table(rules: Iterable[RuleScore], kind: str) -> str:
    """Return the lines of the rules of *kind*, by name."""
    lines = [
        f'"{score.rule}" = {{ right = {score.exact}, made = {score.found} }}\n'
        for score in rules
        if score.kind == kind
    ]
    return "".join(sorted(lines))


if __name__ == "__main__":
    sys.exit(main())

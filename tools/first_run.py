"""Print how right the extractors are on folders of gold, with intervals: the tables of quality.md.

Sentences, and attributes that the gold states, are drawn anew a thousand times, with as many as
there are: what lies between the 2.5th and the 97.5th percentile is the interval.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import cqcparse
from cqcparse.evaluation import Evaluation, evaluate, gold_files, load_gold, report_for

_DRAWS = 1_000
_KINDS = ("funding", "service", "partner")


def main() -> None:
    """Print a row for each folder and kind, then one for each folder and attribute."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="+", type=Path, help="folders of reports with gold")
    folders = {folder.name: _evaluated(folder) for folder in arguments.parse_args().folders}
    print("| gold | kind | exact F1 | overlap F1 | type right |\n|---|---|---|---|---|")
    for folder, evaluation in folders.items():
        for score in evaluation.kinds:
            if score.kind in _KINDS:
                exact, overlap = _intervals(evaluation, score.kind)
                print(
                    f"| `{folder}` | {score.kind} | {score.exact.f1:.2f} {exact} "
                    f"| {score.overlap.f1:.2f} {overlap} | {score.type_accuracy:.2f} |"
                )
    print("\n| gold | attribute | right | share | spurious |\n|---|---|---|---|---|")
    for folder, evaluation in folders.items():
        for score in evaluation.kinds:
            for one in score.attributes if score.kind in _KINDS else ():
                print(
                    f"| `{folder}` | {score.kind} {one.name} | {one.right} of {one.stated} "
                    f"| {one.accuracy:.2f} {_share(one.right, one.stated)} | {one.spurious} |"
                )


def _share(right: int, of: int) -> str:
    """Return the interval of a share: as many are drawn anew as there are."""
    draw = random.Random(0)  # noqa: S311 - the same draws each time
    population = [1] * right + [0] * (of - right)
    return _interval(sum(draw.choices(population, k=of)) / of for _ in range(_DRAWS) if of)


def _evaluated(folder: Path) -> Evaluation:
    parser = cqcparse.Parser(plugins=False)
    pairs = []
    for path in gold_files([folder]):
        assessment = parser.read(report_for(path, folder, [".txt"]))
        pairs.append((load_gold(path, assessment.document.text), assessment))
    return evaluate(pairs)


def _intervals(evaluation: Evaluation, kind: str) -> tuple[str, str]:
    """Return the intervals of exact and of overlap F1."""
    sentences: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for judgement in evaluation.judgements:
        if judgement.kind == kind and not judgement.forgiven:
            sentence = judgement.sentence.text if judgement.sentence else ""
            sentences[judgement.report, sentence][judgement.outcome] += 1
    counted = list(sentences.values())
    draw = random.Random(0)  # noqa: S311 - the same draws each time
    drawn = [draw.choices(counted, k=len(counted)) for _ in range(_DRAWS)]
    return (
        _interval([_f1(sample, ("exact",)) for sample in drawn]),
        _interval([_f1(sample, ("exact", "boundary")) for sample in drawn]),
    )


def _f1(sample: Iterable[Counter[str]], matched: Sequence[str]) -> float:
    counts: Counter[str] = sum(sample, Counter())
    both = counts["exact"] + counts["boundary"]
    total = 2 * both + counts["miss"] + counts["false"]
    return 2 * sum(counts[outcome] for outcome in matched) / total if total else 1.0


def _interval(values: Iterable[float]) -> str:
    ordered = sorted(values)
    return f"({ordered[_DRAWS // 40]:.2f} to {ordered[-_DRAWS // 40]:.2f})"


if __name__ == "__main__":
    main()

"""Say what a change of rules does to the gold pages: scores and mentions, before and after.

``tools/gold_diff.py BASE [HEAD]`` compares two revisions, or BASE with the files as they stand, and
prints Markdown: for a terminal, a commit message, or a comment on a pull request. Both read the
gold of the checkout the script stands in. Of sealed pages only scores are printed, because nobody
makes a rule with them in view.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "quality" / "gold"
SEEDS = ROOT / "seeds"
#: Folders nobody who makes rules looks into; tests/quality/gold/README.md says until when.
SEALED = {"blind", "money-sealed"}
#: Mentions listed; a comment on a public host has a largest size.
SHOWN = 200

#: Run by each revision, with its own code: a line of JSON for each mention. Public API only.
MENTIONS = """
import sys, json, attrs, cqcparse
def plain(value):
    known = isinstance(value, (str, int, type(None)))
    return value if known else getattr(value, "text", repr(value))
beside = {"span", "text", "extractor", "evidence", "confidence"}
for path in sys.argv[1:]:
    report = cqcparse.read(path)
    for m in report.mentions:
        sentence = report.sentence_of(m)
        fields = [f.name for f in attrs.fields(type(m)) if f.name not in beside]
        print(json.dumps({
            "place": [path, m.kind, m.span.start, m.span.end],
            "text": m.text,
            "fields": {name: plain(getattr(m, name)) for name in fields},
            "sentence": sentence.text if sentence else "",
        }))
"""

#: Report, kind, start and end.
Place: TypeAlias = tuple[str, str, int, int]
#: Group of gold, kind and measure.
Measure: TypeAlias = tuple[str, str, str]


class Run(NamedTuple):
    """What one revision makes of the gold pages."""

    scores: dict[Measure, float]
    mentions: dict[Place, dict[str, Any]]


def main() -> int:
    """Print the comparison; return 1 if a revision could not be run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("base", help="the revision before, such as main")
    parser.add_argument(
        "head", nargs="?", help="the revision after; the files as they stand if absent"
    )
    arguments = parser.parse_args()
    try:
        before, after = run(arguments.base), run(arguments.head)
    except subprocess.CalledProcessError as error:
        *_, last = (error.stderr or b"no message").decode(errors="replace").strip().splitlines()
        print(f"gold_diff: {' '.join(map(str, error.cmd[:3]))} failed: {last}", file=sys.stderr)
        return 1
    print("\n".join(comparison(before, after)))
    return 0


def run(revision: str | None) -> Run:
    """Return what the code of *revision* makes of the gold; None for the files as they stand."""
    with tempfile.TemporaryDirectory() as name:
        source = ROOT / "src" if revision is None else unpacked(revision, Path(name))
        scores = python(source, "-m", "cqcparse", "evaluate", GOLD, "--reports", SEEDS, "--json")
        reports = [path for path in (*SEEDS.glob("*.txt"), *GOLD.rglob("*.txt")) if seen(path)]
        lines = python(source, "-c", MENTIONS, *sorted(reports)).splitlines()
    mentions = [json.loads(line) for line in lines]
    return Run(
        dict(scores_of(json.loads(scores))),
        {(*mention["place"],): mention for mention in mentions},
    )


def seen(path: Path) -> bool:
    """Return whether people may look at a page."""
    return path.parent.name not in SEALED


def unpacked(revision: str, folder: Path) -> Path:
    """Return a copy of the sources at a revision."""
    command = ["git", "archive", "--format=tar", revision, "src"]
    archive = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, filter="data")
    return folder / "src"


def python(source: Path, *arguments: str | Path) -> str:
    """Return what this Python prints with the code in *source* before any that is installed."""
    environment = {**os.environ, "PYTHONPATH": str(source), "CQCPARSE_PLUGINS": ""}
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    return done.stdout.decode()


def scores_of(evaluation: dict[str, Any]) -> Iterator[tuple[Measure, float]]:
    """Yield the scores of each group of gold."""
    for group in evaluation["groups"]:
        for kind in group["kinds"]:
            for measure in ("exact", "overlap"):
                yield (group["group"], kind["kind"], f"{measure} F1"), kind[measure]["f1"]
            yield (group["group"], kind["kind"], "type right"), kind["type_accuracy"]


def comparison(before: Run, after: Run) -> Iterator[str]:
    """Yield the lines of the comparison."""
    yield "### What changes on the gold pages"
    yield ""
    yield from scores_table(before.scores, after.scores)
    yield ""
    gold = set(gold_places())
    places = sorted(before.mentions.keys() | after.mentions.keys())
    changes = [line for place in places for line in changed(place, before, after, gold)]
    yield f"{len(changes)} mentions differ, {len(places) - len(changes)} are the same."
    if changes:
        yield ""
        yield from changes[:SHOWN]
        if len(changes) > SHOWN:
            yield f"- and {len(changes) - SHOWN} more"


def scores_table(before: dict[Measure, float], after: dict[Measure, float]) -> Iterator[str]:
    """Yield a table of the scores that differ, in per cent."""
    rows = [
        f"| {' | '.join(key)} | {percent(before.get(key))} | {percent(after.get(key))} |"
        for key in sorted(before.keys() | after.keys())
        if percent(before.get(key)) != percent(after.get(key))
    ]
    if rows:
        yield from ("| gold | kind | measure | before | after |", "|---|---|---|---|---|", *rows)
    else:
        yield "No score differs, those of the sealed pages included."


def percent(score: float | None) -> str:
    """Return a score as it is printed."""
    return "none" if score is None else f"{100 * score:.1f}"


def gold_places() -> Iterator[Place]:
    """Yield the places of the mentions in the gold that people may see."""
    for path in filter(seen, GOLD.rglob("*.jsonl")):
        folder = SEEDS if path.parent == GOLD else path.parent
        report = str(folder / f"{path.stem}.txt")
        if not path.stem.endswith(".unsure"):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                yield report, row["kind"], row["start"], row["end"]


def changed(place: Place, before: Run, after: Run, gold: set[Place]) -> Iterator[str]:
    """Yield a line if the mention at a place is gained, lost or other than before."""
    old, new = before.mentions.get(place), after.mentions.get(place)
    if old == new:
        return
    report, kind, start, end = place
    shown = new or old or {}
    verdict = "in the gold" if place in gold else "not in the gold"
    sign = "+" if old is None else "-" if new is None else "~"
    where = f"{Path(report).relative_to(ROOT)} {start}-{end}"
    line = f"- `{sign}` {kind} **{shown['text']}** ({verdict}), {where}"
    if old and new:
        names = sorted(old["fields"].keys() | new["fields"].keys())
        values = [(name, old["fields"].get(name), new["fields"].get(name)) for name in names]
        yield f"{line}: " + ", ".join(f"{n} {b!r} → {a!r}" for n, b, a in values if b != a)
    else:
        yield f"{line}<br>{' '.join(shown['sentence'].split())}"


if __name__ == "__main__":
    sys.exit(main())

"""Measure extraction on each real report without the vocabulary that only this report supports.

For each report of ``seeds/`` that has gold, the lexicons of the built-in extractors are stripped of
every phrase that stands in it and in no other of them, in a copy of the package, and the report is
scored with the whole and with the stripped lexicons. What falls is what was learnt by heart.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from cqcparse.grammar.vocabulary import Vocabulary

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "quality" / "gold"
LEXICONS = tuple(sorted((ROOT / "src").glob("cqcparse/extractors/*/lexicon.toml")))
KINDS = ("funding", "service", "partner")


def main() -> int:
    """Print a row for each report and kind, and the terms that were taken away."""
    texts = {
        gold.stem: (ROOT / "seeds" / f"{gold.stem}.txt") for gold in sorted(GOLD.glob("*.jsonl"))
    }
    print("| report | kind | overlap F1 | stripped | exact F1 | stripped |")
    print("|---|---|---|---|---|---|")
    notes = []
    for name in texts:
        own = only_here(name, {key: path.read_text("utf-8") for key, path in texts.items()})
        whole, without = score(name, ROOT / "src"), scored_without(name, own)
        for kind in KINDS:
            figures = [
                f"{run[kind][key]:.3f}" for key in ("overlap", "exact") for run in (whole, without)
            ]
            print(f"| {name} | {kind} | {' | '.join(figures)} |")
        notes.append(f"\n{name}: {', '.join(sorted(own)) or 'nothing'}")
    print(*notes, sep="\n")
    return 0


def only_here(name: str, texts: Mapping[str, str]) -> frozenset[str]:
    """Return the phrases of the lexicons that stand in the report *name* and in no other."""
    vocabulary = Vocabulary({phrase: phrase for path in LEXICONS for phrase in phrases(path)})
    found = {key: {phrase for _, phrase in vocabulary.scan(text)} for key, text in texts.items()}
    others = set().union(*(seen for key, seen in found.items() if key != name))
    return frozenset(found[name] - others)


def phrases(path: Path) -> Iterable[str]:
    """Yield every name and alias of a lexicon file."""
    for entry in tomllib.loads(path.read_text("utf-8"))["entry"]:
        yield from (entry["name"], *entry.get("aliases", ()))


def scored_without(name: str, own: frozenset[str]) -> dict[str, dict[str, float]]:
    """Return the scores of the report *name* by a copy of the package without *own*."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source)
        for path in LEXICONS:
            (source / path.relative_to(ROOT / "src")).write_text(stripped(path, own), "utf-8")
        return score(name, source)


def stripped(path: Path, own: frozenset[str]) -> str:
    """Return the lexicon file without the phrases *own*, and without entries left empty."""
    data = tomllib.loads(path.read_text("utf-8"))
    lines = [f"kind = {json.dumps(data['kind'])}"]
    for entry in data["entry"]:
        kept = [
            phrase for phrase in (entry["name"], *entry.get("aliases", ())) if phrase not in own
        ]
        if kept:
            lines.append("[[entry]]")
            changed = {**entry, "name": kept[0], "aliases": kept[1:]}
            lines += [f"{key} = {json.dumps(value)}" for key, value in changed.items()]
    return "\n".join(lines) + "\n"


def score(name: str, source: Path) -> dict[str, dict[str, float]]:
    """Return overlap and exact F1 by kind of the report *name*, by the package in *source*."""
    program = (
        "import json, sys\n"
        "import cqcparse\n"
        "from cqcparse.evaluation import evaluate, load_gold\n"
        "from pathlib import Path\n"
        "report = cqcparse.Parser(plugins=False).read(sys.argv[1])\n"
        "gold = load_gold(Path(sys.argv[2]), report.document.text)\n"
        "print(json.dumps({k.kind: {'overlap': k.overlap.f1, 'exact': k.exact.f1}\n"
        "                  for k in evaluate([(gold, report)]).kinds}))\n"
    )
    paths = [ROOT / "seeds" / f"{name}.txt", GOLD / f"{name}.jsonl"]
    run = subprocess.run(  # noqa: S603 - the program is the one above
        [sys.executable, "-c", program, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, dict[str, float]] = json.loads(run.stdout)
    return result


if __name__ == "__main__":
    sys.exit(main())

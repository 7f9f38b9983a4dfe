"""Print what cqcparse reads from a folder: a table of the reports, and a few mentions of each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import cqcparse

#: Mentions shown of each kind and report.
SHOWN = 2
COLUMNS = ("report", "authority", "statement", "score", "mentions", "diagnostics")


def main(folder: Path) -> int:
    """Print the reports of *folder*; return 1 if one could not be read."""
    results = list(cqcparse.read_many(sorted(folder.glob("*.txt"))))
    reports = [result for result in results if isinstance(result, cqcparse.Assessment)]
    print_table(COLUMNS, map(row, reports))
    for report in reports:
        print_mentions(report)
    failures = [result for result in results if isinstance(result, cqcparse.ReadFailure)]
    for failure in failures:
        print(failure.error, file=sys.stderr)
    return 1 if failures or not reports else 0


def row(report: cqcparse.Assessment) -> tuple[str, ...]:
    """Return the cells of one report."""
    kinds = Counter(mention.kind for mention in report.mentions)
    return (
        Path(report.source or "").name,
        report.authority.name if report.authority else "unknown",
        ", ".join(statement.title.text for statement in report.statements) or "none",
        ", ".join(str(item.score.value) if item.score else "-" for item in report.statements),
        ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())),
        ", ".join(diagnostic.code for diagnostic in report.diagnostics) or "none",
    )


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns as wide as their widest cell."""
    table = [columns, *rows]
    widths = [max(len(cells[index]) for cells in table) for index in range(len(columns))]
    for cells in table:
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        print(line.rstrip())


def print_mentions(report: cqcparse.Assessment) -> None:
    """Print the first mentions of each kind with the sentences they stand in."""
    print(f"\n{report.source}")
    for kind in dict.fromkeys(mention.kind for mention in report.mentions):
        for mention in report.of(kind)[:SHOWN]:
            span = mention.span
            type_ = f" ({mention.type})" if mention.type else ""
            print(f"  {kind}: {mention.text}{type_}, characters {span.start}-{span.end}")
            sentence = report.sentence_of(mention)
            if sentence and sentence.text != mention.text:
                print(f"      {sentence.text}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""Print what cqcparse reads from a folder of reports, on a screen of 80 columns."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import cqcparse

WIDTH = 80
#: Mentions shown of each kind and report; the first tells enough.
SHOWN = 1
INTRODUCTION = """\
Each page below assesses one council on one quality statement. From its text
cqcparse read the council, its code and the score, and found what the text
mentions: money (funding), services and partners. The first of each kind is
shown, with its type in brackets, the characters where it stands, and its
sentence below.
"""


def main(folder: Path) -> int:
    """Print the reports of *folder*; return 1 if one could not be read."""
    print(INTRODUCTION)
    read = failed = 0
    for result in cqcparse.read_many(sorted(folder.glob("*.txt"))):
        if isinstance(result, cqcparse.ReadFailure):
            print(result.error, file=sys.stderr)
            failed += 1
        else:
            print("\n".join(outline(result)), end="\n\n")
            read += 1
    return 1 if failed or not read else 0


def outline(report: cqcparse.Assessment) -> Iterator[str]:
    """Yield the lines of one report."""
    authority = report.authority
    yield str(report.source)
    yield f"  {authority.name} ({authority.ons_code})" if authority else "  council unknown"
    for statement in report.statements:
        score = statement.score.value if statement.score else "none"
        yield f"  {statement.title.text}: score {score}"
    kinds = dict.fromkeys(mention.kind for mention in report.mentions)
    yield "  mentions: " + ", ".join(f"{len(report.of(kind))} {kind}" for kind in sorted(kinds))
    for kind in sorted(kinds):
        for mention in report.of(kind)[:SHOWN]:
            yield from example(report, mention)


def example(report: cqcparse.Assessment, mention: cqcparse.Mention) -> Iterator[str]:
    """Yield the lines of one mention, with the sentence it stands in."""
    place = f"{mention.span.start}-{mention.span.end}"
    type_ = f" ({mention.type})" if mention.type else ""
    yield from wrapped(f"{mention.kind}: {mention.text}{type_}, {place}", indent=2)
    sentence = report.sentence_of(mention)
    if sentence:
        yield from wrapped(" ".join(sentence.text.split()), indent=6)


def wrapped(text: str, *, indent: int) -> list[str]:
    """Return a text as lines that fit the screen."""
    margin = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=margin, subsequent_indent=f"{margin}  ")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

"""A researcher: tidy scores with their provenance, and mentions with the text they stand in."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from pathlib import Path

import cqcparse

folder, output = Path(sys.argv[1]), Path(sys.argv[2])
corpus = cqcparse.corpus(folder, parser=cqcparse.Parser(plugins=False))
corpus.write(output, form="csv", raw=True)
print(corpus.provenance.sources_digest)
scores: dict[str, list[int]] = {}
for row in corpus.ask("tidy"):
    published, score = row["published"], row["score"]
    if isinstance(score, int) and isinstance(published, dt.date):
        scores.setdefault(f"{published.year}", []).append(score)
for year, found in sorted(scores.items()):
    print(year, round(sum(found) / len(found), 2))
kinds: Counter[str] = Counter(str(row["kind"]) for row in corpus.mentions())
print(kinds.most_common())

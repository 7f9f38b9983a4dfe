"""A journalist: who says what about a topic, and who is silent; a database to look further."""

from __future__ import annotations

import sys
from pathlib import Path

import cqcparse

folder, words, database = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
corpus = cqcparse.corpus([folder], workers=1)
corpus.write(database)
silent: list[str] = [
    str(row["authority"]) for row in corpus.ask("topic", words=words) if row["silent"]
]
print(f"{len(silent)} of {len(corpus.ask('league'))} councils are silent")
for row in corpus.sql("SELECT authority, text, source FROM sentences WHERE role = 'topic' LIMIT 3"):
    print(f"{row['authority']}: {row['text']} ({row['source']})")
for failure in corpus.failures:
    print(failure.error, file=sys.stderr)

"""An analyst of a council: how far its scores are from the region's, as a frame and a workbook."""

from __future__ import annotations

import sys
from pathlib import Path

import cqcparse

folder, council, output = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
corpus = cqcparse.corpus(folder)
answer = corpus.ask("compare", authority=council, against="region")
answer.write(output)
frame = answer.to_pandas()
print(frame.sort_values("gap").to_string(index=False))
for row in answer:
    gap = row["gap"]
    if isinstance(gap, (int, float)) and gap < 0:
        print(row["title"], gap)

"""Somebody who annotates: reports for Label Studio, a site to look at, and how far it is."""

from __future__ import annotations

import sys
from pathlib import Path

import cqcparse


def tell(done: int, of: int) -> None:
    """Print how many files are read."""
    print(f"{done} of {of}")


folder, tasks = Path(sys.argv[1]), Path(sys.argv[2])
corpus = cqcparse.corpus(folder, parser=cqcparse.Parser(plugins=False), progress=tell)
corpus.write(tasks)
site = corpus.site("site")
print(f"{site.councils} councils on {site.pages} pages")
for sentence in site.left_out:
    print(sentence)
for report in corpus.combined():
    if report.authority is not None:
        report.write(f"{report.authority.ons_code}.brat.zip")

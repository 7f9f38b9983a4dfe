"""Write the money that a folder of reports mentions as a table: what the README teaches, typed."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import cqcparse

table = csv.writer(sys.stdout)
table.writerow(
    ["authority", "score", "type", "amount", "low", "high", "until", "start", "sentence"]
)
for result in cqcparse.read_many(sorted(Path(sys.argv[1]).glob("*.txt"))):
    if isinstance(result, cqcparse.ReadFailure):
        print(result.error, file=sys.stderr)
        continue
    authority = result.authority.name if result.authority else "unknown"
    for fund in result.funding:
        if fund.amount and fund.amount.value:
            money = fund.amount.value
            year = fund.period and fund.period.value
            statement = result.statement_of(fund)
            sentence = result.sentence_of(fund)
            table.writerow(
                [
                    authority,
                    statement.score.value if statement and statement.score else "",
                    fund.type,
                    fund.amount.text,
                    money.low,
                    money.high,
                    year.end if year else "",
                    fund.amount.span.start,
                    sentence.text if sentence else "",
                ]
            )

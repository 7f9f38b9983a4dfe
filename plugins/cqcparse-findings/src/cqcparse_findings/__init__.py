"""Each sentence of the key findings as a finding: what it says, and whose evidence it is."""

from __future__ import annotations

from collections.abc import Iterable

import cqcparse
from cqcparse_findings.counting import FindingCount, count_findings
from cqcparse_findings.extractor import Findings
from cqcparse_findings.mention import Finding, Polarity, Voice

__all__ = ["Finding", "FindingCount", "Findings", "Polarity", "Voice", "count_findings"]


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractors of this plugin."""
    return [Findings()]

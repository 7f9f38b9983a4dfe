"""Acts, sections and statutory guidance in assessments, with legislation.gov.uk identifiers."""

from __future__ import annotations

from collections.abc import Iterable

import cqcparse
from cqcparse_legislation.extractor import Legislations
from cqcparse_legislation.mention import Basis, Legislation

__all__ = ["Basis", "Legislation", "Legislations"]


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractors of this plugin."""
    return [Legislations()]

"""Is written for a contract that is yet to come."""

from __future__ import annotations

import cqcparse

cqcparse_contract = ">=99"


@cqcparse.hookimpl
def cqcparse_extractors():
    return []

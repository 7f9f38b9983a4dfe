"""Returns things that are no extractors."""

from __future__ import annotations

import cqcparse


@cqcparse.hookimpl
def cqcparse_extractors():
    return [object()]

"""Returns no end of things."""

from __future__ import annotations

import cqcparse


@cqcparse.hookimpl
def cqcparse_extractors():
    while True:
        yield object()

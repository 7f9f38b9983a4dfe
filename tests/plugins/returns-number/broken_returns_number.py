"""Returns a number for mentions."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "returns-number"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        return 42


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

"""Goes on for ever without a result."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "infinite-generator"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        while True:
            yield from ()


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

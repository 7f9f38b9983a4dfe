"""Goes on for ever without yielding at all."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "infinite-loop"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        while True:
            pass


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

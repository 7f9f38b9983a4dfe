"""Has the extractor name of a built-in one."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "partners"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

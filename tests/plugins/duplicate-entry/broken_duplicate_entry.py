"""Has the entry point of another plugin."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "other"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

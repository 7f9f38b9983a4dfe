"""Yields more than any text could hold."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "huge-output"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        span = cqcparse.Span(0, 1)
        while True:
            yield cqcparse.Funding(span=span, text=view.document.text[0])


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

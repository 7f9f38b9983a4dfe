"""Gives its mentions values out of all proportion."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "huge-words"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        text = view.document.text
        for start in range(0, 300, 2):
            span = cqcparse.Span(start, start + 1)
            yield cqcparse.Funding(span=span, text=text[start], canonical="x" * 10_000_000)


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

"""Yields what is no mention of its kinds."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "nonsense"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        yield "a string"
        yield None
        yield cqcparse.Partner(span=cqcparse.Span(0, 1), text=view.document.text[0])


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

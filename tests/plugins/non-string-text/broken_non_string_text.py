"""Gives its mentions what is no string for text."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "non-string-text"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        span = cqcparse.Span(0, 2)
        yield cqcparse.Funding(span=span, text=["a", "b"])
        yield cqcparse.Funding(span=span, text=view.document.text[0:2], type=7)
        yield cqcparse.Funding(span=span, text=view.document.text[0:2], canonical=b"x")


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

"""Yields spans outside of the text, text that disagrees, and nothing at all."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "out-of-bounds"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        end = len(view.document.text)
        yield cqcparse.Funding(span=cqcparse.Span(end, end + 4), text="fund")
        yield cqcparse.Funding(span=cqcparse.Span(0, 4), text="\0\0\0\0")
        yield cqcparse.Funding(span=cqcparse.Span(0, 0), text="")


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

"""Yields mentions that overlap within their kind."""

from __future__ import annotations

import cqcparse
import attrs


@attrs.frozen(kw_only=True)
class Piece(cqcparse.Mention):
    kind = "piece"


class Broken:
    name = "overlapping"
    produces = (Piece,)

    def extract(self, view):
        text = view.document.text
        for start, end in ((0, 10), (5, 12), (2, 4)):
            yield Piece(span=cqcparse.Span(start, end), text=text[start:end])


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

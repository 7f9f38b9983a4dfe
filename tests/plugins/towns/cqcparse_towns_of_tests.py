"""A plugin that is not broken, to stand beside those that are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

import attrs
import cqcparse

TOWN = re.compile(r"\b(Harrow|Ealing|Hammersmith)\b")


@attrs.frozen(kw_only=True)
class Town(cqcparse.Mention):
    """A town, with the word in front of it."""

    kind: ClassVar[str] = "town"

    before: cqcparse.Quote | None = None


@attrs.frozen(kw_only=True)
class TownOptions:
    """What a user may set."""

    only: str = ""


class Towns:
    """Finds towns by name."""

    name = "towns"
    produces = (Town,)
    options = TownOptions

    def extract(self, view: cqcparse.View) -> Iterator[Town]:
        only = view.options(TownOptions).only
        for paragraph in view.findings:
            span = paragraph.span
            for match in TOWN.finditer(view.document.text, span.start, span.end):
                if only in match[0]:
                    yield Town(span=cqcparse.Span(*match.span()), text=match[0])


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    return [Towns()]

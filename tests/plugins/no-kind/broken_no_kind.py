"""Forgets to name the kind of its class."""

from __future__ import annotations

import cqcparse
import attrs


@attrs.frozen(kw_only=True)
class Town(cqcparse.Mention):
    population: int = 0


class Broken:
    name = "no-kind"
    produces = (Town,)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

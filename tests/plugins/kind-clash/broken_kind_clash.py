"""Brings a class of its own for a kind that is taken."""

from __future__ import annotations

import cqcparse
import attrs


@attrs.frozen(kw_only=True)
class Partner(cqcparse.Mention):
    kind = "partner"


class Broken:
    name = "clash"
    produces = (Partner,)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

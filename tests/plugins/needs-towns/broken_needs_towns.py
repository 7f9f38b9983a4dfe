"""Needs the mentions of another plugin."""

from __future__ import annotations

import cqcparse
import attrs


@attrs.frozen(kw_only=True)
class Village(cqcparse.Mention):
    kind = "village"


class Broken:
    name = "villages"
    produces = (Village,)
    requires = ("town",)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

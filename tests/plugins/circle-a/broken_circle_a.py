"""Waits for circle-b."""

from __future__ import annotations

import cqcparse
import attrs


@attrs.frozen(kw_only=True)
class Alpha(cqcparse.Mention):
    kind = "alpha"


class Broken:
    name = "alphas"
    produces = (Alpha,)
    requires = ("beta",)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

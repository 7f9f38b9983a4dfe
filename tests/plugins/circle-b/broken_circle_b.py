"""Waits for circle-a."""

from __future__ import annotations

import cqcparse
import attrs


@attrs.frozen(kw_only=True)
class Beta(cqcparse.Mention):
    kind = "beta"


class Broken:
    name = "betas"
    produces = (Beta,)
    requires = ("alpha",)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

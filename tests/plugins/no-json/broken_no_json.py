"""Has a field that JSON has no form for."""

from __future__ import annotations

import cqcparse
import re

import attrs


@attrs.frozen(kw_only=True)
class Town(cqcparse.Mention):
    kind = "hamlet"

    pattern: re.Pattern[str] | None = None


class Broken:
    name = "no-json"
    produces = (Town,)

    def extract(self, view):
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

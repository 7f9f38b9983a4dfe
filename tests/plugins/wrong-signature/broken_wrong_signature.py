"""Takes an argument that the hook does not offer."""

from __future__ import annotations

import cqcparse


@cqcparse.hookimpl
def cqcparse_extractors(config):
    return []

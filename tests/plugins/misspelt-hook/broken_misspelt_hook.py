"""Implements a hook that does not exist."""

from __future__ import annotations

import cqcparse


@cqcparse.hookimpl
def cqcparse_extracters():
    return []

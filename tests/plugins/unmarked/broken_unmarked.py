"""Forgets to mark its hook."""

from __future__ import annotations

import cqcparse


def cqcparse_extractors():
    return []

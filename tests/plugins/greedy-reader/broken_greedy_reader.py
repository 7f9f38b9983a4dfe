"""Claims the web pages that cqcparse reads itself."""

from __future__ import annotations

import cqcparse


@cqcparse.hookimpl
def cqcparse_readers():
    return [cqcparse.Reader(name="mine", suffixes=(".html",), read=lambda data, source: None)]

"""Raises what is meant to end the program."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "raises-exit"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        raise KeyboardInterrupt


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

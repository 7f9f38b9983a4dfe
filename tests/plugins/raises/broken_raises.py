"""Raises when it runs."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "raises"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        raise ValueError("a town\nwithout a name" * 100)


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

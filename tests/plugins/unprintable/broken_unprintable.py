"""Raises an error that cannot be printed."""

from __future__ import annotations

import cqcparse


class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError


class Broken:
    name = "unprintable"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        raise Unprintable


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

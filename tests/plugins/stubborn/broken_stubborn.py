"""Goes on although it is interrupted."""

from __future__ import annotations

import cqcparse
import time


class Broken:
    name = "stubborn"
    produces = (cqcparse.Funding,)

    def extract(self, view):
        stop = time.monotonic() + 60
        while time.monotonic() < stop:
            try:
                while time.monotonic() < stop:
                    time.sleep(0.01)
            except BaseException:
                pass


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

"""Where pages stand in the folder: names made of ids, safe on every system."""

from __future__ import annotations

import hashlib

from cqcparse.corpora.site.reading import Council
from cqcparse.model.identifiers import as_name

_DIGITS = 8


class Places:
    """Names of files, each given once.

    A name has only small letters, digits and hyphens, whatever the report says; one that is
    made from words which such a name cannot hold, or that is no register's, ends in a digest.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of_report(self, id_: str) -> str:
        """Return the id of a report as a name no other report of the site has."""
        return self._once(id_ if as_name(id_) == id_.lower() else _digested(id_))

    def of_council(self, council: Council) -> str:
        """Return the name of the page of an authority."""
        name = as_name(council.short_name)
        known = council.ons_code is not None and name
        return self._once(name if known else _digested(council.short_name or council.id))

    def _once(self, name: str) -> str:
        found, number = name, 1
        while found.lower() in self._given:
            number += 1
            found = f"{name}-{number}"
        self._given.add(found.lower())
        return found


def _digested(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{as_name(text) or 'report'}-{digest}"

"""The built-in extractor of partners: organisations, organised bodies and categories of them."""

from __future__ import annotations

from collections.abc import Iterable

import cqcparse
from cqcparse.extractors.partners.finding import Finder
from cqcparse.extractors.partners.naming import resolve_names


class PartnerExtractor:
    """Finds partners by the head nouns of organisations, by names, and by who acts."""

    name = "partners"
    produces = (cqcparse.Partner,)

    def extract(self, view: cqcparse.View) -> Iterable[cqcparse.Partner]:
        """Yield the partners of the key findings."""
        finder = Finder(view)
        found = [candidate for paragraph in view.findings for candidate in finder.find(paragraph)]
        return resolve_names(found, view)


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractor of partners."""
    return [PartnerExtractor()]

"""The built-in extractor of partners: organisations, organised bodies and categories of them."""

from __future__ import annotations

from collections.abc import Iterable

import cqcparse
from cqcparse.extractors.partners.finding import Finder
from cqcparse.extractors.partners.names import place_words, with_known_names
from cqcparse.extractors.partners.naming import resolve_names


class PartnerExtractor:
    """Finds partners by the head nouns of organisations, by names, and by who acts."""

    name = "partners"
    produces = (cqcparse.Partner,)

    def extract(self, view: cqcparse.View) -> Iterable[cqcparse.Partner]:
        """Yield the partners of the key findings."""
        finder = Finder(view)
        found = [finder.find(paragraph) for paragraph in view.findings]
        texts = [view.tokens(paragraph) for paragraph in view.findings]
        complete = with_known_names(texts, found, place_words(view.authority_names))
        return resolve_names(complete)


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractor of partners."""
    return [PartnerExtractor()]

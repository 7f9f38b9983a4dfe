"""Changes everything it is handed."""

from __future__ import annotations

import cqcparse


class Broken:
    name = "mutating"
    produces = (cqcparse.Funding,)
    requires = ("partner",)

    def extract(self, view):
        for partner in view.mentions("partner"):
            object.__setattr__(partner, "text", "somebody else")
            object.__setattr__(partner, "canonical", "somebody-else")
        for paragraph in view.findings:
            for sentence in paragraph.sentences:
                object.__setattr__(sentence, "text", "")
            object.__setattr__(paragraph, "sentences", ())
        for statement in view.statements:
            object.__setattr__(statement, "score", None)
            object.__setattr__(statement.sections[0], "title", None)
        object.__setattr__(view.document, "text", "")
        object.__setattr__(view.framework, "statements", ())
        object.__setattr__(view, "findings", ())
        return []


@cqcparse.hookimpl
def cqcparse_extractors():
    return [Broken()]

"""What a page of a report is about, in the words that people use for it."""

from __future__ import annotations

from cqcparse.framework import Framework, builtin_frameworks
from cqcparse.model.assessment import Assessment
from cqcparse.output.keys import cut

#: Names of the pages that are not about one statement, by their ids in the profile.
_KINDS = {"summary": "Overall summary", "landing": "About the authority"}


def framework_of(page: Assessment) -> Framework | None:
    """Return the profile of a page, if it is a built-in one."""
    return next((f for f in builtin_frameworks() if f.id == page.framework), None)


def title_of(page: Assessment, framework: Framework | None = None) -> str:
    """Return what a page of a report is about.

    Args:
        page: The page.
        framework: Its profile, if it is not a built-in one.
    """
    framework = framework or framework_of(page)
    if len(page.statements) == 1:
        (statement,) = page.statements
        known = framework.statement(statement.id) if framework else None
        return known.title if known else cut(statement.title.text) or "Text"
    ids = {section.id for section in page.walk() if section.id}
    for kind in reversed(framework.pages if framework else ()):
        if kind.id in _KINDS and ids & set(kind.headings):
            return _KINDS[kind.id]
    titles = (section.title.text for section in page.walk() if section.title)
    return cut(next((title for title in titles if title.strip()), None)) or "Text"

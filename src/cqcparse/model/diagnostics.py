"""Diagnostic: something the reader of a result should know."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from cqcparse.model.spans import Span

Severity: TypeAlias = Literal["info", "warning", "error"]

#: The codes of all diagnostics; a reader that a plugin brings may add its own.
CODES = frozenset(
    """
    acronym-conflict
    authority-conflict
    authority-inferred
    authority-not-in-register
    authority-unknown
    batch-failed
    encoding-assumed
    extractor-remark
    framework-chosen
    heading-inferred
    heading-missing
    heading-unknown
    mention-dropped
    mention-rejected
    not-an-assessment
    page-duplicate
    page-undated
    page-without-text
    percentage-invalid
    plugin-failed
    rating-mismatch
    rating-missing
    report-incomplete
    score-conflict
    score-descriptor-mismatch
    score-invalid
    score-missing
    statement-unknown
    sum-unread
    text-omitted
    text-misread
    text-replaced
    words-uncertain
    """.split()
)


@attrs.frozen(kw_only=True)
class Diagnostic:
    """Something the reader of a result should know; it never stops the parsing.

    The codes are part of the contract and listed in the documentation.

    Attributes:
        code: A stable, hyphenated name for the situation, such as ``score-missing``.
        message: One sentence for a person: what was found, where, and what was done about
            it.
        severity: ``info`` (worth knowing), ``warning`` (inferred or doubtful), ``error``
            (missing).
        span: The characters it is about, where there are any.
        extractor: Name of the extractor that it is about or that says it; None for all else.

    Examples:
        >>> import cqcparse
        >>> [item.code for item in cqcparse.parse("A shopping list.").diagnostics]
        ['not-an-assessment', 'authority-unknown']
    """

    code: str
    message: str
    severity: Severity = "warning"
    span: Span | None = None
    extractor: str | None = None

    def __str__(self) -> str:
        """Return code and message as one line."""
        return f"{self.code}: {self.message}"

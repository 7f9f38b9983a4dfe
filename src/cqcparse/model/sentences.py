"""Sentence: one sentence and its place."""

from __future__ import annotations

import attrs

from cqcparse.model.spans import Span


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence, without the white space around it.

    Attributes:
        span: Where it stands, without the white space around it.
        text: The characters of the span.

    Raises:
        ValueError: If the text is not as long as the span.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> page.sentence_of(page.partners[0]).text[:38]
        'The local authority had strong relatio'
    """

    span: Span
    text: str

    def __attrs_post_init__(self) -> None:
        if len(self.text) != self.span.end - self.span.start:
            msg = f"sentence {self.text[:40]!r} is not as long as its span {self.span}"
            raise ValueError(msg)

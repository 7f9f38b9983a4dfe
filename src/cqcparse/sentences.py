"""Stage 3: a stretch of text -> its sentences."""

from __future__ import annotations

import attrs

from cqcparse.spans import Quote, Span


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence, without the white space around it."""

    span: Span
    #: The characters of the span.
    text: str

    def __attrs_post_init__(self) -> None:
        Quote(self.text, self.span)


def split_sentences(text: str, span: Span) -> tuple[Sentence, ...]:
    """Return the sentences of *span*, in order.

    Every character of the span that is not white space lies in exactly one sentence.

    Args:
        text: The whole text of the document.
        span: One paragraph, list item or heading of it.
    """
    raise NotImplementedError

"""Half-open spans and quotes: the one coordinate system every value points into."""

from __future__ import annotations

import attrs

#: Most code points of a sentence, or a heading, that are shown beside each mention in it.
EXCERPT = 1_000


@attrs.frozen(order=True)
class Span:
    """A half-open range of code points in ``Document.text``.

    Args:
        start: Offset of the first code point.
        end: Offset just past the last code point.

    Raises:
        ValueError: If the range is negative or reversed.

    Examples:
        >>> from cqcparse import Span
        >>> span = Span(4, 20)
        >>> "The Better Care Fund paid."[span.start : span.end]
        'Better Care Fund'
        >>> len(span), span.contains(4), span.contains(20)
        (16, True, False)
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"span ({self.start}, {self.end}) is not a range: it needs 0 <= start <= end"
            raise ValueError(msg)

    def __len__(self) -> int:
        """Return the number of code points covered."""
        return self.end - self.start

    def __bool__(self) -> bool:
        """Return True: an empty span is still a place."""
        return True

    def contains(self, other: Span | int) -> bool:
        """Return whether *other*, a span or an offset, lies inside this span."""
        if isinstance(other, int):
            return self.start <= other < self.end
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def window(self, around: Span, most: int = EXCERPT) -> Span:
        """Return this span, or no more than *most* code points of it with *around* in the middle.

        What is shown of a sentence beside each of many mentions in it is cut so: repeated in full
        it would make much of little.

        Args:
            around: A part of this span; what of it does not fit is cut off at its end.
            most: Code points at most.
        """
        if len(self) <= most:
            return self
        first, last = max(self.start, around.start), min(self.end, around.end)
        start = first - max(0, most - (last - first)) // 2
        start = max(self.start, min(start, self.end - most))
        return Span(start, start + most)


@attrs.frozen
class Quote:
    """Text as it was read, with the place it was read from.

    Args:
        text: The characters, exactly as in the document.
        span: Where they stand.

    Raises:
        ValueError: If the text is not as long as the span.

    Examples:
        >>> from cqcparse import Quote, Span
        >>> Quote("Better Care Fund", Span(4, 20)).span.start
        4
    """

    text: str
    span: Span

    def __attrs_post_init__(self) -> None:
        if len(self.text) != self.span.end - self.span.start:
            msg = (
                f"text {self.text[:40]!r} has {len(self.text)} code points, "
                f"its span ({self.span.start}, {self.span.end}) covers {len(self.span)}"
            )
            raise ValueError(msg)

    def __str__(self) -> str:
        """Return the quoted text."""
        return self.text

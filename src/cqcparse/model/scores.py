"""Score, Overall and Tally: what a report prints of its scores, and what they add up to."""

from __future__ import annotations

import attrs

from cqcparse.model.spans import Quote, Span


@attrs.frozen(kw_only=True)
class Score:
    """The score of one quality statement.

    Attributes:
        value: From 1 to 4.
        descriptor: The words beside it, such as ``Evidence shows a good standard``; None if
            there are none.
        span: The printed score, from its first to its last character, descriptor included.
        value_span: The number itself.
        descriptor_span: The words; None if there are none.

    Examples:
        >>> import cqcparse
        >>> page = cqcparse.read("seeds/harrow.txt")
        >>> score = page.statements[0].score
        >>> score.value, score.descriptor
        (3, 'Evidence shows a good standard')
    """

    value: int
    descriptor: str | None
    span: Span
    value_span: Span
    descriptor_span: Span | None = None


@attrs.frozen(kw_only=True)
class Overall:
    """The rating of the whole authority, where the document prints it.

    Attributes:
        rating: As printed: ``Good``, ``Requires improvement``, ``Inadequate``,
            ``Outstanding``.
        percentage: Printed percentage, from 25 to 100.
        percentage_span: Where the percentage stands.

    Examples:
        >>> import cqcparse
        >>> lines = "Local authority rating and score", "Good", "It scored 64% overall."
        >>> overall = cqcparse.parse(chr(10).join(lines)).overall
        >>> overall.rating.text, overall.percentage
        ('Good', 64)
    """

    rating: Quote | None
    percentage: int | None
    percentage_span: Span | None = None


@attrs.frozen(kw_only=True)
class Tally:
    """The scores of all statements added up by the rule of the framework; a check, not a rating.

    A point is one step of one score.

    Attributes:
        total: Sum of the scores.
        maximum: Sum if every score were the highest.
        percentage: Share of the sum in the maximum, in whole per cent.
        rating: Rating of the band that the percentage falls in.
        next_rating: The next better rating; None for the best.
        points_to_next: Points that are missing for it.
        points_to_spare: Points that can be lost without losing the rating; None for the
            lowest rating.

    Examples:
        >>> import cqcparse
        >>> cqcparse.read("seeds/harrow.txt").tally is None  # one statement of nine
        True
    """

    total: int
    maximum: int
    percentage: int
    rating: str
    next_rating: str | None
    points_to_next: int | None
    points_to_spare: int | None

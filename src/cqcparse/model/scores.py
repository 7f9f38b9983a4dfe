"""Score, Overall and Tally: what a report prints of its scores, and what they add up to."""

from __future__ import annotations

import attrs

from cqcparse.model.spans import Quote, Span


@attrs.frozen(kw_only=True)
class Score:
    """The score of one quality statement."""

    #: From 1 to 4.
    value: int
    #: The words beside it, such as ``Evidence shows a good standard``; None if there are none.
    descriptor: str | None
    #: The printed score, from its first to its last character, descriptor included.
    span: Span
    #: The number itself.
    value_span: Span
    #: The words; None if there are none.
    descriptor_span: Span | None = None


@attrs.frozen(kw_only=True)
class Overall:
    """The rating of the whole authority, where the document prints it."""

    #: As printed: ``Good``, ``Requires improvement``, ``Inadequate``, ``Outstanding``.
    rating: Quote | None
    #: Printed percentage, from 25 to 100.
    percentage: int | None
    #: Where the percentage stands.
    percentage_span: Span | None = None


@attrs.frozen(kw_only=True)
class Tally:
    """The scores of all statements added up by the rule of the framework; a check, not a rating.

    A point is one step of one score.
    """

    #: Sum of the scores.
    total: int
    #: Sum if every score were the highest.
    maximum: int
    #: Share of the sum in the maximum, in whole per cent.
    percentage: int
    #: Rating of the band that the percentage falls in.
    rating: str
    #: The next better rating; None for the best.
    next_rating: str | None
    #: Points that are missing for it.
    points_to_next: int | None
    #: Points that can be lost without losing the rating; None for the lowest rating.
    points_to_spare: int | None

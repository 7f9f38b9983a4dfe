"""Fact: a date or a figure that a page prints about itself or the authority."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs

from cqcparse.model.mentions import Money, Period, Reading
from cqcparse.model.spans import Quote, Span


@attrs.frozen(kw_only=True)
class Fact:
    """A date or a figure of a page, with the place it was read from.

    Attributes:
        id: What it is, such as ``published`` or ``total-budget``; None for a figure that
            the framework does not know, whose sentence says what it is.
        aspect: What is said of it: ``estimated``, ``actual``, or how far it is ``over`` or
            ``under``.
        text: The date or figure as printed.
        span: Where it stands.
        sentence: The sentence or line it stands in; of a very long one the part around it.
        date: The day; None for a figure.
        amount: In full pounds.
        percentage: In per cent.
        count: How many; of a rank the place.
        out_of: Of a rank, how many places there are.
        period: The time it is for, as the same sentence or the one before says it.

    Examples:
        >>> import cqcparse
        >>> fact = cqcparse.parse("Report published: 13 December 2024").fact("published")
        >>> fact.text, fact.date
        ('13 December 2024', datetime.date(2024, 12, 13))
    """

    id: str | None
    aspect: str | None = None
    text: str
    span: Span
    sentence: Quote
    date: dt.date | None = None
    amount: Money | None = None
    percentage: Decimal | None = None
    count: int | None = None
    out_of: int | None = None
    period: Reading[Period] | None = None

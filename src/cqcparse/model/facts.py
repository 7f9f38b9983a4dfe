"""Fact: a date or a figure that a page prints about itself or the authority."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs

from cqcparse.model.mentions import Money, Period, Reading
from cqcparse.model.spans import Quote, Span


@attrs.frozen(kw_only=True)
class Fact:
    """A date or a figure of a page, with the place it was read from."""

    #: What it is, such as ``published`` or ``total-budget``; None for a figure that the framework
    #: does not know, whose sentence says what it is.
    id: str | None
    #: What is said of it: ``estimated``, ``actual``, or how far it is ``over`` or ``under``.
    aspect: str | None = None
    #: The date or figure as printed.
    text: str
    span: Span
    #: The sentence or line it stands in.
    sentence: Quote
    date: dt.date | None = None
    #: In full pounds.
    amount: Money | None = None
    #: In per cent.
    percentage: Decimal | None = None
    #: How many; of a rank the place.
    count: int | None = None
    #: Of a rank, how many places there are.
    out_of: int | None = None
    #: The time it is for, as the same sentence or the one before says it.
    period: Reading[Period] | None = None

"""Mentions in the making: what rules pass to one another before a mention is built."""

from __future__ import annotations

import attrs

import cqcparse
from cqcparse.grammar import Phrase

#: Kinds of draft a verb can move, besides the individual ones in :data:`MOVABLE`.
MONEY_TYPES = frozenset(("fund", "grant", "stream", "contract"))
#: Mechanisms that are money in the hands of one person, so that they are given and received.
MOVABLE = frozenset(
    (
        "direct-payment",
        "personal-budget",
        "personal-health-budget",
        "individual-service-fund",
        "individual-budget",
        "integrated-personal-budget",
    )
)


@attrs.define(kw_only=True)
class Draft:
    """A mention of funding that is still being filled in; indices are those of tokens."""

    first: int
    last: int
    type: str
    rule: str
    entry: str | None = None
    canonical: str | None = None
    #: How many characters of the last token do not belong to it: a possessive 's.
    cut: int = 0
    #: Whether it is a fund or grant known by name, which has no funder of its own.
    named: bool = False
    #: Index of the verb it is the object or subject of.
    verb: int | None = None
    amount: cqcparse.Reading[cqcparse.Money] | None = None
    period: cqcparse.Reading[cqcparse.Period] | None = None
    funder: Phrase | None = None
    recipient: Phrase | None = None
    purpose: Phrase | None = None
    negation: Phrase | None = None

    @property
    def movable(self) -> bool:
        """Whether it is money that can be given, spent or received."""
        return self.type in MONEY_TYPES or self.canonical in MOVABLE

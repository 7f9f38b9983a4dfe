"""Figure: a number in a report, with its unit, what it counts, where it goes and when."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal, TypeAlias

import attrs

import cqcparse

Direction: TypeAlias = Literal["rose", "fell", "above", "below", "equal"]
Role: TypeAlias = Literal["value", "before", "target", "england", "region", "peers"]


@attrs.frozen(kw_only=True)
class Figure(cqcparse.Mention):
    """One figure.

    ``type`` is ``percentage``, ``share``, ``money``, ``waiting-time``, ``duration``, ``count``,
    ``rate``, ``frequency`` or ``score``.
    """

    kind: ClassVar[str] = "figure"

    #: The number, or the lower end of a range; whole pounds, or days. None if it is too vague.
    low: Decimal | None = None
    #: The upper end of a range; equal to ``low`` for a single number.
    high: Decimal | None = None
    #: ``percent``, ``GBP``, ``days``, ``per 100,000``, ``of 9``, or the words for what is counted;
    #: empty where only the subject says what is counted.
    unit: str
    #: What the figure is about: "people in long-term care", "The median wait".
    subject: cqcparse.Quote | None = None
    #: Words in front that belong to its sense: "around", "more than", "only".
    qualifier: cqcparse.Quote | None = None
    #: Where it went or stands, seen against an earlier value, a target or an average.
    direction: Direction | None = None
    #: The words that say so; none where the two figures themselves do.
    direction_cue: cqcparse.Quote | None = None
    #: What the figure itself is: the value, or what a value is compared with.
    role: Role = "value"
    #: The figure it is compared with.
    comparison: cqcparse.Quote | None = None
    #: What that one is.
    compared_with: Role | None = None
    #: The date or period it is of.
    period: cqcparse.Reading[cqcparse.Period] | None = None
    #: The same as that of the funding that the sum is part of: a sum that a verb, a grant and a
    #: fund state counts once. None where there is none.
    event_id: str | None = None

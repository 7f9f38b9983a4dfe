"""Mentions in the making: money and the verbs that move it, before they are mentions."""

from __future__ import annotations

from collections.abc import Collection

import attrs

import cqcparse
from cqcparse.grammar import Layers

#: The first and the last token of something.
Range = tuple[int, int]
#: Mechanisms that are money in the hands of one person, so that they are given and received.
_MOVABLE = frozenset(
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
    """A mention of funding that is being filled; indices are of tokens, both ends included."""

    first: int
    last: int
    span: cqcparse.Span
    type: str
    rule: str
    entry: str | None = None
    beat: tuple[str, ...] = ()
    canonical: str | None = None
    #: Whether it is a proper name, which has no funder of its own.
    proper: bool = False
    #: The verb that moves it.
    verb: int | None = None
    amount: cqcparse.Reading[cqcparse.Money] | None = None
    period: cqcparse.Reading[cqcparse.Period] | None = None
    #: The funder, recipient, purpose and negation that are known.
    values: dict[str, Range] = attrs.field(factory=dict)

    @property
    def movable(self) -> bool:
        """Whether it can be given, spent or received."""
        return self.type != "mechanism" or self.canonical in _MOVABLE


def event_of(layers: Layers, verb: int, rule: str) -> Draft:
    """Return the draft of a verb that moves money."""
    span = layers.span(verb, verb)
    return Draft(first=verb, last=verb, span=span, type="event", rule=rule, verb=verb)


def tie(money: Draft, event: Draft) -> None:
    """Share what a verb and the money that it moves say; a named fund has no funder."""
    money.verb = event.verb
    money.period = event.period = money.period or event.period
    for name in ("recipient", "purpose", "negation"):
        value = event.values.get(name) or money.values.get(name)
        if value:
            event.values[name] = money.values[name] = value
    if money.proper:
        return
    # What money is taken from lost it, and did not give it.
    own = money.values.pop("funder", None)
    own = None if own == event.values.get("recipient") else own
    funder = event.values.get("funder") or own
    if funder:
        event.values["funder"] = money.values["funder"] = funder


def give(one: Draft, other: Draft, less: Collection[str] = ()) -> None:
    """Give what one says to the other, but for what names itself."""
    other.amount = other.amount or (None if "amount" in less else one.amount)
    if "amount" in less or None in (one.amount, other.amount) or one.amount == other.amount:
        other.period = other.period or one.period
    for name, (first, last) in one.values.items():
        own = first <= other.first <= last or (name == "funder" and other.proper)
        if not own and name not in less:
            other.values.setdefault(name, (first, last))

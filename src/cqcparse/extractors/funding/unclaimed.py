"""Sums that no phrase and no verb has taken: the money of their clause that lacks one does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.scope import Amount, Scope


def give_sums(scope: Scope, drafts: Sequence[Draft]) -> None:
    """Give each sum that nothing has taken to the money of its clause that has none.

    With it goes the time right behind it: "at £9,000 a year".
    """
    layers = scope.layers
    taken = {draft.amount.span.start for draft in drafts if draft.amount}
    without: dict[int, list[Draft]] = {}
    for draft in drafts:
        head = layers.extent(layers.chunk_at(draft.last))[1] == draft.last
        if draft.amount is None and head:  # no "direct payment service"
            stretch = layers.stretches[layers.chunk_at(draft.first)]
            without.setdefault(stretch, []).append(draft)
    for amount in _sums(scope):
        chunk = layers.chunk_at(scope.sums.tokens(amount)[0])
        stretch = layers.stretches[chunk]
        told = layers.last_of("r", chunk)
        if stretch not in without and told >= 0 and layers.stretches[told] == stretch:
            hung = scope.at.get(layers.extent(told - 1 - (scope.row[told - 1] == "y"))[1])
            without[stretch] = [hung] if hung and hung.amount is None else []
        lacking = without.get(stretch, ())
        if amount.span.start not in taken and lacking and _is_free(scope, chunk):
            for draft in _nearest(amount, lacking):
                draft.amount = amount
                last = scope.sums.tokens(amount)[1]
                draft.period = draft.period or scope.term(last + 1, last + 2)


def _sums(scope: Scope) -> Iterable[Amount]:
    found: dict[int, Amount] = {}
    for token, tag in enumerate(scope.layers.tags):
        if tag == "M" and (amount := scope.sums.within(token, token)):
            found.setdefault(amount.span.start, amount)
    return found.values()


def _is_free(scope: Scope, chunk: int) -> bool:
    """Return whether a sum belongs to the clause: none of "works of £8,000", "the ICB £52,000"."""
    row, layers = scope.row, scope.layers
    front = row[chunk - 1]
    if front == "o":
        return row[chunk - 2] == "y" or scope.is_word(layers.extent(chunk - 2)[1], "values")
    return front not in "nb" and not (front in "yc" and row.startswith("in", chunk + 1))


def _nearest(amount: Amount, lacking: Sequence[Draft]) -> Iterable[Draft]:
    """Return the money nearest in front of a sum, or else behind it, with its verb."""
    nouns = [one for one in lacking if one.type != "event"]
    before = [one for one in nouns if one.span.end <= amount.span.start]
    noun = before[-1] if before else nouns[0] if nouns else None
    for draft in lacking:
        if draft is noun or (draft.type == "event" and (noun is None or noun.verb == draft.verb)):
            yield draft

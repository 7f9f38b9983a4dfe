"""What no phrase and no verb has told of money: its clause has the sum, the time, and the rest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from cqcparse.extractors.funding.drafts import Draft, Range, give
from cqcparse.extractors.funding.scope import Amount, Scope

#: Money belongs to no sum that has more than so many between, and no time is further away than so
#: many chunks.
_MOST, _REACH = 8, 80
#: No verb moves money that is further away than so many words.
_FAR = 120


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
        first, last = scope.sums.tokens(amount)
        chunk = layers.chunk_at(first)
        stretch = layers.stretches[chunk]
        to = "M" in layers.tags[last + 1 : layers.extent(chunk)[1] + 1]  # "from £9,000 to £5,000"
        told = layers.last_of("r", chunk)
        if stretch not in without and told >= 0 and layers.stretches[told] == stretch:
            hung = scope.at.get(layers.extent(told - 1 - (scope.row[told - 1] == "y"))[1])
            without[stretch] = [hung] if hung and hung.amount is None else []
        lacking = without.get(stretch, ())
        if amount.span.start not in taken and lacking and not to and _is_free(scope, chunk):
            for draft in _nearest(amount, lacking):
                draft.amount = draft.amount or amount
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
        given = row[chunk - 3] in "tf" and layers.extent(chunk - 4)[1] in scope.at
        sized = scope.is_word(layers.extent(chunk - 2)[1], "values")
        return row[chunk - 2] == "y" or given or sized  # "payments to carers of £300"
    return front not in "nb" and not (front in "yc" and row.startswith("in", chunk + 1))


def _nearest(amount: Amount, lacking: Sequence[Draft]) -> Iterable[Draft]:
    """Return the money nearest in front of a sum, or else behind it, with its verb."""
    place = bisect_left(lacking, amount.span.start, key=lambda draft: draft.span.start)
    lacking = lacking[max(place - _MOST, 0) : place + _MOST]
    nouns = [one for one in lacking if one.type != "event"]
    before = [one for one in nouns if one.span.end <= amount.span.start]
    noun = before[-1] if before else nouns[0] if nouns else None
    for draft in lacking:
        if draft is noun or (draft.type == "event" and (noun is None or noun.verb == draft.verb)):
            yield draft


def share(scope: Scope, drafts: Sequence[Draft]) -> None:
    """Let money and the verb that moves it, or is alone in its clause, share what either says."""
    layers = scope.layers
    acts: dict[int, list[Draft]] = {}
    events = {draft.verb: draft for draft in drafts if draft.type == "event"}
    for one in events.values():
        acts.setdefault(layers.stretches[layers.chunk_at(one.first)], []).append(one)
    for noun in drafts:
        by = acts.get(layers.stretches[layers.chunk_at(noun.first)], [])
        event = events.get(noun.verb)
        lone = len(by) == 1 and noun.type not in ("mechanism", "contract")
        spent = noun.verb is not None and not {"recipient", "purpose"}.isdisjoint(noun.values)
        if event is None and lone and not spent:
            event = by[0]
        if event is None or event is noun or _is_for(event, noun) or _is_for(noun, event):
            continue
        first, last = sorted((event.first, noun.first))
        if last - first < _FAR:
            part = not {"it", "which"}.isdisjoint(layers.low[first:last])  # "of which half"
            less = () if noun.verb else ("negation", "amount") if part else ("negation",)
            give(event, noun, less)
            give(noun, event, less)


def share_parts(scope: Scope, drafts: Sequence[Draft]) -> None:
    """Let "of which" speak of the money in front, of all of it or of a part."""
    layers, low = scope.layers, scope.layers.low
    for place, event in enumerate(drafts):
        chunk = layers.chunk_at(event.first)
        token = layers.extent(max(layers.last_of("r", chunk), 0))[0]
        if event.type != "event" or low[token - 1 : token + 1] != ["of", "which"]:
            continue
        start, whole = layers.extent(layers.last_of("s", chunk) + 1)[0], low[token - 2] == "all"
        cost = next((at for at in range(start, token) if low[at] in ("cost", "costs")), None)
        # "the team cost £9,000, of which the ICB paid half"
        if cost and (what := layers.clause(layers.chunk_at(cost)).agent):
            scope.fill(event, "recipient", what)
        for one in reversed(drafts[max(place - _MOST, 0) : place]):
            if start <= one.first < token and not (whole and one.type == "event"):
                give(one, event, _LESS[whole])
                if whole:
                    give(event, one)
                break


#: What "of which" leaves out, and what "all of which" does.
_LESS = (("amount", "recipient", "purpose", "negation"), ("funder",))


def _is_for(one: Draft, other: Draft) -> bool:
    """Return whether one says that the other is what for or who gets it."""
    held = (one.values[name] for name in ("recipient", "purpose") if name in one.values)
    return any(first <= other.first <= last for first, last in held)


def give_contracts(scope: Scope, drafts: Iterable[Draft]) -> None:
    """Give each contract that something is done under to who does it."""
    layers = scope.layers
    for draft in drafts:
        chunk = layers.chunk_at(draft.first)
        under = layers.low[layers.extent(chunk)[0] - 1] in ("on", "under", "through", "by")
        if draft.type == "contract" and under and (who := _doer(scope, chunk - 1)):
            scope.fill(draft, "recipient", who)


def _doer(scope: Scope, chunk: int) -> Range | None:
    """Return who does what stands in front: whom a preposition tells, or else a verb."""
    layers, row = scope.layers, scope.row
    for place in range(chunk - 1, layers.last_of("s", chunk), -1):
        if row[place] == "n" and layers.low[layers.extent(place - 1)[1]] in ("by", "from", "to"):
            return layers.extent(place)
        if row[place] in "vE":
            clause = layers.clause(place)
            who = clause.agent if clause.voice == "active" else None
            buys = scope.is_word(layers.extent(place)[1], "buying")
            gives = who and (buys or scope.is_word(who[1], "givers"))
            return next(iter(clause.theme), None) if gives else who
    return None


def give_periods(scope: Scope, drafts: Iterable[Draft]) -> None:
    """Give money that a clause is about the time in it, unless that is when it ends."""
    layers, row, stretches = scope.layers, scope.row, scope.layers.stretches
    for draft in drafts:
        chunk = layers.chunk_at(draft.last)
        head = layers.extent(chunk)[1] == draft.last
        if draft.period or draft.type in ("mechanism", "event") or not head:
            continue
        told = row.startswith("r", chunk + 1)  # "grants which had not risen since 2019"
        start = chunk + told
        reach = range(start, min(start + _REACH, len(row)))
        end = next((at for at in reach if stretches[at] != stretches[start]), reach[-1])
        term = scope.term(draft.last + 1, layers.extent(end)[0] - 1)
        front = row[layers.last_of("skrc", chunk) + 1 : chunk]
        about = told or draft.amount or not re.search("[vxEB]", front)
        if term and about and not term.text.startswith("by "):
            behind = range(draft.last, scope.periods.tokens(term)[0])
            if not any(scope.is_word(token, "ending") for token in behind):
                draft.period = term

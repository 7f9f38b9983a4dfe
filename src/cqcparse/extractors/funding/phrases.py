"""What the words right around money say of it: how much, for how long, from whom, for what."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cqcparse.extractors.funding.drafts import Draft, Range
from cqcparse.extractors.funding.scope import Amount, Scope, Term

#: What stands behind a phrase for money, by preposition.
_MONEY = {
    "from": "funder",
    "by": "funder",
    "to": "recipient",
    "towards": "purpose",
    "for": "purpose",
    "to do": "purpose",
    "doing": "purpose",
}
_CONTRACT = {**_MONEY, "with": "recipient", "from": "recipient", "by": ""}
_MECHANISM = {"for": "purpose", "with": ""}
_INVESTMENT = {**_MONEY, "in": "recipient"}
_OUTLAY = {**_MONEY, "on": "purpose"}
#: From money to when it is paid: no verb stands between.
_TO_PERIOD = re.compile(
    "(?:[ofwmtic]{0,2}n){0,4}x?(?:[obwfmthi]{0,2}n|a){0,3}(?P<relative>y?r[vE])?[obwfmthik]{0,2}"
)
#: Words that may stand between a phrase and the sum behind it.
_STATED = 6


def describe(scope: Scope, noun: Draft) -> None:
    """Fill in what stands right before, inside and behind a phrase for money."""
    layers = scope.layers
    _deny(scope, noun)
    noun.amount = _sum_of(scope, noun)
    after = noun.last
    if noun.amount and noun.amount.span.start > layers.starts[noun.last]:
        after = scope.sums.tokens(noun.amount)[1]
    if noun.movable:
        # "3-year grant", "the 2024/25 budget"
        front = max(noun.first - 1, layers.extent(layers.chunk_at(noun.first))[0])
        inside = scope.periods.within(front, noun.last) if noun.last > front else None
        chunk = layers.chunk_at(noun.first)
        if scope.row[chunk - 2 : chunk] == "do":  # "two years of funding"
            inside = inside or scope.periods.within(*layers.extent(chunk - 2))
        noun.period = inside or _period_behind(scope, after)
        if not noun.proper and (giver := _giver_in(scope, noun)):
            noun.values["funder"] = giver
        _owner(scope, noun)
    elif after > noun.last or (period := _period_behind(scope, noun.last)) is None:
        noun.period = _period_behind(scope, after)
    elif period.text.startswith(("since", "until", "from")):
        noun.period = period  # "the agreement was in place until 2027"
    if layers.extent(layers.chunk_at(noun.last))[1] == noun.last:
        first = noun.last if layers.low[noun.last + 1] in ("to", "for", "with") else after
        _read_tails(scope, noun, layers.chunk_at(first) + 1)


def pass_on(scope: Scope, noun: Draft) -> None:
    """Give money its time if no verb did, and the fund it comes from what it says of its use."""
    if noun.period is None:
        noun.period = scope.opening(scope.layers.chunk_at(noun.last))
    chunk = scope.layers.chunk_at(noun.last)
    told = scope.layers.explained_by(chunk)
    if told is not None and (named := scope.at.get(scope.layers.extent(told)[1])):
        # "the Wye Fund, a 3-year budget of £9,000"
        named.amount, named.period = named.amount or noun.amount, named.period or noun.period
        for name, value in noun.values.items():
            named.values.setdefault(name, value)
    source = scope.money_in(noun.values.get("funder"))
    if source:
        source.amount = source.amount or noun.amount
        for name in ("recipient", "purpose"):
            if name in noun.values:
                source.values.setdefault(name, noun.values[name])


def _read_tails(scope: Scope, noun: Draft, behind: int) -> None:
    layers, row = scope.layers, scope.row
    subject = _is_subject(scope, layers.chunk_at(noun.last))
    offered = layers.low[layers.extent(behind)[1]] == "available"
    if offered or row.startswith("xf", behind):  # "the grant was for equipment"
        behind, subject = behind + 1, False
    roles, done = _roles(scope, noun), -1
    for role, place in layers.tails(behind, subject=subject).items():
        name = roles.get(role)
        if role == "doing" and not scope.is_word(place[1], "doing"):
            return
        denied = (noun.proper and name == "funder") or (
            role == "with" and scope.is_word(layers.extent(layers.chunk_at(place[0]))[1], "values")
        )
        if role in ("with", "from") and scope.is_word(place[1], "givers"):
            name = name and "funder"  # "a contract with the council"
        chunk, (first, last) = layers.chunk_at(place[0]), noun.values.get("purpose", (0, -1))
        if role == "with" and layers.caps[place[0]] and first < place[0] <= last:
            noun.values["purpose"] = first, layers.extent(chunk - 2)[1]  # "care with Wye Trust"
        within = role == "to" and noun.last < place[0] <= done  # "for outreach to families"
        if name and not (denied or within or scope.is_time(place) or scope.is_sum(place)):
            whole = layers.whole_phrase(chunk, subject=subject) if name == "purpose" else place
            scope.fill(noun, name, whole)
            done = whole[1] if name == "purpose" else done


def _roles(scope: Scope, noun: Draft) -> Mapping[str, str]:
    """Return what the tails of a phrase for money say, by preposition."""
    if not noun.movable:
        return _MECHANISM
    if scope.is_word(noun.last, "outlays"):
        return _OUTLAY
    if scope.is_word(noun.last, "investment"):
        return _INVESTMENT
    return _CONTRACT if noun.type == "contract" else _MONEY


def _is_subject(scope: Scope, chunk: int) -> bool:
    """Return whether no verb stands in front in the clause."""
    start = scope.layers.last_of("skrc", chunk)
    return not re.search("[vxEB]", scope.row[start + 1 : chunk])


def _deny(scope: Scope, noun: Draft) -> None:
    """Note the word in front of a phrase that says there is none of it."""
    layers = scope.layers
    for index in range(noun.first - 1, max(noun.first - 4, 0), -1):
        if scope.is_word(index, "denials"):
            noun.values["negation"] = (index, index)
        elif layers.low[index] == "of" and scope.is_word(index - 1, "absent"):
            noun.values["negation"] = (index - 1, index)
        if "negation" in noun.values or layers.tags[index] not in "DQJK":
            return


def _sum_of(scope: Scope, noun: Draft) -> Amount | None:
    """Return the sum inside, in "£2m of" in front, or in "of £2m" behind."""
    inside = scope.sums.within(noun.first, noun.last)
    return inside or _sum_before(scope, noun) or _sum_behind(scope, noun)


def _sum_before(scope: Scope, noun: Draft) -> Amount | None:
    layers, front = scope.layers, noun.first - 1
    while front > 0 and (layers.tags[front] in "DJQK#" or scope.is_word(front, "narrowing")):
        front -= 1
    drawn = layers.low[front] == "from" and noun.type in ("fund", "grant")
    if layers.low[front] not in ("of", "in") and not drawn:
        return None
    return scope.sums.within(front - 1, front - 1)


def _sum_behind(scope: Scope, noun: Draft) -> Amount | None:
    layers, index = scope.layers, noun.last + 1
    end = index + _STATED
    while index < end and (scope.is_word(index, "states") or layers.tags[index] == "K"):
        index += 1
    # "£9,000 from the Wye Fund, £5,000 from the Well Fund"
    front = layers.extent(layers.chunk_at(noun.first))[0] - 1
    again = layers.low[index + 1 : index + 2] == [layers.low[front]]
    stated = scope.is_word(index - 1, "states") and not again
    return scope.sums.within(index, index) if stated else None


def _period_behind(scope: Scope, last: int) -> Term | None:
    """Return the period that follows with no verb between."""
    layers = scope.layers
    reading = scope.term(last + 1, min(last + 14, len(layers) - 1))
    if reading is None:
        return None
    chunk = layers.chunk_at(last)
    first = layers.chunk_at(scope.periods.tokens(reading)[0])
    way = _TO_PERIOD.fullmatch(scope.row[chunk + 1 : first])
    if way is None or (way["relative"] and not reading.text.startswith("until")):
        return None  # "a contract that was let in 2020", but "that ran until 2025"
    return reading


def _giver_in(scope: Scope, noun: Draft) -> Range | None:
    """Return the body whose name stands in the phrase: "NHS" in "NHS funding"."""
    layers = scope.layers
    if noun.type not in ("stream", "grant"):
        return None
    for index in range(noun.last - 1, noun.first - 1, -1):
        low = layers.low[index]
        if low == "health" and index > noun.first and layers.low[index - 1] == "public":
            return index - 1, index
        named = layers.caps[index] and scope.is_word(index, "giving")
        if named or scope.is_word(index, "givers") or layers.keys[index][1] == "2":
            first = index
            while first > noun.first and layers.caps[first - 1] and layers.caps[index]:
                first -= 1
            return first, index
    named = layers.caps[noun.first] and "of" in layers.low[noun.first : noun.last]
    return (noun.first, noun.last - 1) if named else None


def _owner(scope: Scope, noun: Draft) -> None:
    """Let what a clause is about get "its" grant in the next: "it shut when its grant ended"."""
    layers, row, low = scope.layers, scope.row, scope.layers.low
    chunk, front = layers.chunk_at(noun.first), noun.first - 1
    if not scope.is_word(noun.last, "owned"):
        return
    given = scope.is_word(noun.last, "gifts")
    if low[front].endswith("'s"):
        gives = low[front][:-2] in scope.words["givers"] or given
        first = layers.extent(layers.chunk_at(front))[0]
        first += first < front and low[first] in ("the", "a", "an")
        noun.values.setdefault("funder" if gives else "recipient", (first, front))
    elif low[front] == "whose" and row[chunk - 2] in "ny":
        scope.fill(noun, "recipient", layers.extent(chunk - 2 - (row[chunk - 2] == "y")))
    taken = row[chunk - 1] in "vE" and scope.is_word(layers.extent(chunk - 1)[1], "taking")
    acts = row[chunk - 1] in "vEB" and row[chunk + 1] in "vxE"  # "said its grant had ended"
    if low[front] not in ("its", "their") or not (taken or acts or row[chunk - 1] in "rkcyq"):
        return
    for place in range(chunk - 1 - taken, layers.last_of("s", chunk), -1):
        if row[place] in "vxEB":
            clause = layers.clause(place)
            who = clause.agent if clause.voice == "active" else next(iter(clause.theme), None)
            many = who and low[who[1]].endswith("s") and not layers.caps[who[1]]
            if who and not (many and low[front] == "its"):
                scope.fill(noun, "funder" if given else "recipient", who)
                return

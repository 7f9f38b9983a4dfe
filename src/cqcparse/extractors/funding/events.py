"""Finds the verbs that move money, and the roles of what stands around them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.scope import Amount, Scope, Term
from cqcparse.extractors.funding.verbs import FORMS, FRAMES, Frame, Role, is_verbal
from cqcparse.language import Clause, Phrase, Tail, Tokens, read_clause, whole_phrase

_TIME = heads.around("time")
_NOT_PAID = heads.around("not_paid")
_PRICES = heads.around("prices")
_JUDGED = heads.around("judged")
_PLAIN_VERBS = frozenset(("spend", "pay", "invest"))


@attrs.define(kw_only=True)
class _Move:
    """A verb that may move money, with what fills its roles."""

    scope: Scope
    verb: str
    frame: Frame
    clause: Clause
    roles: dict[Role, Phrase] = attrs.field(factory=dict)
    #: The money that is moved.
    money: Draft | None = None
    #: Money in the place of the giver: "the grant paid for a minibus".
    source: Draft | None = None
    amount: Amount | None = None

    @property
    def index(self) -> int:
        return self.clause.group.verb


def find_events(scope: Scope) -> Iterator[Draft]:
    """Yield the verbs of a sentence that move money, and tie that money to them."""
    tokens = scope.tokens
    for index in scope.verbs:
        verb = FORMS[tokens.low[index]]
        if not (FRAMES[verb].event or scope.nouns):
            continue
        if _is_verb(tokens, index) and scope.noun_at(index) is None:
            move = _read(scope, index, verb)
            if _moves_money(move):
                event = _event(move)
                _share(move, event)
                if move.frame.event:
                    yield event


def _is_verb(tokens: Tokens, index: int) -> bool:
    low, tags = tokens.low, tokens.tags
    word = low[index]
    if not word.endswith("ed") and word not in (
        "paid",
        "spent",
        "given",
        "gave",
        "won",
        "came",
        "split",
    ):
        return (tags[index] == "V" and word != "funds") or is_verbal(tokens, index)
    behind = tags[index + 1] if index + 1 < len(low) else "."
    place = index - 1
    while place >= 0 and tags[place] == "K":
        place -= 1
    if place >= 0 and (tags[place] in "XR" or low[place] in ("jointly", "who", "which", "that")):
        return True
    if place < index - 1 and low[index - 1] == "jointly":
        return True
    before = tags[place] if place >= 0 else "."
    if before == "D" and low[place] in ("this", "that") and behind == "P":
        return tags[index] == "V"
    if before in "DJQL" or (before in "P." and behind in "NW"):
        return False
    if before in "NW)" and behind in "NW" and word in ("paid", "gave"):
        return True
    if word == "paid" and before in "C,." and behind in "NW":
        return False
    return tags[index] == "V" or behind in "PDMR#,." or (before in "C," and behind in "DMN")


def _read(scope: Scope, index: int, verb: str) -> _Move:
    clause = read_clause(scope.tokens, index, scope.first, scope.last)
    move = _Move(scope=scope, verb=verb, frame=FRAMES[verb], clause=clause)
    _place_subject(move)
    _place_objects(move)
    for tail in clause.tails:
        _place_tail(move, tail)
    return move


def _passive(move: _Move) -> bool:
    """Return whether the subject is what is moved or paid for."""
    voice = move.clause.group.voice
    if voice == "passive":
        return True
    if voice != "participle":
        return False
    if move.verb not in _PLAIN_VERBS or _by_agent(move.clause):
        return True
    behind = move.scope.tokens.low[move.index + 1]
    if move.verb == "pay" and behind in ("for", "to"):
        return behind == "to" and any(
            tail.preposition == "to" and tail.kind == "noun" for tail in move.clause.tails
        )
    subject = move.clause.subject
    draft = move.scope.noun_ending(subject) if subject else None
    return draft is not None and draft.movable


def _by_agent(clause: Clause) -> bool:
    return any(tail.preposition == "by" for tail in clause.tails)


def _place_subject(move: _Move) -> None:
    subject = move.clause.subject
    if move.clause.means is not None and (money := _money(move, move.clause.means)):
        subject = Phrase(money.first, money.last)
        if move.frame.subject == "funder" and not _passive(move):
            move.roles["funder"] = subject
            return
    if subject is None:
        _point_back(move)
        return
    money = _money(move, subject)
    subject = _without_antecedent(move, subject)
    if _passive(move):
        if money is not None and move.frame is not FRAMES["fund"]:
            move.money = money
        elif move.verb == "pay" and _stranded(move):
            move.roles["purpose"] = subject
        elif move.frame.object and not (_is_time(move, subject) or _is_price(move, subject)):
            move.roles[move.frame.object] = subject
        if move.money is None:
            _point_back(move)
        return
    if money is not None and move.frame.subject in ("funder", "money"):
        move.source = money
        subject = Phrase(money.first, money.last)
    if move.frame.subject != "money":
        move.roles[move.frame.subject] = subject


def _point_back(move: _Move) -> None:
    """Let "it" and "this" in front of a passive stand for the money named last before."""
    scope, before = move.scope, move.clause.group.first - 1
    if not _passive(move) or move.frame.always or before < scope.first:
        return
    if scope.tokens.low[before] not in ("it", "they", "this", "these", "which", "that"):
        return
    draft = scope.noun_before(before)
    if draft is not None and draft.movable:
        move.money = draft


def _is_time(move: _Move, phrase: Phrase) -> bool:
    return move.scope.period_in(phrase.last, phrase.last) is not None


def _without_antecedent(move: _Move, subject: Phrase) -> Phrase:
    """Return the subject without the money in front of it: "the money people have to pay"."""
    draft = move.scope.noun_at(subject.first)
    if draft is None or draft.last >= subject.last or move.scope.tokens.low[subject.last] not in (
        "people",
        "carers",
        "residents",
        "families",
        "providers",
    ):
        return subject
    return Phrase(draft.last + 1, subject.last)


def _is_price(move: _Move, phrase: Phrase) -> bool:
    return move.verb == "pay" and move.scope.tokens.low[phrase.last] in _PRICES


def _money(move: _Move, phrase: Phrase) -> Draft | None:
    """Return the money that *phrase* is; a mechanism is something that can be used only."""
    draft = move.scope.noun_ending(phrase) or _described_by(move.scope, phrase)
    if draft is None or not (draft.movable or move.verb in ("use", "pay")):
        return None
    return draft


def _described_by(scope: Scope, phrase: Phrase) -> Draft | None:
    """Return the money whose purpose or recipient ends in *phrase*: "funding to support care"."""
    draft = scope.noun_before(phrase.last)
    if draft is None:
        return None
    for told in (draft.purpose, draft.recipient):
        if told is not None and draft.last < told.first and told.last == phrase.last:
            return draft
    return None


def _stranded(move: _Move) -> bool:
    """Return whether "for" stands right behind the verb, its noun in front: "was paid for by"."""
    behind = move.scope.tokens.low[move.index + 1 : move.index + 3]
    return behind[:1] == ["for"] and (behind[1:] in ([], ["by"], ["."], [","], ["from"]))


def _place_objects(move: _Move) -> None:
    objects = move.clause.objects
    if not objects and move.clause.antecedent is not None and not _passive(move):
        objects = (move.clause.antecedent,)
    for phrase in objects:
        money = None if move.frame is FRAMES["fund"] else _money(move, phrase)
        amount = move.scope.amount_in(phrase)
        if money is not None:
            move.money = money
        if amount is not None and (money is None or money.amount is None):
            move.amount = amount
        elif (
            money is None
            and amount is None
            and not _is_price(move, phrase)
            and move.frame.object
            and not _passive(move)
        ):
            move.roles[move.frame.object] = phrase


def _place_tail(move: _Move, tail: Tail) -> None:
    scope, tokens = move.scope, move.scope.tokens
    if tail.kind != "noun":
        role = move.frame.prepositions.get(tail.preposition)
        if tail.preposition in ("", "to") or role == "purpose":
            end = whole_phrase(tokens, tail.phrase.first, scope.last)
            move.roles.setdefault("purpose", Phrase(tail.phrase.first, end))
        return
    role = move.frame.prepositions.get(tail.preposition)
    if role is None or _is_time(move, tail.phrase) or _measures_time(scope, tail.phrase):
        return
    if role == "purpose":
        end = whole_phrase(tokens, tail.phrase.first, scope.last)
        move.roles.setdefault("purpose", Phrase(tail.phrase.first, end))
        return
    draft = scope.noun_ending(tail.phrase)
    if draft is None and role == "funder" and tail.preposition in ("through", "via"):
        return
    if role == "money":
        if draft is not None and draft.movable:
            move.money = move.money or draft
    elif role == "funder" and draft is not None and draft.movable:
        _place_source(move, draft)
    else:
        move.roles.setdefault(role, tail.phrase)


def _measures_time(scope: Scope, phrase: Phrase) -> bool:
    return scope.tokens.low[phrase.last] in _TIME or scope.tokens.low[phrase.last] == "year"


def _place_source(move: _Move, draft: Draft) -> None:
    """Note that money comes out of other money: "£2m from the fund", "funded from the grant"."""
    move.roles.setdefault("funder", Phrase(draft.first, draft.last))
    if move.money is None or not draft.named:
        move.source = draft


def _moves_money(move: _Move) -> bool:
    """Return whether the verb moves money here, by its own rule."""
    moved = move.money is not None or move.amount is not None
    if not move.frame.event:
        return moved or (move.source is not None and move.verb in ("focus", "come"))
    if move.verb == "spend":
        return not _about_time(move) and (moved or _spent_on(move))
    if move.verb == "invest":
        return moved or _invested(move)
    if move.verb == "resource":
        return _resourced(move)
    if move.verb == "pay":
        return _paid(move, moved=moved)
    return moved or (move.frame.always and (bool(move.roles) or _asked(move)))


def _about_time(move: _Move) -> bool:
    tokens = move.scope.tokens
    phrases = [*move.clause.objects]
    if _passive(move) and move.clause.subject:
        phrases.append(move.clause.subject)
    return any(_TIME.intersection(tokens.low[p.first : p.last + 1]) for p in phrases)


def _spent_on(move: _Move) -> bool:
    return any(tail.preposition == "on" for tail in move.clause.tails) or move.source is not None


def _invested(move: _Move) -> bool:
    recipient = move.roles.get("recipient")
    if recipient is None:
        return False
    words = move.scope.tokens.low[recipient.first : recipient.last + 1]
    return not heads.NO_MONEY.intersection(words)


def _resourced(move: _Move) -> bool:
    tokens, group = move.scope.tokens, move.clause.group
    if _JUDGED.intersection(tokens.low[group.first : group.verb]):
        return False
    if _passive(move):
        return "funder" in move.roles
    return "recipient" in move.roles and group.voice != "gerund"


def _paid(move: _Move, *, moved: bool) -> bool:
    low = move.scope.tokens.low
    behind = low[move.index + 1 : move.index + 4]
    if _NOT_PAID.intersection(behind[:2]) or "attention" in behind:
        return False
    return moved or bool(move.roles)


def _asked(move: _Move) -> bool:
    """Return whether a pronoun stands for what is paid or who pays: "who should fund it"."""
    low, group = move.scope.tokens.low, move.clause.group
    before = low[group.first - 1] if group.first else ""
    return before in ("who", "they", "we", "it") or low[group.verb + 1 : group.verb + 2] in (
        ["it"],
        ["them"],
        ["this"],
    )


def _event(move: _Move) -> Draft:
    """Return the draft of the verb itself."""
    index = move.index
    roles = move.roles
    negation = move.clause.group.negation
    return Draft(
        first=index,
        last=index,
        type="event",
        rule=f"event-{move.verb}",
        verb=index,
        amount=move.amount,
        period=_period(move),
        funder=roles.get("funder"),
        recipient=roles.get("recipient"),
        purpose=roles.get("purpose"),
        negation=None if negation is None else Phrase(negation, negation),
    )


def _period(move: _Move) -> Term | None:
    """Return when, how often or for how long the verb says it is done."""
    scope, group = move.scope, move.clause.group
    end = whole_phrase(scope.tokens, group.verb, scope.last)
    index = group.verb + 1
    while (period := scope.period_in(index, end)) is not None:
        if scope.noun_at(scope.index_at(period.span.start)) is None:
            return period
        index = scope.index_at(period.span.end - 1) + 1
    return _leading_period(scope, group.first)


def _leading_period(scope: Scope, verb: int) -> Term | None:
    """Return the period that opens the sentence, if *verb* is its first predicate."""
    if verb > scope.ceiling(scope.first):
        return None
    period = scope.period_in(scope.first, min(scope.first + 2, verb - 1))
    if period is None or "V" in (tags := scope.tokens.tags[scope.first + 1 : verb]):
        return None
    return None if "X" in tags else period


def _share(move: _Move, event: Draft) -> None:
    """Give the money what the verb says of it, and the verb what the money says of itself."""
    if move.money is not None:
        _tie(move.money, event, funder=not move.money.named)
    if move.source is not None and move.source is not move.money:
        _draw(move.source, event)
    if not move.frame.event and move.verb == "use" and move.money is not None:
        move.money.recipient = None


def _draw(source: Draft, event: Draft) -> None:
    """Give money that something is paid out of what the verb says, unless another verb did."""
    if source.verb is not None:
        return
    source.verb = event.verb
    source.period = source.period or event.period
    source.recipient = source.recipient or event.recipient
    source.purpose = source.purpose or event.purpose
    if not source.named and event.funder != Phrase(source.first, source.last):
        source.funder = source.funder or event.funder


def _tie(money: Draft, event: Draft, *, funder: bool) -> None:
    money.verb = event.verb
    money.period = event.period = money.period or event.period
    money.recipient = event.recipient = event.recipient or money.recipient
    money.purpose = event.purpose = event.purpose or money.purpose
    money.negation = money.negation or event.negation
    if funder:
        money.funder = event.funder = event.funder or money.funder

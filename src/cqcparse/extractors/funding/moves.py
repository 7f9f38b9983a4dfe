"""Reads who gives what to whom, and what for, around a verb of money."""

from __future__ import annotations

from functools import cached_property

import attrs

from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.scope import Amount, Scope
from cqcparse.extractors.funding.verbs import FRAMES, Frame, Role
from cqcparse.grammar import Clause, Phrase, Tail, read_clause, whole_phrase

_TIME = heads.around("time")
_PRICES = heads.around("prices")
#: Verbs whose past form without an object is a passive only where money is what it is said of.
_EITHER_WAY = frozenset(("spend", "pay", "invest"))
#: Prepositions behind which money stands that something is paid out of.
_WAYS = frozenset(("through", "from", "via", "under", "using", "with"))
#: A comma and an article.
_ARTICLE = 2
#: Verbs that may be said of a price or sum.
_HANDING = frozenset(("pay", "give", "award"))
_PEOPLE = frozenset(("he", "she", "they", "we", "who", "i"))
_POINTING = frozenset(("it", "they", "this", "these", "which", "that"))
#: Plural subjects that stand right behind the money they pay: "the money people have to pay".
_PAYERS = frozenset(("people", "carers", "residents", "families", "providers"))


@attrs.define(kw_only=True, slots=False)
class Move:
    """A verb that may move money, with what fills its roles."""

    scope: Scope
    verb: str
    clause: Clause
    roles: dict[Role, Phrase] = attrs.field(factory=dict)
    #: The money that is moved.
    money: Draft | None = None
    #: Money in the place of the giver: "the grant paid for a minibus".
    source: Draft | None = None
    #: A sum that is moved and belongs to no phrase for money.
    amount: Amount | None = None

    @property
    def frame(self) -> Frame:
        """What the verb does with its arguments."""
        return FRAMES[self.verb]

    @property
    def index(self) -> int:
        """Index of the verb."""
        return self.clause.group.verb

    @cached_property
    def passive(self) -> bool:
        """Whether the subject is what is moved or paid for."""
        voice = self.clause.group.voice
        if voice != "participle":
            return voice == "passive"
        if self.verb not in _EITHER_WAY or any(t.preposition == "by" for t in self.clause.tails):
            return True
        behind = self.scope.tokens.low[self.index + 1]
        if self.verb == "pay" and behind in ("for", "to"):
            return behind == "to" and any(
                tail.preposition == "to" and tail.kind == "noun" for tail in self.clause.tails
            )
        subject = self.clause.subject
        return subject is not None and self.money_in(subject) is not None

    @property
    def said_of_people(self) -> bool:
        """Whether a pronoun for people is the subject, so that it is not said of money."""
        before = self.clause.group.first - 1
        return before >= 0 and self.scope.tokens.low[before] in _PEOPLE

    def money_in(self, phrase: Phrase) -> Draft | None:
        """Return the money that *phrase* is; a mechanism can be used and paid only."""
        draft = self.scope.noun_ending(phrase) or self.scope.noun_of_sum(phrase)
        beside = phrase.last == self.clause.group.first - 1 or phrase is self.clause.antecedent
        if draft is None and beside:
            draft = _described_by(self.scope, phrase)
        if draft is None or not (draft.movable or self.verb in ("use", "pay")):
            return None
        return draft

    def is_time(self, phrase: Phrase) -> bool:
        """Return whether *phrase* says when or how long, not who or what."""
        if self.scope.tokens.low[phrase.last] in _TIME:
            return not self.scope.tokens.capitalised(phrase.last)
        return self.scope.period_in(phrase.last, phrase.last) is not None

    def is_price(self, phrase: Phrase) -> bool:
        """Return whether *phrase* is what is paid, not who is paid: "pay a fee"."""
        valued = self.verb in _HANDING or self.frame.subject == "money"
        return valued and self.scope.tokens.low[phrase.last] in _PRICES


def read_move(scope: Scope, index: int, verb: str) -> Move:
    """Return the verb at *index* with its roles filled from its clause.

    Args:
        scope: Its sentence.
        index: Index of its token.
        verb: Its base form.
    """
    clause = read_clause(scope.tokens, index, scope.first, scope.last)
    move = Move(scope=scope, verb=verb, clause=clause)
    _place_subject(move)
    for phrase in _objects(move):
        _place_object(move, phrase)
    _place_front(move)
    for tail in clause.tails:
        if tail.kind == "noun":
            _place_noun_tail(move, tail)
        else:
            _place_verb_tail(move, tail)
    return move


def _place_subject(move: Move) -> None:
    means = move.clause.means
    money = move.money_in(means) if means is not None else None
    if money is not None and not move.passive and move.frame.subject == "funder":
        move.roles["funder"] = Phrase(money.first, money.last)
    elif move.clause.subject is None:
        _point_back(move)
    elif move.passive:
        _place_passive_subject(move, move.clause.subject)
    else:
        _place_active_subject(move, move.clause.subject)


def _place_front(move: Move) -> None:
    """Take money behind a preposition in front of the clause: "a fund, through which £2m went"."""
    scope, subject = move.scope, move.clause.subject
    index = move.clause.group.first if subject is None else subject.first
    draft = scope.noun_before(index)
    if draft is None or not draft.movable or move.frame.subject == "money":
        return
    low, between = scope.tokens.low, scope.tokens.low[draft.last + 1 : index]
    pied = between[-1:] == ["which"] and between[:-1] in ([word] for word in _WAYS)
    pied = pied or (between[:1] == [","] and between[-1:] == ["which"] and between[1] in _WAYS)
    led = _opens(scope, draft) and "," in between[:1] and len(between) <= _ARTICLE
    if pied:
        _place_source(move, draft)
    elif led and low[scope.first] in _WAYS:
        move.source = move.source or draft


def _opens(scope: Scope, draft: Draft) -> bool:
    """Return whether the sentence begins with a preposition and *draft*."""
    return draft.first - 2 <= scope.first < draft.first


def _place_active_subject(move: Move, subject: Phrase) -> None:
    money = move.money_in(subject)
    if move.frame.subject == "money" and move.said_of_people:
        return
    if money is not None and move.frame.subject in ("funder", "money"):
        move.source = money
        subject = Phrase(money.first, money.last)
    if move.frame.subject != "money":
        move.roles[move.frame.subject] = _without_antecedent(move, subject)
    elif money is None and move.frame.object and not move.clause.objects:
        move.roles[move.frame.object] = subject


def _place_passive_subject(move: Move, subject: Phrase) -> None:
    move.money = None if move.frame.whole else move.money_in(subject)
    if move.money is None or move.money.amount is None:
        move.amount = move.scope.amount_in(subject)
    if move.money is not None or move.amount is not None:
        return
    if move.verb == "pay" and _stranded(move):
        move.roles["purpose"] = subject
    elif move.frame.object and not (move.is_time(subject) or move.is_price(subject)):
        move.roles[move.frame.object] = subject
    if move.scope.tokens.low[move.clause.group.first - 1] != "which":
        _point_back(move)


def _point_back(move: Move) -> None:
    """Let "it" and "this" in front of a passive stand for the money named last before."""
    scope, before = move.scope, move.clause.group.first - 1
    if not move.passive or move.frame.always or before < scope.first:
        return
    draft = scope.noun_before(before) if scope.tokens.low[before] in _POINTING else None
    if draft is not None and draft.movable:
        move.money = draft


def _without_antecedent(move: Move, subject: Phrase) -> Phrase:
    """Return the subject without the money in front of it: "the money people have to pay"."""
    draft = move.scope.noun_at(subject.first)
    if draft is None or draft.last >= subject.last:
        return subject
    payers = move.scope.tokens.low[subject.last] in _PAYERS
    return Phrase(draft.last + 1, subject.last) if payers else subject


def _described_by(scope: Scope, phrase: Phrase) -> Draft | None:
    """Return the money whose purpose or recipient ends in *phrase*: "funding to support care"."""
    draft = scope.noun_before(phrase.last)
    if draft is None:
        return None
    for told in (draft.purpose, draft.recipient):
        if told is not None and draft.last < told.first and told.last == phrase.last:
            return draft
    return None


def _stranded(move: Move) -> bool:
    """Return whether "for" stands right behind the verb, its noun in front: "was paid for by"."""
    behind = move.scope.tokens.low[move.index + 1 : move.index + 3]
    return behind[:1] == ["for"] and behind[1:] in (
        [],
        ["by"],
        ["."],
        [","],
        ["from"],
        ["out"],
        ["through"],
    )


def _objects(move: Move) -> tuple[Phrase, ...]:
    """Return the objects, or what the relative clause of the verb hangs on."""
    if move.clause.objects or move.passive:
        return move.clause.objects
    if move.clause.antecedent is not None:
        return (move.clause.antecedent,)
    return _contact(move)


def _contact(move: Move) -> tuple[Phrase, ...]:
    """Return the money that stands right in front of the subject: "the uplift they received"."""
    before = move.clause.group.first - 1
    if before < move.scope.first or move.scope.tokens.low[before] not in _PEOPLE | {"it"}:
        return ()
    draft = move.scope.noun_at(before - 1)
    if draft is None or draft.last != before - 1:
        return ()
    return (Phrase(draft.first, draft.last),)


def _place_object(move: Move, phrase: Phrase) -> None:
    money = None if move.frame.whole else move.money_in(phrase)
    amount = move.scope.amount_in(phrase)
    if money is not None:
        move.money = money
    if amount is not None and (money is None or money.amount is None):
        move.amount = amount
    if money is not None and move.frame.object and not move.passive:
        _place_taker(move, phrase, money)
    other = money is None and amount is None and not move.is_price(phrase)
    if other and move.frame.object and not move.passive:
        move.roles.setdefault(move.frame.object, phrase)


def _place_taker(move: Move, phrase: Phrase, money: Draft) -> None:
    """Take who is given money from in front of it: "gave 12 groups grants"."""
    taker, tokens = money.first - 1, move.scope.tokens
    if taker < phrase.first or tokens.tags[taker] != "N" or not tokens.low[taker].endswith("s"):
        return
    move.roles.setdefault("recipient", Phrase(phrase.first, taker))


def _place_verb_tail(move: Move, tail: Tail) -> None:
    """Take an infinitive or gerund for the purpose."""
    purpose = move.frame.prepositions.get(tail.preposition) == "purpose"
    # "Funding continued to fall" does not say what it is for.
    bare = move.frame.subject == "money" and not (move.passive or move.clause.objects)
    if purpose or (move.frame.infinitive and not bare and tail.preposition in ("", "to")):
        _set_purpose(move, tail)


def _set_purpose(move: Move, tail: Tail) -> None:
    end = whole_phrase(move.scope.tokens, tail.phrase.first, move.scope.last)
    move.roles.setdefault("purpose", Phrase(tail.phrase.first, end))


def _place_noun_tail(move: Move, tail: Tail) -> None:
    role = move.frame.prepositions.get(tail.preposition)
    if role is None or _says_no_role(move, tail, role):
        return
    if role == "purpose":
        _set_purpose(move, tail)
        return
    phrase = move.scope.with_name(tail.phrase)
    _cut_purpose(move, tail)
    draft = move.scope.noun_ending(phrase)
    money = draft if draft is not None and draft.movable else None
    if role == "money":
        move.money = move.money or money
        if money is None:
            move.amount = move.amount or move.scope.amount_in(tail.phrase)
    elif role == "source":
        move.source = move.source or money
    elif role == "funder" and money is not None and not _listed(move, phrase, money):
        _place_source(move, money)
    elif tail.preposition not in ("through", "via"):
        move.roles.setdefault(role, phrase)


def _says_no_role(move: Move, tail: Tail, role: Role) -> bool:
    """Return whether a tail says when or how much, or belongs to the purpose in front of it."""
    if move.is_time(tail.phrase) and not _time_paid(move, tail):
        return True
    if role == "recipient" and move.scope.tokens.tags[tail.phrase.first] in "#M":
        return move.scope.tokens.low[tail.phrase.first - 3] == "from"
    if role == "funder" and tail.preposition == "by" and not move.passive:
        return True
    purpose = move.roles.get("purpose")
    if purpose is not None and tail.phrase.last <= purpose.last:
        return not _cuts(move, tail, role)
    if role == "purpose" and move.frame.whole and move.clause.objects and not move.passive:
        return True
    return role in ("funder", "purpose") and move.scope.tokens.tags[tail.phrase.last] in "#M"


def _cuts(move: Move, tail: Tail, role: Role) -> bool:
    """Return whether a tail inside the purpose names the giver, and so ends the purpose."""
    if role != "funder":
        return False
    if tail.preposition == "by":
        return move.passive
    if move.frame.subject == "recipient" and move.scope.names_body(tail.phrase):
        return True
    draft = move.scope.noun_ending(tail.phrase)
    return draft is not None and draft.movable


def _cut_purpose(move: Move, tail: Tail) -> None:
    """Let the purpose end in front of a tail that names the giver."""
    purpose = move.roles.get("purpose")
    if purpose is not None and purpose.first < tail.phrase.first - 1 <= purpose.last:
        move.roles["purpose"] = Phrase(purpose.first, tail.phrase.first - 2)


def _time_paid(move: Move, tail: Tail) -> bool:
    """Return whether time is what is paid for: "for their time", "for nights in hospital"."""
    if move.verb != "pay" or tail.preposition != "for":
        return False
    tokens, first = move.scope.tokens, tail.phrase.first
    counted = tokens.tags[first] in "#LQMT" or tokens.low[first] in ("a", "the")
    return not counted and move.scope.period_in(first, tail.phrase.last) is None


def _listed(move: Move, phrase: Phrase, money: Draft) -> bool:
    """Return whether other givers stand in front of *money*: "from the council and the fund"."""
    return "C" in move.scope.tokens.tags[phrase.first : money.first]


def _place_source(move: Move, draft: Draft) -> None:
    """Note that money comes out of other money: "£2m from the fund", "funded from the grant"."""
    move.roles.setdefault("funder", Phrase(draft.first, draft.last))
    if move.money is None or not draft.named:
        move.source = draft

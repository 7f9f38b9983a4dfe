"""Finds the verbs that move money, and ties that money to them."""

from __future__ import annotations

from collections.abc import Iterator

from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.moves import Move, read_move
from cqcparse.extractors.funding.scope import Scope, Term
from cqcparse.extractors.funding.verbs import FORMS, FRAMES, is_moving
from cqcparse.grammar import Phrase, Tokens, is_base_verb, whole_phrase

_TIME = heads.around("time")
_NOT_PAID = heads.around("not_paid")
_JUDGED = heads.around("judged")
_PAYERS = frozenset(("who", "they", "we", "it"))
_RATES = frozenset(("a", "an", "each", "every", "per"))
#: Verbs that say alone that money is moved.
_ALONE = frozenset(("fund", "resource", "pay", "spend", "invest"))
#: Money that is "made" by whoever pays it.
_MADE = frozenset(("investment", "investments", "payment", "payments", "contribution"))
_HANDING = frozenset(("give", "award"))
_ASKED = frozenset(("it", "them", "this"))


def find_events(scope: Scope) -> Iterator[Draft]:
    """Yield the verbs of a sentence that move money, and tie that money to them."""
    tokens = scope.tokens
    for index in scope.verbs:
        verb = FORMS[tokens.low[index]]
        if not _may_move(scope, index, verb):
            continue
        if is_moving(tokens, index) and scope.noun_at(index) is None:
            move = read_move(scope, index, verb)
            if _moves_money(move) and _says_so(move):
                event = _event(move)
                _share(move, event)
                if move.frame.event:
                    yield event


def _may_move(scope: Scope, index: int, verb: str) -> bool:
    """Return whether money stands near enough for the verb at *index* to move it."""
    if verb in _ALONE:
        return True
    return scope.near(index) or (FRAMES[verb].event and bool(scope.amounts))


def _says_so(move: Move) -> bool:
    """Return whether what is said of money is a statement: "the grants supporting it" is none."""
    if move.verb == "make" and not move.passive:
        head = None if move.money is None else move.scope.tokens.low[move.money.last]
        return head in _MADE
    if move.verb == "cover" and move.source is not None and move.source.type == "contract":
        return False
    return move.frame.event or move.frame.subject != "money" or move.clause.group.voice != "gerund"


def _moves_money(move: Move) -> bool:
    """Return whether the verb moves money here, by its own rule."""
    moved = move.money is not None or move.amount is not None
    if not move.frame.event:
        return moved or move.source is not None
    if move.verb == "spend":
        return not _about_time(move) and (moved or _spent_on(move))
    if move.verb == "invest":
        return moved or _invested(move)
    if move.verb == "resource":
        return _resourced(move)
    if move.verb == "pay":
        return _paid(move, moved=moved)
    if move.verb in _HANDING and (move.source is not None or _paid_in(move)):
        return True
    return moved or (move.frame.always and (bool(move.roles) or _told(move) or _asked(move)))


def _paid_in(move: Move) -> bool:
    """Return whether what is given goes into a fund: "what partners gave to the fund"."""
    recipient = move.roles.get("recipient")
    draft = None if recipient is None else move.scope.noun_ending(recipient)
    return draft is not None and draft.type == "fund"


def _about_time(move: Move) -> bool:
    tokens = move.scope.tokens
    phrases = [*move.clause.objects]
    if move.passive and move.clause.subject:
        phrases.append(move.clause.subject)
    return any(_TIME.intersection(tokens.low[p.first : p.last + 1]) for p in phrases)


def _spent_on(move: Move) -> bool:
    return any(tail.preposition == "on" for tail in move.clause.tails) or move.source is not None


def _invested(move: Move) -> bool:
    recipient = move.roles.get("recipient")
    if recipient is None:
        return False
    words = move.scope.tokens.low[recipient.first : recipient.last + 1]
    return not heads.NO_MONEY.intersection(words)


def _resourced(move: Move) -> bool:
    tokens, group = move.scope.tokens, move.clause.group
    if _JUDGED.intersection(tokens.low[group.first : group.verb]):
        return False
    if move.passive:
        return "funder" in move.roles
    return "recipient" in move.roles and group.voice != "gerund"


def _paid(move: Move, *, moved: bool) -> bool:
    low = move.scope.tokens.low
    behind = low[move.index + 1 : move.index + 4]
    if _NOT_PAID.intersection(behind[:2]) or "attention" in behind:
        return False
    return moved or bool(move.roles) or _asked(move)


def _told(move: Move) -> bool:
    """Return whether a phrase says who pays or what for, in whatever words."""
    return any(tail.preposition in move.frame.prepositions for tail in move.clause.tails)


def _asked(move: Move) -> bool:
    """Return whether a pronoun stands for what is paid or who pays: "who should fund it"."""
    low, group = move.scope.tokens.low, move.clause.group
    before = low[group.first - 1] if group.first else ""
    return before in _PAYERS or not _ASKED.isdisjoint(low[group.verb + 1 : group.verb + 2])


def _event(move: Move) -> Draft:
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
        purpose=roles.get("purpose") or _leading_purpose(move),
        negation=None if negation is None else Phrase(negation, negation),
    )


def _period(move: Move) -> Term | None:
    """Return when, how often or for how long the verb says it is done."""
    scope, group = move.scope, move.clause.group
    if move.frame.subject == "money" and move.verb not in heads.LASTING:
        return None
    end = whole_phrase(scope.tokens, group.verb, scope.last)
    index = group.verb + 1
    while (period := scope.period_in(index, end)) is not None:
        begin = scope.index_at(period.span.start)
        if scope.noun_at(begin) is None and not _is_rate_of_noun(scope.tokens, begin):
            return period
        index = scope.index_at(period.span.end - 1) + 1
    return _leading_period(scope, group.first)


def _is_rate_of_noun(tokens: Tokens, index: int) -> bool:
    """Return whether "each week" at *index* says how often a noun takes place, not money."""
    return tokens.low[index] in _RATES and tokens.tags[index - 1] in "NW"


def _leading_period(scope: Scope, verb: int) -> Term | None:
    """Return the period that opens the sentence, if *verb* is its first predicate."""
    if verb > scope.ceiling(scope.first):
        return None
    period = scope.period_in(scope.first, min(scope.first + 2, verb - 1))
    if period is None or "V" in (tags := scope.tokens.tags[scope.first + 1 : verb]):
        return None
    return None if "X" in tags else period


def _leading_purpose(move: Move) -> Phrase | None:
    """Return the infinitive that opens the sentence: "To support carers, the council paid"."""
    scope, subject = move.scope, move.clause.subject
    first = scope.first + 1
    if subject is None or scope.tokens.low[scope.first] != "to" or first >= scope.last:
        return None
    last = whole_phrase(scope.tokens, first, scope.last)
    beside = subject.first - 1 == last + 1 and scope.tokens.tags[last + 1] == ","
    return Phrase(first, last) if beside and is_base_verb(scope.tokens, first) else None


def _share(move: Move, event: Draft) -> None:
    """Give the money what the verb says of it, and the verb what the money says of itself."""
    if move.money is not None:
        if move.verb == "use":
            event.negation = None
        _tie(move.money, event, funder=not move.money.named)
    if move.source is not None and move.source is not move.money:
        _draw(move.source, event)


def _draw(source: Draft, event: Draft) -> None:
    """Give money that something is paid out of what the verb says, unless another verb did."""
    if source.verb is not None and (source.recipient or source.purpose):
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
    event.negation = event.negation or money.negation
    money.negation = event.negation
    if funder:
        # What money is taken from lost it, and did not give it.
        own = None if money.funder == event.recipient else money.funder
        money.funder = event.funder = event.funder or own

"""What the words right around money say of it: how much, for how long, from whom, for what."""

from __future__ import annotations

import cqcparse
from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.scope import REACH, Amount, Scope, Term
from cqcparse.grammar import (
    Phrase,
    Tail,
    Tokens,
    find_tails,
    is_acronym,
    noun_phrase,
    phrase_before,
    trim,
    whole_phrase,
    word_list,
)

#: Participles behind money that say what it does: "grants supporting lunch clubs".
#: Words at most between money and its sum, as in "which stood at".
_WORDS_BETWEEN = 3
#: Words between money and what it is offered for: "grants were available for new ideas".
_OFFERED = frozenset(("was", "were", "is", "are", "be", "been", "had", "available", "made", "also"))
_DOING = frozenset(["supporting", "covering", "enabling", "helping", "funding", "allowing"])
_STATES = frozenset(
    [
        "was",
        "is",
        "were",
        "are",
        "stood",
        "stands",
        "totalled",
        "totalling",
        "worth",
        "valued",
        "raised",
        "from",
        "at",
        "of",
        "to",
    ]
)
_BEFORE_NAMES = heads.NARROWING - {"local"}
_MEANT = (["is", "for"], ["was", "for"], ["are", "for"], ["were", "for"])
_HAVING = frozenset(("had", "has", "have", "held", "holds", "hold"))
#: Those who have a contract because they pay for it.
_BUYERS = frozenset("authority council authorities councils icb commissioners it they we".split())
_OWNED = frozenset(("grant", "grants", "funding"))
_SAYING = frozenset(("told", "said", "felt", "reported", "explained"))
_DENIALS = frozenset(("no", "without", "neither", "nor"))
_ABSENT = frozenset(["lack", "absence", "shortage"])
_BETWEEN = frozenset(("D", "Q", "J", "K"))
_DESCRIBED = frozenset(("fund", "grant", "stream", "contract"))
_SHAPED = ["in", "the", "form", "of"]
#: What a contract comes with that is no body: "with a value of £1.9m".
_TERMS = frozenset(("value", "term", "option", "options", "price", "start", "end"))
#: Prepositions in front of who receives it, by type.
_RECEIVING = {"contract": ("to", "with")}
_GIVING_TYPES = frozenset(("stream", "grant"))


def describe(scope: Scope, draft: Draft) -> None:
    """Fill in what stands right before, inside and behind the phrase of *draft*."""
    tokens = scope.tokens
    draft.negation = _negation(tokens, draft.first, scope.first)
    draft.amount = _amount(scope, draft)
    if draft.type not in _DESCRIBED:
        draft.purpose = _arranged_for(scope, draft)
        draft.period = None if draft.amount is None else _period_of_amount(scope, draft)
        return
    draft.period = _period(scope, draft)
    draft.funder = _giver_inside(tokens, draft)
    draft.recipient = _owner(scope, draft)
    ceiling = scope.ceiling(draft.last)
    draft.purpose = _gloss(tokens, draft.last + 1, ceiling)
    behind = draft.last + 1
    if tokens.low[behind : behind + 2] in _MEANT:
        behind += 1
    behind = _behind_offer(scope, draft, behind)
    for number, tail in enumerate(find_tails(tokens, behind, ceiling)):
        _place(scope, draft, tail, near=number < 2)
        if scope.noun_at(tail.phrase.last) is not None and not _invests(tokens, draft):
            break
    given = draft.type == "contract" or (draft.type == "grant" and draft.funder is not None)
    if given and draft.recipient is None:
        draft.recipient = _holder(scope, draft)


def pass_on(scope: Scope, draft: Draft) -> None:
    """Give a named fund that *draft* comes from what *draft* says of its use."""
    source = None if draft.funder is None else scope.noun_ending(draft.funder)
    if source is None or source is draft or not source.named:
        return
    source.recipient = source.recipient or draft.recipient
    source.purpose = source.purpose or draft.purpose


def _behind_offer(scope: Scope, draft: Draft, behind: int) -> int:
    """Return the index behind "were available" and the sum in front of it, or *behind*."""
    low, index = scope.tokens.low, behind
    if draft.amount is not None and draft.amount.span.start >= scope.tokens.ends[draft.last]:
        index = scope.index_at(draft.amount.span.end - 1) + 1
    while index < scope.last and low[index] in _OFFERED:
        if low[index] == "available":
            return index + 1
        index += 1
    return behind


def _arranged_for(scope: Scope, draft: Draft) -> Phrase | None:
    """Return what a pooled or statutory arrangement is for: "a pooled budget for equipment"."""
    if draft.movable:
        return None
    for tail in find_tails(scope.tokens, draft.last + 1, scope.ceiling(draft.last)):
        if tail.preposition == "for" and scope.period_in(*tail.phrase) is None:
            end = whole_phrase(scope.tokens, tail.phrase.first, scope.last)
            return Phrase(tail.phrase.first, max(end, _with_conjunct(scope, draft, tail).last))
    return None


def _owner(scope: Scope, draft: Draft) -> Phrase | None:
    """Return who speaks of "its" or "their" grant or funding as its own."""
    tokens = scope.tokens
    possessed = draft.first > scope.first and tokens.low[draft.first - 1] in ("its", "their")
    if not possessed or tokens.low[draft.last] not in _OWNED:
        return None
    floor = max(scope.first, draft.first - REACH)
    for index in range(draft.first - 2, floor, -1):
        if tokens.low[index] in _SAYING:
            return phrase_before(tokens, index - 1, floor)
    return None if draft.funder is None else noun_phrase(tokens, scope.first, scope.last)


def _holder(scope: Scope, draft: Draft) -> Phrase | None:
    """Return who has the money, where the sentence says no more: "the charity had a grant"."""
    tokens, index = scope.tokens, draft.first - 1
    while index > scope.first and tokens.tags[index] in "DJ":
        index -= 1
    if index <= scope.first or tokens.low[index] not in _HAVING:
        return None
    end = _before_relative(tokens, index - 1)
    if end <= scope.first or tokens.low[end] in _BUYERS:
        return None
    floor = max(scope.first, end - REACH)
    return phrase_before(tokens, end, floor, nearest=end < index - 1)


def _before_relative(tokens: Tokens, index: int) -> int:
    """Return the index in front of "which", "who" or ", each of which" at *index*."""
    if tokens.low[index] not in ("which", "who"):
        return index
    if tokens.low[index - 1] == "of":
        index -= 2
    return index - 2 if tokens.tags[index - 1] == "," else index - 1


def _gloss(tokens: Tokens, bracket: int, last: int) -> Phrase | None:
    """Return the purpose in a bracket behind a name: "grant (for adaptations)"."""
    if bracket + 1 >= last or tokens.tags[bracket] != "(" or tokens.low[bracket + 1] != "for":
        return None
    for index in range(bracket + 2, last + 1):
        if tokens.tags[index] == ")":
            return Phrase(bracket + 2, index - 1) if index > bracket + 2 else None
    return None


def _place(scope: Scope, draft: Draft, tail: Tail, *, near: bool) -> None:
    tokens, phrase = scope.tokens, _with_conjunct(scope, draft, tail)
    end = whole_phrase(tokens, phrase.first, scope.last)
    if tail.kind != "noun":
        doing = not tail.preposition and tokens.low[phrase.first] in _DOING
        if doing or tail.preposition in ("to", "for"):
            draft.purpose = draft.purpose or Phrase(phrase.first, end)
        return
    period = scope.period_in(phrase.last, phrase.last)
    if period is not None and scope.noun_at(phrase.last) is None:
        draft.period = draft.period or (period if near else None)
    elif tail.preposition == "for" and tokens.tags[phrase.last] != "M":
        draft.purpose = draft.purpose or Phrase(phrase.first, max(end, phrase.last))
    elif tokens.tags[phrase.last] in "#MT" or tokens.low[phrase.last] in _TERMS:
        _place_sum(scope, draft, tail)
    elif tail.preposition in _RECEIVING.get(draft.type, ("to",)) or (
        tail.preposition == "in" and _invests(tokens, draft)
    ):
        draft.recipient = draft.recipient or phrase
    elif _names_giver(scope, draft, tail, phrase):
        _place_funder(scope, draft, phrase)
    elif tail.preposition == "of" and tokens.low[draft.last] == "funding":
        draft.recipient = draft.recipient or phrase


def _with_conjunct(scope: Scope, draft: Draft, tail: Tail) -> Phrase:
    """Return the noun of a tail with what "and" joins to it in front of the main verb.

    In "Money for beds and hoists was short" the hoists are no subject of their own.
    """
    tokens, phrase = scope.tokens, scope.with_name(tail.phrase)
    joint = phrase.last + 1
    if tail.kind != "noun" or joint >= scope.last or tokens.tags[joint] != "C":
        return phrase
    if not _begins_clause(tokens, scope.first, draft.first):
        return phrase
    conjunct = noun_phrase(tokens, joint + 1, scope.last)
    if conjunct is None or conjunct.last == scope.last:
        return phrase
    return Phrase(phrase.first, conjunct.last)


def _begins_clause(tokens: Tokens, floor: int, index: int) -> bool:
    """Return whether no verb stands in front of *index* in its clause."""
    while index > floor and tokens.tags[index - 1] in "DQJNWL#M":
        index -= 1
    return index == floor or tokens.tags[index - 1] in ",C"


def _names_giver(scope: Scope, draft: Draft, tail: Tail, phrase: Phrase) -> bool:
    """Return whether *tail* says where money comes from; a way through is other money."""
    if tail.preposition in ("through", "via"):
        return scope.noun_ending(phrase) is not None
    return tail.preposition in ("from", "by") and not draft.named


def _place_funder(scope: Scope, draft: Draft, giver: Phrase) -> None:
    """Take the giver, which ends a purpose in front of it: "money for training from the ICB"."""
    purpose = draft.purpose
    if purpose is not None and purpose.first < giver.first <= purpose.last:
        if not scope.names_body(giver):
            return
        draft.purpose = Phrase(purpose.first, giver.first - 2)
    draft.funder = draft.funder or giver


def _place_sum(scope: Scope, draft: Draft, tail: Tail) -> None:
    """Take the sum of money behind its recipient: "payments to carers of up to £300"."""
    if tail.preposition == "of" and draft.amount is None:
        draft.amount = scope.amount_in(tail.phrase)


def _invests(tokens: Tokens, draft: Draft) -> bool:
    return tokens.low[draft.last] == "investment"


def _amount(scope: Scope, draft: Draft) -> Amount | None:
    """Return the sum that belongs to the phrase: inside it, "£2m of", "grant of £300"."""
    if not scope.amounts:
        return None
    return (
        scope.amount_in(Phrase(draft.first, draft.last))
        or _amount_before(scope, draft)
        or _amount_behind(scope, draft)
    )


def _amount_before(scope: Scope, draft: Draft) -> Amount | None:
    amount = scope.amount_before(draft.first)
    if amount is None:
        return None
    tokens = scope.tokens
    between = tokens.text[amount.span.end : tokens.starts[draft.first]].split()
    if between[-4:] == _SHAPED and len(between) <= _WORDS_BETWEEN + 2:
        return amount
    if len(between) > _WORDS_BETWEEN or ("of" not in between[-2:] and between != ["in"]):
        return None
    return amount


def _amount_behind(scope: Scope, draft: Draft) -> Amount | None:
    amount = scope.amount_behind(draft.last)
    if amount is None:
        return None
    tokens = scope.tokens
    words = tokens.text[tokens.ends[draft.last] : amount.span.start].lower().split()
    if words[:2] == [",", "which"]:
        del words[:2]
    if len(words) > _WORDS_BETWEEN:
        return None
    return amount if not words or words[-1] in _STATES else None


def _period(scope: Scope, draft: Draft) -> Term | None:
    """Return the period inside the phrase, right in front of it, or behind its sum."""
    period = scope.period_in(draft.first, draft.last) if draft.last > draft.first else None
    if period is None and draft.first > scope.first and scope.tokens.tags[draft.first - 1] == "T":
        period = scope.period_in(draft.first - 1, draft.first - 1)
    return period or _period_of_amount(scope, draft) or _leading_period(scope, draft)


def _leading_period(scope: Scope, draft: Draft) -> Term | None:
    """Return the period that opens the sentence right in front of a sum: "In 2023/24 the fund"."""
    if draft.amount is None or draft.first > scope.first + _WORDS_BETWEEN + 1:
        return None
    return scope.period_in(scope.first, draft.first - 1) if draft.first > scope.first else None


def _period_of_amount(scope: Scope, draft: Draft) -> Term | None:
    """Return the period right behind a sum that follows: "the budget was £2m in 2024/25"."""
    if draft.amount is None or draft.amount.span.start < scope.tokens.ends[draft.last]:
        return None
    index = scope.index_at(draft.amount.span.end - 1) + 1
    if index + 1 > scope.last or scope.tokens.tags[index] not in "PD":
        return None
    return scope.period_in(index, index + 1)


def _giver_inside(tokens: Tokens, draft: Draft) -> Phrase | None:
    """Return the body whose name stands in the phrase: "NHS" in "NHS funding arrangements"."""
    if draft.type not in _GIVING_TYPES or draft.named:
        return None
    organisations = word_list("noun", "organisations")
    for index in range(draft.last - 1, draft.first - 1, -1):
        low = tokens.low[index]
        if low == "health" and index > draft.first and tokens.low[index - 1] == "public":
            return Phrase(index - 1, index)
        named = low in organisations or low in heads.GIVING
        organisation = tokens.capitalised(index) and named
        if organisation or low in heads.GIVERS or _abbreviated(tokens.word(index)):
            return Phrase(_giver_start(tokens, draft.first, index), index)
    if tokens.capitalised(draft.first) and "of" in tokens.low[draft.first : draft.last]:
        return Phrase(draft.first, draft.last - 1)
    return None


def _abbreviated(word: str) -> bool:
    return word.isalpha() and is_acronym(word)


def _giver_start(tokens: Tokens, floor: int, last: int) -> int:
    """Return where the name of the giver that ends at *last* begins."""
    first = last
    while first > floor and (
        tokens.capitalised(first - 1) == tokens.capitalised(last)
        and (tokens.low[first - 1] not in _BEFORE_NAMES or tokens.capitalised(first - 1))
        and tokens.tags[first - 1] in "NWC"
    ):
        first -= 1
    return first


def _negation(tokens: Tokens, first: int, floor: int) -> Phrase | None:
    """Return the word in front of a phrase that says there is none of it."""
    index = first - 1
    while index >= floor and index > first - 4:
        low = tokens.low[index]
        if low in _DENIALS:
            return Phrase(index, index)
        if low == "of" and index > floor and tokens.low[index - 1] in _ABSENT:
            return Phrase(index - 1, index)
        if tokens.tags[index] not in _BETWEEN:
            return None
        index -= 1
    return None


def value(scope: Scope, phrase: Phrase | None) -> cqcparse.Quote | None:
    """Return the quote of an argument, without what the rules leave out of a value."""
    if phrase is None:
        return None
    tokens = scope.tokens
    trimmed = trim(tokens, phrase)
    if trimmed is None:
        return None
    return scope.quote(without_period(scope, trimmed))


def without_period(scope: Scope, phrase: Phrase) -> Phrase:
    """Return *phrase* without periods at its end: "an extra officer in 2023/24"."""
    tokens, last = scope.tokens, phrase.last
    while (period := scope.period_in(last, last)) is not None:
        begin = scope.index_at(period.span.start)
        if begin <= phrase.first + 1 or period.text.partition(" ")[0] in ("each", "every", "per"):
            break
        last = begin - 1
        while last > phrase.first and tokens.tags[last] in "PDK":
            last -= 1
    return Phrase(phrase.first, last)

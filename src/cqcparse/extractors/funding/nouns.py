"""Finds the noun phrases for money: names from the lexicon, and heads with what narrows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.edges import first_word, narrows
from cqcparse.extractors.funding.mechanisms import about_paying, find_mechanism
from cqcparse.extractors.funding.names import Names
from cqcparse.extractors.funding.verbs import is_verbal
from cqcparse.grammar import Lexicon, Tokens, join_left, proper, with_acronym

#: Heads that may stand in front of another word of a name: "Better Care Fund Board".
_NAMING = frozenset(("fund", "funds", "funding", "budget"))
_WAYS = frozenset(("through", "from", "by", "via", "under"))
_FUNDED = frozenset(("funded", "funding", "resourced", "money", "paid"))
#: Bodies that are called a fund.
_BODIES = (["king's", "fund"], ["king's", "fund's"])


def find_nouns(tokens: Tokens, lexicon: Lexicon, names: Names) -> list[Draft]:
    """Return the noun phrases for money in a paragraph, in order, without overlaps.

    Args:
        tokens: A paragraph.
        lexicon: Funds, grants and mechanisms with their ids.
        names: The names that the document itself has given.
    """
    kept: list[Draft] = []
    for draft in _candidates(tokens, lexicon, names):
        rivals = 0
        while rivals < len(kept) and kept[-1 - rivals].last >= draft.first:
            rivals += 1
        beaten = kept[len(kept) - rivals :]
        if all(draft.last - draft.first > rival.last - rival.first for rival in beaten):
            del kept[len(kept) - rivals :]
            kept.append(draft)
    return kept


def _candidates(tokens: Tokens, lexicon: Lexicon, names: Names) -> Iterator[Draft]:
    opening, behind = names.opening, 0
    for index, low in enumerate(tokens.low):
        if low not in opening or index < behind:
            continue
        draft = _from_lexicon(tokens, index, lexicon, names)
        if draft is None and low in names.short_forms:
            draft = _from_definition(tokens, index, names)
        if draft is None and low in heads.OPENING:
            draft = find_mechanism(tokens, index)
            if draft is None and low in heads.HEADS:
                draft = _from_head(tokens, index)
            elif low in heads.OWNED:
                draft = _from_owner(tokens, index)
        if draft is not None:
            yield draft
            behind = draft.last + 1


def _from_lexicon(tokens: Tokens, index: int, lexicon: Lexicon, names: Names) -> Draft | None:
    found = lexicon.at(tokens, index)
    if found is None:
        return None
    last, entry = found
    if entry.type == "stream" and _modifies(tokens, last) and tokens.low[last + 1] != "income":
        return None
    if names.defines_otherwise(tokens, index, last):
        return None
    first = index
    if not entry.named:
        while first > 0 and narrows(tokens, first - 1):
            first -= 1
    return Draft(
        first=first,
        last=_name_end(tokens, last),
        type=entry.type or "fund",
        rule="lexicon",
        entry=entry.id,
        canonical=entry.id,
        named=entry.named,
    )


def _from_definition(tokens: Tokens, index: int, names: Names) -> Draft | None:
    draft = names.short_form(tokens, index)
    if draft is not None:
        draft.last = _name_end(tokens, index)
    return draft


def _name_end(tokens: Tokens, last: int) -> int:
    """Return the end of a name with its acronym and a word for money behind it."""
    end = with_acronym(tokens, last)
    following = end + 1
    if following < len(tokens) and tokens.low[following] in heads.NAME_TAILS:
        return with_acronym(tokens, following)
    return end


def _from_head(tokens: Tokens, head: int) -> Draft | None:
    """Return the phrase whose head stands at *head*, or None if it is not money here."""
    if is_verbal(tokens, head) or _names_another(tokens, head):
        return None
    return _RULES[heads.HEADS[tokens.low[head]]](tokens, head)


def _from_owner(tokens: Tokens, head: int) -> Draft | None:
    """Return the phrase in front of a possessive ending: "the fund's criteria"."""
    if _names_another(tokens, head):
        return None
    draft = _phrase(tokens, head, heads.OWNED[tokens.low[head]], "owner-head")
    if draft.first == head and head and tokens.low[head - 1] in heads.SHARED_BUDGETS:
        draft.first -= 1
    if heads.SHARED_BUDGETS.intersection(tokens.low[draft.first : head]):
        draft.type = "mechanism"
        draft.canonical = draft.entry = "pooled-budget"
    draft.cut = len("'s")
    draft.named = draft.first < head and proper(tokens, draft.first, head)
    return draft


def _names_another(tokens: Tokens, head: int) -> bool:
    """Return whether a name goes on behind *head*, so that it is no money: "Investment Zone"."""
    low = tokens.low[head]
    if (
        low in _NAMING
        or low in heads.OWNED
        or head + 1 >= len(tokens)
        or not tokens.capitalised(head)
    ):
        return tokens.low[max(head - 1, 0) : head + 1] in _BODIES
    tails = heads.TAILS.get(heads.HEADS[low], ())
    following = tokens.word(head + 1)
    return following.istitle() and tokens.low[head + 1] not in tails


def _phrase(tokens: Tokens, head: int, type_: str, rule: str, tail: str = "") -> Draft:
    """Return the draft of the phrase around *head*, grown over words in front and tails behind."""
    last = head
    tails = heads.TAILS.get(tail, ())
    while last + 1 < len(tokens) and tokens.low[last + 1] in tails:
        last += 1
    first = join_left(
        tokens, first_word(tokens, head), lambda _, end: tokens.low[end] in heads.SHARING
    )
    return Draft(first=first, last=with_acronym(tokens, last), type=type_, rule=rule)


def _fund(tokens: Tokens, head: int) -> Draft | None:
    draft = _phrase(tokens, head, "fund", "fund-head", "fund")
    draft.named = proper(tokens, draft.first, head) and draft.first < head
    return draft


def _chest(tokens: Tokens, head: int) -> Draft | None:
    draft = _phrase(tokens, head, "fund", "fund-head")
    draft.named = draft.first < head and proper(tokens, draft.first, head)
    return draft if draft.named else None


def _budget(tokens: Tokens, head: int) -> Draft | None:
    following = tokens.low[head + 1] if head + 1 < len(tokens) else ""
    if following in heads.BUDGET_PEOPLE:
        return None
    draft = _phrase(tokens, head, "stream", "budget-head", "budget")
    if draft.first == head and head and tokens.low[head - 1] in heads.SHARED_BUDGETS:
        draft.first -= 1
    words = tokens.low[draft.first : head]
    if not words:
        return None if _modifies(tokens, draft.last) else draft
    if heads.SHARED_BUDGETS.intersection(words):
        draft.type = "mechanism"
    elif tokens.low[head] == "budget" and any(
        tags != "M" and word not in heads.SIZED for word, tags in _words(tokens, draft.first, head)
    ):
        draft.type = "fund"
        draft.named = proper(tokens, draft.first, head)
    return draft


def _words(tokens: Tokens, first: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the words from *first* up to *end*, with their classes."""
    return zip(tokens.low[first:end], tokens.tags[first:end], strict=True)


def _modifies(tokens: Tokens, last: int) -> bool:
    """Return whether the word at *last* stands in front of another noun: "budget pressures"."""
    return last + 1 < len(tokens) and tokens.tags[last + 1] == "N"


def _grant(tokens: Tokens, head: int) -> Draft | None:
    if tokens.low[head + 1 : head + 2] == ["funded"]:
        return None
    draft = _phrase(tokens, head, "grant", "grant-head", "grant")
    draft.named = draft.first < head and proper(tokens, draft.first, draft.last)
    return draft


def _funding(tokens: Tokens, head: int) -> Draft | None:
    draft = _phrase(tokens, head, "stream", "funding-head", "funding")
    words = range(draft.first, head)
    if tokens.capitalised(head) and sum(tokens.word(i).istitle() for i in words) > 1:
        draft.type, draft.named = "fund", True
    return draft


def _money(tokens: Tokens, head: int) -> Draft | None:
    low = tokens.low
    if head + 1 < len(tokens) and low[head + 1] in heads.OWN_MONEY:
        return None
    if head > 1 and low[head - 1] == "for" and low[head - 2] == "value":
        return None
    if head and low[head - 1] in ("his", "her", "my"):
        return None
    if low[max(head - 3, 0) : head] == ["recourse", "to", "public"]:
        return None
    return _phrase(tokens, head, "stream", "money-head")


def _investment(tokens: Tokens, head: int) -> Draft | None:
    around = tokens.low[max(head - 2, 0) : head] + tokens.low[head + 1 : head + 6]
    if heads.NO_MONEY.intersection(around) and "in" in tokens.low[head + 1 : head + 2]:
        return None
    if heads.NO_MONEY.intersection(tokens.low[max(head - 1, 0) : head]):
        return None
    return _phrase(tokens, head, "stream", "investment-head")


def _plain(tokens: Tokens, head: int) -> Draft | None:
    tail = "funding" if tokens.low[head] == "levy" else ""
    draft = _phrase(tokens, head, "stream", "money-head", tail)
    following = head + 1
    if tail and following < len(tokens) and tokens.low[following] == "funding":
        draft.last = following
    return draft


def _reserves(tokens: Tokens, head: int) -> Draft | None:
    draft = _phrase(tokens, head, "stream", "reserves-head")
    before = tokens.tags[draft.first - 1] if draft.first else "."
    if tokens.low[head] == "reserve":
        if draft.first == head:
            return None
        draft.type = "fund"
    return draft if before in "PDJ" and "nature" not in tokens.low[draft.first : head] else None


def _increase(tokens: Tokens, head: int) -> Draft | None:
    if not head or tokens.low[head - 1] not in heads.RISING:
        return None
    return _phrase(tokens, head, "stream", "increase-head")


def _allocation(tokens: Tokens, head: int) -> Draft | None:
    return _if_financial(tokens, head, "allocation-head")


def _contribution(tokens: Tokens, head: int) -> Draft | None:
    draft = _if_financial(tokens, head, "contribution-head")
    if draft is not None or tokens.low[head + 1 : head + 2] not in (["from"], ["to"], ["towards"]):
        return draft
    if not about_paying(tokens, head, head):
        return None
    return _phrase(tokens, head, "stream", "contribution-head")


def _aid(tokens: Tokens, head: int) -> Draft | None:
    """Return "financial support" and the like, where it is a thing given and not advice."""
    if not head or tokens.low[head - 1] != "financial" or _modifies(tokens, head):
        return None
    return _phrase(tokens, head, "stream", "aid-head")


def _if_financial(tokens: Tokens, head: int, rule: str) -> Draft | None:
    draft = _phrase(tokens, head, "stream", rule)
    words = tokens.low[draft.first : head]
    pounds = any(word[0] == "£" for word in words + tokens.low[head + 2 : head + 3])
    return draft if pounds or heads.FINANCIAL.intersection(words) else None


def _payment(tokens: Tokens, head: int) -> Draft | None:
    draft = _phrase(tokens, head, "stream", "payment-head")
    words = tokens.low[draft.first : head]
    if words:
        loose = heads.BARE_PAYMENTS.intersection(words) or _modifies(tokens, head)
        return None if loose else draft
    behind = tokens.low[head + 1 : head + 2]
    priced = behind in (["of"], ["totalling"], ["worth"]) and "M" in tokens.tags[head : head + 5]
    return draft if priced or (behind == ["to"] and tokens.low[head] == "payments") else None


def _contract(tokens: Tokens, head: int) -> Draft | None:
    draft = _phrase(tokens, head, "contract", "contract-head")
    words = range(draft.first, head)
    formed = any(tokens.low[i] in heads.CONTRACT_FORMS or tokens.tags[i] in "LM" for i in words)
    extended = any(word.startswith("exten") for word in tokens.low[max(draft.first - 3, 0) : head])
    if formed or (_term_behind(tokens, draft.last) and not extended):
        return draft
    return None


def _term_behind(tokens: Tokens, last: int) -> bool:
    """Return whether a term or price follows, as in "contracts of 9 to 12 months"."""
    behind = tokens.low[last + 1 : last + 7]
    if not behind or behind[0] not in ("of", "for", "worth", "lasting", "valued", "over"):
        return False
    if behind[0] in ("worth", "valued"):
        return True
    numbered = [i for i, word in enumerate(behind) if word in heads.TERM_UNITS]
    if not numbered:
        return any(word[0] == "£" for word in behind[:3])
    before = tokens.tags[last + numbered[0]]
    return before in "#LT" and "D" not in tokens.tags[last + 2 : last + 1 + numbered[0]]


def _purchase(tokens: Tokens, head: int) -> Draft | None:
    if not head or tokens.low[head - 1] not in heads.PURCHASES:
        return None
    return _phrase(tokens, head, "contract", "purchase-head")


def _risk(tokens: Tokens, head: int) -> Draft | None:
    behind = tokens.tags[head + 1] if head + 1 < len(tokens) else "."
    if behind == "N":
        return None
    return _phrase(tokens, head, "mechanism", "agreement-head")


def _agreement(tokens: Tokens, head: int) -> Draft | None:
    """Return an agreement about money or delegation; statutory ones have a rule of their own."""
    draft = _phrase(tokens, head, "mechanism", "agreement-head")
    words = tokens.low[draft.first : head]
    if "commissioning" in words or "commissioner" in words:
        return draft if heads.DELEGATING.intersection(words) else None
    for word in reversed(words):
        if word in heads.AGREEMENTS:
            draft.type = heads.AGREEMENTS[word]
            if word in ("pooling", "pooled"):
                draft.canonical = draft.entry = "pooled-budget"
            return draft
    if words[-2:] in (["risk", "share"], ["risk", "sharing"], ["gain", "share"]):
        return draft
    return None


def _initiative(tokens: Tokens, head: int) -> Draft | None:
    """Return a named programme that is said to fund: "funded by the Restart Programme"."""
    if not tokens.capitalised(head):
        return None
    draft = _phrase(tokens, head, "fund", "initiative-head")
    before = draft.first - 1
    if tokens.low[before : before + 1] == ["the"]:
        before -= 1
    funded = before > 0 and tokens.low[before] in _WAYS and tokens.low[before - 1] in _FUNDED
    draft.named = draft.first < head and proper(tokens, draft.first, head)
    return draft if funded and draft.named else None


_RULES: dict[str, Callable[[Tokens, int], Draft | None]] = {
    "fund": _fund,
    "chest": _chest,
    "budget": _budget,
    "grant": _grant,
    "funding": _funding,
    "money": _money,
    "investment": _investment,
    "plain": _plain,
    "reserves": _reserves,
    "increase": _increase,
    "allocation": _allocation,
    "payment": _payment,
    "contribution": _contribution,
    "contract": _contract,
    "purchase": _purchase,
    "risk": _risk,
    "aid": _aid,
    "agreement": _agreement,
    "initiative": _initiative,
}

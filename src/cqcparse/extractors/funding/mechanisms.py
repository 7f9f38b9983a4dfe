"""Finds statutory sections and pooled money, in any spelling."""

from __future__ import annotations

from cqcparse.extractors.funding import heads
from cqcparse.extractors.funding.drafts import Draft
from cqcparse.extractors.funding.edges import first_word, narrows
from cqcparse.grammar import Tokens

_HEADS = heads.around("section_heads")
#: Words that may stand between the section and its head.
_BETWEEN = heads.around("section_links")
#: Words that make a sentence with "section 117" one about who pays.
_PAYING = heads.around("paying")
_AGREEMENTS = _HEADS - {"contract", "contracts"}
_POOL = frozenset(("pool", "pooled", "pooling", "pools"))
_POSSESSIVE = frozenset(["their", "its", "our", "the", "these", "those", "both", "of"])
_AUXILIARIES = frozenset(["X", "K"])


def find_mechanism(tokens: Tokens, index: int) -> Draft | None:
    """Return the statutory or pooled arrangement that begins at *index*, or None."""
    low = tokens.low[index]
    if low[0] == "s":
        return _section(tokens, index)
    if low in _POOL:
        return _pooling(tokens, index)
    if low in heads.POOLABLE:
        return _pooled_later(tokens, index)
    return None


def about_paying(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the sentence around a phrase is about who pays.

    Args:
        tokens: A paragraph.
        first: Index of the first word of the phrase.
        last: Index of the last word of the phrase.
    """
    low, tags = tokens.low, tokens.tags
    for step in (-1, 1):
        place = first if step < 0 else last
        for _ in range(40):
            place += step
            if not 0 <= place < len(low) or (tags[place] == "." and low[place] in ".;?!"):
                break
            if low[place] in _PAYING:
                return True
    return False


def _section(tokens: Tokens, index: int) -> Draft | None:
    found = _number(tokens, index)
    if found is None:
        return None
    number, last = found
    end = last
    following = last + 1
    while following < len(tokens) and following <= last + 4:
        word = tokens.low[following]
        if word.removesuffix("'s") in _HEADS:
            end = following
        elif word not in _BETWEEN:
            break
        following += 1
    if number == "117" and not (end > last or about_paying(tokens, index, end)):
        return None
    if number == "106" and end == last:
        return None
    first = index
    while first > 0 and narrows(tokens, first - 1):
        first -= 1
    canonical = f"section-{number}"
    return Draft(
        first=first,
        last=end,
        type="mechanism",
        rule="section",
        entry=canonical,
        canonical=canonical,
        cut=len("'s") if tokens.low[end].endswith("'s") else 0,
    )


def _number(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """Return the section named at *index*, and the index of the last token of its name."""
    low = tokens.low
    glued = heads.GLUED_SECTIONS.get(low[index])
    if glued is not None:
        return glued, index
    if low[index] not in heads.SECTION_WORDS:
        return None
    place = index + 1
    if place < len(low) and low[place] == ".":
        place += 1
    if place >= len(low):
        return None
    number, _, other = low[place].replace("/", "-").partition("-")
    if number not in heads.SECTIONS or (other and not other.lstrip("s").isdigit()):
        return None
    return number, place


def _pooling(tokens: Tokens, index: int) -> Draft | None:
    """Return "pool budgets", "pooled their resources", "pooling arrangements", or None."""
    low = tokens.low
    place = index + 1
    if low[index] in ("pooled", "pooling") and low[place : place + 1] not in (["of"], ["their"]):
        draft = _pooled_noun(tokens, index)
        if draft is not None:
            return draft
    while place < len(low) and place < index + 4 and low[place] in _POSSESSIVE:
        place += 1
    while place < len(low) and place < index + 6 and low[place] not in heads.POOLABLE:
        if tokens.tags[place] not in "NW":
            return None
        place += 1
    if place >= len(low) or low[place] not in heads.POOLABLE:
        return None
    return _pooled(index, place)


def _pooled_noun(tokens: Tokens, index: int) -> Draft | None:
    """Return the phrase in which "pooled" or "pooling" at *index* modifies a head."""
    low = tokens.low
    last = None
    for place in range(index + 1, min(index + 5, len(low))):
        if low[place] in heads.POOLABLE or low[place] in _AGREEMENTS:
            last = place
        elif tokens.tags[place] not in "NW":
            break
    if last is None:
        return None
    verb = low[index] == "pooling" and low[last] in heads.POOLABLE
    return _pooled(index if verb else first_word(tokens, last), last)


def _pooled_later(tokens: Tokens, index: int) -> Draft | None:
    """Return "budgets were pooled", or None."""
    place = index + 1
    while place < len(tokens) and place < index + 5 and tokens.tags[place] in _AUXILIARIES:
        place += 1
    if place == index + 1 or place >= len(tokens) or tokens.low[place] != "pooled":
        return None
    if any(word in ("not", "never") for word in tokens.low[index:place]):
        return None
    return _pooled(index, place)


def _pooled(first: int, last: int) -> Draft:
    return Draft(
        first=first,
        last=last,
        type="mechanism",
        rule="pooling",
        entry="pooled-budget",
        canonical="pooled-budget",
    )

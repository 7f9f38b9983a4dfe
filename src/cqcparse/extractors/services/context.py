"""Context: what stands around a phrase and makes it a service, or something else."""

from __future__ import annotations

from collections.abc import Callable

from cqcparse.extractors.services.terms import Term
from cqcparse.extractors.services.vocabulary import tables, words
from cqcparse.grammar import Tokens

_NOMINAL = frozenset("NW")
_LOOK = 4
_BY = frozenset(("by", "with"))
#: Care that the law owes to people, and that a plan for it names: "section 117 aftercare plans".
_OWED = frozenset(("section-117-aftercare",))
#: Kinds of care that companies and charities carry in their names: "Selwood Advocacy".
_TRADES = frozenset(("advocacy", "home-care", "befriending", "supported-living"))


def delivered(tokens: Tokens, term: Term, first: int) -> bool:
    """Return whether a term that stands alone is a service where it stands.

    Args:
        tokens: The paragraph.
        term: The term; it ends the phrase.
        first: First word of the phrase.
    """
    if is_body(tokens, first, term):
        return False
    if term.entry.id not in _OWED and _narrows_something_else(tokens, term.last):
        return False
    test = _TESTS.get(term.entry.id)
    return test is None or test(tokens, first, term.last)


def is_body(tokens: Tokens, first: int, term: Term) -> bool:
    """Return whether a term written as a name is an organisation: it speaks, or acts."""
    if not tokens.capitalised(term.last):
        return False
    if tokens.capitalised(first) and first == term.first:
        return first == term.last and _word(tokens, first - 1) == "by"
    if term.entry.id in _TRADES and _is_named_after(tokens, first, term):
        return True
    return _word(tokens, first - 1) in _BY or speaks(tokens, term.last)


def _is_named_after(tokens: Tokens, first: int, term: Term) -> bool:
    """Return whether a proper name stands in front of a term that has a capital itself."""
    front = range(first, term.first)
    return tokens.capitalised(term.first) and any(
        tokens.capitalised(index) and tokens.low[index] not in words("narrowing") for index in front
    )


def speaks(tokens: Tokens, last: int) -> bool:
    """Return whether what ends at *last* says or thinks something, as an organisation does."""
    return _word(tokens, last + 1) in words("saying")


def within(tokens: Tokens, first: int) -> bool:
    """Return whether the phrase from *first* on says where somebody works: "staff in the ..."."""
    before = first - 1
    if _tag(tokens, before) == "D":
        before -= 1
    return _word(tokens, before) in ("in", "from", "at", "of", "across", "within")


def part_of_body(tokens: Tokens, last: int) -> bool:
    """Return whether a phrase that ends at *last* narrows a board, a plan or a body."""
    after = last + 1
    if after >= len(tokens) or not _drops(tokens, after):
        return False
    return tokens.tags[after] in _NOMINAL or tokens.capitalised(after)


def _narrows_something_else(tokens: Tokens, last: int) -> bool:
    """Return whether the nouns behind *last* end in something that is no service."""
    index = last + 1
    stop = min(index + _LOOK, len(tokens))
    if index < stop and tokens.tags[index] == "C":
        return _joined_to_body(tokens, index + 1) or _joined_in_title(tokens, index)
    while index < stop and tokens.tags[index] in _NOMINAL:
        if tokens.low[index] in ("provider", "providers", "staff", "team", "teams"):
            return False
        if _drops(tokens, index):
            return True
        index += 1
    return False


def _joined_to_body(tokens: Tokens, index: int) -> bool:
    """Return whether the conjunct at *index* lends its head: "advocacy and local groups"."""
    last = index
    while last < len(tokens) and tokens.tags[last] in _NOMINAL and last - index < _LOOK:
        last += 1
    return last > index + 1 and tokens.low[last - 1] in words("bodies")


def _joined_in_title(tokens: Tokens, link: int) -> bool:
    """Return whether "and" stands inside a title: "Prevention and Early Help Strategy"."""
    last = link
    while last + 1 < len(tokens) and tokens.capitalised(last + 1) and last - link < _LOOK:
        last += 1
    return last > link and tokens.capitalised(link - 1) and _drops(tokens, last)


def _drops(tokens: Tokens, index: int) -> bool:
    return tokens.low[index] in tables().drop


def _word(tokens: Tokens, index: int) -> str:
    return tokens.low[index] if 0 <= index < len(tokens) else ""


def _tag(tokens: Tokens, index: int) -> str:
    return tokens.tags[index] if 0 <= index < len(tokens) else "."


def _discharge(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether bare "discharge" is what somebody manages, or how it is run follows."""
    if first < last:
        return False
    if _word(tokens, last + 1) in words("running"):
        return True
    before = first - 1
    if _word(tokens, before) in ("safe", "timely", "effective", "earlier", "early"):
        before -= 1
    managed = _word(tokens, before) in words("managing")
    return managed and _tag(tokens, last + 1) != "N" and _word(tokens, last + 1) != "from"


def _transitions(tokens: Tokens, _first: int, last: int) -> bool:
    """Return whether "transitions" is the work with young people, not any move."""
    if _word(tokens, last + 1) == "to":
        return _word(tokens, last + 2) in ("adulthood", "adult")
    return _word(tokens, last + 1) not in ("between", "in", "of", "across", "into", "to", "through")


def _prevention(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether "prevention" is a kind of service, not an act or a part of a name."""
    if first < last:
        return tokens.low[last - 1] in tables().saying["prevention"]
    if _tag(tokens, first - 1) == "N":
        return False
    after = _word(tokens, last + 1)
    if after in ("offer", "initiatives", "activity", "activities"):
        return True
    return after not in ("of", "control") and _tag(tokens, last + 1) not in _NOMINAL


def _bridging(tokens: Tokens, _first: int, last: int) -> bool:
    """Return whether "bridging" is care between two places, not what closes a gap."""
    return _word(tokens, last + 1) not in words("gaps")


def _equipment(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether "equipment" is given to people, not used, bought or protective."""
    before = _word(tokens, first - 1)
    return first == last and before in words("supply")


def _care_homes(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether care homes are places to live, not partners who act or are worked with."""
    before = _word(tokens, first - 1)
    if before == "local":
        before = _word(tokens, first - 2)
    after = _word(tokens, last + 1)
    if before in ("with", "by") or _joined_to_providers(tokens, last + 1):
        return False
    return after not in words("saying")


def _joined_to_providers(tokens: Tokens, link: int) -> bool:
    """Return whether "and home care providers" follows: then both are those who run them."""
    if _tag(tokens, link) != "C":
        return False
    behind = tokens.low[link + 1 : link + _LOOK]
    return "providers" in behind and "." not in behind and "," not in behind


def _pathway(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether one numbered pathway out of hospital is named, not a range of them."""
    return tokens.capitalised(first) and _word(tokens, last + 1) not in ("to", "and", "or")


_TESTS: dict[str, Callable[[Tokens, int, int], bool]] = {
    "discharge": _discharge,
    "discharge-pathway": _pathway,
    "transitions": _transitions,
    "prevention": _prevention,
    "bridging": _bridging,
    "equipment": _equipment,
    "care-homes": _care_homes,
}

"""The words that the rules turn on, as they stand in ``words.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    (files(__package__) / "words.toml").read_text(encoding="utf-8")
)


def around(name: str) -> frozenset[str]:
    """Return a list of words that decide by standing around a head.

    Args:
        name: Its key in the table ``around``.
    """
    return frozenset(_TABLES["around"][name].split())


#: Rule by head noun; see :mod:`cqcparse.extractors.funding.nouns`.
HEADS: dict[str, str] = {
    word: rule for rule, words in _TABLES["heads"].items() for word in words.split()
}
#: Words behind a head that make one phrase with it, by head.
TAILS: dict[str, frozenset[str]] = {
    head: frozenset(words.split()) for head, words in _TABLES["tails"].items()
}
NAME_TAILS = around("name_tails")
LOOSE = around("loose")
NARROWING = around("narrowing")
SHARING = around("sharing")
SHARED_BUDGETS = around("shared_budgets")
BUDGET_PEOPLE = around("budget_people")
OWN_MONEY = around("own_money")
NO_MONEY = around("no_money")
RISING = around("rising")
RELATING = around("relating")
LASTING = around("lasting")
ARRANGING = around("arranging")
FINANCIAL = around("financial")
BARE_PAYMENTS = around("bare_payments")
CONTRACT_FORMS = around("contract_forms")
TERM_UNITS = around("term_units")
#: Words that size a budget and do not name it.
SIZED = around("sized")
GIVERS = around("givers")
GIVING = around("giving")
POOLABLE = around("poolable")
#: Sections of Acts that move money: 75, 76 and 256 of the National Health Service Act 2006, 117 of
#: the Mental Health Act 1983, 106 of the Town and Country Planning Act 1990.
SECTIONS = frozenset(("75", "76", "256", "117", "106"))
#: Words in front of the number of a section.
SECTION_WORDS = frozenset(("section", "sections", "s", "ss", "sec"))
#: Sections printed as one word, by their first number: "s75", "section-117", "s75/s256".
GLUED_SECTIONS: dict[str, str] = {
    f"{word}{number}{rest}": number
    for number in SECTIONS
    for word in ("s", "section-", "s-")
    for rest in ("", *(f"/{sign}{other}" for other in SECTIONS for sign in ("", "s")))
}
#: Type by a head with a possessive ending: "the fund's criteria".
OWNED: dict[str, str] = {"fund's": "fund", "grant's": "grant", "budget's": "stream"}
#: Words with which a mechanism or another head may begin.
OPENING = frozenset(
    {
        *HEADS,
        *OWNED,
        *POOLABLE,
        *SECTION_WORDS,
        *GLUED_SECTIONS,
        "pool",
        "pools",
        "pooled",
        "pooling",
    }
)
#: What is bought by block or spot, without the word contract.
PURCHASES = frozenset(("block", "spot"))
#: Words that hand over the power to spend: "delegated commissioning arrangements".
DELEGATING = frozenset(("delegated", "lead", "devolved"))
#: Groups of people whose payments have a name of their own.
OWNERS = frozenset(("carer's", "carers'", "carers"))
#: Words that go on with a sum of money.
SCALES = frozenset(("thousand", "million", "billion"))
#: Seasons for which extra money comes.
SEASONS = frozenset(("winter", "summer"))
#: Type of an agreement by the word in front that says what it is about.
AGREEMENTS: dict[str, str] = {
    "risk-share": "mechanism",
    "risk-sharing": "mechanism",
    "gain-share": "mechanism",
    "cost-share": "mechanism",
    "cost-sharing": "mechanism",
    "pooling": "mechanism",
    "pooled": "mechanism",
    "delegated": "mechanism",
    "delegation": "mechanism",
    "funding": "stream",
    "grant": "stream",
    "budget": "stream",
    "payment": "stream",
    "framework": "contract",
}

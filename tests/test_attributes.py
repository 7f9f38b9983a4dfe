"""Attributes of services: each way to say one crossed with services, as marked-up text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cqcparse
from cqcparse.extractors.services import ServiceExtractor

SERVICES = ("crisis house", "carers' helpline", "reablement service")
MARK = re.compile(r"\{([^|]+)\|[a-z]+\}")
PARSER = cqcparse.Parser(extractors=[ServiceExtractor()])


def templates() -> Iterator[tuple[str, str]]:
    """Yield the lines of the file with the attribute of the heading above them."""
    attribute = ""
    lines = Path(__file__).with_name("sentences").joinpath("attributes.txt").read_text("utf-8")
    for line in lines.splitlines():
        if line[0] != "#":
            yield attribute, line
        elif len(line.split()) == 2:
            attribute = line.split()[1]


def said(service: cqcparse.Service, attribute: str) -> str | None:
    """Return an attribute as it is printed."""
    value = getattr(service, attribute)
    return value if isinstance(value, str | None) else str(value.text)


@pytest.mark.parametrize(("attribute", "template"), [*templates()])
def test_reads_what_is_said_of_every_service(attribute: str, template: str) -> None:
    """A construction gives its value, or none, whatever service it speaks of."""
    marked, _, status = template.partition(" => ")
    values = MARK.findall(marked) or [status or None]
    for name in SERVICES:
        text = MARK.sub(r"\1", marked).replace("[X]", name)
        found = [one for one in PARSER.parse(text).services if one.text == name]
        assert [said(one, attribute) for one in found] == values, text


@pytest.mark.parametrize("number", ["12", "six"])
def test_reads_the_size_in_front_of_a_service(number: str) -> None:
    """A length in front is the capacity, and so are beds that are counted, name and all."""
    for text, size in (
        (f"It paid for a {number}-bed crisis unit.", f"{number}-bed"),
        (
            f"One of {number} discharge to assess beds was free.",
            f"{number} discharge to assess beds",
        ),
    ):
        (found,) = PARSER.parse(text).services
        assert said(found, "capacity") == size


GIVING = ("gave", "awarded", "allocated", "granted", "offered", "provided")
GETTING = ("received", "secured", "won", "obtained", "attracted")
#: What is said of a grant: the verb {v}, its participle {p}.
GIVEN = (
    "The ICB {v} a £9,000 grant to Halcyon.",
    "A £9,000 grant was {p} to Halcyon by the ICB.",
    "Halcyon was {p} a £9,000 grant by the ICB.",
    "Halcyon, which was {p} a £9,000 grant by the ICB, was busy.",
    "A £9,000 grant that the ICB {v} to Halcyon had ended.",
    "A £9,000 grant, {p} to Halcyon by the ICB, had ended.",
)
GOT = (
    "Halcyon {v} a £9,000 grant from the ICB.",
    "Halcyon, which {v} a £9,000 grant from the ICB, was busy.",
    "Halcyon told us it had {v} a £9,000 grant from the ICB.",
)


@pytest.mark.parametrize(
    ("form", "verb"), [*itertools.product(GIVEN, GIVING), *itertools.product(GOT, GETTING)]
)
def test_knows_who_gave_whom_how_much(form: str, verb: str) -> None:
    """Every verb of giving and getting says so in every form."""
    text = form.format(v=verb, p="given" if verb == "gave" else verb)
    grant = next(one for one in cqcparse.parse(text).funding if one.text == "£9,000 grant")
    values = [value and value.text for value in (grant.funder, grant.recipient, grant.amount)]
    assert values == ["ICB", "Halcyon", "£9,000"]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Mind Wye told us it had been funded for 4 months.", "funded", {"recipient": "Mind Wye", "period": "4 months"}),
        ("Leaders told us they had received £9,000.", "received", {"amount": "£9,000"}),
        ("Halcyon had a 3-year contract with the council.", "3-year contract", {"funder": "council", "recipient": "Halcyon", "period": "3-year"}),
        ("The council had a 3-year contract with Halcyon.", "3-year contract", {"recipient": "Halcyon", "period": "3-year"}),
        ("The Wye Fund, a 3-year budget of £9,000 for clubs, was new.", "Wye Fund", {"amount": "£9,000", "period": "3-year", "purpose": "clubs"}),
        ("The money had been promised for 12 months.", "money", {"period": "12 months"}),
        ("The ICB paid Halcyon £9,000 to work through the list.", "paid", {"funder": "ICB", "recipient": "Halcyon", "amount": "£9,000", "purpose": "work through the list"}),
        ("Halcyon received £9,000 to open two hubs by 2026.", "received", {"recipient": "Halcyon", "amount": "£9,000", "purpose": "open two hubs by 2026"}),
        ("The Better Care Fund funded reablement.", "funded", {"funder": "Better Care Fund", "recipient": "reablement"}),
        ("The ICB's £9,000 grant to Halcyon had ended.", "£9,000 grant", {"funder": "ICB", "recipient": "Halcyon", "amount": "£9,000"}),
        ("Its grant had been increased to £9,000 in 2024.", "grant", {"amount": "£9,000", "period": "in 2024"}),
        ("The ICB had cut its grant to Halcyon by £9,000.", "grant", {"funder": "ICB", "recipient": "Halcyon", "amount": "£9,000"}),
        ("Grants of up to £500 were available to groups.", "Grants", {"recipient": "groups", "amount": "£500"}),
        ("A club, funded by Mind from a budget of £9,000, met.", "budget", {"amount": "£9,000", "recipient": "club", "funder": "Mind"}),
        ("The council spent its grant on day care.", "spent", {"funder": "council", "purpose": "day care"}),
        ("To protect prevention, the council had given £9,000 to Mind.", "given", {"funder": "council", "recipient": "Mind", "amount": "£9,000", "purpose": "protect prevention"}),
        ("It invested £9,000 in classes for people with long-term conditions.", "invested", {"amount": "£9,000", "recipient": "classes"}),
        ("The Better Care Fund met most of the cost, at £3m, and the Wye Fund added £9,000.", "Better Care Fund", {"amount": "£3m"}),
        ("The Better Care Fund for 2024/25 came to £19m.", "Better Care Fund", {"amount": "£19m", "period": "2024/25"}),
        ("There was a pooled budget, which came to £19m.", "pooled budget", {"amount": "£19m"}),
        ("Three charities shared a £9,000 grant from the council for outreach to Roma families.", "£9,000 grant", {"amount": "£9,000", "funder": "council", "recipient": "Three charities", "purpose": "outreach to Roma families"}),
        ("The council paid for a nurse and a housing worker to visit people.", "paid", {"funder": "council", "recipient": "nurse and a housing worker", "purpose": "visit people"}),
        ("Mind had worked with 22 clubs on a quality mark, which was funded by a grant.", "grant", {"recipient": "quality mark"}),
        ("The independent chair was paid for by the ICB.", "paid", {"funder": "ICB", "recipient": "independent chair"}),
        ("Carers could apply for a payment of £300 towards a break.", "payment", {"amount": "£300", "recipient": "Carers", "purpose": "break"}),
        ("There was a fund, called Fresh Start, of £9,000 a year.", "fund", {"amount": "£9,000", "period": "a year"}),
        ("The reserve, which was spent on flats, came to £2m.", "reserve", {"amount": "£2m", "purpose": "flats"}),
        ("A new policy for grants let staff approve works of up to £8,000.", "grants", {}),
        ("It ran a direct payment support service at a cost of £9,000.", "direct payment", {}),
        ("The grant of £9,000 had stood still since 2019.", "grant", {"amount": "£9,000", "period": "since 2019"}),
        ("They relied on grants which had not risen in 8 years.", "grants", {"period": "8 years"}),
        ("The grant ran out in June 2024.", "grant", {}),
        ("The Wye Fund met half, and the Well Fund added £9,000 for beds over the winter.", "Well Fund", {"amount": "£9,000", "period": "winter", "purpose": "beds"}),
        ("A grant of £9,000 a year, given by the ICB, paid for two groups.", "paid", {"amount": "£9,000", "period": "a year", "funder": "grant", "recipient": "two groups", "purpose": "two groups"}),
        ("The ICB gave £9,000 to Mind, a charity, to run a club.", "gave", {"amount": "£9,000", "funder": "ICB", "recipient": "Mind", "purpose": "run a club"}),
        ("Funded by the Better Care Fund, the club had 12 workers.", "Better Care Fund", {"recipient": "club"}),
        ("Its funding had been cut by £9,000 by the ICB.", "funding", {"amount": "£9,000", "funder": "ICB"}),
        ("The ICB funded half of the team and the council the rest.", "funded", {"funder": "ICB", "recipient": "half of the team"}),
        ("Funding from the ICB supported a nurse for carers.", "Funding", {"funder": "ICB", "recipient": "nurse"}),
        ("The fund gave grants, usually of £200 to £400, for breaks.", "grants", {"amount": "£200 to £400", "funder": "fund", "purpose": "breaks"}),
        ("Beds were bought on block contracts from 4 homes.", "block contracts", {"recipient": "4 homes"}),
        ("The council paid staff £18 an hour for their time.", "paid", {"amount": "£18", "funder": "council", "recipient": "staff", "purpose": "time"}),
        ("It was paying an agency, Wye Care, £9,000 to clear the backlog.", "paying", {"amount": "£9,000", "recipient": "Wye Care", "purpose": "clear the backlog"}),
        ("The ICB gave a grant of £9,000 towards building costs.", "grant", {"amount": "£9,000", "funder": "ICB", "purpose": "building costs"}),
        ("The ICB gave £9,000 towards a hub.", "gave", {"amount": "£9,000", "funder": "ICB", "recipient": "hub"}),
        ("The ICB topped up the grant by £9,000.", "grant", {"amount": "£9,000", "funder": "ICB"}),
        ("£9,000 came from the Wye Fund, £5,000 from the Well Fund and the rest from the ICB.", "Wye Fund", {"amount": "£9,000"}),
        ("£9,000 of the fund paid for beds and a further £5,000 for a hub.", "paid", {"amount": "£9,000", "funder": "fund", "recipient": "beds", "purpose": "beds"}),
        ("The fund paid for 40 boilers to be fitted and for warm packs.", "fund", {"recipient": "40 boilers", "purpose": "40 boilers to be fitted and for warm packs"}),
        ("The fund had £9,000 for 2 years from April 2025.", "fund", {"amount": "£9,000", "period": "2 years from April 2025"}),
        ("The fund stood at £9m in 2024/25, of which the ICB gave £5m.", "gave", {"amount": "£5m", "period": "2024/25", "funder": "ICB"}),
        ("The grant for 2024/25 was £9m, all of which was spent on beds.", "grant", {"amount": "£9m", "period": "2024/25", "purpose": "beds"}),
        ("The fund gave 4 groups £9,000 a year for up to 4 years.", "gave", {"amount": "£9,000", "period": "4 years", "funder": "fund", "recipient": "4 groups"}),
        ("The council paid £9,000 a week for it.", "paid", {"amount": "£9,000", "funder": "council"}),
        ("The trust's gift of £9,000 had helped.", "gift", {"amount": "£9,000", "funder": "trust"}),
        ("The ICB knew what its contribution had bought.", "contribution", {"funder": "ICB"}),
        ("The grant was cut from £9,000 to £5,000.", "grant", {"amount": "£5,000"}),
        ("The Wye Fund, set up with £9,000 from the ICB and £5,000 from Mind, was new.", "Wye Fund", {"amount": "£9,000"}),
        ("It gave grants to 38 groups, most of them for lunch clubs.", "grants", {"recipient": "38 groups", "purpose": "lunch clubs"}),
        ("Places were funded for 31 people at an average of £900.", "funded", {"amount": "£900", "recipient": "Places", "purpose": "31 people"}),
        ("Homes with fewer than 12 beds were paid a supplement of £30.", "paid", {"amount": "£30", "recipient": "Homes"}),
        ("The team had cost £9,000 a year, of which the ICB paid half.", "paid", {"funder": "ICB", "recipient": "team"}),
        ("The council had bought in 2 therapists on 12-month contracts.", "12-month contracts", {"period": "12-month", "recipient": "2 therapists"}),
        ("The money had enabled the club to hire a cook.", "money", {"recipient": "club", "purpose": "hire a cook"}),
        ("The club had been made possible by a donation of £9,000.", "donation", {"amount": "£9,000", "recipient": "club"}),
        ("Half of the money went on salaries and the rest on premises.", "money", {"purpose": "salaries"}),
        ("There was £9,000 a year of public health money.", "public health money", {"amount": "£9,000", "period": "a year", "funder": "public health"}),
        ("A nurse was also part of it, paid for 18 months by the ICB.", "paid", {"period": "18 months", "funder": "ICB"}),
        ("Funding for the pilot, which had come from the ICB, ended.", "Funding", {"funder": "ICB", "purpose": "pilot"}),
        ("The pilot was extended to March with £9,000 from the Wye Fund.", "Wye Fund", {"amount": "£9,000", "period": "to March", "recipient": "pilot"}),
        ("Mind said it had been promised £9,000 but had received £7,000.", "received", {"amount": "£7,000", "recipient": "Mind"}),
        ("The grant, of £9,000, was shared out among 23 providers.", "grant", {"amount": "£9,000", "recipient": "23 providers"}),
        ("The club, funded until now by the ICB, had closed.", "funded", {"funder": "ICB", "recipient": "club"}),
        ("A sum of £9,000 had been put aside for a nurse.", "sum", {"amount": "£9,000", "purpose": "nurse"}),
        ("A man of 81 said the £150 he was given had helped.", "given", {"amount": "£150", "recipient": "man of 81"}),
        ("Through the Wye Fund, which was worth £9,000 and was made up of gifts, 6 clubs had been given grants.", "Wye Fund", {"amount": "£9,000", "recipient": "6 clubs"}),
        ("Carers' breaks (£9,000 a year) were funded by the ICB.", "funded", {"amount": "£9,000", "period": "a year", "funder": "ICB", "recipient": "Carers' breaks"}),
        ("Although the ICB paid for the room, Mind paid its own nurses.", "paid", {"funder": "ICB", "recipient": "room"}),
        ("At the time of our visit 410 people received a grant.", "received", {"recipient": "410 people"}),
        ("Care was bought from 7 homes, and from 31 agencies by spot purchase.", "spot purchase", {"recipient": "31 agencies"}),
        ("The council had paid £9,000 towards electric cars.", "paid", {"amount": "£9,000", "funder": "council", "recipient": "electric cars"}),
        ("The council removed the grant at 3 weeks' notice.", "grant", {"funder": "council"}),
        ("The contract, for 4 years and £9m, was new.", "contract", {"amount": "£9m", "period": "4 years"}),
        ("The chair was paid for equally by the council, Kent Police and the ICB.", "paid", {"funder": "council, Kent Police and the ICB", "recipient": "chair"}),
        ("The council, Kent Police and the ICB funded the chair.", "funded", {"funder": "council, Kent Police and the ICB", "recipient": "chair"}),
        ("In the north of the city, Public Health and the Integrated Care Board funded 6 posts.", "funded", {"funder": "Public Health and the Integrated Care Board", "recipient": "6 posts"}),
        ("Reviews had been delegated to Mind under a 3-year contract.", "3-year contract", {"period": "3-year", "recipient": "Mind"}),
        ("Bridging was done by two agencies on spot contracts.", "spot contracts", {"recipient": "two agencies"}),
        ("The council had taken on Mind under a 2-year contract.", "2-year contract", {"period": "2-year", "recipient": "Mind"}),
        ("Mind ran the house under a 2-year contract.", "2-year contract", {"period": "2-year", "recipient": "Mind"}),
        ("The Better Care Fund, worth £9,000 in 2023/24, was spent on beds.", "spent", {"amount": "£9,000", "period": "2023/24", "purpose": "beds"}),
        ("Mind was paid £9,000 a year, half of it from the Better Care Fund.", "Better Care Fund", {"period": "a year", "recipient": "Mind"}),
    ],
)  # fmt: skip
def test_reads_what_is_said_of_money(text: str, phrase: str, expected: dict[str, str]) -> None:
    """Promises, contracts with a giver, a name with its sum, and days by which it is done."""
    money = next(one for one in cqcparse.parse(text).funding if one.text == phrase)
    names = ("amount", "period", "funder", "recipient", "purpose")
    assert {name: value.text for name in names if (value := getattr(money, name))} == expected

"""The extractor of funding, on sentences marked up as ``[mention|type]``."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse.extractors.funding import FundingExtractor
from cqcparse.grammar import rule_failures

MARK = re.compile(r"\[([^\]|]+)\|([a-z]+)\]")
PARSER = cqcparse.Parser(extractors=[FundingExtractor()])
HEADING = "Key findings for this quality statement"

SENTENCES = """
The ICB had [provided|event] £2.1m of [winter pressures funding|stream] in 2023/24 to open 20 discharge beds in Leeds.
Bradford Community Trust told us their [funding|stream] had been cut by a third since 2019.
Providers were [paid|event] the Real Living Wage and told us fees had kept pace with inflation.
The council had set up a [£3m Innovation Fund|fund] and had [awarded|event] [grants|grant] of up to £10,000 to 22 small charities.
The Safeguarding Adults Board (SAB) was [funded|event] by the local authority, Kent Police and the ICB.
People told us they did not understand how much they would have to [pay|event] for their care.
Leaders were seeking to [secure|event] [money|stream] from the Police and Crime Commissioner for the hoarding panel.
A [joint section 75 agreement|mechanism] and a [s.256 arrangement|mechanism] governed the [pooled budget|mechanism] for equipment.
[Budgets were pooled|mechanism] with Tees, Esk and Wear Valleys NHS Foundation Trust.
The local authority had [spent|event] 98% of its [Disabled Facilities Grant (DFG) allocation|grant].
Staff could approve [direct payments|mechanism] up to £500 a week, and 412 people [received|event] a [direct payment|mechanism].
Carers could apply for a [one-off payment|stream] of £250 from the [Carers Wellbeing Fund|fund]. The [fund|fund] was oversubscribed.
The [Safe and Well Grant Programme|grant] [gave|event] £5,000 each to 12 groups over 2 years.
Home care was bought through a [5-year framework contract|contract] and [3 block contracts|contract], and [spot purchasing|contract] had fallen.
The local authority [invested|event] in its workforce and had [invested|event] £400,000 in a new case management system.
Senior leaders had found [ring-fenced money|stream] for prevention, and the programme was [funded|event] from [reserves|stream].
We saw that public health [funded|event] a stop smoking service in Walsall.
Disputes about [section 117 funding|mechanism] had delayed discharges from hospital.
Staff told us that [s117|mechanism] costs were shared case by case.
The local authority had used its [Market Sustainability and Improvement Fund allocation|fund] to raise fees.
It had been [awarded|event] a [3-year contract|contract] worth £1.1m to deliver advocacy.
The voluntary sector said [short-term funding|stream] made it hard to plan and that [grants|grant] were [issued|event] late.
[Money|stream] from the [Accelerating Reform Fund|fund] was being used to develop Shared Lives.
Commissioners had [removed|event] [funding|stream] from the drop-in centre.
People were asked to [pay|event] a top-up fee when their [personal budget|mechanism] was too low.
The [funding decisions|stream] of the panel were slow, and [health funding|stream] was hard to obtain.
There was a lack of [investment|stream] in extra care housing in Wigan.
The ICB [funds|event] 3 social workers in the hospital team.
Practitioners did not know who should [fund|event] it.
The carers' service, [funded|event] through the [Better Care Fund|fund] and run by Carers First, had grown.
It was not clear how the £5.6 million from the [Disabled Facilities Grant|grant] had been [spent|event].
Hospices were grant [funded|event] by the ICB until 2026.
More people were fully [funding|event] their own care.
The Integrated Care Board and local authority jointly [funded|event] a Head of Integrated Commissioning post.
There were disagreements about [NHS Continuing Healthcare (CHC)|mechanism], and few staff were trained in [CHC|mechanism].
The chief executive described a [delegated budget|mechanism] and [lead commissioning arrangements|mechanism] in Gateshead.
The [adult social care precept|stream] had been raised by 2%.
People used a [personal health budget (PHB)|mechanism], although only [31 PHBs|mechanism] were in place.
[Capital and revenue funding|stream] had been agreed for the learning academy.
The trust and the council used [pooled resources|mechanism] and were [pooling funding|mechanism] for equipment.
Learning from safeguarding reviews was supported by [training bursaries|stream] and a [practice improvement grant|grant].
Domestic abuse workers were [paid|event] for by the Home Office, and the [Safer Streets Fund|fund] had ended.
A [deferred payment|mechanism] was offered to people who owned their home.
The [risk-share agreement|mechanism] with neighbouring councils had lapsed.
A [Small Grants Programme|grant] and the [Mayor's Fund|fund] supported groups in Salford.
The [Community Chest|fund] had [awarded|event] £45,000 to faith groups since 2022.
There were plans to [invest|event] £15m in new supported living by 2027, [funded|event] through borrowing.
Some carers [received|event] [payments|stream] of £200, which made a difference.
The team had [limited funding|stream], which limited training too.
""".strip().splitlines()

NOT_FUNDING = """
The hub's future was secure until 2026.
Staff spent a lot of time listening and paid close attention to people's wishes.
Unpaid carers were offered support, and paid carers were trained.
The trust provided a service, the council issued guidance and staff received supervision.
They secured housing for people leaving prison and gave people time to reflect.
The local authority invested time in building relationships with providers.
People subject to section 117 aftercare were reviewed each year.
Social workers were allocated cases and people were waiting for allocation.
Value for money was considered and resources were allocated on the basis of need.
The cost of care was high and the market was fragile.
Contracts were monitored and providers valued contract meetings.
The team was well resourced and morale was good.
Residents could get money advice at the library.
Staff agreed that the service level agreement and the information sharing agreement helped.
He was removed from the register and received a warning.
Grant Smith chaired the meeting of the Investment Zone, which the King's Fund attended.
People waited for allocation and their contributions to the discussion were valued.
""".strip().splitlines()


def findings(*paragraphs: str) -> tuple[cqcparse.Funding, ...]:
    """Return the mentions of funding in a report with these findings."""
    body = "\n\n".join(paragraphs)
    return PARSER.parse(f"Governance\n\nScore: 3\n\n{HEADING}\n\n{body}\n").funding


def only(text: str, quote: str) -> cqcparse.Funding:
    """Return the one mention of *text* that says *quote*."""
    (mention,) = [mention for mention in findings(text) if mention.text == quote]
    return mention


def attributes(mention: cqcparse.Funding) -> dict[str, str]:
    """Return the attributes that are set, as printed."""
    names = ("canonical", "amount", "period", "funder", "recipient", "purpose", "negation")
    values = {name: getattr(mention, name) for name in names}
    return {name: str(value) for name, value in values.items() if value is not None}


@pytest.mark.parametrize("marked", SENTENCES)
def test_mentions_and_types(marked: str) -> None:
    """Exactly the marked phrases are found, with their types."""
    found = findings(MARK.sub(r"\1", marked))
    assert [(m.text, m.type) for m in found] == MARK.findall(marked)


@pytest.mark.parametrize("sentence", NOT_FUNDING)
def test_what_is_not_funding(sentence: str) -> None:
    """Time, attention, services, cost and value are not money."""
    assert [mention.text for mention in findings(sentence)] == []


RELATIONS: list[tuple[str, str, dict[str, str]]] = [
    (
        "To support providers, the council had given a 7% uplift in 2023/24.",
        "given",
        {"period": "2023/24", "funder": "council", "purpose": "support providers"},
    ),
    (
        "The council had allocated additional funding of £4 million for 2025/26 to meet demand.",
        "additional funding",
        {
            "amount": "£4 million",
            "period": "2025/26",
            "funder": "council",
            "purpose": "meet demand",
        },
    ),
    (
        "The council had allocated additional funding of £4 million for 2025/26 to meet demand.",
        "allocated",
        {
            "amount": "£4 million",
            "period": "2025/26",
            "funder": "council",
            "purpose": "meet demand",
        },
    ),
    (
        "The trust received £118,000 from the Household Support Fund to trial a peer scheme.",
        "received",
        {
            "amount": "£118,000",
            "funder": "Household Support Fund",
            "recipient": "trust",
            "purpose": "trial a peer scheme",
        },
    ),
    (
        "The trust received £118,000 from the Household Support Fund to trial a peer scheme.",
        "Household Support Fund",
        {
            "canonical": "household-support-fund",
            "amount": "£118,000",
            "recipient": "trust",
            "purpose": "trial a peer scheme",
        },
    ),
    (
        "A joint prevention budget of £3.4m paid for exercise classes and a warm homes scheme.",
        "paid",
        {
            "amount": "£3.4m",
            "funder": "joint prevention budget",
            "recipient": "exercise classes and a warm homes scheme",
            "purpose": "exercise classes and a warm homes scheme",
        },
    ),
    (
        "A health navigator and two nurses were funded by the ICB until March 2025.",
        "funded",
        {
            "period": "until March 2025",
            "funder": "ICB",
            "recipient": "health navigator and two nurses",
        },
    ),
    (
        "Retention payments, which the council had paid to social workers and therapists, helped.",
        "paid",
        {"funder": "council", "recipient": "social workers and therapists"},
    ),
    (
        "The ICB told us it had given the hospice a 2-year grant of £80,000 for night sitting.",
        "2-year grant",
        {
            "amount": "£80,000",
            "period": "2-year",
            "funder": "ICB",
            "recipient": "hospice",
            "purpose": "night sitting",
        },
    ),
    (
        "The police had never funded the panel.",
        "funded",
        {"funder": "police", "recipient": "panel", "negation": "never"},
    ),
    (
        "The council had not received £2m from the Better Care Fund.",
        "Better Care Fund",
        {
            "canonical": "better-care-fund",
            "amount": "£2m",
            "recipient": "council",
            "negation": "not",
        },
    ),
    (
        "The council received no money from the Better Care Fund.",
        "Better Care Fund",
        {"canonical": "better-care-fund", "recipient": "council", "negation": "no"},
    ),
    (
        "The council cut the prevention grant from £900,000 to £650,000.",
        "prevention grant",
        {"amount": "£900,000", "funder": "council"},
    ),
    (
        "There was no dedicated funding for the hoarding panel and staff were frustrated.",
        "dedicated funding",
        {"purpose": "hoarding panel", "negation": "no"},
    ),
    (
        "The charity had not received an inflationary uplift.",
        "inflationary uplift",
        {"recipient": "charity", "negation": "not"},
    ),
    (
        "Government funding that had recently been secured by the council was not yet spent.",
        "secured",
        {"funder": "Government", "recipient": "council"},
    ),
    (
        "The council planned to use Better Care Fund money to buy beds, fund a nurse and develop training.",
        "Better Care Fund money",
        {"canonical": "better-care-fund", "purpose": "buy beds, fund a nurse and develop training"},
    ),
    (
        "The council planned to use Better Care Fund money to buy beds, fund a nurse and develop training.",
        "fund",
        {"funder": "Better Care Fund money", "recipient": "nurse"},
    ),
    (
        "Cornwall Carers received £95,000 in grant funding from the council to run a sitting service.",
        "grant funding",
        {
            "amount": "£95,000",
            "funder": "council",
            "recipient": "Cornwall Carers",
            "purpose": "run a sitting service",
        },
    ),
    (
        "In 2023/24 the council spent between £2 and £3 million on fee uplifts.",
        "spent",
        {
            "amount": "between £2 and £3 million",
            "period": "2023/24",
            "funder": "council",
            "purpose": "fee uplifts",
        },
    ),
    (
        "The council and the ICB had jointly funded 12 posts, which were filled quickly.",
        "funded",
        {"funder": "council and the ICB", "recipient": "12 posts"},
    ),
    (
        "The adult social care budget was £112.6m in 2024/25.",
        "adult social care budget",
        {"amount": "£112.6m", "period": "2024/25"},
    ),
    (
        "Leaders had agreed to fund 12 more social workers over the next 2 years.",
        "fund",
        {"period": "next 2 years", "funder": "Leaders", "recipient": "12 more social workers"},
    ),
    (
        "The hub had been set up with £150,000 from the Safer Homes Fund.",
        "Safer Homes Fund",
        {"canonical": "safer-homes-fund", "amount": "£150,000", "recipient": "hub"},
    ),
    (
        "Additional nurses had been recruited using one-off funding.",
        "one-off funding",
        {"recipient": "Additional nurses"},
    ),
    (
        "The fund supported 40 groups in 2023/24.",
        "fund",
        {"period": "2023/24", "recipient": "40 groups"},
    ),
    (
        "A £90,000 grant went to the carers' centre.",
        "£90,000 grant",
        {"amount": "£90,000", "recipient": "carers' centre"},
    ),
    (
        "Providers told us the uplift they received in April was too low.",
        "uplift",
        {"recipient": "Providers", "period": "in April"},
    ),
    (
        "In 2023/24 the council had removed its grant to the club after 19 years.",
        "removed",
        {"funder": "council", "recipient": "club", "period": "2023/24"},
    ),
    (
        "A grant of £9,000 from the Elm Foundation had been given to Halcyon to train staff.",
        "given",
        {
            "amount": "£9,000",
            "funder": "Elm Foundation",
            "recipient": "Halcyon",
            "purpose": "train staff",
        },
    ),
    (
        "Moor Trust gave out small grants, and £8,000 had so far been spent on clubs.",
        "small grants",
        {"funder": "Moor Trust"},
    ),
    (
        "Moor Trust gave out small grants, and £8,000 had so far been spent on clubs.",
        "spent",
        {"amount": "£8,000", "purpose": "clubs"},
    ),
    (
        "The council had a £3.2m contract with Medlar Care.",
        "£3.2m contract",
        {"amount": "£3.2m", "recipient": "Medlar Care"},
    ),
    (
        "Between November and March £9,000 a year would be spent on beds.",
        "spent",
        {"amount": "£9,000", "period": "a year", "purpose": "beds"},
    ),
    (
        "The falls team was funded by the ICB at a cost of £140,000.",
        "funded",
        {"amount": "£140,000", "funder": "ICB", "recipient": "falls team"},
    ),
    (
        "The flats had been part funded by a grant of £900,000 from NHS England.",
        "funded",
        {"amount": "£900,000", "funder": "NHS England", "recipient": "flats"},
    ),
    (
        "The club was funded through a £64,000 award from the lottery.",
        "funded",
        {"amount": "£64,000", "funder": "lottery", "recipient": "club"},
    ),
    (
        "A review, paid for equally by the police and the ICB, which met monthly, was late.",
        "paid",
        {"funder": "police and the ICB", "recipient": "review"},
    ),
    (
        "Halcyon trained 14 checkers, who were tenants, and received £9,000 from the council.",
        "received",
        {"amount": "£9,000", "funder": "council", "recipient": "Halcyon"},
    ),
    (
        "The step-down unit had closed after Elm Trust withdrew its funding.",
        "funding",
        {"funder": "Elm Trust", "recipient": "step-down unit"},
    ),
    (
        "A £9,000 grant from the Innovation Fund to Medlar Sitters for breaks had helped.",
        "£9,000 grant",
        {
            "amount": "£9,000",
            "funder": "Innovation Fund",
            "recipient": "Medlar Sitters",
            "purpose": "breaks",
        },
    ),
    (
        "They had a block contract with Aspen Lodge, worth £1.35m a year.",
        "block contract",
        {"amount": "£1.35m", "period": "a year", "recipient": "Aspen Lodge"},
    ),
    (
        "The council would give £9,000 from the Winter Fund to small groups next year.",
        "give",
        {
            "amount": "£9,000",
            "period": "next year",
            "funder": "council",
            "recipient": "small groups",
        },
    ),
    (
        "Elm House had been given a further two years of funding by the council.",
        "funding",
        {"period": "two years", "funder": "council", "recipient": "Elm House"},
    ),
    (
        "A further £9,000 from the Winter Fund was to be spent on night visits from October.",
        "Winter Fund",
        {
            "canonical": "winter-fund",
            "amount": "£9,000",
            "period": "from October",
            "purpose": "night visits",
        },
    ),
    (
        "The ICB paid a nurse from Elm Health Trust £9,000 a year to visit.",
        "paid",
        {
            "amount": "£9,000",
            "period": "a year",
            "funder": "ICB",
            "recipient": "nurse from Elm Health Trust",
            "purpose": "visit",
        },
    ),
    (
        "£9,000 of it had been spent by the end of the year.",
        "spent",
        {"amount": "£9,000"},
    ),
    (
        "Both boroughs had provided £9,000 to cover its first year.",
        "provided",
        {
            "amount": "£9,000",
            "period": "first year",
            "funder": "Both boroughs",
            "purpose": "cover its first year",
        },
    ),
    (
        "There was no evidence that the council spent £9,000 on beds.",
        "spent",
        {"amount": "£9,000", "funder": "council", "purpose": "beds", "negation": "no"},
    ),
    (
        "In 2023 / 24 the council spent £9,000 on respite.",
        "spent",
        {"amount": "£9,000", "period": "2023 / 24", "funder": "council", "purpose": "respite"},
    ),
    (
        "In the financial year 2023/24 the council spent £9,000 on respite.",
        "spent",
        {"amount": "£9,000", "period": "2023/24", "funder": "council", "purpose": "respite"},
    ),
    (
        "Winter funding of £9,000 had paid for beds from December to March.",
        "paid",
        {
            "amount": "£9,000",
            "period": "from December to March",
            "funder": "Winter funding",
            "recipient": "beds",
            "purpose": "beds",
        },
    ),
    (
        "The hospice told us that the ICB had frozen its grant at £9,000.",
        "grant",
        {"amount": "£9,000", "funder": "ICB", "recipient": "hospice"},
    ),
    (
        "Halcyon said that its funding had been cut from £9,000 to £5,000.",
        "funding",
        {"amount": "£5,000", "recipient": "Halcyon"},
    ),
    (
        "Elm Carers said its grant had been halved to £9,000.",
        "grant",
        {"amount": "£9,000", "recipient": "Elm Carers"},
    ),
    (
        "The trust received two thirds of the grant.",
        "received",
        {"recipient": "trust"},
    ),
    (
        "Meals were bought from 9 firms, each of which held a 5-year contract.",
        "5-year contract",
        {"period": "5-year", "recipient": "9 firms"},
    ),
    (
        "The council gave £3m for beds to Kent Trust.",
        "gave",
        {"amount": "£3m", "funder": "council", "purpose": "beds", "recipient": "Kent Trust"},
    ),
    (
        "A total of £650,000 from the Better Care Fund was spent on telecare in 2023/24, helping many.",
        "spent",
        {"amount": "£650,000", "period": "2023/24", "purpose": "telecare"},
    ),
    (
        "The pilot, which the council then paid for until March 2025, had ended.",
        "paid",
        {"period": "until March 2025", "funder": "council", "recipient": "pilot"},
    ),
    (
        "The council had stopped funding the lunch clubs.",
        "funding",
        {"funder": "council", "recipient": "lunch clubs"},
    ),
    (
        "The trust no longer funded the group.",
        "funded",
        {"funder": "trust", "recipient": "group", "negation": "no"},
    ),
    (
        "The charity had a grant of £30,000 from the council.",
        "grant",
        {"amount": "£30,000", "funder": "council", "recipient": "charity"},
    ),
    (
        "It was awarded £70,000 to run a pilot to see whether sensors would reduce falls.",
        "awarded",
        {"amount": "£70,000", "purpose": "run a pilot to see whether sensors would reduce falls"},
    ),
    (
        "The ICB withdrew £1.2m of funding from the service.",
        "funding",
        {"amount": "£1.2m", "funder": "ICB", "recipient": "service"},
    ),
    (
        "An older people's charity told us its £60,000 grant was to end.",
        "£60,000 grant",
        {"amount": "£60,000", "recipient": "older people's charity"},
    ),
    (
        "The board managed a pooled budget of £38 million.",
        "pooled budget",
        {"canonical": "pooled-budget", "amount": "£38 million"},
    ),
    (
        "The ICB was responsible for funding the post.",
        "funding",
        {"funder": "ICB", "recipient": "post"},
    ),
]


@pytest.mark.parametrize(("text", "quote", "expected"), RELATIONS)
def test_relations(text: str, quote: str, expected: dict[str, str]) -> None:
    """A verb and its money have the amount, period, funder, recipient and purpose of the clause."""
    assert attributes(only(text, quote)) == expected


def test_amounts_and_periods_are_read() -> None:
    """What is quoted is also understood: pounds, and days of the calendar."""
    mention = only("It spent £1.2m on beds in 2023/24.", "spent")
    assert mention.amount is not None
    assert mention.amount.value == cqcparse.Money(low=Decimal(1_200_000), high=Decimal(1_200_000))
    assert mention.period is not None
    assert mention.period.value is not None
    assert mention.period.value.start is not None
    assert mention.period.value.start.isoformat() == "2023-04-01"


def test_examples_of_the_rules_hold() -> None:
    """The sentences beside the rules are tests."""
    assert not list(rule_failures(FundingExtractor().rules))


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("up to ", "up-to"),
        ("a maximum of ", "up-to"),
        ("at least ", "at-least"),
        ("over ", "at-least"),
        ("about ", "about"),
        ("just under ", "about"),
        ("", None),
    ],
)
def test_a_hedge_bounds_a_sum_and_is_no_part_of_it(words: str, bound: str | None) -> None:
    """A sum "up to £2m" says who gives, who gets, and how much at most."""
    mention = only(f"The council gave {words}£2m to voluntary organisations.", "gave")
    assert attributes(mention) == {
        "amount": "£2m",
        "funder": "council",
        "recipient": "voluntary organisations",
    }
    assert mention.amount is not None
    assert mention.amount.value is not None
    assert mention.amount.value.bound == bound


def test_who_is_given_money_may_stand_in_front_of_it() -> None:
    """Two objects, as in "gave 12 groups grants", are who gets it and what."""
    assert attributes(only("The board gave 12 groups grants of £300 for clubs.", "grants")) == {
        "amount": "£300",
        "funder": "board",
        "recipient": "12 groups",
        "purpose": "clubs",
    }


def test_one_act_of_giving_has_one_id() -> None:
    """The verb, its money and the fund behind it share an id; another act has its own."""
    found = findings(
        "The ICB gave £2m of funding from the Harbour Fund to a hub, and the trust gave a grant."
    )
    ids = [mention.event_id for mention in found]
    assert [mention.text for mention in found] == [
        "gave",
        "funding",
        "Harbour Fund",
        "gave",
        "grant",
    ]
    assert ids[0] == ids[1] != ids[3] == ids[4]
    assert None not in (ids[0], ids[3])


@pytest.mark.parametrize(
    "text",
    [
        "A grant of £40,000 from the Better Care Fund had been awarded to a hub.",
        "There was a grant of £40,000 from the Better Care Fund.",
    ],
)
def test_one_sum_is_one_act(text: str) -> None:
    """Mentions of one sum share an id, with a verb that moves it or without."""
    found = findings(text)
    assert len(found) > 1
    (act,) = {mention.event_id for mention in found}
    assert act


def test_a_number_that_runs_into_what_is_unknown_is_no_sum() -> None:
    """The sum "£4m4" is not four pounds."""
    assert only("The council spent £4m4 on beds.", "spent").amount is None


def test_a_percentage_is_no_amount() -> None:
    """A share of money is not a sum of it."""
    assert only("Providers had a fee uplift of 4.1% in 2023/24.", "fee uplift").amount is None


def test_the_fund_is_the_one_named_last() -> None:
    """A bare "fund" takes the id of the fund that the paragraphs before name, for a while."""
    found = findings(
        "The Brighter Futures Fund had helped 300 people.",
        "Leaders told us the fund was oversubscribed and that a fund for carers was planned.",
    )
    assert [(m.text, m.canonical) for m in found] == [
        ("Brighter Futures Fund", "brighter-futures-fund"),
        ("fund", "brighter-futures-fund"),
        ("fund", None),
    ]


def test_this_funding_points_back_and_money_does_not() -> None:
    """Only "this funding" takes the id of a fund, never "money" or "funding" alone."""
    found = findings("The Better Care Fund had grown. This funding was tight, and money was short.")
    assert [(m.text, m.canonical) for m in found] == [
        ("Better Care Fund", "better-care-fund"),
        ("funding", "better-care-fund"),
        ("money", None),
    ]


def test_this_funding_is_the_last_of_a_fund_and_a_grant() -> None:
    """A fund and a grant of one paragraph, one without a name, are told apart by their places."""
    found = findings(
        "The Better Care Fund had grown. A small grant had ended. This funding was missed."
    )
    assert [(m.text, m.canonical) for m in found] == [
        ("Better Care Fund", "better-care-fund"),
        ("small grant", None),
        ("funding", None),
    ]


def test_short_forms_of_the_document() -> None:
    """A short form means what the document says it means, for funds unknown to the lexicon too."""
    found = findings(
        "The Neighbourhood Resilience Fund (NRF) was new.", "Groups valued the NRF and NRF funding."
    )
    assert [(m.text, m.canonical) for m in found] == [
        ("Neighbourhood Resilience Fund (NRF)", "neighbourhood-resilience-fund"),
        ("NRF", "neighbourhood-resilience-fund"),
        ("NRF funding", "neighbourhood-resilience-fund"),
    ]


def test_a_definition_beats_the_lexicon() -> None:
    """A short form that the document uses for something else is no fund."""
    found = findings(
        "The Autism Reference Forum (ARF) met monthly.", "The ARF was valued by staff."
    )
    assert found == ()


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("section 75 agreement", "section-75"),
        ("Section 75 arrangements", "section-75"),
        ("s75 agreement", "section-75"),
        ("s.75 partnership agreement", "section-75"),
        ("S 76 payments", "section-76"),
        ("section-256 funding", "section-256"),
        ("s117 funding", "section-117"),
        ("section 106 contributions", "section-106"),
    ],
)
def test_spellings_of_sections(printed: str, canonical: str) -> None:
    """A section is found in any spelling, with the agreement or money behind it."""
    mention = only(f"Leaders described a {printed} in Norfolk.", printed)
    assert (mention.type, mention.canonical) == ("mechanism", canonical)


@pytest.mark.parametrize("printed", ["s175 report", "section 42 enquiries", "75 agreements", "s 5"])
def test_other_sections(printed: str) -> None:
    """A section that moves no money is not found."""
    assert findings(f"Leaders described {printed} in Norfolk.") == ()


def test_evidence_names_rule_and_entry() -> None:
    """Each mention says which rule and which entry of the lexicon made it."""
    mention = only("The Better Care Fund was spent on beds.", "Better Care Fund")
    assert mention.evidence is not None
    assert (mention.evidence.rule, mention.evidence.entry) == ("known", "better-care-fund")
    assert [cue.text for cue in mention.evidence.cues] == ["spent"]


def test_no_mention_crosses_a_paragraph() -> None:
    """A phrase ends where its paragraph ends."""
    found = findings("It was paid for by the Better Care", "Fund managers told us so.")
    assert all("\n" not in mention.text for mention in found)


WORDS = st.sampled_from(
    (
        "the funding fund funds grant Grant Fund budget of to for by from and , . ( ) £2m 2023/24"
        " paid spent given which that who it they ICB (ICB) council local Local section 75 s 117 pooled"
        " pooling resources budgets were was to 3-year contract not no money each year received"
        " allocated by with as use used £ - / ' : ; Better Care Fund (BCF) Institute of Health"
    ).split()
)


@given(st.lists(WORDS, max_size=60))
def test_any_words_in_any_order(words: list[str]) -> None:
    """Nothing raises, and mentions keep to their text and never overlap, whatever the words."""
    assessment = PARSER.parse(f"{HEADING}\n\n{' '.join(words)}\n")
    assert [
        d for d in assessment.diagnostics if d.code in ("plugin-failed", "mention-rejected")
    ] == []
    spans = [mention.span for mention in assessment.funding]
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "unit",
    [
        "The council funded ",
        "Fund ",
        "and the ICB, ",
        "(the grant ",
        "to fund, ",
        "which paid for the ",
        "pooled ",
        "money it had spent ",
    ],
)
def test_work_grows_with_the_text(
    unit: str, growth: Callable[[Callable[[str], object], Callable[[int], str]], float]
) -> None:
    """Four times the words of one endless sentence are about four times the work."""
    assert growth(PARSER.parse, lambda n: f"{HEADING}\n\n{unit * (n // 4)}\n") < 9

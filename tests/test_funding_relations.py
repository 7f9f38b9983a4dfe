"""Who pays whom, and what for: the attributes of funding in sentences on all nine statements."""

from __future__ import annotations

import pytest

import cqcparse
from cqcparse.extractors.funding import FundingExtractor

PARSER = cqcparse.Parser(extractors=[FundingExtractor()])
HEADING = "Key findings for this quality statement"
NAMES = ("amount", "period", "funder", "recipient", "purpose")

#: A sentence, and for each mention in it, in order, its words and its attributes.
CASES: list[tuple[str, list[tuple[str, dict[str, str]]]]] = [
    (
        "To clear the backlog, £75,000 was given to local advocacy groups by the council.",
        [
            (
                "given",
                {
                    "amount": "£75,000",
                    "funder": "council",
                    "recipient": "local advocacy groups",
                    "purpose": "clear the backlog",
                },
            ),
        ],
    ),
    (
        "Rotherham had invested £320,000 in extra mental health professionals.",
        [
            (
                "invested",
                {
                    "amount": "£320,000",
                    "funder": "Rotherham",
                    "recipient": "extra mental health professionals",
                },
            ),
        ],
    ),
    (
        "A navigator post was funded through the Changing Futures programme.",
        [
            ("funded", {"funder": "Changing Futures programme", "recipient": "navigator post"}),
            ("Changing Futures programme", {"recipient": "navigator post"}),
        ],
    ),
    (
        "Adaptations funded through Disabled Facilities Grants (DFGs) took 40 weeks on average.",
        [
            ("funded", {"funder": "Disabled Facilities Grants (DFGs)", "recipient": "Adaptations"}),
            ("Disabled Facilities Grants (DFGs)", {"recipient": "Adaptations"}),
        ],
    ),
    (
        "There was a falls pick-up service in Stockport, which was paid for by the ICB.",
        [("paid", {"funder": "ICB", "recipient": "falls pick-up service"})],
    ),
    (
        "The council had a contract with Age Well Sefton, which received a 3-year grant of £90,000.",
        [
            (
                "received",
                {"amount": "£90,000", "period": "3-year", "recipient": "Age Well Sefton"},
            ),
            (
                "3-year grant",
                {"amount": "£90,000", "period": "3-year", "recipient": "Age Well Sefton"},
            ),
        ],
    ),
    (
        "Leaders had put recurrent funding into 6 social work apprenticeships.",
        [("recurrent funding", {"recipient": "6 social work apprenticeships"})],
    ),
    (
        "In Torbay 29% of carers received a one-off payment, which was below average.",
        [
            ("received", {"recipient": "carers"}),
            ("one-off payment", {"recipient": "carers"}),
        ],
    ),
    (
        "Northumbria Police had funded an analyst over 3 years to map exploitation.",
        [
            (
                "funded",
                {
                    "period": "3 years",
                    "funder": "Northumbria Police",
                    "recipient": "analyst",
                    "purpose": "map exploitation",
                },
            ),
        ],
    ),
    (
        "Peer researchers were paid for their contributions by the university.",
        [
            (
                "paid",
                {
                    "funder": "university",
                    "recipient": "Peer researchers",
                    "purpose": "contributions",
                },
            )
        ],
    ),
    (
        "A joint section 256 agreement with the trust for crisis beds had been signed.",
        [("joint section 256 agreement", {"purpose": "crisis beds"})],
    ),
    (
        "Safeguarding leads said that decisions to withdraw money from the refuge were rushed.",
        [("money", {"recipient": "refuge"})],
    ),
    (
        "Homes for Ukraine money had been spent in 2024/25 on a winter befriending offer.",
        [
            (
                "Homes for Ukraine money",
                {"period": "2024/25", "purpose": "winter befriending offer"},
            ),
            ("spent", {"period": "2024/25", "purpose": "winter befriending offer"}),
        ],
    ),
    (
        "An investment of £1.1m in sensors and falls detectors was planned for 2026/27.",
        [
            (
                "investment",
                {
                    "amount": "£1.1m",
                    "period": "2026/27",
                    "recipient": "sensors and falls detectors",
                },
            )
        ],
    ),
    (
        "Small grants of up to £2,000 had been issued to 31 parish groups since 2023.",
        [
            (
                "Small grants",
                {"amount": "£2,000", "period": "since 2023", "recipient": "31 parish groups"},
            ),
            (
                "issued",
                {"amount": "£2,000", "period": "since 2023", "recipient": "31 parish groups"},
            ),
        ],
    ),
    (
        "The trust, which was given £60,000 by NHS England to pilot a passport, had not yet started.",
        [
            (
                "given",
                {
                    "amount": "£60,000",
                    "funder": "NHS England",
                    "recipient": "trust",
                    "purpose": "pilot a passport",
                },
            ),
        ],
    ),
    (
        "The public health grant paid for stop smoking advisers and a healthy weight course.",
        [
            (
                "public health grant",
                {
                    "recipient": "stop smoking advisers and a healthy weight course",
                    "purpose": "stop smoking advisers and a healthy weight course",
                },
            ),
            (
                "paid",
                {
                    "funder": "public health grant",
                    "recipient": "stop smoking advisers and a healthy weight course",
                    "purpose": "stop smoking advisers and a healthy weight course",
                },
            ),
        ],
    ),
    (
        "Through the Better Care Fund, partners had funded 4 trusted assessors.",
        [
            ("Better Care Fund", {"recipient": "4 trusted assessors"}),
            ("funded", {"funder": "partners", "recipient": "4 trusted assessors"}),
        ],
    ),
    (
        "Money for the learning academy came from the workforce development grant.",
        [
            ("Money", {"funder": "workforce development grant", "purpose": "learning academy"}),
            ("workforce development grant", {"purpose": "learning academy"}),
        ],
    ),
    (
        "The council had awarded a 4-year contract worth £2.4m to Carers Calderdale.",
        [
            (
                "awarded",
                {
                    "amount": "£2.4m",
                    "period": "4-year",
                    "funder": "council",
                    "recipient": "Carers Calderdale",
                },
            ),
            (
                "4-year contract",
                {
                    "amount": "£2.4m",
                    "period": "4-year",
                    "funder": "council",
                    "recipient": "Carers Calderdale",
                },
            ),
        ],
    ),
    (
        "Staff told us that families had been asked to pay for weeks in which nobody came.",
        [("pay", {"funder": "families"})],
    ),
    (
        "Both councils shared a prevention fund, from which £18,000 had been spent on translation.",
        [
            ("prevention fund", {"amount": "£18,000", "purpose": "translation"}),
            ("spent", {"amount": "£18,000", "funder": "prevention fund", "purpose": "translation"}),
        ],
    ),
    (
        "Choice Works was a charity to which the council paid about £185,000 a year.",
        [
            (
                "paid",
                {
                    "amount": "£185,000",
                    "period": "a year",
                    "funder": "council",
                    "recipient": "charity",
                },
            ),
        ],
    ),
    (
        "The home shut when its 3-year grant ended.",
        [("3-year grant", {"period": "3-year", "recipient": "home"})],
    ),
    (
        "Parish councils and clubs in 34 villages had each received £500.",
        [("received", {"amount": "£500", "recipient": "Parish councils and clubs"})],
    ),
    (
        "The pressure had led the ICB to remove £3m from the clinic.",
        [("remove", {"amount": "£3m", "funder": "ICB", "recipient": "clinic"})],
    ),
    (
        "The board paid for a learning officer from its own reserves.",
        [
            ("paid", {"funder": "board", "recipient": "learning officer"}),
            ("reserves", {"funder": "board", "recipient": "learning officer"}),
        ],
    ),
    (
        "The council spent £2m on reablement, £3m on beds and the rest on telecare.",
        [("spent", {"amount": "£2m", "funder": "council", "purpose": "reablement"})],
    ),
    (
        "The council paid Halcyon £55,000 to find, train and insure the carers.",
        [
            (
                "paid",
                {
                    "amount": "£55,000",
                    "funder": "council",
                    "recipient": "Halcyon",
                    "purpose": "find, train and insure the carers",
                },
            )
        ],
    ),
    (
        "The ICB gave £2m, jointly with 3 councils, to extend it to people under 65.",
        [("gave", {"amount": "£2m", "funder": "ICB", "purpose": "extend it to people under 65"})],
    ),
    (
        "When the grant ended, public health and Halcyon had taken over the funding.",
        [("grant", {}), ("funding", {"funder": "public health and Halcyon"})],
    ),
    (
        "It led to better checks, and to joint training paid for by the trust.",
        [("paid", {"funder": "trust", "recipient": "joint training"})],
    ),
    (
        "The council paid for 12 beds in a care home to help people leave hospital.",
        [
            (
                "paid",
                {
                    "funder": "council",
                    "recipient": "12 beds",
                    "purpose": "help people leave hospital",
                },
            )
        ],
    ),
    (
        "Small grants of between £500 and £2,000 were given to 23 groups.",
        [
            ("Small grants", {"amount": "between £500 and £2,000", "recipient": "23 groups"}),
            ("given", {"amount": "between £500 and £2,000", "recipient": "23 groups"}),
        ],
    ),
    (
        "They hoped for a Prevention Fund, into which the ICB would pay half.",
        [("Prevention Fund", {}), ("pay", {"funder": "ICB", "recipient": "Prevention Fund"})],
    ),
    (
        "The council gave £500 to people with dementia.",
        [
            (
                "gave",
                {"amount": "£500", "funder": "council", "recipient": "people with dementia"},
            )
        ],
    ),
    (
        "A panel decided who paid for section 117 aftercare.",
        [("paid", {"recipient": "section 117 aftercare"}), ("section 117", {})],
    ),
    (
        "The fund paid for a hub at the hospital, a helpline and two nurses.",
        [
            (
                "fund",
                {
                    "recipient": "hub at the hospital, a helpline and two nurses",
                    "purpose": "hub at the hospital, a helpline and two nurses",
                },
            ),
            (
                "paid",
                {
                    "funder": "fund",
                    "recipient": "hub at the hospital, a helpline and two nurses",
                    "purpose": "hub at the hospital, a helpline and two nurses",
                },
            ),
        ],
    ),
    (
        "Each thought that the other should pay for the placement.",
        [("pay", {"recipient": "placement"})],
    ),
    (
        "The council spent £90,000 on training for staff and on new laptops.",
        [
            (
                "spent",
                {
                    "amount": "£90,000",
                    "funder": "council",
                    "purpose": "training for staff and on new laptops",
                },
            )
        ],
    ),
    (
        "The council spent £90,000 on a hub where carers could meet.",
        [
            (
                "spent",
                {
                    "amount": "£90,000",
                    "funder": "council",
                    "purpose": "hub where carers could meet",
                },
            )
        ],
    ),
    (
        "The council spent £90,000 on beds it did not use.",
        [("spent", {"amount": "£90,000", "funder": "council", "purpose": "beds it did not use"})],
    ),
    (
        "The council spent £90,000 on day care, and this helped.",
        [("spent", {"amount": "£90,000", "funder": "council", "purpose": "day care"})],
    ),
    (
        "The council spent £90,000 on travel passes.",
        [("spent", {"amount": "£90,000", "funder": "council", "purpose": "travel passes"})],
    ),
    (
        "The charity's grant was for equipment.",
        [("grant", {"recipient": "charity", "purpose": "equipment"})],
    ),
    (
        "A charity whose grant had ended told us it had closed.",
        [("grant", {"recipient": "charity"})],
    ),
    (
        "The hub relied on short-term funding.",
        [("short-term funding", {"period": "short-term", "recipient": "hub"})],
    ),
    (
        "A section 75 agreement with the trust had been in place since 2018.",
        [("section 75 agreement", {"period": "since 2018"})],
    ),
    (
        "Expenditure on home care was examined.",
        [("Expenditure", {"purpose": "home care"})],
    ),
    (
        "The ramp was paid for through Disabled Facilities Grants.",
        [
            ("paid", {"recipient": "ramp"}),
            (
                "Disabled Facilities Grants",
                {"recipient": "ramp"},
            ),
        ],
    ),
    (
        "The board had a manager, for whom the police paid.",
        [("paid", {"funder": "police", "recipient": "manager"})],
    ),
    (
        "The ICB had funded beds for £2m.",
        [("funded", {"amount": "£2m", "funder": "ICB", "recipient": "beds"})],
    ),
    (
        "In 2022 the council removed all funding for clubs, and over the next 18 months it saved.",
        [
            ("removed", {"period": "In 2022", "funder": "council", "purpose": "clubs"}),
            ("funding", {"period": "In 2022", "funder": "council", "purpose": "clubs"}),
        ],
    ),
    (
        "Over 1,200 carers had been given £150.",
        [("given", {"amount": "£150", "recipient": "1,200 carers"})],
    ),
    (
        "Occupational therapists employed by the trust and funded by the council reviewed equipment.",
        [("funded", {"funder": "council", "recipient": "Occupational therapists"})],
    ),
    (
        "A women's centre told us that it had secured £45,000 from the lottery to stay open.",
        [
            (
                "secured",
                {
                    "amount": "£45,000",
                    "funder": "lottery",
                    "recipient": "women's centre",
                    "purpose": "stay open",
                },
            ),
        ],
    ),
    (
        "The improvement plan was backed by additional investment of £5m from central government.",
        [
            (
                "additional investment",
                {
                    "amount": "£5m",
                    "funder": "central government",
                    "recipient": "improvement plan",
                },
            ),
        ],
    ),
    (
        "The fund's criteria were unclear, and the pooled budget's overspend was growing.",
        [("fund", {}), ("pooled budget", {})],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_attributes(text: str, expected: list[tuple[str, dict[str, str]]]) -> None:
    """Every mention of a sentence, and no other, has exactly the attributes stated of it."""
    found = PARSER.parse(f"Governance\n\nScore: 3\n\n{HEADING}\n\n{text}\n").funding
    assert [(mention.text, attributes(mention)) for mention in found] == expected


def attributes(mention: cqcparse.Funding) -> dict[str, str]:
    """Return the attributes that are set, as printed."""
    values = {name: getattr(mention, name) for name in NAMES}
    return {name: str(value) for name, value in values.items() if value is not None}

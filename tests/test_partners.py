"""The extractor of partners, on sentences marked up as ``[mention|type]``."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse.extractors.partners import PartnerExtractor, rules
from cqcparse.grammar import rule_failures
from cqcparse.grammar.bodies import evidence
from cqcparse.registry import boards

MARK = re.compile(r"\[([^\]|]+)\|([a-z-]+)\]")
PAGE = (
    "Stockport Council: local authority assessment\n\nLearning, improvement and innovation\n\n"
    "Score: 3\n\nKey findings for this quality statement\n\n"
)
PARSER = cqcparse.Parser(extractors=[PartnerExtractor()])

SENTENCES = """
The council’s [partners|other] were positive.
The [Leeds Safeguarding Adults Board|board] was chaired independently, and [West Yorkshire Police|police] and the [fire service|fire] attended.
Leaders told us [Mersey Care NHS Foundation Trust|nhs-trust] and [Age UK Wirral|vcse] had helped to write the plan.
[Home care providers|provider] said the local authority paid invoices on time.
A carer told us they had been referred to [Carers Together Pennine|vcse], a [local charity|vcse], by their [GP|nhs-primary-care].
The front door was staffed by social workers and [police|police] officers, with [health colleagues|nhs-other] joining remotely.
Staff worked closely with [health|nhs-other], [housing|la-department] and the [police|police] to plan safe discharges.
[Housing associations|housing] and [district councils|local-authority] took part in the review.
[Public health|la-department] commissioned the survey jointly with the [voluntary sector|vcse].
The [voluntary, community and faith sector|vcse] told us relationships were strong.
An [advocacy provider|advocacy] told us referrals came too late.
The local authority was learning from [neighbouring authorities|local-authority] and from [Skills for Care|national-body].
Staff from the [University of Leicester|university] evaluated the pilot.
The [partner organisations|other] we spoke with valued the integrated neighbourhood teams.
The strategy had been refreshed with [experts by experience|lived-experience].
The [learning disability partnership board|board] had co-chairs with lived experience.
[Healthwatch Nottingham|other] had reviewed the letters.
Concerns were raised by [NHS Kent and Medway Integrated Care Board|icb] about the backlog.
[NHS England|nhs-national] had praised the model in the [Humber and North Yorkshire Integrated Care System|ics].
A [service user group|lived-experience] met monthly with commissioners of the [ICB|icb].
The [Torbay Autism Alliance|vcse] was new to the [borough councils|local-authority].
[Community organisations|vcse] and [faith groups|vcse] ran warm spaces.
[Acorn Futures|vcse], a [charity|vcse] for young adults, said funding was short.
The work was evaluated by [Brightside Research|vcse] in spring.
[5 NHS trusts|nhs-trust] and [11 councils|local-authority] signed the memorandum.
They met [GPs|nhs-primary-care] and [community pharmacies|nhs-primary-care] each quarter.
The [multi-agency risk panel|board] heard 40 cases.
The [Devon and Cornwall Police|police] lead shared intelligence.
[Health partners|nhs-other] described the local authority as open.
[Statutory partners|other] and [voluntary organisations|vcse] had signed up.
[Children's services|la-department] and [schools|other] shared information about young people.
The [Vulnerable Adults Risk Management (VARM) Panel|board] and the [equality, diversity and inclusion (EDI) board|board] met monthly.
[Thurrock Council for Voluntary Service (CVS)|vcse] worked with the [University of Essex|university] and [Skills for Care|national-body].
[Turning Point|vcse] ran clinics, and repairs were carried out with [Velora|vcse], which had an office in the square.
[London ADASS|regional-body] had carried out a peer review with the [Local Government Association|national-body].
""".strip().splitlines()

NOT_PARTNERS = """
Managers said Power BI had helped them to improve, and that Signs of Safety supported good practice.
Universal Credit had helped some, and Blue Badge reviews took 9 weeks.
Full Council had agreed the plan.
Reablement supported 310 people, and telephone calls helped 40 more.
Telecare reached 3,000 homes.
Weather delayed the works.
Home First, the discharge service, had supported 2,310 people home.
People's health had improved, and leaders wanted to improve health and wellbeing further.
They could attend hospital if needed, and most people returned home from hospital sooner.
The local authority was building trust with communities and working in partnership to improve outcomes.
The council had a clear vision for the borough and staff across the organisation understood it.
A population health approach was used to reduce public health risks.
The Director of Adult Social Services chaired the meeting and the Cabinet Member for Health attended.
Different age groups and ethnic groups were under-represented.
The Market Position Statement and the Housing Strategy 2024-2029 were published.
The Care Quality Commission rated 80% of services as good.
Partnership working was strong and people had support networks.
""".strip().splitlines()


def unmarked(sentence: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the sentence without its marks, and the mentions it is marked with."""
    return MARK.sub(r"\1", sentence), MARK.findall(sentence)


def found(text: str) -> list[tuple[str, str | None]]:
    """Return text and type of the partners in *text*."""
    return [(mention.text, mention.type) for mention in PARSER.parse(text).partners]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_partners_of_a_sentence(sentence: str) -> None:
    """Each sentence has exactly the partners it is marked with."""
    text, expected = unmarked(sentence)
    assert found(text) == expected


@pytest.mark.parametrize("sentence", NOT_PARTNERS)
def test_what_is_no_partner(sentence: str) -> None:
    """People, places, aims and the authority itself are not partners."""
    assert found(sentence) == []


def test_a_possessive_ending_is_outside() -> None:
    """A partner that owns something is found without its 's."""
    text = (
        "The ICB's plans and the Health and Wellbeing Board’s priorities met the providers’ views."
    )
    assert found(text) == [
        ("ICB", "icb"),
        ("Health and Wellbeing Board", "board"),
        ("providers", "provider"),
    ]


def test_a_possessive_that_acts_is_a_name() -> None:
    """A name with a possessive ending in front of a verb has it in all places."""
    report = PARSER.parse(
        f"{PAGE}Barnaby’s said it was late. They read Barnaby’s plan, and Mind’s report.\n"
    )
    found = [(one.text, one.canonical) for one in report.partners]
    assert found == [("Barnaby’s", "Barnaby’s"), ("Barnaby’s", "Barnaby’s"), ("Mind", "Mind")]


def test_a_team_of_a_body_takes_the_name_of_the_body() -> None:
    """A team of a named body is one mention, and stands for the body."""
    [team] = PARSER.parse("They met NHS Devon ICB’s medicines team.").partners
    assert team.text == "NHS Devon ICB’s medicines team"
    assert team.canonical == "NHS Devon Integrated Care Board"
    assert team.registry_id == team.entity_id == "QJK"


def test_spellings_of_one_board_are_one_board() -> None:
    """However a report writes the name of a board, the register gives one code."""
    spellings = (
        "North West London Integrated Care Board",
        "Northwest London Integrated Care Board",
        "north-west London Integrated Care Board",
        "NHS North West London Integrated Care Board",
        "North West London ICB",
        "NW London ICB",
    )
    found = [PARSER.parse(f"Leaders met {name} weekly.").partners for name in spellings]
    assert [[partner.registry_id for partner in partners] for partners in found] == [["QRV"]] * 6


def test_short_forms_and_bare_heads_take_the_fullest_name() -> None:
    """What stands for a name that the document gives has that name as its canonical."""
    assessment = PARSER.parse(
        "The Kirkby Safeguarding Adults Board (KSAB) met. Members of the KSAB said the board was"
        " busy. Acorn Futures Kirkby, a local charity, agreed. The charity wanted more."
    )
    assert [(p.text, p.canonical, p.specificity) for p in assessment.partners] == [
        ("Kirkby Safeguarding Adults Board (KSAB)", "Kirkby Safeguarding Adults Board", "named"),
        ("KSAB", "Kirkby Safeguarding Adults Board", "named"),
        ("board", "Kirkby Safeguarding Adults Board", "generic"),
        ("Acorn Futures Kirkby", "Acorn Futures Kirkby", "named"),
        ("local charity", None, "generic"),
        ("charity", "Acorn Futures Kirkby", "generic"),
    ]


def test_the_assessed_authority_is_no_partner() -> None:
    """The council under assessment is left out, however it is named; another council stays."""
    text = PAGE + "Stockport Council met Wigan Council."
    assert [p.text for p in PARSER.parse(text).partners] == ["Wigan Council"]


def test_each_rule_finds_its_examples() -> None:
    """The sentences beside the rules for partners hold."""
    assert not list(rule_failures(rules()))


def test_what_shows_a_name_finds_its_examples() -> None:
    """The sentences beside the rules for names hold."""
    assert not list(rule_failures(evidence()))


#: Words in front by the type that they give to a head that leaves it open, and such heads.
MODIFIERS = {
    "health": "nhs-other", "mental health": "nhs-other", "community health": "nhs-other",
    "acute": "nhs-other", "housing": "housing", "voluntary": "vcse", "faith": "vcse",
    "police": "police", "primary care": "nhs-primary-care", "home care": "provider",
    "advocacy": "advocacy", "public health": "la-department", "NHS": "nhs-other",
}  # fmt: skip
OPEN_HEADS = ("partners", "organisations", "bodies")
CLOSED_HEADS = {
    "board": "board", "panel": "board", "forum": "board", "steering group": "board",
    "charity": "vcse", "university": "university", "housing association": "housing",
    "trust": "nhs-trust",
}  # fmt: skip
NHS_MODIFIERS = ("health", "mental health", "community health", "acute", "hospital", "ambulance")


@pytest.mark.parametrize(("modifier", "head"), [*product(MODIFIERS, OPEN_HEADS)])
def test_a_word_in_front_gives_the_type(modifier: str, head: str) -> None:
    """A head that may be of any kind has the type of the words in front of it, whichever they are."""
    assert found(f"They met {modifier} {head} twice.") == [
        (f"{modifier} {head}", MODIFIERS[modifier])
    ]


@pytest.mark.parametrize(("modifier", "head"), [*product(NHS_MODIFIERS, CLOSED_HEADS)])
def test_a_head_gives_the_kind(modifier: str, head: str) -> None:
    """A head of one kind keeps it behind every word: each trust of health is an NHS trust."""
    [(text, kind), *_] = found(f"They met the {modifier} {head} twice.")
    assert (text, kind) == (f"{modifier} {head}", CLOSED_HEADS[head])


COUNTIES = (
    "Lincolnshire",
    "Nottinghamshire",
    "Kent",
    "Essex",
    "Surrey",
    "Marlhopeshire",
    "Upfordshire",
)


@given(
    st.permutations(COUNTIES),
    st.sampled_from(["Police", "Fire and Rescue Service", "Carers Trust"]),
)
def test_two_names_are_never_one(places: list[str], head: str) -> None:
    """Names with proper words of their own have canonical names and ids of their own."""
    partners = PARSER.parse(" ".join(f"{place} {head} came." for place in places)).partners
    assert len({partner.canonical for partner in partners}) == len(places)
    assert len({partner.entity_id for partner in partners}) == len(places)


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("Wigan Council", "E08000010"),
        ("NHS Devon ICB", "QJK"),
        ("Lincolnshire Police", "police:lincolnshire-police"),
        ("Derbyshire Police", "police:derbyshire-constabulary"),
        ("Kent Fire and Rescue", "fire:kent-fire-and-rescue-service"),
        ("the LGA", "national-body:local-government-association"),
        ("Mersey Care", "nhs-trust:mersey-care-nhs-foundation-trust"),
        ("the University of Leicester", "university:university-of-leicester"),
        ("Age UK Wirral", "vcse:age-uk-wirral"),
        ("the Health and Wellbeing Board", "board:health-and-wellbeing-board@E08000007"),
        ("the ICB", "QOP"),
    ],
)
def test_a_named_body_has_an_id(name: str, entity: str | None) -> None:
    """The register, the lexicon or the name itself gives an id that is the same in every report."""
    [partner] = PARSER.parse(f"{PAGE}Leaders had met {name}.").partners
    assert (partner.specificity, partner.entity_id) == ("named", entity)


def test_a_name_is_found_on_all_its_uses() -> None:
    """A name of one word that one sentence gives away is found wherever it stands."""
    partners = PARSER.parse(
        "The sitting service was delivered by Halcyon. Some people waited for Halcyon’s call."
        "\n\nHalcyon told us so. They live in Marlhope."
    ).partners
    assert [partner.text for partner in partners] == ["Halcyon"] * 3
    assert {partner.entity_id for partner in partners} == {"body:halcyon"}


def test_a_name_may_be_longer_than_what_is_left_of_the_page() -> None:
    """Where a page ends behind a capital, no front of a name is looked for past its end."""
    page = cqcparse.parse(
        "Hull and East Riding Citizens Advice gave advice. The cafe was in Bexley"
    )
    assert [partner.text for partner in page.partners] == ["Hull and East Riding Citizens Advice"]


def test_a_short_form_may_be_told_behind_known_as() -> None:
    """The words "usually known as" tell a short form as brackets do."""
    partners = PARSER.parse(
        "Reviews were delegated to Carers Together Upton, usually known as CTU. CTU said so."
    ).partners
    assert [(one.text, one.canonical) for one in partners] == [
        ("Carers Together Upton", "Carers Together Upton"),
        ("CTU", "Carers Together Upton"),
        ("CTU", "Carers Together Upton"),
    ]


def test_a_place_is_no_short_form_of_a_body_there() -> None:
    """What stands behind "in" is the town, though a body begins with that word."""
    partners = PARSER.parse(
        "Meals were delivered by Upton Settlement. In Upton, where few had work, people met."
    ).partners
    assert [one.text for one in partners] == ["Upton Settlement"]


def test_every_board_of_the_register_is_found_whole() -> None:
    """A name of an integrated care board is one mention, with commas and "and" in it."""
    for board in boards():
        [partner] = PARSER.parse(f"Leaders met {board.name} weekly.").partners
        assert (partner.text, partner.type) == (board.name, "icb")

"""The extractor of services, on sentences marked up as ``[mention|type]``."""

from __future__ import annotations

import cProfile
import itertools
import pstats
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse.extractors.services import ServiceExtractor, rules
from cqcparse.grammar import frame_failures, rule_failures
from cqcparse.grammar.frames import shared_frames

MARK = re.compile(r"\[([^\]|]+)\|([a-z-]+)\]")
DATA = Path(__file__).parent / "sentences"


def sentences(name: str) -> list[str]:
    """Return the sentences of a file, without its comments."""
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line[0] != "#"]


SENTENCES = sentences("services.txt")
PARSER = cqcparse.Parser(extractors=[ServiceExtractor()])


def services(text: str) -> tuple[cqcparse.Service, ...]:
    """Return the services found in *text*, in order."""
    return PARSER.parse(text).services


def service(text: str, phrase: str) -> cqcparse.Service:
    """Return the only service in *text* that is written as *phrase*."""
    (found,) = (mention for mention in services(text) if mention.text == phrase)
    return found


def marked(text: str) -> str:
    """Return *text* with the services found in it marked up."""
    for found in reversed(services(text)):
        start, end = found.span.start, found.span.end
        text = f"{text[:start]}[{found.text}|{found.type}]{text[end:]}"
    return text


@pytest.mark.parametrize("sentence", SENTENCES)
def test_marks_services_with_their_boundaries_and_types(sentence: str) -> None:
    """Every service is found with its exact words and type, and nothing else."""
    assert marked(MARK.sub(r"\1", sentence)) == sentence


@pytest.mark.parametrize("sentence", sentences("services_missed.txt"))
@pytest.mark.xfail(strict=True, reason="not read rightly yet")
def test_misses_what_is_known_to_be_missed(sentence: str) -> None:
    """What is known to be wrong is told here, and moves on when it is mended."""
    assert marked(MARK.sub(r"\1", sentence)) == sentence


#: A word that says what kind, with the type it gives to any head; and heads of each rule.
KINDS = {
    "dementia": "dementia",
    "autism": "autism",
    "mental health": "mental-health",
    "learning disability": "learning-disability",
    "reablement": "reablement",
    "carers": "carers",
    "safeguarding": "safeguarding",
    "substance misuse": "substance-misuse",
    "end of life": "end-of-life",
    "housing-related": "housing-support",
}
HEADS = (
    *("service", "services", "team", "teams", "hub", "pathway", "clinic", "helpline", "scheme"),
    *("support", "programme", "project", "model", "unit", "provision"),
)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_care_goes_with_every_head(kind: str, head: str) -> None:
    """The word in front gives the type, whatever the head; and its words are the mention."""
    found = service(f"People spoke well of the {kind} {head} in Leeds.", f"{kind} {head}")
    assert found.type == KINDS[kind]


@pytest.mark.parametrize("head", HEADS)
def test_an_unknown_kind_costs_the_type_and_not_the_phrase(head: str) -> None:
    """No list has "falconry": the phrase is found with every head that any noun makes a service."""
    found = services(f"People spoke well of the falconry {head} in Leeds.")
    loose = head in ("support", "programme", "project", "model", "unit", "provision")
    assert [one.text for one in found] == ([] if loose else [f"falconry {head}"])


def test_examples_of_the_rules_hold() -> None:
    """The sentences beside the rules and the shared frames are tests."""
    assert not list(rule_failures(rules()))
    assert not list(frame_failures(shared_frames()))


@pytest.mark.parametrize(
    ("sentence", "phrase", "status", "cue"),
    [
        ("Leeds had a new carers hub in the north.", "carers hub", "new", "new"),
        ("A home first service, launched in May 2023, was popular.", "home first service", "new", "launched"),
        ("They had recently introduced a falls prevention service.", "falls prevention service", "new", "had recently introduced"),
        ("The council planned to open a respite unit in 2026.", "respite unit", "planned", "planned to open"),
        ("A crisis house was due to open in spring.", "crisis house", "planned", "due to open"),
        ("The council was about to open a falls clinic.", "falls clinic", "planned", "to open"),
        ("Carers said the sitting service they relied on had stopped.", "sitting service", "ended", "had stopped"),
        ("Rowan Yard, a wellbeing hub run by Mind, had opened.", "Rowan Yard", "new", "had opened"),
        ("The advice service had been scaled back.", "advice service", "reduced", "had been scaled"),
        ("The crisis house, planned for 2026, would help.", "crisis house", "planned", "planned"),
        ("Two discharge teams had been replaced by a hub.", "Two discharge teams", "ended", "had been replaced"),
        ("The existing reablement service was reviewed.", "reablement service", "existing", "existing"),
        ("The day service had closed in 2022.", "day service", "ended", "had closed"),
        ("The sitting service was no longer provided.", "sitting service", "ended", "was no longer provided"),
        ("They had decommissioned the floating support service.", "floating support service", "ended", "had decommissioned"),
        ("The night-sitting service had been reduced.", "night-sitting service", "reduced", "had been reduced"),
        ("A sitting service run by a trust had been cut to 4 days.", "sitting service", "reduced", "had been cut"),
        ("The hub put money into a night care service that began in May.", "night care service", "new", "began"),
        ("The lunch club, which a church used to run, had stopped.", "lunch club", "ended", "had stopped"),
        ("A reviews team had recently been established to help.", "reviews team", "new", "had recently been established"),
        ("A falls clinic, opened in 2023, had been moved.", "falls clinic", "new", "opened"),
        ("A new carers hub was to open in spring.", "carers hub", "planned", "to open"),
        ("The trust had had to close the crisis café.", "crisis café", "ended", "to close"),
        ("A hoarding team had seen 40 people since it was set up.", "hoarding team", None, None),
        ("£9,000 was to be given for new lunch clubs.", "lunch clubs", "planned", "new"),
        ("The new step-down unit would have 20 beds.", "step-down unit", "planned", "new"),
        ("A new stroke and autism clinic for 16 to 25 year olds was planned.", "stroke and autism clinic", "planned", "was planned"),
        ("The Elm respite unit had closed 4 of its beds.", "Elm respite unit", "reduced", "had closed"),
        ("The carers' centre had fewer hours than before.", "carers' centre", "reduced", "had"),
        ("People waited 3 days for home care to start.", "home care", None, None),
        ("A crisis café opened in May and closed nine months later.", "crisis café", "ended", "closed"),
        ("A night care service was being trialled in two towns.", "night care service", "new", "was being trialled"),
        ("A new advice service was being commissioned.", "advice service", "planned", "was being commissioned"),
        ("The crisis house remained open.", "crisis house", "existing", "remained"),
        ("The existing outreach team, which was small, had been cut back.", "outreach team", "reduced", "had been cut"),
        ("The panel agreed all new packages of care.", "packages of care", None, None),
        ("One man told us his care package had been reduced.", "care package", None, None),
        ("The day centre was busy, and a carers hub had opened.", "day centre", None, None),
        ("The autism hub had not closed.", "autism hub", None, None),
        ("Carers liked the hub, and a new manager ran the advocacy service.", "advocacy service", None, None),
        ("A new strategy was agreed because the bridging service worked.", "bridging service", None, None),
    ],
)  # fmt: skip
def test_reads_the_status_from_the_clause_of_the_service(
    sentence: str, phrase: str, status: str | None, cue: str | None
) -> None:
    """New, planned, existing, reduced and ended are said of this service, in its clause."""
    found = service(sentence, phrase)
    assert (found.status, found.status_cue and found.status_cue.text) == (status, cue)


def test_reads_a_length_in_the_name_as_duration() -> None:
    """A length in front of the head is how long the service lasts."""
    found = service("The 6-week reablement service was free.", "6-week reablement service")
    assert found.duration is not None
    value = found.duration.value
    assert value is not None
    assert (found.duration.text, value.days, value.unit) == ("6-week", 42, "week")


def test_reads_a_length_in_words_as_duration() -> None:
    """A number may be a word."""
    found = service("They ran a six-week reablement service.", "six-week reablement service")
    assert found.duration is not None
    assert found.duration.text == "six-week"


def test_reads_a_length_behind_the_service_as_duration() -> None:
    """A "for" phrase behind the service says how long it lasts."""
    found = service("They arranged replacement care for up to 72 hours.", "replacement care")
    assert found.duration is not None
    assert found.duration.text == "72 hours"


def test_reads_how_many_a_service_is_for_as_capacity() -> None:
    """The people or beds of a service are its capacity."""
    found = service("A respite unit with 6 beds had opened.", "respite unit")
    assert found.capacity is not None
    assert (found.capacity.text, found.capacity.value) == (
        "6 beds",
        cqcparse.Count(value=6, unit="beds"),
    )


@pytest.mark.parametrize(
    ("sentence", "phrase", "capacity"),
    [
        ("A 12-bed respite unit had opened.", "12-bed respite unit", "12-bed"),
        ("The night shelter in Hull could take 20 people.", "night shelter", "20 people"),
        ("They ran a lunch club for 30 people.", "lunch club", "30 people"),
        ("A hoarding team, run with Mind, had helped 74 people.", "hoarding team", "74 people"),
        ("The falls course had been completed by 340 people.", "falls course", "340 people"),
        ("They arranged other home care for 63 people.", "other home care", "63 people"),
        ("Respite was available at Fern Bank for 8 people.", "Respite", "8 people"),
        ("A nurse team from May, with room for 90 people, was shared.", "nurse team", "90 people"),
        ("Beck House, a 16-bed crisis unit, was full.", "Beck House", "16-bed"),
        ("Telecare was provided to 2,300 households.", "Telecare", "2,300 households"),
        ("The sitting service had grown to 58 households.", "sitting service", "58 households"),
        (
            "A dementia day centre built for up to 30 people was full.",
            "dementia day centre",
            "30 people",
        ),
        ("The hoarding team had a waiting list of 47 people.", "hoarding team", None),
        ("They paid for 14 step-down beds.", "14 step-down beds", "14 step-down beds"),
    ],
)
def test_reads_the_size_of_a_service(sentence: str, phrase: str, capacity: str | None) -> None:
    """A size stands in the name or behind it; how many were helped once is none."""
    found = service(sentence, phrase)
    assert (found.capacity and found.capacity.text) == capacity


def test_reads_how_long_people_are_supported_as_duration() -> None:
    """A verb of supporting may stand between the service and its length."""
    found = service("The reablement team supported people for up to 6 weeks.", "reablement team")
    assert found.duration is not None
    assert found.duration.text == "6 weeks"


@pytest.mark.parametrize(
    ("sentence", "phrase", "duration"),
    [
        ("People received up to six weeks of reablement.", "reablement", "six weeks"),
        ("A 72-hour bridging service was new.", "72-hour bridging service", "72-hour"),
        ("A 2-hour urgent response service was new.", "2-hour urgent response service", None),
        ("Respite was limited to 72 hours.", "Respite", "72 hours"),
        ("A hoarding team offered help over 6 months.", "hoarding team", "6 months"),
    ],
)
def test_reads_how_long_one_gets_of_a_service(
    sentence: str, phrase: str, duration: str | None
) -> None:
    """A length stands in the name, in front of its "of" or behind its verb; a response has none."""
    found = service(sentence, phrase)
    assert (found.duration and found.duration.text) == duration


def test_gives_a_shorter_name_the_one_before_it() -> None:
    """What is written small after "the" is the team of that kind named in full before."""
    text = "The Safeguarding Adults Team met.\nStaff praised the safeguarding team."
    assert [found.canonical for found in services(text)] == [None, "Safeguarding Adults Team"]


def test_reads_a_figure_in_a_short_form_as_a_word() -> None:
    """D2A is Discharge to Assess."""
    text = "The Discharge to Assess (D2A) pathway was new.\nThe D2A pathway worked."
    assert services(text)[1].canonical == "Discharge to Assess pathway"


@pytest.mark.parametrize(
    ("sentence", "phrase", "provider"),
    [
        ("Advocacy was delivered by Voiceability Northshire.", "Advocacy", "Voiceability Northshire"),
        ("The wellbeing hubs, run by a local charity, were busy.", "wellbeing hubs", "local charity"),
        ("Age UK Dorset ran a befriending service for older people.", "befriending service", "Age UK Dorset"),
        ("Advocacy was available from Total Voice Norfolk within a week.", "Advocacy", "Total Voice Norfolk"),
        ("Home care was bought from 31 agencies.", "Home care", "31 agencies"),
        ("Respite was commissioned through 4 lead providers.", "Respite", "4 lead providers"),
        ("It was awarded £300,000 by NHS England for its falls service.", "falls service", None),
        ("It received £2m from the Better Care Fund for its sitting service.", "sitting service", None),
        ("The telecare service, delivered jointly with Rutland Council, grew.", "telecare service", "Rutland Council"),
        ("The crisis café, which Mind in Salford ran, was busy.", "crisis café", "Mind in Salford"),
        ("The council had commissioned Together First to provide a carers service.", "carers service", "Together First"),
        ("Selby Care Direct, a company, stepped in and ran the reablement service.", "reablement service", "Selby Care Direct"),
        ("Home Start Wye, a local charity, which ran a carers helpline and a carers café, grew.", "carers café", "Home Start Wye"),
        ("The wellbeing hubs offered befriending and were run by local charities.", "wellbeing hubs", "local charities"),
        ("The wellbeing hubs offered befriending and were run by local charities.", "befriending", None),
        ("Reablement was scarce, and home care was provided by 9 agencies.", "Reablement", None),
        ("Telecare was commissioned by the integrated care board.", "Telecare", None),
        ("They had commissioned advocacy from Cloverleaf.", "advocacy", "Cloverleaf"),
        ("The contact centre was staffed by advisors.", "contact centre", None),
        ("Age UK Wyre ran befriending, counselling and a lunch club.", "counselling", "Age UK Wyre"),
        ("Rowan Yard, a wellbeing hub near the sea run by Mind, had opened.", "Rowan Yard", "Mind"),
        ("The memory clinic, which Emmaus, Mind and a church ran, was busy.", "memory clinic", "Emmaus, Mind and a church"),
        ("Age UK Wye's befriending service was popular.", "befriending service", "Age UK Wye"),
        ("Telecare and a lunch club run by Mind were popular.", "Telecare", None),
        ("Falls classes had started in four villages, led by Active Wye.", "Falls classes", "Active Wye"),
        ("The council and the hospice provided a bereavement café.", "bereavement café", "hospice"),
        ("Advocacy, including for carers, was delivered by VoiceUp.", "Advocacy", "VoiceUp"),
        ("A carers helpline for parents that was open all night was run by Mind.", "carers helpline", "Mind"),
        ("The night service was taken over by Brook Care.", "night service", "Brook Care"),
        ("A respite flat, where carers could stay, was run by Mind.", "respite flat", "Mind"),
        ("The crisis team, a partnership of Brightwell Trust and the council, was full.", "crisis team", "Brightwell Trust"),
        ("A carers hub was to open under a 3-year contract with Elmside Carers.", "carers hub", "Elmside Carers"),
        ("The board paid Moorland Minds £9,000 for a crisis house.", "crisis house", "Moorland Minds"),
        ("They went to Elmside Hospice, whose bereavement service was full.", "bereavement service", "Elmside Hospice"),
        ("Bright Minds' sitting service had moved.", "sitting service", "Bright Minds"),
        ("Volunteers from Elm Trust ran a lunch club.", "lunch club", "Elm Trust"),
        ("The falls clinic, where Moorland Care saw 30 people, was popular.", "falls clinic", "Moorland Care"),
        ("The council bought respite beds on a block contract with Aspen Lodge.", "respite beds", "Aspen Lodge"),
        ("They were told about lunch clubs and a sitting service run by Halcyon.", "sitting service", "Halcyon"),
        ("They were told about lunch clubs and a sitting service run by Halcyon.", "lunch clubs", None),
        ("It gave grants to parish councils in 2024 to run lunch clubs.", "lunch clubs", "parish councils"),
        ("The trust's crisis team was praised.", "crisis team", "trust"),
        ("The council's crisis team was praised.", "crisis team", None),
        ("Since 2022 Age UK Wye had delivered a discharge service.", "discharge service", "Age UK Wye"),
        ("Haven Homes ran Wye Court, a step-down unit with 12 beds.", "step-down unit", "Haven Homes"),
        ("The sitting service and the lunch club, which helped 30 people, were run by Mind.", "sitting service", "Mind"),
        ("Wye Hospice had set up a bereavement café.", "bereavement café", "Wye Hospice"),
        ("Carers spoke of Mind, and its helpline and sitting service.", "sitting service", "Mind"),
        ("A sitting service was to open with £9,000 from the fund, to be run by Mind.", "sitting service", "Mind"),
        ("Mind would be given £75,000 a year to provide a crisis house.", "crisis house", "Mind"),
        ("A discharge hub was staffed by the trust, the local authority and the Red Cross.", "discharge hub", None),
        ("Community equipment was bought through a pooled budget.", "Community equipment", None),
        ("Respite was provided from the spring.", "Respite", None),
        ("The local authority provided a reablement service.", "reablement service", None),
        ("Reablement was provided by the council.", "Reablement", None),
    ],
)  # fmt: skip
def test_reads_who_delivers_a_service(sentence: str, phrase: str, provider: str | None) -> None:
    """The provider is whoever delivers the service, unless that is the authority."""
    found = service(sentence, phrase)
    assert (found.provider and found.provider.text) == provider


def test_gives_a_short_form_its_full_name() -> None:
    """A short form stands for the name that the document gives with it, a full form for itself."""
    text = "The Adult Contact Team (ACT) was busy.\nACT staff answered within a minute."
    first, second = services(text)
    assert (first.text, first.canonical) == ("Adult Contact Team (ACT)", None)
    assert (second.text, second.canonical) == ("ACT", "Adult Contact Team")


def test_reads_a_definition_of_the_document_before_the_lexicon() -> None:
    """A short form that the document defines as a board is no service there."""
    text = "The Merton Adults Strategy Huddle (MASH) met.\nMASH was chaired by the director."
    assert services(text) == ()


def test_knows_common_short_forms_without_a_definition() -> None:
    """A short form that all councils use is known without a definition."""
    found = service("Concerns went to the MASH first.", "MASH")
    assert (found.type, found.canonical) == ("safeguarding", "multi-agency safeguarding hub")


def test_says_which_rule_and_entry_made_a_mention() -> None:
    """Evidence names the rule, the lexicon entry and the cue words."""
    found = service("A new supported living scheme had opened.", "supported living scheme")
    assert found.evidence is not None
    assert found.evidence.rule == "known-head"
    assert found.evidence.entry == "supported-living"
    assert [cue.text for cue in found.evidence.cues] == ["new"]
    assert found.evidence.beat == ("care: supported living",)


@given(st.lists(st.sampled_from([*MARK.sub(r"\1", " ".join(SENTENCES)).split(), "(", ",", "and"])))
def test_never_overlaps_and_always_quotes(words: list[str]) -> None:
    """On any text the mentions lie apart and their text is that of their span."""
    text = " ".join(words)
    found = services(text)
    for one, two in itertools.pairwise(found):
        assert one.span.end <= two.span.start
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.text


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "Service ",
            "mental health and ",
            "reablement, ",
            "(",
            "new ",
            "to open ",
            "support team ",
        ),
        *("was run by a club ", "which ran ", "joint pathway ", "‘Warm ", "the club that Halcyon "),
    ],
)
def test_work_grows_in_proportion_to_the_text(piece: str) -> None:
    """Four times the text makes at most about four times the calls."""
    services("A service")  # what is loaded once is not counted
    assert _calls(piece * 4000) < 6 * _calls(piece * 1000)


def _calls(text: str) -> int:
    """Return how many functions are called to find the services of *text*."""
    profile = cProfile.Profile()
    profile.runcall(PARSER.parse, text)
    return sum(calls for _, calls, *_ in pstats.Stats(profile).stats.values())  # type: ignore[attr-defined]

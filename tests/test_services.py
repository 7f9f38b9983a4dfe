"""The extractor of services, on sentences marked up as ``[mention|type]``."""

from __future__ import annotations

import re

import cqcparse
import pytest
from cqcparse.extractors.services import ServiceExtractor
from cqcparse.language import find_acronyms
from cqcparse.sentences import split_sentences
from hypothesis import given
from hypothesis import strategies as st

MARK = re.compile(r"\[([^\]|]+)\|([a-z-]+)\]")

SENTENCES = """
Referrals were triaged by the [multi-agency safeguarding hub|safeguarding] within 24 hours.
Staff in the [adult safeguarding team|safeguarding] worked closely with the [hospital social work team|hospital-discharge].
The [DoLS team|safeguarding] had reduced the number of people waiting for an authorisation.
A [high-risk panel team|other] met people who refused help.
The police shared information with the [domestic abuse service|other] every week.
[Care Act advocacy|advocacy] was provided by a local charity.
People waited too long for an [independent advocate service|advocacy].
The [approved mental health professional service|mental-health] covered evenings and weekends.
People contacted the [front door|information-and-advice] by telephone or through the [online portal|information-and-advice].
The [sensory impairment team|other] assessed people who were deaf or blind.
Leaders told us the [learning disability team|learning-disability] and the [transitions team|transitions] had merged.
Most people were supported to regain skills through [reablement|reablement].
The [occupational therapy service|occupational-therapy] had a waiting list of 4 months.
Unpaid carers could get [short breaks|carers], [replacement care|carers] or a place at the [carers' centre|carers].
The [carers support service|carers] was delivered by Kirklees Carers Hub Limited.
People with dementia used [memory cafés|dementia] and [day centres|community] across Leeds.
There was a shortage of [dementia nursing placements|dementia] in the south of the county.
The council commissioned [domiciliary care|home-care] from 40 providers and [extra care housing|housing-support] from 3.
Commissioners were developing the market for [supported living|housing-support] providers.
The number of [care home beds|care-home] was above the regional average.
[Shared Lives|housing-support] carers told us they felt valued.
People leaving hospital went to [discharge to assess beds|hospital-discharge] in two homes.
The [urgent community response team|admission-avoidance] reached people at home within 2 hours.
[Virtual wards|admission-avoidance] helped people to stay out of hospital.
A [home from hospital scheme|hospital-discharge] run by volunteers brought shopping and company.
The [integrated discharge hub|hospital-discharge] met 7 days a week.
[Community equipment|equipment-and-adaptations] was delivered within 3 days.
Waits for [major adaptations|equipment-and-adaptations] had grown.
More people were given [telecare|equipment-and-adaptations] and other [assistive technology|equipment-and-adaptations].
The [wheelchair service|equipment-and-adaptations] was run by the NHS trust.
[Local area coordination|community] had reached 900 people in Derby.
[Social prescribing|social-prescribing] link workers were based in GP surgeries.
The [smoking cessation service|public-health] had moved into the libraries.
[Floating support|housing-support] and [supported accommodation|housing-support] were offered to people at risk.
The [rough sleeping outreach team|homelessness] knew everyone by name.
The [substance misuse service|substance-misuse] shared a building with the [mental health crisis team|crisis].
[End of life care|end-of-life] had been a priority for the hospice.
[Nursing and residential care|care-home] was hard to find in rural Shropshire.
Staff valued the [benefits and debt advice service|information-and-advice].
The [hoarding and self-neglect service|other] had a waiting list.
The council funded [community transport|community], [lunch clubs|community] and [befriending|community].
The [emergency duty team (EDT)|emergency-duty] covered nights.
The [community mental health teams|mental-health] and [home treatment teams|crisis] kept separate records.
The [autism diagnostic pathway|autism] took 3 years.
The [speech and language therapy team|other] was fully staffed.
""".strip().splitlines()

NOT_SERVICES = """
The carers strategy, the prevention plan and the dementia partnership board were reviewed.
Staff had completed safeguarding training and the quality assurance team checked case files.
People told us services were good, but other services and frontline services were stretched.
The senior leadership team met the finance team every week.
Social workers, occupational therapists and approved mental health professionals were in short supply.
The number of people with dementia was rising and autistic people waited longest.
The commissioning team managed procurement and contract monitoring.
People were discharged from hospital too late, and discharge had slowed.
The fire and rescue service and the ambulance service attended.
Leaders spoke about health, housing and social care.
The Better Care Fund paid for several programmes and some support.
Team meetings were held weekly and the workforce team ran a training programme.
The Learning Disability Partnership Board and the Carers Strategy Group met quarterly.
Community mental health colleagues valued joint visits.
People waited for assessments, reviews and care plans.
The transformation programme and the new operating model were explained to staff.
They wanted better outcomes for people who draw on care and support.
The council bought a case management system and a new approach to co-production.
""".strip().splitlines()


def view_of(text: str) -> cqcparse.View:
    """Return a view whose findings are the lines of *text*."""
    paragraphs = []
    for match in re.finditer(r"[^\n]+", text):
        span = cqcparse.Span(*match.span())
        sentences = split_sentences(text, span)
        paragraphs.append(cqcparse.Paragraph(span=span, text=match.group(), sentences=sentences))
    document = cqcparse.Document(text=text)
    bare = cqcparse.View(
        document=document,
        framework=None,  # type: ignore[arg-type]
        sections=(),
        statements=(),
        findings=tuple(paragraphs),
    )
    acronyms = find_acronyms(bare.tokens(paragraph) for paragraph in bare.findings)
    return cqcparse.View(
        document=document,
        framework=None,  # type: ignore[arg-type]
        sections=(),
        statements=(),
        findings=tuple(paragraphs),
        authority_names=("Leeds City Council", "Leeds"),
        acronyms=acronyms,
    )


def services(text: str) -> list[cqcparse.Service]:
    """Return the services found in *text*, in order."""
    return sorted(ServiceExtractor().extract(view_of(text)), key=lambda m: m.span.start)


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


@pytest.mark.parametrize("sentence", NOT_SERVICES)
def test_leaves_alone_what_is_no_service(sentence: str) -> None:
    """Plans, boards, back offices, people, conditions and bare heads are no services."""
    assert marked(sentence) == sentence


@pytest.mark.parametrize(
    ("sentence", "phrase", "status", "cue"),
    [
        ("Leeds had a new carers hub in the north.", "carers hub", "new", "new"),
        ("A home first service, launched in May 2023, was popular.", "home first service", "new", "launched"),
        ("They had recently introduced a falls prevention service.", "falls prevention service", "new", "introduced"),
        ("The council planned to open a respite unit in 2026.", "respite unit", "planned", "planned to open"),
        ("A crisis house was due to open in spring.", "crisis house", "planned", "was due to open"),
        ("The existing reablement service was reviewed.", "reablement service", "existing", "existing"),
        ("The day service had closed in 2022.", "day service", "ended", "had closed"),
        ("The sitting service was no longer provided.", "sitting service", "ended", "no longer provided"),
        ("They had decommissioned the floating support service.", "floating support service", "ended", "decommissioned"),
        ("The night-sitting service had been reduced.", "night-sitting service", "reduced", "had been reduced"),
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
    assert (found.duration.text, found.duration.value) == ("6-week", cqcparse.Duration(days=42))


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
    ("sentence", "phrase", "provider"),
    [
        ("Advocacy was delivered by Voiceability Northshire.", "Advocacy", "Voiceability Northshire"),
        ("The wellbeing hubs, run by a local charity, were busy.", "wellbeing hubs", "local charity"),
        ("Age UK Dorset ran a befriending service for older people.", "befriending service", "Age UK Dorset"),
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
    assert services(text) == []


def test_knows_common_short_forms_without_a_definition() -> None:
    """A short form that all councils use is known without a definition."""
    found = service("Concerns went to the MASH first.", "MASH")
    assert (found.type, found.canonical) == ("safeguarding", "multi-agency safeguarding hub")


def test_says_which_rule_and_entry_made_a_mention() -> None:
    """Evidence names the rule, the lexicon entry and the cue words."""
    found = service("A new supported living scheme had opened.", "supported living scheme")
    assert found.evidence is not None
    assert found.evidence.rule == "head"
    assert found.evidence.entry == "supported-living"
    assert [cue.text for cue in found.evidence.cues] == ["new"]


@given(st.lists(st.sampled_from([*" ".join(SENTENCES).split(), "(", ")", ",", "and"]), max_size=60))
def test_never_overlaps_and_always_quotes(words: list[str]) -> None:
    """On any text the mentions lie apart and their text is that of their span."""
    text = " ".join(words)
    found = services(text)
    for one, two in zip(found, found[1:], strict=False):
        assert one.span.end <= two.span.start
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.text


@pytest.mark.parametrize(
    "piece",
    ["Service ", "mental health and ", "reablement, ", "(", "new ", "to open ", "support team "],
)
def test_work_grows_in_proportion_to_the_text(piece: str) -> None:
    """Four times the text makes at most about four times the calls."""
    assert _calls(piece * 4000) < 6 * _calls(piece * 1000)


def _calls(text: str) -> int:
    import cProfile
    import pstats

    view = view_of(text)
    profile = cProfile.Profile()
    profile.runcall(lambda: list(ServiceExtractor().extract(view)))
    stats = pstats.Stats(profile)
    return int(stats.total_calls)  # type: ignore[attr-defined]

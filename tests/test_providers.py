"""The provider framework: a second profile in data, chosen from the text and said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import cqcparse
from cqcparse.framework import Framework, builtin_frameworks

PROVIDERS = next(f for f in builtin_frameworks() if f.id == "provider-saf")
COUNCILS = next(f for f in builtin_frameworks() if f.local_authority)


def report(framework: Framework = PROVIDERS) -> str:
    """Return a report on a care home with every key question and quality statement."""
    return "\n\n".join(_lines(framework))


def _lines(framework: Framework) -> Iterator[str]:
    yield "Larkfield House"
    yield "Report from 3 March 2025 assessment"
    for theme in framework.themes:
        yield theme.title
        yield "Rating: Good"
        yield "This service scored 75 (out of 100) for this area."
        for number, statement in enumerate(s for s in framework.statements if s.theme == theme.id):
            yield statement.title
            yield f"Score: {number % 4 + 1}"
            yield "The service worked with NHS England and the police. Staff told us they felt proud."


def test_every_statement_is_read_under_its_key_question() -> None:
    """34 statements, five key questions, and all their scores."""
    assessment = cqcparse.parse(report())
    assert assessment.framework == "provider-saf"
    found = {s.id: (s.theme, s.score.value if s.score else None) for s in assessment.statements}
    expected: dict[str, tuple[str, int]] = {}
    for theme in PROVIDERS.themes:
        within = [s.id for s in PROVIDERS.statements if s.theme == theme.id]
        expected |= {id_: (theme.id, n % 4 + 1) for n, id_ in enumerate(within)}
    assert found == expected
    assert len(found) == 34
    sizes = [sum(s.theme == theme.id for s in PROVIDERS.statements) for theme in PROVIDERS.themes]
    assert sizes == [8, 6, 5, 7, 8]


def test_the_choice_is_said() -> None:
    """The result names the profile, and the diagnostic the phrases that decided."""
    assessment = cqcparse.parse(report())
    assert not assessment.is_local_authority_assessment
    (told,) = [d for d in assessment.diagnostics if d.code == "not-an-assessment"]
    assert "'provider-saf'" in told.message
    assert "this service scored" in told.message


def test_the_same_words_mean_what_their_profile_says() -> None:
    """Statements that both frameworks have take the id and theme of the one that applies."""
    shared = {s.title for s in PROVIDERS.statements} & {s.title for s in COUNCILS.statements}
    assert len(shared) >= 4
    mine = {s.title.text: s.theme for s in cqcparse.parse(report()).statements}
    other = cqcparse.parse(
        "Rutland County Council: local authority assessment\n\n"
        + "\n\n".join(f"{title}\n\nScore: 3" for title in sorted(shared))
    )
    theirs = {s.title.text: s.theme for s in other.statements}
    assert other.framework == COUNCILS.id
    assert theirs.keys() == shared
    assert all(mine[title] != theirs[title] for title in shared)


def test_mentions_are_found_in_its_findings() -> None:
    """Extractors read what the profile says are findings, if a report on a provider is wanted."""
    assessment = cqcparse.Parser(any_document=True).parse(report())
    assert {m.text for m in assessment.partners} == {"NHS England", "police"}
    for mention in assessment.mentions:
        assert assessment.statement_of(mention) is not None


def test_by_default_nothing_is_looked_for() -> None:
    """A report on a provider is no council's: it has no authority, and no mentions."""
    assessment = cqcparse.parse(report().replace("Larkfield", "Rutland County Council"))
    assert (assessment.authority, assessment.mentions) == (None, ())
    assert "any_document" in assessment.diagnostics[0].message


def test_a_given_profile_is_applied() -> None:
    """Whoever knows better than the text says so."""
    parser = cqcparse.Parser(framework=PROVIDERS)
    assessment = parser.parse("Learning culture\n\nScore: 3\n\nStaff spoke up.")
    assert assessment.framework == "provider-saf"
    assert [s.id for s in assessment.statements] == ["learning-culture"]
    assert cqcparse.Parser(framework=PROVIDERS).parse(report()).partners


@pytest.mark.parametrize(
    "sentence",
    [
        "A registered manager of a care home told us the provider was inspected and rated good.",
        "One service scored well, and the CQC has rated it.",
    ],
)
def test_talk_of_providers_does_not_make_a_council_one(sentence: str) -> None:
    """Prose about providers in a council's report changes nothing."""
    text = (
        "Rutland County Council: local authority assessment\n\nSafeguarding\n\nScore: 3\n\n"
        f"Key findings for this quality statement\n\n{sentence}\n"
    )
    assessment = cqcparse.parse(text)
    assert assessment.framework == COUNCILS.id
    assert assessment.is_local_authority_assessment


def test_a_report_on_a_provider_joins_no_council() -> None:
    """Combining keeps it apart, and misses none of a council's pages in it."""
    page = "Rutland County Council: local authority assessment\n\nSafeguarding\n\nScore: 3\n"
    council, provider = cqcparse.combine([cqcparse.parse(page), cqcparse.parse(report())])
    assert (council.framework, provider.framework) == (COUNCILS.id, PROVIDERS.id)
    assert provider.missing == ()
    assert len(provider.statements) == 34

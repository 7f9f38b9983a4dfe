"""Clauses and noun phrases as arguments, through the public names of ``cqcparse.grammar``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse.grammar import (
    Clause,
    Phrase,
    Tokens,
    coordinated,
    find_tails,
    noun_phrase,
    phrase_before,
    read_clause,
    trim,
    whole_phrase,
)


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a text."""
    return Tokens(text, 0, len(text))


def said(tokens: Tokens, phrase: Phrase | None) -> str | None:
    """Return the words of *phrase*."""
    if phrase is None:
        return None
    span = tokens.span(*phrase)
    return tokens.text[span.start : span.end]


def clause_of(text: str, verb: str) -> tuple[Tokens, Clause]:
    """Return the clause around the last word of *text* that says *verb*."""
    tokens = tokens_of(text)
    index = len(tokens) - 1 - tokens.low[::-1].index(verb)
    return tokens, read_clause(tokens, index, 0, len(tokens) - 1)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("The trust and the council jointly opened a hub.", "opened", "The trust and the council"),
        ("The new head of service in Leeds had approved it.", "approved", "The new head"),
        ("A hub that had been closed by the trust reopened.", "closed", "A hub"),
        ("Age UK Wirral, which was praised by partners, ran it.", "praised", "Age UK Wirral"),
        ("The board told us that it had approved the plan.", "approved", "The board"),
        ("The board met monthly and had approved the plan.", "approved", "The board"),
        ("The board planned to approve the plan.", "approve", "The board"),
        ("The trust helped the charity to open a hub.", "open", "the charity"),
        ("The charity was committed to opening a hub.", "opening", "The charity"),
        ("There was room for carers to open a hub.", "open", "carers"),
        ("Staff did not know who should open it.", "open", None),
        ("In 2023, the ICB opened a hub.", "opened", "the ICB"),
        ("There were 9 beds at Elm House, which were closed.", "closed", "9 beds"),
        ("A pilot for 40 carers, which was closed, helped.", "closed", "A pilot"),
        (
            "It worked with the Society for the Deaf, which opened it.",
            "opened",
            "the Society for the Deaf",
        ),
        ("Lantern Arts, a local charity, had opened it.", "opened", "Lantern Arts"),
        ("A café was popular, and this was opened by the trust.", "opened", "A café"),
        ("A nurse was part of it, praised by the trust.", "praised", "A nurse"),
        ("Providers said care was good and that they had opened it.", "opened", "Providers"),
        ("Staff felt that decisions to open it were slow.", "open", None),
        ("Partners described being praised by leaders.", "praised", "Partners"),
        ("They took a similar view, and the trust opened a hub.", "opened", "the trust"),
        (
            "Social workers, carers and the police opened a hub.",
            "opened",
            "Social workers, carers and the police",
        ),
    ],
)
def test_subject(text: str, verb: str, subject: str | None) -> None:
    """The subject is found through auxiliaries, relatives, pronouns, lists and control."""
    tokens, clause = clause_of(text, verb)
    assert said(tokens, clause.subject) == subject


@pytest.mark.parametrize(
    ("text", "verb", "voice"),
    [
        ("The trust opened a hub.", "opened", "active"),
        ("The hub had been opened by the trust.", "opened", "passive"),
        ("A hub opened by the trust had grown.", "opened", "participle"),
        ("The trust planned to open a hub.", "open", "infinitive"),
        ("The trust talked about opening a hub.", "opening", "gerund"),
        ("The trust was opening a hub.", "opening", "active"),
    ],
)
def test_voice(text: str, verb: str, voice: str) -> None:
    """Voice is read from auxiliaries and neighbours."""
    assert clause_of(text, verb)[1].group.voice == voice


@pytest.mark.parametrize(
    ("text", "verb", "denial"),
    [
        ("The trust had never opened a hub.", "opened", "never"),
        ("The trust didn't fund a hub.", "fund", "didn't"),
        ("The trust had opened a hub.", "opened", None),
    ],
)
def test_negation(text: str, verb: str, denial: str | None) -> None:
    """The word that denies a verb is found in its group."""
    tokens, clause = clause_of(text, verb)
    found = clause.group.negation
    assert (None if found is None else tokens.low[found]) == denial


def test_objects_and_tails() -> None:
    """Objects, prepositional phrases and an infinitive come in order, time left out."""
    tokens, clause = clause_of(
        "The trust gave £80,000 a year to two charities from reserves to open a hub.", "gave"
    )
    assert [said(tokens, phrase) for phrase in clause.objects] == ["£80,000"]
    assert [(t.preposition, t.kind, said(tokens, t.phrase)) for t in clause.tails] == [
        ("to", "noun", "two charities"),
        ("from", "noun", "reserves"),
        ("to", "infinitive", "open"),
    ]


def test_two_objects() -> None:
    """A verb may have two objects without a preposition."""
    tokens, clause = clause_of("The trust gave the charity a van.", "gave")
    assert [said(tokens, phrase) for phrase in clause.objects] == ["the charity", "a van"]


def test_object_of_a_relative_clause() -> None:
    """What "which" stands for is the antecedent."""
    tokens, clause = clause_of("The hubs, which the trust had opened in May, were busy.", "opened")
    assert said(tokens, clause.antecedent) == "The hubs"


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        (
            "to widen choice, cut waits and support carers, and staff agreed",
            1,
            "widen choice, cut waits and support carers",
        ),
        (
            "for people who paid for their own care was clear",
            1,
            "people who paid for their own care",
        ),
        ("on beds and a nurse, which helped", 1, "beds and a nurse"),
        ("to open a hub with Barnsley Council", 1, "open a hub"),
        ("to help them meet rising costs but", 1, "help them meet rising costs"),
        (
            "supporting carers, training staff and opening a hub; it",
            0,
            "supporting carers, training staff and opening a hub",
        ),
        ("to open a hub as part of the plan", 1, "open a hub"),
        ("for a scheme with two vans, launched in May", 1, "a scheme with two vans"),
    ],
)
def test_whole_phrase(text: str, start: int, expected: str) -> None:
    """A phrase has its whole list and ends before the next clause."""
    tokens = tokens_of(text)
    assert said(tokens, Phrase(start, whole_phrase(tokens, start, len(tokens) - 1))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Integrated Care Board (ICB) had", "the Integrated Care Board (ICB)"),
        ("a share of the budget was", "a share of the budget"),
        ("up to 40 people in", "up to 40 people"),
        (
            "the National Institute for Health Research (NIHR) to",
            "the National Institute for Health Research (NIHR)",
        ),
        ("Sport England paid for", "Sport England"),
    ],
)
def test_noun_phrase(text: str, expected: str) -> None:
    """A noun phrase has its articles, its acronym, and what a word of measure measures."""
    tokens = tokens_of(text)
    assert said(tokens, noun_phrase(tokens, 0, len(tokens) - 1)) == expected


def test_no_noun_phrase() -> None:
    """Where no noun phrase begins there is none."""
    tokens = tokens_of("and was")
    assert noun_phrase(tokens, 0, 1) is None
    assert phrase_before(tokens, 1, 0) is None


def test_coordination_stops_before_another_subject() -> None:
    """A conjunct with a verb of its own is not joined."""
    tokens = tokens_of("two hubs and a van, and staff told us")
    phrase = noun_phrase(tokens, 0, len(tokens) - 1)
    assert phrase is not None
    assert said(tokens, coordinated(tokens, phrase, len(tokens) - 1)) == "two hubs and a van"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a range of schemes", "schemes"),
        ("their own homes", "own homes"),
        ("several new programmes", "new programmes"),
        ("the rest of the team", "rest of the team"),
        ("the", None),
    ],
)
def test_trim(text: str, expected: str | None) -> None:
    """A value has no article, vague quantifier or pronoun in front."""
    tokens = tokens_of(text)
    assert said(tokens, trim(tokens, Phrase(0, len(tokens) - 1))) == expected


WORDS = st.sampled_from(
    "the a of to and , . ( ) ICB (ICB) trust carers who which that was had been paid open opening"
    " £2m 3 between up each not it them for with as more than £5 half year".split()
)


@given(st.lists(WORDS, min_size=1, max_size=40), st.data())
def test_any_words(words: list[str], data: st.DataObject) -> None:
    """Every function stays inside the words it is given, whatever they are."""
    tokens = tokens_of(" ".join(words))
    last = len(tokens) - 1
    index = data.draw(st.integers(0, last))
    clause = read_clause(tokens, index, 0, last)
    phrases = [clause.subject, clause.antecedent, clause.means, *clause.objects]
    phrases += [tail.phrase for tail in (*clause.tails, *find_tails(tokens, index, last))]
    phrases += [noun_phrase(tokens, index, last), phrase_before(tokens, index, 0)]
    phrases.append(Phrase(index, whole_phrase(tokens, index, last)))
    assert all(0 <= p.first <= p.last <= last for p in phrases if p is not None)


@pytest.mark.parametrize("unit", ["and the trust ", "of the trust ", "to open ", "who ", "(a "])
def test_work_is_bounded(
    unit: str, growth: Callable[[Callable[[str], object], Callable[[int], str]], float]
) -> None:
    """The work for one verb does not grow with its sentence."""

    def read(text: str) -> Clause:
        tokens = tokens_of(text)
        return read_clause(tokens, len(tokens) // 2, 0, len(tokens) - 1)

    assert growth(read, lambda n: unit * n) < 9

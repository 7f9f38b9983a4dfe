"""The reader of status cues: one phrase in brackets, and what its clause says of it."""

from __future__ import annotations

import pytest

from cqcparse.grammar import Tokens, find_status

SAID = [
    ("A [crisis house] had opened in March.", "new", "had opened"),
    ("They had set up a [wellbeing hub].", "new", "set up"),
    ("A [hub] had been set up.", "new", "had been set up"),
    ("The [hub] was at an early stage.", "new", "was at an early stage"),
    ("The [scheme], which was introduced in May, was popular.", "new", "was introduced"),
    ("A newly commissioned [day service] was busy.", "new", "newly commissioned"),
    ("They missed a recently closed [day centre].", "ended", "recently closed"),
    ("They were developing a [dementia hub].", "planned", "developing"),
    ("The [hub] would open in spring.", "planned", "would open"),
    ("The [hub] had yet to start.", "planned", "had yet to start"),
    ("Leaders had plans for an [extra care scheme].", "planned", "plans for"),
    ("The council hoped to buy flats, fund [beds] and recruit staff.", "planned", "hoped to buy"),
    ("Priorities included the implementation of the [model].", "planned", "implementation of"),
    ("The long-standing [service] was valued.", "existing", "long-standing"),
    ("The [helpline] closed in 2021.", "ended", "closed"),
    ("They no longer commissioned the [service].", "ended", "no longer commissioned"),
    ("After the closure of the [day centre] people were isolated.", "ended", "closure of"),
    ("The [beds] were little used, so it was decided not to commission this.", "ended", None),
    ("They had cut the [service].", "reduced", "cut"),
    ("A [service] run by a charity had been cut.", "reduced", "had been cut"),
    ("The [service], which a trust used to run, had stopped.", "ended", "had stopped"),
    ("They paid for a [service] that began in May.", "new", "began"),
    ("A [team] had recently been established to help.", "new", "had recently been established"),
    ("A new [hub] was due to open in May.", "planned", "was due to open"),
    ("They were planning a [hub].", "planned", "planning"),
]
UNSAID = [
    "The [hub] had not closed.",
    "The [service] had closed 40 cases.",
    "The [hub] had launched a newsletter.",
    "The grant had helped the charity to set up a [hub].",
    "The [service] ended at 18.",
    "A new manager ran the [service].",
    "Staff liked the [service] because a new strategy was agreed.",
    "A strategy for the [service] had been launched.",
    "The [service] supported people who had stopped work.",
    "They praised the [team], and a hub had been set up.",
    "[Hub]",
]


def status_of(sentence: str) -> tuple[str, str] | None:
    """Return status and cue of the phrase in square brackets."""
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    tokens = Tokens(text, 0, len(text))
    first = tokens.starts.index(start)
    last = tokens.ends.index(end)
    cue = find_status(tokens, first, last)
    return None if cue is None else (cue.status, cue.quote.text)


@pytest.mark.parametrize(("sentence", "status", "words"), SAID)
def test_reads_what_the_clause_says(sentence: str, status: str, words: str | None) -> None:
    """Adjectives, verbs before and behind, nouns and later pronouns all say it of the phrase."""
    found = status_of(sentence)
    assert found is not None
    assert found[0] == status
    assert words is None or found[1].startswith(words)


@pytest.mark.parametrize("sentence", UNSAID)
def test_says_nothing_where_the_clause_says_nothing(sentence: str) -> None:
    """Denied, finished, foreign and habitual cues are none of this phrase."""
    assert status_of(sentence) is None


def test_quotes_the_words_that_decide() -> None:
    """The quote of a cue stands at its place in the text."""
    text = "In 2023 a new hub opened."
    tokens = Tokens(text, 0, len(text))
    index = tokens.low.index("hub")
    cue = find_status(tokens, index, index)
    assert cue is not None
    assert text[cue.quote.span.start : cue.quote.span.end] == cue.quote.text == "new"

"""Sentences: where they end, what only looks like an end, and that no character is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Span
from cqcparse.structure.sentences import split_sentences

ROOT = Path(__file__).resolve().parent.parent
GOLD = sorted((ROOT / "tests" / "quality" / "gold").glob("*.jsonl"))

#: Marks, white space and letters, in the mixture that finds the corners of the rules.
TRICKY = st.text(st.sampled_from(" \n\t\xa0.!?…'\"”)]([“‘aAeg1£s75\u2028,;:-")).map(
    lambda text: text + "e.g. A. B"
)


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a whole text."""
    return split_sentences(text, Span(0, len(text)))


def check_split(marked: str) -> None:
    """Check that the text without its ``|`` is cut exactly where they stand."""
    found = [sentence.text for sentence in sentences_of(marked.replace("|", ""))]
    assert found == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("They met monthly.| Staff were proud.", id="full-stop"),
        pytest.param("What next?| Nobody knew!| It went on.", id="question-exclamation"),
        pytest.param("Staff felt safe.| 5 people did not.", id="digit-opens"),
        pytest.param("It was paid.| £2m came later.", id="pound-opens"),
        pytest.param("They said 'it works well.'| Others did not.", id="closing-apostrophe"),
        pytest.param('"It works," they said.| "It does."| So it went.', id="straight-quotes"),
        pytest.param("They said “it works.”| ‘Yes.’| So it went.", id="curly-quotes"),
        pytest.param("It was agreed (as planned.)| Work began.", id="closing-bracket"),
        pytest.param("[It was agreed.]| (Work began.)| It ended.", id="opening-bracket"),
        pytest.param("They waited...| Then it came…| At last.", id="ellipsis-ends"),
        pytest.param("The office closed at 5 p.m.| The team went home.", id="pm-ends"),
        pytest.param("There were plans, budgets, etc.| None was used.", id="etc-ends"),
        pytest.param("This is set out in Appendix A.| The list is long.", id="letter-ends"),
        pytest.param("It ended.|\nThe next line.", id="line-end"),
        pytest.param("It ended.|\xa0The next.", id="no-break-space"),
        pytest.param("It ended.| • The first point.", id="bullet-opens"),
        pytest.param("There was support from services.|The council paid.", id="glued"),
        pytest.param("It had a hub (the Hub).|Staff met there.", id="glued-bracket"),
        pytest.param("It was in 2023.| In 2024 it was not.", id="year"),
    ],
)
def test_what_ends_a_sentence(marked: str) -> None:
    """A sentence ends at its stop, with the quotes and brackets that close behind it."""
    check_split(marked)


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param("Aids, e.g. Zimmer frames, and gadgets, i.e. Alexa, were used.", id="eg-ie"),
        pytest.param("Under s. 75 and s.117, and Sect. 42, they paid.", id="section"),
        pytest.param("It was no. 1 of 3, on pp. 4 and para. 6.", id="number"),
        pytest.param("Dr. Khan, Mrs. Lee and Cllr. Jones met Prof. Rao in St. Albans.", id="title"),
        pytest.param("J. Smith and A. B. Jones led the U.K. Government team.", id="initials"),
        pytest.param("The team started at 9 a.m. each day.", id="am"),
        pytest.param("It cost £3.5m, 4.2 times the sum of 1.25 in v2.1.", id="decimals"),
        pytest.param("See www.Example.Org/A.Html or https://a.b/C.Html for more.", id="addresses"),
        pytest.param("Write to A.Khan@Council.Gov.uk for more.", id="mail"),
        pytest.param("They waited... and waited… and left.", id="ellipsis"),
        pytest.param("'What next?' she asked.", id="quoted-question"),
        pytest.param("Support was there (it was slow!), they said.", id="comma-follows"),
        pytest.param("It came about c. 1990 (approx. 30 years ago).", id="circa"),
        pytest.param("the team and the service", id="no-stop"),
        pytest.param("The report for Jan. 2024 and Sept. 2025 was late.", id="month"),
    ],
)
def test_what_ends_no_sentence(whole: str) -> None:
    """A stop inside an abbreviation, a number, a name or an address ends nothing."""
    check_split(whole)


def test_a_wrapped_paragraph_reads_as_if_it_were_on_one_line() -> None:
    """Line ends inside a paragraph are white space like any other."""
    found = sentences_of("The local authority had\nno. 1 of the plans. It was\r\nagreed.")

    assert [sentence.text for sentence in found] == [
        "The local authority had\nno. 1 of the plans.",
        "It was\r\nagreed.",
    ]


def test_only_the_span_is_read() -> None:
    """Nothing outside the span is part of a sentence, and offsets count from the text's start."""
    text = "Not this. But this. And this. Not that."

    found = split_sentences(text, Span(9, 29))

    assert [(s.span.start, s.span.end, s.text) for s in found] == [
        (10, 19, "But this."),
        (20, 29, "And this."),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\t\xa0\u2028", "\x1c\x85"])
def test_white_space_has_no_sentences(text: str) -> None:
    """There is no sentence without a character in it."""
    assert sentences_of(text) == ()


@given(st.one_of(st.text(), TRICKY))
def test_sentences_hold_every_character(text: str) -> None:
    """Sentences are in order, trimmed, agree with the text, and leave only white space out."""
    position = 0
    for sentence in sentences_of(text):
        assert text[position : sentence.span.start].strip() == ""
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        position = sentence.span.end
    assert text[position:].strip() == ""


def test_a_sentence_is_as_long_as_its_span() -> None:
    """A sentence whose text cannot be what the span covers is refused."""
    with pytest.raises(ValueError, match="not as long as its span"):
        Sentence(span=Span(0, 3), text="four")


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_sentences_of_the_reports_are_those_of_the_annotators(gold: Path) -> None:
    """The findings of the gold are all sentences of the key findings, character for character."""
    rows = map(json.loads, gold.read_text(encoding="utf-8").splitlines())
    expected = [(row["start"], row["end"]) for row in rows if row["kind"] == "finding"]
    assessment = cqcparse.read(ROOT / "seeds" / f"{gold.stem}.txt")

    found = [
        (sentence.span.start, sentence.span.end)
        for top in assessment.sections
        for section in top.walk()
        if section.role in {"key-findings", "topic"}
        for sentence in section.sentences
    ]

    assert found == expected


@pytest.mark.parametrize(
    "piece", [".", ". ", "A. ", "e.g. ", ".)", '."', "a.B", "?! ", "... ", "word ", "... A"]
)
def test_work_grows_with_the_length(
    piece: str, growth: Callable[[Callable[[str], object], Callable[[int], str]], float]
) -> None:
    """No run of marks, letters or abbreviations makes the splitter look back again and again."""
    assert growth(sentences_of, lambda size: piece * size) < 10

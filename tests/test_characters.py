"""Characters that were damaged on their way: words are read as they were meant, and it is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse.grammar.tokens import Tokens

HEAD = "Ashmere: local authority assessment\n\nSafeguarding\n\nScore: 3\n\nKey findings\n\n"
CODES = {"text-misread", "text-replaced", "sum-unread", "words-uncertain"}


def codes(assessment: cqcparse.Assessment) -> list[str]:
    """Return the codes that are about characters."""
    return [item.code for item in assessment.diagnostics if item.code in CODES]


@pytest.mark.parametrize(
    ("phrase", "type_", "told"),
    [
        pytest.param("re\u00adable\u00adment service", "reablement", [], id="soft-hyphens"),
        pytest.param("step\u2010down beds", "step-down", [], id="hyphen"),
        pytest.param("step\u2011down beds", "step-down", [], id="no-break-hyphen"),
        pytest.param("step\u2013down beds", "step-down", [], id="dash"),
        pytest.param("\ufb02oating support", "housing-support", [], id="ligature"),
        pytest.param("reablement\u00b2 services", "reablement", [], id="raised-figure"),
        pytest.param("reablement2 services", "reablement", [], id="joined-mark"),
        pytest.param("step?down beds", "step-down", ["text-replaced"], id="question-mark"),
        pytest.param("step\ufffddown beds", "step-down", ["text-replaced"], id="replaced"),
        pytest.param("stepâ€‘down beds", "step-down", ["text-misread"], id="misread"),
    ],
)
def test_a_service_in_damaged_print(phrase: str, type_: str, told: list[str]) -> None:
    """It is found where it stands, as it is printed; what is not safe is told."""
    assessment = cqcparse.parse(f"{HEAD}The council opened the {phrase} in May.")

    assert [(found.type, found.text) for found in assessment.services] == [(type_, phrase)]
    assert codes(assessment) == told


@pytest.mark.parametrize("unseen", ["\0", "\u00ad", "\u200b"])
def test_a_body_is_the_same_in_damaged_print(unseen: str) -> None:
    """It has one name and one id, so that it is counted once."""
    text = f"{HEAD}The council met Age UK Lin{unseen}coln. Age UK Lincoln gave £2m."

    found = cqcparse.parse(text).partners

    assert [mention.text for mention in found] == [f"Age UK Lin{unseen}coln", "Age UK Lincoln"]
    assert {mention.canonical for mention in found} == {"Age UK Lincoln"}
    assert len({mention.entity_id for mention in found}) == 1


def test_a_name_with_a_control_character() -> None:
    """What is not printed is passed over: the body is found whole, and it is told."""
    text = f"{HEAD}The council gave £2m to Age UK Lin\0coln."

    assessment = cqcparse.parse(text)

    assert [found.text for found in assessment.partners] == ["Age UK Lin\0coln"]
    assert codes(assessment) == ["text-replaced"]
    (told,) = (found for found in assessment.diagnostics if found.code == "text-replaced")
    assert told.span is not None
    assert text[told.span.start : told.span.end] == "\0"


def test_a_possessive_in_damaged_print() -> None:
    """An apostrophe that was lost or misread is one, and a misread pound is a pound."""
    for mark in ("\ufffd", "â€™", "?"):
        found = cqcparse.parse(f"{HEAD}The council{mark}s partners spent Â£2m on respite.")
        (event,) = (funding for funding in found.funding if funding.type == "event")
        assert event.funder is not None
        assert event.amount is not None
        assert (event.funder.text, event.amount.text) == (f"council{mark}s partners", "£2m")


def test_words_that_are_broken_at_line_ends_are_told() -> None:
    """In plain text nothing says whether the hyphen is of the word; the place is named."""
    text = (
        f"{HEAD}The council ran a reable-\nment service and a short - \nterm one, with 2023-\n24."
    )

    (told,) = [found for found in cqcparse.parse(text).diagnostics if found.code in CODES]

    assert told.code == "words-uncertain"
    assert told.span is not None
    assert text[told.span.start : told.span.end] == "reable-\nment"
    assert "once, first in 'reable-ment'" in told.message


@pytest.mark.parametrize("text", ["Was it good? Yes.", "See a.org/page?id=3.", "He said: “so?”"])
def test_a_question_is_no_fault(text: str) -> None:
    """A question mark at the end of a word, or in an address, stands for itself."""
    assert codes(cqcparse.parse(HEAD + text)) == []


@pytest.mark.parametrize(
    ("text", "amount", "told"),
    [
        pytest.param("It gave £4m1 to charities.", None, ["sum-unread"], id="joined-figure"),
        pytest.param("It gave £250k2 to charities.", None, ["sum-unread"], id="joined-to-a-scale"),
        pytest.param("It gave £3\nmillion to charities.", 3_000_000, [], id="line-end"),
        pytest.param("It gave £12 300 to charities.", None, ["sum-unread"], id="space"),
        pytest.param("It gave £1.200.000 to charities.", None, ["sum-unread"], id="points"),
        pytest.param("It gave £12'000 to charities.", None, ["sum-unread"], id="apostrophe"),
        pytest.param(
            "It gave £1 million2 to charities.", None, ["sum-unread"], id="joined-to-words"
        ),
        pytest.param("It gave £1 200 000 to charities.", 1_200_000, [], id="thousands"),
        pytest.param("It gave £4m¹ to charities.", 4_000_000, [], id="raised"),
        pytest.param("It gave £3¹ million to charities.", 3_000_000, [], id="raised-inside"),
        pytest.param("It gave £2.5m-£3m to charities.", 3_000_000, [], id="range"),
        pytest.param("It gave £300pw to charities.", 300, [], id="rate"),
        pytest.param("It gave £2.5\nm to charities.", 2_500_000, [], id="letter-in-next-line"),
        pytest.param("It gave £2.5\nm) to charities.", None, [], id="item-in-next-line"),
        pytest.param(
            "It gave \0£2m to charities.", 2_000_000, ["text-replaced"], id="nul-in-front"
        ),
        pytest.param(
            "It gave \ufffd£2m to charities.", 2_000_000, ["text-replaced"], id="lost-in-front"
        ),
        pytest.param(
            "It gave £\x002m to charities.", None, ["text-replaced", "sum-unread"], id="nul-inside"
        ),
        pytest.param(
            "It gave \ufffd2m to charities.", None, ["text-replaced", "sum-unread"], id="lost-pound"
        ),
        pytest.param(
            "It gave £2\ufffdm to charities.",
            None,
            ["text-replaced", "sum-unread"],
            id="lost-inside",
        ),
        pytest.param(
            "It helped \ufffd212 people.", None, ["text-replaced"], id="lost-quotation-mark"
        ),
        pytest.param("Its grant -£2m was late.", None, ["sum-unread"], id="minus-or-dash"),
        pytest.param("Its grant was £(2m).", None, ["sum-unread"], id="brackets-inside"),
    ],
)
def test_a_sum_with_the_mark_of_a_note(text: str, amount: int | None, told: list[str]) -> None:
    """A raised figure is none of the sum; what is joined otherwise leaves no sum, and is told."""
    assessment = cqcparse.parse(HEAD + text)

    amounts = {
        found.amount.value.high
        for found in assessment.funding
        if found.amount is not None and found.amount.value is not None
    }
    assert amounts == (set() if amount is None else {Decimal(amount)})
    assert codes(assessment) == told


@given(
    st.lists(
        st.text("step-dowń beds \u00ad\u2013\ufb01\ufffd?â€™Â£2.5m²'", min_size=1, max_size=12),
        min_size=1,
        max_size=6,
    )
)
def test_tokens_of_any_print_stand_where_they_say(chunks: list[str]) -> None:
    """Tokens are in order, none is empty, and every character that is seen lies in one."""
    text = " ".join(chunks)
    tokens = Tokens(text, 0, len(text))

    done = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert done <= start < end <= len(text)
        assert text[done:start].strip() == ""
        done = end
    assert text[done:].strip() == ""

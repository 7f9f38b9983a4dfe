"""Tokens: every character of a text has its token, wherever the white space stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cqcparse.grammar.tokens import Tokens

_CHUNKS = st.text(
    st.sampled_from("aAsS'’‘-/&1.,£%(İΣß_é"), min_size=1, max_size=12
) | st.sampled_from(["the", "carers’", "council's", "2022/23", "£4.5m,", "6-week", "run", "(BCF)"])
_SPACE = st.text(st.sampled_from(" \n\t\u00a0"), min_size=1, max_size=3)


def _tokens(text: str) -> Tokens:
    return Tokens(text, 0, len(text))


@given(st.text())
def test_tokens_cover_all_that_is_not_white_space(text: str) -> None:
    """Each character other than white space lies in exactly one token."""
    tokens = _tokens(text)
    places = [
        place
        for start, end in zip(tokens.starts, tokens.ends, strict=True)
        for place in range(start, end)
    ]
    assert places == [place for place, char in enumerate(text) if not char.isspace()]


@given(st.lists(st.tuples(_CHUNKS, _SPACE)))
def test_how_much_white_space_there_is_changes_no_token(parts: list[tuple[str, str]]) -> None:
    """Words and their classes are the same with one space between them or with several."""
    wide = _tokens("".join(f"{chunk}{space}" for chunk, space in parts))
    narrow = _tokens(" ".join(chunk for chunk, _ in parts))
    assert (wide.low, wide.tags, wide.caps) == (narrow.low, narrow.tags, narrow.caps)
    sizes = [[b - a for a, b in zip(one.starts, one.ends, strict=True)] for one in (wide, narrow)]
    assert sizes[0] == sizes[1]


@given(st.text(), st.text(), st.text())
def test_tokens_of_a_part_stand_where_they_stand_in_the_text(
    before: str, part: str, behind: str
) -> None:
    """A part of a text has the tokens of the part alone, moved to its place."""
    text = f"{before}\n{part}\n{behind}"
    start = len(before) + 1
    inside, alone = Tokens(text, start, start + len(part)), _tokens(part)
    assert inside.low == alone.low
    assert list(inside.starts) == [start + place for place in alone.starts]


def test_an_apostrophe_behind_an_s_is_a_possessive_only_in_front_of_a_word() -> None:
    """The closing mark of a quotation is a token of its own."""
    assert _tokens("the carers’ group").low == ["the", "carers'", "group"]
    assert _tokens("a ‘group of carers’ (BCF)").low == [
        *("a", "'", "group", "of", "carers", "'", "(", "bcf", ")")
    ]
    assert _tokens("of ‘carers’").low == ["of", "'", "carers", "'"]

"""The quick ways to find phrases give what the plain scan gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cqcparse.grammar.vocabulary import Vocabulary

_WORDS = st.sampled_from(
    ["home", "care", "Care", "homes", "HCP", "st", "john's", "a&e", "step-down", "7", "£5", "&"]
)
_PHRASES = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_TEXTS = st.lists(
    st.tuples(
        _WORDS | st.sampled_from(["carers’", "home/care", "care-based", "HCPs", "(", "İ", "x_"]),
        st.sampled_from([" ", "-", "\n", "\u00a0", ", ", "", "  ", "'s "]),
    ),
    max_size=12,
).map(lambda parts: "".join(f"{word}{behind}" for word, behind in parts))


@given(st.lists(_PHRASES, min_size=1, max_size=6, unique=True), _TEXTS)
def test_names_are_what_scan_gives_in_a_text_in_capitals(phrases: list[str], text: str) -> None:
    """Where every word has a capital, only phrases that begin with a digit or sign are no names."""
    vocabulary = Vocabulary({phrase: phrase for phrase in phrases if phrase[0].isalpha()})
    capitals = text.upper()
    assert list(vocabulary.scan_names(capitals)) == list(vocabulary.scan(capitals))


def test_names_begin_with_a_capital() -> None:
    """A common word that is also a name counts where it is printed as one."""
    vocabulary = Vocabulary({"reading": 1, "london borough of harrow": 2, "harrow": 3})
    text = "reading in Reading, the LONDON BOROUGH of Harrow and the london borough of Harrow"
    found = [(text[span.start : span.end], number) for span, number in vocabulary.scan_names(text)]
    assert found == [("Reading", 1), ("LONDON BOROUGH of Harrow", 2), ("Harrow", 3)]

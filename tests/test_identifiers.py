"""Names that come from data are held to one rule wherever they come in."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import Evidence, Mention, Parser, Span, View
from cqcparse.errors import PluginError
from cqcparse.grammar import Lexicon
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.identifiers import LONGEST, as_name, is_code, is_name


@pytest.mark.parametrize("name", ["town", "market-town", "market_town", "65-plus", "x" * LONGEST])
def test_names(name: str) -> None:
    """Words of lower-case letters and digits, joined by a hyphen or an underscore."""
    assert is_name(name)
    assert is_code(name.upper())


@pytest.mark.parametrize(
    "name",
    [
        *("", "-", "a-", "-a", "a--b", "a b", "a.b", "../a", "a\n", "A", "\u212a", "ä", "٣", "a\0"),
        *("x" * (LONGEST + 1), "x(): #", 3, None, ["a"], b"a"),
    ],
)
def test_no_names(name: object) -> None:
    """Nothing else is one: no path, no source, no letter outside ASCII, no other type."""
    assert not is_name(name)


@given(st.text())
def test_the_nearest_name_is_a_name(text: str) -> None:
    """What is made of any text keeps the rule, or is empty."""
    made = as_name(text)
    assert not made or is_name(made)
    assert as_name(made) == made


@attrs.frozen(kw_only=True)
class Boat(Mention):
    """A kind that a plugin might bring."""

    kind = "boat"


class Boats:
    """Says what it is told to say of the first word."""

    name = "boats"
    produces = (Boat,)

    def __init__(self, type_: str | None = None, rule: str = "boat") -> None:
        self._type = type_
        self._rule = rule

    def extract(self, view: View) -> Iterator[Boat]:
        """Yield one mention."""
        text = view.document.text[:4]
        evidence = Evidence(rule=self._rule)
        yield Boat(span=Span(0, len(text)), text=text, type=self._type, evidence=evidence)


@pytest.mark.parametrize("extractor", [Boats(type_="Big Boat"), Boats(rule="x(): #")])
def test_the_names_in_a_mention_of_a_plugin(extractor: Boats) -> None:
    """A mention with a name that is none is left out, and the diagnostic says which."""
    made = Parser([extractor]).parse("Raft")
    assert made.mentions == ()
    (rejected,) = (found for found in made.diagnostics if found.code == "mention-rejected")
    assert "which must be lower-case words joined by hyphens" in rejected.message
    assert Parser([Boats(type_="big-boat")]).parse("Raft").mentions


def test_the_kind_of_a_lexicon_made_in_code() -> None:
    """A lexicon that came by no file is held to the rule as well."""
    with pytest.raises(PluginError, match="has 'Big Boat' as its kind"):
        Parser(lexicons=[Lexicon(kind="Big Boat", entries=())]).tasks  # noqa: B018


def test_a_diagnostic_outside_the_text() -> None:
    """What a reader says of a place that is not there is not let into an assessment."""
    found = Diagnostic(code="text-replaced", message="one byte", span=Span(3, 9))
    with pytest.raises(ValueError, match="outside the text of 4"):
        Parser([]).parse_document(Document(text="Raft", diagnostics=(found,)))

"""Terms of lexicons that feed the built-in extractors."""

from __future__ import annotations

import pickle

import pytest

from cqcparse import Assessment, Parser
from cqcparse.grammar import Entry, Lexicon

FUNDS = Lexicon(
    kind="funding",
    entries=(
        Entry(id="kernow-uplift", name="Kernow Uplift", type="grant", aliases=("KUP",)),
        Entry(id="odd-money", name="Odd Pennies", type="no-such-type"),
    ),
)
SERVICES = Lexicon(
    kind="service",
    entries=(Entry(id="bright-hub", name="Bright Living Hub", type="intermediate-care"),),
)
PARTNERS = Lexicon(
    kind="partner",
    entries=(Entry(id="kernow-voices", name="Kernow Voices", type="vcse", named=True),),
)
TEXT = (
    "The council received £2m from the Kernow Uplift in 2024 for home care. It spent KUP on carers. "
    "A new 6-week Bright Living Hub service opened. Staff worked with Kernow Voices."
)


def read(text: str, *lexicons: Lexicon) -> Assessment:
    """Return the report of a text, read with these lexicons."""
    return Parser(plugins=False, lexicons=lexicons).parse(text)


class TestFeeding:
    """A term that is given is one like those that the extractor has."""

    def test_funding(self) -> None:
        """It has id, type, amount, period and purpose, by its name and by its short form."""
        before = {m.span: m for m in read(TEXT).funding}
        found = [m for m in read(TEXT, FUNDS).funding if m.canonical == "kernow-uplift"]
        assert [m.text for m in found] == ["Kernow Uplift", "KUP"]
        grant = found[0]
        assert grant.type == "grant"
        assert grant.extractor == "funding"
        assert (str(grant.amount), str(grant.purpose)) == ("£2m", "home care")
        assert grant.period is not None
        assert grant.evidence is not None
        assert grant.evidence.entry == "kernow-uplift"
        assert before[grant.span].canonical is None

    def test_a_service(self) -> None:
        """It has id, type, duration and status."""
        found = [m for m in read(TEXT, SERVICES).services if m.canonical == "bright-hub"]
        (service,) = found
        assert service.text == "6-week Bright Living Hub service"
        assert (service.type, service.status) == ("intermediate-care", "new")
        assert str(service.duration) == "6-week"

    def test_a_partner(self) -> None:
        """It has the type of the term, its name, and an id of that type."""
        (partner,) = [m for m in read(TEXT, PARTNERS).partners if m.text == "Kernow Voices"]
        assert (partner.type, partner.entity_id) == ("vcse", "vcse:kernow-voices")
        assert partner.evidence is not None
        assert partner.evidence.entry == "kernow-voices"

    @pytest.mark.parametrize("lexicon", [FUNDS, SERVICES, PARTNERS], ids=lambda item: item.kind)
    def test_what_does_not_have_the_term_stays(self, lexicon: Lexicon) -> None:
        """Other mentions are the same, with and without it, and in a text that lacks it all are."""
        other = "The council used the Better Care Fund for reablement with Age UK and the NHS."
        assert read(other, lexicon).mentions == read(other).mentions
        ids = {entry.id for entry in lexicon.entries}
        with_it = [m for m in read(TEXT, lexicon).mentions if m.kind != lexicon.kind]
        assert with_it == [m for m in read(TEXT).mentions if m.kind != lexicon.kind]
        assert any(m.evidence and m.evidence.entry in ids for m in read(TEXT, lexicon).mentions)

    def test_given_extractors_and_other_processes(self) -> None:
        """A parser with extractors of its own, and a copy of it, read the same."""
        parser = Parser(Parser(plugins=False).extractors, plugins=False, lexicons=[FUNDS])
        assert parser.parse(TEXT).funding == read(TEXT, FUNDS).funding
        copied = pickle.loads(pickle.dumps(parser))  # noqa: S301 - made here
        assert copied.parse(TEXT).funding == parser.parse(TEXT).funding


class TestLosing:
    """A term that gets nowhere is told."""

    def test_one_of_an_unknown_type_is_added(self) -> None:
        """Where nothing stands it is a mention with its id, by the lexicon."""
        (found,) = read("They found Odd Pennies.", FUNDS).of("funding")
        assert (found.text, found.canonical, found.extractor) == (
            "Odd Pennies",
            "odd-money",
            "lexicon-funding",
        )

    def test_its_type_is_named_with_those_there_are(self) -> None:
        """Once a report, so that a misspelt type is seen."""
        entry = Entry(id="odd-money", name="Odd Pennies", type="funds")
        report = read(
            "They found Odd Pennies. They lost Odd Pennies.",
            Lexicon(kind="funding", entries=(entry,)),
        )
        (said,) = [d for d in report.diagnostics if d.code == "extractor-remark"]
        assert "'odd-money' is of the type 'funds', which terms of kind 'funding'" in said.message
        assert "they have fund, grant, mechanism, stream" in said.message
        own = Lexicon(kind="pence", entries=(entry,))
        assert not [d for d in read("They found Odd Pennies.", own).diagnostics if d.extractor]

    def test_one_where_something_stands_is_told_once(self) -> None:
        """The message has the term and the mention in its place; nothing is said of those in use."""
        text = "They used Odd Pennies money. They saved Odd Pennies money. The Kernow Uplift paid."
        report = read(text, FUNDS)
        (said,) = [d for d in report.diagnostics if d.code == "extractor-remark"]
        assert "the term 'odd-money' has no mention of its own" in said.message
        assert "'Odd Pennies money' of extractor 'funding' stands there" in said.message
        assert (said.severity, said.extractor) == ("info", "lexicon-funding")

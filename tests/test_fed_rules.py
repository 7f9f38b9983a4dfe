"""Rules and frames of a folder that feed the built-in extractors."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cqcparse import Assessment, Parser
from cqcparse.cli import group
from cqcparse.errors import DataError, PluginError
from cqcparse.grammar import RuleBook, frame_failures, rule_failures
from tests.made_plugins import Site, made_site

BOOK = """
kind = "{kind}"

[words]
head = "{words}"

[classes]
Head = "word(head)"

[[rule]]
name = "{name}"
pattern = "{pattern}"
{type}
yes = {yes}
no = ["They met on Monday"]
"""
SERVICES = BOOK.format(
    kind="service",
    words="knitathon knitathons",
    name="knitathons",
    pattern="Narrow{1,4} <Head> Gloss?",
    type='type = "community"',
    yes='["A [carers knitathon|community] met", "the [weekly knitathon|community]"]',
)
FRAMES = """
[frame.snozzle]
verbs = "snozzle"
roles = { agent = "provider" }
gives = { status = "ended" }
yes = ["The [lunch club] was {snozzled|status=ended}", "{Age UK|provider} snozzled the [club]"]
no = ["The club was not snozzled"]
"""
TEXT = (
    "A new 6-week carers knitathon for 40 people was run by Age UK. "
    "The council snozzled the lunch club. It received £2m from the Better Care Fund."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with rules for services, and a frame."""
    made = tmp_path / "book"
    made.mkdir()
    (made / "rules.toml").write_text(SERVICES, encoding="utf-8")
    (made / "frames.toml").write_text(FRAMES, encoding="utf-8")
    return made


def write(folder: Path, **book: str) -> None:
    """Write rules for another kind, without frames."""
    (folder / "rules.toml").write_text(BOOK.format(**book), encoding="utf-8")
    (folder / "frames.toml").unlink()


def read(text: str, *folders: Path) -> Assessment:
    """Return the report of a text, read with rules of some folders."""
    return Parser(plugins=False, lexicons=folders).parse(text)


class TestFeeding:
    """A phrase that a given rule finds is one like those of the extractor's own rules."""

    def test_a_service(self, folder: Path) -> None:
        """It has all that the sentence says of it, by the built-in extractor."""
        assert "knitathon" not in str(read(TEXT).services)
        knitathon = read(TEXT, folder).services[0]
        assert knitathon.text == "6-week carers knitathon"
        assert (knitathon.type, knitathon.status) == ("community", "new")
        assert (str(knitathon.duration), str(knitathon.capacity)) == ("6-week", "40 people")
        assert str(knitathon.provider) == "Age UK"
        assert knitathon.extractor == "services"
        assert knitathon.evidence is not None
        assert knitathon.evidence.rule == "knitathons"

    def test_a_partner(self, folder: Path) -> None:
        """A rule that tells a name finds names, which get ids and short forms."""
        write(
            folder,
            kind="partner",
            words="syndicate",
            name="syndicates",
            pattern="Capital+ <Head> Gloss?",
            type='type = "vcse"\ntells = "name"',
            yes='["the [Harbour Syndicate|vcse] met", "[Quay Syndicate|vcse] and others"]',
        )
        text = "Staff met the Harbour Hope Syndicate (HHS). HHS helped."
        assert not read(text).partners
        found = read(text, folder).partners
        assert [one.text for one in found] == [
            "Harbour Hope Syndicate (HHS)",
            "HHS",
        ]
        assert {one.entity_id for one in found} == {"vcse:harbour-hope-syndicate"}
        assert {(one.type, one.specificity, one.extractor) for one in found} == {
            ("vcse", "named", "partners")
        }

    def test_funding(self, folder: Path) -> None:
        """It has amount, period and purpose."""
        write(
            folder,
            kind="funding",
            words="bounty",
            name="bounties",
            pattern="Narrow{1,3} <Head>",
            type='type = "grant"',
            yes='["A [carers bounty|grant] came", "the [council bounty|grant]"]',
        )
        text = "In 2024 the council used £2m of the carers bounty for home care."
        (bounty,) = [one for one in read(text, folder).funding if "bounty" in one.text]
        assert (bounty.type, str(bounty.amount), str(bounty.purpose)) == (
            "grant",
            "£2m",
            "home care",
        )
        assert bounty.period is not None

    def test_a_frame(self, folder: Path) -> None:
        """What it says of a verb holds for everything that the built-in rules find."""
        (club,) = [one for one in read(TEXT).services if one.text == "lunch club"]
        assert club.status is None
        (club,) = [one for one in read(TEXT, folder).services if one.text == "lunch club"]
        assert (club.status, str(club.status_cue)) == ("ended", "snozzled")

    def test_a_rule_without_a_type(self, folder: Path) -> None:
        """Where nothing says the type, it has the default of the extractor."""
        (folder / "rules.toml").write_text(SERVICES.replace('type = "community"', ""))
        assert read(TEXT, folder).services[0].type == "other"

    def test_other_kinds_are_the_same(self, folder: Path) -> None:
        """Rules of one kind change no mention of another, nor texts in which they find nothing."""
        rules_only = folder
        (rules_only / "frames.toml").unlink()
        with_it, without = read(TEXT, rules_only), read(TEXT)
        assert with_it.funding == without.funding
        assert with_it.partners == without.partners
        other = "The lunch club was run by Age UK with the Better Care Fund."
        assert read(other, rules_only).mentions == read(other).mentions
        assert set(without.services) < set(with_it.services)

    def test_other_processes(self, folder: Path) -> None:
        """A parser with extractors of its own, and a copy of it, read the same."""
        parser = Parser(Parser(plugins=False).extractors, plugins=False, lexicons=[folder])
        copied = pickle.loads(pickle.dumps(parser))  # noqa: S301 - made here
        assert copied.parse(TEXT).services == parser.parse(TEXT).services
        assert parser.parse(TEXT).services == read(TEXT, folder).services

    def test_its_examples(self, folder: Path) -> None:
        """They are checked as those of any rule book."""
        book = RuleBook(folder)
        assert [*rule_failures(book), *frame_failures(book.frames)] == []

    def test_another_rule_is_named(self, folder: Path) -> None:
        """Where an earlier rule has the words of an example, the failure says which one."""
        rules = folder / "rules.toml"
        text = rules.read_text(encoding="utf-8")
        second = text[text.index("[[rule]]") :].replace('name = "knitathons"', 'name = "later"')
        rules.write_text(f"{text}\n{second}", encoding="utf-8")
        failures = [*rule_failures(RuleBook(folder))]
        assert len(failures) == 2
        for failure in failures:
            assert failure.startswith("later: no [")
            assert "the rule 'knitathons' took '" in failure


class TestWhatLoses:
    """What two rules find stands once, and it is told what lost."""

    def test_the_longer_stands(self, folder: Path) -> None:
        """What it beats of the built-in rules is in its evidence."""
        (one,) = read("They met in the dementia day centre knitathon.", folder).services
        assert one.text == "dementia day centre knitathon"
        assert one.evidence is not None
        assert one.evidence.beat == ("care: dementia day centre",)

    def test_of_two_alike_the_given_one_stands(self, folder: Path) -> None:
        """A user knows better what a phrase means to them."""
        given = SERVICES.replace("knitathon knitathons", "club").replace("community", "prevention")
        (folder / "rules.toml").write_text(given, encoding="utf-8")
        (one,) = read("They met in the lunch club.", folder).services
        assert (one.text, one.type) == ("lunch club", "prevention")
        assert one.evidence is not None
        assert one.evidence.beat == ("club: lunch club",)

    def test_a_shorter_one_is_told_once(self, folder: Path) -> None:
        """The remark has the phrase, the rule and what stands in its place."""
        given = SERVICES.replace("knitathon knitathons", "day").replace("{1,4}", "{1,1}")
        (folder / "rules.toml").write_text(given, encoding="utf-8")
        report = read("The dementia day centre grew. The dementia day centre closed.", folder)
        assert {one.evidence and one.evidence.rule for one in report.services} == {"setting"}
        (said,) = [d for d in report.diagnostics if d.code == "extractor-remark"]
        assert said.message == (
            "extractor 'lexicon-service': the phrase 'dementia day' of rule 'knitathons' has no "
            "mention of its own: 'dementia day centre' of extractor 'services' stands there"
        )
        assert (said.severity, said.extractor) == ("info", "lexicon-service")

    def test_a_type_that_the_kind_lacks(self, folder: Path) -> None:
        """It is found where nothing stands, as it was, and has no more than its type."""
        given = SERVICES.replace("community", "handicraft")
        (folder / "rules.toml").write_text(given, encoding="utf-8")
        (one,) = [s for s in read(TEXT, folder).services if "knitathon" in s.text]
        assert (one.type, one.status, one.extractor) == ("handicraft", None, "lexicon-service")


class TestRefusals:
    """What could not be told apart, or would say nothing, is refused."""

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [("rules.toml", "knitathons", "gathering"), ("frames.toml", "snozzle", "end")],
    )
    def test_a_name_that_is_taken(self, folder: Path, file: str, old: str, new: str) -> None:
        """Evidence, ``cqcparse rules`` and ``without_rules`` know rules by their names."""
        text = (folder / file).read_text(encoding="utf-8")
        text = text.replace(f'name = "{old}"', f'name = "{new}"').replace(
            f"frame.{old}", f"frame.{new}"
        )
        (folder / file).write_text(text, encoding="utf-8")
        with pytest.raises(PluginError, match=f"'{new}' has the name of another .*; rename it"):
            read(TEXT, folder)

    def test_an_attribute_that_no_kind_has(self, folder: Path) -> None:
        """The message lists those that there are."""
        text = FRAMES.replace("status =", "colour =")
        (folder / "frames.toml").write_text(text, encoding="utf-8")
        with pytest.raises(
            DataError,
            match=r"'colour' in the frame 'snozzle', which no kind has; they are .*status",
        ):
            read(TEXT, folder)


@pytest.mark.usefixtures("site")
class TestPlugins:
    """A plugin brings a folder by the hook for lexicons."""

    @pytest.fixture
    def site(self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
        """A folder of distributions with one that brings rules."""
        for site in made_site(tmp_path / "site", monkeypatch):
            site.add(
                "knits",
                f"""
                from pathlib import Path

                @hookimpl
                def cqcparse_lexicons():
                    return [Path({str(folder)!r})]
                """,
            )
            site.choose("knits")
            yield site

    def test_it_feeds(self) -> None:
        """Its rules and frames are used like those that a user gives."""
        report = Parser().parse(TEXT)
        assert [(one.text, one.status) for one in report.services] == [
            ("6-week carers knitathon", "new"),
            ("lunch club", "ended"),
        ]

    def test_it_is_listed_and_counted(self, tmp_path: Path) -> None:
        """``cqcparse rules`` has its rules and frames, with the mentions that others made by them."""
        (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
        arguments = ["rules", "--json", str(tmp_path / "page.txt")]
        result = CliRunner().invoke(group, arguments)
        listed = {(item["extractor"], item["rule"]): item for item in json.loads(result.stdout)}
        assert listed["knits-service", "knitathons"]["made"] == 1
        assert listed["knits-service", "snozzle"]["made"] is None
        report = Parser(without_rules=["knitathons", "snozzle"]).parse(TEXT)
        assert [(one.text, one.status) for one in report.services] == [("lunch club", None)]

    def test_a_clash_costs_the_plugin(self, folder: Path) -> None:
        """All else is as without it."""
        text = SERVICES.replace('"knitathons"', '"care"')
        (folder / "rules.toml").write_text(text, encoding="utf-8")
        report = Parser().parse(TEXT)
        assert report.mentions == read(TEXT).mentions
        (said,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
        assert "plugin 'knits' was left out" in said.message
        assert "its rule or frame 'care' has the name of another" in said.message

"""Plugins that do not only add: extractors that replace others, and correctors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import cqcparse
from cqcparse import Assessment, Parser
from cqcparse.extraction.plugins import load_plugins
from tests.made_plugins import Site, made_site

TEXT = (
    "The council runs a reablement service and a carers service. "
    "It used the Better Care Fund with voluntary organisations and Age UK."
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions."""
    yield from made_site(tmp_path / "site", monkeypatch)


def rest(report: Assessment, kind: str) -> list[cqcparse.Mention]:
    """Return the mentions of all other kinds."""
    return [mention for mention in report.mentions if mention.kind != kind]


#: Finds the word "service" alone, in the place of the built-in extractor.
REPLACES = """
class Services:
    name = "plain-services"
    produces = ({produces},)
    replaces = ({replaces},)

    def extract(self, view):
        {fault}
        for text, span in words(view, "service"):
            yield cqcparse.Service(span=span, text=text)


@hookimpl
def cqcparse_extractors():
    return [Services()]
"""


def replacing(
    fault: str = "pass", replaces: str = "'services'", produces: str = "cqcparse.Service"
) -> str:
    """Return the code of a plugin that replaces the built-in extractor of services."""
    return REPLACES.format(fault=fault, replaces=replaces, produces=produces)


class TestReplacing:
    """An extractor that runs in the place of another."""

    def test_it_makes_the_mentions_in_its_place(self, site: Site) -> None:
        """The mentions of the kind are its own, and all others are as they were."""
        before = Parser(plugins=False).parse(TEXT)
        site.add("plains", replacing())
        site.choose("plains")
        report = Parser().parse(TEXT)
        found = [(m.text, m.extractor) for m in report.services]
        assert found == [("service", "plain-services")] * 2
        assert rest(report, "service") == rest(before, "service")
        assert "services" not in [extractor.name for extractor in Parser().extractors]

    def test_if_it_fails_the_other_runs(self, site: Site) -> None:
        """A report on which it raises is as it is without it, and the message says who ran."""
        before = Parser(plugins=False).parse(TEXT)
        site.add("plains", replacing("raise ValueError('no')"))
        site.choose("plains")
        report = Parser().parse(TEXT)
        assert report.mentions == before.mentions
        (failure,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
        assert "'plain-services' of plugin 'plains' (cqcparse-plains 1.0) failed" in failure.message
        assert "In its place ran extractor 'services'" in failure.message

    @pytest.mark.parametrize(
        ("code", "message"),
        [
            (replacing(replaces="'service'"), "replaces 'service', which no extractor is called"),
            (replacing(replaces="'funding'"), "make 'funding', which it does not make"),
            (replacing(replaces="'plain-services'"), "which no extractor is called"),
            (replacing(replaces="3"), "make it a tuple of names of extractors"),
        ],
    )
    def test_what_cannot_be_replaced(self, code: str, message: str, site: Site) -> None:
        """The plugin is left out with a sentence, and the built-in extractor stands."""
        site.add("plains", code)
        site.choose("plains")
        assert message in (load_plugins().infos[-1].error or load_plugins().infos[3].error or "")
        assert Parser().parse(TEXT).services == Parser(plugins=False).parse(TEXT).services

    def test_of_two_the_first_stands(self, site: Site) -> None:
        """A second plugin that replaces the same is left out and says so."""
        site.add("plains", replacing())
        site.add("second", replacing().replace("plain-services", "second-services"))
        site.choose("plains", "second")
        states = {info.name: info.state for info in load_plugins().infos}
        assert (states["plains"], states["second"]) == ("loaded", "failed")

    def test_in_python_too(self) -> None:
        """Extractors that are given to a parser replace each other likewise."""

        class Mine:
            name = "mine"
            produces = (cqcparse.Partner,)
            replaces = ("partners",)

            def extract(self, view: cqcparse.View) -> list[cqcparse.Partner]:
                assert view.document.text
                return []

        built_in = Parser(plugins=False).extractors
        assert not Parser([*built_in, Mine()]).parse(TEXT).partners


CORRECTS = """
class Corrector:
    name = "careful"
    corrects = ({corrects},)

    def correct(self, mention, view):
        {body}


@hookimpl
def cqcparse_correctors():
    return [Corrector()]
"""


def correcting(body: str, corrects: str = "'service'") -> str:
    """Return the code of a plugin that corrects services."""
    return CORRECTS.format(body=body, corrects=corrects)


class TestCorrecting:
    """A corrector drops and changes mentions of others."""

    def test_it_drops(self, site: Site) -> None:
        """A dropped mention is gone, which is said; the others are the same objects in value."""
        before = Parser(plugins=False).parse(TEXT)
        site.add("cares", correcting("return None if 'carers' in mention.text else mention"))
        site.choose("cares")
        report = Parser().parse(TEXT)
        gone = [m for m in before.mentions if m not in report.mentions]
        assert [m.text for m in gone] == ["carers service"]
        assert [m for m in report.mentions if m not in before.mentions] == []
        (said,) = [d for d in report.diagnostics if d.code == "mention-dropped"]
        assert "corrector 'careful' of plugin 'cares' (cqcparse-cares 1.0)" in said.message
        assert "dropped the service 'carers service'" in said.message
        assert (said.extractor, said.severity, said.span) == ("careful", "info", gone[0].span)

    def test_it_changes(self, site: Site) -> None:
        """A changed mention keeps its extractor; its evidence names the corrector and what it beat."""
        site.add("cares", correcting("return attrs.evolve(mention, type='other')"))
        site.choose("cares")
        before = Parser(plugins=False).parse(TEXT)
        report = Parser().parse(TEXT)
        assert len(report.services) == len(before.services) == 2
        for mention, original in zip(report.services, before.services, strict=True):
            assert (mention.type, mention.extractor) == ("other", "services")
            assert mention.evidence is not None
            assert original.evidence is not None
            assert mention.evidence.rule == "careful"
            assert mention.evidence.beat[-1] == f"{original.evidence.rule}: {original.text}"
        assert cqcparse.from_json(report.to_json()) == report
        assert rest(report, "service") == rest(before, "service")

    @pytest.mark.parametrize(
        ("body", "code", "part"),
        [
            ("raise ValueError('no')", "plugin-failed", "ValueError: no"),
            ("while True: pass", "plugin-failed", "took longer than its budget"),
            (
                "object.__setattr__(mention, 'type', 'x'); return mention",
                "plugin-failed",
                "changed",
            ),
            ("return 3", "mention-rejected", "is a int, not a Mention"),
            ("return attrs.evolve(mention, canonical='\\ud800')", "mention-rejected", "surrogate"),
            (
                "return attrs.evolve(mention, text='x' * len(mention.text))",
                "mention-rejected",
                "says",
            ),
            (
                "return cqcparse.Partner(span=mention.span, text=mention.text)",
                "mention-rejected",
                "Partner",
            ),
            (
                "return attrs.evolve(mention, span=Span(0, 3), text='The')",
                "mention-rejected",
                "overlaps",
            ),
        ],
    )
    def test_a_broken_one_changes_nothing(
        self, body: str, code: str, part: str, site: Site
    ) -> None:
        """Every mention is as it was, but for the first that may move; the corrector is named."""
        before = Parser(plugins=False).parse(TEXT)
        site.add("cares", correcting(body))
        site.choose("cares")
        report = Parser(budget=2).parse(TEXT)
        said = [d for d in report.diagnostics if d.code == code]
        assert said
        assert all("corrector 'careful'" in d.message for d in said)
        assert part in said[-1].message
        if part != "overlaps":
            assert report.mentions == before.mentions
        assert len(report.mentions) == len(before.mentions)

    def test_who_requires_the_kind_reads_what_is_left(self, site: Site) -> None:
        """A corrector runs behind all that make its kind, and before those that read it."""
        reader = """
        class Reader:
            name = "echos"
            produces = (Echo,)
            requires = ("service",)

            def extract(self, view):
                for mention in view.mentions("service"):
                    yield Echo(span=mention.span, text=mention.text)

        @hookimpl
        def cqcparse_extractors():
            return [Reader()]
        """
        site.add("echos", reader)
        site.add("cares", correcting("return None if 'carers' in mention.text else mention"))
        site.choose("echos", "cares")
        assert [m.text for m in Parser().parse(TEXT).of("echo")] == ["reablement service"]

    @pytest.mark.parametrize(
        ("code", "message"),
        [
            (correcting("return mention", "'serviette'"), "corrects mentions of kind 'serviette'"),
            (correcting("return mention", ""), "corrects no kinds"),
            (correcting("return mention").replace("def correct", "def mend"), "is no corrector"),
        ],
    )
    def test_one_that_is_none(self, code: str, message: str, site: Site) -> None:
        """It is refused when it is loaded."""
        site.add("cares", code.replace("({corrects},)", "()").replace("(,)", "()"))
        site.choose("cares")
        (error,) = [info.error for info in load_plugins().infos if info.error]
        assert message in error


class TestWhoBringsAKind:
    """The tenth row: whoever brings a kind comes before others that add to it."""

    @pytest.mark.parametrize("first", ["aaa", "zzz"])
    def test_a_pattern_extractor_keeps_its_mentions(self, first: str, site: Site) -> None:
        """Another plugin that finds a piece of the same words takes nothing, whatever its name."""
        owner = """
        @attrs.frozen(kw_only=True)
        class Tie(cqcparse.Mention):
            kind: ClassVar[str] = "tie"

        @cqcparse.pattern_extractor(Tie, "a reablement service")
        def ties(match):
            return Tie(span=match.span, text=match.text)

        @hookimpl
        def cqcparse_extractors():
            return [ties]
        """
        other = f"""
        from made_mmm import Tie

        class Adds:
            name = "{first}-adds"
            produces = (Tie,)

            def extract(self, view):
                for text, span in words(view, "reablement service and a carers"):
                    yield Tie(span=span, text=text)

        @hookimpl
        def cqcparse_extractors():
            return [Adds()]
        """
        site.add("mmm", owner)
        site.add(first, other)
        site.choose("mmm", first)
        report = Parser().parse(TEXT)
        assert [m.text for m in report.of("tie")] == ["a reablement service"]
        (said,) = [d for d in report.diagnostics if d.code == "mention-rejected"]
        assert said.extractor == f"{first}-adds"

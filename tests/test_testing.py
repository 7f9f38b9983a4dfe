"""The kit for authors of plugins: what it passes, and what it finds wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar, cast

import attrs
import pytest
from hypothesis import given

import cqcparse
from cqcparse import Extractor, Funding, Mention, Parser, Quote, Span, View
from cqcparse.extraction import PluginInfo
from cqcparse.testing import (
    HOSTILE_TEXTS,
    REPORT,
    assert_mentions,
    check_extractor,
    checking,
    mark_up,
)
from cqcparse.testing.reports import KnownReport, reports

BUILT_IN = Parser(plugins=False).extractors


@attrs.frozen(kw_only=True)
class Boat(Mention):
    """A kind of the tests."""

    kind: ClassVar[str] = "boat"

    colour: Quote | None = None
    sails: int | None = None


@cqcparse.pattern_extractor(Boat, r"(?:(?P<colour>red|blue) )?(?:boat|ferry)", r"raft")
def boats(match: cqcparse.PatternMatch) -> Boat | None:
    """Find boats, unless the sentence speaks of dry land."""
    if match.sentence is not None and "land" in match.sentence.text:
        return None
    colour = match.group("colour") if match.text != "raft" else None
    return Boat(span=match.span, text=match.text, type="small", colour=colour, sails=2)


class TestPatternExtractor:
    """A function with a decorator is an extractor."""

    def test_finds(self) -> None:
        """Each match goes through the function; groups are quotes."""
        found = assert_mentions(
            boats,
            'A <boat:small colour="red" sails="2">red boat</boat> met a <boat colour="">raft</boat>. '
            "On land a boat is none.\n\nA blue\n<boat>ferry</boat>",
        )
        assert found[0].extractor == "boats"

    def test_is_still_a_function(self) -> None:
        """It keeps name, docstring and module, and can be called with a match."""
        assert isinstance(boats, Extractor)
        assert boats.name == "boats"
        assert boats.__doc__ == "Find boats, unless the sentence speaks of dry land."
        assert boats.__module__ == __name__

    def test_keeps_the_contract(self) -> None:
        """The check passes, pickling included."""
        check_extractor(boats, texts=["The raft sank."])

    @pytest.mark.parametrize("pattern", ["(a|a)+b", "a||b", "(a"])
    def test_refuses_bad_patterns(self, pattern: str) -> None:
        """A pattern that must not run over reports is refused when the module is imported."""
        with pytest.raises(cqcparse.CqcParseError, match="its pattern"):
            cqcparse.pattern_extractor(Boat, pattern)(lambda _: None)

    def test_a_slow_pattern_is_cut_off(self) -> None:
        """The fuse ends a pattern that is slow without being catastrophic."""

        @cqcparse.pattern_extractor(Boat, r"(\w+)+[!?]")
        def slow(match: cqcparse.PatternMatch) -> Boat | None:
            return Boat(span=match.span, text=match.text)

        found = Parser([slow], any_document=True).parse("a" * 3000).diagnostics
        (failure,) = [d for d in found if d.code == "plugin-failed"]
        assert "extractor 'slow' failed" in failure.message
        assert "TimeoutError" in failure.message

    def test_of_several_each_has_its_groups(self) -> None:
        """A group that another pattern has is refused with the pattern and the groups it has."""

        @cqcparse.pattern_extractor(Boat, "raft", "(?P<colour>red) boat")
        def careless(match: cqcparse.PatternMatch) -> Boat | None:
            return Boat(span=match.span, text=match.text, colour=match.group("colour"))

        with pytest.raises(AssertionError, match="the pattern 'raft' has no group 'colour'"):
            assert_mentions(careless, "A <boat>raft</boat>.")

    def test_reads_the_mentions_of_others(self) -> None:
        """What it requires was found before, so that it can pass over what overlaps."""

        @cqcparse.pattern_extractor(Funding, r"(?:the|a) Better Care Fund", requires=["funding"])
        def funds(match: cqcparse.PatternMatch) -> Funding | None:
            there = match.view.mentions("funding")
            if any(other.span.overlaps(match.span) for other in there):
                return None
            return Funding(span=match.span, text=match.text)

        assert not assert_mentions(funds, "It used the Better Care Fund.")


class TestAssertMentions:
    """Marked-up text says what should be found."""

    def test_says_each_difference(self) -> None:
        """The message shows both texts and a line for each difference."""
        with pytest.raises(AssertionError) as error:
            assert_mentions(
                boats, 'A <boat:large colour="blue">red boat</boat> and <boat>me</boat> on a raft.'
            )
        assert str(error.value).splitlines() == [
            "the mentions differ",
            'expected: A <boat:large colour="blue">red boat</boat> and <boat>me</boat> on a raft.',
            "found:    A <boat:small>red boat</boat> and me on a <boat:small>raft</boat>.",
            "- differs:  boat:large 'red boat' at 2-10: it has type 'small', not 'large'",
            "- differs:  boat:large 'red boat' at 2-10: it has colour 'red', not 'blue'",
            "- missing:  boat 'me' at 15-17",
            "- too much: boat:small 'raft' at 23-27",
        ]

    def test_an_attribute_that_does_not_exist(self) -> None:
        """A name that the class does not have is a difference, not an error."""
        with pytest.raises(AssertionError, match="it has no attribute 'weight'"):
            assert_mentions(boats, 'A <boat weight="3">raft</boat>.')

    @pytest.mark.parametrize(
        "marked", ["a <boat>raft", "a raft</boat>", "<boat>a</x>", "<a><b></a>"]
    )
    def test_unsound_markup(self, marked: str) -> None:
        """Tags that do not match are a mistake of the test."""
        with pytest.raises(ValueError, match=r"is not ended|ends nothing"):
            assert_mentions(boats, marked)

    def test_complaints_of_the_core(self) -> None:
        """A mention that the core leaves out is told."""
        with pytest.raises(AssertionError, match="is a Boat, which 'produces' does not name"):
            assert_mentions(Given(Boat(span=Span(0, 1), text="a")), "a")

    def test_names_what_stands(self) -> None:
        """A mention without room is told with the one that has its place."""

        @cqcparse.pattern_extractor(Funding, "the Better Care Fund", requires=["funding"])
        def funds(match: cqcparse.PatternMatch) -> Funding | None:
            return Funding(span=match.span, text=match.text)

        stands = "that stands, 'Better Care Fund' at 12-28 by 'funding'"
        with pytest.raises(AssertionError, match=stands):
            assert_mentions(funds, "It used the Better Care Fund.")

    def test_begins_at_the_test(self) -> None:
        """The frames of the kit are left out of what pytest shows."""
        with pytest.raises(AssertionError) as error:
            assert_mentions(boats, "A raft.")
        assert error.traceback.filter(error)[-1].path == Path(__file__)

    def test_kinds_of_others(self) -> None:
        """What it requires is there: of the built-in extractors, or of those beside it."""
        assert_mentions(
            Echo("partner"), "The <funding>Larkshire NHS Foundation Trust</funding> paid."
        )
        assert_mentions(Echo("boat"), "The <funding>raft</funding> sank.", beside=[boats])

    def test_other_angles_are_text(self) -> None:
        """What is no tag stands for itself, and nested marks come out again as they went in."""
        text = "1 < 2 <em > A & B <3"
        assert_mentions(boats, text)
        mentions = [Boat(span=Span(0, 5), text="1 < 2"), Boat(span=Span(4, 5), text="2", type="x")]
        assert mark_up(text, mentions) == "<boat>1 < <boat:x>2</boat></boat> <em > A & B <3"


class Given:
    """Yields what it was given, as funding."""

    name = "given"
    produces = (Funding,)

    def __init__(self, *items: object) -> None:
        self.items = items

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        yield from self.items if view.document.text else ()  # type: ignore[misc]


class Echo:
    """Finds funding wherever another kind stands."""

    name = "echo"
    produces = (Funding,)

    def __init__(self, kind: str) -> None:
        self.requires = (kind,)

    def extract(self, view: View) -> Iterator[Funding]:
        """Yield what it finds."""
        for mention in view.mentions(self.requires[0]):
            yield Funding(span=mention.span, text=mention.text)


class Trusts:
    """Finds the word "Trust"; the broken extractors below do so too."""

    name = "trusts"
    produces: tuple[type[Mention], ...] = (Boat,)

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        start = view.document.text.find("Trust")
        if start >= 0:
            yield Boat(span=Span(start, start + 5), text="Trust")


class Rival:
    """Finds rafts, in the place of another extractor."""

    def __init__(self, replaces: str, cls: type[Mention]) -> None:
        self.name = "rival"
        self.replaces = (replaces,)
        self.produces = (cls,)

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield the first raft."""
        start = view.document.text.find("raft")
        if start >= 0:
            yield self.produces[0](span=Span(start, start + 4), text="raft")


class Careful:
    """Corrects nothing."""

    name = "careful"
    corrects = ("funding",)

    def correct(self, mention: Mention, view: View) -> Mention | None:
        """Return the mention as it is, if there is a text."""
        return mention if view.document.text else None


class Forgetful(Trusts):
    """Finds something once."""

    def __init__(self) -> None:
        self.seen = 0

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        self.seen += 1
        yield from super().extract(view) if self.seen < 3 else ()


class Locked(Trusts):
    """Holds what cannot be pickled."""

    def __init__(self) -> None:
        self.lock = threading.Lock()


class Prepared(Trusts):
    """Gets ready with what cannot be pickled; each process does so by itself."""

    def prepare(self) -> None:
        """Get ready."""
        self.model: Callable[[str], str] = lambda text: text

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds, once it is ready."""
        assert self.model("") == ""
        yield from super().extract(view)


class Changing(Trusts):
    """Changes what it reads."""

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        yield from super().extract(view)
        for statement in view.statements:
            object.__setattr__(statement, "score", None)


class Slow(Trusts):
    """Takes its time."""

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        yield from super().extract(view)
        if not view.document.text:
            for _ in range(600):
                time.sleep(0.1)


class Overlapping(Trusts):
    """Yields each mention twice."""

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        yield from super().extract(view)
        yield from super().extract(view)


class Blind(Trusts):
    """Finds nothing."""

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        assert view.document is not None
        yield from ()


class Shapeless(Trusts):
    """Says wrongly what it produces."""

    produces = ()


class Threaded(Trusts):
    """Finds something only where the check does not run it in threads."""

    def extract(self, view: View) -> Iterator[Mention]:
        """Yield what it finds."""
        pooled = any("cqcparse-check" in thread.name for thread in threading.enumerate())
        yield from () if pooled else super().extract(view)


@pytest.fixture
def few_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the long hostile texts: what these tests are about does not hang on them."""
    short = {name: text for name, text in HOSTILE_TEXTS.items() if len(text) < 100}
    monkeypatch.setattr(checking, "HOSTILE_TEXTS", short)


class TestCheckExtractor:
    """The check passes what keeps the contract and finds what does not."""

    @pytest.mark.no_cover
    @pytest.mark.parametrize("extractor", BUILT_IN, ids=lambda extractor: extractor.name)
    def test_built_in(self, extractor: Extractor) -> None:
        """The project's own extractors come first."""
        check_extractor(extractor)

    @pytest.mark.usefixtures("few_texts")
    def test_others(self) -> None:
        """A plain class, and one that reads the mentions of others."""
        check_extractor(Trusts())
        check_extractor(Echo("partner"))
        check_extractor(Echo("boat"), texts=["A raft."], beside=[boats])
        check_extractor(Prepared())

    @pytest.mark.usefixtures("few_texts")
    def test_replacements(self) -> None:
        """What it replaces is there, of the built-in extractors or of those beside it."""
        for replacement, beside in (
            (Rival("funding", Funding), ()),
            (Rival("boats", Boat), [boats]),
            # What is given and would be there anyhow is there once.
            (Rival("funding", Funding), Parser(plugins=False).extractors),
        ):
            kind = replacement.produces[0].kind
            assert_mentions(replacement, f"The <{kind}>raft</{kind}> sank.", beside=beside)
            check_extractor(replacement, texts=["The raft sank."], beside=beside)

    def test_a_replacement_alone(self) -> None:
        """Where nothing is to be replaced, the sentence says what to do."""
        with pytest.raises(
            cqcparse.CqcParseError, match="no other extractor is here: give the one"
        ):
            Parser([Rival("funding", Funding)])

    def test_a_corrector(self) -> None:
        """It is no extractor; the sentence says how it is loaded."""
        corrector = cast("Extractor", Careful())
        told = r"is a corrector.*cqcparse_correctors.*plugin_files"
        with pytest.raises(AssertionError, match=told):
            check_extractor(corrector)
        with pytest.raises(cqcparse.CqcParseError, match=told):
            assert_mentions(corrector, "A raft.")

    @pytest.mark.usefixtures("few_texts")
    @pytest.mark.parametrize(
        ("extractor", "message"),
        [
            (Forgetful(), "it finds something else again"),
            (Locked(), "it cannot be pickled"),
            (Changing(), "on the sample report: it changes the view that it reads"),
            (Slow(), "on an empty text: plugin-failed: extractor 'trusts' failed"),
            (Overlapping(), "overlaps a mention of its kind"),
            (Blind(), "it finds nothing in any text"),
            (Shapeless(), "'produces' is ()"),
            (Threaded(), "it finds something else in a thread beside others"),
            (Echo("boat"), "requires mentions of kind 'boat', which no extractor makes"),
            (Given("text"), "is a str, not a Mention"),
        ],
        ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
    )
    def test_broken(self, extractor: Extractor, message: str) -> None:
        """Each broken rule is named."""
        with pytest.raises(AssertionError) as error:
            # Whoever is not slow by nature has time, however busy the machine is.
            check_extractor(extractor, budget=2 if isinstance(extractor, Slow) else 60)
        assert message in str(error.value)
        assert len(str(error.value).splitlines()) < 20


class TestTexts:
    """The texts to try extractors on."""

    def test_the_report_is_one(self) -> None:
        """It has authority, statement, score and findings, and a parser has no doubts about it."""
        report = Parser(plugins=False).parse(REPORT)
        assert report.is_local_authority_assessment
        assert [(s.id, s.score and s.score.value) for s in report.statements] == [
            ("partnerships", 3)
        ]
        assert report.authority is not None
        assert report.authority.name == "Larkshire County Council"
        assert {mention.kind for mention in report.mentions} == {"funding", "service", "partner"}

    @pytest.mark.parametrize("name", HOSTILE_TEXTS)
    def test_hostile_texts_parse(self, name: str) -> None:
        """The parser itself takes them."""
        report = Parser(plugins=False).parse(HOSTILE_TEXTS[name])
        assert "".join(report.document.text) == HOSTILE_TEXTS[name]
        assert not [d for d in report.diagnostics if d.code == "plugin-failed"]

    @given(reports())
    def test_known_reports(self, known: KnownReport) -> None:
        """What a generated report is known to say is what the parser finds."""
        report = Parser([]).parse(known.text)
        assert report.framework == known.framework
        assert [(s.id, s.title, s.score and s.score.value) for s in report.statements] == [
            (s.id, s.title, s.score) for s in known.statements
        ]
        paragraphs = [
            Quote(paragraph.text, paragraph.span)
            for section in report.walk()
            if section.role in {"key-findings", "topic"}
            for paragraph in section.paragraphs
        ]
        assert paragraphs == [quote for s in known.statements for quote in s.findings]


class TestFixtures:
    """What pytest offers when cqcparse is installed."""

    def test_report(self, cqcparse_report: str) -> None:
        """The sample report."""
        assert cqcparse_report == REPORT

    def test_parser(self, cqcparse_parser: Callable[..., Parser]) -> None:
        """A parser of the built-in extractors and the given one."""
        names = [extractor.name for extractor in cqcparse_parser(boats).extractors]
        assert names == [*(extractor.name for extractor in BUILT_IN), "boats"]

    def test_plugin(self, cqcparse_plugin: Callable[[str], PluginInfo]) -> None:
        """What became of a plugin; the test fails if it is not there or not loaded."""
        assert cqcparse_plugin("cqcparse.extractors.partners").kinds == ("partner",)
        with pytest.raises(pytest.fail.Exception, match="no plugin 'twons' is installed"):
            cqcparse_plugin("twons")

    def test_plugin_that_failed(
        self, cqcparse_plugin: Callable[[str], PluginInfo], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The reason is that of the plugin."""
        monkeypatch.setattr(
            "cqcparse.extraction.plugins.DEFAULT_PLUGINS", ("cqcparse.extractors.none",)
        )
        with pytest.raises(pytest.fail.Exception, match="is failed: ModuleNotFoundError"):
            cqcparse_plugin("cqcparse.extractors.none")

    def test_pytest_does_not_load_the_package(self, tmp_path: Path) -> None:
        """A run that has nothing to do with cqcparse does not import it; one that has, may."""
        (tmp_path / "test_it.py").write_text(
            "import sys\n"
            "def test_nothing():\n"
            "    assert 'pytest_cqcparse' in sys.modules\n"
            "    assert 'cqcparse' not in sys.modules\n"
            "def test_report(cqcparse_report, cqcparse_parser, cqcparse_plugin):\n"
            "    assert cqcparse_parser().parse(cqcparse_report).statements\n"
            "    assert cqcparse_plugin('cqcparse.extractors.partners')\n",
            encoding="utf-8",
        )
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert "2 passed" in done.stdout, done.stdout

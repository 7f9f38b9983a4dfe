"""Extractors given to a parser: their shape, the order in which they run, options and limits."""

from __future__ import annotations

import contextvars
import decimal
import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse import Document, Extractor, Funding, Mention, Parser, Partner, Quote, Span, View
from cqcparse.cli import group
from cqcparse.errors import PluginError
from cqcparse.extraction.isolation import CutOffError, TimeLimitError, account, within
from cqcparse.extraction.plugin_contents import contribution_of
from cqcparse.extraction.view import LAYERS
from cqcparse.model import Block


@attrs.frozen(kw_only=True)
class Boat(Mention):
    """A kind of the tests."""

    kind: ClassVar[str] = "boat"


@attrs.frozen(kw_only=True)
class BoatOptions:
    """What a user may set for the extractor of boats."""

    word: str = "raft"
    most: int = 9
    colours: tuple[str, ...] = ()


class Boats:
    """Finds one word, given by an option."""

    name = "boats"
    produces = (Boat,)
    options = BoatOptions

    def extract(self, view: View) -> Iterator[Boat]:
        """Yield each place of the word, up to a number."""
        options = view.options(BoatOptions)
        text, start = view.document.text, -1
        for _ in range(options.most):
            start = text.find(options.word, start + 1)
            if start < 0:
                return
            yield Boat(span=Span(start, start + len(options.word)), text=options.word)


class Fake:
    """Says of itself what it is told to say."""

    def __init__(self, name: str, produces: object, requires: object = (), **more: object) -> None:
        self.name: Any = name
        self.produces: Any = produces
        self.requires: Any = requires
        self.ran: list[str] = []
        for key, value in more.items():
            setattr(self, key, value)

    def extract(self, view: View) -> Iterable[Mention]:
        """Find nothing, and remember what could be seen."""
        self.ran.extend(mention.kind for mention in view.mentions("boat"))
        return ()


def kind_of(name: object, *, frozen: bool = True, field: str = "length") -> type[Mention]:
    """Return a class of mentions whose kind is *name*."""
    annotations = {"kind": "ClassVar[str]", field: "int"}
    cls = type("Made", (Mention,), {"kind": name, field: 0, "__annotations__": annotations})
    return attrs.frozen(kw_only=True)(cls) if frozen else cls


class TestShape:
    """What is no extractor is refused with what it lacks."""

    @pytest.mark.parametrize(
        ("extractor", "message"),
        [
            (Boats, "is a class; give an object of it"),
            (object(), "it has no 'name'"),
            (Fake("", (Boat,)), "its name is ''"),
            (Fake("x():#", (Boat,)), "its name is 'x"),
            (Fake("x", (Boat,), extract=3), "is no extractor"),
            (Fake("x", ()), "'produces' is ()"),
            (Fake("x", [Boat]), "make it a tuple of Mention classes"),
            (Fake("x", (Span,)), "make it a tuple of Mention classes"),
            (Fake("x", (Mention,)), "has no kind of its own|cannot be a kind"),
            (Fake("x", (kind_of(3),)), "has no kind of its own"),
            (Fake("x", (kind_of("Big Boat"),)), "has no kind of its own"),
            (Fake("x", (kind_of("b(a=1): #"),)), "has no kind of its own"),
            (Fake("x", (kind_of("boat", field="Größe"),)), "has the field 'Größe'"),
            (Fake("x", (kind_of("sentences"),)), "'sentences' cannot be a kind"),
            (Fake("x", (kind_of("boat", frozen=False),)), "add @attrs.frozen"),
            (Fake("x", (Boat,), "partner"), "make it a tuple of names of kinds"),
            (Fake("x", (Boat,), (Partner,)), "make it a tuple of names of kinds"),
            (Fake("x", (Boat,), options=BoatOptions()), "make it an attrs class"),
            (Fake("x", (Boat,), options=Span), "give every field of it a default"),
        ],
    )
    def test_refused(self, extractor: Extractor, message: str) -> None:
        """The message says what to mend."""
        with pytest.raises(PluginError, match=message.replace("(", r"\(").replace(")", r"\)")):
            Parser([extractor])

    def test_any_class_will_do(self) -> None:
        """There is nothing to inherit from, and `requires` and `options` may be left out."""
        assert isinstance(Boats(), cqcparse.Extractor)
        assert not isinstance(object(), cqcparse.Extractor)
        assert Parser([Boats()]).parse("A raft.").of(Boat)


class TestOrder:
    """Extractors run after those that make what they require."""

    @staticmethod
    def order(*extractors: Extractor) -> list[str]:
        """Return the names in the order of running."""
        return [extractor.name for extractor in Parser(extractors).extractors]

    def test_after_what_it_requires(self) -> None:
        """Whatever order they are given in."""
        chain: list[Extractor] = [
            Fake("c", (Funding,), ("partner",)),
            Fake("b", (Partner,), ("boat",)),
            Boats(),
        ]
        for given_order in itertools.permutations(chain):
            assert self.order(*given_order) == ["boats", "b", "c"]

    def test_else_as_given(self) -> None:
        """Layers that are always there change nothing."""
        fakes = [Fake(name, (kind_of(name),), tuple(LAYERS)) for name in "dbca"]
        assert self.order(*fakes) == ["d", "b", "c", "a"]

    def test_one_that_adds_to_a_kind(self) -> None:
        """It runs after those that make the kind, and before those that only read it."""
        adder = Fake("adder", (Boat,), ("boat",))
        other = Fake("other", (Boat,), ("boat",))
        reader = Fake("reader", (Funding,), ("boat",))
        assert self.order(reader, adder, other, Boats()) == ["boats", "adder", "other", "reader"]
        Parser([reader, adder, other, Boats()]).parse("A raft and a raft.")
        assert adder.ran == ["boat", "boat"]
        assert self.order(adder) == ["adder"]

    def test_whoever_brings_a_kind_comes_first(self) -> None:
        """One that makes the kind of another package's class waits for that package."""
        stranger = type("Stranger", (Fake,), {"__module__": "somewhere.else"})("a", (Boat,))
        assert self.order(stranger, Boats()) == ["boats", "a"]

    def test_it_sees_only_what_it_requires(self) -> None:
        """Other mentions are not in its view, although they have been found."""
        blind = Fake("blind", (Funding,))
        Parser([Boats(), blind]).parse("A raft.")
        assert blind.ran == []

    def test_a_kind_that_nobody_makes(self) -> None:
        """The error names who needs it."""
        with pytest.raises(PluginError, match="extractor 'x' requires mentions of kind 'boat'"):
            Parser([Fake("x", (Funding,), ("boat",))])

    def test_a_circle(self) -> None:
        """The error names all in the circle, and nobody outside."""
        with pytest.raises(PluginError) as error:
            Parser(
                [
                    Boats(),
                    Fake("a", (Partner,), ("funding", "boat")),
                    Fake("b", (Funding,), ("partner",)),
                    Fake("c", (kind_of("c"),), ("partner",)),
                ]
            )
        assert "extractor 'a' requires 'funding', extractor 'b' requires 'partner'" in str(error)
        assert "'c'" not in str(error.value)
        assert error.value.plugin == "b"

    def test_names_and_kinds_are_distinct(self) -> None:
        """Two extractors of one name, or two classes of one kind, cannot be told apart."""
        with pytest.raises(PluginError, match="two extractors have this name"):
            Parser([Boats(), Boats()])
        for kind in ("boat", "partner"):
            with pytest.raises(PluginError, match=f"its kind '{kind}' is that of another class"):
                Parser([Boats(), Fake("x", (kind_of(kind),))])

    @given(st.lists(st.sets(st.sampled_from("abcde")), min_size=5, max_size=5))
    def test_any_requirements(self, needs: list[set[str]]) -> None:
        """Each runs after all it needs, or a circle is told; the same both times."""
        fakes = [
            Fake(name, (kind_of(name),), tuple(sorted(need - {name})))
            for name, need in zip("abcde", needs, strict=True)
        ]
        try:
            names = self.order(*fakes)
        except PluginError as error:
            assert "wait for each other" in error.problem  # noqa: PT017 - either may happen
            return
        assert sorted(names) == list("abcde")
        for fake in fakes:
            assert all(names.index(need) < names.index(fake.name) for need in fake.requires)
        assert names == self.order(*fakes)


class TestOptions:
    """Users set the options of extractors by name."""

    def test_in_python(self) -> None:
        """What is not set has its default."""
        report = Parser([Boats()], options={"boats": {"word": "ferry"}}).parse("A raft, a ferry.")
        assert [mention.text for mention in report.mentions] == ["ferry"]

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"wrd": "x"}, "it has no option 'wrd'; it has 'word', 'most', 'colours'"),
            ({"most": "3"}, "has '3' as 'most', which is declared as int"),
            ({"colours": ("red", 3)}, "as 'colours'"),
        ],
    )
    def test_refused(self, values: dict[str, object], message: str) -> None:
        """The message names the options that there are, or the type."""
        with pytest.raises(PluginError, match=message):
            Parser([Boats()], options={"boats": values})

    def test_an_extractor_without_any(self) -> None:
        """It says so."""
        with pytest.raises(PluginError, match="it has none"):
            Parser([Fake("x", (Boat,))], options={"x": {"y": 1}})

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--option", "partners"], "is not of the form NAME.OPTION=VALUE"),
            (["--option", "partners.x=1"], "it has no option 'x'"),
            (["--option", "nobody.x=[1]"], "no extractor, reader or exporter has this name"),
            (["--budget", "0"], "0"),
            (["--budget", "soon"], "'soon' is not a valid float"),
        ],
    )
    def test_on_the_command_line(self, arguments: list[str], message: str) -> None:
        """What is wrong is told before anything is read, with exit status 2."""
        result = CliRunner().invoke(group, ["parse", "no-such-file", *arguments])
        assert result.exit_code == 2
        assert message in " ".join(result.stderr.split())
        assert "no-such-file" not in result.stderr

    def test_values_are_toml(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Numbers are numbers; what is no TOML is a string."""
        seen = {}
        monkeypatch.setattr(
            "cqcparse.cli.choices.Parser", lambda **given: (seen.update(given), Parser([]))[1]
        )
        settings = ["a.x=3", "a.y=word", 'b.z=["p", "q"]', "a.b.x=true"]
        arguments = itertools.chain.from_iterable(("--option", setting) for setting in settings)
        CliRunner().invoke(group, ["parse", "nothing", *arguments])
        assert seen["options"] == {
            "a": {"x": 3, "y": "word"},
            "b": {"z": ("p", "q")},
            "a.b": {"x": True},
        }


class TestLimits:
    """Code that does not end is cut off; what it did stays its own."""

    def test_in_time(self) -> None:
        """The value comes back, and what was raised is raised."""
        assert within(None, lambda: 3) == 3
        assert within(30, lambda: 3) == 3
        with pytest.raises(ZeroDivisionError):
            within(30, lambda: 1 / 0)

    def test_out_of_time(self) -> None:
        """Waiting outside of Python is left behind, a loop is stopped."""
        stopped = threading.Event()

        def loop() -> None:
            try:
                while True:
                    pass
            finally:
                stopped.set()

        with pytest.raises(TimeLimitError, match=r"longer than its budget of 0\.1 seconds"):
            within(0.1, loop)
        assert stopped.wait(60)
        with pytest.raises(TimeLimitError):
            # It ends by itself, because Python 3.11 under a tracer spins until it does.
            within(0.1, lambda: time.sleep(5))

    def test_the_end_of_the_program(self) -> None:
        """What is meant to end the program ends the work only."""
        for error in (SystemExit, KeyboardInterrupt, GeneratorExit):
            with pytest.raises(CutOffError, match=f"raised {error.__name__}"):
                within(30, _raiser(error))

    def test_context_variables(self) -> None:
        """The work sees those of the caller, and its changes end with it."""
        variable = contextvars.ContextVar("variable", default=0)
        variable.set(1)
        assert within(30, variable.get) == 1
        within(30, lambda: variable.set(2))
        assert variable.get() == 1

    def test_an_extractor_cannot_round_the_sums_of_others(self) -> None:
        """The decimal context, too, is the extractor's own."""

        class Rounding(Boats):
            """Sets the precision of decimal numbers for itself."""

            def extract(self, view: View) -> Iterator[Boat]:
                """Yield what the class before finds."""
                decimal.getcontext().prec = 1
                yield from super().extract(view)

        before = decimal.getcontext().prec
        assert Parser([Rounding()]).parse("A raft.").mentions
        assert decimal.getcontext().prec == before

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (ValueError("two\n lines"), "ValueError: two lines"),
            (ValueError(), "ValueError"),
            (ValueError("x" * 1000), "ValueError: " + "x" * 300 + "…"),
            (CutOffError("ended"), "ended"),
        ],
    )
    def test_account(self, error: Exception, words: str) -> None:
        """An error is told in one line of bounded length."""
        assert account(error) == words


def _raiser(error: type[BaseException]) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


class TestAnswers:
    """What a hook returns is checked, whatever it is."""

    @pytest.mark.parametrize(
        ("hook", "answer", "message"),
        [
            ("cqcparse_extractors", 3, "returned int; return a list"),
            ("cqcparse_lexicons", ["terms.toml"], "names 'terms.toml' as a file"),
            (
                "cqcparse_lexicons",
                [Path("no-such.toml")],
                "no-such.toml: the lexicon cannot be read",
            ),
            ("cqcparse_frameworks", [3], "names 3 as a file"),
            ("cqcparse_frameworks", [Path("no-such.toml")], "the profile cannot be read"),
            ("cqcparse_readers", [print], "is no reader"),
            (
                "cqcparse_readers",
                [cqcparse.Reader(name="x", read=lambda _data, _source: Document(text=""))],
                "names no suffixes",
            ),
            (
                "cqcparse_readers",
                [
                    cqcparse.Reader(
                        name="x", read=lambda _data, _source: Document(text=""), suffixes=("odt",)
                    )
                ],
                "in lower case with the dot",
            ),
            ("cqcparse_exporters", [print], "is no exporter"),
            (
                "cqcparse_exporters",
                [
                    cqcparse.Exporter(
                        name="x", suffix=".XLSX", write=lambda _path, _table, _rows: None
                    )
                ],
                "make it lower case with the dot",
            ),
        ],
    )
    def test_refused(self, hook: str, answer: object, message: str) -> None:
        """The message says what to return."""
        with pytest.raises(cqcparse.CqcParseError) as error:
            contribution_of(lambda asked: [answer] if asked == hook else [], "'x'")
        assert message in str(error.value)

    def test_a_reader_that_cannot_say(self, tmp_path: Path) -> None:
        """One that fails when it is asked has the file, and says what went wrong with it."""

        def accepts(data: bytes, suffix: str) -> bool:
            raise ValueError(suffix, data)

        def read(data: bytes, source: str | None) -> cqcparse.Document:
            raise cqcparse.errors.ReadError(
                source or "", "it is no good", f"mend {len(data)} bytes"
            )

        reader = cqcparse.Reader(name="x", suffixes=(".x",), accepts=accepts, read=read)
        (guarded,) = contribution_of(
            lambda asked: [[reader]] if asked == "cqcparse_readers" else [], "'x'"
        ).readers
        assert guarded.accepts(b"abc", ".x")
        assert not guarded.accepts(b"abc", ".y")
        with pytest.raises(cqcparse.errors.ReadError, match="it is no good; mend 3 bytes"):
            guarded.read(b"abc", str(tmp_path))

    @pytest.mark.parametrize(
        "document",
        [
            None,
            Document(text=3),  # type: ignore[arg-type]
            Document(text="abc", blocks=(Block(span=Span(0, 9)),)),
            Document(text="abc", blocks=(Block(span=Span(1, 3)), Block(span=Span(0, 1)))),
        ],
    )
    def test_a_document_that_is_none(self, document: Any) -> None:  # noqa: ANN401 - or anything
        """What a reader returns is checked before it is parsed."""
        reader = cqcparse.Reader(name="x", suffixes=(".x",), read=lambda _data, _source: document)
        (guarded,) = contribution_of(
            lambda asked: [[reader]] if asked == "cqcparse_readers" else [], "'x'"
        ).readers
        with pytest.raises(cqcparse.errors.ReadError, match="which is no valid document"):
            guarded.read(b"abc", "report.x")


class Odd(Boats):
    """Yields what it was given."""

    def __init__(self, *items: object) -> None:
        self.items = items

    def extract(self, view: View) -> Iterator[Any]:
        """Yield the items, whatever the document says."""
        assert view.document.text
        yield from self.items


class TestAdmission:
    """What breaks a rule stays outside, with a reason."""

    @staticmethod
    def mention(start: int, end: int, evidence: cqcparse.Evidence | None = None) -> Boat:
        """Return a boat in the text "A raft sank."."""
        return Boat(span=Span(start, end), text="A raft sank."[start:end], evidence=evidence)

    def test_evidence_is_checked_too(self) -> None:
        """A cue that the document does not have, and words without measure."""
        wrong = cqcparse.Evidence(rule="x", cues=(Quote("boat", Span(2, 6)),))
        wordy = cqcparse.Evidence(rule="x", beat=("y",) * 20_000)
        right = cqcparse.Evidence(rule="x", cues=(Quote("raft", Span(2, 6)),), beat=("y",))
        items = [
            self.mention(0, 1, evidence=wrong),
            self.mention(2, 6, evidence=wordy),
            self.mention(7, 11, evidence=right),
        ]
        report = Parser([Odd(*items)]).parse("A raft sank.")
        assert [mention.text for mention in report.mentions] == ["sank"]
        messages = [d.message for d in report.diagnostics if d.code == "mention-rejected"]
        assert [message.partition(" was left out: ")[2] for message in messages] == [
            "it says 'boat' where the document has other text",
            "it carries 40001 code points beside its quotes",
        ]

    def test_a_mention_that_cannot_be_read(self) -> None:
        """A class that raises when it is looked at costs the mention, not the report."""
        broken = self.mention(2, 6)
        object.__delattr__(broken, "canonical")
        report = Parser([Odd(broken, self.mention(7, 11))]).parse("A raft sank.")
        assert [mention.text for mention in report.mentions] == ["sank"]
        (rejected,) = [d for d in report.diagnostics if d.code == "mention-rejected"]
        assert "cannot be read (AttributeError" in rejected.message

    def test_the_longest_stays(self) -> None:
        """Of mentions that overlap; the others are told with their places."""
        items = [self.mention(0, 4), self.mention(2, 12), self.mention(7, 11)]
        report = Parser([Odd(*items)]).parse("A raft sank.")
        assert [mention.text for mention in report.mentions] == ["raft sank."]
        spans = [d.span for d in report.diagnostics if d.code == "mention-rejected"]
        assert spans == [Span(0, 4), Span(7, 11)]

    def test_strict(self) -> None:
        """`strict=True` raises them together."""
        with pytest.raises(ExceptionGroup) as error:
            Parser([Odd("text")]).parse("A raft sank.", strict=True)
        assert any("is a str, not a Mention" in str(one) for one in error.value.exceptions)


def test_a_report_without_mentions() -> None:
    """No extractor runs; all else is what it is with them."""
    text = (Path(__file__).parent.parent / "seeds" / "harrow.txt").read_text(encoding="utf-8")
    whole = Parser().parse(text)
    assert whole.mentions
    assert Parser([Odd("text")], mentions=False).parse(text) == Parser(mentions=False).parse(text)
    assert Parser(mentions=False).parse(text) == attrs.evolve(whole, mentions=())
    assert Parser(mentions=False).fingerprint != Parser().fingerprint


@pytest.mark.parametrize("given", [None, b"A report.", 5])
def test_what_is_no_text_is_refused(given: object) -> None:
    """`parse` takes a string, and says what takes the rest."""
    with pytest.raises(TypeError, match=r"as a str, not (?:None|bytes|int): cqcparse\.read takes"):
        cqcparse.parse(given)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [None, 5, ["page.txt"]])
def test_what_is_no_source_is_refused(given: object) -> None:
    """`read` takes a path or an open binary file, and says what takes the rest."""
    expected = r"a path or an open binary file, not (?:None|int|list): cqcparse\.parse takes text"
    with pytest.raises(TypeError, match=expected):
        cqcparse.read(given)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=expected):
        list(cqcparse.read_many([given]))  # type: ignore[list-item]


def test_one_path_is_one_file(tmp_path: Path) -> None:
    """`read_many` takes a path for itself, and refuses what holds no paths."""
    path = tmp_path / "page.txt"
    path.write_text("A raft sank.", encoding="utf-8")
    for one in (str(path), path):
        assert [result.source for result in cqcparse.read_many(one)] == [str(path)]
    with pytest.raises(TypeError, match="read_many takes paths or open binary files, not bytes"):
        cqcparse.read_many(b"page.txt")  # type: ignore[arg-type]


def test_a_misspelt_kind_is_refused() -> None:
    """The nearest kind is named; a kind that a plugin may bring has no mentions."""
    assessment = cqcparse.parse("The council used the Better Care Fund.")
    with pytest.raises(ValueError, match="'fundng' is no kind of mention; did you mean 'funding'"):
        assessment.of("fundng")
    with pytest.raises(ValueError, match="'Partners' is no kind of mention; did you mean"):
        assessment.of("Partners")
    with pytest.raises(TypeError, match="of takes the name or the class of a kind, not None"):
        assessment.of(None)  # type: ignore[call-overload]
    assert assessment.of("ferry") == assessment.of("finding") == ()


SUMMARY_PAGE = """Ashmere: local authority assessment

Local authority rating and score

Good

Summary of people's experiences

People valued the carers centre.

Summary of strengths, areas for development and next steps

The council worked with Age UK.

Areas to develop

Waits for the reablement service were long.
"""


def test_the_summary_of_a_report_is_searched() -> None:
    """What it says of people's experiences and of strengths has mentions, of no statement."""
    assessment = cqcparse.parse(SUMMARY_PAGE)
    found = {mention.text: mention for mention in (*assessment.services, *assessment.partners)}

    assert set(found) == {"carers centre", "Age UK", "reablement service"}
    assert all(assessment.statement_of(mention) is None for mention in found.values())
    assert [assessment.section_of(mention).id for mention in found.values()] == [
        "peoples-experiences",
        "strengths-and-next-steps",
        "strengths-and-next-steps",
    ]

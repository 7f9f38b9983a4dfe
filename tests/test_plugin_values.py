"""What plugins yield and do on the side: values that cannot be written, prints, other folders."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cqcparse
from cqcparse import Assessment, Mention, Parser, Quote, Reading, Span
from cqcparse.errors import PluginError
from cqcparse.extraction.plugins import load_plugins
from cqcparse.output.writing import write_rows
from tests.made_plugins import Site, command_line, made_site
from tests.warm_commands import WarmCommands

SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"
TEXT = "The council used the Better Care Fund."
QUOTE = Quote("The", Span(0, 3))


class Size(Enum):
    """How large something is."""

    SMALL = "small"
    LARGE = 2


@attrs.frozen(kw_only=True)
class Thing(Mention):
    """A kind with a field of every type that the contract lists."""

    kind: ClassVar[str] = "thing"

    words: str | None = None
    count: int | None = None
    share: float | None = None
    sum: Decimal | None = None
    flag: bool | None = None
    day: dt.date | None = None
    size: Size | None = None
    side: Literal["left", 1] | None = None
    names: tuple[str, ...] = ()
    pair: tuple[int, str] | None = None
    reading: Reading[str] | None = None
    counted: Reading[int] | None = None


class Finder:
    """Yields what it was given, and finds the word "council" besides."""

    name = "finder"
    produces: tuple[type[Mention], ...] = (Thing,)

    def __init__(self, **fields: object) -> None:
        self.fields = fields

    def extract(self, view: cqcparse.View) -> Iterator[Mention]:
        """Yield two mentions, the first of them doubtful."""
        assert view.document.text == TEXT
        yield Thing(span=Span(0, 3), text="The", **self.fields)  # type: ignore[arg-type]
        yield Thing(span=Span(4, 11), text="council")


def found(**fields: object) -> tuple[list[str], str]:
    """Return what gets in of a mention with these fields and an honest one, and what is said."""
    report = Parser([Finder(**fields)], plugins=False).parse(TEXT)
    said = [d.message for d in report.diagnostics if d.code == "mention-rejected"]
    write_everywhere(report)
    return [mention.text for mention in report.of("thing")], " ".join(said)


def write_everywhere(report: Assessment) -> None:
    """Fail if a report cannot be written as strict JSON and read again, or as rows."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    text = report.to_json()
    json.loads(text.encode(), parse_constant=refuse)
    assert cqcparse.from_json(text, kinds=[Thing]) == report
    for row in report.rows("mentions"):
        json.dumps(row, default=dt.date.isoformat, allow_nan=False).encode()
    report.to_html().encode()


class Lookalike:
    """Says that it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1


class TestValues:
    """The fourth, fifth and eighth of nine ways: a value that JSON has no form for."""

    @pytest.mark.parametrize(
        ("fields", "problem"),
        [
            ({"words": "\ud800"}, "half of a surrogate pair"),
            ({"canonical": "\udcffx"}, "half of a surrogate pair"),
            ({"entity_id": "\ud800"}, "half of a surrogate pair"),
            ({"share": float("nan")}, "is no number that JSON has"),
            ({"share": float("-inf")}, "is no number that JSON has"),
            ({"share": 10**400}, "as 'share'"),
            ({"count": 10**5000}, "as 'count'"),
            ({"sum": Decimal("NaN")}, "is no number that JSON has"),
            ({"sum": Decimal("sNaN")}, "as 'sum'"),
            ({"names": ("a", "\udc80")}, "as 'names'"),
            ({"pair": (1, "\ud800")}, "as 'pair'"),
            ({"reading": Reading("The", Span(0, 3), "\ud800")}, "as 'reading'"),
            ({"counted": Reading("The", Span(0, 3), 10**5000)}, "as 'counted'"),
            ({"side": True}, "as 'side'"),
            ({"side": Lookalike()}, "as 'side'"),
            ({"day": dt.datetime(2024, 1, 1, tzinfo=dt.UTC)}, "as 'day'"),
        ],
    )
    def test_it_costs_its_mention(self, fields: dict[str, object], problem: str) -> None:
        """The message names extractor and field; the mention beside it stands, and all is written."""
        texts, said = found(**fields)
        assert texts == ["council"]
        assert problem in said
        assert "of extractor 'finder'" in said

    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "words": st.text(st.characters()),
                "canonical": st.text(st.characters()),
                "count": st.integers(),
                "share": st.floats() | st.integers(),
                "sum": st.decimals(),
                "flag": st.booleans() | st.integers(),
                "day": st.dates() | st.datetimes(),
                "size": st.sampled_from(Size) | st.just("small"),
                "side": st.sampled_from(["left", 1, True, 1.0, "right"]),
                "names": st.lists(st.text(st.characters()), max_size=3).map(tuple),
                "pair": st.tuples(st.integers(), st.text(st.characters())),
                "reading": st.builds(Reading, st.just("The"), st.just(Span(0, 3)), st.text()),
            },
        )
    )
    def test_what_gets_in_can_be_written(self, fields: dict[str, object]) -> None:
        """Whatever the values are, the report is strict JSON, comes back the same, and has rows."""
        texts, said = found(**fields)
        assert texts == ["The", "council"] or said

    def test_what_is_raised_can_be_written(self) -> None:
        """A message of an error with half a surrogate pair does not spoil the report."""

        class Raising(Finder):
            def extract(self, view: cqcparse.View) -> Iterator[Mention]:
                msg = f"\ud800 in {len(view.sentences)} sentences"
                raise ValueError(msg)

        report = Parser([Raising()], plugins=False).parse(TEXT)
        assert r"ValueError: \ud800 in 1 sentences" in report.diagnostics[-1].message
        write_everywhere(report)


class Odd(Enum):
    """Values that JSON does not have."""

    THING = object()


class Unequal(Enum):
    """Values that JSON has and no file."""

    HALF = "\ud800"


@attrs.frozen
class Chain:
    """A class that holds itself."""

    next: Chain | None = None


class TestClasses:
    """The sixth and seventh of nine ways: a class that cannot be written, or not be found."""

    @pytest.mark.parametrize(
        ("form", "problem"),
        [
            (Any, "of the type Any, which has no form in JSON"),
            (object, "of the type object, which has no form in JSON"),
            (Chain, "of the type Chain, which holds itself"),
            (int | str, "whose members JSON does not tell apart"),
            (Quote | Reading[int], "whose members JSON does not tell apart"),
            (Odd, "with a value (object) of no form"),
            (Unequal, "with a value (str) of no form"),
            (Literal[b"x"], "with a value (bytes) of no form"),
            (Reading, "of the type Any, which has no form in JSON"),
            (tuple[Any, ...], "of the type Any"),
        ],
        ids=str,
    )
    def test_a_field_of_no_form(self, form: object, problem: str) -> None:
        """The class is refused with the name of its field before anything is read."""
        body = {"kind": "made", "field": None, "__annotations__": {"field": form}}
        made = attrs.frozen(kw_only=True)(type("Made", (Mention,), body))

        class Bad(Finder):
            produces = (made,)

        with pytest.raises(PluginError, match="its class Made has a field 'field'") as error:
            Parser([Bad()])
        assert problem in str(error.value)

    def test_a_class_within_a_function(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two workers would end the run with it: it is refused when its plugin is loaded."""
        site = next(made_site(tmp_path / "site", monkeypatch))
        code = """
        def made():
            @attrs.frozen(kw_only=True)
            class Local(cqcparse.Mention):
                kind: ClassVar[str] = "local"
            return Local

        class Finder:
            name = "locals"
            produces = (made(),)
            def extract(self, view):
                return []

        @hookimpl
        def cqcparse_extractors():
            return [Finder()]
        """
        site.add("locals", code)
        site.choose("locals")
        error = load_plugins().infos[-1].error or ""
        assert "its class Local cannot be found as 'made.<locals>.Local'" in error
        assert "define it at the top of a module" in error


#: A plugin that finds the word "and", and does {what} wherever a plugin can.
BUSY = """
{what}

class Finder:
    name = "busy"
    produces = (Busy,)

    def extract(self, view):
        {what}
        for text, span in words(view, "and"):
            yield Busy(span=span, text=text)


def write(path, table, rows):
    {what}
    path.write_text("".join(row["text"] + "\\n" for row in rows), encoding="utf-8")


@hookimpl
def cqcparse_extractors():
    {what}
    return [Finder()]


@hookimpl
def cqcparse_exporters():
    return [cqcparse.Exporter(name="busy", suffix=".busy", write=write)]
"""

PRINTS = {
    "print": "print('NOISE')",
    "stream": "sys.__stdout__.write('NOISE'); sys.__stdout__.flush()",
    "descriptor": "os.write(1, b'NOISE')",
    "program": "os.system('echo NOISE')",
}


class TestSideEffects:
    """What a plugin prints is no data, and where it goes is nobody else's place."""

    @pytest.fixture
    def site(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
        """A folder of distributions beside one of reports."""
        (tmp_path / "in").mkdir()
        shutil.copy(SEED, tmp_path / "in" / "one.txt")
        shutil.copy(SEED, tmp_path / "in" / "two.txt")
        yield from made_site(tmp_path / "site", monkeypatch)

    @pytest.mark.parametrize("how", PRINTS)
    def test_a_print_is_no_data(
        self, how: str, site: Site, tmp_path: Path, warm: WarmCommands
    ) -> None:
        """Standard output has the rows and nothing else, whatever way it is written to."""
        site.add("busy", BUSY.format(what=PRINTS[how]))
        site.choose("busy")
        done = command_line(warm, site, "extract", "in", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        kinds = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
        assert kinds.count("busy") > 1
        assert "NOISE" in done.stderr
        listed = command_line(warm, site, "plugins", "--json", cwd=tmp_path)
        (info,) = [info for info in json.loads(listed.stdout) if info["name"] == "busy"]
        assert info["state"] == "loaded"

    def test_help_and_version_are_data(
        self, site: Site, tmp_path: Path, warm: WarmCommands
    ) -> None:
        """What click prints still goes to standard output."""
        for arguments in (["--version"], ["--help"], ["extract", "--help"]):
            done = command_line(warm, site, *arguments, cwd=tmp_path)
            assert "cqcparse" in done.stdout
            assert not done.stderr

    @pytest.mark.parametrize("where", ["/", "gone"])
    def test_a_change_of_folder_changes_nothing(
        self, where: str, site: Site, tmp_path: Path, warm: WarmCommands
    ) -> None:
        """Relative inputs and outputs mean the same as without the plugin."""
        lost = tmp_path / "lost"
        gone = f"os.makedirs('{lost}', exist_ok=True); os.chdir('{lost}'); os.rmdir('{lost}')"
        what = gone if where == "gone" else f"os.chdir({where!r})"
        site.add("busy", BUSY.format(what=what))
        site.choose("busy")
        inputs = ["in/one.txt", "in/two.txt"]
        done = command_line(warm, site, "extract", *inputs, "-o", "out.csv", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            assert {Path(row["source"]).name for row in csv.DictReader(file)} == {
                "one.txt",
                "two.txt",
            }
        done = command_line(warm, site, "extract", *inputs, "-o", "out.busy", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "out.busy").stat().st_size
        assert not [*tmp_path.glob("*.part")]

    def test_a_change_of_folder_in_python(
        self, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A program that reads with the plugin stays where it is, as does one that writes with it."""
        monkeypatch.chdir(tmp_path)
        site.add("busy", BUSY.format(what="os.chdir('/')"))
        site.choose("busy")
        parser = Parser()
        for name in ("in/one.txt", "in/two.txt"):
            report = parser.read(name)
            assert report.of("busy")
            assert Path.cwd() == tmp_path
        table = cqcparse.model.Table(name="mentions", columns=())
        write_rows("out.busy", table, [{"text": "a"}], parser.plugins.exporters)
        assert (tmp_path / "out.busy").read_text(encoding="utf-8") == "a\n"

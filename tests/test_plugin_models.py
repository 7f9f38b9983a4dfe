"""Plugins as large as models: getting ready once, a budget of their own, options from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from cqcparse import Parser
from cqcparse.cli import group
from cqcparse.errors import DataError, PluginError
from cqcparse.extraction.plugins import load_plugins
from tests.made_plugins import Site, made_site

SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"
TEXT = "The council used the Better Care Fund."
MODEL = """
import pathlib

@attrs.frozen(kw_only=True)
class Options:
    words: tuple[str, ...] = ("council",)
    key: str = ""
    log: str = ""


class Finder:
    name = "models"
    produces = (Model,)
    options = Options
    {attributes}

    def __init__(self):
        self.ready = 0

    def prepare(self):
        self.ready += 1
        {prepare}

    def extract(self, view):
        options = view.options(Options)
        {extract}
        assert self.ready == 1, self.ready
        for word in options.words:
            for text, span in words(view, word):
                yield Model(span=span, text=text, type=options.key or None)


@hookimpl
def cqcparse_extractors():
    return [Finder()]
"""


def model(attributes: str = "pass", prepare: str = "pass", extract: str = "pass") -> str:
    """Return the code of a plugin with something to get ready."""
    return MODEL.format(attributes=attributes, prepare=prepare, extract=extract)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions."""
    yield from made_site(tmp_path / "site", monkeypatch)


class TestPreparing:
    """What takes long is done once, and does not count against the time of a report."""

    def test_it_is_done_once(self, site: Site) -> None:
        """By several threads and for several reports alike."""
        site.add("models", model())
        site.choose("models")
        parser = Parser()
        with ThreadPoolExecutor(4) as pool:
            reports = [*pool.map(parser.parse, [TEXT] * 8)]
        assert [len(report.of("model")) for report in reports] == [1] * 8

    def test_it_is_outside_of_the_budget(self, site: Site) -> None:
        """An extractor whose preparation takes longer than the budget is not cut off."""
        site.add("models", model(prepare="time.sleep(1.5)"))
        site.choose("models")
        assert Parser(budget=1).parse(TEXT).of("model")

    def test_one_that_fails_is_told_on_each_report(self, site: Site) -> None:
        """The message says what is missing; all other mentions stand."""
        site.add("models", model(prepare="raise RuntimeError('the model is not there')"))
        site.choose("models")
        parser = Parser()
        for _ in range(2):
            report = parser.parse(TEXT)
            (said,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
            assert "RuntimeError: the model is not there" in said.message
            assert report.funding
            assert not report.of("model")

    @pytest.mark.parametrize("workers", [1, 2])
    def test_in_worker_processes(self, workers: int, site: Site, tmp_path: Path) -> None:
        """Each process gets ready once, and this one not at all."""
        log = tmp_path / "log"
        log.mkdir()
        note = f"pathlib.Path({str(log)!r}, str(os.getpid())).open('a').write('x')"
        site.add("models", model(prepare=note))
        site.choose("models")
        results = [
            *Parser(options={"models": {"words": ("Harrow",)}}).read_many(
                [SEED] * 4, workers=workers
            )
        ]
        assert [len(result.of("model")) > 0 for result in results if hasattr(result, "of")] == [
            True
        ] * 4
        notes = [path.read_text(encoding="utf-8") for path in log.iterdir()]
        assert 1 <= len(notes) <= workers
        assert set(notes) == {"x"}

    def test_what_is_no_method(self, site: Site) -> None:
        """It is refused when the plugin is loaded."""
        site.add(
            "models",
            model()
            .replace("def prepare(self)", "def other(self)")
            .replace("    produces", "    prepare = 3\n    produces"),
        )
        site.choose("models")
        (error,) = [info.error for info in load_plugins().infos if info.error]
        assert "'prepare' is 3; make it a method" in error


class TestBudget:
    """An extractor may ask for more time than others."""

    def test_it_has_what_it_asks_for(self, site: Site) -> None:
        """Unless the user says how long an extractor may take."""
        site.add("models", model("budget = 0.2", extract="time.sleep(0.6)"))
        site.choose("models")
        (said,) = [d for d in Parser().parse(TEXT).diagnostics if d.code == "plugin-failed"]
        assert "took longer than its budget of 0.2 seconds" in said.message
        assert Parser(budget=30).parse(TEXT).of("model")

    @pytest.mark.parametrize("budget", ["-1", "'long'", "float('nan')", "float('inf')", "True"])
    def test_what_is_no_time(self, budget: str, site: Site) -> None:
        """It is refused when the plugin is loaded."""
        site.add("models", model(f"budget = {budget}"))
        site.choose("models")
        (error,) = [info.error for info in load_plugins().infos if info.error]
        assert "make it seconds, up to 86400" in error


class TestOptions:
    """Options by file, by environment and by flag; what stands nearer counts."""

    @pytest.fixture(autouse=True)
    def _model(self, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        site.add("models", model())
        site.choose("models")
        monkeypatch.chdir(tmp_path)

    def found(self, *arguments: str) -> list[tuple[str, str | None]]:
        """Return text and type of the mentions that a command finds."""
        Path("report.txt").write_text(
            f"Safeguarding\nScore: 3\nKey findings for this quality statement\n{TEXT}\n",
            encoding="utf-8",
        )
        done = CliRunner().invoke(group, ["extract", "report.txt", *arguments])
        assert done.exit_code == 0, done.stderr
        rows = map(json.loads, done.stdout.splitlines())
        return [(row["text"], row["type"]) for row in rows if row["kind"] == "model"]

    def test_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Lists are tuples, a secret comes from the environment, and a flag counts more."""
        monkeypatch.setenv("MODEL_KEY", "secret")
        Path("my.toml").write_text(
            '[models]\nwords = ["used", "Fund"]\nkey = { env = "MODEL_KEY" }\n', encoding="utf-8"
        )
        assert self.found("--options", "my.toml") == [("used", "secret"), ("Fund", "secret")]
        flag = ("--option", "models.key=other", "--options", "my.toml")
        assert self.found(*flag) == [("used", "other"), ("Fund", "other")]

    def test_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It holds for Python too, passes over extractors that are not there, and counts least."""
        text = '[models]\nwords = ["used"]\nkey = "a"\n[others]\nx = 1\n'
        Path("all.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("CQCPARSE_OPTIONS", str(Path("all.toml").absolute()))
        assert self.found() == [("used", "a")]
        assert self.found("--option", "models.key=b") == [("used", "b")]
        assert [m.text for m in Parser().parse(TEXT).of("model")] == ["used"]

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("x = 1", "'x' is no table of options of an extractor"),
            (
                "[models]\nkey = { env = 'NOT_SET_AT_ALL' }",
                "the variable 'NOT_SET_AT_ALL', which is not set",
            ),
            ("[models]\nkey = { a = 1 }", "is a table other than"),
            ("[models", "my.toml, line 1"),
        ],
    )
    def test_a_file_that_is_none(
        self, text: str, error: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One sentence with the file, and exit status 2."""
        Path("my.toml").write_text(text, encoding="utf-8")
        done = CliRunner().invoke(group, ["extract", str(SEED), "--options", "my.toml"])
        assert done.exit_code == 2
        assert error in done.stderr
        monkeypatch.setenv("CQCPARSE_OPTIONS", "my.toml")
        with pytest.raises(DataError):
            Parser()

    def test_a_value_of_another_type(self) -> None:
        """It is refused as by a flag, with extractor, option and type."""
        Path("my.toml").write_text("[models]\nwords = 'council'\n", encoding="utf-8")
        done = CliRunner().invoke(group, ["extract", str(SEED), "--options", "my.toml"])
        assert done.exit_code == 2
        assert "'council' as 'words'" in done.stderr
        with pytest.raises(PluginError, match="no option 'word'"):
            Parser(options={"models": {"word": 1}})

    def test_they_are_listed(self) -> None:
        """With their types and defaults."""
        (info,) = [info for info in load_plugins().infos if info.name == "models"]
        assert info.options[1] == "models.key: str = ''"
        listed = CliRunner().invoke(group, ["plugins"]).stdout
        assert "options models.words, models.key, models.log" in listed

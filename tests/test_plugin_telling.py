"""What authors and users are told of a plugin: refusals, a check on a report, tracebacks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from cqcparse import Parser, Service, View
from cqcparse.cli import group
from cqcparse.errors import PluginError
from cqcparse.extraction.plugins import load_plugins
from tests.made_plugins import Site, made_site

SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"

#: Finds the word "and", quotes the text wrongly each second time, and raises if told to.
CARELESS = """
class Finder:
    name = "careless"
    produces = (Careless,)

    def extract(self, view):
        for number, (text, span) in enumerate(words(view, " and ")):
            yield Careless(span=span, text=text if number % 2 else "-and-")


@hookimpl
def cqcparse_extractors():
    return [Finder()]
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions."""
    yield from made_site(tmp_path / "site", monkeypatch)


def run(*arguments: str) -> Result:
    """Return what a command does."""
    return CliRunner().invoke(group, arguments)


class TestRefusals:
    """Who waits for mentions that were refused is told."""

    @pytest.mark.parametrize("command", ["scores", "facts"])
    def test_where_no_mentions_are_wanted(self, command: str, site: Site) -> None:
        """No extractor runs, unless the options for what counts as failed ask for what it says."""
        site.add("careless", CARELESS)
        site.choose("careless")
        plain = run(command, str(SEED))
        assert (plain.exit_code, plain.stderr) == (0, "")
        assert plain.stdout == run(command, str(SEED), "--fail-on", "score-invalid").stdout
        for asked in (["--strict"], ["--fail-on", "mention-rejected"]):
            result = run(command, str(SEED), *asked)
            assert result.exit_code == 1
            assert "left out: it says '-and-'" in result.stderr
            assert result.stdout == plain.stdout

    def test_they_are_told_once(self, site: Site, tmp_path: Path) -> None:
        """One line on standard error for an extractor, with their number and the first."""
        folder = tmp_path / "in"
        folder.mkdir()
        for name in ("one.txt", "two.txt"):
            shutil.copy(SEED, folder / name)
        site.add("careless", CARELESS)
        site.choose("careless")
        done = run("extract", str(folder))
        (line,) = done.stderr.splitlines()
        assert "extractor 'careless': " in line
        assert "results were left out; the first: " in line
        assert "one.txt: mention-rejected: a mention '-and-' of extractor 'careless'" in line
        assert "says '-and-' where the document has other text" in line
        assert done.exit_code == 0

    def test_nothing_is_told_of_an_honest_one(self, site: Site) -> None:
        """Standard error is empty where nothing was refused."""
        site.add("careless", CARELESS.replace('"-and-"', "text"))
        site.choose("careless")
        assert not run("extract", str(SEED)).stderr


class TestCheck:
    """`cqcparse plugins --check REPORT` says how each extractor does."""

    def test_it_counts_and_names_the_first_refusal(self, site: Site) -> None:
        """Found, refused and time of each, and what was refused first; it is a failure."""
        site.add("careless", CARELESS)
        site.choose("careless")
        done = run("plugins", "--check", str(SEED), "--json")
        assert done.exit_code == 1
        checks = {
            check["extractor"]: check
            for plugin in json.loads(done.stdout)
            for check in plugin["checks"]
        }
        assert checks["careless"]["found"] > 1
        assert checks["careless"]["refused"] > 1
        assert "says '-and-'" in checks["careless"]["wrong"]
        assert checks["funding"]["found"] > 1
        assert checks["funding"]["refused"] == 0
        assert all(check["milliseconds"] > 0 for check in checks.values())
        text = run("plugins", "--check", str(SEED)).stdout
        assert "careless: a mention '-and-' of extractor 'careless'" in text

    def test_an_honest_one_passes(self, site: Site) -> None:
        """With nothing wrong the exit status is 0."""
        site.add("careless", CARELESS.replace('"-and-"', "text"))
        site.choose("careless")
        assert run("plugins", "--check", str(SEED)).exit_code == 0

    def test_one_that_raises_has_its_traceback(self, site: Site) -> None:
        """With --traceback it stands on standard error, with the line of the plugin."""
        site.add("careless", CARELESS.replace('"-and-"', "nothing_so_named"))
        site.choose("careless")
        done = run("plugins", "--check", str(SEED), "--traceback")
        assert done.exit_code == 1
        assert "NameError" in done.stdout
        assert "Traceback" not in done.stdout
        assert "yield Careless(span=span, text=text if number % 2 else nothing" in done.stderr

    def test_a_report_that_is_not_there(self, site: Site) -> None:
        """One sentence, and exit status 1."""
        site.choose()
        done = run("plugins", "--check", "nowhere.txt")
        assert done.exit_code == 1
        assert "nowhere.txt: there is no such file" in done.stderr


class TestLoading:
    """A plugin that failed to load."""

    def test_the_exit_status_says_so(self, site: Site) -> None:
        """It is 1, and the traceback can be had."""
        site.add("ruins", "1 / 0")
        site.choose("ruins")
        done = run("plugins", "--traceback")
        assert done.exit_code == 1
        assert "ruins: ZeroDivisionError" in done.stdout
        assert "1 / 0" in done.stderr
        site.choose()
        assert run("plugins").exit_code == 0

    def test_a_hook_of_another_version(self, site: Site) -> None:
        """Marked as optional, as pluggy has it, an unknown hook is no mistake."""
        code = """
        @hookimpl{marks}
        def cqcparse_time_travel():
            return []
        """
        site.add(
            "ruins", code.format(marks="(optionalhook=True)") + CARELESS.replace("Careless", "Ruin")
        )
        site.choose("ruins")
        assert load_plugins().infos[-1].error is None
        site.add("wrecks", code.format(marks=""))
        site.choose("wrecks")
        error = load_plugins().infos[-1].error or ""
        assert "'cqcparse_time_travel' is no hook; the hooks are cqcparse_extractors, " in error
        assert "mark it as optionalhook" in error


#: What an author writes, and what is said of it.
MISTAKES = {
    "a-kind-that-is-misspelt": (
        """
        class Fixes:
            name = "fixes"
            corrects = ("services",)
            def correct(self, mention, view): return mention
        @cqcparse.hookimpl
        def cqcparse_correctors(): return [Fixes()]
        """,
        "kind 'services', which no extractor makes; did you mean 'service'? Else install or allow",
    ),
    "an-error-in-a-helper": (
        """
        def helper(text): return text.index("no such words at all")
        class Finder:
            name = "finder"
            produces = (cqcparse.Service,)
            def extract(self, view): return [helper(view.document.text)]
        @cqcparse.hookimpl
        def cqcparse_extractors(): return [Finder()]
        """,
        "failed and was left out: ValueError: substring not found (mine.py, line 3); tell its author",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_where_it_is(
    mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what is near to a name, or the line of the plugin's file that raised."""
    monkeypatch.setenv("CQCPARSE_PLUGINS", "")
    code, said = MISTAKES[mistake]
    (tmp_path / "mine.py").write_text(f"import cqcparse\n{dedent(code)}", encoding="utf-8")

    done = run("extract", str(SEED), "--plugin", str(tmp_path / "mine.py"))

    assert said in done.stderr


def test_a_kind_that_is_not_required_is_told() -> None:
    """An extractor that asks for mentions of it is handed none, and a remark says so once."""

    class Curious:
        name = "curious"
        produces = (Service,)
        requires = ("funding",)

        def extract(self, view: View) -> list[Service]:
            for kind in ("partner", "partner", "funding"):
                view.mentions(kind)
            return []

    parser = Parser([*Parser(plugins=False).extractors, Curious()])

    said = parser.read(SEED).diagnostics

    (remark,) = (one for one in said if one.extractor == "curious")
    assert (remark.code, remark.severity) == ("extractor-remark", "info")
    assert "asks for mentions of kind 'partner', which it does not require" in remark.message


def test_a_kind_that_is_not_here_is_no_misspelt_one() -> None:
    """A built-in kind is meant where it is named, though no extractor of it was given."""

    class Curious:
        name = "curious"
        produces = (Service,)
        requires = ("funding",)

        def extract(self, view: View) -> list[Service]:
            return [Service(span=one.span, text=one.text) for one in view.sentences]

    with pytest.raises(PluginError) as caught:
        Parser([Curious()])

    assert "kind 'funding', which no extractor makes; install or allow" in str(caught.value)

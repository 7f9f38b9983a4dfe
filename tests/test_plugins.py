"""Plugins that break the contract, each a distribution of its own: the rest is unharmed."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

import cqcparse
from cqcparse import Assessment, Parser
from cqcparse.cli import group
from cqcparse.errors import DataError, PluginError, ReadError
from cqcparse.extraction import PluginInfo, hookspecs
from cqcparse.extraction.plugins import installed_kinds, load_plugins
from cqcparse.output.writing import write_rows

PLUGINS = Path(__file__).parent / "plugins"
SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"
TEXT = SEED.read_text(encoding="utf-8")

#: Seconds: more than an honest extractor needs on any machine.
BUDGET = 60.0
#: Seconds to wait for what never ends, where the honest one beside it needs some milliseconds.
SHORT = 2.0

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return a function that installs distributions of `tests/plugins` and allows no others."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    before = set(sys.modules)

    def install(*folders: str) -> None:
        names = [_unpack(PLUGINS / folder, site) for folder in folders]
        monkeypatch.setenv("CQCPARSE_PLUGINS", ",".join(names))
        importlib.invalidate_caches()

    yield install
    for name in set(sys.modules) - before:
        if name.startswith("broken_") or name.endswith("_of_tests"):
            del sys.modules[name]
    installed_kinds.cache_clear()


def _unpack(folder: Path, site: Path) -> str:
    """Put a distribution where Python finds it, as pip would; return the name of its plugin."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ((name, module),) = project["entry-points"]["cqcparse"].items()
    for file in folder.glob(f"{module}*"):
        if file.is_dir():
            shutil.copytree(file, site / file.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(file, site)
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[cqcparse]\n{name} = {module}\n", encoding="utf-8")
    assert isinstance(name, str)
    return name


@pytest.fixture(scope="module")
def expected() -> str:
    """The report as it is when the plugin that keeps the contract is the only one."""
    path = PLUGINS / "towns" / "cqcparse_towns_of_tests.py"
    spec = importlib.util.spec_from_file_location("towns_given", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["towns_given"] = module
    spec.loader.exec_module(module)
    parser = Parser([*Parser(plugins=False).extractors, module.Towns()])
    report = parser.parse(TEXT, source="harrow")
    assert report.of("town")
    assert report.funding
    return rest_of(report)


def rest_of(report: Assessment, *suspects: str) -> str:
    """Return all of a report but the mentions of some extractors, and what was said of plugins."""
    mentions = tuple(m for m in report.mentions if m.extractor not in suspects)
    plugin_codes = {"plugin-failed", "mention-rejected"}
    diagnostics = tuple(d for d in report.diagnostics if d.code not in plugin_codes)
    return attrs.evolve(report, mentions=mentions, diagnostics=diagnostics).to_json()


def infos() -> dict[str, PluginInfo]:
    """Return what became of each plugin, by the name of its distribution."""
    return {info.distribution or info.name: info for info in load_plugins().infos}


def parsed() -> Assessment:
    """Return the report as it is read with the plugins that are installed."""
    return Parser(budget=BUDGET).parse(TEXT, source="harrow")


LOADING = {
    "import-error": ("No module named 'no_such_package_anywhere'", "reinstall"),
    "exits": ("SystemExit: 3", "update or reinstall cqcparse-exits"),
    "wrong-signature": ("config", "take only arguments that the hook offers"),
    "misspelt-hook": ("'cqcparse_extracters' is no hook", "rename it to 'cqcparse_extractors'"),
    "unmarked": ("implements no hook", "mark its functions with @cqcparse.hookimpl"),
    "later-contract": ("written for version >=99", "install a cqcparse, or a plugin, that fits"),
    "duplicate-extractor": (
        "'partners' is taken by plugin 'cqcparse.extractors.partners'",
        "choose",
    ),
    "kind-clash": ("the kind 'partner' of its class Partner is taken", "choose another word"),
    "no-kind": ("its class Town has no kind of its own", "give it a class attribute 'kind'"),
    "no-json": (
        "its class Town has a field 'pattern' of the type re.Pattern",
        "annotate its fields",
    ),
    "not-extractors": ("object: is no extractor", "give an object"),
    "endless-hook": ("returned more than 1000 things", "return a list that ends"),
    "bad-lexicon": ("terms.toml, line 6: the pattern '(?:\\w|[a-z])+Trust'", "mend the file"),
    "bad-framework": ("profile.toml: ", "mend the file"),
}


class TestLoading:
    """A plugin that cannot be loaded is left out, and says why."""

    @pytest.mark.parametrize("folder", LOADING)
    def test_one_is_left_out(self, folder: str, install: Install, expected: str) -> None:
        """The message names plugin, problem and remedy; the rest is the same, byte for byte."""
        install("towns", folder)
        info = infos()[f"cqcparse-{folder}"]
        assert info.state == "failed"
        for part in LOADING[folder]:
            assert part in (info.error or "")
        assert f"CQCPARSE_PLUGINS=-{folder} leaves it out" in (info.error or "")
        assert load_plugins().manager.get_plugin(folder) is None
        report = parsed()
        assert rest_of(report) == expected
        (failure,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
        assert failure.message == f"plugin {folder!r} was left out: {info.error}"

    def test_a_name_that_is_taken(self, install: Install, expected: str) -> None:
        """The distribution that bears the name by custom has it, whatever the other is called."""
        install("duplicate-entry", "towns")
        other = infos()["cqcparse-duplicate-entry"]
        assert other.state == "failed"
        assert "its name is taken by plugin 'towns' (cqcparse-towns 1.0)" in (other.error or "")
        assert "rename the entry point" in (other.error or "")
        assert rest_of(parsed()) == expected

    def test_a_circle(self, install: Install, expected: str) -> None:
        """The error names both; the one loaded later goes, and with it what cannot do without."""
        install("towns", "circle-a", "circle-b")
        found = infos()
        later = found["cqcparse-circle-b"].error or ""
        assert "extractor 'alphas' of plugin 'circle-a' (cqcparse-circle-a 1.0)" in later
        assert "extractor 'betas' of plugin 'circle-b' (cqcparse-circle-b 1.0)" in later
        assert "take a kind out of the 'requires'" in later
        earlier = found["cqcparse-circle-a"].error or ""
        assert "requires mentions of kind 'beta', which no extractor makes" in earlier
        assert "'circle-b' is failed" in earlier
        assert rest_of(parsed()) == expected

    def test_a_missing_requirement(self, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
        """The error names the kind, who needs it, and the plugin that was left out."""
        install("towns", "needs-towns")
        assert infos()["cqcparse-needs-towns"].state == "loaded"
        monkeypatch.setenv("CQCPARSE_PLUGINS", "needs-towns")
        error = infos()["cqcparse-needs-towns"].error or ""
        assert "extractor 'villages' of plugin 'needs-towns'" in error
        assert "requires mentions of kind 'town', which no extractor makes" in error
        assert "'towns' is disabled" in error
        assert "install or allow the plugin that makes them" in error


#: What runs and fails: the code of the diagnostic, parts of its message.
RUNNING: dict[str, tuple[str, ...]] = {
    "raises": ("plugin-failed", "ValueError: a town without a name", "leave the plugin out"),
    "raises-exit": ("plugin-failed", "raised KeyboardInterrupt", "leave the plugin out"),
    "unprintable": ("plugin-failed", "Unprintable: (its message cannot be printed)", "author"),
    "returns-number": ("plugin-failed", "'extract' returned int", "author"),
    "huge-output": ("plugin-failed", "yielded more than", "author"),
    "huge-words": (
        "mention-rejected",
        "carries 10000000 code points beside its quotes",
        "left out",
    ),
    "non-string-text": ("mention-rejected", "has 7 as 'type'", "left out"),
    "nonsense": ("mention-rejected", "is a str, not a Mention", "left out"),
    "out-of-bounds": ("mention-rejected", "past the end of the text", "left out"),
    "overlapping": ("mention-rejected", "overlaps a mention of its kind", "left out"),
}
#: What never ends.
ENDLESS = ("infinite-generator", "infinite-loop", "stubborn")


class TestRunning:
    """An extractor that fails costs its own mentions and nothing else."""

    @pytest.mark.parametrize("folder", RUNNING)
    def test_the_rest_is_unharmed(self, folder: str, install: Install, expected: str) -> None:
        """The other mentions are the same, byte for byte, and the message names the plugin."""
        install("towns", folder)
        report = parsed()
        assert rest_of(report, folder) == expected
        code, *parts = RUNNING[folder]
        said = [d for d in report.diagnostics if d.code in {"plugin-failed", "mention-rejected"}]
        assert {d.code for d in said} == {code}
        for part in (*parts, f"of plugin {folder!r} (cqcparse-{folder} 1.0)"):
            assert any(part in diagnostic.message for diagnostic in said), part
        assert sum(len(diagnostic.message) for diagnostic in said) < 10_000

    def test_what_it_changes_is_put_back(self, install: Install, expected: str) -> None:
        """An extractor that changes everything it is handed is named, and changes nothing."""
        install("towns", "mutating")
        report = parsed()
        assert rest_of(report, "mutating") == expected
        assert parsed() == report
        (failure,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
        assert "extractor 'mutating' of plugin 'mutating'" in failure.message
        assert "changed what it was handed" in failure.message

    @pytest.mark.parametrize("folder", ENDLESS)
    def test_what_never_ends_is_cut_off(self, folder: str, install: Install, expected: str) -> None:
        """It is stopped when its budget is spent, or left behind if it will not stop."""
        install("towns", folder)
        report = Parser(budget=SHORT).parse(TEXT, source="harrow")
        assert rest_of(report, folder) == expected
        (failure,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
        assert f"extractor {folder!r} of plugin {folder!r}" in failure.message
        assert f"took longer than its budget of {SHORT:g} seconds" in failure.message
        assert "give it a larger budget, or leave the plugin out" in failure.message

    def test_overlaps_are_cut_to_the_longest(self, install: Install) -> None:
        """Of mentions that overlap the longest stays, and the others are named."""
        install("overlapping")
        report = parsed()
        assert [mention.span.start for mention in report.of("piece")] == [0]
        assert sum(d.code == "mention-rejected" for d in report.diagnostics) == 2

    def test_a_flood_of_rejections_is_counted(self, install: Install) -> None:
        """The first are told one by one, the rest in one number."""
        install("huge-words")
        said = [d.message for d in parsed().diagnostics if d.code == "mention-rejected"]
        assert len(said) == 21
        assert "130 more results of extractor 'huge-words'" in said[-1]

    def test_threads_and_processes_give_the_same(self, install: Install) -> None:
        """Broken plugins beside honest ones: the same bytes at any number of workers."""
        install("towns", "raises", "mutating", "nonsense", "import-error")
        paths = [SEED] * 3
        parser = Parser()
        single = [_json(report) for report in parser.read_many(paths)]
        with ThreadPoolExecutor(3) as pool:
            threads = list(pool.map(lambda path: _json(parser.read(path)), paths))
        assert threads == single
        assert [_json(report) for report in parser.read_many(paths, workers=2)] == single
        assert '"kind":"town"' in single[0]


def _json(report: Assessment | cqcparse.ReadFailure) -> str:
    assert isinstance(report, Assessment)
    return report.to_json()


class TestFormats:
    """Readers and exporters that fail cost their own files."""

    def test_a_reader_that_fails(self, install: Install, tmp_path: Path) -> None:
        """A file that it cannot read has one sentence that names it; other files are read."""
        install("failing-formats")
        parser = Parser()
        for content, problem in (
            (b"text", "returned str, which is no valid"),
            (b"exit", "raised SystemExit"),
        ):
            path = tmp_path / "report.odd"
            path.write_bytes(content)
            with pytest.raises(
                ReadError, match="reader 'odd' of plugin 'failing-formats'"
            ) as error:
                parser.read(path)
            assert problem in str(error.value)
            assert "convert the file" in error.value.remedy
        assert parser.read(SEED).mentions

    def test_a_reader_of_a_format_that_is_read(
        self, install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is asked only if the user names it."""
        install("greedy-reader")
        path = tmp_path / "page.html"
        path.write_text(f"<p>{TEXT[:500]}</p>", encoding="utf-8")
        assert Parser().read(path).document.text
        with pytest.raises(ReadError, match="reader 'mine' of plugin 'greedy-reader'"):
            Parser(reader="mine").read(path)
        with pytest.raises(
            PluginError, match=r"^reader 'other' is unknown.*the readers are 'mine'"
        ):
            Parser(reader="other")
        with pytest.raises(SystemExit, match="0"):
            group(["plugins"])
        row = next(r for r in capsys.readouterr().out.splitlines() if r.startswith("greedy"))
        assert row.endswith("reads by --reader mine")

    def test_an_exporter_that_fails(self, install: Install, tmp_path: Path) -> None:
        """The message names it, and no half of a file is left."""
        install("failing-formats")
        path = tmp_path / "table.odd"
        table = cqcparse.model.Table(name="mentions", columns=())
        with pytest.raises(DataError, match="exporter 'odd' of plugin 'failing-formats'"):
            write_rows(path, table, [], load_plugins().exporters)
        assert not list(tmp_path.glob("*table*"))


class TestChoice:
    """Which plugins are loaded is decided before anything is imported."""

    @pytest.mark.parametrize(
        ("variable", "argument", "state"),
        [
            ("towns", True, "loaded"),
            ("", True, None),
            ("other", True, "disabled"),
            ("-towns", True, "disabled"),
            ("-other", True, "loaded"),
            (" towns , -other ", True, "loaded"),
            ("towns,-towns", True, "disabled"),
            ("towns", ["towns"], "loaded"),
            ("towns", ["-towns"], "disabled"),
            ("towns", ["other"], "disabled"),
            ("-towns", ["towns"], "disabled"),
            ("towns", [], None),
        ],
    )
    def test_who_is_loaded(
        self,
        variable: str,
        argument: bool | list[str],  # noqa: FBT001 - as the parser takes it
        state: str | None,
        install: Install,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Variable and argument can each narrow the choice; a plugin left out is not imported."""
        install("towns")
        monkeypatch.setenv("CQCPARSE_PLUGINS", variable)
        found = {info.name: info.state for info in Parser(plugins=argument).plugins.infos}
        assert found.get("towns") == state
        assert ("cqcparse_towns_of_tests" in sys.modules) == (state == "loaded")

    def test_a_plugin_that_is_named_and_missing(self, install: Install) -> None:
        """It is told, in the list of plugins and on every report."""
        install("towns")
        parser = Parser(plugins=["towns", "twons"])
        (info,) = [info for info in parser.plugins.infos if info.name == "twons"]
        assert info.state == "missing"
        (failure,) = [d for d in parser.parse(TEXT).diagnostics if d.code == "plugin-failed"]
        assert "'twons'" in failure.message
        assert "the argument 'plugins' names it" in failure.message


class TestTowns:
    """A plugin that keeps the contract, all the way."""

    def test_it_is_listed(self, install: Install, capsys: pytest.CaptureFixture[str]) -> None:
        """`cqcparse plugins --json` says what it is and brings."""
        install("towns", "raises")
        with pytest.raises(SystemExit, match="0"):
            group(["plugins", "--json"])
        rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
        assert rows["towns"] == {
            "name": "towns",
            "distribution": "cqcparse-towns",
            "version": "1.0",
            "hooks": ["cqcparse_extractors"],
            "extractors": ["towns"],
            "correctors": [],
            "options": ["towns.only: str = ''"],
            "kinds": ["town"],
            "frameworks": [],
            "reads": [],
            "readers": [],
            "writes": [],
            "questions": [],
            "state": "loaded",
            "error": None,
        }

    def test_it_survives_json_tables_and_the_viewer(self, install: Install, tmp_path: Path) -> None:
        """Its kind comes back from JSON as its own class, has its column, and its legend."""
        install("towns")
        installed_kinds.cache_clear()
        report = parsed()
        assert cqcparse.from_json(report.to_json()) == report
        with pytest.raises(SystemExit, match="0"):
            group(["extract", str(SEED), "-o", str(tmp_path / "table.csv")])
        with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert sum(row["kind"] == "town" for row in rows) == len(report.of("town"))
        assert "before" in rows[0]
        page = tmp_path / "page.html"
        run_command("view", str(SEED), "-o", str(page))
        assert "scope=rowgroup>Town" in page.read_text(encoding="utf-8")

    def test_it_is_evaluated(self, install: Install, tmp_path: Path) -> None:
        """A gold file may hold its kind, which is scored like the others."""
        install("towns")
        (tmp_path / "town.txt").write_text("Harrow met Ealing and Barnet.", encoding="utf-8")
        gold = [
            {"kind": "town", "quote": "Harrow", "start": 0, "end": 6},
            {"kind": "town", "quote": "Barnet", "start": 22, "end": 28},
        ]
        lines = "".join(json.dumps(line) + "\n" for line in gold)
        (tmp_path / "town.jsonl").write_text(lines, encoding="utf-8")
        result = run_command("evaluate", str(tmp_path / "town.jsonl"), "--kind", "town")
        assert re.search(r"town .*0\.50", result), result

    def test_its_options(self, install: Install) -> None:
        """A user sets them by name; what does not fit is refused with the names that do."""
        install("towns")
        parser = Parser(options={"towns": {"only": "Harrow"}})
        assert {m.text for m in parser.parse("Harrow met Ealing.").of("town")} == {"Harrow"}
        for options, message in (
            ({"towns": {"just": "Harrow"}}, "has no option 'just'; it has 'only'"),
            ({"towns": {"only": 3}}, "has 3 as 'only'"),
            (
                {"twons": {}},
                "no extractor, reader or exporter has this name; the names are 'funding'",
            ),
        ):
            with pytest.raises(PluginError, match=message):
                Parser(options=options)

    def test_it_is_installed_by_pip(self, tmp_path: Path) -> None:
        """The folder is a real distribution: pip installs it, and the command line lists it."""
        quiet = ["-q", "--disable-pip-version-check", "--no-build-isolation", "--no-deps"]
        folders = [str(PLUGINS / name) for name in ("towns", "raises")]
        pip = [sys.executable, "-m", "pip", "install", *quiet, "--target", str(tmp_path)]
        subprocess.run([*pip, *folders], check=True, env={**os.environ, "PIP_NO_INDEX": "1"})
        done = subprocess.run(
            [sys.executable, "-m", "cqcparse", "extract", str(SEED)],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(tmp_path), "CQCPARSE_PLUGINS": "towns,raises"},
        )
        assert '"kind": "town"' in done.stdout
        assert "extractor 'raises' of plugin 'raises' (cqcparse-raises 1.0) failed" in done.stderr


class TestEverything:
    """A plugin that implements every hook; each has its effect."""

    def test_it_is_listed(self, install: Install) -> None:
        """`PluginInfo` says all that it brings."""
        install("everything")
        info = infos()["cqcparse-everything"]
        assert info.state == "loaded"
        assert set(info.hooks) == {name for name in vars(hookspecs) if name.startswith("cqcparse_")}
        assert info.kinds == ("funding", "dance")
        assert info.questions == ("dances.sql",)
        assert info.correctors == ("no-morris",)
        assert (info.frameworks, info.reads, info.writes) == (("next-year",), (".odd",), (".odd",))

    def test_extractor(self, install: Install) -> None:
        """A decorated function finds, and passes over what it returns None for."""
        install("everything")
        found = Parser().parse("The rate is 2p in the pound, not 0p in the pound.").of("funding")
        assert [(m.text, m.extractor) for m in found] == [("2p in the pound", "rates")]

    def test_lexicon(self, install: Install) -> None:
        """Names, plurals and patterns of a new kind are found, with their ids."""
        install("everything")
        report = Parser().parse("People liked Morris Dances and dancing in 3 lines.")
        found = [(m.text, m.canonical, m.type) for m in report.of("dance")]
        assert found == [
            ("Morris Dances", "morris-dance", "folk"),
            ("dancing in 3 lines", "line-dance", None),
        ]
        assert cqcparse.from_json(report.to_json()) == report

    def test_framework(self, install: Install, expected: str) -> None:
        """Its profile is chosen for its own reports, and for no others."""
        install("everything", "towns")
        text = (
            "The framework of 2031\n\nDancing and music\nMark: 2\n2 - There is little to do\n"
            "What we saw\nPeople danced. They got marks out of four.\n"
        )
        report = Parser().parse(text)
        assert report.framework == "next-year"
        assert [(s.id, s.score and s.score.value) for s in report.statements] == [("dancing", 2)]
        assert rest_of(parsed()) == expected

    def test_reader(self, install: Install, tmp_path: Path) -> None:
        """Files of its suffix are read by it, in folders too, and no others."""
        install("everything")
        folder = tmp_path / "reports"
        folder.mkdir()
        (folder / "report.odd").write_bytes(TEXT[::-1].encode())
        report = Parser().read(folder / "report.odd")
        assert report.document.media_type == "text/odd"
        assert report.document.text == TEXT
        done = run_command("parse", str(folder))
        assert "report.odd" in done
        assert "Partnerships and communities: 3" in done
        (tmp_path / "report.txt").write_bytes(TEXT[::-1].encode())
        assert Parser().read(tmp_path / "report.txt").document.text == TEXT[::-1]

    def test_exporter(self, install: Install, tmp_path: Path) -> None:
        """`-o` with its suffix writes by it."""
        install("everything")
        run_command("extract", str(SEED), "-o", str(tmp_path / "table.odd"))
        lines = (tmp_path / "table.odd").read_text(encoding="utf-8").splitlines()
        assert lines == [mention.text for mention in Parser().read(SEED).mentions]
        assert [path.name for path in tmp_path.glob("*table*")] == ["table.odd"]

    def test_question(self, install: Install, tmp_path: Path) -> None:
        """Its question is asked like any other, from Python and on the command line."""
        pytest.importorskip("duckdb", reason="questions are asked with DuckDB")
        install("everything")
        folder = tmp_path / "reports"
        folder.mkdir()
        text = f"{TEXT}\n\nPeople liked line dances and dancing in 3 lines.\n"
        (folder / "page.txt").write_text(text, encoding="utf-8")
        (row,) = cqcparse.corpus(folder).ask("dances")
        assert row["dances"] == 2
        assert '"dances": 2' in run_command("ask", "dances", str(folder))


def test_a_question_that_is_none_leaves_the_others(install: Install) -> None:
    """It is named with what is missing, and all others can be asked."""
    install("bad-question")
    result = CliRunner().invoke(group, ["ask"])
    assert result.exit_code == 0
    said = "a question of a plugin was left out: broken_bad_question_untitled.sql: has no '-- title"
    assert said in result.stderr
    assert "league" in result.stdout
    assert len(cqcparse.corpus(SEED).questions) == len(result.stdout.splitlines()) - 1


def run_command(*arguments: str) -> str:
    """Return what a command prints; it must succeed."""
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_broken_plugin_has_a_test() -> None:
    """No folder of `tests/plugins` is forgotten."""
    files = Path(__file__).parent.glob("test_p*.py")
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    folders = [path.name for path in PLUGINS.iterdir() if path.is_dir()]
    assert folders
    assert not [folder for folder in folders if f'"{folder}"' not in source]

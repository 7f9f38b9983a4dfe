"""Options of readers and exporters: set by a flag, a file or the environment, and listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cqcparse import Assessment, Parser
from cqcparse.cli import group
from cqcparse.errors import DataError, PluginError
from tests.made_plugins import Site, made_site

PLUGIN = """
import json
from cqcparse import Document, Exporter, Reader


@attrs.frozen(kw_only=True)
class Reading:
    mark: str = "#"
    times: int = 1
    loud: bool = False


@attrs.frozen(kw_only=True)
class Writing:
    ends: tuple[str, ...] = ("end",)
    key: str = ""


def read(data, source, options):
    text = data.decode().replace(options.mark, "Better Care Fund") * options.times
    return Document(text=text, source=source)


def write(path, table, rows, options):
    texts = [row.get("text") or row.get("authority") or "" for row in rows]
    path.write_text(json.dumps([*texts, *options.ends, options.key]), encoding="utf-8")


def write_reports(path, reports, *, options):
    path.write_text(json.dumps([len(list(reports)), *options.ends]), encoding="utf-8")


@hookimpl
def cqcparse_readers():
    return [Reader(name="scans", suffixes=(".scan",), read=read, options=Reading)]


@hookimpl
def cqcparse_exporters():
    return [
        Exporter(
            name="scans", suffix=".marks", write=write, write_reports=write_reports, options=Writing
        )
    ]
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions, with one that brings a reader and an exporter of one name."""
    for site in made_site(tmp_path / "site", monkeypatch):
        site.add("scans", PLUGIN)
        site.choose("scans")
        yield site


@pytest.fixture
def page(site: Site, tmp_path: Path) -> Path:
    """Return a file that the reader reads."""
    assert site.folder.exists()
    path = tmp_path / "page.scan"
    path.write_text("They used the #. They sold the %.\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    """Return what the command line makes of some arguments."""
    return CliRunner().invoke(group, [*map(str, arguments)])


def written(path: Path) -> list[object]:
    """Return what the exporter wrote."""
    found: list[object] = json.loads(path.read_text(encoding="utf-8"))
    return found


class TestSetting:
    """What a user sets gets to the functions of a reader and an exporter."""

    def test_defaults(self, page: Path, tmp_path: Path) -> None:
        """Without a word the functions have an object with the defaults."""
        result = run("extract", "--any-document", page, "-o", tmp_path / "a.marks")
        assert result.exit_code == 0, result.stderr
        assert written(tmp_path / "a.marks") == ["Better Care Fund", "end", ""]

    def test_flags(self, page: Path, tmp_path: Path) -> None:
        """Of a reader and an exporter by one name each takes what it has."""
        sets = ["--option", "scans.times=2", "--option", 'scans.ends=["a", "b"]']
        result = run("extract", "--any-document", page, "-o", tmp_path / "a.marks", *sets)
        assert result.exit_code == 0, result.stderr
        assert written(tmp_path / "a.marks") == ["Better Care Fund"] * 2 + ["a", "b", ""]

    def test_whole_reports(self, page: Path, tmp_path: Path) -> None:
        """Both functions of an exporter have them."""
        sets = ["--option", "scans.ends=[]"]
        result = run("parse", "--any-document", page, "-o", tmp_path / "a.marks", *sets)
        assert result.exit_code == 0, result.stderr
        assert written(tmp_path / "a.marks") == [1]

    @pytest.mark.parametrize("command", ["scores", "facts"])
    def test_commands_without_mentions(self, command: str, page: Path, tmp_path: Path) -> None:
        """Commands whose rows are no mentions have the flag too."""
        sets = ["--option", "scans.ends=[]", "--option", "scans.mark=%"]
        result = run(command, "--any-document", page, "-o", tmp_path / "a.marks", *sets)
        assert result.exit_code == 0, result.stderr
        assert written(tmp_path / "a.marks")[-1] == ""

    def test_files_and_the_environment(
        self, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file counts more than that of the variable, and has secrets from the environment."""
        standing, own = tmp_path / "standing.toml", tmp_path / "own.toml"
        standing.write_text('[scans]\nmark = "%"\nends = ["no"]\n\n[gone]\nx = 1\n')
        own.write_text('[scans]\nends = []\nkey = { env = "SCANS_KEY" }\n')
        monkeypatch.setenv("CQCPARSE_OPTIONS", str(standing))
        monkeypatch.setenv("SCANS_KEY", "secret")
        result = run(
            "extract", "--any-document", page, "-o", tmp_path / "a.marks", "--options", own
        )
        assert result.exit_code == 0, result.stderr
        assert written(tmp_path / "a.marks") == ["Better Care Fund", "secret"]

    def test_python_and_other_processes(self, page: Path, tmp_path: Path) -> None:
        """A parser has them, and the workers that it starts."""
        parser = Parser(options={"scans": {"mark": "%", "ends": ()}}, any_document=True)
        for report in (parser.read(page), *parser.read_many([page], workers=2)):
            assert isinstance(report, Assessment)
            assert report.document.text == "They used the #. They sold the Better Care Fund.\n"
        from cqcparse.output.exporting import write_reports

        write_reports(tmp_path / "a.marks", [parser.read(page)], parser=parser)
        assert written(tmp_path / "a.marks") == [1]


class TestRefusing:
    """What does not fit is refused before anything is read."""

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            ({"scan": {"times": 2}}, "no extractor, reader or exporter has this name.*'scans'"),
            (
                {"scans": {"time": 2}},
                "no option 'time'; it has 'mark', 'times', 'loud', 'ends', 'key'",
            ),
            ({"scans": {"times": "two"}}, "its options are not valid.*correct the value"),
            ({"scans": {"loud": "yes"}}, "is declared as bool; say loud=true or loud=false"),
            ({"scans": {"ends": "abc"}}, "its options are not valid.*correct the value"),
        ],
    )
    def test_when_the_parser_is_built(
        self, site: Site, options: dict[str, dict[str, object]], says: str
    ) -> None:
        """The message has the name, the problem and the remedy."""
        assert site.folder.exists()
        with pytest.raises(PluginError, match=says):
            Parser(options=options)

    def test_by_the_environment(
        self, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An option that a reader lacks is told, though what is not there is passed over."""
        assert site.folder.exists()
        (tmp_path / "standing.toml").write_text("[scans]\ntime = 2\n")
        monkeypatch.setenv("CQCPARSE_OPTIONS", str(tmp_path / "standing.toml"))
        with pytest.raises(PluginError, match="no option 'time'"):
            _ = Parser().tasks
        (tmp_path / "standing.toml").write_text("scans = 2\n")
        with pytest.raises(DataError, match="'scans' is no table of options"):
            Parser()

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("options=Reading", "options=dict", "'options' is <class 'dict'>; make it an attrs"),
            ("times: int = 1", "times: int", "an option has no default"),
            ("times: int = 1", "times: int = 1\n    __x: int = 2", "an option is called"),
            ("options=Writing", "options='no'", "'options' is 'no'; make it an attrs class"),
        ],
    )
    def test_a_class_that_is_none(self, site: Site, old: str, new: str, says: str) -> None:
        """The plugin is left out, and it is told why."""
        site.add("scans", PLUGIN.replace(old, new))
        (info,) = [info for info in Parser().plugins.infos if info.name == "scans"]
        assert info.state == "failed"
        assert says in str(info.error)

    def test_defaults_that_raise(self, site: Site) -> None:
        """A class that cannot be made is told like any other failure."""
        code = PLUGIN.replace("times: int = 1", "times: int = attrs.field(factory=lambda: 1 / 0)")
        site.add("scans", code)
        (info,) = [info for info in Parser().plugins.infos if info.name == "scans"]
        assert "its default options are not valid: ZeroDivisionError" in str(info.error)


def test_they_are_listed(site: Site) -> None:
    """``cqcparse plugins`` says what may be set, with types and defaults."""
    assert site.folder.exists()
    (info,) = [item for item in json.loads(run("plugins", "--json").stdout) if item["options"]]
    assert info["options"] == [
        "scans.mark: str = '#'",
        "scans.times: int = 1",
        "scans.loud: bool = False",
        "scans.ends: tuple[str, ...] = ('end',)",
        "scans.key: str = ''",
    ]
    assert (
        "options scans.mark, scans.times, scans.loud, scans.ends, scans.key"
        in run("plugins").stdout
    )


def test_what_fails_is_named(site: Site, page: Path, tmp_path: Path) -> None:
    """The message has the exporter, its plugin and the options that it cannot stand."""
    site.add("scans", PLUGIN.replace("texts = [", "assert not options.key\n    texts = ["))
    sets = ["--option", "scans.key=k"]
    result = run("extract", "--any-document", page, "-o", tmp_path / "a.marks", *sets)
    assert result.exit_code == 1
    assert "the exporter 'scans' of plugin 'scans' (cqcparse-scans 1.0) failed" in result.stderr

"""The contract with plugins: its versions, what hooks are told, remarks, plugins of one file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cqcparse
from cqcparse import Parser
from cqcparse.cli import group
from cqcparse.errors import ContractWarning
from cqcparse.extraction import CONTRACT_VERSION, PluginInfo
from cqcparse.extraction.plugins import load_plugins
from cqcparse.testing import REPORT
from tests.made_plugins import PREAMBLE, Site, command_line, made_site
from tests.warm_commands import WarmCommands

SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"
TEXT = "The council used the Better Care Fund."
FINDS = """
class Finder:
    name = "ends"
    produces = (End,)

    def extract(self, view):
        {body}
        for text, span in words(view, "[Cc]ouncil|Harrow"):
            yield End(span=span, text=text)


@hookimpl
def cqcparse_extractors({argument}):
    {before}
    return [Finder()]
"""


def finds(body: str = "pass", argument: str = "", before: str = "pass") -> str:
    """Return the code of a plugin that finds the word "council"."""
    return FINDS.format(body=body, argument=argument, before=before)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions."""
    yield from made_site(tmp_path / "site", monkeypatch)


def info_of(name: str) -> PluginInfo:
    """Return what became of a plugin."""
    (info,) = [info for info in load_plugins().infos if info.name == name]
    return info


class TestVersions:
    """A plugin says which versions of the contract it is written for, as a range."""

    @pytest.mark.parametrize(
        ("said", "error"),
        [
            (f'">={CONTRACT_VERSION}"', None),
            (f'">=1,<{CONTRACT_VERSION + 1}"', None),
            (f'"<{CONTRACT_VERSION}"', f"written for version <{CONTRACT_VERSION} of the contract"),
            (f'">{CONTRACT_VERSION}"', f"this is version {CONTRACT_VERSION}; install a cqcparse"),
            ('"soon"', "write a range of versions, such as '>=1,<3'"),
            ("None", None),
            ("(1, 2)", "'cqcparse_contract' is (1, 2)"),
        ],
    )
    def test_a_range(self, said: str, error: str | None, site: Site) -> None:
        """What admits this version is loaded; what does not, or says nothing, is refused."""
        site.add("ends", f"cqcparse_contract = {said}\n{finds()}")
        site.choose("ends")
        found = info_of("ends").error
        assert (found is None) == (error is None)
        assert (error or "") in (found or "")

    def test_a_number_is_warned_of(self, site: Site) -> None:
        """The older form goes on, and authors who turn warnings into errors see it."""
        site.add("ends", f"cqcparse_contract = 1\n{finds()}")
        site.choose("ends")
        with pytest.warns(ContractWarning, match="write '>=1', or a range such as '>=1,<3'"):
            assert info_of("ends").state == "loaded"


class TestContext:
    """What a hook is told when it is asked."""

    def test_it_is_offered_to_every_hook(self, site: Site) -> None:
        """A function may take it or not; it has the name of the plugin and the versions."""
        before = "assert (context.plugin, context.contract) == ('ends', 2); assert context.version"
        site.add("ends", finds(argument="context", before=before))
        site.choose("ends")
        assert info_of("ends").error is None
        assert Parser().parse(TEXT).of("end")


class TestRemarks:
    """An extractor has something to say that is no mention and no failure."""

    def test_it_is_a_diagnostic(self, site: Site) -> None:
        """It has the name of the extractor, its severity and its place; the mentions stand."""
        body = "view.diagnose('there is no model;  install it', severity='info', span=Span(4, 11))"
        site.add("ends", finds(body))
        site.choose("ends")
        report = Parser().parse(TEXT)
        assert [m.text for m in report.of("end")] == ["council"]
        (said,) = [d for d in report.diagnostics if d.code == "extractor-remark"]
        assert "extractor 'ends' of plugin 'ends' (cqcparse-ends 1.0): there is no" in said.message
        assert said.message.endswith("no model; install it")
        assert (said.severity, said.span, said.extractor) == ("info", cqcparse.Span(4, 11), "ends")
        assert cqcparse.from_json(report.to_json()) == report

    def test_a_flood_is_cut(self, site: Site) -> None:
        """Of many and long remarks some are kept, whole words of each, and all can be written."""
        site.add("ends", finds("[view.diagnose('ab\\ud800 ' * 1000) for _ in range(1000)]"))
        site.choose("ends")
        report = Parser().parse(TEXT)
        said = [d for d in report.diagnostics if d.code == "extractor-remark"]
        assert len(said) == 20
        assert max(len(d.message) for d in said) < 2_000
        report.to_json().encode()

    @pytest.mark.parametrize(
        ("call", "error"),
        [
            ("view.diagnose('x', severity='fatal')", "'fatal' is no severity"),
            ("view.diagnose('x', span=Span(0, 999))", "reaches past the end of the text"),
        ],
    )
    def test_a_wrong_one_fails_the_extractor(self, call: str, error: str, site: Site) -> None:
        """Its author is told what is wrong with it."""
        site.add("ends", finds(call))
        site.choose("ends")
        (said,) = [d for d in Parser().parse(TEXT).diagnostics if d.code == "plugin-failed"]
        assert error in said.message


class TestForgery:
    """What an extractor says of itself is read once, and its remarks are checked like mentions."""

    @pytest.mark.parametrize(
        "body",
        [
            "view._said.append(3)",
            "view._said.append(cqcparse.Diagnostic(code='BAD CODE', message='x'))",
            "view._said.append(cqcparse.Diagnostic(code='extractor-remark', message=7))",
        ],
    )
    def test_a_remark_that_is_none(self, body: str, site: Site) -> None:
        """It costs the extractor its mentions on the report, and all can be written."""
        site.add("ends", finds(body))
        site.choose("ends")
        report = Parser().parse(TEXT)
        (said,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
        assert said.extractor == "ends"
        assert report.mentions == Parser(plugins=False).parse(TEXT).mentions
        assert cqcparse.from_json(report.to_json()) == report

    def test_an_attribute_that_raises(self, site: Site) -> None:
        """The plugin is left out, and no other."""
        code = finds().replace(
            "produces =", "__module__ = property(lambda self: 1 / 0)\n    produces ="
        )
        site.add("ends", code)
        site.choose("ends")
        assert "ZeroDivisionError" in (info_of("ends").error or "")
        assert Parser().parse(TEXT).funding

    @pytest.mark.parametrize(
        ("hook", "item"),
        [
            ("readers", 'cqcparse.Reader(name=3, suffixes=(".odd",), read=len)'),
            ("readers", 'cqcparse.Reader(name="x", suffixes=(".odd",), read=None)'),
            ("exporters", 'cqcparse.Exporter(name=None, suffix=".odd", write=len)'),
        ],
    )
    def test_a_format_without_a_name_or_function(self, hook: str, item: str, site: Site) -> None:
        """It is refused when its plugin is loaded."""
        site.add("ends", f"@hookimpl\ndef cqcparse_{hook}():\n    return [{item}]")
        site.choose("ends")
        assert info_of("ends").state == "failed"


class TestOneFile:
    """A plugin of twenty lines needs no distribution."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        """The file of a plugin."""
        path = tmp_path / "My ends.py"
        text = PREAMBLE.format(cls="End", kind="end") + finds()
        path.write_text(text, encoding="utf-8")
        return path

    def test_in_python(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is loaded whatever is installed, also by a relative path, and listed by its name."""
        monkeypatch.chdir(file.parent)
        parser = Parser(plugins=False, plugin_files=[file.name])
        assert [m.text for m in parser.parse(TEXT).of("end")] == ["council"]
        info = parser.plugins.infos[-1]
        assert (info.name, info.kinds, info.distribution) == ("my-ends", ("end",), str(file))

    def test_a_package(self, file: Path, tmp_path: Path) -> None:
        """The file of a package is called like the package."""
        path = tmp_path / "my_ends" / "__init__.py"
        path.parent.mkdir()
        file.rename(path)
        parser = Parser(plugins=False, plugin_files=[path])
        assert parser.plugins.infos[-1].name == "my-ends"
        assert parser.parse(TEXT).of("end")

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_on_the_command_line(self, file: Path, workers: str, tmp_path: Path) -> None:
        """Worker processes load it too, and a second file by that name is another plugin."""
        folder = tmp_path / "in"
        folder.mkdir()
        for name in ("one.txt", "two.txt"):
            shutil.copy(SEED, folder / name)
        arguments = ["extract", str(folder), "--plugin", str(file), "--workers", workers]
        done = CliRunner().invoke(group, arguments)
        assert done.exit_code == 0, done.stderr
        kinds = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
        assert kinds.count("end") > 2
        listed = CliRunner().invoke(group, ["plugins", "--plugin", str(file)])
        assert "my-ends" in listed.stdout

    def test_what_it_made_is_read_again(self, file: Path, tmp_path: Path) -> None:
        """`diff`, `verify` and `schema` know its kinds where they are told of it."""
        shutil.copy(SEED, tmp_path / "one.txt")
        pages, rows = tmp_path / "pages.jsonl", tmp_path / "rows.csv"
        plugin = ["--plugin", str(file)]

        def run(*arguments: object) -> Result:
            return CliRunner().invoke(group, [*map(str, arguments)])

        for made in (["parse", "-o", pages], ["extract", "-o", rows]):
            assert run(*made, tmp_path / "one.txt", *plugin).exit_code == 0

        assert "0 added, 0 removed, 0 changed" in run("diff", pages, pages, *plugin).stdout
        assert "all are there" in run("verify", rows, "--sources", tmp_path, *plugin).stdout
        assert '"const": "end"' in run("schema", *plugin).stdout
        assert '"const": "end"' not in run("schema").stdout

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (None, "my.py cannot be read (No such file or directory); check the path"),
            ("x = (", "SyntaxError"),
            ("raise SystemExit(3)", "raised SystemExit: 3; mend"),
            ("x = 1", "it implements no hook; mark its functions with @cqcparse.hookimpl"),
        ],
    )
    @pytest.mark.parametrize("command", ["extract", "scores", "facts", "parse"])
    def test_one_that_cannot_be_had(
        self, command: str, content: str | None, said: str, tmp_path: Path
    ) -> None:
        """The user asked for it by name, so nothing is done without it: one sentence, status 2."""
        path = tmp_path / "my.py"
        if content is not None:
            path.write_text(content, encoding="utf-8")

        done = CliRunner().invoke(group, [command, str(SEED), "--plugin", str(path)])

        assert (done.exit_code, done.stdout) == (2, "")
        assert done.stderr.startswith("cqcparse: plugin 'my' could not be loaded: ")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1

    def test_a_change_is_seen(self, file: Path) -> None:
        """A parser that is made after the file was changed has the new plugin."""
        assert Parser(plugins=False, plugin_files=[file]).parse(TEXT).of("end")
        text = file.read_text(encoding="utf-8").replace("[Cc]ouncil", "Better")
        file.write_text(text, encoding="utf-8")
        found = Parser(plugins=False, plugin_files=[file]).parse(TEXT).of("end")
        assert [mention.text for mention in found] == ["Better"]

    @pytest.mark.parametrize(
        ("name", "text", "error"),
        [
            ("gone.py", None, "cannot be read (No such file or directory); check the path"),
            ("wrong.py", "def", "SyntaxError"),
            ("wrong.txt", "x = 1", "is no file of Python; name it with '.py'"),
            ("empty.py", "x = 1", "it implements no hook"),
        ],
    )
    def test_one_that_is_none(
        self, name: str, text: str | None, error: str, tmp_path: Path
    ) -> None:
        """It is left out with a sentence that names the file, and the report is read."""
        path = tmp_path / name
        if text is not None:
            path.write_text(text, encoding="utf-8")
        parser = Parser(plugins=False, plugin_files=[path])
        told = parser.plugins.infos[-1].error or ""
        assert error in told
        assert told.endswith("; leave it out by not naming its file (--plugin, plugin_files)")
        assert parser.parse(TEXT).funding


SPOILS = {
    "words": "view.layers.low.clear()",
    "places": "view.layers.starts[0] = 7",
    "another list": "view.layers.keys = []",
    "grammar": "view.layers.low[0] = 'Nobody'",
    "profile": "object.__setattr__(view.framework, 'id', 'other')",
    "text": "object.__setattr__(view.document, 'text', '')",
}


class TestShared:
    """What all extractors read is the same for all, whatever one of them does to it."""

    @pytest.mark.parametrize("what", SPOILS)
    def test_a_change_is_undone(self, what: str, site: Site) -> None:
        """Who changes it is named and left out; who reads it later reads what was there."""
        reader = """
        class Reader:
            name = "readers"
            produces = (Reader_,)
            requires = ("end",)

            def extract(self, view):
                layers = view.layers
                assert (layers.low[0], layers.starts[0], len(layers.keys)) == ("the", 0, 9)
                yield Reader_(span=Span(0, 3), text=view.document.text[:3], type=view.framework.id)

        @hookimpl
        def cqcparse_extractors():
            return [Reader()]
        """
        site.add("ends", finds(SPOILS[what]))
        site.add(
            "readers",
            reader.replace("Reader_", "Reader")
            .replace("class Reader:", "class Reads:")
            .replace("[Reader()]", "[Reads()]"),
        )
        site.choose("ends", "readers")
        before = Parser(plugins=False).parse(TEXT)
        parser = Parser()
        for _ in range(2):
            report = parser.parse(TEXT)
            (failure,) = [d for d in report.diagnostics if d.code == "plugin-failed"]
            assert failure.extractor == "ends"
            assert "changed what it was handed" in failure.message
            (found,) = report.of("reader")
            assert (found.text, found.type) == ("The", "local-authority-2023")
            assert [m for m in report.mentions if m.kind != "reader"] == [*before.mentions]


CRASHES = {
    "exit": "os._exit(3)",
    "signal": "os.kill(os.getpid(), 11)",
    "pattern": "re.match(r'(a|a)*b', 'a' * 99)",
}


class TestCrashes:
    """A plugin that ends its process, or holds it, is ended and named; other reports are whole."""

    @pytest.mark.parametrize("how", CRASHES)
    def test_it_costs_its_report(
        self, how: str, site: Site, tmp_path: Path, warm: WarmCommands
    ) -> None:
        """Of three reports the one on which it happens is named, with the extractor."""
        folder = tmp_path / "in"
        folder.mkdir()
        for name in ("a.txt", "b.txt", "c.txt"):
            (folder / name).write_text(REPORT, encoding="utf-8")
        body = f"if view.document.source.endswith('b.txt'): {CRASHES[how]}"
        site.add("ends", finds(body))
        site.choose("ends")
        done = command_line(warm, site, "extract", str(folder), "--time-limit", "4", cwd=tmp_path)
        assert done.returncode == 1
        sources = {Path(json.loads(line)["source"]).name for line in done.stdout.splitlines()}
        assert sources == {"a.txt", "c.txt"}
        (line,) = (said for said in done.stderr.splitlines() if "not-in-register" not in said)
        assert "b.txt: " in line
        assert "while running extractor 'ends' of plugin 'ends' (cqcparse-ends 1.0)" in line

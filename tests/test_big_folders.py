"""Folders of reports on the command line: bad files, resuming, progress, whole reports."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cqcparse
from cqcparse import Parser
from cqcparse.cli import group
from cqcparse.cli.manifest import remembering
from cqcparse.cli.progress import Progress
from cqcparse.parser import Parser as ParserClass

pytestmark = pytest.mark.no_cover

PAGE = """\
{name} Council: local authority assessment

Partnerships and communities

Score: 3

Key findings for this quality statement

The council paid £2m to NHS England in 2022/23.
"""
NAMES = ("Rutland", "Camden", "Norfolk", "Kent")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with four short reports."""
    made = tmp_path / "reports"
    made.mkdir()
    for name in NAMES:
        (made / f"{name.lower()}.txt").write_text(PAGE.format(name=name), encoding="utf-8")
    return made


def run(*args: str | Path | int) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(group, [str(arg) for arg in args])


def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that is given the name of each file that is parsed from now on."""
    names: list[str] = []
    read_many = ParserClass.read_many

    def note(self: Parser, sources: Iterable[Path], **options: int) -> object:
        def noted() -> Iterator[Path]:
            for source in sources:
                names.append(Path(source).name)
                yield source

        return read_many(self, noted(), **options)

    monkeypatch.setattr(ParserClass, "read_many", note)
    return names


class TestBadFiles:
    """A folder may hold anything; the good files are done, and each bad one is named."""

    def test_links_that_lead_nowhere(self, folder: Path) -> None:
        """A broken link and a loop are failures; a link to a folder is not followed."""
        (folder / "broken.txt").symlink_to(folder / "nothing")
        (folder / "loop.txt").symlink_to(folder / "loop.txt")
        (folder / "round").symlink_to(folder)
        result = run("scores", folder)
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == len(NAMES)
        first, second = result.stderr.splitlines()
        assert f"{folder / 'broken.txt'}: there is no such file" in first
        assert f"{folder / 'loop.txt'}: the file cannot be opened" in second

    def test_pipes_and_sockets_are_passed_over(self, folder: Path) -> None:
        """Reading them could wait for ever."""
        os.mkfifo(folder / "pipe.txt")
        with socket.socket(socket.AF_UNIX) as server:
            previous = Path.cwd()
            os.chdir(folder)  # the name of a socket must be short
            try:
                server.bind("socket.txt")
            finally:
                os.chdir(previous)
            result = run("scores", folder)
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) == len(NAMES)

    def test_a_folder_that_cannot_be_searched_is_named(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its reports are missed, so the exit status says that some input failed."""
        shut = folder / "shut"
        shut.mkdir()
        scan = os.scandir

        def refuse(path: str) -> object:
            if os.fspath(path) == str(shut):
                raise PermissionError(13, "Permission denied", str(shut))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
        result = run("scores", folder)
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == len(NAMES)
        assert f"{shut}: the folder cannot be searched (Permission denied)" in result.stderr

    @pytest.mark.parametrize(
        "name", ["a\nb.txt", "\x1b[2Jc.txt", "d\udcff.txt", "-o.txt", "e\\..\\..\\f.txt"]
    )
    def test_odd_names_are_one_line(self, name: str, folder: Path) -> None:
        """A name with line ends or escapes neither breaks the message nor reaches the terminal."""
        (folder / name).write_bytes(b"")
        result = run("scores", folder)
        assert result.exit_code == 1
        (message,) = result.stderr.splitlines()
        assert message.isprintable()
        assert "the file is empty" in message
        assert len(result.stdout.splitlines()) == len(NAMES)

    def test_names_lead_nowhere(self, folder: Path) -> None:
        """A name with dots in it is only a name: only the output and its header are written."""
        shutil.copy(folder / "kent.txt", folder / "..%2f..%2fkent.txt")
        before = sorted(folder.parent.rglob("*"))
        output = folder.parent / "out.csv"
        assert run("extract", folder, "-o", output).exit_code == 0
        header = output.with_name("out.csv-metadata.json")
        assert sorted(folder.parent.rglob("*")) == sorted([*before, output, header])


class TestManifest:
    """What was made of each file is kept, and only what has changed is parsed again."""

    @pytest.mark.parametrize("form", [("extract",), ("parse", "--json"), ("parse",)])
    def test_unchanged_files_are_not_parsed_again(
        self, form: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The output is the same to the byte, with the manifest or without."""
        plain = run(*form, folder)
        manifest = folder.parent / "manifest"
        first = run(*form, folder, "--manifest", manifest)
        names = parsed(monkeypatch)
        second = run(*form, folder, "--manifest", manifest)
        assert plain.exit_code == first.exit_code == second.exit_code == 0
        assert plain.stdout == first.stdout == second.stdout != ""
        assert names == []

    def test_only_changed_and_new_files_are_parsed(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """They are done in their places among the others; what is gone is gone."""
        manifest = folder.parent / "manifest"
        run("extract", folder, "--manifest", manifest)
        changed = folder / "norfolk.txt"
        changed.write_text(PAGE.format(name="Norfolk").replace("£2m", "£3m"), encoding="utf-8")
        (folder / "devon.txt").write_text(PAGE.format(name="Devon"), encoding="utf-8")
        (folder / "kent.txt").unlink()
        names = parsed(monkeypatch)
        result = run("extract", folder, "--manifest", manifest)
        assert names == ["devon.txt", "norfolk.txt"]
        assert result.stdout == run("extract", folder).stdout
        names.clear()
        assert run("extract", folder, "--manifest", manifest).stdout == result.stdout
        assert names == []

    def test_workers_make_no_difference(self, folder: Path) -> None:
        """With several processes the same is kept and printed."""
        one, two = (folder.parent / name for name in ("one", "two"))
        first = run("extract", folder, "--manifest", one)
        second = run("extract", folder, "--manifest", two, "--workers", 2)
        assert first.stdout == second.stdout
        assert one.read_bytes() == two.read_bytes()
        assert run("extract", folder, "--manifest", two, "--workers", 2).stdout == first.stdout

    def test_a_stopped_run_goes_on(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What was done before a line was cut off is not done again."""
        manifest = folder.parent / "manifest"
        result = run("extract", folder, "--manifest", manifest)
        manifest.write_bytes(manifest.read_bytes()[:-20])
        names = parsed(monkeypatch)
        assert run("extract", folder, "--manifest", manifest).stdout == result.stdout
        assert names == ["rutland.txt"]
        names.clear()
        assert run("extract", folder, "--manifest", manifest).stdout == result.stdout
        assert names == []

    @pytest.mark.parametrize(
        "output", [1, "rows", [1], [{"colour": "red"}], [{"kind": 1}], [{"char_start": True}]]
    )
    def test_what_is_no_output_is_made_again(self, output: object, folder: Path) -> None:
        """A line that the command did not write is not taken for what it made."""
        manifest = folder.parent / "manifest"
        result = run("extract", folder, "--manifest", manifest)
        header, first, *rest = manifest.read_text(encoding="utf-8").splitlines()
        tampered = json.dumps({**json.loads(first), "output": output})
        manifest.write_text("\n".join([header, tampered, *rest, ""]), encoding="utf-8")
        again = run("extract", folder, "--manifest", manifest)
        assert (again.exit_code, again.stdout) == (result.exit_code, result.stdout)

    def test_a_copy_elsewhere_is_parsed(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The name is part of the result: the same content under another one is another input."""
        manifest = folder.parent / "manifest"
        run("extract", folder, "--manifest", manifest)
        (folder / "rutland.txt").rename(folder / "rutland-copy.txt")
        names = parsed(monkeypatch)
        run("extract", folder, "--manifest", manifest)
        assert names == ["rutland-copy.txt"]

    def test_another_way_of_parsing_begins_anew(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Terms, options and another command make other results."""
        lexicon = folder.parent / "terms.toml"
        lexicon.write_text(
            'kind = "thing"\n[[entries]]\nid = "council"\nterms = ["council"]\n', encoding="utf-8"
        )
        manifest = folder.parent / "manifest"
        run("extract", folder, "--manifest", manifest)
        names = parsed(monkeypatch)
        result = run("parse", folder, "--manifest", manifest)
        assert "begun anew" in result.stderr
        assert len(names) == len(NAMES)
        names.clear()
        assert run("parse", folder, "--manifest", manifest, "--budget", "50").exit_code == 0
        assert len(names) == len(NAMES)

    def test_the_fingerprint_is_that_of_what_is_done(self) -> None:
        """Parsers that do the same share it, others do not."""
        assert Parser().fingerprint == Parser().fingerprint
        prints = {
            Parser(**chosen).fingerprint for chosen in ({}, {"budget": 5.0}, {"plugins": False})
        }
        assert len(prints) >= 2

    def test_failures_are_tried_again(self, folder: Path) -> None:
        """A bad file is named in each run."""
        (folder / "bad.txt").touch()
        manifest = folder.parent / "manifest"
        for _ in range(2):
            result = run("extract", folder, "--manifest", manifest)
            assert result.exit_code == 1
            assert "the file is empty" in result.stderr

    def test_messages_are_kept(self, folder: Path) -> None:
        """What standard error said of a report is said again."""
        (folder / "recipe.txt").write_text("Boil the pasta.", encoding="utf-8")
        manifest = folder.parent / "manifest"
        first, second = (run("extract", folder, "--manifest", manifest) for _ in range(2))
        assert "recipe.txt: not-an-assessment" in first.stderr
        assert first.stderr == second.stderr

    def test_dates_come_back_as_dates(self, folder: Path) -> None:
        """A table with types is the same from the manifest."""
        duckdb = pytest.importorskip("duckdb")
        manifest, output = folder.parent / "manifest", folder.parent / "rows.duckdb"
        for _ in range(2):
            assert run("extract", folder, "--manifest", manifest, "-o", output).exit_code == 0
            with duckdb.connect(str(output)) as connection:
                query = "SELECT DISTINCT period_start FROM mentions WHERE period IS NOT NULL"
                assert connection.execute(query).fetchall() == [(dt.date(2022, 4, 1),)]

    @pytest.mark.parametrize("content", ["Score: 3\n", "[1]\n", '{"a": 1}\n', "\n"])
    def test_another_file_is_never_overwritten(self, content: str, folder: Path) -> None:
        """A name given by mistake is refused, and the file stays."""
        other = folder / "rutland.txt"
        other.write_text(content, encoding="utf-8")
        result = run("extract", folder / "kent.txt", "--manifest", other)
        assert result.exit_code == 1
        assert "is not a manifest" in result.stderr
        assert other.read_text(encoding="utf-8") == content

    def test_a_place_that_cannot_be_written_is_named(self, folder: Path) -> None:
        """One sentence, before anything is parsed."""
        result = run("extract", folder, "--manifest", folder / "no" / "manifest")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "the manifest cannot be written" in result.stderr

    def test_two_runs_do_not_share_it(self, folder: Path) -> None:
        """The second is refused while the first has it open, and not after."""
        manifest = folder.parent / "manifest"
        with remembering(manifest, lambda: "a test", lambda _: True):
            result = run("extract", folder, "--manifest", manifest)
            assert (result.exit_code, result.stdout) == (1, "")
            assert "in use by another run" in result.stderr
        assert run("extract", folder, "--manifest", manifest).exit_code == 0

    def test_it_does_not_go_with_combine(self, folder: Path) -> None:
        """Whole reports are made of all pages."""
        result = run("parse", "--combine", folder, "--manifest", folder.parent / "manifest")
        assert result.exit_code == 2


class TestProgress:
    """How far a command is, is told on standard error and nowhere else."""

    def test_lines_when_asked_for(self, folder: Path) -> None:
        """Where no line can be written over, there are a few; the data is the same."""
        (folder / "bad.txt").touch()
        result = run("scores", folder, "--progress")
        assert result.stdout == run("scores", folder).stdout
        assert "cqcparse: 5 of 5 reports, 1 failed" in result.stderr

    def test_nothing_by_default(self, folder: Path) -> None:
        """A script that reads standard error sees messages only."""
        assert run("scores", folder).stderr == ""

    def test_unchanged_files_are_counted(self, folder: Path) -> None:
        """So that a reader sees why it is fast."""
        manifest = folder.parent / "manifest"
        run("extract", folder, "--manifest", manifest)
        result = run("extract", folder, "--manifest", manifest, "--progress")
        assert "4 of 4 reports, 4 unchanged" in result.stderr

    def test_few_lines_for_many_files(self, capsys: pytest.CaptureFixture[str]) -> None:
        """At most twenty, the last of them the end."""
        progress = Progress(1_000, wanted=True)
        for _ in range(1_000):
            progress.step()
        progress.clear()
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 20
        assert lines[-1] == "cqcparse: 1000 of 1000 reports"

    def test_a_terminal_has_one_line(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is written over, and cleared for messages."""
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        progress = Progress(2)
        progress.step()
        progress.clear()
        assert capsys.readouterr().err.endswith("1 of 2 reports\r\x1b[K")


class TestCombine:
    """``--combine`` puts the pages of a report together."""

    @pytest.fixture
    def pages(self, tmp_path: Path) -> Path:
        """Two pages of one authority, and one of another."""
        made = tmp_path / "pages"
        made.mkdir()
        safeguarding = PAGE.replace("Partnerships and communities", "Safeguarding")
        (made / "a.txt").write_text(PAGE.format(name="Kent County"), encoding="utf-8")
        (made / "b.txt").write_text(PAGE.format(name="Camden"), encoding="utf-8")
        (made / "c.txt").write_text(safeguarding.format(name="Kent County"), encoding="utf-8")
        return made

    def test_scores(self, pages: Path) -> None:
        """One row for each report, with the scores of all its pages."""
        kent, camden = map(json.loads, run("scores", "--combine", pages).stdout.splitlines())
        assert (kent["short_name"], kent["partnerships"], kent["safeguarding"]) == ("Kent", 3, 3)
        assert (camden["short_name"], camden["safeguarding"]) == ("Camden", None)
        assert kent["source"] == "."

    def test_parse(self, pages: Path) -> None:
        """The outline of each report says its pages, and what is missing."""
        text = run("parse", "--combine", pages).stdout
        assert "  pages        2\n" in text
        assert "Safeguarding: 3" in text
        assert "report-incomplete" in text

    def test_json(self, pages: Path) -> None:
        """A report a line, which comes back whole."""
        lines = run("parse", "--combine", "--json", pages).stdout.splitlines()
        reports = [cqcparse.report_from_json(line) for line in lines]
        assert [len(report.pages) for report in reports] == [2, 1]

    def test_workers_make_no_difference(self, pages: Path) -> None:
        """The same bytes."""
        one, two = (run("parse", "--combine", "--json", pages, "--workers", n) for n in (1, 2))
        assert one.stdout == two.stdout != ""

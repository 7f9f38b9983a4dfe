"""Exporters of plugins: of the rows of every table, and of whole reports."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cqcparse
from cqcparse.cli import group
from cqcparse.extraction.plugins import load_plugins
from tests.made_plugins import Site, made_site

SEED = Path(__file__).resolve().parent.parent / "seeds" / "harrow.txt"
EXPORTS = """
import json

def write(path, table, rows):
    {fault}
    path.write_text("".join(table.name + " " + str(len(row)) + "\\n" for row in rows))


def write_reports(path, reports):
    {fault}
    tasks = []
    for report in reports:
        pages = getattr(report, "pages", (report,))
        for page in pages:
            results = [
                {{"start": m.span.start, "end": m.span.end, "text": m.text}} for m in page.mentions
            ]
            tasks.append({{"text": page.document.text, "results": results, "of": type(report).__name__}})
    path.write_text(json.dumps(tasks))


@hookimpl
def cqcparse_exporters():
    return [{exporters}]
"""
BOTH = (
    'cqcparse.Exporter(name="tasks", suffix=".tasks.json", write_reports=write_reports), '
    'cqcparse.Exporter(name="counts", suffix=".counts", write=write)'
)


def exports(fault: str = "pass", exporters: str = BOTH) -> str:
    """Return the code of a plugin with exporters."""
    return EXPORTS.format(fault=fault, exporters=exporters)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of distributions, with the reports in another."""
    (tmp_path / "in").mkdir()
    shutil.copy(SEED, tmp_path / "in" / "one.txt")
    shutil.copy(SEED, tmp_path / "in" / "two.txt")
    monkeypatch.chdir(tmp_path)
    yield from made_site(tmp_path / "site", monkeypatch)


def run(*arguments: str) -> Result:
    """Return what a command does."""
    return CliRunner().invoke(group, arguments)


class TestReports:
    """An exporter of whole reports has what rows do not: the text, and all in its place."""

    @pytest.mark.parametrize(("more", "of"), [([], "Assessment"), (["--combine"], "Report")])
    def test_it_is_handed_whole_reports(
        self, more: list[str], of: str, site: Site, tmp_path: Path
    ) -> None:
        """Each quote can be checked against the text; a suffix of two parts is found."""
        site.add("tasks", exports())
        site.choose("tasks")
        done = run("parse", "in", "-o", "out.Tasks.json", *more)
        assert done.exit_code == 0, done.stderr
        tasks = json.loads((tmp_path / "out.Tasks.json").read_text(encoding="utf-8"))
        assert {task["of"] for task in tasks} == {of}
        assert sum(len(task["results"]) for task in tasks) > 20
        for task in tasks:
            for found in task["results"]:
                assert task["text"][found["start"] : found["end"]] == found["text"]
        assert not done.stdout
        if not more:  # `extract` does the same with a file that is for whole reports only
            assert run("extract", "in", "-o", "again.tasks.json").exit_code == 0
            assert (tmp_path / "again.tasks.json").read_text(encoding="utf-8") == json.dumps(tasks)

    def test_lines_are_written_without_a_plugin(self, site: Site, tmp_path: Path) -> None:
        """`-o FILE.jsonl` has what `--json` prints."""
        site.choose()
        assert run("parse", "in", "-o", "out.jsonl").exit_code == 0
        printed = run("parse", "in", "--json").stdout
        assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == printed
        for line in printed.splitlines():
            assert cqcparse.from_json(line).mentions

    def test_one_that_fails_leaves_nothing(self, site: Site, tmp_path: Path) -> None:
        """One sentence with its name, and what was there before stays."""
        site.add("tasks", exports("raise ValueError('no')"))
        site.choose("tasks")
        out = tmp_path / "out.tasks.json"
        out.write_text("before", encoding="utf-8")
        done = run("parse", "in", "-o", str(out))
        assert done.exit_code == 1
        assert (
            "exporter 'tasks' of plugin 'tasks' (cqcparse-tasks 1.0) failed: ValueError"
            in done.stderr
        )
        assert out.read_text(encoding="utf-8") == "before"

    @pytest.mark.parametrize("fault", ["cqcparse.errors.DataError", "OSError"])
    @pytest.mark.parametrize("command", ["parse", "extract"])
    def test_one_that_refuses(self, fault: str, command: str, site: Site) -> None:
        """The sentence names the file of the user, not the one that is written in its place."""
        code = exports(f"import cqcparse.errors; raise {fault}(str(path), 'has no column')")
        site.add("tasks", code)
        site.choose("tasks")
        name = "out.tasks.json" if command == "parse" else "out.counts"
        done = run(command, "in", "-o", name)
        assert done.exit_code == 1
        assert f"cqcparse: {name}: " in done.stderr
        assert "has no column" in done.stderr
        assert done.stderr.count(name) == done.stderr.count("out.")
        assert ".part" not in done.stderr

    def test_a_corpus_names_all_that_it_writes(self, site: Site) -> None:
        """The refusal of an unknown suffix has the forms of tables and of whole reports."""
        site.add("tasks", exports())
        site.choose("tasks")
        with pytest.raises(cqcparse.CqcParseError, match=r"\.sqlite.*\.jsonl.*\.tasks\.json"):
            cqcparse.corpus("in").write("out.odd")

    def test_one_that_goes_elsewhere(self, site: Site, tmp_path: Path) -> None:
        """A change of folder changes nothing of inputs and output named from here."""
        site.add("tasks", exports("os.chdir('/')"))
        site.choose("tasks")
        assert run("parse", "in", "-o", "out.tasks.json").exit_code == 0
        assert (tmp_path / "out.tasks.json").stat().st_size > 1_000
        assert Path.cwd() == tmp_path

    def test_a_format_for_something_else(self, site: Site) -> None:
        """Each command names the formats that it has, and reads nothing."""
        site.add("tasks", exports())
        site.choose("tasks")
        rows = run("scores", "in", "-o", "out.tasks.json")
        assert rows.exit_code == 2
        assert "must end in one of .jsonl, .csv" in " ".join(rows.stderr.split())
        assert ".counts" in rows.stderr
        whole = run("parse", "in", "-o", "out.counts")
        assert whole.exit_code == 2
        assert "must end in one of .jsonl, .jsonld" in " ".join(whole.stderr.split())
        assert ".tasks.json" in whole.stderr
        both = run("parse", "in", "-o", "out.jsonl", "--json")
        assert both.exit_code == 2

    @pytest.mark.parametrize(
        ("command", "writes", "holds"),
        [("scores", "write_reports", "whole reports"), ("parse", "write", "rows")],
    )
    def test_one_that_ends_like_another(
        self, command: str, writes: str, holds: str, site: Site, tmp_path: Path
    ) -> None:
        """A file for whole reports does not get rows because its name ends in `.jsonl`."""
        exporter = f'cqcparse.Exporter(name="lines", suffix=".lines.jsonl", {writes}={writes})'
        site.add("lines", exports(exporters=exporter))
        site.choose("lines")
        refused = run(command, "in", "-o", "out.lines.jsonl")
        assert refused.exit_code == 2
        assert f"the files of .lines.jsonl hold {holds}" in " ".join(refused.stderr.split())
        assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("command", ["extract", "scores", "facts"])
def test_rows_of_every_table(command: str, site: Site, tmp_path: Path) -> None:
    """An exporter of rows is used by every command that has some."""
    site.add("tasks", exports())
    site.choose("tasks")
    assert run(command, "in", "-o", "out.counts").exit_code == 0
    names = {line.split()[0] for line in (tmp_path / "out.counts").read_text().splitlines()}
    assert names <= {"mentions", "scores", "facts"}
    assert len(names) <= 1


@pytest.mark.parametrize(
    ("exporter", "error"),
    [
        ('cqcparse.Exporter(name="x", suffix=".x")', "the exporter 'x' writes nothing"),
        ('cqcparse.Exporter(name="x", suffix=".x", write=3)', "the exporter 'x' writes nothing"),
        ('cqcparse.Exporter(name="x", suffix="x", write=write)', "has the suffix 'x'"),
        ('cqcparse.Exporter(name="x", suffix=".csv", write=write)', "'.csv' is taken by cqcparse"),
        ("3", "3 is no exporter"),
    ],
)
def test_one_that_is_none(exporter: str, error: str, site: Site) -> None:
    """It is refused when its plugin is loaded."""
    site.add("tasks", exports(exporters=exporter))
    site.choose("tasks")
    (found,) = [info.error for info in load_plugins().infos if info.error]
    assert error in found

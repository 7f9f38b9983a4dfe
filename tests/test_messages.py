"""What commands say of bad input: the input, what is wrong with it, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cqcparse import Parser
from cqcparse.cli import group
from cqcparse.errors import DataError, UnknownNameError

REPORT = "Rutland County Council: local authority assessment\n\nSafeguarding\n\nScore: 3\n"
ROW = '{"source": "a.txt", "kind": "service"}\n'
WANTED = "give what 'cqcparse extract -o FILE.jsonl' or 'parse --json' wrote"
QUOTATIONS = "give what 'cqcparse extract' or 'tables' wrote"

#: Arguments, and the message on standard error.
SAID = [
    ("diff nowhere.jsonl rows.jsonl", "nowhere.jsonl: there is no such file; check the path"),
    ("diff report.txt rows.jsonl", f"report.txt, line 1: is not JSON ({{}}); {WANTED}"),
    ("diff rows.jsonl rows.jsonl", f"rows.jsonl, line 1: is neither a row of `extract` nor an assessment of `parse --json`; {WANTED}"),
    ("diff bytes.csv rows.jsonl", f"bytes.csv: is not UTF-8 text; {WANTED}"),
    ("verify nowhere.csv --sources .", "nowhere.csv: there is no such file; check the path"),
    ("verify report.txt --sources .", "report.txt: is no table; give one of .csv, .jsonl, .parquet, .sqlite, .duckdb, or a folder of them"),
    ("verify rows.csv --sources .", f"rows.csv: has no quotations: no rows with source, text and place; {QUOTATIONS}"),
    ("verify bytes.csv --sources .", "bytes.csv: cannot be read as a table ({}); write it again, or give another table"),
    ("verify bytes.sqlite --sources .", "bytes.sqlite: cannot be read as a table ({}); write it again, or give another table"),
    ("verify empty --sources .", "empty: the folder has no tables; give one with .csv, .parquet or .jsonl files"),
    ("explain nowhere.txt 3", "nowhere.txt: there is no such file; check the path"),
    ("explain empty 3", "empty: this is a folder; give the files in it, one by one"),
    ("explain report.txt 9999", "Error: Invalid value for OFFSET: 9999 is past the end of the report; give a number below 75"),
    ("evaluate nowhere --reports .", "nowhere: there is no such gold file or folder; check the path"),
    ("extract report.txt --lexicon nowhere.toml", "nowhere.toml: the lexicon cannot be read: there is no such file; check the path"),
    ("extract report.txt --lexicon empty", "empty/rules.toml: the file cannot be read: there is no such file; check the path"),
    ("extract report.txt --options nowhere.toml", "nowhere.toml: the file of options cannot be read: there is no such file; check the path"),
    ("extract report.txt --reader odt", "reader 'odt' is unknown: no reader of a plugin is called that; no plugin here brings one; see 'cqcparse plugins'"),
    ("site empty -o site", "site: has nothing to show: no report of a council was read; check the paths"),
]  # fmt: skip

#: Commands that write a file.
WRITING = ("extract", "scores", "facts", "parse", "view", "tables", "ask league")
SUFFIXES = {"parse": ".jsonl", "view": ".html", "tables": ".sqlite"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a report and files that are none."""
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text(ROW, encoding="utf-8")
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for name in ("bytes.csv", "bytes.sqlite"):
        (tmp_path / name).write_bytes(b"\xff\xfe\x99 no text" * 50)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CQCPARSE_PLUGINS", "")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("arguments", "said"), SAID)
def test_a_message_names_input_problem_and_remedy(arguments: str, said: str) -> None:
    """The last line is one sentence, standard output is empty, and the status is no success."""
    done = CliRunner().invoke(group, arguments.split())

    assert done.exit_code in {1, 2}
    assert done.stdout == ""
    line = done.stderr.splitlines()[-1].removeprefix("cqcparse: ")
    for part in said.split("{}"):
        before, found, line = line.partition(part)
        assert found == part, f"{before} has no {part}"


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("no/such/made", "cannot be written: there is no folder '{folder}'; make it, or name another"),
        ("rows.csv/made", "cannot be written: '{folder}' is a file; name a folder"),
    ],
)  # fmt: skip
def test_a_file_in_a_folder_that_is_not_there(
    folder: Path, command: str, place: str, said: str
) -> None:
    """It is told before anything is read: the report, which is none, is not spoken of."""
    (folder / "report.txt").write_text("", encoding="utf-8")
    path = Path(place).with_suffix(SUFFIXES.get(command, ".csv"))

    done = CliRunner().invoke(group, [*command.split(), "report.txt", "-o", str(path)])

    expected = said.replace("{folder}", str(path.parent))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"cqcparse: {path}: {expected}\n"


def test_a_site_makes_the_folders_around_it(folder: Path) -> None:
    """As a folder of tables does: both write into a folder that they make."""
    for arguments in ("site report.txt -o a/b/site", "tables report.txt -o c/d/tables"):
        assert CliRunner().invoke(group, arguments.split()).exit_code == 0

    assert (folder / "a/b/site/index.html").exists()
    assert (folder / "c/d/tables/mentions.csv").exists()


@pytest.mark.parametrize("command", ["extract", "site"])
def test_a_folder_that_may_not_be_written(
    folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says is passed on, with what to do, and nothing is left behind."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    name = {"extract": "a.csv", "site": "a"}[command]

    done = CliRunner().invoke(group, [command, "report.txt", "-o", name])

    assert done.exit_code == 1
    assert "Read-only file system" in done.stderr
    assert "name a place that you may write to" in done.stderr
    assert not (folder / name).exists()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"lexicons": "no.toml"}, DataError, "no.toml: the lexicon cannot be read: there is no"),
        ({"without_rules": "programe"}, UnknownNameError, "rule 'programe' is unknown"),
        ({"plugin_files": 5}, TypeError, "plugin_files takes one or several names or files, not 5"),
        ({"plugins": 5}, TypeError, "plugins takes one or several names or files, not 5"),
        ({"budget": "x"}, TypeError, "budget is a number of seconds or None for no limit, not 'x'"),
        ({"budget": True}, TypeError, "budget is a number of seconds or None"),
        ({"time_limit": 0}, ValueError, "time_limit is a number of seconds above 0 or None"),
        ({"memory_limit": -1}, ValueError, "memory_limit is a number of megabytes above 0"),
        ({"memory_limit": float("nan")}, ValueError, "memory_limit is a number of megabytes above"),
        ({"options": 5}, TypeError, "options are of the form {'extractor': {'option': value}}"),
        ({"options": {"funding": 5}}, TypeError, "options are of the form"),
    ],
)
def test_a_parser_says_which_argument_is_wrong(
    arguments: dict[str, Any], error: type[Exception], said: str
) -> None:
    """Where the parser is made, and not at the first report."""
    with pytest.raises(error) as caught:
        Parser(**arguments)

    assert said in str(caught.value)


def test_one_file_is_one_of_several(folder: Path) -> None:
    """A path or a name is no list of characters."""
    (folder / "terms.toml").write_text(
        'kind = "town"\n[[entry]]\nid = "ely"\nname = "Ely"\n', encoding="utf-8"
    )
    (folder / "mine.py").write_text(
        "import cqcparse\n"
        "@cqcparse.pattern_extractor(cqcparse.Service, 'lido')\n"
        "def lidos(match): return cqcparse.Service(span=match.span, text=match.text)\n"
        "@cqcparse.hookimpl\n"
        "def cqcparse_extractors(): return [lidos]\n",
        encoding="utf-8",
    )
    parser = Parser(lexicons="terms.toml", plugin_files=folder / "mine.py")

    found = parser.parse("They saw Ely and a lido.").mentions

    assert [mention.text for mention in found] == ["Ely", "lido"]

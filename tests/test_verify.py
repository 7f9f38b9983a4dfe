"""``cqcparse verify``: what a table quotes stands in its sources, and what does not is named."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import cqcparse
from cqcparse.cli import group

PAGE = (
    "Rutland County Council: local authority assessment\n\nSafeguarding\n\nScore: 3\n\nKey findings "
    "for this quality statement\n\n=SUM(1) The council worked with NHS England.\n\nIt gave a grant of "
    "£250,000 to Age UK in 2024/25, and a “new” service began.\n"
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with two pages, one of them in a folder of its own."""
    folder = tmp_path / "reports"
    (folder / "rutland-0130").mkdir(parents=True)
    (folder / "first.txt").write_text(PAGE, encoding="utf-8")
    (folder / "rutland-0130" / "second.txt").write_text(f"{PAGE}\nMore.\n", encoding="utf-8")
    return folder


def check(table: Path, sources: Path) -> Result:
    """Return what the command says."""
    return CliRunner().invoke(group, ["verify", str(table), "--sources", str(sources)])


@pytest.mark.parametrize(
    "name",
    ["t.csv", "t.jsonl", "t.parquet", "t.sqlite", "t.duckdb", "all.sqlite", "all.duckdb", "all"],
)
def test_a_table_of_any_form_holds(sources: Path, tmp_path: Path, name: str) -> None:
    """Nothing is changed on the way into a file, but for the apostrophe before a formula."""
    if name.endswith((".parquet", ".duckdb")):
        pytest.importorskip("duckdb")
    corpus = cqcparse.corpus(sources, parser=cqcparse.Parser(plugins=False))
    path = tmp_path / name
    if name.startswith("all"):
        corpus.write(path)
    else:
        corpus.sentences().write(path)
    result = check(path, sources)
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("from 2 sources: all are there\n")
    assert int(result.stdout.split()[0]) >= len(corpus.sentences())


def spoil_text(sources: Path, table: Path) -> None:
    """Put a word into a page, so that all behind it is elsewhere."""
    del table
    path = sources / "first.txt"
    path.write_text(PAGE.replace("worked", "also worked"), encoding="utf-8")


def spoil_table(sources: Path, table: Path) -> None:
    """Change a sum in the table."""
    del sources
    with closing(sqlite3.connect(table)) as connection, connection:
        connection.execute("UPDATE sentences SET text = replace(text, '250', '950')")


def take_away(sources: Path, table: Path) -> None:
    """Remove a page."""
    del table
    (sources / "first.txt").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_text, "the file is not the one that the table was made of"),
        (spoil_text, "of sentences: first.txt: at"),
        (spoil_table, "not 'It gave a grant of £950,000"),
        (take_away, "there is no such file"),
    ],
)
def test_what_does_not_hold_is_named(
    sources: Path, tmp_path: Path, spoil: Callable[[Path, Path], None], said: str
) -> None:
    """The row, the source and what stands there instead; exit status 1."""
    table = tmp_path / "t.sqlite"
    cqcparse.corpus(sources, parser=cqcparse.Parser(plugins=False)).write(table)
    spoil(sources, table)
    result = check(table, sources)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "do not hold" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.ods", "", "is no table; give one of .csv"),
        ("none.csv", None, "there is no such file"),
        ("t.csv", "a,b\n1,2\n", "has no quotations"),
        ("t.jsonl", "{", "cannot be read as a table"),
        ("t.sqlite", "no database", "cannot be read as a table"),
        ("t.csv", "source,text,char_start,char_end\na.txt,x,one,2\n", "cannot be read as a table"),
    ],
)
def test_what_is_no_table_is_one_sentence(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    """It names the file and the problem."""
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = check(tmp_path / name, tmp_path)
    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_another_folder_than_was_read_is_one_sentence(sources: Path, tmp_path: Path) -> None:
    """Not one for each source that is not in it."""
    table = tmp_path / "t.csv"
    cqcparse.corpus(sources, parser=cqcparse.Parser(plugins=False)).sentences().write(table)
    result = check(table, sources / "rutland-0130")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "none of its 2 sources is in" in result.stderr
    assert "name the folder that was read" in result.stderr


def test_a_table_for_spreadsheets_has_apostrophes_that_hold(sources: Path, tmp_path: Path) -> None:
    """The one before ``=SUM`` is not taken for a wrong quotation, and is really there."""
    path = tmp_path / "t.csv"
    cqcparse.corpus(sources, parser=cqcparse.Parser(plugins=False)).sentences().write(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert any(row["text"].startswith("'=SUM") for row in csv.DictReader(file))
    assert check(path, sources).exit_code == 0


@pytest.mark.parametrize("name", ["../secret.txt", "{folder}/secret.txt", "a/../../secret.txt"])
def test_a_name_in_a_table_leads_to_no_other_folder(
    sources: Path, tmp_path: Path, name: str
) -> None:
    """A table that somebody sends cannot have other files read and shown."""
    (tmp_path / "secret.txt").write_text(PAGE, encoding="utf-8")
    table = tmp_path / "t.csv"
    named = name.format(folder=tmp_path)
    table.write_text(f"source,text,char_start,char_end\n{named},Rutland,0,7\n", encoding="utf-8")
    result = check(table, sources)
    assert result.exit_code == 1
    assert "leads out of the folder with the sources, and is not read" in result.stderr

"""A corpus that was written to a database is asked again without reading a page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import cqcparse
from cqcparse import Corpus
from cqcparse.cli import group
from cqcparse.corpora.saved import TABLES
from cqcparse.errors import CqcParseError, DataError
from cqcparse.model.tables import CorpusTableName
from cqcparse.testing.made_corpus import make_corpus


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus of pages."""
    folder = tmp_path_factory.mktemp("made") / "reports"
    make_corpus(folder, councils=5)
    return cqcparse.corpus(folder, parser=cqcparse.Parser(plugins=False), workers=2)


@pytest.fixture(scope="module", params=[".sqlite", ".duckdb"])
def written(
    request: pytest.FixtureRequest, read: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The database that it was written to, of either sort."""
    if request.param == ".duckdb":
        pytest.importorskip("duckdb")
        pytest.importorskip("pyarrow")
    path = (tmp_path_factory.mktemp("written") / "councils").with_suffix(request.param)
    read.write(path)
    return path


@pytest.fixture
def database(read: Corpus, tmp_path: Path) -> Path:
    """A SQLite database that a test may spoil."""
    path = tmp_path / "councils.sqlite"
    read.write(path)
    return path


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_those_that_were_written(
    read: Corpus, written: Path, name: CorpusTableName
) -> None:
    """Columns, types, meanings and rows."""
    saved = cqcparse.corpus(written).table(name)
    assert saved.schema == read.table(name).schema
    assert [*saved] == [*read.table(name)]


def test_answers_are_the_same(read: Corpus, written: Path) -> None:
    """And the provenance is that of the first reading."""
    pytest.importorskip("duckdb")
    saved = Corpus.saved(written)
    for question in ("league", "money", "coverage", "services"):
        assert [*saved.ask(question)] == [*read.ask(question)]
    assert saved.provenance == read.provenance
    assert saved.mentions("funding").columns[:9] == read.mentions("funding").columns[:9]
    with pytest.raises(ValueError, match=r"no kind 'finding'; the kinds are funding, partner"):
        saved.mentions("finding")


def test_it_is_written_again_to_the_same_bytes(read: Corpus, written: Path, tmp_path: Path) -> None:
    """Nothing is lost on the way, from either sort of database."""
    first, again = tmp_path / "first.sqlite", tmp_path / "again.sqlite"
    read.write(first)
    Corpus.saved(written).write(again)
    assert again.read_bytes() == first.read_bytes()


def test_the_command_asks_a_database(written: Path) -> None:
    """As it asks a folder."""
    pytest.importorskip("duckdb")
    result = CliRunner().invoke(group, ["ask", "league", str(written)])
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 2
    assert json.loads(result.stdout.splitlines()[0])["place"] == 1
    over = CliRunner().invoke(group, ["tables", str(written), "-o", str(written)])
    assert over.exit_code == 2
    assert "would be read and written" in over.stderr


def drop(connection: sqlite3.Connection) -> None:
    """Take a table away."""
    connection.execute("DROP TABLE facts")


def rename(connection: sqlite3.Connection) -> None:
    """Call a column something else."""
    connection.execute("ALTER TABLE reports RENAME COLUMN total TO sum")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (drop, "it has no table 'facts'; 'cqcparse tables' writes one that has all"),
        (rename, "its table 'reports' has no column 'total' of integer; write it again"),
    ],
)
def test_a_database_of_something_else_is_refused(
    database: Path, spoil: Callable[[sqlite3.Connection], None], said: str
) -> None:
    """The sentence names what is not there."""
    with closing(sqlite3.connect(database)) as connection, connection:
        spoil(connection)
    with pytest.raises(DataError) as caught:
        cqcparse.corpus(database)
    assert said in str(caught.value)


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    """Whether it is not there or something else."""
    with pytest.raises(DataError, match="there is no such file"):
        cqcparse.corpus(tmp_path / "none.sqlite")
    for name in ("text.sqlite", "text.duckdb"):
        (tmp_path / name).write_text("no database", encoding="utf-8")
        with pytest.raises(DataError, match=r"cannot be read as a database \(.*; write it again"):
            cqcparse.corpus(tmp_path / name)


def test_a_duckdb_of_one_table_is_refused(tmp_path: Path) -> None:
    """What `extract` wrote holds no corpus; the sentence says what does."""
    pytest.importorskip("duckdb")
    path = tmp_path / "rows.duckdb"
    cqcparse.corpus("seeds").mentions().write(path)

    result = CliRunner().invoke(group, ["ask", "league", str(path)])

    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        "it has no table 'authorities'; 'cqcparse tables' writes one that has all" in result.stderr
    )


def test_a_database_is_asked_alone(written: Path) -> None:
    """Its reports and those of pages would be two of each; one of rows is told from one of tables."""
    said = "is a database, which is asked by itself"
    with pytest.raises(DataError, match=said):
        cqcparse.corpus(["seeds", written])
    result = CliRunner().invoke(group, ["ask", "league", "seeds", str(written)])
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("cell", ["'many'", "x'00ff'", "1.5e300"])
def test_a_cell_of_another_type_is_one_sentence(database: Path, cell: str) -> None:
    """SQLite lets anybody write anything anywhere."""
    pytest.importorskip("duckdb")
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"UPDATE reports SET total = {cell}, published = 'never'")  # noqa: S608 - the cases above
    corpus = cqcparse.corpus(database)
    for use in (lambda: corpus.ask("league"), lambda: [*corpus.reports()]):
        with pytest.raises(CqcParseError, match=r"is no date|not of its column's type"):
            use()

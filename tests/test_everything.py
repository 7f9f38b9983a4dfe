"""All tables at once: databases with keys, a workbook, and a folder that says what is in it."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import hashlib
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import cqcparse
from cqcparse import Corpus
from cqcparse.cli import group
from cqcparse.corpora.saved import TABLES
from cqcparse.errors import DataError, MissingPackageError
from cqcparse.testing.made_corpus import MadeCorpus, make_corpus


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MadeCorpus]:
    """The pages of nine reports on six councils, and what stands in them."""
    folder = tmp_path_factory.mktemp("made") / "reports"
    return folder, make_corpus(folder, councils=9)


@pytest.fixture(scope="module")
def corpus(made: tuple[Path, MadeCorpus]) -> Corpus:
    """The corpus of these pages, read without plugins."""
    folder, _ = made
    return cqcparse.corpus(folder, parser=cqcparse.Parser(plugins=False), workers=2)


@pytest.fixture(scope="module")
def database(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database of them."""
    path = tmp_path_factory.mktemp("sqlite") / "councils.sqlite"
    corpus.write(path)
    return path


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query on a SQLite database."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


class TestSqlite:
    """A database that needs nothing else to be understood."""

    def test_every_key_leads_to_a_row(self, database: Path) -> None:
        """SQLite finds no row whose foreign key leads nowhere, and no damage."""
        with closing(sqlite3.connect(database)) as connection:
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            keys = connection.execute("PRAGMA foreign_key_list(mentions)").fetchall()
        assert {key[2] for key in keys} == {"reports", "pages", "sections", "sentences", "entities"}

    def test_tables_have_all_rows(self, database: Path, corpus: Corpus) -> None:
        """As many as the corpus has."""
        for name in TABLES:
            count = f"SELECT count(*) FROM {name}"  # noqa: S608 - names of our own
            assert rows(database, count) == [(len(corpus.table(name)),)]

    def test_sentences_are_found_by_their_words(self, database: Path) -> None:
        """The search knows the forms of a word."""
        found = rows(
            database,
            "SELECT s.text FROM sentences_fts f JOIN sentences s ON s.rowid = f.rowid"
            " WHERE sentences_fts MATCH 'autism OR autistic'",
        )
        assert {text for (text,) in found} == {
            "Autistic people told us they had waited a long time for support."
        }

    def test_money_is_counted_once(self, database: Path, made: tuple[Path, MadeCorpus]) -> None:
        """The view has one row for each sum that was planted, however many mentions state it."""
        _, known = made
        planted = sorted(n for r in known.reports for n in (r.fund, r.grant) if n)
        found = rows(database, "SELECT amount_low FROM money ORDER BY amount_low")
        assert [amount for (amount,) in found] == planted
        mentions = "SELECT count(*) FROM mentions WHERE amount_low IS NOT NULL"
        assert rows(database, mentions)[0][0] > len(planted)

    def test_the_league_has_the_newest_reports(
        self, database: Path, made: tuple[Path, MadeCorpus]
    ) -> None:
        """The best comes first, and of two reports on a council the later counts."""
        _, known = made
        newest = {report.ons_code: report for report in known.reports}
        found = rows(database, "SELECT ons_code, total FROM league")
        assert dict(found) == {code: report.total for code, report in newest.items()}
        totals = [total for _, total in found]
        assert totals == sorted(totals, reverse=True)

    def test_coverage_names_who_is_missing(
        self, database: Path, made: tuple[Path, MadeCorpus]
    ) -> None:
        """All 153 councils are there; those without a report have an empty one."""
        _, known = made
        found = dict(rows(database, "SELECT ons_code, report_id FROM coverage"))
        assert len(found) == 153
        assert {code for code, id_ in found.items() if id_} == {r.ons_code for r in known.reports}
        assert all(found[code] is None for code in known.unseen)

    def test_it_says_what_its_columns_hold(self, database: Path) -> None:
        """Each column of each table stands in the table of columns, with words."""
        described = dict(
            rows(database, "SELECT table_name || '.' || column_name, about FROM columns")
        )
        for name in TABLES:
            for column in rows(database, f"PRAGMA table_info({name})"):
                statement = "-" in str(column[1]) or column[1] in _STATEMENTS
                assert described[f"{name}.{column[1]}"] or (name == "scores" and statement)

    def test_it_is_the_same_every_time(
        self, corpus: Corpus, database: Path, tmp_path: Path
    ) -> None:
        """The same pages give the same bytes."""
        again = tmp_path / "councils.sqlite"
        corpus.write(again)
        assert again.read_bytes() == database.read_bytes()
        for path in (again, database):
            assert json.loads(path.with_suffix(".metadata.json").read_text("utf-8"))

    def test_it_says_what_made_it(self, database: Path, made: tuple[Path, MadeCorpus]) -> None:
        """Every page stands there with the digest of its file."""
        folder, known = made
        found = dict(rows(database, "SELECT name, sha256 FROM provenance WHERE what = 'source'"))
        assert len(found) == sum(report.pages for report in known.reports)
        for name, digest in found.items():
            assert hashlib.sha256((folder / str(name)).read_bytes()).hexdigest() == digest
        ((version,),) = rows(database, "SELECT version FROM provenance WHERE what = 'program'")
        assert version

    def test_a_database_that_is_open_elsewhere_stays(self, corpus: Corpus, tmp_path: Path) -> None:
        """What another program has not yet written into it would damage the new one."""
        path = tmp_path / "councils.sqlite"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE theirs (a)")
            with pytest.raises(DataError, match="another program has it open"):
                corpus.write(path)
            assert connection.execute("SELECT count(*) FROM theirs").fetchall() == [(0,)]
        assert rows(path, "SELECT name FROM sqlite_master") == [("theirs",)]

    def test_datasette_shows_it(self, database: Path) -> None:
        """It opens with facets, a search and the meanings of the columns."""
        datasette = pytest.importorskip("datasette.app", reason="Datasette is not installed")

        async def look() -> tuple[dict[str, object], dict[str, object], str]:
            metadata = json.loads(database.with_suffix(".metadata.json").read_text("utf-8"))
            app = datasette.Datasette([str(database)], metadata=metadata)
            await app.invoke_startup()
            base = f"/{database.stem}"
            facets = await app.client.get(f"{base}/mentions.json?_facet=kind&_size=1")
            search = await app.client.get(f"{base}/sentences.json?_search=decommissioned")
            page = await app.client.get(f"{base}/reports")
            assert (facets.status_code, search.status_code, page.status_code) == (200, 200, 200)
            return facets.json(), search.json(), page.text

        facets, search, page = asyncio.run(look())
        kinds = facets["facet_results"]["kind"]["results"]  # type: ignore[index]
        assert {kind["value"] for kind in kinds} == {"funding", "service", "partner"}
        assert (
            search["filtered_table_rows_count"]
            == rows(database, "SELECT count(*) FROM sentences WHERE text LIKE '%decommissioned%'")[
                0
            ][0]
        )
        assert "its region of England, by the register" in page


_STATEMENTS = {"equity", "partnerships", "safeguarding", "governance", "learning"}


def test_duckdb_has_the_same_tables(corpus: Corpus, tmp_path: Path) -> None:
    """Typed, with a comment on each column, and the same views."""
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "councils.duckdb"
    corpus.write(path)
    with closing(duckdb.connect(str(path), read_only=True)) as connection:
        for name in TABLES:
            query = f"SELECT count(*) FROM {name}"  # noqa: S608 - names of our own
            count = connection.execute(query).fetchone()
            assert count == (len(corpus.table(name)),)
        published, latest = connection.execute(
            "SELECT published, latest FROM reports ORDER BY published LIMIT 1"
        ).fetchone()
        assert isinstance(published, dt.date)
        assert isinstance(latest, bool)
        (comment,) = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'reports'"
            " AND column_name = 'region'"
        ).fetchone()
        assert comment == "its region of England, by the register"
        assert connection.execute("SELECT count(*) FROM league").fetchone() == (6,)


def test_a_workbook_has_a_sheet_for_each_table(corpus: Corpus, tmp_path: Path) -> None:
    """Numbers are numbers, dates are dates, and a text is never a formula."""
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "councils.xlsx"
    corpus.write(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["about", *TABLES]
    head, *found = book["reports"].values
    assert list(head) == list(corpus.reports().columns)
    assert len(found) == 9
    published = found[0][head.index("published")]
    assert isinstance(published, dt.datetime)
    assert isinstance(found[0][head.index("total")], int)
    again = tmp_path / "again.xlsx"
    corpus.write(again)
    assert again.read_bytes() == path.read_bytes()


def test_a_text_is_no_formula_in_a_workbook(tmp_path: Path) -> None:
    """What a report says is not run by a spreadsheet."""
    openpyxl = pytest.importorskip("openpyxl")
    page = tmp_path / "page.txt"
    page.write_text(
        "Rutland County Council: local authority assessment\n\nSafeguarding\n\nScore: 3\n\nKey "
        'findings for this quality statement\n\n=HYPERLINK("http://a.example", "NHS England")\n',
        encoding="utf-8",
    )
    corpus = cqcparse.corpus(page, parser=cqcparse.Parser(plugins=False))
    corpus.sentences().write(tmp_path / "sentences.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "sentences.xlsx")["sentences"]
    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_says_what_is_in_it(corpus: Corpus, tmp_path: Path, form: str) -> None:
    """The package lists each file with its digest, its rows and the types of its columns."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    corpus.write(tmp_path / "out", form=form)  # type: ignore[arg-type]
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["rows"] == len(corpus.table(resource["name"]))
    if form == "csv":
        with (tmp_path / "out" / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
            (first, *_) = csv.DictReader(file)
        (reports,) = (r for r in package["resources"] if r["name"] == "reports")
        assert list(first) == [field["name"] for field in reports["schema"]["fields"]]
        assert first["published"] == str(next(iter(corpus.reports()))["published"])
    assert package["sources_sha256"] == corpus.provenance.sources_digest


def test_the_digest_of_the_sources_depends_on_their_content_alone(
    made: tuple[Path, MadeCorpus], tmp_path: Path
) -> None:
    """Not on names or order: it tells whether two people read the same pages."""
    folder, _ = made
    files = sorted(folder.rglob("*.txt"))[:3]
    for number, file in enumerate(reversed(files)):
        (tmp_path / f"{number}.txt").write_bytes(file.read_bytes())
    parser = cqcparse.Parser(plugins=False)
    one, two = (cqcparse.corpus(it, parser=parser).provenance for it in (files, tmp_path))
    assert one.sources_digest == two.sources_digest
    (tmp_path / "0.txt").write_text("Milk", encoding="utf-8")
    assert cqcparse.corpus(tmp_path, parser=parser).provenance.sources_digest != one.sources_digest


def test_the_command_writes_what_the_call_does(
    made: tuple[Path, MadeCorpus], database: Path, tmp_path: Path
) -> None:
    """The same bytes, at any number of workers."""
    folder, _ = made
    path = tmp_path / "councils.sqlite"
    arguments = ["tables", str(folder), "-o", str(path), "--workers", "2"]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 0, result.output
    assert path.read_bytes() == database.read_bytes()


def test_what_is_wrong_is_one_sentence(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A suffix that is unknown, a package that is missing."""
    with pytest.raises(DataError, match=r"must be one of \.sqlite, \.duckdb, \.xlsx, .*or none"):
        corpus.write(tmp_path / "councils.ods")
    result = CliRunner().invoke(group, ["tables", "seeds", "-o", str(tmp_path / "a.ods")])
    assert result.exit_code == 2
    assert "must end in one of .sqlite, .duckdb, .xlsx, or be a folder" in result.stderr
    for package, suffix in (("xlsxwriter", ".xlsx"), ("duckdb", ".duckdb")):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(MissingPackageError, match="pip install 'cqcparse"):
            corpus.write(tmp_path / f"councils{suffix}")
    assert [*tmp_path.iterdir()] == []

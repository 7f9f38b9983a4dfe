"""A corpus: the tables of many pages, the same as those of the reports they make."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
import html.parser
import json
import shutil
import sqlite3
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

import cqcparse
from cqcparse import Assessment, Corpus
from cqcparse.cli import group
from cqcparse.corpora.saved import TABLES
from cqcparse.errors import DataError, MissingPackageError, ReadError
from cqcparse.model.tables import Row, TableName
from cqcparse.testing.made_corpus import make_corpus

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
RUTLAND = "Rutland County Council"
LANDING = (
    "How we assess local authorities\n\nAssessment published: {day}\n\nAbout Rutland County Council"
    "\n\nFinancial facts\n\nIts total budget would be £92,519,000 in 2022/23."
)
SAFEGUARDING = (
    "Safeguarding\n\nScore: {score}\n\nKey findings for this quality statement\n\nWorking together"
    "\n\nThe council worked with NHS England. It received a grant of £250,000 in 2023/24."
)
SUMMARY = (
    "Overall summary\n\nQuality statement scores\n\nEquity in experience and outcomes\n\nScore: 2"
)
EQUITY = (
    "Equity in experience and outcomes\n\nKey findings for this quality statement\n\n"
    "There was a new 6-week reablement service."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two assessments of one authority, a shopping list and a broken file."""
    pages = {
        "rutland-0528/landing.txt": LANDING.format(day="30 May 2028"),
        "rutland-0528/safeguarding.txt": SAFEGUARDING.format(score=2),
        "rutland-0528/summary.txt": SUMMARY,
        "rutland-0528/equity.txt": EQUITY,
        "rutland-0130/safeguarding.txt": SAFEGUARDING.format(score=3),
    }
    for name, text in pages.items():
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{RUTLAND}: local authority assessment\n\n{text}\n", encoding="utf-8")
    (tmp_path / "reports" / "list.txt").write_text("Milk\n\nBread\n", encoding="utf-8")
    (tmp_path / "reports" / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    return tmp_path / "reports"


def opened(folder: Path, **given: Any) -> Corpus:  # noqa: ANN401 - whatever the call takes
    """Return the corpus of a folder, read without plugins."""
    return cqcparse.corpus(folder, parser=cqcparse.Parser(plugins=False), **given)


def rows(corpus: Corpus, name: str) -> list[Row]:
    """Return the rows of a table."""
    return [*corpus.table(cast("TableName", name))]


@pytest.mark.parametrize(
    "name", ["statements", "sections", "sentences", "mentions", "facts", "scores"]
)
def test_rows_are_those_of_the_reports(folder: Path, name: TableName) -> None:
    """What is put together on disk is what each report says of itself."""
    files = sorted(folder.rglob("*.txt"))
    parser = cqcparse.Parser(plugins=False)
    pages = [page for page in parser.read_many(files) if isinstance(page, Assessment)]
    expected = [row for report in cqcparse.combine(pages) for row in report.rows(name)]
    for row in expected:
        for column in ("source", "score_source"):
            if row.get(column):
                row[column] = Path(str(row[column])).relative_to(folder).as_posix()
    columns = opened(folder).table(name).columns
    found = [{c: row[c] for c in columns if c in row} for row in rows(opened(folder), name)]
    wanted = [{c: row.get(c) for c in columns} for row in expected]
    assert [{**w} for w in wanted if w["source"]] == [
        row if row["source"] else row | {"source": None} for row in found
    ]


def test_each_key_is_unique_and_leads_somewhere(folder: Path) -> None:
    """A primary key has one row, and a foreign key a row in the table it names."""
    corpus = opened(folder)
    keys: dict[str, set[object]] = {}
    for name in TABLES:
        table = corpus.table(name)
        primary = table.schema.primary
        assert primary
        values = [row[primary] for row in table]
        assert len(set(values)) == len(values), name
        assert None not in values
        keys[name] = set(values)
    for name in TABLES:
        for column, target in corpus.table(name).schema.foreign:
            assert {row[column] for row in corpus.table(name)} - {None} <= keys[target], name


def test_two_assessments_of_one_authority_stay_two(folder: Path) -> None:
    """They have two ids, and the later one is said to be the newest."""
    found = {row["report_id"]: row for row in opened(folder).reports() if row["authority"]}
    assert [(id_, row["occasion"], row["latest"]) for id_, row in sorted(found.items())] == [
        ("E06000017-2028-05", 1, False),
        ("E06000017-2030-01", 2, True),
    ]
    assert found["E06000017-2028-05"]["published"] == dt.date(2028, 5, 30)
    assert found["E06000017-2028-05"]["pages"] == 4


def test_a_score_that_another_page_prints_is_that_of_the_mention(folder: Path) -> None:
    """The page of a statement may print no score, where the summary does."""
    (service,) = (row for row in opened(folder).mentions("service") if row["duration"])
    assert (service["statement"], service["score"]) == ("equity", 2)


def test_pages_with_the_same_text_stay_two(tmp_path: Path) -> None:
    """Their ids differ, and so do those of what stands in them."""
    for name in ("rutland-0528", "rutland-0130"):
        (tmp_path / name).mkdir()
        text = f"{RUTLAND}: local authority assessment\n\n{SAFEGUARDING.format(score=3)}\n"
        (tmp_path / name / "safe.txt").write_text(text, encoding="utf-8")
    corpus = opened(tmp_path)
    one, two = (row["page_id"] for row in corpus.pages())
    assert two == f"{one}-2"
    assert len({row["mention_id"] for row in corpus.mentions()}) == len(corpus.mentions()) > 2


def test_what_could_not_be_read_is_told(folder: Path) -> None:
    """It is a failure, a remark and an item of the provenance, by its name in the folder."""
    corpus = opened(folder)
    assert [Path(failure.source).name for failure in corpus.failures] == ["broken.pdf"]
    (remark,) = (row for row in corpus.diagnostics() if row["code"] == "not-read")
    assert remark["source"] == "broken.pdf"
    (item,) = corpus.provenance.of("failure")
    assert item.name == "broken.pdf"


@pytest.mark.parametrize("missing", ["none", "empty"])
def test_a_folder_without_reports_is_told_at_once(tmp_path: Path, missing: str) -> None:
    """An empty answer to a misspelt path would be believed."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match=r"no such file or folder|has no reports; looked for"):
        opened(tmp_path / missing)


def test_a_file_that_is_named_twice_counts_once(folder: Path) -> None:
    """A folder and a folder in it are the pages of the first."""
    twice = cqcparse.corpus(
        [folder, folder / "rutland-0528"], parser=cqcparse.Parser(plugins=False)
    )
    assert [*twice.pages()] == [*opened(folder).pages()]
    assert len(twice.mentions()) == len(opened(folder).mentions())


def test_what_is_kept_does_not_grow_with_the_text(tmp_path: Path) -> None:
    """Pages six times as long cost no more memory once they are read: their rows are on disk."""
    kept = []
    for prose in (10, 60):
        made = tmp_path / str(prose)
        make_corpus(made, councils=5, prose=prose)
        corpus = opened(made)
        len(corpus.table("authorities"))  # what is loaded once is loaded
        tracemalloc.start()
        again = opened(made)
        assert len(again.reports()) == 4
        gc.collect()
        kept.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
    assert kept[1] < 1.5 * kept[0]


def test_nothing_is_read_before_it_is_needed() -> None:
    """Opening a corpus costs nothing, and looking at it does not read it."""

    def pages() -> Iterator[Assessment]:
        pytest.fail("it was read")
        yield cqcparse.parse("")

    assert repr(Corpus(pages(), cqcparse.Parser(plugins=False))) == "<Corpus, not read yet>"


@pytest.mark.parametrize("name", TABLES)
def test_tables_are_the_same_wherever_the_folder_is(
    folder: Path, name: TableName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people who ask for the same folder get the same rows, at any number of workers."""
    monkeypatch.chdir(folder)
    here = [*map(tuple, map(dict.items, rows(opened(Path()), name)))]
    monkeypatch.chdir(folder.parent)
    there = [*map(tuple, map(dict.items, rows(opened(Path("reports"), workers=2), name)))]
    whole = [*map(tuple, map(dict.items, rows(opened(folder.resolve()), name)))]
    assert here == there == whole


def test_a_table_of_one_kind_has_its_columns_and_no_others(folder: Path) -> None:
    """Money has no capacity, and a service no amount; what is no kind is named."""
    corpus = opened(folder)
    funding = corpus.mentions("funding")
    assert "amount_low" in funding.columns
    assert "capacity" not in funding.columns
    assert {row["kind"] for row in funding} == {"funding"}
    with pytest.raises(ValueError, match="no kind 'fundng'; the kinds are funding, service"):
        corpus.mentions("fundng")
    with pytest.raises(ValueError, match="no table 'mention'; the tables are authorities"):
        corpus.table("mention")  # type: ignore[arg-type]


def test_entities_are_counted_over_all_reports(folder: Path) -> None:
    """A body that two reports name is one, with both counted."""
    (body,) = (row for row in opened(folder).entities("partner") if row["name"] == "NHS England")
    assert (body["mentions"], body["reports"], body["authorities"]) == (2, 2, 1)


@pytest.mark.parametrize("name", TABLES)
def test_arrow_takes_every_table_as_it_is(folder: Path, name: TableName) -> None:
    """The types are those of the columns, and the rows those of Python."""
    pyarrow = pytest.importorskip("pyarrow")
    table = opened(folder).table(name)
    taken = pyarrow.table(table)
    assert taken.to_pylist() == [*table]
    assert taken.column_names == list(table.columns)
    assert taken.schema.metadata[b"sources"] == b"6"


def test_pandas_and_polars_take_a_table(folder: Path) -> None:
    """Whole numbers with empty cells stay whole, dates are dates."""
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    scores = opened(folder).scores()
    assert scores.to_pandas()["safeguarding"].dtype == pandas.Int64Dtype()
    assert scores.to_polars()["published"].dtype == polars.Date
    assert polars.DataFrame(scores).equals(scores.to_polars())


def test_a_package_that_is_missing_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says what to install."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackageError, match="to_pandas needs the package pandas: pip inst"):
        opened(folder).scores().to_pandas()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'cqcparse\[tables\]'"):
        opened(folder).scores().to_arrow()


def test_a_notebook_shows_the_first_rows(folder: Path) -> None:
    """What a report says cannot be markup."""
    (folder / "rutland-0528" / "safeguarding.txt").write_text(
        f"{RUTLAND}: local authority assessment\n\nSafeguarding\n\nScore: 2\n\nKey findings for this "
        "quality statement\n\nThe <script>alert(1)</script> council worked with NHS England.\n",
        encoding="utf-8",
    )
    table = opened(folder).sentences()
    shown = table._repr_html_()
    tags: list[str] = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign] # noqa: ARG005
    parser.feed(shown)
    assert "script" not in tags
    assert "&lt;script&gt;" in shown
    assert repr(table) == f"<sentences: {len(table)} rows, {len(table.columns)} columns>"


def test_a_notebook_shows_the_tables_of_a_corpus(folder: Path) -> None:
    """Each with how many rows it has."""
    corpus = opened(folder)
    shown = corpus._repr_html_()
    for name in TABLES:
        assert f"<td>{name}</td><td>{len(corpus.table(name)):,}</td>" in shown


def test_a_table_is_written_by_its_suffix(folder: Path, tmp_path: Path) -> None:
    """The file has the rows; a Parquet file says what made it."""
    parquet = pytest.importorskip("pyarrow.parquet")
    opened(folder).scores().write(tmp_path / "scores.parquet")
    written = parquet.read_table(tmp_path / "scores.parquet")
    assert written.num_rows == 3
    said = parquet.read_metadata(tmp_path / "scores.parquet").metadata
    assert b"program cqcparse" in said[b"made_by"]
    assert said[b"sources"] == b"6"
    field = written.schema.field("region")
    assert field.metadata[b"description"] == b"its region of England, by the register"


@pytest.mark.parametrize(
    "command", [["extract"], ["scores", "--combine"], ["facts"], ["ask", "league"]]
)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".sqlite", ".duckdb", ".xlsx"])
def test_every_file_says_what_made_it(
    folder: Path, tmp_path: Path, command: list[str], suffix: str
) -> None:
    """The program, and the digests of the sources: in the file, or in a header beside it."""
    for package in ("duckdb", "pyarrow", "openpyxl"):
        pytest.importorskip(package)
    path = tmp_path / f"table{suffix}"
    result = CliRunner().invoke(group, [*command, str(folder), "-o", str(path)])
    assert path.exists(), result.output
    digest = opened(folder).provenance.sources_digest
    if suffix in {".csv", ".jsonl"}:
        header = json.loads((tmp_path / f"{path.name}-metadata.json").read_text(encoding="utf-8"))
        assert header["sources_sha256"] == digest
        assert header["url"] == path.name
        if suffix == ".csv":
            first = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
            assert [column["name"] for column in header["tableSchema"]["columns"]] == first
    elif suffix == ".parquet":
        parquet = pytest.importorskip("pyarrow.parquet")
        assert parquet.read_metadata(path).metadata[b"sources_sha256"].decode() == digest
    elif suffix == ".xlsx":
        about = pytest.importorskip("openpyxl").load_workbook(path)["about"]
        assert digest in {row[3] for row in about.values}
    else:
        connect = sqlite3.connect if suffix == ".sqlite" else pytest.importorskip("duckdb").connect
        with closing(connect(str(path))) as connection:
            tables = "SELECT name FROM sqlite_master WHERE name LIKE '%provenance'"
            ((name,),) = connection.execute(tables).fetchall()
            query = f"SELECT sha256 FROM {name} WHERE what = 'source'"  # noqa: S608 - our own
            digests = sorted(sha for (sha,) in connection.execute(query).fetchall())
        assert hashlib.sha256("\n".join(digests).encode()).hexdigest() == digest


def test_a_sum_is_written_as_the_page_has_it(folder: Path) -> None:
    """A whole number of pounds has no point, as in the rows of one report."""
    sums = [row["amount_low"] for row in opened(folder).mentions("funding") if row["amount"]]
    assert sums
    assert {type(cell) for cell in sums} == {int}


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    """How many are read, and of how many; those that cannot be read as well."""
    shutil.copytree(SEEDS, tmp_path / "in")
    (tmp_path / "in" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    told: list[tuple[int, int]] = []
    corpus = cqcparse.corpus(
        tmp_path / "in",
        parser=cqcparse.Parser(plugins=False),
        progress=lambda done, of: told.append((done, of)),
    )
    assert not told
    assert len(corpus.reports()) == 3
    assert told == [(n, told[0][1]) for n in range(1, told[0][1] + 1)]
    assert len(told) == len(corpus.pages()) + len(corpus.failures)


class TestWholeReports:
    """A corpus gives the reports themselves, and what is made of their text."""

    def test_they_are_there_before_and_after_the_tables(self, tmp_path: Path) -> None:
        """The pages are read for them; a file that cannot be read stops nothing."""
        shutil.copytree(SEEDS, tmp_path / "in")
        (tmp_path / "in" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
        corpus = cqcparse.corpus(tmp_path / "in", parser=cqcparse.Parser(plugins=False))
        before = [report.authority.short_name for report in corpus.combined() if report.authority]
        assert before == ["Ealing", "Hammersmith and Fulham", "Harrow"]
        assert [row["short_name"] for row in corpus.reports()] == before
        after = [report.authority.short_name for report in corpus.combined() if report.authority]
        assert after == before
        assert len(corpus.failures) == 1

    def test_the_site_is_that_of_the_command(self, tmp_path: Path) -> None:
        """The same bytes, and what could not be read is named in both."""
        shutil.copytree(SEEDS, tmp_path / "in")
        (tmp_path / "in" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
        built = cqcparse.corpus(tmp_path / "in").site(tmp_path / "called")
        assert built.councils == 3
        assert len(built.left_out) == 1
        assert "broken.pdf: " in built.left_out[0]
        result = CliRunner().invoke(
            group, ["site", str(tmp_path / "in"), "-o", str(tmp_path / "commanded")]
        )
        assert result.exit_code == 1, result.output
        files = sorted(p.relative_to(tmp_path / "called") for p in (tmp_path / "called").rglob("*"))
        assert built.pages == sum(path.suffix == ".html" for path in files)
        for path in files:
            if path.suffix:
                made, commanded = (tmp_path / which / path for which in ("called", "commanded"))
                assert made.read_bytes() == commanded.read_bytes(), path
        assert "broken.pdf" in (tmp_path / "called" / "about.html").read_text(encoding="utf-8")

    def test_they_are_written_by_suffix(self, tmp_path: Path) -> None:
        """What is no table goes where whole reports go."""
        corpus = cqcparse.corpus(SEEDS)
        corpus.write(tmp_path / "all.label-studio.json")
        tasks = json.loads((tmp_path / "all.label-studio.json").read_text(encoding="utf-8"))
        assert {task["data"]["report_id"] for task in tasks} == {
            row["report_id"] for row in corpus.reports()
        }
        corpus.write(tmp_path / "all.jsonl")
        lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
        assert [len(cqcparse.report_from_json(line).pages) for line in lines] == [1, 1, 1]

    def test_where_the_text_is_not_at_hand(self, tmp_path: Path) -> None:
        """One sentence says why."""
        cqcparse.corpus(SEEDS).write(tmp_path / "all.sqlite")
        saved = cqcparse.corpus(tmp_path / "all.sqlite")
        with pytest.raises(DataError, match=r"all\.sqlite: is a database with tables and no text"):
            saved.site(tmp_path / "site")
        result = CliRunner().invoke(
            group, ["site", str(tmp_path / "all.sqlite"), "-o", str(tmp_path / "site")]
        )
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
        assert "give the pages that it was made of" in result.stderr
        with pytest.raises(DataError, match="with tables and no text"):
            saved.write(tmp_path / "all.jsonld")
        once = Corpus(iter([cqcparse.parse("")]), cqcparse.Parser(plugins=False))
        with pytest.raises(TypeError, match="cannot be gone through twice"):
            once.combined()


def test_a_corpus_says_what_was_not_read(tmp_path: Path) -> None:
    """Whoever looks at it sees that files are missing from its tables."""
    (tmp_path / "good.txt").write_text(
        "Rutland: local authority assessment\n\nSafeguarding\n\nScore: 3\n", encoding="utf-8"
    )
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 cut")
    corpus = cqcparse.corpus(tmp_path)
    assert len(corpus.reports()) == 1

    assert repr(corpus) == "<Corpus of 1 reports from 1 pages, 1 sources not read>"

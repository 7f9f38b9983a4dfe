"""Rows for tables: their columns, what stands in them, and the files they are written to."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
import sys
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from cqcparse import (
    Assessment,
    Count,
    Document,
    Duration,
    Funding,
    Mention,
    Money,
    Period,
    Quote,
    Reading,
    Section,
    Service,
    Span,
)
from cqcparse.errors import DataError
from cqcparse.framework import builtin_frameworks
from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.tables import Column, Row, Table
from cqcparse.output.tables import mention_table, score_table
from cqcparse.output.writing import FORMATS, write_rows
from cqcparse.testing.strategies import assessments

TEXT = "A 6-week service for 45 refugees cost £2.5m in 2022/23."

KEYS = [
    *("report_id", "source", "authority", "ons_code", "authority_type", "region", "published"),
    *("statement", "theme", "score", "section", "kind", "type", "text", "char_start", "char_end"),
    *("canonical", "entity_id", "extractor", "rule", "sentence", "sentence_start", "sentence_end"),
]


def reading(words: str, value: Any) -> Reading[Any]:  # noqa: ANN401 - any meaning
    """Return the first place of *words*, with what they mean."""
    start = TEXT.index(words)
    return Reading(words, Span(start, start + len(words)), value)


def assessment(*mentions: Mention) -> Assessment:
    """Return an assessment with these mentions and nothing else."""
    whole = Span(0, len(TEXT))
    section = Section(role="other", title=None, level=0, span=whole, own=whole, body=whole)
    return Assessment(
        source="northmere.txt",
        authority=None,
        framework="local-authority",
        is_local_authority_assessment=True,
        indicative=False,
        overall=None,
        statements=(),
        mentions=mentions,
        diagnostics=(),
        sections=(section,),
        document=Document(text=TEXT),
    )


SERVICE = Service(
    span=Span(2, 16),
    text="6-week service",
    duration=reading("6-week", Duration(days=42)),
    capacity=reading("45 refugees", Count(value=45, unit="refugees")),
    status="new",
)
FUNDING = Funding(
    span=Span(33, 37),
    text="cost",
    amount=reading("£2.5m", Money(low=Decimal(2_500_000), high=Decimal("2500000.50"))),
    period=reading("2022/23", Period(start=dt.date(2022, 4, 1), end=dt.date(2023, 3, 31))),
)


def rows(*mentions: Mention, kinds: tuple[type[Mention], ...] = BUILT_IN) -> list[Row]:
    """Return the rows of these mentions."""
    _, rows_of = mention_table(kinds)
    return list(rows_of(assessment(*mentions)))


def names(*kinds: type[Mention]) -> list[str]:
    """Return the columns for these kinds."""
    table, _ = mention_table(kinds)
    return [column.name for column in table.columns]


def test_keys_come_first_in_the_order_of_the_contract() -> None:
    """The columns that every mention has are those of the contract."""
    assert names(*BUILT_IN)[: len(KEYS)] == KEYS


def test_attributes_have_a_column_for_the_quote_and_more_for_the_meaning() -> None:
    """An attribute is its quoted text under its own name, its meaning in named columns."""
    service, funding = rows(SERVICE, FUNDING)
    assert service["duration"] == "6-week"
    assert service["duration_days"] == 42
    assert (service["capacity_value"], service["capacity_unit"]) == (45, "refugees")
    assert service["status"] == "new"
    assert funding["amount"] == "£2.5m"
    assert (funding["amount_low"], funding["amount_high"]) == (2_500_000, 2_500_000.5)
    assert funding["amount_currency"] == "GBP"
    assert funding["period_start"] == dt.date(2022, 4, 1)
    assert funding["duration_days"] is None


class Size(Enum):
    """How large a town is."""

    SMALL = "small"


@attrs.frozen(kw_only=True)
class Town(Mention):
    """A kind that a plugin might bring."""

    kind = "town"

    population: Reading[Count] | None = None
    area: Reading[float] | None = None
    section: str | None = None
    amount: int | None = None
    duration: Reading[Duration] | None = None
    names: tuple[Quote, ...] = ()
    budget: Money | None = None
    size: Size | None = None
    unsaid: Reading | None = None  # type: ignore[type-arg]
    either: Quote | str | None = None


def test_a_new_kind_brings_its_columns() -> None:
    """The fields of a class that the core does not know become columns behind the others."""
    new = names(*BUILT_IN, Town)[len(names(*BUILT_IN)) :]
    assert new == [
        *("population", "population_value", "population_unit"),
        *("area", "area_value"),
        *("town_section", "town_amount"),
        *("names", "budget_low", "budget_high", "budget_currency", "budget_bound", "size"),
        *("unsaid", "unsaid_value", "either"),
    ]


def test_a_new_kind_fills_its_columns_and_shares_those_of_the_same_type() -> None:
    """A name that means something else elsewhere is told apart, one that means the same shared."""
    town = Town(
        span=Span(0, 1),
        text="A",
        population=reading("45 refugees", Count(value=10**30, unit="people")),
        area=reading("2022/23", 12.5),
        section="north",
        amount=7,
        duration=reading("6-week", Duration(days=42)),
        names=(reading("A", None), reading("cost", None)),
        budget=Money(low=Decimal("1e400"), high=Decimal(2)),
        size=Size.SMALL,
    )
    (row,) = rows(town, kinds=(Town,))
    assert row["population_value"] is None, "no file has room for it"
    assert row["area_value"] == 12.5
    assert (row["section"], row["town_section"]) == (None, "north")
    assert (row["amount"], row["town_amount"]) == (None, 7)
    assert row["duration_days"] == 42
    assert row["names"] == "A; cost"
    assert (row["budget_low"], row["budget_high"]) == (None, 2)
    assert row["size"] == "small"


@given(assessments())
def test_rows_of_any_assessment(made: Assessment) -> None:
    """There is a row for each mention, with every column in order and its exact characters."""
    table, rows_of = mention_table(BUILT_IN)
    found = list(rows_of(made))
    assert len(found) == len(made.mentions)
    for row in found:
        assert list(row) == [column.name for column in table.columns]
        start, end = row["char_start"], row["char_end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert made.document.text[start:end] == row["text"]


@given(assessments())
def test_score_rows_of_any_assessment(made: Assessment) -> None:
    """There is one row for a report, with the scores of its statements."""
    table, (row,) = score_table([made], builtin_frameworks())
    assert list(row) == [column.name for column in table.columns]
    assert {s.id: s.score.value for s in made.statements if s.score}.items() <= row.items()


EXPECTED = [("6-week service", 42, None), ("cost", None, 2_500_000)]


def written(path: Path) -> Path:
    """Write two rows, twice, and return the file."""
    table, rows_of = mention_table(BUILT_IN)
    made = assessment(SERVICE, FUNDING)
    write_rows(path, table, rows_of(made))
    write_rows(path, table, rows_of(made))  # what was there is replaced
    assert [p.name for p in path.parent.iterdir()] == [path.name], "nothing else is left behind"
    return path


def test_json_lines(tmp_path: Path) -> None:
    """JSON Lines hold numbers as numbers and dates as ISO dates."""
    lines = written(tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert [(r["text"], r["duration_days"], r["amount_low"]) for r in found] == EXPECTED
    assert found[1]["period_start"] == "2022-04-01"
    assert "£2.5m" in lines[1]


def test_csv(tmp_path: Path) -> None:
    """CSV has a header and empty cells for what is not there."""
    with written(tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(r["text"], r["duration_days"], r["amount_low"]) for r in found] == [
        ("6-week service", "42", ""),
        ("cost", "", "2500000"),
    ]
    assert found[1]["period_start"] == "2022-04-01"


def test_parquet(tmp_path: Path) -> None:
    """Parquet has typed columns, also where all cells are empty."""
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(written(tmp_path / "rows.parquet"))
    found = table.to_pylist()
    assert [(r["text"], r["duration_days"], r["amount_low"]) for r in found] == EXPECTED
    assert found[1]["period_start"] == dt.date(2022, 4, 1)
    assert str(table.schema.field("registry_id").type) == "string"
    assert str(table.schema.field("amount_low").type) == "double"


def test_sqlite_replaces_its_table_and_no_other(tmp_path: Path) -> None:
    """A table of the user's in the same database stays."""
    path = written(tmp_path / "rows.sqlite")
    connection = sqlite3.connect(path)
    try:
        query = "SELECT text, duration_days, amount_low FROM mentions"
        assert connection.execute(query).fetchall() == EXPECTED
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
        written(path)
        found = connection.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()
        assert found == [("mentions",), ("mine",)]
    finally:
        connection.close()


def test_duckdb(tmp_path: Path) -> None:
    """DuckDB has typed columns."""
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect(str(written(tmp_path / "rows.duckdb")))
    try:
        query = "SELECT text, duration_days, amount_low FROM mentions"
        assert connection.execute(query).fetchall() == EXPECTED
        date = connection.execute("SELECT max(period_start) FROM mentions").fetchone()
        assert date == (dt.date(2022, 4, 1),)
    finally:
        connection.close()


@pytest.mark.parametrize(("suffix", "package"), [(".parquet", "pyarrow"), (".duckdb", "duckdb")])
def test_a_missing_package_is_named(
    suffix: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the package a format needs, one sentence says what to install."""
    monkeypatch.setitem(sys.modules, package, None)
    table, _ = mention_table(BUILT_IN)
    with pytest.raises(DataError, match=rf"package {package}: pip install 'cqcparse\[tables\]'"):
        write_rows(tmp_path / f"rows{suffix}", table, [])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_place_that_cannot_be_written_is_named(suffix: str, tmp_path: Path) -> None:
    """A folder that does not exist is one sentence, in every format."""
    if suffix in {".parquet", ".duckdb"}:
        pytest.importorskip({".parquet": "pyarrow", ".duckdb": "duckdb"}[suffix])
    table, _ = mention_table(BUILT_IN)
    with pytest.raises(DataError, match="cannot be written") as caught:
        write_rows(tmp_path / "nowhere" / f"rows{suffix}", table, [])
    assert "nowhere" in str(caught.value)


@pytest.mark.parametrize("suffix", [".sqlite", ".duckdb"])
def test_a_file_that_is_no_database_is_left_alone(suffix: str, tmp_path: Path) -> None:
    """A file of another format under the name of a database is not overwritten."""
    if suffix == ".duckdb":
        pytest.importorskip("duckdb")
    path = tmp_path / f"rows{suffix}"
    path.write_text("my notes " * 200, encoding="utf-8")
    table, _ = mention_table(BUILT_IN)
    with pytest.raises(DataError, match="cannot be written as a"):
        write_rows(path, table, [])
    assert path.read_text(encoding="utf-8").startswith("my notes")


def test_a_failure_half_way_keeps_the_old_file(tmp_path: Path) -> None:
    """A file is replaced only when the new one is complete."""
    table, rows_of = mention_table(BUILT_IN)
    path = tmp_path / "rows.csv"
    path.write_text("old", encoding="utf-8")

    def failing() -> Any:  # noqa: ANN401 - an iterator that raises
        yield from rows_of(assessment(SERVICE))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_rows(path, table, failing())
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["rows.csv"]


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    """The sentence lists the suffixes there are."""
    table, _ = mention_table(BUILT_IN)
    with pytest.raises(DataError, match=r"\.jsonl, \.csv, \.parquet"):
        write_rows(tmp_path / "rows.ods", table, [])


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0@", "\uff1d", "\0-"]
)
def test_formulas_are_made_harmless(start: str, tmp_path: Path) -> None:
    """Text that a spreadsheet would run gets an apostrophe, other cells stay; raw all stay."""
    columns = tuple(Column(name=name, type="text") for name in "abcd")
    row: Row = {"a": f"{start}1+1", "b": "plain - text", "c": -1, "d": None}
    path = tmp_path / "rows.csv"
    for raw, expected in ((False, f"'{start}1+1"), (True, f"{start}1+1")):
        write_rows(path, Table(name="rows", columns=columns), [row], raw=raw)
        with path.open(encoding="utf-8" if raw else "utf-8-sig", newline="") as file:
            assert list(csv.reader(file))[1] == [expected, "plain - text", "-1", ""]

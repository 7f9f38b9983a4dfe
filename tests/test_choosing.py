"""``extract --kind --where --columns``: only the rows and the columns that are wanted."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cqcparse.cli import group


def extract(*arguments: str) -> Result:
    """Return what the command prints about the reports of the project."""
    return CliRunner().invoke(group, ["extract", "seeds", *arguments])


def lines(*arguments: str) -> list[dict[str, object]]:
    """Return the rows."""
    result = extract(*arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_rows_for_which_a_condition_holds() -> None:
    """Those and no others, in the same order."""
    every = lines()
    wanted = [row for row in every if row["kind"] == "partner" and "NHS" in str(row["text"])]
    assert lines("--where", "kind = 'partner' AND text LIKE '%NHS%'") == wanted
    assert 0 < len(wanted) < len(every)


def test_mentions_of_some_kinds() -> None:
    """Those and no others; a condition holds besides."""
    every = lines()
    wanted = [row for row in every if row["kind"] in {"funding", "service"}]
    assert lines("--kind", "funding", "--kind", "service") == wanted
    money = lines("--kind", "funding", "--where", "amount IS NULL")
    assert {row["kind"] for row in money} == {"funding"}
    wrong = extract("--kind", "fundin")
    assert wrong.exit_code == 2
    assert "there is no kind 'fundin'; did you mean 'funding'?" in wrong.stderr


def test_columns_in_the_order_in_which_they_are_named() -> None:
    """A condition may be on others."""
    found = lines(
        "--columns", "text, authority", "--where", "kind = 'service' AND char_start < 2000"
    )
    assert {tuple(row) for row in found} == {("text", "authority")}
    assert found


def test_types_stay_as_they_were(tmp_path: Path) -> None:
    """What SQLite holds numbers or dates as does not change what is written."""
    path = tmp_path / "rows.csv"
    assert (
        extract("--columns", "score,char_start", "--where", "score = 3", "-o", str(path)).exit_code
        == 0
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert {row["score"] for row in rows} == {"3"}
    assert {row["char_start"] for row in rows} == {
        str(row["char_start"]) for row in lines("--where", "score = 3")
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--columns", "authorty"), "no column 'authorty'; did you mean 'authority'?"),
        (("--where", "knd = 'service'"), "no such column: knd"),
        (("--where", "kind ="), "is no condition on the columns of a row"),
        (("--where", "1); DROP TABLE found; --"), "is no condition"),
        (
            ("--where", "kind IN (SELECT name FROM sqlite_master) OR load_extension('x')"),
            "no condition",
        ),
        (("--where", "1) UNION SELECT 1 FROM pragma_database_list WHERE (1"), "is no condition"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_read(
    arguments: tuple[str, ...], said: str
) -> None:
    """Exit status 2, and one sentence that names it."""
    result = extract(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_condition_that_fails_on_a_row_is_one_sentence() -> None:
    """SQLite finds some mistakes only when it meets a value."""
    result = extract("--where", "json_extract(text, '$') IS NOT NULL")
    assert result.exit_code == 1
    assert 'IS NOT NULL": fails on a row (malformed JSON); change it' in result.stderr

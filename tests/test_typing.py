"""What users write in the style of the README satisfies a type checker, at its strictest."""

from __future__ import annotations

import csv
import doctest
import subprocess
import sys
from pathlib import Path

import pytest

from cqcparse.testing.made_corpus import make_corpus

pytestmark = pytest.mark.ci

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "typing_tests" / "first_script.py"


def mypy(file: Path) -> str:
    """Return what ``mypy --strict`` says of a file, without the settings of this project."""
    cache = ROOT / "build" / "mypy-user"
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}"]
    done = subprocess.run([*command, file], check=False, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_the_examples_of_the_readme(tmp_path: Path) -> None:
    """The Python in the README, put together as one script, has no error of types."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = tmp_path / "readme.py"
    examples = doctest.DocTestParser().get_examples(readme)
    script.write_text("".join(example.source for example in examples), encoding="utf-8")
    assert "Success: no issues found" in mypy(script)


def test_a_value_that_may_be_absent_is_told(tmp_path: Path) -> None:
    """The check can fail: what is not asked for before it is used is an error."""
    script = tmp_path / "hasty.py"
    script.write_text("import cqcparse\nprint(cqcparse.parse('').funding[0].amount.value)\n")
    assert 'has no attribute "value"' in mypy(script)


def test_a_first_script(tmp_path: Path) -> None:
    """A user's script passes the checker, and writes the table that it promises."""
    assert "Success: no issues found" in mypy(SCRIPT)
    (tmp_path / "page.txt").write_text(
        "Larkshire: local authority assessment\nSafeguarding\nScore: 2\n"
        "2 - Evidence shows some shortfalls\nKey findings for this quality statement\n"
        "The council received a grant of £250,000 in 2023/24.\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, SCRIPT, tmp_path], check=True, capture_output=True, encoding="utf-8"
    )
    row, *_ = csv.DictReader(done.stdout.splitlines())
    assert (row["score"], row["amount"], row["low"], row["until"]) == (
        "2",
        "£250,000",
        "250000",
        "2024-03-31",
    )


@pytest.mark.parametrize(
    ("persona", "arguments", "written"),
    [
        ("analyst", ["Hartlepool", "gaps.xlsx"], "gaps.xlsx"),
        ("journalist", ["autis", "councils.sqlite"], "councils.sqlite"),
        ("researcher", ["tables"], "tables/datapackage.json"),
        ("annotator", ["all.label-studio.json"], "site/index.html"),
    ],
)
def test_the_script_of_each_persona(
    persona: str, arguments: list[str], written: str, tmp_path: Path
) -> None:
    """It passes the checker at its strictest, runs, and writes what it promises."""
    for package in ("duckdb", "pandas", "xlsxwriter"):
        pytest.importorskip(package, reason="the scripts need what comes with cqcparse[tables]")
    script = ROOT / "typing_tests" / f"{persona}.py"
    assert "Success: no issues found" in mypy(script)
    make_corpus(tmp_path / "reports", councils=5)
    done = subprocess.run(
        [sys.executable, script, "reports", *arguments],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout
    assert done.stderr == ""
    assert (tmp_path / written).stat().st_size > 0

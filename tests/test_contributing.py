"""What contributors are told is true: files are where it says, and the example is still one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import cqcparse

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: What people are told before they change something, and where they ask.
PAGES = ("CONTRIBUTING.md", "RELEASING.md", "SECURITY.md")

pytestmark = pytest.mark.skipif(not (ROOT / "src").exists(), reason="not a checkout")


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_exist(page: str) -> None:
    """A path in backquotes or a link leads to a file or a folder."""
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = {
        *re.findall(r"`((?:src|tests|docs|tools|plugins|\.ci|\.github)/[\w./-]*)`", text),
        *re.findall(r"\]\(((?!https?:)[^)#]+)(?:#[^)]*)?\)", text),
    }
    assert paths
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_words_stand_where_the_table_says() -> None:
    """The TOML files that a row names after a folder are in that folder."""
    for folder, files in re.findall(
        r"^\|[^|]*\| `(src/[\w/]+/)`: ([^|]*)", GUIDE, flags=re.MULTILINE
    ):
        for name in re.findall(r"`([\w]+\.\w+)`", files):
            assert (ROOT / folder / name).is_file(), f"{folder}{name}"


def test_the_targets_of_make_exist() -> None:
    """Each ``make x`` is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", GUIDE)) <= targets


def test_the_example_is_still_one() -> None:
    """The sentence of the walk is read wrongly; when rules have learnt it, take another."""
    page = GUIDE.partition("<<END\n")[2].partition("END\n")[0]
    report = cqcparse.Parser(plugins=False).parse(page)
    sentence = report.sentence_of(report.document.text.index("dementia garden"))
    assert sentence is not None
    assert report.statements[0].id == "safeguarding"
    (offset,) = re.findall(r"cqcparse explain build/page.txt (\d+)", GUIDE)
    assert sentence.span.contains(int(offset))
    assert not report.mentions


def test_the_rule_of_the_walk_is_there() -> None:
    """Rule, list of words and the example above which it is put stand in the file it names."""
    (path,) = re.findall(r"Those of services stand in `(.*?)`", GUIDE)
    rules = (ROOT / path).read_text(encoding="utf-8")
    (neighbour,) = re.findall(r'^  ("The \[carers centre.*")', GUIDE, flags=re.MULTILINE)
    assert 'name = "setting"' in rules
    assert "\nsetting = " in rules
    assert neighbour in rules


def test_what_is_left_to_the_integration_runs_there() -> None:
    """What `make test` leaves out by its mark, `.ci/run` runs: nothing is left out in both."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["pytest"]["addopts"][-2:] == ["-m", "not ci"]
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncoverage:")[2]
    assert '-m pytest -m "" --cov' in recipes.partition("\n\n")[0]
    assert "make --no-print-directory coverage" in (ROOT / ".ci/run").read_text(encoding="utf-8")

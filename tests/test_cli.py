"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import jsonschema
import pytest
from click.testing import CliRunner, Result

import cqcparse
from cqcparse import Evidence, Mention, Parser, Reading, Span, View
from cqcparse.cli import COMMANDS, group
from cqcparse.cli.progress import Progress
from cqcparse.errors import DataError
from cqcparse.framework import builtin_frameworks
from cqcparse.output.serialise import from_json

PAGE = """\
Rutland County Council: local authority assessment

Partnerships and communities

Score: 3

3 – Evidence shows a good standard

Key findings for this quality statement

Working with partners

The council worked with Northmere Partnership Board and NHS England.
The council’s partners were positive.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A folder with one short report in it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    path = folder / "northmere.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*args: str | Path | int, stdin: str | bytes | None = None) -> Result:
    """Run the command line in this process."""
    return CliRunner().invoke(group, [str(arg) for arg in args], input=stdin)


def lines(result: Result) -> list[dict[str, object]]:
    """Return standard output as JSON Lines."""
    return [json.loads(line) for line in result.stdout.splitlines()]


# --- every command ----------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str) -> None:
    """``--help`` of each command works and says what it does."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_help_lists_every_command() -> None:
    """The commands are listed with a line each."""
    result = run("--help")
    assert all(f"\n  {command} " in result.stdout for command in COMMANDS)


def test_an_unknown_command_is_wrong_use() -> None:
    """Exit status 2, and nothing on standard output."""
    result = run("brew")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no command 'brew'" in result.stderr


@pytest.mark.parametrize("command", ["parse", "extract", "scores"])
def test_no_path_is_wrong_use(command: str) -> None:
    """Without a PATH the exit status is 2."""
    assert run(command).exit_code == 2


# --- inputs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["parse", "extract", "scores"])
def test_a_bad_input_is_named_and_the_others_are_done(command: str, page: Path) -> None:
    """Each failure is one sentence on standard error; the exit status says that some failed."""
    empty = page.parent / "empty.txt"
    empty.touch()
    good = run(command, page)
    result = run(command, page.parent / "none.txt", page, empty)
    assert good.exit_code == 0
    assert (result.exit_code, result.stdout) == (1, good.stdout)
    missing, blank = result.stderr.splitlines()
    assert missing.startswith(f"cqcparse: {page.parent / 'none.txt'}: there is no such file")
    assert blank.startswith(f"cqcparse: {empty}: the file is empty")


def test_what_is_not_a_report_is_said(tmp_path: Path) -> None:
    """A file that is no assessment gives no rows, is named, and counts as failed."""
    path = tmp_path / "recipe.txt"
    path.write_text("Boil the pasta with Age UK in New York.", encoding="utf-8")
    result = run("extract", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"cqcparse: {path}: not-an-assessment: " in result.stderr
    outline = run("parse", path)
    assert (outline.exit_code, "not-an-assessment" in outline.stdout) == (1, True)
    (row,) = lines(run("scores", path))
    assert (row["is_local_authority_assessment"], row["authority"]) == (False, None)


def test_what_is_not_a_report_is_read_all_the_same(tmp_path: Path) -> None:
    """With ``--any-document`` it gives rows, which say what it is, and does not count as failed."""
    path = tmp_path / "recipe.txt"
    path.write_text("Boil the pasta with Age UK.", encoding="utf-8")
    result = run("extract", path, "--any-document")
    (row,) = lines(result)
    assert (row["text"], row["is_local_authority_assessment"]) == ("Age UK", False)
    assert (result.exit_code, "not-an-assessment" in result.stderr) == (0, True)
    assert all(run(name, path, "--any-document").exit_code == 0 for name in ("parse", "scores"))


@pytest.mark.parametrize("command", ["parse", "extract", "scores", "facts"])
def test_doubts_can_fail(command: str, page: Path) -> None:
    """With ``--strict`` any doubt, with ``--fail-on`` one of that code makes the status 1."""
    page.write_text(PAGE.replace("3 –", "2 –"), encoding="utf-8")
    plain = run(command, page)
    assert plain.exit_code == 0
    assert bool(plain.stderr) == (command == "scores")
    mismatch = f"cqcparse: {page}: score-descriptor-mismatch: "
    for option in (["--strict"], ["--fail-on", "score-descriptor-mismatch"]):
        result = run(command, page, *option)
        assert (result.exit_code, result.stdout) == (1, plain.stdout)
        assert mismatch in result.stderr
    other = run(command, page, "--fail-on", "score-missing", "--fail-on", "rating-mismatch")
    assert (other.exit_code, other.stderr) == (0, plain.stderr)


def test_what_is_only_worth_knowing_fails_by_its_code(page: Path) -> None:
    """A council without a code is an ``info``: ``--strict`` lets it pass, its own code does not."""
    text = PAGE.replace("Rutland County Council", "Ashmere").replace("Working with partners\n", "")
    page.write_text(text, encoding="utf-8")
    assert run("parse", page, "--strict").exit_code == 0
    result = run("parse", page, "--fail-on", "authority-not-in-register")
    assert (result.exit_code, "authority-not-in-register: " in result.stderr) == (1, True)


@pytest.mark.parametrize("command", ["extract", "scores", "facts"])
def test_a_council_without_a_code_is_told_once(command: str, page: Path) -> None:
    """Its rows have nothing to join by: that is said, once for all its pages, and is no failure."""
    for name in ("a.txt", "b.txt"):
        text = PAGE.replace("Rutland", "Northamptonshire")
        (page.parent / name).write_text(text, encoding="utf-8")

    done = run(command, str(page.parent))

    assert done.exit_code == 0
    assert done.stderr.count("authority-not-in-register") == 1
    assert (
        "a.txt: authority-not-in-register: 'Northamptonshire County Council' ended on"
        in done.stderr
    )


def test_doubts_about_whole_reports_can_fail(page: Path) -> None:
    """What only the pages together show counts as well."""
    for command in ("parse", "scores"):
        assert run(command, "--combine", page).exit_code == 0
        result = run(command, "--combine", page, "--fail-on", "report-incomplete")
        assert result.exit_code == 1
        assert "report-incomplete: " in result.stderr


def test_doubts_fail_from_a_manifest_too(page: Path, tmp_path: Path) -> None:
    """What was found wrong with a file is kept, whatever was asked then."""
    page.write_text(PAGE.replace("3 –", "2 –"), encoding="utf-8")
    kept: list[str | Path | int] = ["extract", page, "--manifest", tmp_path / "done.jsonl"]
    assert run(*kept).exit_code == 0
    again = run(*kept, "--strict")
    assert (again.exit_code, "score-descriptor-mismatch" in again.stderr) == (1, True)
    assert run(*kept).exit_code == 0


def test_an_unknown_code_is_wrong_use(page: Path) -> None:
    """A code that no diagnostic has could never fail: the nearest is named."""
    result = run("parse", page, "--fail-on", "score-mising")
    assert result.exit_code == 2
    assert "did you mean 'score-missing'?" in result.stderr


def test_a_folder_is_searched_in_order(page: Path) -> None:
    """Files that can be read are found at any depth, in order; others are passed over."""
    folder = page.parent
    for name in ("b.md", "a/z.txt", ".hidden.txt", ".git/x.txt", "README.md", "data.csv", "c.HTM"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(page, folder / name)
    (folder / "loop").symlink_to(folder)
    (folder / "broken.txt").symlink_to(folder / "none.txt")
    result = run("scores", folder)
    assert [Path(str(row["source"])).name for row in lines(result)] == [
        *("z.txt", "b.md", "c.HTM", "northmere.txt"),
    ]
    assert result.exit_code == 1
    assert "broken.txt: there is no such file" in result.stderr


def test_a_folder_without_reports_is_named(tmp_path: Path) -> None:
    """The sentence says what was looked for."""
    result = run("extract", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{tmp_path}: the folder has no reports; looked for files named *.txt" in result.stderr


def test_standard_input_is_read_in_its_place(page: Path) -> None:
    """``-`` stands for standard input, among other paths too."""
    result = run("scores", page, "-", page, stdin=PAGE.encode("utf-16"))
    sources = [row["source"] for row in lines(result)]
    assert len(sources) == 3
    assert sources[0] == sources[2] == page.name
    assert [row["partnerships"] for row in lines(result)] == [3, 3, 3]


def test_empty_standard_input_fails() -> None:
    """Nothing to read is a failed input."""
    result = run("parse", "-", stdin="")
    assert result.exit_code == 1
    assert "the file is empty" in result.stderr


def test_the_same_bytes_at_any_number_of_workers(page: Path) -> None:
    """Output and order do not depend on the number of processes."""
    for number in range(4):
        shutil.copy(page, page.with_name(f"copy{number}.txt"))
    one, two = (run("extract", page.parent, "--workers", str(n)) for n in (1, 2))
    assert one.exit_code == two.exit_code == 0
    assert one.stdout == two.stdout
    assert len(lines(one)) > 5


# --- parse ------------------------------------------------------------------------------------


def test_parse_prints_an_outline(page: Path) -> None:
    """Statement with score, and counts, are on it; colour is for a screen only."""
    result = run("parse", page)
    assert result.exit_code == 0
    assert "Partnerships and communities: 3, Evidence shows a good standard" in result.stdout
    assert "partner 3" in result.stdout
    assert "\x1b" not in result.stdout


def test_parse_says_what_is_missing() -> None:
    """A statement without a score, an authority that is not known, and no mentions."""
    page = "Partnerships and communities\n\nKey findings for this quality statement\n\nIt rained.\n"
    result = run("parse", "-", stdin=page)
    assert "authority    unknown" in result.stdout
    assert "Partnerships and communities: no score" in result.stdout
    assert "mentions     none" in result.stdout
    assert "score-missing" in result.stdout


def test_parse_prints_the_overall_rating() -> None:
    """Rating and percentage are on one line."""
    title, rest = PAGE.split("\n", 1)
    rating = "Local authority rating and score\n\nGood\n\nIt scored 75 out of 100."
    result = run("parse", "-", stdin=f"{title}\n\n{rating}\n{rest}")
    assert "overall      Good, 75%" in result.stdout


def test_parse_json_is_whole_assessments(page: Path) -> None:
    """Each line is an assessment that reads back equal and fits the printed schema."""
    result = run("parse", "--json", page, page)
    first, second = result.stdout.splitlines()
    assert first == second
    assert from_json(first) == cqcparse.read(str(page))
    schema = json.loads(run("schema").stdout)
    jsonschema.validate(json.loads(first), schema)


# --- extract and scores -----------------------------------------------------------------------


def test_extract_prints_a_row_for_each_mention(page: Path) -> None:
    """Rows are JSON objects whose text stands at their offsets."""
    rows = lines(run("extract", page))
    assert {"Northmere Partnership Board", "NHS England", "partners"} <= {r["text"] for r in rows}
    for row in rows:
        start, end = row["char_start"], row["char_end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert PAGE[start:end] == row["text"]
        assert row["statement"] == "partnerships"
        assert row["section"] == "Working with partners"


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".sqlite"])
def test_extract_writes_a_file(suffix: str, page: Path, tmp_path: Path) -> None:
    """With ``-o`` nothing goes to standard output."""
    target = tmp_path / f"rows{suffix}"
    result = run("extract", page, "-o", target)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert b"Northmere Partnership Board" in target.read_bytes()


@pytest.mark.parametrize("command", ["extract", "scores", "facts"])
def test_csv_is_written_for_spreadsheets(command: str, tmp_path: Path) -> None:
    """No cell is run as a formula, whatever a file is called; ``--raw`` gives texts as they are."""
    page = tmp_path / "=cmd.txt"
    figures = "Demographics\n\nIt has a population of 41,049 people.\n\nPartnerships"
    page.write_text(PAGE.replace("Partnerships", figures, 1), encoding="utf-8")
    target = tmp_path / "rows.csv"
    with contextlib.chdir(tmp_path):
        run(command, page.name, "-o", target)
        assert target.read_bytes().startswith(b"\xef\xbb\xbfreport_id,source,")
        with target.open(encoding="utf-8-sig", newline="") as file:
            assert {row["source"] for row in csv.DictReader(file)} == {"'=cmd.txt"}
        run(command, page.name, "-o", target, "--raw")
        with target.open(encoding="utf-8", newline="") as file:
            assert {row["source"] for row in csv.DictReader(file)} == {"=cmd.txt"}


def test_an_unknown_suffix_is_wrong_use(page: Path) -> None:
    """Exit status 2, before anything is read."""
    result = run("extract", page, "-o", "rows.ods")
    assert result.exit_code == 2
    assert ".parquet" in result.stderr


def test_a_place_that_cannot_be_written_fails(page: Path, tmp_path: Path) -> None:
    """One sentence, exit status 1."""
    result = run("extract", page, "-o", tmp_path / "none" / "rows.csv")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_scores_has_a_column_for_each_statement(page: Path) -> None:
    """The nine statements are there, with or without a score."""
    (row,) = lines(run("scores", page))
    assert list(row)[-9:] == [
        *("assessing-needs", "healthier-lives", "equity", "care-provision", "partnerships"),
        *("safe-systems", "safeguarding", "governance", "learning"),
    ]
    assert (row["partnerships"], row["learning"]) == (3, None)


def test_scores_are_a_table_for_people(page: Path) -> None:
    """With all nine scores in a line of a terminal; in a pipe they are JSON Lines."""
    scores = "\n".join(
        f"{n}\n\nScore: 3\n" for n in ("Safeguarding", "Governance, management and sustainability")
    )
    page.write_text(
        f"Kent County Council: local authority assessment\n\n{scores}", encoding="utf-8"
    )
    result = CliRunner().invoke(group, ["scores", str(page), "--table"], env={"COLUMNS": "120"})
    head, *body = result.stdout.splitlines()
    assert head.split() == ["short_name", "safeguarding", "governance"]
    assert [line.split() for line in body] == [["Kent", "3", "3"]]
    assert json.loads(run("scores", page).stdout)["safeguarding"] == 3


# --- explain ----------------------------------------------------------------------------------


def test_explain_says_what_stands_at_a_place(page: Path) -> None:
    """Statement, section, sentence, and each mention with its extractor."""
    result = run("explain", page, PAGE.index("Northmere Partnership"))
    assert result.exit_code == 0
    assert "Partnerships and communities (partnerships)" in result.stdout
    assert "Working with partners (topic)" in result.stdout
    assert "'Northmere Partnership Board'" in result.stdout
    assert "extractor   partners" in result.stdout


def test_explain_says_what_attributes_mean_and_why() -> None:
    """Attributes have their place and meaning; rule and cues say why the mention was made."""
    text = PAGE + "\nIt ran a new 6-week reablement service.\n"
    result = run("explain", "-", text.index("reablement"), stdin=text)
    start = text.index("6-week")
    assert f"'6-week' at {start}-{start + 6}, which means days 42" in result.stdout
    assert "status      new" in result.stdout
    assert "rule  " in result.stdout
    assert "cue         'new'" in result.stdout


@attrs.frozen(kw_only=True)
class Town(Mention):
    """A kind that a plugin might bring."""

    kind = "town"

    population: Reading[int] | None = None
    names: tuple[str, ...] = ()


def test_explain_prints_whatever_a_kind_holds(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fields of a plugin's kind are shown without the core knowing them."""

    class Towns:
        name = "towns"
        produces: tuple[type[Mention], ...] = (Town,)

        def extract(self, view: View) -> list[Town]:
            words = view.document.text[:7]
            where = Span(0, 7)
            evidence = Evidence(rule="first-word", beat=("head: Rut",))
            town = Town(
                span=where,
                text=words,
                canonical="rutland",
                population=Reading(words, where, 41_000),
                evidence=evidence,
            )
            return [town, attrs.evolve(town, span=Span(8, 14), text="County", evidence=None)]

    monkeypatch.setattr("cqcparse.cli.choices.Parser", lambda **_: Parser(extractors=[Towns()]))
    first, second = run("explain", page, 2), run("explain", page, 9)
    assert "canonical   rutland" in first.stdout
    assert "which means 41000" in first.stdout
    assert "beat        head: Rut" in first.stdout
    assert "names" not in first.stdout
    assert "the extractor gives none" in second.stdout


def test_explain_where_nothing_is(page: Path) -> None:
    """A place without mentions says so."""
    result = run("explain", page, 3)
    assert "mentions    none here" in result.stdout


def test_explain_outside_of_the_report(page: Path) -> None:
    """An offset past the end is wrong use, a missing file a failed input."""
    assert run("explain", page, 10**6).exit_code == 2
    assert run("explain", page, "-1").exit_code == 2
    result = run("explain", page.with_name("none.txt"), 0)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there is no such file" in result.stderr


# --- plugins ----------------------------------------------------------------------------------


def test_plugins_lists_the_built_in_ones() -> None:
    """As a table and as JSON."""
    assert "partners" in run("plugins").stdout
    infos = json.loads(run("plugins", "--json").stdout)
    assert {"funding", "services", "partners"} <= {e for i in infos for e in i["extractors"]}
    built_in = [info for info in infos if info["distribution"] == "cqcparse"]
    assert {info["state"] for info in built_in} == {"loaded"}


def test_plugins_says_why_one_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin that cannot be imported is listed with its error, and the exit status says so."""
    monkeypatch.setattr(
        "cqcparse.extraction.plugins.DEFAULT_PLUGINS", ("cqcparse.extractors.none",)
    )
    result = run("plugins")
    assert result.exit_code == 1
    assert "failed" in result.stdout
    assert "cqcparse.extractors.none: ModuleNotFoundError" in result.stdout


# --- evaluate and diff ------------------------------------------------------------------------


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A gold file for the report, with one mention in it and one that nobody would find."""
    folder = tmp_path / "gold"
    folder.mkdir()
    rows = []
    for kind, quote in (("partner", "Northmere Partnership Board"), ("service", "Working")):
        start = PAGE.index(quote)
        end = start + len(quote)
        rows.append({"kind": kind, "type": "board", "quote": quote, "start": start, "end": end})
    path = folder / "northmere.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_evaluate_prints_scores_and_lists(page: Path, gold: Path) -> None:
    """Scores by kind, and the lists that were asked for with their sentences."""
    result = run(
        *("evaluate", gold.parent, "--reports", page.parent),
        *("--show", "misses,false", "--by-report", "--by-rule"),
    )
    assert result.exit_code == 0, result.stderr
    assert "overlap P" in result.stdout
    assert "Missed (1)" in result.stdout
    assert "[[NHS England]]" in result.stdout
    data = json.loads(run("evaluate", gold, "--reports", page.parent, "--json").stdout)
    assert data["reports"][0]["report"] == "gold/northmere"


def test_evaluate_writes_a_page(page: Path, gold: Path, tmp_path: Path) -> None:
    """The page for people is written beside the text."""
    target = tmp_path / "review.html"
    assert run("evaluate", gold, "--reports", page.parent, "--html", target).exit_code == 0
    assert "<mark>NHS England</mark>" in target.read_text(encoding="utf-8")


def test_evaluate_keeps_floors(page: Path, gold: Path, tmp_path: Path) -> None:
    """Floors are made by a run, hold for it, and fail with a sentence each for a worse one."""
    floors = tmp_path / "floors.json"
    evaluate = ("evaluate", gold, "--reports", page.parent, "--floors", floors)
    assert run(*evaluate).exit_code == 1, "there are none yet"
    assert run(*evaluate, "--raise-floors").exit_code == 0
    assert run(*evaluate).exit_code == 0
    page.write_text(PAGE.replace("Northmere Partnership Board", "Someone else in Northmere. "))
    gold.write_text(
        gold.read_text().replace("Northmere Partnership Board", "Someone else in Northmere. ")
    )
    result = run(*evaluate)
    assert result.exit_code == 1
    assert "partner, overlap_f1: 0.0000 is below the floor of" in result.stderr
    assert run("evaluate", gold, "--raise-floors").exit_code == 2


def test_evaluate_names_what_is_wrong(page: Path, gold: Path) -> None:
    """A bad gold file, a missing report and an unknown list are one sentence each."""
    assert run("evaluate", gold, "--show", "hits").exit_code == 2
    result = run("evaluate", gold)
    assert result.exit_code == 1
    assert "no report named northmere.*" in result.stderr
    gold.write_text('{"kind": "service"}', encoding="utf-8")
    result = run("evaluate", gold, "--reports", page.parent)
    assert result.exit_code == 1
    assert f"{gold}, line 1: 'quote' is missing" in result.stderr


def test_diff_compares_saved_runs(page: Path, tmp_path: Path) -> None:
    """Rows and assessments can be compared with each other."""
    rows, whole = tmp_path / "rows.jsonl", tmp_path / "whole.jsonl"
    rows.write_text(run("extract", page).stdout, encoding="utf-8")
    whole.write_text(run("parse", "--json", page).stdout, encoding="utf-8")
    assert "0 added, 0 removed, 0 changed, 3 the same" in run("diff", rows, whole).stdout
    first, *rest = rows.read_text(encoding="utf-8").splitlines()
    rows.write_text("\n".join([first.replace('"board"', '"group"'), *rest[:-1]]), encoding="utf-8")
    result = run("diff", rows, whole)
    assert result.exit_code == 0
    assert "type: 'group' -> 'board'" in result.stdout
    assert "1 added, 0 removed, 1 changed, 1 the same" in result.stdout
    assert len(json.loads(run("diff", "--json", rows, whole).stdout)["changes"]) == 2


def test_combined_json_is_first_class(page: Path, tmp_path: Path) -> None:
    """It has a schema of its own, `diff` reads it, and `from_json` says what does."""
    whole = tmp_path / "whole.jsonl"
    whole.write_text(run("parse", "--json", "--combine", page).stdout, encoding="utf-8")
    rows = tmp_path / "rows.jsonl"
    rows.write_text(run("extract", page).stdout, encoding="utf-8")
    text = whole.read_text(encoding="utf-8")

    jsonschema.validate(json.loads(text), json.loads(run("schema", "--combine").stdout))
    assert "0 added, 0 removed, 0 changed, 3 the same" in run("diff", rows, whole).stdout
    with pytest.raises(DataError, match="read it with report_from_json"):
        from_json(text)


SUMMARY = """\
Rutland County Council: local authority assessment

Local authority rating and score

Local authority rating

Good

Quality statement scores

""" + "\n\n".join(f"{item.title}\nScore: 1" for item in builtin_frameworks()[0].statements)


@pytest.mark.parametrize("option", [[], ["--combine"]])
def test_what_contradicts_the_scores_is_said(option: list[str], page: Path) -> None:
    """A rating that the scores do not make is told of a page and of a whole report."""
    page.with_name("summary.txt").write_text(SUMMARY, encoding="utf-8")
    said = "rating-mismatch: the rating is 'Good', but the scores make"
    assert said in run("parse", *option, page.parent).stdout
    assert said in run("scores", *option, page.parent).stderr


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "line 1: is not JSON"),
        ("[]", "line 1: is neither a row"),
        ('{"schema_version": 99}', "update cqcparse"),
        ('{"source": "a", "kind": "b", "text": "c", "char_start": "x", "char_end": 1}', "line 1: "),
        ('{"source": "a", "kind": "b", "text": "c", "char_start": 5, "char_end": 1}', "line 1: "),
    ],
)
def test_diff_names_what_is_wrong(text: str, reason: str, tmp_path: Path) -> None:
    """A file that is not a saved run is refused with its line."""
    path = tmp_path / "rows.jsonl"
    path.write_text(text, encoding="utf-8")
    result = run("diff", path, path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr
    assert run("diff", path.with_name("none"), path).exit_code == 1


def test_evaluate_goes_on_after_a_bad_gold_file(page: Path, gold: Path) -> None:
    """The others are scored, and the exit status says that one was left out."""
    (gold.parent / "bad.jsonl").write_text("{", encoding="utf-8")
    result = run("evaluate", gold.parent, "--reports", page.parent)
    assert result.exit_code == 1
    assert "all (1 report)" in result.stdout
    assert "bad.jsonl" in result.stderr


# --- as a process -----------------------------------------------------------------------------


def process(*args: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "cqcparse", *map(str, args)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **env},
    )


def test_as_a_process(page: Path) -> None:
    """Data is UTF-8 on standard output, whatever the locale."""
    result = process("extract", page, page.with_name("none.txt"), PYTHONIOENCODING="ascii")
    assert result.returncode == 1
    assert "’" in result.stdout
    assert json.loads(result.stdout.splitlines()[0])["source"] == page.name
    assert result.stderr.count("\n") == 1


def test_colour_is_for_screens_only(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on a screen there is none if ``NO_COLOR`` is set."""
    runner = CliRunner()
    assert "\x1b" in runner.invoke(group, ["parse", str(page)], color=True).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in runner.invoke(group, ["parse", str(page)], color=True).stdout


def test_a_reader_that_goes_away_is_no_error(page: Path) -> None:
    """``| head -1`` ends the command without a word."""
    for number in range(60):
        shutil.copy(page, page.with_name(f"copy{number}.txt"))
    command = [sys.executable, "-m", "cqcparse", "parse", "--json", str(page.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.read(1)
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


def test_progress_tells_how_fast_it_is_and_how_long_it_will_take(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rate counts what was read, not what was taken from a manifest."""
    clock = iter([0.0, *(float(second) for second in range(2, 100, 2))])
    monkeypatch.setattr("cqcparse.cli.progress.time.monotonic", lambda: next(clock))
    progress = Progress(60, wanted=True)
    for number in range(60):
        progress.step(unchanged=number < 30)
    lines = capsys.readouterr().err.splitlines()
    assert "a second" not in lines[9]
    rates = [line for line in lines if " a second" in line]
    assert rates
    assert all(" left" in line for line in rates[:-1])
    assert " left" not in rates[-1]

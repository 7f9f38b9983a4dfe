"""The function for engines: batches in, rows out, and nothing lost on the way."""

from __future__ import annotations

import gc
import importlib
import itertools
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cqcparse
from cqcparse import Parser
from cqcparse.arrow import extract, extract_pages, page_schema, schema
from cqcparse.corpora.page_tables import PAGE_TABLES
from cqcparse.errors import MissingPackageError
from cqcparse.model.tables import TableName
from cqcparse.testing import REPORT

pa = pytest.importorskip("pyarrow")

#: An extractor that does what stands in a line of the text.
OBEDIENT = """
import os, time
import attrs
import cqcparse

@attrs.frozen(kw_only=True)
class Order(cqcparse.Mention):
    kind = "order"
    weather: cqcparse.Quote | None = None

class Obedient:
    name = "obedient"
    produces = (Order,)
    def extract(self, view):
        for line in view.document.text.splitlines():
            if line.startswith("do "):
                exec(line[3:])
        return ()
"""
#: Reads without the plugins of this environment.
PLAIN = Parser(plugins=False)


@pytest.fixture
def paths(tmp_path: Path) -> list[str]:
    """Files of all fates: pages, a shopping list, an empty file, a broken one, and none."""
    files = {
        "a.txt": REPORT,
        "b.txt": REPORT.replace("Score: 3", "Score: 2"),
        "list.txt": "Milk\n\nBread\n",
        "empty.txt": "",
        "broken.pdf": "%PDF-1.4 broken",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [*(str(tmp_path / name) for name in files), str(tmp_path / "nowhere.txt")]


@pytest.fixture
def obedient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parser]:
    """A parser whose extractor may be told to end its process, with limits."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "obedient_in_engines.py").write_text(OBEDIENT, encoding="utf-8")
    importlib.invalidate_caches()
    module = importlib.import_module("obedient_in_engines")
    yield Parser([module.Obedient()], time_limit=3, any_document=True)
    sys.modules.pop("obedient_in_engines")


def without_failures(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without the columns that say why a page could not be read."""
    return {name: cell for name, cell in row.items() if name not in {"error_stage", "error"}}


@pytest.mark.parametrize("name", get_args(TableName))
def test_rows_are_those_of_the_pages(paths: list[str], name: TableName) -> None:
    """What comes out of a batch is what each page says by itself, then why others could not be read."""
    rows = extract(pa.table({"path": paths}), table=name, parser=PLAIN).to_pylist()
    read = [row for row in rows if row["error"] is None]
    expected = []
    for result in PLAIN.read_many(paths):
        if isinstance(result, cqcparse.Assessment):
            expected += result.rows(name)
    found = [without_failures(row) for row in read]
    assert [{k: row.get(k) for k in found[0]} for row in expected] == found
    failed = {Path(row["source"]).name: row for row in rows if row["error"]}
    assert failed.keys() == {"empty.txt", "broken.pdf", "nowhere.txt"}
    assert {row["error_stage"] for row in failed.values()} == {"while reading it"}
    assert failed["nowhere.txt"]["error"].endswith("there is no such file; check the path")


def test_what_goes_in_comes_out(paths: list[str]) -> None:
    """A row for each page, in order, whatever became of it; with the digest of its file."""
    pages = extract_pages(pa.table({"path": paths}), tables=["diagnostics"], parser=PLAIN)
    assert pages["source"].to_pylist() == paths
    assert [error is None for error in pages["error"].to_pylist()] == [True] * 3 + [False] * 3
    assert [found is None for found in pages["diagnostics"].to_pylist()] == [False] * 3 + [True] * 3
    given = pa.table(
        {"content": [Path(path).read_bytes() for path in paths[:3]], "path": paths[:3]}
    )
    assert extract_pages(given, tables=["diagnostics"], parser=PLAIN).equals(pages.slice(0, 3))


def test_lists_hold_the_rows_of_the_tables(paths: list[str]) -> None:
    """Several tables made in one reading are those that are made one by one."""
    batch = pa.table({"path": paths})
    pages = extract_pages(batch, tables=PAGE_TABLES, parser=PLAIN)
    assert pages.schema.equals(page_schema(PAGE_TABLES, parser=PLAIN), check_metadata=True)
    for name in PAGE_TABLES:
        rows = extract(batch, table=name, parser=PLAIN)
        assert rows.schema.equals(schema(name, parser=PLAIN), check_metadata=True)
        alone = rows.filter(rows["error"].is_null()).drop_columns(["error_stage", "error"])
        nested = [row for page in pages[name].to_pylist() for row in page or ()]
        assert nested == alone.to_pylist()
        assert pages.schema.field(name).type.value_type.names == alone.schema.names


@pytest.mark.parametrize("call", [extract, extract_pages])
def test_the_type_of_a_batch_stays(call: Any, paths: list[str]) -> None:  # noqa: ANN401 - one of two
    """A record batch gives a record batch, a table a table; also of no rows."""
    table = pa.table({"path": paths[:1], "other": [3]})
    (batch,) = table.to_batches()
    made = call(batch, parser=PLAIN)
    assert isinstance(made, pa.RecordBatch)
    assert pa.Table.from_batches([made]).equals(call(table, parser=PLAIN))
    for empty in (batch.slice(0, 0), table.slice(0, 0)):
        none = call(empty, parser=PLAIN)
        assert type(none) is type(empty)
        assert none.num_rows == 0
        assert none.schema.equals(made.schema, check_metadata=True)


@settings(max_examples=10, deadline=None)
@given(cuts=st.sets(st.integers(1, 7)), data=st.data())
def test_where_a_batch_is_cut_changes_nothing(cuts: set[int], data: st.DataObject) -> None:
    """However pages are shared out, the rows are the same, for each page in its order."""
    text = st.sampled_from(["Score: 3", "", "The council paid £2m to NHS England.", "\ud800 £5m"])
    texts = data.draw(st.lists(text, min_size=8, max_size=8))
    # Arrow has no halves of surrogate pairs, but bytes may decode to what looks like one.
    contents = [text.encode("utf-8", "surrogatepass") for text in texts]
    batch = pa.table({"content": contents, "source": [f"{n}.txt" for n in range(8)]})
    parser = ANY_DOCUMENT
    whole = extract_pages(batch, tables=["mentions", "sentences"], parser=parser)
    edges = [0, *sorted(cuts), 8]
    parts = [
        extract_pages(batch.slice(a, b - a), tables=["mentions", "sentences"], parser=parser)
        for a, b in itertools.pairwise(edges)
    ]
    assert pa.concat_tables(parts).equals(whole)


ANY_DOCUMENT = Parser(plugins=False, any_document=True)


def test_many_rows_make_one_batch() -> None:
    """More rows than are held at a time are still one batch, in order."""
    text = "Milk.\n\n" * 1_500
    batch = pa.record_batch({"content": [text, text, ""], "source": ["a.txt", "b.txt", "c.txt"]})
    rows = extract(batch, table="sentences", parser=PLAIN)
    assert rows.num_rows == 3_001
    assert rows["source"].to_pylist() == ["a.txt"] * 1_500 + ["b.txt"] * 1_500 + ["c.txt"]
    lists = extract_pages(batch, tables=["sentences"], parser=PLAIN)["sentences"]
    assert lists.value_lengths().to_pylist() == [1_500, 1_500, None]


def test_it_can_be_pickled(paths: list[str]) -> None:
    """What goes to the machines is the function with what was chosen."""
    chosen = partial(extract, table="statements", parser=PLAIN)
    sent = pickle.loads(pickle.dumps(chosen))  # noqa: S301 - packed here
    batch = pa.table({"path": paths})
    assert sent(batch).equals(chosen(batch))


def test_a_page_that_ends_its_process_is_a_row(obedient: Parser) -> None:
    """It is told with its stage, and the others are read; so is one that never ends."""
    ending = "do os._exit(3)"
    texts = ["one", ending, "two", "do time.sleep(60)", "three"]
    batch = pa.table({"content": texts, "source": [f"{n}.txt" for n in range(5)]})
    pages = extract_pages(batch, tables=["sentences"], parser=obedient)
    read = [[row["text"] for row in rows or ()] for rows in pages["sentences"].to_pylist()]
    assert read == [["one"], [], ["two"], [], ["three"]]
    stages = pages["error_stage"].to_pylist()
    assert stages == [None, said := "while running extractor 'obedient'", None, said, None]
    errors = pages["error"].to_pylist()
    assert errors[1].startswith(f"1.txt: the process that read it died (exit status 3) {said}")
    assert errors[3].startswith(f"3.txt: it took longer than its limit of 3 seconds {said}")


def test_a_process_that_is_killed_between_two_batches(obedient: Parser) -> None:
    """A page that did not kill it is read again in another, so nothing is lost."""
    batch = pa.table({"content": ["one"], "source": ["a.txt"]})
    first = extract(batch, table="sentences", parser=obedient)
    (worker,) = obedient._crew._idle
    worker.end()
    assert extract(batch, table="sentences", parser=obedient).equals(first)


@pytest.mark.skipif(sys.platform != "linux", reason="the nursery is of Linux")
def test_the_processes_go_with_the_parser() -> None:
    """An engine that is sent a parser for each partition does not gather processes."""
    batch = pa.table({"content": ["one"], "source": ["a.txt"]})
    extract(batch, parser=PLAIN)
    before = children_of_nursery()
    for _ in range(3):
        extract(batch, parser=Parser(plugins=False))
        gc.collect()
    for _ in range(200):
        extract(batch, parser=PLAIN)
        if len(children_of_nursery()) <= len(before) + 1:
            return
        time.sleep(0.05)
    pytest.fail("processes of parsers that are gone go on")


FORKING = """
import os, sys, warnings
import pyarrow as pa
from cqcparse.arrow import extract

warnings.simplefilter("ignore")
batch = pa.table({"content": ["The council paid £2m to NHS England."], "source": ["a.txt"]})
first = extract(batch, table="sentences")
child = os.fork()
if not child:
    os._exit(0 if extract(batch, table="sentences").equals(first) else 1)
assert extract(batch, table="sentences").equals(first)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system copies no processes")
def test_a_copy_of_the_process_has_processes_of_its_own() -> None:
    """An engine may fork its workers: they do not talk into each other's reading."""
    done = subprocess.run([sys.executable, "-c", FORKING], check=False, timeout=120)
    assert done.returncode == 0


def children_of_nursery() -> list[str]:
    """Return the ids of the processes that the nursery of this one has forked."""
    from cqcparse.workers import starting

    pid = starting._nursery()._process.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.parametrize(
    ("columns", "error", "said"),
    [
        ({"file": ["a"]}, ValueError, r"the batch has the columns \['file'\]: give 'path'"),
        ({"path": [1]}, TypeError, "a cell of the batch is a int: 'path' is to be text"),
        ({"content": [1]}, TypeError, "a cell of the batch is a int: 'content' is to be bytes"),
    ],
)
def test_wrong_columns(columns: dict[str, list[Any]], error: type[Exception], said: str) -> None:
    """A batch that nothing can be read from is told at once."""
    with pytest.raises(error, match=said):
        extract(pa.table(columns), parser=PLAIN)


def test_wrong_use() -> None:
    """What is no batch, and no table, is told in a sentence."""
    with pytest.raises(TypeError, match="the batch is a dict: give a pyarrow RecordBatch or Table"):
        extract({"path": ["a"]}, parser=PLAIN)
    nothing: Any = "scoers"
    with pytest.raises(ValueError, match="there is no table 'scoers'; the tables are mentions, "):
        schema(nothing)


def test_a_row_without_a_page() -> None:
    """A row with neither path nor content is told as a page that could not be read."""
    batch = pa.table({"path": pa.array([None], pa.string())})
    (row,) = extract(batch, parser=PLAIN).to_pylist()
    assert row["error"] == "<nothing>: the row has neither content nor path; leave it out"


def test_scores_have_the_statements_of_the_profile() -> None:
    """Whatever is read later, the columns are known: of councils, or of the profile that was chosen."""
    assert "safeguarding" in schema("scores", parser=PLAIN).names
    names = schema("scores", parser=Parser(plugins=False, framework="provider-saf")).names
    assert "medicines" in names
    assert "equity" in names


def test_columns_of_plugins_are_there(obedient: Parser) -> None:
    """Kinds of extractors that were given as objects have their columns as those of plugins have."""
    names = set(schema("mentions", parser=obedient).names)
    assert {"amount_low", "weather", "error"} <= names


def test_pyarrow_is_asked_for_when_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module costs nothing by itself; a call without pyarrow says what to install."""
    code = "import sys, cqcparse.arrow; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    said = r"cqcparse.arrow.schema needs the package pyarrow: pip install 'cqcparse\[tables\]'"
    with pytest.raises(MissingPackageError, match=said):
        schema()

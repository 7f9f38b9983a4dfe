"""The pages on engines are true: their scripts run, give what one process gives, and lose nothing.

Each engine has an environment of its own, which `make test-engines` makes; elsewhere they are skipped.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

from cqcparse import Parser
from cqcparse.arrow import extract
from cqcparse.corpora.page_tables import PageTable
from cqcparse.testing import REPORT

pa = pytest.importorskip("pyarrow")

PAGES = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "engines"
SCRIPT = re.compile(
    r"[Ss]ave it\s+as\s+`(\w+\.py)`:\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL
)
COMMAND = re.compile(r"^\$ python (.+)$", re.MULTILINE)

#: Stands where every Python process of an engine looks when it starts: one of them is killed when it
#: is called for the second time; not the first, which is the program itself, if that is not called
#: otherwise.
SABOTAGE = """
import os, signal

program = os.environ.setdefault("PROGRAM", str(os.getpid()))
once = os.environ["KILLED"]
calls = 0


def spoilt(call):
    def extract(batch, **options):
        global calls
        calls += 1
        rows = call(batch, **options)
        if calls == 2 and str(os.getpid()) != program:
            try:
                os.close(os.open(once, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                pass
            else:
                os.kill(os.getpid(), signal.SIGKILL)
        return rows

    return extract


import cqcparse.arrow

cqcparse.arrow.extract = spoilt(cqcparse.arrow.extract)
cqcparse.arrow.extract_pages = spoilt(cqcparse.arrow.extract_pages)
"""


@attrs.frozen
class Engine:
    """An engine, and how it differs from others."""

    name: str
    module: str
    #: What stands before the path of a file that it has read itself.
    scheme: str = ""
    #: Whether it passes over files without content.
    skips_empty: bool = False
    #: Whether its workers are processes of their own, which it starts again.
    has_workers: bool = True


ENGINES = (
    Engine("spark", "pyspark", scheme="file:", skips_empty=True),
    Engine("ray", "ray"),
    Engine("dask", "distributed"),
    Engine("daft", "daft", has_workers=False),
)


class Killed(Exception):  # noqa: N818 - not an error, but what was wanted
    """The program itself was killed."""


def scripts(page: str) -> list[tuple[str, str, str]]:
    """Return name, code and arguments of the scripts of a page."""
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    saved = SCRIPT.findall(text)
    called = [shlex.split(command) for command in COMMAND.findall(text)]
    assert [name for name, _ in saved] == [name for name, *_ in called]
    return [(name, code, words[2]) for (name, code), words in zip(saved, called, strict=True)]


CASES = [
    pytest.param(engine, name, code, output, id=name)
    for engine in ENGINES
    for name, code, output in scripts(engine.name)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with pages, no two the same, and files that are none."""
    (tmp_path / "reports").mkdir()
    texts = {f"{n:03}.txt": REPORT.replace("2.4 million", f"{n}.5 million") for n in range(120)}
    texts |= {"empty.txt": "", "list.txt": "Milk\n\nBread\n", "broken.pdf": "%PDF-1.4 broken"}
    for name, text in texts.items():
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    return tmp_path / "reports"


def run(engine: Engine, script: str, code: str, output: str, folder: Path, **more: str) -> Path:
    """Run a script of a page as a reader does; return where it writes."""
    if importlib.util.find_spec(engine.module) is None:
        pytest.skip(f"{engine.module} is not installed: make test-engines ENGINES={engine.name}")
    if engine.name == "spark" and shutil.which("java") is None:
        pytest.skip("there is no Java, which Spark needs")
    place = folder.parent
    (place / script).write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, folder.name, output],
        cwd=place,
        env={**os.environ, "DO_NOT_TRACK": "1", "RAY_USAGE_STATS_ENABLED": "0", **more},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode == -signal.SIGKILL:
        raise Killed
    assert done.returncode == 0, done.stdout[-5_000:]
    return place / output


def in_one_process(engine: Engine, folder: Path, table: PageTable, *, by_itself: bool) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return the rows that this process has of the folder.

    Args:
        engine: What is compared.
        folder: The pages.
        table: Which rows.
        by_itself: Whether the engine hands over what is in the files.
    """
    files = sorted(folder.iterdir())
    columns: dict[str, list[Any]] = {"path": [str(path) for path in files]}
    if by_itself and engine.scheme:
        files = [path for path in files if path.stat().st_size or not engine.skips_empty]
        columns = {
            "path": [f"{engine.scheme}{path}" for path in files],
            "content": [path.read_bytes() for path in files],
        }
    return extract(pa.table(columns), table=table, parser=Parser())


def as_bytes(rows: Any, schema: Any) -> bytes:  # noqa: ANN401 - pyarrow has no types
    """Return rows as bytes, those of a page in their order, and the pages by name."""
    rows = rows.select(schema.names).cast(schema.remove_metadata())
    rows = rows.sort_by("source").combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def read(path: Path) -> Any:  # noqa: ANN401 - pyarrow has no types
    """Return what an engine has written."""
    import pyarrow.parquet as pq

    files = sorted(path.rglob("*.parquet"))
    assert files
    return pa.concat_tables(
        [pq.ParquetFile(file).read() for file in files], promote_options="permissive"
    )


def compare(engine: Engine, script: str, written: Path, folder: Path) -> None:
    """Hold all that a script has written against one process, to the byte."""
    if script.endswith("_mentions.py"):
        expected = in_one_process(engine, folder, "mentions", by_itself=False)
        assert as_bytes(read(written), expected.schema) == as_bytes(expected, expected.schema)
        return
    tables: tuple[PageTable, ...] = ("pages", "mentions", "sentences", "diagnostics")
    for table in tables:
        expected = in_one_process(engine, folder, table, by_itself=True)
        if table != "pages":  # the failures are in that of pages
            expected = expected.filter(expected["error"].is_null())
            expected = expected.drop_columns(["error_stage", "error"])
        assert expected.num_rows
        assert as_bytes(read(written / table), expected.schema) == as_bytes(
            expected, expected.schema
        )


@pytest.mark.parametrize(("engine", "script", "code", "output"), CASES)
def test_the_same_bytes(engine: Engine, script: str, code: str, output: str, folder: Path) -> None:
    """What the engine writes is what one process makes of the same pages, failures included."""
    compare(engine, script, run(engine, script, code, output, folder), folder)


@pytest.mark.parametrize(("engine", "script", "code", "output"), CASES)
def test_a_worker_is_killed(
    engine: Engine, script: str, code: str, output: str, folder: Path
) -> None:
    """The same, when a worker is killed in the middle; or the program, and it is run again."""
    tmp_path = folder.parent
    sabotage = tmp_path / "sabotage"
    sabotage.mkdir()
    (sabotage / "sitecustomize.py").write_text(SABOTAGE, encoding="utf-8")
    killed = tmp_path / "killed"
    smaller = code.replace("64", "16")  # so that some worker has a second batch
    spoilt = {"PYTHONPATH": str(sabotage), "KILLED": str(killed)}
    if not engine.has_workers:
        spoilt["PROGRAM"] = "another"
        with pytest.raises(Killed):
            run(engine, script, smaller, output, folder, **spoilt)
    written = run(engine, script, smaller, output, folder, **spoilt)
    assert killed.exists()
    compare(engine, script, written, folder)

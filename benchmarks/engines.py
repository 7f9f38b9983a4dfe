"""Throughput of an engine beside `read_many` on the same pages, in one run, and the same rows.

Both have two processes that read, and take turns on portions of the pages, so that what else the
machine does falls on both. What starts with the first page, of either, is not counted.

Usage: tools/test-engine ENGINE python3 benchmarks/engines.py ENGINE [PAGES]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

import cqcparse
from cqcparse.arrow import extract, extract_pages, page_schema, schema
from cqcparse.testing import REPORT

ROUNDS = 2
BATCH = 64
WORKERS = 2

#: Takes paths, and returns the rows of mentions.
Run = Callable[[Sequence[str]], Any]


def spark() -> Run:
    """Return what runs it on Spark."""
    from pyspark.sql import SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master(f"local[{WORKERS}]")
        .config("spark.ui.enabled", value=False)
        # The second compiler of the JVM takes longer than what it has to compile.
        .config("spark.driver.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    form = from_arrow_schema(schema())

    def read(batches: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
        yield from map(extract, batches)

    def run(paths: Sequence[str]) -> Any:  # noqa: ANN401 - pyarrow has no types
        rows = [(path,) for path in paths]
        pages = session.createDataFrame(rows, "path string").repartition(8 * WORKERS)
        return pages.mapInArrow(read, form).toArrow()

    return run


def ray() -> Run:
    """Return what runs it on Ray Data."""
    os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112 - so it is called
    import ray

    ray.init(num_cpus=WORKERS, include_dashboard=False, logging_level="error")
    ray.data.DataContext.get_current().enable_progress_bars = False

    def run(paths: Sequence[str]) -> Any:  # noqa: ANN401 - pyarrow has no types
        batch = pa.table({"path": list(paths)})
        pages = ray.data.from_arrow(batch, override_num_blocks=8 * WORKERS)
        rows = pages.map_batches(extract, batch_format="pyarrow", batch_size=BATCH)
        return pa.concat_tables(ray.get(rows.to_arrow_refs()))

    return run


def dask() -> Run:
    """Return what runs it on Dask."""
    from dask.distributed import Client

    client = Client(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None)

    def run(paths: Sequence[str]) -> Any:  # noqa: ANN401 - pyarrow has no types
        pages = pa.table({"path": list(paths)})
        batches = [pages.slice(start, BATCH) for start in range(0, len(paths), BATCH)]
        return pa.concat_tables(client.gather(client.map(extract, batches, pure=False)))

    return run


def daft() -> Run:
    """Return what runs it on Daft."""
    import daft

    kind = daft.DataType.from_arrow_type(pa.struct([*page_schema()]))

    @daft.func.batch(return_dtype=kind, batch_size=BATCH)  # type: ignore[untyped-decorator]
    def read(paths: daft.Series) -> Any:  # noqa: ANN401 - pyarrow has no types
        batch = pa.table({"path": paths.to_arrow()})
        return extract_pages(batch).to_struct_array().combine_chunks()

    def run(paths: Sequence[str]) -> Any:  # noqa: ANN401 - pyarrow has no types
        files = daft.from_pydict({"path": list(paths)})
        page = files.select(read(daft.col("path")).alias("page")).to_arrow()["page"]
        rows = pa.Table.from_struct_array(page.combine_chunks())["mentions"].combine_chunks()
        return pa.Table.from_struct_array(rows.flatten())

    return run


ENGINES: dict[str, Callable[[], Run]] = {"spark": spark, "ray": ray, "dask": dask, "daft": daft}


def main(name: str, count: str = "1000") -> None:
    """Print the figures of an engine."""
    run = ENGINES[name]()
    first = 8 * WORKERS * BATCH  # every worker has its process then
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), first + int(count))
        reading = cqcparse.read_many(paths, workers=WORKERS)
        size = int(count) // ROUNDS
        took = {"read_many": 0.0, name: 0.0}
        rows = run(paths[:first])
        check(rows, list(islice(reading, first)))
        for number in range(ROUNDS):
            start = first + number * size
            part = paths[start : start + size]
            made: dict[str, Any] = {}
            for turn in sorted(took, reverse=bool(number % 2)):
                begun = time.perf_counter()
                made[turn] = list(islice(reading, size)) if turn == "read_many" else run(part)
                took[turn] += time.perf_counter() - begun
            check(made[name], made["read_many"])
    speed = {turn: ROUNDS * size / seconds for turn, seconds in took.items()}
    each = ", ".join(f"{turn} {pages:.0f}" for turn, pages in speed.items())
    print(f"{ROUNDS * size:,} pages, and the same rows of each; pages a second: {each}")
    print(f"{name} has {speed[name] / speed['read_many']:.0%} of the throughput of read_many")


def write(folder: Path, count: int) -> list[str]:
    """Write pages, no two the same; return their paths."""
    paths = [folder / f"{number:06}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(REPORT.replace("2.4 million", f"{number + 1},000"), encoding="utf-8")
    return [str(path) for path in paths]


def check(rows: Any, pages: Sequence[Any]) -> None:  # noqa: ANN401 - pyarrow has no types
    """Hold the rows of the engine against those of the pages, in bytes."""
    form = schema().remove_metadata()
    names = form.names[:-2]
    of_pages = [row for page in pages for row in page.rows("mentions")]
    expected = pa.Table.from_pylist(of_pages, form).select(names)
    if as_bytes(rows.select(names).cast(expected.schema)) != as_bytes(expected):
        sys.exit("the rows are not the same")


def as_bytes(rows: Any) -> bytes:  # noqa: ANN401 - pyarrow has no types
    """Return rows as bytes, pages by name."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows.sort_by("source").combine_chunks())
    content: bytes = sink.getvalue().to_pybytes()
    return content


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Folders that do not outlive this process, however it ends."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from cqcparse.workers.starting import unfinished


@contextlib.contextmanager
def swept(beside: Path) -> Iterator[Path]:
    """Give a new folder beside a file, which is removed at the end.

    It is removed even if this process is killed, by the nursery of its workers, if it has one.

    Args:
        beside: What will be made in the folder and then moved here.

    Raises:
        OSError: If the folder cannot be made.
    """
    import shutil  # noqa: PLC0415 - for commands that write only
    import tempfile  # noqa: PLC0415 - likewise

    folder = tempfile.mkdtemp(prefix=".cqcparse-", suffix=".part", dir=beside.parent)
    called_off = unfinished(folder)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        called_off()

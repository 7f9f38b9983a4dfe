"""Fuzz the targets with atheris: ``python -m tests.fuzz.run [--runs N | --seconds N] [TARGET ...]``.

What breaks a promise is written to ``build/fuzz``, with a log for each target. Once it is mended, the
input is kept in the corpus of its target, under a name that says what it is.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from unittest.mock import patch

_FOLDER = Path(__file__).parent
_FOUND = Path("build/fuzz")
#: Where libFuzzer ends an input: bytes, seconds and megabytes.
_LIMITS = ("-max_len=20000", "-timeout=120", "-rss_limit_mb=2000")


def main() -> int:
    """Run the fuzzer of each target, and say which failed."""
    names = sorted(path.name for path in (_FOLDER / "corpus").iterdir())
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__)
    how_long = parser.add_mutually_exclusive_group()
    how_long.add_argument("--runs", type=int, help="inputs for each target, always the same")
    how_long.add_argument("--seconds", type=int, default=60, help="time for each target")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(names)}")
    given = parser.parse_args()
    if unknown := set(given.targets) - set(names):
        parser.error(f"there is no target {min(unknown)!r}; there are {', '.join(names)}")
    if importlib.util.find_spec("atheris") is None:
        print("fuzzing is skipped: atheris cannot be installed for this Python on this system")
        return 0
    os.environ["CQCPARSE_PLUGINS"] = ""
    how = [f"-runs={given.runs}", "-seed=1"] if given.runs else [f"-max_total_time={given.seconds}"]
    targets = _instrumented()
    # A PDF is read in this process, where it is seen what was reached; libFuzzer has the limits.
    with patch("cqcparse.reading.pdf.is_worker", return_value=True):
        failed = [name for name in given.targets or names if _fails(targets, name, how)]
    return min(len(failed), 1)


def _instrumented() -> Any:  # noqa: ANN401 - a module
    """Return the targets, with all of the package that they lead to under observation."""
    import atheris

    _FOUND.mkdir(parents=True, exist_ok=True)
    log = (_FOUND / "instrumenting.log").open("w", encoding="utf-8")
    with log, patch("sys.stderr", log), atheris.instrument_imports(include=["cqcparse"]):
        targets = importlib.import_module("tests.fuzz.targets")
        # What reads a format is imported when it is first needed: now.
        with patch("cqcparse.reading.pdf.is_worker", return_value=True):
            for name, target in targets.TARGETS.items():
                for path in sorted((_FOLDER / "corpus" / name).iterdir()):
                    target.check(path.read_bytes())
    return targets


def _fails(targets: Any, name: str, how: list[str]) -> bool:  # noqa: ANN401 - a module
    """Run the fuzzer of a target in a process of its own; return whether it found something."""
    log = _FOUND / f"{name}.log"
    target = targets.TARGETS[name]
    grown = _FOUND / name
    grown.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as empty:
        options = [
            # What is to be the same everywhere begins with what is kept, and with nothing else.
            empty if "-seed=1" in how else str(grown),
            *map(str, targets.folders_of(name)),
            f"-dict={_FOLDER / 'dictionaries' / target.dictionary}.dict",
            f"-artifact_prefix={_FOUND / name}-",
            *_LIMITS,
            *how,
        ]
        child = os.fork()
        if not child:
            _fuzz(target.check, options, log)
        _, status = os.waitpid(child, 0)
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    reached = [line for line in lines if "DONE" in line] or lines
    print(f"{name:12}", *reached[-1:], flush=True)
    if status:
        print(f"{name:12} failed: see {log}, and the input beside it", flush=True)
    return bool(status)


def _fuzz(check: Callable[[bytes], None], options: list[str], log: Path) -> NoReturn:
    """Be the fuzzer of one target."""
    import atheris

    with log.open("w", encoding="utf-8") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
        atheris.Setup([sys.argv[0], *options], check)
        atheris.Fuzz()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())

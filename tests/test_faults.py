"""What can fail fails, once at every place: what was there stays, and nothing half-written is left."""

from __future__ import annotations

import errno
import io
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

import pytest
from click.testing import CliRunner

from cqcparse.cli import group
from tests.warm_commands import WarmCommands

PAGE = """\
Rutland County Council: local authority assessment

Partnerships and communities

Score: 3

Key findings for this quality statement

The council worked with Northmere Partnership Board and NHS England, and paid £2m in 2022/23.
"""
P = ParamSpec("P")
T = TypeVar("T")

FORMATS = (".jsonl", ".csv", ".parquet", ".sqlite", ".duckdb")
#: A file name that is not UTF-8, as Linux may have it.
ODD = os.fsdecode(b"b\xff.txt")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A short report."""
    path = tmp_path / "in" / "page.txt"
    path.parent.mkdir()
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for what is written."""
    path = tmp_path / "out"
    path.mkdir()
    return path


#: How the command line of a user begins.
COLD = (sys.executable, "-m", "cqcparse")


def unmeasured() -> dict[str, str]:
    """Return the environment without coverage, whose own files would fail as those of a user."""
    return {name: value for name, value in os.environ.items() if "COVERAGE" not in name}


Shell = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(warm: WarmCommands) -> Shell:
    """Runs the command line with what a shell does to its streams."""
    return partial(run_in_shell, warm.cqcparse)


def run_in_shell(
    start: Sequence[str], line: str, *args: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run a command that begins with *start*, and ends with what a shell reads."""
    return subprocess.run(
        ["sh", "-c", f'"$@" {line}', "sh", *start, *map(str, args)],
        env=unmeasured(),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def one_sentence(text: str) -> bool:
    """Return whether standard error is one message, and no traceback."""
    return text.count("\n") == 1 and text.startswith("cqcparse: ")


# --- each step of writing -----------------------------------------------------------------------


class Fault:
    """Counts the steps of writing, and has one of them fail as on a full disk.

    Args:
        place: Which step, counted from 1; 0 for none.
    """

    def __init__(self, place: int) -> None:
        self.place = place
        self.steps = 0

    def step(self) -> None:
        """Count a step."""
        self.steps += 1
        if self.steps == self.place:
            raise OSError(errno.ENOSPC, "No space left on device")

    def before(self, function: Callable[P, T]) -> Callable[P, T]:
        """Return *function* as a step."""

        def stepping(*args: P.args, **options: P.kwargs) -> T:
            self.step()
            return function(*args, **options)

        return stepping

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the steps where files are made, written, flushed and renamed."""
        fault, opened = self, io.open

        class Raw(io.FileIO):
            def write(self, data: bytes) -> int:  # type: ignore[override]
                fault.step()
                return super().write(data)

        def open_(  # noqa: PLR0913, PLR0917 - as what it stands for
            file: str | Path,
            mode: str = "r",
            buffering: int = -1,
            encoding: str | None = None,
            errors: str | None = None,
            newline: str | None = None,
        ) -> IO[Any] | io.BufferedWriter:
            if "w" not in mode:
                return opened(file, mode, buffering, encoding, errors, newline)
            fault.step()
            raw: io.RawIOBase = Raw(file, "w")
            buffered = io.BufferedWriter(raw, buffer_size=1024)
            if "b" in mode:
                return buffered
            return io.TextIOWrapper(buffered, encoding, errors, newline)

        monkeypatch.setattr(io, "open", open_)
        for name in ("mkdir", "replace", "rename", "fsync"):
            monkeypatch.setattr(os, name, self.before(getattr(os, name)))


def outcomes(monkeypatch: pytest.MonkeyPatch, *args: str | Path) -> Iterator[tuple[int, str]]:
    """Yield exit status and messages of a command for each step that can fail."""
    place = 1
    while True:
        fault = Fault(place)
        with monkeypatch.context() as patch:
            fault.install(patch)
            result = CliRunner().invoke(group, [str(arg) for arg in args])
        if fault.steps < place:
            assert result.exit_code == 0, result.stderr
            return
        yield result.exit_code, result.stderr
        place += 1


def contents(folder: Path) -> dict[Path, bytes]:
    """Return what stands in a folder."""
    return {path: path.read_bytes() for path in folder.iterdir()}


def written(output: Path) -> set[Path]:
    """Return what a table comes to: itself, and a header where it has no room for one."""
    header = output.with_name(f"{output.name}-metadata.json")
    return {output, header} if output.suffix in {".csv", ".jsonl"} else {output}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("existed", [False, True], ids=["new", "replaced"])
def test_every_step_of_writing_fails_once(
    suffix: str, *, existed: bool, page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence each; the old table stays to the byte, and there is nothing beside it."""
    output = folder / f"rows{suffix}"
    before: dict[Path, bytes] = {}
    if existed:
        assert CliRunner().invoke(group, ["extract", str(page), "-o", str(output)]).exit_code == 0
        before = contents(folder)
    seen = 0
    for status, said in outcomes(monkeypatch, "extract", page, "-o", output):
        seen += 1
        assert status == 1
        assert one_sentence(said)
        assert "cannot be written (No space left on device)" in said
        assert contents(folder) == before
    assert seen >= 3  # the folder, the flush to disk, the rename
    assert contents(folder).keys() == written(output)


@pytest.mark.parametrize("existed", [False, True], ids=["new", "replaced"])
def test_a_page_to_view(
    *, existed: bool, page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds for pages."""
    output = folder / "page.html"
    if existed:
        output.write_text("old", encoding="utf-8")
    for status, said in outcomes(monkeypatch, "view", page, "-o", output):
        assert status == 1
        assert one_sentence(said)
        assert [path.read_text() for path in folder.iterdir()] == ["old"] * existed


def test_a_new_plugin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder is there as a whole or not at all."""
    for status, said in outcomes(monkeypatch, "new-plugin", "towns", "--into", folder):
        if status:
            assert one_sentence(said)
            assert not list(folder.iterdir())
        else:  # a folder that is there already need not be made
            shutil.rmtree(folder / "cqcparse-towns")


# --- a disk that is full, for what does not write by Python -------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")
@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("size", [0, 4_096, 20_000, 300_000])
def test_a_file_that_cannot_grow(
    suffix: str, size: int, page: Path, folder: Path, warm: WarmCommands
) -> None:
    """Wherever the writing stops, the old table stays, and there is nothing beside it."""
    output = folder / f"rows{suffix}"
    output.write_bytes(b"")
    if suffix in {".sqlite", ".duckdb"}:
        output.unlink()
        assert CliRunner().invoke(group, ["extract", str(page), "-o", str(output)]).exit_code == 0
    before, held = output.read_bytes(), contents(folder)
    page.write_text(PAGE + "It paid NHS England £3m.\n" * 200, encoding="utf-8")
    done = subprocess.run(
        [*warm.cqcparse, "extract", page, "-o", output],
        env=unmeasured(),
        capture_output=True,
        check=False,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    if done.returncode == 0:  # it was enough
        assert output.read_bytes() != before
        assert contents(folder).keys() == written(output)
    else:
        assert one_sentence(done.stderr), done.stderr
        assert done.returncode == 1
        assert contents(folder) == held


# --- standard streams ---------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
class TestStreams:
    """Streams that are full or closed are one sentence; what does not need them is done."""

    @pytest.mark.parametrize(
        "args",
        [
            "parse PAGE",
            "parse --json PAGE",
            "extract PAGE",
            "scores PAGE",
            "explain PAGE 3",
            "schema",
            "plugins",
            "--help",
            "--version",
        ],
    )
    @pytest.mark.parametrize(
        ("how", "said"), [("> /dev/full", "No space left"), (">&-", "Bad file descriptor")]
    )
    def test_no_place_for_output(
        self, args: str, how: str, said: str, page: Path, shell: Shell
    ) -> None:
        """It is said, and the exit status tells it."""
        if "full" in how and not Path("/dev/full").exists():
            pytest.skip("not on Linux")
        done = shell(how, *args.replace("PAGE", str(page)).split())
        assert done.returncode == 1
        assert one_sentence(done.stderr), done.stderr
        assert f"standard output: cannot be used ({said}" in done.stderr

    @pytest.mark.parametrize(
        ("how", "said"),
        [
            (">&-", "standard output: cannot be used (Bad file descriptor"),
            ("<&-", "<stdin>: it cannot be read"),
            ("2>&-", ""),
        ],
    )
    def test_from_a_cold_start(self, how: str, said: str) -> None:
        """What an interpreter makes of closed streams at its start changes nothing."""
        done = run_in_shell(COLD, how, *("--version" if how == ">&-" else "parse -").split())
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("name", ["parse", "extract", "scores", "facts", "explain"])
    def test_no_input(self, name: str, shell: Shell) -> None:
        """A closed standard input is a failed input."""
        done = shell("<&-", name, "-", *("3" for _ in [0] if name == "explain"))
        assert done.returncode == 1
        assert one_sentence(done.stderr), done.stderr
        assert "<stdin>: it cannot be read" in done.stderr

    def test_all_closed(self, page: Path, folder: Path, shell: Shell) -> None:
        """What goes to a file is written there, and nothing else is."""
        output = folder / "rows.jsonl"
        none = page.with_name("none.txt")
        done = shell("<&- >&- 2>&-", "extract", page, none, "-o", output, "--progress")
        assert done.returncode == 1  # there is no such file, which nobody hears
        assert shell("", "extract", page).stdout == output.read_text(encoding="utf-8")

    def test_nobody_hears(self, page: Path, shell: Shell) -> None:
        """Without standard error the data is the same."""
        expected = shell("", "extract", page).stdout
        none = page.with_name("none.txt")
        assert shell("2>&-", "extract", none, page).stdout == expected != ""


# --- names --------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8 there")
class TestNames:
    """A name that is not UTF-8 is read like any other, and is written as escapes."""

    @pytest.fixture
    def odd(self, page: Path) -> Path:
        """A folder with such a file, and another."""
        shutil.copy(page, page.with_name(ODD))
        return page.parent

    @pytest.mark.parametrize(
        "args",
        ["parse", "parse --json", "parse --combine", "extract", "scores", "scores --combine"],
    )
    def test_standard_output(self, args: str, odd: Path, shell: Shell) -> None:
        """Both files are done."""
        done = shell("", *args.split(), odd)
        assert (done.returncode, done.stderr) == (0, "")
        if "combine" not in args:
            assert r"b\xff.txt" in done.stdout.replace("\\\\", "\\")
            assert "page.txt" in done.stdout

    @pytest.mark.parametrize(
        ("name", "suffix"),
        [*(("extract", suffix) for suffix in FORMATS), ("scores", ".csv"), ("facts", ".csv")],
    )
    def test_files(self, name: str, suffix: str, odd: Path, folder: Path, shell: Shell) -> None:
        """In every format, with a manifest too."""
        output = folder / f"rows{suffix}"
        manifest = f"--manifest={folder / 'manifest'}"
        extra = [manifest] if name == "extract" else []
        for _ in range(2):
            done = shell("", name, odd, "-o", output, *extra)
            assert (done.returncode, done.stderr) == (0, "")
        if name != "facts" and suffix in {".csv", ".jsonl", ".sqlite"}:
            assert rb"b\xff.txt" in output.read_bytes().replace(rb"\\", b"\\")

    @pytest.mark.parametrize("suffix", [*FORMATS, ".html"])
    def test_output_of_such_a_name(
        self, suffix: str, page: Path, folder: Path, shell: Shell
    ) -> None:
        """It is written, or one sentence says that the format has no such names."""
        output = folder / os.fsdecode(b"o\xff" + suffix.encode())
        done = shell("", "view" if suffix == ".html" else "extract", page, "-o", output)
        if suffix == ".duckdb":
            assert done.returncode == 1
            assert one_sentence(done.stderr), done.stderr
        else:
            assert (done.returncode, done.stderr) == (0, "")
            assert contents(folder).keys() == ({output} if suffix == ".html" else written(output))

    def test_a_file_that_fails(self, page: Path, shell: Shell) -> None:
        """The sentence names it in the same way."""
        done = shell("", "parse", page.with_name(ODD))
        assert done.returncode == 1
        assert rf"{page.parent}/b\xff.txt: there is no such file" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
@pytest.mark.parametrize("args", ["parse", "extract", "scores", "facts", "explain X 3"])
def test_a_pipe_is_not_waited_for(args: str, folder: Path, shell: Shell) -> None:
    """A pipe, whether or not somebody writes to it, is refused with what to do instead."""
    os.mkfifo(folder / "pipe.txt")
    name, *rest = args.split()
    done = shell("", name, folder / "pipe.txt", *rest[1:])
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "give its content on standard input" in done.stderr


class TestOwnInput:
    """No command writes over what it reads."""

    @pytest.mark.parametrize("args", ["extract", "scores", "facts", "view"])
    @pytest.mark.parametrize("how", ["same", "link", "hard link", "folder"])
    def test_it_is_refused(self, args: str, how: str, page: Path, folder: Path) -> None:
        """However the file is named, and before anything is written."""
        suffix = ".html" if args == "view" else ".csv"
        source = page.rename(page.with_suffix(suffix))
        target = source if how in {"same", "folder"} else folder / f"x{suffix}"
        if how == "link":
            target.symlink_to(source)
        elif how == "hard link":
            target.hardlink_to(source)
        named = source
        if how == "folder":
            if suffix != ".html":
                pytest.skip("folders are not searched for tables")
            named = source.parent
        result = CliRunner().invoke(group, [args, str(named), "-o", str(target)])
        assert result.exit_code == 2
        assert "would be read and written" in result.stderr
        assert source.read_text(encoding="utf-8") == PAGE

    def test_standard_input(self, page: Path, shell: Shell) -> None:
        """A file that a shell opened is a file too."""
        own = page.rename(page.with_suffix(".csv"))
        done = shell(f"< '{own}'", "extract", "-", "-o", own)
        assert done.returncode == 2
        assert own.read_text(encoding="utf-8") == PAGE


# --- signals ------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("suffix", "how", "status"),
    [
        *((suffix, signal.SIGTERM, 143) for suffix in FORMATS),
        (".jsonl", signal.SIGKILL, -9),
        (".duckdb", signal.SIGKILL, -9),
        (".jsonl", signal.SIGHUP, 129),
        (".jsonl", signal.SIGINT, 1),
    ],
)
def test_a_signal_in_the_middle(
    suffix: str, how: signal.Signals, status: int, page: Path, folder: Path
) -> None:
    """The old table stays, nothing is beside it, and no process is left."""
    if signal.getsignal(how) == signal.SIG_IGN:
        pytest.skip("these tests run where the signal is ignored, as behind a shell's &")
    output = folder / f"rows{suffix}"
    assert CliRunner().invoke(group, ["extract", str(page), "-o", str(output)]).exit_code == 0
    before = contents(folder)
    page.write_text(PAGE * 20_000, encoding="utf-8")
    words = [*COLD, "extract", str(page), str(page), "--workers", "2", "-o", str(output)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, env=unmeasured(), stdout=pipe, stderr=pipe) as child:
        try:
            wait_until(
                lambda: (
                    len(list(folder.iterdir())) > len(before) and len(descendants(child.pid)) == 3
                )
            )
            family = descendants(child.pid)
            child.send_signal(how)
            _, said = child.communicate(timeout=60)
        finally:
            child.kill()
    assert child.returncode == status
    assert b"Traceback" not in said
    wait_until(lambda: not family & running().keys())
    wait_until(lambda: {*folder.iterdir()} == before.keys())
    assert contents(folder) == before


def running() -> dict[int, int]:
    """Return the processes of this machine that have not ended, with their parents."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if state[0] != "Z":
                found[int(entry.name)] = int(state[1])
    return found


def descendants(pid: int) -> set[int]:
    """Return the processes below a process."""
    parents = running()
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that is bound to happen soon; a minute is for busy machines."""
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen")

"""Worker processes: order, limits, processes that die, and what is left when all is over."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import itertools
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import cqcparse
from cqcparse import Parser, ReadFailure
from cqcparse.workers import Limits, Loss, available_cores, call, in_order, is_worker, starting

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

#: An item of these tests is an expression, and the work is to evaluate it.
DEADLY = "__import__('os')._exit(3)"
KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"

#: An extractor that does what the text says.
OBEDIENT = """
import ctypes, os, sys, time
import cqcparse

class Obedient:
    name = "obedient"
    produces = (cqcparse.Partner,)
    def extract(self, view):
        exec(view.document.text)
        return ()
"""


def evaluated(*items: str, workers: int = 2) -> list[object]:
    """Return what becomes of expressions that are evaluated in worker processes."""
    return list(in_order(eval, items, workers=workers, lost=told))


def told(item: str, loss: Loss) -> object:
    """Return what is said of an item without a result."""
    return " ".join(filter(None, (f"lost {item}:", loss.cause, loss.stage, loss.detail)))


def processes() -> dict[int, int]:
    """Return the processes of this machine, with their parents."""
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


class TestInOrder:
    """Items are done in other processes, and their results come back in order."""

    def test_results_are_in_order(self) -> None:
        """A slow item does not let later ones overtake it."""
        slow = "__import__('time').sleep(0.3) or 'slow'"
        assert evaluated(slow, "1", "2") == ["slow", 1, 2]

    def test_it_is_done_elsewhere(self) -> None:
        """The work happens in other processes, and each stays for many items."""
        found = set(evaluated(*["__import__('os').getpid()"] * 20))
        assert os.getpid() not in found
        assert len(found) <= 2

    @pytest.mark.parametrize("workers", [1, 2, 3])
    def test_nothing_to_do(self, workers: int) -> None:
        """No items give no results."""
        assert evaluated(workers=workers) == []

    @pytest.mark.parametrize(
        ("how", "said"), [(DEADLY, "exit status 3"), (KILLED, "SIGKILL")], ids=["exit", "kill"]
    )
    @pytest.mark.parametrize("place", [0, 5, 29])
    def test_an_item_that_kills_its_process_is_lost_alone(
        self, how: str, said: str, place: int
    ) -> None:
        """All others are done, in order, wherever it stands."""
        items = [str(number) for number in range(30)]
        items[place] = how
        expected: list[object] = list(range(30))
        expected[place] = f"lost {how}: crash {said}"
        assert evaluated(*items) == expected

    def test_several_deadly_items(self) -> None:
        """Each death is told; what is left goes on in new processes."""
        items = [DEADLY if number % 7 == 3 else str(number) for number in range(40)]
        lost = f"lost {DEADLY}: crash exit status 3"
        assert evaluated(*items) == [lost if n % 7 == 3 else n for n in range(40)]

    def test_items_are_taken_as_they_are_needed(self) -> None:
        """However many there are, only a few are taken ahead of the results."""
        taken = 0

        def endless() -> Iterator[str]:
            nonlocal taken
            while True:
                taken += 1
                yield str(taken)

        results = in_order(eval, endless(), workers=2, lost=told)
        assert list(itertools.islice(results, 100)) == list(range(1, 101))
        assert taken <= 110
        results.close()  # type: ignore[attr-defined]

    def test_an_error_of_the_work_reaches_the_caller(self) -> None:
        """It is not taken for a death."""
        with pytest.raises(ZeroDivisionError):
            evaluated("1", "1/0", "2")

    def test_workers_leave_an_interrupt_to_their_parent(self) -> None:
        """Ctrl-C reaches every process of a terminal; only one must act on it."""
        found = evaluated("__import__('signal').getsignal(2).name")
        assert found == [signal.SIG_IGN.name]


class TestReadMany:
    """``read_many`` does the same at any number of workers, and survives what it is given."""

    def test_the_same_bytes_at_any_number_of_workers(self, tmp_path: Path) -> None:
        """Results, failures and their order are equal, down to the JSON."""
        bad = tmp_path / "bad.txt"
        bad.write_bytes(b"")
        loop = tmp_path / "loop.txt"
        loop.symlink_to(loop)
        broken = tmp_path / "broken.txt"
        broken.symlink_to(tmp_path / "nothing.txt")
        seeds = sorted(SEEDS.glob("*.txt"))
        paths: list[str | Path] = [
            seeds[0],
            bad,
            loop,
            tmp_path,
            *seeds,
            broken,
            "nul\0.txt",
            seeds[0],
        ]

        def results(workers: int) -> list[str]:
            return [
                str(result.error) if isinstance(result, ReadFailure) else result.to_json()
                for result in cqcparse.read_many(paths, workers=workers)
            ]

        one = results(1)
        assert len(one) == len(paths)
        assert results(2) == results(3) == results(0) == one
        assert str(loop) in one[2]

    def test_zero_workers_means_every_core(self) -> None:
        """The number of cores is asked of the system."""
        assert available_cores() >= 1
        assert len(list(cqcparse.read_many(sorted(SEEDS.glob("*.txt")), workers=0))) >= 3

    def test_fewer_than_none_is_refused(self) -> None:
        """A negative number is a mistake."""
        with pytest.raises(ValueError, match="workers is -1"):
            cqcparse.read_many([], workers=-1)

    @pytest.mark.parametrize("stage", ["_draft", "_found", "_assessment"])
    def test_a_defect_of_ours_does_not_stop_the_rest(
        self, stage: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An error that nobody foresaw is a failure of the one file, and says what to do."""
        path = next(SEEDS.glob("*.txt"))

        def break_down(*_: object, **__: object) -> None:
            msg = "two\nlines"
            raise RuntimeError(msg)

        parser = Parser()
        monkeypatch.setattr(parser, stage, break_down)
        (failure,) = parser.read_many([path])
        assert isinstance(failure, ReadFailure)
        assert "RuntimeError: two lines" in str(failure.error)
        assert "report it" in str(failure.error)

    def test_open_files_are_sources_too(self, tmp_path: Path) -> None:
        """What is in an open file is read when its turn comes, and parsed elsewhere."""
        path = tmp_path / "page.txt"
        path.write_text("Score: 3", encoding="utf-8")
        with path.open("rb") as file:
            first, second = cqcparse.read_many([file, path])
        assert first == second


class TestLimits:
    """A file has so much time and memory; what goes past it is named, with where it was."""

    @pytest.fixture
    def parser(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parser:
        """A parser whose extractor does what a text says, in two seconds and 300 MB."""
        (tmp_path / "obedient_of_tests.py").write_text(OBEDIENT, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        module = importlib.import_module("obedient_of_tests")
        return Parser([module.Obedient()], time_limit=2, memory_limit=300, any_document=True)

    @pytest.mark.parametrize("workers", [1, 2])
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("os._exit(3)", "the process that read it died (exit status 3)"),
            ("ctypes.string_at(0)", "the process that read it died (SIGSEGV)"),
            ("time.sleep(60)", "it took longer than its limit of 2 seconds"),
            ("sum(iter(int, 1))", "it took longer than its limit of 2 seconds"),
        ],
        ids=["exit", "crash", "sleep", "loop"],
    )
    def test_file_and_extractor_are_named(
        self, parser: Parser, text: str, said: str, workers: int, tmp_path: Path
    ) -> None:
        """The other files are done, in order, and the sentence says what ran."""
        paths = []
        for number in range(5):
            paths.append(tmp_path / f"{number}.txt")
            paths[-1].write_text(text if number == 2 else "'harmless'", encoding="utf-8")
        results = list(parser.read_many(paths, workers=workers))
        failures = [result for result in results if isinstance(result, ReadFailure)]
        assert [result.source for result in results] == [str(path) for path in paths]
        (failure,) = failures
        assert str(failure.error).startswith(
            f"{paths[2]}: {said} while running extractor 'obedient'; "
        )

    def test_memory_of_an_extractor(self, parser: Parser, tmp_path: Path) -> None:
        """An extractor that runs out of memory is left out, as with any other error."""
        path = tmp_path / "page.txt"
        path.write_text("x = bytearray(10**9)", encoding="utf-8")
        (result,) = parser.read_many([path])
        assert isinstance(result, cqcparse.Assessment)
        assert any("MemoryError" in diagnostic.message for diagnostic in result.diagnostics)

    def test_memory_of_reading(self, tmp_path: Path) -> None:
        """A file that takes more memory than it may is a failure that says at which stage."""
        path = tmp_path / "page.txt"
        path.write_text("care " * 2_000_000, encoding="utf-8")
        (failure,) = Parser(memory_limit=40).read_many([path])
        assert isinstance(failure, ReadFailure)
        assert "it took more than its limit of 40 MB of memory while " in str(failure.error)

    def test_no_limits(self, parser: Parser, tmp_path: Path) -> None:
        """None switches a limit off."""
        path = tmp_path / "page.txt"
        path.write_text("time.sleep(2.5)", encoding="utf-8")
        free = Parser(parser.extractors, time_limit=None, memory_limit=None, any_document=True)
        (result,) = free.read_many([path])
        assert isinstance(result, cqcparse.Assessment)

    def test_a_process_stays_until_it_is_worn(self) -> None:
        """Threads that have ended are no reason for a new process; one that goes on is."""
        pid = "__import__('os').getpid()"
        thread = "__import__('threading').Thread(target=__import__('time').sleep, args=({},))"
        ended, going = (f"{thread.format(n)}.start() or {pid}" for n in (0.01, 600))
        limits = Limits(seconds=100, megabytes=1_000)
        items = [ended, ended, going, pid]
        first, second, third, fourth = in_order(eval, items, workers=1, lost=told, limits=limits)
        assert first == second == third != fourth

    def test_a_used_process_is_given_no_blame(self) -> None:
        """What ends a process that did others before is done again in a new one."""
        once = "__import__('os')._exit(3) if globals().setdefault('n', 0) else 'fine'"
        first = "globals().update(n=1)"
        assert evaluated(first, once, workers=1) == [None, "fine"]


class TestInheritance:
    """A worker has nothing of the process that it works for."""

    def test_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of the environment there are the language and the project's own settings."""
        monkeypatch.setenv("A_SECRET", "secret")
        monkeypatch.setenv("CQCPARSE_PLUGINS", "none")
        (found,) = evaluated("dict(__import__('os').environ)")
        assert isinstance(found, dict)
        assert found.keys() <= {"LANG", "LC_ALL", "LC_CTYPE", "CQCPARSE_PLUGINS"}
        assert found["CQCPARSE_PLUGINS"] == "none"

    def test_files(self, tmp_path: Path) -> None:
        """No open file, not even one that is meant for children, and nowhere to write."""
        with (tmp_path / "secret").open("w") as file:
            os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - takes no keyword
            listing = "{f: __import__('os').readlink(f'/proc/self/fd/{f}') for f in (0, 1, 2)}"
            assert evaluated(listing) == [dict.fromkeys(range(3), os.devnull)]
            (found,) = evaluated("__import__('os').listdir('/proc/self/fd')")
        assert isinstance(found, list)
        assert len(found) == 5  # with its socket, and that of listing the folder

    def test_isolated(self) -> None:
        """No variable and no folder of a user says what Python does there."""
        assert evaluated("__import__('sys').flags.isolated") == [1]

    def test_it_knows_what_it_is(self) -> None:
        """A worker starts no workers for what it reads."""
        assert evaluated("__import__('cqcparse.workers').workers.is_worker()") == [True]
        assert not is_worker()

    def test_names_of_files_mean_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Names are looked up in the folder in which this process is when they are given."""
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "page.txt").write_text(f"Page {name}", encoding="utf-8")
            monkeypatch.chdir(tmp_path / name)
            (page,) = cqcparse.read_many(["page.txt"])
            assert isinstance(page, cqcparse.Assessment)
            assert page.document.text == f"Page {name}"

    def test_what_a_plugin_logs_arrives(self, caplog: pytest.LogCaptureFixture) -> None:
        """Records of a worker go to the handlers of this process."""
        with caplog.at_level(logging.WARNING):
            evaluated("__import__('logging').getLogger('towns').warning('a %s', 'word')")
        assert [(r.name, r.getMessage()) for r in caplog.records] == [("towns", "a word")]


class TestObjects:
    """What no other process can load is done in copies of this one, or in this one."""

    def test_work_of_a_function(self) -> None:
        """It is done elsewhere all the same, within the same limits."""
        here = os.getpid()
        results = list(
            in_order(
                lambda item: (item, os.getpid()) if item != 3 else os._exit(4),
                range(5),
                workers=2,
                lost=lambda item, loss: (item, loss.detail),
            )
        )
        assert [result[0] for result in results] == list(range(5))
        assert results[3][1] == "exit status 4"
        assert here not in {result[1] for result in results}

    def test_results_of_a_class_of_a_function(self) -> None:
        """They are made here."""

        class Local:
            place = os.getpid()

        results = in_order(lambda _: Local(), range(3), workers=2, lost=lambda _, __: Local())
        assert {result.place for result in results} == {os.getpid()}

    def test_extractors_of_a_function(self, tmp_path: Path) -> None:
        """They are run with any number of workers."""

        class Local:
            name = "local-to-a-function"
            produces = (cqcparse.Partner,)

            def extract(self, view: cqcparse.View) -> Iterator[cqcparse.Partner]:
                yield cqcparse.Partner(span=cqcparse.Span(0, 4), text=view.document.text[:4])

        path = tmp_path / "page.txt"
        path.write_text("Care was good.", encoding="utf-8")
        parser = Parser([Local()])
        expected = parser.read(path)
        assert list(parser.read_many([path] * 2)) == [expected] * 2
        assert list(parser.read_many([path] * 2, workers=2)) == [expected] * 2


class TestResults:
    """What comes back from a worker is data, even if a file has taken the worker over."""

    @pytest.mark.parametrize(
        "evil",
        [
            "type('Evil', (), {'__reduce__': lambda _: (__import__('os').system, ('touch PATH',))})()",
            "type('Evil', (), {'__reduce__': lambda _: (eval, ('open(\"PATH\", \"w\")',))})()",
            "__import__('pathlib').Path('x')",
            "len",
        ],
        ids=["system", "eval", "path", "function"],
    )
    def test_nothing_is_called(self, evil: str, tmp_path: Path) -> None:
        """What is no value costs its item, and is neither run nor made again in this process."""
        path = tmp_path / "touched"
        results = evaluated("1", evil.replace("PATH", str(path)), "2", workers=1)
        assert [results[0], results[2]] == [1, 2]
        assert str(results[1]).startswith("lost ")
        assert not path.exists()

    def test_what_no_process_can_send(self) -> None:
        """It costs its item."""
        first, second = evaluated("lambda: 1", "1")
        assert "its result cannot be handed over" in str(first)
        assert second == 1

    def test_values_come_back_as_they_were(self) -> None:
        """Dates, exact numbers and errors are values."""
        day = "__import__('datetime').date(2024, 4, 1)"
        number = "__import__('decimal').Decimal('1.10')"
        assert evaluated(day, number, "{1: (2, [3], {4})}") == [
            dt.date(2024, 4, 1),
            Decimal("1.10"),
            {1: (2, [3], {4})},
        ]


class TestCall:
    """One call in a process that stays for the next."""

    def test_it_stays(self) -> None:
        """Two calls meet the same process, and an error is raised."""
        limits = Limits(seconds=20)
        pids = {call(eval, "__import__('os').getpid()", limits=limits) for _ in range(3)}
        assert len(pids) == 1
        assert os.getpid() not in pids
        with pytest.raises(ZeroDivisionError):
            call(eval, "1/0", limits=limits)
        answer = call(eval, "__import__('os')._exit(5)", limits=limits)
        assert isinstance(answer, Loss)
        assert answer.detail == "exit status 5"
        assert {call(eval, "__import__('os').getpid()", limits=limits)}.isdisjoint(pids)


PARENT = """
import sys, time
from cqcparse.workers import in_order, swept
from pathlib import Path

with swept(Path({target!r})) as folder:
    (folder / "half").write_text("half")
    busy = "__import__('time').sleep(600)"
    results = in_order(eval, ["1", busy, busy], workers=2, lost=lambda *_: None)
    print(next(results), flush=True)
    next(results)
"""


COPIED = """
import os, signal
from cqcparse.workers import in_order, prepare

secret = os.open(__file__, os.O_RDONLY)
os.set_inheritable(secret, True)
prepare("cqcparse.parser", copy=True)

def told(*items):
    results = list(in_order(eval, items, workers=1, lost=lambda *_: None))
    print(*map(repr, results), sep="\\n")
    return results[-1]

imported = "__import__('sys').orig_argv"
nursery = told(imported, "{*__import__('os').environ}", "__import__('os').listdir('/proc/self/fd')",
     "{__import__('os').readlink(f'/proc/self/fd/{f}') for f in (0, 1, 2)}",
     "__import__('os').getppid()")
os.kill(nursery, signal.SIGKILL)
told(imported)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the nursery is of Linux")
def test_a_nursery_that_is_a_copy(tmp_path: Path) -> None:
    """It imports nothing anew and hands on nothing else; in its place comes no second copy."""
    script = tmp_path / "copied.py"
    script.write_text(COPIED)
    command = [sys.executable, str(script)]
    environment = {**os.environ, "A_SECRET": "secret"}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    first, variables, files, streams, _, second = map(ast.literal_eval, said.stdout.splitlines())
    assert first == command
    assert variables <= {"LANG", "LC_ALL", "LC_CTYPE"} | {v for v in os.environ if "CQCPARSE" in v}
    assert len(files) == 5
    assert streams == {os.devnull}
    assert second[1] == "-I"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
class TestEndings:
    """However this process ends, its workers end with it, and nothing unfinished is left."""

    @pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
    def test_a_parent_that_is_killed(self, how: signal.Signals, tmp_path: Path) -> None:
        """Busy workers end, the folder of what was being written is gone."""
        if signal.getsignal(how) == signal.SIG_IGN:
            pytest.skip("these tests run where the signal is ignored, as behind a shell's &")
        script = PARENT.format(target=str(tmp_path / "table.csv"))
        command = [sys.executable, "-c", script]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
            try:
                assert parent.stdout is not None
                assert parent.stdout.readline() == b"1\n"
                wait_until(lambda: len(descendants(parent.pid)) == 3)  # the nursery, two workers
                family = descendants(parent.pid)
                assert list(tmp_path.iterdir())
                parent.send_signal(how)
                parent.wait(timeout=60)
            finally:
                parent.kill()
        wait_until(lambda: not family & processes().keys())
        wait_until(lambda: not list(tmp_path.iterdir()))

    def test_a_nursery_that_is_killed(self) -> None:
        """Its workers end with it, and another takes its place."""
        (before,) = evaluated("__import__('os').getppid()")
        assert isinstance(before, int)
        results = in_order(eval, ["__import__('os').getpid()"] * 9, workers=1, lost=told)
        worker = next(results)
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: worker not in processes())
        assert all(isinstance(result, int) for result in results)
        assert evaluated("__import__('os').getppid()") != [before]

    def test_a_process_of_its_own_for_each_copy(self) -> None:
        """A copy of this process, as others make, does not take away its workers."""
        assert evaluated("1") == [1]
        pid = os.fork()
        if pid == 0:
            os._exit(0 if evaluated("2") == [2] else 1)
        assert os.waitpid(pid, 0)[1] == 0
        assert evaluated("3") == [3]


def descendants(pid: int) -> set[int]:
    """Return the processes below a process."""
    parents = processes()
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


@pytest.mark.parametrize("failures", [1, 2])
class TestStarting:
    """A process that cannot be started is tried again, and then named."""

    def test_in_the_nursery(self, failures: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """A failure to start costs nothing if it is the only one, and at most the item."""
        start = starting.start
        left = failures

        def fail() -> object:
            nonlocal left
            left -= 1
            if left >= 0:
                raise BlockingIOError(11, "Resource temporarily unavailable")
            return start()

        monkeypatch.setattr(starting, "start", fail)
        results = evaluated("1", "2", workers=1)
        first: object = 1 if failures == 1 else "lost 1: start Resource temporarily unavailable"
        assert results == [first, 2]

    def test_programs_do_the_same(self, failures: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where processes are not copied, each worker is an interpreter of its own."""
        monkeypatch.setattr(starting, "start", starting._Program)
        assert evaluated(*["__import__('sys').flags.isolated"] * failures) == [1] * failures
        assert evaluated(DEADLY, "1") == [
            f"lost {DEADLY}: crash exit status 3",
            1,
        ]

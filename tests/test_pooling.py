"""Many inputs in several processes: order, memory, and processes that die."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import cqcparse
from cqcparse import Parser, ReadFailure
from cqcparse.errors import PluginError
from cqcparse.reading.pooling import available_cores, in_order

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

#: An item of these tests is an expression, and the work is to evaluate it.
DEADLY = "__import__('os')._exit(3)"
KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"

KILLER = """
import os
import cqcparse

class Killer:
    name = "killer"
    produces = (cqcparse.Partner,)
    def extract(self, view):
        if "deadly" in view.document.text:
            os._exit(3)
        return ()
"""


def evaluated(*items: str, workers: int = 2) -> list[object]:
    """Return what becomes of expressions that are evaluated in worker processes."""
    return list(in_order(eval, items, workers=workers, lost=lambda item: f"lost {item}"))


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

    @pytest.mark.parametrize("how", [DEADLY, KILLED])
    @pytest.mark.parametrize("place", [0, 5, 29])
    def test_an_item_that_kills_its_process_is_lost_alone(self, how: str, place: int) -> None:
        """All others are done, in order, wherever it stands."""
        items = [str(number) for number in range(30)]
        items[place] = how
        expected: list[object] = list(range(30))
        expected[place] = f"lost {how}"
        assert evaluated(*items) == expected

    def test_several_deadly_items(self) -> None:
        """Each death is told; what is left goes on in new processes."""
        items = [DEADLY if number % 7 == 3 else str(number) for number in range(40)]
        lost = f"lost {DEADLY}"
        assert evaluated(*items) == [lost if n % 7 == 3 else n for n in range(40)]

    def test_items_are_taken_as_they_are_needed(self) -> None:
        """However many there are, only a few are taken ahead of the results."""
        taken = 0

        def endless() -> Iterator[str]:
            nonlocal taken
            while True:
                taken += 1
                yield str(taken)

        results = in_order(eval, endless(), workers=2, lost=str)
        assert list(itertools.islice(results, 100)) == list(range(1, 101))
        assert taken <= 110
        results.close()  # type: ignore[attr-defined]

    def test_an_error_of_the_work_reaches_the_caller(self) -> None:
        """It is not taken for a death."""
        with pytest.raises(ZeroDivisionError):
            evaluated("1", "1/0", "2")

    def test_work_that_cannot_be_sent_fails_at_once(self) -> None:
        """The caller is told before any item is taken."""
        with pytest.raises(Exception, match=r"pickle|local object"):
            in_order(lambda item: item, ["1"], workers=2, lost=str)

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

    def test_a_file_that_kills_its_process_is_a_failure(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is named with what can be done, and the others are done."""
        (tmp_path / "killer_of_workers.py").write_text(KILLER, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        killer = __import__("killer_of_workers").Killer()
        paths = []
        for number in range(6):
            path = tmp_path / f"{number}.txt"
            path.write_text("deadly" if number == 2 else "harmless", encoding="utf-8")
            paths.append(path)
        results = list(Parser(extractors=[killer]).read_many(paths, workers=2))
        failures = [result for result in results if isinstance(result, ReadFailure)]
        assert [result.source for result in results] == [str(path) for path in paths]
        assert [failure.source for failure in failures] == [str(paths[2])]
        assert "the process that read it died" in str(failures[0].error)

    def test_a_parser_that_cannot_be_sent_is_said(self) -> None:
        """An extractor that no other process can import is named, with the remedy."""

        class Local:
            name = "local-to-a-function"
            produces = (cqcparse.Partner,)

            def extract(self, _: cqcparse.View) -> tuple[cqcparse.Mention, ...]:
                return ()

        with pytest.raises(PluginError, match=r"local-to-a-function.*workers=1"):
            Parser(extractors=[Local()]).read_many(["a.txt"], workers=2)

    def test_a_defect_of_ours_does_not_stop_the_rest(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error that nobody foresaw is a failure of the one file, and says what to do."""
        path = next(SEEDS.glob("*.txt"))

        def break_down(*_: object, **__: object) -> None:
            msg = "two\nlines"
            raise RuntimeError(msg)

        parser = Parser()
        monkeypatch.setattr(parser, "parse_document", break_down)
        (failure,) = parser.read_many([path])
        assert isinstance(failure, ReadFailure)
        assert "RuntimeError: two lines" in str(failure.error)
        assert "report it" in str(failure.error)

"""Extractors that take several reports at once: what they are handed, and what a failure costs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest

import cqcparse
from cqcparse import Assessment, Parser, ReadFailure, Service, View
from cqcparse.errors import PluginError
from cqcparse.testing import check_extractor

TEXT = """\
Northmere Council: local authority assessment
Safeguarding
Score: 3
Key findings for this quality statement
The council used the Better Care Fund for {word}.
"""


@attrs.define
class Words:
    """Finds the last word of each sentence; its services are typed by how it was asked."""

    name: str = "words"
    produces: tuple[type[Service], ...] = (Service,)
    replaces: tuple[str, ...] = ()
    batch_size: int = 3

    def extract(self, view: View) -> Iterator[Service]:
        """Yield what is in one report."""
        yield from self.found(view, "alone")

    def extract_many(self, views: Sequence[View]) -> Iterable[Iterable[Service]]:
        """Yield what is in each of several."""
        for view in views:
            yield self.found(view, f"of-{len(views)}")

    def found(self, view: View, how: str) -> Iterator[Service]:
        """Yield the words of a report."""
        for sentence in view.sentences:
            word = sentence.text.rstrip(".").rpartition(" ")[2]
            start = sentence.span.start + sentence.text.rindex(word)
            yield Service(span=cqcparse.Span(start, start + len(word)), text=word, type=how)


class Raising(Words):
    """Fails on reports with a certain word, however it is asked."""

    def found(self, view: View, how: str) -> Iterator[Service]:
        """Raise, or yield the words."""
        if "poison" in view.document.text:
            msg = "I cannot stand it"
            raise RuntimeError(msg)
        yield from super().found(view, how)


class Deadly(Words):
    """Ends its process on reports with a certain word."""

    def found(self, view: View, how: str) -> Iterator[Service]:
        """End, or yield the words."""
        if "poison" in view.document.text:
            import os

            os._exit(3)
        yield from super().found(view, how)


class Wrong(Words):
    """Does something else than to answer for each report; what, its name says."""

    def extract_many(self, views: Sequence[View]) -> Iterable[Iterable[Service]]:
        """Misbehave."""
        found = [[*self.found(view, "wrong")] for view in views]
        match self.name:
            case "fewer":
                return found[1:]
            case "more":
                return [*found, []]
            case "flat":
                return [service for services in found for service in services]  # type: ignore[misc]
            case "none":
                return None  # type: ignore[return-value]
            case "changing":
                object.__setattr__(views[0].document, "text", "")
            case "remarking":
                views[0].diagnose("this one stays, if the batch does")
                raise SystemExit
            case "endless":
                while True:
                    pass
        return found


def files(*words: str) -> list[io.BytesIO]:
    """Return open files of reports that end in these words."""
    return [io.BytesIO(TEXT.format(word=word).encode()) for word in words]


def read(extractor: Words, *words: str, workers: int = 1, **choices: float) -> list[Assessment]:
    """Return what becomes of reports that end in these words."""
    parser = Parser([*Parser(plugins=False).extractors, extractor], **choices)  # type: ignore[arg-type]
    results = [*parser.read_many(files(*words), workers=workers)]
    assert not [result for result in results if isinstance(result, ReadFailure)]
    return [result for result in results if isinstance(result, Assessment)]


def found(reports: Iterable[Assessment]) -> list[tuple[str, str | None]]:
    """Return text and type of what the extractor found, for each report."""
    return [
        (mention.text, mention.type)
        for report in reports
        for mention in report.services
        if mention.extractor != "services"
    ]


def codes(report: Assessment) -> list[str]:
    """Return the codes of what went wrong with plugins."""
    return [d.code for d in report.diagnostics if d.code in {"batch-failed", "plugin-failed"}]


class TestWhatItIsHanded:
    """Several reports go to ``extract_many``, one goes to ``extract``."""

    @pytest.mark.parametrize("workers", [1, 2])
    def test_as_many_as_it_asks_for(self, workers: int) -> None:
        """Reports come in batches of its size, in order, and one that is left comes alone."""
        reports = read(Words(), *"abcdefg", workers=workers)
        assert found(reports) == [
            *[(word, "of-3") for word in "abcdef"],
            ("g", "alone"),
        ]

    def test_one_report_is_no_batch(self) -> None:
        """What is parsed by itself goes to ``extract``."""
        parser = Parser([Words()])
        assert found([parser.parse(TEXT.format(word="a"))]) == [("a", "alone")]

    def test_a_file_that_cannot_be_read_costs_no_other(self) -> None:
        """It is a failure in its place; the others of its batch are read."""
        results = [*Parser([Words()]).read_many([*files("a"), "nowhere.txt", *files("b")])]
        assert [type(result) for result in results] == [Assessment, ReadFailure, Assessment]
        assert found(r for r in results if isinstance(r, Assessment)) == [
            ("a", "of-2"),
            ("b", "of-2"),
        ]

    def test_what_others_find_is_the_same(self) -> None:
        """Whether reports are read in batches makes no difference to anybody else."""
        (alone,) = read(Words(batch_size=1), "telecare")
        _, batched = read(Words(), "a", "telecare")
        assert alone.funding == batched.funding
        assert [m for m in alone.services if m.extractor == "services"] == [
            m for m in batched.services if m.extractor == "services"
        ]

    def test_a_corpus_and_engines_read_in_batches_too(self, tmp_path: Path) -> None:
        """Whoever reads several reports hands them on together."""
        arrow = pytest.importorskip("pyarrow")
        from cqcparse.arrow import extract

        paths = []
        for word in "ab":
            paths.append(str(tmp_path / f"{word}.txt"))
            Path(paths[-1]).write_text(TEXT.format(word=word), encoding="utf-8")
        parser = Parser([Words()])
        corpus = cqcparse.corpus(paths, parser=parser).mentions("service").rows()
        engine = extract(arrow.table({"path": paths}), parser=parser).to_pylist()
        expected = [("a", "of-2"), ("b", "of-2")]
        for rows in (corpus, engine):
            assert [(row["text"], row["type"]) for row in rows] == expected


class TestFailures:
    """What fails in a batch is read report by report, and told."""

    def test_one_report_costs_only_itself(self) -> None:
        """The others have their mentions, and a word on why they were read by themselves."""
        first, poisoned, last = read(Raising(), "a", "poison", "b")
        assert found([first, poisoned, last]) == [("a", "alone"), ("b", "alone")]
        assert codes(first) == codes(last) == ["batch-failed"]
        assert codes(poisoned) == ["batch-failed", "plugin-failed"]
        (said,) = [d for d in first.diagnostics if d.code == "batch-failed"]
        assert said.extractor == "words"
        assert said.message == (
            "extractor 'words' failed on 3 reports at once: RuntimeError: I cannot stand it; "
            "it read this one by itself. Tell its author"
        )
        assert all(report.funding for report in (first, poisoned, last))

    def test_those_that_it_replaces_run_where_it_fails(self) -> None:
        """The report that costs it has what the built-in extractor finds, the others have not."""
        words = Raising(name="better-words", replaces=("services",))
        first, poisoned = read(words, "telecare", "poison and telecare")
        assert [m.extractor for m in first.services] == ["better-words"]
        assert [m.extractor for m in poisoned.services] == ["services"]

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("fewer", "'extract_many' answered for fewer than the 2 views"),
            ("more", "'extract_many' answered for more than the 2 views"),
            ("flat", "'extract_many' returned Service, which is no iterable of mentions"),
            ("none", "'extract_many' returned NoneType, which is no iterable of mentions"),
            ("changing", "changed what it was handed, which others read"),
            ("remarking", "raised SystemExit"),
        ],
    )
    def test_what_is_no_answer(self, name: str, says: str) -> None:
        """It is told what is wrong, and each report is read by itself."""
        reports = read(Wrong(name=name), "a", "b")
        assert found(reports) == [("a", "alone"), ("b", "alone")]
        for report in reports:
            assert codes(report) == ["batch-failed"]
            assert says in next(d.message for d in report.diagnostics if d.code == "batch-failed")
            assert not [d for d in report.diagnostics if d.code == "extractor-remark"]

    def test_its_time_is_that_of_all_its_reports(self) -> None:
        """One without end is cut off at the budget of the whole batch."""
        reports = read(Wrong(name="endless"), "a", "b", budget=0.2)
        assert found(reports) == [("a", "alone"), ("b", "alone")]
        assert all("longer than its budget of 0.4 seconds" in str(r.diagnostics) for r in reports)

    def test_a_process_that_dies_costs_one_report(self) -> None:
        """The others of the batch are read one by one in another process."""
        results = [*Parser([Deadly()]).read_many(files("a", "poison", "b"))]
        assert [type(result) for result in results] == [Assessment, ReadFailure, Assessment]
        assert found(r for r in results if isinstance(r, Assessment)) == [
            ("a", "alone"),
            ("b", "alone"),
        ]
        assert "extractor 'words'" in str(results[1].error)  # type: ignore[union-attr]

    def test_a_defect_of_ours_costs_one_report(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What goes wrong with several reports at once is done again with each."""
        parser = Parser([Words()])
        found_in = parser._found

        def fussy(drafts: Sequence[Any]) -> object:
            if any("poison" in draft.view.document.text for draft in drafts):
                msg = "nobody foresaw it"
                raise RuntimeError(msg)
            return found_in(drafts)

        monkeypatch.setattr(parser, "_found", fussy)
        first, poisoned, last = parser.read_many(files("a", "poison", "b"))
        assert isinstance(first, Assessment)
        assert isinstance(last, Assessment)
        assert found([first, last]) == [("a", "alone"), ("b", "alone")]
        assert isinstance(poisoned, ReadFailure)
        assert "RuntimeError: nobody foresaw it" in str(poisoned.error)


class TestDeclaring:
    """What an extractor says of its batches is checked when it is given."""

    @pytest.mark.parametrize("size", [0, -1, 257, 2.0, True, None, "many"])
    def test_the_size_is_a_number_of_reports(self, size: object) -> None:
        """Anything else is refused with a sentence."""
        words = Words(batch_size=size)  # type: ignore[arg-type]
        with pytest.raises(PluginError, match="make it a number of reports, up to 256"):
            Parser([words])

    def test_extract_many_is_a_method(self) -> None:
        """An attribute of that name that cannot be called is refused."""

        class Odd(Words):
            extract_many = "yes"  # type: ignore[assignment]

        with pytest.raises(PluginError, match="'extract_many' is 'yes'; make it a method"):
            Parser([Odd()])

    def test_the_kit_compares(self) -> None:
        """``check_extractor`` says if several reports at once give something else than each."""
        with pytest.raises(AssertionError, match="'extract_many' finds something else"):
            check_extractor(Words(), texts=[TEXT.format(word="a")])
        with pytest.raises(AssertionError, match="'extract_many' has"):
            check_extractor(Wrong(name="more"), texts=[TEXT.format(word="a")])

"""Checks that hold for every extractor, whatever it looks for."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import attrs

from cqcparse.errors import PluginError
from cqcparse.extraction.checked_extractors import Task, task_of
from cqcparse.extraction.hookspecs import BatchExtractor, Extractor
from cqcparse.extraction.isolation import account
from cqcparse.extraction.mention_checks import sort_key
from cqcparse.extraction.running import DEFAULT_BUDGET
from cqcparse.extraction.view import View
from cqcparse.model.assessment import Assessment
from cqcparse.model.mentions import Mention
from cqcparse.output.schema import json_schema
from cqcparse.output.serialise import from_json
from cqcparse.parser import Parser
from cqcparse.testing.marking import complaints, needed
from cqcparse.testing.samples import HOSTILE_TEXTS, REPORT

#: Broken rules that a message lists; the rest is counted.
_SHOWN = 12


def check_extractor(
    extractor: Extractor,
    *,
    texts: Iterable[str] = (),
    beside: Iterable[Extractor] = (),
    budget: float = DEFAULT_BUDGET,
) -> None:
    """Check that *extractor* keeps the contract on ordinary and on hostile texts.

    It has the shape that the contract asks for; its mentions have their spans in the document,
    their text agrees, none overlaps another of its kind, and their values are of their declared
    types; it finds the same again, in another order of documents, in several threads, and after
    a trip through pickle; it does not change what it reads; it stays within its budget; its
    mentions survive JSON; and if it takes several reports at once, it finds the same in them.

    Args:
        extractor: What is checked.
        texts: Texts in which it finds something, beside
            :data:`~cqcparse.testing.samples.REPORT`.
        beside: Extractors that make kinds it requires, or that it replaces. The built-in ones
            need not be named.
        budget: Seconds it may take on each text; a parser's own limit unless you say less.

    Raises:
        AssertionError: If a rule is broken, or nothing was found in any text; it says all that
            is wrong.
    """
    __tracebackhide__ = True
    try:
        task = task_of(extractor)
    except PluginError as error:
        raise AssertionError(str(error)) from None
    check = _Check(task, tuple(beside), budget, tuple(texts))
    problems = list(dict.fromkeys(check.problems()))
    if problems:
        shown = problems[:_SHOWN]
        if len(problems) > _SHOWN:
            shown.append(f"and {len(problems) - _SHOWN} more")
        lines = "\n".join(f"- {problem}" for problem in shown)
        msg = f"extractor {task.name!r} does not keep the contract:\n{lines}"
        raise AssertionError(msg)


class _Check:
    """One extractor under check.

    Args:
        task: The extractor.
        beside: Others that it needs.
        budget: Seconds it may take on each text.
        texts: Texts of its author.
    """

    def __init__(
        self, task: Task, beside: tuple[Extractor, ...], budget: float, texts: tuple[str, ...]
    ) -> None:
        self._task = task
        self._others = (*needed(task.extractor, beside), *beside)
        self._budget = budget
        named = {f"text {number}": text for number, text in enumerate(texts, 1)}
        self._ordinary = {**named, "the sample report": REPORT}
        self._texts = {**self._ordinary, **HOSTILE_TEXTS}

    def problems(self) -> Iterator[str]:
        """Yield what is wrong."""
        copied = self._copied()  # before it is prepared: another process prepares its own
        try:
            parser = self._parser(self._task.extractor)
            json_schema(self._task.produces)
        except Exception as error:  # noqa: BLE001 - the extractor is a stranger's
            yield account(error)
            return
        results = {name: parser.parse(text) for name, text in self._texts.items()}
        for name, report in results.items():
            yield from (f"on {name}: {complaint}" for complaint in complaints(report))
        if not any(self._own(results[name]) for name in self._ordinary):
            yield "it finds nothing in any text, so there was nothing to check: give 'texts'"
        yield from self._changed("again", results, parser.parse)
        yield from self._in_threads(results, parser)
        if isinstance(copied, str):
            yield copied
        else:
            ordinary = {name: results[name] for name in self._ordinary}
            yield from self._changed("after pickling", ordinary, self._parser(copied).parse)
        yield from self._json(results)
        yield from self._mutation()
        if self._task.batch_size > 1:
            yield from self._at_once()

    def _parser(self, extractor: Extractor) -> Parser:
        extractors = [*self._others, extractor]
        return Parser(extractors, plugins=False, budget=self._budget, any_document=True)

    def _own(self, report: Assessment) -> tuple[Mention, ...]:
        return tuple(m for m in report.mentions if m.extractor == self._task.name)

    def _changed(
        self, when: str, results: dict[str, Assessment], parse: Callable[[str], Assessment]
    ) -> Iterator[str]:
        """Yield where the results differ when the texts are parsed once more, the last first."""
        for name, report in reversed(results.items()):
            if self._own(parse(self._texts[name])) != self._own(report):
                yield f"on {name}: it finds something else {when}"

    def _in_threads(self, results: dict[str, Assessment], parser: Parser) -> Iterator[str]:
        names = [*self._ordinary] * 4
        with ThreadPoolExecutor(4, thread_name_prefix="cqcparse-check") as pool:
            reports = pool.map(parser.parse, [self._texts[name] for name in names])
            for name, report in zip(names, reports, strict=True):
                if self._own(report) != self._own(results[name]):
                    yield f"on {name}: it finds something else in a thread beside others"

    def _copied(self) -> Extractor | str:
        """Return the extractor as another process has it, or why it cannot have it."""
        try:
            copied: Extractor = pickle.loads(pickle.dumps(self._task.extractor))  # noqa: S301 - made here
        except Exception as error:  # noqa: BLE001 - the extractor is a stranger's
            return f"it cannot be pickled, which worker processes need ({account(error)})"
        return copied

    def _json(self, results: dict[str, Assessment]) -> Iterator[str]:
        kinds = dict.fromkeys(type(m) for report in results.values() for m in report.mentions)
        for name in self._ordinary:
            report = results[name]
            try:
                same = from_json(report.to_json(), kinds=kinds).mentions == report.mentions
            except Exception as error:  # noqa: BLE001 - the classes are a stranger's
                yield f"on {name}: its mentions cannot be read from JSON ({account(error)})"
            else:
                if not same:
                    yield f"on {name}: its mentions come back from JSON as others"

    def _mutation(self) -> Iterator[str]:
        spy = _Spy(self._task)
        extractors = [*self._others, spy]
        others = Parser(extractors, plugins=False, budget=self._budget, any_document=True)
        for name in self._ordinary:
            others.parse(self._texts[name])
            if spy.changed:
                yield f"on {name}: it changes the view that it reads"
                return

    def _at_once(self) -> Iterator[str]:
        """Yield where it finds something else in several reports at once."""
        gatherer = _Gatherer(self._task)
        parser = self._parser(gatherer)
        for text in self._ordinary.values():
            parser.parse(text)
        extractor = cast("BatchExtractor", self._task.extractor)
        try:
            many = [sorted(found, key=sort_key) for found in extractor.extract_many(gatherer.views)]
            single = [sorted(extractor.extract(v), key=sort_key) for v in gatherer.views]
        except Exception as error:  # noqa: BLE001 - the extractor is a stranger's
            yield f"'extract_many' fails ({account(error)})"
            return
        if len(many) != len(single):
            yield f"'extract_many' has {len(many)} answers for {len(single)} views"
        for name, one, other in zip(self._ordinary, single, many, strict=False):
            if one != other:
                yield f"on {name}: 'extract_many' finds something else than 'extract'"


class _Gatherer:
    """Finds nothing in the place of an extractor, and keeps the views that it would be handed."""

    def __init__(self, task: Task) -> None:
        self.name = task.name
        self.produces = task.produces
        self.requires = task.requires
        self.replaces = task.replaces
        self.views: list[View] = []

    def extract(self, view: View) -> Iterable[Mention]:
        self.views.append(view)
        return ()


class _Spy:
    """Runs an extractor, and looks whether its view is the same afterwards."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self.name = task.name
        self.produces = task.produces
        self.requires = task.requires
        self.replaces = task.replaces
        self.changed = False

    def extract(self, view: View) -> Iterable[Mention]:
        before = copy.deepcopy(_said(view))
        found = list(self._task.extractor.extract(view))
        self.changed = self.changed or _said(view) != before
        return found


def _said(view: View) -> dict[str, object]:
    """Return all that a view says, apart from what it keeps in store."""
    names = [f.name for f in attrs.fields(View) if not f.name.startswith("_")]
    return {name: getattr(view, name) for name in names}

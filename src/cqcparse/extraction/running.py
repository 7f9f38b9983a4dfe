"""Stage 4: the run loop. Extractors run one by one, isolated; what they yield is checked."""

from __future__ import annotations

import contextlib
import copy
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

import attrs

from cqcparse.extraction.correcting import Correction
from cqcparse.extraction.hookspecs import Corrector
from cqcparse.extraction.isolation import CutOffError, Fence, account, same_folder
from cqcparse.extraction.mention_checks import Admission, sort_key
from cqcparse.extraction.scheduling import Task
from cqcparse.extraction.sealing import Seal
from cqcparse.extraction.view import View, WatchedView
from cqcparse.framework import Framework
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.kinds import misfit
from cqcparse.model.mentions import Mention
from cqcparse.model.references import dangling, is_dangling
from cqcparse.workers import note

logger = logging.getLogger("cqcparse")

#: Attribute of the log records that say how long an extractor took: its name.
TIMED = "cqcparse_extractor"

#: Seconds that an extractor may take on a document, unless told otherwise.
DEFAULT_BUDGET = 60.0

#: Results of an extractor on a document: so many, and one more for each code point of the text.
_RESULTS = 1_000


def run(
    tasks: Sequence[Task], view: View, *, budget: float | None = DEFAULT_BUDGET
) -> tuple[tuple[Mention, ...], tuple[Diagnostic, ...]]:
    """Run extractors in the given order over *view*.

    One that raises, yields no end of results, runs out of its budget or changes what it is handed
    contributes nothing but a diagnostic. A mention that breaks the rules is left out with a
    diagnostic. Mentions of one kind never overlap: within an extractor the longest wins, and what
    an earlier extractor found stands.

    Args:
        tasks: In the order of running.
        view: The document to read; all extractors share it.
        budget: Seconds each extractor may take; None for no limit.

    Returns:
        The mentions, sorted, and the diagnostics.
    """
    return _Run(tasks, view, budget).result()


class _Run:
    """One run of extractors over a document.

    Args:
        tasks: In the order of running.
        view: What they read.
        budget: Seconds each may take; None for no limit.
    """

    def __init__(self, tasks: Sequence[Task], view: View, budget: float | None) -> None:
        self._tasks = tasks
        self._view = view
        self._strangers_view = view
        self._budget = budget
        #: Only where a stranger reads: the built-in extractors change nothing, as tests show.
        self._seal: Seal | None = None
        if not all(task.built_in for task in tasks):
            own = _own(view.framework)
            self._seal = Seal([own, *(getattr(view, name) for name in _SHARED)])
            parts = {f.alias or f.name: getattr(view, f.name) for f in attrs.fields(View)}
            watched = parts | {"framework": own, "watch": self._seal.watch}
            self._strangers_view = WatchedView(**watched)
        self._kept: list[Mention] = []
        self._diagnostics: list[Diagnostic] = []

    def result(self) -> tuple[tuple[Mention, ...], tuple[Diagnostic, ...]]:
        """Run them all; if one changed what it read, again, with a look after each."""
        with Fence() as fence:
            self._run_all(fence, watched=False)
            if self._seal is not None and self._seal.is_broken:
                self._seal.restore()
                self._kept.clear()
                self._diagnostics.clear()
                self._run_all(fence, watched=True)
        self._drop_dangling()
        return tuple(sorted(self._kept, key=sort_key)), tuple(self._diagnostics)

    def _drop_dangling(self) -> None:
        """Leave out what refers to a mention that is not in the result."""
        lost = dangling(self._kept) if self._seal is not None else {}
        for mention in self._kept if lost else ():
            missing = is_dangling(mention, lost)
            if missing is not None:
                label = next(t.label for t in self._tasks if t.name == mention.extractor)
                message = (
                    f"a mention {mention.text[:40]!r} of {label} was left out: it refers to a "
                    f"{missing.kind} {missing.text[:40]!r}, which is not in the result"
                )
                self._diagnostics.append(
                    Diagnostic(
                        code="mention-rejected",
                        message=message,
                        span=mention.span,
                        extractor=mention.extractor,
                    )
                )
        self._kept = [m for m in self._kept if is_dangling(m, lost) is None] if lost else self._kept

    def _run_all(self, fence: Fence, *, watched: bool) -> None:
        for task in self._tasks:
            self._run_one(fence, task, watched=watched)

    def _run_one(self, fence: Fence, task: Task, *, watched: bool) -> None:
        """Run an extractor or corrector; if it fails, those that it replaces."""
        note(f"while running {task.label}")
        began = time.perf_counter()
        try:
            outcome = self._correct(fence, task) if task.corrects else self._collect(fence, task)
            if watched and not task.built_in:
                self._check_unchanged()
        except Exception as error:
            logger.warning("%s failed", task.label, exc_info=True)
            self._diagnostics.append(_failed(task, error))
            for other in task.replaced:
                self._run_one(fence, other, watched=watched)
            return
        milliseconds = (time.perf_counter() - began) * 1000
        logger.debug("%s took %.1f ms", task.label, milliseconds, extra={TIMED: task.name})
        if isinstance(outcome, Correction):
            self._kept = outcome.applied(self._kept)
        else:
            self._kept += outcome.admit(self._kept)
        self._diagnostics += outcome.diagnostics

    def _collect(self, fence: Fence, task: Task) -> Admission:
        """Return what an extractor yields within its budget."""
        view = self._view_for(task)
        admission = Admission(task, view.document.text)
        limit = _RESULTS + len(view.document.text)

        def collect() -> None:
            for number, item in enumerate(_iterable(task.extractor.extract(view))):
                if number >= limit:
                    msg = (
                        f"yielded more than {number} results on a text of "
                        f"{len(view.document.text)} code points"
                    )
                    raise CutOffError(msg)
                admission.receive(item)

        self._fenced(fence, task, view, collect)
        return admission

    def _correct(self, fence: Fence, task: Task) -> Correction:
        """Return what a corrector makes of the mentions of its kinds within its budget."""
        corrector, view = cast("Corrector", task.extractor), self._view_for(task)
        correction = Correction(task, view.document.text)
        concerned = sorted((m for m in self._kept if m.kind in task.corrects), key=sort_key)

        def correct() -> None:
            for mention in concerned:
                correction.receive(mention, corrector.correct(mention, view))

        self._fenced(fence, task, view, correct)
        return correction

    def _view_for(self, task: Task) -> View:
        read = {*task.requires, *task.corrects}
        known = tuple(mention for mention in self._kept if mention.kind in read)
        if self._seal is not None and not task.built_in:
            self._seal.add(known)
        shared = self._view if task.built_in else self._strangers_view
        return attrs.evolve(shared, mentions=known, options=task.options, said=[])

    def _fenced(self, fence: Fence, task: Task, view: View, work: Callable[[], None]) -> None:
        with contextlib.nullcontext() if task.built_in else same_folder():
            task.preparation.ensure()
            fence.run(self._budget_of(task), work)
        for said in view.remarks:
            if type(said) is not Diagnostic or said.code != "extractor-remark" or misfit(said):
                msg = "put something else than 'view.diagnose' makes among its remarks"
                raise CutOffError(msg)
            message = f"{task.label}: {said.message}"
            self._diagnostics.append(attrs.evolve(said, message=message, extractor=task.name))

    def _budget_of(self, task: Task) -> float | None:
        """Return the seconds for a task: what it asks for, unless the user says another time."""
        return task.budget if task.budget and self._budget == DEFAULT_BUDGET else self._budget

    def _check_unchanged(self) -> None:
        if self._seal is not None and self._seal.is_broken:
            self._seal.restore()
            msg = "changed what it was handed, which others read"
            raise CutOffError(msg)


def _iterable(answer: Iterable[Mention]) -> Iterable[object]:
    try:
        return iter(answer)
    except TypeError:
        name = type(answer).__name__
        msg = f"'extract' returned {name}, which is no iterable of mentions"
        raise CutOffError(msg) from None


#: The parts of a view that hold values of the result.
_SHARED = ("document", "sections", "statements", "findings")


class _Frameworks(threading.local):
    """The profiles that strangers are handed: all other parts of a view are of one report."""

    def __init__(self) -> None:
        self.copies: dict[str, tuple[Framework, Framework]] = {}


_FRAMEWORKS = _Frameworks()


def _own(framework: Framework) -> Framework:
    """Return this thread's own copy of a profile: what is changed in it is seen by no other."""
    original, copied = _FRAMEWORKS.copies.get(framework.id, (None, None))
    if copied is None or original is not framework:
        copied = copy.deepcopy(framework)
        _FRAMEWORKS.copies[framework.id] = (framework, copied)
    return copied


def _failed(task: Task, error: Exception) -> Diagnostic:
    how = account(error)
    remedy = _REMEDIES.get(type(error).__name__, "tell its author, or leave the plugin out")
    if task.replaced:
        others = ", ".join(other.label for other in task.replaced)
        remedy += f". In its place ran {others}"
    return Diagnostic(
        code="plugin-failed",
        message=f"{task.label} failed and was left out: {how}; {remedy}",
        severity="error",
        extractor=task.name,
    )


_REMEDIES: Mapping[str, str] = {
    "TimeLimitError": "give it a larger budget, or leave the plugin out",
}

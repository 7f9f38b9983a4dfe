"""Stage 4: the run loop. Extractors run one by one, isolated; what they yield is checked."""

from __future__ import annotations

import copy
import logging
import os
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import attrs

from cqcparse.extraction.checked_extractors import Task
from cqcparse.extraction.collecting import collect, collect_many, fenced, remarks_of
from cqcparse.extraction.correcting import Correction
from cqcparse.extraction.hookspecs import Corrector
from cqcparse.extraction.isolation import CutOffError, Fence, account
from cqcparse.extraction.mention_checks import Admission, sort_key
from cqcparse.extraction.sealing import Seal
from cqcparse.extraction.view import View, WatchedView
from cqcparse.framework import Framework
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.mentions import Mention
from cqcparse.model.references import dangling, is_dangling
from cqcparse.workers import note

logger = logging.getLogger("cqcparse")

#: Attribute of the log records that say how long an extractor took: its name.
TIMED = "cqcparse_extractor"

#: Seconds that an extractor may take on a document, unless told otherwise.
DEFAULT_BUDGET = 60.0

_CHANGED = "changed what it was handed, which others read"


#: What is found in a document, sorted, and what is to be said of it.
Result = tuple[tuple[Mention, ...], tuple[Diagnostic, ...]]


def run(
    tasks: Sequence[Task], views: Sequence[View], *, budget: float | None = DEFAULT_BUDGET
) -> list[Result]:
    """Run extractors in the given order over documents.

    One that raises, yields no end of results, runs out of its budget or changes what it is handed
    contributes nothing but a diagnostic. A mention that breaks the rules is left out with a
    diagnostic. Mentions of one kind never overlap: within an extractor the longest wins, and what
    an earlier extractor found stands.

    Of several documents each has the result that it has by itself; only an extractor that takes
    several at once knows of the others.

    Args:
        tasks: In the order of running.
        views: The documents to read; all extractors share them.
        budget: Seconds each extractor may take on a document; None for no limit.

    Returns:
        What is found in each.
    """
    runs = [_Run(tasks, view, budget) for view in views]
    with Fence() as fence:
        for task in tasks:
            if task.batch_size > 1:
                _take_together(fence, task, runs)
            for one in runs:
                one.take(fence, task)
        return [one.result(fence) for one in runs]


def _take_together(fence: Fence, task: Task, runs: Sequence[_Run]) -> None:
    """Let an extractor that takes several documents at once find what is in them.

    Where it fails, or has only one, it finds it later.
    """
    whole = [one for one in runs if one.is_unchanged()]
    for first in range(0, len(whole), task.batch_size):
        batch = whole[first : first + task.batch_size]
        if len(batch) == 1 or not task.preparation.succeeds():
            return
        note(f"while running {task.label} on {len(batch)} reports at once")
        try:
            found = _found_at_once(fence, task, batch)
        except Exception as error:
            logger.warning("%s failed on a batch", task.label, exc_info=True)
            for one in batch:
                one.restored()
                one.diagnostics.append(_batch_failed(task, len(batch), error))
        else:
            for one, view_and_admission in zip(batch, found, strict=True):
                one.found[task.name] = view_and_admission


def _found_at_once(fence: Fence, task: Task, batch: Sequence[_Run]) -> list[tuple[View, Admission]]:
    views = [one.view_for(task) for one in batch]
    found = collect_many(fence, task, views, batch[0].budget_of(task))
    if sum(not one.restored() for one in batch):
        raise CutOffError(_CHANGED)
    return [*zip(views, found, strict=True)]


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
        self.diagnostics: list[Diagnostic] = []
        #: What extractors found here together with other documents, by their names.
        self.found: dict[str, tuple[View, Admission]] = {}

    def take(self, fence: Fence, task: Task, *, watched: bool = False) -> None:
        """Run an extractor or corrector; if it fails, those that it replaces."""
        note(f"while running {task.label}")
        began = time.perf_counter()
        try:
            if task.corrects:
                outcome: Correction | Admission = self._correct(fence, task)
            else:
                outcome = self._collect(fence, task)
            if watched and not task.built_in and not self.restored():
                raise CutOffError(_CHANGED)  # noqa: TRY301 - it fails like any other
        except Exception as error:
            logger.warning("%s failed", task.label, exc_info=True)
            self.diagnostics.append(_failed(task, error))
            for other in task.replaced:
                self.take(fence, other, watched=watched)
            return
        milliseconds = (time.perf_counter() - began) * 1000
        logger.debug("%s took %.1f ms", task.label, milliseconds, extra={TIMED: task.name})
        if isinstance(outcome, Correction):
            self._kept = outcome.applied(self._kept)
        else:
            self._kept += outcome.admit(self._kept)
        self.diagnostics += outcome.diagnostics

    def result(self, fence: Fence) -> Result:
        """Return what all found; if one changed what it read, they run again and are watched."""
        if not self.restored():
            self._kept.clear()
            self.diagnostics.clear()
            self.found.clear()
            for task in self._tasks:
                self.take(fence, task, watched=True)
        self._drop_dangling()
        return tuple(sorted(self._kept, key=sort_key)), tuple(self.diagnostics)

    def view_for(self, task: Task) -> View:
        """Return what an extractor reads."""
        read = frozenset((*task.requires, *task.corrects))
        known = tuple(mention for mention in self._kept if mention.kind in read)
        if self._seal is not None and not task.built_in:
            self._seal.add(known)
        shared = self._view if task.built_in else self._strangers_view
        return attrs.evolve(shared, mentions=known, readable=read, options=task.options, said=[])

    def budget_of(self, task: Task) -> float | None:
        """Return the seconds for a task: what it asks for, unless the user says another time."""
        return task.budget if task.budget and self._budget == DEFAULT_BUDGET else self._budget

    def is_unchanged(self) -> bool:
        """Return whether everything that extractors were handed is as it was."""
        return self._seal is None or not self._seal.is_broken

    def restored(self) -> bool:
        """Put what extractors were handed back to what it was; return whether it was so."""
        if self._seal is None or not self._seal.is_broken:
            return True
        self._seal.restore()
        return False

    def _collect(self, fence: Fence, task: Task) -> Admission:
        """Return what an extractor finds."""
        if task.name in self.found:
            view, admission = self.found[task.name]
        else:
            view = self.view_for(task)
            admission = collect(fence, task, view, self.budget_of(task))
        self.diagnostics += [*remarks_of(task, view)]
        return admission

    def _correct(self, fence: Fence, task: Task) -> Correction:
        """Return what a corrector makes of the mentions of its kinds within its budget."""
        corrector, view = cast("Corrector", task.extractor), self.view_for(task)
        correction = Correction(task, view.document.text)
        concerned = sorted((m for m in self._kept if m.kind in task.corrects), key=sort_key)

        def correct() -> None:
            for mention in concerned:
                correction.receive(mention, corrector.correct(mention, view))

        fenced(fence, task, self.budget_of(task), correct)
        self.diagnostics += [*remarks_of(task, view)]
        return correction

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
                self.diagnostics.append(
                    Diagnostic(
                        code="mention-rejected",
                        message=message,
                        span=mention.span,
                        extractor=mention.extractor,
                    )
                )
        self._kept = [m for m in self._kept if is_dangling(m, lost) is None] if lost else self._kept


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
    how = account(error) + _place(error)
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


def _place(error: Exception) -> str:
    """Return where in the code of a plugin an error was raised, for its author; may be empty."""
    frames = traceback.extract_tb(error.__traceback__)
    others = [frame for frame in frames if not frame.filename.startswith((_OWN_CODE, "<"))]
    if not others:
        return ""
    last = next(frame for frame in reversed(others) if frame.filename == others[0].filename)
    return f" ({Path(last.filename).name}, line {last.lineno})"


#: Where the code of cqcparse stands, in front of which is that of the plugin.
_OWN_CODE = str(Path(__file__).parent.parent) + os.sep


def _batch_failed(task: Task, size: int, error: Exception) -> Diagnostic:
    how = f"{task.label} failed on {size} reports at once: {account(error)}"
    return Diagnostic(
        code="batch-failed",
        message=f"{how}; it read this one by itself. Tell its author",
        extractor=task.name,
    )


_REMEDIES: Mapping[str, str] = {
    "TimeLimitError": "give it a larger budget, or leave the plugin out",
}

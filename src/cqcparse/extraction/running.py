"""Stage 4: the run loop. Extractors run one by one, isolated; what they yield is checked."""

from __future__ import annotations

import copy
import logging
import pickle
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from cqcparse.extraction.isolation import CutOffError, account, within
from cqcparse.extraction.mention_checks import Admission, sort_key
from cqcparse.extraction.scheduling import Task
from cqcparse.extraction.view import View
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.mentions import Mention
from cqcparse.workers import note

logger = logging.getLogger("cqcparse")

#: Seconds that an extractor which is not built in may take on a document, unless told otherwise.
DEFAULT_BUDGET = 60.0

#: Results of an extractor on a document: so many, and one more for each code point of the text.
_RESULTS = 1_000


def run(
    tasks: Iterable[Task], view: View, *, budget: float | None = None
) -> tuple[tuple[Mention, ...], tuple[Diagnostic, ...]]:
    """Run extractors in the given order over *view*.

    One that raises, yields no end of results or runs out of its budget contributes nothing but a
    diagnostic. A mention that breaks the rules is left out with a diagnostic. Mentions of one
    kind never overlap: within an extractor the longest wins, and what an earlier extractor found
    stands. Each extractor that is not built in reads copies of its own, so that nothing it does
    to them reaches another.

    Args:
        tasks: In the order of running.
        view: The document to read.
        budget: Seconds each extractor may take; None for no limit to the built-in ones and
            :data:`DEFAULT_BUDGET` for all others.

    Returns:
        The mentions, sorted, and the diagnostics.
    """
    kept: list[Mention] = []
    diagnostics: list[Diagnostic] = []
    copier = _Copier(view)
    for task in tasks:
        note(f"while running {task.label}")
        known = tuple(mention for mention in kept if mention.kind in task.requires)
        admission = Admission(task, view.document.text)
        try:
            _collect(task, copier, known, budget, admission.receive)
        except Exception as error:
            logger.warning("%s failed", task.label, exc_info=True)
            diagnostics.append(_failed(task, error))
            continue
        kept += admission.admit(kept)
        diagnostics += admission.diagnostics
    return tuple(sorted(kept, key=sort_key)), tuple(diagnostics)


def _collect(
    task: Task,
    copier: _Copier,
    known: tuple[Mention, ...],
    budget: float | None,
    receive: Callable[[object], None],
) -> None:
    """Hand on what an extractor yields, within its budget."""
    if task.trusted:
        view = attrs.evolve(copier.original, mentions=known, options=task.options)
    else:
        view = copier.copy(known, task.options)
        budget = DEFAULT_BUDGET if budget is None else budget
    length = len(view.document.text)

    def collect() -> None:
        for number, item in enumerate(_iterable(task.extractor.extract(view))):
            if number >= _RESULTS + length:
                msg = f"yielded more than {number} results on a text of {length} code points"
                raise CutOffError(msg)
            receive(item)

    if budget is None:
        collect()
    else:
        within(budget, collect)


def _iterable(answer: Iterable[Mention]) -> Iterable[object]:
    try:
        return iter(answer)
    except TypeError:
        name = type(answer).__name__
        msg = f"'extract' returned {name}, which is no iterable of mentions"
        raise CutOffError(msg) from None


class _Copier:
    """Makes copies of a view; what is the same for all of them is laid down once.

    Args:
        original: What the built-in extractors share.
    """

    def __init__(self, original: View) -> None:
        self.original = original
        self._frozen: bytes | None = None

    def copy(self, mentions: tuple[Mention, ...], options: object) -> View:
        """Return a view that shares nothing that can be changed with any other."""
        if self._frozen is None:
            shared = {name: getattr(self.original, name) for name in _COPIED}
            self._frozen = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        fields: dict[str, Any] = pickle.loads(self._frozen)  # noqa: S301 - made above
        own_mentions, own_options = copy.deepcopy((mentions, options))
        return View(**fields, mentions=own_mentions, options=own_options)


_COPIED = tuple(field.name for field in attrs.fields(View) if not field.name.startswith("_"))


def _failed(task: Task, error: Exception) -> Diagnostic:
    how = account(error)
    remedy = _REMEDIES.get(type(error).__name__, "tell its author, or leave the plugin out")
    return Diagnostic(
        code="plugin-failed",
        message=f"{task.label} failed and was left out: {how}; {remedy}",
        severity="error",
    )


_REMEDIES: Mapping[str, str] = {
    "TimeLimitError": "give it a larger budget, or leave the plugin out",
}

"""Collection: what a stranger's extractor yields, of one document or several, within its budget."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

import attrs

from cqcparse.extraction.checked_extractors import Task
from cqcparse.extraction.hookspecs import BatchExtractor
from cqcparse.extraction.isolation import CutOffError, Fence, same_folder
from cqcparse.extraction.mention_checks import Admission
from cqcparse.extraction.view import View
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.kinds import misfit

#: Results of an extractor on a document: so many, and one more for each code point of the text.
_RESULTS = 1_000

_NOTHING = object()


def collect(fence: Fence, task: Task, view: View, budget: float | None) -> Admission:
    """Return what an extractor finds in a document.

    Args:
        fence: What it runs behind.
        task: The extractor.
        view: The document.
        budget: Seconds it may take; None for no limit.

    Raises:
        CutOffError: If it comes to no ordinary end.
        Exception: Whatever it raises.
    """
    admission = Admission(task, view.document.text)

    def work() -> None:
        _receive(task.extractor.extract(view), admission, view, "extract")

    fenced(fence, task, budget, work)
    return admission


def collect_many(
    fence: Fence, task: Task, views: Sequence[View], budget: float | None
) -> list[Admission]:
    """Return what an extractor that takes several documents at once finds in each.

    Args:
        fence: What it runs behind.
        task: The extractor.
        views: The documents.
        budget: Seconds it may take on each.

    Raises:
        CutOffError: If it comes to no ordinary end, or does not answer for each document.
        Exception: Whatever it raises.
    """
    extractor = cast("BatchExtractor", task.extractor)
    admissions = [Admission(task, view.document.text) for view in views]

    def work() -> None:
        answers = _iterator(extractor.extract_many(tuple(views)), "extract_many")
        for admission, view in zip(admissions, views, strict=True):
            answer = next(answers, _NOTHING)
            if answer is _NOTHING:
                msg = f"'extract_many' answered for fewer than the {len(views)} views"
                raise CutOffError(msg)
            _receive(answer, admission, view, "extract_many")
        if next(answers, _NOTHING) is not _NOTHING:
            msg = f"'extract_many' answered for more than the {len(views)} views"
            raise CutOffError(msg)

    fenced(fence, task, budget and budget * len(views), work)
    return admissions


def fenced(fence: Fence, task: Task, budget: float | None, work: Callable[[], None]) -> None:
    """Do the work of an extractor or corrector behind the fence, when it is prepared."""
    with contextlib.nullcontext() if task.built_in else same_folder():
        task.preparation.ensure()
        fence.run(budget, work)


def remarks_of(task: Task, view: View) -> Iterator[Diagnostic]:
    """Yield what an extractor said of a document by :meth:`View.diagnose`.

    Raises:
        CutOffError: If it said something by other means.
    """
    for said in view.remarks:
        if type(said) is not Diagnostic or said.code != "extractor-remark" or misfit(said):
            msg = "put something else than 'view.diagnose' makes among its remarks"
            raise CutOffError(msg)
        message = f"{task.label}: {said.message}"
        yield attrs.evolve(said, message=message, extractor=task.name)


def _receive(answer: object, admission: Admission, view: View, method: str) -> None:
    """Take the mentions of a document, which come to an end."""
    length = len(view.document.text)
    limit = _RESULTS + length
    for number, item in enumerate(_iterator(answer, method)):
        if number >= limit:
            msg = f"yielded more than {number} results on a text of {length} code points"
            raise CutOffError(msg)
        admission.receive(item)


def _iterator(answer: object, method: str) -> Iterator[object]:
    try:
        return iter(cast("Iterable[object]", answer))
    except TypeError:
        name = type(answer).__name__
        msg = f"{method!r} returned {name}, which is no iterable of mentions"
        raise CutOffError(msg) from None

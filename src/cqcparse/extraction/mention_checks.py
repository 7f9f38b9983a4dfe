"""Admission: what an extractor yields is checked, and only what keeps the rules gets in."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import attrs

from cqcparse.extraction.checked_extractors import Task
from cqcparse.extraction.isolation import account
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.fields import reader_of
from cqcparse.model.kinds import misfit
from cqcparse.model.mentions import Mention, quotes_within
from cqcparse.model.soundness import misnamed
from cqcparse.model.spans import Quote, Span

#: Mentions an extractor may leave behind with a diagnostic each; more are only counted.
MAX_REJECTIONS = 20

#: What a mention may carry beside its quotes, such as ``type`` and ``canonical``, in code points.
MAX_BULK = 10_000


class Admission:
    """Lets in what one extractor found, and remembers why the rest stayed outside.

    Args:
        task: The extractor.
        text: The text of the document.
        reporter: Name of who is told of refusals, if that is not the extractor.
    """

    def __init__(self, task: Task, text: str, *, reporter: str | None = None) -> None:
        self._task = task
        self._reporter = reporter or task.name
        self._text = text
        self._valid: list[Mention] = []
        self._rejections: list[Diagnostic] = []
        self._uncounted = 0

    def receive(self, item: object) -> None:
        """Take one thing that the extractor yielded; what breaks a rule is not kept."""
        mention = self._checked(item)
        if mention is not None:
            self._valid.append(mention)

    def admit(self, standing: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return the mentions received that have room beside those that stand, in order."""
        if not self._valid:
            return ()
        occupied = _Occupied(len(self._text))
        kinds = self._task.kinds
        others = [mention for mention in standing if mention.kind in kinds]
        for mention in others:
            occupied.takes(mention)
        admitted: list[Mention] = []
        for mention in sorted(self._valid, key=_longest_first):
            if occupied.takes(mention):
                admitted.append(mention)
            else:
                self._refuse(mention, chain(others, admitted))
        return tuple(sorted(admitted, key=sort_key))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What stayed outside, and why; a flood of it is cut short."""
        if not self._uncounted:
            return tuple(self._rejections)
        message = f"{self._uncounted} more results of {self._task.label} were left out"
        return (*self._rejections, self._rejection(message, None))

    def _checked(self, item: object) -> Mention | None:
        """Return *item* with the name of its extractor; None if it breaks a rule."""
        try:
            problem = self._problem(item)
            if problem is None and isinstance(item, Mention):
                return self._signed(item)
        except Exception as error:  # noqa: BLE001 - the class is a stranger's
            problem = f"cannot be read ({account(error)})"
        self._reject(item, problem or "is not a Mention")
        return None

    def _signed(self, mention: Mention) -> Mention:
        """Return *mention* with the name of its extractor, as an object nobody else holds."""
        if self._task.built_in and mention.extractor == self._task.name:
            return mention  # it lets go of what it yields, and a copy is as dear as the mention
        return attrs.evolve(mention, extractor=self._task.name)

    def _problem(self, item: object) -> str | None:
        """Return what is wrong with *item*, or None."""
        if not isinstance(item, Mention):
            return f"is a {type(item).__name__}, not a Mention"
        if type(item) not in self._task.produces:
            return f"is a {type(item).__name__}, which 'produces' does not name"
        return misfit(item) or misnamed(item) or self._misquote(item) or _bulk(item)

    def _misquote(self, mention: Mention) -> str | None:
        """Return what *mention* says that the document does not, or None."""
        problem = self._misplaced(mention.text, mention.span)
        for quote in quotes_within(mention):
            problem = problem or self._misplaced(quote.text, quote.span)
        empty = mention.span.end == mention.span.start
        return problem or ("is empty" if empty else None)

    def _misplaced(self, text: str, span: Span) -> str | None:
        """Return how the document contradicts that *text* stands at *span*, or None."""
        if self._text[span.start : span.end] == text and span.end <= len(self._text):
            return None
        if span.end > len(self._text):
            return f"reaches to {span.end}, past the end of the text at {len(self._text)}"
        return f"says {text[:40]!r} where the document has other text"

    def _refuse(self, mention: Mention, standing: Iterable[Mention]) -> None:
        """Reject a mention for which there is no room, and name the one that has its place."""
        problem = "overlaps a mention of its kind that stands"
        if len(self._rejections) < MAX_REJECTIONS:
            other = next(
                other
                for other in standing
                if other.kind == mention.kind and other.span.overlaps(mention.span)
            )
            by = "" if other.extractor == self._task.name else f" by {other.extractor!r}"
            problem += f", {other.text[:40]!r} at {other.span.start}-{other.span.end}{by}"
        self._reject(mention, problem)

    def _reject(self, item: object, problem: str) -> None:
        if len(self._rejections) >= MAX_REJECTIONS:
            self._uncounted += 1
            return
        message = f"a {_called(item)} of {self._task.label} was left out: it {problem}"
        span = self._span(item)
        self._rejections.append(self._rejection(message, span))

    def _rejection(self, message: str, span: Span | None) -> Diagnostic:
        about = self._reporter
        return Diagnostic(code="mention-rejected", message=message, span=span, extractor=about)

    def _span(self, item: object) -> Span | None:
        """Return the place of a rejected mention, if it is one of the document."""
        span = getattr(item, "span", None) if isinstance(item, Mention) else None
        return span if type(span) is Span and span.end <= len(self._text) else None


class _Occupied:
    """The characters taken by mentions, by kind.

    Args:
        length: Length of the text, in code points.
    """

    def __init__(self, length: int) -> None:
        self._length = length
        #: A byte for each code point, 1 where it is taken: a set of offsets is dear on long texts.
        self._taken: dict[str, bytearray] = {}

    def takes(self, mention: Mention) -> bool:
        """Take the characters of *mention*, if all of them are free; return whether they were."""
        taken = self._taken.get(mention.kind)
        if taken is None:
            taken = self._taken[mention.kind] = bytearray(self._length)
        start, end = mention.span.start, mention.span.end
        if taken.find(1, start, end) >= 0:
            return False
        taken[start:end] = b"\1" * (end - start)
        return True


def sort_key(mention: Mention) -> tuple[int, int, str, str]:
    """Return the key that puts mentions into the order of an assessment."""
    return mention.span.start, -mention.span.end, mention.kind, mention.extractor


def _longest_first(mention: Mention) -> tuple[int, int, int, str, str]:
    return mention.span.start - mention.span.end, *sort_key(mention)


def _bulk(mention: Mention) -> str | None:
    """Return what is out of proportion in *mention*, or None."""
    bulk = _weight(mention) - len(mention.text)
    return f"carries {bulk} code points beside its quotes" if bulk > MAX_BULK else None


#: Values that are of no weight, or quotes, which are free; most values are one of these.
_FREE = frozenset((type(None), int, float, bool, Span, Quote))


def _weight(value: object) -> int:
    """Return the code points in a value, with one for each thing in a tuple; quotes are free."""
    weight, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        cls: Any = type(one)  # mypy takes a class with slots for unhashable
        if cls in _FREE:
            continue
        if isinstance(one, str):
            weight += len(one)
        elif isinstance(one, tuple):
            weight += len(one)
            waiting += one
        elif not isinstance(one, Quote) and (read := reader_of(cls)):
            waiting += read(one)
    return weight


def _called(item: object) -> str:
    text = getattr(item, "text", None) if isinstance(item, Mention) else None
    return f"mention {text[:40]!r}" if isinstance(text, str) else "result"

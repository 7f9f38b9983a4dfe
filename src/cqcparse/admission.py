"""Admission: what an extractor yields is checked, and only what keeps the rules gets in."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import attrs

from cqcparse.errors import Diagnostic
from cqcparse.isolation import account
from cqcparse.kinds import misfit
from cqcparse.mentions import Mention, quotes_of
from cqcparse.spans import Span
from cqcparse.tasks import Task

#: Mentions an extractor may leave behind with a diagnostic each; more are only counted.
MAX_REJECTIONS = 20

#: Longest value that is not a quote, such as ``type`` or ``canonical``, in code points.
_LONGEST_WORD = 1_000


class Admission:
    """Lets in what one extractor found, and remembers why the rest stayed outside.

    Args:
        task: The extractor.
        text: The text of the document.
    """

    def __init__(self, task: Task, text: str) -> None:
        self._task = task
        self._text = text
        self._rejections: list[Diagnostic] = []
        self._uncounted = 0

    def admit(self, found: Iterable[object], standing: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return the mentions among *found* that keep the rules and have room, in order.

        Args:
            found: What the extractor yielded.
            standing: What was let in before; it stays.
        """
        valid = [mention for item in found if (mention := self._checked(item)) is not None]
        occupied = Occupied(standing)
        admitted = []
        for mention in sorted(valid, key=lambda m: (-len(m.span), sort_key(m))):
            if occupied.takes(mention):
                admitted.append(mention)
            else:
                self._reject(mention, "overlaps a mention of its kind that stands")
        return tuple(sorted(admitted, key=sort_key))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What stayed outside, and why; a flood of it is cut short."""
        if not self._uncounted:
            return tuple(self._rejections)
        message = f"{self._uncounted} more results of {self._task.label} were left out"
        return (*self._rejections, Diagnostic(code="mention-rejected", message=message))

    def _checked(self, item: object) -> Mention | None:
        """Return *item* with the name of its extractor; None if it breaks a rule."""
        try:
            problem = self._problem(item)
            if problem is None and isinstance(item, Mention):
                return attrs.evolve(item, extractor=self._task.name)
        except Exception as error:  # noqa: BLE001 - the class is a stranger's
            problem = f"cannot be read ({account(error)})"
        self._reject(item, problem or "is not a Mention")
        return None

    def _problem(self, item: object) -> str | None:
        """Return what is wrong with *item*, or None."""
        if not isinstance(item, Mention):
            return f"is a {type(item).__name__}, not a Mention"
        if type(item) not in self._task.produces:
            return f"is a {type(item).__name__}, which 'produces' does not name"
        return misfit(item) or self._misquote(item) or _long_word(item)

    def _misquote(self, mention: Mention) -> str | None:
        """Return what *mention* says that the document does not, or None."""
        end = len(self._text)
        for quote in quotes_of(mention):
            if quote.span.end > end:
                return f"reaches to {quote.span.end}, past the end of the text at {end}"
            if self._text[quote.span.start : quote.span.end] != quote.text:
                return f"says {quote.text[:40]!r} where the document has other text"
        return None if mention.span.end > mention.span.start else "is empty"

    def _reject(self, item: object, problem: str) -> None:
        if len(self._rejections) >= MAX_REJECTIONS:
            self._uncounted += 1
            return
        message = f"a {_called(item)} of {self._task.label} was left out: it {problem}"
        span = self._span(item)
        self._rejections.append(Diagnostic(code="mention-rejected", message=message, span=span))

    def _span(self, item: object) -> Span | None:
        """Return the place of a rejected mention, if it is one of the document."""
        span = getattr(item, "span", None) if isinstance(item, Mention) else None
        return span if type(span) is Span and span.end <= len(self._text) else None


class Occupied:
    """The characters taken by mentions, by kind.

    Args:
        mentions: Those that stand; no two of a kind overlap.
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._taken: dict[str, set[int]] = {}
        for kind, group in groupby(sorted(mentions, key=lambda m: m.kind), lambda m: m.kind):
            taken = self._taken[kind] = set()
            for mention in group:
                taken.update(range(mention.span.start, mention.span.end))

    def takes(self, mention: Mention) -> bool:
        """Take the characters of *mention*, if all of them are free; return whether they were."""
        taken = self._taken.setdefault(mention.kind, set())
        wanted = range(mention.span.start, mention.span.end)
        if not taken.isdisjoint(wanted):
            return False
        taken.update(wanted)
        return True


def sort_key(mention: Mention) -> tuple[int, int, str, str]:
    """Return the key that puts mentions into the order of an assessment."""
    return mention.span.start, -mention.span.end, mention.kind, mention.extractor


def _long_word(mention: Mention) -> str | None:
    """Return which value of *mention* is out of proportion, or None."""
    for field in attrs.fields(type(mention)):
        value = getattr(mention, field.name)
        if field.name != "text" and isinstance(value, str) and len(value) > _LONGEST_WORD:
            return f"has {len(value)} code points as {field.name!r}, more than {_LONGEST_WORD}"
    return None


def _called(item: object) -> str:
    text = getattr(item, "text", None) if isinstance(item, Mention) else None
    return f"mention {text[:40]!r}" if isinstance(text, str) else "result"

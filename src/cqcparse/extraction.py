"""Stage 4: the run loop. Extractors run one by one, isolated; what they yield is checked."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator

import attrs

from cqcparse.errors import Diagnostic, PluginError
from cqcparse.hookspecs import Extractor, View
from cqcparse.kinds import misfit
from cqcparse.mentions import Mention, quotes_of

logger = logging.getLogger("cqcparse")


def run(
    extractors: Iterable[Extractor], view: View, *, budget: float | None = None
) -> tuple[tuple[Mention, ...], tuple[Diagnostic, ...]]:
    """Run *extractors* in the given order over *view*.

    An extractor that raises, or runs out of its budget, contributes nothing but a diagnostic.
    A mention that breaks the rules is left out with a diagnostic. Mentions of one kind never
    overlap: within an extractor the longest wins, and what an earlier extractor found stands,
    so a plugin cannot change the result of another.

    Args:
        extractors: In the order of running; see :func:`order`.
        view: The document to read.
        budget: Seconds each extractor may take; None for no limit.

    Returns:
        The mentions, sorted, and the diagnostics.
    """
    kept: list[Mention] = []
    diagnostics: list[Diagnostic] = []
    for extractor in extractors:
        requires = getattr(extractor, "requires", ())
        known = tuple(mention for mention in kept if mention.kind in requires)
        try:
            found = tuple(_collect(extractor, attrs.evolve(view, mentions=known), budget))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
            logger.warning("extractor %s failed", extractor.name, exc_info=True)
            diagnostics.append(_failed(extractor, error))
            continue
        kept += _admit(extractor, found, kept, view, diagnostics.append)
    return tuple(sorted(kept, key=sort_key)), tuple(diagnostics)


def order(extractors: Iterable[Extractor]) -> tuple[Extractor, ...]:
    """Return *extractors* so that each runs after those that make what it ``requires``.

    Apart from that the given order is kept.

    Raises:
        PluginError: If a required kind is made by no extractor, or two wait for each other.
    """
    waiting = list(extractors)
    for extractor in waiting:
        _check_requirements(extractor, waiting)
    done: list[Extractor] = []
    while waiting:
        ready = next((e for e in waiting if not _blockers(e, waiting)), None)
        if ready is None:
            names = ", ".join(repr(extractor.name) for extractor in waiting)
            raise PluginError(
                waiting[0].name,
                f"the extractors {names} wait for each other's mentions",
                "remove a kind from one of their 'requires'",
            )
        waiting.remove(ready)
        done.append(ready)
    return tuple(done)


def sort_key(mention: Mention) -> tuple[int, int, str, str]:
    """Return the key that puts mentions into the order of an assessment."""
    return mention.span.start, -mention.span.end, mention.kind, mention.extractor


def _collect(extractor: Extractor, view: View, budget: float | None) -> Iterator[object]:
    deadline = None if budget is None else time.monotonic() + budget
    for mention in extractor.extract(view):
        if deadline is not None and time.monotonic() > deadline:
            raise PluginError(extractor.name, f"took longer than its budget of {budget} seconds")
        yield mention


def _admit(
    extractor: Extractor,
    found: tuple[object, ...],
    kept: list[Mention],
    view: View,
    report: Callable[[Diagnostic], None],
) -> list[Mention]:
    valid = []
    for mention in found:
        problem = _problem(extractor, mention, view)
        if problem:
            report(_rejected(extractor, mention, problem))
        else:
            assert isinstance(mention, Mention)
            valid.append(attrs.evolve(mention, extractor=extractor.name))
    valid.sort(key=sort_key)
    return _without_overlaps(extractor, valid, kept, report)


def _without_overlaps(
    extractor: Extractor,
    valid: list[Mention],
    kept: list[Mention],
    report: Callable[[Diagnostic], None],
) -> list[Mention]:
    standing = _Occupied(kept)
    admitted = []
    for mention in sorted(valid, key=lambda m: (-len(m.span), m.span.start)):
        if standing.overlaps(mention):
            report(_rejected(extractor, mention, "overlaps a mention of its kind that stands"))
        else:
            standing.add(mention)
            admitted.append(mention)
    return admitted


class _Occupied:
    """The characters taken by mentions, by kind."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._taken: dict[str, set[int]] = {}
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        span = mention.span
        self._taken.setdefault(mention.kind, set()).update(range(span.start, span.end))

    def overlaps(self, mention: Mention) -> bool:
        taken = self._taken.get(mention.kind)
        return bool(taken) and not taken.isdisjoint(range(mention.span.start, mention.span.end))


def _problem(extractor: Extractor, mention: object, view: View) -> str | None:
    """Return what is wrong with *mention*, or None."""
    if not isinstance(mention, Mention):
        return f"is a {type(mention).__name__}, not a Mention"
    if type(mention) not in extractor.produces:
        return f"is a {type(mention).__name__}, which 'produces' does not name"
    wrong = misfit(mention)
    if wrong is not None:
        return wrong
    text = view.document.text
    for quote in quotes_of(mention):
        if quote.span.end > len(text):
            return f"reaches to {quote.span.end}, past the end of the text at {len(text)}"
        if text[quote.span.start : quote.span.end] != quote.text:
            return f"says {quote.text[:40]!r} where the document has other text"
    return None if mention.span.end > mention.span.start else "is empty"


def _check_requirements(extractor: Extractor, extractors: list[Extractor]) -> None:
    made = {cls.kind for other in extractors if other is not extractor for cls in other.produces}
    for kind in getattr(extractor, "requires", ()):
        if kind not in made:
            raise PluginError(
                extractor.name,
                f"requires mentions of kind {kind!r}, which no loaded extractor makes",
                "install or enable the plugin that makes them",
            )


def _blockers(extractor: Extractor, waiting: list[Extractor]) -> list[Extractor]:
    requires = set(getattr(extractor, "requires", ()))
    return [
        other
        for other in waiting
        if other is not extractor and any(cls.kind in requires for cls in other.produces)
    ]


def _failed(extractor: Extractor, error: BaseException) -> Diagnostic:
    return Diagnostic(
        code="plugin-failed",
        message=f"extractor {extractor.name!r} failed and was left out: "
        f"{type(error).__name__}: {error}",
        severity="error",
    )


def _rejected(extractor: Extractor, mention: object, problem: str) -> Diagnostic:
    span = mention.span if isinstance(mention, Mention) else None
    what = f"mention {mention.text[:40]!r}" if isinstance(mention, Mention) else "result"
    return Diagnostic(
        code="mention-rejected",
        message=f"a {what} of extractor {extractor.name!r} was left out: it {problem}",
        span=span,
    )

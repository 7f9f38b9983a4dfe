"""Correction: what a corrector makes of mentions is checked, and a changed one says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from cqcparse.extraction.checked_extractors import Task
from cqcparse.extraction.mention_checks import Admission
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.mentions import Evidence, Mention


class Correction:
    """What one corrector makes of the mentions of its kinds.

    Args:
        task: The corrector.
        text: The text of the document.
    """

    def __init__(self, task: Task, text: str) -> None:
        self._task = task
        self._text = text
        self._answers: list[tuple[Mention, object]] = []
        self._dropped: list[Mention] = []
        self._diagnostics: tuple[Diagnostic, ...] = ()

    def receive(self, mention: Mention, answer: object) -> None:
        """Take what the corrector returned for a mention."""
        self._answers.append((mention, answer))

    def applied(self, kept: Sequence[Mention]) -> list[Mention]:
        """Return the mentions as they are now; what breaks a rule leaves its mention as it was."""
        changed: dict[int, object] = {}
        for mention, answer in self._answers:
            if answer is None:
                self._dropped.append(mention)
            if answer is not mention:
                changed[id(mention)] = answer
        result = [mention for mention in kept if id(mention) not in changed]
        for mention in kept:
            if changed.get(id(mention)) is not None:
                result.append(self._one(mention, changed[id(mention)], result))
        return result

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was dropped, and what was refused."""
        if not self._dropped:
            return self._diagnostics
        first, *others = self._dropped
        more = f" and {len(others)} more" if others else ""
        dropped = Diagnostic(
            code="mention-dropped",
            message=f"{self._task.label} dropped the {first.kind} {first.text[:40]!r}{more}",
            severity="info",
            span=first.span,
            extractor=self._task.name,
        )
        return (dropped, *self._diagnostics)

    def _one(self, mention: Mention, answer: object, standing: Iterable[Mention]) -> Mention:
        """Return what stands in the place of *mention*."""
        as_made = attrs.evolve(self._task, name=mention.extractor, produces=(type(mention),))
        admission = Admission(as_made, self._text, reporter=self._task.name)
        admission.receive(answer)
        admitted = admission.admit(standing)
        self._diagnostics += admission.diagnostics
        if not admitted:
            return mention
        (made,) = admitted
        return attrs.evolve(made, evidence=self._evidence(mention, made.evidence))

    def _evidence(self, before: Mention, given: Evidence | None) -> Evidence:
        old = before.evidence or Evidence(rule=before.extractor)
        base = given or old
        beaten = f"{old.rule}: {before.text}"
        return attrs.evolve(base, rule=self._task.name, beat=(*old.beat, beaten))

"""Floors: the scores that must not be lost, pinned in a file that only rises by itself."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from cqcparse.errors import DataError
from cqcparse.evaluation.scoring import Evaluation, KindScore
from cqcparse.output.serialise import load_json

#: Floors are kept in parts of one, rounded down.
_PARTS = 10_000

_TYPES: Mapping[str, tuple[type, ...]] = {
    "group": (str,),
    "kind": (str,),
    "measure": (str,),
    "floor": (float, int),
    "highest": (float, int),
    "reason": (str,),
}


@attrs.frozen(kw_only=True)
class Floor:
    """The least that one score may be."""

    #: Folder of the gold files.
    group: str
    kind: str
    #: Name of the score, such as ``overlap_f1`` or ``period_accuracy``.
    measure: str
    floor: float
    #: The highest floor there ever was; above ``floor`` only with a ``reason``.
    highest: float
    #: Why the floor was lowered by hand; None if it stands at its highest.
    reason: str | None = None


@attrs.frozen(kw_only=True)
class Shortfall:
    """A score below its floor."""

    floor: Floor
    #: What was measured; None if the evaluation has no such score.
    score: float | None

    def __str__(self) -> str:
        """Return one sentence naming the score and its floor."""
        name = f"{self.floor.group}, {self.floor.kind}, {self.floor.measure}"
        if self.score is None:
            return f"{name}: was not measured; its floor is {self.floor.floor}"
        return f"{name}: {self.score:.4f} is below the floor of {self.floor.floor}"


def measures(score: KindScore) -> Iterator[tuple[str, float]]:
    """Yield the scores of one kind that can have a floor, with their names."""
    yield "exact_f1", score.exact.f1
    yield "overlap_f1", score.overlap.f1
    yield "type_f1", score.type.f1
    yield "type_accuracy", score.type_accuracy
    for attribute in score.attributes:
        if attribute.stated:
            yield f"{attribute.name}_accuracy", attribute.accuracy
        if attribute.macro_f1 is not None:
            yield f"{attribute.name}_macro_f1", attribute.macro_f1


def shortfalls(evaluation: Evaluation, floors: Sequence[Floor]) -> tuple[Shortfall, ...]:
    """Return the floors of the evaluated gold that its scores do not reach.

    Floors of folders that were not evaluated are not looked at.
    """
    scores = _measured(evaluation)
    return tuple(
        Shortfall(floor=floor, score=score)
        for floor in floors
        if floor.group in evaluation.groups
        for score in [scores.get((floor.group, floor.kind, floor.measure))]
        if score is None or _rounded(score) < floor.floor
    )


def raised(evaluation: Evaluation, floors: Sequence[Floor]) -> tuple[Floor, ...]:
    """Return *floors* raised to the scores of *evaluation*; none is lowered, new ones are added."""
    result = {(f.group, f.kind, f.measure): f for f in floors}
    for (group, kind, measure), score in _measured(evaluation).items():
        value = _rounded(score)
        old = result.get((group, kind, measure))
        if old is None:
            old = Floor(group=group, kind=kind, measure=measure, floor=value, highest=value)
        elif value > old.floor:
            highest = max(value, old.highest)
            reason = old.reason if value < highest else None
            old = attrs.evolve(old, floor=value, highest=highest, reason=reason)
        result[group, kind, measure] = old
    return tuple(result[key] for key in sorted(result))


def _rounded(score: float) -> float:
    """Return a score rounded down, as floors are written; 0.92 may come as 0.9199999999999999."""
    return math.floor(score * _PARTS + 1e-6) / _PARTS


def load_floors(path: str | Path) -> tuple[Floor, ...]:
    """Read a floors file.

    Raises:
        DataError: If it cannot be read, breaks the format, or lowers a floor without a reason.
    """
    path = Path(path)
    try:
        text = path.read_bytes()
    except OSError as error:
        raise DataError.unread(path, error) from error
    data = load_json(text, str(path))
    rows = data.get("floors") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise DataError(str(path), "has no list under 'floors'")
    return tuple(_floor(path, number, row) for number, row in enumerate(rows, 1))


def dump_floors(floors: Sequence[Floor]) -> str:
    """Return the text of a floors file, a line for each floor so that changes are easy to read."""
    rows = (attrs.asdict(f, filter=lambda _, value: value is not None) for f in floors)
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f'{{"floors": [\n{lines}\n]}}\n'


def _floor(path: Path, number: int, row: object) -> Floor:
    if not isinstance(row, dict):
        raise DataError(str(path), f"floor {number} is not an object")
    for key, value in row.items():
        if key not in _TYPES or type(value) not in _TYPES[key]:
            raise DataError(str(path), f"floor {number}: {key!r} is not known or not of its type")
    missing = set(_TYPES) - set(row) - {"reason"}
    if missing:
        raise DataError(str(path), f"floor {number} has no {', '.join(sorted(missing))}")
    floor = Floor(**row)
    if floor.floor < floor.highest and not (floor.reason or "").strip():
        problem = (
            f"floor {number} ({floor.group}, {floor.kind}, {floor.measure}) was lowered "
            f"from {floor.highest} to {floor.floor} without a 'reason'"
        )
        raise DataError(str(path), problem)
    return floor


def _measured(evaluation: Evaluation) -> dict[tuple[str, str, str], float]:
    return {
        (group, score.kind, measure): value
        for group in evaluation.groups
        for score in evaluation.only(group=group).kinds
        for measure, value in measures(score)
    }

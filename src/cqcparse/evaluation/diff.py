"""What changed between two runs, mention by mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias, cast

import attrs

from cqcparse.evaluation.matching import match
from cqcparse.model.assessment import Assessment
from cqcparse.model.spans import Span
from cqcparse.model.tables import Cell, Row
from cqcparse.output.schemas import key_columns
from cqcparse.output.tables import mention_table

#: Columns that say where a mention stands rather than what it says.
_PLACE = set(key_columns()) | {
    *("url", "page_id", "section_id", "sentence_id", "entity", "mention_id"),
    *("statement", "theme", "score", "section", "kind"),
    *("sentence", "sentence_start", "sentence_end"),
}


@attrs.frozen(kw_only=True)
class FieldChange:
    """One column of a mention that differs."""

    name: str
    before: Cell
    after: Cell


@attrs.frozen(kw_only=True)
class Change:
    """One mention that only one of the runs has, or that differs between them."""

    source: str | None
    kind: str
    change: Literal["added", "removed", "changed"]
    #: Where it stands; in the later run if both have it.
    span: Span
    text: str
    sentence: str | None
    #: The columns that differ, for a mention in both runs.
    fields: tuple[FieldChange, ...] = ()


@attrs.frozen(kw_only=True)
class Diff:
    """What changed between two runs."""

    changes: tuple[Change, ...]
    #: Mentions that are the same in both.
    same: int
    #: Sources that only the earlier run has.
    only_before: tuple[str, ...]
    #: Sources that only the later run has.
    only_after: tuple[str, ...]

    def of(self, change: Literal["added", "removed", "changed"]) -> tuple[Change, ...]:
        """Return the changes of one sort."""
        return tuple(c for c in self.changes if c.change == change)


def diff(before: Iterable[Assessment], after: Iterable[Assessment]) -> Diff:
    """Compare two runs over the same reports.

    Mentions of one kind in one source are paired by the characters they share, as in evaluation. A
    source that only one of the runs names so is the one of the other run whose path ends with its
    path, or the other way round: tables name sources in the folder that was asked for.
    """
    return diff_rows(_rows(before), _rows(after))


def diff_rows(before: Iterable[Row], after: Iterable[Row]) -> Diff:
    """Compare two runs given as rows of the table of mentions."""
    rows_before, rows_after = [*before], [*after]
    names = _same_files(_sources(rows_before), _sources(rows_after))
    old, new = _grouped(rows_before, names), _grouped(rows_after, {})
    changes: list[Change] = []
    same = 0
    for key in sorted(old.keys() | new.keys()):
        for change in _compare(old.get(key, []), new.get(key, [])):
            if change is None:
                same += 1
            else:
                changes.append(change)
    old_sources, new_sources = {key[0] for key in old}, {key[0] for key in new}
    return Diff(
        changes=tuple(sorted(changes, key=lambda c: (c.source or "", c.span, c.kind))),
        same=same,
        only_before=tuple(sorted(old_sources - new_sources)),
        only_after=tuple(sorted(new_sources - old_sources)),
    )


_Key: TypeAlias = tuple[str, str]


def _rows(assessments: Iterable[Assessment]) -> Iterator[Row]:
    for assessment in assessments:
        _, rows = mention_table({type(mention) for mention in assessment.mentions})
        yield from rows(assessment)


def _sources(rows: Iterable[Row]) -> set[str]:
    return {str(row["source"] or "") for row in rows}


def _same_files(old: set[str], new: set[str]) -> dict[str, str]:
    """Return the names in the later run of sources that the earlier run names otherwise."""
    by_name: dict[str, list[str]] = {}
    for source in sorted(new - old):
        by_name.setdefault(_parts(source)[-1], []).append(source)
    names = {}
    for source in sorted(old - new):
        parts = _parts(source)
        others = by_name.get(parts[-1], [])
        found = [other for other in others if _end_alike(parts, _parts(other))]
        if len(found) == 1:
            names[source] = found[0]
    return names


def _end_alike(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Return whether one path ends with the other."""
    length = min(len(one), len(two))
    return one[-length:] == two[-length:]


def _parts(source: str) -> tuple[str, ...]:
    return tuple(source.replace("\\", "/").split("/"))


def _grouped(rows: Iterable[Row], names: Mapping[str, str]) -> Mapping[_Key, list[Row]]:
    """Return the rows by source, under the name that *names* has for it, and kind."""
    groups: dict[_Key, list[Row]] = {}
    for row in rows:
        source = str(row["source"] or "")
        key = (names.get(source, source), str(row["kind"]))
        groups.setdefault(key, []).append(row)
    return groups


def _compare(old: list[Row], new: list[Row]) -> Iterator[Change | None]:
    """Yield a change for each mention, None for one that is the same in both."""
    pairs = match([_span(row) for row in old], [_span(row) for row in new])
    for i, j in pairs:
        fields = tuple(_field_changes(old[i], new[j]))
        yield _change("changed", new[j], fields) if fields else None
    kept_old, kept_new = {i for i, _ in pairs}, {j for _, j in pairs}
    for i, row in enumerate(old):
        if i not in kept_old:
            yield _change("removed", row)
    for j, row in enumerate(new):
        if j not in kept_new:
            yield _change("added", row)


def _field_changes(old: Row, new: Row) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if name not in _PLACE and before != after:
            yield FieldChange(name=name, before=before, after=after)


def _change(
    change: Literal["added", "removed", "changed"], row: Row, fields: tuple[FieldChange, ...] = ()
) -> Change:
    sentence = row.get("sentence")
    return Change(
        source=None if row["source"] is None else str(row["source"]),
        kind=str(row["kind"]),
        change=change,
        span=_span(row),
        text=str(row["text"]),
        sentence=None if sentence is None else str(sentence),
        fields=fields,
    )


def _span(row: Row) -> Span:
    return Span(cast("int", row["char_start"]), cast("int", row["char_end"]))

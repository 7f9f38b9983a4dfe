"""Reports -> tasks of Label Studio: each page with its mentions as predictions to be corrected.

Label Studio counts as its browser does, in units of UTF-16: a character outside of the basic
plane, such as an emoji, counts twice.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.model.spans import Span
from cqcparse.output.interchange.annotations import MADE_BY, Mark, Page, pages_of

Json: TypeAlias = dict[str, Any]


def write(path: Path, reports: Iterable[Assessment | Report]) -> None:
    """Write a task for each page."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for number, page in enumerate(pages_of(reports)):
            task = json.dumps(_task(page), ensure_ascii=False)
            file.write(f"{',' if number else ''}\n{task}")
        file.write("\n]\n")


def _task(page: Page) -> Json:
    offset = _utf16(page.text)

    def region(id_: str, label: str, span: Span) -> Json:
        return {
            "id": id_,
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": offset(span.start),
                "end": offset(span.end),
                "text": page.text[span.start : span.end],
                "labels": [label],
            },
        }

    result = [item for mark in page.marks for item in _result(mark, region)]
    about = {"page_id": page.id, "source": page.source, "url": page.address}
    return {
        "data": {"text": page.text, **page.keys, **{k: v for k, v in about.items() if v}},
        "predictions": [{"model_version": MADE_BY, "result": result}],
    }


def _result(mark: Mark, region: Callable[[str, str, Span], Json]) -> Iterator[Json]:
    """Yield the region of a mention, those of its values, and what ties them together."""
    said = [f"{name}: {value}" for name, value in mark.said.items()]
    yield region(mark.id, mark.label, mark.span) | ({"meta": {"text": said}} if said else {})
    for value in mark.values:
        yield region(value.id, value.name, value.span)
        yield {
            "type": "relation",
            "from_id": mark.id,
            "to_id": value.id,
            "direction": "right",
            "labels": [value.name],
        }


def _utf16(text: str) -> Callable[[int], int]:
    """Return what turns a place in code points of *text* into one in units of UTF-16."""
    wide = [place for place, character in enumerate(text) if character > "\uffff"]
    return lambda place: place + bisect_left(wide, place)

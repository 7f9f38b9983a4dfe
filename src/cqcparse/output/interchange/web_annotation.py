"""Reports -> Web Annotations of the W3C, as JSON-LD: one collection of all that was found.

A mention is an annotation, and each value read of it another that is linked to it. Each says where
it is twice: by its words with those around them, and by its place in the text.
"""

from __future__ import annotations

import hashlib
import json
import urllib.parse
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report
from cqcparse.output.interchange.annotations import MADE_BY, Mark, Page, Value, pages_of

Json: TypeAlias = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_GENERATOR = {"type": "Software", "name": MADE_BY}
#: What the ids of annotations are made in.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, CONTEXT)
#: What may stand in an address as it is.
_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
#: Characters on both sides of a quote that tell it from the same words elsewhere.
_AROUND = 32


def write(path: Path, reports: Iterable[Assessment | Report]) -> None:
    """Write an annotation for each mention and each value of one."""
    ids = hashlib.sha256()
    total = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = {"@context": CONTEXT, "type": "AnnotationCollection", "label": f"Made by {MADE_BY}"}
        file.write(f'{_written(head)[:-1]}, "first": {{"type": "AnnotationPage", "startIndex": 0, ')
        file.write('"items": [')
        for page in pages_of(reports):
            for annotation in _annotations(page):
                file.write(f"{',' if total else ''}\n{_written(annotation)}")
                ids.update(annotation["id"].encode())
                total += 1
        collection = _iri(ids.hexdigest())
        file.write(f'\n], "id": "{collection}#page", "partOf": "{collection}"}}, ')
        file.write(f'"total": {total}, "id": "{collection}"}}\n')


def _annotations(page: Page) -> Iterator[Json]:
    target = _source(page)
    for mark in page.marks:
        yield {
            **_made(page, mark),
            "motivation": "classifying",
            "body": [*_bodies(mark)],
            "target": {"source": target, "selector": _selectors(page, mark)},
        }
        for value in mark.values:
            yield {
                **_made(page, value),
                "motivation": "classifying",
                "body": [
                    _text("tagging", value.name),
                    {
                        "type": "SpecificResource",
                        "purpose": "linking",
                        "source": _id(page, mark),
                    },
                ],
                "target": {"source": target, "selector": _selectors(page, value)},
            }


def _made(page: Page, of: Mark | Value) -> Json:
    return {"type": "Annotation", "id": _id(page, of), "generator": _GENERATOR}


def _id(page: Page, of: Mark | Value) -> str:
    """Return the id of an annotation; the same text at two places has two of each."""
    return _iri(f"{_source(page)}#{of.id}")


def _bodies(mark: Mark) -> Iterator[Json]:
    """Yield what a mention is, and what else is known of it."""
    yield _text("tagging", mark.label)
    for name, value in mark.said.items():
        if name == "type":
            yield _text("tagging", f"{mark.label}/{value}")
        elif name in {"canonical", "entity_id"}:
            yield _text("identifying", value)
        else:
            yield _text("describing", f"{name}: {value}")


def _text(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _selectors(page: Page, of: Mark | Value) -> list[Json]:
    """Return how a place is found: by its words, and by its place in code points."""
    start, end = of.span.start, of.span.end
    return [
        {
            "type": "TextQuoteSelector",
            "exact": page.text[start:end],
            "prefix": page.text[max(start - _AROUND, 0) : start],
            "suffix": page.text[end : end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _source(page: Page) -> str:
    """Return what the page is: its address, else its path as an address, else its id."""
    if page.address:
        return urllib.parse.quote(page.address, safe=_ADDRESS, errors="replace")
    if page.source:
        parts = page.source.replace("\\", "/")
        return urllib.parse.quote(parts, safe="/", errors="surrogateescape")
    return _iri(page.id)


def _iri(name: str) -> str:
    """Return the same address for the same name, and another for any other."""
    return uuid.uuid5(_NAMESPACE, name).urn


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)

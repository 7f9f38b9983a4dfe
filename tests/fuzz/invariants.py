"""What holds of every result and every refusal, whatever was given.

Asked by the property tests and by the fuzz targets alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from cqcparse import Assessment, Report
from cqcparse.errors import CqcParseError, DataError
from cqcparse.model.soundness import fault_of
from cqcparse.model.tables import TableName
from cqcparse.output.serialise import from_json, report_from_json
from cqcparse.output.writing import to_line
from cqcparse.testing.marking import complaints

Json: TypeAlias = Any
Result: TypeAlias = Assessment | Report

READ: Mapping[type, Callable[[str], Result]] = MappingProxyType(
    {Assessment: from_json, Report: report_from_json}
)

_TABLES: tuple[TableName, ...] = get_args(TableName)

#: Longest sentence about an input, in code points.
_LONGEST = 1_000


def check_refusal(error: CqcParseError) -> None:
    """Check that an input was refused in one sentence that can be read."""
    sentence = str(error)
    assert sentence.strip()
    assert "\n" not in sentence
    assert len(sentence) < _LONGEST


def check_parsed(made: Assessment) -> None:
    """Check what the core made of a document: nothing failed, and it is what it says it is."""
    failed = complaints(made)
    assert not failed, failed
    check_result(made)


def check_result(made: Result) -> None:
    """Check that a result is sound, can be asked all there is to ask, and survives JSON."""
    fault = fault_of(made)
    assert fault is None, fault
    check_usable(made)
    written = made.to_json()
    again = READ[type(made)](written)
    assert again == made
    assert again.to_json() == written


def check_usable(made: Result) -> None:
    """Ask of a result whatever can be asked; none of it may fail, and its sections tile the text."""
    made.to_html()
    pages = made.pages if isinstance(made, Report) else (made,)
    for one in pages:
        text = one.document.text
        assert "".join(text[p.span.start : p.span.end] for p in one.coverage()) == text
        for mention in one.mentions:
            one.section_of(mention)
            one.sentence_of(mention)
            one.statement_of(mention)
    for table in _TABLES:
        for row in made.rows(table):
            to_line(row)
    if isinstance(made, Report):
        assert len(made.statements) <= sum(len(one.statements) for one in pages)
        assert len(made.mentions) == sum(len(one.mentions) for one in pages)


def check_saved(cls: type, text: str) -> None:
    """Check that *text* is refused in one sentence, or is one of *cls* that says the same."""
    try:
        made = READ[cls](text)
    except DataError as error:
        check_refusal(error)
        return
    check_result(made)
    assert agrees(json.loads(text), json.loads(made.to_json())), "something was converted"


def agrees(given: Json, written: Json) -> bool:
    """Return whether *written* says what *given* says; what that left out has its default."""
    if isinstance(given, dict):
        return isinstance(written, dict) and all(
            key in written and agrees(value, written[key]) for key, value in given.items()
        )
    if isinstance(given, list):
        return (
            isinstance(written, list)
            and len(given) == len(written)
            and all(map(agrees, given, written))
        )
    return bool(given == written) and isinstance(given, bool) == isinstance(written, bool)

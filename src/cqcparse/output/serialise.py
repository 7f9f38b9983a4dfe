"""Assessment <-> JSON, exactly; every mention says its ``kind``, the kinds of plugins too."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from cqcparse.errors import DataError
from cqcparse.extraction.plugins import installed_kinds
from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import BUILT_IN, plain_kind
from cqcparse.model.mentions import Mention, quotes_of
from cqcparse.model.report import Report
from cqcparse.model.spans import Quote

if TYPE_CHECKING:
    from cattrs import Converter

#: Version of the JSON form; it rises when what an older reader needs changes.
SCHEMA_VERSION = 1

_VERSION_KEY = "schema_version"
_KIND_KEY = "kind"

T = TypeVar("T")


def to_json(assessment: Assessment, *, indent: int | None = None) -> str:
    """Return *assessment* as JSON; :func:`from_json` gives it back unchanged.

    Args:
        assessment: What to write.
        indent: Spaces by which to indent; None for one line.
    """
    return _dumped(assessment, indent)


def report_to_json(report: Report, *, indent: int | None = None) -> str:
    """Return *report* with its pages as JSON; :func:`report_from_json` gives it back unchanged.

    Args:
        report: What to write.
        indent: Spaces by which to indent; None for one line.
    """
    return _dumped(report, indent)


def from_json(
    text: str | bytes,
    *,
    source: str = "the JSON text",
    kinds: Iterable[type[Mention]] | None = None,
) -> Assessment:
    """Return the assessment that :meth:`~cqcparse.Assessment.to_json` wrote.

    Args:
        text: The JSON of one assessment.
        source: Name of the text, for messages.
        kinds: The kinds of mention that may occur; by default the built-in ones and those of the
            installed plugins.

    Raises:
        DataError: If the text is not an assessment of this version, has a mention of a kind that
            no plugin brings, or quotes what the document does not say.
    """
    data = _loaded(text, source)
    classes = _classes([data], kinds)
    assessment = _structured(data, source, _converter(classes), Assessment)
    _check_quotes(assessment, source)
    return assessment


def report_from_json(
    text: str | bytes,
    *,
    source: str = "the JSON text",
    kinds: Iterable[type[Mention]] | None = None,
) -> Report:
    """Return the report that :meth:`~cqcparse.Report.to_json` wrote.

    Args:
        text: The JSON of one report.
        source: Name of the text, for messages.
        kinds: The kinds of mention that may occur; by default the built-in ones and those of the
            installed plugins.

    Raises:
        DataError: If the text is not a report of this version, has a mention of a kind that no
            plugin brings, or quotes what its page does not say.
    """
    data = _loaded(text, source)
    pages = data.get("pages")
    classes = _classes(pages if isinstance(pages, list) else [], kinds)
    report = _structured(data, source, _converter(classes), Report)
    for page in report.pages:
        _check_quotes(page, source)
    return report


def _dumped(value: Assessment | Report, indent: int | None) -> str:
    data = {_VERSION_KEY: SCHEMA_VERSION, **_converter(BUILT_IN).unstructure(value)}
    separators = (",", ":") if indent is None else None
    return json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)


def _loaded(text: str | bytes, source: str) -> dict[str, Any]:
    """Return the object in *text* without its version, which is checked."""
    try:
        data: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(source, f"is not JSON ({error})") from error
    if not isinstance(data, dict) or type(data.get(_VERSION_KEY)) is not int:
        raise DataError(source, f"is not an assessment: it has no {_VERSION_KEY!r}")
    version = data.pop(_VERSION_KEY)
    if version != SCHEMA_VERSION:
        problem = f"has {_VERSION_KEY} {version}, this cqcparse reads {SCHEMA_VERSION}; "
        remedy = "update cqcparse" if version > SCHEMA_VERSION else "parse the report again"
        raise DataError(source, problem + remedy)
    return data


def _classes(
    pages: Iterable[Any], kinds: Iterable[type[Mention]] | None
) -> tuple[type[Mention], ...]:
    """Return the classes of the kinds in *pages*; plugins are loaded only for one not built in."""
    if kinds is not None:
        return tuple(kinds)
    found = [page.get("mentions") for page in pages if isinstance(page, dict)]
    rows = [row for mentions in found if isinstance(mentions, list) for row in mentions]
    present = {row.get(_KIND_KEY) for row in rows if isinstance(row, dict)}
    if present <= {cls.kind for cls in BUILT_IN}:
        return BUILT_IN
    installed = installed_kinds()
    return (*installed, *_plain_kinds(rows, {cls.kind for cls in installed}))


def _plain_kinds(rows: Iterable[Any], known: Container[str]) -> Iterator[type[Mention]]:
    """Yield a class for each unknown kind whose mentions have no fields but those of all."""
    common = {_KIND_KEY, *(field.name for field in attrs.fields(Mention))}
    keys: dict[str, set[str]] = {}
    for row in rows:
        kind = row.get(_KIND_KEY) if isinstance(row, dict) else None
        if isinstance(kind, str) and kind not in known:
            keys.setdefault(kind, set()).update(row)
    return (plain_kind(kind) for kind in sorted(keys) if keys[kind] == common)


def _structured(data: Mapping[str, Any], source: str, converter: Converter, cls: type[T]) -> T:
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - heavy

    try:
        return converter.structure(data, cls)
    except BaseValidationError as error:
        unknown = error.subgroup(_UnknownKindError)
        if unknown is not None:
            raise DataError(source, str(_first_leaf(unknown))) from None
        problems = transform_error(error, path="$", format_exception=_explained)
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        name = cls.__name__.lower()
        raise DataError(source, f"is not a valid {name}: {problems[0]}{more}") from None


class _UnknownKindError(ValueError):
    """A mention is of a kind that is not at hand."""


def _first_leaf(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _explained(error: BaseException, wanted: type | None) -> str:
    """Return what is wrong with one value, for the path that cattrs puts behind it."""
    from cattrs.v import format_exception  # noqa: PLC0415 - heavy

    if isinstance(error, (ValueError, TypeError)) and str(error):
        return str(error)
    return format_exception(error, wanted)


@cache
def _converter(kinds: tuple[type[Mention], ...]) -> Converter:
    """Return a converter between values and what JSON has, for these kinds of mention."""
    from cattrs import Converter  # noqa: PLC0415 - heavy

    converter = Converter(forbid_extra_keys=True)
    for cls in (str, int, bool):
        converter.register_structure_hook(cls, _strict(cls))
    converter.register_structure_hook(float, _to_float)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, _to_decimal)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, _to_date)
    _register_mentions(converter, {cls.kind: cls for cls in kinds})
    return converter


def _register_mentions(converter: Converter, kinds: Mapping[str, type[Mention]]) -> None:
    """Let the class of a mention be told by its kind, in both directions."""
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn  # noqa: PLC0415 - heavy

    writers: dict[type[Mention], Callable[[Mention], dict[str, Any]]] = {}
    readers = {
        kind: make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
        for kind, cls in kinds.items()
    }

    def write(mention: Mention) -> dict[str, Any]:
        cls = type(mention)
        if cls not in writers:
            writers[cls] = make_dict_unstructure_fn(cls, converter)
        return {_KIND_KEY: mention.kind, **writers[cls](mention)}

    def read(row: object, _: object) -> Mention:
        if not isinstance(row, dict) or not isinstance(row.get(_KIND_KEY), str):
            msg = f"a mention has no {_KIND_KEY!r}"
            raise TypeError(msg)
        kind = row[_KIND_KEY]
        if kind not in kinds:
            msg = (
                f"has a mention of kind {kind!r}, which is not built in: "
                "the plugin that brings it must be installed"
            )
            raise _UnknownKindError(msg)
        rest = {key: value for key, value in row.items() if key != _KIND_KEY}
        return readers[kind](rest, kinds[kind])

    converter.register_unstructure_hook(Mention, write)
    converter.register_structure_hook(Mention, read)


def _strict(cls: type[T]) -> Callable[[object, object], T]:
    """Return a hook that takes a value of exactly *cls* and converts nothing."""

    def hook(value: object, _: object) -> T:
        if type(value) is not cls:
            msg = f"{value!r:.60} is not {cls.__name__}"
            raise TypeError(msg)
        return value

    return hook


def _to_float(value: object, _: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        msg = f"{value!r:.60} is not a number"
        raise TypeError(msg)
    return float(value)


def _to_decimal(value: object, _: object) -> Decimal:
    try:
        return Decimal(_strict(str)(value, str))
    except InvalidOperation:
        msg = f"{value!r:.60} is not a decimal number"
        raise ValueError(msg) from None


def _to_date(value: object, _: object) -> date:
    return date.fromisoformat(_strict(str)(value, str))


def _check_quotes(assessment: Assessment, source: str) -> None:
    """Refuse an assessment whose mentions or facts quote what its document does not say."""
    text = assessment.document.text
    facts = ((Quote(fact.text, fact.span), fact.sentence) for fact in assessment.facts)
    for quotes in (*map(quotes_of, assessment.mentions), *facts):
        for quote in quotes:
            if text[quote.span.start : quote.span.end] != quote.text:
                problem = (
                    f"quotes {quote.text!r:.60} at {quote.span.start}-{quote.span.end}, "
                    "but the document does not say so there"
                )
                raise DataError(source, problem)

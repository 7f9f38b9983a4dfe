"""Assessment <-> JSON, exactly; every mention says its ``kind``, the kinds of plugins too."""

from __future__ import annotations

import contextlib
import json
import math
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar, cast, get_args

import attrs

from cqcparse.errors import DataError
from cqcparse.extraction.plugins import installed_kinds
from cqcparse.model.assessment import Assessment
from cqcparse.model.identifiers import is_name
from cqcparse.model.kinds import (
    BUILT_IN,
    PlainMention,
    TypeForm,
    class_of,
    declaring,
    plain_kind,
)
from cqcparse.model.mentions import Mention
from cqcparse.model.report import Report
from cqcparse.model.soundness import fault_of

if TYPE_CHECKING:
    from cattrs import Converter

#: Version of the JSON form; it rises when what an older reader needs changes.
SCHEMA_VERSION = 1

_VERSION_KEY = "schema_version"
_KIND_KEY = "kind"

#: Lists and objects within each other; an assessment has about ten.
_DEEPEST = 100

#: Characters of what is said of one value.
_LONGEST = 200

T = TypeVar("T")
ResultT = TypeVar("ResultT", Assessment, Report)


def to_json(result: Assessment | Report, *, indent: int | None = None) -> str:
    """Return a result as JSON; :func:`from_json` or :func:`report_from_json` gives it back.

    Args:
        result: What to write; a report is written with its pages.
        indent: Spaces by which to indent; None for one line.
    """
    data = {_VERSION_KEY: SCHEMA_VERSION, **_converter(BUILT_IN, plain=True).unstructure(result)}
    separators = (",", ":") if indent is None else None
    return json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)


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
            no plugin brings, or says what is not so: a quote that the document does not have, a
            place outside it, sections that do not tile it, a name that is none.

    Examples:
        >>> import cqcparse
        >>> report = cqcparse.read("seeds/harrow.txt")
        >>> cqcparse.from_json(report.to_json()) == report
        True
    """
    return _read(text, source, kinds, Assessment)


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
        DataError: If the text is not a report of this version, or one of its pages is not right:
            see :func:`from_json`.

    Examples:
        >>> import cqcparse
        >>> (report,) = cqcparse.combine([cqcparse.read("seeds/harrow.txt")])
        >>> cqcparse.report_from_json(report.to_json()) == report
        True
    """
    return _read(text, source, kinds, Report)


def _read(
    text: str | bytes, source: str, kinds: Iterable[type[Mention]] | None, cls: type[ResultT]
) -> ResultT:
    data = _loaded(text, source)
    if cls is Assessment and "pages" in data and "document" not in data:
        raise DataError(source, "is a report made of pages: read it with report_from_json")
    pages = data.get("pages") if cls is Report else [data]
    converter = _converter_for(pages if isinstance(pages, list) else [], kinds)
    return _structured(data, source, converter, cls)


def load_json(text: str | bytes, source: str, line: int | None = None) -> object:
    """Return what JSON text holds.

    Args:
        text: The text.
        source: Name of the text, for messages.
        line: Its line in the source, if it is one of several.

    Raises:
        DataError: If it is not JSON, or is nested deeper than anything that is written here.
    """
    try:
        data: object = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise DataError(source, f"is not JSON ({error})", line) from error
    if _is_deeper(data, _DEEPEST):
        raise DataError(source, f"is nested more than {_DEEPEST} levels deep", line)
    return data


def _refuse_constant(name: str) -> NoReturn:
    msg = f"{name} is no number of JSON"
    raise ValueError(msg)


def _is_deeper(data: object, levels: int) -> bool:
    """Return whether more than so many lists and objects stand within each other."""
    held = [data]
    for _ in range(levels + 1):
        containers = [item for item in held if isinstance(item, (dict, list))]
        if not containers:
            return False
        inner = (item.values() if isinstance(item, dict) else item for item in containers)
        held = [item for items in inner for item in items]
    return True


def _loaded(text: str | bytes, source: str) -> dict[str, Any]:
    """Return the object in *text* without its version, which is checked."""
    data = load_json(text, source)
    if not isinstance(data, dict) or type(data.get(_VERSION_KEY)) is not int:
        raise DataError(source, f"is not an assessment: it has no {_VERSION_KEY!r}")
    version = data.pop(_VERSION_KEY)
    if version != SCHEMA_VERSION:
        problem = f"has {_VERSION_KEY} {version!r:.20}, this cqcparse reads {SCHEMA_VERSION}; "
        remedy = "update cqcparse" if version > SCHEMA_VERSION else "parse the report again"
        raise DataError(source, problem + remedy)
    return data


def _converter_for(pages: Iterable[Any], kinds: Iterable[type[Mention]] | None) -> Converter:
    """Return the converter for the kinds in *pages*; plugins are loaded only for one not built in.

    A kind that is not at hand is read if it adds no fields, unless the caller says which may be.
    """
    if kinds is not None:
        return _converter(tuple(kinds), plain=False)
    built_in = {cls.kind for cls in BUILT_IN}
    found = [page.get("mentions") for page in pages if isinstance(page, dict)]
    rows = [row for mentions in found if isinstance(mentions, list) for row in mentions]
    present = [row.get(_KIND_KEY) for row in rows if isinstance(row, dict)]
    known = all(isinstance(kind, str) and kind in built_in for kind in present)
    return _converter(BUILT_IN if known else installed_kinds(), plain=True)


def _structured(
    data: Mapping[str, Any], source: str, converter: Converter, cls: type[ResultT]
) -> ResultT:
    """Return *data* as an object of *cls* that is right in itself."""
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - heavy

    try:
        made = converter.structure(data, cls)
        fault = fault_of(made)
    except BaseValidationError as error:
        unknown = error.subgroup(_UnknownKindError)
        if unknown is not None:
            raise DataError(source, str(_first_leaf(unknown))) from None
        problems = transform_error(error, path="$", format_exception=_explained)
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        name = cls.__name__.lower()
        raise DataError(source, f"is not a valid {name}: {problems[0]}{more}") from None
    if fault is not None:
        raise DataError(source, _shortened(fault))
    return made


class _UnknownKindError(ValueError):
    """A mention is of a kind that is not at hand."""


def _first_leaf(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _explained(error: BaseException, wanted: type | None) -> str:
    """Return what is wrong with one value, in short, for the path that cattrs puts behind it."""
    from cattrs import ForbiddenExtraKeysError  # noqa: PLC0415 - heavy
    from cattrs.v import format_exception  # noqa: PLC0415 - heavy

    if isinstance(error, ForbiddenExtraKeysError):
        return f"has the unknown key {min(error.extra_fields)!r:.60}"
    told = isinstance(error, (ValueError, TypeError)) and str(error)
    return _shortened(told or format_exception(error, wanted))


def _shortened(problem: str) -> str:
    return textwrap.shorten(problem, _LONGEST, placeholder="...")


@cache
def _converter(kinds: tuple[type[Mention], ...], *, plain: bool) -> Converter:
    """Return a converter between values and what JSON has, for these kinds of mention.

    Args:
        kinds: Their classes.
        plain: Whether mentions of other kinds are read, if they have the fields of all and no more.
    """
    from cattrs import Converter  # noqa: PLC0415 - heavy

    converter = Converter()
    for cls in (str, int, bool):
        converter.register_structure_hook(cls, _strict(cls))
    converter.register_structure_hook(float, _to_float)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, _to_decimal)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, _to_date)
    converter.register_structure_hook_factory(attrs.has, _object_reader)
    converter.register_structure_hook_factory(_is_tuple, _tuple_reader)
    converter.register_structure_hook_func(_is_literal, _to_literal)
    _register_mentions(converter, {cls.kind: cls for cls in kinds}, plain=plain)
    return converter


def _object_reader(form: TypeForm, converter: Converter) -> Callable[[object, object], object]:
    """Return what reads an attrs class from an object that has its fields and no others."""
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415 - heavy

    read = make_dict_structure_fn(form, converter, _cattrs_forbid_extra_keys=True)

    def hook(value: object, _: object) -> object:
        if not isinstance(value, dict):
            msg = f"{value!r:.60} is not an object"
            raise TypeError(msg)
        return read(value, form)

    return hook


def _is_literal(form: TypeForm) -> bool:
    return class_of(form) is Literal


def _to_literal(value: object, form: TypeForm) -> object:
    for choice in get_args(form):
        if type(value) is type(choice) and value == choice:
            return choice
    msg = f"{value!r:.60} is not one of {', '.join(map(repr, get_args(form)))}"
    raise ValueError(msg)


def _is_tuple(form: TypeForm) -> bool:
    return class_of(form) is tuple


def _tuple_reader(form: TypeForm, converter: Converter) -> Callable[[object, object], object]:
    """Return what reads a tuple from a list, and from nothing else that has members."""
    from cattrs.cols import homogenous_tuple_structure_factory  # noqa: PLC0415 - heavy

    members = get_args(form)
    if members[1:] == (...,):
        return _of_list(homogenous_tuple_structure_factory(form, converter))
    hooks = [converter.get_structure_hook(member) for member in members]

    def read(value: Sequence[object], _: object) -> object:
        if len(value) != len(members):
            msg = f"a list of {len(value)} stands where one of {len(members)} must"
            raise ValueError(msg)
        return tuple(hook(item, of) for hook, item, of in zip(hooks, value, members, strict=True))

    return _of_list(read)


def _of_list(read: Callable[[Any, Any], object]) -> Callable[[object, object], object]:
    def hook(value: object, form: object) -> object:
        if not isinstance(value, list):
            msg = f"{value!r:.60} is not a list"
            raise TypeError(msg)
        return read(value, form)

    return hook


def _register_mentions(
    converter: Converter, kinds: Mapping[str, type[Mention]], *, plain: bool
) -> None:
    """Let the class of a mention be told by its kind, in both directions."""
    from cattrs.gen import make_dict_unstructure_fn  # noqa: PLC0415 - heavy

    writers: dict[type[Mention], Callable[[Mention], dict[str, Any]]] = {}
    readers = {kind: _object_reader(cls, converter) for kind, cls in kinds.items()}
    read_plain = _object_reader(PlainMention, converter)
    common = tuple(field.name for field in attrs.fields(PlainMention))

    def write(mention: Mention) -> dict[str, Any]:
        cls = declaring(type(mention))
        if cls not in writers:
            writers[cls] = make_dict_unstructure_fn(cls, converter)
        return {_KIND_KEY: mention.kind, **writers[cls](mention)}

    def read(row: object, _: object) -> Mention:
        kind = row.get(_KIND_KEY) if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(kind, str):
            msg = f"a mention has no {_KIND_KEY!r}"
            raise TypeError(msg)
        rest = {key: value for key, value in row.items() if key != _KIND_KEY}
        if kind in kinds:
            return cast("Mention", readers[kind](rest, kinds[kind]))
        if not (plain and is_name(kind) and rest.keys() == set(common)):
            msg = (
                f"has a mention of kind {kind!r:.60}, which is not built in: "
                "the plugin that brings it must be installed, or given (--plugin, kinds)"
            )
            raise _UnknownKindError(msg)
        made = read_plain(rest, PlainMention)
        return plain_kind(kind)(**{name: getattr(made, name) for name in common})

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
    if type(value) not in {int, float} or not math.isfinite(number := float(cast("float", value))):
        msg = f"{value!r:.60} is not a number"
        raise TypeError(msg)
    return number


def _to_decimal(value: object, _: object) -> Decimal:
    text = _strict(str)(value, str)
    with contextlib.suppress(ArithmeticError):
        number = Decimal(text)
        if number.is_finite() and str(number) == text:
            return number
    msg = f"{text!r:.60} is not a decimal number"
    raise ValueError(msg)


def _to_date(value: object, _: object) -> date:
    text = _strict(str)(value, str)
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        msg = f"{text!r:.60} is not a date like 2024-02-29"
        raise ValueError(msg)
    return day

"""Questions as data: files of SQL, and the values that may be put into them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from cqcparse.errors import DataError, QuestionError
from cqcparse.extraction.plugins import Plugins
from cqcparse.framework import builtin_frameworks
from cqcparse.model.tables import Cell
from cqcparse.registry import authorities, find_authority, find_authority_by_code
from cqcparse.registry.suggestions import suggest_authorities

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_LINE = re.compile(r"-- (?P<key>[a-z]+)(?: (?P<name>\w+))?: (?P<value>.+)")
_PARAMETER = re.compile(
    r"(?P<type>[a-z_]+)(?:\((?P<among>[^)]*)\))?(?P<other> or authority)?"
    r"(?: = (?P<default>\S+))? -- (?P<about>.+)"
)
_TYPES = frozenset(
    {"text", "list", "integer", "choice", "authority", "statement", "region", "authority_type"}
)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
#: How alike a value and one of those that there are must be for it to be misspelt.
_NEAR = 0.85


@attrs.frozen(kw_only=True)
class Parameter:
    """A value that a question asks for.

    Attributes:
        name: Its name, which stands in the SQL with a ``$`` before it.
        about: What it is, in words.
        type: ``text``, ``list``, ``integer``, ``choice``, ``authority``, ``statement``, ``region``
            or ``authority_type``.
        among: Of a choice the values; of an integer the lowest and the highest.
        or_authority: Whether an authority is a value, too.
        required: Whether it must be given.
        default: What it is if it is not given.
    """

    name: str
    about: str
    type: str
    among: tuple[str, ...] = ()
    or_authority: bool = False
    required: bool = False
    default: str | None = None
    #: SQL that gives the values there are in the tables; a misspelt one is told by them.
    found: str | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """The values it may have; empty if they are too many to list."""
        if self.type == "choice":
            return self.among
        if self.type == "statement":
            framework = next(f for f in builtin_frameworks() if f.local_authority)
            return tuple(statement.id for statement in framework.statements)
        if self.type in {"region", "authority_type"}:
            attribute = "region" if self.type == "region" else "type"
            return tuple(sorted({str(getattr(item, attribute)) for item in authorities()}))
        return ()

    def read(self, given: object, question: str) -> Cell:
        """Return a value as it is bound into the SQL.

        Raises:
            QuestionError: If it is none of those it may be.
        """
        text = ",".join(map(str, given)) if isinstance(given, (list, tuple)) else str(given).strip()
        if self.type == "integer":
            return self._number(text, question)
        if self.type == "authority":
            return self._authority(text, question)
        if self.type in {"list", "text"}:
            parts = [part.strip() for part in text.split(",")] if self.type == "list" else [text]
            if not any(parts):
                raise self._refused(question, text, f"it is {self.about}")
            return ",".join(filter(None, parts))
        same = {value.casefold(): value for value in self.values}
        if text.casefold() in same:
            return same[text.casefold()]
        if self.or_authority:
            return self._authority(text, question)
        near = difflib.get_close_matches(text, self.values, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"it may be {', '.join(self.values)}"
        raise self._refused(question, text, hint)

    def check(self, value: Cell, there: Collection[str], question: str) -> None:
        """Refuse a value that is not among those *there* are, and nearly one of them.

        Raises:
            QuestionError: If it is; one that is like none of them has an empty answer.
        """
        for part in str(value).split(",") if self.type == "list" else [str(value)]:
            near = difflib.get_close_matches(part, there, n=1, cutoff=_NEAR)
            if near and part not in there:
                raise self._refused(question, part, f"did you mean {near[0]!r}?")

    def _number(self, text: str, question: str) -> int:
        low, high = map(int, self.among)
        if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
            raise self._refused(question, text, f"it may be from {low} to {high}")
        return int(text)

    def _authority(self, text: str, question: str) -> str:
        record = find_authority_by_code(text.upper()) or find_authority(text)
        if record is None:
            near = [item.short_name for item in suggest_authorities(text)][:3]
            hint = f"did you mean {' or '.join(near)}?" if near else "give the name of a council"
            if self.among:
                hint += f"; it may also be {', '.join(self.among)}"
            raise self._refused(question, text, hint)
        return record.ons_code

    def _refused(self, question: str, text: str, hint: str) -> QuestionError:
        return QuestionError(question, f"{self.name} cannot be {text!r:.80}", hint)


@attrs.frozen(kw_only=True)
class Question:
    """A question as it stands in its file.

    Attributes:
        name: Name of the file, with hyphens.
        title: A few words.
        about: What the answer is, in a sentence.
        query: The SQL, as DuckDB takes it.
        parameters: What it asks for.
        needs: Kinds of mention without which it has no answer.
        columns: What columns of the answer hold that no table has.
    """

    name: str
    title: str
    about: str
    query: str
    parameters: tuple[Parameter, ...] = ()
    needs: tuple[str, ...] = ()
    columns: Mapping[str, str] = attrs.field(factory=dict)

    def bound(self, given: Mapping[str, object]) -> dict[str, Cell]:
        """Return the values of all parameters, checked.

        Args:
            given: Values by the names of parameters; None for one that is left out.

        Raises:
            QuestionError: If a value is not what the parameter may be, one is missing, or there is
                no such parameter.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                names = ", ".join(known) or "none"
                hint = f"did you mean {near[0]!r}?" if near else f"its parameters: {names}"
                raise QuestionError(self.name, f"it has no parameter {name!r:.60}", hint)
        values: dict[str, Cell] = {}
        for name, parameter in known.items():
            value = given.get(name)
            if value is None and parameter.required:
                raise QuestionError(self.name, f"{name} is missing", f"it is {parameter.about}")
            value = parameter.default if value is None else value
            values[name] = None if value is None else parameter.read(value, self.name)
        return values


@cache
def builtin_questions() -> tuple[Question, ...]:
    """Return the questions that come with cqcparse, in the order of their names."""
    return tuple(questions_in([files("cqcparse.corpora.questions")]))


def questions_of(plugins: Plugins) -> tuple[tuple[Question, ...], tuple[DataError, ...]]:
    """Return the built-in questions and those of plugins, and what is wrong with others.

    A built-in question stays if a plugin brings one of its name.
    """
    known = {question.name: question for question in builtin_questions()}
    failures: list[DataError] = []
    for place in plugins.questions:
        try:
            for question in questions_in([place]):
                known.setdefault(question.name, question)
        except DataError as error:
            failures.append(error)
    return tuple(known.values()), tuple(failures)


def questions_in(places: Iterable[Path | Traversable]) -> Iterator[Question]:
    """Yield the questions of files and folders, in the order of their names.

    Raises:
        DataError: If a file is not a question.
    """
    for place in places:
        if place.is_dir():
            found = sorted(place.iterdir(), key=lambda item: item.name)
            yield from map(_read, (item for item in found if item.name.endswith(".sql")))
        else:
            yield _read(place)


def _read(file: Path | Traversable) -> Question:
    """Return the question of a file: comments with what it is, then its SQL."""
    name = file.name
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(name, f"cannot be read ({error})") from error
    said: dict[str, str] = {}
    parameters: list[Parameter] = []
    columns: dict[str, str] = {}
    found: dict[str, str] = {}
    lines = text.splitlines()
    head = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    for number, line in enumerate(lines[:head], 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise DataError(name, "a comment at the start must be '-- KEY: VALUE'", number)
        key, of, value = match["key"], match["name"], match["value"]
        if key == "param" and of:
            parameters.append(_parameter(of, value, name, number))
        elif key == "column" and of:
            columns[of] = value
        elif key == "found" and of in {parameter.name for parameter in parameters}:
            found[of] = value
        elif key in {"title", "about", "needs"} and not of:
            said[key] = value
        else:
            raise DataError(name, f"there is no {key!r} to say of a question", number)
    for key in ("title", "about"):
        if key not in said:
            raise DataError(name, f"has no '-- {key}: ...' at its start")
    query = "\n".join(lines[head:]).strip()
    _check(name, query, parameters)
    return Question(
        name=name.removesuffix(".sql").replace("_", "-"),
        title=said["title"],
        about=said["about"],
        query=query,
        parameters=tuple(attrs.evolve(p, found=found.get(p.name)) for p in parameters),
        needs=tuple(filter(None, re.split(r",\s*", said.get("needs", "")))),
        columns=columns,
    )


def _parameter(name: str, value: str, file: str, line: int) -> Parameter:
    match = _PARAMETER.fullmatch(value)
    if match is None or match["type"] not in _TYPES or not _NAME.fullmatch(name):
        problem = f"parameter {name!r} must be 'TYPE = DEFAULT -- what it is'"
        raise DataError(file, f"{problem}; the types are {', '.join(sorted(_TYPES))}", line)
    default = match["default"]
    among = tuple(re.split(r",\s*", match["among"])) if match["among"] else ()
    if match["type"] == "integer" and not (
        len(among) == 2 and all(re.fullmatch(r"-?\d{1,9}", end) for end in among)  # noqa: PLR2004 - the ends
    ):
        problem = f"parameter {name!r} must say from where to where: integer(1, 4)"
        raise DataError(file, problem, line)
    if match["type"] == "choice" and not among:
        raise DataError(file, f"parameter {name!r} must say among what: choice(a, b)", line)
    return Parameter(
        name=name,
        about=match["about"],
        type=match["type"],
        among=among,
        or_authority=match["other"] is not None,
        required=default is None,
        default=None if default in {None, "none"} else default,
    )


def _check(name: str, query: str, parameters: Iterable[Parameter]) -> None:
    """Refuse a file whose SQL does not have the parameters that its head says."""
    if not query:
        raise DataError(name, "has no SQL")
    used = set(re.findall(r"\$(\w+)", query))
    named = {parameter.name for parameter in parameters}
    for odd in sorted(used ^ named):
        where = "has no '-- param' line" if odd in used else "does not stand in the SQL"
        raise DataError(name, f"the parameter {odd!r} {where}")

"""Options: what a user may set for extractors, readers and exporters, checked and handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import attrs

from cqcparse.errors import PluginError
from cqcparse.extraction.hookspecs import Exporter
from cqcparse.extraction.isolation import account
from cqcparse.extraction.option_files import merged
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.kinds import misfit
from cqcparse.reading import Reader

if TYPE_CHECKING:
    from cqcparse.extraction.checked_extractors import Task

HolderT = TypeVar("HolderT", Reader, Exporter)

#: Values by the names of options, by the names of what they are for.
Values = Mapping[str, Mapping[str, object]]


class Holder(Protocol):
    """Something for which options may be set."""

    @property
    def name(self) -> str:
        """What the user calls it."""
        ...

    @property
    def options(self) -> type | None:
        """The attrs class of its options; None if it has none."""
        ...


@attrs.frozen
class TaskOptions:
    """The options of an extractor or corrector."""

    name: str
    options: type | None

    @classmethod
    def of(cls, task: Task) -> TaskOptions:
        """Return what may be set for a task."""
        return cls(task.name, task.option_class)


@attrs.frozen
class Settings:
    """What a user set. Two of one name, as a reader and an exporter, each take what they have.

    Attributes:
        given: For this parser: each is for something that is there.
        standing: For all runs: what is set for something that is not there is passed over.
    """

    given: Values
    standing: Values

    def missing(self, holders: Iterable[Holder]) -> PluginError | None:
        """Return what is wrong with the names that are given; None if *holders* have them all."""
        known: dict[str, dict[str, None]] = {}
        for holder in holders:
            known.setdefault(holder.name, {}).update(dict.fromkeys(_names(holder.options)))
        for name in self.given:
            if name not in known:
                problem = "no extractor, reader or exporter has this name"
                return PluginError(name, problem, f"the names are {_quoted(known)}")
        wanted = merged(self.standing, self.given)
        for name, options in known.items():
            for option in wanted.get(name, {}):
                if option not in options:
                    remedy = f"it has {_quoted(options)}"
                    return PluginError(name, f"it has no option {option!r}", remedy)
        return None

    def made(self, holder: Holder) -> Any:  # noqa: ANN401 - an object of its class
        """Return the options that are set for something; None if there are none.

        Raises:
            PluginError: If a value is not of its type.
        """
        names = _names(holder.options)
        values = merged(self.standing, self.given).get(holder.name, {})
        values = {name: value for name, value in values.items() if name in names}
        if holder.options is None or not values:
            return None
        try:
            made = holder.options(**values)
            wrong = misfit(made)
        except Exception as error:  # noqa: BLE001 - the class is a stranger's
            wrong = account(error)
        if wrong:
            problem = f"its options are not valid: it {wrong}"
            raise PluginError(holder.name, problem, _remedy(holder.options, values))
        return made

    def for_tasks(self, tasks: Iterable[Task]) -> tuple[Task, ...]:
        """Return extractors with what is set for them."""
        made = ((task, self.made(TaskOptions.of(task))) for task in tasks)
        return tuple(task if one is None else attrs.evolve(task, options=one) for task, one in made)

    def for_others(self, holders: Iterable[HolderT]) -> tuple[HolderT, ...]:
        """Return readers or exporters with what is set for them."""
        made = ((holder, self.made(holder)) for holder in holders)
        return tuple(one if opts is None else with_options(one, opts) for one, opts in made)


def with_options(holder: HolderT, options: object) -> HolderT:
    """Return a reader or exporter whose functions are called with *options*."""
    functions = ((name, getattr(holder, name, None)) for name in _FUNCTIONS)
    made: dict[str, Any] = {
        name: partial(function, options=options) for name, function in functions if function
    }
    return attrs.evolve(holder, **made)


#: Those of a reader or exporter that are called with options.
_FUNCTIONS = ("read", "write", "write_reports")


def checked_class(name: str, cls: object) -> type | None:
    """Return the class of options that something names.

    Raises:
        PluginError: If it is none whose fields all have names and defaults.
    """
    if cls is None:
        return None
    if not isinstance(cls, type) or not attrs.has(cls):
        raise PluginError(name, f"'options' is {cls!r:.60}", "make it an attrs class")
    for field in attrs.fields(cls):
        if not is_name(field.alias):
            raise PluginError(name, f"an option is called {field.alias!r:.60}", f"use {RULE}")
    if any(field.default is attrs.NOTHING for field in attrs.fields(cls)):
        raise PluginError(name, "an option has no default", "give every field of it a default")
    return cls


def described(holder: Holder) -> Iterator[str]:
    """Yield what a user may set: ``towns.smallest: int = 1000``."""
    for field in attrs.fields(holder.options) if holder.options else ():
        kind = getattr(field.type, "__name__", field.type)
        default = field.default
        if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # it is a class
            default = "..."
        yield f"{holder.name}.{field.alias}: {kind} = {default!r:.60}"


def _remedy(cls: type, values: Mapping[str, object]) -> str:
    """Return what to do about values that do not fit: of a yes or no, how it is written."""
    forms = {field.alias or field.name: field.type for field in attrs.fields(cls)}
    for name, value in values.items():
        if forms[name] in {bool, "bool"} and not isinstance(value, bool):
            return f"say {name}=true or {name}=false"
    return "correct the value"


def _names(cls: type | None) -> list[str]:
    return [field.alias or field.name for field in attrs.fields(cls)] if cls else []


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "none"

"""Tasks: extractors checked against the contract, and the order in which they run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from cqcparse.errors import PluginError
from cqcparse.extraction.hookspecs import Extractor
from cqcparse.extraction.isolation import account
from cqcparse.extraction.view import LAYERS
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.kinds import BUILT_IN, declaring, misfit, unwritable
from cqcparse.model.mentions import Mention


@attrs.frozen(kw_only=True)
class Task:
    """One extractor, ready to run; what it says of itself was read once."""

    extractor: Extractor
    name: str
    produces: tuple[type[Mention], ...]
    requires: tuple[str, ...]
    #: Names it for people: ``extractor 'towns' of plugin 'towns' (cqcparse-towns 1.0)``.
    label: str
    #: The attrs class of its options; None if it has none.
    option_class: type | None = None
    #: What the user set for it: an instance of that class, or None for its defaults.
    options: object = None
    #: Whether it comes from a plugin that was registered as a part of cqcparse.
    built_in: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """Names of the kinds it makes."""
        return frozenset(cls.kind for cls in self.produces)


def task_of(extractor: object, plugin: str | None = None, *, built_in: bool = False) -> Task:
    """Return *extractor* as a task.

    Args:
        extractor: What should keep the protocol :class:`~cqcparse.extraction.hookspecs.Extractor`.
        plugin: Names the plugin that brings it, for messages; None if the user gave it.
        built_in: Whether that plugin is registered as a part of cqcparse.

    Raises:
        PluginError: If it does not keep the protocol.
    """
    name = getattr(extractor, "name", None)
    if not is_name(name):
        has = "it has no 'name'" if name is None else f"its name is {name!r:.60}"
        raise PluginError(
            type(extractor).__name__,
            f"is no extractor: {has}",
            f"give an object with 'name', 'produces' and 'extract'; a name is made of {RULE}",
        )
    if isinstance(extractor, type):
        raise PluginError(name, "is a class", "give an object of it")
    if not isinstance(extractor, Extractor) or not callable(extractor.extract):
        raise PluginError(
            name, "is no extractor", "give it 'produces' and a method 'extract(view)'"
        )
    origin = "" if plugin is None else f" of plugin {plugin}"
    return Task(
        extractor=extractor,
        name=name,
        produces=_produces(name, extractor.produces),
        requires=_requires(name, getattr(extractor, "requires", ())),
        label=f"extractor {name!r}{origin}",
        option_class=_option_class(name, getattr(extractor, "options", None)),
        built_in=built_in,
    )


def order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return *tasks* so that each runs after those that make what it ``requires``.

    Apart from that the given order is kept, with two rules. Whoever brings a kind comes before
    others that add to it. Whoever requires the kind it makes adds to it, and comes after those
    that do not.

    Raises:
        PluginError: If a required kind is made by none, or some wait for each other; it names
            the one to leave out as ``plugin``.
    """
    waiting = list(tasks)
    for task in waiting:
        _check_requirements(task, waiting)
    done: list[Task] = []
    while waiting:
        ready = [task for task in waiting if not any(_waits_for(task, o) for o in waiting)]
        if not ready:
            raise _circle(waiting)
        polite = (t for t in ready if not any(_defers_to(t, other) for other in waiting))
        chosen = next(polite, ready[0])
        waiting.remove(chosen)
        done.append(chosen)
    return tuple(done)


def check_distinct(tasks: Iterable[Task]) -> None:
    """Check that no two extractors have one name, and no two classes one kind.

    Raises:
        PluginError: If there are such.
    """
    names: set[str] = set()
    classes: dict[str, type[Mention]] = {cls.kind: cls for cls in BUILT_IN}
    for task in tasks:
        if task.name in names:
            raise PluginError(task.name, "two extractors have this name", "rename one of them")
        names.add(task.name)
        for cls in task.produces:
            if classes.setdefault(cls.kind, cls) is not cls:
                problem = f"its kind {cls.kind!r} is that of another class"
                raise PluginError(task.name, problem, "choose another word for 'kind'")


def with_options(
    tasks: Iterable[Task], options: Mapping[str, Mapping[str, object]]
) -> tuple[Task, ...]:
    """Return *tasks* with the options that the user set.

    Args:
        tasks: The extractors.
        options: Values by the names of options, by the names of extractors.

    Raises:
        PluginError: If there is no such extractor or option, or a value is not of its type.
    """
    tasks = tuple(tasks)
    for name in options:
        if all(task.name != name for task in tasks):
            known = ", ".join(repr(task.name) for task in tasks)
            raise PluginError(name, "no extractor has this name", f"the names are {known}")
    return tuple(
        attrs.evolve(task, options=_made_options(task, options[task.name]))
        if task.name in options
        else task
        for task in tasks
    )


def _made_options(task: Task, values: Mapping[str, object]) -> object:
    cls = task.option_class
    known = [field.alias or field.name for field in attrs.fields(cls)] if cls else []
    for name in values:
        if name not in known:
            remedy = f"it has {', '.join(map(repr, known)) or 'none'}"
            raise PluginError(task.name, f"it has no option {name!r}", remedy)
    try:
        made = cls(**values) if cls else None
        wrong = misfit(made) if cls else None
    except Exception as error:  # noqa: BLE001 - the class is a stranger's
        wrong = account(error)
    if wrong:
        raise PluginError(task.name, f"its options are not valid: it {wrong}", "correct the value")
    return made


def _produces(name: str, classes: object) -> tuple[type[Mention], ...]:
    if not (
        isinstance(classes, tuple)
        and classes
        and all(isinstance(cls, type) and issubclass(cls, Mention) for cls in classes)
    ):
        raise PluginError(
            name, f"'produces' is {classes!r:.60}", "make it a tuple of Mention classes"
        )
    for cls in classes:
        _check_kind(name, cls)
    return classes


def _check_kind(name: str, cls: type[Mention]) -> None:
    if cls in BUILT_IN:
        return
    kind = cls.__dict__.get("kind")
    if not is_name(kind):
        raise PluginError(
            name,
            f"its class {cls.__name__} has no kind of its own",
            f"give it a class attribute 'kind': {RULE}",
        )
    if kind in LAYERS or kind == Mention.kind:
        raise PluginError(name, f"{kind!r} cannot be a kind of mention", "choose another word")
    if "__attrs_attrs__" not in declaring(cls).__dict__:
        raise PluginError(
            name, f"its class {cls.__name__} is no attrs class", "add @attrs.frozen(kw_only=True)"
        )
    for field in attrs.fields(cls):
        if not is_name(field.name):
            raise PluginError(
                name,
                f"its class {cls.__name__} has the field {field.name!r:.60}",
                f"name it by {RULE.replace('hyphens', 'underscores')}: it becomes a column",
            )
    _check_writable(name, cls)


def _check_writable(name: str, cls: type[Mention]) -> None:
    """Refuse a kind whose fields have no form in JSON, which would fail for every assessment."""
    try:
        problem = unwritable(cls)
    except Exception as error:  # noqa: BLE001 - its annotations are a stranger's
        problem = f"cannot be written as JSON ({account(error)})"
    if problem is not None:
        remedy = "annotate its fields with the types that the plugin contract lists"
        raise PluginError(name, f"its class {cls.__name__} {problem}", remedy)


def _requires(name: str, requires: object) -> tuple[str, ...]:
    if not isinstance(requires, tuple) or not all(isinstance(kind, str) for kind in requires):
        raise PluginError(
            name, f"'requires' is {requires!r:.60}", "make it a tuple of names of kinds"
        )
    return requires


def _option_class(name: str, cls: object) -> type | None:
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


def _check_requirements(task: Task, tasks: Iterable[Task]) -> None:
    made = LAYERS.union(*(other.kinds for other in tasks if other is not task))
    for kind in task.requires:
        if kind not in made and kind not in task.kinds:
            raise PluginError(
                task.name,
                f"{task.label} requires mentions of kind {kind!r}, which no extractor makes",
                "install or allow the plugin that makes them",
            )


def _waits_for(task: Task, other: Task) -> bool:
    """Return whether *task* needs what *other* makes."""
    return task is not other and any(
        kind in task.requires and not (kind in task.kinds and kind in other.requires)
        for kind in other.kinds
    )


def _defers_to(task: Task, other: Task) -> bool:
    """Return whether *task* adds to a kind that *other* brings."""
    return any(
        _brings(other, cls) and not _brings(task, cls)
        for cls in other.produces
        if cls.kind in task.kinds
    )


def _brings(task: Task, cls: type[Mention]) -> bool:
    """Return whether class and extractor come from the same package."""
    return _package(cls) == _package(type(task.extractor))


def _package(cls: type) -> str:
    return cls.__module__.partition(".")[0]


def _circle(waiting: Sequence[Task]) -> PluginError:
    """Return the error for tasks that wait for each other."""
    path = [waiting[0]]
    while path[-1] not in path[:-1]:
        path.append(next(other for other in waiting if _waits_for(path[-1], other)))
    circle = path[path.index(path[-1]) : -1]
    chain = ", ".join(f"{task.label} requires {_needs(task, circle)}" for task in circle)
    return PluginError(
        _blamed(circle, waiting).name,
        f"extractors wait for each other's mentions: {chain}",
        "take a kind out of the 'requires' of one of them",
    )


def _needs(task: Task, circle: Iterable[Task]) -> str:
    made = frozenset().union(*(other.kinds for other in circle if other is not task))
    return ", ".join(repr(kind) for kind in task.requires if kind in made)


def _blamed(circle: Sequence[Task], waiting: Sequence[Task]) -> Task:
    """Return the task to leave out: one that adds to a kind of others, else the last."""
    ordered = sorted(circle, key=waiting.index)
    adding = [t for t in ordered if any(not _brings(t, cls) for cls in t.produces)]
    return (adding or ordered)[-1]

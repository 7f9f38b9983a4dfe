"""Tasks: extractors checked against the contract, and the order in which they run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import attrs

from cqcparse.errors import PluginError
from cqcparse.extraction.hookspecs import BaseExtractor, Corrector, Extractor
from cqcparse.extraction.isolation import account
from cqcparse.extraction.options import checked_class
from cqcparse.extraction.preparing import Preparation, preparation_of
from cqcparse.extraction.view import LAYERS
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.kinds import BUILT_IN, declaring, unwritable
from cqcparse.model.mentions import Mention

#: Longest time that an extractor may ask for on a document.
_MOST_SECONDS = 86_400.0
#: Most documents that it may ask for at once: they are all in memory.
_MOST_AT_ONCE = 256


@attrs.frozen(kw_only=True)
class Task:
    """One extractor, ready to run; what it says of itself was read once."""

    #: Or a corrector, if it corrects anything.
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
    #: Name of the module it belongs to.
    module: str = ""
    #: Seconds it asks for on a document; None if what others have is enough.
    budget: float | None = None
    #: Most documents that it takes at once; 1 if it takes them one by one.
    batch_size: int = 1
    #: What it does before its first report in a process.
    preparation: Preparation = attrs.field(factory=lambda: Preparation(None))
    #: The kinds whose mentions it corrects; it is no extractor then.
    corrects: tuple[str, ...] = ()
    #: Names of the extractors in whose place it runs.
    replaces: tuple[str, ...] = ()
    #: These extractors, which run after all if it fails.
    replaced: tuple[Task, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """Names of the kinds it makes."""
        return frozenset(cls.kind for cls in self.produces)

    @property
    def needs(self) -> frozenset[str]:
        """Names of the kinds that must have been made before it runs."""
        return frozenset(self.requires).union(self.corrects, *(t.needs for t in self.replaced))

    def brings(self, cls: type[Mention]) -> bool:
        """Return whether a class and the extractor come from the same package."""
        return _package(cls.__module__) == _package(self.module)


def extractors_of(tasks: Iterable[Task]) -> tuple[Extractor, ...]:
    """Return the extractors among *tasks*, without those who correct."""
    return tuple(task.extractor for task in tasks if not task.corrects)


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
        requires=_names(name, extractor, "requires", "kinds"),
        label=f"extractor {name!r}{origin}",
        option_class=checked_class(name, _said(extractor, "options")),
        built_in=built_in,
        replaces=_names(name, extractor, "replaces", "extractors"),
        module=str(getattr(extractor, "__module__", "")),
        budget=_budget(name, extractor),
        batch_size=_batch_size(name, extractor),
        preparation=preparation_of(name, getattr(extractor, "prepare", None)),
    )


def corrector_task(corrector: object, plugin: str) -> Task:
    """Return *corrector* as a task.

    Args:
        corrector: What should keep the protocol
            :class:`~cqcparse.extraction.hookspecs.Corrector`.
        plugin: Names the plugin that brings it, for messages.

    Raises:
        PluginError: If it does not keep the protocol.
    """
    name = getattr(corrector, "name", None)
    if not is_name(name) or isinstance(corrector, type) or not isinstance(corrector, Corrector):
        raise PluginError(
            type(corrector).__name__,
            "is no corrector",
            f"give an object with 'name' ({RULE}), 'corrects' and 'correct(mention, view)'",
        )
    corrects = _names(name, corrector, "corrects", "kinds")
    if not corrects:
        raise PluginError(name, "corrects no kinds", "name one or more in 'corrects'")
    return Task(
        extractor=cast("Extractor", corrector),
        name=name,
        produces=(),
        requires=_names(name, corrector, "requires", "kinds"),
        label=f"corrector {name!r} of plugin {plugin}",
        option_class=checked_class(name, _said(corrector, "options")),
        corrects=corrects,
        budget=_budget(name, corrector),
        preparation=preparation_of(name, getattr(corrector, "prepare", None)),
    )


def order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return *tasks* so that each runs after those that make what it ``requires``.

    Apart from that the given order is kept, with three rules. Whoever brings a kind comes before
    others that add to it. Whoever requires the kind it makes adds to it, and comes after those
    that do not. Whoever corrects a kind comes after all that make it, and before those that read
    it. Extractors that another replaces are left out, and kept for the case that it fails.

    Raises:
        PluginError: If a required kind is made by none, or some wait for each other; it names
            the one to leave out as ``plugin``.
    """
    waiting = _in_place([*tasks])
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


def _said(extractor: object, attribute: str) -> object:
    """Return what an extractor says of itself, else what holds of those that say nothing."""
    return getattr(extractor, attribute, getattr(BaseExtractor, attribute, None))


def _names(name: str, extractor: object, attribute: str, of: str) -> tuple[str, ...]:
    names = _said(extractor, attribute)
    if not isinstance(names, tuple) or not all(isinstance(item, str) for item in names):
        problem = f"{attribute!r} is {names!r:.60}"
        raise PluginError(name, problem, f"make it a tuple of names of {of}")
    return names


def _budget(name: str, extractor: object) -> float | None:
    seconds = _said(extractor, "budget")
    if seconds is None:
        return None
    if type(seconds) not in {int, float} or not 0 < cast("float", seconds) <= _MOST_SECONDS:
        problem = f"'budget' is {seconds!r:.60}"
        raise PluginError(name, problem, f"make it seconds, up to {_MOST_SECONDS:g}")
    return float(cast("float", seconds))


def _batch_size(name: str, extractor: object) -> int:
    extract_many = getattr(extractor, "extract_many", None)
    if extract_many is None:
        return 1
    if not callable(extract_many):
        raise PluginError(name, f"'extract_many' is {extract_many!r:.60}", "make it a method")
    size = _said(extractor, "batch_size")
    if type(size) is not int or not 0 < size <= _MOST_AT_ONCE:
        problem = f"'batch_size' is {size!r:.60}"
        raise PluginError(name, problem, f"make it a number of reports, up to {_MOST_AT_ONCE}")
    return size


def _check_requirements(task: Task, tasks: Iterable[Task]) -> None:
    made = LAYERS.union(*(other.kinds for other in tasks if other is not task))
    for kind in (*task.requires, *task.corrects):
        if kind not in made and kind not in task.kinds:
            verb = "corrects" if kind in task.corrects else "requires"
            raise PluginError(
                task.name,
                f"{task.label} {verb} mentions of kind {kind!r}, which no extractor makes",
                "install or allow the plugin that makes them",
            )


def _waits_for(task: Task, other: Task) -> bool:
    """Return whether *task* needs what *other* makes, or corrects."""
    if task is other or (task.corrects and other.corrects):
        return False
    read = task.needs - task.kinds
    if not read.isdisjoint(other.corrects):
        return True
    return any(
        kind in task.needs and not (kind in task.kinds and kind in other.needs)
        for kind in other.kinds
    )


def _defers_to(task: Task, other: Task) -> bool:
    """Return whether *task* adds to a kind that *other* brings."""
    return any(
        other.brings(cls) and not task.brings(cls)
        for cls in other.produces
        if cls.kind in task.kinds
    )


def _package(module: str) -> str:
    return module.partition(".")[0]


def _in_place(tasks: Sequence[Task]) -> list[Task]:
    """Return *tasks* without those that others replace, which have them in store."""
    left = list(tasks)
    for task in tasks:
        if task.replaces and task in left:
            gone = tuple(_named(name, task, left) for name in task.replaces)
            lost = frozenset().union(*(other.kinds for other in gone)) - task.kinds
            if lost:
                problem = f"replaces extractors that make {_quoted(lost)}, which it does not make"
                raise PluginError(task.name, problem, "add these kinds to its 'produces'")
            left[left.index(task)] = attrs.evolve(task, replaced=gone)
            left = [other for other in left if other not in gone]
    return left


def _named(name: str, by: Task, tasks: Iterable[Task]) -> Task:
    found = next((t for t in tasks if t.name == name and t is not by and not t.corrects), None)
    if found is None:
        known = ", ".join(repr(task.name) for task in tasks if task is not by)
        problem = f"replaces {name!r}, which no extractor is called, or another replaces already"
        raise PluginError(by.name, problem, f"the others are {known}")
    return found


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(repr, sorted(names)))


def _circle(waiting: Sequence[Task]) -> PluginError:
    """Return the error for tasks that wait for each other."""
    path = [waiting[0]]
    while path[-1] not in path[:-1]:
        path.append(next(other for other in waiting if _waits_for(path[-1], other)))
    circle = path[path.index(path[-1]) : -1]
    chain = ", ".join(f"{task.label} requires {_needed(task, circle)}" for task in circle)
    return PluginError(
        _blamed(circle, waiting).name,
        f"extractors wait for each other's mentions: {chain}",
        "take a kind out of the 'requires' of one of them",
    )


def _needed(task: Task, circle: Iterable[Task]) -> str:
    others = [other for other in circle if other is not task]
    made = frozenset().union(*(other.kinds.union(other.corrects) for other in others))
    return _quoted(task.needs & made)


def _blamed(circle: Sequence[Task], waiting: Sequence[Task]) -> Task:
    """Return the task to leave out: one that adds to a kind of others, else the last."""
    ordered = sorted(circle, key=waiting.index)
    adding = [t for t in ordered if any(not t.brings(cls) for cls in t.produces)]
    return (adding or ordered)[-1]

"""Scheduling: the order in which extractors and correctors run."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

import attrs

from cqcparse.errors import PluginError
from cqcparse.extraction.checked_extractors import Task
from cqcparse.extraction.view import LAYERS
from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.mentions import Mention

_ALONE = (
    "no other extractor is here: give the one it replaces as well, or load its plugin with "
    "Parser(plugin_files=[...])"
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


def _check_requirements(task: Task, tasks: Iterable[Task]) -> None:
    made = LAYERS.union(*(other.kinds for other in tasks if other is not task))
    for kind in (*task.requires, *task.corrects):
        if kind not in made and kind not in task.kinds:
            verb = "corrects" if kind in task.corrects else "requires"
            built_in = any(kind == cls.kind for cls in BUILT_IN)  # it is meant, and not here
            near = [] if built_in else difflib.get_close_matches(kind, sorted(made), n=1)
            remedy = f"did you mean {near[0]!r}? Else " if near else ""
            raise PluginError(
                task.name,
                f"{task.label} {verb} mentions of kind {kind!r}, which no extractor makes",
                f"{remedy}install or allow the plugin that makes them",
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
        remedy = f"the others are {known}" if known else _ALONE
        raise PluginError(by.name, problem, remedy)
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

"""Building a plugin manager: each plugin is loaded, checked and reported on its own."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pluggy

from cqcparse.errors import PluginError
from cqcparse.extraction import hookspecs
from cqcparse.extraction.checked_extractors import Task, extractors_of
from cqcparse.extraction.contract import check_contract
from cqcparse.extraction.discovery import Choice, Found, installed_plugins
from cqcparse.extraction.hookspecs import PROJECT, Exporter, Extractor, PluginContext
from cqcparse.extraction.isolation import within
from cqcparse.extraction.lexicon_extractor import lexicon_tasks
from cqcparse.extraction.name_conflicts import check_clashes
from cqcparse.extraction.options import Holder, TaskOptions, described
from cqcparse.extraction.plugin_contents import BUDGET, Contribution, contribution_of
from cqcparse.extraction.plugin_files import module_of, name_of
from cqcparse.extraction.plugin_info import CHOICE_VARIABLE, PluginInfo, failed
from cqcparse.extraction.scheduling import order
from cqcparse.framework import Framework
from cqcparse.grammar.lexicon import Lexicon
from cqcparse.grammar.rulebook import RuleBook
from cqcparse.model.kinds import unfindable, with_built_in
from cqcparse.model.mentions import Mention
from cqcparse.reading import Reader

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

logger = logging.getLogger("cqcparse")

#: The built-in plugins, by module name: they are loaded like any other.
DEFAULT_PLUGINS = (
    "cqcparse.extractors.funding",
    "cqcparse.extractors.services",
    "cqcparse.extractors.partners",
    "cqcparse.output.interchange",
)


@attrs.frozen(kw_only=True)
class Plugins:
    """The plugins of one parser.

    Attributes:
        manager: The manager they are registered with.
        infos: What became of each plugin that was found.
        tasks: The extractors, in the order in which they run.
        frameworks: The profiles that plugins bring.
        readers: Readers of further formats.
        exporters: Writers of further formats.
        lexicons: Terms and rules of plugins and of the user.
        questions: Files and folders of questions for ``cqcparse ask``.

    Examples:
        >>> import cqcparse
        >>> [kind.__name__ for kind in cqcparse.Parser(plugins=False).plugins.kinds]
        ['Funding', 'Service', 'Partner']
    """

    manager: pluggy.PluginManager = attrs.field(repr=False)
    infos: tuple[PluginInfo, ...]
    tasks: tuple[Task, ...]
    frameworks: tuple[Framework, ...] = ()
    readers: tuple[Reader, ...] = ()
    exporters: tuple[Exporter, ...] = ()
    lexicons: tuple[Lexicon | RuleBook, ...] = attrs.field(default=(), repr=False)
    questions: tuple[Path | Traversable, ...] = ()

    @property
    def extractors(self) -> tuple[Extractor, ...]:
        """The extractors alone, in the order in which they run."""
        return extractors_of(self.tasks)

    @property
    def kinds(self) -> tuple[type[Mention], ...]:
        """The kinds of mention that the extractors make, each once."""
        return tuple(dict.fromkeys(cls for task in self.tasks for cls in task.produces))


def load_plugins(
    *,
    third_party: bool | Collection[str] = True,
    lexicons: Iterable[Lexicon | RuleBook] = (),
    files: Iterable[Path] = (),
) -> Plugins:
    """Build a manager with the built-in plugins and, if asked for, the installed ones.

    A plugin that cannot be imported, registered, asked or put in order is left out, and its
    :class:`PluginInfo` says why.

    Args:
        third_party: Whether to load the entry points of group ``cqcparse``; or the names of those
            to load, each with ``-`` before it if it is not to be loaded. The environment variable
            ``CQCPARSE_PLUGINS`` can only narrow the choice further. A built-in plugin is left out
            by ``-`` and its name, such as ``-services``.
        lexicons: Further lexicons, given by the user.
        files: Plugins of one file each, given by the user, by their absolute paths.
    """
    choices: list[Choice] = []
    if third_party is not False:
        choices.append(Choice.of_environment(os.environ.get(CHOICE_VARIABLE)))
    if not isinstance(third_party, bool):
        choices.append(Choice.of("the argument 'plugins'", third_party))
    loader = _Loader(tuple(lexicons))
    for module in DEFAULT_PLUGINS:
        loader.load_built_in(module, [choice.admits_built_in(module) for choice in choices])
    if choices and not any(choice.is_none for choice in choices):
        found = installed_plugins()
        for one in found:
            loader.load(one, [choice.admits(one) for choice in choices])
        known = {one.info.name for one in found}
        for choice in choices:
            loader.infos += choice.missing(known)
    for file in files:
        loader.load_file(file)
    return loader.finish()


@cache
def installed_kinds() -> tuple[type[Mention], ...]:
    """Return the built-in kinds, then those that the installed plugins bring, in order of name."""
    return with_built_in(load_plugins().kinds)


class _Loader:
    """Loads plugins one after the other into one manager."""

    def __init__(self, lexicons: tuple[Lexicon | RuleBook, ...]) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.infos: list[PluginInfo] = []
        self._lexicons = lexicons
        self._loaded: dict[str, Contribution] = {}

    def load_built_in(self, module: str, admitted: Iterable[bool]) -> None:
        """Load a plugin that is a part of cqcparse."""
        info = PluginInfo(name=module, distribution=PROJECT)
        self._load(info, lambda: importlib.import_module(module), admitted, built_in=True)

    def load_file(self, path: Path) -> None:
        """Load the plugin in a file that the user names."""
        info = PluginInfo(name=name_of(path), distribution=str(path))
        self._load(info, lambda: within(BUDGET, lambda: module_of(path)), ())

    def load(self, found: Found, admitted: Iterable[bool]) -> None:
        """Load an installed plugin, and write down what became of it."""
        if found.point is None and all(admitted):
            self.infos.append(found.info)
            return
        point = found.point
        load = point.load if point is not None else lambda: None
        self._load(found.info, lambda: within(BUDGET, load), admitted, found.requires)

    def _load(
        self,
        info: PluginInfo,
        load: Callable[[], object],
        admitted: Iterable[bool],
        requires: tuple[str, ...] = (),
        *,
        built_in: bool = False,
    ) -> None:
        if not all(admitted):
            self.infos.append(attrs.evolve(info, state="disabled", error=None))
            return
        try:
            contribution, hooks = self._register(info, load, built_in=built_in)
        except KeyboardInterrupt:  # of a person: what a plugin raises is another error by now
            raise
        except BaseException as error:
            logger.warning("plugin %s could not be loaded", info, exc_info=True)
            self.infos.append(failed(info, error, requires))
            return
        self._loaded[info.name] = contribution
        self.infos.append(
            attrs.evolve(
                info,
                hooks=hooks,
                extractors=tuple(task.name for task in contribution.tasks if not task.corrects),
                correctors=tuple(task.name for task in contribution.tasks if task.corrects),
                options=tuple(o for holder in _holders(contribution) for o in described(holder)),
                kinds=_kinds(contribution),
                frameworks=tuple(framework.id for framework in contribution.frameworks),
                reads=tuple(suffix for r in contribution.readers for suffix in r.suffixes),
                readers=tuple(reader.name for reader in contribution.readers),
                writes=tuple(exporter.suffix for exporter in contribution.exporters),
                questions=tuple(file.name for file in contribution.questions),
            )
        )

    def finish(self) -> Plugins:
        """Put the extractors in order, leaving out the plugins whose extractors have no place."""
        while True:
            try:
                tasks = order(self._tasks())
                break
            except PluginError as error:
                self._leave_out(error)
        contributions = tuple(self._loaded.values())
        given = (terms for c in contributions for terms in c.lexicons)
        return Plugins(
            manager=self.manager,
            infos=tuple(self.infos),
            tasks=tasks,
            frameworks=tuple(f for c in contributions for f in c.frameworks),
            readers=tuple(r for c in contributions for r in c.readers),
            exporters=tuple(e for c in contributions for e in c.exporters),
            lexicons=(*given, *self._lexicons),
            questions=tuple(q for c in contributions for q in c.questions),
        )

    def _tasks(self) -> list[Task]:
        """Return the extractors, then those made of lexicons."""
        tasks = [task for contribution in self._loaded.values() for task in contribution.tasks]
        for name, contribution in self._loaded.items():
            tasks += lexicon_tasks(contribution.lexicons, tasks, plugin=name)
        return [*tasks, *lexicon_tasks(self._lexicons, tasks)]

    def _leave_out(self, error: PluginError) -> None:
        """Leave out the plugin whose extractor *error* names, with all that it brings."""
        named = (
            name
            for name, contribution in reversed(self._loaded.items())
            if name == error.plugin or any(t.name == error.plugin for t in contribution.tasks)
        )
        name = next(named, None)
        if name is None:  # it is about what the user gave
            raise error
        del self._loaded[name]
        self.manager.unregister(name=name)
        place = next(i for i, info in enumerate(self.infos) if info.name == name)
        problem = error.problem
        others = [f"{i.name!r} is {i.state}" for i in self.infos if i.state != "loaded"]
        if others and "no extractor makes" in problem:
            problem += f" (of the plugins, {', '.join(others)})"
        self.infos[place] = failed(self.infos[place], PluginError(name, problem, error.remedy))

    def _register(
        self, info: PluginInfo, load: Callable[[], object], *, built_in: bool
    ) -> tuple[Contribution, tuple[str, ...]]:
        name = info.name
        other = next((i for i in self.infos if i.name == name and i.state == "loaded"), None)
        if other is not None:
            problem = f"its name is taken by plugin {other}"
            raise PluginError(name, problem, "rename the entry point of one")
        plugin = load()
        check_contract(name, plugin)
        try:
            self.manager.register(plugin, name=name)
            hooks = self._hooks(name, plugin)
            contribution = contribution_of(
                lambda hook: self._ask(name, plugin, hook), str(info), built_in=built_in
            )
            _check_findable(name, contribution)
            check_clashes(name, contribution, self._loaded)
        except BaseException:
            if self.manager.has_plugin(name):
                self.manager.unregister(name=name)
            raise
        return contribution, hooks

    def _hooks(self, name: str, plugin: object) -> tuple[str, ...]:
        """Return the names of the hooks that *plugin* implements, all of them known."""
        callers = self.manager.get_hookcallers(plugin) or []
        known = [hook for hook in vars(hookspecs) if hook.startswith(f"{PROJECT}_")]
        for caller in callers:
            marked = [impl for impl in caller.get_hookimpls() if impl.plugin is plugin]
            if caller.name not in known and not all(impl.optionalhook for impl in marked):
                raise PluginError(name, f"{caller.name!r} is no hook", _renamed(caller.name, known))
        hooks = tuple(sorted(caller.name for caller in callers if caller.name in known))
        if not hooks:
            problem = "it implements no hook"
            raise PluginError(name, problem, "mark its functions with @cqcparse.hookimpl")
        return hooks

    def _ask(self, name: str, plugin: object, hook: str) -> list[object]:
        """Return the answers of *plugin* alone."""
        others = [other for other in self.manager.get_plugins() if other is not plugin]
        context = PluginContext(plugin=name)
        answers: list[object] = self.manager.subset_hook_caller(hook, others)(context=context)
        return answers


def _renamed(hook: str, known: Collection[str]) -> str:
    """Return what to do about a function that is marked as a hook and is none."""
    import difflib  # noqa: PLC0415 - seldom needed

    near = difflib.get_close_matches(hook, known, n=1, cutoff=0.85)
    rename = f"rename it to {near[0]!r}" if near else f"the hooks are {', '.join(known)}"
    return f"{rename}; or mark it as optionalhook if another version of cqcparse has it"


def _check_findable(name: str, contribution: Contribution) -> None:
    """Refuse a class that worker processes could not find: two of them would end every run."""
    for cls in dict.fromkeys(cls for task in contribution.tasks for cls in task.produces):
        problem = unfindable(cls)
        if problem is not None:
            remedy = "define it at the top of a module"
            raise PluginError(name, f"its class {cls.__name__} {problem}", remedy)


def _holders(contribution: Contribution) -> Iterator[Holder]:
    """Yield what a plugin brings for which options may be set."""
    yield from map(TaskOptions.of, contribution.tasks)
    yield from contribution.readers
    yield from contribution.exporters


def _kinds(contribution: Contribution) -> tuple[str, ...]:
    made = [cls.kind for task in contribution.tasks for cls in task.produces]
    return tuple(dict.fromkeys([*made, *(lexicon.kind or "" for lexicon in contribution.lexicons)]))

"""Building a plugin manager: each plugin is loaded, checked and reported on its own."""

from __future__ import annotations

import importlib
import os
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal

import attrs
import pluggy

from cqcparse.errors import CqcParseError, PluginError
from cqcparse.extraction import hookspecs
from cqcparse.extraction.hookspecs import CONTRACT_VERSION, PROJECT, Exporter, Extractor
from cqcparse.extraction.isolation import account
from cqcparse.extraction.lexicon_extractor import lexicon_tasks
from cqcparse.extraction.name_conflicts import check_clashes
from cqcparse.extraction.plugin_contents import Contribution, contribution_of
from cqcparse.extraction.scheduling import Task, order
from cqcparse.framework import Framework
from cqcparse.grammar.lexicon import Lexicon
from cqcparse.grammar.rulebook import RuleBook
from cqcparse.model.kinds import BUILT_IN, unwritable, with_built_in
from cqcparse.model.mentions import Mention
from cqcparse.reading import Reader

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: The built-in plugins, by module name: they are loaded like any other.
DEFAULT_PLUGINS = (
    "cqcparse.extractors.funding",
    "cqcparse.extractors.services",
    "cqcparse.extractors.partners",
)

#: Environment variable that names the plugins to load, or with ``-`` before it one not to load.
CHOICE_VARIABLE = "CQCPARSE_PLUGINS"


@attrs.frozen(kw_only=True)
class PluginInfo:
    """What became of one plugin.

    Attributes:
        name: Name of the entry point, or the module of a built-in plugin.
        distribution: Name of the distribution that brought it.
        version: Version of the distribution; None for a built-in plugin.
        hooks: Names of the hooks it implements.
        extractors: Names of its extractors.
        kinds: Names of the kinds of mention it finds, by extractors or lexicons.
        frameworks: Ids of the framework profiles it brings.
        reads: Suffixes of the files it reads.
        writes: Suffixes of the files it writes.
        state: ``disabled``: left out by choice; ``missing``: chosen, but not installed.
        error: Why it failed, and what can be done; None if it did not.

    Examples:
        >>> import cqcparse
        >>> info = cqcparse.Parser(plugins=False).plugins.infos[0]
        >>> info.name, info.state, info.kinds
        ('cqcparse.extractors.funding', 'loaded', ('funding',))
    """

    name: str
    distribution: str | None = None
    version: str | None = None
    hooks: tuple[str, ...] = ()
    extractors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    state: Literal["loaded", "failed", "disabled", "missing"] = "loaded"
    error: str | None = None

    def __str__(self) -> str:
        """Return name, distribution and version, for messages."""
        if self.distribution in {None, PROJECT}:
            return repr(self.name)
        return f"{self.name!r} ({self.distribution} {self.version})"


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

    @property
    def extractors(self) -> tuple[Extractor, ...]:
        """The extractors alone, in the order in which they run."""
        return tuple(task.extractor for task in self.tasks)

    @property
    def kinds(self) -> tuple[type[Mention], ...]:
        """The kinds of mention that the extractors make, each once."""
        return tuple(dict.fromkeys(cls for task in self.tasks for cls in task.produces))


def load_plugins(
    *, third_party: bool | Collection[str] = True, lexicons: Iterable[Lexicon | RuleBook] = ()
) -> Plugins:
    """Build a manager with the built-in plugins and, if asked for, the installed ones.

    A plugin that cannot be imported, registered, asked or put in order is left out, and its
    :class:`PluginInfo` says why.

    Args:
        third_party: Whether to load the entry points of group ``cqcparse``; or the names of those
            to load, each with ``-`` before it if it is not to be loaded. The environment variable
            ``CQCPARSE_PLUGINS`` can only narrow the choice further.
        lexicons: Further lexicons, given by the user.
    """
    from importlib.metadata import EntryPoint, entry_points  # noqa: PLC0415 - dear, and only here

    loader = _Loader(tuple(lexicons))
    for module in DEFAULT_PLUGINS:
        loader.load(EntryPoint(name=module, value=module, group=PROJECT))
    if third_party is not False:
        choices = [_Choice.of(CHOICE_VARIABLE, _variable())]
        if not isinstance(third_party, bool):
            choices.append(_Choice.of("the argument 'plugins'", third_party))
        points = sorted(entry_points(group=PROJECT), key=_sort_key)
        for point in points:
            loader.load(point, disabled=not all(choice.admits(point.name) for choice in choices))
        installed = {point.name for point in points}
        for choice in choices:
            loader.infos += choice.missing(installed)
    return loader.finish()


@cache
def installed_kinds() -> tuple[type[Mention], ...]:
    """Return the built-in kinds, then those that the installed plugins bring, in order of name."""
    return with_built_in(load_plugins().kinds)


@attrs.frozen
class _Choice:
    """Which plugins are loaded, as somebody wrote it down."""

    #: Where it is written.
    source: str
    #: None for all.
    allowed: frozenset[str] | None
    denied: frozenset[str]

    @classmethod
    def of(cls, source: str, names: Iterable[str] | None) -> _Choice:
        """Return a choice from names, those with ``-`` before them denied; None for all."""
        if names is None:
            return cls(source, None, frozenset())
        given = [name.strip() for name in names if name.strip()]
        denied = frozenset(name[1:].strip() for name in given if name.startswith("-"))
        allowed = frozenset(name for name in given if not name.startswith("-"))
        return cls(source, None if denied and not allowed else allowed, denied)

    def admits(self, name: str) -> bool:
        return name not in self.denied and (self.allowed is None or name in self.allowed)

    def missing(self, installed: Collection[str]) -> Iterator[PluginInfo]:
        for name in sorted((self.allowed or frozenset()) - set(installed)):
            error = f"{self.source} names it, but no installed distribution has a plugin so named"
            yield PluginInfo(name=name, state="missing", error=f"{error}; install it")


class _Loader:
    """Loads plugins one after the other into one manager."""

    def __init__(self, lexicons: tuple[Lexicon | RuleBook, ...]) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.infos: list[PluginInfo] = []
        self._lexicons = lexicons
        self._loaded: dict[str, Contribution] = {}

    def load(self, point: EntryPoint, *, disabled: bool = False) -> None:
        """Load one plugin, and write down what became of it."""
        info = PluginInfo(
            name=point.name,
            distribution=point.dist.name if point.dist else PROJECT,
            version=point.dist.version if point.dist else None,
        )
        if disabled:
            self.infos.append(attrs.evolve(info, state="disabled"))
            return
        try:
            contribution, hooks = self._register(point, info)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a plugin may raise anything
            self.infos.append(_failed(info, error))
            return
        self._loaded[info.name] = contribution
        self.infos.append(
            attrs.evolve(
                info,
                hooks=hooks,
                extractors=tuple(task.name for task in contribution.tasks),
                kinds=_kinds(contribution),
                frameworks=tuple(framework.id for framework in contribution.frameworks),
                reads=tuple(suffix for r in contribution.readers for suffix in r.suffixes),
                writes=tuple(exporter.suffix for exporter in contribution.exporters),
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
        return Plugins(
            manager=self.manager,
            infos=tuple(self.infos),
            tasks=tasks,
            frameworks=tuple(f for c in contributions for f in c.frameworks),
            readers=tuple(r for c in contributions for r in c.readers),
            exporters=tuple(e for c in contributions for e in c.exporters),
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
        self.infos[place] = _failed(self.infos[place], PluginError(name, problem, error.remedy))

    def _register(
        self, point: EntryPoint, info: PluginInfo
    ) -> tuple[Contribution, tuple[str, ...]]:
        other = next((i for i in self.infos if i.name == point.name and i.state == "loaded"), None)
        if other is not None:
            problem = f"its name is taken by plugin {other}"
            raise PluginError(point.name, problem, "rename the entry point of one")
        plugin = importlib.import_module(point.value) if point.dist is None else point.load()
        _check_contract(point.name, plugin)
        try:
            self.manager.register(plugin, name=point.name)
            hooks = self._hooks(point.name, plugin)
            contribution = contribution_of(
                lambda hook: self._ask(plugin, hook), str(info), built_in=point.dist is None
            )
            _check_writable(point.name, contribution)
            check_clashes(point.name, contribution, self._loaded)
        except BaseException:
            if self.manager.has_plugin(point.name):
                self.manager.unregister(name=point.name)
            raise
        return contribution, hooks

    def _hooks(self, name: str, plugin: object) -> tuple[str, ...]:
        """Return the names of the hooks that *plugin* implements, all of them known."""
        callers = self.manager.get_hookcallers(plugin) or []
        hooks = tuple(sorted(caller.name for caller in callers))
        known = [hook for hook in vars(hookspecs) if hook.startswith(f"{PROJECT}_")]
        for hook in hooks:
            if hook not in known:
                import difflib  # noqa: PLC0415 - seldom needed

                near = difflib.get_close_matches(hook, known, 1, 0)[0]
                raise PluginError(name, f"{hook!r} is no hook", f"rename it to {near!r}")
        if not hooks:
            problem = "it implements no hook"
            raise PluginError(name, problem, "mark its functions with @cqcparse.hookimpl")
        return hooks

    def _ask(self, plugin: object, hook: str) -> list[object]:
        """Return the answers of *plugin* alone."""
        others = [other for other in self.manager.get_plugins() if other is not plugin]
        answers: list[object] = self.manager.subset_hook_caller(hook, others)()
        return answers


def _check_contract(name: str, plugin: object) -> None:
    """Refuse a plugin that was written for a later version of the contract."""
    version = getattr(plugin, f"{PROJECT}_contract", CONTRACT_VERSION)
    if not isinstance(version, int) or version > CONTRACT_VERSION:
        problem = f"it is written for version {version!r} of the contract, this is version"
        raise PluginError(name, f"{problem} {CONTRACT_VERSION}", "update cqcparse")


def _check_writable(name: str, contribution: Contribution) -> None:
    """Refuse a kind whose fields have no form in JSON, which would fail for every assessment."""
    for cls in dict.fromkeys(cls for task in contribution.tasks for cls in task.produces):
        try:
            problem = None if cls in BUILT_IN else unwritable(cls)
        except Exception as error:  # noqa: BLE001 - its annotations are a stranger's
            problem = f"cannot be written as JSON ({account(error)})"
        if problem is not None:
            remedy = "annotate its fields with the types that the plugin contract lists"
            raise PluginError(name, f"its class {cls.__name__} {problem}", remedy)


def _kinds(contribution: Contribution) -> tuple[str, ...]:
    made = [cls.kind for task in contribution.tasks for cls in task.produces]
    return tuple(dict.fromkeys([*made, *(lexicon.kind or "" for lexicon in contribution.lexicons)]))


def _failed(info: PluginInfo, error: BaseException) -> PluginInfo:
    """Return *info* with the error, and what can be done about it."""
    if isinstance(error, PluginError):
        subject = "" if error.plugin == info.name else f"{error.plugin}: "
        message = f"{subject}{error.problem}; {error.remedy}"
    elif isinstance(error, CqcParseError):
        message = f"{error}; mend the file"
    elif isinstance(error, pluggy.PluginValidationError):
        message = f"{account(error)}; take only arguments that the hook offers"
    else:
        message = f"{account(error)}; update or reinstall {info.distribution}, or tell its author"
    return attrs.evolve(
        PluginInfo(name=info.name, distribution=info.distribution, version=info.version),
        state="failed",
        error=f"{message}; {CHOICE_VARIABLE}=-{info.name} leaves it out",
    )


def _variable() -> list[str] | None:
    value = os.environ.get(CHOICE_VARIABLE)
    return None if value is None else value.split(",")


def _sort_key(point: EntryPoint) -> tuple[bool, str, str]:
    """Return the place of a plugin: by distribution, those that bear its name by custom first."""
    distribution = point.dist.name.lower().replace("_", "-") if point.dist else ""
    return distribution != f"{PROJECT}-{point.name}", distribution, point.name

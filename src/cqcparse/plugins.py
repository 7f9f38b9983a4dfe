"""Building a plugin manager: each plugin is loaded, checked and reported on its own."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Literal

import attrs
import pluggy

from cqcparse import hookspecs
from cqcparse.errors import PluginError
from cqcparse.hookspecs import PROJECT, Extractor
from cqcparse.mentions import Mention

#: The built-in plugins, by module name: they are loaded like any other.
DEFAULT_PLUGINS = (
    "cqcparse.extractors.funding",
    "cqcparse.extractors.services",
    "cqcparse.extractors.partners",
)

#: Environment variable that names the third-party plugins allowed; empty means none.
ALLOW_VARIABLE = "CQCPARSE_PLUGINS"


@attrs.frozen(kw_only=True)
class PluginInfo:
    """What became of one plugin."""

    #: Name of the entry point, or the module of a built-in plugin.
    name: str
    #: Name of the distribution that brought it.
    distribution: str | None = None
    version: str | None = None
    #: Names of the hooks it implements.
    hooks: tuple[str, ...] = ()
    #: Names of its extractors.
    extractors: tuple[str, ...] = ()
    state: Literal["loaded", "failed", "disabled"] = "loaded"
    #: Why it failed; None if it did not.
    error: str | None = None


@attrs.frozen(kw_only=True)
class Plugins:
    """The plugins of one parser."""

    manager: pluggy.PluginManager = attrs.field(repr=False)
    infos: tuple[PluginInfo, ...]
    #: In the order of loading: built-ins first, then by distribution and name.
    extractors: tuple[Extractor, ...]


def load_plugins(*, third_party: bool = True) -> Plugins:
    """Build a manager with the built-in plugins and, if asked for, the installed ones.

    A plugin that cannot be imported, registered or asked for its extractors is left out, and
    its :class:`PluginInfo` says why.

    Args:
        third_party: Whether to load the entry points of group ``cqcparse``, as far as the
            environment variable ``CQCPARSE_PLUGINS`` allows them.
    """
    loader = _Loader()
    for module in DEFAULT_PLUGINS:
        loader.load(EntryPoint(name=module, value=module, group=PROJECT))
    if third_party:
        allowed = _allowed()
        for point in sorted(entry_points(group=PROJECT), key=_sort_key):
            loader.load(point, disabled=allowed is not None and point.name not in allowed)
    return Plugins(
        manager=loader.manager, infos=tuple(loader.infos), extractors=tuple(loader.extractors)
    )


def check_extractor_shape(extractor: object) -> None:
    """Check that *extractor* has what the protocol asks for.

    Raises:
        PluginError: If it does not.
    """
    name = getattr(extractor, "name", None)
    if not isinstance(name, str) or not name:
        raise PluginError(type(extractor).__name__, "has an extractor without a 'name'")
    produces = getattr(extractor, "produces", None)
    if not (
        isinstance(produces, tuple)
        and produces
        and all(isinstance(cls, type) and issubclass(cls, Mention) for cls in produces)
    ):
        raise PluginError(name, "'produces' is not a tuple of Mention classes")
    if not callable(getattr(extractor, "extract", None)):
        raise PluginError(name, "has no method 'extract(view)'")


class _Loader:
    """Loads plugins one after the other into one manager."""

    def __init__(self) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(hookspecs)
        self.infos: list[PluginInfo] = []
        self.extractors: list[Extractor] = []

    def load(self, point: EntryPoint, *, disabled: bool = False) -> None:
        info = PluginInfo(
            name=point.name,
            distribution=point.dist.name if point.dist else PROJECT,
            version=point.dist.version if point.dist else None,
        )
        if disabled:
            self.infos.append(attrs.evolve(info, state="disabled"))
            return
        try:
            extractors, hooks = self._register(point)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
            message = f"{type(error).__name__}: {error}"
            self.infos.append(attrs.evolve(info, state="failed", error=message))
            return
        self.extractors += extractors
        names = tuple(extractor.name for extractor in extractors)
        self.infos.append(attrs.evolve(info, hooks=hooks, extractors=names))

    def _register(self, point: EntryPoint) -> tuple[list[Extractor], tuple[str, ...]]:
        if self.manager.has_plugin(point.name):
            raise PluginError(point.name, "the name is taken by another plugin", "rename one")
        plugin = importlib.import_module(point.value) if point.dist is None else point.load()
        try:
            self.manager.register(plugin, name=point.name)
            self.manager.check_pending()
            extractors = list(self._ask(plugin))
        except BaseException:
            if self.manager.has_plugin(point.name):
                self.manager.unregister(name=point.name)
            raise
        callers = self.manager.get_hookcallers(plugin) or []
        return extractors, tuple(sorted(caller.name for caller in callers))

    def _ask(self, plugin: object) -> Iterable[Extractor]:
        """Return the extractors of *plugin* alone."""
        others = [other for other in self.manager.get_plugins() if other is not plugin]
        caller = self.manager.subset_hook_caller("cqcparse_extractors", others)
        taken = {extractor.name for extractor in self.extractors}
        for answer in caller():
            for extractor in answer:
                check_extractor_shape(extractor)
                if extractor.name in taken:
                    raise PluginError(
                        extractor.name, "the extractor's name is taken by another", "rename it"
                    )
                taken.add(extractor.name)
                yield extractor


def _allowed() -> frozenset[str] | None:
    value = os.environ.get(ALLOW_VARIABLE)
    if value is None:
        return None
    return frozenset(name.strip() for name in value.split(",") if name.strip())


def _sort_key(point: EntryPoint) -> tuple[str, str]:
    return (point.dist.name if point.dist else "", point.name)

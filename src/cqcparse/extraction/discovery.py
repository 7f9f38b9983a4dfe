"""Discovery: which plugins are installed, one distribution at a time, and which are wanted."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from cqcparse.errors import PluginError
from cqcparse.extraction.hookspecs import PROJECT
from cqcparse.extraction.isolation import account
from cqcparse.extraction.plugin_info import CHOICE_VARIABLE, PluginInfo, failed

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

logger = logging.getLogger("cqcparse")

#: Where a distribution lists its plugins, and the heading of those for cqcparse.
_LIST = "entry_points.txt"
_HEADING = f"[{PROJECT}]"


@attrs.frozen(kw_only=True)
class Found:
    """One plugin of an installed distribution, or what is in its place."""

    info: PluginInfo
    #: None if it cannot be loaded; then the error is in the info.
    point: EntryPoint | None = None
    #: The requirements of its distribution.
    requires: tuple[str, ...] = ()
    #: Whether the name is that of a plugin; else it is that of a distribution with unknown ones.
    named: bool = True

    @property
    def sort_key(self) -> tuple[bool, str, str]:
        """Its place: by distribution, those that bear its name by custom first."""
        distribution = (self.info.distribution or "").lower().replace("_", "-")
        return distribution != f"{PROJECT}-{self.info.name}", distribution, self.info.name


@attrs.frozen
class Choice:
    """Which plugins are loaded, as somebody wrote it down."""

    #: Where it is written.
    source: str
    #: None for all.
    allowed: frozenset[str] | None
    denied: frozenset[str]

    @classmethod
    def of(cls, source: str, names: Iterable[str] | None) -> Choice:
        """Return a choice from names, those with ``-`` before them denied; None for all."""
        if names is None:
            return cls(source, None, frozenset())
        given = [name.strip() for name in names if name.strip()]
        denied = frozenset(name[1:].strip() for name in given if name.startswith("-"))
        allowed = frozenset(name for name in given if not name.startswith("-"))
        return cls(source, None if denied and not allowed else allowed, denied)

    @classmethod
    def of_environment(cls, value: str | None) -> Choice:
        """Return the choice that the environment variable makes; None if it is not set."""
        return cls.of(CHOICE_VARIABLE, None if value is None else value.split(","))

    @property
    def is_none(self) -> bool:
        """Whether no installed plugin is wanted, so that none is even looked for."""
        return self.allowed is not None and not self.allowed

    def admits(self, found: Found) -> bool:
        """Return whether what was found is wanted; what it would be is not always known."""
        name = found.info.name
        wanted = self.allowed is None or name in self.allowed or not found.named
        return name not in self.denied and wanted

    def admits_built_in(self, module: str) -> bool:
        """Return whether a built-in plugin is wanted: it is unless it is denied.

        Args:
            module: Its module; it may be denied by the last part of it.
        """
        return self.denied.isdisjoint({module, module.rpartition(".")[2]})

    def missing(self, installed: Collection[str]) -> Iterator[PluginInfo]:
        """Yield the plugins that are named and not installed."""
        for name in sorted((self.allowed or frozenset()) - set(installed)):
            error = f"{self.source} names it, but no installed distribution has a plugin so named"
            yield PluginInfo(name=name, state="missing", error=f"{error}; install it")


def installed_plugins() -> list[Found]:
    """Return the plugins of all installed distributions, in the order of loading.

    A distribution that cannot be read costs its own plugins: whatever else is broken in an
    environment is none of our business.
    """
    from importlib.metadata import distributions  # noqa: PLC0415 - dear, and only here

    found: list[Found] = []
    seen: set[str] = set()
    try:
        for distribution in distributions():
            found += _plugins_of(distribution, seen)
    except Exception as error:  # noqa: BLE001 - finders of modules are anybody's
        info = PluginInfo(name="installed-plugins")
        problem = f"the installed distributions cannot be listed: {account(error)}"
        found.append(_broken(info, problem, "mend the environment", named=False))
    return sorted(found, key=lambda item: item.sort_key)


def _plugins_of(distribution: Distribution, seen: set[str]) -> Iterator[Found]:
    """Yield the plugins of one distribution; of two by one name the first on the path counts."""
    try:
        listed = distribution.read_text(_LIST)
    except Exception:
        logger.warning("%s of %s cannot be read", _LIST, _place(distribution), exc_info=True)
        return
    if listed is None or _HEADING not in listed:
        return
    name: str | None
    version: str | None
    try:
        name, version = distribution.metadata["Name"], distribution.metadata["Version"]
    except Exception:  # noqa: BLE001 - a file by that name may be anything, or not there
        name = version = None
    if name is None:
        yield from _nameless(distribution, listed)
        return
    if name.lower() in seen:
        return
    seen.add(name.lower())
    info = PluginInfo(name=name, distribution=name, version=version)
    try:
        points = [*_first(distribution, name).entry_points.select(group=PROJECT)]
        requires = tuple(distribution.requires or ())
    except Exception as error:  # noqa: BLE001 - so may these
        problem = f"its {_LIST} cannot be read ({account(error)})"
        yield _broken(info, problem, f"install {name} again, or tell its author", named=False)
        return
    for point in points:
        yield _found(attrs.evolve(info, name=point.name), point, requires)


def _found(info: PluginInfo, point: EntryPoint, requires: tuple[str, ...]) -> Found:
    try:
        point.module  # noqa: B018 - it is taken apart when it is asked for
    except Exception:  # noqa: BLE001 - what is raised differs between versions of Python
        problem = f"its entry point is {point.value!r:.60}"
        return _broken(info, problem, "write 'module' or 'module:object' there")
    return Found(info=info, point=point, requires=requires)


def _first(distribution: Distribution, name: str) -> Distribution:
    """Return the distribution that Python means by *name*: the first of it on the path."""
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415 - see above

    try:
        return distribution.from_name(name)
    except PackageNotFoundError:  # its folder has another name than it says
        return distribution


def _nameless(distribution: Distribution, listed: str) -> Iterator[Found]:
    """Yield what a distribution without a name lists, which is what a broken uninstall leaves."""
    _, _, behind = listed.partition(_HEADING)
    lines = behind.partition("\n[")[0].split("\n")
    for name in dict.fromkeys(line.partition("=")[0].strip() for line in lines if "=" in line):
        problem = f"its distribution has no METADATA with a name ({_place(distribution)})"
        remedy = "install it again, or remove what is left of it"
        yield _broken(PluginInfo(name=name), problem, remedy)


def _broken(info: PluginInfo, problem: str, remedy: str, *, named: bool = True) -> Found:
    return Found(info=failed(info, PluginError(info.name, problem, remedy)), named=named)


def _place(distribution: Distribution) -> object:
    """Return where a distribution is written down: its folder, or the one around that."""
    return getattr(distribution, "_path", None) or distribution.locate_file("")

"""PluginInfo: what became of each plugin, and in what words that is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import attrs
import pluggy

from cqcparse.errors import CqcParseError, PluginError
from cqcparse.extraction.hookspecs import PROJECT
from cqcparse.extraction.isolation import account

#: Environment variable that names the plugins to load, or with ``-`` before it one not to load.
CHOICE_VARIABLE = "CQCPARSE_PLUGINS"


@attrs.frozen(kw_only=True)
class PluginInfo:
    """What became of one plugin.

    Attributes:
        name: Name of the entry point, or the module of a built-in plugin.
        distribution: Name of the distribution that brought it, or the path of its file; None if
            the distribution has no name.
        version: Version of the distribution; None for a built-in plugin.
        hooks: Names of the hooks it implements.
        extractors: Names of its extractors.
        correctors: Names of its correctors.
        options: What a user may set for these, its readers and its exporters, such as
            ``towns.smallest: int = 1000``.
        kinds: Names of the kinds of mention it finds, by extractors or lexicons.
        frameworks: Ids of the framework profiles it brings.
        reads: Suffixes of the files it reads.
        readers: Names of its readers, as ``--reader`` takes them.
        writes: Suffixes of the files it writes.
        questions: Names of its files of questions.
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
    correctors: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    state: Literal["loaded", "failed", "disabled", "missing"] = "loaded"
    error: str | None = None

    @property
    def of_file(self) -> bool:
        """Whether it is a file that the user names, and no distribution."""
        return Path(self.distribution or "").is_absolute()

    def __str__(self) -> str:
        """Return name, distribution and version, for messages."""
        if self.distribution in {None, PROJECT}:
            return repr(self.name)
        version = "" if self.version is None else f" {self.version}"
        return f"{self.name!r} ({self.distribution}{version})"


def failed(info: PluginInfo, error: BaseException, requires: Iterable[str] = ()) -> PluginInfo:
    """Return *info* with the error, and what can be done about it.

    Args:
        info: The plugin.
        error: What it raised, or what is wrong with it.
        requires: The requirements of its distribution: if this version of cqcparse is not the one
            it is made for, that is the likely reason.
    """
    remedy = _version_remedy(requires)
    without = f"{CHOICE_VARIABLE}=-{info.name} leaves it out"
    if info.of_file:
        without = "leave it out by not naming its file (--plugin, plugin_files)"
    if isinstance(error, PluginError):
        subject = "" if error.plugin == info.name else f"{error.plugin}: "
        message = f"{subject}{error.problem}; {remedy or error.remedy}"
    elif isinstance(error, CqcParseError):
        message = f"{error}; {remedy or 'mend the file'}"
    elif isinstance(error, pluggy.PluginValidationError):
        message = f"{account(error)}; {remedy or 'take only arguments that the hook offers'}"
    else:
        other = f"update or reinstall {info.distribution or 'it'}, or tell its author"
        if info.of_file:
            other = f"mend {info.distribution}"
        message = f"{account(error)}; {remedy or other}"
    return attrs.evolve(
        PluginInfo(name=info.name, distribution=info.distribution, version=info.version),
        state="failed",
        error=f"{message}; {without}",
    )


def _version_remedy(requires: Iterable[str]) -> str | None:
    """Return what to do if a distribution asks for another version of cqcparse, else None."""
    from importlib.metadata import version  # noqa: PLC0415 - dear, and only for what failed

    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415
    from packaging.utils import canonicalize_name  # noqa: PLC0415

    here = version(PROJECT)
    for line in requires:
        try:
            wanted = Requirement(line)
        except InvalidRequirement:
            continue
        if canonicalize_name(wanted.name) != PROJECT or (wanted.marker and "extra" in line):
            continue
        if not wanted.specifier.contains(here, prereleases=True):
            asks = f"{PROJECT}{wanted.specifier}"
            return f"it is made for {asks} and this is {here}: install a {PROJECT} that fits"
    return None

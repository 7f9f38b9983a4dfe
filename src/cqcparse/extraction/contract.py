"""Whether a plugin and this cqcparse keep the same contract: by what the plugin says of itself."""

from __future__ import annotations

import warnings

from cqcparse.errors import ContractWarning, PluginError
from cqcparse.extraction.hookspecs import CONTRACT_VERSION, PROJECT

#: The attribute of a plugin that names the versions it is written for.
_ATTRIBUTE = f"{PROJECT}_contract"


def check_contract(name: str, plugin: object) -> None:
    """Refuse a plugin that is written for other versions of the contract than this one.

    Args:
        name: Name of the plugin.
        plugin: Its module.

    Raises:
        PluginError: If it is, or if what it says of versions means nothing.
    """
    wanted = getattr(plugin, _ATTRIBUTE, None)
    if wanted is None:
        return
    if type(wanted) is int:
        message = (
            f"plugin {name!r}: a number as {_ATTRIBUTE!r} says nothing of later versions, and is "
            f"refused from version {CONTRACT_VERSION + 1} on; write '>={wanted}', or a range such "
            f"as '>={wanted},<{CONTRACT_VERSION + 1}'"
        )
        warnings.warn(message, ContractWarning, stacklevel=2)
        wanted = f">={wanted}"
    if not _admits(name, wanted):
        problem = f"it is written for version {wanted} of the contract, this is version"
        raise PluginError(
            name, f"{problem} {CONTRACT_VERSION}", "install a cqcparse, or a plugin, that fits"
        )


def _admits(name: str, wanted: object) -> bool:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - seldom used

    try:
        return SpecifierSet(str(wanted)).contains(str(CONTRACT_VERSION))
    except InvalidSpecifier:
        problem = f"{_ATTRIBUTE!r} is {wanted!r:.60}"
        raise PluginError(name, problem, "write a range of versions, such as '>=1,<3'") from None

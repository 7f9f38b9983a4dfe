"""Clashes: a name, kind or suffix that something else has, which the later plugin may not take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cqcparse.errors import PluginError
from cqcparse.extraction.plugin_contents import Contribution
from cqcparse.framework import builtin_frameworks
from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.mentions import Mention

#: Suffixes of the files that cqcparse itself writes.
_WRITTEN = (".jsonl", ".csv", ".parquet", ".xlsx", ".sqlite", ".duckdb", ".graphml")

#: What is named, who has such names from the start, and the names in a contribution.
_NAMES: tuple[tuple[str, Callable[[], Iterable[str]], Callable[[Contribution], list[str]]], ...] = (
    ("extractor name", tuple, lambda c: [task.name for task in c.tasks]),
    (
        "framework id",
        lambda: [framework.id for framework in builtin_frameworks()],
        lambda c: [framework.id for framework in c.frameworks],
    ),
    ("suffix", tuple, lambda c: [s for reader in c.readers for s in reader.suffixes]),
    ("suffix", lambda: _WRITTEN, lambda c: [exporter.suffix for exporter in c.exporters]),
)


def check_clashes(name: str, new: Contribution, loaded: Mapping[str, Contribution]) -> None:
    """Refuse what bears a name that something else has.

    Args:
        name: The plugin that is being loaded.
        new: What it brings.
        loaded: What the plugins before it bring, by their names.

    Raises:
        PluginError: If a name, kind or suffix is taken; it names both.
    """
    for what, built_in, names_in in _NAMES:
        wanted = names_in(new)
        if not wanted:
            continue
        owners = dict.fromkeys(built_in(), "cqcparse itself")
        for other, contribution in loaded.items():
            owners |= dict.fromkeys(names_in(contribution), f"plugin {other!r}")
        for number, item in enumerate(wanted):
            owner = "another thing of this plugin" if item in wanted[:number] else owners.get(item)
            if owner is not None:
                raise PluginError(
                    name,
                    f"the {what} {item!r} is taken by {owner}",
                    "choose another in one of them",
                )
    _check_kinds(name, new, loaded)


def _check_kinds(name: str, new: Contribution, loaded: Mapping[str, Contribution]) -> None:
    """Refuse a class whose kind is the name of another class."""
    owners: dict[str, tuple[type[Mention], str]] = {
        cls.kind: (cls, "cqcparse itself") for cls in BUILT_IN
    }
    for other, contribution in [*loaded.items(), (name, new)]:
        for task in contribution.tasks:
            for cls in task.produces:
                owner, whose = owners.setdefault(cls.kind, (cls, f"plugin {other!r}"))
                if owner is not cls:
                    raise PluginError(
                        name,
                        f"the kind {cls.kind!r} of its class {cls.__name__} is taken by the class "
                        f"{owner.__name__} of {whose}",
                        "produce that class, or choose another word for 'kind'",
                    )

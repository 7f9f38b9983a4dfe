"""``cqcparse plugins``: every plugin, what it brings, and why it failed if it did."""

from __future__ import annotations

import json
from collections.abc import Iterator

import attrs
import click

from cqcparse.cli.streams import put
from cqcparse.extraction.plugin_info import PluginInfo
from cqcparse.extraction.plugins import load_plugins
from cqcparse.output.text_table import table


@click.command(short_help="Every plugin, what it brings, and why it failed if it did.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array instead of a table.")
def command(as_json: bool) -> None:
    """List the plugins: built-in ones first, then those installed."""
    infos = load_plugins().infos
    if as_json:
        put(json.dumps([attrs.asdict(info) for info in infos], indent=2))
        return
    header = ("plugin", "distribution", "version", "state", "brings")
    put(table(header, map(_row, infos)))
    for info in infos:
        if info.error is not None:
            put(f"\n{info.name}: {info.error}")


def _row(info: PluginInfo) -> tuple[str, ...]:
    return (
        info.name,
        info.distribution or "-",
        info.version or "-",
        info.state,
        "; ".join(_brought(info)) or "-",
    )


def _brought(info: PluginInfo) -> Iterator[str]:
    if info.kinds:
        yield ", ".join(info.kinds)
    if info.frameworks:
        yield f"framework {', '.join(info.frameworks)}"
    if info.reads:
        yield f"reads {', '.join(info.reads)}"
    if info.writes:
        yield f"writes {', '.join(info.writes)}"

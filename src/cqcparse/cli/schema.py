"""``cqcparse schema``: the JSON Schema of ``parse --json``."""

from __future__ import annotations

import json

import click

from cqcparse.cli.streams import put


@click.command(short_help="The JSON Schema of what `parse --json` prints.")
def command() -> None:
    """Print the JSON Schema of an assessment, with the kinds of the installed plugins."""
    from cqcparse.output.schema import json_schema

    put(json.dumps(json_schema(), indent=2, ensure_ascii=False))

"""``cqcparse schema``: the JSON Schema of ``parse --json``, of pages or of whole reports."""

from __future__ import annotations

import json

import click

from cqcparse.cli.choices import kinds_of, plugin_option
from cqcparse.cli.streams import put
from cqcparse.model.assessment import Assessment
from cqcparse.model.report import Report


@click.command(short_help="The JSON Schema of what `parse --json` prints.")
@click.option("--combine", is_flag=True, help="The schema of `parse --json --combine`.")
@plugin_option
def command(*, combine: bool, plugin_files: tuple[str, ...]) -> None:
    """Print the JSON Schema of an assessment, with the kinds of the installed plugins."""
    from cqcparse.output.schema import json_schema

    schema = json_schema(kinds_of(plugin_files), of=Report if combine else Assessment)
    put(json.dumps(schema, indent=2, ensure_ascii=False))

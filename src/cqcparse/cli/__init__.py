"""The command line: ``cqcparse COMMAND``, a module a command, each imported when it is called."""

from __future__ import annotations

import importlib
import os
from typing import Any

import click

from cqcparse import workers
from cqcparse.cli.exits import end_on_signals, never_a_traceback, quiet_pipe
from cqcparse.cli.lazily import LazyGroup
from cqcparse.cli.streams import mend_streams, part_streams, parted

#: The commands, in the order of ``cqcparse --help``. Each is the function ``command`` of the
#: module of the same name, with ``_`` for ``-``; adding one is a line here and that module.
COMMANDS = (
    "parse",
    "extract",
    "scores",
    "facts",
    "tables",
    "ask",
    "view",
    "site",
    "verify",
    "explain",
    "rules",
    "diff",
    "evaluate",
    "plugins",
    "new-plugin",
    "schema",
)
#: Those that read reports.
_READING = frozenset(
    {
        "parse",
        "extract",
        "scores",
        "facts",
        "tables",
        "ask",
        "view",
        "site",
        "verify",
        "explain",
        "evaluate",
    }
)
#: What a context holds where this process runs a command and nothing else, so it may be copied.
_ALONE = object()


class _Commands(LazyGroup):
    """A group that imports a command when it is asked for, so that a cold start stays short."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command if isinstance(command, click.Group) else parted(command)

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - click's signature
        with never_a_traceback():
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        with quiet_pipe():
            return super().invoke(ctx)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cqcparse", message="%(package)s %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Turn CQC's assessments of local authorities into data with a place for every value.

    PATH is a file, a folder (searched for reports) or - for standard input. Data goes to
    standard output, messages to standard error. Exit status: 0 done; 1 some input failed, and
    the rest is done; 2 wrong use.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    if ctx.invoked_subcommand in _READING:  # it is imported by now, and no plugin is
        workers.prepare("cqcparse.parser", copy=ctx.obj is _ALONE)


def main() -> None:
    """Run the command line; the entry point of the ``cqcparse`` script."""
    mend_streams()
    part_streams()
    end_on_signals()
    group(prog_name="cqcparse", obj=_ALONE)

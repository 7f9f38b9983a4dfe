"""A group whose commands are made when they are asked for, and that helps with a misspelt one."""

from __future__ import annotations

import difflib

import click


class LazyGroup(click.Group):
    """A group that knows the names of its commands, and makes one when it is called.

    A subclass says the names with ``list_commands`` and makes a command with ``get_command``.
    """

    #: What its commands are called in messages.
    noun = "command"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, or say which may have been meant."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            near = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"see {ctx.command_path} --help"
            msg = f"there is no {self.noun} {name!r}; {hint}"
            raise click.UsageError(msg, ctx)
        return super().resolve_command(ctx, args)

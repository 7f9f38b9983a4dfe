"""What makes an input count as failed: the options ``--strict`` and ``--fail-on``."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable

import attrs
import click

from cqcparse.model.diagnostics import CODES

#: What is no assessment gives nothing, and that is a failure whatever the options say; unless it
#: belongs to a profile that a plugin brings or that was asked for, which makes it worth knowing.
_ALWAYS = frozenset({"not-an-assessment"})
#: What only extractors give occasion to say.
_OF_EXTRACTORS = frozenset(
    {
        "acronym-conflict",
        "batch-failed",
        "extractor-remark",
        "mention-dropped",
        "mention-rejected",
        "plugin-failed",
    }
)


@attrs.frozen(kw_only=True)
class Standard:
    """The codes of diagnostics with which an input counts as failed."""

    #: Whether any code does, with a severity above ``info``.
    strict: bool = False
    codes: frozenset[str] = frozenset()

    @property
    def is_about_extractors(self) -> bool:
        """Whether an input may count as failed by what extractors do."""
        return self.strict or not self.codes.isdisjoint(_OF_EXTRACTORS)

    def fails(self, code: str, severity: str, *, any_document: bool = False) -> bool:
        """Return whether an input with a diagnostic of *code* counts as failed.

        Args:
            code: The code.
            severity: How much it matters.
            any_document: Whether documents that are no assessments are wanted.
        """
        if code in self.codes or (self.strict and severity != "info"):
            return True
        return not any_document and code in _ALWAYS and severity == "error"


def standard_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options for what counts as failed, as ``standard``."""

    @click.option(
        "--fail-on",
        "codes",
        multiple=True,
        metavar="CODE",
        callback=_check_codes,
        help="Name every input with this diagnostic, and exit with 1; may be given again.",
    )
    @click.option(
        "--strict",
        is_flag=True,
        help="Name every input with a warning or an error, and exit with 1.",
    )
    @functools.wraps(command)
    def run(codes: tuple[str, ...], strict: bool, **rest: object) -> None:
        command(standard=Standard(strict=strict, codes=frozenset(codes)), **rest)

    return run


def _check_codes(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if value not in CODES:
            near = difflib.get_close_matches(value, CODES, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(sorted(CODES))}"
            msg = f"{value!r} is no code of a diagnostic; {hint}"
            raise click.BadParameter(msg)
    return values

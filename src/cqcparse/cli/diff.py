"""``cqcparse diff``: what changed between two runs, mention by mention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import click

from cqcparse.cli.choices import kinds_of, plugin_option
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.streams import put
from cqcparse.errors import DataError
from cqcparse.evaluation.diff import Change, Diff, diff_rows
from cqcparse.model.mentions import Mention
from cqcparse.model.report import Report
from cqcparse.model.tables import Row
from cqcparse.output.tables import mention_table

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_COLOURS = {"added": "green", "removed": "red", "changed": "yellow"}
#: The columns by which rows are compared.
_NEEDED = {"source", "kind", "text", "char_start", "char_end"}
#: What mentions may be; None for what is built in or installed.
_Kinds: TypeAlias = tuple[type[Mention], ...] | None
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(short_help="What changed between two runs, mention by mention.")
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object instead of text.")
@plugin_option
def command(before: Path, after: Path, as_json: bool, plugin_files: tuple[str, ...]) -> None:
    """Compare BEFORE and AFTER, two files saved from `extract` or `parse --json`."""
    kinds = kinds_of(plugin_files)
    with one_sentence():
        result = diff_rows(_rows(before, kinds), _rows(after, kinds))
    if as_json:
        put(json.dumps(attrs.asdict(result), ensure_ascii=False, indent=2))
    else:
        put("\n".join(_text(result)))


#: What is compared, for messages.
_WANTED = "give what 'cqcparse extract -o FILE.jsonl' or 'parse --json' wrote"


def _rows(path: Path, kinds: _Kinds) -> Iterator[Row]:
    """Yield the rows in a file of JSON Lines: rows already, or assessments to make them from."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise DataError.unread(path, error) from error
    except UnicodeDecodeError as error:
        raise DataError(str(path), f"is not UTF-8 text; {_WANTED}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from _rows_of(path, number, line, kinds)


def _rows_of(path: Path, number: int, line: str, kinds: _Kinds) -> Iterator[Row]:
    from cqcparse.output.serialise import from_json, load_json, report_from_json

    try:
        data: Any = load_json(line, str(path), number)
    except DataError as error:
        raise attrs.evolve(error, problem=f"{error.problem}; {_WANTED}") from None
    if isinstance(data, dict) and "schema_version" in data:
        read = report_from_json if "pages" in data else from_json
        made = read(line, source=f"{path}, line {number}", kinds=kinds)
        for page in made.pages if isinstance(made, Report) else (made,):
            _, rows = mention_table({type(mention) for mention in page.mentions})
            yield from rows(page)
    elif _is_row(data):
        yield data
    else:
        problem = "is neither a row of `extract` nor an assessment of `parse --json`"
        raise DataError(str(path), f"{problem}; {_WANTED}", number)


def _is_row(data: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Return whether *data* has what a row is compared by."""
    if not isinstance(data, dict) or not data.keys() >= _NEEDED:
        return False
    start, end = data["char_start"], data["char_end"]
    return type(start) is int and type(end) is int and 0 <= start <= end


def _text(result: Diff) -> Iterator[str]:
    for source in result.only_before:
        yield f"only in the first run: {source}"
    for source in result.only_after:
        yield f"only in the second run: {source}"
    for change in result.changes:
        yield from _change(change)
    counts = ", ".join(f"{len(result.of(change))} {change}" for change in ("added", "removed"))
    yield f"{counts}, {len(result.of('changed'))} changed, {result.same} the same"


def _change(change: Change) -> Iterator[str]:
    place = f"{change.source} {change.span.start}-{change.span.end}"
    line = f"{_SIGNS[change.change]} {change.kind} {change.text!r}  {place}"
    yield click.style(line, fg=_COLOURS[change.change])
    for field in change.fields:
        yield f"    {field.name}: {field.before!r} -> {field.after!r}"
    if change.sentence:
        yield f"    {' '.join(change.sentence.split())}"

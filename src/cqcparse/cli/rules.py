"""``cqcparse rules``: the rules by name, with an example and how often each was used."""

from __future__ import annotations

import json
from collections import Counter

import click

from cqcparse.cli.choices import any_document_parser_options
from cqcparse.cli.inputs import Reports
from cqcparse.cli.streams import put
from cqcparse.extraction.rule_books import NAMES, ListedRule, listed_rules
from cqcparse.output.text_table import table
from cqcparse.parser import Parser


@click.command(short_help="The rules by name, with an example and how often each was used.")
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@click.option("--unused", is_flag=True, help="Only rules that made nothing of the reports in PATH.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array instead of a table.")
@any_document_parser_options
def command(paths: tuple[str, ...], unused: bool, as_json: bool, parser: Parser) -> None:
    """List the rules of each extractor, and how many mentions each made of the reports in PATH.

    Frames, which all extractors share, say more of mentions that rules make, and are not counted.
    """
    if unused and not paths:
        msg = "--unused needs reports: name files or folders"
        raise click.UsageError(msg)
    reports = Reports(paths, parser)
    made: Counter[tuple[str, str]] = Counter()
    of_kind: Counter[tuple[str | None, str]] = Counter()
    for assessment in reports:
        for mention in assessment.mentions:
            if mention.evidence is not None:
                made[mention.extractor, mention.evidence.rule] += 1
                of_kind[mention.kind, mention.evidence.rule] += 1
                made[NAMES, mention.evidence.rule] += 1
    counted = [
        (
            listed,
            of_kind[listed.kind, listed.rule.name]
            if listed.kind
            else made[listed.extractor, listed.rule.name],
        )
        for listed in listed_rules(parser.tasks)
    ]
    rows = [row for row in counted if not unused or (row[0].counted and not row[1])]
    if as_json:
        items = [_item(listed, count if paths else None) for listed, count in rows]
        put(json.dumps(items, indent=2, ensure_ascii=False))
    else:
        header = ("extractor", "rule", *(("made",) if paths else ()), "example")
        put(table(header, (_row(*row, counted=bool(paths)) for row in rows)))
    reports.exit()


def _row(listed: ListedRule, made: int, *, counted: bool) -> tuple[str, ...]:
    count = (str(made) if listed.counted else "-",) if counted else ()
    return listed.extractor, listed.rule.name, *count, *listed.rule.yes[:1]


def _item(listed: ListedRule, made: int | None) -> dict[str, object]:
    return {
        "extractor": listed.extractor,
        "rule": listed.rule.name,
        "made": made if listed.counted else None,
        "pattern": " ".join(listed.pattern.split()),
        "yes": listed.rule.yes,
        "no": listed.rule.no,
    }

"""``cqcparse explain``: what stands at one place of a report, and why it was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import attrs
import click

from cqcparse.cli.choices import any_document_parser_options
from cqcparse.cli.exits import one_sentence
from cqcparse.cli.inputs import read_one
from cqcparse.cli.streams import put
from cqcparse.extraction.rule_books import ListedRule, listed_rules
from cqcparse.model.assessment import Assessment
from cqcparse.model.kinds import attribute_types
from cqcparse.model.mentions import Evidence, Mention, Reading
from cqcparse.model.spans import Quote
from cqcparse.parser import Parser

_Rules: TypeAlias = Mapping[tuple[str, str], ListedRule]


@click.command(short_help="What was found at one place of a report, and why.")
@click.argument("file")
@click.argument("offset", type=click.IntRange(min=0))
@any_document_parser_options
def command(file: str, offset: int, parser: Parser) -> None:
    """Explain the mentions of FILE at OFFSET, a number of characters counted from 0."""
    with one_sentence():
        assessment = read_one(parser, file)
    length = len(assessment.document.text)
    if offset >= length:
        msg = f"{offset} is past the end of the report; give a number below {length}"
        raise click.BadParameter(msg, param_hint="OFFSET")
    rules = {(one.extractor, one.rule.name): one for one in listed_rules(parser.tasks)}
    put("\n".join(_explained(assessment, offset, rules)))


def _explained(assessment: Assessment, offset: int, rules: _Rules) -> Iterator[str]:
    statement = assessment.statement_of(offset)
    if statement is not None:
        yield f"statement   {statement.title.text} ({statement.id})"
    section = assessment.section_of(offset)
    yield f"section     {section.title.text if section.title else '(no heading)'} ({section.role})"
    sentence = assessment.sentence_of(offset)
    yield f"sentence    {' '.join(sentence.text.split()) if sentence else '(none here)'}"
    here = [mention for mention in assessment.mentions if mention.span.contains(offset)]
    if not here:
        yield "mentions    none here"
    for mention in here:
        yield ""
        yield from _mention(mention, rules)


def _mention(mention: Mention, rules: _Rules) -> Iterator[str]:
    yield f"{mention.kind:<12}{mention.text!r} at {mention.span.start}-{mention.span.end}"
    yield f"  type        {mention.type or '-'}"
    if mention.canonical:
        yield f"  canonical   {mention.canonical}"
    if mention.entity_id:
        yield f"  entity      {mention.entity_id}"
    for name in attribute_types(type(mention)):
        value = getattr(mention, name)
        if value not in (None, ()):
            yield f"  {name:<11} {_value(value)}"
    yield f"  extractor   {mention.extractor}"
    if mention.evidence is None:
        yield "  evidence    the extractor gives none"
    else:
        listed = rules.get((mention.extractor, mention.evidence.rule))
        yield from _evidence(mention.evidence, listed)


def _value(value: object) -> str:
    if isinstance(value, Quote):
        place = f"{value.text!r} at {value.span.start}-{value.span.end}"
        meaning = value.value if isinstance(value, Reading) else None
        return place if meaning is None else f"{place}, which means {_fields(meaning)}"
    return str(value)


def _fields(meaning: object) -> str:
    cls = type(meaning)
    if not attrs.has(cls):
        return str(meaning)
    values = {field.name: getattr(meaning, field.name) for field in attrs.fields(cls)}
    return ", ".join(f"{name} {value}" for name, value in values.items() if value is not None)


def _evidence(evidence: Evidence, listed: ListedRule | None) -> Iterator[str]:
    yield f"  rule        {evidence.rule}"
    if listed is not None:
        yield f"  pattern     {' '.join(listed.pattern.split())}"
        for example in listed.rule.yes:
            yield f"  such as     {example}"
    if evidence.entry is not None:
        yield f"  entry       {evidence.entry}"
    for cue in evidence.cues:
        yield f"  cue         {_value(cue)}"
    for loser in evidence.beat:
        yield f"  beat        {loser}"

"""Attributes of services: each way to say one crossed with services, as marked-up text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cqcparse
from cqcparse.extractors.services import ServiceExtractor

SERVICES = ("crisis house", "carers' helpline", "reablement service")
MARK = re.compile(r"\{([^|]+)\|[a-z]+\}")
PARSER = cqcparse.Parser(extractors=[ServiceExtractor()])


def templates() -> Iterator[tuple[str, str]]:
    """Yield the lines of the file with the attribute of the heading above them."""
    attribute = ""
    lines = Path(__file__).with_name("sentences").joinpath("attributes.txt").read_text("utf-8")
    for line in lines.splitlines():
        if line[0] != "#":
            yield attribute, line
        elif len(line.split()) == 2:
            attribute = line.split()[1]


def said(service: cqcparse.Service, attribute: str) -> str | None:
    """Return an attribute as it is printed."""
    value = getattr(service, attribute)
    return value if isinstance(value, str | None) else str(value.text)


@pytest.mark.parametrize(("attribute", "template"), [*templates()])
def test_reads_what_is_said_of_every_service(attribute: str, template: str) -> None:
    """A construction gives its value, or none, whatever service it speaks of."""
    marked, _, status = template.partition(" => ")
    values = MARK.findall(marked) or [status or None]
    for name in SERVICES:
        text = MARK.sub(r"\1", marked).replace("[X]", name)
        found = [one for one in PARSER.parse(text).services if one.text == name]
        assert [said(one, attribute) for one in found] == values, text


@pytest.mark.parametrize("number", ["12", "six"])
def test_reads_the_size_in_front_of_a_service(number: str) -> None:
    """A length in front is the capacity, and so are beds that are counted, name and all."""
    for text, size in (
        (f"It paid for a {number}-bed crisis unit.", f"{number}-bed"),
        (
            f"One of {number} discharge to assess beds was free.",
            f"{number} discharge to assess beds",
        ),
    ):
        (found,) = PARSER.parse(text).services
        assert said(found, "capacity") == size

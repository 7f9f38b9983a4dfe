"""What reports on councils in England name, crossed with the places of a sentence where it stands."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest

import cqcparse

PARSER = cqcparse.Parser(plugins=False)
ENGLAND = tomllib.loads(
    (Path(__file__).parent / "sentences" / "england.toml").read_text(encoding="utf-8")
)
# Councils are named beside the one that is assessed.
PAGE = (
    "Stockport Council: local authority assessment\n\nCare provision, integration and continuity\n\n"
    "Score: 3\n\nKey findings for this quality statement\n\n"
)
LISTS = [
    pytest.param(kind, type_, [*map(str.strip, names.split(";"))], id=f"{kind}-{group}-{type_}")
    for kind, tables in ENGLAND.items()
    for group in tables.keys() - {"places"}
    for type_, names in sorted(tables[group].items())
]


def _bare(name: str) -> str:
    """Return *name* without an article, which stands outside of a mention."""
    return name.removeprefix("the ").removeprefix("a ")


@pytest.mark.parametrize(("kind", "type_", "names"), LISTS)
def test_what_england_names_is_found_in_all_places(kind: str, type_: str, names: list[str]) -> None:
    """It is found with its exact characters and its type, wherever it stands."""
    missed = []
    for place, name in product(ENGLAND[kind]["places"], names):
        report = PARSER.parse(f"{PAGE}{place.format(name)}\n")
        found = [(one.text, one.type) for one in report.mentions if one.kind == kind]
        if (_bare(name), type_) not in found:
            missed.append((place.format(name), found))
    assert not missed


@pytest.mark.parametrize(
    "sentence",
    [
        "Scope for more was clear.",
        "Shelter was offered in winter.",
        "Contact was welcomed and a sense of place mattered.",
        "Refuge was offered to all.",
        "They met the Crisis team in June.",
        "Mind maps were used.",
    ],
)
def test_common_words_are_no_bodies(sentence: str) -> None:
    """A word that is the name of a body, too, is none where it is used as a word."""
    report = PARSER.parse(f"{PAGE}{sentence}\n")
    assert [one.text for one in report.partners if one.specificity == "named"] == []

"""The tables of words that services are made of, and the lexicon of terms."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import attrs

from cqcparse.grammar import Lexicon, load_lexicon


@attrs.frozen(kw_only=True)
class Tables:
    """The tables of ``heads.toml``; what each list is for is said there."""

    #: Whether any saying word will do in front of a head, by head and by its possessive.
    heads: dict[str, bool]
    head_types: dict[str, str]
    only: dict[str, frozenset[str]]
    saying: dict[str, frozenset[str]]
    generic: frozenset[str]
    office: frozenset[str]
    trim: frozenset[str]
    drop: frozenset[str]
    never: frozenset[str]


@cache
def words(name: str) -> frozenset[str]:
    """Return one of the sets of words of ``heads.toml``."""
    return frozenset(_data()["sets"][name].split())


@cache
def tables() -> Tables:
    """Return the tables of ``heads.toml``."""
    data = _data()
    heads = dict.fromkeys(data["heads"]["kind"].split(), False)
    heads |= dict.fromkeys(data["heads"]["open"].split(), True)
    heads |= {f"{head}'s": saying for head, saying in heads.items()}
    return Tables(
        heads=heads,
        head_types=data["head_types"],
        only=_lists(data["only"]),
        saying=_lists(data["with"]),
        **_lists(data["words"]),
        drop=frozenset(data["behind"]["drop"].split()),
        never=frozenset(" ".join(line.split()) for line in data["never"]["phrases"].split("|")),
    )


@cache
def lexicon() -> Lexicon:
    """Return the terms that stand alone and those that only narrow a head, scanned for together."""
    return Lexicon(kind="service", entries=(*_standing().entries, *_narrowing().entries))


@cache
def standing_ids() -> frozenset[str]:
    """Return the ids of the entries that are services without a head."""
    return frozenset(entry.id for entry in _standing().entries)


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "heads.toml").read_text("utf-8"))


def _standing() -> Lexicon:
    return load_lexicon(files(__package__) / "lexicon.toml")


def _narrowing() -> Lexicon:
    return load_lexicon(files(__package__) / "modifiers.toml")


def _lists(table: dict[str, str]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in table.items()}

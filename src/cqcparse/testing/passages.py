"""Generated passages of report prose, with the mentions they hold known beforehand."""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from cqcparse.testing.marking import Mark, read_marks

_SLOT = re.compile(r"\{(\w+)\}")


@attrs.frozen(kw_only=True)
class KnownPassage:
    """A paragraph, and the mentions of the built-in kinds that it holds."""

    #: The paragraph with its mentions marked, as :func:`cqcparse.testing.assert_mentions` reads it.
    marked: str
    text: str
    #: In the order in which they end.
    mentions: tuple[Mark, ...]


def passage(seed: int, sentences: int = 4) -> KnownPassage:
    """Return a paragraph made of sentence templates and open word lists.

    Args:
        seed: The same seed gives the same paragraph.
        sentences: How many sentences it has.
    """
    # Not for secrets: the point of the seed is that the passage can be made again.
    chance = random.Random(seed)  # noqa: S311
    templates = chance.sample(_blocks()["templates"], sentences)
    marked = " ".join(_filled(template, chance) for template in templates)
    text, mentions = read_marks(marked)
    return KnownPassage(marked=marked, text=text, mentions=mentions)


def _filled(template: str, chance: random.Random) -> str:
    """Return *template* with each slot filled; a slot with a capital begins its sentence."""
    blocks = _blocks()

    def fill(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in blocks["lists"]:
            return str(chance.choice(blocks["lists"][name].split()))
        phrase = _filled(chance.choice(blocks["phrases"][name.lower()]), chance)
        return _capitalised(phrase) if name[0].isupper() else phrase

    return _SLOT.sub(fill, template)


def _capitalised(marked: str) -> str:
    """Return *marked* with its first letter outside of tags as a capital."""
    return re.sub(
        r"^((?:<[^>]*>)*)(\w)", lambda begin: begin[1] + begin[2].upper(), marked, count=1
    )


@cache
def _blocks() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "passages.toml").read_text("utf-8"))

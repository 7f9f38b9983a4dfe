"""Core grammar: the words, classes and layers that all rules share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from cqcparse.grammar.alphabet import Alphabet
from cqcparse.grammar.compiled_tables import ready_table, unpacking
from cqcparse.grammar.wordlists import read_toml

GRAMMAR = Path(__file__).parent


class CoreGrammar:
    """What grammar.toml and words.toml say."""

    def __init__(self) -> None:
        table = ready_table(GRAMMAR) or _compiled()
        #: Word lists by name.
        self.words = {name: frozenset(row.split()) for name, row in table["words"].items()}
        #: The characters that layers are made of.
        self.alphabet = Alphabet(table["alphabet"])
        sets = unpacking(table["sets"])
        self.chunks = re.compile(table["chunks"].translate(sets)).finditer
        self.trim = re.compile(table["trim"].translate(sets))
        self._rewrites = [
            (re.compile(pattern.translate(sets)), tag) for pattern, tag in table["rewrites"]
        ]
        #: Letters of the words between noun phrases and verb groups, by their characters.
        self.between = {ord(char): letter for char, letter in table["between"].items()}

    @cached_property
    def source(self) -> dict[str, Any]:
        """What grammar.toml says; of it rules need ``classes`` and ``patterns``."""
        return read_toml(GRAMMAR / "grammar.toml")

    def rewritten(self, line: str) -> Iterator[tuple[int, str]]:
        """Yield the words that their neighbours give another class, with that class."""
        for pattern, tag in self._rewrites:
            for match in pattern.finditer(line):
                yield match.start("mention"), tag


@cache
def core() -> CoreGrammar:
    """Return the core grammar."""
    return CoreGrammar()


def _compiled() -> dict[str, Any]:
    from cqcparse.grammar.rule_compiler import compile_core  # noqa: PLC0415 - seldom needed

    return compile_core(GRAMMAR)

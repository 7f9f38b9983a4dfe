"""What ``rules.toml`` may say: everything that does not belong where it stands is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

import attrs

from cqcparse.errors import DataError
from cqcparse.grammar.found_phrases import Rule
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.reading.typed_tables import built


@attrs.frozen(kw_only=True)
class Types:
    """How the type of a phrase is told by its words."""

    ranks: tuple[str, ...] = ()
    like: Mapping[str, str] = attrs.field(factory=dict)
    heads: Mapping[str, str] = attrs.field(factory=dict)
    default: str | None = None
    silent: str | None = None
    sentence: str = ""


@attrs.frozen(kw_only=True)
class Book:
    """What the file of a rule book says."""

    kind: str | None = None
    lexicons: Mapping[str, str] = attrs.field(factory=dict)
    types: Types = attrs.field(factory=Types)
    words: Mapping[str, str] = attrs.field(factory=dict)
    nouns: Mapping[str, str] = attrs.field(factory=dict)
    classes: Mapping[str, str] = attrs.field(factory=dict)
    patterns: Mapping[str, str] = attrs.field(factory=dict)
    rule: tuple[Rule, ...] = ()


_MAX_EXPRESSION = 5_000  # characters; the longest of the package has 600
_MAX_DEPTH = 20  # brackets within each other
#: Signs that stand in front of what they are about, in a row that has no meaning.
_PREFIXES = re.compile(r"(?:[!@]\s*){3}")
_BRACKETS = re.compile(r"\(\?<?[=!]|[(<\[]|[)>\]]")


def book_of(data: Mapping[str, object], name: str) -> Book:
    """Return what a rule book says.

    Args:
        data: The tables of its file.
        name: Its name, for messages.

    Raises:
        DataError: If a value is of another type or has no place, a rule has no name, an expression
            is too long or nested too deep, or a lexicon is not a file of the same folder.
    """
    book = built(Book, data, name, "the rule book")
    for file in book.lexicons.values():
        if PurePath(file).name != file or "\0" in file:
            raise DataError(name, f"has the lexicon {file!r:.60}, which is no file of its folder")
    for key, text in (*book.classes.items(), *book.patterns.items()):
        _check_expression(text, name, repr(key))
    for rule in book.rule:
        if not is_name(rule.name) or not rule.pattern:
            problem = f"a rule without pattern, or with a name ({rule.name!r:.60}) that is not"
            raise DataError(name, f"has {problem} {RULE}")
        for text in rule.expressions:
            _check_expression(text, name, f"an expression of the rule {rule.name!r}")
    return book


def _check_expression(text: str, name: str, where: str) -> None:
    if len(text) > _MAX_EXPRESSION:
        raise DataError(name, f"has more than {_MAX_EXPRESSION:,} characters as {where}")
    if _PREFIXES.search(text):
        raise DataError(name, f"has three signs in a row, '!' or '@', as {where}")
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += -1 if bracket in ")>]" else 1
        if depth > _MAX_DEPTH:
            raise DataError(name, f"has brackets nested more than {_MAX_DEPTH} deep as {where}")

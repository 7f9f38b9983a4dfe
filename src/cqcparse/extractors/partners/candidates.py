"""Candidates for partners, and the tables of words that make them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import attrs

import cqcparse
from cqcparse.grammar import Entry, Lexicon, Tokens, load_lexicon
from cqcparse.registry import boards


@attrs.define(kw_only=True)
class Candidate:
    """A phrase that may become a mention; indices are of tokens, both ends included."""

    tokens: Tokens
    first: int
    last: int
    type: str
    #: Name of the rule that made it.
    rule: str
    named: bool = False
    #: Id of the lexicon entry, if one took part.
    entry: str | None = None
    #: Words of the name without a bracketed acronym, where they differ from the phrase.
    name: str | None = None
    canonical: str | None = None
    #: How many characters of the last token do not belong to it: a possessive 's.
    cut: int = 0

    @property
    def span(self) -> cqcparse.Span:
        """Where the phrase stands."""
        tokens = self.tokens
        return cqcparse.Span(tokens.starts[self.first], tokens.ends[self.last] - self.cut)

    @property
    def text(self) -> str:
        """The characters of the phrase."""
        span = self.span
        return self.tokens.text[span.start : span.end]


@attrs.frozen(kw_only=True)
class WordRule:
    """Words in front of a head that decide the type."""

    type: str
    heads: frozenset[str]
    any: frozenset[str]
    phrases: tuple[str, ...]


class WordRules:
    """The rules for one head, laid out so that most words need one look into a table.

    Args:
        rules: In the order in which they are tried.
    """

    def __init__(self, rules: Iterable[WordRule]) -> None:
        self._types: list[str] = []
        #: The first rule that each word decides, by its place in the order.
        self._by_word: dict[str, int] = {}
        self._phrases: list[tuple[int, str]] = []
        for place, rule in enumerate(rules):
            self._types.append(rule.type)
            for word in rule.any:
                self._by_word.setdefault(word, place)
            self._phrases += [(place, phrase) for phrase in rule.phrases]

    def type_of(self, words: Sequence[str], head: str) -> str | None:
        """Return the type by the first rule that holds for *words* in front of *head*, or None."""
        first = len(self._types)
        for word in words:
            first = min(first, self._by_word.get(word, first))
        if self._phrases and self._phrases[0][0] < first:
            phrase = " ".join((*words, head)).replace("-", " ")
            for place, text in self._phrases:
                if place < first and text in phrase:
                    first = place
        return self._types[first] if first < len(self._types) else None


@attrs.frozen(kw_only=True)
class Tables:
    """The tables of ``heads.toml``."""

    heads: dict[str, str]
    #: Singular of each form of a head.
    singular: dict[str, str]
    #: The same with possessive endings: "charity's", "charities'".
    owned: dict[str, str]
    #: The rules for the words in front, by head.
    rules: dict[str, WordRules]
    shared: frozenset[str]
    trail: frozenset[str]
    not_partner: dict[str, frozenset[str]]

    def type_of(self, words: Sequence[str], head: str) -> str | None:
        """Return the type that *words* in front of *head* say, or None."""
        return self.rules[head].type_of(words, head)


@cache
def tables() -> Tables:
    """Return the tables of ``heads.toml``."""
    data = tomllib.loads((files(__package__) / "heads.toml").read_text("utf-8"))
    heads: dict[str, str] = data["heads"]
    singular = {form: head for head in heads for form in (head, _plural(head))}
    words = tuple(
        WordRule(
            type=item["type"],
            heads=frozenset(item.get("heads", "").split()),
            any=frozenset(item.get("any", "").split()),
            phrases=tuple(item.get("phrases", ())),
        )
        for item in data["words"]
    )
    return Tables(
        heads=heads,
        singular=singular,
        owned={f"{form}'s": head for form, head in singular.items()}
        | {f"{form}'": head for form, head in singular.items() if form.endswith("s")}
        | singular,
        rules={
            head: WordRules(rule for rule in words if not rule.heads or head in rule.heads)
            for head in heads
        },
        shared=frozenset(data["shared"]["words"].split()),
        trail=frozenset(data["trail"]["words"].split()),
        not_partner={head: frozenset(text.split()) for head, text in data["not_partner"].items()},
    )


@cache
def lexicon() -> Lexicon:
    """Return the partners' lexicon, with the integrated care boards of the register."""
    own = load_lexicon(files(__package__) / "lexicon.toml")
    return Lexicon(kind=own.kind, entries=(*own.entries, *_boards()))


def _boards() -> Iterator[Entry]:
    """Yield an entry for each integrated care board, and one for the system around it."""
    for board in boards():
        area = board.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
        names = (area, *board.areas)
        areas = [form for name in names for form in (name, name.replace(" and ", " & "))]
        key = f"{board.ods_code}-{board.start.year}"
        own = _forms(areas, _BOARD)
        system = (*_forms(areas, _SYSTEM), *board.systems)
        yield Entry(id=key, name=board.name, type="icb", named=True, aliases=own)
        yield Entry(id=f"{key}-system", name=system[0], type="ics", named=True, aliases=system)


def possessive(word: str) -> int:
    """Return how many characters of *word*, in lower case, are a possessive ending."""
    if word.endswith("'s"):
        return 2
    return 1 if word.endswith("s'") else 0


def _forms(areas: Iterable[str], patterns: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pattern.format(area) for area in areas for pattern in patterns))


_BOARD = (
    "NHS {} Integrated Care Board",
    "{} Integrated Care Board",
    "NHS {} ICB",
    "{} ICB",
    "NHS {}",
)
_SYSTEM = ("{} Integrated Care System", "{} ICS")


def _plural(head: str) -> str:
    if head.endswith("y"):
        return head[:-1] + "ies"
    return head + ("es" if head.endswith("s") else "s")

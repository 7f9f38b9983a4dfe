"""Rule compiler: what the rules, classes and lexicons of a folder come to, as plain data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from cqcparse.errors import DataError
from cqcparse.grammar.alphabet import BREAK
from cqcparse.grammar.character_order import alphabet_in_order, in_order, moved, reordered
from cqcparse.grammar.compiled_tables import made_of
from cqcparse.grammar.core import core
from cqcparse.grammar.found_phrases import Rule
from cqcparse.grammar.lexicon import Lexicon, plural, spellings
from cqcparse.grammar.lexicon_file import load_lexicon
from cqcparse.grammar.listed_phrases import openings
from cqcparse.grammar.rule_patterns import Packing, PatternCompiler, count_uses
from cqcparse.grammar.rulebook_shape import Types, book_of
from cqcparse.grammar.tagging import TAGS, shared_words
from cqcparse.grammar.word_classes import Atom, WordClasses
from cqcparse.grammar.wordlists import read_toml, word_sets

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def compile_book(source: Path | Traversable, lexicons: Mapping[str, Lexicon]) -> dict[str, Any]:
    """Return the table of a :class:`~cqcparse.grammar.rulebook.RuleBook`.

    Args:
        source: Folder with ``rules.toml`` and the lexicons that it names.
        lexicons: Lexicons that are no files, by the mark that rules know them by.

    Raises:
        DataError: If a file cannot be read, a value does not belong where it stands, or a rule,
            class or list names what is not there.
    """
    name = f"{source.name}/rules.toml"
    book = book_of(read_toml(source / "rules.toml"), name)
    lexicons = {
        **lexicons,
        **{mark: load_lexicon(source / file) for mark, file in book.lexicons.items()},
    }
    words = word_sets(name, book.words) | {
        label: frozenset(form for noun in row for form in _noun_forms(noun))
        for label, row in word_sets(name, book.nouns).items()
    }
    grammar = core().source
    patterns = grammar["patterns"] | book.patterns
    texts = [text for rule in book.rule for text in rule.expressions]
    uses = count_uses(name, texts, patterns)
    phrases = _Phrases(lexicons)
    classes = WordClasses(
        name,
        grammar["classes"] | book.classes,
        core().words | words,
        uses,
        phrases.atoms(),
    )
    compiler, packing = PatternCompiler(name, classes, patterns), Packing()
    rows = [_compiled(compiler, packing, rule) for rule in book.rule]
    alphabet = classes.table()
    order = reordered(alphabet["chars"], packing.uses)
    for row in rows:
        row |= {part: in_order(row[part], order) for part in ("heads", "before", "after")}
    return {
        "name": name,
        "made_of": made_of(source),
        "digest": hashlib.sha256(repr((book, lexicons)).encode()).hexdigest()[:16],
        "kind": book.kind,
        **_types(name, book.types, words),
        "words": {label: " ".join(sorted(row)) for label, row in words.items()},
        "rules": [attrs.asdict(rule, filter=_is_said) for rule in book.rule],
        "patterns": rows,
        "sets": [moved(one, order) for one in packing.sets],
        "alphabet": alphabet_in_order(alphabet, order),
        "entries": [*phrases.entries(classes)],
        "openings": openings(entry for lexicon in lexicons.values() for entry in lexicon.entries),
        "vocabulary": " ".join(sorted(phrases.words)),
    }


def compile_core(source: Traversable) -> dict[str, Any]:
    """Return the table of a :class:`~cqcparse.grammar.core.CoreGrammar`.

    Args:
        source: Folder with ``grammar.toml``.
    """
    name = "grammar.toml"
    data = read_toml(source / name)
    words = shared_words() | word_sets(name, data["words"])
    patterns: dict[str, str] = data["patterns"]
    between = {f"_{letter}": text for letter, text in data["between"].items()}
    texts = (*patterns.values(), *between, *(item["pattern"] for item in data["rewrite"]))
    uses = count_uses(name, texts, patterns)
    classes = WordClasses(name, data["classes"] | between, words, uses)
    compiler, packing = PatternCompiler(name, classes, patterns), Packing()
    chunks = "|".join(
        f"(?P<{kind}>{compiler.guarded(pattern)})"
        for kind, pattern in (("a", "Adverbial"), ("v", "Vg"), ("n", "Np"), ("x", "Be"))
    )
    packed = {
        "chunks": packing.pack(chunks),
        "trim": packing.pack(compiler.source("Trim")),
        "rewrites": [
            [packing.pack(compiler.source(item["pattern"])), TAGS[item["class"]]]
            for item in data["rewrite"]
        ],
    }
    alphabet = classes.table()
    order = reordered(alphabet["chars"], packing.uses)
    letters = {BREAK: "s"}
    for letter in reversed(data["between"]):
        members = "".join(classes.members(f"_{letter}"))
        letters |= dict.fromkeys(sorted(members.translate(order)), letter)
    return {
        "made_of": made_of(source),
        "words": {label: " ".join(sorted(row)) for label, row in words.items()},
        **packed,
        "between": letters,
        "sets": [moved(one, order) for one in packing.sets],
        "alphabet": alphabet_in_order(alphabet, order),
    }


def _types(name: str, types: Types, words: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    ranks = {one: place for place, row in enumerate(types.ranks) for one in row.split()}
    for kind in set(types.like.values()) - ranks.keys():
        raise DataError(name, f"has a term like {kind!r:.60}, which is not in 'ranks'")
    if types.silent is not None and types.silent not in words:
        raise DataError(name, f"names no word list {types.silent!r:.60} as 'silent'")
    return {
        "ranks": ranks,
        "entry_ranks": {entry: ranks[kind] for entry, kind in types.like.items()},
        "head_types": {w: t for t, row in types.heads.items() for w in row.split()},
        "default": types.default,
        "silent": types.silent,
        "given": types.sentence.split(),
    }


def _is_said(field: attrs.Attribute[Any], value: object) -> bool:
    """Return whether a rule says something in a field."""
    return bool(value != field.default)


def _compiled(compiler: PatternCompiler, packing: Packing, rule: Rule) -> dict[str, Any]:
    """Return the pattern of a rule in its short form."""
    behind = f" (?!{rule.not_before})" if rule.not_before else ""
    front = f"(?<!{rule.not_after}) " if rule.not_after else ""
    row = compiler.around(f"{front}{rule.pattern}{behind}")._asdict()
    for part in ("front", "whole", "behind"):
        row[part] = packing.pack(row[part])
    for part in ("heads", "before", "after"):
        row[part] = None if row[part] is None else "".join(sorted(row[part]))
    return row


class _Phrases:
    """The phrases of some lexicons, and what each word of them is."""

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._entries = [
            (mark, entry) for mark, lexicon in lexicons.items() for entry in lexicon.entries
        ]
        self._rows = [
            (number, words)
            for number, (_, entry) in enumerate(self._entries)
            for phrase in (entry.name, *entry.aliases)
            for words in spellings(phrase)
        ]

    @property
    def words(self) -> frozenset[str]:
        """The words of the phrases that are no names."""
        rows = (words for number, words in self._rows if not self._entries[number][1].named)
        return frozenset(word for words in rows for word in words)

    def atoms(self) -> Iterator[tuple[str, frozenset[Atom]]]:
        """Yield each word of each phrase with what it is there."""
        for number, words in self._rows:
            end = len(words) - 1
            for index, word in enumerate(words):
                yield word, self._part(number, first=index == 0, last=index == end)

    def entries(self, classes: WordClasses) -> Iterator[dict[str, Any]]:
        """Yield the entries, with the codes of their words."""
        for number, (mark, entry) in enumerate(self._entries):
            parts = (
                self._part(number, first=first, last=last)
                for last in (False, True)
                for first in (False, True)
            )
            yield {
                "lexicon": mark,
                **attrs.asdict(entry, filter=attrs.filters.exclude("patterns")),
                "codes": "".join(map(classes.term_code, parts)),
            }

    def _part(self, number: int, *, first: bool, last: bool) -> frozenset[Atom]:
        mark, entry = self._entries[number]
        atoms = {("mark", mark), ("entry", entry.id), ("type", entry.type or "")}
        atoms |= {("start", mark)} if first else set()
        atoms |= {("end", mark)} if last else set()
        return frozenset(atoms)


def _noun_forms(noun: str) -> tuple[str, ...]:
    """Return a noun, its plural, and both with a possessive ending."""
    many = f"{noun}es" if noun.endswith("s") else plural(noun)
    return (noun, many, f"{noun}'s", f"{many}'")

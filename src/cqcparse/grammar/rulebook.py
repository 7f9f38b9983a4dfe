"""Rule books: phrase rules and lexicons from TOML, and the phrases that they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from cqcparse.errors import DataError
from cqcparse.grammar.alphabet import Alphabet, Atom
from cqcparse.grammar.layers import Layers, core
from cqcparse.grammar.lexicon import Entry, plural
from cqcparse.grammar.lexicon_file import load_lexicon
from cqcparse.grammar.rule_patterns import PatternCompiler
from cqcparse.grammar.tokens import Tokens
from cqcparse.grammar.wordlists import read_toml, word_sets
from cqcparse.model.identifiers import RULE, is_name


@attrs.frozen(kw_only=True)
class Rule:
    """What a phrase is made of, and what it is taken for.

    ``[...]`` in the pattern is the mention, all of it if there are none, and ``<...>`` its head.
    """

    name: str
    pattern: str
    #: Type of what it finds; None if the words say, see :meth:`RuleBook.type_of`.
    type: str | None = None
    #: A pattern that may not stand right in front, one word, and one that may not follow.
    not_after: str = ""
    not_before: str = ""
    #: Name of a check in Python that has the last word.
    check: str = ""
    #: Sentences with what it finds as ``[words|type]``, and sentences in which it finds nothing.
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


_KEYS = frozenset(field.name for field in attrs.fields(Rule))


class Term(NamedTuple):
    """A phrase of a lexicon where it stands; indices are of tokens, both ends included."""

    first: int
    last: int
    entry: Entry
    #: Name of the lexicon.
    lexicon: str


class Found(NamedTuple):
    """A phrase that a rule found; indices are of tokens, both ends included."""

    layers: Layers
    rule: Rule
    first: int
    last: int
    head: int
    type: str | None
    #: The term that gave the type, if one did.
    term: Term | None
    #: Shorter phrases of other rules on the same words, as ``rule: text``.
    beat: tuple[str, ...]


#: Length as a negative number, place of the rule in the book, first and last token, head, rule.
_Draft = tuple[int, int, int, int, int, Rule]

Check = Callable[[Layers, int, int, int], bool]


class RuleBook:
    """The phrase rules of one extractor.

    Args:
        source: Folder with ``rules.toml`` and the lexicons that it names.
        checks: Checks in Python that rules name; each is asked with the layers, the first and the
            last token of the phrase, and its head.
        without: Names of rules to leave out.

    Raises:
        DataError: If a file cannot be read, or a rule, class or list names what is not there.
    """

    def __init__(
        self,
        source: Path | Traversable,
        checks: Mapping[str, Check] | None = None,
        without: Collection[str] = (),
    ) -> None:
        data = read_toml(source / "rules.toml")
        self._name = f"{source.name}/rules.toml"
        self._lexicons = {
            mark: load_lexicon(source / file) for mark, file in data.get("lexicons", {}).items()
        }
        types = data.get("types", {})
        ranks: list[str] = types.get("ranks", [])
        self._ranks = {one: place for place, row in enumerate(ranks) for one in row.split()}
        self._entry_ranks = {k: self._ranks[v] for k, v in types.get("like", {}).items()}
        self._head_types = {w: t for t, row in types.get("heads", {}).items() for w in row.split()}
        self._default: str | None = types.get("default")
        self.rules = tuple(self._rule(item) for item in data.get("rule", ()))
        grammar = core()
        classes = grammar.classes | data.get("classes", {})
        patterns = grammar.patterns | data.get("patterns", {})
        words = grammar.words | word_sets(self._name, data.get("words", {}))
        whole = {
            rule.name: f"{rule.pattern} {rule.not_after} {rule.not_before}" for rule in self.rules
        }
        self._phrases = _Phrases(self._lexicons)
        words["_opening"] = self._phrases.openings
        classes["_opening"] = "word(_opening)"
        self.alphabet = Alphabet(
            self._name, classes, words, self._phrases.atoms(), quoted=patterns | whole
        )
        self._opening = re.compile(f"[{''.join(self.alphabet.members('_opening')) or ' '}]")
        self._checks = checks or {}
        compiler = PatternCompiler(self._name, self.alphabet, patterns)
        self._patterns = tuple(
            (rule, self._compiled(compiler, rule))
            for rule in self.rules
            if rule.name not in without
        )

    def find(self, layers: Layers) -> list[Found]:
        """Return the phrases of a document; where two overlap the longer one stands."""
        terms, line = self._read(layers)
        found: list[_Draft] = []
        for order, (rule, pattern) in enumerate(self._patterns):
            check = self._checks[rule.check] if rule.check else None
            for match in pattern.finditer(line):
                first, last = match.span("mention")
                head = match.end("head") - 1
                if check is None or check(layers, first, last - 1, head):
                    found.append((first - last, order, first, last - 1, head, rule))
        found.sort(key=_order)
        kept: list[_Draft] = []
        owner: dict[int, int] = {}
        beaten: dict[int, list[str]] = {}
        for item in found:
            _, _, first, last, _, rule = item
            winner = next((owner[t] for t in range(first, last + 1) if t in owner), None)
            if winner is None:
                owner.update(dict.fromkeys(range(first, last + 1), len(kept)))
                kept.append(item)
            elif kept[winner][2:4] != (first, last):
                beaten.setdefault(winner, []).append(f"{rule.name}: {layers.words(first, last)}")
        drafts = sorted(enumerate(kept), key=lambda pair: pair[1][2])
        return [self._found(layers, terms, item, beaten.get(place, ())) for place, item in drafts]

    def type_of(
        self, low: list[str], terms: list[Term], head: int
    ) -> tuple[str | None, Term | None]:
        """Return the type that the words of a phrase say, and the term that says it.

        What is ranked first in ``[types] ranks`` wins, then what stands first; a phrase of no term
        has the type of its head, or the default.

        Args:
            low: The words of the document.
            terms: The terms within the phrase, in order.
            head: Index of its head.
        """
        best = min(terms, key=self._rank, default=None)
        if best is not None and best.entry.type not in (None, self._default):
            return best.entry.type, best
        word = low[head].removesuffix("'s")
        given = self._head_types.get(word) or self._head_types.get(word.removesuffix("s"))
        return given or self._default, best

    def _rank(self, term: Term) -> int:
        like = self._entry_ranks.get(term.entry.id)
        return self._ranks.get(term.entry.type or "", len(self._ranks)) if like is None else like

    def _found(
        self,
        layers: Layers,
        terms: list[Term],
        item: _Draft,
        beaten: Collection[str],
    ) -> Found:
        _, _, first, last, head, rule = item
        within = [term for term in terms if first <= term.first and term.last <= last]
        kind, term = self.type_of(layers.low, within, head)
        return Found(
            layers, rule, first, last, head, rule.type or kind, term, tuple(sorted(set(beaten)))
        )

    def terms(self, layers: Layers) -> list[Term]:
        """Return the phrases of the lexicons in a document, the longest at each place."""
        return self._read(layers)[0]

    def _read(self, layers: Layers) -> tuple[list[Term], str]:
        """Return the terms and the line of a document; both are made once."""
        return layers.remembered(self, self._read_new)

    def _read_new(self, layers: Layers) -> tuple[list[Term], str]:
        line = layers.line(self.alphabet)
        chars = [*line]
        terms: list[Term] = []
        done = 0
        for match in self._opening.finditer(line):
            place = match.start()
            if place < done:
                continue
            term = self._phrases.at(layers, place)
            if term is not None:
                terms.append(term)
                done = term.last + 1
                for index in range(place, done):
                    more = self._phrases.marks(term, index)
                    key = layers.keys[index]
                    chars[index] = self.alphabet.char(key[2:], key[0], cap=key[1] == "1", more=more)
        return terms, "".join(chars)

    def _rule(self, item: Mapping[str, Any]) -> Rule:
        name = item.get("name")
        for key in item.keys() - _KEYS:
            raise DataError(self._name, f"has the unknown key {key!r} in the rule {name!r}")
        if not is_name(name) or not item.get("pattern"):
            problem = (
                f"has a rule without pattern, or with a name ({name!r:.60}) that is not {RULE}"
            )
            raise DataError(self._name, problem)
        lists = {key: tuple(item.get(key, ())) for key in ("yes", "no")}
        return Rule(**{**item, **lists})

    def _compiled(self, compiler: PatternCompiler, rule: Rule) -> re.Pattern[str]:
        if rule.check and rule.check not in self._checks:
            raise DataError(self._name, f"the rule {rule.name!r} names no check: {rule.check!r}")
        pattern = rule.pattern if "[" in rule.pattern else f"[{rule.pattern}]"
        if "<" not in re.sub(r"\(\?<[=!]", "", pattern):
            pattern += " <>"
        if rule.not_before:
            pattern += f" (?!{rule.not_before})"
        if rule.not_after:
            pattern = f"(?<!{rule.not_after}) {pattern}"
        return compiler.compile(pattern)


def _order(draft: _Draft) -> tuple[int, int, int]:
    """Return what sorts the longest first, then the first in the text, then the first rule."""
    return draft[0], draft[2], draft[1]


class _Phrases:
    """The phrases of some lexicons by their first word."""

    def __init__(self, lexicons: Mapping[str, Any]) -> None:
        self._by_first: dict[str, list[tuple[list[str], bool, Entry, str]]] = {}
        self._marks: dict[tuple[str, str], frozenset[Atom]] = {}
        seen: set[tuple[str, ...]] = set()
        for mark, lexicon in lexicons.items():
            for entry in lexicon.entries:
                common = {("mark", mark), ("entry", entry.id), ("type", entry.type or "")}
                self._marks[mark, entry.id] = frozenset(common)
                for phrase in (entry.name, *entry.aliases):
                    for words in _spellings(phrase):
                        if words not in seen:
                            seen.add(words)
                            group = self._by_first.setdefault(words[0], [])
                            group.append(([*words], phrase.isupper(), entry, mark))
        for group in self._by_first.values():
            group.sort(key=lambda item: -len(item[0]))

    @property
    def openings(self) -> frozenset[str]:
        """The words that a phrase may begin with."""
        return frozenset(self._by_first)

    def at(self, layers: Layers, place: int) -> Term | None:
        """Return the longest phrase that begins at a token."""
        low = layers.low
        for words, upper, entry, mark in self._by_first[low[place]]:
            last = place + len(words) - 1
            if low[place : last + 1] != words:
                continue
            if not upper or layers.words(place, last).removesuffix("s").isupper():
                return Term(place, last, entry, mark)
        return None

    def marks(self, term: Term, index: int) -> frozenset[Atom]:
        """Return what the token at *index* is as a part of a term."""
        more = self._marks[term.lexicon, term.entry.id]
        if index == term.first:
            more |= {("start", term.lexicon)}
        return more | {("end", term.lexicon)} if index == term.last else more

    def atoms(self) -> Iterator[tuple[str, frozenset[Atom]]]:
        """Yield each word of each phrase with what it is there."""
        for group in self._by_first.values():
            for words, _, entry, mark in group:
                for index, word in enumerate(words):
                    yield word, self.marks(Term(0, len(words) - 1, entry, mark), index)


def _spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of tokens in which a phrase may stand: plurals, hyphens, possessives."""
    for form in dict.fromkeys((phrase, plural(phrase))):
        for spelt in dict.fromkeys((form, form.replace("-", " "), form.replace(" ", "-"))):
            words = tuple(Tokens(spelt, 0, len(spelt)).low)
            yield words
            if words[-1].isalpha():
                yield (*words[:-1], f"{words[-1]}'" if words[-1][-1] == "s" else f"{words[-1]}'s")

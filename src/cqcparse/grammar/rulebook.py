"""Rule books: phrase rules and lexicons from TOML, and the phrases that they find."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from itertools import chain, compress
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from cqcparse.errors import DataError
from cqcparse.grammar.acronyms import Acronyms
from cqcparse.grammar.alphabet import Alphabet, Atom
from cqcparse.grammar.layers import Layers, core
from cqcparse.grammar.lexicon import Entry, Lexicon, plural
from cqcparse.grammar.lexicon_file import load_lexicon
from cqcparse.grammar.rule_patterns import Around, PatternCompiler, used_patterns
from cqcparse.grammar.rulebook_shape import check_book
from cqcparse.grammar.tokens import Tokens
from cqcparse.grammar.wordlists import read_toml, word_sets
from cqcparse.model.identifiers import RULE, is_name
from cqcparse.model.mentions import Evidence
from cqcparse.model.spans import Quote, Span


@attrs.frozen(kw_only=True)
class Rule:
    """What a phrase is made of, and what it is taken for.

    ``[...]`` in the pattern is the mention, all of it if there are none, and ``<...>`` its head.
    """

    name: str
    pattern: str
    #: Type of what it finds; ``sentence`` if the sentence says, None if the words of it do, see
    #: :meth:`RuleBook.type_of`.
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
    #: The phrase with its short forms spelt out, if it has any.
    canonical: str | None = None

    @property
    def span(self) -> Span:
        """The characters of the phrase, without the ending of a possessive."""
        span = self.layers.span(self.first, self.last)
        owner = self.last == self.head and self.layers.low[self.last].endswith("'s")
        return Span(span.start, span.end - len("'s")) if owner else span

    def evidence(self, cues: tuple[Quote, ...] = ()) -> Evidence:
        """Return why it was found, for the mention made of it."""
        entry = self.term.entry.id if self.term else None
        return Evidence(rule=self.rule.name, entry=entry, cues=cues, beat=self.beat)


#: Length as a negative number, place of the rule in the book, first and last token, head, rule.
_Draft = tuple[int, int, int, int, int, Rule]

#: Place of the rule in the book, the rule, first and last token, head.
_Match = tuple[int, Rule, int, int, int]

Check = Callable[[Layers, int, int, int], bool]


class RuleBook:
    """The phrase rules of one extractor.

    Args:
        source: Folder with ``rules.toml`` and the lexicons that it names.
        checks: Checks in Python that rules name; each is asked with the layers, the first and the
            last token of the phrase, and its head.
        lexicons: Lexicons that are no files, by the mark that rules know them by.

    Raises:
        DataError: If a file cannot be read, a value does not belong where it stands, or a rule,
            class or list names what is not there.
    """

    def __init__(
        self,
        source: Path | Traversable,
        checks: Mapping[str, Check] | None = None,
        lexicons: Mapping[str, Lexicon] | None = None,
    ) -> None:
        data = read_toml(source / "rules.toml")
        check_book(data, f"{source.name}/rules.toml")
        self._source, self._data = source, data
        #: Kind of the mentions that are made of what it finds, if the file says so.
        self.kind: str | None = data.get("kind")
        self._name = f"{source.name}/rules.toml"
        self._more = dict(lexicons or {})
        self._lexicons = self._more | {
            mark: load_lexicon(source / file) for mark, file in data.get("lexicons", {}).items()
        }
        types = data.get("types", {})
        ranks: list[str] = types.get("ranks", [])
        self._ranks = {one: place for place, row in enumerate(ranks) for one in row.split()}
        like: dict[str, str] = types.get("like", {})
        for kind in set(like.values()) - self._ranks.keys():
            raise DataError(self._name, f"has a term like {kind!r:.60}, which is not in 'ranks'")
        self._entry_ranks = {entry: self._ranks[kind] for entry, kind in like.items()}
        self._head_types = {w: t for t, row in types.get("heads", {}).items() for w in row.split()}
        self._default: str | None = types.get("default")
        self._silent = types.get("silent")
        self._given = frozenset(types.get("sentence", "").split())
        self.rules = tuple(self._rule(item) for item in data.get("rule", ()))
        grammar = core()
        classes = grammar.classes | data.get("classes", {})
        patterns = grammar.patterns | data.get("patterns", {})
        #: Characters of words in phrases of the lexicons, as they were met.
        self._patched: dict[tuple[str, int, bool, bool], str] = {}
        #: Its word lists by name.
        self.words = word_sets(self._name, data.get("words", {})) | {
            name: frozenset(form for noun in nouns for form in _noun_forms(noun))
            for name, nouns in word_sets(self._name, data.get("nouns", {})).items()
        }
        if self._silent is not None and self._silent not in self.words:
            raise DataError(self._name, f"names no word list {self._silent!r:.60} as 'silent'")
        words = grammar.words | self.words
        texts = [f"{rule.pattern} {rule.not_after} {rule.not_before}" for rule in self.rules]
        texts += used_patterns(texts, patterns)
        self._phrases = _Phrases(self._lexicons)
        self.alphabet = Alphabet(self._name, classes, words, texts, self._phrases.atoms())
        compiler = PatternCompiler(self._name, self.alphabet, patterns)
        self._checks = checks or {}
        #: Rules that are looked for by a word, by the characters of that word; and the others.
        self._by_head: dict[str, list[tuple[int, Rule, Around]]] = {}
        self._others: list[tuple[int, Rule, re.Pattern[str]]] = []
        for order, rule in enumerate(self.rules):
            pattern = self._compiled(compiler, rule)
            if isinstance(pattern, re.Pattern):
                self._others.append((order, rule, pattern))
            else:
                for char in pattern.heads:
                    self._by_head.setdefault(char, []).append((order, rule, pattern))
        self._heads = compiler.one_of(frozenset(self._by_head))

    def __reduce__(self) -> tuple[object, ...]:
        """Hand over where it stands: another process reads it again."""
        return RuleBook, (self._source, self._checks, self._more)

    def __repr__(self) -> str:
        """Tell two books apart by all that they say."""
        digest = hashlib.sha256(repr((self._data, self._lexicons)).encode()).hexdigest()
        return f"RuleBook({self._name!r}, {digest[:16]})"

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of its lists, and of the phrases of its lexicons that are no names."""
        lists = (*core().words.values(), *self.words.values())
        return self._phrases.words.union(*lists)

    def find(self, layers: Layers, acronyms: Acronyms | None = None) -> list[Found]:
        """Return the phrases of a document; where two overlap the longer one stands.

        Args:
            layers: The document.
            acronyms: Its short forms: one that stands for a phrase is found by itself too, under
                the rule ``short-form``, and one that stands for something else is not.
        """
        found = self._phrases_of(layers)
        return with_short_forms(layers, found, acronyms) if acronyms else found

    def _phrases_of(self, layers: Layers) -> list[Found]:
        terms, line = self._read(layers)
        found = [
            (first - last, order, first, last, head, rule)
            for order, rule, first, last, head in chain(
                self._outwards(line), _matches(self._others, line)
            )
            if rule.name not in layers.without
            and (not rule.check or self._checks[rule.check](layers, first, last, head))
        ]
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
        places = [term.first for term in terms]
        found_in = []
        for place, item in drafts:
            _, _, first, last, _, _ = item
            near = terms[bisect_left(places, first) : bisect_right(places, last)]
            found_in.append(self._found(layers, terms, near, item, beaten.get(place, ())))
        return found_in

    def _outwards(self, line: str) -> Iterator[_Match]:
        """Yield the matches of rules that are looked for by a word, from that word outwards."""
        reverse, size = line[::-1], len(line)
        for match in self._heads.finditer(line):
            head, after = match.span()
            for order, rule, around in self._by_head[line[head]]:
                front = around.front.match(reverse, size - head)
                if front is None:
                    continue
                end = after
                if around.whole is not None:
                    whole = around.whole.match(line, head)
                    if whole is None:
                        continue
                    end = whole.end()
                behind = around.behind.match(line, end)
                if behind is None:
                    continue
                first, last = size - front.end(), behind.end() - 1
                if "mention" in front.re.groupindex:
                    first, last = size - front.end("mention"), size - front.start("mention") - 1
                elif "mention" in behind.re.groupindex:
                    first, last = behind.start("mention"), behind.end("mention") - 1
                yield order, rule, first, last, end - 1 if around.is_head else last

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
        if best is not None and best.entry.type:
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
        near: list[Term],
        item: _Draft,
        beaten: Collection[str],
    ) -> Found:
        _, _, first, last, head, rule = item
        within = [term for term in near if term.last <= last]
        kind, term = self.type_of(layers.low, within, head)
        if rule.type == "sentence" or self._is_silent(layers.low[first : last + 1]):
            free = rule.type == "sentence"
            kind = self._from_sentence(layers, terms, first, last, free=free) or kind
        elif rule.type == "head":
            kind, term = (within[-1].entry.type, within[-1]) if within else (kind, term)
        elif rule.type:
            kind = rule.type
        return Found(layers, rule, first, last, head, kind, term, tuple(sorted(set(beaten))))

    def _is_silent(self, low: list[str]) -> bool:
        return self._silent is not None and self.words[self._silent].issuperset(low)

    def _from_sentence(
        self, layers: Layers, terms: list[Term], first: int, last: int, *, free: bool
    ) -> str | None:
        """Return the type of the nearest term of the sentence, first of those behind the phrase."""
        start, end = layers.sentence(first, last)
        typed = [
            term
            for term in terms
            if term.entry.type in self._given or (free and term.entry.type != self._default)
        ]
        behind = (term for term in typed if last < term.first <= end)
        front = (term for term in reversed(typed) if start <= term.last < first)
        return next((term.entry.type for term in chain(behind, front)), None)

    def terms(self, layers: Layers) -> list[Term]:
        """Return the phrases of the lexicons in a document, the longest at each place."""
        return self._read(layers)[0]

    def _read(self, layers: Layers) -> tuple[list[Term], str]:
        """Return the terms and the line of a document; both are made once."""
        return layers.remembered(self, self._read_new)

    def _read_new(self, layers: Layers) -> tuple[list[Term], str]:
        line = layers.line(self.alphabet)
        chars, keys, patched = [*line], layers.keys, self._patched
        terms: list[Term] = []
        done = 0
        for place in self._phrases.openings(layers.low):
            term = self._phrases.at(layers, place) if place >= done else None
            if term is None:
                continue
            terms.append(term)
            done = term.last + 1
            for index in range(place, done):
                known = keys[index], id(term.entry), index == place, index == term.last
                char = patched.get(known)
                if char is None:
                    more = self._phrases.marks(term, index)
                    key = keys[index]
                    char = self.alphabet.char(key[2:], key[0], cap=int(key[1]), more=more)
                    patched[known] = char
                chars[index] = char
        return terms, "".join(chars)

    def _rule(self, item: Mapping[str, Any]) -> Rule:
        name = item.get("name")
        for key in item.keys() - _KEYS:
            raise DataError(self._name, f"has the unknown key {key!r:.60} in the rule {name!r:.60}")
        if not is_name(name) or not item.get("pattern"):
            problem = (
                f"has a rule without pattern, or with a name ({name!r:.60}) that is not {RULE}"
            )
            raise DataError(self._name, problem)
        lists = {key: tuple(item.get(key, ())) for key in ("yes", "no")}
        return Rule(**{**item, **lists})

    def _compiled(self, compiler: PatternCompiler, rule: Rule) -> Around | re.Pattern[str]:
        if rule.check and rule.check not in self._checks:
            raise DataError(
                self._name, f"the rule {rule.name!r} names no check: {rule.check!r:.60}"
            )
        behind = f" (?!{rule.not_before})" if rule.not_before else ""
        front = f"(?<!{rule.not_after}) " if rule.not_after else ""
        around = compiler.around(f"{front}{rule.pattern}{behind}")
        if around:
            return around
        whole = rule.pattern if "[" in rule.pattern else f"[{rule.pattern}]"
        return compiler.compile(f"{front}{whole}{behind}")


def _matches(rules: Iterable[tuple[int, Rule, re.Pattern[str]]], line: str) -> Iterator[_Match]:
    """Yield the matches of rules without a word that is looked for first."""
    for order, rule, pattern in rules:
        for match in pattern.finditer(line):
            first, behind = match.span("mention")
            yield order, rule, first, behind - 1, behind - 1


def _order(draft: _Draft) -> tuple[int, int, int]:
    """Return what sorts the longest first, then the first in the text, then the first rule."""
    return draft[0], draft[2], draft[1]


SHORT_FORM = Rule(name="short-form", pattern="Name")
#: A name of fewer words has no shorter form but its acronym.
_LONG = 3


def with_short_forms(layers: Layers, found: list[Found], acronyms: Acronyms) -> list[Found]:
    """Return what was found with the short forms that stand for it, spelt out as ``canonical``."""
    holds = {layers.starts[t]: one for one in found for t in range(one.first, one.last + 1)}
    known: dict[str, Found | None] = {}
    for definition in acronyms.definitions:
        full = holds.get(definition.span.start)
        # "NHS continuing healthcare (CHC)" is more than the letters spell, and ends where they do.
        start, end = definition.span.start, definition.span.end
        ends = layers.ends[full.last] if full else 0
        begins = full is not None and layers.starts[full.first] == start
        known[definition.short] = full if ends == end or (begins and ends >= end) else None
    named: dict[str, Found] = {}
    kept: list[Found] = []
    for one in found:
        words = [layers.words(index, index) for index in range(one.first, one.head + 1)]
        short = words[0].removesuffix("s")
        if len(words) == 1 and short in known and known[short] is None:
            continue  # the document uses it for something else
        kept.append(_spelt_out(one, words, acronyms, named))
        if len(words) >= _LONG and words[0][0].isupper() and words[-1][0].isupper():
            low = [word.lower() for word in words]
            for key in (f"{low[0]} {low[-1]}", " ".join(low[1:])):
                named.setdefault(key, one)
    shorts = {f"{short.lower()}{end}" for short, full in known.items() if full for end in ("", "s")}
    taken = {index for one in found for index in range(one.first, one.last + 1)} if shorts else ()
    for index, low_word in enumerate(layers.low) if shorts else ():
        if low_word in shorts and index not in taken:
            meant = acronyms.get(layers.words(index, index))
            full = known[meant.short] if meant else None
            if meant and full:
                place = (index, index, index)
                kept.append(
                    Found(layers, SHORT_FORM, *place, full.type, full.term, (), meant.long.text)
                )
    return sorted(kept, key=lambda one: one.first)


def _spelt_out(
    one: Found, words: list[str], acronyms: Acronyms, named: Mapping[str, Found]
) -> Found:
    """Return *one* with its full name, if the document or the lexicon gives it one."""
    if one.last > one.head or "(" in words:
        return one
    spelt = [meant.long.text if (meant := acronyms.get(word)) else word for word in words]
    if spelt != words:
        return one._replace(canonical=" ".join(spelt))
    if len(words) == 1 and words[0].isupper() and one.term and " " in one.term.entry.name:
        return one._replace(canonical=one.term.entry.name)
    fuller = named.get(" ".join(words))
    the = one.layers.low[one.first - 1 : one.first] == ["the"]
    if fuller and the and fuller.type == one.type and words[0].islower():
        return one._replace(canonical=one.layers.words(fuller.first, fuller.head))
    return one


#: The words of a phrase, whether it matches capitals only, what it names, its lexicon.
_Phrase = tuple[list[str], bool, Entry, str]


class _Phrases:
    """The phrases of some lexicons by their first word."""

    def __init__(self, lexicons: Mapping[str, Any]) -> None:
        #: By first and second word, the longest first; those of one word have no second.
        self._by_first: dict[str, dict[str, list[_Phrase]]] = {}
        self._marks: dict[tuple[str, str], frozenset[Atom]] = {}
        self._parts: dict[tuple[str, str, bool, bool], frozenset[Atom]] = {}
        seen: set[tuple[str, ...]] = set()
        for mark, lexicon in lexicons.items():
            for entry in lexicon.entries:
                common = {("mark", mark), ("entry", entry.id), ("type", entry.type or "")}
                self._marks[mark, entry.id] = frozenset(common)
                for phrase in (entry.name, *entry.aliases):
                    for words in _spellings(phrase):
                        if words not in seen:
                            seen.add(words)
                            group = self._by_first.setdefault(words[0], {})
                            second = "".join(words[1:2])
                            item = ([*words], phrase.isupper(), entry, mark)
                            group.setdefault(second, []).append(item)
        for group in self._by_first.values():
            for items in group.values():
                items.sort(key=lambda item: -len(item[0]))

    def openings(self, low: list[str]) -> Iterator[int]:
        """Yield the places of the words that a phrase begins with, as far as the next one says."""
        groups = self._by_first
        for place in compress(range(len(low)), map(groups.__contains__, low)):
            group = groups[low[place]]
            if "" in group or low[place + 1] in group:
                yield place

    @property
    def words(self) -> frozenset[str]:
        """The words of the phrases that are no names."""
        groups = (items for group in self._by_first.values() for items in group.values())
        phrases = (item for items in groups for item in items if not item[2].named)
        return frozenset(word for item in phrases for word in item[0])

    def at(self, layers: Layers, place: int) -> Term | None:
        """Return the longest phrase that begins at a token."""
        low = layers.low
        group = self._by_first[low[place]]
        for second in (low[place + 1], ""):
            for words, upper, entry, mark in group.get(second, ()):
                last = place + len(words) - 1
                if low[place : last + 1] != words or (entry.named and not layers.caps[place]):
                    continue
                if not upper or layers.words(place, last).removesuffix("s").isupper():
                    return Term(place, last, entry, mark)
        return None

    def marks(self, term: Term, index: int) -> frozenset[Atom]:
        """Return what the token at *index* is as a part of a term."""
        return self._part(term.lexicon, term.entry.id, index == term.first, index == term.last)

    def _part(self, lexicon: str, entry: str, first: bool, last: bool) -> frozenset[Atom]:  # noqa: FBT001
        key = lexicon, entry, first, last
        found = self._parts.get(key)
        if found is None:
            more = {("start", lexicon)} if first else set[Atom]()
            more |= {("end", lexicon)} if last else set()
            found = self._parts[key] = self._marks[lexicon, entry] | more
        return found

    def atoms(self) -> Iterator[tuple[str, frozenset[Atom]]]:
        """Yield each word of each phrase with what it is there."""
        items = chain.from_iterable(group.values() for group in self._by_first.values())
        for item in items:
            for words, _, entry, mark in item:
                end = len(words) - 1
                for index, word in enumerate(words):
                    yield word, self._part(mark, entry.id, index == 0, index == end)


def _noun_forms(noun: str) -> tuple[str, ...]:
    """Return a noun, its plural, and both with a possessive ending."""
    many = f"{noun}es" if noun.endswith("s") else plural(noun)
    return (noun, many, f"{noun}'s", f"{many}'")


#: Phrases that fall into tokens at their spaces.
_PLAIN = re.compile(r"[A-Za-z]+(?:[-'][A-Za-z]+)*(?: [A-Za-z]+(?:[-'][A-Za-z]+)*)*")


def _tokens(phrase: str) -> tuple[str, ...]:
    """Return the words of *phrase* as those of a document are cut."""
    if _PLAIN.fullmatch(phrase):
        return tuple(phrase.lower().split())
    return tuple(Tokens(phrase, 0, len(phrase)).low)


def _spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of tokens in which a phrase may stand: plurals, hyphens, possessives."""
    for form in dict.fromkeys((phrase, plural(phrase))):
        for spelt in dict.fromkeys((form, form.replace("-", " "), form.replace(" ", "-"))):
            words = _tokens(spelt)
            yield words
            if words[-1].isalpha():
                yield (*words[:-1], f"{words[-1]}'s")
                if words[-1][-1] == "s":
                    yield (*words[:-1], f"{words[-1]}'")

"""Rule books: phrase rules and lexicons from TOML, and the phrases that they find."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from cqcparse.grammar.acronyms import Acronyms
from cqcparse.grammar.alphabet import BREAK, Alphabet
from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.compiled_tables import ready_table, unpacking
from cqcparse.grammar.core import core
from cqcparse.grammar.lexicon import Entry, Lexicon
from cqcparse.grammar.listed_phrases import FurtherTerms, Listed, Phrases
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
    #: :meth:`~cqcparse.grammar.RuleBook.type_of`.
    type: str | None = None
    #: A pattern that may not stand right in front, one word, and one that may not follow.
    not_after: str = ""
    not_before: str = ""
    #: Name of a check in Python that has the last word.
    check: str = ""
    #: Sentences with what it finds as ``[words|type]``, and sentences in which it finds nothing.
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class Term(NamedTuple):
    """A phrase of a lexicon where it stands; indices are of tokens, both ends included."""

    first: int
    last: int
    entry: Entry
    #: Name of the lexicon.
    lexicon: str
    #: Whether the user or a plugin gave it.
    given: bool = False


class Found(NamedTuple):
    """A phrase that a rule found; indices are of tokens, both ends included."""

    layers: Chunks
    rule: Rule
    first: int
    last: int
    head: int
    type: str | None
    #: The term that gave the type, if one did.
    term: Term | None
    #: Shorter phrases of other rules on the same words, as ``rule: text``.
    beat: tuple[str, ...]
    #: The phrase with its short forms spelt out, if it has any, or the id of a term that was given.
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

Check = Callable[[Chunks, int, int, int], bool]

#: More words with other words around them are forgotten at this number.
_MOST_TRIES = 1 << 16


class _Way:
    """How the phrases of a rule are found outwards from a word.

    Its patterns are compiled when they are first needed: a page needs few of the rules.

    Args:
        order: Place of the rule in the book.
        rule: The rule.
        around: Its pattern, see :class:`~cqcparse.grammar.rule_patterns.Around`.
        sets: What makes the patterns long.
    """

    def __init__(
        self, order: int, rule: Rule, around: Mapping[str, Any], sets: Mapping[int, str]
    ) -> None:
        self.order, self.rule, self._around, self._sets = order, rule, around, sets
        self.is_head: bool = around["is_head"]

    @cached_property
    def front(self) -> re.Pattern[str]:
        """What stands in front, over the reversed text."""
        return self._long("front")

    @cached_property
    def whole(self) -> re.Pattern[str] | None:
        """The whole head, if it has several words."""
        return self._long("whole") if self._around["whole"] else None

    @cached_property
    def behind(self) -> re.Pattern[str]:
        """What follows."""
        return self._long("behind")

    def may_stand(self, before: str, after: str) -> bool:
        """Return whether the characters right in front and behind do not rule it out."""
        fronts, ends = self._around["before"], self._around["after"]
        return (fronts is None or before in fronts) and (ends is None or after in ends)

    def _long(self, part: str) -> re.Pattern[str]:
        return re.compile(self._around[part].translate(self._sets))


class RuleBook:
    """The phrase rules of one extractor.

    Args:
        source: Folder with ``rules.toml`` and the lexicons that it names. A table that was made of
            them, ``compiled.json``, spares the work.
        checks: Checks in Python that rules name; each is asked with the layers, the first and the
            last token of the phrase, and its head.
        lexicons: What makes lexicons that are no files, by the mark that rules know them by.
        kind: Kind of the mentions that are made of what it finds, if the file does not say so.
            Terms that a user or a plugin gives for this kind are read like those of its lexicons.

    Raises:
        DataError: If a file cannot be read, a value does not belong where it stands, or a rule,
            class or list names what is not there.
    """

    def __init__(
        self,
        source: Path | Traversable,
        checks: Mapping[str, Check] | None = None,
        lexicons: Mapping[str, Callable[[], Lexicon]] | None = None,
        *,
        kind: str | None = None,
    ) -> None:
        self._source, self._checks, self._more = source, checks or {}, lexicons or {}
        table = ready_table(source) or self.compiled()
        self._name: str = table["name"]
        self._digest: str = table["digest"]
        #: Kind of the mentions that are made of what it finds; None if that is not known.
        self.kind: str | None = kind or table["kind"]
        self._ranks: dict[str, int] = table["ranks"]
        self._entry_ranks: dict[str, int] = table["entry_ranks"]
        self._head_types: dict[str, str] = table["head_types"]
        self._default: str | None = table["default"]
        self._silent: str | None = table["silent"]
        self._given = frozenset(table["given"])
        #: Its word lists by name.
        self.words = {name: frozenset(row.split()) for name, row in table["words"].items()}
        self.rules = tuple(map(_rule, table["rules"]))
        self._vocabulary: str = table["vocabulary"]
        self._phrases = Phrases(table["entries"], table["openings"])
        self._further = FurtherTerms(table["entries"])
        self._alphabet = Alphabet(table["alphabet"])
        #: Characters of words in phrases of the lexicons, as they were met.
        self._patched: dict[tuple[str, str, bool], str] = {}
        sets = unpacking(table["sets"])
        #: Rules that are looked for by a word, by the characters of that word; and the others.
        self._by_head: dict[str, list[_Way]] = {}
        self._others: list[tuple[int, Rule, re.Pattern[str]]] = []
        for order, (rule, pattern) in enumerate(zip(self.rules, table["patterns"], strict=True)):
            if isinstance(pattern, str):
                self._others.append((order, rule, re.compile(pattern.translate(sets))))
                continue
            way = _Way(order, rule, pattern, sets)
            for char in pattern["heads"]:
                self._by_head.setdefault(char, []).append(way)
        self._heads = re.compile(table["heads"])
        #: The rules that may stand around a word, by its character and those next to it.
        self._tries: dict[str, tuple[_Way, ...]] = {}

    def compiled(self) -> dict[str, Any]:
        """Return the table of its files, made anew, as it stands in ``compiled.json``."""
        from cqcparse.grammar.rule_compiler import compile_book  # noqa: PLC0415 - seldom needed

        lexicons = {mark: make() for mark, make in self._more.items()}
        return compile_book(self._source, self._checks, lexicons)

    def __reduce__(self) -> tuple[object, ...]:
        """Hand over where it stands: another process reads it again."""
        again = partial(RuleBook, kind=self.kind)
        return again, (self._source, self._checks, self._more)

    def __repr__(self) -> str:
        """Tell two books apart by all that they say."""
        return f"RuleBook({self._name!r}, {self._digest})"

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of its lists, and of the phrases of its lexicons that are no names."""
        lists = (*core().words.values(), *self.words.values())
        return frozenset(self._vocabulary.split()).union(*lists)

    def find(self, layers: Chunks, acronyms: Acronyms | None = None) -> list[Found]:
        """Return the phrases of a document; where two overlap the longer one stands.

        Args:
            layers: The document.
            acronyms: Its short forms: one that stands for a phrase is found by itself too, under
                the rule ``short-form``, and one that stands for something else is not.
        """
        found = self._phrases_of(layers)
        return with_short_forms(layers, found, acronyms) if acronyms else found

    def _phrases_of(self, layers: Chunks) -> list[Found]:
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
        reverse, size, tries = line[::-1], len(line), self._tries
        for match in self._heads.finditer(line, 1):
            head, after = match.span()
            near = line[head - 1 : head + 2]
            ways = tries.get(near)
            for way in self._near(near) if ways is None else ways:
                front = way.front.match(reverse, size - head)
                if front is None:
                    continue
                end = after
                if way.whole is not None:
                    whole = way.whole.match(line, head)
                    if whole is None:
                        continue
                    end = whole.end()
                behind = way.behind.match(line, end)
                if behind is None:
                    continue
                first, last = size - front.end(), behind.end() - 1
                if "mention" in front.re.groupindex:
                    first, last = size - front.end("mention"), size - front.start("mention") - 1
                elif "mention" in behind.re.groupindex:
                    first, last = behind.start("mention"), behind.end("mention") - 1
                # The line has a character more in front than the document has tokens.
                last_of_head = end - 1 if way.is_head else last
                yield way.order, way.rule, first - 1, last - 1, last_of_head - 1

    def _near(self, near: str) -> tuple[_Way, ...]:
        """Return the rules that may stand around a word, given the characters next to it."""
        before, head, after = (*near,)
        if len(self._tries) >= _MOST_TRIES:
            self._tries.clear()
        found = (way for way in self._by_head[head] if way.may_stand(before, after))
        ways = self._tries[near] = tuple(found)
        return ways

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
        layers: Chunks,
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
        named = term.entry.id if term and term.given else None
        beat = tuple(sorted(set(beaten)))
        return Found(layers, rule, first, last, head, kind, term, beat, named)

    def _is_silent(self, low: list[str]) -> bool:
        return self._silent is not None and self.words[self._silent].issuperset(low)

    def _from_sentence(
        self, layers: Chunks, terms: list[Term], first: int, last: int, *, free: bool
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

    def terms(self, layers: Chunks) -> list[Term]:
        """Return the phrases of the lexicons in a document, the longest at each place."""
        return self._read(layers)[0]

    def _read(self, layers: Chunks) -> tuple[list[Term], str]:
        """Return the terms and the line of a document; both are made once."""
        return layers.remembered(self, self._read_new)

    def _read_new(self, layers: Chunks) -> tuple[list[Term], str]:
        line = layers.line(self._alphabet)
        chars, keys, patched = [*line], layers.keys, self._patched
        terms: list[Term] = []
        for first, last, listed in self._listed_in(layers):
            terms.append(Term(first, last, listed.entry, listed.lexicon, listed.given))
            for index in range(first, last + 1):
                code = listed.code(first=index == first, last=index == last)
                known = keys[index], code, listed.given
                char = patched.get(known)
                if char is None:
                    key = keys[index]
                    cap = min(int(key[1]), 1)
                    found = self._alphabet.nearest if listed.given else self._alphabet.char
                    char = found(key[2:], key[0], cap=cap, term=code)
                    patched[known] = char
                chars[index] = char
        return terms, BREAK + "".join(chars)

    def _listed_in(self, layers: Chunks) -> Iterator[tuple[int, int, Listed]]:
        """Yield the phrases of its lexicons, and of those that were given for its kind."""
        own = self._phrases.find(layers)
        given = [lexicon for lexicon in layers.further if lexicon.kind == self.kind]
        if not given:
            return own
        further = (found for one in given for found in self._further.of(one).find(layers))
        # Of two at one place the longer counts, then what was given.
        ordered = sorted(chain(further, own), key=lambda found: found[0] - found[1])
        kept: list[tuple[int, int, Listed]] = []
        taken: set[int] = set()
        for first, last, listed in ordered:
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                kept.append((first, last, listed))
        return iter(sorted(kept, key=lambda found: found[0]))


def _matches(rules: Iterable[tuple[int, Rule, re.Pattern[str]]], line: str) -> Iterator[_Match]:
    """Yield the matches of rules without a word that is looked for first."""
    for order, rule, pattern in rules:
        for match in pattern.finditer(line, 1):
            first, behind = match.span("mention")
            yield order, rule, first - 1, behind - 2, behind - 2


def _order(draft: _Draft) -> tuple[int, int, int]:
    """Return what sorts the longest first, then the first in the text, then the first rule."""
    return draft[0], draft[2], draft[1]


SHORT_FORM = Rule(name="short-form", pattern="Name")
#: A name of fewer words has no shorter form but its acronym.
_LONG = 3


def with_short_forms(layers: Chunks, found: list[Found], acronyms: Acronyms) -> list[Found]:
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


def _rule(row: Mapping[str, Any]) -> Rule:
    lists: dict[str, Any] = {key: tuple(row.get(key, ())) for key in ("yes", "no")}
    return Rule(**{**row, **lists})

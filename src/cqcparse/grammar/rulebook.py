"""Rule books: phrase rules and lexicons from TOML, and the phrases that they find."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqcparse.grammar.acronyms import Acronyms
from cqcparse.grammar.alphabet import BREAK, Alphabet
from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.compiled_tables import ready_table
from cqcparse.grammar.core import core
from cqcparse.grammar.found_phrases import Found, Rule, Term, contest, with_given
from cqcparse.grammar.frames import Frames
from cqcparse.grammar.lexicon import Lexicon
from cqcparse.grammar.listed_phrases import FurtherTerms, Listed, Phrases
from cqcparse.grammar.rule_search import RuleSearch
from cqcparse.grammar.short_forms import with_short_forms

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

#: Length as a negative number, place of the rule in the book, first and last token, head, rule.
_Draft = tuple[int, int, int, int, int, Rule]


class RuleBook:
    """The phrase rules of one extractor.

    Args:
        source: Folder with ``rules.toml`` and the lexicons that it names. A table that was made of
            them, ``compiled.json``, spares the work.
        lexicons: What makes lexicons that are no files, by the mark that rules know them by.
        kind: Kind of the mentions that are made of what it finds, if the file does not say so.
            Terms that a user or a plugin gives for this kind are read like those of its lexicons,
            and phrases of the rule books that they give are found like its own.

    Raises:
        DataError: If a file cannot be read, a value does not belong where it stands, or a rule,
            class or list names what is not there.
    """

    def __init__(
        self,
        source: Path | Traversable,
        lexicons: Mapping[str, Callable[[], Lexicon]] | None = None,
        *,
        kind: str | None = None,
    ) -> None:
        self._source, self._more = source, lexicons or {}
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
        self._search = RuleSearch(self.rules, table)
        #: Characters of words in phrases of the lexicons, as they were met.
        self._patched: dict[tuple[str, str, bool], str] = {}

    def compiled(self) -> dict[str, Any]:
        """Return the table of its files, made anew, as it stands in ``compiled.json``."""
        from cqcparse.grammar.rule_compiler import compile_book  # noqa: PLC0415 - seldom needed

        lexicons = {mark: make() for mark, make in self._more.items()}
        return compile_book(self._source, lexicons)

    def __reduce__(self) -> tuple[object, ...]:
        """Hand over where it stands: another process reads it again."""
        again = partial(RuleBook, kind=self.kind)
        return again, (self._source, self._more)

    def __repr__(self) -> str:
        """Tell two books apart by all that they say."""
        return f"RuleBook({self._name!r}, {self._digest})"

    def _as_own(self, phrases: Iterable[Found]) -> Iterator[Found]:
        """Yield phrases of another book of the kind that are of a type which this one has."""
        for one in phrases:
            kind = one.type or self._default
            if kind in self._types:
                yield one if one.type else one._replace(type=kind)

    @property
    def term_types(self) -> frozenset[str]:
        """The types of its terms; only terms of one of these can be given beside them."""
        return frozenset(filter(None, self._phrases.types))

    @cached_property
    def _types(self) -> frozenset[str | None]:
        of_rules = frozenset(rule.type for rule in self.rules) - {"sentence", "head"}
        given = of_rules.union(self._phrases.types, self._head_types.values(), [self._default])
        return given - {None}

    @cached_property
    def frames(self) -> Frames:
        """The frames that came with it, in ``frames.toml``.

        Raises:
            DataError: If they cannot be read.
        """
        file = self._source / "frames.toml"
        return Frames.load(file) if file.is_file() else Frames(())

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
        found = self.phrases(layers)
        for given in () if self in layers.further else layers.further:
            if isinstance(given, RuleBook) and given.kind == self.kind:
                found = with_given(layers, found, self._as_own(given.phrases(layers)))
        return with_short_forms(layers, found, acronyms) if acronyms else found

    def phrases(self, layers: Chunks) -> list[Found]:
        """Return the phrases of its own rules, without short forms."""
        terms, line = self._read(layers)
        found = [
            (first - last, order, first, last, head, rule)
            for order, rule, first, last, head in self._search.matches(line)
            if rule.name not in layers.without
        ]
        found.sort(key=_order)
        won = contest((first, last) for _, _, first, last, *_ in found)
        places = [term.first for term in terms]
        kept = []
        for place in sorted(won, key=lambda place: found[place][2]):
            _, _, first, last, head, rule = found[place]
            near = terms[bisect_left(places, first) : bisect_right(places, last)]
            kind, term = self._told(layers, terms, near, found[place])
            beaten = {
                f"{other.name}: {layers.words(start, end)}"
                for _, _, start, end, _, other in map(found.__getitem__, won[place])
                if (start, end) != (first, last)
            }
            named = term.entry.id if term and term.given else None
            beat = tuple(sorted(beaten))
            kept.append(Found(layers, rule, first, last, head, kind, term, beat, named))
        return kept

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

    def _told(
        self, layers: Chunks, terms: list[Term], near: list[Term], item: _Draft
    ) -> tuple[str | None, Term | None]:
        """Return the type of a phrase, and the term that says it."""
        _, _, first, last, head, rule = item
        within = [term for term in near if term.last <= last]
        kind, term = self.type_of(layers.low, within, head)
        if rule.type == "sentence" or self._is_silent(layers, within, first, last):
            free = rule.type == "sentence"
            kind = self._from_sentence(layers, terms, first, last, free=free) or kind
        elif rule.type == "head":
            kind, term = (within[-1].entry.type, within[-1]) if within else (kind, term)
        elif rule.type:
            kind = rule.type
        return kind, term

    def _is_silent(self, layers: Chunks, terms: list[Term], first: int, last: int) -> bool:
        """Return whether no word says what it is; words of a name of its own do not."""
        if self._silent is None:
            return False
        silent = self.words[self._silent]
        told = {place for term in terms for place in range(term.first, term.last + 1)}
        return all(
            layers.low[place] in silent or (place not in told and _inside_cap(layers, place))
            for place in range(first, last + 1)
        )

    def _from_sentence(
        self, layers: Chunks, terms: list[Term], first: int, last: int, *, free: bool
    ) -> str | None:
        """Return the type of the nearest term of the sentence, first of those behind the phrase."""
        start, end = layers.sentence(first, last)
        typed = [
            term
            for term in terms
            if term.entry.type in self._given
            or (free and term.entry.type != self._default and not _in_name(layers, term))
        ]
        behind = (term for term in typed if last < term.first <= end)
        front = (term for term in reversed(typed) if start <= term.last < first)
        return next((term.entry.type for term in chain(behind, front)), None)

    def _read(self, layers: Chunks) -> tuple[list[Term], str]:
        """Return the terms and the line of a document."""
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
        given = [
            one for one in layers.further if isinstance(one, Lexicon) and one.kind == self.kind
        ]
        if not given:
            return own
        further = (found for one in given for found in self._further.of(one).find(layers))
        # Of two at one place the longer counts, then what was given.
        ordered = sorted(chain(further, own), key=lambda found: found[0] - found[1])
        won = contest((first, last) for first, last, _ in ordered)
        return iter(sorted(map(ordered.__getitem__, won), key=lambda found: found[0]))


def _inside_cap(layers: Chunks, place: int) -> bool:
    """Return whether a word has a capital though it opens no sentence."""
    return layers.caps[place] and layers.tags[place - 1] not in ".\n"


def _in_name(layers: Chunks, term: Term) -> bool:
    """Return whether a term is the end of a name: "Sunrise Homecare"."""
    return _inside_cap(layers, term.first) and layers.caps[term.first - 1]


def _order(draft: _Draft) -> tuple[int, int, int]:
    """Return what sorts the longest first, then the first in the text, then the first rule."""
    return draft[0], draft[2], draft[1]


def _rule(row: Mapping[str, Any]) -> Rule:
    lists: dict[str, Any] = {key: tuple(row.get(key, ())) for key in ("yes", "no")}
    return Rule(**{**row, **lists})

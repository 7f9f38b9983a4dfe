"""Finds the phrases that name services in one paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import attrs

import cqcparse
from cqcparse.extractors.services.context import delivered, part_of_body, speaks, within
from cqcparse.extractors.services.grammar import Phrases, named_by_verb
from cqcparse.extractors.services.kinds import from_sentence, is_silent, type_of
from cqcparse.extractors.services.terms import Term, Terms
from cqcparse.extractors.services.vocabulary import Tables, tables, words
from cqcparse.grammar import Tokens, in_post, word_list

#: Endings of adjectives that describe a service and do not say what kind it is.
_DESCRIBING = ("able", "ible", "ful", "ive", "ous", "less", "some")
#: No word that says what kind a service is stands farther in front of its head than this.
_NEAR = 9
#: Nouns behind a loose head that leave it one: "mental health support staff".
_STAFF = frozenset(("staff", "provider", "providers", "team", "teams"))
#: What is said of a service behind a loose head: "floating support contract".
_ABOUT = frozenset(("contract", "contracts", "offer", "market", "data", "capacity"))


@attrs.frozen(kw_only=True)
class Candidate:
    """A phrase that names a service; indices are of tokens, both ends included."""

    tokens: Tokens
    first: int
    last: int
    type: str
    #: Name of the rule that made it.
    rule: str
    #: Id of the lexicon entry, if one took part.
    entry: str | None = None
    #: Shorter candidates on the same words, as ``rule: text``.
    beat: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The characters of the phrase, as printed."""
        span = self.span
        return self.tokens.text[span.start : span.end]

    @property
    def span(self) -> cqcparse.Span:
        """The characters of the phrase, without the ending of a possessive."""
        span = self.tokens.span(self.first, self.last)
        owner = self.tokens.low[self.last].endswith("'s") and self.rule == "head"
        return cqcparse.Span(span.start, span.end - len("'s")) if owner else span


def find(tokens: Tokens, terms: Terms) -> list[Candidate]:
    """Return the services of a paragraph; where phrases overlap the longest stands."""
    finder = _Finder(tokens, terms)
    found = longest(
        candidate
        for candidate in (*finder.headed(), *finder.standing(), *finder.therapies())
        if not (tokens.caps[candidate.first] and in_post(tokens, candidate.first))
    )
    return longest((*found, *finder.listed(found)))


def longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return *candidates* without those that overlap a longer one, in the order of the text."""
    kept: list[Candidate] = []
    beaten: dict[int, set[str]] = {}
    owners: dict[int, int] = {}
    for candidate in sorted(candidates, key=lambda one: (one.first - one.last, one.first)):
        places = range(candidate.first, candidate.last + 1)
        winner = next((owners[place] for place in places if place in owners), None)
        if winner is None:
            owners.update(dict.fromkeys(places, len(kept)))
            kept.append(candidate)
        elif kept[winner].first != candidate.first or kept[winner].last != candidate.last:
            beaten.setdefault(winner, set()).add(f"{candidate.rule}: {candidate.text}")
    for winner, losers in beaten.items():
        beat = (*kept[winner].beat, *sorted(losers))
        kept[winner] = attrs.evolve(kept[winner], beat=beat)
    return sorted(kept, key=lambda one: one.first)


class _Finder:
    """Yields candidates of one paragraph, rule by rule."""

    def __init__(self, tokens: Tokens, terms: Terms) -> None:
        self._tokens = tokens
        self._terms = terms
        self._phrases = Phrases(tokens, terms)
        self._tables: Tables = tables()

    def headed(self) -> Iterator[Candidate]:
        """Yield the phrases that end in a head noun of services."""
        heads, tags = self._tables.heads, self._tokens.tags
        for index, low in enumerate(self._tokens.low):
            if low in heads and tags[index] in "NWSD":
                candidate = self._by_section(index) or self._by_head(index)
                if candidate:
                    yield candidate

    def standing(self) -> Iterator[Candidate]:
        """Yield the terms that are services without a head."""
        for term in self._terms:
            if term.alone and (term.first < term.last or self._tokens.tags[term.last] in "NW"):
                candidate = self._alone(term)
                if candidate:
                    yield candidate
            elif _before_provider(self._tokens, term):
                kind = term.entry.type or "other"
                yield self._candidate(term.first, term.last, kind, "provider", term.entry.id)
            elif _is_field(self._tokens, term):
                kind = term.entry.type or "other"
                yield self._candidate(term.first - 1, term.last, kind, "field", term.entry.id)

    def therapies(self) -> Iterator[Candidate]:
        """Yield the single words for a therapy: "physiotherapy", "psychotherapy"."""
        tokens, treatments = self._tokens, words("treatments")
        if not len(tokens) or tokens.text.find("therapy", tokens.starts[0], tokens.ends[-1]) < 0:
            return
        for index, low in enumerate(tokens.low):
            if low.endswith("therapy") and low != "therapy" and low not in treatments:
                yield from self._therapy(index)

    def _therapy(self, index: int) -> Iterator[Candidate]:
        tokens, after = self._tokens, index + 1
        narrows = after < len(tokens) and tokens.tags[after] in "NW"
        if tokens.tags[index] in "NW" and (not narrows or tokens.low[after] in _STAFF):
            yield self._candidate(index, index, "other", "therapy", None)

    def listed(self, found: list[Candidate]) -> Iterator[Candidate]:
        """Yield groups of people named between two services of a list, for their services.

        Args:
            found: The services found by the other rules.
        """
        tags = self._tokens.tags
        ends = {candidate.last for candidate in found}
        starts = {candidate.first for candidate in found}
        for term in self._terms:
            before, after = term.first - 1, term.last + 1
            if term.alone or term.entry.type not in words("listed") or after >= len(tags):
                continue
            if tags[before] == "," and before - 1 in ends and tags[after] in ",C":
                while after < len(tags) and tags[after] in ",C":
                    after += 1
                if after in starts:
                    kind = term.entry.type or "other"
                    yield self._candidate(term.first, term.last, kind, "listed", term.entry.id)

    def _alone(self, term: Term) -> Candidate | None:
        first = min(self._phrases.start(term.last), term.first)
        first = self._without_places(first, term)
        if not delivered(self._tokens, term, first):
            return None
        terms = self._terms.within(first, term.last)
        return self._candidate(first, term.last, type_of(terms) or "other", "term", term.entry.id)

    def _without_places(self, first: int, term: Term) -> int:
        """Return *first*; the term's own start if an unknown common word stands in between.

        A kind of care has no head that would tell which of the nouns in front belong to it, so
        only known words, names and lengths are taken.
        """
        tokens = self._tokens
        narrows = tokens.tags[term.last + 1 : term.last + 2] in (["N"], ["W"])
        for index in range(term.first - 1, first - 1, -1):
            if narrows and tokens.tags[index] == "#":
                return index + 1
            known = (
                self._terms.at(index)
                or tokens.low[index] in words("narrowing")
                or tokens.tags[index] in "LC#"
            )
            if not known and not (tokens.capitalised(index) and tokens.tags[index] == "W"):
                return index + 1
        return first

    def _by_head(self, head: int) -> Candidate | None:
        if not self._phrases.extends(head):
            return self._quoted(head) or self._accommodation(head)
        if self._dangling(head) or not self._may_say(head):
            return None
        tokens, low = self._tokens, self._tokens.low[head].removesuffix("'s")
        first = self._phrases.start(head)
        if first == head or self._never(first, head):
            return None
        terms = self._terms.within(first, head)
        if not self._says(first, head, terms) or not self._is_delivered(first, head, terms):
            return None
        last = self._of_care(head)
        kind = self._type(first, head, terms)
        proper = tokens.capitalised(head) or not self._tables.heads[low]
        if proper and part_of_body(tokens, last):
            return None
        entry = terms[0].entry.id if terms else None
        return self._candidate(first, last, kind, "head", entry)

    def _may_say(self, head: int) -> bool:
        """Return whether words near the head may say what kind it is; cheap, before the grammar."""
        noun = self._tokens.low[head].removesuffix("'s")
        near = range(max(head - _NEAR, 0), head)
        if self._tables.heads[noun] or any(self._terms.at(index) for index in near):
            return True
        named = self._tables.saying.get(noun, frozenset())
        return any(self._tokens.low[index] in named for index in near)

    def _says(self, first: int, head: int, terms: list[Term]) -> bool:
        """Return whether the words in front of *head* say what kind of service it is."""
        rules, low = self._tables, self._tokens.low
        noun = low[head].removesuffix("'s")
        if any(self._is_office(index) for index in range(first, head)):
            return False
        if noun in ("group", "groups") and not (terms and terms[-1].last == head - 1):
            return low[head - 1] in rules.saying[noun]
        own = 0 if rules.heads[noun] else self._phrases.own_start(head)
        front = [term for term in terms if own <= term.first and term.last < head]
        only = rules.only.get(noun)
        if any(only is None or (term.entry.type or "") in only for term in front):
            return True
        if terms and terms[-1].last == head and terms[-1].alone:
            return True
        named = rules.saying.get(noun, frozenset())
        if any(low[index] in named for index in range(first, head)):
            return True
        if not rules.heads[noun] or self._is_place(first, head):
            return False
        if self._is_name(first, head):
            return True
        return any(self._is_saying(index) for index in range(first, head))

    def _is_office(self, index: int) -> bool:
        return self._tokens.low[index] in self._tables.office and self._terms.at(index) is None

    def _is_saying(self, index: int) -> bool:
        """Return whether the word at *index* is a noun that says which service it is."""
        low, tag = self._tokens.low[index], self._tokens.tags[index]
        if tag == "L":
            return low.endswith(("-day", "-week", "-month"))
        if named_by_verb(self._tokens, index):
            return True
        if tag not in "NW" or low in self._tables.generic:
            return False
        return not low.endswith(_DESCRIBING) or self._terms.at(index) is not None

    def _is_place(self, first: int, head: int) -> bool:
        """Return whether only the name of a place narrows the head, as in "Selby services"."""
        tokens = self._tokens
        if tokens.low[head] not in ("services", "team", "teams") or tokens.capitalised(head):
            return False
        return all(
            tokens.tags[index] == "W"
            and tokens.low[index] not in self._tables.generic
            and tokens.low[index] not in _verbs()
            for index in range(first, head)
        )

    def _is_name(self, first: int, head: int) -> bool:
        """Return whether two or more capitalised words in front make a name of the head."""
        tokens = self._tokens
        front = [index for index in range(first, head) if tokens.tags[index] != "C"]
        return len(front) > 1 and all(map(tokens.capitalised, (*front, head)))

    def _type(self, first: int, head: int, terms: list[Term]) -> str:
        tokens, low = self._tokens, self._tokens.low[head].removesuffix("'s")
        kind = type_of(terms)
        if kind in (None, "other") and is_silent(tokens, first, head):
            kind = from_sentence(tokens, self._terms, first, head) or kind
        types = self._tables.head_types
        return kind or types.get(low) or types.get(low.removesuffix("s")) or "other"

    def _dangling(self, head: int) -> bool:
        """Return whether the head only narrows the noun behind it, as in "support plan"."""
        tokens, after = self._tokens, head + 1
        if after >= len(tokens) or tokens.tags[after] not in "NW":
            return False
        if tokens.low[after] in ("users", "user"):
            return True
        return tokens.low[head] in words("loose") and tokens.low[after] not in _STAFF | _ABOUT

    def _never(self, first: int, head: int) -> bool:
        return " ".join(self._tokens.low[first : head + 1]) in self._tables.never

    def _is_delivered(self, first: int, head: int, terms: list[Term]) -> bool:
        """Return whether the phrase is no organisation, and its kind of care is delivered."""
        whole = terms[-1] if terms and terms[-1].last == head else None
        if whole and whole.alone:
            return delivered(self._tokens, whole, first)
        tokens = self._tokens
        names = (
            index
            for index in range(first, head)
            if tokens.tags[index] == "W" and self._terms.at(index) is None
        )
        named = tokens.low[head] not in ("team", "teams") and next(names, None) is not None
        named = named or tokens.low[head] in words("bodies_of_people")
        return not (named and speaks(tokens, head) and not within(tokens, first))

    def _quoted(self, head: int) -> Candidate | None:
        """Return "'Call Before Convey' scheme", whose name stands in quotation marks."""
        tokens, close = self._tokens, head - 1
        if not self._tables.heads[tokens.low[head].removesuffix("'s")] or close < 2:
            return None
        if tokens.low[close] not in _QUOTES or tokens.starts[head] == tokens.ends[close]:
            return None
        for first in range(close - 1, max(close - _NEAR, -1), -1):
            if tokens.low[first] in _QUOTES:
                if first == close - 1 or not tokens.capitalised(first + 1):
                    return None
                if any(self._is_office(index) for index in range(first + 1, close)):
                    return None
                terms = self._terms.within(first + 1, close - 1)
                kind = self._type(first, head, terms)
                return self._candidate(first, head, kind, "quoted", None)
        return None

    def _accommodation(self, head: int) -> Candidate | None:
        """Return bare "accommodation" where "for" says whom it is for."""
        tokens = self._tokens
        if tokens.low[head : head + 3] not in _FOR_PEOPLE:
            return None
        return self._candidate(head, head, "housing-support", "head", None)

    def _of_care(self, head: int) -> int:
        """Return the end of "model of care" and "hub for carers" style names; else *head*."""
        low = self._tokens.low
        if low[head] in ("model", "models") and low[head + 1 : head + 3] == ["of", "care"]:
            return head + 2
        return head

    def _by_section(self, head: int) -> Candidate | None:
        """Return "services provided under section 117", whose kind stands behind the head."""
        tokens = self._tokens
        if tokens.low[head] not in ("services", "support", "care") or head + 4 >= len(tokens):
            return None
        verb, under, word, number = tokens.low[head + 1 : head + 5]
        if verb not in ("provided", "delivered", "funded") or under != "under":
            return None
        if word not in ("section", "s") or not number[0].isdigit():
            return None
        kind = "mental-health" if number == "117" else "other"
        return self._candidate(head, head + 4, kind, "section", None)

    def _candidate(
        self, first: int, last: int, kind: str, rule: str, entry: str | None
    ) -> Candidate:
        return Candidate(
            tokens=self._tokens,
            first=first,
            last=self._phrases.end(last),
            type=kind,
            rule=rule,
            entry=entry,
        )


def _before_provider(tokens: Tokens, term: Term) -> bool:
    """Return whether *term* names people in front of the word for those who care for them."""
    after = term.last + 1
    named = term.entry.type in words("listed") and after < len(tokens)
    return named and tokens.low[after] in ("provider", "providers")


def _is_field(tokens: Tokens, term: Term) -> bool:
    """Return whether *term* is a field of care for some people: "adult mental health"."""
    before, after = term.first - 1, term.last + 1
    if before < 0 or term.entry.type not in words("listed"):
        return False
    ends = after >= len(tokens) or tokens.tags[after] not in "NWS"
    return ends and tokens.low[before] in words("populations")


@cache
def _verbs() -> frozenset[str]:
    """Return words that no place is called: "Connect" in front of "team" is a name."""
    return word_list("verb", "only")


_QUOTES = frozenset(("'", '"', "‘", "’", "“", "”"))
_FOR_PEOPLE = (
    ["accommodation", "for", "people"],
    ["accommodation", "for", "adults"],
    ["accommodation", "for", "autistic"],
)

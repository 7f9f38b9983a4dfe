"""Finds candidates for partners in one paragraph after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cqcparse
from cqcparse.extractors.partners.actors import actors
from cqcparse.extractors.partners.candidates import Candidate, lexicon, possessive
from cqcparse.extractors.partners.headed import Heads, ends_phrase
from cqcparse.extractors.partners.names import open_names, place_words
from cqcparse.grammar import Entry, Tokens, fold, in_post, join_left, left_edge, proper

#: Types of named bodies whose own teams are meant by a phrase that ends in "team".
_WITH_TEAMS = frozenset(("icb", "nhs-trust", "nhs-national", "board"))
_TEAMS = frozenset(("team", "teams", "workstream", "workstreams", "subgroup"))
#: How far behind a body's name its team may stand, in words.
_TEAM_REACH = 6
_GENERIC_BOARDS = frozenset(("integrated-care-board", "integrated-care-system"))


class Finder:
    """Finds candidates, with what the paragraphs before have brought up in mind."""

    def __init__(self, view: cqcparse.View) -> None:
        self._view = view
        self._heads = Heads()
        self._places = place_words(view.authority_names)
        self._own = frozenset(fold(name) for name in view.authority_names)
        #: The partner that each short form of this document stands for.
        self._acronyms: dict[str, Candidate] = {}

    def find(self, paragraph: cqcparse.Paragraph) -> list[Candidate]:
        """Return the candidates of *paragraph*, in order; of those that overlap the longest."""
        tokens = self._view.tokens(paragraph)
        found = list(_lexical(tokens))
        for candidate in found:
            self._heads.recall(tokens, candidate)
        found += self._heads.find(tokens)
        found = [self._with_acronym(candidate) for candidate in found]
        found += self._short_forms(tokens)
        found = _longest([_with_team(candidate) for candidate in found])
        found += map(self._with_acronym, open_names(tokens, self._places, found))
        found += actors(tokens, found)
        return [candidate for candidate in _longest(found) if not self._is_own(candidate)]

    def _with_acronym(self, candidate: Candidate) -> Candidate:
        """Return *candidate* with the short form in brackets that follows it."""
        tokens, last = candidate.tokens, candidate.last
        if tokens.tags[last + 1 : last + 2] != ["("] or tokens.tags[last + 3 : last + 4] != [")"]:
            return candidate
        short = tokens.word(last + 2)
        definition = self._view.acronyms.get(short)
        if definition is None or definition.long.span.end > tokens.ends[last]:
            entry = lexicon().get(short)
            if entry is None or entry.id != candidate.entry or candidate.text == short:
                return candidate
        candidate.name = candidate.text
        candidate.last, candidate.cut = last + 3, 0
        if candidate.type == "vcse" and tokens.low[last + 4 : last + 5] == ["sector"]:
            candidate.last += 1
        self._acronyms.setdefault(short.removesuffix("s"), candidate)
        return candidate

    def _short_forms(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield the acronyms that this document has defined for partners."""
        for index in tokens.capitals if self._acronyms else ():
            word = tokens.word(index)
            cut = possessive(tokens.low[index])
            word = word[: len(word) - cut]
            full = self._acronyms.get(word) or self._acronyms.get(word.removesuffix("s"))
            if full is None or (index and tokens.tags[index - 1] == "("):
                continue
            yield Candidate(
                tokens=tokens,
                first=index,
                last=index,
                type=full.type,
                rule="acronym",
                named=full.named,
                entry=full.entry,
                canonical=full.name if full.named else None,
                cut=cut,
            )

    def _is_own(self, candidate: Candidate) -> bool:
        """Return whether the candidate is the authority under assessment itself."""
        if candidate.type != "local-authority" or not candidate.named:
            return False
        text = fold(candidate.name or candidate.text)
        return any(name in text for name in self._own)


def _lexical(tokens: Tokens) -> Iterator[Candidate]:
    """Yield the terms of the lexicon, with the words that narrow them."""
    for first, last, span, entry in lexicon().find(tokens):
        if tokens.starts[first] != span.start or tokens.ends[last] < span.end:
            continue
        if tokens.ends[last] - span.end > possessive(tokens.low[last]):
            continue
        make = _name if entry.named else _term
        if candidate := make(tokens, first, last, entry):
            if candidate.last == last:
                candidate.cut = tokens.ends[last] - span.end
            yield candidate


def _name(tokens: Tokens, first: int, last: int, entry: Entry) -> Candidate | None:
    """Return the proper name of a lexicon entry, with its place."""
    if not tokens.capitalised(first) and entry.type not in ("icb", "ics"):
        return None
    if entry.id in _GENERIC_BOARDS:
        first = left_edge(tokens, last)
    elif entry.type in ("vcse", "advocacy") or entry.id in ("healthwatch", "hmp"):
        first, last = _branch(tokens, first, last)
    return Candidate(
        tokens=tokens,
        first=first,
        last=last,
        type=entry.type or "other",
        rule="lexicon-name",
        named=True,
        entry=entry.id,
    )


def _term(tokens: Tokens, first: int, last: int, entry: Entry) -> Candidate | None:
    """Return the common noun of a lexicon entry, with the words that narrow it."""
    term, first = first, left_edge(tokens, first)
    named = proper(tokens, first, last) and last > first and entry.id != "voluntary-sector"
    if not ends_phrase(tokens, last) and not (named and first < term):
        return None
    if _among_services(tokens, first) or (tokens.caps[first] and in_post(tokens, first)):
        return None
    return Candidate(
        tokens=tokens,
        first=first,
        last=last,
        type=entry.type or "other",
        rule="lexicon-term",
        named=named,
        entry=entry.id,
    )


def _among_services(tokens: Tokens, first: int) -> bool:
    """Return whether a term ends a list of sectors that share its "services"."""
    joined = join_left(tokens, first, lambda _, end: tokens.low[end] in ("health", "care"))
    return joined < first and (joined == 0 or tokens.low[joined - 1] not in ("with", "between"))


def _branch(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Return a national charity's name with the place of its local branch, on either side."""
    while last + 1 < len(tokens) and tokens.capitalised(last + 1) and tokens.tags[last + 1] in "NW":
        last += 1
    while first and tokens.capitalised(first - 1) and tokens.tags[first - 1] == "W":
        first -= 1
    return first, last


def _with_team(candidate: Candidate) -> Candidate:
    """Return a named body with the team of it that is meant ("ICB medicines team")."""
    if candidate.type not in _WITH_TEAMS:
        return candidate
    tokens = candidate.tokens
    for end in range(candidate.last + 1, min(candidate.last + 1 + _TEAM_REACH, len(tokens))):
        low = tokens.low[end]
        if low in _TEAMS:
            if candidate.type != "board" or not low.startswith("team"):
                candidate.name = candidate.name or candidate.text
                candidate.last, candidate.cut = end, 0
            break
        inside = low == "and" and tokens.capitalised(end - 1)
        if tokens.tags[end] not in "NW" and not inside:
            break
    return candidate


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that stand when the longest wins, in the order of the text."""
    taken: set[int] = set()
    kept = []
    for candidate in sorted(candidates, key=lambda c: (c.first - c.last, c.first)):
        span = range(candidate.first, candidate.last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.first)

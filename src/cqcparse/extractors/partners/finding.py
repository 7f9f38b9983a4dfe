"""Finds candidates for partners in one paragraph after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

import cqcparse
from cqcparse.extractors.partners.actors import actors
from cqcparse.extractors.partners.candidates import Candidate, Tables, lexicon, tables
from cqcparse.extractors.partners.names import open_names, place_words
from cqcparse.language import Tokens, fold, join_left, left_edge, proper, right_edge

#: Heads that name a body only when another word says which.
_NEVER_BARE = frozenset(
    "body colleague panel committee society foundation institute academy"
    " federation team service system taskforce subgroup workstream".split()
)
#: Heads whose lower-case phrases count only when the words in front give them a type.
_TYPED_ONLY = frozenset(
    "group network colleague trust sector panel association foundation society".split()
)
#: Words that make "partnership" a body rather than a way of working.
_PARTNERSHIP = frozenset(
    "borough-based borough place-based place strategic safety care provider safer integrated locality"
    " neighbourhood crime wellbeing housing skills county city district learning health commissioning"
    " borough-wide county-wide multi-agency".split()
)
_OTHER_COUNCILS = frozenset(
    "other neighbouring host another placing nearby surrounding adjoining adjacent different combined"
    " London boroughs".split()
)
#: Heads whose bare form stands for what the last phrase with that head named.
_REMEMBERED = frozenset("alliance forum sector network trust association champion consortium".split())
_VOLUNTARY_HEADS = frozenset("organisation sector charity group provider".split())
_BACK_REFERRING = frozenset(
    "board alliance forum partnership collaborative champion network association".split()
)
#: Words of posts: "Director of Health Partnerships" names a person.
_POSTS = frozenset("director head lead member manager officer chief leader assistant cabinet".split())


class Finder:
    """Finds candidates, with what the paragraphs before have brought up in mind."""

    def __init__(self, view: cqcparse.View) -> None:
        self._view = view
        self._tables: Tables = tables()
        self._places = place_words(view.authority_names)
        self._own = frozenset(fold(name) for name in view.authority_names)
        #: Types of the short forms that name partners here.
        self._acronyms: dict[str, Candidate] = {}
        #: The heads that named or typed phrases have ended in so far, with the last type.
        self._heads: dict[str, str] = {}
        #: Whether the last organisations that were described are of the voluntary sector.
        self._voluntary = False

    def find(self, paragraph: cqcparse.Paragraph) -> list[Candidate]:
        """Return the candidates of *paragraph*, in order; of those that overlap the longest."""
        tokens = self._view.tokens(paragraph)
        found = [*self._lexical(tokens), *self._headed(tokens)]
        found = [self._with_acronym(candidate) for candidate in found]
        found += self._short_forms(tokens)
        found = _longest([self._with_team(candidate) for candidate in found])
        found += map(self._with_acronym, open_names(tokens, self._places, found))
        found += actors(tokens, found)
        return [candidate for candidate in _longest(found) if not self._is_own(candidate)]

    def _lexical(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield the terms of the lexicon, with the words that narrow them."""
        if not len(tokens):
            return
        text = tokens.text
        for span, entry in lexicon().scan(text, tokens.starts[0], tokens.ends[-1]):
            first = bisect_left(tokens.starts, span.start)
            last = bisect_left(tokens.ends, span.end)
            if first >= len(tokens) or last >= len(tokens) or tokens.starts[first] != span.start:
                continue
            if entry.named:
                if tokens.capitalised(first) or entry.type in ("icb", "ics"):
                    if entry.id in ("integrated-care-board", "integrated-care-system"):
                        first = left_edge(tokens, last)
                    elif entry.type in ("vcse", "advocacy") or entry.id == "healthwatch":
                        first, last = _branch(tokens, first, last)
                    yield Candidate(
                        tokens=tokens, first=first, last=last, type=entry.type or "other",
                        rule="lexicon-name", named=True, entry=entry.id,
                    )  # fmt: skip
            elif self._ends_phrase(tokens, last):
                first = left_edge(tokens, first)
                if self._of_services(tokens, first):
                    continue
                named = proper(tokens, first, last) and last > first and entry.type != "vcse"
                yield Candidate(
                    tokens=tokens, first=first, last=last, type=entry.type or "other",
                    rule="lexicon-term", named=named, entry=entry.id,
                )  # fmt: skip

    def _of_services(self, tokens: Tokens, first: int) -> bool:
        """Return whether a term ends a list of sectors that share its "services"."""
        joined = join_left(tokens, first, lambda a, b: tokens.low[b] in ("health", "care"))
        return joined < first and (joined == 0 or tokens.low[joined - 1] not in ("with", "between"))

    def _headed(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield the phrases that end in the head noun of an organisation."""
        singular = self._tables.singular
        for index in [index for index, low in enumerate(tokens.low) if low in singular]:
            head = singular[tokens.low[index]]
            if candidate := self._phrase(tokens, index, head):
                if candidate.type not in ("icb", "local-authority"):
                    self._heads[head] = candidate.type
                if head in _VOLUNTARY_HEADS and candidate.rule != "bare-organisation":
                    self._voluntary = candidate.type == "vcse"
                yield candidate

    def _phrase(self, tokens: Tokens, index: int, head: str) -> Candidate | None:
        edge = left_edge(tokens, index)
        last = right_edge(tokens, index)
        named = proper(tokens, edge, last) and (edge < index or last > index)
        if named and head in ("network", "group", "association", "service", "team"):
            named = self._ends_phrase(tokens, last)
        if not named and not self._ends_phrase(tokens, index):
            return None
        if named and _names_post(tokens, edge):
            return None
        if tokens.tags[edge] == "L" and edge < index:
            edge += 1
        first = edge
        if not named:
            first = join_left(tokens, edge, lambda a, b: self._shares(tokens, a, b))
        words = tokens.low[first:index] + tokens.low[index + 1 : last + 1]
        plural = tokens.low[index] != head
        if not [word for word in words if word.isalpha() or "-" in word or "'" in word]:
            if last == index:
                return self._bare(tokens, first, index, head, plural=plural)
        kind = self._accept(words, head, named=named, plural=plural, tokens=tokens, first=first)
        if kind is None:
            return None
        return Candidate(
            tokens=tokens, first=first, last=last, type=kind, rule=f"{head}-phrase", named=named
        )

    def _accept(
        self, words: list[str], head: str, *, named: bool, plural: bool, tokens: Tokens, first: int
    ) -> str | None:
        """Return the type of the phrase *words* + *head*, or None if it is no partner."""
        unlike = self._tables.not_partner.get(head, frozenset())
        if any(word in unlike for word in words):
            return None
        kind = self._tables.type_of(words, head)
        if head in ("team", "service", "hospital", "system"):
            return kind if kind in ("ics", "icb", "fire") or (named and kind == "nhs-trust") else None
        if head == "county" and named:
            return None
        if head == "borough" and named and not plural and "of" not in words:
            return None
        if head in ("council", "authority", "borough", "district", "county"):
            return self._council(words, head, named=named, plural=plural)
        if head == "partnership" and not named:
            return "board" if _PARTNERSHIP & set(words) else None
        if head in _TYPED_ONLY and not named and kind is None:
            index = first + len(words)
            return "board" if tokens.low[index + 1 : index + 2] == ["met"] else None
        if head == "group" and not self._organised(words):
            return None
        if head == "college":
            return kind or "other"
        if head == "trust" and named and kind is None:
            return "vcse"
        if head == "network" and named and kind is None:
            return "vcse"
        return kind or self._tables.heads[head]

    def _organised(self, words: list[str]) -> bool:
        """Return whether a group of carers or users is one that is consulted, not a service."""
        return not {"carers", "carers'", "carer", "women", "men's"} & set(words) or bool(
            {"reference", "steering", "advisory", "partnership", "action", "strategy"} & set(words)
        )

    def _council(self, words: list[str], head: str, *, named: bool, plural: bool) -> str | None:
        if named:
            return "local-authority"
        others = bool(_OTHER_COUNCILS & set(words))
        if head == "authority" and "local" not in words and not others:
            return None
        return "local-authority" if plural or others or "district" in words else None

    def _bare(
        self, tokens: Tokens, first: int, index: int, head: str, *, plural: bool
    ) -> Candidate | None:
        """Return the head noun alone, where it stands for an organisation."""
        if head in _NEVER_BARE or not self._bare_counts(tokens, first, index, head, plural=plural):
            return None
        kind = self._tables.heads[head]
        if head in _REMEMBERED:
            kind = self._heads.get(head, kind)
        elif head == "organisation" and self._voluntary:
            kind = "vcse"
        return Candidate(
            tokens=tokens, first=first, last=index, type=kind, rule=f"bare-{head}", named=False
        )

    def _bare_counts(
        self, tokens: Tokens, first: int, index: int, head: str, *, plural: bool
    ) -> bool:
        before = tokens.low[first - 1] if first else ""
        after = tokens.low[index + 1] if index + 1 < len(tokens) else ""
        known = head in self._heads
        if head in ("partner", "stakeholder", "provider", "charity", "landlord"):
            return plural or head in ("provider", "charity") or after in self._tables.trail
        if head in ("agency", "university"):
            single = ("a", "the", "one", "another", "each", "lead")
            return plural or (before in single and after not in ("staff", "workers"))
        if head == "organisation":
            return plural or before in ("a", "one", "each", "another", "their")
        if head in ("authority", "county"):
            return plural and tokens.tags[first] == "#"
        if head in ("council", "borough", "district"):
            return plural or (before == "another" and head == "council")
        if head in ("contractor", "supplier", "company"):
            return plural
        if head == "group":
            return not plural and before in ("one", "another") and _verbal(tokens, index + 1)
        if head == "consortium":
            return True
        if head == "trust":
            if known and after in self._tables.trail:
                return True
            apart = after == "and" and tokens.low[index + 2 : index + 3] not in (["confidence"], ["respect"])
            return before == "the" and (apart or after not in ("in", "of", "between", "and"))
        if head in _BACK_REFERRING:
            final = index + 1 >= len(tokens) or tokens.tags[index + 1] not in "NW"
            final = final or after in self._tables.trail
            referring = before == "the" or head == "champion" or after in self._tables.trail
            return referring and known and final
        if head == "sector":
            return before == "the" and known
        return False

    def _ends_phrase(self, tokens: Tokens, index: int) -> bool:
        """Return whether the noun at *index* is the last of its phrase, as far as we mind."""
        after = index + 1
        if after >= len(tokens) or tokens.tags[after] not in "NW":
            return True
        low = tokens.low[after]
        if low == "arrangements" and tokens.low[index] == "partnership":
            return True
        if low in self._tables.trail or tokens.may_be_verb(after):
            return True
        plural = tokens.low[index].endswith("s") and tokens.low[index] not in ("gps",)
        return plural and low not in self._tables.singular and not low.endswith(("s", "ing"))

    def _shares(self, tokens: Tokens, first: int, last: int) -> bool:
        words = tokens.low[first : last + 1]
        return all(word in self._tables.shared or word.isdigit() for word in words)

    def _with_acronym(self, candidate: Candidate) -> Candidate:
        """Return *candidate* with the short form in brackets that follows it."""
        tokens, last = candidate.tokens, candidate.last
        if last + 3 >= len(tokens) or tokens.tags[last + 1] != "(" or tokens.tags[last + 3] != ")":
            return candidate
        short = tokens.word(last + 2)
        definition = self._view.acronyms.get(short)
        if definition is None or definition.long.span.end > tokens.ends[last]:
            entry = lexicon().get(short)
            if entry is None or entry.id != candidate.entry or candidate.text == short:
                return candidate
        candidate.name = candidate.text
        candidate.last = last + 3
        self._acronyms.setdefault(short.removesuffix("s"), candidate)
        return candidate

    def _short_forms(self, tokens: Tokens) -> Iterator[Candidate]:
        """Yield the acronyms that this document has defined for partners."""
        if not self._acronyms:
            return
        for index in tokens.capitals:
            word = tokens.word(index)
            full = self._acronyms.get(word) or self._acronyms.get(word.removesuffix("s"))
            if full is None or (index and tokens.tags[index - 1] == "("):
                continue
            yield Candidate(
                tokens=tokens, first=index, last=index, type=full.type, rule="acronym",
                named=full.named, entry=full.entry, canonical=full.name if full.named else None,
            )  # fmt: skip

    def _with_team(self, candidate: Candidate) -> Candidate:
        """Return a named body with the team of it that is meant ("ICB medicines team")."""
        tokens = candidate.tokens
        if candidate.type not in ("icb", "nhs-trust", "board", "nhs-national"):
            return candidate
        end = candidate.last
        while end + 1 < len(tokens) and end - candidate.last < 6:
            end += 1
            if tokens.low[end] in ("team", "teams", "workstream", "workstreams", "subgroup"):
                if candidate.type != "board" or tokens.low[end].startswith(("work", "sub")):
                    candidate.name = candidate.name or candidate.text
                    candidate.last = end
                break
            if tokens.tags[end] not in "NW" and not (
                tokens.low[end] == "and" and tokens.capitalised(end - 1)
            ):
                break
        return candidate

    def _is_own(self, candidate: Candidate) -> bool:
        """Return whether the candidate is the authority under assessment itself."""
        if candidate.type != "local-authority" or not candidate.named:
            return False
        text = fold(candidate.name or candidate.text)
        return any(name in text for name in self._own)


def _branch(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Return a national charity's name with the place of its local branch, on either side."""
    while last + 1 < len(tokens) and tokens.capitalised(last + 1) and tokens.tags[last + 1] in "NW":
        last += 1
    while first and tokens.capitalised(first - 1) and tokens.tags[first - 1] == "W":
        first -= 1
    return first, last


def _names_post(tokens: Tokens, first: int) -> bool:
    """Return whether the name from *first* on says what a post is responsible for."""
    index = first - 1
    while index > 0 and first - index < 8 and tokens.low[index] not in ("of", "for"):
        if not (tokens.tags[index] in ",C" or tokens.capitalised(index)):
            return False
        index -= 1
    return index > 0 and tokens.low[index] in ("of", "for") and tokens.low[index - 1] in _POSTS


def _verbal(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and tokens.tags[index] in "VX"


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

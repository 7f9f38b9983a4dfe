"""Grammar: where the phrase that names a service begins and ends."""

from __future__ import annotations

from functools import cache

from cqcparse.extractors.services.terms import Term, Terms
from cqcparse.extractors.services.vocabulary import tables, words
from cqcparse.grammar import Tokens, is_acronym, join_left, left_edge, sentence_start, word_list

#: How many words, or terms, are looked at in front of a phrase; keeps the work linear.
_GUARD = 8
#: Classes of a word in brackets: "(", what stands in them, ")".
_BRACKETED = (["(", "W", ")"], ["(", "N", ")"], ["(", "V", ")"])


class Phrases:
    """The edges of phrases in one paragraph."""

    def __init__(self, tokens: Tokens, terms: Terms) -> None:
        self._tokens = tokens
        self._terms = terms

    def start(self, head: int) -> int:
        """Return the first word of the phrase that ends in *head*, conjuncts included.

        Words that do not say which service are left out at the front.
        """
        first = self.own_start(head)
        low = self._tokens.low[head]
        if not _has_head(low):
            return self._trimmed(self._over_manner(first), head)
        if low in words("unshared"):
            return self._trimmed(first, head)
        whole = self._terms.at(head)
        lent = low in words("lending") and not (whole and whole.alone)
        plain = low in words("plain_heads")
        joined = join_left(
            self._tokens,
            first,
            lambda one, two: self._shares(one, two, lent=lent, plain=plain),
        )
        while joined < first:
            first, joined = joined, self.own_start(joined)
        return self._trimmed(first, head)

    def end(self, last: int) -> int:
        """Return *last*, or the closing bracket of a short form right behind it."""
        tags = self._tokens.tags
        if tags[last + 1 : last + 4] not in _BRACKETED:
            return last
        return last + 3 if is_acronym(self._tokens.word(last + 2)) else last

    def own_start(self, head: int) -> int:
        """Return the first word in front of *head*, over terms and bracketed short forms."""
        first = head
        for _ in range(_GUARD):
            edge = self._cut_owner(left_edge(self._tokens, first), first)
            first = self._over_bracket(self._over_term(edge))
            if first == edge:
                break
        return self._over_measure(first, head)

    def extends(self, head: int) -> bool:
        """Return whether anything in front of *head* may belong to its phrase."""
        before = head - 1
        if before < 0:
            return False
        if self._tokens.tags[before] in "NWLSJ)#" or self._terms.at(before) is not None:
            return True
        return named_by_verb(self._tokens, before)

    def _over_measure(self, first: int, head: int) -> int:
        """Return the length or number in front of a name: "24-hour Crisis Team"."""
        if first == head and first and named_by_verb(self._tokens, first - 1):
            first = left_edge(self._tokens, first - 1)
        if 0 < first < head and self._tokens.low[first - 1] == "weekend":
            first -= 1
        if not (0 < first < head and self._tokens.capitalised(first)):
            return first
        before = first - 1
        measured = self._tokens.tags[before] in "L#" and not self._terms.at(before)
        return before if measured or self._tokens.low[before] == "in-house" else first

    def _over_manner(self, first: int) -> int:
        """Return the first of two ways of giving one kind of care: "video and telephone"."""
        tokens, link = self._tokens, first - 1
        if link < 1 or tokens.tags[link] != "C" or tokens.low[first] not in words("manners"):
            return first
        return link - 1 if tokens.low[link - 1] in words("manners") else first

    def _over_term(self, first: int) -> int:
        """Return the start of a term that holds *first* or ends in front of it."""
        term = self._terms.at(first)
        if term and term.first < first:
            return term.first
        before = self._terms.at(first - 1)
        if before and before.last == first - 1:
            known = before.first < before.last or "-" in self._tokens.low[before.last]
            known = known or (before.alone and self._tokens.tags[before.last] == "V")
            return before.first if known else first
        return first

    def _over_bracket(self, first: int) -> int:
        """Return the word in front of a short form in brackets that stands before *first*."""
        tags = self._tokens.tags
        word = first - 4
        if word < 0 or tags[word + 1 : first] not in _BRACKETED:
            return first
        if tags[word] not in "NW" and self._terms.at(word) is None:
            return first
        return word if is_acronym(self._tokens.word(first - 2)) else first

    def _cut_owner(self, first: int, head: int) -> int:
        """Return *first*, or the word behind the last possessive name: "Devon's hospital team"."""
        tokens = self._tokens
        for index in range(head, first - 1, -1):
            if tokens.tags[index] == "S" and index < head and self._terms.at(index) is None:
                saint = index > 0 and tokens.low[index - 1] == "st"
                return index - 1 if saint else index + 1
        return first

    def _shares(self, start: int, end: int, *, lent: bool, plain: bool) -> bool:
        """Return whether the words from *start* to *end* have no head of their own.

        Args:
            start: First word of the conjunct.
            end: Its last word.
            lent: Whether the head behind can be shared with a kind of care that stands alone:
                "reablement and bridging service", but not "reablement and home care".
            plain: Whether it is lent to one that ends in "care" too: "intermediate care and
                reablement services", but not "home care and carers' support".
        """
        tokens, low = self._tokens, self._tokens.low[end]
        if low.endswith("s") and not low.endswith("ss") and low not in words("narrowing_plurals"):
            return False
        term = self._terms.at(end)
        comma = tokens.tags[end + 1] == ","
        if term and term.last == end:
            in_list = comma or (start > 0 and tokens.tags[start - 1] == ",")
            if term.alone and (in_list or not lent):
                return False
            if self._repeats(term, end + 1):
                return False
            whole = lent and (plain or not term.alone)
            return not _has_head(low) or (low in words("sectors") and whole)
        if low in words("sectors") and (low != "care" or start == end):
            return True
        return self._governed(start, end, comma=comma)

    def _repeats(self, term: Term, link: int) -> bool:
        """Return whether the conjunct behind *link* ends like *term*, and so has all it needs.

        "children's social care and adult social care teams" are not one thing.
        """
        tokens = self._tokens
        ending = tokens.low[term.last - 1 : term.last + 1]
        behind = tokens.low[link + 1 : link + _GUARD]
        return any(behind[place : place + 2] == ending for place in range(len(behind) - 1))

    def _governed(self, start: int, end: int, *, comma: bool) -> bool:
        """Return whether one article governs both conjuncts: "the sitting and night service"."""
        tokens = self._tokens
        single = start == end and tokens.tags[end] == "N" and not comma
        return (
            single
            and start > 0
            and tokens.tags[start - 1] == "D"
            and tokens.low[end] not in words("other_heads")
            and not _has_head(tokens.low[end])
        )

    def _in_list_of_verbs(self, first: int) -> bool:
        """Return whether the word at *first* is the next verb of a list: "use X, fund Y"."""
        tokens = self._tokens
        if not first or tokens.tags[first - 1] not in ",C" or self._terms.at(first):
            return False
        verbs = tokens.tags[max(first - _GUARD, 0) : first - 1]
        return tokens.low[first] in _two_faced() and "V" in verbs

    def _trimmed(self, first: int, head: int) -> int:
        """Return *first*, or the word behind those that do not say which service.

        Words in -ed and -ing that are not known to narrow are verbs that look like nouns.
        """
        for index in range(head - 1, first - 1, -1):
            if _verbal(self._tokens, index) and self._terms.at(index) is None:
                first = index + 1
                break
        if self._in_list_of_verbs(first):
            first += 1
        trim = tables().trim
        while first < head and self._tokens.low[first] in trim and self._terms.at(first) is None:
            first += 1
        return first


def named_by_verb(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* is a verb that has become a name: "Connect teams"."""
    named = tokens.tags[index] in "VKR" and tokens.capitalised(index)
    return named and not sentence_start(tokens, index)


def _verbal(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* ends like a verb and is not known to narrow a noun."""
    low = tokens.low[index]
    if not low.endswith(("ing", "ed")) or "-" in low or tokens.capitalised(index):
        return False
    if low.endswith("ing") and index and tokens.tags[index - 1] in "DJ":
        return False
    return low not in _modifiers() and not low.endswith("eed")


@cache
def _two_faced() -> frozenset[str]:
    return word_list("verb", "noun")


@cache
def _modifiers() -> frozenset[str]:
    return word_list("participle", "adjective") | word_list("participle", "gerund")


def _has_head(low: str) -> bool:
    return low in tables().heads

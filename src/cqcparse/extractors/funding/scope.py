"""Scope: what the readers of money and of its verbs look up, and how a value is cut."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

import cqcparse
from cqcparse.extractors.funding.drafts import Draft, Range
from cqcparse.grammar import Layers

#: A verb that may be said of anything is read only this near to money, in words.
_NEAR = 40
#: What stands in front of a time that opens a sentence, and how far behind it that may end.
_OPENS = re.compile("[bwfmthik]{0,2}d?")
_OPENING = 8
_ONE_VERB = re.compile("[^vxEBIGsk]*[vxEB]?[^vxEBIGsk]*")
Amount = cqcparse.Reading[cqcparse.Money]
Term = cqcparse.Reading[cqcparse.Period]


class Scope:
    """A document with the money named in it.

    Args:
        layers: The document.
        nouns: The drafts of its phrases for money, in order.
        words: The word lists of the rules.
    """

    def __init__(
        self, layers: Layers, nouns: list[Draft], words: Mapping[str, frozenset[str]]
    ) -> None:
        self.layers = layers
        self.nouns = nouns
        self.words = words
        #: The fine row of chunks.
        self.row = layers.fine_chunks
        self.sums = layers.sums
        self.periods = layers.periods
        sums_at = (index for index, tag in enumerate(layers.tags) if tag == "M")
        self._money = sorted([*(one.first for one in nouns), *sums_at])
        #: The phrase that covers each token.
        self.at = {t: one for one in nouns for t in range(one.first, one.last + 1)}

    def is_near(self, verb: int) -> bool:
        """Return whether money or a sum stands near enough for a verb to move it."""
        place = bisect_left(self._money, verb - _NEAR)
        return place < len(self._money) and self._money[place] <= verb + _NEAR

    def is_word(self, index: int, words: str) -> bool:
        """Return whether the token at *index*, if there is one, is in a word list of the rules."""
        low = self.layers.low
        return index < len(low) and low[index] in self.words[words]

    def money_in(self, place: Range | None, *, still: bool = False) -> Draft | None:
        """Return the money that a phrase is: "£2m of the grant", not "the grant's review".

        Args:
            place: The phrase.
            still: Whether a mechanism counts, which is used but not given.
        """
        if place is None:
            return None
        layers, row = self.layers, self.layers.chunks
        chunk, last = layers.chunk_at(place[0]), layers.chunk_at(place[1])
        while chunk <= last:
            first, end = layers.extent(chunk)
            sized = layers.tags[end] == "M"  # "a sum of £9,000"
            found = self.at.get(end) or self.at.get(first + 1 if sized else end)
            if found and (found.movable or still):
                return found
            following = row[chunk + 1 : chunk + 2]
            if following not in ("c", "y", "v") and not (following == "o" and self.measures(chunk)):
                return None
            chunk += 2
        return None

    def term(self, first: int, last: int) -> Term | None:
        """Return the first period in a range that says when, or else a rate: "£9,000 a year".

        None is in a name, or how soon it was: "within a week".
        """
        low = self.layers.low
        rate = None
        while reading := self.periods.within(first, last):
            begin, end = self.periods.tokens(reading)
            share = low[end] == "quarter" and low[begin] in ("a", "one")
            if (
                begin not in self.at
                and (low[end + 1] != "of" or self.layers.tags[begin - 1] == "M")  # "a week of care"
                and low[end + 1] != "notice"
                and low[begin - 1] not in ("within", "after")
                and not (share and self.layers.tags[begin - 1] != "M")  # "the ICB a quarter"
                and not self._narrows(begin, end)
            ):
                if low[begin] not in ("a", "an", "per"):
                    return reading
                rate = rate or (None if low[end] in ("week", "night") else reading)
            first = end + 1
        return rate

    def _narrows(self, begin: int, end: int) -> bool:
        """Return whether a length says what kind a thing is: "people with long-term conditions"."""
        narrows = begin == end and self.layers.low[end].endswith("-term")
        return narrows and self.layers.tags[end + 1] == "N" and end + 1 not in self.at

    def opening(self, chunk: int) -> Term | None:
        """Return the period that opens the clause or sentence, with one verb between at most."""
        layers, row = self.layers, self.row
        for start in (layers.last_of("c", chunk) + 1, layers.last_of("s", chunk) + 1):
            first = layers.extent(start)[0]
            term = self.term(first, min(first + _OPENING, layers.extent(chunk)[0]))
            if term:
                begin, end = map(layers.chunk_at, self.periods.tokens(term))
                if _OPENS.fullmatch(row, start, begin) and _ONE_VERB.fullmatch(row, end + 1, chunk):
                    return term
        return None

    def measures(self, chunk: int) -> bool:
        """Return whether a phrase measures what stands behind its "of": "a share", "£2m"."""
        place = self.layers.extent(chunk)
        timed = self.row[chunk] == "d" and self.periods.within(*place)  # "two years of funding"
        return bool(timed) or self.is_sum(place) or self.is_word(place[1], "partitive")

    def is_sum(self, place: Range) -> bool:
        """Return whether a phrase is a number or sum, be it one "a year"."""
        (first, last), tags = place, self.layers.tags
        rated = "M" in tags[first:last] and self.is_word(last, "units")
        alone = self.layers.chunk_at(first) == self.layers.chunk_at(last)
        return alone and (rated or tags[last] in "M#")

    def is_time(self, place: Range) -> bool:
        """Return whether a phrase says when, and nothing else."""
        chunk = self.layers.chunk_at(place[1])
        alone = self.row[chunk + 1] not in "ir" or self.layers.tags[place[1] + 2] == "M"
        edge = self.is_word(place[1], "edges") and self.row.startswith("od", chunk + 1)
        return edge or (self.row[chunk] == "d" and alone)

    def is_price(self, place: Range) -> bool:
        """Return whether a phrase is a sum, or a word such as "fee"."""
        return self.is_sum(place) or self.is_word(place[1], "prices")

    def is_money(self, place: Range) -> bool:
        """Return whether a phrase is what is paid, or when, and not who is paid."""
        timed = self.row[self.layers.chunk_at(place[1])] == "d"
        timed = timed or self.is_word(place[1], "promptly")
        return bool(
            timed or self.is_price(place) or self.money_in(place) or self.sums.within(*place)
        )

    def fill(self, draft: Draft, name: str, place: Range) -> None:
        """Fill an attribute, unless it is filled or nothing is left of its value."""
        if value := self.value(place):
            if name != "purpose":
                if self.layers.low[value[0]] == "each" and value[0] < value[1]:
                    value = value[0] + 1, value[1]  # "a subscription from each council"
                value = self.layers.without_description(*value)
            draft.values.setdefault(name, value)

    def value(self, place: Range) -> Range | None:
        """Return a value without article, measure, pronoun and period."""
        layers = self.layers
        first, last = self._without_period(*place)
        for index in range(first + 1, last):  # "in the last round 37 groups received"
            if layers.tags[index] == "#" and self.is_word(index - 1, "moments"):
                first = index
        if layers.low[first] == "to":
            first += 1
        if layers.tags[first] == "M" and layers.low[first + 1] == "of":
            first += 2
        if layers.tags[last] == "M":  # "carers of up to £300", "advocacy worth £9,000"
            words = layers.low[first + 1 : last]
            ends = (place for place, low in enumerate(words, first) if low in ("of", "worth", "at"))
            last = next(ends, last)
        for chunk in range(layers.chunk_at(first) + 2, layers.chunk_at(last) + 1):
            end = layers.extent(chunk)[1]
            again = layers.tags[end] == "M" or self.is_word(end, "rest")
            if again and self.row[chunk - 1] in "yc":
                last = layers.extent(chunk - 1 - self.row.startswith("yc", chunk - 2))[0] - 1
                break  # "spent £1m on nurses, £2m on beds"
        trimmed = layers.trimmed(first, last)
        if trimmed is None or (trimmed[0] == last and self.is_word(last, "nobody")):
            return None
        chunk = layers.chunk_at(trimmed[0])
        if self.row[chunk] in "qdr" and chunk == layers.chunk_at(last):
            return None
        return self._without_period(self._with_owner(first, trimmed[0]), last)

    def _with_owner(self, floor: int, first: int) -> int:
        """Return *first*, or the possessive or "each" in front that a value keeps."""
        while first > floor and (
            self.is_word(first - 1, "kept") or self.layers.low[first - 1].endswith(("'s", "s'"))
        ):
            first -= 1
        return first

    def _without_period(self, first: int, last: int) -> Range:
        layers = self.layers
        while period := self.periods.within(last, last):
            begin = self.periods.tokens(period)[0]
            # A rate or a last day belongs to what is done: "to open three hubs by 2026".
            rate = period.text.partition(" ")[0] in ("each", "every", "per", "by")
            object_ = self.row[layers.chunk_at(begin) - 1] in "vIGEB"  # "to cover its first year"
            if begin <= first or rate or (object_ and layers.low[begin - 1] in ("its", "their")):
                break
            last = begin - 1
            while last > first and layers.tags[last] in "PDK":
                last -= 1
        return first, last

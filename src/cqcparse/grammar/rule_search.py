"""Rule search: where the rules of a book match, each looked for by one of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from cqcparse.grammar.compiled_tables import unpacking
from cqcparse.grammar.found_phrases import Rule

#: Place of the rule in the book, the rule, first and last token, head.
Match = tuple[int, Rule, int, int, int]

#: More words with other words around them are forgotten at this number.
_MOST_TRIES = 1 << 16


class RuleSearch:
    """Finds where rules match in a document, each word of which is one character.

    Args:
        rules: The rules, in the order of their book.
        table: Of its compiled table ``patterns`` and ``sets``.
    """

    def __init__(self, rules: Sequence[Rule], table: Mapping[str, Any]) -> None:
        sets = unpacking(table["sets"])
        #: The rules by the characters of the word that they are looked for by.
        self._by_head: dict[str, list[_Way]] = {}
        for order, (rule, pattern) in enumerate(zip(rules, table["patterns"], strict=True)):
            way = _Way(order, rule, pattern, sets)
            for char in pattern["heads"]:
                self._by_head.setdefault(char, []).append(way)
        #: The rules that may stand around a word, by its character and those next to it.
        self._tries: dict[str, tuple[_Way, ...]] = {}

    def matches(self, line: str) -> Iterator[Match]:
        """Yield every match of every rule; they may overlap.

        Args:
            line: The characters of the document, behind one more.
        """
        reverse, size, tries = line[::-1], len(line), self._tries
        #: Where the last match of each rule that names no head ends: they do not overlap.
        ends: dict[int, int] = {}
        for head in [place for place, char in enumerate(line) if char in self._by_head]:
            near = line[head - 1 : head + 2]
            ways = tries.get(near)
            for way in self._near(near) if ways is None else ways:
                front = way.front.match(reverse, size - head)
                if front is None:
                    continue
                if way.is_free and head < ends.get(way.order, 0):
                    continue
                found = way.around(line, head, front)
                if found is None:
                    continue
                first, last, end = found
                if way.is_free:
                    ends[way.order] = end
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
        #: Whether it names no word to be looked for by.
        self.is_free: bool = around["is_free"]

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

    def around(self, line: str, head: int, front: re.Match[str]) -> tuple[int, int, int] | None:
        """Return the first and last word of the mention, and the end of the head, or None.

        Args:
            line: The text.
            head: Where the head begins.
            front: What stands in front of it.
        """
        whole, end = None, head + 1
        if self.whole is not None:
            whole = self.whole.match(line, head)
            if whole is None:
                return None
            end = whole.end()
        behind = self.behind.match(line, end)
        if behind is None:
            return None
        if "mention" in front.re.groupindex:
            size = len(line)
            return size - front.end("mention"), size - front.start("mention") - 1, end
        for part in (behind, whole):
            if part is not None and "mention" in part.re.groupindex:
                return part.start("mention"), part.end("mention") - 1, end
        return len(line) - front.end(), behind.end() - 1, end

    def may_stand(self, before: str, after: str) -> bool:
        """Return whether the characters right in front and behind do not rule it out."""
        fronts, ends = self._around["before"], self._around["after"]
        return (fronts is None or before in fronts) and (ends is None or after in ends)

    def _long(self, part: str) -> re.Pattern[str]:
        return re.compile(self._around[part].translate(self._sets))

"""Rule search: where the rules of a book match, most of them looked for by one of their words."""

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
        table: Of its compiled table ``patterns``, ``heads`` and ``sets``.
    """

    def __init__(self, rules: Sequence[Rule], table: Mapping[str, Any]) -> None:
        sets = unpacking(table["sets"])
        #: Rules that are looked for by a word, by the characters of that word; and the others.
        self._by_head: dict[str, list[_Way]] = {}
        self._others: list[tuple[int, Rule, re.Pattern[str]]] = []
        for order, (rule, pattern) in enumerate(zip(rules, table["patterns"], strict=True)):
            if isinstance(pattern, str):
                self._others.append((order, rule, re.compile(pattern.translate(sets))))
                continue
            way = _Way(order, rule, pattern, sets)
            for char in pattern["heads"]:
                self._by_head.setdefault(char, []).append(way)
        self._heads = re.compile(table["heads"])
        #: The rules that may stand around a word, by its character and those next to it.
        self._tries: dict[str, tuple[_Way, ...]] = {}

    def matches(self, line: str) -> Iterator[Match]:
        """Yield every match of every rule; they may overlap.

        Args:
            line: The characters of the document, behind one more.
        """
        yield from self._outwards(line)
        for order, rule, pattern in self._others:
            for match in pattern.finditer(line, 1):
                first, behind = match.span("mention")
                yield order, rule, first - 1, behind - 2, behind - 2

    def _outwards(self, line: str) -> Iterator[Match]:
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

"""Which line of a text is which line of a profile, however it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import attrs

from cqcparse.model.sections import Role

LineKind: TypeAlias = Literal["statement", "heading", "topic", "theme", "furniture", "notice"]

#: Longest line that is compared, in code points; no heading is longer.
MAX_LINE = 200

_WORD = re.compile(r"[^\W_]+")
_LITERAL = re.compile(r"[^\W_]+|©")
_SLOT = re.compile(r"\{[a-z_]+\}")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`")
_NAME_WORD = r"[A-Z][\w.'’&-]*"
_ANY = r"\S(?:.{0,150}?\S)?"
#: What a slot stands for, where that is not just any words.
_SLOTS = {
    "{authority}": rf"(?-i:(?:[Tt]he\s+)?{_NAME_WORD},?"
    rf"(?:\s+(?:of|and|upon|on|the|with|in|by|le|under|&|{_NAME_WORD}),?){{0,9}})",
    "{n}": r"\d{1,4}",
    "{m}": r"\d{1,4}",
    "{year}": r"\d{4}",
}
#: Shortest word whose final "s" is taken for a plural.
_MIN_PLURAL = 4


@attrs.frozen(kw_only=True)
class KnownLine:
    """A line that the profile knows."""

    kind: LineKind
    #: Id of the statement, heading, topic or theme.
    id: str
    #: Role of the section it opens.
    role: Role
    #: Id of the statement a topic belongs to.
    statement: str | None = None
    #: Whether it counts only as the first line of a document.
    at_start: bool = False


@attrs.frozen
class _Template:
    """A title with slots, such as ``{authority}: local authority assessment``."""

    line: KnownLine
    pattern: re.Pattern[str]


@attrs.frozen(eq=False, repr=False)
class HeadingMatcher:
    """Compares printed lines with the titles of one profile."""

    _ignore: frozenset[str]
    _same: dict[str, str]
    _label: re.Pattern[str] | None
    _titles: dict[str, KnownLine]
    _exact: dict[str, KnownLine]
    #: Templates by a word that every match of them begins with, or ends with.
    _templates: dict[str, list[_Template]]

    @classmethod
    def build(
        cls,
        lines: Iterable[tuple[KnownLine, str]],
        *,
        ignore: Iterable[str] = (),
        same: Iterable[Sequence[str]] = (),
        labels: Iterable[str] = (),
    ) -> HeadingMatcher:
        """Return a matcher for *lines*; of two with the same key the first wins."""
        matcher = cls(
            frozenset(ignore),
            {_singular(word): _singular(group[0]) for group in same for word in group},
            _label_pattern(tuple(labels)),
            {},
            {},
            {},
        )
        for line, title in lines:
            matcher._add(line, title)
        return matcher

    def key(self, text: str) -> str:
        """Return what is left of a line when case, punctuation, plurals and order do not count."""
        return self._key(words_of(text))

    def find(self, text: str) -> KnownLine | None:
        """Return the line of the profile that *text*, a whole line, is; None if it is none.

        Args:
            text: The line without white space around it.
        """
        if len(text) > MAX_LINE:
            return None
        if exact := self._exact.get(text):
            return exact
        words = words_of(text)
        return (
            self._titles.get(self._key(words))
            or self._find_template(text, words)
            or self._find_labelled(text)
        )

    def find_title(self, text: str) -> KnownLine | None:
        """Return the line whose title *text* is; titles with slots are not tried."""
        if len(text) > MAX_LINE:
            return None
        return self._exact.get(text) or self._titles.get(self.key(text))

    def slot(self, text: str) -> tuple[int, int] | None:
        """Return where the first slot of the matching template stands in *text*."""
        match = self._match_template(text, words_of(text))
        return None if match is None else match[1].span(1)

    def _key(self, words: Iterable[str]) -> str:
        same, ignore = self._same, self._ignore
        kept = (_singular(word) for word in words if word not in ignore)
        return " ".join(sorted(same.get(word, word) for word in kept))

    def _add(self, line: KnownLine, title: str) -> None:
        if not _SLOT.search(title):
            self._exact.setdefault(title, line)
            self._titles.setdefault(self.key(title), line)
            return
        template = _Template(line, _template_pattern(title))
        for word in _anchor(title):
            self._templates.setdefault(word, []).append(template)

    def _find_labelled(self, text: str) -> KnownLine | None:
        """Return the line that *text* is when a label such as ``Theme 1:`` is taken off."""
        if self._label is None or (label := self._label.match(text)) is None:
            return None
        rest = text[label.end() :]
        words = words_of(rest)
        return self._titles.get(self._key(words)) or self._find_template(rest, words)

    def _find_template(self, text: str, words: Sequence[str]) -> KnownLine | None:
        match = self._match_template(text, words)
        return None if match is None else match[0].line

    def _match_template(
        self, text: str, words: Sequence[str]
    ) -> tuple[_Template, re.Match[str]] | None:
        if not words or len(text) > MAX_LINE:
            return None
        for word in (words[0], words[-1]):
            for template in self._templates.get(word, ()):
                if match := template.pattern.fullmatch(text):
                    return template, match
        return None


def words_of(text: str) -> list[str]:
    """Return the words of *text* in lower case, apostrophes dropped and ``&`` read as "and"."""
    low = text.lower().translate(_APOSTROPHES)
    return _WORD.findall(low.replace("&", " and ") if "&" in low else low)


def _singular(word: str) -> str:
    if len(word) < _MIN_PLURAL or word[-1] != "s" or word[-2] == "s":
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what matches a label or a number in front of a title; None without labels."""
    if not labels:
        return None
    choices = "|".join(re.escape(label) for label in labels)
    return re.compile(
        rf"\W*(?:(?:{choices})\b\W*(?:\d{{1,2}}\b)?|\d{{1,2}}[.):])\W*", re.IGNORECASE
    )


def _template_pattern(title: str) -> re.Pattern[str]:
    """Return a pattern for a title with slots; it is only tried on lines of limited length."""
    literals = _SLOT.split(title)
    slots = _SLOT.findall(title)
    parts = [_literal_pattern(literals[0])]
    for slot, literal in zip(slots, literals[1:], strict=True):
        parts += [f"({_SLOTS.get(slot, _ANY)})", _literal_pattern(literal)]
    return re.compile(r"\W*?" + r"[\W_]*".join(parts) + r"\W*", re.IGNORECASE | re.DOTALL)


def _literal_pattern(literal: str) -> str:
    return r"[\W_]*".join(re.escape(word) for word in _LITERAL.findall(literal))


def _anchor(title: str) -> tuple[str, ...]:
    """Return the words one of which begins or ends every line that the template matches."""
    literals = _SLOT.split(title)
    first, last = words_of(literals[0]), words_of(literals[-1])
    if first:
        return (first[0],)
    return (last[-1],) if last else ()

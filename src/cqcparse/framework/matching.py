"""Which line of a text is which line of a profile, however it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, TypeAlias

import attrs

from cqcparse.framework.spelling import corrected, likest
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
#: A number or a letter that numbers a title: "5.", "5.0", "(e)", "iv)".
_NUMBERING = r"\d{1,2}(?:\.\d{1,2}){0,3}(?![\d,])|(?:[a-z]|[ivx]{1,4})(?=[.):\]])"
#: Most lines that a title is wrapped over.
MAX_WRAPPED = 3
#: Fewest letters of the first words of a title that may stand for it.
_MIN_BEGINNING = 6
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


@attrs.frozen(kw_only=True)
class NearLine:
    """A line that is nearly one that the profile knows."""

    known: KnownLine
    #: The title it is taken for.
    title: str


@attrs.frozen
class _Template:
    """A title with slots, such as ``{authority}: local authority assessment``."""

    line: KnownLine
    title: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches it; few lines begin or end so that it is tried."""
        return _template_pattern(self.title)


@attrs.frozen(eq=False, repr=False)
class HeadingMatcher:
    """Compares printed lines with the titles of one profile."""

    _ignore: frozenset[str]
    _same: dict[str, str]
    _label: re.Pattern[str] | None
    _titles: dict[str, KnownLine]
    _exact: dict[str, KnownLine]
    #: The titles without slots by their keys, and all words of those.
    _printed: dict[str, str]
    _vocabulary: set[str]
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
            set(),
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

    def find_wrapped(self, lines: Sequence[str]) -> KnownLine | None:
        """Return the line that consecutive *lines* are together, if none of them is one itself."""
        words = [word for line in lines for word in words_of(line)]
        known = self._titles.get(self._key(self._unlabelled(" ".join(lines)))) or self._titles.get(
            self._key(words)
        )
        return None if known is None or any(map(self.find, lines)) else known

    def may_be_part(self, text: str) -> bool:
        """Return whether all words of *text* are words of titles, and it is not one itself."""
        last = text.rpartition(" ")[2].strip(",&-–—").lower()
        if text in self._exact or (last and last not in self._vocabulary):
            return False
        words = words_of(text)
        if not words or words[-1] not in self._vocabulary:
            return False
        return self._vocabulary.issuperset(words) or self._vocabulary.issuperset(
            self._unlabelled(text)
        )

    def find_near(self, text: str) -> NearLine | None:
        """Return the line that *text* is but for a misspelt word or two; None if it is none."""
        if sum(word in self._vocabulary for word in words_of(text)) * 3 < text.count(" "):
            return None  # far from any title: most lines are
        words = corrected(self._unlabelled(text), self._vocabulary)
        return self._near(self._key(words)) if words else None

    def find_statement(self, text: str) -> NearLine | None:
        """Return the only statement that the name *text*, which is none, may stand for.

        It has the first words of the title, or is spelt nearly like it: for a line that must be the
        name of some statement, such as the one above a score.
        """
        words = self._unlabelled(text)
        titles = {
            key: words_of(self._printed[key])
            for key, line in self._titles.items()
            if line.kind == "statement"
        }
        found = {
            self._titles[key].id: key
            for key, title in titles.items()
            if sum(map(len, words)) >= _MIN_BEGINNING and _begins(title, words)
        }
        if len(found) == 1:
            return self._near(*found.values())
        nearest = likest(" ".join(words), {key: " ".join(title) for key, title in titles.items()})
        ids = {self._titles[key].id for key in nearest}
        return self._near(nearest[0]) if len(ids) == 1 else None

    def _near(self, key: str) -> NearLine | None:
        known = self._titles.get(key)
        if known is None:
            return None
        official = next(key for key, line in self._titles.items() if line is known)
        return NearLine(known=known, title=self._printed[official])

    def _unlabelled(self, text: str) -> list[str]:
        """Return the words of a line behind its label or number."""
        label = self._label.match(text) if self._label else None
        return words_of(text[label.end() :] if label else text)

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
            self._printed.setdefault(self.key(title), title)
            self._vocabulary.update(words_of(title))
            return
        template = _Template(line, title)
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


def _begins(title: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether a title has *words* as its first, singular or plural."""
    return [*map(_singular, title[: len(words)])] == [*map(_singular, words)]


def _singular(word: str) -> str:
    if len(word) < _MIN_PLURAL or word[-1] != "s" or word[-2] == "s":
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str] | None:
    """Return what matches a label or a number in front of a title; None without labels."""
    if not labels:
        return None
    choices = "|".join(re.escape(label) for label in labels)
    count = r"(?:\W{0,3}(?:of|/)\W{0,3}\d{1,2})?"
    label = rf"(?:{choices})(?:\W*\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}{count})?(?![^\W_])"
    return re.compile(rf"\W*(?:{label}|{_NUMBERING})\W*", re.IGNORECASE)


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

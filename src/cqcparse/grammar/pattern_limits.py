"""Which patterns of lexicons and plugins are run over reports: those bounded in size and time."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from time import process_time

import attrs
import regex

#: Seconds of processor time that a pattern may take on one paragraph, or to be tried out.
FUSE = 1.0

_MAX_LENGTH = 1_000  # characters of a pattern
_MAX_DEPTH = 30  # groups within each other
_MAX_SIZE = 10_000  # parts, counted as often as they are repeated
#: Of the text on which a pattern is tried: few enough for the cube of it to take no time, and
#: enough for time that doubles with each repeat to have no end.
_CHARACTERS = 100
_REPEATS = 30
_MAX_TEXTS = 60
_END = "\n\0\n"  # behind the repeats, what most patterns do not go on in
_PART = (
    r"(?P<flags>\(\?(?:P=\w+|\#[^)]*|[a-zA-Z0-9-]+)\))"
    r"|(?P<open>\((?:\?(?:P?<(?![=!])\w+>|<?[=!]|[:>|]|\(\w+\)|[a-zA-Z0-9-]*:))?)"
    r"|(?P<close>\))"
    r"|(?P<bar>\|)"
    r"|(?P<repeat>(?:[*+?]|\{(?=[\d,])(?P<low>\d*)(?P<to>,(?P<high>\d*))?\})[?+]?)"
    r"|(?P<atom>\\(?:x..|u.{4}|U.{8}|N\{[^}]*\}|p\{[^}]*\}|.)|\[\^?\]?(?:[^\]\\]|\\.)*\]|.)"
)
_ASIDE = ("(?=", "(?!", "(?<=", "(?<!")
#: Characters of many kinds, of which a class takes some.
_SAMPLES = "aZ0 _\n\t-–'’“£&.,;:!?()/é²\u00a0\u4e00"


def find_flaw(pattern: str) -> str | None:
    r"""Return why *pattern* is not to be run over reports, or None.

    A pattern is refused if it is not valid in :mod:`re`, too large, has an empty alternative,
    matches the empty text, or takes more than a second on one of some short texts that repeat
    what it is made of.

    Examples:
        >>> find_flaw(r"[A-Z]\w+(?: [A-Z]\w+)* Fund")
        >>> find_flaw("(?:a|a)+b")
        "can take catastrophic time: more than a second for 105 characters such as 'aaaaaaaa'"
        >>> find_flaw("grant||fund")
        'has an empty alternative at position 6'
    """
    if len(pattern) > _MAX_LENGTH:
        return f"has more than {_MAX_LENGTH:,} characters"
    shape = shape_of(pattern)
    if shape.flaw is not None:
        return shape.flaw
    with warnings.catch_warnings():
        # A set that a later Python may read otherwise is judged as this one reads it.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            re.compile(pattern)
            compiled = regex.compile(pattern)
        except (regex.error, re.error, OverflowError, RecursionError) as error:
            return f"is not a valid pattern: {error}"
    return _flaw_of_matching(compiled, shape)


def _flaw_of_matching(compiled: regex.Pattern[str], shape: Shape) -> str | None:
    """Return what is wrong with the way a pattern matches, or None."""
    end = process_time() + FUSE
    for unit, text in (("", ""), *shape.hard_texts()):
        left = max(end - process_time(), 0.001)
        try:
            for match in compiled.finditer(text, timeout=left):
                if not match.group():
                    return "matches the empty text"
        except TimeoutError:
            return (
                f"can take catastrophic time: more than a second for {len(text)} characters such "
                f"as {unit * (8 // len(unit) or 1)!r:.40}"
            )
    return None


@attrs.define
class _Group:
    """A group that is open: what is read of it."""

    start: str
    is_aside: bool = False
    #: Texts of the alternatives so far, with all parts once and without those that may be left out.
    alternatives: list[tuple[str, str]] = attrs.field(factory=list)
    current: str = ""
    least: str = ""
    #: The same before the last part, and some of what that takes if it is a character or class.
    before: str = ""
    least_before: str = ""
    taken: str = ""
    characters: str = ""
    is_empty: bool = True
    size: int = 0
    last: int = 0


@attrs.frozen
class Shape:
    """What a pattern is made of, as far as one walk over it tells."""

    #: What is wrong with it, or None.
    flaw: str | None
    #: Texts that it may match, each with what may come before it.
    repeats: tuple[tuple[str, str], ...]
    #: A text that it may match as a whole.
    sample: str

    def hard_texts(self, times: int = 1) -> Iterator[tuple[str, str]]:
        """Yield short texts that may take long, each with what is repeated in it.

        Args:
            times: How many times as often it is repeated as for a trial.
        """
        for before, unit in self.repeats[:_MAX_TEXTS]:
            repeats = times * max(_REPEATS, _CHARACTERS // len(unit))
            yield unit, before + unit * repeats + _END + self.sample


def shape_of(pattern: str) -> Shape:
    """Return what a pattern is made of; it need not be valid."""
    walk = _Walk()
    for token in re.finditer(_PART, pattern, re.DOTALL):
        walk.read(token)
    return walk.shape(len(pattern))


class _Walk:
    """Goes once over a pattern, from token to token."""

    def __init__(self) -> None:
        self._flaw: str | None = None
        self._groups = [_Group("")]
        self._of_groups: dict[tuple[str, str], None] = {}
        self._of_characters: dict[tuple[str, str], None] = {}

    def read(self, token: re.Match[str]) -> None:
        """Read the next token."""
        group = self._groups[-1]
        kind = token.lastgroup
        if kind == "open":
            before = group.start + group.current
            self._groups.append(_Group(before, is_aside=token[0] in _ASIDE))
            if len(self._groups) > _MAX_DEPTH:
                self._flaw = self._flaw or f"has groups nested more than {_MAX_DEPTH} deep"
        elif kind == "close" and len(self._groups) > 1:
            self._look_for_empty(token.start())
            self._end()
        elif kind == "bar":
            self._look_for_empty(token.start(), at_bar=True)
            group.alternatives.append((group.current, group.least))
            group.current = group.least = group.taken = ""
            group.is_empty = True
        elif kind == "repeat":
            group.size += group.last * (_times(token) - 1)
            if token[0][0] in "*?" or token["low"] in {"", "0"}:
                group.least = group.least_before
            for character in group.taken:
                self._of_characters[group.before, character] = None
        elif kind == "atom":
            self._add(group, token[0])

    def shape(self, end: int) -> Shape:
        """Return what has been read, at the end of the pattern."""
        self._look_for_empty(end)
        while len(self._groups) > 1:
            self._end()
        self._groups.insert(0, _Group(""))
        self._end()
        whole = self._groups[0]
        if whole.size > _MAX_SIZE:
            problem = f"repeats its parts up to {whole.size:.3g} times: at most {_MAX_SIZE:,} go"
            self._flaw = self._flaw or problem
        return Shape(self._flaw, (*self._of_groups, *self._of_characters), whole.current)

    def _add(self, group: _Group, atom: str) -> None:
        """Add a character, escape or class to a group."""
        if atom == "{":
            problem = r"has a { that begins no number of repeats: write \{ for the sign"
            self._flaw = self._flaw or problem
        group.before, group.taken = group.start + group.current, _taken_by(atom)
        group.characters = "".join(dict.fromkeys(group.characters + group.taken))
        group.current += group.taken[:1]
        group.least_before = group.least
        group.least += group.taken[:1]
        group.is_empty = False
        group.last = 1
        group.size += 1

    def _end(self) -> None:
        """Close a group: what it may match can be repeated, each alternative and all of them."""
        group = self._groups.pop()
        around = self._groups[-1]
        texts, least = zip(*group.alternatives, (group.current, group.least), strict=True)
        for unit in (*texts, *least, "".join(texts), *group.characters):
            if unit:
                self._of_groups[group.start, unit] = None
        around.last = group.size
        around.size += group.size
        around.taken, around.is_empty = "", False
        if not group.is_aside:
            around.current += texts[0]
            around.least_before = around.least
            around.least += least[0]
            around.characters = "".join(dict.fromkeys(around.characters + group.characters))

    def _look_for_empty(self, place: int, *, at_bar: bool = False) -> None:
        group = self._groups[-1]
        if group.is_empty and (group.alternatives or at_bar):
            self._flaw = self._flaw or f"has an empty alternative at position {place}"


def _times(token: re.Match[str]) -> int:
    """Return by how much a quantifier makes what it repeats larger."""
    numbers = [int(text[:9]) for text in (token["low"], token["high"]) if text]
    return max([1, *numbers])


@lru_cache(maxsize=500)
def _taken_by(atom: str) -> str:
    """Return some characters that a character, escape or class takes."""
    if len(atom) == 1 and atom not in ".^$":
        return atom
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            one = regex.compile(atom)
        except (regex.error, OverflowError):
            return ""
    found = [c for c in dict.fromkeys(_SAMPLES + atom) if one.fullmatch(c)]
    return "".join(found[:3])

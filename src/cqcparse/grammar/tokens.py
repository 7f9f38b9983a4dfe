"""Tokens: the words of a paragraph with their places and word classes."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, chain, zip_longest
from operator import add
from typing import TypeAlias

from cqcparse.grammar.print_faults import FAULT, POINTED, mended
from cqcparse.grammar.vocabulary import lower
from cqcparse.model.spans import Span

#: Word classes, one letter each, as they stand in :attr:`Tokens.tags`.
CLASSES = {
    "D": "article, determiner or possessive pronoun",
    "Q": "vague quantifier",
    "J": "word of status or judgement",
    "P": "preposition",
    "C": "and, or, &",
    "K": "other conjunction or adverb",
    "R": "pronoun",
    "X": "auxiliary",
    "V": "verb",
    "N": "noun or adjective that may stand in front of a head",
    "W": "capitalised word",
    "S": "possessive",
    "#": "number",
    "L": "length or frequency, such as 6-week",
    "M": "sum of money or percentage",
    "T": "month, season or year",
    ",": "comma",
    ".": "end of a sentence, or other punctuation",
    "(": "opening bracket",
    ")": "closing bracket",
}

# Plain words stand first: they are nine tokens in ten, and the rest of the pattern is dear.
_TOKEN = re.compile(
    r"[a-z]+(?![\w'/&-])"
    r"|[,.()]"
    r"|[a-z]\w*(?:['/&-][^\W_]\w*)*(?:(?<=s)'(?=\s+\w))?"
    r"|[£$€]\d[\d,.]*(?<=\d)\w*[-–][£$€]?\d[\d,.]*(?<=\d)\w*"  # a range of sums
    r"|[£$€]?\d[\d,.]*(?<=\d)(?:[-–/]\d[\d,.]*(?<=\d))*(?:%|\w+)?(?:-\w+)*"
    r"|[^\W_]\w*(?:['/&-][^\W_]\w*)*"
    r"|[^\s\w]|_+"
)
_LENGTH = re.compile(
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)"
    r"-(?:hour|day|night|week|month|year)s?"
)
_NUMBER = re.compile(r"\d[\d,.]*")
_MONEY = re.compile(r"[£$€].*|.*%|\d[\d.,]*(?:m|bn|k|p)")
_YEAR = re.compile(
    r"(?:19|20)\d\d(?:[-–/]\d{2,4})?|\d{1,2}([./-])\d{1,2}\1(?:\d\d)?\d\d|"
    + "|".join(f"{year}[/–-]{year + 1}" for year in range(10, 50))
)
_PUNCTUATION = {",": ",", "(": "(", ")": ")", "[": "(", "]": ")", "&": "C"}


class Tokens:
    """The tokens of one stretch of text, as parallel lists.

    Args:
        text: The text of the document.
        start: First offset to read, in code points.
        end: Offset to stop before.
    """

    __slots__ = ("caps", "ends", "keys", "low", "starts", "tags", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        piece = text[start:end]
        chunks = piece.split()
        groups = _read_all(chunks, owned=any(mark in piece for mark in _APOSTROPHES))
        words = list(chain.from_iterable(groups))
        # Columns are made by C loops: a paragraph is read several times faster than word by word.
        low, steps, sizes, caps, tags, keys = zip(*words, strict=True) if words else ((),) * 6
        self.text = text
        #: The tokens in lower case, with plain apostrophes and hyphens.
        self.low: list[str] = list(low)
        # Offsets are kept in arrays: as lists they would take more room than all else together.
        #: Offset of the first code point of each token.
        self.starts: array[int]
        if sum(steps) == end - start + 1:  # one space between all chunks, and none around them
            self.starts = array("q", accumulate(steps[:-1], initial=start))
        else:
            places = _places(text, chunks, start)
            self.starts = array(
                "q",
                (
                    place + first
                    for place, group in zip(places, groups, strict=True)
                    for first in accumulate((step for _, step, *_ in group[:-1]), initial=0)
                ),
            )
        #: Offset past the last code point of each token.
        self.ends: array[int] = array("q", map(add, self.starts, sizes))
        #: Whether each token starts with a capital.
        self.caps: list[bool] = list(caps)
        #: The class of each token; see ``CLASSES``.
        self.tags: list[str] = list(tags)
        #: What a grammar looks up of each token: its class; 2 if it is all capitals, 1 if it begins
        #: with one, else 0; the word.
        self.keys: list[str] = list(keys)
        for index, tag in enumerate(tags):
            if tag in "aegbs":
                self.tags[index] = decided = _resolve(self, self.tags, index, tag)
                self.keys[index] = decided + self.keys[index][1:]

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.low)

    def span(self, first: int, last: int) -> Span:
        """Return the span from token *first* to token *last*, both included."""
        return Span(self.starts[first], self.ends[last])

    def word(self, index: int) -> str:
        """Return the token at *index* as it is printed."""
        return self.text[self.starts[index] : self.ends[index]]


#: One token: in lower case; code points from its start to the next one's, its length, whether it
#: starts with a capital, its class, which for some is still to be decided by the neighbours, and
#: class, capital and word in one string.
_Word: TypeAlias = tuple[str, int, int, bool, str, str]

#: Longer stretches without white space are no words, and not remembered.
_LONGEST = 40


def _read_all(chunks: list[str], *, owned: bool) -> list[tuple[_Word, ...]]:
    """Return the tokens of each of *chunks*, the stretches of a text between white space.

    Args:
        chunks: In order.
        owned: Whether there is an apostrophe in them.
    """
    if owned:
        # Whether an apostrophe behind an s is a possessive depends on a word behind it.
        chunks = [
            f"{chunk} w" if chunk[-1] in _APOSTROPHES and _opens_word(behind) else chunk
            for chunk, behind in zip_longest(chunks, chunks[1:], fillvalue=" ")
        ]
    if max(map(len, chunks), default=0) > _LONGEST:
        return [_known(chunk) if len(chunk) <= _LONGEST else _read(chunk) for chunk in chunks]
    return list(map(_known, chunks))


def _opens_word(chunk: str) -> bool:
    return chunk[0].isalnum() or chunk[0] == "_"


def _read(chunk: str) -> tuple[_Word, ...]:
    """Return the tokens of *chunk*; of what follows a space in it only the fact is read."""
    printed = chunk.partition(" ")[0]
    plain = printed.isascii() and printed.isalpha()
    if printed in POINTED or not (plain or FAULT.search(printed) is None):
        meant, places = mended(printed)
    else:
        meant, places = printed, [*range(len(printed) + 1)]
    found, starts = _found(meant + chunk[len(printed) :], meant)
    if not found:  # nothing in it can be seen
        return ((printed, len(printed) + 1, len(printed), False, ".", f".0{printed}"),)
    starts[0] = 0
    return tuple(
        (low, behind - place, end - place, capital, tag, f"{tag}{capital + upper:d}{low}")
        for low, first, behind in zip(
            found, starts, (*(places[start] for start in starts[1:]), len(printed) + 1), strict=True
        )
        for place, end in [(places[first], places[first + len(low)])]
        for capital in [meant[first].isupper()]
        for upper in [len(low) > 1 and meant[first : first + len(low)].isupper()]
        for tag in [raw_class(low, capital)]
    )


def _found(chunk: str, printed: str) -> tuple[list[str], list[int]]:
    """Return the tokens of the *printed* part of a chunk in lower case, and their places."""
    folded = lower(chunk).translate(_PLAIN)
    found = _TOKEN.findall(folded)
    if len(printed) < len(chunk):
        found.pop()
    return found, _places(folded, found, 0)


def raw_class(low: str, capital: bool) -> str:  # noqa: FBT001 - each is what it says
    """Return the class of a word by itself; one in small letters is decided by its neighbours."""
    return _classes().get(low) or _shape(low, capital)


#: Words come again and again: in a report each one stands five times, and most in every report.
_known = lru_cache(maxsize=1 << 16)(_read)


def _places(text: str, parts: list[str], start: int) -> list[int]:
    """Return where each of *parts*, in order, stands in *text* from *start* on."""
    places: list[int] = []
    position = start
    for part in parts:
        position = text.index(part, position)
        places.append(position)
        position += len(part)
    return places


def _shape(low: str, capital: bool) -> str:  # noqa: FBT001 - each is what it says
    """Return the class that the form of an unknown word suggests."""
    first = low[0]
    if not first.isalnum():
        return "M" if len(low) > 1 else _PUNCTUATION.get(low, ".")
    if first.isdigit():
        return _numeric(low)
    if "-" in low and _LENGTH.fullmatch(low):
        return "L"
    if low.endswith(("'s", "s'")):
        return "S" if capital else "D"
    return "W" if capital else _suffix(low)


def _numeric(low: str) -> str:
    if _LENGTH.fullmatch(low):
        return "L"
    if _MONEY.fullmatch(low):
        return "M"
    if _YEAR.fullmatch(low):
        return "T"
    return "#" if _NUMBER.fullmatch(low) else "N"


def _suffix(low: str) -> str:
    """Return the class that the ending of an unknown lower-case word suggests."""
    if low.endswith("ly") and not low.endswith(("family", "elderly", "monthly", "assembly")):
        return "K"
    if low.startswith("well-") and low.endswith(("ed", "run", "known")):
        return "J"
    if low.endswith("ed") and len(low) > 4 and not low.endswith(("eed", "shed", "sped")):
        return "e"
    return "N"


def _resolve(tokens: Tokens, tags: list[str], index: int, tag: str) -> str:
    """Decide whether an ambiguous form is a verb here, by its neighbours."""
    before = tags[index - 1] if index else "."
    after = tags[index + 1] if index + 1 < len(tags) else "."
    previous = tokens.low[index - 1] if index else ""
    if tag == "b":
        if tokens.caps[index] and before != ".":
            return "N"  # "a grant to Mind"
        return _base(tags, index, before, after, previous)
    if tag == "s":
        acts = before == "R" or (before == "K" and after in "DR")
        told = after in "#M" or tokens.low[index + 1 : index + 2] in _ARTICLES
        return "V" if acts or (before in "NW" and told) else "N"
    if tag == "g":
        return "N" if before in "DJ" and after in _MODIFIED and previous != "another" else "V"
    if before == "K" and index > 1 and tags[index - 2] in "XR":
        return "V"
    if tag == "a":
        return _fixed_participle(before, after, previous)
    if after not in _MODIFIED or (before == "D" and previous in _SUBJECTS):
        return "V"
    if before in _MODIFYING or (tokens.caps[index] and before != "."):
        return "N"
    return "N" if before == "C" and "V" not in tags[max(index - 8, 0) : index] else "V"


def _base(tags: list[str], index: int, before: str, after: str, previous: str) -> str:
    """Decide about a base form that is as often a noun: "support", "plan"."""
    if before in "RX" or previous in _VERB_MAKERS:
        return "V"
    if before == "," and _in_list(tags, index) and after in "DNWJ#LM":
        return "V"
    if before in "C," and index > 2 and tags[index - 2] in "NWV":
        return "V" if after == "D" and "V" in tags[max(index - 6, 0) : index] else "N"
    many = previous.endswith("s") or previous in _MANY
    return "V" if before == "N" and many and after in "DRQ" else "N"


def _in_list(tags: list[str], index: int) -> bool:
    """Return whether two verbs stand in front, so that a third may: "to buy beds, fund a nurse"."""
    front = tags[max(index - 12, 0) : index]
    return front.count("V") > 1 and front.count(",") > 1 and "." not in front


def _fixed_participle(before: str, after: str, previous: str) -> str:
    """Decide about an -ed form that is a fixed adjective unless somebody does it."""
    if before in "RX" or after not in _MODIFIED:
        return "V"
    return "V" if before in "NW" and _may_act(previous) else "N"


#: Determiners that are as often the subject of the verb behind them.
_SUBJECTS = frozenset(("this", "that", "which", "these", "those"))
#: Classes in front of an -ed form that modifies the noun behind it, and classes it may modify.
_ARTICLES = (["the"], ["a"], ["an"], ["its"], ["their"])
_MODIFYING = frozenset("DQJ#LP(V,.")
_MODIFIED = frozenset("NWaegbs")
_PLAIN = str.maketrans("’‘‑", "''-")
_APOSTROPHES = "'’‘"
#: Nouns that are many without an s.
_MANY = frozenset(("people", "police", "children", "staff", "women", "men"))
_VERB_MAKERS = frozenset(("to", "not", "and/or", "who", "which", "also", "jointly", "they", "we"))


@cache
def word_list(group: str, name: str) -> frozenset[str]:
    """Return a list of the word classes file.

    Args:
        group: Name of the table, such as ``noun``.
        name: Name of the list in it.
    """
    return frozenset(_words()[group][name].split())


def shared_words() -> dict[str, frozenset[str]]:
    """Return the lists about nouns and clauses of the word classes file, by name."""
    words = _words()
    return {name: frozenset(row.split()) for group in ("noun", "clause", "possessive", "participle")
            for name, row in words[group].items()}  # fmt: skip


@cache
def _words() -> dict[str, dict[str, str]]:
    import tomllib  # noqa: PLC0415 - not for ``import cqcparse``
    from importlib.resources import files  # noqa: PLC0415 - likewise

    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))


def _may_act(word: str) -> bool:
    """Return whether *word* is a noun that a verb may follow, rather than a modifier."""
    return word.endswith("s") or word in word_list("noun", "actors")


@cache
def _classes() -> dict[str, str]:
    """Return the class of every known word; lower-case letters are still to be decided."""
    words = _words()
    classes: dict[str, str] = {}
    ambiguous = set(words["verb"]["noun"].split())
    for base in words["verb"]["only"].split():
        if base not in ambiguous:
            classes |= dict.fromkeys(("v", base, third_person(base)), "V")
            classes[gerund(base)] = "g"
        classes.setdefault(past(base), "e")
    for base in ambiguous:
        classes[base] = "b"
        classes[third_person(base)] = "s"
        classes[gerund(base)] = "g"
        classes[past(base)] = "e"
    classes |= dict.fromkeys(words["verb"]["past"].split(), "V")
    for word in words["participle"]["adjective"].split():
        done = word.endswith("ed") or word == "paid"
        classes[word] = "a" if done and "-" not in word else "N"
    classes |= dict.fromkeys(words["participle"]["gerund"].split(), "N")
    for name, tag in _CLOSED.items():
        classes |= dict.fromkeys(words["closed"][name].split(), tag)
    classes |= dict.fromkeys(words["possessive"]["people"].split(), "N")
    return classes


_CLOSED = {
    "determiner": "D",
    "quantifier": "Q",
    "judgement": "J",
    "preposition": "P",
    "conjunction": "C",
    "clause": "K",
    "pronoun": "R",
    "auxiliary": "X",
    "month": "T",
    "number": "#",
    "length": "L",
}


def forms(base: str) -> Iterator[str]:
    """Yield the regular forms of the verb *base*: itself, -s, -ed and -ing."""
    yield from (base, third_person(base), past(base), gerund(base))


def third_person(base: str) -> str:
    """Return the regular -s form of *base*."""
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def past(base: str) -> str:
    """Return the regular -ed form of *base*."""
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def gerund(base: str) -> str:
    """Return the regular -ing form of *base*."""
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def _doubled(base: str) -> str:
    """Return *base* with its last consonant doubled where English does so."""
    doubles = re.fullmatch(
        r"(?:[^aeiou]+[aeiou][bdgklmnprtv]|.*(?:mit|fer|cur|rol|lan|gin|pen))", base
    )
    if base.endswith(
        ("open", "offer", "suffer", "differ", "happen", "deepen", "loan", "visit", "limit")
    ):
        return base
    return base + base[-1] if doubles and base[-1] not in "wxy" else base

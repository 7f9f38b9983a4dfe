"""Tagging: the class of a word, by the word itself and by its neighbours."""

from __future__ import annotations

import re
from functools import cache

from cqcparse.grammar.inflection import gerund, past, third_person

#: Word classes by the names that rules use, one letter each, as they stand in the ``tags`` of
#: :class:`~cqcparse.grammar.Layers`.
TAGS = {
    "article": "D",  # and determiners and possessive pronouns
    "quantifier": "Q",  # vague: "some", "most"
    "judgement": "J",  # words of status or judgement
    "preposition": "P",
    "conjunction": "C",  # and, or, &
    "adverb": "K",  # and other conjunctions
    "pronoun": "R",
    "auxiliary": "X",
    "verb": "V",
    "noun": "N",  # and adjectives that may stand in front of a head
    "name": "W",  # a capitalised word
    "possessive": "S",
    "number": "#",
    "length": "L",  # length or frequency: "6-week"
    "sum": "M",  # of money, or a percentage
    "date": "T",  # month, season or year
    "comma": ",",
    "stop": ".",  # the end of a sentence, and other punctuation
    "open": "(",
    "close": ")",
}
#: Lists of closed classes that have another name than their class.
_LISTED_AS = {"determiner": "article", "clause": "adverb", "month": "date"}

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


def raw_class(low: str, capital: bool) -> str:  # noqa: FBT001 - each is what it says
    """Return the class of a word by itself; one in small letters is decided by its neighbours."""
    return listed_class(low) or _shape(low, capital)


def listed_class(low: str) -> str | None:
    """Return the class that the lists give a word, to be decided if a letter is small."""
    return _classes().get(low)


def class_between(low: list[str], caps: list[bool], tags: list[str], index: int) -> str:
    """Return whether an ambiguous form is a verb or a noun here, by its neighbours.

    Args:
        low: The tokens in lower case.
        caps: Whether each begins with a capital.
        tags: Their classes, decided up to *index*.
        index: Which one.
    """
    tag = tags[index]
    before = tags[index - 1] if index else "."
    after = tags[index + 1] if index + 1 < len(tags) else "."
    previous = low[index - 1] if index else ""
    if tag == "b":
        if caps[index] and before != ".":
            return "N"  # "a grant to Mind"
        return _base(tags, index, before, after, previous)
    if tag == "s":
        acts = before == "R" or (before == "K" and after in "DR")
        told = after in "#M" or low[index + 1 : index + 2] in _ARTICLES
        return "V" if acts or (before in "NW" and told) else "N"
    if tag == "g":
        return "N" if before in "DJ" and after in _MODIFIED and previous != "another" else "V"
    if before == "K" and index > 1 and tags[index - 2] in "XR":
        return "V"
    if tag == "a":
        return _fixed_participle(before, after, previous)
    if after not in _MODIFIED or (before == "D" and previous in _SUBJECTS):
        return "V"
    if before in _MODIFYING or (caps[index] and before != "."):
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
    many = previous.endswith("s") or previous in word_list("noun", "many")
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
    if low.endswith("ed") and len(low) > 4 and not low.endswith(("eed", "shed", "sped")):
        return "e"
    return "N"


#: Determiners that are as often the subject of the verb behind them.
_SUBJECTS = frozenset(("this", "that", "which", "these", "those"))
#: Classes in front of an -ed form that modifies the noun behind it, and classes it may modify.
_ARTICLES = (["the"], ["a"], ["an"], ["its"], ["their"])
_MODIFYING = frozenset("DQJ#LP(V,.")
_MODIFIED = frozenset("NWaegbs")
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
    from pathlib import Path  # noqa: PLC0415 - likewise

    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


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
    for name, row in words["closed"].items():
        classes |= dict.fromkeys(row.split(), TAGS[_LISTED_AS.get(name, name)])
    classes |= dict.fromkeys(words["possessive"]["people"].split(), "N")
    return classes

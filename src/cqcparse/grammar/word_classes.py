"""Word classes: which words each class of a grammar holds, worked out before any text is read.

The outcome is the table of an :class:`~cqcparse.grammar.alphabet.Alphabet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, product
from typing import Any

from cqcparse.errors import DataError
from cqcparse.grammar.alphabet import NOTHING, form_code
from cqcparse.grammar.tagging import TAGS, raw_class

#: Forms whose class their neighbours may decide: each is a noun here and a verb there.
_AMBIGUOUS = "aegbsN"
#: Classes that are made of each other, from the first to the last.
_MAX_CHAIN = 30
_KINDS = ("word", "tag", "mark", "start", "end", "entry", "type", "ends")
_LEXEME = re.compile(r"\s*(?:(?P<name>[A-Za-z][\w-]*)(?:\((?P<args>[^()]*)\))?|'(?P<word>[^']+)'"
                     r"|(?P<sign>[!&|()]))")  # fmt: skip
#: How a word is printed: in small letters, with a capital, in capitals.
_UPPER = 2
#: The first character: beyond the first plane, a set of them is compiled as its few ranges, and not
#: as a map of 65,536 characters, which took a third of the first parse.
_FIRST = 0x20000
#: The first code of a set of lists, or of what a term says.
_CODE = 0x100

_FLAGS = ("cap", "upper", "hyphen")

Atom = tuple[str, str]
#: Features by their places in the list of all.
_Places = frozenset[int]


class WordClasses:
    """The classes that the rules of one grammar are written with, and the characters they hold.

    Args:
        name: File that the classes stand in, for messages.
        classes: Expressions by the name of the class, over ``word(list)``, ``tag(noun)``, ``cap``,
            ``upper``, ``hyphen``, ``ends(ing)``, ``'literal'``, ``any``, other classes, and of a
            lexicon ``mark(name)``, ``start(name)``, ``end(name)``, ``entry(id)`` and
            ``type(name)``; joined by ``!``, ``&``, ``|`` and brackets.
        words: Word lists by name.
        uses: How often the patterns that the classes are for name each class, and each
            ``'literal'`` word. Two words that no class in use tells apart are one character.
        terms: For each word of each phrase of the lexicons, the atoms that it has in that phrase.

    Raises:
        DataError: If an expression is not valid, or names what is not there.
    """

    def __init__(
        self,
        name: str,
        classes: Mapping[str, str],
        words: Mapping[str, frozenset[str]],
        uses: Mapping[str, int],
        terms: Iterable[tuple[str, frozenset[Atom]]] = (),
    ) -> None:
        self._name = name
        self._texts = dict(classes)
        self._words = dict(words)
        literals = sorted(name for name in uses if name.startswith("'"))
        used = uses.keys() & self._texts.keys()
        self._atoms = self._needed(used) | {("word", word) for word in literals}
        endings = sorted(label for kind, label in self._atoms if kind == "ends")
        self._suffixes = sorted(endings, key=len)
        self._by_word: dict[str, list[Atom]] = {}
        for kind, label in sorted(self._atoms):
            if kind == "word":
                for word in sorted(self._list(label)):
                    self._by_word.setdefault(word, []).append((kind, label))
        #: Codes of the sets of lists that a word is in, and of what terms say of their words.
        self._list_codes: dict[frozenset[Atom], str] = {frozenset(): NOTHING}
        self._term_codes: dict[frozenset[Atom], str] = {frozenset(): NOTHING}
        keys = self._possible(terms)
        features = [*dict.fromkeys(keys.values())]
        self._by_atom: dict[Atom, list[int]] = {}
        for place, feature in enumerate(features):
            for atom in feature:
                self._by_atom.setdefault(atom, []).append(place)
        self._all = frozenset(range(len(features)))
        self._known: dict[str, _Places] = {}
        self._open: list[str] = []
        sets = {name: self._evaluated(name) for name in sorted(used)}
        sets |= {word: self._having(("word", word)) for word in literals}
        signs = [0] * len(features)
        for bit, used_one in enumerate(sorted(sets)):
            for place in sets[used_one]:
                signs[place] |= 1 << bit
        chars = {sign: chr(_FIRST + place) for place, sign in enumerate(sorted(set(signs)))}
        by_feature = {feature: chars[sign] for feature, sign in zip(features, signs, strict=True)}
        self._chars = {key: by_feature[feature] for key, feature in keys.items()}
        self._sets = {
            name: frozenset(chars[signs[place]] for place in places)
            for name, places in sets.items()
        }

    def table(self) -> dict[str, Any]:
        """Return what an alphabet is made of."""
        lists: dict[str, list[str]] = {}
        for word, atoms in self._by_word.items():
            lists.setdefault(self._list_codes[frozenset(atoms)], []).append(word)
        return {
            "lists": {code: " ".join(words) for code, words in lists.items()},
            "endings": self._suffixes,
            "hyphen": ("hyphen", "") in self._atoms,
            "keys": "".join(self._chars),
            "chars": "".join(self._chars.values()),
        }

    def term_code(self, more: frozenset[Atom]) -> str:
        """Return the code of what a word is in a phrase of a lexicon."""
        return self._term_codes.get(more & self._atoms, NOTHING)

    def members(self, name: str) -> frozenset[str]:
        """Return the characters of a class that stands in the patterns.

        Raises:
            DataError: If there is no such class.
        """
        if name not in self._sets:
            known = ", ".join(sorted(self._texts))
            raise DataError(self._name, f"names no class {name!r:.60}: there are {known:.600}")
        return self._sets[name]

    def literal(self, word: str) -> frozenset[str]:
        """Return the characters of one word that stands in quotation marks in the patterns."""
        return self._sets[f"'{word}'"]

    def _evaluated(self, name: str) -> _Places:
        """Return the features of a class, by their places."""
        found = self._known.get(name)
        if found is None:
            if name not in self._texts:
                known = ", ".join(sorted(self._texts))
                raise DataError(self._name, f"names no class {name!r:.60}: there are {known:.600}")
            if name in self._open or len(self._open) > _MAX_CHAIN:
                problem = (
                    f"the class {name!r:.60} is made of itself, or of too long a row of others"
                )
                raise DataError(self._name, problem)
            self._open.append(name)
            lexemes = [*_lexemes(self._name, self._texts[name])]
            found = self._known[name] = self._either(lexemes)
            self._open.pop()
            if lexemes:
                raise DataError(self._name, f"the class {name!r} goes on behind its end")
        return found

    def _either(self, rest: list[re.Match[str]]) -> _Places:
        found = self._both(rest)
        while rest and rest[0]["sign"] == "|":
            rest.pop(0)
            found |= self._both(rest)
        return found

    def _both(self, rest: list[re.Match[str]]) -> _Places:
        found = self._one(rest)
        while rest and rest[0]["sign"] == "&":
            rest.pop(0)
            found &= self._one(rest)
        return found

    def _one(self, rest: list[re.Match[str]]) -> _Places:
        if not rest:
            raise DataError(self._name, "a class ends where a word or a bracket was expected")
        lexeme = rest.pop(0)
        if lexeme["sign"] == "!":
            return self._all - self._one(rest)
        if lexeme["sign"] == "(":
            found = self._either(rest)
            if not rest or rest.pop(0)["sign"] != ")":
                raise DataError(self._name, "a class has a bracket that is not closed")
            return found
        if lexeme["sign"]:
            raise DataError(self._name, f"a class has {lexeme['sign']!r} in the wrong place")
        if lexeme["name"] == "any":
            return self._all
        atoms = list(_atoms_of(lexeme))
        if not atoms:
            return self._evaluated(lexeme["name"])
        return frozenset().union(*map(self._having, atoms))

    def _having(self, atom: Atom) -> _Places:
        return frozenset(self._by_atom.get(atom, ()))

    def _needed(self, used: Iterable[str]) -> frozenset[Atom]:
        """Return what *used* classes ask of a word, and check all that any class names."""
        atoms: set[Atom] = {("tag", tag) for tag in TAGS.values()} | {("cap", "")}
        rest, seen = [*used], set[str]()
        asked = {name: [*_lexemes(self._name, text)] for name, text in self._texts.items()}
        for lexemes in asked.values():
            for kind, label in chain.from_iterable(map(_atoms_of, lexemes)):
                if kind == "word":
                    self._list(label)
                if kind == "tag" and label not in TAGS.values():
                    raise DataError(
                        self._name, f"knows no word class {label!r:.60}: {', '.join(TAGS)}"
                    )
        while rest:
            name = rest.pop()
            for lexeme in asked[name] if name not in seen else ():
                atoms.update(_atoms_of(lexeme))
                if lexeme["name"] in asked:
                    rest.append(lexeme["name"])
            seen.add(name)
        return frozenset(atoms)

    def _list(self, label: str) -> frozenset[str]:
        if label.startswith("'"):
            return frozenset([label.strip("'")])
        if label not in self._words:
            known = ", ".join(sorted(self._words))
            raise DataError(self._name, f"names no word list {label!r:.60}: there are {known:.600}")
        return self._words[label]

    def _possible(self, terms: Iterable[tuple[str, frozenset[Atom]]]) -> dict[str, frozenset[Atom]]:
        """Return the features of every key that a word can have, so that none comes later."""
        keys = {
            f"{tag}{cap}{NOTHING * 3}": self._plain(tag, cap=cap)
            for tag in TAGS.values()
            for cap in (0, 1, 2)
        }
        for suffix, dash in product(("", *self._suffixes), ("", "-")):
            for tag, cap in product("KNVWJSDL", (0, 1, 2)):
                keys.update([self._key(f"x{dash}{suffix}", tag, cap=cap)])
        # Words that differ in nothing else have one feature: most are met only once here.
        like: dict[tuple[object, ...], str] = {}
        for word in self._by_word:
            like.setdefault((*self._by_word[word], *self._form(word), possible(word)), word)
        for word in like.values():
            keys.update(self._key(word, tag, cap=cap) for tag, cap in possible(word))
        keys.update(self._possible_in(terms))
        return keys

    def _possible_in(
        self, terms: Iterable[tuple[str, frozenset[Atom]]]
    ) -> Iterator[tuple[str, frozenset[Atom]]]:
        """Yield the key and the features that each word can have in a phrase of a lexicon."""
        by_word: dict[str, set[frozenset[Atom]]] = {}
        for word, more in terms:
            by_word.setdefault(word, set()).add(more & self._atoms)
        by_form: dict[tuple[object, ...], tuple[str, dict[frozenset[Atom], None]]] = {}
        for word, all_more in by_word.items():
            form = (*self._by_word.get(word, ()), *self._form(word), possible(word))
            kept = by_form.setdefault(form, (word, {}))[1]
            kept.update(dict.fromkeys(sorted(all_more, key=sorted)))
        for word, kept in by_form.values():
            for (tag, cap), more in product(possible(word), kept):
                yield self._key(word, tag, cap=cap, more=more)

    def _key(
        self, low: str, tag: str, *, cap: int, more: frozenset[Atom] = frozenset()
    ) -> tuple[str, frozenset[Atom]]:
        """Return the key of a word, as an alphabet asks for it, and what the word is."""
        known = frozenset(self._by_word.get(low, ()))
        # Whether all of it is capitals is asked of unknown words only: the others have a list.
        cap = min(cap, 1) if known or more else cap
        lists = self._list_codes.setdefault(known, chr(_CODE + len(self._list_codes)))
        term = self._term_codes.setdefault(more, chr(_CODE + len(self._term_codes)))
        form = form_code(low, self._suffixes, hyphen=("hyphen", "") in self._atoms)
        feature = self._plain(tag, cap=cap).union(known, self._form(low), more)
        return f"{tag}{cap}{lists}{form}{term}", feature

    def _plain(self, tag: str, *, cap: int) -> frozenset[Atom]:
        if cap == 0:
            return frozenset([("tag", tag)])
        if cap < _UPPER or ("upper", "") not in self._atoms:
            return frozenset([("tag", tag), ("cap", "")])
        return frozenset([("tag", tag), ("cap", ""), ("upper", "")])

    def _form(self, low: str) -> list[Atom]:
        """Return what the letters of a word say of it."""
        more = [("ends", suffix) for suffix in self._suffixes if low.endswith(suffix)][-1:]
        if "-" in low and ("hyphen", "") in self._atoms:
            more.append(("hyphen", ""))
        return more


@cache
def possible(low: str) -> tuple[tuple[str, int], ...]:
    """Return the word classes, and how it is printed, in which a word may stand."""
    return tuple(
        (one, cap)
        for cap in (0, 1)
        for tag in raw_class(low, bool(cap))
        for one in ("NV" if tag in _AMBIGUOUS else tag)
    )


def _lexemes(name: str, text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text.rstrip()):
        match = _LEXEME.match(text, place)
        if match is None:
            raise DataError(
                name, f"the class '{text:.200}' cannot be read from '{text[place:]:.60}' on"
            )
        if match["args"] is not None and match["name"] not in _KINDS:
            raise DataError(
                name, f"a class asks for '{match['name']:.60}(...)': {', '.join(_KINDS)}"
            )
        yield match
        place = match.end()


def _atoms_of(lexeme: re.Match[str]) -> Iterator[Atom]:
    """Yield what a lexeme asks of a word; nothing if it is a sign or names a class."""
    if lexeme["word"]:
        yield "word", f"'{lexeme['word']}'"
    elif lexeme["name"] in _FLAGS and lexeme["args"] is None:
        yield lexeme["name"], ""
    elif lexeme["args"] is not None:
        for label in lexeme["args"].split(","):
            kind, label = lexeme["name"], label.strip()  # noqa: PLW2901 - the label itself
            yield kind, TAGS.get(label, label) if kind == "tag" else label

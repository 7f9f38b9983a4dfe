"""Bodies: the proper names of a document that mean an organisation, judged on all their uses.

A run of capitalised words is judged once a document, on what every place it stands in shows of it,
and then found wherever it is used.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.core import core
from cqcparse.grammar.found_phrases import unowned, uses_of
from cqcparse.grammar.frames import bonds
from cqcparse.grammar.rulebook import RuleBook

_Words: TypeAlias = tuple[str, ...]
#: Two names in one word.
_JOINED = re.compile(r"[A-Z]\w*-[A-Z]\w*")
#: Frames whose bodies are named; "work" and "meet" have other subjects too.
_TELLING = frozenset(("run", "say", "source"))

#: What services do as well as bodies: "Bright Hub offered lunches".
_SHARED = frozenset(("run", "name-serves"))


class BodyName(NamedTuple):
    """One use of the name of a body; indices are of tokens, both ends included.

    Examples:
        >>> from cqcparse.grammar import read_layers
        >>> [use] = read_layers("The club was run by Halcyon.").named_bodies
        >>> use.first, use.last, use.name
        (5, 5, 'Halcyon')
    """

    first: int
    last: int
    #: Its name, as printed where it is longest.
    name: str
    #: What it is by its words and by what is said of it; None if only that it is a body.
    type: str | None
    #: Name of the rule or frame that told.
    rule: str


def named_bodies(layers: Chunks) -> tuple[BodyName, ...]:
    """Return each use of a name that the document uses of a body, in order.

    Names with a head of their own ("Leeds Carers Board") need no evidence and are left to rules.

    Examples:
        >>> from cqcparse.grammar import read_layers
        >>> layers = read_layers("The club was run by Halcyon. People liked Halcyon.")
        >>> [(use.name, use.rule) for use in layers.named_bodies]
        [('Halcyon', 'name-made'), ('Halcyon', 'name-made')]
    """
    return _judged(layers).uses


def body_names(layers: Chunks) -> frozenset[str]:
    """Return the names that a document uses of a body, in lower case.

    Those of services are among them too, where who runs it has the same name.

    Examples:
        >>> from cqcparse.grammar import read_layers
        >>> sorted(read_layers("The club was run by Halcyon Hub.").body_names)
        ['halcyon hub']
    """
    return _judged(layers).names


def service_names(layers: Chunks) -> frozenset[str]:
    """Return the names that a document tells to be of services, in lower case.

    Examples:
        >>> from cqcparse.grammar import read_layers
        >>> sorted(read_layers("Fen Carers Hub, which was run by Halcyon, met.").service_names)
        ['fen carers hub']
    """
    return _judged(layers).services


def _judged(layers: Chunks) -> _Judge:
    return layers.remembered("named bodies", _Judge)


@cache
def evidence() -> RuleBook:
    """Return the rules that show what a name is used for."""
    return RuleBook(Path(__file__).with_name("proper"))


@cache
def _common() -> frozenset[str]:
    """Return the words of the lists, which by themselves are no names."""
    return frozenset[str]().union(*core().words.values(), *evidence().words.values())


class _Judge:
    """Judges the names of one document."""

    def __init__(self, layers: Chunks) -> None:
        self._layers = layers
        self._words = evidence().words
        self._votes: dict[_Words, Counter[str]] = defaultdict(Counter)
        #: How each name is printed, and the rule that told first.
        self._shown: dict[_Words, tuple[str, str]] = {}
        low, caps = layers.low, layers.caps
        self._lower = layers.lower
        self._told: set[_Words] = set()
        #: Where all runs stand, in order.
        self._runs: list[tuple[int, int]] = []
        for found in evidence().find(layers):
            kind = found.type or "body"
            for first, last in self._parts(found.first, found.last):
                self._runs.append((first, last))
                if kind != "unknown":
                    weak = found.rule.tells == "weak" and first == last
                    self._vote(first, last, "weak" if weak else kind, found.rule.name)
        for bond in bonds(layers):
            for body in bond.bodies if bond.frame in _TELLING else ():
                first, last = layers.trimmed(*body) or body
                gloss = layers.tags.find("(", first, last)
                last = last if gloss < 0 else gloss - 1
                for start, end in self._parts(first, last):
                    if all(
                        caps[i] or low[i] in self._words["small"] for i in range(start, end + 1)
                    ):
                        self._vote(start, end, "body", bond.frame)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names for which more speaks than against, whatever their words are.

        What shows little is left out, since money goes to services, too.
        """
        votes = (
            (words, count - Counter(weak=count["weak"])) for words, count in self._votes.items()
        )
        return frozenset(" ".join(w) for w, count in votes if count.total() > 2 * count["place"])

    @cached_property
    def services(self) -> frozenset[str]:
        """The names of services, by what is said of them."""
        told = (words for words in self._told if not self._outweighs(words))
        return frozenset(map(" ".join, told))

    @cached_property
    def uses(self) -> tuple[BodyName, ...]:
        """Each use of a name of a body."""
        return tuple(self._uses())

    def _uses(self) -> Iterator[BodyName]:
        done = 0
        for first, last, name in uses_of(self._layers, self._known()):
            if first >= done and self._stands(first, last):
                yield name._replace(first=first, last=last)
                done = last + 1

    def _known(self) -> dict[_Words, BodyName]:
        """Return the names that are judged to be of bodies."""
        # In the order in which the names are met, so that the outcome is always the same.
        bodies = dict.fromkeys(words for words in self._votes if self._is_body(words))
        bodies |= dict.fromkeys(self._listed_with(bodies))
        known: dict[_Words, BodyName] = {}
        for words in sorted(bodies):
            printed, rule = self._shown[words]
            kind = self._kind(words)
            if kind is None:
                given = [evidence().type_of([word], [], 0)[0] for word in reversed(words)]
                said = (one for one in given if one != "body")
                kind = "vcse" if "vcse" in given else next(said, None)
            known[words] = BodyName(0, 0, printed, kind, rule)
        return known

    def _kind(self, words: _Words) -> str | None:
        """Return what is said most of a name, if it is more than that it is a body."""
        votes = self._votes[words].most_common()
        return next((kind for kind, _ in votes if kind not in ("body", "weak", "place")), None)

    def _listed_with(self, bodies: Collection[_Words]) -> set[_Words]:
        """Return the names that stand in a list with one of *bodies*.

        Words that stand alone are left out, but for such as "HC-One".
        """
        low, found = self._layers.low, set[_Words]()
        runs = sorted(set(self._runs))
        for near, far in (*pairwise(runs), *pairwise(reversed(runs))):
            between = low[min(near[1], far[1]) + 1 : max(near[0], far[0])]
            words = _key(low[far[0] : far[1] + 1])
            listed = between and set(between) <= {",", "and", "the"} and between != ["the"]
            beside = _key(low[near[0] : near[1] + 1])
            printed = self._layers.words(*far)
            long = len(words) > 1 or _JOINED.fullmatch(printed)
            if listed and long and (beside in bodies or beside in found):
                self._shown.setdefault(words, (printed, "name-listed"))
                if self._may_name(words):
                    found.add(words)
        return found

    def _is_body(self, words: _Words) -> bool:
        return self._outweighs(words) and self._may_name(words)

    def _outweighs(self, words: _Words) -> bool:
        """Return whether more speaks for a body than against."""
        votes = self._votes[words]
        return votes.total() > 2 * votes["place"]

    def _vote(self, first: int, last: int, kind: str, rule: str) -> None:
        words = _key(self._layers.low[first : last + 1])
        if rule in _SHARED and words[-1] in self._words["both"]:
            return
        self._votes[words][kind] += 1
        if rule.startswith("service-"):
            self._told.add(words)
        if kind != "place":
            printed = self._layers.words(first, last)
            self._shown.setdefault(words, (unowned(printed), rule))

    def _may_name(self, words: _Words) -> bool:
        if words not in self._shown or words[-1] in self._words["things"]:
            return False
        if not self._words["posts"].isdisjoint(words):
            return False
        votes = self._votes[words]
        if words[-1] in self._words["soft"] and all(map(self._is_common, words)):
            return False
        if len(words) > 1 or _JOINED.fullmatch(self._shown[words][0]):
            return True
        word = words[0]
        opens = word in self._words["openers"] or word.endswith(("s", *self._words["opening"]))
        if opens and word not in self._inside:
            return False  # "Paramedics told us": only its place gives it a capital
        if self._is_common(word) or not votes.keys() - {"weak", "place"}:
            return False
        return not self._shown[words][0].rstrip("s").isupper() and word in self._unknown

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the names in a run: "Brightcote and Larkfield" is two, if it stands only once."""
        low = self._layers.low
        start = first
        told = low[first - 1] if first else ""
        one = told in core().words["describing"] and not told.endswith("s")
        if one or low[last] in self._words["funds"]:
            first = last  # "the Hearth and Home Fund", "the charity Hearth and Home" is one thing
        for place in range(first, last):
            joins = low[place] == "and" and start < place
            if joins and low[place - 1] != ",":
                common = self._is_common(low[place - 1]) and self._is_common(low[place + 1])
                joins = not (common or self._again(first, last))
            if joins or low[place] == ",":
                aside = start == place - 1 and start and self._layers.tags[start - 1] in ".\n"
                if start < place and not aside:  # "Nevertheless, staff and ..."
                    yield start, place - 1
                start = place + 1
        yield start, last

    def _again(self, first: int, last: int) -> bool:
        """Return whether the words stand elsewhere too."""
        return self._text.count(" ".join(self._layers.low[first : last + 1])) > 1

    def _is_common(self, word: str) -> bool:
        return word in self._lower or word in _common()

    def _stands(self, first: int, last: int) -> bool:
        """Return whether the name is not a part of a longer one here."""
        layers = self._layers
        if last > first:
            # "Public Health" pays, but not "the Public Health Grant"
            return layers.low[last + 1] not in self._words["funds"] or not layers.caps[last + 1]
        behind = layers.caps[last + 1] and layers.tags[first] != "S"
        return not (behind or (layers.caps[first - 1] and layers.tags[first - 2] not in ".\n"))

    @cached_property
    def _text(self) -> str:
        return " ".join(self._layers.low)

    @cached_property
    def _inside(self) -> frozenset[str]:
        """The words that have a capital though they do not open a sentence."""
        low, tags = self._layers.low, self._layers.tags
        places = (at for at, cap in enumerate(self._layers.caps) if cap and at)
        return frozenset(unowned(low[at]) for at in places if tags[at - 1] not in ".\n")

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """The words of no known class."""
        pairs = zip(self._layers.low, self._layers.tags, strict=True)
        return frozenset(unowned(low) for low, tag in pairs if tag in "WS")


def _key(words: list[str]) -> _Words:
    return (*words[:-1], unowned(words[-1]))

"""Frames: what verbs say of the things that they are about, as data for all extractors."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import compress, count
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import attrs

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.clause import Clause, Range, clause_at
from cqcparse.grammar.inflection import forms
from cqcparse.grammar.phrase_ends import OBJECTS, explained_by, fine_chunks, last_of, tails_at
from cqcparse.grammar.wordlists import read_toml
from cqcparse.reading.typed_tables import built

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@attrs.frozen(kw_only=True, slots=False)
class Frame:
    """A class of verbs and what they say.

    A frame is about the *theme* of its verb: the object, the subject of a passive, or what a
    participle or a relative clause hangs on; without an object the subject itself, unless
    ``object`` is true ("the club closed").
    """

    name: str = ""
    #: All forms of its verbs.
    verbs: tuple[str, ...] = ()
    #: Whether any verb in front of a number is one of its verbs, but for those in ``but``.
    any: bool = False
    but: tuple[str, ...] = ()
    #: Nouns that say the same with "of" or "for": "closure of the day centre".
    nouns: tuple[str, ...] = ()
    #: Words in front of a noun phrase that say the same of it: "a new clinic".
    before: tuple[str, ...] = ()
    #: Attribute by role: ``agent``, ``goal``, ``theme`` or a preposition such as ``from``.
    roles: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme, by attribute, when it has happened or happens.
    gives: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme when it is yet to come. A denied verb states nothing.
    future: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme as an infinitive that says what something is for.
    aim: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme while it is under way; what ``gives`` says if this is empty.
    ongoing: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme when it was done "recently".
    recent: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme when it is done "no longer".
    over: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme when it is "still" so, or remains or continues to be.
    still: Mapping[str, str] = attrs.field(factory=dict)
    #: Roles that only a body or a person fills.
    bodies: tuple[str, ...] = ()
    #: Whether it is about the agent, not the theme: "the house took 12 people"; or about the place
    #: that "where" hangs on, or what stands behind "for" or the like; or, for a noun, about the
    #: name that it explains, what the clause in front is about: "bought meals under a contract
    #: with Mind", or what is in that state: "the hub was in development".
    about: Literal[
        "theme", "agent", "place", "for", "in", "on", "at", "name", "clause", "state"
    ] = "theme"
    #: Words of which its object, and of which its subject, has one.
    objects: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    #: Whether it says nothing without an object.
    object: bool = False
    #: For a verb that may move money: the roles of which one is filled if it does, ``money`` for an
    #: object that is money.
    needs: tuple[str, ...] = ()
    #: Types of money that it is said of; of all if there are none.
    types: tuple[str, ...] = ()
    #: Words that show that something else is meant: no money is moved, or nothing begins.
    not_about: tuple[str, ...] = ()
    #: Whether the verb is a mention by itself.
    event: bool = False
    #: Sentences with ``[theme]`` and ``{value|attribute}``, and sentences in which it is silent.
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    #: The particles of which a form needs one right behind it: "set" of "set+up" needs "up".
    particles: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The attributes that it fills or states."""
        return frozenset(self.roles.values()).union(
            self.gives, self.future, self.aim, self.ongoing, self.recent, self.over, self.still
        )


@attrs.frozen(kw_only=True)
class _File:
    """What a file of frames says."""

    frame: Mapping[str, Frame] = attrs.field(factory=dict)
    irregular: Mapping[str, str] = attrs.field(factory=dict)


class Bond(NamedTuple):
    """One use of a frame in a document; ranges are of tokens, both ends included."""

    frame: str
    #: What it is about: the first of these that an extractor has a mention in.
    theme: tuple[Range, ...]
    #: The value of each attribute that a role fills.
    roles: Mapping[str, Range]
    #: What it states of each attribute.
    gives: Mapping[str, str]
    #: The verb or word that says so.
    cue: Range
    #: Who takes part as a body or a person.
    bodies: tuple[Range, ...] = ()


#: A sum in front of a preposition; and a verb with a number near behind it.
_GIVEN = re.compile("M(?=P)")
_COUNTING = re.compile(r"V(?=[^.\n]{0,5}#)")


class Frames:
    """Frames from TOML files, found together.

    Args:
        frames: The frames, by name.
    """

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = {frame.name: frame for frame in frames}
        self._verbs = _index(self.frames.values(), "verbs")
        self._nouns = _index(self.frames.values(), "nouns")
        self._before = _index(self.frames.values(), "before")
        self._words = {*self._verbs, *self._nouns, *self._before}
        self._any = tuple(frame for frame in self.frames.values() if frame.any)

    @classmethod
    def load(cls, source: Path | Traversable) -> Frames:
        """Read frames from a TOML file of ``[frame.NAME]`` tables and one ``[irregular]``.

        Raises:
            DataError: If the file cannot be read, or a value does not belong where it stands.
        """
        what = built(_File, read_toml(source), str(source), "the file of frames", words=True)
        return cls(_inflected(name, one, what.irregular) for name, one in what.frame.items())

    def named(self, form: str, behind: str) -> list[Frame]:
        """Return the frames of a verb in any of its forms, by the word behind it."""
        found = self._verbs.get(form, ())
        return [frame for frame in found if behind in frame.particles.get(form, (behind,))]

    def find(self, layers: Chunks) -> Iterator[Bond]:
        """Yield each use of a frame in a document, in order."""
        row, low = layers.chunks, layers.low
        verbs, before, nouns = self._verbs, self._before, self._nouns
        counting = {found.start() for found in _COUNTING.finditer(layers.tags)}
        sums = {found.start() for found in _GIVEN.finditer(layers.tags)}
        known = compress(count(), map(self._words.__contains__, low))
        for token in sorted(counting.union(sums, known)):
            word, chunk = "£" if token in sums else low[token], layers.chunk_at(token)
            kind, last = row[chunk], layers.extent(chunk)[1]
            if kind == "n":
                for frame in before.get(word, ()) if token < last else ():
                    coming = frame.future and self._is_coming(layers, chunk)
                    gives = frame.future if coming else frame.gives
                    yield Bond(frame.name, ((token + 1, last),), {}, gives, (token, token))
                if token == last and word in nouns:
                    yield from self._by_noun(layers, chunk, nouns[word])
            elif token == last and (kind == "v" or (word in verbs and _holds(layers, chunk))):
                named = self.named(word, low[token + 1])
                if token in counting:
                    named += [frame for frame in self._any if word not in frame.but]
                yield from self._by_verb(layers, clause_at(layers, chunk), named)

    def _by_noun(self, layers: Chunks, chunk: int, named: Iterable[Frame]) -> Iterator[Bond]:
        """Yield what a noun says of what stands behind its "of" or "for", or of its clause."""
        row, cue = layers.chunks, layers.extent(chunk)[1]
        name, tied = explained_by(layers, chunk), row[chunk + 1 : chunk + 3] in ("on", "fn", "tn")
        tails = _tails_of_noun(layers, chunk, name, tied=tied)
        for frame in named:
            themes: tuple[Range, ...] = ()
            if frame.about == "state":
                yield from _in_state(layers, frame, chunk)
                continue
            if frame.about == "name":
                themes = () if name is None else (layers.extent(name),)
            elif tied and layers.low[cue + 1] not in frame.roles:
                themes = (layers.extent(chunk + 2),)
            elif frame.about == "clause" and row[chunk - 1] in "hi":
                themes = _clause_before(layers, chunk)
            elif "for" in tails:  # "a contract worth £2m with Mind for home care"
                themes = (tails["for"],)
            roles = {role: tails[by] for by, role in frame.roles.items() if by in tails}
            if themes and (roles or frame.gives):
                yield Bond(frame.name, themes, roles, frame.gives, (cue, cue))

    @staticmethod
    def _is_coming(layers: Chunks, chunk: int) -> bool:
        """Return whether the verb in front of a noun phrase, or else behind it, is yet to come."""
        fine, verbs = fine_chunks(layers), "skrvxEIGB"
        place = last_of(fine, verbs, chunk)
        if place < 0 or fine[place] in "skr":
            place = next(at for at in count(chunk + 1) if fine[at] in verbs)
        return fine[place] not in "skr" and clause_at(layers, place).future

    def _by_verb(self, layers: Chunks, clause: Clause, named: Sequence[Frame]) -> Iterator[Bond]:
        for frame in named:
            bodies = tuple(v for role in frame.bodies if (v := clause.role(role)))
            theme = self._theme(layers, frame, clause) if frame.attributes else ()
            roles: dict[str, Range] = {}
            behind = layers.low[clause.verb + 1 : clause.verb + 5]
            if not (frame.needs or set(frame.not_about).isdisjoint(behind)):
                continue
            gives: Mapping[str, str] = _stated(frame, clause) if theme else {}
            if theme and not clause.negated and not clause.over:
                for role, of in frame.roles.items():
                    attribute = "further size" if of == "size" and of in roles else of
                    value = clause.role(role) if attribute not in roles else None
                    if value and of == "size" and not _is_sized(layers, value):
                        continue
                    # A contract or closure is no body; it speaks for itself.
                    noun = value and not layers.caps[value[1]] and layers.low[value[1]]
                    if value and not (role in frame.bodies and noun in self._nouns):
                        roles[attribute] = value
            if roles or gives or bodies:
                yield Bond(frame.name, theme, roles, gives, clause.group, bodies)

    def _theme(self, layers: Chunks, frame: Frame, clause: Clause) -> tuple[Range, ...]:
        for words, phrase in (
            (frame.objects, clause.theme[0] if clause.theme else None),
            (frame.subjects, clause.agent if frame.subjects else None),
        ):
            first, last = phrase or (0, -1)
            if words and not any(word in words for word in layers.low[first : last + 1]):
                return ()
        if frame.about in ("place", "for", "in", "on", "at"):
            value = clause.place if frame.about == "place" else clause.tails.get(frame.about)
            return (value, *clause.beyond) if value else ()
        theme = (*clause.theme, *clause.apart) if frame.about == "theme" else ()
        lasts = theme and fine_chunks(layers)[layers.chunk_at(theme[0][1])] == "d"
        alone = clause.over or clause.still or not frame.object
        if frame.about == "agent" or ((lasts or not theme) and alone):
            return (clause.agent, *clause.beyond) if clause.agent else ()
        return theme


def _tails_of_noun(layers: Chunks, chunk: int, name: int | None, *, tied: bool) -> dict[str, Range]:
    """Return what stands behind a noun, by preposition, and the name that it explains."""
    row, behind = layers.chunks, chunk + 1 + 2 * tied
    tails = tails_at(layers, behind)
    if name is not None:
        tails["name"] = layers.extent(name)
    elif row.startswith("yn", behind) and layers.caps[layers.extent(behind + 1)[1]]:
        tails["name"] = layers.extent(behind + 1)
    if tied:
        listed = OBJECTS.match(fine_chunks(layers), chunk + 2)
        last = listed.end("one") - 1 if listed and listed["one"] else chunk + 2
        by = layers.low[layers.chunk_starts[chunk + 1]]
        tails[by] = layers.extent(chunk + 2)[0], layers.extent(last)[1]
    return tails


def _clause_before(layers: Chunks, chunk: int) -> tuple[Range, ...]:
    """Return what the verb in front of a noun phrase is about: its theme, then who acts."""
    place = last_of(fine_chunks(layers), "svxEIGB", chunk)
    if place < 0 or layers.chunks[place] not in "vx":
        return ()
    clause = clause_at(layers, place)
    return (*clause.theme, *([clause.agent] if clause.agent else ()))


def _in_state(layers: Chunks, frame: Frame, chunk: int) -> Iterator[Bond]:
    """Yield what the noun behind "in" or "to" says of what its verb is about."""
    row, cue = layers.chunks, layers.extent(chunk)[1]
    if row[chunk - 2 : chunk] in _STATES and row[chunk + 1] != "o":
        clause = clause_at(layers, chunk - 2)
        theme = clause.agent if clause.voice == "active" else next(iter(clause.theme), None)
        first, last = layers.extent(chunk - 2)
        words = {*layers.low[first : last + 1]}
        gives: Mapping[str, str] = {} if {"not", "never"} & words else _stated(frame, clause)
        gives = frame.over if "longer" in words else frame.still if "still" in words else gives
        if theme and gives:
            yield Bond(frame.name, (theme,), {}, gives, (cue, cue))


#: A verb and the preposition of a state: "is in", "came to", "was under".
_STATES = frozenset(("xi", "vi", "vt"))


def _is_sized(layers: Chunks, phrase: Range) -> bool:
    """Return whether a phrase says how many or how long."""
    first, last = phrase
    return any(tag in "#L" for tag in layers.tags[first : last + 1])


def _holds(layers: Chunks, chunk: int) -> bool:
    """Return whether "have" is a verb of its own: "had 6 beds"."""
    return layers.chunks.startswith("xn", chunk)


def _inflected(name: str, frame: Frame, irregular: Mapping[str, str]) -> Frame:
    """Return a frame under its name, with all forms of its verbs."""
    verbs: dict[str, dict[str, None]] = {}
    for verb in frame.verbs:
        base, _, particle = verb.partition("+")
        for form in (*forms(base), *irregular.get(base, "").split()):
            verbs.setdefault(form, {})[particle] = None
    plain = {form: (*particles,) for form, particles in verbs.items() if "" not in particles}
    return attrs.evolve(frame, name=name, verbs=tuple(verbs), particles=plain)


def _stated(frame: Frame, clause: Clause) -> Mapping[str, str]:
    if clause.over:
        return frame.over
    if clause.pending:
        return frame.future
    if clause.negated or clause.possible:
        return {}
    if frame.still and clause.still:
        return frame.still
    if frame.recent and clause.recent:
        return frame.recent
    if frame.ongoing and clause.ongoing:
        return frame.ongoing
    if clause.phasing or not (frame.gives or frame.future):
        return {}
    if clause.future:
        return frame.future
    if clause.aimed:
        return {} if clause.realised else frame.aim
    return frame.gives


def _index(frames: Iterable[Frame], what: str) -> dict[str, tuple[Frame, ...]]:
    """Return the frames of each word."""
    found: dict[str, tuple[Frame, ...]] = {}
    for frame in frames:
        for word in dict.fromkeys(getattr(frame, what)):
            found[word] = (*found.get(word, ()), frame)
    return found


@cache
def shared_frames() -> Frames:
    """Return the frames that all extractors share, of ``frames.toml``."""
    return Frames.load(Path(__file__).with_name("frames.toml"))


def frames_of(layers: Chunks) -> Frames:
    """Return the frames of a document: those that came with a rule book, then the shared ones."""
    found = (getattr(given, "frames", None) for given in layers.further)
    given = tuple(one for one in found if isinstance(one, Frames) and one.frames)
    return _with_shared(given) if given else shared_frames()


@lru_cache(maxsize=8)
def _with_shared(given: tuple[Frames, ...]) -> Frames:
    return Frames(frame for one in (*given, shared_frames()) for frame in one.frames.values())


def bonds(layers: Chunks) -> tuple[Bond, ...]:
    """Return each use of a frame in a document; they are found once."""
    return layers.remembered("bonds", _bonds)


def _bonds(layers: Chunks) -> tuple[Bond, ...]:
    found = frames_of(layers).find(layers)
    return tuple(bond for bond in found if bond.frame not in layers.without)


def _inside(layers: Chunks, cue: Range, phrase: Range) -> bool:
    """Return whether a cue is a word of the phrase, less than a verb: "a new hub was to open"."""
    return layers.chunk_at(cue[0]) == layers.chunk_at(phrase[0])


#: What passes when a later verb says so: "opened in May and closed in June".
_PASSES = {"ended": ("existing", "new", "reduced"), "reduced": ("existing", "new")}


#: Attributes that a tail gives to the phrase right in front of it alone.
_OWN = frozenset(("for", "size", "further size"))


class Said(NamedTuple):
    """What the frames of a document say of one phrase."""

    #: The value of each attribute, article included.
    roles: dict[str, Range]
    #: What is stated of each attribute, with the word that says so.
    gives: dict[str, tuple[str, Range]]
    #: The frames in which it takes part as a body: ``say``, ``run``.
    acts: set[str]


def said_of(layers: Chunks, phrases: Sequence[Range]) -> list[Said]:
    """Return what the frames of a document say of each of some phrases.

    A frame speaks of a phrase that ends a noun phrase of its theme, not of one that narrows
    another noun: in "a new reablement strategy" it is the strategy that is new.

    Args:
        layers: A document.
        phrases: In the order of the text; they do not overlap.
    """
    said = [Said({}, {}, set()) for _ in phrases]
    lasts = {last: place for place, (_, last) in enumerate(phrases)}
    ordered = list(lasts)
    ends = [layers.extent(layers.chunk_at(last))[1] == last for _, last in phrases]
    for bond in bonds(layers):
        for _, last in bond.bodies:
            if last in lasts:
                said[lasts[last]].acts.add(bond.frame)
        for first, end in bond.theme:
            ending = range(bisect_left(ordered, first), bisect_right(ordered, end))
            about = [at for at in ending if ends[at]]
            for place in about:
                for name, value in bond.roles.items():
                    behind = bisect_left(ordered, bond.cue[1])
                    between = range(behind, bisect_left(ordered, value[0]))
                    if name in _OWN and any(at != place for at in between):
                        continue  # "ran a lunch club and a course for 12 people"
                    roles = said[place].roles
                    again = name == "size" and roles.get(name, value) != value
                    roles.setdefault("further size" if again else name, value)
                _state(layers, said[place], bond, phrases[place])
            if about:
                break
    return said


def _state(layers: Chunks, said: Said, bond: Bond, phrase: Range) -> None:
    """Add what a frame states of a phrase, unless it is known better."""
    for name, stated in bond.gives.items():
        known = said.gives.get(name)
        later = known is not None and known[0] in _PASSES.get(stated, ())
        inside = known is not None and _inside(layers, known[1], phrase)
        if known is None or later or (inside and stated != known[0]):
            said.gives[name] = (stated, bond.cue)

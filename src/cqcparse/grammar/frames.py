"""Frames: what verbs say of the things that they are about, as data for all extractors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from cqcparse.errors import DataError
from cqcparse.grammar.clause import Clause, Range, read_clause
from cqcparse.grammar.layers import Layers
from cqcparse.grammar.tokens import forms
from cqcparse.grammar.wordlists import read_toml

_KEYS = {"verbs", "nouns", "before", "roles", "gives", "future", "object", "yes", "no"}


@attrs.frozen(kw_only=True)
class Frame:
    """A class of verbs and what they say.

    A frame is about the *theme* of its verb: the object, the subject of a passive, or what a
    participle or a relative clause hangs on; without an object the subject itself, unless
    ``object`` is true ("the club closed").
    """

    name: str
    #: Its verbs, in the base form.
    verbs: tuple[str, ...] = ()
    #: Nouns that say the same with "of": "closure of the day centre".
    nouns: tuple[str, ...] = ()
    #: Words in front of a noun phrase that say the same of it: "a new clinic".
    before: tuple[str, ...] = ()
    #: Attribute by role: ``agent``, ``goal``, ``theme`` or a preposition such as ``from``.
    roles: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme, by attribute, when it has happened or happens.
    gives: Mapping[str, str] = attrs.field(factory=dict)
    #: What it states of the theme when it is yet to come. A denied verb states nothing.
    future: Mapping[str, str] = attrs.field(factory=dict)
    #: Whether it says nothing without an object.
    object: bool = False
    #: Sentences with ``[theme]`` and ``{value|attribute}``, and sentences in which it is silent.
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


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


class Frames:
    """Frames from TOML files, found together.

    Args:
        frames: The frames, by name.
        irregular: Forms that no rule makes, by base form.
    """

    def __init__(self, frames: Iterable[Frame], irregular: Mapping[str, str]) -> None:
        self.frames = {frame.name: frame for frame in frames}
        self._verbs = _index(self.frames.values(), "verbs", irregular)
        self._nouns = _index(self.frames.values(), "nouns", {})
        self._before = _index(self.frames.values(), "before", {})

    @classmethod
    def load(cls, source: Path | Traversable) -> Frames:
        """Read frames from a TOML file of ``[frame.NAME]`` tables and one ``[irregular]``.

        Raises:
            DataError: If the file cannot be read, or a frame has a key that there is not.
        """
        data = read_toml(source)
        found = []
        for name, table in data.get("frame", {}).items():
            for key in table.keys() - _KEYS:
                raise DataError(str(source), f"has the unknown key {key!r} in the frame {name!r}")
            found.append(_frame(name, table))
        return cls(found, data.get("irregular", {}))

    def find(self, layers: Layers) -> Iterator[Bond]:
        """Yield each use of a frame in a document, in order."""
        row, low, firsts = layers.chunks, layers.low, layers.chunk_starts
        verbs, before, nouns = self._verbs, self._before, self._nouns
        for chunk, kind in enumerate(row):
            last = (firsts[chunk + 1] if chunk + 1 < len(row) else len(low)) - 1
            if kind == "v":
                named = verbs.get(low[last])
                if named:
                    yield from self._by_verb(read_clause(layers, chunk), named)
            elif kind == "n":
                named = nouns.get(low[last])
                if named and row.startswith("on", chunk + 1):
                    theme = layers.extent(chunk + 2)
                    for frame in named:
                        yield Bond(frame.name, (theme,), {}, frame.gives, (last, last))
                for place in range(firsts[chunk], min(last, firsts[chunk] + 3)):
                    for frame in before.get(low[place], ()):
                        theme = (place + 1, last)
                        yield Bond(frame.name, (theme,), {}, frame.gives, (place, place))

    def _by_verb(self, clause: Clause, named: tuple[Frame, ...]) -> Iterator[Bond]:
        for frame in named:
            theme = clause.theme
            if not theme and clause.agent and not frame.object:
                theme = (clause.agent,)
            if not theme or clause.negated:
                continue
            gives = frame.future if clause.future else frame.gives
            roles = {a: v for role, a in frame.roles.items() if (v := _role(clause, role))}
            if roles or gives:
                yield Bond(frame.name, theme, roles, gives, (clause.verb, clause.verb))

    @cached_property
    def by_attribute(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the frames that fill or state each attribute."""
        found: dict[str, list[str]] = {}
        for frame in self.frames.values():
            for attribute in {*frame.roles.values(), *frame.gives, *frame.future}:
                found.setdefault(attribute, []).append(frame.name)
        return {name: tuple(frames) for name, frames in found.items()}


def _frame(name: str, table: Mapping[str, Any]) -> Frame:
    words = {key: tuple(table.get(key, "").split()) for key in ("verbs", "nouns", "before")}
    return Frame(
        name=name,
        verbs=words["verbs"],
        nouns=words["nouns"],
        before=words["before"],
        roles=table.get("roles", {}),
        gives=table.get("gives", {}),
        future=table.get("future", {}),
        object=table.get("object", False),
        yes=tuple(table.get("yes", ())),
        no=tuple(table.get("no", ())),
    )


def _role(clause: Clause, role: str) -> Range | None:
    if role == "agent":
        return clause.agent if clause.theme else None
    if role == "goal":
        return clause.goal
    if role == "theme":
        return clause.theme[0] if clause.theme else None
    return clause.tails.get(role)


def _index(
    frames: Iterable[Frame], what: str, irregular: Mapping[str, str]
) -> dict[str, tuple[Frame, ...]]:
    """Return the frames of each word form."""
    found: dict[str, tuple[Frame, ...]] = {}
    for frame in frames:
        for word in getattr(frame, what):
            spelt = (*forms(word), *irregular.get(word, "").split()) if what == "verbs" else (word,)
            for form in dict.fromkeys(spelt):
                found[form] = (*found.get(form, ()), frame)
    return found

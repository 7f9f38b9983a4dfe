"""Examples: the sentences that stand beside rules and frames, run as tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.frames import Bond, Frames
from cqcparse.grammar.layers import read_layers
from cqcparse.grammar.rulebook import RuleBook

_MARK = re.compile(
    r"\[(?P<what>[^\]|]+)(?:\|(?P<type>[^\]]+))?\]|\{(?P<value>[^}|]+)\|(?P<name>[\w=-]+)\}"
)


def rule_failures(book: RuleBook) -> Iterator[str]:
    """Yield what is wrong with each example of the rules of *book*.

    In a sentence of ``yes`` the rule finds each phrase marked as ``[words|type]``; in one of ``no``
    it finds nothing. Where another rule of the book took the words, that is said. A rule has two
    of the first and one of the second.
    """
    for rule in book.rules:
        if len(rule.yes) < 2 or not rule.no:
            yield f"{rule.name}: needs two examples of 'yes' and one of 'no'"
        for sentence in rule.yes:
            text, marks = _read(sentence)
            layers = read_layers(text)
            every = [(layers.words(one.first, one.last), one) for one in book.find(layers)]
            found = {(words, one.type) for words, one in every if one.rule == rule}
            for what, kind, *_ in marks:
                kinds = [one for words, one in found if words == what]
                if not kinds or kind not in (None, *kinds):
                    have = sorted(f"[{words}|{one}]" for words, one in found)
                    took = "".join(
                        f"; the rule {one.rule.name!r} took '{words}'"
                        for words, one in every
                        if one.rule != rule and (what in words or words in what)
                    )
                    yield f"{rule.name}: no [{what}|{kind}] in '{text}', but {have}{took}"
        for sentence in rule.no:
            layers = read_layers(sentence)
            for one in book.find(layers):
                if one.rule == rule:
                    words = layers.words(one.first, one.last)
                    yield f"{rule.name}: finds '{words}' in '{sentence}'"


def frame_failures(frames: Frames) -> Iterator[str]:
    """Yield what is wrong with each example of *frames*.

    In a sentence of ``yes`` the frame is used, with ``[words]`` within its theme and
    ``{words|attribute}`` as what a role fills, ``{word|attribute=value}`` as what a word states,
    and ``{words|body}`` as who takes part; in one of ``no`` it says nothing.
    """
    for frame in frames.frames.values():
        if len(frame.yes) < 2 or not frame.no:
            yield f"{frame.name}: needs two examples of 'yes' and one of 'no'"
        for sentence in frame.yes:
            text, marks = _read(sentence)
            layers = read_layers(text)
            bonds = [bond for bond in frames.find(layers) if bond.frame == frame.name]
            for what, _, value, name in marks:
                if what and not any(_about(layers, bond, what) for bond in bonds):
                    yield f"{frame.name}: is not about [{what}] in '{text}'"
                if value and not any(_says(layers, bond, value, name) for bond in bonds):
                    yield f"{frame.name}: does not give {{{value}|{name}}} in '{text}'"
        for sentence in frame.no:
            layers = read_layers(sentence)
            bonds = [bond for bond in frames.find(layers) if bond.frame == frame.name]
            if any(bond.roles or bond.gives or not frame.attributes for bond in bonds):
                yield f"{frame.name}: speaks in '{sentence}'"


def _about(layers: Chunks, bond: Bond, what: str) -> bool:
    return any(what in layers.words(first, last) for first, last in bond.theme)


def _says(layers: Chunks, bond: Bond, value: str, name: str) -> bool:
    if "=" in name:
        name, _, stated = name.partition("=")
        return bond.gives.get(name) == stated and layers.words(*bond.cue).endswith(value)
    values = bond.bodies if name == "body" else [bond.roles[name]] if name in bond.roles else []
    trimmed = [layers.trimmed(*one) for one in values]
    return value in [layers.words(*one) for one in trimmed if one]


def _read(sentence: str) -> tuple[str, Iterable[tuple[str, str | None, str, str]]]:
    """Return a sentence without its marks, and the marks."""
    marks = [(m["what"], m["type"], m["value"], m["name"]) for m in _MARK.finditer(sentence)]
    return _MARK.sub(lambda m: m["what"] or m["value"], sentence), marks

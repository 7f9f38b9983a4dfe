"""Who is who: ids of local funds on all their uses, short forms of the document, and "the fund"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from cqcparse.grammar import Acronyms, Found, Layers

_SEPARATORS = re.compile(r"[^a-z0-9]+")
_SECTION = re.compile(r"75|76|256|117|106")
_KNOWN = ("known", "short-form")
#: A name has this many capitals.
_FEWEST = 2
_POINTING = frozenset(("the", "this", "that", "its"))
#: "The fund" means a fund of this many paragraphs before at most.
_REACH = 4


@attrs.frozen(kw_only=True)
class Named:
    """A phrase for money with what it is called."""

    found: Found
    type: str
    canonical: str | None
    #: Whether it is a proper name, which has no funder of its own.
    proper: bool


def name_all(layers: Layers, found: list[Found], acronyms: Acronyms) -> list[Named]:
    """Return the phrases with their ids, and further uses of names that only the document knows.

    Args:
        layers: The document.
        found: Its phrases for money.
        acronyms: Its short forms.
    """
    named = [_named(layers, one, acronyms) for one in found]
    return [*_point_back(layers, named)]


def slug(name: str) -> str:
    """Return *name* in lower case with hyphens between its words."""
    plain = name.lower().replace("’", "'").replace("'", "").replace("&", "and")
    return _SEPARATORS.sub("-", plain).strip("-")


def _named(layers: Layers, found: Found, acronyms: Acronyms) -> Named:
    entry = found.term.entry if found.term and found.rule.name in _KNOWN else None
    type_ = found.type or "fund"
    text = layers.words(found.first, found.last).lower()
    spelt = acronyms.get(layers.words(found.first, found.first))
    canonical, proper = None, False
    if entry:
        canonical, proper = entry.id, type_ in ("fund", "grant")
    elif type_ == "mechanism" and (number := _SECTION.search(text)):
        canonical = f"section-{number[0]}"
    elif type_ == "mechanism" and "pool" in text:
        canonical = "pooled-budget"
    elif found.rule.name == "short-form" and found.canonical:
        canonical, proper = slug(found.canonical), True
    elif spelt and spelt.long.text.split()[-1].lower() in ("fund", "grant", "budget", "funding"):
        type_ = "grant" if spelt.long.text.lower().endswith("grant") else "fund"
        canonical, proper = slug(spelt.long.text), True
    elif type_ in ("fund", "grant") and (name := _name(layers, found)):
        canonical, proper = slug(layers.words(*name).removesuffix("'s")), True
    return Named(found=found, type=type_, canonical=canonical, proper=proper)


def _name(layers: Layers, found: Found) -> tuple[int, int] | None:
    """Return the extent of a proper name without figures in front, or None if there is none."""
    first, last = found.first, found.head
    while first < last and layers.tags[first] in "#ML":
        first += 1
    row = range(first, last + 1)
    capitals = sum(layers.caps[index] for index in row)
    small = all(layers.caps[index] or layers.tags[index] in "PCD" for index in row)
    if not small or capitals < _FEWEST or not layers.caps[first]:
        return None
    while last < found.last and layers.caps[last + 1]:
        last += 1
    return first, last


def _point_back(layers: Layers, named: list[Named]) -> Iterator[Named]:
    """Yield the phrases; "the fund" and "this funding" have the id of the fund named last."""
    met: dict[str, tuple[int, int, str | None]] = {}
    breaks = [index for index, tag in enumerate(layers.tags) if tag == "\n"]
    paragraph = 0
    for one in named:
        first, last = one.found.first, one.found.last
        while paragraph < len(breaks) and breaks[paragraph] < first:
            paragraph += 1
        before = layers.low[first - 1] if first else ""
        bare = first == last and not one.canonical and before in _POINTING
        if one.type in ("fund", "grant") and not bare:
            met[one.type] = (first, paragraph, one.canonical)
        elif bare and (one.type in met or (one.type == "stream" and before in ("this", "that"))):
            kinds = ("fund", "grant") if one.type == "stream" else (one.type,)
            last_named = max((met[k] for k in kinds if k in met), key=_place, default=(0, 0, None))
            _, place, canonical = last_named
            if canonical and paragraph - place <= _REACH:
                one = attrs.evolve(one, canonical=canonical)  # noqa: PLW2901 - the same, named
        yield one


def _place(met: tuple[int, int, str | None]) -> int:
    return met[0]

"""Who is who: ids of local funds on all their uses, short forms of the document, and "the fund"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cqcparse.extractors.funding.drafts import Draft
from cqcparse.grammar import Acronyms, Found, Layers

_SEPARATORS = re.compile(r"[^a-z0-9]+")
_SECTION = re.compile(r"75|76|256|117|106")
_KNOWN = ("known", "short-form")
#: A name has this many capitals.
_FEWEST = 2
_POINTING = frozenset(("the", "this", "that", "its"))


def name_all(layers: Layers, found: list[Found], acronyms: Acronyms) -> list[Draft]:
    """Return the drafts of phrases, with the ids that registers or the document give them.

    Args:
        layers: The document.
        found: Its phrases for money.
        acronyms: Its short forms.
    """
    drafts = [_named(layers, one, acronyms) for one in found]
    _point_back(layers, drafts)
    return drafts


def slug(name: str) -> str:
    """Return *name* in lower case with hyphens between its words."""
    plain = name.lower().replace("’", "'").replace("'", "").replace("&", "and")
    return _SEPARATORS.sub("-", plain).strip("-")


def _named(layers: Layers, found: Found, acronyms: Acronyms) -> Draft:
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
    elif spelt and spelt.long.text.split()[-1].lower() in ("fund", "grant", "budget", "funding"):
        type_ = "grant" if spelt.long.text.lower().endswith("grant") else "fund"
        canonical, proper = slug(spelt.long.text), True
    elif type_ in ("fund", "grant") and (name := _name(layers, found)):
        canonical, proper = slug(layers.words(*name).removesuffix("'s")), True
    return Draft(
        first=found.first,
        last=found.last,
        span=found.span,
        type=type_,
        rule=found.rule.name,
        entry=found.term.entry.id if found.term else None,
        beat=found.beat,
        canonical=canonical,
        proper=proper,
    )


def _name(layers: Layers, found: Found) -> tuple[int, int] | None:
    """Return the extent of a proper name without figures in front, or None if there is none."""
    first, last = found.first, found.head
    while first < last and layers.tags[first] in "#ML":
        first += 1
    row = range(first, last + 1)
    capitals = sum(layers.caps[index] for index in row)
    small = all(layers.caps[index] or layers.tags[index] in "PCD" for index in row)
    return (first, last) if small and capitals >= _FEWEST else None


def _point_back(layers: Layers, drafts: Iterable[Draft]) -> None:
    """Give "the fund" and "this funding" the id of the fund named last."""
    met: dict[str, str | None] = {}
    for one in drafts:
        before = layers.low[one.first - 1] if one.first else ""
        pointing = ("this", "that") if one.type == "stream" else _POINTING
        if one.first == one.last and not one.canonical and before in pointing:
            one.canonical = met.get(one.type)
        elif one.type in ("fund", "grant"):
            met[one.type] = met["stream"] = one.canonical

"""The kinds and types of the mentions on a page, what each is called, and its classes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import attrs

from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.mentions import Mention
from cqcparse.output.html.words import name_of

#: Mean length of the mentions of a wide kind, in code points.
_WIDE = 60
#: What a plugin may say that a sentence says of its matter; each has a sign and a colour.
POLARITIES = ("strength", "shortfall", "mixed", "planned")


@attrs.frozen(kw_only=True)
class Type:
    """A type of mention on a page."""

    name: str
    #: Class of its elements.
    css: str
    count: int
    #: Its polarity, which has a sign of its own; else empty.
    polarity: str


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of mention on a page."""

    name: str
    #: Class of its elements.
    css: str
    count: int
    #: Whether its mentions are whole sentences or so: they have no ground of their own, which
    #: would hide what is marked in them.
    wide: bool
    types: tuple[Type, ...]


@attrs.frozen(kw_only=True)
class Kinds:
    """All kinds on a page."""

    kinds: tuple[Kind, ...]
    _css: Mapping[tuple[str, str], str]

    def css(self, mention: Mention) -> str:
        """Return the classes of the elements of a mention; the first is that of its type."""
        return self._css[mention.kind, type_of(mention)]


def type_of(mention: Mention) -> str:
    """Return the type of a mention, or what it says of its matter."""
    polarity = getattr(mention, "polarity", None)
    return mention.type or (polarity if isinstance(polarity, str) else "") or ""


def kinds_of(mentions: Iterable[Mention]) -> Kinds:
    """Return the kinds of *mentions*: the built-in ones first, then the others by name."""
    lengths: dict[str, list[int]] = defaultdict(list)
    types: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        lengths[mention.kind].append(len(mention.span))
        types[mention.kind][type_of(mention)] += 1
    known = [cls.kind for cls in BUILT_IN]
    names = [*(name for name in known if name in lengths), *sorted(lengths.keys() - set(known))]
    kinds: list[Kind] = []
    css: dict[tuple[str, str], str] = {}
    number = 0
    for place, name in enumerate(names):
        judging = not types[name].keys().isdisjoint(POLARITIES)
        wide = judging or sum(lengths[name]) > _WIDE * len(lengths[name])
        made = []
        for type_, count in sorted(types[name].items(), key=_order):
            number += 1
            polarity = type_ if wide and type_ in POLARITIES else ""
            shown = name_of(type_, name) or "of no type"
            made.append(Type(name=shown, css=f"t{number}", count=count, polarity=polarity))
            classes = f"t{number}{' w' if wide else ''}{' ' + polarity if polarity else ''}"
            css[name, type_] = classes
        kinds.append(
            Kind(
                name=name_of(name),
                css=f"k{place}",
                count=len(lengths[name]),
                wide=wide,
                types=tuple(made),
            )
        )
    return Kinds(kinds=tuple(kinds), css=css)


def _order(type_: tuple[str, int]) -> tuple[int, int, str]:
    """Return the place of a type: polarities in their order, then the most frequent first."""
    name, count = type_
    polarity = POLARITIES.index(name) if name in POLARITIES else len(POLARITIES)
    return polarity, -count, name

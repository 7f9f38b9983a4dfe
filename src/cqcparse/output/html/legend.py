"""The kinds of mention on a page: a colour and a line each, and a box to show or hide them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from cqcparse.model.kinds import BUILT_IN
from cqcparse.model.mentions import Mention
from cqcparse.output.html.escaping import shown

#: Hues of the kinds, in degrees; told apart by people who see few colours, and each has a kind of
#: line besides.
_HUES = (205, 35, 145, 285, 250, 60, 330, 100)
_LINES = ("solid", "dashed", "double", "dotted")
#: Mean length of the mentions of a wide kind, in code points.
_WIDE = 60


@attrs.frozen(kw_only=True)
class Kind:
    """A kind of mention on a page."""

    name: str
    #: Class of its elements, such as ``k0``.
    css: str
    count: int
    #: Whether its mentions are whole sentences or so: they have a line only, as a ground of their
    #: own would hide what is marked in them.
    wide: bool


def kinds_of(mentions: Iterable[Mention]) -> Mapping[str, Kind]:
    """Return the kinds of *mentions* by name: the built-in ones first, then the others by name."""
    lengths: dict[str, list[int]] = defaultdict(list)
    for mention in mentions:
        lengths[mention.kind].append(len(mention.span))
    known = [cls.kind for cls in BUILT_IN if cls.kind in lengths]
    names = [*known, *sorted(lengths.keys() - set(known))]
    return {
        name: Kind(
            name=name,
            css=f"k{number}",
            count=len(lengths[name]),
            wide=sum(lengths[name]) > _WIDE * len(lengths[name]),
        )
        for number, name in enumerate(names)
    }


def legend(kinds: Iterable[Kind]) -> Iterator[str]:
    """Yield the boxes that show and hide the marks of each kind."""
    yield '<fieldset class="legend"><legend>Marks</legend>\n'
    for kind in kinds:
        yield (
            f'<label><input type="checkbox" id="f{kind.css}" checked> '
            f'<span class="mark {kind.css}">{shown(kind.name)}</span> {kind.count}</label>\n'
        )
    yield "</fieldset>\n"


def legend_style(kinds: Iterable[Kind]) -> str:
    """Return the rules of the kinds: their colours, and that a box without a tick hides them."""
    return "".join(map(_rules, kinds))


def _rules(kind: Kind) -> str:
    number = int(kind.css[1:])
    hue = _HUES[number % len(_HUES)]
    line = _LINES[number % len(_LINES)]
    css = kind.css
    ground = (
        f"mark.{css},.mark.{css}{{background:none;border-bottom-width:1px}}\n" if kind.wide else ""
    )
    hidden = f"body:has(#f{css}:not(:checked)) mark.{css}"
    return (
        f".{css}{{--hue:{hue};--line:{line}}}\n{ground}"
        f"{hidden}{{background:none;border-color:transparent}}\n"
        f"{hidden}>a{{pointer-events:none}}\n"
        f"body:has(#f{css}:not(:checked)) .row.{css}{{display:none}}\n"
    )

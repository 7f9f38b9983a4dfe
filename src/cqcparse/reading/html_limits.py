"""Pages that would cost a browser's parser more than linear time or memory, told beforehand."""

from __future__ import annotations

import re
from collections import Counter

#: A comment, or a tag with its attributes; a quoted value may have any character in it.
_TAG = re.compile(
    r"""<(?:!--|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)"""
    r"""(?P<rest>(?:[^>=]++|=\s*+(?:"[^"]*"|'[^']*')?)*+))"""
)
_ATTRIBUTE = re.compile(r"""[^\s/=]++(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s>]*+))?""")
#: Elements whose content is no markup, up to their end tag.
_RAW = frozenset({"iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"})
_FOREIGN = frozenset({"math", "svg"})  # in which the above are elements like others
#: Elements that nothing stands in, and ``a``, which the next ``a`` ends wherever it is.
_FLAT = frozenset(
    [
        *("a", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("param", "source", "track", "wbr"),
    ]
)
#: Elements that go on in the blocks after theirs until they are closed.
_CARRIED_ON = frozenset(
    [
        *("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"),
        *("tt", "u"),
    ]
)
_TABLE_PARTS = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_ITEMS = frozenset({"dd", "dt", "li"})
#: Elements that an end tag inside them does not reach beyond.
_SCOPES = frozenset({"applet", "caption", "marquee", "object", "table", "td", "template", "th"})
#: Elements that the end tag of an inline element does not reach beyond, nor an item that begins.
_BLOCKS = (
    frozenset(
        [
            *("address", "article", "aside", "blockquote", "body", "button", "center", "details"),
            *("dir", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1"),
            *("h2", "h3", "h4", "h5", "h6", "header", "hgroup", "html", "listing", "main", "menu"),
            *("nav", "ol", "p", "pre", "search", "section", "select", "summary", "ul"),
        ]
    )
    | _SCOPES
    | _TABLE_PARTS
    | _ITEMS
)
_PARAGRAPH = frozenset({"p"})
_TABLE = frozenset({"table"})
_SECTIONS = frozenset({"tbody", "tfoot", "thead"})
_CELLS = frozenset({"td", "th"})
#: What ends where an element begins: names, and what keeps it open.
_ENDED_BY = {
    **dict.fromkeys(_ITEMS, ((_ITEMS, _BLOCKS - {"address", "div", "p"}),)),
    **dict.fromkeys(_SECTIONS, ((frozenset({"tr"}), _TABLE), (_SECTIONS, _TABLE))),
    "tr": ((frozenset({"tr"}), _TABLE),),
    **dict.fromkeys(_CELLS, ((_CELLS, _TABLE | {"tr"}),)),
    "option": ((frozenset({"option"}), _BLOCKS),),
    "button": ((frozenset({"button"}), _SCOPES),),
}
_MAX_DEPTH = 1_000  # elements within each other; browsers stop at about 500
_MAX_ATTRIBUTES = 1_000  # of one element
_MAX_OPTIONS = 5_000  # of one select
_MAX_SAME = 3  # elements with the same tag and attributes that are carried on
_MAX_CARRIED = 10  # elements that the parser would make up, for each that is there
_ALWAYS_CARRIED = 20_000


def excess(html: str) -> str | None:
    """Return what is excessive in *html*, as the problem of an error, or None.

    The time to parse a page grows with the square of the depth, of the attributes of an element,
    of the options of a select and of the inline elements that are not closed.
    """
    nesting = _Nesting()
    place = 0
    while tag := _TAG.search(html, place):
        place = tag.end()
        end, name, rest = tag.groups()
        if name is None:
            place = html.find("-->", tag.start() + 2)
            if place < 0:
                return None
            continue
        name = name.lower()
        if len(rest) > 2 * _MAX_ATTRIBUTES and _has_too_many(rest):
            return f"an element <{name[:20]}> has more than {_MAX_ATTRIBUTES:,} attributes"
        if name in _FLAT:
            continue
        if end:
            nesting.end(name)
            continue
        problem = nesting.start(name, rest)
        if problem is not None:
            return problem
        if name in _RAW and not nesting.is_foreign:
            close = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(html, place)
            if close is None:
                return None
            place = close.start()
    return None


def _has_too_many(rest: str) -> bool:
    return sum(1 for _ in _ATTRIBUTE.finditer(rest)) > _MAX_ATTRIBUTES


class _Nesting:
    """Which elements are open, roughly, and how many would be carried on into others."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        self._names: Counter[str] = Counter()
        self._carried: dict[str, list[str]] = {}
        self._carrying = 0
        self._made_up = 0
        self._count = 0
        self._options = 0

    @property
    def is_foreign(self) -> bool:
        """Whether a drawing or formula is open."""
        return any(self._names[name] for name in _FOREIGN)

    def start(self, name: str, rest: str) -> str | None:
        """Open an element and return what is excessive now, or None."""
        self._count += 1
        if name == "select":
            self._options = 0
        elif name == "option":
            self._options += 1
        if name in _BLOCKS and name not in _TABLE_PARTS and self._names["p"]:
            self._close(_PARAGRAPH, _SCOPES | {"button"})
        for ended, limits in _ENDED_BY.get(name, ()):
            self._close(ended, limits)
        if name in _CARRIED_ON:
            self._open.append((name, rest))
        else:
            self._made_up += self._carrying
            self._open.append((name, ""))
        self._names[name] += 1
        if self._options > _MAX_OPTIONS:
            return f"a list to choose from has more than {_MAX_OPTIONS:,} options"
        if self._made_up > _MAX_CARRIED * self._count + _ALWAYS_CARRIED:
            return "elements such as <b> are opened again and again and never closed"
        if len(self._open) + self._carrying > _MAX_DEPTH:
            return f"elements are nested more than {_MAX_DEPTH:,} deep"
        return None

    def end(self, name: str) -> None:
        """Close an element, if it is open."""
        if self._open and self._open[-1][0] == name:
            self._open.pop()
            self._names[name] -= 1
        elif not self._names[name]:
            self._drop(name)
        elif name in _CARRIED_ON:
            place = len(self._open) - 1
            while self._open[place][0] != name:
                place -= 1
            del self._open[place]
            self._names[name] -= 1
        else:
            limits = _SCOPES if name in _BLOCKS else _BLOCKS
            if name in _TABLE_PARTS:
                limits = _TABLE | {"template"}
            self._close(frozenset({name}), limits)

    def _close(self, names: frozenset[str], limits: frozenset[str]) -> None:
        """Close the innermost of these elements, and what stands open in it.

        Args:
            names: The elements.
            limits: The elements beyond which it is not looked for.
        """
        for place in range(len(self._open) - 1, -1, -1):
            name = self._open[place][0]
            if name in names:
                for inner, rest in self._open[place:]:
                    self._names[inner] -= 1
                    if inner in _CARRIED_ON:
                        self._carry(inner, rest)
                del self._open[place:]
                return
            if name in limits:
                return

    def _carry(self, name: str, rest: str) -> None:
        carried = self._carried.setdefault(name, [])
        if carried.count(rest) < _MAX_SAME:
            carried.append(rest)
            self._carrying += 1

    def _drop(self, name: str) -> None:
        """Note that an element which was carried on is closed."""
        if self._carried.get(name):
            self._carried[name].pop()
            self._carrying -= 1

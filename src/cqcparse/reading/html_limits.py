"""Pages that would cost a browser's parser more than linear time or memory, told beforehand."""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
#: Elements that nothing stands in, and ``a``, which the next ``a`` ends wherever it is.
_FLAT = frozenset(
    [
        *(
            "a",
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
        ),
        *("track", "wbr"),
    ]
)
#: Elements that end where the next of their kind begins.
_ENDED_BY_NEXT = frozenset(["dd", "dt", "li", "option", "p", "tbody", "td", "th", "thead", "tr"])
#: Elements that go on in the blocks after theirs until they are closed.
_CARRIED_ON = frozenset(
    [
        *("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong"),
        *("tt", "u"),
    ]
)
_FEW_TAGS = 2_000  # no page with fewer can do harm
_MAX_DEPTH = 50_000  # elements within each other; the time to parse grows with its square
_MAX_LOOK = 5_000  # elements to look through for the one that ends
_MAX_CARRIED = 2_000_000  # elements that the parser would make up


def excess(html: str) -> str | None:
    """Return what is excessive in *html*, as the problem of an error, or None."""
    if html.count("<") < _FEW_TAGS:
        return None
    nesting = _Nesting()
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if name in _FLAT:
            continue
        if tag[1]:
            nesting.end(name)
        else:
            nesting.start(name)
        if nesting.made_up > _MAX_CARRIED:
            return "elements such as <b> are opened again and again and never closed"
        if len(nesting.open) > _MAX_DEPTH:
            return f"elements are nested more than {_MAX_DEPTH} deep"
    return None


class _Nesting:
    """Which elements are open, roughly, and how many would be carried on into others."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.made_up = 0
        self._carried = 0

    def start(self, name: str) -> None:
        """Open an element."""
        if name in _ENDED_BY_NEXT:
            self._end_last(name)
        if name not in _CARRIED_ON:
            self.made_up += self._carried
        self.open.append(name)

    def end(self, name: str) -> None:
        """Close an element, and what stands open in it."""
        if self.open and self.open[-1] == name:
            self.open.pop()
        elif name in _CARRIED_ON:
            self._carried = max(0, self._carried - 1)
        else:
            self._end_last(name)

    def _end_last(self, name: str) -> None:
        """Close the innermost element of this name, and with it what may end without an end tag."""
        innermost = len(self.open) - 1
        for place in range(innermost, max(-1, innermost - _MAX_LOOK), -1):
            if self.open[place] == name:
                self._carried += sum(1 for inner in self.open[place:] if inner in _CARRIED_ON)
                del self.open[place:]
                return
            if self.open[place] not in _CARRIED_ON and self.open[place] not in _ENDED_BY_NEXT:
                return

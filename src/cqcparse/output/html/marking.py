"""The text of a document with wraps around its parts, cut so that the HTML is balanced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

import attrs

from cqcparse.model.spans import Span
from cqcparse.output.html.environment import possible


@attrs.frozen(kw_only=True)
class Wrap:
    """An element around a part of the text."""

    span: Span
    #: Tag that opens it, with all its attributes.
    first: str
    #: Tag that opens it again where another wrap cut it in two: without an id.
    again: str
    close: str
    #: Address that its first words link to, which needs no quotes; None for no link.
    href: str | None = None


@attrs.frozen(kw_only=True)
class Anchor:
    """A place in the text that links can lead to."""

    offset: int
    id: str


def marked(text: str, wraps: Iterable[Wrap], anchors: Iterable[Anchor] = ()) -> Iterator[str]:
    """Yield *text* as HTML in pieces: each wrap around its part, and all of them nested.

    Where two wraps cross, the one that began later is closed with the earlier and opened again
    behind it. The characters between the tags are those of the text, in order.

    Args:
        text: The text of the document.
        wraps: In any order; those around no text are left out. Of two that begin together the
            longer is outside, of two on the same characters the one given first.
        anchors: In any order.
    """
    ordered = sorted((w for w in wraps if len(w.span)), key=_outer_first)
    writer = _Writer(text, sorted(anchors, key=lambda anchor: anchor.offset))
    for wrap in ordered:
        yield from writer.advance(wrap.span.start)
        yield writer.open(wrap)
    yield from writer.advance(len(text))
    yield from writer.rest()


def _outer_first(wrap: Wrap) -> tuple[int, int]:
    return wrap.span.start, -wrap.span.end


class _Writer:
    """Writes the text from its start to its end, with the wraps that are open at each place."""

    def __init__(self, text: str, anchors: Sequence[Anchor]) -> None:
        self._text = text
        self._anchors = anchors
        self._anchored = 0
        self._place = 0
        self._open: list[Wrap] = []
        self._linked: set[int] = set()

    def open(self, wrap: Wrap) -> str:
        self._open.append(wrap)
        return wrap.first

    def advance(self, end: int) -> Iterator[str]:
        """Yield the text up to *end*, closing every wrap that ends by then."""
        while self._open:
            stop = min(wrap.span.end for wrap in self._open)
            if stop > end:
                break
            yield from self._write(stop)
            yield from self._close(stop)
        yield from self._write(end)

    def rest(self) -> Iterator[str]:
        """Yield the anchors behind the end of the text."""
        yield from self._pass_anchors(len(self._text) + 1)

    def _close(self, stop: int) -> Iterator[str]:
        """Close the wraps that end at *stop*, and open those again that were inside them."""
        lowest = next(i for i, wrap in enumerate(self._open) if wrap.span.end == stop)
        cut = self._open[lowest:]
        yield from (wrap.close for wrap in reversed(cut))
        kept = [wrap for wrap in cut if wrap.span.end > stop]
        yield from (wrap.again for wrap in kept)
        self._open[lowest:] = kept

    def _write(self, end: int) -> Iterator[str]:
        """Yield the text up to *end*, a link if the innermost wrap has an address."""
        while self._place < end:
            yield from self._pass_anchors(self._place + 1)
            stop = end
            if self._anchored < len(self._anchors):
                stop = min(end, self._anchors[self._anchored].offset)
            yield self._piece(shown(self._text[self._place : stop]))
            self._place = stop

    def _pass_anchors(self, before: int) -> Iterator[str]:
        while self._anchored < len(self._anchors):
            anchor = self._anchors[self._anchored]
            if anchor.offset >= before:
                return
            yield f'<span id="{anchor.id}"></span>'
            self._anchored += 1

    def _piece(self, characters: str) -> str:
        """Return characters, a link to the innermost wrap's address if they are its first."""
        wrap = next((wrap for wrap in reversed(self._open) if wrap.href), None)
        if wrap is None or id(wrap) in self._linked:
            return characters
        self._linked.add(id(wrap))
        return f"<a href={wrap.href}>{characters}</a>"


def shown(text: str) -> str:
    """Return *text* escaped, for the content of an element.

    A browser gives back the same characters; only NUL and lone surrogates, which cannot stand
    in HTML, become U+FFFD, one for one.
    """
    # A browser takes a bare carriage return for a line feed.
    return escape(possible(text)).replace("\r", "&#13;")

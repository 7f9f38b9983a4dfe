"""Lists of links among the blocks of a web page, which lead away from the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

from cqcparse.model.document import Omission
from cqcparse.reading.structure import Piece

_LABEL = re.compile(
    r"(?:related|see also|more (?:like this|from|in this)|useful links|quick links|further reading"
    r"|on this page|in this section|(?:table of )?contents|share this|you may also)\b.{0,60}",
    re.IGNORECASE,
)
_MIN_LINKS = 3


@attrs.frozen(kw_only=True)
class Found:
    """A piece of a web page, and whether all of it is in links."""

    piece: Piece
    is_link: bool


def without_link_lists(
    found: list[Found], *, anywhere: bool
) -> tuple[tuple[Piece, ...], tuple[Omission, ...]]:
    """Return the pieces without lists of links, and an omission for each piece left out.

    A list of links is left out under a heading such as "Related pages", and before the first and
    after the last text of the article.

    Args:
        found: The pieces of a page, in order.
        anywhere: Whether lists of links are left out in between too, because the page does not
            say where its article is.
    """
    runs = list(_runs(found))
    kept: list[Piece] = []
    omitted: list[Omission] = []
    for place, (is_list, run) in enumerate(runs):
        if not is_list:
            kept.extend(run)
            continue
        label = _label(kept)
        if label:
            omitted.append(_omission(kept.pop()))
        if label or anywhere or place in {0, len(runs) - 1}:
            omitted.extend(map(_omission, run))
        else:
            kept.extend(run)
    return tuple(kept), tuple(omitted)


def _runs(found: Iterable[Found]) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield the pieces in runs, with whether a run is a list of links."""
    waiting: list[Piece] = []
    for is_link, group in groupby(found, key=_is_linked_item):
        run = [item.piece for item in group]
        if is_link and (len(run) >= _MIN_LINKS or _label(waiting)):
            if waiting:
                yield False, waiting
            yield True, run
            waiting = []
        else:
            waiting += run
    if waiting:
        yield False, waiting


def _is_linked_item(found: Found) -> bool:
    return found.is_link and found.piece.kind == "list-item"


def _label(pieces: list[Piece]) -> bool:
    return bool(pieces) and _LABEL.fullmatch(pieces[-1].text) is not None


def _omission(piece: Piece) -> Omission:
    path = piece.origin.path if piece.origin else None
    return Omission(reason="related-links", path=path or "", length=len(piece.text))

"""The bodies of the register as a lexicon, by the names that reports use for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from cqcparse.grammar import Entry, Lexicon
from cqcparse.registry import BoardRecord, authorities, boards, bodies, other_authorities

_BOARD = (
    "NHS {} Integrated Care Board",
    "{} Integrated Care Board",
    "NHS {} ICB",
    "{} ICB",
    "NHS {}",
)
_SYSTEM = ("{} Integrated Care System", "{} ICS", "{} Health and Care Partnership")
_COUNCIL = ("{} Council", "London Borough of {}", "{} City Council", "{} Borough Council")


@cache
def registered_bodies() -> Lexicon:
    """Return the bodies of the register that have proper names, as phrases to find.

    Examples:
        >>> from cqcparse.extractors.partners.registered import registered_bodies
        >>> [e.name for e in registered_bodies().entries if "Derbyshire Police" in e.aliases]
        ['Derbyshire Constabulary']
    """
    known = (_entry(body.id, body.type, _spelt((body.name, *body.aliases))) for body in bodies())
    councils = (
        *(_council(one.name, one.aliases, one.short_name) for one in authorities()),
        *(_council(one.name, one.aliases) for one in other_authorities() if _says_so(one.name)),
    )
    return Lexicon(kind="partner", entries=(*known, *_boards(), *councils))


def _boards() -> Iterator[Entry]:
    for board in boards():
        yield from _board(board)


def _board(board: BoardRecord) -> Iterator[Entry]:
    """Yield an integrated care board, and the system around it."""
    area = board.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
    areas = _spelt((area, *board.areas))
    own = (form.format(area) for form in _BOARD for area in areas)
    system = (form.format(area) for form in _SYSTEM for area in areas)
    key = f"{board.ods_code}-{board.start.year}"
    yield _entry(key, "icb", (board.name, *own))
    yield _entry(f"{key}-system", "ics", (*system, *board.systems))


def _council(name: str, aliases: Iterable[str], area: str = "") -> Entry:
    """Return a council; its area alone is a place."""
    printed = (form.format(area) for form in _COUNCIL if area)
    names = _spelt(filter(_says_so, (name, *printed, *aliases)))
    return _entry(name, "local-authority", names)


def _entry(id_: str, kind: str, names: Iterable[str]) -> Entry:
    name, *aliases = dict.fromkeys(names)
    return Entry(id=id_, name=name, type=kind, named=True, aliases=tuple(aliases))


def _says_so(name: str) -> bool:
    return "Council" in name or "Borough" in name


def _spelt(names: Iterable[str]) -> tuple[str, ...]:
    """Return *names* with "and" and with "&"."""
    return tuple(form for name in names for form in (name, name.replace(" and ", " & ")))

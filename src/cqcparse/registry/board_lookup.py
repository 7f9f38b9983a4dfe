"""Look up an integrated care board by its name as printed, its code, or the authority it covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

import attrs

from cqcparse.registry.authority_lookup import find_authority, find_authority_by_code
from cqcparse.registry.data import load_boards
from cqcparse.registry.names import BoardName, Form, board_parts, key
from cqcparse.registry.records import BoardRecord


@attrs.frozen(kw_only=True)
class BoardMatch:
    """A board, and what the printed name says it is.

    Attributes:
        board: The board.
        form: ``board`` for the board, ``system`` for its integrated care system or
            partnership, ``area`` if the name says neither.

    Examples:
        >>> from cqcparse import registry
        >>> registry.match_board("Black Country Integrated Care Board").board.ods_code
        'QUA'
    """

    board: BoardRecord
    form: Form


@cache
def boards() -> tuple[BoardRecord, ...]:
    """Return all records of boards, those of 2022 first; a board whose area changed has two.

    Examples:
        >>> from cqcparse import registry
        >>> registry.boards()[0].ods_code
        'QOX'
    """
    return load_boards()


def find_board(name: str, on: dt.date | None = None) -> BoardRecord | None:
    """Return the board that *name* means, however it is spelt; None if unknown or ambiguous.

    Args:
        name: Such as ``NHS North West London Integrated Care Board``, ``Northwest London ICB`` or
            ``NWL``. The name of the care system finds its board, too: see :func:`match_board`.
        on: The date of the report. The record is the one in force on it; a board that had been
            abolished by then is still found by its name, one that had not been founded is not.
            Without a date it is the latest.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_board("NHS Black Country ICB").ods_code
        'QUA'
    """
    match = match_board(name, on)
    return match.board if match else None


def match_board(name: str, on: dt.date | None = None) -> BoardMatch | None:
    """Return the board that *name* means and whether it names the board, its system or the area.

    Args:
        name: The name as printed; see :func:`find_board`.
        on: The date of the report.

    Examples:
        >>> from cqcparse import registry
        >>> registry.match_board("Black Country Integrated Care Board").board.ods_code
        'QUA'
    """
    system = _by_system().get(key(name))
    if system:
        board = _in_force(system, on)
        return BoardMatch(board=board, form="system") if board else None
    parts = board_parts(name)
    known = _by_area().get(parts.area) or _by_area().get(parts.area.removesuffix("s"))
    if known is None or not (parts.nhs or parts.form != "area" or find_authority(name) is None):
        known = _by_acronym(name, parts)
    board = _in_force(known, on) if known else None
    form: Form = "board" if parts.area.endswith("icb") else parts.form
    return BoardMatch(board=board, form=form) if board else None


def find_board_by_code(code: str, on: dt.date | None = None) -> BoardRecord | None:
    """Return the board with this ODS or ONS code, in its record of the date or its latest.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_board_by_code("QUA").name
        'NHS Black Country Integrated Care Board'
    """
    return _in_force(_by_code().get(code.strip().upper(), ()), on)


def boards_for_authority(
    ons_code: str, on: dt.date | None = None, *, partial: bool = False
) -> tuple[BoardRecord, ...]:
    """Return the boards whose area an authority lies in.

    Args:
        ons_code: Code of the authority.
        on: The day in question; without one, the boards of the latest day the register knows.
        partial: Whether to name boards that cover only a small part of the authority, too.

    Examples:
        >>> from cqcparse import registry
        >>> [board.ods_code for board in registry.boards_for_authority("E10000016")]
        ['QKS']
    """
    authority = find_authority_by_code(ons_code)
    memberships = authority.memberships if authority else ()
    found = (
        find_board_by_code(membership.board, on)
        for membership in memberships
        if (membership.validity.end is None if on is None else on in membership.validity)
        and (partial or not membership.partial)
    )
    return tuple(board for board in found if board)


def board_for_authority(ons_code: str, on: dt.date | None = None) -> BoardRecord | None:
    """Return the one board whose area an authority lies in; None if it is split between several.

    Args:
        ons_code: Code of the authority.
        on: The day in question; see :func:`boards_for_authority`.

    Examples:
        >>> from cqcparse import registry
        >>> registry.board_for_authority("E10000016").ods_code
        'QKS'
    """
    found = boards_for_authority(ons_code, on)
    return found[0] if len(found) == 1 else None


def successors(board: BoardRecord, on: dt.date | None = None) -> tuple[BoardRecord, ...]:
    """Return the boards that have its area on a day, or now: itself, while it exists.

    Examples:
        >>> from cqcparse import registry
        >>> [board.ods_code for board in registry.successors(registry.find_board_by_code("QUA"))]
        ['QUA']
    """
    if board.end is None or (on is not None and on <= board.end):
        return (board,)
    following = (find_board_by_code(code, on) for code in board.successors)
    return tuple(later for each in following if each for later in successors(each, on))


def _by_acronym(name: str, parts: BoardName) -> tuple[BoardRecord, ...] | None:
    """Return the records of the only board with this acronym, which alone must be in capitals."""
    known = _acronyms().get(parts.area)
    if known is None or len({record.ods_code for record in known}) > 1:
        return None
    if parts.form == "area" and not any(acronym in name for acronym in known[0].acronyms):
        return None
    return known


def _in_force(records: tuple[BoardRecord, ...], on: dt.date | None) -> BoardRecord | None:
    """Return the record of the day, else the last before it; None if all begin later."""
    begun = [record for record in records if on is None or record.start <= on]
    return max(begun, key=lambda record: record.start, default=None)


@cache
def _by_area() -> dict[str, tuple[BoardRecord, ...]]:
    """Return the records by the keys of the names of their areas."""
    return _table((board_parts(name).area, b) for b in boards() for name in (b.name, *b.areas))


@cache
def _by_system() -> dict[str, tuple[BoardRecord, ...]]:
    """Return the records by the keys of the names of their systems."""
    return _table((key(name), board) for board in boards() for name in board.systems)


@cache
def _acronyms() -> dict[str, tuple[BoardRecord, ...]]:
    """Return the records by their acronyms, with and without ICB run on."""
    return _table(
        (written, board)
        for board in boards()
        for acronym in board.acronyms
        for written in (key(acronym), f"{key(acronym)}icb")
    )


@cache
def _by_code() -> dict[str, tuple[BoardRecord, ...]]:
    """Return the records by ODS and ONS code."""
    return _table((code, board) for board in boards() for code in (board.ods_code, board.ons_code))


def _table(
    pairs: Iterable[tuple[str, BoardRecord]],
) -> dict[str, tuple[BoardRecord, ...]]:
    """Return *pairs* as a table, the values of one key together."""
    table: dict[str, tuple[BoardRecord, ...]] = {}
    for name, record in pairs:
        if record not in table.get(name, ()):
            table[name] = (*table.get(name, ()), record)
    return table

"""Load the data files of the register into records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from cqcparse.errors import DataError
from cqcparse.registry.records import (
    AuthorityRecord,
    BoardRecord,
    BodyRecord,
    Membership,
    OtherAuthority,
    Validity,
)

RecordT = TypeVar("RecordT")


def load_authorities() -> tuple[AuthorityRecord, ...]:
    """Return the authorities, in the order of their codes.

    Raises:
        DataError: If the data file is not valid.
    """
    return _load("authorities.csv", _authority)


def load_other_authorities() -> tuple[OtherAuthority, ...]:
    """Return the bodies without duties for adult social care, kind by kind.

    Raises:
        DataError: If the data file is not valid.
    """
    return _load("other_authorities.csv", _other_authority)


def load_boards() -> tuple[BoardRecord, ...]:
    """Return the boards, those of 2022 first.

    Raises:
        DataError: If the data file is not valid.
    """
    return _load("boards.csv", _board)


def load_bodies() -> tuple[BodyRecord, ...]:
    """Return the bodies that are neither councils nor boards, in the order of their ids.

    Raises:
        DataError: If the data file is not valid.
    """
    return _load("bodies.csv", _body)


def _load(name: str, build: Callable[[dict[str, str]], RecordT]) -> tuple[RecordT, ...]:
    """Return a record for each row of a data file."""
    import csv  # noqa: PLC0415 - not needed until a name is looked up
    from pathlib import Path  # noqa: PLC0415

    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    records = []
    for number, row in enumerate(csv.DictReader(lines), 2):
        try:
            records.append(build(row))
        except (KeyError, ValueError, AttributeError) as error:
            raise DataError(name, f"not a valid row: {error}", number) from error
    return tuple(records)


def _authority(row: dict[str, str]) -> AuthorityRecord:
    """Return the authority of a row."""
    return AuthorityRecord(
        ons_code=row["ons_code"],
        name=row["name"],
        short_name=row["short_name"],
        type=row["type"],  # type: ignore[arg-type]
        region=row["region"],
        memberships=tuple(_membership(written) for written in row["boards"].split("; ")),
        aliases=_several(row["aliases"]),
        slugs=_several(row["slugs"]),
        former_ons_codes=_several(row["former_ons_codes"]),
    )


def _other_authority(row: dict[str, str]) -> OtherAuthority:
    """Return the body of a row."""
    return OtherAuthority(
        name=row["name"],
        area=row["area"],
        kind=row["kind"],  # type: ignore[arg-type]
        end=_date(row["end"]),
        successors=_several(row["successors"]),
        county=row["county"] or None,
        aliases=_several(row["aliases"]),
    )


def _membership(written: str) -> Membership:
    """Return a membership from such as ``QRV 2022-07-01/2026-03-31``; ``~`` marks a part."""
    board, days = written.split(" ")
    start, end = days.split("/")
    return Membership(
        board=board.removeprefix("~"),
        validity=Validity(start=_date(start), end=_date(end)),
        partial=board.startswith("~"),
    )


def _board(row: dict[str, str]) -> BoardRecord:
    """Return the board of a row."""
    return BoardRecord(
        ods_code=row["ods_code"],
        ons_code=row["ons_code"],
        name=row["name"],
        acronyms=_several(row["acronyms"]),
        areas=_several(row["areas"]),
        systems=_several(row["systems"]),
        start=dt.date.fromisoformat(row["start"]),
        end=_date(row["end"]),
        successors=_several(row["successors"]),
    )


def _body(row: dict[str, str]) -> BodyRecord:
    """Return the body of a row."""
    return BodyRecord(
        id=row["id"], name=row["name"], type=row["type"], aliases=_several(row["aliases"])
    )


def _several(written: str) -> tuple[str, ...]:
    return tuple(written.split("|")) if written else ()


def _date(written: str) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None

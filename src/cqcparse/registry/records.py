"""Records of the register: an authority, a board, and how long each fact holds."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

AuthorityType: TypeAlias = Literal["county", "unitary", "metropolitan", "london-borough"]


@attrs.frozen(kw_only=True)
class Validity:
    """The days on which something holds."""

    #: First day; None if it was so before the register begins.
    start: dt.date | None = None
    #: Last day, included; None if it is still so.
    end: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        """Return whether it holds on *day*."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@attrs.frozen(kw_only=True)
class Membership:
    """That an authority lies in the area of an integrated care board."""

    #: ODS code of the board.
    board: str
    validity: Validity
    #: True if only a small part of the authority lies there.
    partial: bool = False


@attrs.frozen(kw_only=True)
class AuthorityRecord:
    """A council with duties for adult social care."""

    #: Code of the Office for National Statistics now in force.
    ons_code: str
    #: Full name, as the Care Quality Commission titles its report where that is known.
    name: str
    #: Name of the area, such as ``Camden``.
    short_name: str
    type: AuthorityType
    #: Region of England.
    region: str
    memberships: tuple[Membership, ...] = ()
    #: Other names in print that do not follow from the name, such as ``RBKC``.
    aliases: tuple[str, ...] = ()
    #: Last parts of the addresses of its assessments, such as ``camden-0225``; not derivable.
    slugs: tuple[str, ...] = ()
    #: Codes it had before a change of boundary.
    former_ons_codes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class BoardRecord:
    """An integrated care board of the NHS, as it was between two dates.

    A board whose area and ONS code changed has a record for each time, with the same ODS code.
    """

    #: Code of the Organisation Data Service; it stays while the board exists.
    ods_code: str
    #: Code of the Office for National Statistics.
    ons_code: str
    #: Full name, such as ``NHS North West London Integrated Care Board``.
    name: str
    #: Short forms, the usual one first; several boards may share one.
    acronyms: tuple[str, ...] = ()
    #: Other names of the area, such as ``NW London``.
    areas: tuple[str, ...] = ()
    #: Names of the care system it runs that do not follow from the area, such as ``One Devon``.
    systems: tuple[str, ...] = ()
    #: First day of this record.
    start: dt.date
    #: Last day of this record, included; None if it is in force.
    end: dt.date | None = None
    #: ODS codes of the boards that took over.
    successors: tuple[str, ...] = ()

    @property
    def acronym(self) -> str | None:
        """The usual short form, such as ``NWL``; None if there is none."""
        return self.acronyms[0] if self.acronyms else None

    @property
    def aliases(self) -> tuple[str, ...]:
        """All other names: acronyms, areas and systems."""
        return (*self.acronyms, *self.areas, *self.systems)

    @property
    def validity(self) -> Validity:
        """The days on which this record holds."""
        return Validity(start=self.start, end=self.end)

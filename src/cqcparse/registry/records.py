"""Records of the register: an authority, a board, and how long each fact holds."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import attrs

AuthorityType: TypeAlias = Literal["county", "unitary", "metropolitan", "london-borough"]

#: Why a body has no duties for adult social care in England: it no longer exists, it is a district
#: below a county, a combined authority above councils, or a council of another nation.
OtherKind: TypeAlias = Literal[
    "abolished", "combined", "district", "wales", "scotland", "northern-ireland"
]


@attrs.frozen(kw_only=True)
class Validity:
    """The days on which something holds.

    Attributes:
        start: First day; None if it was so before the register begins.
        end: Last day, included; None if it is still so.

    Examples:
        >>> import datetime as dt
        >>> from cqcparse.registry import Validity
        >>> Validity(start=dt.date(2022, 7, 1), end=None).start.year
        2022
    """

    start: dt.date | None = None
    end: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        """Return whether it holds on *day*."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@attrs.frozen(kw_only=True)
class Membership:
    """That an authority lies in the area of an integrated care board.

    Attributes:
        board: ODS code of the board.
        validity: From when to when.
        partial: True if only a small part of the authority lies there.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_authority_by_code("E10000016").memberships[0].board
        'QKS'
    """

    board: str
    validity: Validity
    partial: bool = False


@attrs.frozen(kw_only=True)
class AuthorityRecord:
    """A council with duties for adult social care.

    Attributes:
        ons_code: Code of the Office for National Statistics now in force.
        name: Full name, as the Care Quality Commission titles its report where that is
            known.
        short_name: Name of the area, such as ``Camden``.
        type: What kind of council it is.
        region: Region of England.
        memberships: The integrated care boards it belongs or belonged to.
        aliases: Other names in print that do not follow from the name, such as ``RBKC``.
        slugs: Last parts of the addresses of its assessments, such as ``camden-0225``; not
            derivable.
        former_ons_codes: Codes it had before a change of boundary.

    Examples:
        >>> from cqcparse import registry
        >>> record = registry.find_authority_by_code("E10000016")
        >>> record.name, record.region
        ('Kent County Council', 'South East')
    """

    ons_code: str
    name: str
    short_name: str
    type: AuthorityType
    region: str
    memberships: tuple[Membership, ...] = ()
    aliases: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    former_ons_codes: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class OtherAuthority:
    """A body that is named like an assessed council and has no duties for adult social care.

    Attributes:
        name: Its name.
        area: Name of the area, such as ``Cumbria``.
        kind: Why it has no such duties in England.
        end: Its last day; None if it exists.
        successors: Codes of the authorities that took over.
        county: Code of the county council that has the duties where it is a district.
        aliases: Other names in print.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_other_authority("Cumbria County Council").name
        'Cumbria County Council'
    """

    name: str
    area: str
    kind: OtherKind
    end: dt.date | None = None
    successors: tuple[str, ...] = ()
    county: str | None = None
    aliases: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class BoardRecord:
    """An integrated care board of the NHS, as it was between two dates.

    A board whose area and ONS code changed has a record for each time, with the same ODS code.

    Attributes:
        ods_code: Code of the Organisation Data Service; it stays while the board exists.
        ons_code: Code of the Office for National Statistics.
        name: Full name, such as ``NHS North West London Integrated Care Board``.
        acronyms: Short forms, the usual one first; several boards may share one.
        areas: Other names of the area, such as ``NW London``.
        systems: Names of the care system it runs that do not follow from the area, such as
            ``One Devon``.
        start: First day of this record.
        end: Last day of this record, included; None if it is in force.
        successors: ODS codes of the boards that took over.

    Examples:
        >>> from cqcparse import registry
        >>> registry.find_board_by_code("QUA").name
        'NHS Black Country Integrated Care Board'
    """

    ods_code: str
    ons_code: str
    name: str
    acronyms: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    start: dt.date
    end: dt.date | None = None
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


@attrs.frozen(kw_only=True)
class BodyRecord:
    """A named body of another kind: a police force, a trust, a national body, a charity.

    Attributes:
        id: Its id, stable between releases: an official code, or type and name such as
            ``police:kent-police``.
        name: Full name.
        type: What it is, a type of partner.
        aliases: Other names and short forms in print.

    Examples:
        >>> from cqcparse.registry import find_body
        >>> find_body("Met Police").name
        'Metropolitan Police Service'
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()

"""The register: English authorities and integrated care boards, dated, looked up by printed name.

The data files beside this module hold facts from public sources; ``SOURCES.md`` names them. They
are read on first use, once a process; a look-up takes time by the length of the name only.
"""

from __future__ import annotations

from cqcparse.registry.authorities import (
    authorities,
    find_authority,
    find_authority_by_address,
    find_authority_by_code,
)
from cqcparse.registry.boards import (
    BoardMatch,
    board_for_authority,
    boards,
    boards_for_authority,
    find_board,
    find_board_by_code,
    match_board,
    successors,
)
from cqcparse.registry.records import AuthorityRecord, BoardRecord, Membership, Validity

__all__ = [
    "AuthorityRecord",
    "BoardMatch",
    "BoardRecord",
    "Membership",
    "Validity",
    "authorities",
    "board_for_authority",
    "boards",
    "boards_for_authority",
    "find_authority",
    "find_authority_by_address",
    "find_authority_by_code",
    "find_board",
    "find_board_by_code",
    "match_board",
    "successors",
]

"""The register: English authorities and integrated care boards, dated, looked up by printed name.

The data files beside this module hold facts from public sources; ``SOURCES.md`` names them. They
are read on first use, once a process; a look-up takes time by the length of the name only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcparse.model.lazy_names import found_lazily

if TYPE_CHECKING:  # what checkers and editors read; a test holds it to the names below
    from cqcparse.registry.address_lookup import (
        find_authority_by_address as find_authority_by_address,
    )
    from cqcparse.registry.authority_lookup import authorities as authorities
    from cqcparse.registry.authority_lookup import find_authority as find_authority
    from cqcparse.registry.authority_lookup import find_authority_by_code as find_authority_by_code
    from cqcparse.registry.authority_lookup import find_other_authority as find_other_authority
    from cqcparse.registry.authority_lookup import other_authorities as other_authorities
    from cqcparse.registry.board_lookup import BoardMatch as BoardMatch
    from cqcparse.registry.board_lookup import board_for_authority as board_for_authority
    from cqcparse.registry.board_lookup import boards as boards
    from cqcparse.registry.board_lookup import boards_for_authority as boards_for_authority
    from cqcparse.registry.board_lookup import find_board as find_board
    from cqcparse.registry.board_lookup import find_board_by_code as find_board_by_code
    from cqcparse.registry.board_lookup import match_board as match_board
    from cqcparse.registry.board_lookup import successors as successors
    from cqcparse.registry.body_lookup import bodies as bodies
    from cqcparse.registry.body_lookup import find_body as find_body
    from cqcparse.registry.records import AuthorityRecord as AuthorityRecord
    from cqcparse.registry.records import BoardRecord as BoardRecord
    from cqcparse.registry.records import BodyRecord as BodyRecord
    from cqcparse.registry.records import Membership as Membership
    from cqcparse.registry.records import OtherAuthority as OtherAuthority
    from cqcparse.registry.records import Validity as Validity
    from cqcparse.registry.suggestions import suggest_authorities as suggest_authorities
else:
    __all__, __getattr__, __dir__ = found_lazily(
        __name__,
        {
            "authority_lookup": (
                *("authorities", "find_authority", "find_authority_by_code"),
                *("find_other_authority", "other_authorities"),
            ),
            "suggestions": ("suggest_authorities",),
            "address_lookup": ("find_authority_by_address",),
            "board_lookup": (
                *("BoardMatch", "board_for_authority", "boards", "boards_for_authority"),
                *("find_board", "find_board_by_code", "match_board", "successors"),
            ),
            "body_lookup": ("bodies", "find_body"),
            "records": (
                *("AuthorityRecord", "BoardRecord", "BodyRecord", "Membership"),
                *("OtherAuthority", "Validity"),
            ),
        },
    )

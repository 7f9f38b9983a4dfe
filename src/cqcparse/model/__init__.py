"""The types of all results: no stage of the parsing stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cqcparse.model.lazy_names import found_lazily

if TYPE_CHECKING:  # what checkers and editors read; a test holds it to the names below
    from cqcparse.model.assessment import Entity as Entity
    from cqcparse.model.assessment import Piece as Piece
    from cqcparse.model.document import Block as Block
    from cqcparse.model.document import Box as Box
    from cqcparse.model.document import Omission as Omission
    from cqcparse.model.document import Origin as Origin
    from cqcparse.model.document import PrintedCell as PrintedCell
    from cqcparse.model.document import PrintedLine as PrintedLine
    from cqcparse.model.document import PrintedTable as PrintedTable
    from cqcparse.model.facts import Fact as Fact
    from cqcparse.model.references import Reference as Reference
    from cqcparse.model.report import OnPage as OnPage
    from cqcparse.model.report import ReportStatement as ReportStatement
    from cqcparse.model.scores import Overall as Overall
    from cqcparse.model.scores import Score as Score
    from cqcparse.model.scores import Tally as Tally
    from cqcparse.model.statements import Authority as Authority
    from cqcparse.model.tables import Column as Column
    from cqcparse.model.tables import Table as Table
else:
    __all__, __getattr__, __dir__ = found_lazily(
        __name__,
        {
            "assessment": ("Entity", "Piece"),
            "document": (
                *("Block", "Box", "Omission", "Origin"),
                *("PrintedCell", "PrintedLine", "PrintedTable"),
            ),
            "facts": ("Fact",),
            "references": ("Reference",),
            "report": ("OnPage", "ReportStatement"),
            "scores": ("Overall", "Score", "Tally"),
            "statements": ("Authority",),
            "tables": ("Column", "Table"),
        },
    )

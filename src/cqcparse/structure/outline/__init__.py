"""Between document and sections: the blocks of plain text, and where each section opens."""

from __future__ import annotations

from cqcparse.structure.outline.blocks import document_blocks, text_blocks
from cqcparse.structure.outline.openings import Opening, find_openings

__all__ = ["Opening", "document_blocks", "find_openings", "text_blocks"]

"""Every figure of an assessment with its unit, what it counts, where it goes and when."""

from __future__ import annotations

from collections.abc import Iterable

import cqcparse
from cqcparse_figures.extractor import Figures
from cqcparse_figures.mention import Direction, Figure, Role

__all__ = ["Direction", "Figure", "Figures", "Role"]


@cqcparse.hookimpl
def cqcparse_extractors() -> Iterable[cqcparse.Extractor]:
    """Return the extractors of this plugin."""
    return [Figures()]

"""What is assessed: a framework profile is data, and these are its types and its loader."""

from __future__ import annotations

from cqcparse.framework.loading import builtin_frameworks, load_framework
from cqcparse.framework.matching import HeadingMatcher, KnownLine
from cqcparse.framework.profile import (
    AspectWording,
    DateWording,
    FigureWording,
    Framework,
    Heading,
    HeadingRole,
    Matching,
    Measure,
    OverallWording,
    PageKind,
    RatingBand,
    ScoreLevel,
    ScoreWording,
    Statement,
    Theme,
)
from cqcparse.framework.scoring import ScoreLine, ScoreReader
from cqcparse.model.sections import Role

__all__ = [
    "AspectWording",
    "DateWording",
    "FigureWording",
    "Framework",
    "Heading",
    "HeadingMatcher",
    "HeadingRole",
    "KnownLine",
    "Matching",
    "Measure",
    "OverallWording",
    "PageKind",
    "RatingBand",
    "Role",
    "ScoreLevel",
    "ScoreLine",
    "ScoreReader",
    "ScoreWording",
    "Statement",
    "Theme",
    "builtin_frameworks",
    "load_framework",
]

"""What is assessed: a framework profile is data, and these are its types and its loader."""

from __future__ import annotations

from cqcparse.framework.loading import builtin_frameworks, load_framework
from cqcparse.framework.matching import HeadingMatcher, KnownLine, Role
from cqcparse.framework.profile import (
    Framework,
    Heading,
    HeadingRole,
    Matching,
    OverallWording,
    RatingBand,
    ScoreLevel,
    ScoreWording,
    Statement,
    Theme,
)
from cqcparse.framework.scoring import ScoreLine, ScoreReader

__all__ = [
    "Framework",
    "Heading",
    "HeadingMatcher",
    "HeadingRole",
    "KnownLine",
    "Matching",
    "OverallWording",
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

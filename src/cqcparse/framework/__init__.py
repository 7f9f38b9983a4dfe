"""What is assessed: a framework profile is data, and this is its type."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

HeadingRole: TypeAlias = Literal[
    "preamble", "score", "expectations", "commitment", "key-findings", "topic", "other", "footer"
]


@attrs.frozen(kw_only=True)
class Heading:
    """A heading the profile knows, with its printed variants."""

    id: str
    role: HeadingRole
    #: Official wording first; matching ignores case, commas, dashes, plurals and word order.
    titles: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Theme:
    id: str
    title: str
    variants: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Statement:
    """One quality statement of the framework."""

    id: str
    theme: str
    title: str
    variants: tuple[str, ...] = ()
    #: Short tails of the page addresses, such as ``needs``.
    slugs: tuple[str, ...] = ()
    expectations: tuple[str, ...] = ()
    commitment: str = ""
    topics: tuple[Heading, ...] = ()


@attrs.frozen(kw_only=True)
class ScoreLevel:
    value: int
    rating: str
    descriptor: str
    #: Words of the descriptor that tell the level in any phrasing, such as ``significant shortfalls``.
    cues: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class RatingBand:
    rating: str
    #: Lowest and highest whole percentage of the band.
    low: int
    high: int


@attrs.frozen(kw_only=True)
class Framework:
    """A profile: what a kind of report is made of."""

    id: str
    title: str
    #: True if reports of this profile are local authority assessments.
    local_authority: bool
    themes: tuple[Theme, ...]
    statements: tuple[Statement, ...]
    headings: tuple[Heading, ...]
    scores: tuple[ScoreLevel, ...]
    bands: tuple[RatingBand, ...]
    #: Phrases that only occur in reports of this profile, and those that rule it out.
    markers: tuple[str, ...] = ()
    counter_markers: tuple[str, ...] = ()

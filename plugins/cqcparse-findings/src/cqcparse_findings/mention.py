"""Finding: one sentence of the key findings, with what it says and whose evidence it is."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

import attrs

import cqcparse

Polarity: TypeAlias = Literal["strength", "shortfall", "mixed", "planned", "neutral", "unclear"]
Voice: TypeAlias = Literal[
    "people", "staff", "leaders", "partners", "providers", "voluntary", "data", "assessor"
]


@attrs.frozen(kw_only=True)
class Finding(cqcparse.Mention):
    """One sentence of the key findings."""

    kind: ClassVar[str] = "finding"

    #: What the sentence says of the matter; "unclear" where no polarity is likely.
    polarity: Polarity
    #: Whose evidence it is.
    voice: Voice
    #: How likely the polarity is, from 0 to 1, by the weights that were learned; None where the
    #: sentence before decided, and where it is unclear.
    likelihood: float | None = None
    #: The words that speak for the polarity; empty where its form alone does.
    cues: tuple[cqcparse.Quote, ...] = ()
    #: Who speaks, with the verb; None where the voice is carried over or nobody is named.
    voice_cue: cqcparse.Quote | None = None

"""What a sentence says of the matter: the evidence of its clauses, words and form, weighed."""

from __future__ import annotations

from typing import NamedTuple

from cqcparse_findings.clauses import gives_instance, read_sides, verdict_of
from cqcparse_findings.evidence import Evidence, gather
from cqcparse_findings.mention import Polarity
from cqcparse_findings.reading import Reading
from cqcparse_findings.voice import Heard
from cqcparse_findings.weighing import POLARITIES, chances, learned_weights
from cqcparse_findings.wording import Wording
from cqcparse_findings.words import Hit

#: A polarity that is less likely than this is not said.
_UNSURE = 0.3
#: The features whose cues speak for a polarity, by how their names begin.
_KINDS: dict[Polarity, tuple[str, ...]] = {
    "strength": ("good",),
    "shortfall": ("bad", "bare"),
    "mixed": ("good", "bad", "bare", "mixed"),
    "planned": ("plan", "intent"),
    "neutral": ("describing",),
}


class Judgement(NamedTuple):
    """The polarity of a sentence."""

    polarity: Polarity
    #: The cues that speak for it, in order.
    cues: tuple[Hit, ...] = ()
    #: How likely it is by the weights, from 0 to 1; None where they did not decide.
    likelihood: float | None = None


def evidence_of(reading: Reading, heard: Heard) -> Evidence:
    """Return the features of a sentence.

    Args:
        reading: The sentence.
        heard: Whose evidence it is.
    """
    sides = read_sides(reading)
    return gather(reading, sides, verdict_of(reading, sides), heard)


def judge(
    reading: Reading, heard: Heard, wording: Wording, before: Polarity | None = None
) -> Judgement:
    """Return the polarity of a sentence.

    Args:
        reading: The sentence.
        heard: Whose evidence it is.
        wording: That of its document.
        before: The polarity of the sentence before it in the paragraph, of which it may only give
            an instance.
    """
    evidence = evidence_of(reading, heard)
    first, last = reading.first, reading.last
    weighed = wording.weigh(first, last, heard.voice)
    likely = chances(evidence.features, weighed, last + 1 - first, learned_weights())
    best = max(range(len(likely)), key=likely.__getitem__)
    cues = _speaking(evidence, POLARITIES[best])
    if not cues and before in ("strength", "shortfall") and gives_instance(reading):
        return Judgement(before)
    if likely[best] < _UNSURE:
        return Judgement("unclear")
    return Judgement(POLARITIES[best], cues, round(likely[best], 2))


def _speaking(evidence: Evidence, polarity: Polarity) -> tuple[Hit, ...]:
    """Return the cues that speak for a polarity, in the order of the text."""
    kinds = _KINDS[polarity]
    found = {hit for name, hits in evidence.cues.items() if name.startswith(kinds) for hit in hits}
    return tuple(sorted(found, key=lambda hit: hit.first))

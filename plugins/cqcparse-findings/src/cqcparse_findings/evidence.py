"""What of a sentence bears on its polarity: named features, counted, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cqcparse_findings.clauses import Side, Verdict
from cqcparse_findings.comparing import compared
from cqcparse_findings.reading import CONCEDED, MAIN, REASON, UNDER, Reading
from cqcparse_findings.voice import Heard
from cqcparse_findings.words import Hit

# All in tenths.
#: What a feature counts that is there or not, and no feature counts more than the other.
_THERE, _MOST = 10, 30
#: A sum of signs beyond this, in either direction, judges.
_JUDGES = 4.5
#: What a sign counts: a strong one, a light one, and a negation or "less" that turns nothing.
_STRONG, _LIGHT, _BARE = 10, 6, -7
#: What figures count that say by themselves what is better, or that nothing is.
_FIGURES = {"strength": 15, "shortfall": 15, "alike": 30, "counted": 15}
#: What a voice that is carried over counts, and a word that says by itself that it is mixed.
_CARRIED, _SAID = 5, 25

#: The share of a sign under another clause.
_UNDER = 0.4
#: Cues that do not judge and are counted.
_MARKS = frozenset(("describing", "intent", "mixed", "plan"))
#: By the kind of clause.
_SUFFIX = ("", " under", " under", "")


class Evidence(NamedTuple):
    """The features of a sentence."""

    #: How much each counts in tenths, by its name.
    features: dict[str, int]
    #: The cues of each kind.
    cues: dict[str, list[Hit]]

    def add(self, name: str, amount: int, cue: Hit) -> None:
        """Count a feature that rests on a cue, up to the most that one may count."""
        features = self.features
        features[name] = min(_MOST, features.get(name, 0) + amount)
        self.cues.setdefault(name, []).append(cue)


def gather(reading: Reading, sides: Sequence[Side], verdict: Verdict, heard: Heard) -> Evidence:
    """Return the features of a sentence.

    Args:
        reading: The sentence.
        sides: What the sides of its contrasts say.
        verdict: What they say together.
        heard: Whose evidence it is.
    """
    evidence = Evidence({}, {})
    features = evidence.features
    sums = [_sign_side(evidence, reading, side) for side in sides]
    if len(sums) > 1:
        features["contrast"] = _THERE
        signs = f"{_sign_of(_weigh(sums[0]))} to {_sign_of(_weigh(sums[-1]))}"
        features[f"contrast {signs}"] = _THERE
    certain = "surely" if verdict.certain else "hardly"
    features[f"clauses say {verdict.polarity}, {certain}"] = _THERE
    if any(side.planned for side in sides):
        features["planned"] = _THERE
    if heard.only_carries:
        features["voice carried"] = _THERE
    features[f"voice {heard.voice}"] = _CARRIED if heard.only_carries else _THERE
    figures = compared(reading)
    if figures:
        features[f"figures {figures}"] = _FIGURES[figures]
    return evidence


def _sign_side(evidence: Evidence, reading: Reading, side: Side) -> list[int]:
    """Count the signs of one side, and return their sum by the clause they stand in."""
    sums = [0, 0, 0, 0]
    for value, hit in side.signs:
        clause = reading.clause(hit.first)
        if not value:
            continue
        if not hit.theme:
            sums[clause] += _BARE
            evidence.cues.setdefault("bare", []).append(hit)
            continue
        amount = _STRONG if abs(value) > 1 else _LIGHT
        sums[clause] += amount if value > 0 else -amount
        evidence.add(f"{'good' if value > 0 else 'bad'}{_SUFFIX[clause]}", amount, hit)
    for hit in side.others:
        if hit.cls in _MARKS:
            amount = _SAID if hit.cls == "mixed" else _THERE
            evidence.add(f"{hit.cls}{_SUFFIX[reading.clause(hit.first)]}", amount, hit)
    return sums


def _weigh(side: list[int]) -> float:
    under = side[UNDER] + side[CONCEDED]
    return side[MAIN] + side[REASON] + _UNDER * under


def _sign_of(total: float) -> str:
    return "good" if total > _JUDGES else "bad" if total < -_JUDGES else "0"

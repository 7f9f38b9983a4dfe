"""What of a sentence bears on its polarity: named features, counted, each with its words."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from cqcparse_findings.clauses import Side, Verdict
from cqcparse_findings.comparing import compared
from cqcparse_findings.reading import CLAUSES, Clause, Reading
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
_SUFFIX = {Clause.MAIN: "", Clause.UNDER: " under", Clause.CONCEDED: " under", Clause.REASON: ""}


@attrs.frozen
class Evidence:
    """The features of a sentence."""

    #: How much each counts in tenths, by its name.
    features: dict[str, int] = attrs.field(factory=dict)
    #: The cues of each kind.
    cues: dict[str, list[Hit]] = attrs.field(factory=dict)

    def add(self, name: str, amount: int = _THERE, cue: Hit | None = None) -> None:
        """Count a feature, up to the most that one may count."""
        total = self.features.get(name, 0) + amount
        self.features[name] = min(_MOST, total)
        if cue is not None:
            self.cues.setdefault(name, []).append(cue)


def gather(reading: Reading, sides: Sequence[Side], verdict: Verdict, heard: Heard) -> Evidence:
    """Return the features of a sentence.

    Args:
        reading: The sentence.
        sides: What the sides of its contrasts say.
        verdict: What they say together.
        heard: Whose evidence it is.
    """
    evidence = Evidence()
    sums = [_sign_side(evidence, reading, side) for side in sides]
    if len(sums) > 1:
        evidence.add("contrast")
        evidence.add(f"contrast {_sign_of(_weigh(sums[0]))} to {_sign_of(_weigh(sums[-1]))}")
    evidence.add(f"clauses say {verdict.polarity}, {'surely' if verdict.certain else 'hardly'}")
    if any(side.planned for side in sides):
        evidence.add("planned")
    carried = heard.carries and heard.cue is None
    if carried:
        evidence.add("voice carried")
    evidence.add(f"voice {heard.voice}", _CARRIED if carried else _THERE)
    figures = compared(reading.text)
    if figures:
        evidence.add(f"figures {figures}", _FIGURES[figures])
    return evidence


def _sign_side(evidence: Evidence, reading: Reading, side: Side) -> dict[Clause, int]:
    """Count the signs of one side, and return their sum by the clause they stand in."""
    sums = dict.fromkeys(CLAUSES, 0)
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


def _weigh(side: dict[Clause, int]) -> float:
    under = side[Clause.UNDER] + side[Clause.CONCEDED]
    return side[Clause.MAIN] + side[Clause.REASON] + _UNDER * under


def _sign_of(total: float) -> str:
    return "good" if total > _JUDGES else "bad" if total < -_JUDGES else "0"

"""What of a sentence bears on its polarity: named features, counted, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import attrs

from cqcparse_findings.clauses import Side, Verdict
from cqcparse_findings.comparing import compared
from cqcparse_findings.reading import CLAUSES, Clause, Reading
from cqcparse_findings.voice import Heard
from cqcparse_findings.words import Hit, verbs, words

#: A sum of signs beyond this, in either direction, judges.
_JUDGES = 0.45
#: What a sign counts: a strong one, a light one; and under another clause.
_STRONG, _LIGHT, _UNDER = 1.0, 0.6, 0.4
#: A negation or "less" that turns nothing.
_BARE = -0.7
#: No feature counts more than this.
_MOST = 3.0
#: A stem is longer than so many letters.
_SHORTEST = 2
#: What figures count that say by themselves what is better, or that nothing is.
_FIGURES = {"strength": 1.5, "shortfall": 1.5, "neutral": 3.0}
#: What a word of grammar and a voice that is carried over count, and a verb.
_HALF, _VERBS = 0.5, 0.7
#: Cues that do not judge and are counted.
_MARKS = frozenset(("describing", "intent", "plan", "mixed", "turn"))
_SUFFIX = {Clause.MAIN: "", Clause.UNDER: " under", Clause.CONCEDED: " under", Clause.REASON: ""}
_VERB = re.compile("[XV]")
_AUXILIARY = {
    **dict.fromkeys(("was", "were", "is", "are"), "be"),
    **dict.fromkeys(("had", "has", "have"), "have"),
    **dict.fromkeys(("could", "can"), "can"),
    **dict.fromkeys(("would", "will"), "would"),
    **dict.fromkeys(("may", "might", "should", "must"), "may"),
}
_SHARES = re.compile(r"(\d+(?:\.\d+)?)%")
#: Shares below the one and from the other on are low and high, in per cent.
_LOW, _HIGH = 50, 70


@attrs.frozen
class Evidence:
    """The features of a sentence."""

    #: How much each counts, by its name.
    features: dict[str, float] = attrs.field(factory=dict)
    #: The cues that each rests on, where it rests on cues.
    cues: dict[str, list[Hit]] = attrs.field(factory=dict)

    def add(self, name: str, amount: float = 1.0, cue: Hit | None = None) -> None:
        """Count a feature, up to the most that one may count."""
        total = self.features.get(name, 0.0) + amount
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
    main = _sign_of(sum(clause[Clause.MAIN] for clause in sums))
    form = next((side.form for side in sides if side.form), None)
    evidence.add(f"main {main}, form {form}")
    evidence.add(f"clauses say {verdict.polarity}, {'surely' if verdict.certain else 'hardly'}")
    if any(side.planned for side in sides):
        evidence.add("planned")
    carried = heard.carries and heard.cue is None
    if carried:
        evidence.add("voice carried")
    evidence.add(f"voice {heard.voice}", _HALF if carried else 1.0)
    low = reading.low[reading.first : reading.last + 1]
    named = _function_words()
    evidence.features.update([(named[word], _HALF) for word in low if word in named])
    _read_figures(evidence, reading)
    _read_verbs(evidence, reading)
    return evidence


def _sign_side(evidence: Evidence, reading: Reading, side: Side) -> dict[Clause, float]:
    """Count the signs of one side, and return their sum by the clause they stand in."""
    sums = dict.fromkeys(CLAUSES, 0.0)
    for value, hit in side.signs:
        clause = reading.clause(hit.first)
        if not value:
            continue
        if not hit.theme:
            sums[clause] += _BARE
            evidence.add(f"bare {hit.cls}{_SUFFIX[clause]}", cue=hit)
            continue
        amount = _STRONG if abs(value) > 1 else _LIGHT
        sums[clause] += amount if value > 0 else -amount
        evidence.add(f"{'good' if value > 0 else 'bad'}{_SUFFIX[clause]}", amount, hit)
    for hit in side.others:
        if hit.cls in _MARKS:
            evidence.add(f"{hit.cls}{_SUFFIX[reading.clause(hit.first)]}", cue=hit)
    return sums


def _weigh(side: dict[Clause, float]) -> float:
    under = side[Clause.UNDER] + side[Clause.CONCEDED]
    return side[Clause.MAIN] + side[Clause.REASON] + _UNDER * under


def _sign_of(total: float) -> str:
    return "good" if total > _JUDGES else "bad" if total < -_JUDGES else "0"


@cache
def _function_words() -> Mapping[str, str]:
    return {word: f"word {word}" for word in words("polarity", "evidence", "words")}


def _read_figures(evidence: Evidence, reading: Reading) -> None:
    """Count what figures say, and how large shares are."""
    text = reading.text
    figures = compared(text)
    if figures:
        evidence.add(f"figures {figures}", _FIGURES[figures])
    for share in sorted(set(map(_share_of, _SHARES.findall(text)))) if "%" in text else ():
        evidence.add(f"share {share}")


def _share_of(share: str) -> str:
    """Return how much a share is, in per cent."""
    return "low" if float(share) < _LOW else "high" if float(share) >= _HIGH else "half"


def _read_verbs(evidence: Evidence, reading: Reading) -> None:
    """Count the form of the first verb that says nothing of who speaks, and all main verbs."""
    low, first = reading.low, True
    for auxiliaries, verb, behind in _main_verbs(reading):
        if verb is None or not first or low[verb] not in verbs("polarity", "form", "say"):
            if first:
                form = " ".join(_AUXILIARY.get(word, word) for word in auxiliaries if word != "not")
                evidence.add(f"first verb form {form} {_what_follows(reading, verb, behind)}")
            first = False
        if verb is not None:
            evidence.add(_verb_name(low[verb]), _VERBS)


def _main_verbs(reading: Reading) -> Iterator[tuple[list[str], int | None, int]]:
    """Yield the auxiliaries, the verb and the end of each finite verb group of main clauses."""
    low, tags, last, behind = reading.low, reading.tags, reading.last, reading.first
    for found in _VERB.finditer(tags, reading.first, last + 1):
        start = i = found.start()
        if (
            start < behind
            or reading.clause(i) != Clause.MAIN
            or (tags[i] == "V" and low[i].endswith("ing"))
            or (i > reading.first and low[i - 1] == "to")
        ):
            continue
        auxiliaries: list[str] = []
        verb: int | None = None
        while i <= last and verb is None and (tags[i] in "XVK" or low[i] == "not"):
            if tags[i] == "V":
                verb = i
            elif tags[i] == "X" or low[i] == "not":
                auxiliaries.append(low[i])
            i += 1
        behind = i
        yield auxiliaries, verb, i


def _what_follows(reading: Reading, verb: int | None, behind: int) -> str:
    """Return what a verb group ends in: its verb, an agent, or the class of the word behind."""
    if verb is None:
        return reading.tags[behind] if behind <= reading.last else ""
    by = behind <= reading.last and reading.low[behind] == "by"
    return "verb by" if by else "verb"


@lru_cache(maxsize=4096)
def _verb_name(verb: str) -> str:
    """Return the name of the feature of a verb: by its stem, whatever its form."""
    for ending in ("ing", "ed", "es", "s", "ly", "d"):
        if verb.endswith(ending) and len(verb) > len(ending) + _SHORTEST:
            return f"verb {verb[: -len(ending)]}"
    return f"verb {verb}"

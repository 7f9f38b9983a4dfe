"""What of a sentence bears on its polarity: named features, counted, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import attrs

from cqcparse_findings.clauses import Side, Verdict
from cqcparse_findings.mention import Voice
from cqcparse_findings.reading import CLAUSES, Clause, Reading
from cqcparse_findings.words import Hit, verbs, words

#: A sum of signs beyond this, in either direction, judges.
_JUDGES = 0.45
#: What a sign counts: a strong one, a light one; and under another clause.
_STRONG, _LIGHT, _UNDER = 1.0, 0.6, 0.4
#: A negation or "less" that turns nothing.
_BARE = -0.7
#: No feature counts more than this.
_MOST = 2.0
#: A stem is longer than so many letters.
_SHORTEST = 2
#: So many words make a sentence long.
_LONG = 50
_SUFFIX = {Clause.MAIN: "", Clause.UNDER: " under", Clause.CONCEDED: " under", Clause.REASON: ""}
_VERB = re.compile("[XV]")
_AUXILIARY = {
    **dict.fromkeys(("was", "were", "is", "are"), "be"),
    **dict.fromkeys(("had", "has", "have"), "have"),
    **dict.fromkeys(("could", "can"), "can"),
    **dict.fromkeys(("would", "will"), "would"),
    **dict.fromkeys(("may", "might", "should", "must"), "may"),
}
_HABIT = (
    r"\b(?:(?:every|each|once an?|twice an?|times an?|\d days an?) "
    r"(?:day|week|month|quarter|year|fortnight|other|term|half-term|\d+)"
    r"|weekly|monthly|quarterly|annually|daily|fortnightly|annual)\b"
)
#: Phrases that bear on the polarity, with words of which each has at least one.
_PATTERNS = {
    "only so many": ("only just", r"\b(?:only|just) (?:\d|an? |one |two |three |half )"),
    "had to": ("had", r"\bhad to\b"),
    "too": ("too", r"\btoo (?!,|\.)\w+(?! |$)?"),
    "could not": ("could can cannot couldn't", r"\b(?:could|can) not\b|\bcannot\b|\bcouldn't\b"),
    "not always": ("not", r"\bnot (?:always|all|everyone|everywhere)\b"),
    "did not": ("not", r"\b(?:did|does|do|had|has|have) not\b"),
    "so many times": ("times", r"\b(?:\d+|several|three|four|five|six|nine|many) times\b"),
    "compared": ("against compared", ""),
    "habit": (
        "every each once twice times days weekly monthly quarterly annually daily annual",
        _HABIT,
    ),
}
_COMPILED = [
    (name, frozenset(listed.split()), re.compile(pattern))
    for name, (listed, pattern) in _PATTERNS.items()
]
_SHARE, _NUMBER = re.compile(r"\d%"), re.compile(r"\d")
_UP = frozenset("rose risen rising grown grew doubled trebled tripled increased up higher".split())
_DOWN = frozenset("fell fallen falling dropped down reduced halved decreased lower fewer".split())
#: What is better the more or the fewer of it there is.
_BETTER_LESS = frozenset(
    """
waiting wait waits delay delays delayed vacancy vacancies turnover admissions admission call-outs
complaints falls disputes backlog sickness overspend demand costs absence incidents debts arrears
evictions readmissions stay visits list lists calls crime closures appeals sleeping
""".split()
)
_BETTER_MORE = frozenset(
    """
take-up uptake attendance satisfaction completion retention reviewed satisfied members households
users income capacity recruits funding budget places workers staff payments supported
""".split()
)
_SPOKEN: frozenset[Voice] = frozenset(
    ("people", "staff", "leaders", "partners", "providers", "voluntary")
)


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


def gather(reading: Reading, sides: Sequence[Side], verdict: Verdict, voice: Voice) -> Evidence:
    """Return the features of a sentence.

    Args:
        reading: The sentence.
        sides: What the sides of its contrasts say.
        verdict: What they say together.
        voice: Whose evidence it is.
    """
    evidence = Evidence()
    sums = [_sign_side(evidence, reading, side) for side in sides]
    _contrast(evidence, sums)
    main = _sign_of(sum(clause[Clause.MAIN] for clause in sums))
    form = next((side.form for side in sides if side.form), None)
    evidence.add(f"main {main}")
    evidence.add(f"main {main}, form {form}")
    if main == "0":
        reason = _sign_of(sum(clause[Clause.REASON] for clause in sums))
        under = _sign_of(sum(clause[Clause.UNDER] for clause in sums))
        evidence.add(f"reason {reason}" if reason != "0" else f"under {under}")
    evidence.add(f"form {form}")
    evidence.add(f"clauses say {verdict.polarity}")
    evidence.add(f"clauses say {verdict.polarity}, {'surely' if verdict.certain else 'hardly'}")
    if any(side.planned for side in sides):
        evidence.add("planned")
    evidence.add(f"voice {voice}")
    evidence.add(f"{'spoken' if voice in _SPOKEN else voice}, main {main}")
    _read_words(evidence, reading)
    _read_verbs(evidence, reading)
    return evidence


def _sign_side(evidence: Evidence, reading: Reading, side: Side) -> dict[Clause, float]:
    """Count the signs of one side, and return their sum by the clause they stand in."""
    sums = dict.fromkeys(CLAUSES, 0.0)
    for value, hit in side.signs:
        clause = reading.clause(hit.first)
        if not value:
            evidence.add(f"{hit.theme}{_SUFFIX[clause]}", cue=hit)
            continue
        if not hit.theme:
            sums[clause] += _BARE
            evidence.add(f"bare {hit.cls}{_SUFFIX[clause]}", cue=hit)
            continue
        amount = _STRONG if abs(value) > 1 else _LIGHT
        sums[clause] += amount if value > 0 else -amount
        evidence.add(f"{'good' if value > 0 else 'bad'}{_SUFFIX[clause]}", amount, hit)
        turned = "" if (value > 0) == (hit.weight > 0) else ", turned"
        evidence.add(f"{hit.theme}{turned}{_SUFFIX[clause]}", cue=hit)
    for hit in side.others:
        if hit.cls in {"describing", "intent", "plan", "mixed", "turn"}:
            evidence.add(f"{hit.cls}{_SUFFIX[reading.clause(hit.first)]}", cue=hit)
    return sums


def _contrast(evidence: Evidence, sums: Sequence[dict[Clause, float]]) -> None:
    """Count what the whole sentence sums up to, and what either side of a contrast does."""
    totals = [
        side[Clause.MAIN]
        + side[Clause.REASON]
        + _UNDER * (side[Clause.UNDER] + side[Clause.CONCEDED])
        for side in sums
    ]
    if len(totals) > 1:
        evidence.add("contrast")
        evidence.add(f"contrast {_sign_of(totals[0])} to {_sign_of(totals[-1])}")
    total = sum(totals)
    if total:
        evidence.add("sum good" if total > 0 else "sum bad", abs(total))


def _sign_of(total: float) -> str:
    return "good" if total > _JUDGES else "bad" if total < -_JUDGES else "0"


@cache
def _function_words() -> frozenset[str]:
    return words("polarity", "evidence", "words")


@cache
def _openings() -> frozenset[str]:
    return words("polarity", "evidence", "openings")


def _read_words(evidence: Evidence, reading: Reading) -> None:
    """Count words of grammar, figures and patterns."""
    low = reading.low[reading.first : reading.last + 1]
    seen = frozenset(low)
    if low[0] in _openings():
        evidence.add(f"opens with {low[0]}")
    evidence.features.update((f"word {word}", 0.5) for word in sorted(seen & _function_words()))
    _read_patterns(evidence, reading.text, seen)
    less, more = not seen.isdisjoint(_BETTER_LESS), not seen.isdisjoint(_BETTER_MORE)
    matter = "of a problem" if less else "of a gain" if more else "of neither"
    for name, listed in (("up", _UP), ("down", _DOWN)):
        if not seen.isdisjoint(listed):
            evidence.add(f"{name} {matter}")
    if "waiting" in seen and "number" in evidence.features:
        evidence.add("so many waiting")
    evidence.add("length", min(len(low), _LONG) / _LONG)


def _read_patterns(evidence: Evidence, text: str, seen: frozenset[str]) -> None:
    """Count figures, and the patterns of which the sentence has a word."""
    for name, among, pattern in _COMPILED:
        if not seen.isdisjoint(among) and pattern.search(text.lower()):
            evidence.add(name)
    if "£" in text:
        evidence.add("money")
    if _NUMBER.search(text):
        evidence.add("number")
        if _SHARE.search(text):
            evidence.add("share")


def _read_verbs(evidence: Evidence, reading: Reading) -> None:
    """Count the forms of the main verbs, and the verbs themselves."""
    low, first = reading.low, True
    for start, auxiliaries, verb, behind in _main_verbs(reading):
        form = " ".join(_AUXILIARY.get(word, word) for word in auxiliaries if word != "not")
        if verb is not None and first and low[verb] in verbs("polarity", "form", "say"):
            evidence.add("says")
        else:
            then = _what_follows(reading, verb, behind)
            evidence.add(f"verb form {form} {then}{' not' if 'not' in auxiliaries else ''}")
            if first:
                evidence.add(f"first verb form {form} {then}")
            first = False
        if verb is not None:
            evidence.add(f"verb {_stem(low[verb])}", 0.7)
        if low[start - 1] == "there" and start > reading.first:
            evidence.add("there is")


def _main_verbs(reading: Reading) -> Iterator[tuple[int, list[str], int | None, int]]:
    """Yield each finite verb group of main clauses: where it begins, its auxiliaries, its verb."""
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
        yield start, auxiliaries, verb, i


def _what_follows(reading: Reading, verb: int | None, behind: int) -> str:
    """Return what a verb group ends in: its verb, an agent, or the class of the word behind."""
    if verb is None:
        return reading.tags[behind] if behind <= reading.last else ""
    by = behind <= reading.last and reading.low[behind] == "by"
    return "verb by" if by else "verb"


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "ly", "d"):
        if word.endswith(ending) and len(word) > len(ending) + _SHORTEST:
            return word[: -len(ending)]
    return word

"""What the clauses of a sentence judge: its cues with their signs, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cqcparse_findings.cues import JUDGING, LEADING, STRONG, find_cues, judging_hits
from cqcparse_findings.families import family
from cqcparse_findings.form import form_of, is_planned
from cqcparse_findings.mention import Polarity
from cqcparse_findings.reading import MAIN, REASON, UNDER, Clause, Reading
from cqcparse_findings.signs import Sign, signs_of
from cqcparse_findings.words import Hit

_PARTING = frozenset(("but", "whereas", ";", "however", "while", "yet"))
_PARTS = family(_PARTING.__contains__)
#: Behind these "but" opens no contrast: "all but 3".
_SAVE = frozenset("all none nothing anything nobody everything".split())
_INSTANCES = (
    "for example",
    "for instance",
    "in some instances",
    "in some cases",
    "other instances",
)
#: A sentence that only agrees has no more words than this.
_SHORT = 4


class Verdict(NamedTuple):
    """What a side of a contrast, or the whole sentence, says by its clauses."""

    polarity: Polarity
    #: The cues that decided, in order.
    cues: tuple[Hit, ...] = ()
    #: Whether a word judges, rather than a hint or the form alone.
    certain: bool = True


class Side(NamedTuple):
    """One side of a contrast."""

    #: The cues that judge, with what each counts here, below 0 for what is amiss.
    signs: tuple[Sign, ...]
    #: The cues that do not judge.
    others: tuple[Hit, ...]
    #: Whether the main clause says what is intended or under way.
    planned: bool
    verdict: Verdict


def read_sides(reading: Reading) -> tuple[Side, ...]:
    """Return the sides of the contrasts in a sentence; one if there is no contrast."""
    found = find_cues(reading)
    return tuple(_side(reading, found, first, last) for first, last in _sides(reading))


def verdict_of(reading: Reading, sides: Sequence[Side]) -> Verdict:
    """Return what the sides of a sentence say together."""
    mixed = [hit for side in sides for hit in side.others if hit.cls == "mixed"]
    if mixed and reading.clause(mixed[0].first) == MAIN:
        return Verdict("mixed", tuple(mixed))
    verdicts = [side.verdict for side in sides]
    if len(verdicts) > 1 and _opposed(verdicts):
        return Verdict("mixed", tuple(hit for verdict in verdicts for hit in verdict.cues))
    for polarity in ("shortfall", "planned", "strength", "neutral"):
        for verdict in verdicts:
            if verdict.certain and verdict.polarity == polarity:
                return verdict
    return next((v for v in reversed(verdicts) if v.polarity != "unclear"), verdicts[0])


def gives_instance(reading: Reading) -> bool:
    """Return whether a sentence only gives an instance of the one before it."""
    opening = " ".join(reading.low[reading.first : reading.first + 3])
    agreed = reading.last - reading.first < _SHORT and reading.low[reading.last - 1] == "agreed"
    return agreed or opening.startswith((*_INSTANCES, "others"))


def _sides(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the first and last word on either side of each contrast."""
    low, start = reading.low, reading.first
    for match in _PARTS.finditer(reading.letters, start + 2, reading.last):
        i = match.start()
        others = low[i] == "while" and low[i + 1] in ("others", "some")
        yet = low[i] == "yet" and low[i - 1] in (",", "and")
        aside = low[i] == "however" and low[i - 1] == "," and low[i + 1] == ","
        aside |= low[i] == "but" and low[i - 1] in _SAVE
        if (low[i] in ("but", "whereas", ";", "however") and not aside) or others or yet:
            yield start, i - 1
            start = i + 1
    yield start, reading.last


def _opposed(sides: Sequence[Verdict]) -> bool:
    """Return whether the sides of a contrast judge in opposite ways.

    Behind something good "but" opens what is not, unless that is said to be good or planned.
    """
    first, last = sides[0], sides[-1]
    if {"strength", "shortfall"} <= {side.polarity for side in sides if side.cues}:
        return True
    if first.polarity in ("strength", "unclear") and last.polarity == "shortfall":
        return True
    if first.polarity == "strength" and first.cues:
        return not last.cues and last.polarity != "planned"
    return first.polarity == "shortfall" and first.certain and last.polarity == "strength"


def _side(reading: Reading, found: Sequence[Hit], first: int, last: int) -> Side:
    """Return what one side of a contrast says, of the cues that were *found* in the sentence."""
    hits = list(judging_hits(reading, found, first, last))
    signs = tuple(signs_of(reading, hits))
    others = tuple(hit for hit in hits if hit.cls not in JUDGING)
    planned = any(h.cls == "plan" and reading.clause(h.first) == MAIN for h in others)
    planned = planned or is_planned(reading, first, last)
    verdict = (signs and _judged(reading, signs, planned=planned)) or (
        Verdict("planned") if planned and not signs else _by_form(reading, signs, first, last)
    )
    return Side(signs, others, planned, verdict)


def _judged(reading: Reading, signs: Sequence[Sign], *, planned: bool) -> Verdict | None:
    """Return what the cues of a side say for sure; None if nothing."""
    strong = _strong(reading, signs, MAIN)
    if planned and not any(value < 0 for value, _ in strong):
        return Verdict("planned")
    judging = strong or _strong(reading, signs, REASON)
    return _signed(judging, certain=True) if judging else None


def _by_form(reading: Reading, signs: Sequence[Sign], first: int, last: int) -> Verdict:
    """Return what a side says by its form and by cues that decide nothing for sure."""
    form = form_of(reading, first, last)
    weak = [sign for sign in signs if reading.clause(sign[1].first) in (MAIN, REASON)]
    total = sum(value for value, _ in weak)
    if total < 0 or total > (form == "neutral"):
        return _signed(weak, certain=False)
    under = [
        (value, hit)
        for value, hit in signs
        if reading.clause(hit.first) == UNDER
        and hit.cls != "negation"
        and (form is None or (abs(value) >= STRONG and hit.first > first + LEADING))
    ]
    if under:
        return _signed(under, certain=False)
    return Verdict(form or "unclear", certain=False)


def _strong(reading: Reading, signs: Sequence[Sign], clause: Clause) -> list[Sign]:
    """Return the signs in a kind of clause that judge by themselves."""
    strong = [sign for sign in signs if abs(sign[0]) >= STRONG]
    return [sign for sign in strong if reading.clause(sign[1].first) == clause]


def _signed(signs: Sequence[Sign], *, certain: bool) -> Verdict:
    total = sum(value for value, _ in signs) or -1
    cues = tuple(hit for value, hit in signs if value * total >= 0)
    return Verdict("strength" if total > 0 else "shortfall", cues, certain)

"""What the clauses of a sentence judge: its cues with their signs, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeAlias

import attrs

from cqcparse_findings.form import form_of, is_planned
from cqcparse_findings.mention import Polarity
from cqcparse_findings.reading import CLAUSES, Clause, Reading
from cqcparse_findings.words import Cues, Hit, Meaning, phrases, tables, verbs

#: A cue with what it counts here, below 0 for what is amiss.
Sign: TypeAlias = tuple[int, Hit]

_STRONG = 2
#: Themes that count only where nothing stronger does.
_LIGHT = frozenset("help achieve improve together know act cost hints matters".split())
#: How far a negation reaches in front of a strong good word and of others, and how far a verb
#: such as "reduce", and "less", in words.
_NEGATION, _NEAR_NEGATION, _TURN, _NEXT = 12, 5, 9, 3
#: What stands so far behind the beginning of a clause, in words, is not what it opens with.
_LEADING = 8
_TOPIC = frozenset("about regarding on into of for with concerning including to around at".split())
_TELLING = frozenset(("told", "spoke", "heard", "talked"))
_JUDGING = frozenset(("good", "bad", "matter"))
_BE = frozenset(("was", "were", "is", "are", "been", "be"))
_HAVING = frozenset(("faced", "caused", "described", "had", "significant", "led"))
_LACK = frozenset(("need", "needed", "needs", "should"))
_IMPROVED = frozenset(("improve", "improved", "better", "clearer", "stronger"))
#: Words that say by their form that something is not so, or too much or too little.
_LACKING = re.compile(
    r"(?:un(?!ivers|i[toq]|it)|mis|ill-)\w+(?:ed|ing|able|ful|ive|al|ant|ent|y)$"
    r"|(?:over|under)-?\w+(?:ed|spent)$"
)
#: What these open is seldom praise.
_OTHERWISE = frozenset(("however", "some", "others"))
_SAID = frozenset(("told", "said", "felt", "described"))
_PREFIXES = ("un", "mis", "ill-", "over")
_NOT_LACKING = frozenset(
    """
unpaid unhurried united unusual unusually undertaking understanding underpinned underlying mission
missing unified unaffected unanimous unchanged underpinning uniting uncovered unwavering unavoidable
undergoing
""".split()
)
_PARTING = frozenset(("but", "whereas", ";", "however", "while", "yet"))
_ENDING = frozenset((",", ";", "that", "because", "who", "whose", "whom", "which"))
_INSTANCES = (
    "for example",
    "for instance",
    "in some instances",
    "in some cases",
    "other instances",
)
#: A sentence that only agrees has no more words than this.
_SHORT = 4


@attrs.frozen
class Verdict:
    """What a side of a contrast, or the whole sentence, says by its clauses."""

    polarity: Polarity
    #: The cues that decided, in order.
    cues: tuple[Hit, ...] = ()
    #: Whether a word judges, rather than a hint or the form alone.
    certain: bool = True


@attrs.frozen
class Side:
    """One side of a contrast."""

    #: The cues that judge, with what each counts here, below 0 for what is amiss.
    signs: tuple[Sign, ...]
    #: The cues that do not judge.
    others: tuple[Hit, ...]
    #: What the form of its main clause says; None if nothing.
    form: Polarity | None
    #: Whether the main clause says what is intended or under way.
    planned: bool
    verdict: Verdict


@cache
def polarity_cues() -> Cues:
    """Return the cues of polarity."""
    data = tables("polarity")
    meanings: dict[str, Meaning] = {}
    for cls, sign in (("good", 1), ("bad", -1)):
        for theme, listed in data[cls].items():
            if theme == "verbs":
                continue
            weight = 1 if theme in _LIGHT else _STRONG
            meaning = Meaning("matter" if theme == "matters" else cls, sign * weight, theme)
            meanings |= dict.fromkeys(phrases(listed), meaning)
    for name in ("turn", "less", "fewer", "negation"):
        for phrase in phrases(data["turning"][name]):
            known = meanings.get(phrase) if name == "turn" else None
            meanings[phrase] = Meaning(name, known.weight, known.theme) if known else Meaning(name)
    for name in ("mixed", "plan", "idle", "describing"):
        meanings |= dict.fromkeys(phrases(data[name]["phrases"]), Meaning(name))
    for hint in phrases(data["plan"]["hints"]):
        meanings.setdefault(hint, Meaning("intent"))
    return Cues(meanings)


def read_sides(reading: Reading) -> tuple[Side, ...]:
    """Return the sides of the contrasts in a sentence; one if there is no contrast."""
    found = tuple(polarity_cues().find(reading.low, reading.first, reading.last))
    return tuple(_side(reading, found, first, last) for first, last in _sides(reading))


def verdict_of(reading: Reading, sides: Sequence[Side]) -> Verdict:
    """Return what the sides of a sentence say together."""
    mixed = [hit for side in sides for hit in side.others if hit.cls == "mixed"]
    if mixed and reading.clause(mixed[0].first) == Clause.MAIN:
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
    parted = not _PARTING.isdisjoint(low[start : reading.last])
    for i in range(start + 2, reading.last) if parted else ():
        others = low[i] == "while" and low[i + 1] in ("others", "some")
        yet = low[i] == "yet" and low[i - 1] in (",", "and")
        aside = low[i] == "however" and low[i - 1] == "," and low[i + 1] == ","
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
    hits = list(_hits(reading, found, first, last))
    signs = tuple(_weigh(reading, hits))
    planned = any(h.cls == "plan" and reading.clause(h.first) == Clause.MAIN for h in hits)
    side = Side(
        signs=signs,
        others=tuple(hit for hit in hits if hit.cls not in _JUDGING),
        form=form_of(reading, first, last),
        planned=planned or is_planned(reading, first, last),
        verdict=Verdict("unclear"),
    )
    return attrs.evolve(side, verdict=_verdict(reading, side, first))


def _verdict(reading: Reading, side: Side, first: int) -> Verdict:
    clauses: dict[Clause, list[Sign]] = {clause: [] for clause in CLAUSES}
    for value, hit in side.signs:
        clauses[reading.clause(hit.first)].append((value, hit))
    strong = _strong(clauses[Clause.MAIN])
    if side.planned and not any(value < 0 for value, _ in strong):
        return Verdict("planned")
    judging = strong or _strong(clauses[Clause.REASON])
    if judging:
        return _signed(judging, certain=True)
    weak = [*clauses[Clause.MAIN], *clauses[Clause.REASON]]
    total = sum(value for value, _ in weak)
    if total < 0 or total > (side.form == "neutral"):
        return _signed(weak, certain=False)
    under = [
        (value, hit)
        for value, hit in clauses[Clause.UNDER]
        if hit.cls != "negation"
        and (side.form is None or (abs(value) >= _STRONG and hit.first > first + _LEADING))
    ]
    if under:
        return _signed(under, certain=False)
    return Verdict(side.form or "unclear", certain=False)


def _strong(signs: Iterable[Sign]) -> list[Sign]:
    return [(value, hit) for value, hit in signs if abs(value) >= _STRONG]


def _signed(signs: Sequence[Sign], *, certain: bool) -> Verdict:
    total = sum(value for value, _ in signs) or -1
    cues = tuple(hit for value, hit in signs if value * total >= 0)
    return Verdict("strength" if total > 0 else "shortfall", cues, certain)


def _hits(reading: Reading, found: Sequence[Hit], first: int, last: int) -> Iterator[Hit]:
    """Yield the cues that judge or turn here, in order, with the verbs that are good to do."""
    place = first
    end = Hit("idle", 0, "", last + 1, last + 1)
    for hit in (*(hit for hit in found if first <= hit.first <= last), end):
        for i in range(place, hit.first):
            if reading.tags[i] == "V" or reading.low[i].startswith(_PREFIXES):
                yield from _by_form(reading, i)
            elif reading.low[i] in _OTHERWISE and _tells_otherwise(reading, i):
                yield Hit("bad", -1, "hints", i, i)
        place = hit.last + 1
        if _counts(reading, hit, first, last):
            purpose = (
                hit.cls == "good"
                and hit.first > first
                and reading.tags[hit.first] == "V"
                and reading.low[hit.first - 1] == "to"
            )
            yield hit._replace(weight=1) if purpose else hit


def _tells_otherwise(reading: Reading, i: int) -> bool:
    """Return whether "However" opens the sentence, or "some" are those who speak."""
    if reading.low[i] == "however":
        return i == reading.first
    said = not _SAID.isdisjoint(reading.low[i + 1 : i + _LEADING])
    return said and (i == reading.first or reading.low[i - 1] in (",", "and"))


def _by_form(reading: Reading, i: int) -> Iterator[Hit]:
    word = reading.low[i]
    if reading.layers.caps[i]:
        return
    passive = not _BE.isdisjoint(reading.low[max(reading.first, i - 2) : i])
    if reading.tags[i] == "V" and not passive and word in verbs("polarity", "good", "verbs"):
        yield Hit("good", 1, "act", i, i)
    elif _LACKING.match(word) and word not in _NOT_LACKING:
        yield Hit("bad", -_STRONG, "form", i, i)


def _counts(reading: Reading, hit: Hit, first: int, last: int) -> bool:
    """Return whether a cue is what it seems: no name, no noun for a verb, no "how well"."""
    low, tags, at = reading.low, reading.tags, hit.first
    if hit.cls == "turn":
        return at < hit.last or tags[at] in "VJ"
    if low[at] == "too":
        return hit.last < last and tags[at + 1] in "JKQN"
    if hit.cls not in _JUDGING:
        return hit.cls != "idle"
    if at > reading.first and (reading.layers.caps[at] or (at > first and low[at - 1] == "how")):
        return False
    modifies = hit.last < last and tags[hit.last + 1] == "N"
    return not modifies or (hit.cls != "matter" and tags[hit.last] != "N") or hit.cls == "bad"


def _weigh(reading: Reading, hits: Sequence[Hit]) -> Iterator[Sign]:
    """Yield what each cue counts, turned by those around it; what turns nothing says it itself."""
    used: set[int] = set()
    for place, hit in enumerate(hits):
        if hit.cls in _JUDGING:
            value = _alone(reading, hit)
            if value is not None:
                yield _turned(reading, hits, place, value, used), hit
    for place, hit in enumerate(hits):
        if place in used or reading.low[hit.first] == "without":
            continue
        if hit.cls in _UNUSED:
            yield _UNUSED[hit.cls], hit
        elif hit.cls == "turn" and hit.weight:
            yield hit.weight, hit


#: What words that turn say where they turn nothing.
_UNUSED = {"negation": -1, "less": -_STRONG, "fewer": 1}


def _alone(reading: Reading, hit: Hit) -> int | None:
    """Return what a cue counts by itself; None where it is but a topic."""
    if hit.cls == "good":
        return -_STRONG if _is_wanted(reading, hit) else hit.weight
    if _is_topic(reading, hit):
        return None
    if hit.cls == "bad":
        return hit.weight
    if not _is_there(reading, hit):
        return 0
    front = reading.low[max(reading.first, hit.first - 4) : hit.first]
    counted = any(char.isdigit() for word in front for char in word)
    plain = ("there" in front and not counted) or not _HAVING.isdisjoint(front)
    return -_STRONG if plain else -1


def _turned(reading: Reading, hits: Sequence[Hit], place: int, value: int, used: set[int]) -> int:
    """Return *value* as the cues around the one at *place* turn it."""
    hit = hits[place]
    for j in range(place - 1, -1, -1):
        gap = hit.first - hits[j].last
        if gap > _NEGATION or _parted(reading, hits[j].last, hit.first):
            break
        turner = hits[j].cls
        reach = _NEGATION if value > 1 and abs(hit.weight) > 1 else _NEAR_NEGATION
        negated = turner == "negation" and gap <= reach and not _tops(reading, hits[j], hit)
        if (
            negated
            or (turner == "less" and gap <= _NEXT)
            or (value < 0 and turner == "fewer" and gap <= _NEXT)
        ):
            value = -value
        elif value < 0 and turner == "turn" and gap <= _TURN:
            value = _STRONG
        else:
            continue
        used.add(j)
    for j in range(place + 1, len(hits)):
        if hits[j].first - hit.last > _TURN or _parted(reading, hit.last, hits[j].first):
            break
        if value < 0 and hits[j].cls in ("turn", "fewer") and j not in used:
            value = _STRONG
            used.add(j)
    return value


def _tops(reading: Reading, negation: Hit, hit: Hit) -> bool:
    """Return whether a negation makes a comparison the highest: "had never been closer"."""
    more = reading.low[hit.first].endswith("er") and hit.cls == "good"
    return more and reading.low[negation.first] in ("never", "seldom", "rarely")


def _is_wanted(reading: Reading, hit: Hit) -> bool:
    """Return whether what is good is only needed, or could be: "needed better recognition"."""
    front = reading.low[max(reading.first, hit.first - 3) : hit.first]
    if "could" in front and reading.low[hit.first] in _IMPROVED:
        return True
    return "they" not in front and not _LACK.isdisjoint(front)


def _is_topic(reading: Reading, hit: Hit) -> bool:
    """Return whether a problem is only what something is about: "a group for loss of sight"."""
    low, tags = reading.low, reading.tags
    j = hit.first - 1
    while j > reading.first and tags[j] in "DJQ#N" and low[j] not in _TOPIC:
        j -= 1
    if tags[hit.last] not in "NJ" or low[j] not in _TOPIC or j <= reading.first:
        return False
    told = low[j] == "about" and not _TELLING.isdisjoint(low[max(reading.first, j - 4) : j])
    return tags[j - 1] in "NV" and not told


def _is_there(reading: Reading, hit: Hit) -> bool:
    """Return whether a matter is said to be there, rather than to be handled."""
    low, tags = reading.low, reading.tags
    if reading.clause(hit.first) != Clause.MAIN:
        return False
    for j in range(hit.last + 1, min(hit.last + 4, reading.last)):
        if low[j] in ("been", "be") or (low[j] in ("was", "were", "had") and tags[j + 1] == "V"):
            return False
        if tags[j] in "V,.P":
            break
    return True


def _parted(reading: Reading, first: int, last: int) -> bool:
    """Return whether a clause ends between two words."""
    between = reading.low[first + 1 : last]
    if not _ENDING.isdisjoint(between):
        return True
    return "and" in between and any(
        word == "and" and reading.tags[place + 1] in "XVRD"
        for place, word in enumerate(between, first + 1)
    )

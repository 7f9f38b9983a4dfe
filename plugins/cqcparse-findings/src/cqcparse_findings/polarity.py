"""What a sentence says of the matter: cues, turned, bounded and weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import attrs

from cqcparse_findings.mention import Polarity
from cqcparse_findings.words import Cues, Hit, tables

#: A negation reaches as far as this, in code points.
_NEGATION = 48
#: A verb such as "reduce" reaches as far as this, in code points.
_GOAL = 75
#: A condition such as "who ..." reaches as far as this, if no comma ends it before.
_CONDITION = 60
#: A cue this near to the beginning opens the sentence, in code points.
_OPENING = 4
#: A word that subordinates a negation stands this near in front of it, in code points.
_NEAR = 24
_STRONG = 2

#: Cues that nothing turns, by what they mean.
_MEANT = {"good": "strength", "bad": "shortfall", "need": "shortfall"}
#: Cues that decide unless something good stands in front of them.
_IN_FRONT: tuple[tuple[str, Polarity], ...] = (("definition", "neutral"), ("planned", "planned"))
_BOUND = re.compile(r"[,;:]| and | or | because | so that ")
_SUBORDINATE = re.compile(
    r"\b(?:what|which|whom?|where|when|before|so that|until|unless|than|if)\b"
)
#: A number of things, without a judgement.
_COUNTED = re.compile(r"(?:(?:In|Since|During) [^,]{4,30},? )?[Tt]here (?:were|had been) [\d,]+ ")
_OF_WHICH = re.compile(r", of which \d")
_FIGURE = re.compile(r" (?:around |about |over )?(?:\d|one |two |three |half |a third|a quarter)")
#: The verb that a clause such as "people who fund their own care" is the subject of, or a comma.
_NEXT_VERB = re.compile(
    r",|(?<=\w)(?<!\bto)\s(?:was|were|had|has|have|is|are|could|did|would|told|said|felt)\s"
)


@attrs.frozen
class Judgement:
    """The polarity of a sentence."""

    polarity: Polarity
    #: The cues that decided, in order.
    cues: tuple[Hit, ...] = ()
    #: Whether the sentence says so itself, with a cue that is no more than a hint.
    certain: bool = True


@cache
def polarity_cues() -> Cues:
    """Return the cues of polarity."""
    data = tables("polarity")
    strength, shortfall, turned = data["strength"], data["shortfall"], data["turned"]
    return Cues(
        {
            ("strength", 1): strength["weak"],
            ("shortfall", 1): shortfall["weak"],
            ("goal", 0): data["goal"]["phrases"],
            ("strength", _STRONG): f"{strength['strong']},{strength['verbs']}",
            ("shortfall", _STRONG): f"{shortfall['strong']},{shortfall['verbs']}",
            ("negation", 0): data["negation"]["phrases"],
            ("contrast", 0): data["contrast"]["phrases"],
            ("concession", 0): data["concession"]["phrases"],
            ("condition", 0): data["condition"]["phrases"],
            ("figure", _STRONG): data["figure"]["phrases"],
            ("neutral", _STRONG): data["neutral"]["strong"],
            ("definition", _STRONG): data["neutral"]["definition"],
            ("planned", _STRONG): data["planned"]["strong"],
            ("need", _STRONG): data["need"]["phrases"],
            ("ignored", 0): data["ignored"]["phrases"],
            ("good", _STRONG + 1): turned["strength"],
            ("bad", _STRONG + 1): turned["shortfall"],
            ("level", _STRONG): data["neutral"]["level"],
            ("fall", _STRONG): data["fall"]["phrases"],
            ("mixed", _STRONG): turned["mixed"],
        }
    )


def judge(text: str, start: int, end: int, hits: Sequence[Hit]) -> Judgement:
    """Return the polarity of the sentence ``text[start:end]``.

    Args:
        text: The text of the document.
        start: Offset of the sentence.
        end: Offset past it.
        hits: The cues of polarity in the sentence, in order.
    """
    weighed = tuple(_Weighing(text, start, end).weigh(hits))
    mixed = [hit for hit in weighed if hit.cls == "mixed"]
    if mixed:
        return Judgement("mixed", tuple(mixed))
    strong = any(hit.weight >= _STRONG for hit in weighed)
    if not strong and (_COUNTED.match(text, start, end) or _OF_WHICH.search(text, start, end)):
        return Judgement("neutral")
    sides = [_side(side) for side in _sides(weighed, start)]
    if len(sides) > 1 and _opposed(sides):
        return Judgement("mixed", tuple(hit for side in sides for hit in side.cues))
    for polarity in ("shortfall", "planned", "strength", "neutral"):
        for side in sides:
            if side.certain and side.polarity == polarity:
                return side
    return sides[0]


def _opposed(sides: Sequence[Judgement]) -> bool:
    """Return whether the sides of a contrast judge in opposite ways.

    A strength in front of "but" is opposed whatever follows, unless that is good as well; a
    shortfall is opposed by a mere hint of something good.
    """
    bad = any(side.certain and side.polarity == "shortfall" for side in sides)
    if bad:
        return any(side.polarity == "strength" and side.cues for side in sides)
    last = sides[-1]
    return sides[0].certain and sides[0].polarity == "strength" and not last.cues


def _sides(hits: Iterable[Hit], start: int) -> Iterator[list[Hit]]:
    """Yield the hits on either side of each contrast; one that opens the sentence is none."""
    side: list[Hit] = []
    for hit in hits:
        if hit.cls == "contrast" and hit.start - start > _OPENING:
            yield side
            side = []
        elif hit.cls != "contrast":
            side.append(hit)
    yield side


def _side(hits: Sequence[Hit]) -> Judgement:
    """Return what one side of a contrast says, from hits that are turned already."""
    strong: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.weight >= _STRONG:
            strong.setdefault(hit.cls, []).append(hit)
    if "level" in strong:
        return Judgement("neutral", tuple(strong["level"]))
    good, bad = strong.get("strength", []), strong.get("shortfall", [])
    if "fall" in strong:
        return Judgement("strength", tuple(sorted([*strong["fall"], *good], key=_start)))
    if bad and _weight(bad) >= _weight(good):
        return Judgement("shortfall", tuple(bad))
    return _unopposed(strong, good) or _hinted(hits)


def _unopposed(strong: Mapping[str, Sequence[Hit]], good: Sequence[Hit]) -> Judgement | None:
    """Return what is said if nothing is amiss: a definition or plan in front, else what is good."""
    for cls, polarity in _IN_FRONT:
        found = strong.get(cls)
        if found and not (good and good[0].start < found[0].start):
            return Judgement(polarity, tuple(found))
    if good:
        return Judgement("strength", tuple(good))
    neutral = strong.get("neutral")
    return Judgement("neutral", tuple(neutral)) if neutral else None


def _weight(hits: Iterable[Hit]) -> int:
    return sum(hit.weight for hit in hits)


def _start(hit: Hit) -> int:
    return hit.start


def _hinted(hits: Sequence[Hit]) -> Judgement:
    """Return what hints alone say: what is done or in place is taken to be good."""
    good = tuple(hit for hit in hits if hit.cls == "strength")
    bad = tuple(hit for hit in hits if hit.cls == "shortfall")
    if len(bad) > len(good):
        return Judgement("shortfall", bad, certain=False)
    return Judgement("strength", good, certain=False)


class _Weighing:
    """Goes through the cues of a sentence, and turns and bounds them.

    Args:
        text: The text of the document.
        start: Offset of the sentence.
        end: Offset past it.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end
        #: Where the clause that gives way ends.
        self._skipped = start
        #: What denies the next cue, and up to where.
        self._negation: Hit | None = None
        self._reach = start
        self._goal: Hit | None = None

    def weigh(self, hits: Sequence[Hit]) -> Iterator[Hit]:
        """Yield the hits that count, as ``strength`` or ``shortfall`` after what turns them."""
        for hit in hits:
            if hit.cls != "contrast" and (hit.start < self._skipped or self._is_name(hit)):
                continue
            if self._negation and (hit.start >= self._reach or hit.cls == "contrast"):
                yield self._denial(self._negation)
            yield from self._take(hit)
        if self._negation:
            yield self._denial(self._negation)

    def _is_name(self, hit: Hit) -> bool:
        """Return whether a cue is part of a name: "Improvement Board"."""
        return hit.start > self._start and self._text[hit.start].isupper()

    def _denial(self, negation: Hit) -> Hit:
        """Return a negation that turned no cue."""
        self._negation = None
        return _bare(self._text, negation)

    def _take(self, hit: Hit) -> Iterator[Hit]:
        match hit.cls:
            case "concession" | "condition":
                self._skipped = _skipped_to(self._text, self._end, hit)
            case "negation":
                self._negation, self._reach = hit, _reach(self._text, hit, self._end)
            case "goal":
                self._goal = hit
            case "contrast":
                self._skipped, self._goal = self._start, None
                yield hit
            case "figure" if _FIGURE.match(self._text, hit.end, self._end):
                yield hit._replace(cls="shortfall")
            case "figure" | "ignored":
                pass
            case _:
                yield self._judging(hit)

    def _judging(self, hit: Hit) -> Hit:
        """Return a cue that judges as it is meant."""
        if hit.cls in _MEANT:
            self._negation = None
            return hit._replace(cls=_MEANT[hit.cls])
        if hit.cls not in {"strength", "shortfall"}:
            return hit
        negation, self._negation = self._negation, None
        return _turned(hit, negation, self._goal)


def _bare(text: str, negation: Hit) -> Hit:
    """Return what a negation says on its own: something is amiss, if the main clause is denied."""
    subordinate = _SUBORDINATE.search(text, max(negation.start - _NEAR, 0), negation.start)
    return negation._replace(cls="shortfall", weight=1 if subordinate else _STRONG)


def _reach(text: str, negation: Hit, end: int) -> int:
    """Return where the scope of a negation ends: at a comma or a joining word, if not before."""
    limit = min(negation.end + _NEGATION, end)
    bound = _BOUND.search(text, negation.end, limit)
    return bound.start() if bound else limit


def _turned(hit: Hit, negation: Hit | None, goal: Hit | None) -> Hit:
    """Return *hit* as it is meant behind a negation, or as the object of "reduce" and the like."""
    if negation:
        cls = "strength" if hit.cls == "shortfall" else "shortfall"
        return hit._replace(cls=cls, weight=_STRONG, start=negation.start)
    if goal and hit.cls == "shortfall" and hit.start - goal.end <= _GOAL:
        return hit._replace(cls="strength", weight=1)
    return hit


def _skipped_to(text: str, end: int, hit: Hit) -> int:
    """Return where the clause that *hit* opens ends."""
    if hit.cls == "condition":
        verb = _NEXT_VERB.search(text, hit.end + 1, min(hit.end + _CONDITION, end))
        return verb.start() + 1 if verb else min(hit.end + _CONDITION, end)
    comma = text.find(",", hit.end, end)
    return end if comma < 0 or text[: hit.start].rstrip().endswith(",") else comma

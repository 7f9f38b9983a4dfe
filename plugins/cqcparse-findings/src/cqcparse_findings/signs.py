"""What cues count where they stand: turned by negation and the like, or nothing as a topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from cqcparse_findings.cues import JUDGING, LEADING, STRONG
from cqcparse_findings.reading import CONCEDED, MAIN, Reading
from cqcparse_findings.words import Hit, words

#: A cue with what it counts here, below 0 for what is amiss.
Sign: TypeAlias = tuple[int, Hit]

#: How far a negation reaches in front of a strong good word and of others, and how far a verb
#: such as "reduce", and "less", in words.
_NEGATION, _NEAR_NEGATION, _TURN, _NEXT = 12, 5, 9, 3
#: How far it is from one end of a clause to the other, in words.
_CLAUSE = 30
_TOPIC = frozenset("about regarding on into of for with concerning including to around at".split())
_TELLING = frozenset(("told", "spoke", "heard", "talked"))
_HAVING = frozenset(("faced", "caused", "described", "had", "significant", "led"))
_LACK = frozenset(("need", "needed", "needs", "should"))
_NONE = frozenset("no nobody no-one none never".split())
_NOBODY = frozenset(("nobody", "no-one", "none"))
_PERSONS = frozenset(
    "one people person carer carers adult adults resident residents family".split()
)
_AMISS = frozenset(("without", "waiting"))
_TAKING = frozenset("cut ended removed stopped reduced".split())
_MONEY = frozenset("funding money grant grants support services posts beds".split())
_IMPROVED = frozenset(("improve", "improved", "better", "clearer", "stronger"))
_ELSE = frozenset(", ; but and although though while that who whose which".split())
_SPARING = frozenset("kept keep keeps saved spared stopped".split())
_ENDING = frozenset((",", ";", "that", "because", "who", "whose", "whom", "which"))


def signs_of(reading: Reading, hits: Sequence[Hit]) -> Iterator[Sign]:
    """Yield what each cue counts, turned by those around it; what turns nothing says it itself."""
    used: set[int] = set()
    for place, hit in enumerate(hits):
        if hit.cls in JUDGING:
            value = _alone(reading, hit)
            if value is not None:
                yield _turned(reading, hits, place, value, used), hit
    for place, hit in enumerate(hits):
        if place not in used and hit.cls not in JUDGING:
            sign = _unturned(reading, hit, hits[place + 1 :])
            if sign:
                yield sign


def _unturned(reading: Reading, hit: Hit, behind: Sequence[Hit]) -> Sign | None:
    """Return what a word counts that turns nothing; None if nothing."""
    word = reading.low[hit.first]
    if word == "without":
        return None
    if hit.weight:
        return hit.weight, hit
    if hit.cls == "negation" and _goes_without(reading, word, behind):
        return STRONG, hit._replace(theme="none without")
    moved = _moved(reading, hit.first) if hit.cls in ("turn", "fewer") else 0
    if moved:
        return -moved, hit._replace(theme="fallen")
    if hit.cls == "turn" and _takes(reading, hit):
        return -STRONG, hit._replace(theme="taken away")
    return (_UNUSED[hit.cls], hit) if hit.cls in _UNUSED else None


def _goes_without(reading: Reading, none: str, behind: Sequence[Hit]) -> bool:
    """Return whether nobody goes without or waits: "no one went without a visit"."""
    return none in _NONE and any(reading.low[hit.first] in _AMISS for hit in behind)


def _moved(reading: Reading, i: int) -> int:
    """Return what it counts that more is said of what stands around a word; 0 if not known."""
    less, more = words("polarity", "figures", "less"), words("polarity", "figures", "more")
    behind = reading.low[i + 1 : min(i + 4, reading.last)]
    for word in (*behind, *reversed(reading.low[max(reading.first, i - LEADING) : i])):
        if word in less:
            return -STRONG
        if word in more:
            return STRONG
        if word in _ENDING:
            return 0
    return 0


def _takes(reading: Reading, turner: Hit) -> bool:
    """Return whether a verb takes away what is of use: "removed £50,000", "had been stopped"."""
    low, i = reading.low, turner.first
    if low[i] not in _TAKING or reading.clause(i) == CONCEDED:
        return False
    if low[i - 1] in ("been", "was", "were"):
        return True
    return not _MONEY.isdisjoint(low[i + 1 : i + 4]) or reading.tags[i + 1] == "M"


#: What words that turn say where they turn nothing.
_UNUSED = {"negation": -1, "less": -STRONG, "fewer": 1}


def _alone(reading: Reading, hit: Hit) -> int | None:
    """Return what a cue counts by itself; None where it is but a topic."""
    if hit.cls == "good":
        if hit.theme == "improve" and reading.low[hit.first] in words("polarity", "figures", "up"):
            return _moved(reading, hit.first) or hit.weight
        return -STRONG if _is_wanted(reading, hit) else hit.weight
    if _is_topic(reading, hit):
        return None
    if hit.cls == "bad":
        return hit.weight
    if not _is_there(reading, hit):
        return 0
    front = reading.low[max(reading.first, hit.first - 4) : hit.first]
    counted = any(char.isdigit() for word in front for char in word)
    plain = ("there" in front and not counted) or not _HAVING.isdisjoint(front)
    return -STRONG if plain else -1


def _turned(reading: Reading, hits: Sequence[Hit], place: int, value: int, used: set[int]) -> int:
    """Return *value* as the cues around the one at *place* turn it."""
    hit = hits[place]
    if value < 0 and (_befalls_nobody(reading, hits, place) or _is_kept_from(reading, hit)):
        return STRONG
    for j in range(place - 1, -1, -1):
        gap = hit.first - hits[j].last
        if gap > _NEGATION or _parted(reading, hits[j].last, hit.first):
            break
        turner = hits[j].cls
        reach = _NEGATION if value > 1 and abs(hit.weight) > 1 else _NEAR_NEGATION
        negated = (
            turner == "negation"
            and gap <= reach
            and reading.clause(hits[j].first) == reading.clause(hit.first)
            and not _tops(reading, hits[j], hit)
        )
        few = turner in ("less", "fewer") and gap <= _NEXT
        too = value < 0 and reading.low[hits[j].first] == "too"  # "too unwell" is no less so
        short = value > 0 and gap <= _NEXT and _is_short_of(reading, hits[j])
        if negated or short or (few and not too):
            value = -value
        elif value < 0 and turner == "turn" and gap <= _TURN:
            value = STRONG
        else:
            continue
        used.add(j)
    if value < 0 and reading.low[hit.last + 1] == "no" and hit.last + 1 < reading.last:
        used.update(j for j in range(place + 1, len(hits)) if hits[j].first == hit.last + 1)
        return STRONG  # "had missed no visits"
    for j in range(place + 1, len(hits)):
        if hits[j].first - hit.last > _TURN or _parted(reading, hit.last, hits[j].first):
            break
        if value < 0 and j not in used and hit.theme != "hints" and _falls(reading, hits[j]):
            value = STRONG
            used.add(j)
    return value


def _befalls_nobody(reading: Reading, hits: Sequence[Hit], place: int) -> bool:
    """Return whether what is amiss is said of nobody: "no one was kept there for want of care"."""
    first = hits[0]
    near = 0 < hits[place].first - first.last <= _CLAUSE
    if not near or first.cls != "negation" or first.first > reading.first + 1:
        return False
    none = reading.low[first.first]
    # "No progress had been made on delays" is of no person.
    nobody = none in _NOBODY or (none == "no" and reading.low[first.first + 1] in _PERSONS)
    return nobody and _ELSE.isdisjoint(reading.low[first.last + 1 : hits[place].first])


def _is_kept_from(reading: Reading, hit: Hit) -> bool:
    """Return whether somebody was spared it: "had kept people from losing touch"."""
    low, first = reading.low, hit.first
    spared = low[first - 1] == "from" and low[first].endswith("ing")
    return spared and not _SPARING.isdisjoint(low[max(reading.first, first - LEADING) : first - 1])


def _falls(reading: Reading, turner: Hit) -> bool:
    """Return whether what stands in front becomes less: "delays fell", not "led it to cut £2m"."""
    behind = reading.tags[min(turner.last + 1, reading.last)]
    less = turner.cls == "less" and reading.tags[turner.first - 1] == "V"  # "waited less"
    return less or turner.cls == "fewer" or (turner.cls == "turn" and behind not in "DNJQM#")


def _is_short_of(reading: Reading, hit: Hit) -> bool:
    """Return whether a cue says there is too little of what follows: "a lack of clear advice"."""
    return hit.theme == "lack" and "of" in reading.low[hit.last : hit.last + 2]


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
    # "a protocol for lost keys", but "an end to missed calls"
    lost = low[j] != "to" and tags[hit.last] == "V" and tags[hit.last + 1] == "N"
    if not (lost or tags[hit.last] in "NJ") or low[j] not in _TOPIC:
        return False
    if j == reading.first:  # "of the concerns received in April, 94% were looked at"
        return low[j] == "of"
    told = low[j] == "about" and not _TELLING.isdisjoint(low[max(reading.first, j - 4) : j])
    return tags[j - 1] in "NV," and not told


def _is_there(reading: Reading, hit: Hit) -> bool:
    """Return whether a matter is said to be there, rather than to be handled."""
    low, tags = reading.low, reading.tags
    if reading.clause(hit.first) != MAIN:
        return False
    for j in range(hit.last + 1, min(hit.last + 4, reading.last)):
        verb = reading.past_adverbs(j + 1)
        passive = low[j] in ("was", "were", "had") and (tags[verb] == "V" or low[verb] == "dealt")
        if low[j] in ("been", "be") or passive:
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

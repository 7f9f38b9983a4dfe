"""Words that are partners only where they act: health, housing, hospitals, care teams."""

from __future__ import annotations

from collections.abc import Iterator

from cqcparse.extractors.partners.candidates import Candidate, tables
from cqcparse.extractors.partners.words import words
from cqcparse.grammar import Tokens, in_post, join_left, left_edge, proper

#: Prepositions whose object is somebody.
_WITH = frozenset("with between by alongside from across including involving among".split())
_LIST = frozenset((",", "C"))
#: Words that may stand between the members of a list.
_BESIDE = frozenset("the both local from with".split())
#: Nouns that may stand behind a partner but are not people of it.
_NOT_PEOPLE = frozenset(
    "information data records support contact referral referrals visits".split()
)
_FACILITIES = frozenset("hospital hospitals prison prisons".split())
_BEFORE_PLACE = frozenset("in from to into at of leaving leave a".split())
_CARE_HEADS = {
    "team": "nhs-other", "teams": "nhs-other", "service": "nhs-other", "services": "nhs-other",
}  # fmt: skip
_COLLEAGUES = frozenset("colleagues staff people workers officers those".split())
_HOMES = frozenset("care nursing residential".split())
#: Words of teams that are the NHS's when something is done by them.
_HEALTH = frozenset("nhs health nursing hospital ambulance crisis".split())
_OWN = frozenset(
    "discharge duty reablement neighbourhood integrated locality multi-disciplinary"
    " multidisciplinary homeless work disability safeguarding".split()
)
_CARE_ALONE = frozenset(("physiotherapy", "ambulance"))


def actors(tokens: Tokens, found: list[Candidate]) -> Iterator[Candidate]:
    """Yield partners that only their part in the sentence makes partners.

    Args:
        tokens: A paragraph.
        found: The partners found in it by other rules: their company counts.
    """
    edges = _Edges(found)
    for index in [index for index, low in enumerate(tokens.low) if low in _TRIGGERS]:
        low = tokens.low[index]
        if low == "health":
            candidate = _health(tokens, index)
        elif low in ("housing", "fire"):
            candidate = _department(tokens, index, edges)
        elif low in _FACILITIES:
            candidate = _hospital(tokens, index, edges)
        elif low == "homes":
            candidate = _homes(tokens, index, edges)
        elif low in _CARE_HEADS or low in _CARE_ALONE or low == "support":
            candidate = _care_team(tokens, index, edges)
        elif low == "public" and _next(tokens, index) == "health":
            candidate = _public_health(tokens, index)
        else:
            candidate = None
        if candidate:
            edges.add(candidate)
            yield candidate


#: The words that the rules below start from.
_TRIGGERS = frozenset(("health", "housing", "fire", "homes", "public", "support"))
_TRIGGERS |= _FACILITIES | _CARE_HEADS.keys() | _CARE_ALONE


class _Edges:
    """Where partners start and end in a paragraph."""

    def __init__(self, found: list[Candidate]) -> None:
        self.starts = {candidate.first for candidate in found}
        self.ends = {candidate.last for candidate in found}

    def add(self, candidate: Candidate) -> None:
        self.starts.add(candidate.first)
        self.ends.add(candidate.last)

    def in_list(self, tokens: Tokens, first: int, last: int) -> bool:
        """Return whether the phrase stands in a list beside a partner."""
        return (
            _across(tokens, first - 1, -1) in self.ends
            or _across(tokens, last + 1, 1) in self.starts
        )


def _across(tokens: Tokens, index: int, step: int) -> int:
    """Return the first token beyond the comma or "and" at *index*, or -1 if there is none."""
    start = index
    while 0 <= index < len(tokens) and (tokens.tags[index] in ",C" or tokens.low[index] in _BESIDE):
        index += step
    between = tokens.tags[min(start, index) : max(start, index) + 1]
    return index if start != index and not _LIST.isdisjoint(between) else -1


def _next(tokens: Tokens, index: int) -> str:
    return tokens.low[index + 1] if index + 1 < len(tokens) else ""


def _tag(tokens: Tokens, index: int) -> str:
    return tokens.tags[index] if 0 <= index < len(tokens) else "."


def _make(tokens: Tokens, first: int, last: int, kind: str, rule: str) -> Candidate:
    return Candidate(tokens=tokens, first=first, last=last, type=kind, rule=rule)


def _health(tokens: Tokens, index: int) -> Candidate | None:
    """Return "health" where it stands for the NHS as somebody who acts."""
    before = tokens.low[index - 1] if index else ""
    if _tag(tokens, index - 1) in "NWS" and before != "senior":
        return None
    after, tag = _next(tokens, index), _tag(tokens, index + 1)
    if after in tables().trail and after not in _NOT_PEOPLE:
        return _make(tokens, index, index, "nhs-other", "health-people")
    end = _conjunct_end(tokens, index)
    colleagues = before == "in" and tokens.low[max(index - 2, 0)] == "colleagues"
    if (before in _WITH or colleagues) and end == index and tag not in "NW":
        return _make(tokens, index, index, "nhs-other", "health-with")
    joined = before in ("and", "&") and _tag(tokens, index - 2) == "N" and tag not in "NWC"
    if joined and tokens.low[index - 2] in ("authority", "care", "council", "housing", "police"):
        return _make(tokens, index, index, "nhs-other", "health-subject")
    opens = _tag(tokens, index - 1) in "K.," or before in ("that", "")
    acts = _next(tokens, end) in words("acting") and _tag(tokens, end + 1) in "XVK"
    if opens and acts and _next(tokens, end) not in ("was", "were", "needed"):
        return _make(tokens, index, index, "nhs-other", "health-subject")
    return None


def _conjunct_end(tokens: Tokens, index: int) -> int:
    """Return the end of "health and social care" that starts at *index*, or *index*."""
    if tokens.low[index + 1 : index + 4] in (["and", "social", "care"], ["and", "adult", "social"]):
        return index + 3 if tokens.low[index + 3] == "care" else min(index + 4, len(tokens) - 1)
    return index


def _public_health(tokens: Tokens, index: int) -> Candidate | None:
    """Return "public health" where it is the department and not the health of the public."""
    tag, after = _tag(tokens, index + 2), _next(tokens, index + 1)
    if tag in "NW" and after not in tables().trail and after not in ("team", "teams"):
        return None
    if tokens.low[index - 1 : index] == ["in"] or (tokens.caps[index] and in_post(tokens, index)):
        return None
    return _make(tokens, index, index + 1, "la-department", "public-health")


def _department(tokens: Tokens, index: int, edges: _Edges) -> Candidate | None:
    """Return "housing" or "fire" where it is the department or service that is worked with."""
    word = tokens.low[index]
    kind = "la-department" if word == "housing" else "fire"
    before = tokens.low[index - 1] if index else ""
    if _tag(tokens, index + 1) in "NW":
        return None
    colleagues = before == "from" and index > 1 and tokens.low[index - 2] in _COLLEAGUES
    if colleagues or before in ("with", "between", "across", "alongside", "including"):
        return _make(tokens, index, index, kind, f"{word}-with")
    if edges.in_list(tokens, index, index) and _tag(tokens, index - 1) in ",C":
        return _make(tokens, index, index, kind, f"{word}-list")
    return None


def _hospital(tokens: Tokens, index: int, edges: _Edges) -> Candidate | None:
    """Return a hospital where it is worked with, not where it is a place."""
    kind = "nhs-trust" if tokens.low[index].startswith("hospital") else "other"
    first = left_edge(tokens, index)
    before = tokens.low[first - 1] if first else ""
    if before in ("the", "local", "a") and first > 1:
        before = tokens.low[first - 2]
    tag = _tag(tokens, index + 1)
    if tag in "NW":
        if first < index or _next(tokens, index) not in tables().trail - _NOT_PEOPLE:
            return None
        return _make(tokens, index, index, kind, "hospital-people")
    if before in ("with", "between", "by", "including", "alongside"):
        return _hospital_name(tokens, first, index, kind, "hospital-with")
    if before not in _BEFORE_PLACE and edges.in_list(tokens, first, index):
        return _hospital_name(tokens, first, index, kind, "hospital-list")
    return None


def _hospital_name(tokens: Tokens, first: int, index: int, kind: str, rule: str) -> Candidate:
    candidate = _make(tokens, first, index, kind, rule)
    candidate.named = first < index and proper(tokens, first, index)
    return candidate


def _homes(tokens: Tokens, index: int, edges: _Edges) -> Candidate | None:
    """Return care homes where they are worked with or speak, not where people live."""
    first = left_edge(tokens, index)
    if not _HOMES & set(tokens.low[first:index]) or _tag(tokens, index + 1) in "NW":
        return None
    before = tokens.low[first - 1] if first else ""
    speaks = _next(tokens, index) in words("saying") and _tag(tokens, first - 1) in ".KQ"
    if before in ("with", "between", "by") or speaks or edges.in_list(tokens, first, index):
        return _make(tokens, first, index, "provider", "homes")
    return None


def _care_team(tokens: Tokens, index: int, edges: _Edges) -> Candidate | None:
    """Return a care team or kind of care where it is an agency that is worked with."""
    if _tag(tokens, index + 1) in "NW":
        return None
    own = left_edge(tokens, index)
    first = join_left(tokens, own, lambda start, end: _care_shared(tokens, start, end))
    phrase = frozenset(tokens.low[first : index + 1])
    if first < own and "nhs" in phrase:
        return None  # the NHS alone is named among other services
    if "advocacy" in phrase:
        spoken = _next(tokens, index) in words("saying") and _tag(tokens, first - 1) in "DKQ.,"
        return _make(tokens, first, index, "advocacy", "advocacy") if spoken else None
    if words("care").isdisjoint(phrase) or not _OWN.isdisjoint(phrase):
        return None
    if edges.in_list(tokens, first, index) or _is_worked_with(tokens, first, index, phrase):
        return _make(tokens, first, index, "nhs-other", "care-team")
    return None


def _is_worked_with(tokens: Tokens, first: int, index: int, phrase: frozenset[str]) -> bool:
    """Return whether the sentence works with the care team, or it is the NHS's beyond doubt."""
    head = tokens.low[index]
    before = first - 1
    if before >= 0 and tokens.tags[before] in "DQ":
        before -= 1
    link = tokens.low[before] if before >= 0 else ""
    listed = _tag(tokens, index + 1) == ","
    if head == "support":
        return False
    if link in ("with", "between", "including") or (listed and link == "across"):
        return True
    if link == "by" and not _HEALTH.isdisjoint(phrase):
        return True
    nhs = "nhs" in phrase or ("health" in phrase and {"mental", "public"}.isdisjoint(phrase))
    sure = head.startswith("team") or "nhs" in phrase or _acts(tokens, before, index)
    return nhs and sure and "housing" not in phrase


def _acts(tokens: Tokens, before: int, index: int) -> bool:
    """Return whether the phrase is the subject of a saying, or listed behind "across" or "from"."""
    listed = (
        before >= 0 and tokens.low[before] in ("across", "from") and _tag(tokens, index + 1) == ","
    )
    return listed or _next(tokens, index) in words("saying")


def _care_shared(tokens: Tokens, first: int, last: int) -> bool:
    shared = (
        "health",
        "social",
        "care",
        "assessment",
        "treatment",
        "mental",
        "crisis",
        "community",
    )
    return all(word in shared for word in tokens.low[first : last + 1])

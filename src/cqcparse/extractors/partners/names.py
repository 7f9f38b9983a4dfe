"""Names of organisations that no head noun gives away, such as "Speak Up Eastmarch"."""

from __future__ import annotations

from collections.abc import Iterator

from cqcparse.extractors.partners.candidates import Candidate
from cqcparse.language import Tokens, sentence_start

_LINKS = frozenset(("of", "for", "and", "&", "the", "in", "with"))
#: Last or only words of capitalised phrases that are not organisations.
_NOT_ORGANISATIONS = frozenset(
    """strategy strategies plan plans framework act policy statement assessment assessments programme service
    services team teams pathway pathways director directors officer officers member members manager managers
    review reviews vision model charter standards safeguards protocol fund grant funding scheme day week month
    year agreement award awards care support project report page survey index code guidance toolkit tool duty
    lead leads worker workers cabinet chief executive mayor councillor people person adults children carers
    house court road street park way quay town city county borough council north south east west central london
    england britain uk kingdom region health housing safeguarding learning communities community
    access equality equity information system systems register records centre hub college budget budgets
    payments payment enquiry enquiries investigation champion champions approach priorities promise passport
    conversations conversation campaign covid pandemic christmas easter initiative charter mark inspectorate
    liberty needs carer social adult section part level phase tier stage appendix conference summit roadshow
    practice academy apprenticeship coordinator practitioner practitioners helpline line directory app website
    portal dashboard offer network meeting meetings panel committee weekly monthly hour hours""".split()
)
_SAYING = frozenset(
    "said told felt described reported explained noted ran runs delivered delivers provided provides"
    " supported supports held received secured helped offers offered was is had has worked works"
    " carried completed".split()
)
_BEFORE = frozenset("by with from to commissioned called named and funded including as through like".split())
_APPOSITION = frozenset("charity organisation provider company enterprise agency body".split())
_SPEAKING = frozenset("said told described felt reported had has".split())
_PLACES = frozenset("north south east west central".split())
_CAUSES = frozenset("carers carers' women's disability law community resource people's".split())
_TYPES = (
    ("advocacy", frozenset(("advocacy", "voice", "advocates"))),
    ("other", frozenset(("healthwatch",))),
    ("provider", frozenset(("homecare", "healthcare", "ltd", "limited"))),
    ("housing", frozenset(("homes", "housing"))),
)


def open_names(
    tokens: Tokens, places: tuple[str, ...], found: list[Candidate]
) -> Iterator[Candidate]:
    """Yield runs of capitalised words that the sentence treats as an organisation.

    Args:
        tokens: A paragraph.
        places: Names of the authority; a local body often carries one.
        found: The partners found by other rules; their words are taken.
    """
    taken = {index for candidate in found for index in range(candidate.first, candidate.last + 1)}
    ends = {candidate.last for candidate in found}
    local = {word.lower() for place in places for word in place.split() if word[0].isupper()}
    local -= _NOT_ORGANISATIONS | {"council", "royal", "metropolitan", "unitary", "authority", "of"}
    index = 0
    while index < len(tokens):
        end = _run(tokens, index)
        if end - index >= 2 and taken.isdisjoint(range(index, end)):
            if candidate := _judge(tokens, index, end - 1, local, ends):
                yield candidate
        index = max(end, index + 1)


def _run(tokens: Tokens, index: int) -> int:
    """Return the end of the capitalised words that start at *index*."""
    end = index
    if tokens.tags[index] in "RX" and sentence_start(tokens, index):
        return index + 1
    while end < len(tokens) and tokens.capitalised(end) and end - index < 9:
        end += 1
        if (
            end + 1 < len(tokens)
            and end > index
            and tokens.low[end] in _LINKS
            and tokens.capitalised(end + 1)
            and tokens.low[end] != "and"
        ):
            end += 1
    return end


def _judge(
    tokens: Tokens, first: int, last: int, local: set[str], ends: set[int]
) -> Candidate | None:
    if sentence_start(tokens, first) and tokens.tags[first] in "DQPKJC":
        first += 1
    words = tokens.low[first : last + 1]
    if len(words) < 2 or any(word in _TITLES for word in words) or tokens.word(last).isupper():
        return None
    near = bool(local & set(words))
    cue = _cue(tokens, first, last, near, ends)
    if cue is None or (words[-1] in _NOT_ORGANISATIONS and not _excused(words, cue, near)):
        return None
    return Candidate(
        tokens=tokens, first=first, last=last, type=_type(tokens, first, words), rule=cue, named=True
    )


def _excused(words: list[str], cue: str, near: bool) -> bool:
    """Return whether a name may end in a word that usually ends something else."""
    if cue == "name-apposition":
        return True
    if words[-1] in ("centre", "hub", "project", "network", "house"):
        return near or cue == "name-agent" or bool(_CAUSES & set(words))
    return words[-1] in _PLACES and cue in ("name-agent", "name-speaker", "name-list")


def _cue(tokens: Tokens, first: int, last: int, local: bool, ends: set[int]) -> str | None:
    """Return the rule by which the name is an organisation, or None."""
    after = tokens.low[last + 1 : last + 9]
    if after[:1] == ["("] and len(after) > 3:
        after = after[3:]
    if after[:1] == [","] and after[1:2] in (["a"], ["an"], ["the"], ["our"]) and _APPOSITION & set(after[1:6]):
        return "name-apposition"
    before = tokens.low[first - 1] if first else ""
    if local and (before in _BEFORE or after[:1] and after[0] in _SAYING):
        return "name-local"
    if before == "by" or (before == "called" and "charity" in tokens.low[max(first - 6, 0) : first]):
        return "name-agent"
    if before in ("charity", "organisation", "provider"):
        return "name-apposition"
    if after and after[0] in _SPEAKING and sentence_start(tokens, first):
        return "name-speaker"
    if before == "with":
        return "name-agent"
    if before in (",", "and", "both") and (first - 2 in ends or first - 3 in ends):
        return "name-list"
    return None


def _type(tokens: Tokens, first: int, words: list[str]) -> str:
    for kind, cues in _TYPES:
        if cues & set(words):
            return kind
    sentence = tokens.low[max(first - 8, 0) : first]
    return "advocacy" if "advocacy" in sentence else "vcse"


_TITLES = frozenset(
    """director officer member manager cabinet councillor head chief executive mayor minister chair lord lady
    act section covid january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday right mental learning autism""".split()
)

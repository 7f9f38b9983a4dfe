"""Whose evidence a sentence is: somebody who may hold a view, and a verb of saying behind."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import cast

import attrs

from cqcparse import Partner
from cqcparse_findings.mention import Voice
from cqcparse_findings.words import Cues, Hit, phrases, tables

#: Greatest distance from somebody to the verb of saying, in code points.
_NEAR = 70
#: Greatest distance between the parts of one subject, in code points.
_PART = 34
#: A pronoun stands right in front of its verb, in code points.
_PRONOUN = 12

#: The voice of partners by their type; all other types are ``partners``.
_OF_TYPE: dict[str | None, Voice] = {
    "vcse": "voluntary",
    "provider": "providers",
    "advocacy": "providers",
    "lived-experience": "people",
}
#: Voices of those who speak; a document does not.
_SPEAKERS = frozenset(("people", "staff", "leaders", "partners", "providers", "voluntary"))
_VERBS = frozenset(("saying", "knowing", "showing", "either"))
#: Words that join the parts of one subject: "staff in the team", "people who use services".
_JOINS = frozenset("in of from across at within and or for on who working with under".split())

#: The sentence rests on a figure: a share, an average, or how many are waiting or were counted.
_FIGURE = re.compile(
    r"\d%|\bper ?cent\b|\b(?:average|median|mean) (?:wait|time|number|length|cost)"
    r"|\b(?:people|cases|applications) (?:were |had been |was )(?:still )?waiting"
    r"|\d people .{0,40}?\bwaiting for|\bThere (?:were|had been|was) [\d,]+ (?:\w+ ){0,2}?(?:people"
    r"|complaints|appeals|concerns|cases|applications|enquiries|referrals|requests|vacancies)"
    r"|\bOf (?:the|those|these) .{0,60}?\d"
)
_DIGIT = re.compile(r"\d")
#: A share of those who were asked speaks: "94% said".
_SHARE_SAYS = re.compile(r"\d% (?:of (?:people|carers|those) )?(?:said|felt|told|reported|agreed)")
#: Words that may open a sentence in front of what carries it on.
_FIRST = re.compile(r"(?:However|In addition|Also|Similarly|Additionally|Overall),? (?=\w)")


@attrs.frozen
class Heard:
    """The voice of a sentence."""

    voice: Voice
    #: From who speaks to the end of the verb; None if nobody is named.
    cue: tuple[int, int] | None = None
    #: Whether the sentence goes on from the one before it.
    carries: bool = False
    #: The voice that the subject would have if it spoke; None if it could not.
    subject: str | None = None

    @property
    def spoken(self) -> Voice:
        """The voice of a pronoun that speaks in the next sentence."""
        if self.voice in {"assessor", "data"} and self.subject:
            return cast("Voice", self.subject)
        return self.voice


@cache
def voice_cues() -> Cues:
    """Return the cues of voice."""
    data = tables("voice")
    saying, showing = (set(phrases(data["saying"][name])) for name in ("phrases", "showing"))
    return Cues(
        {
            ("pronoun", 0): data["carrying"]["pronouns"],
            **{(voice, 0): listed for voice, listed in data["holders"].items()},
            ("saying", 0): ",".join(_with_adverbs(saying)),
            ("showing", 0): ",".join(_with_adverbs(showing - saying)),
            ("knowing", 0): data["saying"]["knowing"],
            ("either", 0): ",".join(_with_adverbs(saying & showing)),
            ("from", 0): data["saying"]["from"],
            ("silent", 0): data["saying"]["silent"],
            ("inside", 0): data["carrying"]["inside"],
            ("ignored", 0): data["ignored"]["phrases"],
        }
    )


def listen(text: str, start: int, end: int, hits: Sequence[Hit], before: Heard | None) -> Heard:
    """Return the voice of the sentence ``text[start:end]``.

    Args:
        text: The text of the document.
        start: Offset of the sentence.
        end: Offset past it.
        hits: Cues and partners in the sentence, in order.
        before: The voice of the sentence before it in the paragraph; None for the first.
    """
    for place, hit in enumerate(hits):
        if hit.cls == "from" or hit.cls in _VERBS:
            heard = _spoken(text, hits, place, before)
            if heard:
                return heard
    subject = _subject(hits, start)
    if before and _goes_on(text, start, end, hits):
        return Heard(before.voice, carries=True, subject=subject or before.subject)
    return Heard(_unnamed(text, start, end), subject=subject)


def _unnamed(text: str, start: int, end: int) -> Voice:
    """Return the voice of a sentence that names nobody."""
    if text.find("%", start, end) >= 0 and _SHARE_SAYS.search(text, start, end):
        return "people"
    figure = _DIGIT.search(text, start, end) or text.find("waiting", start, end) >= 0
    return "data" if figure and _FIGURE.search(text, start, end) else "assessor"


def with_partners(hits: Sequence[Hit], partners: Sequence[Partner]) -> list[Hit]:
    """Return *hits* with the *partners* among which none stands yet, as voices, in order."""
    others = [
        Hit(_OF_TYPE.get(partner.type, "partners"), 0, partner.span.start, partner.span.end)
        for partner in partners
    ]
    kept = list(hits)
    for other in others:
        first = bisect_right(kept, other.start, key=_end)
        last = bisect_left(kept, other.end, key=_start)
        if all(_covers(other, hit) for hit in kept[first:last]):
            kept[first:last] = [other]
    return kept


def _start(hit: Hit) -> int:
    return hit.start


def _end(hit: Hit) -> int:
    return hit.end


def _with_adverbs(listed: Iterable[str]) -> Iterator[str]:
    """Yield *listed* phrases, and with an adverb inside those that begin with "was" or "were"."""
    for phrase in sorted(listed):
        yield phrase
        verb, _, rest = phrase.partition(" ")
        if verb in {"was", "were"}:
            for adverb in ("also", "all", "generally", "very", "not", "less", "more", "still"):
                yield f"{verb} {adverb} {rest}"


def _covers(other: Hit, hit: Hit) -> bool:
    """Return whether *other* holds all of *hit* and more."""
    longer = other.end - other.start > hit.end - hit.start
    return longer and other.start <= hit.start and hit.end <= other.end


def _spoken(text: str, hits: Sequence[Hit], place: int, before: Heard | None) -> Heard | None:
    """Return whose voice the verb at *place* gives; None if it is said of nobody known."""
    verb = hits[place]
    holder = _behind(hits, place) if verb.cls == "from" else _holder(text, hits, place)
    if holder is None:
        return None
    if holder.cls == "pronoun":
        holder = _antecedent(text, hits, place, holder)
    cue = (min(holder.start, verb.start), max(holder.end, verb.end))
    if holder.cls != "pronoun":
        return Heard(cast("Voice", holder.cls), cue, subject=holder.cls)
    if before is None:
        return None
    spoken = before.spoken
    if spoken == "assessor" and text[holder.start : holder.end].lower() in {"one", "she", "he"}:
        spoken = "people"
    return Heard(spoken, cue, carries=True, subject=before.subject)


def _antecedent(text: str, hits: Sequence[Hit], place: int, pronoun: Hit) -> Hit:
    """Return what "it" stands for if that is said in front of it in the same sentence."""
    if text[pronoun.start : pronoun.end].lower() != "it":
        return pronoun
    in_front = (hit for hit in hits[:place] if hit.end <= pronoun.start)
    return next((hit for hit in in_front if _may_hold(hit, hits[place])), pronoun)


def _behind(hits: Sequence[Hit], place: int) -> Hit | None:
    """Return who is named right behind "feedback from"."""
    for hit in hits[place + 1 : place + 3]:
        if hit.cls in _SPEAKERS and hit.start - hits[place].end <= _PART:
            return hit
    return None


def _holder(text: str, hits: Sequence[Hit], place: int) -> Hit | None:
    """Return who the verb at *place* is said of: the first part of the subject in front of it."""
    verb, found = hits[place], None
    for hit in reversed(hits[:place]):
        if found is None:
            if hit.cls in _VERBS or verb.start - hit.end > _NEAR:
                return None
            if _may_hold(hit, verb) and _open_between(text, hit, verb):
                found = hit
        elif hit.cls != "pronoun" and _joined(text, hit, found) and _may_hold(hit, verb):
            found = hit
        else:
            break
    return found


def _may_hold(hit: Hit, verb: Hit) -> bool:
    if hit.cls == "pronoun":
        return verb.start - hit.end <= _PRONOUN and verb.cls != "showing"
    if hit.cls == "data":
        return verb.cls in {"showing", "either"}
    if hit.cls == "leaders" and verb.cls == "knowing":
        return False
    return hit.cls in _SPEAKERS and verb.cls != "showing"


def _open_between(text: str, hit: Hit, verb: Hit) -> bool:
    """Return whether no clause ends between somebody and a verb; a pair of commas ends none."""
    commas = text.count(",", hit.end, verb.start)
    return commas != 1 or text[: verb.start].rstrip().endswith((",", ", also"))


def _joined(text: str, first: Hit, second: Hit) -> bool:
    """Return whether two holders are parts of one subject."""
    if second.start - first.end > _PART:
        return False
    words = text[first.end : second.start].split()
    return words in ([], [","]) or words[0] in _JOINS


def _subject(hits: Sequence[Hit], start: int) -> str | None:
    """Return the voice of who the sentence opens with; of those who act, leaders have none."""
    for hit in hits:
        if hit.cls in _SPEAKERS and hit.start - start < _NEAR:
            return hit.cls if hit.cls != "leaders" else None
    return None


def _goes_on(text: str, start: int, end: int, hits: Sequence[Hit]) -> bool:
    """Return whether the sentence carries on the one before it."""
    return any(hit.cls == "inside" for hit in hits) or _opens(text, start, end, "openings")


def gives_instance(text: str, start: int, end: int) -> bool:
    """Return whether the sentence gives an instance of what the one before it says."""
    return _opens(text, start, end, "instances")


def _opens(text: str, start: int, end: int, name: str) -> bool:
    """Return whether the sentence opens with a phrase of the list called *name*."""
    first = _FIRST.match(text, start, end)
    words = text[first.end() if first else start : end][:40].lower().replace(",", " ").split()
    return any(" ".join(words[:count]) in _openings(name) for count in (1, 2, 3))


@cache
def _openings(name: str) -> frozenset[str]:
    return frozenset(phrases(tables("voice")["carrying"][name]))

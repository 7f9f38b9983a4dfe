"""Whose evidence a sentence is: the subject of its verb of saying, else data or nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple, cast

from cqcparse_findings.families import family
from cqcparse_findings.mention import Voice
from cqcparse_findings.reading import CONCEDED, MAIN, Reading
from cqcparse_findings.speakers import CARRIED, Speakers
from cqcparse_findings.weighing import learned_weights, rests_on_data
from cqcparse_findings.wording import Wording
from cqcparse_findings.words import phrases, tables, verbs, words

_BE = frozenset(("was", "were", "is", "are", "been", "be", "being", "seemed"))
#: Behind "gave" and "shared" these are said.
_ACCOUNTS = frozenset(("accounts", "examples", "feedback", "views", "concerns"))
#: Who answers one of these is a figure in it.
_SURVEYS = frozenset("survey surveys data ascs sace census figures".split())
#: Who spoke with these behind it gave an account; else he spoke to somebody, or a language.
_OF = frozenset("of about warmly highly well positively movingly fondly openly".split())
_THINGS = frozenset(("this", "these", "that", "both"))
_PRONOUNS = frozenset("it they he she several some many most one others both all".split())
#: Whoever does these speaks, also in a clause that one of these opens.
_SURELY = frozenset(("told", "said", "felt", "described"))
_ASIDES = frozenset(("which", "who", "whose", "when", "where"))
_DEGREES = frozenset("less more very also all each both well highly warmly".split())
#: Those of the authority who hold views; the authority itself does only what it says.
_LEADERS = frozenset(
    "leader director manager commissioner councillor member executive head".split()
)
#: A body that does these with what stands behind makes a deal or weighs one: "had agreed a plan".
_DEALS: Mapping[str, Collection[str]] = {
    "agreed": ("a", "an"),
    "considering": ("how", "whether", "a"),
}
#: With one of these behind it an agreement was made, unless it is with what was said.
_MAKING = frozenset("with by between in for".split())
_WHAT_WAS_SAID = frozenset(("this", "that", "it", "them", "us"))
#: What is known, and a notice, are nobody's thought.
_KNOWN = frozenset(("known", "notice", "notices"))
#: Feedback of which this is said is a thing.
_COLLECTING = frozenset(("collected", "gathered", "sought", "recorded"))
#: Who adds something in these words speaks; else he gives more of it.
_SPEAKING = frozenset(("that", ",", ":", "how"))
#: Who can do these may, and does not say that he did.
_POSSIBLE = frozenset(("ask", "find"))
#: What is said of the authority with these is no view of its own.
_STATES = frozenset(("open", "certain", "content", "critical"))
#: Behind "it was clear" these say what is, and not what somebody thinks.
_ASKED = frozenset("who what how whether that to why which where for if".split())
#: How far behind a passive its "by" stands, and behind the beginning of a sentence its subject, in
#: words.
_BEHIND, _OPENING = 6, 9


class Heard(NamedTuple):
    """The voice of a sentence."""

    voice: Voice
    #: First and last word of who speaks, with the verb; None if nobody is named.
    cue: tuple[int, int] | None = None
    #: Whether the sentence goes on from the one before it.
    carries: bool = False
    #: The voice that the subject would have if it spoke; None if it could not.
    subject: Voice | None = None
    #: Whether nobody speaks, so that its wording tells whether it rests on data.
    is_open: bool = False

    @property
    def only_carries(self) -> bool:
        """Whether it has the voice of the sentence before it, and no words that say so."""
        return self.carries and self.cue is None and not self.is_open

    @property
    def spoken(self) -> Voice:
        """The voice of a pronoun that speaks in the next sentence."""
        if self.voice in {"assessor", "data"} and self.subject and self.subject != "data":
            return self.subject
        return self.voice


def listen(reading: Reading, speakers: Speakers, wording: Wording, before: Heard | None) -> Heard:
    """Return the voice of a sentence.

    Args:
        reading: The sentence.
        speakers: The voices of the noun phrases of its document.
        wording: That of its document.
        before: The voice of the sentence before it in the paragraph; None for the first.
    """
    first, last = reading.first, reading.last
    for place in _places(reading):
        heard = _from(reading, speakers, place) or _said(reading, speakers, place, before)
        if heard:
            return heard
    met = speakers.met(reading)
    if met:
        known = before if before and before.spoken not in {"assessor", "data"} else None
        voice = (known.spoken if known else "people") if met[1] == CARRIED else _voice(met[1])
        if voice and voice != "data":
            return Heard(voice, subject=voice)
    aside = _aside(reading, speakers)
    if aside:
        return aside
    subject = _voice(speakers.subject(first, min(last, first + _OPENING)))
    carries = before is not None and _goes_on(reading)
    if before and carries:
        subject = subject or before.subject
        if not before.is_open:
            return Heard(before.voice, carries=True, subject=subject)
    weighed = wording.weigh(first, last)
    data = rests_on_data(weighed, last + 1 - first, learned_weights())
    voice = "data" if data else "assessor"
    return Heard(voice, carries=carries, subject=subject, is_open=True)


def _places(reading: Reading) -> Iterator[int]:
    """Yield the indices of the words that may say whose voice it is; "us" tells of that before."""
    before = reading.first - 1
    for match in _TELLS.finditer(reading.letters, reading.first, reading.last + 1):
        place = match.start() - (reading.low[match.start()] == "us")
        if before < place < reading.last:
            yield place
            before = place


def _voice(found: str | None) -> Voice | None:
    return None if found == CARRIED else cast("Voice | None", found)


@cache
def _telling() -> frozenset[str]:
    """Return the words that may say whose voice it is; all others are passed over."""
    lists = (verbs("voice", "words", name) for name in ("say", "show", "praise"))
    firsts = {words[0] for words in _phrases("from")}
    more = {"gave", "give", "shared", "told", "said", "felt"}
    return frozenset().union(*lists, words("voice", "words", "feel"), firsts, more)


_TELLS = family(lambda word: word == "us" or word in _telling())


@cache
def _phrases(name: str) -> tuple[list[str], ...]:
    return tuple(phrase.split() for phrase in phrases(tables("voice")["words"][name]))


def _opens(reading: Reading, name: str, place: int) -> int:
    """Return how many words a phrase of a list takes at *place*; 0 if there is none."""
    spelt = _phrases(name)
    return next((len(p) for p in spelt if reading.low[place : place + len(p)] == p), 0)


def _from(reading: Reading, speakers: Speakers, place: int) -> Heard | None:
    """Return the voice of who is named behind "feedback from"."""
    size = _opens(reading, "from", place)
    if not size or (reading.low[place] == "feedback" and place > reading.first + _BEHIND):
        return None
    begin = place + size
    if not _COLLECTING.isdisjoint(reading.low[begin : begin + _OPENING]):
        return None
    voice = _voice(speakers.subject(begin, min(begin + _BEHIND, reading.last)))
    return Heard(voice, (place, begin), subject=voice) if voice and voice != "data" else None


def _said(reading: Reading, speakers: Speakers, place: int, before: Heard | None) -> Heard | None:
    """Return whose voice the verb at *place* gives; None if it is said of nobody known."""
    low = reading.low
    if not _may_say(reading, place):
        return None
    felt, shown = _feels(reading, place), _shows(reading, place)
    said = felt or _says(reading, place)
    begin = _group_start(reading, place)
    if not (said or shown) or begin == reading.first or "to" in low[begin - 1 : begin + 1]:
        return None
    if not (felt or low[place].endswith("ing") or _BE.isdisjoint(low[begin:place])):
        return _by(reading, speakers, place)
    held = speakers.holder(reading, begin)
    if held is None or (held[1] != CARRIED and _only_acts(reading, held, place)):
        return None
    if held[1] == "people" and _answers(reading, held[0], begin):
        return Heard("data", subject="data")
    end = place + (low[place + 1] == "us")
    if held[1] == CARRIED and held[0] > reading.first and low[held[0]] in _PRONOUNS:
        own = speakers.subject(reading.first, held[0] - 1)  # "the charity ran it, and it said"
        held = (held[0], own) if own else held
    return _of(reading, held, end, before) if (shown if held[1] == "data" else said) else None


def _of(reading: Reading, held: tuple[int, str], place: int, before: Heard | None) -> Heard | None:
    """Return the voice of who is *held* to say or show it, with words that end at *place*."""
    start, voice = held[0], _voice(held[1])
    if voice is None:
        cue = (start, place)
        if before and before.spoken not in {"assessor", "data"}:
            return Heard(before.spoken, cue, carries=True, subject=before.subject)
        if reading.low[start] in _THINGS or start > reading.first + 1:
            return before and Heard(before.spoken, cue, carries=True, subject=before.subject)
        # Whom nobody named is one of many, or a small body.
        return Heard("voluntary" if reading.low[start] == "it" else "people", cue, carries=True)
    return Heard(voice, (start, place), subject=voice)


def _aside(reading: Reading, speakers: Speakers) -> Heard | None:
    """Return the voice of who speaks in a relative clause: "run by a charity, which told us"."""
    low, layers = reading.low, reading.layers
    for place in range(reading.first + 2, reading.last):
        if low[place] not in _SURELY or reading.clause(place) == MAIN:
            continue
        end = place + (low[place + 1] == "us")
        start = place - 1
        while start > reading.first and low[start] not in _ASIDES:
            start -= 1
        if start == place - 1:
            behind = start - (low[start - 1] == ",")
            chunk = layers.chunk_at(behind - 1)
            voice = speakers.named(*_within(reading, chunk))
            who = voice is None and low[start] == "who"
            if who and layers.chunks[chunk - 2 : chunk] in ("ni", "nf", "nw"):
                voice = speakers.named(*_within(reading, chunk - 2))  # "agencies on contracts"
        elif start > reading.first:
            voice = speakers.subject(start + 1, place - 1)
        else:
            continue
        if voice and voice != "data":
            found = cast("Voice", "people" if voice == CARRIED else voice)
            return Heard(found, (start, end), subject=found)
    return None


def _within(reading: Reading, chunk: int) -> tuple[int, int]:
    """Return the words of a chunk that are of the sentence."""
    first, last = reading.layers.extent(chunk)
    return max(first, reading.first), max(last, reading.first)


def _answers(reading: Reading, start: int, verb: int) -> bool:
    """Return whether those who speak are a share of the people whom a survey asked."""
    low = reading.low
    counted = any(word[0].isdigit() for word in low[start:verb])
    share = (
        low[i] == "of" and low[i + 1] == "the" and low[i + 2].isdigit()
        for i in range(reading.first, verb - 2)
    )
    front = low[reading.first : verb]
    return counted and (not _SURVEYS.isdisjoint(front) or ("we" not in front and any(share)))


def _may_say(reading: Reading, place: int) -> bool:
    clause = reading.clause(place)
    named = reading.layers.caps[place] and place > reading.first
    # "a letter explaining": no auxiliary stands in front of it.
    hangs = reading.low[place].endswith("ing") and reading.tags[place - 1] == "N"
    return not (named or hangs) and clause in (MAIN, CONCEDED)


def _feels(reading: Reading, place: int) -> bool:
    low, near = reading.low, place - 1
    if low[place] not in words("voice", "words", "feel"):
        return False
    while reading.tags[near] == "K" or low[near] in _DEGREES:
        near -= 1
    if near < reading.first or low[near] not in _BE:
        return False  # "were given clear advice"
    begin = _group_start(reading, near)
    # "It was not always clear who would pay."
    return low[begin - 1] != "it" or low[place + 1] not in _ASKED


def _says(reading: Reading, place: int) -> bool:
    low, tags, word = reading.low, reading.tags, reading.low[place]
    if word in ("told", "said", "felt"):
        return True
    if word in ("gave", "give", "shared"):
        return not _ACCOUNTS.isdisjoint(low[place + 1 : place + 5]) or low[place + 1] == "us"
    if word == "put":
        return "down" in low[place + 1 : place + 5]
    # "Officers valued being told": a word of quality between a noun and what it is about.
    noun = tags[place - 1] in "NW" or low[place - 1] == "there"
    valued = tags[place] == "J" and noun and tags[place + 1] in "DRVX"
    may = word in _POSSIBLE and low[place - 1] in ("could", "can")
    if may or _only_does(reading, place) or (tags[place] != "V" and not valued):
        return False
    if word in ("spoke", "talked", "speak", "speaking") and low[place + 1] != "us":
        return not _OF.isdisjoint(low[place + 1 : place + 4])
    return low[place + 1] == "us" or word in verbs("voice", "words", "say")


def _only_does(reading: Reading, place: int) -> bool:
    """Return whether a verb of saying only does here: "added a nurse", "agreed with schools"."""
    low, word, behind = reading.low, reading.low[place], reading.low[place + 1]
    if word in verbs("voice", "words", "know"):
        return word in _KNOWN or (behind not in _ASKED and behind not in ("if", "about"))
    if word in ("added", "adds", "add"):
        return behind not in _SPEAKING
    if word in ("hear", "heard", "reported"):
        return not {"from", "to"}.isdisjoint(low[place + 1 : place + 3])
    if word == "agree":
        return not {"to", "help", "helped"}.isdisjoint(low[max(reading.first, place - 5) : place])
    made = word == "agreed" and behind in _MAKING
    return made and _WHAT_WAS_SAID.isdisjoint(low[place + 2 : place + _BEHIND])


def _shows(reading: Reading, place: int) -> bool:
    return reading.tags[place] == "V" and reading.low[place] in verbs("voice", "words", "show")


def _group_start(reading: Reading, place: int) -> int:
    """Return where the verb group begins that ends at *place*."""
    low, tags = reading.low, reading.tags
    while place > reading.first and (tags[place - 1] in "XK" or low[place - 1] in _DEGREES):
        place -= 1
    return place


def _by(reading: Reading, speakers: Speakers, place: int) -> Heard | None:
    """Return who says what a passive says: "was welcomed by all partners"."""
    word = reading.low[place]
    if word != "said" and word not in verbs("voice", "words", "praise"):
        return None
    for j in range(place + 1, min(place + _BEHIND, reading.last)):
        if reading.low[j] == "by":
            voice = _voice(speakers.subject(j + 1, min(j + _BEHIND, reading.last)))
            heard = voice is not None and voice != "data"
            return Heard(cast("Voice", voice), (place, j), subject=voice) if heard else None
    return None


def _only_acts(reading: Reading, held: tuple[int, str], place: int) -> bool:
    """Return whether the verb says what the authority or a body does, not what it thinks."""
    low, word = reading.low, reading.low[place]
    (start, voice), behind = held, low[place + 1]
    if word in verbs("voice", "words", "know") and voice == "people":
        return "not" not in low[_group_start(reading, place) : place]  # they were told
    # "had asked the university to find out"
    asked = word == "asked" and "to" in low[place + 1 : place + _BEHIND]
    arranged = asked or (behind == "to" and word in ("agreed", "raised"))
    people = any(who in _LEADERS or who[:-1] in _LEADERS for who in low[start:place])
    body = not people and not low[_group_start(reading, place) - 1].endswith("s")
    if arranged and voice in ("leaders", "partners"):
        return True
    weighed = word == "considered" and behind not in _WHAT_WAS_SAID
    if body and voice != "people" and (weighed or behind in _DEALS.get(word, ())):
        return True
    if word in verbs("voice", "words", "intend"):
        return voice != "leaders" or not people
    if voice != "leaders" or people:
        return False
    acts = word in verbs("voice", "words", "acts")
    return word in _STATES or (acts and (behind != "that" or word in ("knew", "known")))


def _goes_on(reading: Reading) -> bool:
    """Return whether the sentence carries on the one before it."""
    low, place = reading.low, reading.first
    if low[place] in ("however", "also", "overall", "similarly", "additionally"):
        place += 1 + (low[place + 1] == ",")
    if low[place] == "it" and low[place + 1] in _BE and reading.tags[place + 2] in "KJ":
        return False  # "it was too early"
    if low[place] == "those" and low[place + 1] in ("who", "that", "with"):
        return False
    return low[place] in words("voice", "words", "opening") or bool(
        _opens(reading, "opening_phrases", place)
    )

"""Clauses: who does what to whom around a verb, by a shallow reading of word classes."""

from __future__ import annotations

import attrs

from cqcparse.grammar.extents import is_base_verb, is_finite, is_past
from cqcparse.grammar.noun_phrases import (
    Phrase,
    coordinated,
    noun_phrase,
    phrase_before,
    time_adverbial,
)
from cqcparse.grammar.relatives import named_by_gloss, related
from cqcparse.grammar.tails import PARTICLES, Tail, ambiguous_verbs, find_tails
from cqcparse.grammar.tokens import Tokens, word_list
from cqcparse.grammar.verb_groups import VerbGroup, is_adverb, verb_group

_RELATIVES = frozenset(["who", "which", "that"])
#: Nouns that say what somebody means to do; as a subject they do not say who.
_DECISIONS = frozenset(
    "decision decisions plan plans proposal proposals intention intentions attempts efforts".split()
)
#: Pronouns that, in front of a passive, take up the subject of the clause before.
_POINTING = frozenset(("this", "it", "these"))
#: Verbs whose subject "they" is in what follows.
_TELLING = frozenset(("told", "said", "felt", "reported", "explained", "described", "added"))
_RESOLVED = frozenset(["they", "it", "he", "she"])
_QUESTIONS = frozenset(["who", "what", "which", "whether", "how", "where", "when", "whom"])
#: Verbs whose object is the subject of the infinitive behind it: "helped it to pay".
_CAUSATIVE = word_list("clause", "causative")
#: Verbs whose object is the means: "use the grant to pay".
_INSTRUMENTAL = frozenset(["use", "used", "uses", "using", "utilise", "utilised", "utilising"])
#: No argument is looked for further away than this many words.
_REACH = 60
_DEPTH = 6


@attrs.frozen(kw_only=True)
class Clause:
    """A verb with its arguments."""

    group: VerbGroup
    #: Who or what stands in the place of the subject; pronouns are followed in the sentence.
    subject: Phrase | None = None
    #: The objects behind the verb, at most two ("gave the charity a grant").
    objects: tuple[Phrase, ...] = ()
    #: What the verb is to be done with, as in "used the grant to pay".
    means: Phrase | None = None
    #: What a relative clause hangs on, where that is the object ("payments which it had made").
    antecedent: Phrase | None = None
    tails: tuple[Tail, ...] = ()


def read_clause(tokens: Tokens, verb: int, first: int, last: int) -> Clause:
    """Return the clause around a verb.

    Args:
        tokens: A paragraph.
        verb: Index of the verb.
        first: Index of the first word of its sentence.
        last: Index of the last word of its sentence.
    """
    floor, ceiling = max(first, verb - _REACH), min(last, verb + _REACH)
    group = verb_group(tokens, verb, floor)
    subject, start = _subject(tokens, group, floor, _DEPTH)
    antecedent = _antecedent(tokens, start, floor)
    if antecedent is not None and group.voice == "participle":
        group = attrs.evolve(group, voice="active")
    objects = _objects(tokens, group, ceiling)
    behind = objects[-1].last + 1 if objects else verb + 1
    return Clause(
        group=group,
        subject=subject,
        objects=objects,
        means=_means(tokens, group, floor),
        antecedent=antecedent,
        tails=tuple(find_tails(tokens, behind, ceiling)),
    )


def _subject(tokens: Tokens, group: VerbGroup, floor: int, depth: int) -> tuple[Phrase | None, int]:
    """Return the subject and the index at which its clause begins."""
    before = group.first - 1
    if before < floor or depth == 0:
        return None, group.first
    being = tokens.tags[before] == "V" and tokens.low[group.first] == "being"
    if group.infinitive or group.voice == "gerund" or being:
        return _implied_subject(tokens, group, floor, depth), before
    if tokens.low[before] in _RELATIVES:
        return related(tokens, before, group, floor), before
    if tokens.low[before] == "they" and (teller := _teller(tokens, before, floor)) is not None:
        return phrase_before(tokens, teller - 1, floor), before
    named = _named_before(tokens, before, floor)
    if named is not None:
        return named, named.first
    if _takes_up(tokens, group):
        return _earlier_subject(tokens, before, floor, depth), before
    end = before - 1 if tokens.tags[before] == "," else before
    phrase = _described(tokens, phrase_before(tokens, end, floor), floor)
    return phrase, phrase.first if phrase else before


def _implied_subject(tokens: Tokens, group: VerbGroup, floor: int, depth: int) -> Phrase | None:
    """Return who does what an infinitive or gerund says."""
    before = group.first - 1
    if group.infinitive and group.voice == "passive" and tokens.tags[before - 1] == ",":
        return phrase_before(tokens, before - 2, floor)
    if group.infinitive:
        return _controller(tokens, before, floor, depth)
    if tokens.tags[before] in "NW":
        return phrase_before(tokens, before, floor, nearest=True)
    return _earlier_subject(tokens, group.first, floor, depth)


def _takes_up(tokens: Tokens, group: VerbGroup) -> bool:
    """Return whether the clause has the subject of the one before, or a pronoun for it."""
    before = group.first - 1
    low = tokens.low[before]
    if tokens.tags[before] == "C" or low in _RESOLVED:
        return True
    if tokens.tags[before] == ",":
        return group.voice != "participle" or tokens.low[before - 1] in _POINTING
    return low in _POINTING and group.voice == "passive"


def _teller(tokens: Tokens, index: int, floor: int) -> int | None:
    """Return the verb of saying in front of "that they" at *index*, whose subject they are."""
    if tokens.low[index - 1] != "that":
        return None
    for place in range(index - 2, floor, -1):
        if tokens.tags[place] == ".":
            return None
        if tokens.low[place] in _TELLING:
            return place
    return None


def _named_before(tokens: Tokens, comma: int, floor: int) -> Phrase | None:
    """Return the name in front of what explains it: "Lantern Arts, a local charity, had"."""
    if tokens.tags[comma] != "," or comma - 1 < floor:
        return None
    gloss = phrase_before(tokens, comma - 1, floor, nearest=True)
    return None if gloss is None else named_by_gloss(tokens, gloss, floor)


def _described(tokens: Tokens, phrase: Phrase | None, floor: int) -> Phrase | None:
    """Return what a relative clause that ends in *phrase* describes, or *phrase* itself.

    In "carers who had received a grant could buy" the subject is not the grant.
    """
    if phrase is None:
        return None
    place = phrase.first - 1
    while place > floor and place > phrase.first - 5 and tokens.tags[place] in "PVXK":
        place -= 1
    relative = floor < place < phrase.first - 1 and tokens.low[place] in ("who", "which", "that")
    if not relative or tokens.tags[place - 1] not in "NW":
        return phrase
    return phrase_before(tokens, place - 1, floor) or phrase


def _controller(tokens: Tokens, to: int, floor: int, depth: int) -> Phrase | None:
    """Return who is to do what the infinitive behind "to" says."""
    end = to - 1
    if end < floor or tokens.low[end] in _QUESTIONS:
        return None
    if tokens.low[end] in ("both", "jointly", "not"):
        end -= 1
    if tokens.low[end] in ("them", "it"):
        causative = end > floor and tokens.low[end - 1] in _CAUSATIVE
        return _mentioned_before(tokens, end - 1, floor) if causative else None
    if tokens.tags[end] == "R":
        return None
    phrase = phrase_before(tokens, end, floor, nearest=True)
    if phrase is not None and tokens.low[end] in _DECISIONS:
        begun = phrase.first == floor or "that" in tokens.low[phrase.first - 1 : phrase.first + 1]
        return None if begun else _earlier_subject(tokens, to, floor, depth)
    if phrase is not None and phrase.first > floor:
        governor = tokens.low[phrase.first - 1]
        if governor == "for" or governor in _CAUSATIVE:
            return phrase
    return _earlier_subject(tokens, to, floor, depth)


def _means(tokens: Tokens, group: VerbGroup, floor: int) -> Phrase | None:
    """Return the object of "use" in front of the infinitive, or of the list it stands in."""
    place = group.first - 1
    while place > floor and tokens.low[place] != "to":
        if tokens.tags[place] in ".XR":
            return None
        place -= 1
    if place <= floor or not is_base_verb(tokens, place + 1):
        return None
    phrase = phrase_before(tokens, place - 1, floor, nearest=True)
    if phrase is None or phrase.first <= floor:
        return None
    return phrase if tokens.low[phrase.first - 1] in _INSTRUMENTAL else None


def _mentioned_before(tokens: Tokens, index: int, floor: int) -> Phrase | None:
    """Return the noun phrase that a pronoun behind *index* may stand for: the nearest one."""
    while index > floor:
        index -= 1
        if tokens.tags[index] in "NW":
            return phrase_before(tokens, index, floor, nearest=True)
    return None


def _earlier_subject(tokens: Tokens, index: int, floor: int, depth: int) -> Phrase | None:
    """Return the subject of the nearest predicate in front of *index*."""
    if depth == 0:
        return None
    place = _predicate_before(tokens, index, floor)
    if place is None:
        return noun_phrase(tokens, floor, index - 1) if tokens.tags[index] == "C" else None
    return _subject(tokens, verb_group(tokens, place, floor), floor, depth - 1)[0]


def _predicate_before(tokens: Tokens, index: int, floor: int) -> int | None:
    """Return the nearest verb in front of *index* that has a subject.

    A past form in front of a preposition may be a participle ("services commissioned by"), and
    counts only if there is no other.
    """
    doubtful = None
    for place in range(index - 1, floor - 1, -1):
        if tokens.tags[place] == ".":
            break
        if tokens.tags[place] == "X" or is_finite(tokens, place) or _bare_verb(tokens, place):
            return place
        if tokens.low[place + 1] == "to" and is_past(tokens.low[place]):
            return place
        if tokens.tags[place] == "V" and is_past(tokens.low[place]):
            doubtful = place
    return doubtful


def _without_verb(tokens: Tokens, phrase: Phrase) -> Phrase:
    """Return *phrase* up to "and support carers", where a list of verbs goes on."""
    for index in range(phrase.first + 1, phrase.last - 1):
        if tokens.tags[index] == "C" and tokens.low[index + 1] in ambiguous_verbs():
            return Phrase(phrase.first, index - 1)
    return phrase


def _bare_verb(tokens: Tokens, index: int) -> bool:
    """Return whether an infinitive stands at *index*, one that may be a noun elsewhere too."""
    if is_base_verb(tokens, index):
        return True
    return index > 1 and tokens.low[index - 2 : index] == ["to", "both"]


def _is_particle(tokens: Tokens, index: int) -> bool:
    """Return whether "up" or the like at *index* belongs to the verb: "set up a fund"."""
    if tokens.low[index] == "on" or tokens.low[index] not in PARTICLES:
        return False
    return tokens.tags[index + 1] in "DQJNW#ML"


def _antecedent(tokens: Tokens, start: int, floor: int) -> Phrase | None:
    """Return what "which" or "that" in front of a subject at *start* stands for."""
    relative = start - 1
    if relative <= floor or tokens.low[relative] not in ("which", "that"):
        return None
    end = relative - 2 if tokens.tags[relative - 1] == "," else relative - 1
    if end < floor:
        return None
    return phrase_before(tokens, end, floor, nearest=True)


def _objects(tokens: Tokens, group: VerbGroup, last: int) -> tuple[Phrase, ...]:
    index = group.verb + 1
    while index < last and (is_adverb(tokens, index) or _is_particle(tokens, index)):
        index += 1
    objects: list[Phrase] = []
    while index <= last and len(objects) < 2:
        if time_adverbial(tokens, index, last) is not None:
            break
        phrase = noun_phrase(tokens, index, last)
        if phrase is None:
            break
        phrase = coordinated(tokens, phrase, last)
        if group.first and tokens.tags[group.first - 1] in ",C":
            phrase = _without_verb(tokens, phrase)
        objects.append(phrase)
        index = phrase.last + 1
    return tuple(objects)

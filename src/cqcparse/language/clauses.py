"""Clauses: who does what to whom around a verb, by a shallow reading of word classes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, TypeAlias

import attrs

from cqcparse.language.extents import (
    CLAUSE_WORDS,
    is_base_verb,
    is_finite,
    is_gerund,
    is_past,
)
from cqcparse.language.noun_phrases import (
    Phrase,
    coordinated,
    noun_phrase,
    phrase_before,
    time_adverbial,
)
from cqcparse.language.tokens import Tokens, word_list

Voice: TypeAlias = Literal["active", "passive", "participle", "infinitive", "gerund"]
TailKind: TypeAlias = Literal["noun", "gerund", "infinitive"]

_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am"])
_NEGATIONS = frozenset(["not", "never", "cannot"])
_RELATIVES = frozenset(["who", "which", "that"])
_RESOLVED = frozenset(["they", "it", "he", "she"])
_QUESTIONS = frozenset(["who", "what", "which", "whether", "how", "where", "when", "whom"])
#: Verbs whose object is the subject of the infinitive behind it: "helped it to pay".
_CAUSATIVE = word_list("clause", "causative")
#: Words that belong to the verb in front of them.
_AGENTS = tuple([word] for word in ("by", "from", "out", "through", "until", "since", "in", "at"))
_PARTICLES = frozenset(("up", "out", "down", "on", "off", "back"))
#: Adjectives and nouns that are verbs behind "to".
_ALSO_VERBS = frozenset(("act", "open", "clear", "free", "slow", "narrow", "complete", "better"))
#: Quantifiers that may stand between subject and verb: "they each paid half".
_FLOATING = frozenset(("each", "both", "all"))
#: Verbs whose object is the means: "use the grant to pay".
_INSTRUMENTAL = frozenset(["use", "used", "uses", "using", "utilise", "utilised", "utilising"])
#: No argument is looked for further away than this many words.
_REACH = 60
_DEPTH = 6


@attrs.frozen(kw_only=True)
class VerbGroup:
    """A verb with the auxiliaries and adverbs in front of it."""

    #: Index of the first word.
    first: int
    #: Index of the verb itself.
    verb: int
    #: "participle" is a passive without auxiliary, as in "funds spent on care".
    voice: Voice
    #: Whether "to" stands in front, of a passive too ("to be funded").
    infinitive: bool = False
    #: Index of the word that denies it.
    negation: int | None = None


@attrs.frozen(kw_only=True)
class Tail:
    """What follows a verb or noun: a prepositional phrase, an infinitive or a gerund."""

    #: The preposition, in lower case; empty for a bare gerund.
    preposition: str
    kind: TailKind
    #: The noun phrase with what is coordinated to it; of a verb, the verb alone.
    phrase: Phrase


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


def verb_group(tokens: Tokens, verb: int, floor: int) -> VerbGroup:
    """Return the group of the verb at index *verb*, not reaching in front of *floor*."""
    tags, low = tokens.tags, tokens.low
    negation = auxiliary = None
    first = verb
    while first > floor and (tags[first - 1] == "X" or _is_adverb(tokens, first - 1)):
        first -= 1
        if low[first] in _NEGATIONS or low[first].endswith("n't"):
            negation = first
        if tags[first] == "X" and auxiliary is None:
            auxiliary = low[first]
    if low[first - 2 : first] == ["no", "longer"] and first - 2 >= floor:
        first = negation = first - 2
    infinitive = first > floor and low[first - 1] == "to"
    if first - 1 > floor and low[first - 2 : first] == ["to", "both"]:
        first, infinitive = first - 1, True
    voice = _voice(tokens, verb, first, auxiliary, infinitive=infinitive)
    return VerbGroup(first=first, verb=verb, voice=voice, infinitive=infinitive, negation=negation)


def find_tails(tokens: Tokens, index: int, last: int) -> Iterator[Tail]:
    """Yield the phrases that hang on what ends before *index*, in order.

    An infinitive or gerund is the last: what follows belongs to it.
    """
    tags, low = tokens.tags, tokens.low
    while index <= last:
        skipped = time_adverbial(tokens, index, last)
        if low[index] == "each" and index < last and tags[index + 1] == "P":
            skipped = index + 1
        if skipped is not None or _is_adverb(tokens, index):
            index = index + 1 if skipped is None else skipped
            continue
        if tags[index] != "P" and low[index] != "using":
            if is_gerund(tokens, index):
                yield Tail(preposition="", kind="gerund", phrase=Phrase(index, index))
            return
        preposition, index = _preposition(tokens, index, last)
        behind = index + 1
        while behind < last and _is_adverb(tokens, behind):
            behind += 1
        verb = _tail_verb(tokens, preposition, behind, last)
        if verb is not None:
            yield Tail(preposition=preposition, kind=verb, phrase=Phrase(behind, behind))
            return
        phrase = noun_phrase(tokens, index + 1, last)
        if phrase is None:
            return
        phrase = coordinated(tokens, phrase, last)
        yield Tail(preposition=preposition, kind="noun", phrase=phrase)
        index = phrase.last + 1


def _preposition(tokens: Tokens, index: int, last: int) -> tuple[str, int]:
    """Return the preposition at *index* and the index of its last word.

    A particle of the verb in front of it is left out ("passed on to"), and so is a preposition
    whose noun stands in front of the verb ("paid for by").
    """
    low = tokens.low
    stranded = low[index] == "for" and low[index + 1 : index + 2] in _AGENTS
    led = index < last and tokens.tags[index + 1] == "P"
    if led and low[index : index + 2] != ["out", "of"] and (stranded or low[index] in _PARTICLES):
        index += 1
    if low[index : index + 2] == ["out", "of"]:
        return "out of", index + 1
    return low[index], index


def _tail_verb(
    tokens: Tokens, preposition: str, index: int, last: int
) -> Literal["gerund", "infinitive"] | None:
    if index > last:
        return None
    if preposition == "to" and (is_base_verb(tokens, index) or _acts(tokens, index, last)):
        return "infinitive"
    return "gerund" if is_gerund(tokens, index) else None


def _acts(tokens: Tokens, index: int, last: int) -> bool:
    """Return whether a word behind "to" that may be a noun is a verb: "money to act on it"."""
    low = tokens.low[index]
    if index == last or not (low in _ALSO_VERBS or low in _ambiguous()):
        return False
    return tokens.tags[index + 1] in "DPRJQ#N"


def _is_adverb(tokens: Tokens, index: int) -> bool:
    if tokens.low[index] in ("jointly", "fully", "partly"):
        return True
    if tokens.low[index] in _FLOATING:
        return index > 0 and tokens.tags[index - 1] in "NWR)"
    if tokens.low[index] == "then":
        return index > 0 and tokens.tags[index - 1] in "NWR)"
    if tokens.tags[index] == "K":
        return tokens.low[index] not in CLAUSE_WORDS
    return tokens.low[index] in ("grant", "part", "match") and tokens.low[
        index + 1 : index + 2
    ] == ["funded"]


def _voice(
    tokens: Tokens, verb: int, first: int, auxiliary: str | None, *, infinitive: bool
) -> Voice:
    if is_gerund(tokens, verb) or tokens.low[verb].endswith("ing"):
        return "active" if auxiliary in _BE else "gerund"
    if auxiliary is not None:
        return "passive" if auxiliary in _BE else "active"
    if infinitive:
        return "infinitive"
    if not is_past(tokens.low[verb]):
        return "active"
    if tokens.low[verb] in ("given", "forgone", "written", "taken"):
        return "participle"
    before = tokens.low[first - 1] if first else ""
    if before in _RELATIVES or before in _RESOLVED or before in ("we", "and"):
        return "active"
    behind = verb + 1
    if behind < len(tokens) and tokens.tags[behind] in "PV,.C":
        return "participle"
    return "active"


def _subject(tokens: Tokens, group: VerbGroup, floor: int, depth: int) -> tuple[Phrase | None, int]:
    """Return the subject and the index at which its clause begins."""
    before = group.first - 1
    if before < floor or depth == 0:
        return None, group.first
    tags, low = tokens.tags, tokens.low
    if group.infinitive and group.voice == "passive" and tags[before - 1] == ",":
        return phrase_before(tokens, before - 2, floor), before
    if group.infinitive:
        return _controller(tokens, before, floor, depth), before
    if group.voice == "gerund" and tags[before] in "NW":
        return phrase_before(tokens, before, floor, nearest=True), before
    if group.voice == "gerund":
        return _earlier_subject(tokens, group.first, floor, depth), before
    if tags[before] == "C" or low[before] in _RESOLVED:
        return _earlier_subject(tokens, before, floor, depth), before
    if tags[before] == "," and group.voice != "participle":
        return _earlier_subject(tokens, before, floor, depth), before
    if low[before] in _RELATIVES:
        end = before - 2 if tags[before - 1] == "," else before - 1
        return phrase_before(tokens, end, floor, nearest=True), before
    end = before - 1 if tags[before] == "," else before
    phrase = _described(tokens, phrase_before(tokens, end, floor), floor)
    return phrase, phrase.first if phrase else before


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
        return None
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
        if tokens.tags[index] == "C" and tokens.low[index + 1] in _ambiguous():
            return Phrase(phrase.first, index - 1)
    return phrase


@cache
def _ambiguous() -> frozenset[str]:
    return word_list("verb", "noun")


def _bare_verb(tokens: Tokens, index: int) -> bool:
    """Return whether an infinitive stands at *index*, one that may be a noun elsewhere too."""
    if is_base_verb(tokens, index):
        return True
    return index > 1 and tokens.low[index - 2 : index] == ["to", "both"]


def _is_particle(tokens: Tokens, index: int) -> bool:
    """Return whether "up" or the like at *index* belongs to the verb: "set up a fund"."""
    if tokens.low[index] == "on" or tokens.low[index] not in _PARTICLES:
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
    while index < last and (_is_adverb(tokens, index) or _is_particle(tokens, index)):
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

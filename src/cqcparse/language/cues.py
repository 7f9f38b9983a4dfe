"""Cues: what the clause around a phrase says of its life, such as new, planned or ended."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import attrs

from cqcparse.language.tokens import Tokens, gerund, past
from cqcparse.mentions import Status
from cqcparse.spans import Quote

#: No cue stands farther from its phrase than this, in words; keeps the work linear.
_REACH = 14


@attrs.frozen(kw_only=True)
class Cue:
    """What a clause says of the life of a thing, and the words that say so."""

    status: Status
    quote: Quote


def find_status(tokens: Tokens, first: int, last: int) -> Cue | None:
    """Return what its clause says of the life of a phrase; None if it says nothing.

    The words in front of the phrase come first ("a new hub"), then the verb of which it is the
    subject ("the hub had closed"), then the verb of which it is the object ("to open a hub"). A
    cue counts only inside the clause, in its tense, and not where it is denied.

    Args:
        tokens: A paragraph.
        first: First token of the phrase.
        last: Last token of the phrase, with a bracketed short form behind it.
    """
    return (
        _in_front(tokens, first)
        or _object_of(tokens, first)
        or _said_behind(tokens, first, last)
    )


@attrs.frozen(kw_only=True)
class _Cues:
    """The tables of ``cues.toml`` with every verb form at hand."""

    before: dict[str, Status]
    #: Class of a verb (begin, make, supply, end, reduce) by form.
    base: dict[str, str]
    past: dict[str, str]
    gerund: dict[str, str]
    #: Class of a verb without an object, by past form and by base form.
    finished: dict[str, str]
    bare: dict[str, str]
    intention: frozenset[str]
    achieved: frozenset[str]
    again: frozenset[str]
    pronouns: frozenset[str]


@cache
def _cues() -> _Cues:
    data = _data()
    irregular: dict[str, str] = data["irregular"]
    verbs = {verb: kind for kind, words in data["verbs"].items() for verb in words.split()}
    alone = {verb: kind for kind, words in data["intransitive"].items() for verb in words.split()}
    return _Cues(
        before={word: status for status, words in data["before"].items() for word in words.split()},
        base=verbs,
        past=_past_forms(verbs, irregular),
        gerund={gerund(verb): kind for verb, kind in verbs.items()},
        finished=_past_forms(alone, irregular),
        bare=alone,
        intention=frozenset(data["intention"]["words"].split()),
        achieved=frozenset(data["achieved"]["words"].split()),
        again=frozenset(data["not_again"]["verbs"].split()),
        pronouns=frozenset(data["not_again"]["pronouns"].split()),
    )


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_data()["sets"][name].split())


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((files(__package__) / "cues.toml").read_text("utf-8"))


def _past_forms(verbs: dict[str, str], irregular: dict[str, str]) -> dict[str, str]:
    return {
        form: kind
        for verb, kind in verbs.items()
        for form in irregular.get(verb, past(verb)).split()
    }


_ENDS = frozenset((".", "!", "?"))


def _cue(tokens: Tokens, status: Status, first: int, last: int) -> Cue:
    span = tokens.span(first, last)
    return Cue(status=status, quote=Quote(tokens.text[span.start : span.end], span))


def _in_front(tokens: Tokens, first: int) -> Cue | None:
    """Return the cue among the words between the article and the phrase."""
    before = _cues().before
    index = first - 1
    while index >= 0 and first - index <= 4 and tokens.tags[index] in "JKQNV#e":
        status = before.get(tokens.low[index])
        if status:
            end = index + 1 if tokens.low[index] in ("newly", "recently") else index
            return _cue(tokens, status, index, min(end, first - 1))
        if tokens.tags[index] == "V" and tokens.low[index] not in _cues().past:
            break
        index -= 1
    return None


def _predicate(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue in the verb whose subject ends in front of *index*."""
    verb = _verb_group(tokens, index)
    if verb is None:
        return None
    first, last = verb
    words = tokens.low[first : last + 1]
    if (young := _early_stage(tokens, last)) is not None:
        return _cue(tokens, "new", first, young)
    if _pairs(words, "no", "longer"):
        first += words.index("no")
    status = _status_of_group(words, _follows(tokens, last))
    return _cue(tokens, status, first, last) if status else None


def _said_behind(tokens: Tokens, first: int, last: int) -> Cue | None:
    """Return the cue behind a phrase that may be what the clause is about."""
    if not _may_be_subject(tokens, first, last):
        return None
    return _predicate(tokens, last + 1) or _not_again(tokens, last + 1)


def _may_be_subject(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the next verb may be said of the phrase: it hangs on no word in front.

    A comma, a relative or a participle right behind it speaks of the phrase wherever it stands.
    """
    if last + 1 < len(tokens) and (tokens.tags[last + 1] == "," or _follows(tokens, last) == "which"):
        return True
    index = first - 1
    while index >= 0 and first - index <= 5 and _is_determiner(tokens, index):
        index -= 1
    return index < 0 or tokens.tags[index] not in "PV"


def _early_stage(tokens: Tokens, last: int) -> int | None:
    """Return the end of "at an early stage" or "in its infancy" behind the verb, or None."""
    if _follows(tokens, last) not in ("at", "in"):
        return None
    for index in range(last + 2, min(last + 6, len(tokens))):
        if tokens.low[index] in ("infancy", "stage", "stages"):
            early = {"early", "infancy"} & set(tokens.low[last + 2 : index + 1])
            return index if early else None
    return None


def _verb_group(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the first and last word of the verb group that follows, in the same clause.

    A prepositional phrase or a pair of commas may stand between; "and" may not, unless it
    joins another subject.
    """
    tags, low = tokens.tags, tokens.low
    stop = min(index + _REACH, len(tokens))
    while index < stop:
        tag = tags[index]
        if tag in "XV":
            return index, _group_end(tokens, index, stop)
        if tag in ".R" and low[index] not in ("which", "that", "who"):
            return None
        if low[index] in _words("clause_ends"):
            return None
        if tag == "C" and (index + 1 >= stop or tags[index + 1] not in "DNWSJ#L"):
            return None
        if low[index] == "no" and low[index + 1 : index + 2] == ["longer"]:
            return index, _group_end(tokens, index, stop)
        index += 1
    return None


def _group_end(tokens: Tokens, index: int, stop: int) -> int:
    """Return the last word of the verb group that begins at *index*."""
    tags, low, cues = tokens.tags, tokens.low, _cues()
    last = index
    for position in range(index, stop):
        verb = tags[position] in "XV" or low[position] in cues.past or low[position] in cues.bare
        inside = verb or tags[position] == "K" or low[position] in _words("group_words")
        if not inside or low[position] in _words("clause_ends"):
            break
        if verb or low[position] in _words("group_tails"):
            last = position
    return last




def _follows(tokens: Tokens, last: int) -> str:
    return tokens.low[last + 1] if last + 1 < len(tokens) else ""


def _status_of_group(words: list[str], following: str) -> Status | None:
    """Return what a verb group says of its subject.

    Args:
        words: The group, in lower case.
        following: The word behind it.
    """
    cues = _cues()
    if words[-1] in ("new", "recent"):
        return None if _denied(words) else "new"
    if words[:2] == ["no", "longer"] or _pairs(words, "no", "longer"):
        return "ended" if words[-1] in _words("delivered") or following == "available" else None
    verb = words[-2] if words[-1] in ("up", "out", "back", "down") and len(words) > 1 else words[-1]
    if _pairs(words, "yet", "to") or _pairs(words, "not", "yet"):
        return "planned" if verb in cues.bare or verb in cues.base or verb in cues.past else None
    if _denied(words):
        return None
    if "to" in words or not _words("future").isdisjoint(words) or "being" in words:
        return _status_ahead(words, verb)
    if len(words) > 1 and not _words("passive").isdisjoint(words):
        return _STATUS.get(cues.past.get(verb, ""))
    if following in ("at", "with", "in", "on", "by") and words[0] == verb:
        # "ended at 18", "closed at 5pm" are no events, "launched in May" is.
        return _participle(verb, following)
    return _STATUS.get(cues.finished.get(verb, "")) or _participle(verb, following)


def _participle(verb: str, following: str) -> Status | None:
    """Return what a participle behind the subject says: ", launched in May"."""
    kind = _cues().past.get(verb, "")
    if kind == "begin" and following in ("in", "by", "with", "on", "to", "last", "this", "as", "for"):
        return "new"
    return "ended" if _cues().finished.get(verb) == "end" and following == "in" else None


def _status_ahead(words: list[str], verb: str) -> Status | None:
    """Return what a group in the future, or under way, says: only beginnings count."""
    cues = _cues()
    if "being" in words:
        return "planned" if cues.past.get(verb) in ("begin", "make") else None
    coming = bool(cues.intention & set(words)) or not _words("future").isdisjoint(words) or words[0] in _words("passive")
    kinds = (cues.bare.get(verb), cues.base.get(verb), cues.past.get(verb))
    return "planned" if coming and any(kind in ("begin", "make") for kind in kinds) else None


_STATUS: dict[str, Status] = {"begin": "new", "end": "ended", "reduce": "reduced"}


def _denied(words: list[str]) -> bool:
    return any(word in _words("negations") or word.endswith("n't") for word in words)


def _pairs(words: list[str], one: str, two: str) -> bool:
    return any(words[i] == one and words[i + 1] == two for i in range(len(words) - 1))


def _object_of(tokens: Tokens, first: int) -> Cue | None:
    """Return the cue in the verb, or the noun with "of" or "for", whose object the phrase is."""
    index = first - 1
    while index >= 0 and first - index <= 5 and _is_determiner(tokens, index):
        index -= 1
    if index < 0:
        return None
    low = tokens.low[index]
    if low in ("of", "for", "about"):
        return _noun_of(tokens, index)
    if low in ("up", "out", "down", "back", "off"):
        index -= 1
    return _verb_over(tokens, index, first - 1) if index >= 0 else None


def _is_determiner(tokens: Tokens, index: int) -> bool:
    low = tokens.low[index]
    if low in _cues().base or low in _cues().past:
        return False
    return tokens.tags[index] in "DJQ#" or low in _words("skipped")


def _verb_over(tokens: Tokens, index: int, last: int) -> Cue | None:
    """Return the cue in the verb at *index*, which governs the phrase behind *last*."""
    cues, low = _cues(), tokens.low[index]
    end = index + 1 if index < last and tokens.low[index + 1] in ("up", "out", "back") else index
    if low in cues.base:
        start = _intended_from(tokens, index, cues.base[low])
        if start is not None:
            return _cue(tokens, "planned", start, end)
    group = tokens.low[max(index - 3, 0) : index]
    if _denied(group):
        return None
    if low in cues.gerund and cues.gerund[low] in ("begin", "make") and group[-1:] and group[-1] in _words("passive"):
        return _cue(tokens, "planned", index, end)
    status = _STATUS.get(cues.past.get(low, ""))
    ended = _pairs(group, "no", "longer") and tokens.tags[index] == "V"
    if ended:
        return _cue(tokens, "ended", index - 2, end)
    passive = not _words("passive").isdisjoint(group[-2:])
    return _cue(tokens, status, index, end) if status and not passive else None


def _intended_from(tokens: Tokens, index: int, kind: str) -> int | None:
    """Return where the intention to do the verb at *index* begins, or None if there is none.

    "planned to use the fund to extend reablement, fund step-down beds" reaches from "planned" to
    every verb of the list; a bare "to" makes an intention only of beginning and making.
    """
    low, tags, cues = tokens.low, tokens.tags, _cues()
    floor = max(index - 2 * _REACH, -1)
    position = index - 1
    direct = position >= 0 and low[position] == "to"
    if not direct and not (position >= 0 and (tags[position] in ",C" or low[position] in _words("future"))):
        return None
    if low[position] in _words("future"):
        return position if kind in ("begin", "make") else None
    while position > floor and tags[position] != ".":
        if low[position] in ("to", "for") and position and low[position - 1] in cues.intention:
            return position - 1
        if direct and position == index - 1 and _achieved(tokens, position):
            return None
        position -= 1
    return index - 1 if direct and kind in ("begin", "make") else None


def _achieved(tokens: Tokens, to: int) -> bool:
    """Return whether what stands in front of "to" says it was done: "helped the council to"."""
    achieved = _cues().achieved
    return any(tokens.low[index] in achieved for index in range(max(to - 5, 0), to))


def _noun_of(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue in "plans for", "talks about" or, among priorities, "implementation of"."""
    if not index:
        return None
    noun = tokens.low[index - 1]
    if tokens.low[index] in ("for", "about"):
        planned = noun in ("plans", "talks", "proposals", "proposal", "planned", "planning")
        return _cue(tokens, "planned", index - 1, index) if planned else None
    if noun in ("implementation", "creation", "introduction", "launch", "establishment"):
        for position in range(index - 2, max(index - 2 * _REACH, -1), -1):
            if tokens.tags[position] == ".":
                break
            if tokens.low[position] in _cues().intention:
                return _cue(tokens, "planned", index - 1, index)
    if noun in ("closure", "decommissioning", "loss") and index > 2:
        happened = {"following", "since", "after", "despite"} & set(tokens.low[index - 3 : index - 1])
        return _cue(tokens, "ended", index - 1, index) if happened else None
    return None


def _not_again(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue in a later "not to commission this again" of the same sentence."""
    cues = _cues()
    stop = min(index + 3 * _REACH, len(tokens) - 3)
    while index < stop and tokens.low[index] not in _ENDS:
        if tokens.low[index] == "not" and tokens.low[index + 1] == "to":
            if tokens.low[index + 2] in cues.again and tokens.low[index + 3] in cues.pronouns:
                return _cue(tokens, "ended", index, index + 3)
        index += 1
    return None

"""Cues: what the clause around a phrase says of its life, such as new, planned or ended."""

from __future__ import annotations

import attrs

from cqcparse.grammar.cue_tables import cue_tables, cue_words
from cqcparse.grammar.tokens import Tokens
from cqcparse.model.mentions import Status
from cqcparse.model.spans import Quote

#: No verb is looked for farther behind a phrase than this, in words; keeps the work linear.
_REACH = 14
#: No article or judgement stands farther in front of a phrase than this, in words.
_FRONT = 5
_ENDS = frozenset((".", "!", "?"))
_STATUS: dict[str, Status] = {"begin": "new", "end": "ended", "reduce": "reduced"}
_BEGINNING = frozenset(("begin", "make"))


@attrs.frozen(kw_only=True)
class Cue:
    """What a clause says of the life of a thing."""

    status: Status
    #: The words that say so.
    quote: Quote


def find_status(tokens: Tokens, first: int, last: int) -> Cue | None:
    """Return what its clause says of the life of a phrase; None if it says nothing.

    The words in front of the phrase come first ("a new hub"), then the verb of which it is the
    object ("to open a hub"), then the verb of which it is the subject ("the hub had closed"). A
    cue counts only inside the clause, in its tense, and not where it is denied. What is new and is
    still to come is planned: "a new hub was due to open".

    Args:
        tokens: A paragraph.
        first: First token of the phrase.
        last: Last token of the phrase, with a bracketed short form behind it.
    """
    front = _in_front(tokens, first)
    if front and front.status != "new":
        return front
    told = _object_of(tokens, first) or _said_behind(tokens, first, last)
    return told if told and (front is None or told.status == "planned") else front


def _in_front(tokens: Tokens, first: int) -> Cue | None:
    """Return the cue among the words between the article and the phrase."""
    tables = cue_tables()
    for index in range(first - 1, max(first - _FRONT, -1), -1):
        low, tag = tokens.low[index], tokens.tags[index]
        if tag not in "JKQNV#":
            return None
        if status := tables.before.get(low):
            last = min(index + low.endswith("ly"), first - 1)
            done = _STATUS.get(tables.past.get(tokens.low[last], ""))
            return _cue(tokens, done or status, index, last)
        if tag == "V" and low not in tables.past:
            return None
    return None


def _object_of(tokens: Tokens, first: int) -> Cue | None:
    """Return the cue in the verb, or the noun with "of" or "for", whose object the phrase is."""
    index = _governor(tokens, first)
    if index < 0:
        return None
    if tokens.low[index] in ("of", "for", "about"):
        return _noun_over(tokens, index)
    if tokens.low[index] in cue_words("particles"):
        index -= 1
    return _verb_over(tokens, index, first - 1) if index >= 0 else None


def _governor(tokens: Tokens, first: int) -> int:
    """Return the index of the word in front of the phrase, its article and its adjectives."""
    index = first - 1
    while index >= 0 and first - index <= _FRONT and _is_determiner(tokens, index):
        index -= 1
    return index


def _is_determiner(tokens: Tokens, index: int) -> bool:
    low, tables = tokens.low[index], cue_tables()
    if low in tables.base or low in tables.past:
        return False
    return tokens.tags[index] in "DJQ#" or low in cue_words("skipped")


def _verb_over(tokens: Tokens, index: int, last: int) -> Cue | None:
    """Return the cue in the verb at *index*, which governs the phrase behind *last*."""
    tables, low = cue_tables(), tokens.low[index]
    particle = index < last and tokens.low[index + 1] in cue_words("particles")
    end = index + particle
    if low in tables.base:
        start = _intended_from(tokens, index, tables.base[low])
        if start is not None:
            return _cue(tokens, "planned", start, end)
    group = tokens.low[max(index - 3, 0) : index]
    if _denied(group) or group[-1:] == ["to"]:
        return None
    if _pairs(group, "no", "longer") and tokens.tags[index] == "V":
        return _cue(tokens, "ended", index - 2, end)
    passive = cue_words("passive")
    if tables.gerund.get(low) in _BEGINNING and not passive.isdisjoint(group[-1:]):
        return _cue(tokens, "planned", index, end)
    status = _status_of_past(low, particle=particle)
    return _cue(tokens, status, index, end) if status and passive.isdisjoint(group[-2:]) else None


def _status_of_past(verb: str, *, particle: bool) -> Status | None:
    """Return what a past form does to its object: "closed", "set up", "rolled out"."""
    kind = cue_tables().past.get(verb, "")
    return "new" if particle and kind == "make" else _STATUS.get(kind)


def _intended_from(tokens: Tokens, index: int, kind: str) -> int | None:
    """Return where the intention to do the verb at *index* begins, or None if there is none.

    "planned to use the fund to improve reablement, fund step-down beds" reaches from "planned" to
    every verb of the list; a bare "to" makes an intention only of beginning and making.
    """
    if not index:
        return None
    begins = kind in _BEGINNING
    before = tokens.low[index - 1]
    if before in cue_words("future"):
        return index - 1 if begins else None
    direct = before == "to"
    if direct and _achieved(tokens, index - 1):
        return None
    if direct or tokens.tags[index - 1] in ",C":
        start = _intention_before(tokens, index)
        if start is not None:
            return start
    return index - 1 if direct and begins else None


def _intention_before(tokens: Tokens, index: int) -> int | None:
    """Return the word of intention in front of "to" or "for" in the same sentence."""
    intention = cue_words("intention")
    for place in range(index - 1, max(index - 2 * _REACH, 0), -1):
        if tokens.tags[place] == ".":
            return None
        if tokens.low[place] in ("to", "for") and tokens.low[place - 1] in intention:
            return place - 1
    return None


def _achieved(tokens: Tokens, to: int) -> bool:
    """Return whether what stands in front of "to" says it was done: "helped the council to"."""
    return not cue_words("achieved").isdisjoint(tokens.low[max(to - _FRONT, 0) : to])


def _noun_over(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue in "plans for" or "closure of", or in "implementation of" among plans.

    Args:
        tokens: A paragraph.
        index: The preposition.
    """
    noun = tokens.low[index - 1] if index else ""
    if tokens.low[index] != "of":
        planned = noun in cue_words("plans")
        return _cue(tokens, "planned", index - 1, index) if planned else None
    if noun in cue_words("endings"):
        before = tokens.low[max(index - 3, 0) : index - 1]
        happened = not cue_words("happened").isdisjoint(before)
        return _cue(tokens, "ended", index - 1, index) if happened else None
    if noun in cue_words("beginnings") and _among_plans(tokens, index - 1):
        return _cue(tokens, "planned", index - 1, index)
    return None


def _among_plans(tokens: Tokens, index: int) -> bool:
    """Return whether the sentence speaks of an intention in front of *index*."""
    intention = cue_words("intention")
    for place in range(index - 1, max(index - 2 * _REACH, -1), -1):
        if tokens.tags[place] == ".":
            return False
        if tokens.low[place] in intention:
            return True
    return False


def _said_behind(tokens: Tokens, first: int, last: int) -> Cue | None:
    """Return the cue behind a phrase that may be what the clause is about."""
    if not _may_be_subject(tokens, first, last):
        return None
    main = _past_aside(tokens, last + 1)
    return (
        _predicate(tokens, last + 1)
        or (_predicate(tokens, main) if main else None)
        or _not_again(tokens, last + 1)
    )


def _past_aside(tokens: Tokens, index: int) -> int | None:
    """Return where the main verb stands behind "run by X" or ", which X used to run,"; or None."""
    stop = min(index + _REACH, len(tokens))
    reduced = tokens.low[index + 1 : index + 2] == ["by"] and tokens.tags[index] in "VN"
    apart = _low(tokens, index) == "," and _low(tokens, index + 1) in ("which", "who")
    for place in range(index + 2, stop):
        tag = tokens.tags[place]
        if tag == "." or (reduced and tag in ",R"):
            return None
        if reduced and tag == "X":
            return place
        if apart and tag == ",":
            return place + 1 if tokens.tags[place + 1 : place + 2] == ["X"] else None
    return None


def _may_be_subject(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the next verb may be said of the phrase: it hangs on no word in front.

    A comma or a relative right behind it speaks of the phrase wherever it stands.
    """
    behind = _low(tokens, last + 1)
    if behind in (",", "which") or (behind == "that" and tokens.tags[last + 2 : last + 3] != ["R"]):
        return True
    index = _governor(tokens, first)
    return index < 0 or tokens.tags[index] not in "PV"


def _predicate(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue in the verb whose subject ends in front of *index*."""
    group = _verb_group(tokens, index)
    if group is None:
        return None
    first, last = group
    stage = _early_stage(tokens, last)
    if stage is not None:
        return _cue(tokens, "new", first, stage)
    words = tokens.low[first : last + 1]
    if _pairs(words, "no", "longer"):
        first += words.index("no")
    status = _status_of_group(words, _low(tokens, last + 1))
    return _cue(tokens, status, first, last) if status else None


def _verb_group(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the first and last word of the verb group that follows, in the same clause.

    A prepositional phrase or a pair of commas may stand between; "and" may not, unless it
    joins another subject.
    """
    stop = min(index + _REACH, len(tokens))
    for place in range(index, stop):
        tag, low = tokens.tags[place], tokens.low[place]
        if tag in "XV" or (low == "no" and _low(tokens, place + 1) == "longer"):
            return place, _group_end(tokens, place, stop)
        if low in cue_words("clause_ends") or tag == ".":
            return None
        if tag == "R" and low not in ("which", "that", "who"):
            return None
        if tag == "C" and (
            tokens.tags[place - 1] == ","
            or place + 1 >= stop
            or tokens.tags[place + 1] not in "DNWSJ#L"
        ):
            return None
    return None


def _group_end(tokens: Tokens, index: int, stop: int) -> int:
    """Return the last word of the verb group that begins at *index*."""
    tables, last = cue_tables(), index
    for place in range(index, stop):
        low, tag = tokens.low[place], tokens.tags[place]
        verb = tag in "XV" or low in tables.past or low in tables.bare
        inside = verb or tag == "K" or low in cue_words("group_words")
        if not inside or low in cue_words("clause_ends"):
            break
        if low == "to" and tables.past.get(tokens.low[place - 1]) in _STATUS:
            break
        if verb or low in cue_words("group_tails"):
            last = place
    return last


def _early_stage(tokens: Tokens, last: int) -> int | None:
    """Return the end of "at an early stage" or "in its infancy" behind the verb, or None."""
    if _low(tokens, last + 1) not in ("at", "in"):
        return None
    for index in range(last + 2, min(last + 1 + _FRONT, len(tokens))):
        if tokens.low[index] in ("infancy", "stage", "stages"):
            early = {"early", "infancy"} & set(tokens.low[last + 2 : index + 1])
            return index if early else None
    return None


def _status_of_group(words: list[str], following: str) -> Status | None:
    """Return what a verb group says of its subject.

    Args:
        words: The group, in lower case.
        following: The word behind it.
    """
    if _pairs(words, "no", "longer"):
        over = words[-1] in cue_words("delivered") or following == "available"
        return "ended" if over else None
    particle = len(words) > 1 and words[-1] in cue_words("particles")
    verb = words[-2] if particle else words[-1]
    if _pairs(words, "yet", "to") or _pairs(words, "not", "yet"):
        return "planned" if _is_known(verb) else None
    if _denied(words):
        return None
    if verb in ("new", "recent"):
        return "new"
    if "to" in words or "being" in words or not cue_words("future").isdisjoint(words):
        return _status_ahead(words, verb)
    return _status_of_event(words, verb, following, particle=particle)


def _is_known(verb: str) -> bool:
    tables = cue_tables()
    return verb in tables.bare or verb in tables.base or verb in tables.past


def _status_ahead(words: list[str], verb: str) -> Status | None:
    """Return what a group in the future, or under way, says: only beginnings count."""
    tables = cue_tables()
    if "being" in words:
        return "planned" if tables.past.get(verb) in _BEGINNING else None
    coming = (
        words[0] in cue_words("passive")
        or not cue_words("intention").isdisjoint(words)
        or not cue_words("future").isdisjoint(words)
    )
    kinds = {tables.bare.get(verb), tables.base.get(verb), tables.past.get(verb)}
    return "planned" if coming and kinds & _BEGINNING else None


def _status_of_event(
    words: list[str], verb: str, following: str, *, particle: bool
) -> Status | None:
    """Return what a finished event says: "had closed", "was cut", "launched in May".

    "ended at 18" and "closed at 5pm" tell of no event: a bare verb needs a fitting word behind.
    """
    tables = cue_tables()
    if len(words) > 1 and not cue_words("passive").isdisjoint(words):
        return _status_of_past(verb, particle=particle)
    if following.isdigit() or following in ("the", "a", "an"):
        return None  # it did so to something else: "the service had closed 40 cases"
    if words[0] != verb or following not in ("at", "with", "in", "on", "by"):
        status = _STATUS.get(tables.finished.get(verb, ""))
        if status:
            return status
    if tables.past.get(verb) == "begin" and following in cue_words("event"):
        return "new"
    return _STATUS.get(tables.finished.get(verb, "")) if following == "in" else None


def _not_again(tokens: Tokens, index: int) -> Cue | None:
    """Return the cue in a later "not to commission this again" of the same sentence."""
    stop = min(index + 3 * _REACH, len(tokens) - 3)
    for place in range(index, stop):
        low = tokens.low[place : place + 4]
        if low[0] in _ENDS:
            return None
        if low[:2] == ["not", "to"] and low[2] in cue_words("again"):
            return (
                _cue(tokens, "ended", place, place + 3) if low[3] in cue_words("pronouns") else None
            )
    return None


def _cue(tokens: Tokens, status: Status, first: int, last: int) -> Cue:
    span = tokens.span(first, last)
    return Cue(status=status, quote=Quote(tokens.text[span.start : span.end], span))


def _denied(words: list[str]) -> bool:
    return any(word in cue_words("negations") or word.endswith("n't") for word in words)


def _pairs(words: list[str], one: str, two: str) -> bool:
    return one in words and two in words and words.index(one) + 1 == words.index(two)


def _low(tokens: Tokens, index: int) -> str:
    return tokens.low[index] if index < len(tokens) else ""

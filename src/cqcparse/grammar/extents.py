"""How far a phrase reaches: an infinitive, gerund or noun with its objects and its whole list."""

from __future__ import annotations

from functools import cache

from cqcparse.grammar.tokens import Tokens, word_list

#: Words that open another clause.
_CAUSATIVE = word_list("clause", "causative")
CLAUSE_WORDS = word_list("clause", "opener")
_RESTRICTING = frozenset(("who", "that", "whose", "which", "where"))
_QUESTIONS = frozenset(("whether", "how", "why", "when"))
_POINTING = frozenset(("it", "this", "that", "them", "these", "which", "whom"))
#: Verbs that "with" belongs to.
_WITH = frozenset("deal dealing cope coping help helping comply complying".split())
_COPULAS = frozenset(("is", "are", "was", "were"))
_RELATIVE = frozenset(["which", "who", "whom", "whose", "where", "when"])
#: Participles and adverbs that say something about the whole sentence, not about the noun.
_ASIDES = frozenset(["aligned", "resulting", "following", "alongside", "despite", "given", "due"])
#: Words behind "as" that make it such a remark, and words in front of it that do not.
_AS_FOLLOWERS = word_list("clause", "as_follower")
_PARTNERS = word_list("clause", "partner")
_REACH = 60


def whole_phrase(tokens: Tokens, first: int, last: int) -> int:
    """Return the index of the last word of the phrase that begins at *first*.

    The phrase goes on over its objects, prepositional phrases, restrictive relative clauses and
    every further member of its list, and ends before the next clause.

    Args:
        tokens: A paragraph.
        first: Index of its first word: a noun, an infinitive without "to", or a gerund.
        last: Index of the last word it may have.
    """
    last = min(last, first + _REACH)
    index = first + 1
    relative = predicated = False
    while index <= last:
        tag = tokens.tags[index]
        if tag == ".":
            break
        if tag == "(":
            index = _closing(tokens, index, last)
        elif tag in "C,":
            following = _continuation(tokens, index, first, last)
            if following is None:
                break
            relative = False
            index = following + 1
            continue
        elif _opens_relative(tokens, index):
            relative, predicated = True, False
        elif (
            tag == "X" and not (relative and _may_stand(tokens, index, predicated=predicated))
        ) or _ends(tokens, index, last, relative=relative):
            break
        predicated = predicated or (relative and _predicates(tokens, index))
        index += 1
    return _trimmed(tokens, first, index - 1)


def _opens_relative(tokens: Tokens, index: int) -> bool:
    """Return whether a clause that belongs to the phrase begins: "people who", "what it"."""
    if tokens.low[index] == "what":
        return True
    before = tokens.tags[index - 1]
    if tokens.low[index] == "which" and before == "P":
        return tokens.tags[index - 2] in "NW"
    if tokens.low[index] in _QUESTIONS:
        return before == "V"
    return tokens.low[index] in _RESTRICTING and before in "NW"


def _predicates(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* is the verb of a relative clause, or stands for it."""
    low = tokens.low[index]
    return tokens.tags[index] == "V" or low in _COPULAS or is_past(low)


def is_gerund(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* is an -ing form used as a verb."""
    return tokens.tags[index] == "V" and tokens.low[index].endswith("ing")


def is_base_verb(tokens: Tokens, index: int) -> bool:
    """Return whether the word at *index* is the infinitive form of a verb."""
    low = tokens.low[index]
    return tokens.tags[index] == "V" and not low.endswith(("ing", "ed")) and not is_past(low)


def is_finite(tokens: Tokens, index: int) -> bool:
    """Return whether the verb at *index* is, by its form and neighbours, a predicate."""
    if tokens.tags[index] != "V" or tokens.low[index].endswith("ing"):
        return False
    if not is_past(tokens.low[index]):
        return index > 0 and tokens.low[index - 1] != "to"
    behind = tokens.tags[index + 1] if index + 1 < len(tokens) else "."
    return behind != "P" or tokens.low[index] in _PREDICATES


def is_past(low: str) -> bool:
    """Return whether *low* has the form of a past tense or past participle."""
    return (low.endswith("ed") and not low.endswith(("need", "feed", "exceed"))) or low in _past()


_PREDICATES = word_list("clause", "predicate")


@cache
def _ambiguous() -> frozenset[str]:
    return word_list("verb", "noun")


@cache
def _past() -> frozenset[str]:
    return word_list("verb", "past") - {"run", "put", "cut", "bid", "hit", "let", "split", "become"}


def _ends(tokens: Tokens, index: int, last: int, *, relative: bool) -> bool:
    """Return whether the word at *index* no longer belongs to the phrase."""
    low = tokens.low[index]
    if low in CLAUSE_WORDS or low in _RELATIVE or low in _ASIDES:
        return not (relative and tokens.low[index] == "so")
    behind = tokens.low[index + 1] if index < last else ""
    if low == "until" and behind in ("it", "they", "he", "she"):
        return True
    if low == "using":
        return tokens.tags[index - 1] in "T#M"
    if low == "than":
        return index < last and tokens.tags[index + 1] not in "#M"
    if low == "as":
        return behind in _AS_FOLLOWERS and tokens.low[index - 1] != "such"
    if low == "with":
        if tokens.low[index - 1] in _WITH:
            return False
        return index < last and (tokens.capitalised(index + 1) or behind in _PARTNERS)
    if low == "in":
        return behind in ("line", "order", "response", "partnership")
    return not relative and tokens.tags[index] == "V" and _predicate(tokens, index)


def _predicate(tokens: Tokens, index: int) -> bool:
    """Return whether a verb inside a phrase is the predicate of another clause."""
    if tokens.tags[index - 1] == "R" and tokens.low[index - 2] in _CAUSATIVE:
        return False
    if tokens.tags[index - 1] in "PDQ" or tokens.low[index - 1] == "to":
        return False
    return is_finite(tokens, index)


def _continuation(tokens: Tokens, index: int, first: int, last: int) -> int | None:
    """Return where the list goes on behind a comma or conjunction at *index*, or None."""
    tags = tokens.tags
    comma = tags[index] == ","
    following = index + 1
    if comma and following <= last and tags[following] == "C":
        comma = False
        following += 1
    if following > last or tags[following] in "XRK.":
        return None
    low = tokens.low[following]
    if low in _RELATIVE or low in ("that", "from", "as", "with", "using"):
        return None
    if comma and _points_back(tokens, following, last):
        return None
    if low in ("including", "particularly", "such"):
        return following
    if low == "to" and following < last and is_base_verb(tokens, following + 1):
        repeated = first > 0 and tokens.low[first - 1] == "to"
        return following + 1 if repeated else None
    if comma and not _list_goes_on(tokens, following, last):
        return None
    if tags[following] == "V" or _bare_in_list(tokens, first, following):
        return following if _same_form(tokens, first, following) else None
    return None if _new_clause(tokens, following, last) else following


def _points_back(tokens: Tokens, index: int, last: int) -> bool:
    """Return whether "much of it" or "all of which" stands at *index*."""
    behind = tokens.low[index + 1 : min(index + 3, last + 1)]
    return behind[:1] == ["of"] and behind[1:] != [] and behind[1] in _POINTING


def _same_form(tokens: Tokens, first: int, index: int) -> bool:
    """Return whether the verb at *index* can stand beside the one the phrase began with."""
    if tokens.tags[first] != "V" or is_gerund(tokens, first):
        return is_gerund(tokens, index)
    return is_base_verb(tokens, index) or tokens.tags[index] != "V"


def _bare_in_list(tokens: Tokens, first: int, index: int) -> bool:
    """Return whether a word that may be noun or verb goes on with a list of infinitives."""
    if tokens.tags[first] != "V" or is_gerund(tokens, first) or index + 1 >= len(tokens):
        return False
    return tokens.low[index] in _ambiguous() and tokens.tags[index + 1] in "NDJWQ#L"


def _may_stand(tokens: Tokens, index: int, *, predicated: bool) -> bool:
    """Return whether an auxiliary at *index* still belongs to a relative clause."""
    return not predicated or tokens.tags[index - 1] in "XKR"


def _list_goes_on(tokens: Tokens, index: int, last: int) -> bool:
    """Return whether "and" or "or" follows before the next full stop or clause."""
    for place in range(index, last + 1):
        if tokens.tags[place] == "C":
            return True
        if tokens.tags[place] in ".X" or tokens.low[place] in _RELATIVE:
            return False
    return False


def _new_clause(tokens: Tokens, index: int, last: int) -> bool:
    """Return whether the noun phrase at *index* is the subject of a verb of its own."""
    for place in range(index, last + 1):
        tag = tokens.tags[place]
        if _opens_relative(tokens, place):
            return place > index and _goes_on_behind(tokens, place, last)
        if tag in ".,C(" or tokens.low[place] in _RELATIVE or tokens.low[place] == "that":
            return False
        if tag == "X":
            return True
        if tag == "V" and place > index and _predicate(tokens, place):
            return True
    return False


def _goes_on_behind(tokens: Tokens, relative: int, last: int) -> bool:
    """Return whether a second predicate follows the one of a relative clause.

    In "people who wanted more could not use it" the people are the subject of "could".
    """
    predicated = False
    for place in range(relative + 1, last + 1):
        if tokens.tags[place] in ".,C(":
            return False
        if tokens.tags[place] == "X" and not _may_stand(tokens, place, predicated=predicated):
            return True
        predicated = predicated or _predicates(tokens, place)
    return False


def _closing(tokens: Tokens, index: int, last: int) -> int:
    """Return the index of the bracket that closes the one at *index*."""
    for place in range(index + 1, last + 1):
        if tokens.tags[place] == ")":
            return place
    return last


def _trimmed(tokens: Tokens, first: int, last: int) -> int:
    """Return *last* without prepositions, adverbs and punctuation that lead nowhere."""
    while last > first and tokens.tags[last] in "PCDK,(":
        if tokens.tags[last] == "P" and tokens.tags[last - 1] == "R":
            break
        last -= 1
    return last

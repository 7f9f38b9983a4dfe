"""Relative clauses: which of the nouns in front of "which", "who" or "that" is meant."""

from __future__ import annotations

from cqcparse.grammar.noun_phrases import Phrase, phrase_before
from cqcparse.grammar.tokens import Tokens
from cqcparse.grammar.verb_groups import VerbGroup

_SINGULAR = frozenset(("was", "is", "has"))
_PLURAL = frozenset(("were", "are", "have"))
#: Plurals without an s.
_PLURALS = frozenset(("people", "children", "staff", "police", "women", "men"))
#: Prepositions in front of places, which nobody pays: "a service in Stockport, which".
_PLACING = frozenset(("in", "at", "near", "across", "on"))
_STEPS = 3


def related(tokens: Tokens, relative: int, group: VerbGroup, floor: int) -> Phrase | None:
    """Return the noun phrase that a relative pronoun stands for.

    It is the nearest one, unless that is a place or the number of the verb speaks for the noun
    which it only describes.

    Args:
        tokens: A paragraph.
        relative: Index of the pronoun.
        group: The verb whose subject it is.
        floor: Index that the phrase may not begin in front of.
    """
    end = relative - 2 if tokens.tags[relative - 1] == "," else relative - 1
    phrase = phrase_before(tokens, end, floor, nearest=True)
    if phrase is not None and (name := named_by_gloss(tokens, phrase, floor)) is not None:
        phrase = name
    for _ in range(_STEPS):
        if phrase is None or phrase.first - 2 < floor or tokens.tags[phrase.first - 1] != "P":
            break
        earlier = phrase_before(tokens, phrase.first - 2, floor, nearest=True)
        if earlier is None:
            break
        if _one_name(tokens, earlier, phrase):
            return Phrase(earlier.first, phrase.last)
        if not _describes(tokens, earlier, phrase, group):
            break
        phrase = earlier
    return phrase


def named_by_gloss(tokens: Tokens, gloss: Phrase, floor: int) -> Phrase | None:
    """Return the name in front of what explains it: "Lantern Arts, a local charity".

    Args:
        tokens: A paragraph.
        gloss: What may explain a name.
        floor: Index that the name may not begin in front of.
    """
    end = gloss.first - 2
    if end < floor or tokens.low[gloss.first] not in ("a", "an"):
        return None
    if tokens.tags[end + 1] != "," or not tokens.capitalised(end):
        return None
    return phrase_before(tokens, end, floor, nearest=True)


def _one_name(tokens: Tokens, earlier: Phrase, phrase: Phrase) -> bool:
    """Return whether "for" joins two parts of one name: "Society for the Blind"."""
    joined = tokens.low[phrase.first - 1] == "for"
    return joined and tokens.capitalised(earlier.last) and tokens.capitalised(phrase.last)


def _describes(tokens: Tokens, earlier: Phrase, phrase: Phrase, group: VerbGroup) -> bool:
    """Return whether *phrase* only says where *earlier* is, or does not agree with the verb."""
    placed = tokens.low[phrase.first - 1] in _PLACING
    if placed and (tokens.capitalised(phrase.last) or tokens.low[phrase.last] == "behalf"):
        return True
    number = tokens.low[group.first]
    if tokens.capitalised(phrase.last):
        return False
    if number in _PLURAL:
        return _is_plural(tokens, earlier) and not _is_plural(tokens, phrase)
    if number in _SINGULAR:
        return _is_plural(tokens, phrase) and not _is_plural(tokens, earlier)
    return False


def _is_plural(tokens: Tokens, phrase: Phrase) -> bool:
    if "C" in tokens.tags[phrase.first : phrase.last]:
        return True
    head = tokens.low[phrase.last]
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))

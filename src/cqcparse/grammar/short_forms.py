"""Short forms of phrases: what stands for a phrase that the document, or a lexicon, spells out."""

from __future__ import annotations

from collections.abc import Mapping

from cqcparse.grammar.acronyms import Acronyms
from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.found_phrases import Found, Rule, uses_of

SHORT_FORM = Rule(name="short-form", pattern="Name")
#: A name of fewer words has no shorter form but its acronym.
_LONG = 3


def with_short_forms(layers: Chunks, found: list[Found], acronyms: Acronyms) -> list[Found]:
    """Return what was found with the short forms that stand for it, spelt out as ``canonical``."""
    holds = {layers.starts[t]: one for one in found for t in range(one.first, one.last + 1)}
    known: dict[str, Found | None] = {}
    for definition in acronyms.definitions:
        full = holds.get(definition.span.start)
        # "NHS continuing healthcare (CHC)" is more than the letters spell, and ends where they do.
        start, end = definition.span.start, definition.span.end
        ends = layers.ends[full.last] if full else 0
        begins = full is not None and layers.starts[full.first] == start
        fits = ends in (end, definition.long.span.end) or (begins and ends >= end)
        known[definition.short] = full if fits else None
    named: dict[str, Found] = {}
    kept: list[Found] = []
    for one in found:
        words = [layers.words(index, index) for index in range(one.first, one.head + 1)]
        short = words[0].removesuffix("s")
        if len(words) == 1 and short in known and known[short] is None:
            continue  # the document uses it for something else
        kept.append(_spelt_out(one, words, acronyms, named))
        if len(words) >= _LONG and words[0][0].isupper() and words[-1][0].isupper():
            low = [word.lower() for word in words]
            for key in (f"{low[0]} {low[-1]}", " ".join(low[1:])):
                named.setdefault(key, one)
    taken = {index for one in found for index in range(one.first, one.last + 1)}
    shorts: dict[tuple[str, ...], Found | None] = {}
    for short, full in known.items():
        shorts |= dict.fromkeys([(short.lower(),), (f"{short.lower()}s",)], full)
    for index, _, full in uses_of(layers, shorts):
        meant = acronyms.get(layers.words(index, index))
        if full and meant and index not in taken:
            place, spelt = (index, index, index), meant.long.text
            kept.append(Found(layers, SHORT_FORM, *place, full.type, full.term, (), spelt))
    return sorted(kept, key=lambda one: one.first)


def _spelt_out(
    one: Found, words: list[str], acronyms: Acronyms, named: Mapping[str, Found]
) -> Found:
    """Return *one* with its full name, if the document or the lexicon gives it one."""
    if one.last > one.head or "(" in words:
        return one
    spelt = [meant.long.text if (meant := acronyms.get(word)) else word for word in words]
    if spelt != words:
        return one._replace(canonical=" ".join(spelt))
    if len(words) == 1 and words[0].isupper() and one.term and " " in one.term.entry.name:
        return one._replace(canonical=one.term.entry.name)
    fuller = named.get(" ".join(words))
    the = one.layers.low[one.first - 1 : one.first] == ["the"]
    if fuller and the and fuller.type == one.type and words[0].islower():
        return one._replace(canonical=one.layers.words(fuller.first, fuller.head))
    return one

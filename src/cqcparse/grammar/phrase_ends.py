"""Phrase ends: how far what stands behind a verb or noun goes, read from the row of chunks.

The row is read in finer letters here, see :func:`fine_chunks`.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from itertools import chain
from typing import TypeAlias

from cqcparse.grammar.chunks import Chunks
from cqcparse.grammar.core import core

#: The first and the last token of something.
Range: TypeAlias = tuple[int, int]

#: A noun phrase with its "of" phrase, and a list of them that no other verb has for a subject.
_PHRASE = "(?:n(?:on){0,2}|q|d(?=i?r)|don)"
_VERB_OF_LAST = "(?!(?:[owfmti]n){0,3}a?(?:[vx]|E(?!b))|a?B)"
_LIST, _FULL_LIST = (
    f"{_PHRASE}(?:(?:y{_PHRASE}){{0,9}}y?c{_PHRASE}{end})?" for end in (_VERB_OF_LAST, "")
)
#: Adverbs and phrases of time, which stand anywhere.
_WHEN = "(?:a|ka|[bwfmthik]{1,2}d(?!i?r)|d(?!i?r|on)){0,3}"
#: The objects of a verb; and a time behind it that may be its object.
OBJECTS = re.compile(
    f"{_WHEN}(?P<one>{_LIST}(?:[mi]n(?=n))?)?{_WHEN}(?:yny(?=n(?!y?[cn])))?(?P<two>{_LIST})?"
)
LASTS = re.compile("a{0,2}(?P<one>d)")
_ENDING = re.compile(_WHEN)
_TIME = re.compile("[bwfmthi]d")
#: No verb has more tails than this.
_MOST = 6
_TAIL, _TAIL_OF_SUBJECT = (
    re.compile(
        # "to Sunrise Carers, a small charity, to run it"; "grants, most of them for clubs"
        f"{_WHEN}(?:ya?n?oq(?=f))?(?:yn(?:on)?(?=y(?:[bwfmthi]{{1,2}}n|I)))?(?:y(?=[bwfmthi]{{1,2}}n|I))?(?:fa{{0,2}}(?=[bh]))?"
        f"(?:(?P<by>[bwfmthi]){{1,2}}(?:(?P<what>{phrases})|(?P<doing>G))|(?P<do>[IG]))"
    )
    for phrases in (_LIST, _FULL_LIST)
)


def tails_at(layers: Chunks, chunk: int, *, subject: bool = False) -> dict[str, Range]:
    """Return what stands behind prepositions from a chunk on, by that word.

    An infinitive stands under ``to do``, a participle in -ing under ``doing``; behind "for" and the
    like may stand what is done. Of each this is the verb, see :func:`whole_phrase`. A time or date
    counts only where nothing else stands behind its preposition.

    Args:
        layers: A document.
        chunk: Index of the chunk behind the verb and its objects, or behind a noun phrase.
        subject: Whether that is the subject of a clause, so that a verb may follow.
    """
    pattern = _TAIL_OF_SUBJECT if subject else _TAIL
    fine, place = fine_chunks(layers), chunk
    tails: dict[str, Range] = {}
    for _ in range(_MOST):
        tail = pattern.match(fine, place)
        if tail is None:
            break
        name = "do" if tail["do"] else "what" if tail["what"] else "doing"
        infinitive = "to do" if tail["do"] == "I" else "doing"
        by = infinitive if tail["do"] else layers.low[layers.chunk_starts[tail.start("by")]]
        first, last = tail.span(name)
        found = layers.extent(first)[0], layers.extent(last - 1)[1]
        if by == "to do" and "be" in layers.low[found[0] : found[1]]:
            break  # "a payment to be set up" does not say what for
        less = by == "by" and layers.tags[layers.extent(first)[1]] == "M"
        tails.setdefault("at" if less else by, found)  # "cut by £9,000 by the ICB"
        place = tail.end()
        if name != "what":
            place = layers.chunk_at(whole_phrase(layers, first)[1]) + 1
    for time in _TIME.finditer(fine, chunk, _ENDING.match(fine, place).end()):  # type: ignore[union-attr]
        first, last = time.span()
        word = layers.low[layers.chunk_starts[first]]
        tails.setdefault(word, layers.extent(last - 1))
    return tails


#: A name and what explains it, behind a comma or "is"; none opens a sentence with a word
#: such as "beside", or is one of a list.
_EXPLAINED = re.compile("(?<![sk][bwfmthi])(?<!^[bwfmthi])n[yx]n(?!y?c)")


def explained_by(layers: Chunks, chunk: int) -> int | None:
    """Return the chunk of what a noun phrase explains: "Dune House, a 16-bed unit"."""
    if chunk < 2 or not _EXPLAINED.match(layers.chunks, chunk - 2):
        return None
    between, opens = (layers.low[layers.chunk_starts[place]] for place in (chunk - 1, chunk))
    told = between == "," or (between in core().words["be"] and opens in ("a", "an"))
    return chunk - 2 if told else None


#: Nothing that belongs to a verb stands further away from it than this many chunks.
REACH = 80


def last_of(row: str, letters: str, chunk: int) -> int:
    """Return the last chunk in front of one, and in reach, that has one of some letters, or -1."""
    last = max(chunk - REACH, 0) - 1
    for letter in letters:
        last = max(last, row.rfind(letter, last + 1, chunk))
    return last


#: What hangs on a noun phrase within a whole phrase: "in Leeds", "run by Mind", "who have moved".
_RELATIVE = "i?r[naq]{0,2}(?:[axq]{0,4}[vEBI]|[xaq]{1,4}(?=n))i?a{0,2}[nqd]{0,2}"
_HANGING = (
    "(?:[owfmti]{1,2}a?[nqd]|[nq](?:xa?)?[vEB](?![nqdvx])|oaa(?=i)|kd|[owfmti]Ga{0,2}[nqd]?|E[bwfmthi]a?[nd]|aia?n(?:(?:ya?n){0,4}y?ca?n)?"
    f"|[IG]a{{0,2}}[ih]?(?:nBa?)?[nqd]{{0,2}}(?:i(?![nqdGaIB]))?|{_RELATIVE})"
)
_NOUN_ITEM = f"a{{0,2}}(?:d?n|[qd]){_HANGING}{{0,6}}"
#: A particle may stand at its end: "to carry it on".
_VERB_ITEM = (
    f"[IGB]a{{0,2}}[ih]?(?:nBa?)?(?:{_NOUN_ITEM}){{0,2}}{_HANGING}{{0,6}}(?:a|bd|i(?![nqdGa]))?"
)
_ITEM = f"(?:{_VERB_ITEM}|{_NOUN_ITEM})"
#: Behind what is done stand things and what is done, behind a thing no infinitive.
_HEAD = f"(?:(?P<done>{_VERB_ITEM})|{_NOUN_ITEM})"
_NEXT = f"(?>(?(done)|(?!I)){_ITEM})"
#: "on training and on laptops"
_AGAIN = "(?:[fi](?!d))?"
_NO_CLAUSE = "(?!a{0,2}(?:B|E(?!b))|[naqdowfmthi]{0,5}[vx])"


@cache
def _whole(*, subject: bool) -> re.Pattern[str]:
    """Return the pattern of a whole phrase, which is long: it is compiled when one is read."""
    end = "" if subject else _NO_CLAUSE
    return re.compile(
        f"{_HEAD}(?:(?:y{_AGAIN}{_NEXT}){{0,9}}y?c{_AGAIN}{_NEXT}{end}|y?l{_ITEM}){{0,3}}"
    )


def whole_phrase(layers: Chunks, chunk: int, *, subject: bool = False) -> Range:
    """Return a noun or verb phrase with all that hangs on it and its list, to its end.

    Args:
        layers: A document.
        chunk: Index of the chunk that it begins with.
        subject: Whether it hangs on the subject of a clause, so that a verb may follow.
    """
    match = _whole(subject=subject).match(fine_chunks(layers), chunk)
    last = match.end() - 1 if match else chunk
    return layers.extent(chunk)[0], layers.extent(last)[1]


def stretches(layers: Chunks) -> array[int]:
    """Return the number of the stretch of each chunk: what stands around one finite verb."""
    return layers.remembered("stretches", _read_stretches)


def _read_stretches(layers: Chunks) -> array[int]:
    row, found = fine_chunks(layers), array("i")
    verb, stop, opens, number, last = -1, -1, -1, 0, 0
    outer: list[int] = []
    for chunk, letter in enumerate(row):
        if letter == "s":
            verb, stop, opens, outer = -1, chunk, -1, []
            number = last = last + 1
        elif (letter in "vx" and row[chunk - 1] != "x") or (
            letter in "EB" and row[chunk - 1] == "r"
        ):
            start = max(verb, stop, chunk - REACH)
            cut = max(row.rfind(part, start + 1, chunk) for part in ("r" if verb < 0 else "kcyr"))
            closes = cut < 0 or (row[cut] == "y" and not row[cut + 1 : chunk].strip("a"))
            closes |= row[cut] == "y" and opens == len(outer)
            if outer and closes:  # "the fund, which paid for beds, came to £9,000"
                number, cut = outer.pop(), cut if cut >= 0 else chunk
            elif cut >= 0:
                outer += [number] * (row[cut] == "r")
                # "through the fund, which was worth £9,000, 26 groups were given grants"
                early = verb < 0 and row[cut] == "r" and row[stop + 1] in "wfmthi"
                opens = len(outer) if early else opens
                number = last = last + 1
            for place in range(cut, chunk) if cut >= 0 else ():
                found[place] = number
            verb = chunk
        found.append(number)
    return found


def fine_chunks(layers: Chunks) -> str:
    """Return the row of chunks with verbs without a subject of their own, and times, told apart.

    ``l`` is "including"; ``I`` is "to fund", ``G`` "funding", ``E`` "funded" and ``B`` "fund" by
    themselves; ``d`` is a
    time or date.
    """
    return layers.remembered("fine chunks", _read_fine)


#: Clauses without a finite verb; and reversed, an -ed form without "by" that has a subject.
_CLAUSE = re.compile("(?<![^skrc])[^skrcvx]{1,80}+(?=[skr]|c[aE])")
_PAST = re.compile("(?<!b)E(?=.*n)")
#: What prepositions and conjunctions are told apart by.
_FINER = {
    ("i", "as"): "h",
    ("i", "under"): "h",
    ("i", "including"): "l",
    ("k", "whether"): "r",
    ("k", "where"): "r",
    ("k", "how"): "r",
}


def _read_fine(layers: Chunks) -> str:
    letters, low, tags = [*layers.chunks], layers.low, layers.tags
    units = core().words["units"]
    times = core().words["times"] - {"time", "times", "way", "ways"}
    firsts = layers.chunk_starts
    ends = chain(firsts[1:], (len(low),) * bool(firsts))
    for chunk, (letter, first, end) in enumerate(zip(layers.chunks, firsts, ends, strict=True)):
        last = end - 1
        if letter == "n":
            if low[last] in units and "M" in tags[first:last]:
                continue  # "£5,000 a year"
            if tags[last] in "TL" or (low[last] in times and not layers.caps[last]):
                letters[chunk] = "d"
        elif letter == "v":
            letters[chunk] = _verb(layers, chunk, first, last)
        elif letter in "ik" and low[first - 1] != "such" and tags[end : end + 1] != "#":
            letters[chunk] = _FINER.get((letter, low[first]), letter)
    return _CLAUSE.sub(_as_finite, "".join(letters))


def _as_finite(clause: re.Match[str]) -> str:
    """Return a clause in which the last -ed form is its verb if it has no other."""
    row = clause[0]
    last = _PAST.search(row[::-1])
    place = len(row) - last.end() if last else -1
    return f"{row[:place]}v{row[place + 1 :]}" if last else row


def _verb(layers: Chunks, chunk: int, first: int, last: int) -> str:
    """Return the letter of a verb group."""
    low = layers.low[last]
    if layers.low[first] == "to":
        return "I"
    if first < last:
        return "v"
    if low == "using":
        return "h"
    words = core().words
    if low in words["finite"]:
        return "v"
    if low.endswith("ing"):
        return "G"
    # "run" is what is done with an object, and what was done before "by".
    acts = low in words["unchanged"] and layers.chunks.startswith("n", chunk + 1)
    return "E" if is_past(low) and not acts else "B"


def is_past(low: str) -> bool:
    """Return whether a form may be a past participle."""
    return low.endswith("ed") or low in core().words["participle_forms"]

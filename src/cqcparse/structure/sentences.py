"""Stage 3: a stretch of text -> its sentences."""

from __future__ import annotations

import regex

from cqcparse.model.sentences import Sentence
from cqcparse.model.spans import Span

#: A run of end marks with the quotes and brackets that close behind it, then white space; or a
#: full stop glued to the next sentence ("services.The"). The look-behind and the possessive
#: quantifiers keep the search linear on long runs of marks.
_END = regex.compile(
    r"""(?<![.!?…])[.!?…]++(?:[)\]}"'’”»]*+(?=\s)|(?<=[a-z)][a-z)]\.)(?=[A-Z][a-z]++[\s,'’]))"""
)

#: How far around a full stop the words beside it are looked for, in code points.
_REACH = 60
#: Longest word that is taken to be shortened.
_LONGEST = 10

_ADDRESS = regex.compile(r"@|://|^www\.|/", regex.IGNORECASE)

#: Words that are always shortened: a stop behind them ends no sentence.
_SHORTENED = frozenset(
    """mr mrs ms mx dr drs prof rev revd hon sir st cllr capt sgt lt col gen gov
    e.g eg i.e ie cf viz vs v approx incl excl esp tel ext jr snr""".split()
)

#: Words that are shortened in front of a number: "no. 1", "s. 75", "para. 4".
_BEFORE_NUMBER = frozenset(
    """c ca no nos s ss sec sect para paras p pp pg fig figs art arts reg regs sch ch cl vol ed
    pt app ref jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)

#: Words that open a sentence and no name, so that a single letter before them ends one.
_OPENERS = frozenset(
    """a an the this that these those it its they their there he she his her we our you i in on at
    as by for from of to with when where while after before if although however some many most
    all both each one two staff people partners leaders and but""".split()
)

_WORD = regex.compile(r"\w++")


def split_sentences(text: str, span: Span) -> tuple[Sentence, ...]:
    """Return the sentences of *span*, in order.

    Every character of the span that is not white space lies in exactly one sentence. A line end
    counts as any other white space, so text that was wrapped at a column is read as it was meant.

    Args:
        text: The whole text of the document.
        span: One paragraph, list item or heading of it.
    """
    sentences: list[Sentence] = []
    begin, stop = span.start, span.end
    for match in _END.finditer(text, begin, stop):
        end = match.end()
        if _ends_sentence(text, match.start(), end, span):
            sentences += _sentence(text, begin, end)
            begin = end
    sentences += _sentence(text, begin, stop)
    return tuple(sentences)


def _sentence(text: str, begin: int, end: int) -> tuple[Sentence, ...]:
    """Return what stands between two offsets, trimmed; nothing if that is only white space."""
    left = text[begin:end].lstrip()
    if not left:
        return ()
    begin = end - len(left)
    trimmed = left.rstrip()
    return (Sentence(span=Span(begin, begin + len(trimmed)), text=trimmed),)


def _ends_sentence(text: str, mark: int, end: int, span: Span) -> bool:
    """Return whether the marks from *mark* to *end* end a sentence."""
    rest = text[end : min(end + _REACH, span.end)].lstrip()
    if not rest:
        return True
    if rest[0].islower() or rest[0] in ",;:)]}%&/=":
        return False
    if end - mark > 1 or text[mark] != ".":
        return True
    words = text[max(span.start, mark - _REACH) : mark].split()
    if not words:
        return True
    if not text[end].isspace():
        return not _ADDRESS.search(words[-1])
    return not _is_shortened(words[-1], rest)


def _is_shortened(word: str, rest: str) -> bool:
    """Return whether the stop behind *word* is part of it, seen what follows."""
    word = word.lstrip("([{'\"‘“")
    if not word or len(word) > _LONGEST:
        return False
    low = word.lower()
    if low in _SHORTENED:
        return True
    if rest[0].isdigit():
        return low in _BEFORE_NUMBER
    tail = word.rpartition(".")[2]
    if len(tail) != 1 or not tail.isupper():
        return False
    following = _WORD.search(rest)
    return following is None or following.group().lower() not in _OPENERS

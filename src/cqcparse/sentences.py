"""Stage 3: a stretch of text -> its sentences."""

from __future__ import annotations

import attrs
import regex

from cqcparse.spans import Span

#: A run of end marks, the quotes and brackets that close behind it, and white space. The
#: look-behind and the possessive quantifiers keep the search linear on long runs of marks.
_END = regex.compile(r"(?<![.!?…])[.!?…]++[)\]}\"'’”»]*+(?=\s)")

#: A full stop glued to the next sentence ("services.The"), outside addresses and names of files.
_GLUED = regex.compile(r"(?<=[a-z)][a-z)])\.(?=[A-Z][a-z]++(?:\s|['’,]))")

#: The word in front of a full stop; at most 24 characters are looked at.
_LAST_WORD = regex.compile(r"[\w.&/@-]{1,24}+\Z")

#: Words that are always shortened: a stop behind them ends no sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr drs prof rev revd hon sir st cllr capt sgt lt col gen gov "
    "e.g eg i.e ie cf viz vs v approx c ca incl excl esp tel ext jr snr".split()
)

#: Words that are shortened in front of a number: "no. 1", "s. 75", "para. 4".
_BEFORE_NUMBER = frozenset(
    "no nos s ss sec sect para paras p pp pg fig figs art arts reg regs sch ch cl vol ed "
    "pt app ref jan feb mar apr jun jul aug sep sept oct nov dec".split()
)

#: Words that open a sentence and no name, so that a single letter before them ends one.
_OPENERS = frozenset(
    "a an the this that these those it its they their there he she his her we our you i in on at "
    "as by for from of to with when where while after before if although however some many most "
    "all both each one two staff people partners leaders and but".split()
)

_WORD = regex.compile(r"\w++")


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence, without the white space around it.

    Raises:
        ValueError: If the text is not as long as the span.
    """

    span: Span
    #: The characters of the span.
    text: str

    def __attrs_post_init__(self) -> None:
        if len(self.text) != self.span.end - self.span.start:
            msg = f"sentence {self.text[:40]!r} is not as long as its span {self.span}"
            raise ValueError(msg)


def split_sentences(text: str, span: Span) -> tuple[Sentence, ...]:
    """Return the sentences of *span*, in order.

    Every character of the span that is not white space lies in exactly one sentence. A line end
    counts as any other white space, so text that was wrapped at a column is read as it was meant.

    Args:
        text: The whole text of the document.
        span: One paragraph, list item or heading of it.
    """
    sentences = []
    begin = span.start
    for end in _ends(text, span):
        if sentence := _sentence(text, begin, end):
            sentences.append(sentence)
        begin = end
    if sentence := _sentence(text, begin, span.end):
        sentences.append(sentence)
    return tuple(sentences)


def _sentence(text: str, begin: int, end: int) -> Sentence | None:
    """Return what stands between two offsets, trimmed; None if that is only white space."""
    raw = text[begin:end]
    left = raw.lstrip()
    if not left:
        return None
    begin = end - len(left)
    trimmed = left.rstrip()
    return Sentence(span=Span(begin, begin + len(trimmed)), text=trimmed)


def _ends(text: str, span: Span) -> list[int]:
    """Return the offsets just past the last character of each sentence but the last."""
    ends = [
        match.end()
        for match in _END.finditer(text, span.start, span.end)
        if _ends_sentence(text, match.start(), match.end(), span)
    ]
    glued = [
        match.end()
        for match in _GLUED.finditer(text, span.start, span.end)
        if not _in_address(text, match.start(), span)
    ]
    return sorted(ends + glued) if glued else ends


def _ends_sentence(text: str, mark: int, end: int, span: Span) -> bool:
    """Return whether the marks from *mark* to *end*, with white space behind, end a sentence."""
    following = _WORD.search(text, end, min(end + 60, span.end))
    rest = text[end : min(end + 60, span.end)].lstrip()
    if not rest:
        return True
    if rest[0].islower() or rest[0] in ",;:)]}%&/=":
        return False
    if text[mark] != "." or end - mark > 1:
        return True
    word = _LAST_WORD.search(text, max(span.start, mark - 24), mark)
    return word is None or not _is_shortened(word.group(), following.group() if following else "")


def _is_shortened(word: str, following: str) -> bool:
    """Return whether the stop behind *word* is part of it, seen the word that follows."""
    low = word.lower()
    if low in _TITLES:
        return True
    if following[:1].isdigit():
        return low in _BEFORE_NUMBER
    tail = word.rpartition(".")[2]
    return len(tail) == 1 and tail.isupper() and following.lower() not in _OPENERS


def _in_address(text: str, stop: int, span: Span) -> bool:
    """Return whether the stop lies inside a web or mail address."""
    start = max(span.start, stop - 60)
    words = text[start:stop].split()
    return bool(words) and any(mark in words[-1].lower() for mark in ("@", "://", "www."))

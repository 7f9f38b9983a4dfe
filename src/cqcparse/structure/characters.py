"""What is doubtful about the characters of a text: lost ones, and those that were read wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cqcparse.grammar.print_faults import CONTROLS, LOST, MISREAD
from cqcparse.grammar.quantities import find_money
from cqcparse.model.diagnostics import Diagnostic
from cqcparse.model.document import Document
from cqcparse.model.spans import Span

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_MISREAD = re.compile("|".join(map(re.escape, MISREAD)))
_CONTROLS = re.compile(f"[{CONTROLS}]")
_DAMAGED = re.compile(f"[{LOST}]")
#: A word that may be broken at the end of a line.
_BROKEN = re.compile(r"(?<![^\W\d_])([a-z]{2,}-)[ \t]*\r?\n[ \t]*([a-z]{2,})")
#: What begins like a sum, runs into figures or letters, or has lost its "£".
_SUM = (
    rf"(?:(?<!\d[-–])£(?=[\s(\d{LOST}-])[\s(-]{{0,2}}[{LOST}]{{0,9}}\s?"
    rf"|(?<![^\s(])[{LOST}](?=[\d.,]{{1,20}}\s?(?:[km]|mn|bn|(?:thous|m|b)(?:and|illion))\b))"
    r"\d(?:[\d,.]|[ '’\u00a0\u2009\u202f](?=\d{3})){0,20}"
    rf"(?:(?:[ -]?(?:thousand|million|billion))?[^\W_][\w.,]{{0,20}})?(?<=\w)(?:[{LOST}]\w*)?"
)
_BEHIND = 24  # code points that may show that it is none
#: A question mark within a word, and not in an address.
_MARK = re.compile(r"(?<![\w/=&.?])[A-Za-z]+(\?)[a-z]+(?![\w/=&?])")


def doubts_of_characters(document: Document) -> Iterator[Diagnostic]:
    """Yield what tells that the text was damaged before it was read, and what was made of it."""
    text = document.text
    if _REPLACEMENT in text and not any(
        told.code == "text-replaced" for told in document.diagnostics
    ):
        places = _times(text.count(_REPLACEMENT))
        at = text.index(_REPLACEMENT)
        message = f"characters were lost {places} before the text was read, and are U+FFFD in it"
        yield Diagnostic(code="text-replaced", message=message, span=Span(at, at + 1))
    if controls := [*_CONTROLS.finditer(text)]:
        message = (
            f"a control character stands in the text {_times(len(controls))} and was passed over"
        )
        yield Diagnostic(code="text-replaced", message=message, span=Span(*controls[0].span()))
    if "?" in text and (marks := [*_MARK.finditer(text)]):
        message = (
            f"'?' stands within a word {_times(len(marks))}, first in {marks[0][0]!r:.60}, and was "
            "taken for a hyphen or an apostrophe that was lost"
        )
        yield Diagnostic(
            code="text-replaced", message=message, severity="info", span=Span(*marks[0].span(1))
        )
    if not document.blocks and "-" in text and (broken := [*_BROKEN.finditer(text)]):
        message = (
            f"a word goes on in the next line behind a hyphen {_times(len(broken))}, first in "
            f"{broken[0][1] + broken[0][2]!r:.60}; its parts were read as two words"
        )
        yield Diagnostic(code="words-uncertain", message=message, span=Span(*broken[0].span()))
    if text.isascii() or (first := _MISREAD.search(text)) is None:
        return
    message = (
        f"the text is UTF-8 that was read as Windows-1252: {first[0]!r} for {MISREAD[first[0]]!r}, "
        f"and so on {_times(len(_MISREAD.findall(text)))}; words were read as they were meant"
    )
    yield Diagnostic(code="text-misread", message=message, span=Span(*first.span()))


def doubts_of_sums(document: Document) -> Iterator[Diagnostic]:
    """Yield what begins like a sum of money, and whose value is not plain."""
    text = document.text
    for match in re.finditer(_SUM, text) if "£" in text or _DAMAGED.search(text) else ():
        start, end = match.span()
        found = find_money(text, start, end + _BEHIND)
        read = next((sum_ for sum_ in found if sum_.span.start < end), None)
        if read is None:
            damaged = _DAMAGED.search(match[0])
            why = "characters that were lost" if damaged else "what is no part of a sum"
            message = f"{match[0]!r:.60} runs into {why}; no amount was read"
        elif read.value is None:
            start = read.span.start
            message = (
                f"{read.text!r:.60} is a sum behind a dash or less than nothing; no value was read"
            )
        else:
            continue
        yield Diagnostic(code="sum-unread", message=message, span=Span(start, end))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"

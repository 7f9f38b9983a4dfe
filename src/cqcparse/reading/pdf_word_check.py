"""Pages of a PDF whose words come out otherwise by their places than in the order of the file.

The two agree on pages of text. Where they do not, as in drawings, formulas and what is written from
right to left, neither can be trusted to have cut and joined the words as they are printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cqcparse.model.document import Block
from cqcparse.reading.pdf_pages import Page

_LEAST = 0.9  # share of the words of a page that are the same both ways
#: Scripts without spaces between words are taken by character.
_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]|[^\W_\u2e80-\u9fff\uac00-\ud7af]+")
#: A word that is broken at the end of a line, as the file has it.
_BROKEN = re.compile(r"\S*\xad\S*|\S+[-\u2010] \S+")


def doubtful_pages(pages: Sequence[Page], text: str, blocks: Iterable[Block]) -> Iterator[int]:
    """Yield the numbers, from 1, of the pages whose words come out otherwise.

    Args:
        pages: What was read of each.
        text: The text of the document.
        blocks: Its blocks, with the lines that they are printed on.
    """
    found: dict[int, list[str]] = {}
    for block in blocks:
        for number, part in _parts(block, text):
            found.setdefault(number, []).append(part)
    for number, page in enumerate(pages, 1):
        if page.is_mostly_turned:  # the library that reads the file does not know its words
            continue
        read = "\n".join(found.get(number, ()))
        # What stands between spaces is told apart in no time, and shows most pages to be sound.
        if _differ(page.in_file_order.split(), read.split()):
            expected = _BROKEN.sub(" ", page.in_file_order)
            if _differ(_WORD.findall(expected.casefold()), _WORD.findall(read.casefold())):
                yield number


def _differ(expected: list[str], found: list[str]) -> bool:
    """Return whether too many of some words are not found."""
    missing = Counter(expected)
    missing.subtract(found)
    return sum(count for count in missing.values() if count > 0) > (1 - _LEAST) * len(expected)


def _parts(block: Block, text: str) -> Iterator[tuple[int, str]]:
    """Yield the text of a block on each page that it stands on."""
    lines = block.origin.lines if block.origin else ()
    for number, found in groupby(lines, key=lambda line: line.page):
        on_page = [line.span for line in found]
        yield number, text[on_page[0].start : on_page[-1].end]
